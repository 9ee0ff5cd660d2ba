package engine

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// settable are two clocks that are set by hand.
type settable struct{ wall, running atomic.Int64 }

func (s *settable) read() (wall, running int64) { return s.wall.Load(), s.running.Load() }

// run has time pass on both.
func (s *settable) run(d time.Duration) {
	s.wall.Add(int64(d))
	s.running.Add(int64(d))
}

func newSettable(at time.Time) *settable {
	s := new(settable)
	s.wall.Store(at.UnixNano())
	s.running.Store(int64(time.Hour)) // it began somewhere
	return s
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// TestSystemClockFollowsTheWall ahead, and not back.
func TestSystemClockFollowsTheWall(t *testing.T) {
	s := newSettable(noon)
	c := &systemClock{read: s.read}
	for _, step := range []struct {
		name string
		do   func()
		want time.Duration // since noon
	}{
		{"at first", func() {}, 0},
		{"time passes", func() { s.run(time.Minute) }, time.Minute},
		{"the wall is set back", func() { s.wall.Add(-int64(time.Hour)) }, time.Minute},
		{"time passes behind", func() { s.run(time.Minute) }, 2 * time.Minute},
		{"the wall is set right", func() { s.wall.Add(int64(time.Hour)) }, 2 * time.Minute},
		{"the wall is set ahead", func() { s.wall.Add(int64(time.Hour)) }, time.Hour + 2*time.Minute},
		{"it is set back to what it was", func() { s.wall.Add(-int64(time.Hour)) }, time.Hour + 2*time.Minute},
		{"the machine slept, and woke later", func() { s.wall.Add(int64(3 * time.Hour)) }, 3*time.Hour + 2*time.Minute},
		{"time stands still", func() {}, 3*time.Hour + 2*time.Minute},
	} {
		step.do()
		if got := c.Now().Sub(noon); got != step.want {
			t.Errorf("%s: it is %s after noon, want %s", step.name, got, step.want)
		}
	}
}

// TestSystemClockNeverGoesBack, nor falls behind the wall or stands still while time
// passes, whatever the wall does.
func TestSystemClockNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSettable(noon)
		c := &systemClock{read: s.read}
		last := c.Now()
		for range rapid.IntRange(1, 50).Draw(t, "steps") {
			passed := time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "passed"))
			s.run(passed)
			s.wall.Add(rapid.Int64Range(-int64(48*time.Hour), int64(48*time.Hour)).Draw(t, "set by"))
			now, wall := c.Now(), unix(s.wall.Load())
			if want := last.Add(passed); now.Before(want) || now.Before(wall) || now.After(want) && now.After(wall) {
				t.Fatalf("%s after %s, with %s passed and the wall at %s", now, last, passed, wall)
			}
			last = now
		}
	})
}

// TestSystemClockSideBySide: of many readers none sees it go back.
func TestSystemClockSideBySide(t *testing.T) {
	s := newSettable(noon)
	c := &systemClock{read: s.read}
	var readers sync.WaitGroup
	var most atomic.Int64
	for i := range 4 {
		readers.Go(func() {
			for k := range 5000 {
				s.run(time.Microsecond)
				s.wall.Add([]int64{-int64(time.Second), int64(time.Second)}[(i+k)%2])
				seen := most.Load()
				now := c.Now().UnixNano()
				if now < seen {
					t.Errorf("it is %d, and was %d", now, seen)
					return
				}
				for now > seen && !most.CompareAndSwap(seen, now) {
					seen = most.Load()
				}
			}
		})
	}
	readers.Wait()
}

// TestHoldsEndThoughTheWallIsSetBack: while Run runs, a hold that is over is
// returned within a second, with no call but that, though the wall clock has been
// set back by a year.
func TestHoldsEndThoughTheWallIsSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var back atomic.Int64
		start := time.Now()
		wall := &systemClock{read: func() (int64, int64) {
			now := time.Now()
			return now.UnixNano() - back.Load(), int64(now.Sub(start))
		}}
		eng, err := New(WithClock(wall))
		must(err)
		area := telephony.Area{Country: "US", Region: "WA", City: "Seattle"}
		must(eng.AddStock(t.Context(), Stock{Range: telephony.MustParseRange("+14255550100..+14255550109"), Area: area, Kind: telephony.UserNumber}))
		org, err := eng.CreateTenant(t.Context(), TenantSpec{ID: "contoso"})
		must(err)
		must(org.BuyLicences(t.Context(), Purchase{Product: licensing.PhoneSystem, Quantity: 5}))
		must(org.BuyLicences(t.Context(), Purchase{Product: licensing.DomesticCallingPlan, Quantity: 5}))
		held, err := org.Reserve(t.Context(), Reserve{Area: area, Quantity: 2})
		must(err)
		go func() { _ = eng.Run(t.Context()) }()
		time.Sleep(time.Minute)
		back.Store(int64(365 * 24 * time.Hour))
		time.Sleep(held.Expires.Sub(held.Made) - time.Minute + tick)
		synctest.Wait()
		now := eng.machine.now.Load()
		ended := false
		entries, _ := now.history.between(0, now.index)
		for e := range entries {
			for _, event := range e.Events {
				ended = ended || event.Type == ReservationExpired
			}
		}
		if !ended {
			t.Error("the log does not tell of the end")
		}
	})
}

// TestTheSystemsClock is the system's.
func TestTheSystemsClock(t *testing.T) {
	c := newSystemClock()
	before := time.Now()
	now := c.Now()
	if after := time.Now(); now.Before(before.Round(0)) || now.After(after.Round(0)) {
		t.Errorf("it is %s, between %s and %s", now, before, after)
	}
}
