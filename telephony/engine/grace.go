package engine

import (
	"cmp"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
	"example.com/callingplan/telephony/engine/internal/ordered"
)

// A person whose licences no longer carry a number keeps it for the time of grace
// that the engine is set to. The end of that time is like the end of a hold: at
// that nanosecond the number is nobody's, whether or not anything has come by to
// write that down. Commands write it down for the people and the numbers that they
// concern, before they look at them; a view is of a state in which it is written
// down; and a few are written down with every command, so that none waits long.

// graceRow leads to a person by when their number is lost. The rows follow from
// those of people and stand in no table.
type graceRow struct {
	until  int64
	tenant uint32
	person telephony.PersonID
}

type graceRows = ordered.Set[graceRow]

func newGraceRows() graceRows { return ordered.New(graceRow.compare) }

func (r graceRow) compare(other graceRow) int {
	return cmp.Or(cmp.Compare(r.until, other.until), cmp.Compare(r.tenant, other.tenant), cmp.Compare(r.person, other.person))
}

func (p personRow) graceRow() graceRow { return graceRow{p.Lapse.Until, p.Tenant, p.ID} }

// listGraces lists anew whose numbers are at risk.
func listGraces(t *tables, rows memtable.Reader) graceRows {
	e := newGraceRows().Edit()
	for p := range t.people.Prefix(rows, nil) {
		if p.Lapse.Missing != 0 {
			e.Add(p.graceRow())
		}
	}
	return e.Publish()
}

// lapseRow is a licensing.Lapse as it is kept.
type lapseRow struct {
	Missing      licensing.Feature
	Since, Until int64
}

func (l lapseRow) lapse() licensing.Lapse {
	if l.Missing == 0 {
		return licensing.Lapse{}
	}
	return licensing.Lapse{Missing: l.Missing, Since: unix(l.Since), Until: unix(l.Until)}
}

// lapsed returns the person as a change of licences leaves them: with the number,
// with the number at risk, or without it.
func (s *step) lapsed(p personRow) personRow {
	if !p.Number.IsValid() {
		return p
	}
	before := p.Lapse
	after := before.lapse().After(s.settings.Catalogue.Features(p.Products), s.time(), s.settings.Grace)
	if after.FateAt(s.time()) == licensing.NumberLost {
		return s.takeNumber(p, s.now)
	}
	s.endGrace(p)
	p.Lapse = lapseRow{}
	if after.Missing != 0 {
		p.Lapse = lapseRow{after.Missing, after.Since.UnixNano(), after.Until.UnixNano()}
		s.graces.Add(p.graceRow())
	}
	switch {
	case before.Missing == 0 && p.Lapse.Missing != 0:
		s.tell(Event{Type: NumberAtRisk, Person: p.ID, Numbers: telephony.NumberList{p.Number}})
	case before.Missing != 0 && p.Lapse.Missing == 0:
		s.tell(Event{Type: NumberKept, Person: p.ID, Numbers: telephony.NumberList{p.Number}})
	}
	return p
}

// endGrace is for a person whose number is no longer at risk, or no longer theirs.
func (s *step) endGrace(p personRow) {
	if p.Lapse.Missing != 0 && !s.graces.Remove(p.graceRow()) {
		panic("engine: a number was never at risk")
	}
}

// settled returns a person without a number that was lost by now, which it writes
// down where nobody has.
func (s *step) settled(p personRow) personRow {
	if p.Lapse.Missing == 0 || s.now < p.Lapse.Until {
		return p
	}
	of := s.account
	s.account = s.accountRow(p.Tenant) // whose event it is
	p = s.takeNumber(p, p.Lapse.Until)
	must(s.tables.people.Replace(s.tx, p))
	s.account = of
	return p
}

// settleGraces writes down up to limit numbers that were lost by now, those first
// that were lost first; with a tenant only that one's.
func (s *step) settleGraces(limit int, tenant uint32) (settled int) {
	var lost []graceRow
	for row := range s.graces.All() {
		if row.until > s.now || len(lost) == limit {
			break
		}
		if tenant == poolTenant || row.tenant == tenant {
			lost = append(lost, row)
		}
	}
	for _, row := range lost {
		p, _ := s.tables.people.Get(s.tx, personKey(row.tenant, row.person))
		s.settled(p)
	}
	return len(lost)
}

// anyLost reports whether a number of the tenant was lost by now and nobody has
// written that down; of no tenant, of any.
func anyLost(graces graceRows, tenant uint32, now int64) bool {
	for row := range graces.All() {
		if row.until > now {
			return false
		}
		if tenant == poolTenant || row.tenant == tenant {
			return true
		}
	}
	return false
}

// withGraces returns a moment in which the numbers that the tenant has lost by now
// are nobody's: a fork, where that has not been written down. Nobody else sees it.
func (m *Machine) withGraces(at *moment, tenant uint32, now int64) *moment {
	f := m.fork(at)
	s := f.begin(f.now.Load())
	defer s.tx.Abort()
	s.now = max(s.now, now)
	s.account = s.accountRow(tenant)
	s.settleGraces(endOfCount, tenant)
	return f.finish(s)
}

// endOfCount is more than there is of anything.
const endOfCount = int(^uint(0) >> 1)

// WithGrace sets how long a person keeps a number that their licences no longer
// carry: 0 to 10 years, 0 otherwise, which is to say that it is unassigned at
// once. Whoever gets back what is missing in that time keeps the number.
func WithGrace(d time.Duration) Option { return func(o *config) { o.settings.Grace = d } }
