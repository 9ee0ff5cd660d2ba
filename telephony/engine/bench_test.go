package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// The benchmarks' job: a million free numbers in a hundred areas, ten of a random
// area held at a time by one of a hundred tenants. The clock goes on with every
// reservation so that a hundred are open at any moment: each operation ends one
// hold and begins another. The comparisons below it and in package memtable,
// BenchmarkReserveTen there, do the same.
const (
	benchAreas   = 100
	areaSize     = 10_000
	benchTenants = 100
	benchOpen    = 100
	benchStep    = tenMinutes / benchOpen
	plentiful    = 100_000_000 // licences
)

func benchArea(i int) telephony.Area {
	return telephony.Area{Country: "ZZ", City: fmt.Sprintf("Area %03d", i)}
}

// benchRange returns the numbers of an area.
func benchRange(i, size int) telephony.Range {
	first, err := telephony.NumberFromDigits(999_100_000_000 + uint64(i*size))
	if err != nil {
		panic(err)
	}
	r, err := telephony.NewRange(first, size)
	if err != nil {
		panic(err)
	}
	return r
}

// bench is an engine with stock and tenants, for benchmarks.
type bench struct {
	testing.TB
	ctx     context.Context
	clock   *handClock
	eng     *engine.Engine
	tenants []*engine.Tenant
}

func newBench(b testing.TB, areas, size int, options ...engine.Option) *bench {
	w := &bench{TB: b, ctx: context.Background(), clock: &handClock{now: begin}}
	eng, err := engine.New(slices.Concat([]engine.Option{engine.WithClock(w.clock), engine.WithIDEpoch("b"), engine.WithLogKept(1000),
		engine.WithClosedKept(time.Hour, 10), engine.WithExtension(reservation.Extension{Allowed: true, MaxTotal: 10_000 * time.Hour}),
		engine.WithLimits(reservation.Limits{Open: reservation.MaxOpen, Held: reservation.MaxHeld, PerRequest: reservation.MaxPerRequest})}, options)...)
	w.must(err)
	w.eng = eng
	for i := range areas {
		w.must(eng.AddStock(w.ctx, engine.Stock{Range: benchRange(i, size), Area: benchArea(i), Kind: telephony.UserNumber}))
	}
	for i := range benchTenants {
		w.tenants = append(w.tenants, w.tenant(fmt.Sprintf("tenant-%03d", i)))
	}
	return w
}

func (w *bench) must(err error) {
	if err != nil {
		w.Helper()
		w.Fatalf("unexpected: %v", err)
	}
}

func (w *bench) tenant(id string) *engine.Tenant {
	org, err := w.eng.CreateTenant(w.ctx, engine.TenantSpec{ID: telephony.TenantID(id)})
	w.must(err)
	for _, p := range []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan} {
		w.must(org.BuyLicences(w.ctx, engine.Purchase{Product: p, Quantity: plentiful}))
	}
	return org
}

// fill holds numbers for ever: of each block the share out of a thousand,
// scattered at random.
func (w *bench) fill(areas, share int) {
	rng := rand.New(rand.NewPCG(7, 7))
	var org *engine.Tenant
	for i := range areas {
		if i%(areas/10) == 0 {
			org = w.tenant(fmt.Sprintf("filler-%03d", i))
		}
		for base := range benchRange(i, areaSize).Blocks() {
			var numbers telephony.NumberList
			for _, offset := range rng.Perm(telephony.BlockSize)[:share] {
				n, _ := base.Add(offset)
				numbers = append(numbers, n)
			}
			held, err := org.Reserve(w.ctx, engine.Reserve{Numbers: numbers, Area: benchArea(i)})
			w.must(err)
			_, err = org.ExtendReservation(w.ctx, engine.ExtendReservation{Reservation: held.ID, By: 9_999 * time.Hour})
			w.must(err)
		}
	}
}

// reserve is one operation of the job.
func (w *bench) reserve(i int, area int) engine.Reservation {
	w.clock.Add(benchStep)
	held, err := w.tenants[i%len(w.tenants)].Reserve(w.ctx, engine.Reserve{Area: benchArea(area), Quantity: 10})
	w.must(err)
	return held
}

// fills are how much of the stock is taken, in numbers out of a thousand.
var fills = []struct {
	name  string
	share int
}{{"empty", 0}, {"half", 500}, {"99percent", 990}}

func BenchmarkReserveTen(b *testing.B) {
	for _, f := range fills {
		b.Run(f.name+"/engine", func(b *testing.B) {
			w := newBench(b, benchAreas, areaSize)
			if f.share > 0 {
				w.fill(benchAreas, f.share)
			}
			rng := rand.New(rand.NewPCG(1, 2))
			next := 0
			for range benchOpen {
				w.reserve(next, rng.IntN(benchAreas))
				next++
			}
			b.ReportAllocs()
			for b.Loop() {
				w.reserve(next, rng.IntN(benchAreas))
				next++
			}
		})
		b.Run(f.name+"/floor", func(b *testing.B) { benchFloor(b, f.share) })
	}
	b.Run("empty/engine-16-callers", func(b *testing.B) {
		w := newBench(b, benchAreas, areaSize)
		b.SetParallelism(16 / runtime.GOMAXPROCS(0))
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			rng := rand.New(rand.NewPCG(rand.Uint64(), 2))
			for pb.Next() {
				w.reserve(rng.IntN(benchTenants), rng.IntN(benchAreas))
			}
		})
	})
}

// TestReserveTenAllocations keeps the commonest write within its budget.
func TestReserveTenAllocations(t *testing.T) {
	w := newBench(t, 10, areaSize)
	next := 0
	reserve := func() { w.reserve(next, next%10); next++ }
	if got := testing.AllocsPerRun(benchOpen-1, reserve); got > 500 {
		t.Errorf("reserving ten numbers makes %v allocations, want at most 500", got)
	}
}

func BenchmarkLoadTenMillion(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		eng, err := engine.New()
		if err != nil {
			b.Fatal(err)
		}
		for i := range 10 {
			stock := engine.Stock{Range: benchRange(i, 1_000_000), Area: benchArea(i), Kind: telephony.UserNumber}
			if err := eng.AddStock(context.Background(), stock); err != nil {
				b.Fatal(err)
			}
		}
	}
}
