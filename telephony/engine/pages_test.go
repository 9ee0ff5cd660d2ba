package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// collectPages reads a list page by page.
func collectPages[T any](t testing.TB, size int, page func(engine.Cursor, int) (engine.Page[T], error)) (all []T) {
	t.Helper()
	for after := engine.Cursor(""); ; {
		p, err := page(after, size)
		if err != nil {
			t.Fatalf("page behind %q: %v", after, err)
		}
		all = append(all, p.Items...)
		if len(p.Items) > size || p.Next != "" && len(p.Items) != size {
			t.Fatalf("a page of %d has %d items", size, len(p.Items))
		}
		if p.Next == "" {
			return all
		}
		if p.Next == after {
			t.Fatalf("the page behind %q leads to itself", after)
		}
		after = p.Next
	}
}

// TestPagesMakeTheWholeList, whatever their size.
func TestPagesMakeTheWholeList(t *testing.T) {
	s := newLibrary(t)
	v := s.view()
	for _, size := range []int{1, 2, 3, 5, 7, 14, 100, engine.MaxPage} {
		for _, q := range []engine.NumberQuery{{}, {Country: "US"}, {Unassigned: true}, {Prefix: telephony.MustParsePrefix("1212")}, {Person: "nobody.known"}} {
			got := collectPages(t, size, func(c engine.Cursor, n int) (engine.Page[engine.TenantNumber], error) { return v.NumberPage(q, c, n) })
			if want := slices.Collect(v.Numbers(q)); !slices.EqualFunc(got, want, sameNumber) {
				t.Errorf("size %d: pages have %d numbers, the list %d", size, len(got), len(want))
			}
		}
		people := collectPages(t, size, func(c engine.Cursor, n int) (engine.Page[engine.Person], error) {
			return v.PeoplePage(engine.PersonQuery{}, c, n)
		})
		if want := slices.Collect(v.People(engine.PersonQuery{})); !slices.EqualFunc(people, want, func(a, b engine.Person) bool { return a.ID == b.ID }) {
			t.Errorf("size %d: pages have %d people, the list %d", size, len(people), len(want))
		}
		addresses := collectPages(t, size, func(c engine.Cursor, n int) (engine.Page[engine.AddressUse], error) {
			return v.AddressPage(engine.AddressQuery{}, c, n)
		})
		if want := slices.Collect(v.Addresses(engine.AddressQuery{})); !slices.Equal(addresses, want) {
			t.Errorf("size %d: pages have %d addresses, the list %d", size, len(addresses), len(want))
		}
	}
}

// TestPagesWhileTheDataChanges: between two pages the number the cursor stands
// at is released, others go and others come. What is there throughout is listed
// once, and nothing twice.
func TestPagesWhileTheDataChanges(t *testing.T) {
	s := newScene(t)
	s.acquire(engine.Reserve{Area: newYork, Quantity: 20}, "")
	stays := map[telephony.Number]int{}
	for n := range s.view().Numbers(engine.NumberQuery{}) {
		stays[n.Number] = 0
	}
	var last telephony.Number
	for after, round := engine.Cursor(""), 0; ; round++ {
		p, err := s.view().NumberPage(engine.NumberQuery{}, after, 3) // a view of its own for each page
		s.must(err)
		for _, n := range p.Items {
			if n.Number.Compare(last) <= 0 {
				t.Errorf("%s comes after %s", n.Number.Masked(), last.Masked())
			}
			last = n.Number
			if _, known := stays[n.Number]; known {
				stays[n.Number]++
			}
		}
		if after = p.Next; after == "" {
			break
		}
		gone := p.Items[len(p.Items)-1]
		if gone.Person == "" {
			s.must(s.org.Release(s.ctx, engine.Release{Numbers: telephony.NumberList{gone.Number}}))
		}
		s.acquire(engine.Reserve{Area: newYork, Quantity: 1}, "") // behind all, so listed in time
	}
	for n, times := range stays {
		if times != 1 {
			t.Errorf("%s is listed %d times", n.Masked(), times)
		}
	}
}

// TestPageRefusals: a cursor is input like any other.
func TestPageRefusals(t *testing.T) {
	s := newLibrary(t)
	v := s.view()
	type call func(engine.Cursor, int) error
	lists := map[string]call{
		"numbers":   func(c engine.Cursor, n int) error { _, err := v.NumberPage(engine.NumberQuery{}, c, n); return err },
		"people":    func(c engine.Cursor, n int) error { _, err := v.PeoplePage(engine.PersonQuery{}, c, n); return err },
		"addresses": func(c engine.Cursor, n int) error { _, err := v.AddressPage(engine.AddressQuery{}, c, n); return err },
		"reservations": func(c engine.Cursor, n int) error {
			_, err := v.ReservationPage(engine.ReservationQuery{}, c, n)
			return err
		},
	}
	for name, list := range lists {
		for _, size := range []int{-1, engine.MaxPage + 1} {
			err := list("", size)
			if !errors.Is(err, engine.ErrRequest) {
				t.Errorf("%s, size %d: got %v", name, size, err)
				continue
			}
			wants(t, err.Error(), fmt.Sprintf("asked %d", size), "most 1000")
		}
		for what, c := range map[string]engine.Cursor{"no base64": "!!!", "of nothing": "bg", "too long": engine.Cursor(strings.Repeat("1", 4096))} {
			if err := list(c, 10); !errors.Is(err, engine.ErrCursor) {
				t.Errorf("%s, cursor %s: got %v", name, what, err)
			}
		}
	}
	page, err := v.NumberPage(engine.NumberQuery{}, "", 1)
	s.must(err)
	if err := lists["numbers"](forged(page.Next, "adele.vance"), 10); !errors.Is(err, engine.ErrCursor) {
		t.Errorf("a cursor of no number: got %v", err)
	}
}

