package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestAddAndDrop: numbers of several areas join and leave an open reservation;
// its end stays, what it holds counts, and what it gave up is free at once.
func TestAddAndDrop(t *testing.T) {
	w := newWorld(t)
	held := w.reserve(w.org, engine.Reserve{Area: seattle, Quantity: 2, Reference: "order 7"})
	w.clock.Add(4 * time.Minute)
	more, err := w.org.AddToReservation(w.ctx, engine.AddToReservation{Reservation: held.ID, Area: newYork, Quantity: 3})
	w.must(err)
	if want := append(numbersFrom("+12125550100", 3), held.Numbers()...); !slices.Equal(more.Numbers(), want) || more.ID != held.ID ||
		!more.Expires.Equal(held.Expires) || more.Reference != "order 7" || more.Area != (telephony.Area{}) || more.State != reservation.Reserved {
		t.Errorf("with more it is %+v of %v", more, more.Numbers())
	}
	if q := w.view().Quota(telephony.UserNumber); q.Held != 5 || w.free(newYork) != 47 {
		t.Errorf("%d are held and %d free", q.Held, w.free(newYork))
	}
	less, err := w.org.DropFromReservation(w.ctx, engine.DropFromReservation{Reservation: held.ID,
		Numbers: telephony.NumberList{held.Numbers()[1], number("+12125550101"), held.Numbers()[0]}})
	w.must(err)
	if want := (telephony.NumberList{number("+12125550100"), number("+12125550102")}); !slices.Equal(less.Numbers(), want) || less.Area != newYork {
		t.Errorf("with less it is %+v of %v", less, less.Numbers())
	}
	if q := w.view().Quota(telephony.UserNumber); q.Held != 2 || w.free(newYork) != 48 || w.free(seattle) != 100 {
		t.Errorf("%d are held, %d and %d free", q.Held, w.free(newYork), w.free(seattle))
	}
	other := w.tenant("fabrikam", 10)
	if got := w.reserve(other, engine.Reserve{Area: newYork, Quantity: 1}).Numbers(); got[0] != number("+12125550101") {
		t.Errorf("what was dropped is not the next one's: %v", got)
	}
	w.clock.Set(held.Expires.Add(-1))
	if open := slices.Collect(w.view().Open()); len(open) != 1 || w.view().Countdown(open[0]) != 1 {
		t.Errorf("before its end: %+v", open)
	}
	w.clock.Set(held.Expires)
	if open := slices.Collect(w.view().Open()); len(open) != 0 || w.free(newYork) != 49 {
		t.Errorf("at its end: %+v, %d free", open, w.free(newYork))
	}
	w.sweepAll()
	closed, err := w.view().Reservation(held.ID)
	if w.must(err); closed.State != reservation.Expired || closed.Reference != "order 7" || !slices.Equal(closed.Numbers(), less.Numbers()) {
		t.Errorf("over, it is %+v of %v", closed, closed.Numbers())
	}
}

func numbersFrom(first string, count int) (list telephony.NumberList) {
	for i := range count {
		n, _ := number(first).Add(i)
		list = append(list, n)
	}
	return list
}

// TestAddWithAllReservationsOpen: more numbers in one that is open are no more
// reservations.
func TestAddWithAllReservationsOpen(t *testing.T) {
	s := newScene(t)
	fillUp(s)
	s.must(s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: newYork, Quantity: 1}))
	if err := s.tryReserve(engine.Reserve{Area: newYork, Quantity: 1}); !errors.Is(err, reservation.ErrTooManyOpen) {
		t.Errorf("got %v", err)
	}
}

// TestAddFillsUpAReservation: it never has more numbers than a request can name,
// and the last one that fits does.
func TestAddFillsUpAReservation(t *testing.T) {
	w := newWorld(t, engine.WithLimits(reservation.Limits{Open: 3, Held: 10_000, PerRequest: reservation.MaxPerRequest}))
	fiction := telephony.Area{Country: "ZZ", City: "Fiction"}
	w.must(w.eng.AddStock(w.ctx, engine.Stock{Range: mustRange("+999100200000..+999100209999"), Area: fiction, Kind: telephony.UserNumber}))
	manyLicences(&scene{world: w})
	held := w.reserve(w.org, engine.Reserve{Area: fiction, Quantity: reservation.MaxPerRequest - 2})
	_, err := w.org.AddToReservation(w.ctx, engine.AddToReservation{Reservation: held.ID, Area: fiction, Quantity: 3})
	if in, _ := errorFigure(err, "in it"); !errors.Is(err, reservation.ErrReservationFull) || in != 4998 {
		t.Errorf("got %v", err)
	}
	full, err := w.org.AddToReservation(w.ctx, engine.AddToReservation{Reservation: held.ID, Area: fiction, Quantity: 2})
	if w.must(err); len(full.Numbers()) != reservation.MaxPerRequest {
		t.Errorf("it has %d numbers", len(full.Numbers()))
	}
	got, err := w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: w.address("US").Default})
	if err == nil {
		t.Errorf("%d were acquired with a location elsewhere", len(got.Numbers))
	}
}

