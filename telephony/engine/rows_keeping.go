package engine

import (
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// serviceRow is a service that has numbers, or could. It is not derived from
// them: it is there before it has any.
type serviceRow struct {
	Tenant  uint32
	ID      telephony.ServiceID
	Kind    telephony.ServiceKind
	Name    string
	Country telephony.Country // of a resource account; empty if not set
	Added   int64
	Numbers int64            // that it has
	Number  telephony.Number // the one that a resource account has
}

// markRow is what few numbers have beside what all have. There is a row only
// where something is set, and the number's own row says whether there is one, so
// that most numbers cost neither the memory nor the look.
type markRow struct {
	Tenant        uint32
	Number        telephony.Number
	Tags          telephony.Tags
	Description   string
	ReverseLookup bool // the number may be listed with whose it is
	Block         blockMark
	Carrier       carrierMark
}

// blockMark is a telephony.AssignmentBlock; one that has run out says nothing.
type blockMark struct {
	Set    bool
	Since  int64
	Until  int64 // 0 for ever
	Reason string
}

// carrierMark is what the carrier was asked about a number and has said.
type carrierMark struct {
	State  telephony.ActivationState // none as long as it was never asked
	Since  int64
	Why    telephony.Code
	Reason string
}

// tagRow is a tag of a tenant in the spelling that its numbers bear, the one in
// which it first came in.
type tagRow struct {
	Tenant  uint32
	Tag     string
	Numbers int64 // that bear it
}

func serviceKey(tenant uint32, id telephony.ServiceID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(id))
}

func tagKey(tenant uint32, tag string) memtable.Key {
	return memtable.K().Uint32(tenant).String(telephony.FoldTag(tag))
}

// isEmpty reports whether nothing is set.
func (m *markRow) isEmpty() bool {
	return len(m.Tags) == 0 && m.Description == "" && !m.ReverseLookup && m.Block == blockMark{} && m.Carrier == carrierMark{}
}

// lists appends the lists that the number is on by its marks.
func (m *markRow) lists(to []list) []list {
	for _, tag := range m.Tags {
		to = append(to, listOfTag(tag))
	}
	if m.Carrier.State > telephony.Activated {
		to = append(to, list{Kind: waitingList})
	}
	return to
}

// block returns the block that stands at a moment, none if none does.
func (m *markRow) block(now int64) telephony.AssignmentBlock {
	if !m.Block.Set {
		return telephony.AssignmentBlock{}
	}
	b := telephony.AssignmentBlock{Since: unix(m.Block.Since), Reason: m.Block.Reason}
	if m.Block.Until != 0 {
		b.Until = unix(m.Block.Until)
	}
	if !b.InForce(unix(now)) {
		return telephony.AssignmentBlock{}
	}
	return b
}

func newBlockMark(b telephony.AssignmentBlock) blockMark {
	m := blockMark{Set: true, Since: b.Since.UnixNano(), Reason: b.Reason}
	if !b.Until.IsZero() {
		m.Until = b.Until.UnixNano()
	}
	return m
}

// activation returns what the carrier makes of the number, which it got at a
// moment.
func (m *markRow) activation(acquired int64) telephony.Activation {
	if m.Carrier.State == 0 {
		return telephony.NewActivation(unix(acquired))
	}
	return telephony.Activation{State: m.Carrier.State, Since: unix(m.Carrier.Since), Why: m.Carrier.Why, Reason: m.Carrier.Reason}
}

func newCarrierMark(a telephony.Activation) carrierMark {
	return carrierMark{State: a.State, Since: a.Since.UnixNano(), Why: a.Why, Reason: a.Reason}
}
