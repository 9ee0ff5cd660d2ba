package engine_test

import (
	"maps"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/licensing"
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

type mBlock struct {
	since, until int64 // until 0: for ever
	reason       string
}

type mCarrier struct {
	state  telephony.ActivationState
	since  int64
	why    telephony.Code
	reason string
}

func (b *mBlock) stands(now int64) bool { return b != nil && (b.until == 0 || now < b.until) }

func (n *mNumber) isIdle() bool { return n.person == "" && n.service == "" }

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
	m.leave(t, numbers, r.Leave)
	return nil
}

// leave has numbers that nobody has any longer go, or stay.
func (m *model) leave(t *mTenant, numbers telephony.NumberList, l engine.Leave) {
	if l == engine.ReleaseNumbers && len(numbers) > 0 {
		if no := m.release(t, numbers); no != nil {
			panic("the model cannot release what nobody has")
		}
	}
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

// ask has the carrier asked, where the engine waits for it.
func (m *model) ask(n *mNumber, what telephony.ActivationState, why telephony.Code) {
	if !m.set.await {
		return
	}
	if n.carrier.state == telephony.AssignmentFailed {
		what = telephony.AssignmentPending
	}
	n.carrier = mCarrier{what, m.now(), why, ""}
}

// withdraw is for a number that nobody has any longer.
func (n *mNumber) withdraw(at int64) {
	if n.carrier.state > telephony.Activated {
		n.carrier = mCarrier{telephony.Activated, at, engine.WhyUnassigned, ""}
	}
}

func (c mCarrier) pending() bool {
	return c.state == telephony.AssignmentPending || c.state == telephony.UpdatePending
}

// missing refuses a list with numbers that the tenant does not have.
func (t *mTenant) missing(numbers telephony.NumberList) *refusal {
	var unknown telephony.NumberList
	for _, n := range unique(numbers) {
		if t.numbers[n] == nil {
			unknown = append(unknown, n)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	return &refusal{codes: []telephony.Code{engine.ErrUnknownNumber}, numbers: unknown, available: -1}
}

func (m *model) report(t *mTenant, r engine.ActivationReport) *refusal {
	if no := t.missing(r.Numbers); no != nil {
		return no
	}
	settled := map[mCarrier]bool{} // told once for each state and moment
	for _, n := range r.Numbers {
		mine := t.numbers[n]
		if state := max(mine.carrier.state, telephony.Activated); !mine.carrier.pending() {
			since := mine.carrier.since
			if mine.carrier.state == 0 {
				since = mine.acquired
			}
			settled[mCarrier{state: state, since: since}] = true
		}
	}
	if len(settled) > 0 {
		return refuse(slices.Repeat([]telephony.Code{telephony.ErrActivationNotPending}, len(settled))...)
	}
	for _, n := range r.Numbers {
		c := &t.numbers[n].carrier
		switch {
		case r.Refused == "":
			*c = mCarrier{telephony.Activated, m.now(), engine.WhyConfirmed, ""}
		case c.state == telephony.AssignmentPending:
			*c = mCarrier{telephony.AssignmentFailed, m.now(), r.Refused, r.Reason}
		default:
			*c = mCarrier{telephony.UpdateFailed, m.now(), r.Refused, r.Reason}
		}
	}
	return nil
}

// spelled is how the tenant spells a tag.
func (t *mTenant) spelled(tag string) string {
	for _, n := range t.numbers {
		for _, known := range n.tags {
			if strings.EqualFold(known, tag) {
				return known
			}
		}
	}
	return tag
}

func (m *model) setAttributes(t *mTenant, a engine.Attributes) *refusal {
	if no := t.missing(a.Numbers); no != nil {
		return no
	}
	var add []string
	for _, tag := range a.AddTags {
		add = append(add, t.spelled(tag))
	}
	for _, n := range a.Numbers {
		mine := t.numbers[n]
		has := func(in []string, tag string) bool {
			return slices.ContainsFunc(in, func(other string) bool { return strings.EqualFold(tag, other) })
		}
		var tags []string
		for _, tag := range mine.tags {
			if !has(a.RemoveTags, tag) {
				tags = append(tags, tag)
			}
		}
		for _, tag := range add {
			if !has(tags, tag) {
				tags = append(tags, tag)
			}
		}
		slices.SortFunc(tags, func(a, b string) int { return strings.Compare(strings.ToUpper(a), strings.ToUpper(b)) })
		mine.tags = tags
		if a.Description != nil {
			mine.description = *a.Description
		}
		if a.ReverseLookup != nil {
			mine.listed = *a.ReverseLookup
		}
	}
	return nil
}

func (m *model) block(t *mTenant, b engine.BlockNumbers) *refusal {
	if no := t.missing(b.Numbers); no != nil {
		return no
	}
	untils := map[int64]bool{} // told once for each end
	for _, n := range b.Numbers {
		if old := t.numbers[n].block; old.stands(m.now()) {
			untils[old.until] = true
		}
	}
	if len(untils) > 0 {
		return refuse(slices.Repeat([]telephony.Code{telephony.ErrNumberBlocked}, len(untils))...)
	}
	for _, n := range b.Numbers {
		block := &mBlock{since: m.now(), reason: b.Reason}
		if !b.Forever {
			block.until = m.now() + int64(b.Days)*int64(24*time.Hour)
		}
		t.numbers[n].block = block
	}
	return nil
}

func (m *model) unblock(t *mTenant, numbers telephony.NumberList) *refusal {
	if no := t.missing(numbers); no != nil {
		return no
	}
	var open telephony.NumberList
	for _, n := range unique(numbers) {
		if !t.numbers[n].block.stands(m.now()) {
			open = append(open, n)
		}
	}
	if len(open) > 0 {
		return &refusal{codes: []telephony.Code{engine.ErrNotBlocked}, numbers: open, available: -1}
	}
	for _, n := range numbers {
		t.numbers[n].block = nil
	}
	return nil
}

func (m *model) convert(t *mTenant, c engine.ConvertNumbers) *refusal {
	if no := t.missing(c.Numbers); no != nil {
		return no
	}
	var same, stays, byNumber, assigned, fits bool
	for _, n := range c.Numbers {
		mine := t.numbers[n]
		if mine.kind == c.To {
			same = true
			continue
		}
		switch {
		case mine.kind == telephony.TollFreeNumber && c.To == telephony.UserNumber:
			stays = true
		case mine.kind == telephony.TollFreeNumber || c.To == telephony.TollFreeNumber:
			byNumber = true
		default:
			fits = true
		}
		assigned = assigned || !mine.isIdle()
	}
	u := m.use(t, c.To)
	full := fits && u.acquired+u.held+int64(len(c.Numbers)) > t.limit(c.To)
	var reasons []telephony.Code
	for _, r := range []struct {
		is   bool
		code telephony.Code
	}{{same, telephony.ErrKindUnchanged}, {stays, telephony.ErrTollFreeForever}, {byNumber, telephony.ErrTollFreeByNumber},
		{assigned, telephony.ErrNumberAssigned}, {full, licensing.ErrQuotaExceeded}} {
		if r.is {
			reasons = append(reasons, r.code)
		}
	}
	if len(reasons) > 0 {
		return refuse(reasons...)
	}
	for _, n := range c.Numbers {
		mine := t.numbers[n]
		mine.kind, mine.since = c.To, m.now()
		m.stock[n] = mine.shelf
		m.shelves[mine.shelf] = true
	}
	return nil
}

// resting returns the place among the rests of a number that a tenant released.
func (m *model) resting(t *mTenant, n telephony.Number) (int, bool) {
	for i, r := range m.rests {
		if r.from == t.id && m.now() < r.until && slices.Contains(r.numbers, n) {
			return i, true
		}
	}
	return 0, false
}

func (m *model) wake(t *mTenant, n telephony.Number) {
	i, _ := m.resting(t, n)
	m.rests[i].numbers = slices.DeleteFunc(slices.Clone(m.rests[i].numbers), func(other telephony.Number) bool { return other == n })
	m.rests = slices.DeleteFunc(m.rests, func(r rest) bool { return len(r.numbers) == 0 })
}

func (m *model) endRest(t *mTenant, r engine.EndRest) (ended engine.RestEnded) {
	listed := unique(r.Numbers)
	if r.All {
		for _, n := range slices.SortedFunc(maps.Keys(m.stock), telephony.Number.Compare) {
			if _, is := m.resting(t, n); is {
				listed = append(listed, n)
			}
		}
	}
	for _, n := range listed {
		if _, is := m.resting(t, n); is {
			ended.Freed = append(ended.Freed, n)
			m.wake(t, n)
		} else {
			ended.NotResting = append(ended.NotResting, n)
		}
	}
	return ended
}

func (m *model) reclaim(t *mTenant, r engine.Reclaim) *refusal {
	var others telephony.NumberList
	kinds := map[telephony.Kind]telephony.NumberList{}
	for _, n := range unique(r.Numbers) {
		if _, is := m.resting(t, n); !is {
			others = append(others, n)
		}
		kinds[m.stock[n].kind] = append(kinds[m.stock[n].kind], n)
	}
	if len(others) > 0 {
		return &refusal{codes: []telephony.Code{engine.ErrNotResting}, numbers: others, available: -1}
	}
	for _, k := range telephony.Kinds() {
		u, more := m.use(t, k), int64(len(kinds[k]))
		switch {
		case more == 0:
			continue
		case !t.voiceOpen():
			return refuse(licensing.ErrVoiceClosed)
		case k == telephony.TollFreeNumber && !t.owns(func(p mProduct) bool { return p.credits }):
			return refuse(licensing.ErrCreditsNeeded)
		case u.acquired+u.held+more > t.limit(k):
			return refuse(licensing.ErrQuotaExceeded)
		}
		if no := m.placeFault(t, kinds[k], k, r.Location); no != nil {
			return no
		}
	}
	for _, n := range r.Numbers {
		m.wake(t, n)
		t.numbers[n] = &mNumber{shelf: m.stock[n], acquired: m.now(), since: m.now(), location: r.Location, located: m.now()}
	}
	return nil
}

func (m *model) removePerson(t *mTenant, r engine.RemovePerson) *refusal {
	p := t.people[r.Person]
	switch {
	case p == nil:
		return refuse(engine.ErrUnknownPerson)
	case p.number.IsValid() && r.Leave == 0:
		return refuse(engine.ErrNumberInUse)
	}
	if n := p.number; n.IsValid() {
		m.takeNumber(t, p)
		m.leave(t, telephony.NumberList{n}, r.Leave)
	}
	delete(t.people, r.Person)
	return nil
}

func (m *model) setVanished(t *mTenant, id telephony.PersonID, gone bool) *refusal {
	p := t.people[id]
	switch {
	case p == nil:
		return refuse(engine.ErrUnknownPerson)
	case !gone:
		p.vanished = nil
	case p.vanished == nil:
		at := m.now()
		p.vanished = &at
	}
	return nil
}

// orphans lists the numbers of people who are gone.
func (t *mTenant) orphans() telephony.NumberList {
	var all telephony.NumberList
	for _, p := range t.people {
		if p.vanished != nil && p.number.IsValid() {
			all = append(all, p.number)
		}
	}
	return unique(all)
}

func (m *model) freeOrphans(t *mTenant, r engine.FreeOrphans) (freed engine.Freed, no *refusal) {
	orphans := t.orphans()
	freed.Numbers = unique(r.Numbers)
	if r.All {
		freed.Numbers = orphans
	}
	no = t.missing(freed.Numbers)
	if slices.ContainsFunc(freed.Numbers, func(n telephony.Number) bool { return t.numbers[n] != nil && !slices.Contains(orphans, n) }) {
		if no == nil {
			no = &refusal{available: -1}
		}
		no.codes = append(no.codes, engine.ErrNotOrphaned)
	}
	if no != nil {
		return freed, no
	}
	for _, n := range freed.Numbers {
		m.takeNumber(t, t.people[t.numbers[n].person])
	}
	m.leave(t, freed.Numbers, r.Leave)
	freed.Left = int64(len(t.orphans()))
	return freed, nil
}
