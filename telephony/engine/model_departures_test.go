package engine_test

import (
	"maps"
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

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
			m.rests = append(m.rests, rest{telephony.NumberList{n}, m.now(), m.now(), t.id}) // it has rested, if not for long
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
		case u.acquired-u.ported+u.held+more > t.limit(k):
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
		m.leave(t, telephony.NumberList{n}, r.Leave, r.Line)
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
	m.leave(t, freed.Numbers, r.Leave, r.Line)
	freed.Left = int64(len(t.orphans()))
	return freed, nil
}
