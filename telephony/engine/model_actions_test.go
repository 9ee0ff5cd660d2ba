package engine_test

import (
	"context"
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

var ctx = context.Background()

func (m *machine) createTenant(t *rapid.T, id telephony.TenantID) {
	no := identifier(id)
	switch {
	case no != nil:
	case m.tenants[id] != nil:
		no = refuse(engine.ErrTenantExists)
	default:
		m.tenants[id] = &mTenant{id: id, bought: map[licensing.Product]int64{}, people: map[telephony.PersonID]*mPerson{},
			numbers: map[telephony.Number]*mNumber{}, services: map[telephony.ServiceID]*mService{}}
	}
	m.ok(t, no, func(e *engine.Engine) error {
		_, err := e.CreateTenant(ctx, engine.TenantSpec{ID: id, Name: "A tenant"})
		return err
	})
}

func (m *machine) buy(t *rapid.T, id telephony.TenantID, p licensing.Product, n int64) {
	no := m.rules(id, nil, func(t *mTenant) *refusal { return t.buy(p, n) })
	m.ok(t, no, func(e *engine.Engine) error {
		return e.Tenant(id).BuyLicences(ctx, engine.Purchase{Product: p, Quantity: n})
	})
}

func (m *machine) giveBack(t *rapid.T, id telephony.TenantID, p licensing.Product, n int64) {
	no := m.rules(id, nil, func(t *mTenant) *refusal { return m.returnLicences(t, p, n) })
	m.ok(t, no, func(e *engine.Engine) error {
		return e.Tenant(id).ReturnLicences(ctx, engine.Purchase{Product: p, Quantity: n})
	})
}

func (m *machine) addPerson(t *rapid.T, id telephony.TenantID, s engine.PersonSpec) {
	no := identifier(s.ID)
	if no == nil && s.UsageLocation == "uk" {
		no = early(telephony.ErrCountry)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal {
		if t.people[s.ID] != nil {
			return refuse(engine.ErrPersonExists)
		}
		t.people[s.ID] = &mPerson{name: s.Name, country: s.UsageLocation, onPrem: s.OnPremisesNumber,
			visibleAt: m.now() + int64(m.set.visible)}
		return nil
	})
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).AddPerson(ctx, s) })
}

func (m *machine) setUsageLocation(t *rapid.T, id telephony.TenantID, u engine.UsageLocation) {
	no := identifier(u.Person)
	if no == nil && (u.Country == "uk" || u.Country == "") {
		no = early(telephony.ErrCountry)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.setCountry(t, u.Person, u.Country) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).SetUsageLocation(ctx, u) })
}

func (m *machine) assignLicences(t *rapid.T, id telephony.TenantID, c engine.LicenceChange) {
	no := identifier(c.Person)
	if no == nil && len(c.Add)+len(c.Remove) == 0 {
		no = early(engine.ErrRequest)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.changeLicences(t, c.Person, c.Add, c.Remove) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).AssignLicences(ctx, c) })
}

// assignGroup changes licences of several people in turn, each as if alone.
func (m *machine) assignGroup(t *rapid.T, id telephony.TenantID, g engine.GroupLicences) {
	no := early()
	switch sorted := slices.Sorted(slices.Values(g.People)); {
	case len(slices.Compact(sorted)) < len(g.People):
		no = early(engine.ErrPersonListedTwice)
	case len(g.Add)+len(g.Remove) == 0:
		no = early(engine.ErrRequest)
	}
	var want []*refusal
	no = m.rules(id, no, func(t *mTenant) *refusal {
		for _, p := range g.People {
			want = append(want, m.changeLicences(t, p, g.Add, g.Remove))
		}
		return nil
	})
	got := do(t, m, no, func(e *engine.Engine) ([]engine.GroupOutcome, error) {
		return e.Tenant(id).AssignGroupLicences(ctx, g)
	})
	if no != nil {
		return
	}
	if len(got) != len(g.People) {
		t.Fatalf("%d outcomes of %d people", len(got), len(g.People))
	}
	for i, o := range got {
		var told []telephony.Code
		if o.Err != nil {
			told = codes(o.Err)[:1]
		}
		if fault := want[i]; o.Person != g.People[i] || (fault == nil) != (o.Err == nil) || fault != nil && told[0] != fault.codes[0] {
			t.Fatalf("%s is refused for %v, and should be for %v", o.Person, told, fault)
		}
	}
}

func (m *machine) acquire(t *rapid.T, id telephony.TenantID, r engine.Acquire) {
	no := identifier(r.Reservation)
	switch {
	case no != nil:
	case r.All && len(r.Numbers) > 0:
		no = early(engine.ErrRequest)
	case r.Location == "two words":
		no = early(telephony.ErrID)
	}
	var want engine.Acquired
	no = m.rules(id, no, func(t *mTenant) (no *refusal) {
		want, no = m.model.acquire(t, r)
		return no
	})
	got := do(t, m, no, func(e *engine.Engine) (engine.Acquired, error) { return e.Tenant(id).Acquire(ctx, r) })
	if no == nil && !(slices.Equal(got.Numbers, want.Numbers) && slices.Equal(got.Returned, want.Returned)) {
		t.Fatalf("the wrong numbers were acquired or returned: %d of %d, %d of %d",
			len(got.Numbers), len(want.Numbers), len(got.Returned), len(want.Returned))
	}
}

