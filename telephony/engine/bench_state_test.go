package engine_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// place saves an address of the country of synthetic numbers.
func (w *bench) place(org *engine.Tenant) telephony.LocationID {
	saved, err := org.SaveRecord(w.ctx, emergency.Record{Address: emergency.Address{Country: "ZZ"}, Status: emergency.Validated})
	w.must(err)
	return saved.Default
}

// acquire gets numbers of the first area, up to 5,000 at once.
func (w *bench) acquire(org *engine.Tenant, quantity int, at telephony.LocationID) telephony.NumberList {
	held, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea(0), Quantity: quantity})
	w.must(err)
	got, err := org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: at})
	w.must(err)
	return got.Numbers
}

// person adds one who can be given a number.
func (w *bench) person(org *engine.Tenant, id telephony.PersonID) {
	w.must(org.AddPerson(w.ctx, engine.PersonSpec{ID: id, UsageLocation: "ZZ"}))
	w.must(org.AssignLicences(w.ctx, engine.LicenceChange{Person: id,
		Add: []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}}))
}

// BenchmarkAcquireThree acquires three numbers of a reservation of ten; the
// reservation is not counted.
func BenchmarkAcquireThree(b *testing.B) {
	w := newBench(b, benchAreas, areaSize)
	org := w.tenants[0]
	at := w.place(org)
	b.ReportAllocs()
	for i := range b.N {
		b.StopTimer()
		held, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea(i % benchAreas), Quantity: 10})
		w.must(err)
		b.StartTimer()
		_, err = org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, Numbers: held.Numbers()[:3], Location: at})
		w.must(err)
	}
}

// BenchmarkAssign gives a number to a person; that it is taken away again is not
// counted.
func BenchmarkAssign(b *testing.B) {
	w := newBench(b, 1, areaSize)
	org := w.tenants[0]
	at := w.place(org)
	numbers := w.acquire(org, 1000, at)
	for i := range 1000 {
		w.person(org, telephony.PersonID(fmt.Sprintf("person-%04d", i)))
	}
	b.ReportAllocs()
	for i := range b.N {
		id := telephony.PersonID(fmt.Sprintf("person-%04d", i%1000))
		w.must(org.Assign(w.ctx, engine.Assign{Number: numbers[i%1000], Person: id, Location: at}))
		b.StopTimer()
		w.must(org.Unassign(w.ctx, engine.Unassign{Person: id}))
		b.StartTimer()
	}
}

// BenchmarkQuery asks a tenant with 10,000 numbers for those of a prefix, for one
// of them, and for a page at the beginning and at the end: a page costs the same
// wherever it is.
func BenchmarkQuery(b *testing.B) {
	w := newBench(b, 1, areaSize)
	org := w.tenants[0]
	at := w.place(org)
	numbers := append(w.acquire(org, 5000, at), w.acquire(org, 5000, at)...)
	v, err := org.View(w.ctx)
	w.must(err)
	hundred := telephony.MustParsePrefix(numbers[5000].String()[:11]) // all but the last two digits
	deep := engine.Cursor("")
	for range 9 {
		p, err := v.NumberPage(engine.NumberQuery{}, deep, 1000)
		w.must(err)
		deep = p.Next
	}
	b.Run("prefix of 100", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			count := 0
			for range v.Numbers(engine.NumberQuery{Prefix: hundred}) {
				count++
			}
			if count != 100 {
				b.Fatalf("%d numbers begin with the prefix", count)
			}
		}
	})
	b.Run("one number", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := v.Number(numbers[5000])
			w.must(err)
		}
	})
	for name, after := range map[string]engine.Cursor{"first page": "", "last page": deep} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p, err := v.NumberPage(engine.NumberQuery{}, after, 100)
				w.must(err)
				if len(p.Items) != 100 {
					b.Fatalf("the page has %d numbers", len(p.Items))
				}
			}
		})
	}
}

// live returns the bytes of heap that are in use.
func live() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkMemory reports the bytes of heap a number takes: free, held in tens,
// acquired, and assigned beside the row of the person.
func BenchmarkMemory(b *testing.B) {
	const tenThousand = 10_000
	measure := func(b *testing.B, count int, w *bench, fill func()) {
		before := live()
		fill()
		b.ReportMetric(float64(live()-before)/float64(count), "B/number")
		runtime.KeepAlive(w)
	}
	b.Run("free", func(b *testing.B) {
		for b.Loop() {
			w := newBench(b, 0, 1)
			measure(b, 10_000_000, w, func() {
				for i := range 10 {
					stock := engine.Stock{Range: benchRange(i, 1_000_000), Area: benchArea(i), Kind: telephony.UserNumber}
					w.must(w.eng.AddStock(w.ctx, stock))
				}
			})
		}
	})
	b.Run("held", func(b *testing.B) {
		for b.Loop() {
			w := newBench(b, benchAreas, areaSize)
			measure(b, 10*tenThousand, w, func() {
				for i := range tenThousand {
					_, err := w.tenants[i%benchTenants].Reserve(w.ctx, engine.Reserve{Area: benchArea(i % benchAreas), Quantity: 10})
					w.must(err)
				}
			})
		}
	})
	b.Run("acquired", func(b *testing.B) {
		for b.Loop() {
			w := newBench(b, 1, 10*tenThousand)
			org := w.tenants[0]
			at := w.place(org)
			measure(b, 10*tenThousand, w, func() {
				for range 100 {
					w.acquire(org, 1000, at)
				}
				w.clock.Add(time.Hour) // the closed reservations are dropped, as they are in time
				_, err := w.eng.Sweep(w.ctx)
				w.must(err)
			})
		}
	})
	b.Run("assigned", func(b *testing.B) {
		for b.Loop() {
			w := newBench(b, 1, tenThousand)
			org := w.tenants[0]
			at := w.place(org)
			for i := range tenThousand {
				w.person(org, telephony.PersonID(fmt.Sprintf("person-%05d", i)))
			}
			measure(b, tenThousand, w, func() {
				numbers := append(w.acquire(org, 5000, at), w.acquire(org, 5000, at)...)
				for i, n := range numbers {
					w.must(org.Assign(w.ctx, engine.Assign{Number: n, Person: telephony.PersonID(fmt.Sprintf("person-%05d", i)), Location: at}))
				}
				w.clock.Add(time.Hour)
				_, err := w.eng.Sweep(w.ctx)
				w.must(err)
			})
		}
	})
}
