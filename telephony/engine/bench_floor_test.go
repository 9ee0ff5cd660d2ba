package engine_test

import (
	"container/heap"
	"math/rand/v2"
	"sync"
	"testing"
)

// floor is the least that does the benchmarks' job: maps, a mutex and a heap of
// ends, without rules, counters, log, or views of one moment. It is what the
// engine's figures are measured against.
type floor struct {
	mu    sync.Mutex
	free  map[int][]uint64
	owner map[uint64]int
	ends  endHeap
}

type floorHold struct {
	ends    int64
	area    int
	numbers [10]uint64
}

type endHeap []floorHold

func (h endHeap) Len() int           { return len(h) }
func (h endHeap) Less(i, j int) bool { return h[i].ends < h[j].ends }
func (h endHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *endHeap) Push(x any)        { *h = append(*h, x.(floorHold)) }
func (h *endHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func (f *floor) reserve(now int64, tenant, area int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.ends) > 0 && f.ends[0].ends <= now {
		over := heap.Pop(&f.ends).(floorHold)
		for _, n := range over.numbers {
			delete(f.owner, n)
			f.free[over.area] = append(f.free[over.area], n)
		}
	}
	free := f.free[area]
	if len(free) < 10 {
		return false
	}
	held := floorHold{ends: now + int64(tenMinutes), area: area}
	copy(held.numbers[:], free[len(free)-10:])
	f.free[area] = free[:len(free)-10]
	for _, n := range held.numbers {
		f.owner[n] = tenant
	}
	heap.Push(&f.ends, held)
	return true
}

func benchFloor(b *testing.B, share int) {
	f := &floor{free: map[int][]uint64{}, owner: map[uint64]int{}}
	for area := range benchAreas {
		for n := range benchRange(area, areaSize).All() {
			if _, offset := n.Block(); offset >= share {
				f.free[area] = append(f.free[area], n.Word())
			} else {
				f.owner[n.Word()] = -1
			}
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	now := int64(0)
	reserve := func() {
		now += int64(benchStep)
		if !f.reserve(now, rng.IntN(benchTenants), rng.IntN(benchAreas)) {
			b.Fatal("out of stock")
		}
	}
	for range benchOpen {
		reserve()
	}
	b.ReportAllocs()
	for b.Loop() {
		reserve()
	}
}
