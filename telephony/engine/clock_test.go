package engine_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestClocks lets the clock do what clocks do, and worse. Whatever it says,
// nothing panics, the state's time does not go back, and the state agrees with
// itself; the last is what every world checks at its end.
func TestClocks(t *testing.T) {
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	for name, times := range map[string][]time.Time{
		"backward":        {begin, begin.Add(-time.Hour), begin.Add(-24 * time.Hour), begin.Add(time.Minute)},
		"frozen":          {begin, begin, begin, begin},
		"ten years on":    {begin, begin.AddDate(10, 0, 0), begin.AddDate(10, 0, 0).Add(tenMinutes), begin},
		"before 1970":     {year(1900), year(1969), year(1600), year(1)},
		"year 2500":       {year(2500), year(2501), year(9999), begin},
		"to and fro":      {year(2500), year(1900), begin, year(2199)},
		"the zero time":   {{}, begin, {}, begin},
		"other time zone": {begin.In(time.FixedZone("east", 14*3600)), begin.In(time.FixedZone("west", -12*3600)), begin, begin},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			at := w.lastTime()
			var owned telephony.NumberList
			for i, now := range times {
				w.clock.Set(now)
				held, err := w.org.Reserve(w.ctx, engine.Reserve{Area: seattle, Quantity: 3})
				w.must(err)
				if held.Expires.Sub(held.Made) != tenMinutes {
					t.Errorf("the hold lives %s", held.Expires.Sub(held.Made))
				}
				if i%2 == 0 {
					got, err := w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, Numbers: held.Numbers()[:2]})
					w.must(err)
					owned = append(owned, got.Numbers...)
				}
				w.sweepAll()
				if next := w.lastTime(); next.Before(at) {
					t.Errorf("the state's time goes back from %s to %s", at, next)
				} else {
					at = next
				}
				if v := w.view(); v.At().Before(at) {
					t.Errorf("a view is of %s, the state of %s", v.At(), at)
				}
				agrees(t, w.view())
			}
			for _, n := range owned {
				if _, err := w.view().Number(n); err != nil {
					t.Errorf("a number was lost: %v", err)
				}
			}
		})
	}
}

// lastTime returns the time of the log's last entry.
func (w *world) lastTime() (at time.Time) {
	for _, e := range w.entries(0) {
		if e.At.Before(at) {
			w.Errorf("entry %d is of %s, after one of %s", e.Index, e.At, at)
		}
		at = e.At
	}
	return at
}

// TestBackwardClockRevivesNothing: a hold that was over stays over, and its
// numbers are whose they have become.
func TestBackwardClockRevivesNothing(t *testing.T) {
	w := newWorld(t)
	other := w.tenant("fabrikam", 100)
	held := w.hold(seattle, 100)
	w.clock.Add(tenMinutes)
	w.reserve(other, engine.Reserve{Area: seattle, Quantity: 100})
	w.clock.Set(begin)
	if _, err := w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true}); !errors.Is(err, reservation.ErrExpired) {
		t.Errorf("got %v, want %q", err, reservation.ErrExpired)
	}
	r, err := w.view().Reservation(held.ID)
	w.must(err)
	if r.State != reservation.Expired {
		t.Errorf("the reservation is %s", r.State)
	}
}

// TestFrozenClockKeepsTheQuota: time that stands still frees nothing.
func TestFrozenClockKeepsTheQuota(t *testing.T) {
	w := newWorld(t)
	small := w.tenant("small", 1) // a quota of 11
	w.reserve(small, engine.Reserve{Area: seattle, Quantity: 11})
	for range 3 {
		w.sweepAll()
		if _, err := small.Reserve(w.ctx, engine.Reserve{Area: newYork, Quantity: 1}); !errors.Is(err, licensing.ErrQuotaExceeded) {
			t.Errorf("got %v, want %q", err, licensing.ErrQuotaExceeded)
		}
	}
}

// TestRunSweepsOnTime: while Run runs, the log tells of an end within seconds of
// it, and Run ends with its context.
func TestRunSweepsOnTime(t *testing.T) {
	w := newWorld(t, engine.WithHoldFor(time.Nanosecond))
	w.hold(seattle, 1)
	w.clock.Add(time.Nanosecond)
	before := w.view().Index()
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- w.eng.Run(ctx) }()
	for deadline := time.Now().Add(5 * time.Second); len(w.entries(before)) == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("Run has swept nothing")
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Run ended with %v", err)
	}
	if got := w.last(before).Events[0].Type; got != engine.ReservationExpired {
		t.Errorf("the log tells of %q", got)
	}
}
