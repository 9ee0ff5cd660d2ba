package engine_test

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// forged makes a cursor that no page gave of one that a page gave: of the same list
// and question, at the place with that key.
func forged(c engine.Cursor, key string) engine.Cursor {
	const mark = 5 // the list and the sum of the question
	text, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(text) < mark {
		panic("a cursor that no page gave")
	}
	return engine.Cursor(base64.RawURLEncoding.EncodeToString(append(text[:mark], key...)))
}

// listPage reads a page of one item of a list and returns where the next begins.
type listPage func(engine.Cursor) (engine.Cursor, error)

func pageOfOne[T any](page func(engine.Cursor, int) (engine.Page[T], error)) listPage {
	return func(after engine.Cursor) (engine.Cursor, error) {
		p, err := page(after, 1)
		return p.Next, err
	}
}

// pageLists are lists by what is asked of whom, read by the page, in a scene in which
// each has two items.
func pageLists(t *testing.T) map[string]listPage {
	s := newScene(t, engine.WithRevalidation(time.Hour))
	withServices(s)
	for _, id := range []telephony.PersonID{"megan.bowen", "adele.vance"} {
		s.must(s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: id, Leave: engine.KeepNumbers}))
		s.person(id, "US")
	}
	s.must(s.tryAssign(s.adeles, "adele.vance", s.us.Default))
	s.must(s.tryAssign(s.spare[0], "megan.bowen", s.us.Default))
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare[1:3]}))
	s.draft()
	s.draft()
	s.hold(newYork, 1)
	s.order("+15035550111")
	s.order("+15035550112")
	s.clock.Add(2 * time.Hour) // the verdicts on the addresses are stale
	s.hold(newYork, 1)
	other := newStranger(s.world)
	held := s.reserve(other.Tenant, engine.Reserve{Area: newYork, Quantity: 2})
	_, err := other.Tenant.Acquire(s.ctx, engine.Acquire{Reservation: held.ID, All: true})
	s.must(err)
	v, theirs, desk, ctx := s.view(), s.viewOf(other.Tenant), s.eng.As(""), context.Background()
	u, err := desk.Utilisation(ctx)
	s.must(err)
	numbers := func(v *engine.View, q engine.NumberQuery) listPage {
		return pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.TenantNumber], error) { return v.NumberPage(q, c, n) })
	}
	blockers := func(id telephony.AddressID) listPage {
		return pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.Blocker], error) { return v.BlockingPage(id, c, n) })
	}
	find := func(q engine.NumberSearch) listPage {
		q.Search.Quantity = 1
		return func(c engine.Cursor) (engine.Cursor, error) {
			found, err := v.FindNumbers(q, c)
			return found.Next, err
		}
	}
	people := func(q engine.PersonQuery) listPage {
		return pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.Person], error) { return v.PeoplePage(q, c, n) })
	}
	addresses := func(q engine.AddressQuery) listPage {
		return pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.AddressUse], error) { return v.AddressPage(q, c, n) })
	}
	services := func(q engine.ServiceQuery) listPage {
		return pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.Service], error) { return v.ServicePage(q, c, n) })
	}
	reservations := func(q engine.ReservationQuery) listPage {
		return pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.Reservation], error) {
			return v.ReservationPage(q, c, n)
		})
	}
	entries := func(q engine.EntryQuery) listPage {
		return pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.Entry], error) { return v.EntryPage(q, c, n) })
	}
	return map[string]listPage{
		"numbers":                 numbers(v, engine.NumberQuery{}),
		"numbers, of a country":   numbers(v, engine.NumberQuery{Country: "US"}),
		"numbers, above one":      numbers(v, engine.NumberQuery{Above: number("+12065550100")}),
		"numbers, above another":  numbers(v, engine.NumberQuery{Above: number("+12065550101")}),
		"numbers, since then":     numbers(v, engine.NumberQuery{AcquiredAfter: time.Unix(1, 0)}),
		"numbers, a moment later": numbers(v, engine.NumberQuery{AcquiredAfter: time.Unix(1, 1)}),
		"numbers of another":      numbers(theirs, engine.NumberQuery{}),
		"blockers":                blockers(s.us.ID),
		"blockers, elsewhere":     blockers(s.fr.ID),
		"gaps":                    pageOfOne(v.GapPage),
		"resting":                 pageOfOne(v.RestingPage),
		"free numbers":            find(engine.NumberSearch{}),
		"free toll numbers":       find(engine.NumberSearch{Kind: telephony.TollNumber}),
		"free numbers, by taste":  find(engine.NumberSearch{Search: reservation.Search{Contains: "5"}}),
		"people":                  people(engine.PersonQuery{}),
		"people, visible":         people(engine.PersonQuery{Visible: true}),
		"addresses":               addresses(engine.AddressQuery{}),
		"addresses, assigned":     addresses(engine.AddressQuery{Assigned: true}),
		"addresses, searched": pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.AddressUse], error) {
			return v.SearchAddresses(emergency.Search{}, c, n)
		}),
		"drafts":                   pageOfOne(v.DraftPage),
		"services":                 services(engine.ServiceQuery{}),
		"services, by text":        services(engine.ServiceQuery{Text: "e"}),
		"reservations":             reservations(engine.ReservationQuery{}),
		"reservations, of a place": reservations(engine.ReservationQuery{Within: telephony.Area{Country: "US"}}),
		"port orders": pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.PortOrder], error) {
			return v.PortPage(engine.PortQuery{}, c, n)
		}),
		"port orders of all": pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.PortOrder], error) {
			return desk.PortPage(ctx, engine.PortQuery{}, c, n)
		}),
		"entries":         entries(engine.EntryQuery{}),
		"entries, of one": entries(engine.EntryQuery{Op: engine.OpAddPerson}),
		"entries of all": pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.Entry], error) {
			return desk.EntryPage(ctx, engine.EntryQuery{}, c, n)
		}),
		"blocks": pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.BlockUse], error) {
			return u.BlockPage(engine.StockQuery{}, c, n)
		}),
		"hundreds": pageOfOne(func(c engine.Cursor, n int) (engine.Page[engine.BlockUse], error) {
			return u.HundredPage(engine.StockQuery{}, c, n)
		}),
	}
}

