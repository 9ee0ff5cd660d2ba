package engine_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// act does one thing.
func (s *sim) act() {
	switch n := s.rng.IntN(1000); {
	case n < s.set.Sweeps:
		s.sweep()
	case n < s.set.Sweeps+s.set.Restarts:
		s.doing = "restart"
		s.restart()
	case n < s.set.Sweeps+s.set.Restarts+s.set.Clocks:
		s.turnClock()
	case s.rng.IntN(12) == 0:
		s.again()
	case s.rng.IntN(60) == 0:
		s.quiet()
	default:
		s.perform(s.draw())
	}
}

// sweep tidies to the end.
func (s *sim) sweep() {
	s.doing = "sweep"
	for more := true; more; {
		logged := len(s.tape.commands)
		var err error
		if more, err = s.eng.Sweep(context.Background()); err != nil {
			s.fail("%v", err)
		}
		if len(s.tape.commands) > logged {
			s.now = max(s.now, s.stamped())
		}
	}
}

// turnClock does to the clock what happens to clocks. What the state's time is
// then shows with the next command.
func (s *sim) turnClock() {
	from := max(s.now, s.stamped())
	switch n := s.rng.IntN(40); {
	case n < 9: // to where something ends, or a nanosecond beside it
		if ends := s.ends(); len(ends) > 0 {
			from = ends[s.rng.IntN(min(3, len(ends)))] + s.rng.Int64N(3) - 1
		}
	case n < 30:
		from += s.rng.Int64N(int64(pickOne(s.rng, time.Second, time.Minute, 20*time.Minute)))
	case n < 34:
		from = s.stamped() - s.rng.Int64N(int64(pickOne(s.rng, time.Second, time.Hour, 48*time.Hour)))
	case n < 35 && s.jumps < 8: // state time stays there, and the clock comes back some day
		s.jumps++
		s.counts.Jumps++
		s.clock.Set(s.clock.Now().AddDate(10, 0, 0))
		return
	case n < 36:
		s.clock.Set(time.Unix(0, 0))
		return
	case n < 37:
		s.clock.Set(pickOne(s.rng, time.Time{}, time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)))
		return
	case n < 38:
		from += int64(46 * 24 * time.Hour) // all that rests has rested
	default:
		return // frozen
	}
	s.clock.Set(time.Unix(0, from).UTC())
}

// ends returns the moments to come at which numbers become free.
func (s *sim) ends() (at []int64) {
	for _, id := range simTenants {
		for _, h := range s.tenants[id].holds {
			if s.live(h) {
				at = append(at, h.expires)
			}
		}
	}
	for _, until := range s.rests {
		if until > s.now {
			at = append(at, until)
		}
	}
	slices.Sort(at)
	return at
}

// quiet leaves the engine nothing to settle, then has it refuse something: not a
// row changes with that.
func (s *sim) quiet() {
	s.sweep()
	for _, id := range simTenants { // each settles what is its own
		s.make(s.unassignNumber(id, engine.Unassign{Person: "nobody"}))
	}
	s.sweep()
	before := s.eng.Digest()
	for range 5 {
		c := s.draw()
		c.id = ""
		logged, refused := len(s.tape.commands), s.counts.Refused
		s.make(c)
		if len(s.tape.commands) > logged && s.counts.Refused == refused {
			return // not refused after all
		}
		if s.eng.Digest() != before {
			s.fail("a refused call changed the state")
		}
		s.counts.Quiet++
	}
}

// draw makes a call up, one in ten of them wrong.
func (s *sim) draw() simCall {
	id := pickOne(s.rng, simTenants...)
	t := s.tenants[id]
	if s.rng.IntN(10) == 0 {
		return s.drawWrong(t)
	}
	switch n := s.rng.IntN(136); {
	case n >= 116:
		return s.drawPorts(t)
	case n >= 112:
		return s.drawStock()
	case n >= 100:
		return s.drawKeeping(t)
	case n < 30:
		return s.reserve(id, s.drawReserve())
	case n < 55:
		if !slices.ContainsFunc(t.holds, s.live) && s.rng.IntN(4) > 0 {
			return s.reserve(id, s.drawReserve())
		}
		return s.acquire(id, s.drawAcquire(t))
	case n < 58:
		return s.addTo(id, s.drawAddTo(t))
	case n < 61:
		return s.dropFrom(id, s.drawDropFrom(t))
	case n < 64:
		return s.cancel(id, engine.CancelReservation{Reservation: s.drawHold(t)})
	case n < 67:
		return s.extend(id, engine.ExtendReservation{Reservation: s.drawHold(t), By: pickOne(s.rng, time.Minute, time.Nanosecond, 6*time.Minute, 0)})
	case n < 72:
		return s.release(id, engine.Release{Numbers: s.some(t.numbers(), 3)})
	case n < 81:
		return s.assign(id, engine.Assign{Number: s.one(t.numbers()), Person: s.drawPerson(), Location: s.drawPlace(t)})
	case n < 85:
		return s.unassignNumber(id, engine.Unassign{Person: s.drawPerson()})
	case n < 89:
		return s.license(id, s.drawPerson(), s.rng.IntN(3) > 0)
	case n < 94:
		p, q := pickOne(s.rng, licensing.PhoneSystem, licensing.DomesticCallingPlan), s.rng.Int64N(4)
		if s.rng.IntN(2) == 0 {
			return s.buy(id, p, q)
		}
		return s.giveBack(id, p, q)
	}
	return s.drawPlaces(t)
}

