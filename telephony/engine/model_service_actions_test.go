package engine_test

import (
	"slices"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func (m *machine) drawService(t *rapid.T, id telephony.TenantID) {
	s := engine.ServiceSpec{ID: drawServiceID(t), Name: "A service"}
	s.Kind = servicesAround[s.ID]
	if s.Kind != telephony.ConferenceBridge || once(t, 6, "country of a bridge") {
		s.UsageLocation = oneOf(t, "country", []telephony.Country{"US", "GB", "GB", ""}, []telephony.Country{"uk"})
	}
	m.addService(t, id, s)
}

func (m *machine) addService(t *rapid.T, id telephony.TenantID, s engine.ServiceSpec) {
	no := identifier(s.ID)
	switch {
	case no != nil:
	case s.Kind == 0:
		no = early(telephony.ErrServiceKind)
	case s.Kind == telephony.ConferenceBridge && s.UsageLocation != "":
		no = early(engine.ErrServiceCountry)
	case s.UsageLocation == "uk":
		no = early(telephony.ErrCountry)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.addService(t, s) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).AddService(ctx, s) })
}

func (m *machine) setServiceLocation(t *rapid.T, id telephony.TenantID, r engine.ServiceLocation) {
	no := identifier(r.Service)
	if no == nil && (r.Country == "uk" || r.Country == "") {
		no = early(telephony.ErrCountry)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.setServiceLocation(t, r) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).SetServiceLocation(ctx, r) })
}

func (m *machine) removeService(t *rapid.T, id telephony.TenantID, r engine.RemoveService) {
	no := identifier(r.Service)
	if no == nil && r.Leave > engine.ReleaseNumbers {
		no = early(engine.ErrRequest)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.removeService(t, r) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).RemoveService(ctx, r) })
}

// drawAssignService gives a service a number: often one for services.
func (m *machine) drawAssignService(t *rapid.T, id telephony.TenantID) {
	a := engine.AssignService{Service: drawServiceID(t)}
	some := slices.DeleteFunc(m.mine(id), func(n telephony.Number) bool { return m.tenants[id].numbers[n].kind == telephony.UserNumber })
	if len(some) > 0 && !once(t, 5, "any number") {
		a.Number = rapid.SampledFrom(some).Draw(t, "number")
	} else {
		a.Number = m.drawNumber(t, id)
	}
	m.assignService(t, id, a)
}

func (m *machine) assignService(t *rapid.T, id telephony.TenantID, a engine.AssignService) {
	no := identifier(a.Service)
	if !a.Number.IsValid() {
		no = early(engine.ErrRequest)
	}
	no = m.rules(id, no, func(tenant *mTenant) *refusal {
		v, err := m.second.Tenant(id).View(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var told []telephony.Code
		for _, reason := range v.CheckAssignService(a) {
			told = append(told, reason.Code)
		}
		if want := m.serviceFault(tenant, a); !slices.Equal(told, want) {
			t.Fatalf("a dry run tells of %v, but should of %v", told, want)
		}
		return m.model.assignService(tenant, a)
	})
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).AssignService(ctx, a) })
}

func (m *machine) unassignService(t *rapid.T, id telephony.TenantID, n telephony.Number) {
	var no *refusal
	if !n.IsValid() {
		no = early(engine.ErrRequest)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return m.model.unassignService(t, n) })
	m.ok(t, no, func(e *engine.Engine) error {
		return e.Tenant(id).UnassignService(ctx, engine.UnassignService{Number: n})
	})
}