func (m *machine) cancel(t *rapid.T, id telephony.TenantID, r engine.CancelReservation) {
	no := m.rules(id, identifier(r.Reservation), func(t *mTenant) *refusal {
		h := t.hold(r.Reservation)
		if no := m.over(h); no != nil {
			return no
		}
		h.state, h.closed = reservation.Cancelled, m.now()
		return nil
	})
	do(t, m, no, func(e *engine.Engine) (engine.Reservation, error) { return e.Tenant(id).CancelReservation(ctx, r) })
}

func (m *machine) extend(t *rapid.T, id telephony.TenantID, r engine.ExtendReservation) {
	no := m.rules(id, identifier(r.Reservation), func(t *mTenant) *refusal { return m.model.extend(t, r) })
	do(t, m, no, func(e *engine.Engine) (engine.Reservation, error) { return e.Tenant(id).ExtendReservation(ctx, r) })
}

func (m *machine) release(t *rapid.T, id telephony.TenantID, numbers telephony.NumberList, line reservation.Line) {
	no := early(choiceFault(engine.Reserve{Numbers: numbers})...)
	if no == nil && line > reservation.Business {
		no = early(reservation.ErrLine)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.release(t, numbers, line) })
	m.ok(t, no, func(e *engine.Engine) error {
		return e.Tenant(id).Release(ctx, engine.Release{Numbers: numbers, Line: line})
	})
}

func (m *machine) saveAddress(t *rapid.T, id telephony.TenantID, which int) {
	var no *refusal
	if !prepared()[which].IsAccepted() {
		no = early(telephony.ErrAddressNotValidated)
		no.first = true // what the authority said comes behind it
	}
	no = m.rules(id, no, func(*mTenant) *refusal { return nil })
	got := do(t, m, no, func(e *engine.Engine) (engine.Address, error) {
		return e.Tenant(id).SaveAddress(ctx, prepared()[which])
	})
	if no == nil {
		tenant := m.tenants[id]
		tenant.addresses = append(tenant.addresses, &mAddress{id: got.ID, of: which, saved: m.now(), first: got.Default, locations: []*mLocation{{id: got.Default, placed: m.now()}}})
	}
}

func (m *machine) addLocation(t *rapid.T, id telephony.TenantID, p engine.Place) {
	no := identifier(p.Address)
	if no == nil && p.Description == "" {
		no = early(engine.ErrRequest)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal {
		_, no := t.usable(p.Address)
		return no
	})
	got := do(t, m, no, func(e *engine.Engine) (engine.Location, error) { return e.Tenant(id).AddLocation(ctx, p) })
	if no == nil {
		a := m.tenants[id].address(p.Address)
		a.locations = append(a.locations, &mLocation{id: got.ID, place: p.Description, placed: m.now()})
	}
}

func (m *machine) deleteLocation(t *rapid.T, id telephony.TenantID, l telephony.LocationID) {
	no := m.rules(id, identifier(l), func(t *mTenant) *refusal { return t.deleteLocation(l) })
	m.ok(t, no, func(e *engine.Engine) error {
		return e.Tenant(id).DeleteLocation(ctx, engine.DeleteLocation{Location: l})
	})
}

func (m *machine) deleteAddress(t *rapid.T, id telephony.TenantID, a telephony.AddressID) {
	no := m.rules(id, identifier(a), func(t *mTenant) *refusal { return t.deleteAddress(a) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).DeleteAddress(ctx, engine.DeleteAddress{Address: a}) })
}

// assignRequestFault is what is wrong with an assignment in itself.
func assignRequestFault(a engine.Assign) *refusal {
	if !a.Number.IsValid() {
		return early(engine.ErrRequest)
	}
	if no := identifier(a.Person); no != nil || a.Location == "" {
		return no
	}
	return identifier(a.Location)
}

func (m *machine) assign(t *rapid.T, id telephony.TenantID, a engine.Assign) {
	no := m.rules(id, assignRequestFault(a), func(tenant *mTenant) *refusal {
		v, err := m.second.Tenant(id).View(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var told []telephony.Code
		for _, reason := range v.CheckAssign(a) {
			told = append(told, reason.Code)
		}
		if want := m.assignFault(tenant, a, false); !slices.Equal(told, want) {
			t.Fatalf("a dry run tells of %v, but should of %v", told, want)
		}
		return m.model.assign(tenant, a)
	})
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).Assign(ctx, a) })
}

func (m *machine) unassign(t *rapid.T, id telephony.TenantID, p telephony.PersonID) {
	no := m.rules(id, identifier(p), func(t *mTenant) *refusal {
		person, no := t.withNumber(p)
		if no == nil {
			m.takeNumber(t, person)
		}
		return no
	})
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).Unassign(ctx, engine.Unassign{Person: p}) })
}

func (m *machine) changeNumber(t *rapid.T, id telephony.TenantID, c engine.ChangeNumber) {
	inItself := assignRequestFault(engine.Assign{Number: c.Number, Person: c.Person, Location: c.Location})
	no := m.rules(id, inItself, func(t *mTenant) *refusal { return m.model.changeNumber(t, c) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).ChangeNumber(ctx, c) })
}

func (m *machine) changeLocation(t *rapid.T, id telephony.TenantID, c engine.ChangeLocation) {
	no := identifier(c.Location)
	if !c.Number.IsValid() {
		no = early(engine.ErrRequest)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.changeLocation(t, c) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).ChangeLocation(ctx, c) })
}

func (m *machine) tell(t *rapid.T, id telephony.TenantID, p telephony.PersonID) {
	no := m.rules(id, identifier(p), func(t *mTenant) *refusal {
		person, no := t.withNumber(p)
		if no == nil {
			at := m.now()
			person.told = &at
		}
		return no
	})
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).MarkTold(ctx, engine.Told{Person: p}) })
}
