package engine_test

import (
	"cmp"
	"slices"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// usable returns an address, or why there is none that can be used.
func (t *mTenant) usable(id telephony.AddressID) (*mAddress, *refusal) {
	if a := t.address(id); a != nil {
		return a, nil
	}
	if slices.ContainsFunc(t.drafts, func(d *mDraft) bool { return d.id == id }) {
		return nil, refuse(engine.ErrAddressDraft)
	}
	return nil, refuse(engine.ErrUnknownAddress)
}

// sorted returns the locations by identifier.
func (a *mAddress) sorted() []*mLocation {
	return slices.SortedFunc(slices.Values(a.locations), func(x, y *mLocation) int { return cmp.Compare(x.id, y.id) })
}

// inOrder returns the addresses by identifier: a promoted draft has an old one.
func (t *mTenant) inOrder() []*mAddress {
	return slices.SortedFunc(slices.Values(t.addresses), func(x, y *mAddress) int { return cmp.Compare(x.id, y.id) })
}

// fits is the rule in this world: French addresses must be in the city of the
// number's area.
func (m *model) fits(a emergency.Address, area int) bool {
	at := m.areas[area]
	return at.Country != "FR" || at.City == "" || at.City == a.City
}

// replaceFault is why one address cannot take the place of another.
func (m *model) replaceFault(t *mTenant, r engine.ReplaceAddress) *refusal {
	from, no := t.usable(r.Address)
	to, alsoNo := t.usable(r.By)
	if no != nil || alsoNo != nil {
		var reasons []telephony.Code
		for _, r := range []*refusal{no, alsoNo} {
			if r != nil {
				reasons = append(reasons, r.codes...)
			}
		}
		return refuse(reasons...)
	}
	old, with := prepared()[from.of].Address(), prepared()[to.of].Address()
	if old.Country != with.Country {
		return refuse(engine.ErrAddressCountry)
	}
	var reasons []telephony.Code
	if to.refused > 0 {
		reasons = append(reasons, telephony.ErrAddressNotValidated)
	}
	for area := range m.areas {
		used := false
		for _, n := range t.numbers {
			used = used || n.area == area && t.place(n.location) == from
		}
		if used && m.fits(old, area) && !m.fits(with, area) {
			reasons = append(reasons, engine.ErrAreaMismatch)
		}
	}
	return refuse(reasons...)
}

func (m *machine) replaceAddress(t *rapid.T, id telephony.TenantID, r engine.ReplaceAddress) {
	no := identifier(r.Address)
	if no == nil {
		no = identifier(r.By)
	}
	if no == nil && r.Address == r.By {
		no = early(engine.ErrSameAddress)
	}
	no = m.rules(id, no, func(tenant *mTenant) *refusal { return m.replaceFault(tenant, r) })
	got := do(t, m, no, func(e *engine.Engine) (engine.Replaced, error) { return e.Tenant(id).ReplaceAddress(ctx, r) })
	if no != nil {
		return
	}
	tenant := m.tenants[id]
	from, to := tenant.address(r.Address), tenant.address(r.By)
	var stay []*mLocation
	want := engine.Replaced{Default: from.first}
	for _, l := range from.locations {
		numbers, assigned := tenant.at(l.id)
		if l.id == from.first && numbers == 0 && tenant.orderedAt(l.id) == 0 {
			stay = append(stay, l)
			continue
		}
		if l.id == from.first {
			want.Default = got.Default
		}
		want.Locations, want.Numbers, want.Assigned = want.Locations+1, want.Numbers+numbers, want.Assigned+assigned
		l.placed = m.now()
		to.locations = append(to.locations, l)
	}
	if from.locations = stay; got.Default != from.first {
		from.first = got.Default
		from.locations = append(from.locations, &mLocation{id: got.Default, placed: m.now()})
	}
	if got != want {
		t.Fatalf("replaced %+v, want %+v", got, want)
	}
}

// editFault is why an address cannot become another of the prepared ones. Of
// those, only a house number of the United States differs in what can be edited.
func editFault(from *mAddress, to int) *refusal {
	old, with := prepared()[from.of], prepared()[to]
	switch {
	case old.Address() == with.Address() || old.Address().Country == "US" && with.Address().Country == "US" &&
		old.Address().StreetSuffix == with.Address().StreetSuffix:
	case old.Address().Country == "US":
		no := refuse(engine.ErrFieldFixed)
		no.first = true // for every field
		return no
	default:
		return refuse(engine.ErrAddressFixed)
	}
	if with.At().UnixNano() < from.checked() {
		return refuse(engine.ErrVerdictOlder)
	}
	return nil
}

func (m *machine) editAddress(t *rapid.T, id telephony.TenantID, a telephony.AddressID, to int) {
	no := unaccepted(to)
	if no == nil {
		no = identifier(a)
	}
	no = m.rules(id, no, func(tenant *mTenant) *refusal {
		address, no := tenant.usable(a)
		if no == nil {
			no = editFault(address, to)
		}
		return no
	})
	got := do(t, m, no, func(e *engine.Engine) (engine.Address, error) {
		return e.Tenant(id).EditAddress(ctx, engine.EditAddress{Address: a, Checked: prepared()[to]})
	})
	if no == nil {
		address := m.tenants[id].address(a)
		address.refused = 0
		if address.of = to; got != seesAddress(address) {
			t.Fatalf("edited is %v", got)
		}
	}
}

// checked is when the address was checked last.
func (a *mAddress) checked() int64 { return max(a.refused, prepared()[a.of].At().UnixNano()) }

// refuseAddress has an authority refuse a saved address, or another one that is
// not the saved one, so long after it was checked.
func (m *machine) refuseAddress(t *rapid.T, id telephony.TenantID, a telephony.AddressID, other int, later int64) {
	record := prepared()[0].Record()
	record.Status = emergency.Invalid
	no := m.rules(id, identifier(a), func(tenant *mTenant) *refusal {
		address, no := tenant.usable(a)
		if no != nil {
			return no
		}
		record = prepared()[address.of].Record()
		if other >= 0 {
			record.Address = prepared()[other].Address()
		}
		record.Status, record.At = emergency.Invalid, address.checked()+later
		switch {
		case record.Address != prepared()[address.of].Address():
			return refuse(engine.ErrVerdictElsewhere)
		case later < 0:
			return refuse(engine.ErrVerdictOlder)
		}
		address.refused = record.At
		return nil
	})
	got := do(t, m, no, func(e *engine.Engine) (engine.Address, error) { return e.Tenant(id).RefuseRecord(ctx, a, record, "") })
	if no == nil && got != seesAddress(m.tenants[id].address(a)) {
		t.Fatalf("refused is %v", got)
	}
}

// unaccepted refuses to save what was not accepted.
func unaccepted(which int) *refusal {
	if prepared()[which].IsAccepted() {
		return nil
	}
	no := early(telephony.ErrAddressNotValidated)
	no.first = true // what the authority said comes behind it
	return no
}

func (m *machine) saveDraft(t *rapid.T, id telephony.TenantID, which int) {
	var no *refusal
	if prepared()[which].IsAccepted() {
		no = early(engine.ErrDraftAccepted)
	}
	no = m.rules(id, no, func(*mTenant) *refusal { return nil })
	got := do(t, m, no, func(e *engine.Engine) (engine.Draft, error) { return e.Tenant(id).SaveDraft(ctx, prepared()[which]) })
	if no == nil {
		tenant := m.tenants[id]
		tenant.drafts = append(tenant.drafts, &mDraft{got.ID, which, m.now()})
	}
}

// takeDraft takes a draft away, or says that there is none.
func (t *mTenant) takeDraft(id telephony.AddressID) *refusal {
	at := slices.IndexFunc(t.drafts, func(d *mDraft) bool { return d.id == id })
	if at < 0 {
		return refuse(engine.ErrUnknownDraft)
	}
	t.drafts = slices.Delete(t.drafts, at, at+1)
	return nil
}

func (m *machine) promoteDraft(t *rapid.T, id telephony.TenantID, draft telephony.AddressID, which int) {
	no := identifier(draft)
	if no == nil {
		no = unaccepted(which)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal { return t.takeDraft(draft) })
	got := do(t, m, no, func(e *engine.Engine) (engine.Address, error) {
		return e.Tenant(id).PromoteDraft(ctx, engine.PromoteDraft{Draft: draft, Checked: prepared()[which]})
	})
	if no == nil {
		tenant := m.tenants[id]
		tenant.addresses = append(tenant.addresses, &mAddress{id: draft, of: which, saved: m.now(), first: got.Default,
			locations: []*mLocation{{id: got.Default, placed: m.now()}}})
	}
}

func (m *machine) deleteDraft(t *rapid.T, id telephony.TenantID, draft telephony.AddressID) {
	no := m.rules(id, identifier(draft), func(t *mTenant) *refusal { return t.takeDraft(draft) })
	m.ok(t, no, func(e *engine.Engine) error { return e.Tenant(id).DeleteDraft(ctx, engine.DeleteDraft{Draft: draft}) })
}

func (m *machine) acknowledge(t *rapid.T, id telephony.TenantID, v emergency.TermsVersion) {
	var no *refusal
	if v == 0 {
		no = early(engine.ErrRequest)
	}
	no = m.rules(id, no, func(t *mTenant) *refusal {
		if v != m.set.terms {
			return refuse(emergency.ErrTermsVersion)
		}
		if t.terms.Version != v {
			t.terms = emergency.Acknowledgement{Version: v, By: "admin", At: m.now()}
		}
		return nil
	})
	m.ok(t, no, func(e *engine.Engine) error {
		return e.Tenant(id).As("admin").AcknowledgeTerms(ctx, engine.AcknowledgeTerms{Version: v})
	})
}

func drafts(t *mTenant) (ids []telephony.AddressID) {
	for _, d := range t.drafts {
		ids = append(ids, d.id)
	}
	return ids
}

func hasDraft(t *mTenant) bool        { return len(t.drafts) > 0 }
func hasTwoAddresses(t *mTenant) bool { return len(t.addresses) > 1 }

// addressActions are the actions on addresses as a whole, and on the terms.
func (m *machine) addressActions() []action {
	drawDraft := func(t *rapid.T, id telephony.TenantID) telephony.AddressID {
		return oneOf(t, "draft", own(m, id, drafts), append(others(m, id, drafts), "nothing", ""))
	}
	any := []int{pike10, pike12, rivoli, theMall, pikeAve, lyon, rivoli6, pike10Early}
	return []action{
		{"replace address", 3, hasTwoAddresses, func(t *rapid.T, id telephony.TenantID) {
			r := engine.ReplaceAddress{Address: m.drawAddress(t, id), By: m.drawAddress(t, id)}
			if same := m.sameCountry(id, r.Address); len(same) > 0 && !once(t, 3, "any other") {
				r.By = rapid.SampledFrom(same).Draw(t, "by")
			}
			m.replaceAddress(t, id, r)
		}},
		{"edit address", 2, hasAddress, func(t *rapid.T, id telephony.TenantID) {
			m.editAddress(t, id, m.drawAddress(t, id), oneOf(t, "to", any, []int{noSuch}))
		}},
		{"refuse address", 1, hasAddress, func(t *rapid.T, id telephony.TenantID) {
			m.refuseAddress(t, id, m.drawAddress(t, id), oneOf(t, "other", []int{-1}, any),
				rapid.SampledFrom([]int64{0, 1, -1}).Draw(t, "later"))
		}},
		{"save draft", 1, nil, func(t *rapid.T, id telephony.TenantID) {
			m.saveDraft(t, id, oneOf(t, "address", []int{noSuch}, []int{pike10}))
		}},
		{"promote draft", 2, hasDraft, func(t *rapid.T, id telephony.TenantID) {
			m.promoteDraft(t, id, drawDraft(t, id), oneOf(t, "address", any, []int{noSuch}))
		}},
		{"delete draft", 1, hasDraft, func(t *rapid.T, id telephony.TenantID) { m.deleteDraft(t, id, drawDraft(t, id)) }},
		{"acknowledge terms", 1, nil, func(t *rapid.T, id telephony.TenantID) {
			m.acknowledge(t, id, oneOf(t, "version", []emergency.TermsVersion{2}, []emergency.TermsVersion{0, 1, 3}))
		}},
	}
}

// sameCountry lists the other addresses in the country of one.
func (m *machine) sameCountry(id telephony.TenantID, a telephony.AddressID) (ids []telephony.AddressID) {
	tenant := m.tenants[id]
	if tenant == nil || tenant.address(a) == nil {
		return nil
	}
	for _, other := range tenant.addresses {
		if other.id != a && prepared()[other.of].Address().Country == prepared()[tenant.address(a).of].Address().Country {
			ids = append(ids, other.id)
		}
	}
	return ids
}

func (m *machine) seesActivation(t *mTenant, n *mNumber) telephony.Activation {
	word := telephony.Activation{State: n.carrier.state, Since: moment(n.carrier.since), Why: n.carrier.why, Reason: n.carrier.reason}
	if word.State == 0 {
		word = telephony.Activation{State: telephony.Activated, Since: moment(n.acquired)}
	}
	if m.country(n.shelf) != "FR" || n.location == "" {
		return word
	}
	a := t.place(n.location)
	at := slices.IndexFunc(a.locations, func(l *mLocation) bool { return l.id == n.location })
	seen := telephony.Activation{State: telephony.Activated, Since: moment(max(n.located, a.locations[at].placed, n.moved))}
	if !m.fits(prepared()[a.of].Address(), n.area) {
		seen.State, seen.Why = telephony.AssignmentFailed, engine.ErrAreaMismatch
	} else if n.carrier.state != 0 {
		return word
	}
	return seen
}

// seesAddresses lists what is at addresses and what is not accepted or old.
func (m *machine) seesAddresses(t *mTenant, s *seen) {
	for _, d := range slices.SortedFunc(slices.Values(t.drafts), func(x, y *mDraft) int { return cmp.Compare(x.id, y.id) }) {
		s.Drafts = append(s.Drafts, engine.Draft{ID: d.id, Record: prepared()[d.of].Record(), Saved: moment(d.saved)})
	}
	var owned telephony.NumberList
	for n := range t.numbers {
		owned = append(owned, n)
	}
	owned = unique(owned)
	for _, a := range t.inOrder() {
		for _, n := range owned {
			if mine := t.numbers[n]; t.place(mine.location) == a {
				s.Blocking = append(s.Blocking, engine.Blocker{Number: n, Person: mine.person, Service: mine.service, Location: mine.location})
			}
		}
	}
	for _, n := range owned {
		mine := t.numbers[n]
		if mine.person == "" {
			continue
		}
		a := t.place(mine.location)
		checked := moment(a.checked())
		if a.refused > 0 {
			s.GapCounts.NotValidated++
			s.Gaps = append(s.Gaps, engine.Gap{Number: n, Person: mine.person, Kind: engine.GapNotValidated, Location: mine.location, Address: a.id, Checked: checked})
		} else if m.set.revalidate > 0 && m.now()-checked.UnixNano() >= int64(m.set.revalidate) {
			s.GapCounts.Stale++
			s.Gaps = append(s.Gaps, engine.Gap{Number: n, Person: mine.person, Kind: engine.GapStale, Location: mine.location, Address: a.id, Checked: checked})
		}
	}
	s.Terms = t.terms
}
