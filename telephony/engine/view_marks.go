package engine

import (
	"iter"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// Tag is a tag of a tenant's numbers.
type Tag struct {
	Tag     string // as the tenant spells it
	Numbers int64  // that bear it
}

// Tags yields the tags of the tenant's numbers, in the order of their letters,
// capitals or not.
func (v *View) Tags() iter.Seq[Tag] {
	return func(yield func(Tag) bool) {
		for row := range v.tables.tags.Prefix(v.rows, accountKey(v.tenant)) {
			if !yield(Tag{row.Tag, row.Numbers}) {
				return
			}
		}
	}
}

// ActivationCount is how many numbers are in a state of activation.
type ActivationCount struct {
	State   telephony.ActivationState
	Numbers int64
}

// ActivationCounts counts the tenant's numbers by whether they work, in the order
// of the states; those of which there are none are left out. The cost grows with
// the tenant's locations and with the numbers whose carrier has not done what it
// was asked, not with all numbers.
func (v *View) ActivationCounts() []ActivationCount {
	var counts [telephony.UpdateFailed + 1]int64
	for _, u := range v.account.Use {
		counts[telephony.Activated] += u.Acquired
	}
	move := func(to telephony.ActivationState, n int64) {
		counts[telephony.Activated] -= n
		counts[to] += n
	}
	for l := range v.tables.locations.Prefix(v.rows, accountKey(v.tenant)) {
		if !l.MustFit {
			continue
		}
		address, _ := v.tables.addresses.Get(v.rows, addressKey(v.tenant, l.Address))
		for _, use := range l.Areas {
			if !emergency.FitsArea(address.Record.Address, v.known.of(use.Area)) {
				move(telephony.AssignmentFailed, use.Numbers)
			}
		}
	}
	for number := range v.onList(list{Kind: waitingList}, 0, lastWord) {
		n, _ := v.numberRow(number)
		if a := v.activationOf(n); a.Why != ErrAreaMismatch { // counted above
			move(a.State, 1)
		}
	}
	var all []ActivationCount
	for state, n := range counts {
		if n > 0 {
			all = append(all, ActivationCount{telephony.ActivationState(state), n})
		}
	}
	return all
}

// activationOf returns whether a number works.
func (r reader) activationOf(n numberRow) telephony.Activation {
	m := r.mark(n)
	return r.activation(n, &m, r.known.of(n.Area))
}

// matchesMark reports whether what is set of a number is what the query asks for.
func (v *View) matchesMark(q NumberQuery, n numberRow) bool {
	if q.Tag == "" && q.Description == "" && !q.Blocked && !q.ReverseLookup {
		return true
	}
	m := v.mark(n)
	return (q.Tag == "" || m.Tags.Has(q.Tag)) &&
		(q.Description == "" || strings.Contains(strings.ToLower(m.Description), strings.ToLower(q.Description))) &&
		(!q.Blocked || m.block(v.now) != telephony.AssignmentBlock{}) &&
		(!q.ReverseLookup || m.ReverseLookup)
}
