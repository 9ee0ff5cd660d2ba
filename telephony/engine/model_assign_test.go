package engine_test

import (
	"slices"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// assignFault is every reason for which a number cannot go to a person. With
// instead, it takes the place of the one the person has.
func (m *model) assignFault(t *mTenant, a engine.Assign, instead bool) (reasons []telephony.Code) {
	add := func(when bool, code telephony.Code) {
		if when {
			reasons = append(reasons, code)
		}
	}
	p, n := t.people[a.Person], t.numbers[a.Number]
	add(p == nil, engine.ErrUnknownPerson)
	add(n == nil, engine.ErrUnknownNumber)
	add(a.Location != "" && t.place(a.Location) == nil, engine.ErrUnknownLocation)
	if len(reasons) > 0 {
		return reasons
	}
	location := a.Location
	if location == "" {
		location = n.location
	}
	add(p.vanished != nil, engine.ErrPersonVanished)
	add(!instead && t.terms.Version < m.set.terms, emergency.ErrTermsNotAcknowledged)
	add(m.now() < p.visibleAt, telephony.ErrPersonNotVisible)
	add(p.country == "", telephony.ErrNoUsageLocation)
	add(!p.has(phone), telephony.ErrNoPhoneSystem)
	add(!p.has(plan), telephony.ErrNoCallingPlan)
	add(p.onPrem, telephony.ErrOnPremisesNumber)
	add(p.number.IsValid() && !instead, telephony.ErrPersonHasNumber)
	add(n.kind != telephony.UserNumber, telephony.ErrNotUserNumber)
	add(!n.isIdle(), telephony.ErrNumberAssigned)
	add(n.block.stands(m.now()), telephony.ErrNumberBlocked)
	add(p.country != "" && m.country(n.shelf) != p.country, telephony.ErrNumberCountry)
	if location == "" {
		add(!locationFirst(p.country), telephony.ErrNoLocation)
		add(locationFirst(p.country), telephony.ErrNumberHasNoOwnAddress)
		return reasons
	}
	at := prepared()[t.place(location).of].Address().Country
	add(p.country != "" && at != p.country, telephony.ErrLocationCountry)
	add(t.place(location).refused > 0, telephony.ErrAddressNotValidated)
	return reasons
}

func (m *model) assign(t *mTenant, a engine.Assign) *refusal {
	if reasons := m.assignFault(t, a, false); len(reasons) > 0 {
		return refuse(reasons...)
	}
	m.giveNumber(t, a)
	return nil
}

func (m *model) giveNumber(t *mTenant, a engine.Assign) {
	n := t.numbers[a.Number]
	if a.Location != "" && a.Location != n.location {
		n.location, n.located = a.Location, m.now()
	}
	n.person, n.since = a.Person, m.now()
	p := t.people[a.Person]
	p.number, p.told = a.Number, nil
	m.ask(n, telephony.AssignmentPending, engine.WhyAssigned)
}

// takeNumber takes a person's number, which stays with the tenant. Where the
// location comes with the assignment it goes with it, so that an idle number
// pins no address.
func (m *model) takeNumber(t *mTenant, p *mPerson) { t.takeNumberAt(p, m.now()) }

func (t *mTenant) takeNumberAt(p *mPerson, at int64) {
	n := t.numbers[p.number]
	n.person, n.since = "", at
	if !locationFirst(p.country) {
		n.location, n.located = "", at
	}
	n.withdraw(at)
	p.number, p.told, p.lapse = telephony.Number{}, nil, nil
}

// lose takes the numbers whose time without licences is over by now, as every
// command has it. What it returns takes that back, for who only looks: the clock
// may go back before a command comes.
func (m *model) lose() (undo func()) {
	var back []func()
	for _, t := range m.tenants {
		for _, p := range t.people {
			if p.lapse == nil || p.lapse.until > m.now() {
				continue
			}
			n := t.numbers[p.number]
			person, number, lost := *p, *n, m.lost
			back = append(back, func() { *p, *n, m.lost = person, number, lost })
			m.lost = append(m.lost, p.lapse.until)
			t.takeNumberAt(p, p.lapse.until)
		}
	}
	return func() {
		for _, take := range slices.Backward(back) {
			take()
		}
	}
}

// withNumber returns the person, or why there is none with a number.
func (t *mTenant) withNumber(id telephony.PersonID) (*mPerson, *refusal) {
	p := t.people[id]
	switch {
	case p == nil:
		return nil, refuse(engine.ErrUnknownPerson)
	case !p.number.IsValid():
		return nil, refuse(engine.ErrNoNumber)
	}
	return p, nil
}

func (m *model) changeNumber(t *mTenant, c engine.ChangeNumber) *refusal {
	p, no := t.withNumber(c.Person)
	if no != nil {
		return no
	}
	if p.number == c.Number {
		return refuse(engine.ErrSameNumber)
	}
	a := engine.Assign{Number: c.Number, Person: c.Person, Location: c.Location}
	if a.Location == "" {
		a.Location = t.numbers[p.number].location
	}
	if reasons := m.assignFault(t, a, true); len(reasons) > 0 {
		return refuse(reasons...)
	}
	m.takeNumber(t, p)
	m.giveNumber(t, a)
	return nil
}

func (m *model) changeLocation(t *mTenant, c engine.ChangeLocation) *refusal {
	n, to := t.numbers[c.Number], t.place(c.Location)
	switch {
	case n == nil:
		return refuse(engine.ErrUnknownNumber)
	case to == nil:
		return refuse(engine.ErrUnknownLocation)
	case prepared()[to.of].Address().Country != m.country(n.shelf):
		return refuse(telephony.ErrLocationCountry)
	case to.refused > 0:
		return refuse(telephony.ErrAddressNotValidated)
	}
	if n.location == c.Location {
		return nil
	}
	if !n.isIdle() && n.carrier.pending() {
		return refuse(telephony.ErrActivationPending)
	}
	n.location, n.located, n.since = c.Location, m.now(), m.now()
	if !n.isIdle() {
		m.ask(n, telephony.UpdatePending, engine.WhyLocated)
	}
	return nil
}

// inUse is why what so many places, numbers and port orders use is not deleted:
// once for each place, once for each order, and once for each number.
func inUse(places, numbers, orders int) []telephony.Code {
	return slices.Concat(slices.Repeat([]telephony.Code{engine.ErrLocationInUse}, places),
		slices.Repeat([]telephony.Code{engine.ErrLocationOrdered}, orders), slices.Repeat([]telephony.Code{engine.ErrLocationInUse}, numbers))
}

func (t *mTenant) deleteLocation(id telephony.LocationID) *refusal {
	a := t.place(id)
	if a == nil {
		return refuse(engine.ErrUnknownLocation)
	}
	if a.first == id {
		return refuse(engine.ErrDefaultLocation)
	}
	numbers, _ := t.at(id)
	if reasons := inUse(min(1, int(numbers)), int(numbers), t.orderedAt(id)); len(reasons) > 0 {
		return refuse(reasons...)
	}
	a.locations = slices.DeleteFunc(a.locations, func(l *mLocation) bool { return l.id == id })
	return nil
}

func (t *mTenant) deleteAddress(id telephony.AddressID) *refusal {
	a, no := t.usable(id)
	if no != nil {
		return no
	}
	var places, all, orders int
	for _, l := range a.locations {
		numbers, _ := t.at(l.id)
		if all += int(numbers); numbers > 0 {
			places++
		}
		orders += t.orderedAt(l.id)
	}
	if reasons := inUse(places, all, orders); len(reasons) > 0 {
		return refuse(reasons...)
	}
	t.addresses = slices.DeleteFunc(t.addresses, func(other *mAddress) bool { return other == a })
	return nil
}
