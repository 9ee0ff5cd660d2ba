package engine_test

import (
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// areaFault is what is wrong in itself with where numbers are to be from.
func areaFault(r engine.Reserve) *refusal {
	switch {
	case r.Area.Country == "xx":
		return early(telephony.ErrCountry)
	case r.Area.Region == "wa":
		return early(telephony.ErrArea)
	case r.Area == telephony.Area{} && r.Prefix.IsZero() && len(r.Numbers) == 0:
		return early(engine.ErrRequest)
	}
	return nil
}

func (m *machine) reserve(t *rapid.T, id telephony.TenantID, r engine.Reserve) {
	no := early(choiceFault(r)...)
	switch {
	case no != nil:
	case r.Reference == "\x00":
		no = early(telephony.ErrText)
	case r.Kind > telephony.TollFreeNumber:
		no = early(telephony.ErrKind)
	default:
		no = areaFault(r)
	}
	asked := r
	asked.Kind = max(asked.Kind, telephony.UserNumber)
	var picked picking
	no = m.rules(id, no, func(t *mTenant) (no *refusal) {
		picked, no = m.model.reserve(t, asked)
		return no
	})
	m.settleOpenChoice(t, id, asked, picked, no)
	got := do(t, m, no, func(e *engine.Engine) (engine.Reservation, error) { return e.Tenant(id).Reserve(ctx, r) })
	if no != nil {
		return
	}
	if !picked.allows(got.Numbers()) {
		t.Fatalf("the wrong numbers were reserved: %d of %d", len(got.Numbers()), len(picked.numbers))
	}
	tenant := m.tenants[id]
	tenant.holds = append(tenant.holds, &mHold{id: got.ID, kind: asked.Kind, numbers: got.Numbers(), reference: r.Reference,
		made: m.now(), expires: m.now() + int64(m.set.holdFor), state: reservation.Reserved})
	m.withinQuota(t, id, asked.Kind)
}

func (m *machine) withinQuota(t *rapid.T, id telephony.TenantID, kind telephony.Kind) {
	tenant := m.tenants[id]
	if u := m.use(tenant, kind); u.held+u.acquired-u.ported > tenant.limit(kind) {
		t.Fatalf("over quota: %+v of %d", u, tenant.limit(kind))
	}
}

// settleOpenChoice leaves nothing to settle where other numbers than those picked
// would do as well. Then the engine takes those of holds that have run out only
// once they are settled, since settling all of them might take long; where there
// is no other choice it takes them, settled or not.
func (m *machine) settleOpenChoice(t *rapid.T, id telephony.TenantID, r engine.Reserve, picked picking, no *refusal) {
	if no != nil || len(r.Numbers) > 0 {
		return
	}
	match := 0
	for _, on := range m.shelvesFor(r) {
		match += len(m.wanted(m.tenants[id], r, on))
	}
	if match > max(len(picked.numbers), picked.many) {
		m.sweep(t, m.first)
		m.sweep(t, m.second)
	}
}

func (m *machine) addTo(t *rapid.T, id telephony.TenantID, r engine.AddToReservation) {
	asked := engine.Reserve{Area: r.Area, Quantity: r.Quantity, Prefix: r.Prefix, Consecutive: r.Consecutive, AllowFewer: r.AllowFewer,
		Numbers: r.Numbers, Order: r.Order, Seed: r.Seed, Exclude: r.Exclude, ExcludeGivenUp: r.ExcludeGivenUp}
	no := early(choiceFault(asked)...)
	if no == nil {
		no = identifier(r.Reservation)
	}
	if no == nil {
		no = areaFault(asked)
	}
	var picked picking
	no = m.rules(id, no, func(t *mTenant) (no *refusal) {
		picked, no = m.model.addTo(t, r.Reservation, asked)
		return no
	})
	if no == nil {
		asked.Kind = m.tenants[id].hold(r.Reservation).kind
	}
	m.settleOpenChoice(t, id, asked, picked, no)
	got := do(t, m, no, func(e *engine.Engine) (engine.Reservation, error) { return e.Tenant(id).AddToReservation(ctx, r) })
	if no != nil {
		return
	}
	h := m.tenants[id].hold(r.Reservation)
	added := slices.DeleteFunc(got.Numbers(), func(n telephony.Number) bool { return slices.Contains(h.numbers, n) })
	if !picked.allows(added) || len(added)+len(h.numbers) != len(got.Numbers()) || got.Expires.UnixNano() != h.expires {
		t.Fatalf("the wrong numbers were added: %d to %d, of %d", len(added), len(h.numbers), len(picked.numbers))
	}
	h.numbers = got.Numbers()
	m.withinQuota(t, id, h.kind)
}

func (m *machine) dropFrom(t *rapid.T, id telephony.TenantID, r engine.DropFromReservation) {
	no := m.rules(id, identifier(r.Reservation), func(t *mTenant) *refusal { return m.model.dropFrom(t, r) })
	got := do(t, m, no, func(e *engine.Engine) (engine.Reservation, error) { return e.Tenant(id).DropFromReservation(ctx, r) })
	if no == nil && !slices.Equal(got.Numbers(), m.tenants[id].hold(r.Reservation).numbers) {
		t.Fatalf("the wrong numbers were dropped: %d are left", len(got.Numbers()))
	}
}
