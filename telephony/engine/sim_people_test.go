package engine_test

import (
	"context"
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func newSimTenant(id telephony.TenantID) *simTenant {
	return &simTenant{id: id, bought: map[licensing.Product]int64{}, owned: map[telephony.Number]*simOwned{}}
}

func (s *sim) buy(id telephony.TenantID, p licensing.Product, n int64) simCall {
	r := engine.Purchase{Product: p, Quantity: n}
	return s.tenantCall(id, "buy", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.BuyLicences(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		known := p == licensing.PhoneSystem || p == licensing.DomesticCallingPlan && t.bought[licensing.PhoneSystem] > 0
		if s.must(known && n > 0, err, telephony.ErrID, licensing.ErrUnknownProduct, licensing.ErrLicenceQuantity, licensing.ErrTenantPrerequisite) {
			t.bought[p] += n
		}
	})
}

// giveBack returns licences that nobody has; the numbers stay.
func (s *sim) giveBack(id telephony.TenantID, p licensing.Product, n int64) simCall {
	r := engine.Purchase{Product: p, Quantity: n}
	return s.tenantCall(id, "give back", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.ReturnLicences(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		if s.must(n > 0 && t.bought[p]-t.licensedPeople() >= n, err, licensing.ErrLicenceQuantity, licensing.ErrLicencesAssigned) {
			t.bought[p] -= n
		}
	})
}

func (s *sim) addPerson(id telephony.TenantID, p telephony.PersonID, country telephony.Country) simCall {
	r := engine.PersonSpec{ID: p, UsageLocation: country}
	return s.tenantCall(id, "add person", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.AddPerson(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		if t.person(p) != nil {
			s.must(false, err, engine.ErrPersonExists)
		} else if s.must(len(t.people) < 8, err, engine.ErrTenantLimit) {
			t.people = append(t.people, &simPerson{id: p, country: country})
		}
	})
}

// license gives a person a licence of each, or takes both.
func (s *sim) license(id telephony.TenantID, p telephony.PersonID, give bool) simCall {
	r := engine.LicenceChange{Person: p, Remove: []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}}
	if give {
		r.Add, r.Remove = r.Remove, nil
	}
	return s.tenantCall(id, "license", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.AssignLicences(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		person := t.person(p)
		if person == nil {
			s.must(false, err, engine.ErrUnknownPerson)
			return
		}
		if person.vanished && give {
			s.must(false, err, engine.ErrPersonVanished)
			return
		}
		left := min(t.bought[licensing.PhoneSystem], t.bought[licensing.DomesticCallingPlan]) - t.licensedPeople()
		if !s.must(person.licensed != give && (!give || left > 0), err, licensing.ErrNotEnoughLicences, licensing.ErrAlreadyHeld,
			licensing.ErrNotHeld, licensing.ErrPersonPrerequisite) {
			return
		}
		if person.licensed = give; !give && person.number.IsValid() {
			t.unassign(person)
		}
	})
}

func (s *sim) assign(id telephony.TenantID, r engine.Assign) simCall {
	return s.tenantCall(id, "assign", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.Assign(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		p, n := t.person(r.Person), t.owned[r.Number]
		if !s.must(t.mayAssign(p, n, r.Location) && !n.isBlocked(s.now), err, engine.ErrPersonVanished, telephony.ErrNumberBlocked, engine.ErrRequest, engine.ErrUnknownPerson, engine.ErrUnknownNumber, engine.ErrUnknownLocation,
			telephony.ErrNoPhoneSystem, telephony.ErrNoCallingPlan, telephony.ErrPersonHasNumber, telephony.ErrNumberAssigned, telephony.ErrNotUserNumber,
			telephony.ErrNumberCountry, telephony.ErrNoLocation, telephony.ErrLocationCountry) {
			return
		}
		if n.person, p.number = p.id, r.Number; r.Location != "" {
			n.location = r.Location
		}
	})
}

// mayAssign says whether a person may have a number: the number is the tenant's
// and nobody's, the person has the licences and no number, and the location is
// the tenant's and where both are.
func (t *simTenant) mayAssign(p *simPerson, n *simOwned, location telephony.LocationID) bool {
	if p == nil || n == nil || location != "" && t.place(location) == nil {
		return false
	}
	if location == "" {
		location = n.location
	}
	place := t.place(location)
	return p.licensed && !p.vanished && !p.number.IsValid() && n.isIdle() && n.kind == telephony.UserNumber &&
		n.area.Country == p.country && place != nil && place.country == p.country
}

