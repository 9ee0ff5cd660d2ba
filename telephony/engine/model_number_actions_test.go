package engine_test

import (
	"slices"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// numberActions are the actions on numbers and on where they are.
func (m *machine) numberActions() []action {
	return []action{
		{"reserve", 5, nil, m.drawReserve},
		{"acquire", 5, hasOpen, m.drawAcquire},
		{"cancel", 1, hasOpen, func(t *rapid.T, id telephony.TenantID) {
			m.cancel(t, id, engine.CancelReservation{Reservation: m.drawHold(t, id)})
		}},
		{"extend", 2, hasOpen, func(t *rapid.T, id telephony.TenantID) {
			m.extend(t, id, engine.ExtendReservation{Reservation: m.drawHold(t, id),
				By: oneOf(t, "by", []time.Duration{time.Minute, 5 * time.Minute, 1}, []time.Duration{5*time.Minute + 1, 0, -1})})
		}},
		{"add to reservation", 3, hasOpen, m.drawAddTo},
		{"drop from reservation", 2, hasOpen, m.drawDropFrom},
		{"find", 2, nil, m.drawFind},
		{"release", 2, hasNumbers, m.drawRelease},
		{"assign", 4, hasIdle, m.drawAssign},
		{"unassign", 1, hasUser, func(t *rapid.T, id telephony.TenantID) { m.unassign(t, id, m.drawPerson(t, id, true)) }},
		{"change number", 2, hasUser, m.drawChange},
		{"change location", 2, hasNumbers, func(t *rapid.T, id telephony.TenantID) {
			n := m.drawNumber(t, id)
			to := m.drawLocation(t, id, m.stock[n])
			m.changeLocation(t, id, engine.ChangeLocation{Number: n, Location: to})
		}},
		{"tell", 1, hasUser, func(t *rapid.T, id telephony.TenantID) { m.tell(t, id, m.drawPerson(t, id, true)) }},
		{"save address", 1, nil, func(t *rapid.T, id telephony.TenantID) {
			m.saveAddress(t, id, oneOf(t, "address", []int{pike10, pike12, rivoli, theMall, lyon, pikeAve, rivoli6}, []int{noSuch}))
		}},
		{"add location", 2, hasAddress, func(t *rapid.T, id telephony.TenantID) {
			m.addLocation(t, id, engine.Place{Address: m.drawAddress(t, id),
				Description: oneOf(t, "place", []string{"2nd floor", "Lobby"}, []string{""})})
		}},
		{"delete location", 1, hasPlace, func(t *rapid.T, id telephony.TenantID) {
			m.deleteLocation(t, id, oneOf(t, "location", own(m, id, places), append(own(m, id, locations), "", "nowhere")))
		}},
		{"delete address", 1, hasAddress, func(t *rapid.T, id telephony.TenantID) { m.deleteAddress(t, id, m.drawAddress(t, id)) }},
	}
}

// places lists the locations that are not default ones.
func places(t *mTenant) (ids []telephony.LocationID) {
	for _, a := range t.addresses {
		for _, l := range a.locations {
			if l.id != a.first {
				ids = append(ids, l.id)
			}
		}
	}
	return ids
}

// drawReserve draws a wish for numbers of their own.
func (m *machine) drawReserve(t *rapid.T, id telephony.TenantID) {
	r := m.drawWish(t, id)
	r.Reference = oneOf(t, "reference", []string{"", "", "order 7", "ticket 12"}, []string{"\x00"})
	m.reserve(t, id, r)
}

// drawWish draws what numbers are wanted, and from where.
func (m *machine) drawWish(t *rapid.T, id telephony.TenantID) engine.Reserve {
	r := engine.Reserve{Area: oneOf(t, "area", areasStocked, areasAround), Kind: telephony.UserNumber,
		Quantity: oneOf(t, "quantity", []int{1, 2, 3, 4, 5, 7, 9}, []int{11, 0, -1, 5001})}
	switch {
	case r.Area == inBritain:
		r.Kind = telephony.TollFreeNumber
	case r.Area == inLondon && once(t, 2, "toll"):
		r.Kind = telephony.TollNumber
	case once(t, 10, "other kind"):
		r.Kind = rapid.SampledFrom([]telephony.Kind{0, 2, 3, 9}).Draw(t, "kind")
	}
	prefix := func() telephony.Prefix {
		return telephony.MustParsePrefix(rapid.SampledFrom(prefixesAround).Draw(t, "prefix"))
	}
	way := rapid.SampledFrom([]string{"any", "fewer", "prefix", "prefix anywhere", "run", "run of a prefix", "list", "what has run out"}).Draw(t, "way")
	switch way {
	case "fewer":
		r.AllowFewer = true
	case "prefix":
		r.Prefix = prefix()
	case "prefix anywhere":
		r.Area, r.Prefix, r.AllowFewer = telephony.Area{}, prefix(), rapid.Bool().Draw(t, "fewer")
	case "run":
		r.Consecutive = true
	case "run of a prefix":
		r.Prefix, r.Consecutive = prefix(), true
	case "list":
		if r.Numbers = m.drawNumbers(t, m.listable(t)); len(r.Numbers) > 0 && !once(t, 12, "quantity too") {
			r.Quantity = 0
		}
		if rapid.Bool().Draw(t, "anywhere") {
			r.Area = telephony.Area{}
		}
	}
	// What ran out a moment ago no command has come by to settle yet.
	free, end := m.runOut()
	if len(free) > 0 && (way == "what has run out" || m.now()-end < int64(time.Second) && !once(t, 3, "something else")) {
		r = engine.Reserve{Kind: m.stock[free[0]].kind, Numbers: free}
	}
	if len(r.Numbers) == 0 || once(t, 12, "a list without some") {
		m.drawOrder(t, id, &r)
	}
	if once(t, 20, "more wishes") {
		r.Prefix, r.Consecutive, r.AllowFewer = prefix(), true, true
	}
	return r
}

// drawOrder draws which of those that match are wanted, and which are not.
func (m *machine) drawOrder(t *rapid.T, id telephony.TenantID, r *engine.Reserve) {
	switch rapid.SampledFrom([]string{"lowest", "lowest", "spread", "shuffled", "memorable"}).Draw(t, "order") {
	case "spread":
		r.Order = reservation.Spread
	case "shuffled":
		r.Order, r.Seed = reservation.Shuffled, rapid.Uint64Range(0, 9).Draw(t, "seed")
	case "memorable":
		if once(t, 6, "no order of a choice") {
			r.Order, r.Seed = reservation.Memorable, 1
		}
	}
	if once(t, 4, "not some") {
		r.Exclude = m.drawNumbers(t, m.inStock(2))
	}
	r.ExcludeGivenUp = once(t, 4, "not what was given up")
}

func (m *machine) drawAddTo(t *rapid.T, id telephony.TenantID) {
	r := m.drawWish(t, id)
	to := m.drawHold(t, id)
	if tenant := m.tenants[id]; tenant != nil && tenant.hold(to) != nil {
		if h := tenant.hold(to); once(t, 8, "some again") && len(r.Numbers) > 0 {
			r.Numbers = append(slices.Clone(r.Numbers[1:]), h.numbers[0])
		} else if r.Kind != h.kind && !once(t, 4, "an area of another kind") {
			r.Area = m.areas[m.stock[h.numbers[0]].area]
		}
	}
	m.addTo(t, id, engine.AddToReservation{Reservation: to, Area: r.Area, Quantity: r.Quantity, Prefix: r.Prefix, Consecutive: r.Consecutive,
		AllowFewer: r.AllowFewer, Numbers: r.Numbers, Order: r.Order, Seed: r.Seed, Exclude: r.Exclude, ExcludeGivenUp: r.ExcludeGivenUp})
}

func (m *machine) drawDropFrom(t *rapid.T, id telephony.TenantID) {
	r := engine.DropFromReservation{Reservation: m.drawHold(t, id)}
	if tenant := m.tenants[id]; tenant != nil && tenant.hold(r.Reservation) != nil {
		if r.Numbers = m.drawNumbers(t, tenant.hold(r.Reservation).numbers); once(t, 12, "all") {
			r.Numbers = tenant.hold(r.Reservation).numbers
		}
	}
	m.dropFrom(t, id, r)
}

// runOut returns the numbers of the hold or quarantine that ran out last and whose
// numbers are all free, and when that was: only sweeping tells them from others.
func (m *machine) runOut() (numbers telephony.NumberList, last int64) {
	taken := m.taken()
	last = -1
	look := func(of telephony.NumberList, end int64) {
		gone := slices.ContainsFunc(of, func(n telephony.Number) bool { return taken[n] != "" })
		if !gone && end <= m.now() && end > last {
			numbers, last = of, end
		}
	}
	for _, id := range m.tenantIDs() {
		for _, h := range m.tenants[id].holds {
			if h.state == reservation.Reserved {
				look(h.numbers, h.expires)
			}
		}
	}
	for _, r := range m.rests {
		look(r.numbers, r.until)
	}
	return numbers, last
}

// listable returns numbers to name: those of one area, or every third there is.
func (m *machine) listable(t *rapid.T) telephony.NumberList {
	at := shelf{rapid.IntRange(0, len(m.areas)).Draw(t, "shelf"), telephony.UserNumber}
	if at.area == len(m.areas) {
		return m.inStock(3)
	}
	return m.free(at)
}

func (m *machine) drawAcquire(t *rapid.T, id telephony.TenantID) {
	r := engine.Acquire{Reservation: m.drawHold(t, id)}
	if tenant := m.tenants[id]; tenant != nil {
		if h := tenant.hold(r.Reservation); h != nil {
			r.Numbers = m.drawNumbers(t, h.numbers)
		}
	}
	r.All = once(t, 3, "all")
	if !once(t, 4, "no location") {
		on := shelf{}
		if len(r.Numbers) > 0 {
			on = m.stock[r.Numbers[0]]
		}
		r.Location = m.drawLocation(t, id, on)
	}
	if r.All && !once(t, 12, "named too") {
		r.Numbers = nil
	}
	m.acquire(t, id, r)
}

func (m *machine) drawRelease(t *rapid.T, id telephony.TenantID) {
	var numbers telephony.NumberList
	if tenant := m.tenants[id]; tenant != nil {
		assigned := once(t, 6, "assigned too")
		for n, mine := range tenant.numbers {
			if mine.isIdle() || assigned {
				numbers = append(numbers, n)
			}
		}
	}
	m.release(t, id, m.drawNumbers(t, unique(numbers)), drawLine(t))
}

// drawAssign gives somebody a number: often one that they can have.
func (m *machine) drawAssign(t *rapid.T, id telephony.TenantID) {
	if possible := m.possible(id); len(possible) > 0 && rapid.Bool().Draw(t, "possible") {
		m.assign(t, id, rapid.SampledFrom(possible).Draw(t, "assignment"))
		return
	}
	a := engine.Assign{Number: m.drawNumber(t, id), Person: m.drawPerson(t, id, false)}
	if !once(t, 3, "no location") {
		a.Location = m.drawLocation(t, id, m.stock[a.Number])
	}
	m.assign(t, id, a)
}

// drawChange gives somebody another number: often one of the same country.
func (m *machine) drawChange(t *rapid.T, id telephony.TenantID) {
	c := engine.ChangeNumber{Person: m.drawPerson(t, id, true)}
	var same telephony.NumberList
	if tenant := m.tenants[id]; tenant != nil && tenant.people[c.Person] != nil {
		for _, n := range idle(tenant) {
			if m.country(m.stock[n]) == tenant.people[c.Person].country {
				same = append(same, n)
			}
		}
	}
	if len(same) > 0 && !once(t, 4, "any number") {
		c.Number = rapid.SampledFrom(same).Draw(t, "number")
	} else {
		c.Number = m.drawNumber(t, id)
	}
	if once(t, 2, "with location") {
		c.Location = m.drawLocation(t, id, m.stock[c.Number])
	}
	m.changeNumber(t, id, c)
}

// possible lists the assignments to which nothing stands in the way.
func (m *machine) possible(id telephony.TenantID) (all []engine.Assign) {
	tenant := m.tenants[id]
	if tenant == nil {
		return nil
	}
	for _, p := range everybody {
		for _, n := range idle(tenant) {
			for _, l := range append(locations(tenant), "") {
				a := engine.Assign{Number: n, Person: p, Location: l}
				if len(m.assignFault(tenant, a, false)) == 0 {
					all = append(all, a)
				}
			}
		}
	}
	return all
}

// idle lists the numbers that nobody has.
func idle(t *mTenant) telephony.NumberList {
	var idle telephony.NumberList
	for n, mine := range t.numbers {
		if mine.isIdle() {
			idle = append(idle, n)
		}
	}
	return unique(idle)
}
