package main

import (
	"cmp"
	"container/heap"
	"context"
	"runtime"
	"slices"
	"sync"
)

// floor is the least that does the job: maps, a mutex and a heap of ends. It
// knows no rules, keeps no log and gives no view of one moment. It can tell of
// each number whose it is.
type floor struct {
	clock *clock
	ids   holdIDs

	mu       sync.Mutex
	free     map[int][]uint64
	holds    map[uint64]floorHold
	owner    map[uint64]floorOwner // of numbers that are held or owned
	numberOf map[floorPerson]uint64
	ends     endHeap
}

type floorHold struct {
	tenant, area int
	ends         int64
	numbers      []uint64
}

// floorOwner is whose a number is, and in which hold. A number that is acquired
// is in none; person counts from 1.
type floorOwner struct {
	tenant, person int
	hold           uint64
}

type floorPerson struct{ tenant, person int }

func openFloor(_ context.Context, s setting) (contender, error) {
	return &floor{clock: s.clock}, nil
}

func (f *floor) found(context.Context, int, int) error {
	f.free, f.holds, f.owner = map[int][]uint64{}, map[uint64]floorHold{}, map[uint64]floorOwner{}
	f.numberOf, f.ends = map[floorPerson]uint64{}, nil
	return nil
}

func (f *floor) load(_ context.Context, s stock) error {
	for r := range s.rows(f.clock.now()) {
		if r.hold != 0 {
			h, ok := f.holds[r.hold]
			if !ok {
				heap.Push(&f.ends, endOf{r.ends, r.hold})
			}
			h.tenant, h.area, h.ends, h.numbers = r.tenant, r.area, r.ends, append(h.numbers, r.number)
			f.holds[r.hold] = h
			f.owner[r.number] = floorOwner{tenant: r.tenant, hold: r.hold}
			continue
		}
		if f.free[r.area] == nil {
			f.free[r.area] = make([]uint64, 0, s.Size)
		}
		f.free[r.area] = append(f.free[r.area], r.number)
	}
	return nil
}

func (f *floor) reserve(_ context.Context, tenant, area int) (hold, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.giveBack(duePerReserve)
	for len(f.free[area]) < ten {
		if f.giveBack(duePerSweep) == 0 {
			return hold{}, errShort
		}
	}
	free := f.free[area]
	h := hold{id: f.ids.next(), tenant: tenant, area: area, numbers: slices.Clone(free[len(free)-ten:])}
	f.free[area] = free[:len(free)-ten]
	ends := f.clock.now() + int64(holdFor)
	f.holds[h.id] = floorHold{tenant, area, ends, h.numbers}
	for _, n := range h.numbers {
		f.owner[n] = floorOwner{tenant: tenant, hold: h.id}
	}
	heap.Push(&f.ends, endOf{ends, h.id})
	return h, nil
}

// giveBack makes the numbers of up to most holds free that have run out. Ends of
// holds that were acquired are still in the heap then and count for nothing.
func (f *floor) giveBack(most int) (given int) {
	for given < most && len(f.ends) > 0 && f.ends[0].at <= f.clock.now() {
		over := heap.Pop(&f.ends).(endOf)
		if h, ok := f.holds[over.hold]; ok {
			delete(f.holds, over.hold)
			for _, n := range h.numbers {
				delete(f.owner, n)
			}
			f.free[h.area] = append(f.free[h.area], h.numbers...)
			given++
		}
	}
	return given
}

func (f *floor) acquire(_ context.Context, h hold, numbers []uint64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	held, ok := f.holds[h.id]
	if !ok || held.tenant != h.tenant || held.ends <= f.clock.now() {
		return errRefused
	}
	for _, n := range numbers {
		if f.owner[n].hold != h.id {
			return errRefused
		}
	}
	delete(f.holds, h.id)
	for _, n := range held.numbers {
		if slices.Contains(numbers, n) {
			f.owner[n] = floorOwner{tenant: h.tenant}
		} else {
			delete(f.owner, n)
			f.free[h.area] = append(f.free[h.area], n)
		}
	}
	return nil
}

func (f *floor) assign(_ context.Context, tenant int, number uint64, person int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	who := floorPerson{tenant, person}
	if o, ok := f.owner[number]; !ok || o != (floorOwner{tenant: tenant}) || f.numberOf[who] != 0 {
		return errRefused
	}
	f.owner[number] = floorOwner{tenant: tenant, person: person + 1}
	f.numberOf[who] = number
	return nil
}

func (f *floor) unassign(_ context.Context, tenant int, number uint64, person int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.owner[number] != (floorOwner{tenant: tenant, person: person + 1}) {
		return errRefused
	}
	f.owner[number] = floorOwner{tenant: tenant}
	delete(f.numberOf, floorPerson{tenant, person})
	return nil
}

func (f *floor) release(_ context.Context, h hold, numbers []uint64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range numbers {
		if o, ok := f.owner[n]; !ok || o != (floorOwner{tenant: h.tenant}) {
			return errRefused
		}
	}
	for _, n := range numbers {
		delete(f.owner, n)
		f.free[h.area] = append(f.free[h.area], n)
	}
	return nil
}

func (f *floor) sweep(context.Context) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.giveBack(duePerSweep) == duePerSweep, nil
}

func (f *floor) count(context.Context) (t tally, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, free := range f.free {
		t.Free += len(free)
	}
	for _, h := range f.holds {
		if h.ends <= f.clock.now() {
			t.Free += len(h.numbers)
		} else {
			t.Held += len(h.numbers)
		}
	}
	for _, o := range f.owner {
		if o.hold == 0 {
			t.Owned++
		}
	}
	t.Assigned = len(f.numberOf)
	return t, nil
}

func (f *floor) bytes(context.Context) (int64, error) { return heapInUse(), nil }
func (f *floor) close() error                         { return nil }

// heapInUse returns the bytes of this program's heap that are reachable.
func heapInUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what was pooled goes with the second
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// endOf is when a hold ends.
type endOf struct {
	at   int64
	hold uint64
}

// endHeap has the earliest end first.
type endHeap []endOf

func (h endHeap) Len() int           { return len(h) }
func (h endHeap) Less(i, j int) bool { return cmp.Less(h[i].at, h[j].at) }
func (h endHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *endHeap) Push(x any)        { *h = append(*h, x.(endOf)) }
func (h *endHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