func (s *sim) drawPlaces(t *simTenant) simCall {
	address := telephony.AddressID("no-such")
	if len(t.places) > 0 {
		address = pickOne(s.rng, t.places...).address
	}
	switch s.rng.IntN(7) {
	case 0:
		return s.deleteAddress(t.id, engine.DeleteAddress{Address: address})
	case 1:
		return s.deleteLocation(t.id, engine.DeleteLocation{Location: s.drawPlace(t)})
	case 2:
		return s.addPerson(t.id, telephony.PersonID("person-"+string(rune('a'+s.rng.IntN(10)))), "US")
	case 3:
		return s.addStock(pickOne(s.rng, simLater...))
	case 4:
		by := address
		if len(t.places) > 0 {
			by = pickOne(s.rng, t.places...).address
		}
		return s.replaceAddress(t.id, engine.ReplaceAddress{Address: address, By: by})
	case 5:
		return s.addLocation(t.id, engine.Place{Address: address, Description: "Room 7"})
	}
	return s.saveAddress(t.id, pickOne[telephony.Country](s.rng, "US", "ZZ"))
}

// drawWrong makes calls up that nobody should make: on another tenant's things,
// on nothing, for a tenant that is not there.
func (s *sim) drawWrong(t *simTenant) simCall {
	other := s.tenants[pickOne(s.rng, simTenants...)]
	for other == t {
		other = s.tenants[pickOne(s.rng, simTenants...)]
	}
	switch s.rng.IntN(10) {
	case 8:
		return s.addTo(t.id, engine.AddToReservation{Reservation: s.drawHold(other), Area: simAreas[0], Quantity: 1})
	case 9:
		return s.dropFrom(t.id, engine.DropFromReservation{Reservation: s.drawHold(other), Numbers: s.some(s.stocked(telephony.UserNumber), 2)})
	case 0:
		return s.acquire(t.id, engine.Acquire{Reservation: s.drawHold(other), All: true, Location: s.drawPlace(other)})
	case 1:
		return s.release(t.id, engine.Release{Numbers: s.some(other.numbers(), 2)})
	case 2:
		return s.assign(t.id, engine.Assign{Number: s.one(other.numbers()), Person: s.drawPerson(), Location: s.drawPlace(t)})
	case 3:
		return s.cancel(t.id, engine.CancelReservation{Reservation: s.drawHold(other)})
	case 4:
		return s.reserve("nobody", engine.Reserve{Area: simAreas[0], Kind: telephony.UserNumber, Quantity: 1})
	case 5:
		return s.deleteAddress(t.id, engine.DeleteAddress{Address: "no-such"})
	case 6:
		return s.release(t.id, engine.Release{Numbers: s.some(t.history, 2)})
	}
	return s.buy(t.id, pickOne[licensing.Product](s.rng, "NO-SUCH", "", licensing.Product(strings.Repeat("X", 300<<10)), "\xff"), 1)
}

func (s *sim) drawReserve() engine.Reserve {
	r := engine.Reserve{Area: pickOne(s.rng, simAreas...), Kind: telephony.UserNumber, Quantity: 1 + s.rng.IntN(5)}
	if s.rng.IntN(8) == 0 {
		r.Kind = telephony.TollNumber
	}
	if s.set.Named || s.rng.IntN(4) == 0 {
		r.Quantity, r.Numbers = 0, s.some(s.stocked(r.Kind), 3)
		if s.rng.IntN(2) == 0 {
			r.Area = telephony.Area{}
		}
		return r
	}
	switch s.rng.IntN(4) {
	case 0:
		r.Order = reservation.Spread
	case 1:
		r.Order, r.Seed = reservation.Shuffled, s.rng.Uint64()
	}
	if s.rng.IntN(5) == 0 {
		r.Exclude = s.some(s.stocked(r.Kind), 3)
	}
	r.Reference = pickOne(s.rng, "", "order 7", "ticket 9")
	switch s.rng.IntN(8) {
	case 0:
		r.Consecutive, r.Order, r.Seed = true, reservation.Lowest, 0
	case 1:
		r.AllowFewer, r.Quantity = true, 8
	case 2:
		r.Area, r.Prefix = telephony.Area{}, telephony.MustParsePrefix(pickOne(s.rng, "99910000100", "999100001", "1425555011", "999"))
	case 3:
		r.Quantity = s.rng.IntN(12)
	}
	return r
}
