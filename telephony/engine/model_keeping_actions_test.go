package engine_test

import (
	"slices"

	"pgregory.net/rapid"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// servicesAround are those that can be there, each of one kind.
var servicesAround = map[telephony.ServiceID]telephony.ServiceKind{"bridge": telephony.ConferenceBridge,
	"reception": telephony.AutoAttendant, "support": telephony.CallQueue}

func hasService(t *mTenant) bool { return len(t.services) > 0 }
func hasOrphan(t *mTenant) bool  { return len(t.orphans()) > 0 }

// keepingActions are those on what is set of numbers, on services, on what rests
// and on people who go.
func (m *machine) keepingActions() []action {
	hasRest := func(t *mTenant) bool {
		return slices.ContainsFunc(m.rests, func(r rest) bool { return r.from == t.id && m.now() < r.until })
	}
	blocked := func(n *mNumber) bool { return n.block.stands(m.now()) }
	pending := func(n *mNumber) bool { return n.carrier.pending() }
	return []action{
		{"set attributes", 3, hasNumbers, m.drawAttributes},
		{"block", 2, hasNumbers, m.drawBlock},
		{"unblock", 1, hasOne(blocked), m.drawUnblock},
		{"convert", 3, hasNumbers, m.drawConvert},
		{"report", 3, hasOne(pending), m.drawReport},
		{"wrong report", 1, hasNumbers, m.drawReport},
		{"add service", 2, nil, m.drawService},
		{"set service location", 1, hasService, func(t *rapid.T, id telephony.TenantID) {
			m.setServiceLocation(t, id, engine.ServiceLocation{Service: drawServiceID(t),
				Country: oneOf(t, "country", []telephony.Country{"US", "GB", "FR"}, []telephony.Country{"", "uk"})})
		}},
		{"remove service", 1, hasService, func(t *rapid.T, id telephony.TenantID) {
			m.removeService(t, id, engine.RemoveService{Service: drawServiceID(t), Leave: drawLeave(t)})
		}},
		{"assign service", 4, hasService, m.drawAssignService},
		{"unassign service", 1, hasService, func(t *rapid.T, id telephony.TenantID) {
			var n telephony.Number
			if tenant := m.tenants[id]; tenant != nil {
				for _, s := range []telephony.ServiceID{"bridge", "reception", "support"} {
					if of := tenant.of(s); len(of) > 0 {
						n = of[0]
					}
				}
			}
			if !n.IsValid() || once(t, 8, "any number") {
				n = m.drawNumber(t, id)
			}
			m.unassignService(t, id, n)
		}},
		{"end rest", 3, hasRest, m.drawEndRest},
		{"reclaim", 6, hasRest, m.drawReclaim},
		{"remove person", 1, hasPeople, func(t *rapid.T, id telephony.TenantID) {
			m.removePerson(t, id, engine.RemovePerson{Person: m.drawPerson(t, id, false), Leave: drawLeave(t), Line: drawLine(t)})
		}},
		{"vanish", 2, hasPeople, func(t *rapid.T, id telephony.TenantID) { m.vanish(t, id, m.drawPerson(t, id, true), true) }},
		{"return", 1, hasPeople, func(t *rapid.T, id telephony.TenantID) { m.vanish(t, id, m.drawPerson(t, id, false), false) }},
		{"free orphans", 2, hasOrphan, m.drawFreeOrphans},
	}
}

// hasOne is for tenants that have a number of that sort.
func hasOne(sort func(*mNumber) bool) func(*mTenant) bool {
	return func(t *mTenant) bool {
		for _, n := range t.numbers {
			if sort(n) {
				return true
			}
		}
		return false
	}
}

func drawLeave(t *rapid.T) engine.Leave {
	return oneOf(t, "leave", []engine.Leave{engine.KeepNumbers, engine.ReleaseNumbers, 0}, []engine.Leave{9})
}

// drawLine draws what numbers were used for, which is said of those alone that are
// given back.
func drawLine(t *rapid.T) reservation.Line {
	return oneOf(t, "line", []reservation.Line{0, reservation.Business, reservation.Residential}, []reservation.Line{3})
}

func leaveFault(l engine.Leave, line reservation.Line) *refusal {
	switch {
	case l > engine.ReleaseNumbers, line != 0 && l != engine.ReleaseNumbers:
		return early(engine.ErrRequest)
	case line > reservation.Business:
		return early(reservation.ErrLine)
	}
	return nil
}

func drawServiceID(t *rapid.T) telephony.ServiceID {
	return oneOf(t, "service", []telephony.ServiceID{"bridge", "reception", "support"}, []telephony.ServiceID{"nothing", "", "two words"})
}

// mine lists the tenant's numbers, ascending.
func (m *machine) mine(id telephony.TenantID) telephony.NumberList {
	return own(m, id, func(t *mTenant) []telephony.Number {
		var all telephony.NumberList
		for n := range t.numbers {
			all = append(all, n)
		}
		return unique(all)
	})
}

// listFault is what is wrong with a list of numbers in itself.
func listFault(numbers telephony.NumberList) *refusal {
	return early(choiceFault(engine.Reserve{Numbers: numbers})...)
}

func (m *machine) drawAttributes(t *rapid.T, id telephony.TenantID) {
	a := engine.Attributes{Numbers: m.drawNumbers(t, m.mine(id))}
	tags := rapid.SliceOfN(rapid.SampledFrom([]string{"Sales", "sales", "SALES", "HQ", "hq", "Floor 2"}), 0, 3)
	a.AddTags, a.RemoveTags = tags.Draw(t, "add"), tags.Draw(t, "remove")
	if once(t, 3, "description") {
		text := rapid.SampledFrom([]string{"Front desk", ""}).Draw(t, "text")
		a.Description = &text
	}
	if once(t, 3, "reverse lookup") {
		listed := rapid.Bool().Draw(t, "listed")
		a.ReverseLookup = &listed
	}
	no := listFault(a.Numbers)
	if no == nil && len(a.AddTags)+len(a.RemoveTags) == 0 && a.Description == nil && a.ReverseLookup == nil {
		no = early(engine.ErrRequest)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.setAttributes(t, a) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).SetAttributes(ctx, a) })
}