func (s *sim) unassignNumber(id telephony.TenantID, r engine.Unassign) simCall {
	return s.tenantCall(id, "unassign", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.Unassign(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		p := t.person(r.Person)
		if s.must(p != nil && p.number.IsValid(), err, engine.ErrUnknownPerson, engine.ErrNoNumber) {
			t.unassign(p)
		}
	})
}

func (s *sim) saveAddress(id telephony.TenantID, country telephony.Country) simCall {
	c := s.tenantCall(id, "save address", country, func(org *engine.Tenant, _ string) (any, error) {
		return org.SaveRecord(context.Background(), simRecord(country))
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		if s.must(t.addresses() < 6, err, engine.ErrTenantLimit) {
			a := got.(engine.Address)
			t.places = append(t.places, &simPlace{id: a.Default, address: a.ID, country: country, first: true})
		}
	})
	c.noID = true
	return c
}

func (t *simTenant) addresses() (count int) {
	for _, p := range t.places {
		if p.first {
			count++
		}
	}
	return count
}

func (s *sim) addLocation(id telephony.TenantID, r engine.Place) simCall {
	return s.tenantCall(id, "add location", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.AddLocation(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		at, count := (*simPlace)(nil), 0
		for _, p := range t.places {
			if p.address == r.Address {
				at, count = p, count+1
			}
		}
		if at == nil {
			s.must(false, err, engine.ErrUnknownAddress, telephony.ErrID)
		} else if s.must(count < 4, err, engine.ErrTenantLimit) {
			t.places = append(t.places, &simPlace{id: got.(engine.Location).ID, address: r.Address, country: at.country})
		}
	})
}

func (s *sim) deleteLocation(id telephony.TenantID, r engine.DeleteLocation) simCall {
	return s.tenantCall(id, "delete location", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.DeleteLocation(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		p := t.place(r.Location)
		if s.must(p != nil && !p.first && t.used(p.id) == 0, err, engine.ErrUnknownLocation, engine.ErrDefaultLocation, engine.ErrLocationInUse, telephony.ErrID) {
			t.places = slices.DeleteFunc(t.places, func(q *simPlace) bool { return q == p })
		}
	})
}

func (s *sim) deleteAddress(id telephony.TenantID, r engine.DeleteAddress) simCall {
	return s.tenantCall(id, "delete address", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.DeleteAddress(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		there := slices.ContainsFunc(t.places, func(p *simPlace) bool { return p.address == r.Address })
		if s.must(there && t.usedAddress(r.Address) == 0, err, engine.ErrUnknownAddress, engine.ErrLocationInUse, telephony.ErrID) {
			t.places = slices.DeleteFunc(t.places, func(p *simPlace) bool { return p.address == r.Address })
		}
	})
}

// replaceAddress moves what is at one address to another. The default location
// stays behind if no number has it; else it moves, and another takes its place.
func (s *sim) replaceAddress(id telephony.TenantID, r engine.ReplaceAddress) simCall {
	return s.tenantCall(id, "replace address", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.ReplaceAddress(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		var moving []*simPlace
		from, to, count := telephony.Country(""), telephony.Country(""), 0
		for _, p := range t.places {
			switch {
			case p.address == r.By:
				to, count = p.country, count+1
			case p.address == r.Address:
				from = p.country
				if !p.first || t.used(p.id) > 0 {
					moving = append(moving, p)
				}
			}
		}
		if !s.must(from != "" && from == to && r.Address != r.By && count+len(moving) <= 4, err, engine.ErrUnknownAddress, engine.ErrSameAddress,
			engine.ErrAddressCountry, engine.ErrTenantLimit, telephony.ErrID) {
			return
		}
		done := got.(engine.Replaced)
		if done.Locations != int64(len(moving)) {
			s.fail("%d locations moved, not %d", done.Locations, len(moving))
		}
		for _, p := range moving {
			if p.address = r.By; p.first {
				p.first = false
				t.places = append(t.places, &simPlace{id: done.Default, address: r.Address, country: from, first: true})
			}
		}
	})
}
