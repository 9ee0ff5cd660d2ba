package engine_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// throng is a tenant with more of everything than a page looks at.
type throng struct {
	*world
	main, annex engine.Address
	places      []telephony.LocationID // of the annex, more than are merged
	numbers     telephony.NumberList   // the first at the main address, the last at the places
	seated      int                    // how many of the people are at the main address
}

const (
	throngPeople  = engine.MaxScan + 100
	throngNumbers = 12_000
	throngPlaces  = 65
)

func newThrong(t testing.TB) *throng {
	w := newWorld(t, engine.WithLimits(reservation.Limits{Open: 10, Held: 5000, PerRequest: 1000}), engine.WithRevalidation(time.Hour))
	big := telephony.Area{Country: "US", Region: "WA", City: "Big"}
	w.stock(big, telephony.UserNumber, "+14255600000..+14255619999")
	w.buy(w.org, licensing.PhoneSystem, throngNumbers)
	w.buy(w.org, licensing.DomesticCallingPlan, throngNumbers)
	c := &throng{world: w, main: w.address("US"), annex: w.address("US"), seated: engine.MaxScan/4 + 1}
	for range throngPlaces {
		l, err := w.org.AddLocation(w.ctx, engine.Place{Address: c.annex.ID, Description: fmt.Sprint("desk ", len(c.places))})
		w.must(err)
		c.places = append(c.places, l.ID)
	}
	for range throngNumbers / 1000 {
		c.numbers = append(c.numbers, w.acquire(engine.Reserve{Area: big, Quantity: 1000}, c.main.Default)...)
	}
	for i, at := range c.places {
		w.must(w.org.ChangeLocation(w.ctx, engine.ChangeLocation{Number: c.numbers[throngNumbers-1-i], Location: at}))
	}
	return c
}

func throngPerson(i int) telephony.PersonID { return telephony.PersonID(fmt.Sprintf("person-%05d", i)) }

// seat adds the people and gives a number to the last of them, who come last in
// every list of people.
func (c *throng) seat() {
	for i := range throngPeople {
		c.must(c.org.AddPerson(c.ctx, engine.PersonSpec{ID: throngPerson(i), UsageLocation: "US"}))
	}
	c.clock.Add(visible)
	for i := range c.seated {
		id := throngPerson(throngPeople - 1 - i)
		c.license(id)
		c.must(c.org.Assign(c.ctx, engine.Assign{Number: c.numbers[i], Person: id, Location: c.main.Default}))
	}
}

// readThrough reads a list page by page, none of which may look at more rows than
// it should, and returns how many items and pages there are.
func readThrough[T any](t testing.TB, page func(engine.Cursor, int) (engine.Page[T], error)) (items, pages int) {
	t.Helper()
	for after := engine.Cursor(""); pages == 0 || after != ""; pages++ {
		p, err := page(after, engine.MaxPage)
		must(t, err)
		if p.Scanned > engine.MaxScan || p.Scanned < len(p.Items) {
			t.Errorf("page %d has %d items and has looked at %d rows", pages+1, len(p.Items), p.Scanned)
		}
		if after = p.Next; pages > 100 {
			t.Fatal("the pages come to no end")
		}
		items += len(p.Items)
	}
	return items, pages
}

// TestPagesLookAtSoMuch: of a tenant with more than a page looks at, every page
// ends where it has looked at that, and the next goes on there.
func TestPagesLookAtSoMuch(t *testing.T) {
	c := newThrong(t)
	v := c.view()
	for name, q := range map[string]engine.NumberQuery{
		"acquired before":  {AcquiredBefore: begin},
		"failed":           {Activation: telephony.AssignmentFailed},
		"wrong area code":  {AreaCode: "999"},
		"of another kind":  {Kind: telephony.TollNumber},
		"ported":           {Ported: true},
		"assigned":         {Assigned: true},
		"people's":         {State: telephony.UserAssigned},
		"of a conference":  {State: telephony.ConferenceAssigned, City: "Big"},
		"of another place": {City: "Paris"},
	} {
		items, pages := readThrough(t, func(after engine.Cursor, size int) (engine.Page[engine.TenantNumber], error) {
			return v.NumberPage(q, after, size)
		})
		want := 1
		if v.ExplainNumbers(q).Most > 0 {
			want = 2
		}
		if known := q.AcquiredBefore.IsZero() && q.Activation == 0 && q.AreaCode == ""; items != 0 || pages != want || known != (want == 1) {
			t.Errorf("%s: %d numbers on %d pages: %v", name, items, pages, v.ExplainNumbers(q))
		}
	}
	if items, pages := readThrough(t, func(after engine.Cursor, size int) (engine.Page[engine.Blocker], error) {
		return v.BlockingPage(c.annex.ID, after, size)
	}); items != throngPlaces || pages != 2 {
		t.Errorf("%d numbers block on %d pages, want %d on 2", items, pages, throngPlaces)
	}
	p, err := v.BlockingPage(c.main.ID, "", 10)
	c.must(err)
	if len(p.Items) != 10 || p.Scanned > 11 {
		t.Errorf("%d of many numbers block, and %d were looked at", len(p.Items), p.Scanned)
	}
	if g, err := v.GapPage("", 10); err != nil || g.Scanned != 0 {
		t.Errorf("nothing is amiss, and %d numbers were looked at: %v", g.Scanned, err)
	}
	last := c.numbers[len(c.numbers)-1]
	c.person("zoe", "US")
	c.must(c.org.Assign(c.ctx, engine.Assign{Number: last, Person: "zoe", Location: c.places[0]}))
	c.clock.Add(2 * time.Hour)
	v = c.view()
	if items, pages := readThrough(t, v.GapPage); items != 1 || pages != 2 {
		t.Errorf("%d gaps on %d pages, want one on two", items, pages)
	}
}