func (m *machine) drawBlock(t *rapid.T, id telephony.TenantID) {
	b := engine.BlockNumbers{Numbers: m.drawNumbers(t, m.mine(id)), Days: oneOf(t, "days", []int{1, 2, 365}, []int{0, 366, -1}), Reason: "under repair"}
	if once(t, 3, "for ever") {
		b.Days, b.Forever = 0, true
	}
	no := listFault(b.Numbers)
	if no == nil && !b.Forever && (b.Days < 1 || b.Days > 365) {
		no = early(telephony.ErrBlockedDays)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.block(t, b) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).BlockNumbers(ctx, b) })
}

func (m *machine) drawUnblock(t *rapid.T, id telephony.TenantID) {
	blocked := slices.DeleteFunc(m.mine(id), func(n telephony.Number) bool { return !m.tenants[id].numbers[n].block.stands(m.now()) })
	if len(blocked) == 0 || once(t, 6, "any") {
		blocked = m.mine(id)
	}
	numbers := m.drawNumbers(t, blocked)
	no := m.rules(id, listFault(numbers), func(t *mTenant) *refusal { return m.model.unblock(t, numbers) })
	m.ok(t, no, func(e *engine.Engine) error {
		return e.Tenant(id).UnblockNumbers(ctx, engine.UnblockNumbers{Numbers: numbers})
	})
}

// drawConvert converts numbers: often ones that can be, from user to toll or back.
func (m *machine) drawConvert(t *rapid.T, id telephony.TenantID) {
	c := engine.ConvertNumbers{To: oneOf(t, "to", []telephony.Kind{telephony.TollNumber, telephony.TollNumber, telephony.UserNumber}, []telephony.Kind{telephony.TollFreeNumber, 0})}
	some := m.mine(id)
	if !once(t, 4, "any") {
		some = slices.DeleteFunc(some, func(n telephony.Number) bool {
			mine := m.tenants[id].numbers[n]
			return !mine.isIdle() || mine.kind == c.To || mine.kind == telephony.TollFreeNumber
		})
	}
	c.Numbers = m.drawNumbers(t, some)
	no := listFault(c.Numbers)
	if no == nil && c.To == 0 {
		no = early(telephony.ErrKind)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.convert(t, c) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).ConvertNumbers(ctx, c) })
}

func (m *machine) drawReport(t *rapid.T, id telephony.TenantID) {
	r := engine.ActivationReport{Tenant: id}
	some := m.mine(id)
	if !once(t, 4, "any") {
		some = slices.DeleteFunc(some, func(n telephony.Number) bool { return !m.tenants[id].numbers[n].carrier.pending() })
	}
	r.Numbers = m.drawNumbers(t, some)
	if once(t, 2, "refused") {
		r.Refused, r.Reason = "carrier_busy", "try again"
	}
	no := m.rules(id, listFault(r.Numbers), func(t *mTenant) *refusal { return m.report(t, r) })
	m.ok(t, no, func(e *engine.Engine) error { return e.As("").ReportActivation(ctx, r) })
}

