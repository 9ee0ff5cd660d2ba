package engine

import (
	"cmp"
	"math"
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
// concern, before they change them, and for a few with every command, so that none
// waits long. Whoever reads, reads rows and counters as they will be written: see
// lost.go.

// graceRow leads to a number by when its person loses it: once among those of all
// tenants, and once on each list of its tenant's that it is on, so that what is
// lost of a list by some moment is counted and not looked through. The rows follow
// from those of the numbers and stand in no table.
type graceRow struct {
	of uint32 // whose list it is; the pool's ordinal for everybody's
	list
	until  int64
	tenant uint32
	number telephony.Number
}

type graceRows = ordered.Set[graceRow]

func newGraceRows() graceRows { return ordered.New(graceRow.compare) }

func (r graceRow) compare(other graceRow) int {
	if c := r.compareTo(other.of, other.list, other.until); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(r.tenant, other.tenant), r.number.Compare(other.number))
}

// compareTo compares the row with the place on a list where those begin that are
// lost at a moment.
func (r graceRow) compareTo(of uint32, l list, until int64) int {
	if c := cmp.Compare(r.of, of); c != 0 {
		return c
	}
	return cmp.Or(r.list.compare(l), cmp.Compare(r.until, until))
}

// graceRows returns the rows of a number; none of one that is not at risk.
func (n numberRow) graceRows() []graceRow {
	if n.Lost == 0 {
		return nil
	}
	rows := []graceRow{{poolTenant, list{}, n.Lost, n.Tenant, n.Number}}
	for _, l := range n.lists(nil) {
		rows = append(rows, graceRow{n.Tenant, l, n.Lost, n.Tenant, n.Number})
	}
	return rows
}

// listGraces lists anew which numbers are at risk.
func listGraces(t *tables, rows memtable.Reader) graceRows {
	e := newGraceRows().Edit()
	for n := range t.numbers.Prefix(rows, nil) {
		for _, row := range n.graceRows() {
			e.Add(row)
		}
	}
	return e.Publish()
}

// regrace has the rows of a number that has changed be those that it has now.
func (s *step) regrace(was, is numberRow) {
	for _, row := range was.graceRows() {
		if !s.graces.Remove(row) {
			panic("engine: a number was never at risk")
		}
	}
	for _, row := range is.graceRows() {
		s.graces.Add(row)
	}
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
	p.Lapse = lapseRow{}
	if after.Missing != 0 {
		p.Lapse = lapseRow{after.Missing, after.Since.UnixNano(), after.Until.UnixNano()}
	}
	if p.Lapse.Until != before.Until {
		was, _ := s.number(p.Number)
		is := was
		is.Lost = p.Lapse.Until
		s.setNumber(was, is)
	}
	switch {
	case before.Missing == 0 && p.Lapse.Missing != 0:
		s.tell(Event{Type: NumberAtRisk, Person: p.ID, Numbers: telephony.NumberList{p.Number}})
	case before.Missing != 0 && p.Lapse.Missing == 0:
		s.tell(Event{Type: NumberKept, Person: p.ID, Numbers: telephony.NumberList{p.Number}})
	}
	return p
}

// settled returns a person without a number that was lost by now, which it writes
// down where nobody has.
func (s *step) settled(p personRow) personRow {
	if !p.isLost(s.now) {
		return p
	}
	of := s.account
	s.account = s.accountRow(p.Tenant) // whose event it is
	p = s.takeNumber(p, p.Lapse.Until)
	must(s.tables.people.Replace(s.tx, p))
	s.account = of
	return p
}

// settledNumber returns a number that nobody has if it was lost by now, which it
// writes down where nobody has.
func (s *step) settledNumber(n numberRow) numberRow {
	if !n.isLost(s.now) {
		return n
	}
	p, _ := s.tables.people.Get(s.tx, personKey(n.Tenant, n.Person))
	s.settled(p)
	n, _ = s.tables.numbers.Get(s.tx, numberKey(n.Tenant, n.Number))
	return n
}

// settleGraces writes down up to limit numbers on a list that were lost by now,
// those first that were lost first, and returns how many.
func (s *step) settleGraces(of uint32, l list, limit int) (settled int) {
	if s.graces.Len() == 0 {
		return 0 // as for most commands
	}
	var lost []graceRow
	for row := range s.graces.From(func(r graceRow) bool { return r.compareTo(of, l, math.MinInt64) < 0 }) {
		if len(lost) == limit || row.compareTo(of, l, s.now) > 0 {
			break
		}
		lost = append(lost, row)
	}
	for _, row := range lost {
		n, _ := s.tables.numbers.Get(s.tx, numberKey(row.tenant, row.number))
		s.settledNumber(n)
	}
	return len(lost)
}

// endOfCount is more than there is of anything.
const endOfCount = int(^uint(0) >> 1)

// WithGrace sets how long a person keeps a number that their licences no longer
// carry: 0 to 10 years, 0 otherwise, which is to say that it is unassigned at
// once. Whoever gets back what is missing in that time keeps the number.
func WithGrace(d time.Duration) Option { return func(o *config) { o.settings.Grace = d } }