// TestRehearsedAddition shows what an addition would do, and the engine hears
// nothing of it.
func TestRehearsedAddition(t *testing.T) {
	s := newScene(t)
	before := s.eng.Digest()
	r, err := s.org.Rehearse(s.ctx)
	s.must(err)
	grown, err := r.AddToReservation(s.ctx, engine.AddToReservation{Reservation: s.held.ID, Area: newYork, Quantity: 2})
	s.must(err)
	_, err = r.DropFromReservation(s.ctx, engine.DropFromReservation{Reservation: s.held.ID, Numbers: s.held.Numbers()[:1]})
	s.must(err)
	var told []string
	for e := range r.Changes() {
		told = append(told, fmt.Sprint(e.Type, " ", len(e.Numbers), " ", e.Reservation == s.held.ID))
	}
	if want := []string{"numbers_reserved 2 true", "numbers_returned 1 true"}; !slices.Equal(told, want) || len(grown.Numbers()) != 5 {
		t.Errorf("it tells of %q, and gave %d numbers", told, len(grown.Numbers()))
	}
	if s.eng.Digest() != before {
		t.Error("the engine has changed")
	}
}

// TestOrdersAcrossAreas: what is spread or shuffled anywhere is of all areas, as
// if they were one, and the same seed takes the same.
func TestOrdersAcrossAreas(t *testing.T) {
	ask := func(r engine.Reserve) engine.Reservation {
		w := newMarket(t)
		w.sweepAll()
		r.Prefix, r.Quantity = telephony.MustParsePrefix("1425"), 16
		r.Exclude = telephony.NumberList{number("+14255550110"), number("+14255550206")}
		return w.reserve(w.org, r)
	}
	// Of +1 425 555 0107 to 0259 without 0110, 0150, 0205 and 0206 are free 149.
	var free telephony.NumberList
	for _, n := range numbersFrom("+14255550107", 153) {
		if last := n.Digits() % 1000; last != 110 && last != 150 && last != 205 && last != 206 {
			free = append(free, n)
		}
	}
	if got := ask(engine.Reserve{Order: reservation.Spread}); !slices.Equal(got.Numbers(), spread(free, 16)) || got.Area != (telephony.Area{}) {
		t.Errorf("spread: %v, want %v", got.Numbers(), spread(free, 16))
	}
	one, same := ask(engine.Reserve{Order: reservation.Shuffled, Seed: 1}).Numbers(), ask(engine.Reserve{Order: reservation.Shuffled, Seed: 1}).Numbers()
	other := ask(engine.Reserve{Order: reservation.Shuffled, Seed: 2}).Numbers()
	tacomas := slices.ContainsFunc(one, func(n telephony.Number) bool { return mustRange("+14255550200..+14255550259").Contains(n) })
	if !slices.Equal(one, same) || slices.Equal(one, other) || !tacomas || one[0].Compare(number("+14255550160")) > 0 {
		t.Errorf("shuffled: %v, %v and %v", one, same, other)
	}
	for _, n := range slices.Concat(one, other) {
		if !slices.Contains(free, n) {
			t.Errorf("%s is not free", n)
		}
	}
}

// newLedger is a tenant with reservations of every sort, a minute apart.
func newLedger(t testing.TB) *market {
	m := newMarket(t)
	m.buy(m.org, "MCOMEETADV", 50)
	step := func(r engine.Reserve) engine.Reservation {
		m.clock.Add(time.Minute)
		return m.reserve(m.org, r)
	}
	first := step(engine.Reserve{Area: newYork, Quantity: 2, Reference: "order 7"})
	_, err := m.org.Acquire(m.ctx, engine.Acquire{Reservation: first.ID, Numbers: first.Numbers()[:1]})
	m.must(err)
	second := step(engine.Reserve{Area: paris, Quantity: 1, Reference: "order 8"})
	_, err = m.org.CancelReservation(m.ctx, engine.CancelReservation{Reservation: second.ID})
	m.must(err)
	step(engine.Reserve{Numbers: telephony.NumberList{number("+12125550140"), number("+14255550209")}, Reference: "order 7"})
	step(engine.Reserve{Area: seattle, Kind: telephony.TollNumber, Quantity: 1})
	m.clock.Add(6 * time.Minute) // the one that a market begins with has run out
	step(engine.Reserve{Area: newYork, Quantity: 1})
	m.reserve(m.org, engine.Reserve{Area: newYork, Quantity: 1}) // at the same moment
	return m
}

