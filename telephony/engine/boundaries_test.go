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

// moments are those around an end, and whether it has come by then.
var moments = []struct {
	name string
	off  time.Duration
	over bool
}{
	{"a nanosecond before", -1, false},
	{"exactly", 0, true},
	{"a nanosecond after", 1, true},
}

// sweeps are the ways in which what has run out can have been settled, which
// make no difference.
var sweeps = []struct {
	name  string
	sweep func(w *world)
}{
	{"never swept", func(*world) {}},
	{"swept", (*world).sweepAll},
}

func (w *world) sweepAll() {
	w.Helper()
	for more := true; more; {
		var err error
		more, err = w.eng.Sweep(w.ctx)
		w.must(err)
	}
}

// around runs a test at every moment around an end, swept or not. The test is
// given a world with ten numbers held and its clock at that moment.
func around(t *testing.T, end time.Duration, test func(t *testing.T, w *world, held engine.Reservation, over bool), options ...engine.Option) {
	for _, m := range moments {
		for _, s := range sweeps {
			t.Run(fmt.Sprintf("%s, %s", m.name, s.name), func(t *testing.T) {
				w := newWorld(t, options...)
				held := w.hold(seattle, 10)
				w.clock.Set(begin.Add(end + m.off))
				s.sweep(w)
				test(t, w, held, m.over)
			})
		}
	}
}

// is checks an error: nil, or the code where the end has come.
func is(t testing.TB, err error, over bool, code telephony.Code) {
	t.Helper()
	if over != errors.Is(err, code) || !over && err != nil {
		t.Errorf("over %t: got %v", over, err)
	}
}

const tenMinutes = 10 * time.Minute

func TestAcquireAroundTheEnd(t *testing.T) {
	around(t, tenMinutes, func(t *testing.T, w *world, held engine.Reservation, over bool) {
		_, err := w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, Numbers: held.Numbers()[:3]})
		is(t, err, over, reservation.ErrExpired)
		want := int64(97)
		if over {
			want = 100
		}
		if got := w.free(seattle); got != want {
			t.Errorf("%d numbers are free, want %d", got, want)
		}
	})
}

func TestCancelAroundTheEnd(t *testing.T) {
	around(t, tenMinutes, func(t *testing.T, w *world, held engine.Reservation, over bool) {
		_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: held.ID})
		is(t, err, over, reservation.ErrExpired)
	})
}

func TestExtendAroundTheEnd(t *testing.T) {
	around(t, tenMinutes, func(t *testing.T, w *world, held engine.Reservation, over bool) {
		r, err := w.org.ExtendReservation(w.ctx, engine.ExtendReservation{Reservation: held.ID, By: time.Minute})
		is(t, err, over, reservation.ErrExpired)
		if want := begin.Add(11 * time.Minute); !over && !r.Expires.Equal(want) {
			t.Errorf("the end is put off to %s, want %s", r.Expires, want)
		}
	}, engine.WithExtension(reservation.Extension{Allowed: true, MaxTotal: time.Hour}))
}

// TestExtendedEnd: a hold that was extended ends at its new end and not before.
func TestExtendedEnd(t *testing.T) {
	for _, m := range moments {
		t.Run(m.name, func(t *testing.T) {
			w := newWorld(t, engine.WithExtension(reservation.Extension{Allowed: true, MaxTotal: time.Hour}))
			held := w.hold(seattle, 10)
			_, err := w.org.ExtendReservation(w.ctx, engine.ExtendReservation{Reservation: held.ID, By: time.Minute})
			w.must(err)
			w.clock.Set(begin.Add(tenMinutes))
			w.sweepAll()
			w.clock.Set(begin.Add(11*time.Minute + m.off))
			_, err = w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true})
			is(t, err, m.over, reservation.ErrExpired)
		})
	}
}

// TestReserveOfAnothersAroundTheEnd: at the very end of a hold its numbers are
// another tenant's to reserve, and not before.
func TestReserveOfAnothersAroundTheEnd(t *testing.T) {
	around(t, tenMinutes, func(t *testing.T, w *world, held engine.Reservation, over bool) {
		other := w.tenant("fabrikam", 100)
		_, err := other.Reserve(w.ctx, engine.Reserve{Numbers: held.Numbers()})
		is(t, err, !over, reservation.ErrNumbersTaken)
	})
}

// TestReserveOfAnotherKindAroundTheEnd: at the very end of another's hold its numbers
// are free ones of another kind, and not before.
func TestReserveOfAnotherKindAroundTheEnd(t *testing.T) {
	around(t, tenMinutes, func(t *testing.T, w *world, held engine.Reservation, over bool) {
		_, err := w.tenant("fabrikam", 100).Reserve(w.ctx, engine.Reserve{Kind: telephony.TollNumber, Numbers: held.Numbers()[:3]})
		want := reservation.ErrNumbersTaken
		if over {
			want = engine.ErrNumbersOtherKind
		}
		refusedFor(t, err, want)
	})
}

