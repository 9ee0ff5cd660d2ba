package engine_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// A tenant with more of everything than a page looks at: numbers in ten areas, one
// in ten a person's, at an office and a few at an annex with many desks; and a few
// of each rare thing, in the middle of all that.
const (
	largeNumbers = 5 * engine.MaxScan
	largePeople  = 2 * engine.MaxScan
	largeFew     = 20
)

func newLarge(b *testing.B) (w *bench, office telephony.LocationID, annex telephony.AddressID) {
	w = newBench(b, 10, engine.MaxScan, engine.WithGrace(time.Hour), engine.WithLogKept(100_000))
	org := w.tenants[0]
	office = w.place(org)
	var numbers telephony.NumberList
	for i := range 10 {
		for range largeNumbers / 10 / 5000 {
			held, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea(i), Quantity: 5000})
			w.must(err)
			got, err := org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: office})
			w.must(err)
			numbers = append(numbers, got.Numbers...)
		}
	}
	for i := range largePeople {
		w.person(org, largePerson(i))
	}
	for i := range largePeople / 4 {
		w.must(org.Assign(w.ctx, engine.Assign{Number: numbers[10*i], Person: largePerson(4 * i)}))
	}
	var few telephony.NumberList
	for i := range largeFew {
		few = append(few, numbers[len(numbers)/2+10*i+1]) // nobody's
	}
	w.must(org.SetAttributes(w.ctx, engine.Attributes{Numbers: few[:5], AddTags: []string{"HQ"}}))
	w.must(org.ConvertNumbers(w.ctx, engine.ConvertNumbers{Numbers: few[5:], To: telephony.TollNumber}))
	for _, n := range few[:5] {
		w.must(org.SetPorted(w.ctx, n))
	}
	at := w.place(org)
	l, err := w.viewOf(org).Location(at)
	w.must(err)
	for i := range 500 {
		_, err := org.AddLocation(w.ctx, engine.Place{Address: l.Address, Description: fmt.Sprint("desk ", i)})
		w.must(err)
	}
	for i := range largeFew {
		person := largePerson(largePeople/2 + 4*i)
		n := numbers[10*(largePeople/8+i)]
		w.must(org.ChangeLocation(w.ctx, engine.ChangeLocation{Number: n, Location: at}))
		switch i % 4 {
		case 0:
			w.must(org.MarkVanished(w.ctx, engine.Vanished{Person: person}))
		case 1:
			w.must(org.AssignLicences(w.ctx, engine.LicenceChange{Person: person, Remove: []licensing.Product{licensing.DomesticCallingPlan}}))
		}
	}
	return w, office, l.Address
}

func largePerson(i int) telephony.PersonID {
	return telephony.PersonID(fmt.Sprintf("person-%06d", i))
}

func (w *bench) viewOf(org *engine.Tenant) *engine.View {
	v, err := org.View(w.ctx)
	w.must(err)
	return v
}

// benchPage reads the first page of a list.
func benchPage[T any](b *testing.B, name string, page func(engine.Cursor, int) (engine.Page[T], error)) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		var p engine.Page[T]
		for b.Loop() {
			var err error
			if p, err = page("", 100); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(p.Items)), "items")
		b.ReportMetric(float64(p.Scanned), "scanned")
	})
}

// BenchmarkLargeTenant asks for pages of 100 of a tenant with more than a page looks
// at: what is found by lists and counters costs what it finds, and all else no more
// than MaxScan rows.
func BenchmarkLargeTenant(b *testing.B) {
	w, office, annex := newLarge(b)
	v := w.viewOf(w.tenants[0])
	numbers := map[string]engine.NumberQuery{
		"all": {}, "assigned": {Assigned: true}, "toll": {Kind: telephony.TollNumber}, "toll free": {Kind: telephony.TollFreeNumber},
		"ported": {Ported: true}, "conference": {State: telephony.ConferenceAssigned}, "tag": {Tag: "hq"}, "annex": {Address: annex},
		"area code": {AreaCode: "0"}, "acquired before": {AcquiredBefore: begin}, "no area": {Country: "US"}, "orphaned": {Orphaned: true},
	}
	for _, name := range slices.Sorted(maps.Keys(numbers)) {
		q := numbers[name]
		benchPage(b, "numbers/"+name, func(c engine.Cursor, n int) (engine.Page[engine.TenantNumber], error) { return v.NumberPage(q, c, n) })
	}
	people := map[string]engine.PersonQuery{
		"all": {}, "assigned": {Assigned: true}, "at risk": {AtRisk: true}, "vanished": {Vanished: true}, "vanished, number": {Vanished: true, Assigned: true},
		"office": {Location: office}, "annex": {Address: annex}, "text": {Text: "nobody"},
	}
	for _, name := range slices.Sorted(maps.Keys(people)) {
		q := people[name]
		benchPage(b, "people/"+name, func(c engine.Cursor, n int) (engine.Page[engine.Person], error) { return v.PeoplePage(q, c, n) })
	}
	benchPage(b, "addresses/all", func(c engine.Cursor, n int) (engine.Page[engine.AddressUse], error) {
		return v.AddressPage(engine.AddressQuery{}, c, n)
	})
	benchPage(b, "addresses/search", func(c engine.Cursor, n int) (engine.Page[engine.AddressUse], error) {
		return v.SearchAddresses(emergency.Search{City: "nowhere"}, c, n)
	})
	benchPage(b, "blockers", func(c engine.Cursor, n int) (engine.Page[engine.Blocker], error) { return v.BlockingPage(annex, c, n) })
	benchPage(b, "gaps", v.GapPage)
	benchPage(b, "entries", func(c engine.Cursor, n int) (engine.Page[engine.Entry], error) {
		return v.EntryPage(engine.EntryQuery{Op: engine.OpRemovePerson}, c, n)
	})
	benchPage(b, "reservations", func(c engine.Cursor, n int) (engine.Page[engine.Reservation], error) {
		return v.ReservationPage(engine.ReservationQuery{}, c, n)
	})
}