// TestCursorsAreOfTheirList: a cursor leads on in the list that gave it and is
// refused by every other, those included that are of the same but ask something
// else of it, or of another tenant's.
func TestCursorsAreOfTheirList(t *testing.T) {
	lists := pageLists(t)
	for of, give := range lists {
		next, err := give("")
		if err != nil || next == "" {
			t.Fatalf("%s: there is no second page, %v", of, err)
		}
		for name, take := range lists {
			switch _, err := take(next); {
			case name == of && err != nil:
				t.Errorf("%s: the second page: %v", of, err)
			case name != of && !errors.Is(err, engine.ErrCursor):
				t.Errorf("a cursor of %s is taken for one of %s: %v", of, name, err)
			}
		}
	}
}

// TestCursorsGoOnWithMoreOfEach: what is given of each number, how many are on a
// page, and what a search leaves out may differ from one page to the next.
func TestCursorsGoOnWithMoreOfEach(t *testing.T) {
	s := newLibrary(t)
	v := s.view()
	numbers, err := v.NumberPage(engine.NumberQuery{Country: "US"}, "", 1)
	s.must(err)
	_, err = v.NumberPage(engine.NumberQuery{Country: "US", Expand: true, Skip: 2, Top: 1}, numbers.Next, 3)
	s.must(err)
	people, err := v.PeoplePage(engine.PersonQuery{}, "", 1)
	s.must(err)
	_, err = v.PeoplePage(engine.PersonQuery{Top: 1}, people.Next, 3)
	s.must(err)
	found, err := v.FindNumbers(engine.NumberSearch{Search: reservation.Search{Quantity: 1}}, "")
	s.must(err)
	_, err = v.FindNumbers(engine.NumberSearch{Kind: telephony.UserNumber,
		Search: reservation.Search{Quantity: 2, Exclude: found.List(), ScanLimit: 500}}, found.Next)
	s.must(err)
}

// TestForgedCursors: of a list's own cursors those are refused whose place is none.
func TestForgedCursors(t *testing.T) {
	for name, list := range pageLists(t) {
		next, err := list("")
		must(t, err)
		for _, key := range []string{"", "/", "1/2/3/4", "adele\x00", "\xff\xfe", "1\n2", "\x00", strings.Repeat("1", 4096)} {
			if _, err := list(forged(next, key)); err != nil && !errors.Is(err, engine.ErrCursor) {
				t.Errorf("%s, behind %.10q: got %v", name, key, err)
			}
		}
		if _, err := list(forged(next, strings.Repeat("1", 4096))); !errors.Is(err, engine.ErrCursor) {
			t.Errorf("%s, behind a long key: got %v", name, err)
		}
	}
}

// TestMomentsFarAway: a question about any moment that there can be is a question, and
// its cursor goes on with it.
func TestMomentsFarAway(t *testing.T) {
	w := newWorld(t)
	for _, q := range []engine.EntryQuery{{After: time.Unix(-1<<63, 0)}, {Before: time.Unix(1<<55, 0)}, {After: time.Date(-12, 1, 1, 0, 0, 0, 0, time.UTC)}} {
		page, err := w.view().EntryPage(q, "", 1)
		w.must(err)
		if len(page.Items) != 1 {
			t.Fatalf("%v: %d entries", q, len(page.Items))
		}
		if _, err := w.view().EntryPage(q, page.Next, 1); err != nil {
			t.Errorf("%v: it does not go on: %v", q, err)
		}
	}
}
