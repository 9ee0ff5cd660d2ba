package engine_test

import (
	"cmp"
	"reflect"
	"slices"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
	"pgregory.net/rapid"
)

// seenPort is a port order as a tenant sees it, with a result for each number.
type seenPort struct {
	engine.PortOrder
	Told []porting.Result
}

// lookAtPort reads an order of the list, which looks the same on its own.
func lookAtPort(t *rapid.T, v *engine.View, o engine.PortOrder) seenPort {
	t.Helper()
	if again, err := v.PortOrder(o.ID); err != nil || !reflect.DeepEqual(again, o) {
		t.Fatalf("a port order of the list looks different on its own: %v and %v, %v", o, again, err)
	}
	return seePort(o)
}

func seePort(o engine.PortOrder) seenPort {
	s := seenPort{PortOrder: o}
	for _, r := range o.Results {
		for n := range r.Numbers.All() {
			one := r
			one.Numbers = porting.RangesOf(n)[0]
			s.Told = append(s.Told, one)
		}
	}
	s.Results, s.Notes = nil, nil
	s.History, s.Allowed, s.Request.Numbers = fresh(o.History), fresh(o.Allowed), fresh(o.Request.Numbers)
	return s
}

// seesPorts lists the orders by identifier.
func (m *machine) seesPorts(t *mTenant, s *seen) {
	for _, p := range slices.SortedFunc(slices.Values(t.ports), func(a, b *mPort) int { return cmp.Compare(a.id, b.id) }) {
		s.Ports = append(s.Ports, m.seesPort(t, p))
	}
	d := t.door
	s.Door = engine.PortOutState{PINSet: !d.pin.IsZero(), Locked: d.locked, Wrong: len(d.wrong)}
	if m.now() < d.until {
		s.Door.Guessed = moment(d.until)
	}
}

func (m *machine) seesPort(t *mTenant, stored *mPort) seenPort {
	p := *stored
	p.history = slices.Clone(p.history)
	m.lock(&p)
	o := engine.PortOrder{ID: p.id, Tenant: t.id, Area: p.area, Reference: p.reference, Request: p.request, State: p.state,
		Made: moment(p.history[0].At), Transfer: moment(p.date()), Overdue: m.overdue(&p), History: fresh(porting.History(p.history))}
	o.Request.Numbers = fresh(p.request.Numbers)
	if p.approved != 0 {
		o.Locked = moment(p.approved - hours24 + 1)
	}
	for _, step := range p.history {
		if step.From != step.To {
			o.Since = moment(step.At)
		}
	}
	for _, verb := range porting.Verbs() {
		if _, allowed := portCells[verb][slices.Index(porting.States(), p.state)].(porting.State); allowed {
			o.Allowed = append(o.Allowed, verb)
		}
	}
	s := seenPort{PortOrder: o}
	for n := range p.request.Numbers.All() {
		told, any := p.results[n]
		if !any && p.over() {
			continue
		}
		if !any {
			told = porting.Result{Kind: p.request.Kind, Outcome: porting.Awaited}
			if o.Overdue {
				told.Outcome = porting.Overdue
			}
		}
		told.Numbers = porting.RangesOf(n)[0]
		s.Told = append(s.Told, told)
	}
	return s
}

// comparePort holds what a call gave to the order as the model has it; of an order
// that was dropped at once there is nothing to compare.
func (m *machine) comparePort(t *rapid.T, tenant telephony.TenantID, got engine.PortOrder) {
	t.Helper()
	p := m.tenants[tenant].port(got.ID)
	if p == nil {
		return
	}
	if want, got := m.seesPort(m.tenants[tenant], p), seePort(got); !reflect.DeepEqual(want, got) {
		t.Fatalf("the order is given as %+v, and should be %+v", got, want)
	}
}
