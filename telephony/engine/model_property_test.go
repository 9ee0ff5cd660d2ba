package engine_test

import (
	"slices"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// TestEngineModel runs commands of every sort, right and wrong, at moments
// around those at which something ends, and holds the engine to the model.
// Longer: -rapid.checks=5000, -rapid.steps=100.
func TestEngineModel(t *testing.T) { rapid.Check(t, engineProperty) }

// FuzzEngine is the same property, led by the fuzzer.
func FuzzEngine(f *testing.F) { f.Fuzz(rapid.MakeFuzz(engineProperty)) }

func engineProperty(t *rapid.T) {
	m := play(t)
	// The same commands at the same moments make the same rows.
	if m.replay(t).Digest() != m.first.Digest() {
		t.Fatal("the same commands gave another state")
	}
	m.compareSwept(t)
}

// compareSwept tidies both engines: however they were swept until then, they
// come to the same rows. Numbers at rest are waited for, as what holds them is
// named after the place of a command in the log, in which sweeps stand too.
func (m *machine) compareSwept(t *rapid.T) {
	if len(m.rests) > 0 {
		m.turn(t, m.now()+int64(max(m.set.quarantine, m.set.residential, m.set.inAmerica)))
	}
	for _, id := range m.tenantIDs() {
		m.tell(t, id, "nobody")
	}
	m.sweep(t, m.first)
	m.sweep(t, m.second)
	m.invariant(t)
	if m.first.Digest() != m.second.Digest() {
		t.Fatal("sweeping at other times left another state")
	}
}

// play makes a world and does things in it.
func play(t *rapid.T) *machine {
	m := newMachine(t)
	for _, s := range firstStock {
		m.addStock(t, s)
	}
	for _, id := range []telephony.TenantID{"t1", "t2"} {
		m.createTenant(t, id)
		if !once(t, 5, "new tenant") {
			m.settle(t, id)
		}
	}
	actions := slices.Concat(m.actions(), m.stockActions(), m.numberActions(), m.addressActions(), m.keepingActions(), m.portActions())
	t.Repeat(map[string]func(*rapid.T){"": m.invariant, "act": func(t *rapid.T) { m.act(t, actions) }})
	return m
}

// action is something that can happen: how often, as against others, what it
// needs of a tenant, and how it is done.
type action struct {
	name  string
	often int
	needs func(*mTenant) bool
	do    func(*rapid.T, telephony.TenantID)
}

// act does one of the actions for which some tenant has what is needed.
func (m *machine) act(t *rapid.T, actions []action) {
	var names []string
	by := map[string]action{}
	for _, a := range actions {
		if len(m.having(a.needs)) > 0 {
			names = append(names, slices.Repeat([]string{a.name}, a.often)...)
			by[a.name] = a
		}
	}
	a := by[rapid.SampledFrom(names).Draw(t, "action")]
	a.do(t, m.drawTenant(t, a.needs))
}

// settle gives a tenant licences, people and addresses to begin with.
func (m *machine) settle(t *rapid.T, id telephony.TenantID) {
	for _, p := range []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan, licensing.CommunicationsCredits} {
		m.buy(t, id, p, 3)
	}
	for i, country := range []telephony.Country{"US", "US", "FR", "GB"} {
		person := []telephony.PersonID{"p1", "p2", "p3", "p4"}[i]
		m.addPerson(t, id, engine.PersonSpec{ID: person, UsageLocation: country})
		if i != 1 {
			m.assignLicences(t, id, engine.LicenceChange{Person: person, Add: []licensing.Product{licensing.DomesticCallingPlan, licensing.PhoneSystem}})
		}
	}
	if m.set.terms > 0 && !once(t, 6, "no terms yet") {
		m.acknowledge(t, id, m.set.terms)
	}
	for i, area := range []telephony.Area{inSeattle, inParis, inLondon} {
		m.saveAddress(t, id, []int{0, 2, 3}[i])
		m.reserve(t, id, engine.Reserve{Area: area, Quantity: 3})
		tenant := m.tenants[id]
		m.acquire(t, id, engine.Acquire{Reservation: tenant.holds[i].id, Numbers: tenant.holds[i].numbers[:2],
			Location: tenant.addresses[i].locations[0].id})
		// Before the directory's delay is over the person is not visible yet.
		person := []telephony.PersonID{"p1", "p3", "p4"}[i]
		m.assign(t, id, engine.Assign{Number: tenant.holds[i].numbers[0], Person: person, Location: tenant.addresses[i].locations[0].id})
	}
	if !once(t, 4, "nothing ported") {
		m.settlePorts(t, id, slices.Index(m.tenantIDs(), id))
	}
	m.tell(t, id, "p1")
	m.settleServices(t, id)
	m.reserve(t, id, engine.Reserve{Area: inBellevue, Quantity: 3, AllowFewer: true})
}