// TestPagesOfPeopleSomewhere: where more people are than are gathered for a page,
// the people are read in order instead, so many for a page.
func TestPagesOfPeopleSomewhere(t *testing.T) {
	c := newThrong(t)
	c.seat()
	v := c.view()
	for name, q := range map[string]engine.PersonQuery{"location": {Location: c.main.Default}, "address": {Address: c.main.ID}} {
		items, pages := readThrough(t, func(after engine.Cursor, size int) (engine.Page[engine.Person], error) {
			return v.PeoplePage(q, after, size)
		})
		if items != c.seated || pages < c.seated/engine.MaxPage+1 {
			t.Errorf("%s: %d people on %d pages, want %d", name, items, pages, c.seated)
		}
	}
	few := engine.PersonQuery{Location: c.places[0]}
	for i := range 2 {
		c.must(c.org.ChangeLocation(c.ctx, engine.ChangeLocation{Number: c.numbers[i], Location: c.places[0]}))
	}
	p, err := c.view().PeoplePage(few, "", 1)
	c.must(err)
	if len(p.Items) != 1 || p.Items[0].ID != throngPerson(throngPeople-2) || p.Scanned != 3 {
		t.Errorf("%d people of few, and %d numbers were looked at", len(p.Items), p.Scanned)
	}
}

// TestPagesOfAddressesWithManyLocations: what is added up counts as looked at, and
// no address is added up by halves.
func TestPagesOfAddressesWithManyLocations(t *testing.T) {
	w := newWorld(t)
	const addresses, locations = 3, 6000
	for range addresses {
		a := w.address("US")
		for i := range locations - 1 {
			_, err := w.org.AddLocation(w.ctx, engine.Place{Address: a.ID, Description: fmt.Sprint("desk ", i)})
			w.must(err)
		}
	}
	v := w.view()
	for name, page := range map[string]func(engine.Cursor) (engine.Page[engine.AddressUse], error){
		"page": func(c engine.Cursor) (engine.Page[engine.AddressUse], error) {
			return v.AddressPage(engine.AddressQuery{}, c, 10)
		},
		"sifted": func(c engine.Cursor) (engine.Page[engine.AddressUse], error) {
			return v.AddressPage(engine.AddressQuery{Unassigned: true}, c, 10)
		},
		"search": func(c engine.Cursor) (engine.Page[engine.AddressUse], error) {
			return v.SearchAddresses(emergency.Search{}, c, 10)
		},
	} {
		first, err := page("")
		w.must(err)
		second, err := page(first.Next)
		w.must(err)
		if len(first.Items) != 2 || first.Scanned != 2*(1+locations) || len(second.Items) != 1 || second.Scanned != 1+locations || second.Next != "" {
			t.Errorf("%s: %d addresses and %d rows, then %d and %d", name, len(first.Items), first.Scanned, len(second.Items), second.Scanned)
		}
	}
	taken, err := v.AddressPage(engine.AddressQuery{Assigned: true}, "", 10)
	w.must(err)
	if len(taken.Items) != 0 || taken.Next == "" {
		t.Errorf("%d addresses are taken, and it goes on: %t", len(taken.Items), taken.Next != "")
	}
}

// TestPagesOfReservationsBehind: the further on a page is, the fewer reservations it
// looks at, and no more of them are kept than one may look at.
func TestPagesOfReservationsBehind(t *testing.T) {
	w := newWorld(t)
	for range 30 {
		r := w.hold(seattle, 1)
		w.clock.Add(time.Minute)
		_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: r.ID})
		w.must(err)
	}
	w.hold(seattle, 1)
	v, looked := w.view(), []int{}
	for after, more := engine.Cursor(""), true; more; more = after != "" { // the open one, and what ended since the last one seen was made
		p, err := v.ReservationPage(engine.ReservationQuery{}, after, 10)
		w.must(err)
		looked, after = append(looked, p.Scanned), p.Next
	}
	if want := []int{31, 23, 13, 3}; fmt.Sprint(looked) != fmt.Sprint(want) {
		t.Errorf("the pages have looked at %d, want %d", looked, want)
	}
	_, err := engine.New(engine.WithClosedKept(time.Hour, engine.MaxScan-reservation.MaxOpen+1))
	if !errors.Is(err, engine.ErrRequest) {
		t.Errorf("more are kept than a page looks at: %v", err)
	}
	_, err = engine.New(engine.WithClosedKept(time.Hour, engine.MaxScan-reservation.MaxOpen))
	w.must(err)
}