// released lists what a tenant released and what rests of it, mostly.
func (m *machine) released(t *rapid.T, id telephony.TenantID) (all telephony.NumberList) {
	for _, r := range m.rests {
		if r.from == id && (m.now() < r.until || once(t, 10, "rested")) {
			all = append(all, r.numbers...)
		}
	}
	return unique(all)
}

func (m *machine) drawEndRest(t *rapid.T, id telephony.TenantID) {
	r := engine.EndRest{Tenant: id, All: once(t, 3, "all")}
	if !r.All || once(t, 10, "named too") {
		r.Numbers = m.drawNumbers(t, m.released(t, id))
	}
	var no *refusal
	switch {
	case !r.All:
		no = listFault(r.Numbers)
	case len(r.Numbers) > 0:
		no = early(engine.ErrRequest)
	}
	var want engine.RestEnded
	no = m.rules(id, no, func(t *mTenant) *refusal {
		want = m.endRest(t, r)
		return nil
	})
	got := do(t, m, no, func(e *engine.Engine) (engine.RestEnded, error) { return e.As("").EndRest(ctx, r) })
	if no == nil && (!slices.Equal(got.Freed, want.Freed) || !slices.Equal(got.NotResting, want.NotResting) || got.More) {
		t.Fatalf("%d were freed and %d do not rest, should be %d and %d", len(got.Freed), len(got.NotResting), len(want.Freed), len(want.NotResting))
	}
}

func (m *machine) drawReclaim(t *rapid.T, id telephony.TenantID) {
	r := engine.Reclaim{Numbers: m.drawNumbers(t, m.released(t, id))}
	if len(r.Numbers) > 0 && (locationFirst(m.country(m.stock[r.Numbers[0]])) && m.stock[r.Numbers[0]].kind == telephony.UserNumber || once(t, 3, "location")) {
		r.Location = m.drawLocation(t, id, m.stock[r.Numbers[0]])
	}
	no := listFault(r.Numbers)
	if no == nil && r.Location == "two words" {
		no = early(telephony.ErrID)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.reclaim(t, r) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).Reclaim(ctx, r) })
}

func (m *machine) removePerson(t *rapid.T, id telephony.TenantID, r engine.RemovePerson) {
	no := identifier(r.Person)
	if no == nil {
		no = leaveFault(r.Leave, r.Line)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.removePerson(t, r) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).RemovePerson(ctx, r) })
}

func (m *machine) vanish(t *rapid.T, id telephony.TenantID, p telephony.PersonID, gone bool) {
	no := m.rules(id, identifier(p), func(t *mTenant) *refusal { return m.setVanished(t, p, gone) })
	m.ok(t, no, func(e *engine.Engine) error {
		if gone {
			return e.Tenant(id).MarkVanished(ctx, engine.Vanished{Person: p})
		}
		return e.Tenant(id).MarkReturned(ctx, engine.Returned{Person: p})
	})
}

func (m *machine) drawFreeOrphans(t *rapid.T, id telephony.TenantID) {
	r := engine.FreeOrphans{All: once(t, 2, "all"), Leave: drawLeave(t), Line: drawLine(t)}
	if !r.All || once(t, 10, "named too") {
		r.Numbers = m.drawNumbers(t, own(m, id, func(t *mTenant) []telephony.Number { return t.orphans() }))
	}
	var no *refusal
	switch {
	case r.All && len(r.Numbers) > 0:
		no = early(engine.ErrRequest)
	case !r.All && listFault(r.Numbers) != nil:
		no = listFault(r.Numbers)
	case r.Leave == 0:
		no = early(engine.ErrRequest)
	default:
		no = leaveFault(r.Leave, r.Line)
	}
	var want engine.Freed
	no = m.rules(id, no, func(t *mTenant) (no *refusal) {
		want, no = m.freeOrphans(t, r)
		return no
	})
	got := do(t, m, no, func(e *engine.Engine) (engine.Freed, error) { return e.Tenant(id).FreeOrphans(ctx, r) })
	if no == nil && (!slices.Equal(got.Numbers, want.Numbers) || got.Left != want.Left) {
		t.Fatalf("%d were freed and %d are left, should be %d and %d", len(got.Numbers), got.Left, len(want.Numbers), want.Left)
	}
}
