package engine_test

import (
	"slices"
	"strings"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

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

// leave has numbers that nobody has any longer go, or stay.
func (m *model) leave(t *mTenant, numbers telephony.NumberList, l engine.Leave, line reservation.Line) {
	if l == engine.ReleaseNumbers && len(numbers) > 0 {
		if no := m.release(t, numbers, line); no != nil {
			panic("the model cannot release what nobody has")
		}
	}
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
	counted := int64(0) // those that were not ported in
	for _, n := range c.Numbers {
		mine := t.numbers[n]
		if !mine.ported {
			counted++
		}
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
			fits = fits || !mine.ported
		}
		assigned = assigned || !mine.isIdle()
	}
	u := m.use(t, c.To)
	full := fits && u.acquired-u.ported+u.held+counted > t.limit(c.To)
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
	}
	return nil
}
