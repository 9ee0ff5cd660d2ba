package engine

import (
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// MaxGivenUp is how many of the numbers that a tenant released, or dropped from its
// reservations, are remembered as given up: those that it gave up last.
const MaxGivenUp = 10_000

// gaveUp is numbers that a tenant released or dropped, and when. What it gave up with
// the end of a reservation stands in that.
type gaveUp struct {
	At      int64
	Numbers telephony.NumberList // ascending
}

// giveUp remembers numbers that the tenant gives up now, as long as its closed
// reservations are kept, and forgets what is beyond that or too much.
func (s *step) giveUp(numbers telephony.NumberList) {
	a, last := s.edit(s.account), ascending(numbers)
	last = last[max(0, len(last)-MaxGivenUp):]
	a.GivenUp, a.GaveUp = append(a.GivenUp, gaveUp{s.now, last}), a.GaveUp+len(last)
	for len(a.GivenUp) > 0 && (a.GaveUp > MaxGivenUp || s.settings.forgetsEnd(a.GivenUp[0].At, s.now)) {
		a.GivenUp, a.GaveUp = a.GivenUp[1:], a.GaveUp-len(a.GivenUp[0].Numbers)
	}
}

// givenUp returns the numbers that the tenant gave up lately: those that it released
// or dropped, and those of its reservations that have ended by now without them
// having been acquired; each as long as closed reservations are kept.
func (a *accountRow) givenUp(settings *Settings, now int64) mask {
	var numbers telephony.NumberList
	for _, g := range a.GivenUp {
		if !settings.forgetsEnd(g.At, now) {
			numbers = append(numbers, g.Numbers...)
		}
	}
	for _, list := range []reservationList{a.open, a.closed} {
		for _, r := range list {
			if r.StateAt(unix(now)) == reservation.Reserved || settings.forgets(r.Hold, now) {
				continue
			}
			for _, n := range r.Numbers {
				if _, acquired := slices.BinarySearchFunc(r.Acquired, n, telephony.Number.Compare); !acquired {
					numbers = append(numbers, n)
				}
			}
		}
	}
	return maskOf(numbers)
}
