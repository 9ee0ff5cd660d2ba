package engine_test

import (
	"maps"
	"slices"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// stocked lists the numbers of a kind that are in stock: a few of each area, so
// that tenants that name theirs want the same ones.
func (s *sim) stocked(k telephony.Kind) (list telephony.NumberList) {
	for _, n := range slices.SortedFunc(maps.Keys(s.stock), telephony.Number.Compare) {
		if s.stock[n].kind == k && n.Digits()%4 == 0 {
			list = append(list, n)
		}
	}
	return list
}

// some returns up to so many of a list, each once, ascending.
func (s *sim) some(from telephony.NumberList, most int) telephony.NumberList {
	var list telephony.NumberList
	for range min(len(from), 1+s.rng.IntN(most)) {
		list = append(list, pickOne(s.rng, from...))
	}
	slices.SortFunc(list, telephony.Number.Compare)
	return slices.Compact(list)
}

// one returns one of a list, no number of an empty one.
func (s *sim) one(from telephony.NumberList) telephony.Number {
	if len(from) == 0 {
		return telephony.Number{}
	}
	return pickOne(s.rng, from...)
}

func (s *sim) drawPerson() telephony.PersonID {
	return telephony.PersonID("person-" + string(rune('a'+s.rng.IntN(5))))
}

// drawPlace returns a location of a tenant, or none.
func (s *sim) drawPlace(t *simTenant) telephony.LocationID {
	if len(t.places) == 0 || s.rng.IntN(6) == 0 {
		return ""
	}
	return pickOne(s.rng, t.places...).id
}

// drawHold returns one of a tenant's last reservations, mostly one that is not
// over.
func (s *sim) drawHold(t *simTenant) telephony.ReservationID {
	if len(t.holds) == 0 {
		return "no-such"
	}
	if s.rng.IntN(5) > 0 {
		for _, h := range slices.Backward(t.holds) {
			if s.live(h) {
				return h.id
			}
		}
	}
	return pickOne(s.rng, t.holds[max(0, len(t.holds)-4):]...).id
}

// drawAddTo asks for more in a reservation, mostly of its kind.
func (s *sim) drawAddTo(t *simTenant) engine.AddToReservation {
	r := s.drawReserve()
	to := engine.AddToReservation{Reservation: s.drawHold(t), Area: r.Area, Quantity: r.Quantity, Prefix: r.Prefix, AllowFewer: r.AllowFewer,
		Numbers: r.Numbers, Order: r.Order, Seed: r.Seed, Exclude: r.Exclude}
	if h := t.hold(to.Reservation); h != nil && len(to.Numbers) > 0 && s.rng.IntN(6) == 0 {
		to.Numbers = h.numbers[:1]
	}
	return to
}

// drawDropFrom drops some of a reservation, now and then all or a stranger's.
func (s *sim) drawDropFrom(t *simTenant) engine.DropFromReservation {
	r := engine.DropFromReservation{Reservation: s.drawHold(t)}
	h := t.hold(r.Reservation)
	switch n := s.rng.IntN(10); {
	case h == nil || n == 0:
		r.Numbers = s.some(s.stocked(telephony.UserNumber), 2)
	case n == 1:
		r.Numbers = h.numbers
	case n > 2:
		r.Numbers = s.some(h.numbers, 2)
	}
	return r
}

// drawAcquire chooses among the numbers of a reservation; mostly the location
// is where they are.
func (s *sim) drawAcquire(t *simTenant) engine.Acquire {
	r := engine.Acquire{Reservation: s.drawHold(t), Location: s.drawPlace(t)}
	h := t.hold(r.Reservation)
	if h == nil {
		return r
	}
	for _, p := range t.places {
		if p.country == s.stock[h.numbers[0]].area.Country && s.rng.IntN(4) > 0 {
			r.Location = p.id
		}
	}
	switch s.rng.IntN(8) {
	case 0:
		r.All = true
	case 1:
		r.Numbers = s.some(s.stocked(h.kind), 2)
	default:
		r.Numbers = s.some(h.numbers, 3)
	}
	return r
}
