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

const aging = 45 * 24 * time.Hour // as long as released numbers rest by default

// TestQuarantineAroundItsEnd: released numbers are nobody's and cannot be
// reserved until they have rested, and then they can, swept or not.
func TestQuarantineAroundItsEnd(t *testing.T) {
	for _, m := range moments {
		for _, s := range sweeps {
			t.Run(fmt.Sprintf("%s, %s", m.name, s.name), func(t *testing.T) {
				w := newWorld(t)
				numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 10}, "")
				w.must(w.org.Release(w.ctx, engine.Release{Numbers: numbers}))
				if q := w.view().Quota(telephony.UserNumber); q.Acquired != 0 || q.Held != 0 {
					t.Errorf("released numbers count against the quota: %v", q)
				}
				w.clock.Set(begin.Add(aging + m.off))
				s.sweep(w)
				free := int64(90)
				if m.over {
					free = 100
				}
				if got := w.free(seattle); got != free {
					t.Errorf("%d numbers are free, want %d", got, free)
				}
				_, err := w.org.Reserve(w.ctx, engine.Reserve{Numbers: numbers})
				is(t, err, !m.over, engine.ErrNumbersResting)
			})
		}
	}
}

// TestNoQuarantine: where none is set, a released number is free at once.
func TestNoQuarantine(t *testing.T) {
	w := newWorld(t, engine.WithQuarantine(0))
	numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 10}, "")
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: numbers}))
	if got := w.free(seattle); got != 100 {
		t.Errorf("%d numbers are free, want 100", got)
	}
	if got := w.hold(seattle, 10).Numbers(); !slices.Equal(got, numbers) {
		t.Error("the lowest numbers were not to be had again")
	}
}

// TestVisibleAroundTheDelay: a person can be given a number from the very moment
// of becoming visible.
func TestVisibleAroundTheDelay(t *testing.T) {
	for _, m := range moments {
		t.Run(m.name, func(t *testing.T) {
			w := newWorld(t, engine.WithVisibleAfter(visible))
			place := w.address("US").Default
			n := w.acquire(engine.Reserve{Area: seattle, Quantity: 1}, "")[0]
			w.person("adele.vance", "US")
			w.clock.Set(begin.Add(visible + m.off))
			v := w.view()
			p, err := v.Person("adele.vance")
			w.must(err)
			if p.Pending != !m.over || !p.VisibleAt.Equal(begin.Add(visible)) {
				t.Errorf("pending %t, visible at %s", p.Pending, p.VisibleAt)
			}
			pending := len(slices.Collect(v.People(engine.PersonQuery{Pending: true})))
			shown := len(slices.Collect(v.People(engine.PersonQuery{Visible: true})))
			if wantPending := map[bool]int{false: 1}[m.over]; pending != wantPending || shown != 1-wantPending {
				t.Errorf("%d people are pending and %d visible", pending, shown)
			}
			a := engine.Assign{Number: n, Person: "adele.vance", Location: place}
			if ready := len(v.CheckAssign(a)) == 0; ready != m.over {
				t.Errorf("the dry run says ready: %t", ready)
			}
			is(t, w.org.Assign(w.ctx, a), !m.over, telephony.ErrPersonNotVisible)
		})
	}
}

// TestClosedReservationsAreKept for the time that is set, from their end on, and
// no longer, swept or not.
func TestClosedReservationsAreKept(t *testing.T) {
	const keep = time.Hour
	ends := map[string]func(w *world, r engine.Reservation) time.Time{
		"acquired": func(w *world, r engine.Reservation) time.Time {
			_, err := w.org.Acquire(w.ctx, engine.Acquire{Reservation: r.ID, Numbers: r.Numbers()[:3]})
			w.must(err)
			return begin
		},
		"cancelled": func(w *world, r engine.Reservation) time.Time {
			_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: r.ID})
			w.must(err)
			return begin
		},
		"expired": func(_ *world, r engine.Reservation) time.Time { return r.Expires },
	}
	for how, end := range ends {
		for _, m := range moments {
			for _, s := range sweeps {
				t.Run(fmt.Sprintf("%s, %s, %s", how, m.name, s.name), func(t *testing.T) {
					w := newWorld(t, engine.WithClosedKept(keep, 100))
					held := w.hold(seattle, 10)
					closed := end(w, held)
					w.clock.Set(closed.Add(keep + m.off))
					s.sweep(w)
					r, err := w.view().Reservation(held.ID)
					is(t, err, m.over, engine.ErrUnknownReservation)
					if !m.over && (!slices.Equal(r.Numbers(), held.Numbers()) || r.Area != seattle || !r.Closed.Equal(closed)) {
						t.Errorf("what is kept is %+v", r)
					}
					if listed := len(slices.Collect(w.view().Reservations(engine.ReservationQuery{}))); (listed == 0) != m.over {
						t.Errorf("%d are listed", listed)
					}
					_, err = w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: held.ID})
					if unknown := errors.Is(err, engine.ErrUnknownReservation); unknown != m.over {
						t.Errorf("cancelling it: got %v", err)
					}
				})
			}
		}
	}
}

// TestClosedReservationsAreBounded: a tenant that closes more reservations than
// are kept loses the oldest.
func TestClosedReservationsAreBounded(t *testing.T) {
	const most = 5
	w := newWorld(t, engine.WithClosedKept(time.Hour, most))
	var all []telephony.ReservationID
	for range 2 * most {
		r := w.hold(seattle, 1)
		all = append(all, r.ID)
		_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: r.ID})
		w.must(err)
		w.clock.Add(time.Second)
	}
	var kept []telephony.ReservationID
	for r := range w.view().Reservations(engine.ReservationQuery{}) {
		kept = append(kept, r.ID)
	}
	if want := all[most:]; !slices.Equal(kept, want) {
		t.Errorf("kept are %v, want %v", kept, want)
	}
}

// TestNoClosedReservationsKept: where none are to be kept, none is.
func TestNoClosedReservationsKept(t *testing.T) {
	w := newWorld(t, engine.WithClosedKept(time.Hour, 0))
	r := w.hold(seattle, 1)
	_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: r.ID})
	w.must(err)
	if _, err := w.view().Reservation(r.ID); !errors.Is(err, engine.ErrUnknownReservation) {
		t.Errorf("got %v, want %q", err, engine.ErrUnknownReservation)
	}
}

// TestClosedAreDropped: when the first of the reservations that are kept ended is
// known, whichever was dropped before it.
func TestClosedAreDropped(t *testing.T) {
	w := newWorld(t, engine.WithClosedKept(24*time.Hour, 3))
	for i := range 6 {
		w.hold(seattle, 1)
		w.clock.Set(begin.Add(time.Duration(i+1) * 90 * time.Minute))
		w.sweepAll()
		_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: w.hold(seattle, 1).ID})
		w.must(err)
		over := slices.DeleteFunc(slices.Collect(w.view().Reservations(engine.ReservationQuery{})),
			func(r engine.Reservation) bool { return r.State == reservation.Reserved })
		if want := min(2*(i+1), 3); len(over) != want {
			t.Errorf("%d are kept, want %d", len(over), want)
		}
		for _, fault := range w.eng.Check() {
			t.Error(fault)
		}
	}
}