// TestReserveAllAroundTheEnd: an area of which all but some is free is emptied
// only once these are free too.
func TestReserveAllAroundTheEnd(t *testing.T) {
	for name, r := range map[string]engine.Reserve{
		"quantity": {Area: seattle, Quantity: 100},
		"run":      {Area: seattle, Quantity: 100, Consecutive: true},
		"prefix":   {Prefix: telephony.MustParsePrefix("1425"), Quantity: 100},
	} {
		t.Run(name, func(t *testing.T) {
			around(t, tenMinutes, func(t *testing.T, w *world, _ engine.Reservation, over bool) {
				_, err := w.tenant("fabrikam", 100).Reserve(w.ctx, r)
				is(t, err, !over, reservation.ErrOutOfStock)
			})
		})
	}
}

// TestViewsAroundTheEnd: reservations, areas and quotas say the same of an end
// as the commands.
func TestViewsAroundTheEnd(t *testing.T) {
	around(t, tenMinutes, func(t *testing.T, w *world, held engine.Reservation, over bool) {
		v := w.view()
		state, left, countHeld, free, open := reservation.Reserved, time.Duration(1), int64(10), int64(90), 1
		if over {
			state, left, countHeld, free, open = reservation.Expired, 0, 0, 100, 0
		}
		r, err := v.Reservation(held.ID)
		w.must(err)
		if r.State != state || v.Countdown(r) != left {
			t.Errorf("the reservation is %s with %s left, want %s with %s", r.State, v.Countdown(r), state, left)
		}
		if over && !r.Closed.Equal(held.Expires) {
			t.Errorf("it closed at %s, want %s", r.Closed, held.Expires)
		}
		if q := v.Quota(telephony.UserNumber); q.Held != countHeld || q.Left != 120-countHeld {
			t.Errorf("the quota has %d held and %d left, want %d and %d", q.Held, q.Left, countHeld, 120-countHeld)
		}
		if got := w.free(seattle); got != free {
			t.Errorf("%d numbers are free, want %d", got, free)
		}
		if got := v.Dashboard().OpenReservations; got != open {
			t.Errorf("the dashboard has %d open reservations, want %d", got, open)
		}
		if got := len(slices.Collect(v.Open())); got != open {
			t.Errorf("%d reservations are listed as open, want %d", got, open)
		}
	})
}

// TestQuotaAroundTheEnd: what a tenant held counts until its end and not after.
func TestQuotaAroundTheEnd(t *testing.T) {
	around(t, tenMinutes, func(t *testing.T, w *world, _ engine.Reservation, over bool) {
		w.stock(portland, telephony.UserNumber, "+15035550100..+15035550199")
		w.hold(portland, 90)
		_, err := w.org.Reserve(w.ctx, engine.Reserve{Area: newYork, Quantity: 30})
		if over != (err == nil) {
			t.Errorf("over %t: got %v", over, err)
		}
	})
}

// TestOpenLimitAroundTheEnd: reservations that have run out do not count
// against the limit of open ones.
func TestOpenLimitAroundTheEnd(t *testing.T) {
	around(t, tenMinutes, func(t *testing.T, w *world, _ engine.Reservation, over bool) {
		for range 9 {
			w.hold(newYork, 1)
		}
		_, err := w.org.Reserve(w.ctx, engine.Reserve{Area: newYork, Quantity: 1})
		is(t, err, !over, reservation.ErrTooManyOpen)
	})
}

// TestEndsInAnyOrder: of a tenant's reservations the first made need not be the first
// to run out, and each ends at its end.
func TestEndsInAnyOrder(t *testing.T) {
	for _, s := range sweeps {
		w := newWorld(t, engine.WithExtension(reservation.Extension{Allowed: true, MaxTotal: time.Hour}))
		first := w.hold(seattle, 10)
		w.clock.Set(begin.Add(time.Minute))
		w.hold(seattle, 10)
		_, err := w.org.ExtendReservation(w.ctx, engine.ExtendReservation{Reservation: first.ID, By: 20 * time.Minute})
		w.must(err)
		w.clock.Set(begin.Add(2 * time.Minute))
		w.hold(seattle, 10)
		for _, at := range []struct {
			minute time.Duration
			open   int
		}{{10, 3}, {11, 2}, {12, 1}, {29, 1}, {30, 0}} {
			w.clock.Set(begin.Add(at.minute*time.Minute + 1))
			if v := w.view(); v.Dashboard().OpenReservations != at.open || v.Quota(telephony.UserNumber).Held != int64(10*at.open) {
				t.Errorf("%s, minute %d: %d are open and %d numbers held, want %d and %d", s.name, at.minute,
					v.Dashboard().OpenReservations, v.Quota(telephony.UserNumber).Held, at.open, 10*at.open)
			}
			s.sweep(w)
			for _, fault := range w.eng.Check() {
				t.Error(fault)
			}
		}
	}
}
