package engine_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// What the queries below are asked of: a million numbers, of a hundred areas, in a
// thousand tenants, three in ten of them people's, at four locations.
const (
	manyTenants   = 1000
	numbersEach   = 1000
	peopleEach    = 300
	locationsEach = 4
)

// newMany makes them.
func newMany(b *testing.B) *bench {
	w := newBench(b, benchAreas, 2*manyTenants*numbersEach/benchAreas)
	rng := rand.New(rand.NewPCG(3, 4))
	w.tenants = nil
	for i := range manyTenants {
		org := w.tenant(fmt.Sprintf("many-%04d", i))
		w.tenants = append(w.tenants, org)
		places := []telephony.LocationID{w.place(org)}
		for len(places) < locationsEach {
			places = append(places, w.place(org))
		}
		var numbers telephony.NumberList
		for k := range numbersEach / 50 {
			held, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea(rng.IntN(benchAreas)), Quantity: 50})
			w.must(err)
			got, err := org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: places[k%locationsEach]})
			w.must(err)
			numbers = append(numbers, got.Numbers...)
		}
		for k := range peopleEach {
			id := telephony.PersonID(fmt.Sprintf("person-%04d", k))
			w.person(org, id)
			w.must(org.Assign(w.ctx, engine.Assign{Number: numbers[(k*numbersEach/peopleEach)%numbersEach], Person: id}))
		}
		w.clock.Add(time.Minute)
	}
	return w
}

// BenchmarkQueries asks for a page of 100 of a million numbers in every shape of
// query, each time of another tenant.
func BenchmarkQueries(b *testing.B) {
	before := live()
	w := newMany(b)
	b.Logf("%.0f bytes a number, with the people and all lists", float64(live()-before)/(manyTenants*numbersEach))
	views := make([]*engine.View, len(w.tenants))
	for i, org := range w.tenants {
		v, err := org.View(w.ctx)
		w.must(err)
		views[i] = v
	}
	first := make([]engine.TenantNumber, len(views))
	deep := make([]engine.Cursor, len(views))
	for i, v := range views {
		for n := range v.Numbers(engine.NumberQuery{}) {
			first[i] = n
			break
		}
		page, err := v.NumberPage(engine.NumberQuery{}, "", numbersEach*9/10)
		w.must(err)
		deep[i] = page.Next
	}
	for _, shape := range []struct {
		name string
		q    func(i int) engine.NumberQuery
		at   func(i int) engine.Cursor
	}{
		{name: "all", q: func(int) engine.NumberQuery { return engine.NumberQuery{} }},
		{name: "all, last page", q: func(int) engine.NumberQuery { return engine.NumberQuery{} }, at: func(i int) engine.Cursor { return deep[i] }},
		{name: "number", q: func(i int) engine.NumberQuery { return engine.NumberQuery{Number: first[i].Number} }},
		{name: "person", q: func(int) engine.NumberQuery { return engine.NumberQuery{Person: "person-0007"} }},
		{name: "prefix", q: func(i int) engine.NumberQuery {
			return engine.NumberQuery{Prefix: telephony.MustParsePrefix(first[i].Number.String()[:9])}
		}},
		{name: "assigned", q: func(int) engine.NumberQuery { return engine.NumberQuery{Assigned: true} }},
		{name: "unassigned", q: func(int) engine.NumberQuery { return engine.NumberQuery{Unassigned: true} }},
		{name: "city", q: func(i int) engine.NumberQuery { return engine.NumberQuery{City: first[i].Area.City} }},
		{name: "country, assigned", q: func(int) engine.NumberQuery { return engine.NumberQuery{Country: "ZZ", Assigned: true} }},
		{name: "location", q: func(i int) engine.NumberQuery { return engine.NumberQuery{Location: first[i].Location} }},
		{name: "acquired after", q: func(i int) engine.NumberQuery { return engine.NumberQuery{AcquiredAfter: first[i].Acquired.Add(-1)} }},
		{name: "kind", q: func(int) engine.NumberQuery { return engine.NumberQuery{Kind: telephony.UserNumber} }},
		{name: "kind of none", q: func(int) engine.NumberQuery { return engine.NumberQuery{Kind: telephony.TollNumber} }},
		{name: "ported", q: func(int) engine.NumberQuery { return engine.NumberQuery{Ported: true} }},
		{name: "area code", q: func(i int) engine.NumberQuery {
			return engine.NumberQuery{AreaCode: first[i].Number.String()[4:7]}
		}},
		{name: "city, unassigned", q: func(i int) engine.NumberQuery {
			return engine.NumberQuery{City: first[i].Area.City, Unassigned: true}
		}},
		{name: "digits anywhere", q: func(int) engine.NumberQuery { return engine.NumberQuery{Contains: "77"} }},
	} {
		b.Run(shape.name, func(b *testing.B) {
			b.ReportAllocs()
			found, scanned := 0, 0
			for i := 0; b.Loop(); i++ {
				at := i * 7 % len(views)
				after := engine.Cursor("")
				if shape.at != nil {
					after = shape.at(at)
				}
				page, err := views[at].NumberPage(shape.q(at), after, 100)
				w.must(err)
				found += len(page.Items)
				scanned += page.Scanned
			}
			b.ReportMetric(float64(found)/float64(b.N), "numbers/op")
			b.ReportMetric(float64(scanned)/float64(b.N), "scanned/op")
		})
	}
	b.Run("facets", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			views[i*7%len(views)].NumberFacets()
		}
	})
	runtime.KeepAlive(w)
}
