package engine_test

import (
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// mService is a service of a tenant.
type mService struct {
	kind    telephony.ServiceKind
	name    string
	country telephony.Country
	added   int64
}

func (s *mService) isAccount() bool { return s.kind != telephony.ConferenceBridge }

// mMarks are what is set of a number.
type mMarks struct {
	tags        []string
	description string
	listed      bool
	block       *mBlock
	carrier     mCarrier
}

// of returns the numbers that a service has, ascending.
func (t *mTenant) of(id telephony.ServiceID) telephony.NumberList {
	var all telephony.NumberList
	for n, mine := range t.numbers {
		if mine.service == id {
			all = append(all, n)
		}
	}
	return unique(all)
}

func (t *mTenant) accounts() (n int64) {
	for _, s := range t.services {
		if s.isAccount() {
			n++
		}
	}
	return n
}

// accountLimit is how many resource accounts the licences give.
func (t *mTenant) accountLimit() int64 {
	seats := int64(0)
	for p, n := range t.bought {
		if products[p].phone {
			seats += n
		}
	}
	if seats == 0 {
		return 0
	}
	return 25 + seats/10
}

func (m *model) addService(t *mTenant, r engine.ServiceSpec) *refusal {
	switch {
	case t.services[r.ID] != nil:
		return refuse(engine.ErrServiceExists)
	case r.Kind != telephony.ConferenceBridge && t.accounts() >= t.accountLimit():
		return refuse(licensing.ErrQuotaExceeded)
	}
	t.services[r.ID] = &mService{kind: r.Kind, name: r.Name, country: r.UsageLocation, added: m.now()}
	return nil
}

func (m *model) setServiceLocation(t *mTenant, r engine.ServiceLocation) *refusal {
	s := t.services[r.Service]
	switch {
	case s == nil:
		return refuse(engine.ErrUnknownService)
	case !s.isAccount():
		return refuse(engine.ErrServiceCountry)
	case len(t.of(r.Service)) > 0 && s.country != r.Country:
		return refuse(engine.ErrNumberBlocksMove)
	}
	s.country = r.Country
	return nil
}

func (m *model) removeService(t *mTenant, r engine.RemoveService) *refusal {
	numbers := t.of(r.Service)
	switch {
	case t.services[r.Service] == nil:
		return refuse(engine.ErrUnknownService)
	case len(numbers) > 0 && r.Leave == 0:
		return &refusal{codes: []telephony.Code{engine.ErrNumberInUse}, numbers: numbers, available: -1}
	}
	for _, n := range numbers {
		m.takeFromService(t.numbers[n])
	}
	delete(t.services, r.Service)
	m.leave(t, numbers, r.Leave, reservation.Business)
	return nil
}

// serviceFault is every reason for which a number cannot go to a service.
func (m *model) serviceFault(t *mTenant, a engine.AssignService) (reasons []telephony.Code) {
	add := func(when bool, code telephony.Code) {
		if when {
			reasons = append(reasons, code)
		}
	}
	s, n := t.services[a.Service], t.numbers[a.Number]
	add(s == nil, engine.ErrUnknownService)
	add(n == nil, engine.ErrUnknownNumber)
	if len(reasons) > 0 {
		return reasons
	}
	add(s.isAccount() && s.country == "", telephony.ErrNoUsageLocation)
	add(s.isAccount() && len(t.of(a.Service)) > 0, telephony.ErrServiceHasNumber)
	add(n.kind == telephony.UserNumber, telephony.ErrNotServiceNumber)
	add(!n.isIdle(), telephony.ErrNumberAssigned)
	add(n.block.stands(m.now()), telephony.ErrNumberBlocked)
	add(s.isAccount() && s.country != "" && s.country != m.country(n.shelf), telephony.ErrNumberCountry)
	add(n.kind == telephony.TollFreeNumber && !t.owns(func(p mProduct) bool { return p.credits }), telephony.ErrCreditsNeeded)
	return reasons
}

func (m *model) assignService(t *mTenant, a engine.AssignService) *refusal {
	if reasons := m.serviceFault(t, a); len(reasons) > 0 {
		return refuse(reasons...)
	}
	n := t.numbers[a.Number]
	n.service, n.since = a.Service, m.now()
	m.ask(n, telephony.AssignmentPending, engine.WhyAssigned)
	return nil
}

func (m *model) unassignService(t *mTenant, number telephony.Number) *refusal {
	n := t.numbers[number]
	switch {
	case n == nil:
		return refuse(engine.ErrUnknownNumber)
	case n.service == "":
		return refuse(engine.ErrNoService)
	}
	m.takeFromService(n)
	return nil
}

func (m *model) takeFromService(n *mNumber) {
	n.service, n.since = "", m.now()
	n.withdraw(m.now())
}
