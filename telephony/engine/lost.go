package engine

import (
	"iter"
	"math"

	"example.com/callingplan/telephony"
)

// A number that its person has lost by the moment of a reader is nobody's, written
// down or not. What a reader takes from the tables it therefore takes as it will be
// written: a row by itself, a counter less what is counted of graces. That costs the
// same however many numbers were lost, and nothing where none is at risk.

// isLost reports whether the person has lost the number by now.
func (n numberRow) isLost(now int64) bool { return n.Lost != 0 && n.Lost <= now }

// isLost reports whether the person has lost their number by now.
func (p personRow) isLost(now int64) bool { return p.Lapse.Missing != 0 && p.Lapse.Until <= now }

// left returns the number as its person leaves it at a moment. Where the country
// wants the location with the assignment, the number's ends with it, so that idle
// numbers pin no address; elsewhere the number keeps it.
func (n numberRow) left(at int64, country telephony.Country) numberRow {
	if locationWhen(country) == telephony.LocationAtAssignment {
		n.Location, n.Located = "", at
	}
	n.Person, n.Orphaned, n.Since, n.Lost = "", false, at, 0
	return n
}

// left returns the person as their number leaves them at a moment.
func (p personRow) left(at int64) personRow {
	p.Number, p.Since, p.Told, p.ToldAt, p.Lapse = telephony.Number{}, at, false, 0, lapseRow{}
	return p
}

// seen returns a number as it is at the reader's moment. Lost stays set where its
// person had lost it by then and that is not written down: neither is what its
// carrier was asked then.
func (r reader) seen(n numberRow) numberRow {
	if !n.isLost(r.now) {
		return n
	}
	left := n.left(n.Lost, r.known.of(n.Area).Country)
	left.Lost = n.Lost
	return left
}

// numberRow returns a number of the tenant.
func (r reader) numberRow(n telephony.Number) (numberRow, bool) {
	row, ok := r.tables.numbers.Get(r.rows, numberKey(r.tenant, n))
	return r.seen(row), ok
}

// numbersFrom yields the tenant's numbers whose words are from lo to hi, ascending.
func (r reader) numbersFrom(lo, hi uint64) iter.Seq[numberRow] {
	return func(yield func(numberRow) bool) {
		for row := range r.tables.numbers.Between(r.rows, accountKey(r.tenant).Uint64(lo), wordEnd(r.tenant, hi)) {
			if !yield(r.seen(row)) {
				return
			}
		}
	}
}

// personRow returns a person of the tenant.
func (r reader) personRow(id telephony.PersonID) (personRow, bool) {
	row, ok := r.tables.people.Get(r.rows, personKey(r.tenant, id))
	return row.seen(r.now), ok
}

// seen returns the person as they are at a moment.
func (p personRow) seen(now int64) personRow {
	if !p.isLost(now) {
		return p
	}
	return p.left(p.Lapse.Until)
}

// lostOn counts the numbers on a list of the tenant's that were lost by now, and
// are not written down as lost.
func (r reader) lostOn(l list) int64 { return r.atRiskOn(l, r.now) }

// atRiskOn counts the numbers on a list of the tenant's that are lost by a moment.
func (r reader) atRiskOn(l list, by int64) int64 {
	if r.graces.Len() == 0 {
		return 0 // as for most tenants
	}
	behind := r.graces.Rank(func(row graceRow) bool { return row.compareTo(r.tenant, l, by) <= 0 })
	return int64(behind - r.graces.Rank(func(row graceRow) bool { return row.compareTo(r.tenant, l, math.MinInt64) < 0 }))
}

// seenAccount returns the account of the reader's tenant with its counters as they
// are at the reader's moment.
func (r reader) seenAccount(a accountRow) accountRow {
	a.Use[telephony.UserNumber].Assigned -= r.lostOn(listOfRisk()) // people have no others
	a.Orphans -= r.lostOn(list{Kind: orphanList})
	return a
}

// seenTally returns a tally of the tenant's as it is at the reader's moment.
func (r reader) seenTally(t tallyRow) tallyRow {
	if t.Kind == telephony.UserNumber {
		lost := r.lostOn(listOfArea(t.Area))
		t.Counts[telephony.UserAssigned] -= lost
		t.Counts[telephony.Unassigned] += lost
	}
	return t
}

// seenLocation returns a location of the tenant's with its counters as they are at
// the reader's moment. What is counted by area stays: an address has to fit the area
// only where idle numbers have locations.
func (r reader) seenLocation(l locationRow) locationRow {
	lost := r.lostOn(listOfLocation(l.ID))
	if lost == 0 {
		return l
	}
	l.Assigned -= lost
	if locationWhen(r.countryOf(l)) == telephony.LocationAtAssignment {
		l.Numbers -= lost
	}
	return l
}

func (r reader) countryOf(l locationRow) telephony.Country {
	a, _ := r.tables.addresses.Get(r.rows, addressKey(l.Tenant, l.Address))
	return a.Record.Address.Country
}