// TestAreas compares what is to be had, area by area, with what was put in and
// taken out.
func TestAreas(t *testing.T) {
	s := newScene(t)
	v := s.view()
	const user = telephony.UserNumber
	row := func(a telephony.Area, k telephony.Kind, total, free int64) engine.AreaStock {
		return engine.AreaStock{Area: a, Kind: k, Total: total, Free: free}
	}
	fr, us := row(paris, user, 100, 98), []engine.AreaStock{row(newYork, user, 50, 50), row(seattle, user, 100, 92)}
	for name, c := range map[string]struct {
		got, want []engine.AreaStock
	}{
		"all":           {slices.Collect(v.Areas(user, telephony.Area{})), []engine.AreaStock{fr, us[0], us[1]}},
		"country":       {slices.Collect(v.Areas(user, telephony.Area{Country: "US"})), us},
		"region":        {slices.Collect(v.Areas(user, telephony.Area{Country: "US", Region: "NY"})), us[:1]},
		"city":          {slices.Collect(v.Areas(user, telephony.Area{City: "Seattle"})), us[1:]},
		"other kind":    {slices.Collect(v.Areas(telephony.TollNumber, telephony.Area{})), []engine.AreaStock{row(seattle, telephony.TollNumber, 20, 19)}},
		"no city":       {slices.Collect(v.Areas(telephony.TollFreeNumber, telephony.Area{Country: "US"})), []engine.AreaStock{row(freeUS, telephony.TollFreeNumber, 20, 20)}},
		"not in stock":  {slices.Collect(v.Areas(user, portland)), nil},
		"countries":     {slices.Collect(v.Countries(user)), []engine.AreaStock{row(telephony.Area{Country: "FR"}, user, 100, 98), row(telephony.Area{Country: "US"}, user, 150, 142)}},
		"regions":       {slices.Collect(v.Regions(user, "US")), []engine.AreaStock{row(telephony.Area{Country: "US", Region: "NY"}, user, 50, 50), row(telephony.Area{Country: "US", Region: "WA"}, user, 100, 92)}},
		"no region":     {slices.Collect(v.Regions(user, "FR")), []engine.AreaStock{row(telephony.Area{Country: "FR"}, user, 100, 98)}},
		"no such place": {slices.Collect(v.Regions(user, "GB")), nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: got %+v, want %+v", name, c.got, c.want)
		}
	}
}

// TestReservationQueries lists reservations by state and kind, and the open ones
// by their ends.
func TestReservationQueries(t *testing.T) {
	w := newWorld(t)
	first := w.hold(seattle, 1)
	w.clock.Add(9 * time.Minute)
	cancelled := w.hold(newYork, 1)
	_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: cancelled.ID})
	w.must(err)
	toll := w.reserve(w.org, engine.Reserve{Area: seattle, Kind: telephony.TollNumber, Quantity: 1})
	last := w.hold(newYork, 1)
	w.clock.Add(time.Minute) // the first one's end
	v := w.view()
	for name, c := range map[string]struct {
		got  []engine.Reservation
		want []telephony.ReservationID
	}{
		"all":       {slices.Collect(v.Reservations(engine.ReservationQuery{})), []telephony.ReservationID{first.ID, cancelled.ID, toll.ID, last.ID}},
		"open":      {slices.Collect(v.Open()), []telephony.ReservationID{toll.ID, last.ID}},
		"expired":   {slices.Collect(v.Reservations(engine.ReservationQuery{State: reservation.Expired})), []telephony.ReservationID{first.ID}},
		"of a kind": {slices.Collect(v.Reservations(engine.ReservationQuery{Kind: telephony.TollNumber})), []telephony.ReservationID{toll.ID}},
	} {
		var got []telephony.ReservationID
		for _, r := range c.got {
			got = append(got, r.ID)
		}
		// Those made at one moment may come in either order.
		if name == "all" {
			slices.Sort(got[1:])
			slices.Sort(c.want[1:])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// TestEntryPagesOfAQuietTenant: who did nothing in a log full of what others did
// is told so page by page, each of which looks at so much of it and no more.
func TestEntryPagesOfAQuietTenant(t *testing.T) {
	w := newWorld(t)
	busy := w.tenant("busy", 1)
	mine := int(w.view().Index())
	for i := range 2 * engine.MaxScan {
		w.must(busy.LockPortOut(w.ctx, engine.PortOutLock{Locked: i%2 == 0}))
	}
	w.buy(w.org, licensing.EnterpriseE3, 1)
	v, scanned, pages := w.view(), 0, 0
	for after := engine.Cursor(""); pages == 0 || after != ""; pages++ {
		p, err := v.EntryPage(engine.EntryQuery{Op: engine.OpBuyLicences, From: uint64(mine) + 1}, after, 1)
		w.must(err)
		if p.Scanned > engine.MaxScan {
			t.Errorf("a page has looked at %d entries", p.Scanned)
		}
		if after = p.Next; (len(p.Items) == 1) != (after == "") {
			t.Errorf("page %d has %d entries, and goes on: %t", pages+1, len(p.Items), after != "")
		}
		scanned += p.Scanned
	}
	if want := int(v.Index()) - mine; scanned != want || pages != 3 {
		t.Errorf("%d pages have looked at %d entries, want 3 at %d", pages, scanned, want)
	}
}