// TestReservationFilters asks by every field and by every two, and compares with a
// filter over all, whole and page by page.
func TestReservationFilters(t *testing.T) {
	m := newLedger(t)
	v := m.view()
	all := slices.Collect(v.Reservations(engine.ReservationQuery{}))
	if len(all) != 7 {
		t.Fatalf("there are %d reservations", len(all))
	}
	mark := all[2].Made
	inUS := func(n telephony.Number) bool { return n.CallingCode() == 1 }
	parts := []struct {
		name string
		set  func(*engine.ReservationQuery)
		has  func(engine.Reservation) bool
	}{
		{"state", func(q *engine.ReservationQuery) { q.State = reservation.Reserved }, func(r engine.Reservation) bool { return r.Closed.IsZero() }},
		{"expired", func(q *engine.ReservationQuery) { q.State = reservation.Expired }, func(r engine.Reservation) bool { return r.ID == all[0].ID }},
		{"kind", func(q *engine.ReservationQuery) { q.Kind = telephony.TollNumber }, func(r engine.Reservation) bool { return r.Kind == telephony.TollNumber }},
		{"area", func(q *engine.ReservationQuery) { q.Within = newYork }, func(r engine.Reservation) bool {
			return slices.ContainsFunc(r.Numbers(), func(n telephony.Number) bool { return n.String()[:5] == "+1212" })
		}},
		{"country", func(q *engine.ReservationQuery) { q.Within = telephony.Area{Country: "US"} }, func(r engine.Reservation) bool { return slices.ContainsFunc(r.Numbers(), inUS) }},
		{"reference", func(q *engine.ReservationQuery) { q.Reference = "order 7" }, func(r engine.Reservation) bool { return r.Reference == "order 7" }},
		{"number", func(q *engine.ReservationQuery) { q.Number = number("+12125550101") }, func(r engine.Reservation) bool { return slices.Contains(r.Numbers(), number("+12125550101")) }},
		{"made after", func(q *engine.ReservationQuery) { q.MadeAfter = mark }, func(r engine.Reservation) bool { return r.Made.After(mark) }},
		{"made before", func(q *engine.ReservationQuery) { q.MadeBefore = mark }, func(r engine.Reservation) bool { return r.Made.Before(mark) }},
	}
	for _, a := range parts {
		for _, b := range parts {
			var q engine.ReservationQuery
			a.set(&q)
			b.set(&q)
			if a.name != b.name && (a.name == "state" && b.name == "expired" || a.name == "expired" && b.name == "state" ||
				a.name == "area" && b.name == "country" || a.name == "country" && b.name == "area") {
				continue // one field cannot be both
			}
			var want, got []telephony.ReservationID
			for _, r := range all {
				if a.has(r) && b.has(r) {
					want = append(want, r.ID)
				}
			}
			if a.name == b.name && (len(want) == 0 || len(want) == len(all)) {
				t.Errorf("%s tells nothing apart: %d of %d", a.name, len(want), len(all))
			}
			for r := range v.Reservations(q) {
				got = append(got, r.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s and %s: %v, want %v", a.name, b.name, got, want)
			}
			for _, size := range []int{1, 2, 10} {
				got = nil
				for _, r := range collectPages(t, size, func(c engine.Cursor, n int) (engine.Page[engine.Reservation], error) {
					return v.ReservationPage(q, c, n)
				}) {
					got = append(got, r.ID)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s and %s, %d a page: %v, want %v", a.name, b.name, size, got, want)
				}
			}
		}
	}
}

// TestReservationPagesWhileTheyEnd: what is listed stays in its place, though it
// ends, is forgotten, or has others come behind it.
func TestReservationPagesWhileTheyEnd(t *testing.T) {
	m := newLedger(t)
	var want, got []telephony.ReservationID
	for r := range m.view().Reservations(engine.ReservationQuery{}) {
		want = append(want, r.ID)
	}
	for after := engine.Cursor(""); ; {
		p, err := m.view().ReservationPage(engine.ReservationQuery{}, after, 2)
		m.must(err)
		for _, r := range p.Items {
			got = append(got, r.ID)
		}
		if after = p.Next; after == "" {
			break
		}
		m.clock.Add(4 * time.Minute)
		m.sweepAll()
	}
	if !slices.Equal(got, want) {
		t.Errorf("listed %v, want %v", got, want)
	}
}
