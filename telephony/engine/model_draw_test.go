package engine_test

import (
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// What commands are about is drawn from what there is, mostly, and else from
// what there is not, what is somebody else's and what is no such thing at all.

// oneOf draws from the good, and once in a while, or if there is none, from the
// wrong.
func oneOf[E any](t *rapid.T, label string, good, wrong []E) E {
	if len(good) == 0 || once(t, 12, label+" wrong") {
		good = wrong
	}
	return rapid.SampledFrom(good).Draw(t, label)
}

// once is true once in so many times.
func once(t *rapid.T, in int, label string) bool { return rapid.IntRange(1, in).Draw(t, label) == in }

// drawTenant draws a tenant that has what is needed.
func (m *machine) drawTenant(t *rapid.T, needs func(*mTenant) bool) telephony.TenantID {
	return oneOf(t, "tenant", m.having(needs), append(m.tenantIDs(), "nobody"))
}

func (m *machine) having(needs func(*mTenant) bool) []telephony.TenantID {
	return slices.DeleteFunc(m.tenantIDs(), func(id telephony.TenantID) bool { return needs != nil && !needs(m.tenants[id]) })
}

func (m *machine) tenantIDs() (ids []telephony.TenantID) {
	for _, id := range []telephony.TenantID{"t1", "t2", "t3"} {
		if m.tenants[id] != nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// What actions need of a tenant.
func hasOpen(t *mTenant) bool {
	return slices.ContainsFunc(t.holds, func(h *mHold) bool { return h.state == reservation.Reserved })
}
func hasNumbers(t *mTenant) bool { return len(t.numbers) > 0 }
func hasPeople(t *mTenant) bool  { return len(t.people) > 0 }
func hasAddress(t *mTenant) bool { return len(t.addresses) > 0 }
func hasIdle(t *mTenant) bool    { return len(idle(t)) > 0 && hasPeople(t) }
func hasPlace(t *mTenant) bool   { return len(locations(t)) > len(t.addresses) }

func hasUser(t *mTenant) bool {
	return slices.ContainsFunc(everybody, func(p telephony.PersonID) bool { return t.people[p] != nil && t.people[p].number.IsValid() })
}

// others lists something of all tenants but one.
func others[E any](m *machine, but telephony.TenantID, of func(*mTenant) []E) (all []E) {
	for _, id := range m.tenantIDs() {
		if id != but {
			all = append(all, of(m.tenants[id])...)
		}
	}
	return all
}

// own lists something of one tenant, nothing if there is no such tenant.
func own[E any](m *machine, id telephony.TenantID, of func(*mTenant) []E) []E {
	if m.tenants[id] == nil {
		return nil
	}
	return of(m.tenants[id])
}

// drawPerson draws a person: one with a number, or anyone.
func (m *machine) drawPerson(t *rapid.T, id telephony.TenantID, withNumber bool) telephony.PersonID {
	people := func(t *mTenant) (ids []telephony.PersonID) {
		for _, p := range everybody {
			if t.people[p] != nil && (!withNumber || t.people[p].number.IsValid()) {
				ids = append(ids, p)
			}
		}
		return ids
	}
	return oneOf(t, "person", own(m, id, people), append(slices.Clone(everybody), "nobody", "", "two words"))
}

func (m *machine) drawHold(t *rapid.T, id telephony.TenantID) telephony.ReservationID {
	all := func(t *mTenant) (ids []telephony.ReservationID) {
		for _, h := range t.holds {
			ids = append(ids, h.id)
		}
		return ids
	}
	open := func(t *mTenant) (ids []telephony.ReservationID) {
		for _, h := range t.holds {
			if m.open(h) {
				ids = append(ids, h.id)
			}
		}
		return ids
	}
	wrong := append(others(m, id, all), own(m, id, all)...)
	return oneOf(t, "reservation", own(m, id, open), append(wrong, "nothing", "", "two words"))
}

// drawNumber draws one of the tenant's numbers.
func (m *machine) drawNumber(t *rapid.T, id telephony.TenantID) telephony.Number {
	mine := func(t *mTenant) []telephony.Number {
		var all telephony.NumberList
		for n := range t.numbers {
			all = append(all, n)
		}
		return unique(all)
	}
	return oneOf(t, "number", own(m, id, mine), append(others(m, id, mine), m.inStock(5)...))
}

// inStock lists every so many-th number that is in stock, and one that is none.
func (m *machine) inStock(step int) (some telephony.NumberList) {
	for n := range m.stock {
		if n.Digits()%uint64(step) == 0 {
			some = append(some, n)
		}
	}
	return append(unique(some), telephony.Number{})
}

// drawNumbers draws some of a list, in any order, and once in a while none, others
// too, or one twice.
func (m *machine) drawNumbers(t *rapid.T, from telephony.NumberList) telephony.NumberList {
	if len(from) == 0 || once(t, 20, "none") {
		return nil
	}
	some := slices.Clone(rapid.Permutation(from).Draw(t, "order")[:rapid.IntRange(1, min(len(from), 5)).Draw(t, "how many")])
	if once(t, 10, "a stranger too") {
		some = append(some, rapid.SampledFrom(m.inStock(3)).Draw(t, "stranger"))
	}
	if once(t, 20, "one twice") {
		some = append(some, some[0])
	}
	return some
}

// drawLocation draws a location: often one in the country of the numbers on a
// shelf.
func (m *machine) drawLocation(t *rapid.T, id telephony.TenantID, on shelf) telephony.LocationID {
	there := func(tenant *mTenant) []telephony.LocationID {
		return slices.DeleteFunc(locations(tenant), func(l telephony.LocationID) bool {
			return prepared()[tenant.place(l).of].Address().Country != m.country(on)
		})
	}
	wrong := append(own(m, id, locations), others(m, id, locations)...)
	return oneOf(t, "location", own(m, id, there), append(wrong, "", "nowhere", "two words"))
}

func locations(t *mTenant) (ids []telephony.LocationID) {
	for _, a := range t.addresses {
		for _, l := range a.locations {
			ids = append(ids, l.id)
		}
	}
	return ids
}

func (m *machine) drawAddress(t *rapid.T, id telephony.TenantID) telephony.AddressID {
	addresses := func(t *mTenant) (ids []telephony.AddressID) {
		for _, a := range t.addresses {
			ids = append(ids, a.id)
		}
		return ids
	}
	wrong := append(others(m, id, addresses), own(m, id, drafts)...)
	return oneOf(t, "address", own(m, id, addresses), append(wrong, "nothing", ""))
}

// everybody is who can be there; the same people are of several tenants.
var everybody = []telephony.PersonID{"p1", "p2", "p3", "p4", "p5"}

func drawProducts(t *rapid.T, label string, most int) []licensing.Product {
	return rapid.SliceOfN(rapid.SampledFrom(licencesAround), 0, most).Draw(t, label)
}

// identifier refuses what is no identifier.
func identifier[T ~string](id T) *refusal {
	if id == "" || id == "two words" {
		return early(telephony.ErrID)
	}
	return nil
}

// rules asks the model, unless the request is wrong in itself or there is no
// such tenant.
func (m *machine) rules(id telephony.TenantID, inItself *refusal, rule func(*mTenant) *refusal) *refusal {
	switch {
	case inItself != nil:
		return inItself
	case m.tenants[id] == nil:
		return refuse(engine.ErrUnknownTenant)
	}
	m.lose()
	return rule(m.tenants[id])
}