// settleServices gives a tenant services and a number for one of them.
func (m *machine) settleServices(t *rapid.T, id telephony.TenantID) {
	if once(t, 4, "no services yet") {
		return
	}
	m.addService(t, id, engine.ServiceSpec{ID: "bridge", Kind: telephony.ConferenceBridge, Name: "A service"})
	m.addService(t, id, engine.ServiceSpec{ID: "reception", Kind: telephony.AutoAttendant, UsageLocation: "GB"})
	m.reserve(t, id, engine.Reserve{Area: inLondon, Kind: telephony.TollNumber, Quantity: 2})
	tenant := m.tenants[id]
	m.acquire(t, id, engine.Acquire{Reservation: tenant.holds[len(tenant.holds)-1].id, All: true})
	m.assignService(t, id, engine.AssignService{Service: "reception", Number: tenant.holds[len(tenant.holds)-1].numbers[0]})
}

// actions are those on what the tenant has bought and whom it has, and on time.
func (m *machine) actions() []action {
	return []action{
		{"create tenant", 1, nil, func(t *rapid.T, _ telephony.TenantID) {
			m.createTenant(t, oneOf(t, "id", []telephony.TenantID{"t1", "t3"}, []telephony.TenantID{""}))
		}},
		{"buy", 1, nil, func(t *rapid.T, id telephony.TenantID) {
			n := oneOf(t, "quantity", []int64{1, 2, 5, 21}, []int64{0, -1, licensing.MaxLicences})
			m.buy(t, id, rapid.SampledFrom(licencesAround).Draw(t, "product"), n)
		}},
		{"give back", 1, nil, func(t *rapid.T, id telephony.TenantID) {
			n := oneOf(t, "quantity", []int64{1, 2, 3}, []int64{0})
			m.giveBack(t, id, rapid.SampledFrom(licencesAround).Draw(t, "product"), n)
		}},
		{"add person", 1, nil, func(t *rapid.T, id telephony.TenantID) {
			m.addPerson(t, id, engine.PersonSpec{Name: "Somebody",
				ID:               oneOf(t, "id", everybody, []telephony.PersonID{""}),
				UsageLocation:    oneOf(t, "country", []telephony.Country{"US", "FR", "GB", ""}, []telephony.Country{"uk"}),
				OnPremisesNumber: once(t, 4, "on premises")})
		}},
		{"set usage location", 1, hasPeople, func(t *rapid.T, id telephony.TenantID) {
			m.setUsageLocation(t, id, engine.UsageLocation{Person: m.drawPerson(t, id, false),
				Country: oneOf(t, "country", []telephony.Country{"US", "FR", "GB"}, []telephony.Country{"uk", ""})})
		}},
		{"assign licences", 3, hasPeople, m.drawLicences},
		{"assign licences to group", 1, hasPeople, func(t *rapid.T, id telephony.TenantID) {
			g := engine.GroupLicences{People: rapid.SliceOfN(rapid.SampledFrom(everybody), 1, 3).Draw(t, "people")}
			c := m.drawLicenceChange(t)
			g.Add, g.Remove = c.Add, c.Remove
			m.assignGroup(t, id, g)
		}},
		{"sweep first", 1, nil, func(t *rapid.T, _ telephony.TenantID) { m.sweep(t, m.first) }},
		{"sweep second", 1, nil, func(t *rapid.T, _ telephony.TenantID) { m.sweep(t, m.second) }},
		{"clock to", 6, nil, m.drawMoment},
		{"clock by", 1, nil, func(t *rapid.T, _ telephony.TenantID) {
			by := rapid.SampledFrom([]time.Duration{time.Second, 1, time.Minute, 9 * time.Minute, time.Hour}).Draw(t, "by")
			m.turn(t, m.clock+int64(by))
		}},
		{"clock back", 1, nil, func(t *rapid.T, _ telephony.TenantID) {
			m.turn(t, m.clock-int64(rapid.SampledFrom([]time.Duration{time.Second, 1, 11 * time.Minute}).Draw(t, "by")))
		}},
	}
}

// drawMoment turns the clock to a moment at which something happens by itself, or
// a nanosecond before or after it; mostly to the end of a hold that comes next.
func (m *machine) drawMoment(t *rapid.T, _ telephony.TenantID) {
	at := m.ends()
	if len(at) == 0 || once(t, 3, "any moment") {
		at = m.moments()
	}
	if len(at) > 0 {
		which := min(len(at)-1, rapid.SampledFrom([]int{0, 0, 0, 1, 2, 5}).Draw(t, "which"))
		m.turn(t, at[which]+rapid.SampledFrom([]int64{0, 0, -1, 1}).Draw(t, "nanoseconds"))
	}
}

// drawLicences changes what somebody holds, often to something likely.
func (m *machine) drawLicences(t *rapid.T, id telephony.TenantID) {
	c := m.drawLicenceChange(t)
	c.Person = m.drawPerson(t, id, false)
	m.assignLicences(t, id, c)
}

// drawLicenceChange is a change of what anybody holds.
func (m *machine) drawLicenceChange(t *rapid.T) (c engine.LicenceChange) {
	both := []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}
	switch rapid.SampledFrom([]string{"any", "give", "take the plan", "take both", "swap"}).Draw(t, "change") {
	case "any":
		c.Add, c.Remove = drawProducts(t, "add", 3), drawProducts(t, "remove", 2)
	case "give":
		c.Add = both
	case "take the plan":
		c.Remove = both[1:]
	case "take both":
		c.Remove = both
	case "swap":
		c.Add, c.Remove = []licensing.Product{licensing.InternationalCallingPlan}, both[1:]
	}
	return c
}
