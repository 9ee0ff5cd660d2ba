package engine_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// How long numbers rest is bounded under calling code 1, whatever it follows from;
// none at all is allowed.
func TestQuarantineIsBounded(t *testing.T) {
	const day = 24 * time.Hour
	of := engine.WithQuarantineOf
	for name, c := range map[string]struct {
		options []engine.Option
		want    telephony.Code
	}{
		"as it is":                       {},
		"none":                           {[]engine.Option{engine.WithQuarantine(0)}, ""},
		"sixty days":                     {[]engine.Option{engine.WithQuarantine(60 * day)}, ""},
		"a month":                        {[]engine.Option{engine.WithQuarantine(30 * day)}, reservation.ErrRestTooShort},
		"a month elsewhere":              {append(resting(30*day), of(reservation.Business, 44, 30*day)), ""},
		"a hundred days":                 {[]engine.Option{engine.WithQuarantine(100 * day)}, reservation.ErrRestTooLong}, // too long for residential lines
		"a hundred days for business":    {[]engine.Option{of(reservation.Business, 0, 100*day)}, ""},
		"a year and a day for business":  {[]engine.Option{of(reservation.Business, 1, 366*day)}, reservation.ErrRestTooLong},
		"a year and a day in Britain":    {[]engine.Option{of(reservation.Business, 44, 366*day)}, ""},
		"ninety-one days for residents":  {[]engine.Option{of(reservation.Residential, 1, 91*day)}, reservation.ErrRestTooLong},
		"too short by a nanosecond":      {[]engine.Option{of(reservation.Residential, 1, 45*day-1)}, reservation.ErrRestTooShort},
		"said twice, the last time well": {[]engine.Option{of(reservation.Residential, 1, 1), of(reservation.Residential, 1, 0)}, ""},
		"eleven years":                   {[]engine.Option{of(reservation.Residential, 44, 11*365*day)}, reservation.ErrRestTooLong},
		"less than none":                 {[]engine.Option{of(reservation.Residential, 44, -1)}, reservation.ErrRestTooShort},
		"no line":                        {[]engine.Option{of(0, 44, day)}, reservation.ErrLine},
	} {
		_, err := engine.New(c.options...)
		if codeOf(err) != c.want {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	_, err := engine.New(engine.WithQuarantine(30 * day))
	wants(t, fmt.Sprint(err), "quarantine", "calling code 1", "WithQuarantineOf")
	s := engine.DefaultSettings()
	s.QuarantineOf = []engine.QuarantineRule{{Code: 44, Line: reservation.Business}, {Code: 44, Line: reservation.Business}}
	if err := s.Check(); !errors.Is(err, engine.ErrRequest) {
		t.Errorf("two rules for the same numbers: %v", err)
	}
}

// Numbers rest as long as is set for the line and the calling code, each to the
// nanosecond, and those given back together need not rest together.
func TestQuarantineOfLines(t *testing.T) {
	const day = 24 * time.Hour
	for _, line := range []reservation.Line{0, reservation.Business, reservation.Residential} {
		w := newWorld(t, engine.WithQuarantine(50*day), engine.WithQuarantineOf(reservation.Residential, 0, 70*day),
			engine.WithQuarantineOf(reservation.Residential, 33, 10*day), engine.WithQuarantineOf(reservation.Business, 33, 0))
		numbers := append(w.acquire(engine.Reserve{Area: seattle, Quantity: 2}, ""), w.acquire(engine.Reserve{Area: newYork, Quantity: 1}, "")...)
		french := w.acquire(engine.Reserve{Area: paris, Quantity: 2}, w.address("FR").Default)
		w.must(w.org.Release(w.ctx, engine.Release{Numbers: append(french, numbers...), Line: line}))
		american, rest := 50*day, time.Duration(0)
		if line == reservation.Residential {
			american, rest = 70*day, 10*day
		}
		for _, c := range []struct {
			area telephony.Area
			rest time.Duration
			all  int64
		}{{paris, rest, 100}, {seattle, american, 100}, {newYork, american, 50}} {
			if c.rest > 0 {
				w.clock.Set(begin.Add(c.rest - 1))
				if got := w.free(c.area); got >= c.all {
					t.Errorf("%v: a nanosecond too early %d are free of %v", line, got, c.area)
				}
			}
			w.clock.Set(begin.Add(c.rest))
			if got := w.free(c.area); got != c.all {
				t.Errorf("%v: %d are free of %v, want %d", line, got, c.area, c.all)
			}
		}
	}
}
