package engine

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// MaxScan is how many rows one page of a query looks at.
const MaxScan = 10_000

// QueryPlan says how a query is answered: what is read, and what each row that is
// read is then held to. Pages stop at MaxScan rows, wherever they are, and go on
// from there.
type QueryPlan struct {
	By    Access // what is read
	Lists int    // of how many lists, merged; 0 where it is no list
	// Most is how many rows are read at most, all pages together; of people, who are
	// put in order, by each page where it is no range.
	Most  int64
	Asked []string // the fields of the query that each row is held to
}

// Access is what a query reads.
type Access string

// What queries of numbers and of people read, the best first where two read as many
// rows.
const (
	ByNumber   Access = "number"   // one number
	ByPerson   Access = "person"   // the number of one person
	ByLocation Access = "location" // the list of a location
	ByAddress  Access = "address"  // the lists of an address's locations
	ByIdle     Access = "idle"     // the list of the numbers that nobody has
	ByArea     Access = "area"     // the lists of areas, those in which there is what is asked for
	ByKind     Access = "kind"     // the list of a kind that services have
	ByState    Access = "state"    // the list of what services of one sort have
	ByPorted   Access = "ported"   // the list of the numbers that were ported in
	ByService  Access = "service"  // the list of a service
	ByOrphans  Access = "orphans"  // the list of the numbers of people who are gone
	ByTag      Access = "tag"      // the list of a tag
	ByWaiting  Access = "waiting"  // the list of the numbers whose carrier has not done what it was asked
	ByMarks    Access = "marks"    // the numbers of which something is set
	ByRange    Access = "range"    // all numbers between two
	ByRisk     Access = "risk"     // the people at risk of losing their number
	ByNothing  Access = "nothing"  // nothing: a counter, or the query itself, says that there is none
)

// String says it in words, such as "reads up to 12 by location, then asks kind".
func (p QueryPlan) String() string {
	text := fmt.Sprintf("reads up to %d by %s", p.Most, p.By)
	if p.Lists > 1 {
		text += fmt.Sprintf(", of %d lists", p.Lists)
	}
	if len(p.Asked) > 0 {
		text += ", then asks " + strings.Join(p.Asked, ", ")
	}
	return text
}

// mostLists is how many lists are merged. A query that would need more reads the
// numbers themselves.
const mostLists = 64

// ExplainNumbers says how a query of numbers is answered. Its cost grows with the
// areas in which the tenant has numbers and the locations of the address asked
// for, not with the numbers.
func (v *View) ExplainNumbers(q NumberQuery) QueryPlan {
	if q.Check() != nil {
		return QueryPlan{By: ByNothing}
	}
	plan := v.planNumbers(q).QueryPlan
	served := map[Access][]string{ByNumber: {"number"}, ByPerson: {"person"}, ByLocation: {"location"},
		ByAddress: {"address"}, ByIdle: {"unassigned", "state"}, ByArea: {"country", "region", "city"},
		ByService: {"service"}, ByOrphans: {"orphaned"}, ByTag: {"tag"}, ByKind: {"kind"}, ByState: {"state", "assigned"}, ByPorted: {"ported"}}[plan.By]
	for _, field := range q.fields() {
		if !slices.Contains(served, field) && !slices.Contains(bounding, field) {
			plan.Asked = append(plan.Asked, field)
		}
	}
	return plan
}

// bounding are the fields that bound the numbers that are read, in whatever way.
var bounding = []string{"number", "prefix", "above", "below"}

// numberPlan is a plan with what it reads.
type numberPlan struct {
	QueryPlan
	lists []list
	one   telephony.Number
}

// A row that a list leads to costs about as much as two of a range.
const listedCost = 2

// planNumbers chooses what costs least. What a range has between its bounds is not
// known beforehand, so a range counts as all.
func (v *View) planNumbers(q NumberQuery) numberPlan {
	best := numberPlan{QueryPlan: QueryPlan{By: ByRange}}
	for _, u := range v.account.Use {
		best.Most += u.Acquired
	}
	least := best.Most
	consider := func(p numberPlan) {
		if p.Lists = len(p.lists); p.Lists <= mostLists && p.Most*listedCost < least {
			best, least = p, p.Most*listedCost
		}
	}
	if q.Number.IsValid() {
		return numberPlan{QueryPlan: QueryPlan{By: ByNumber, Most: 1}, one: q.Number}
	}
	if q.Person != "" {
		p, _ := v.personRow(q.Person)
		return numberPlan{QueryPlan: QueryPlan{By: ByPerson, Most: 1}, one: p.Number}
	}
	if q.Location != "" {
		consider(v.planLocation(q.Location))
	}
	if q.Address != "" {
		consider(v.planAddress(q.Address))
	}
	if q.Unassigned || q.State == telephony.Unassigned {
		consider(v.planIdle())
	}
	if q.Orphaned {
		consider(numberPlan{QueryPlan: QueryPlan{By: ByOrphans, Most: v.lengthOf(list{Kind: orphanList})}, lists: []list{{Kind: orphanList}}})
	}
	if q.Service != "" {
		row, _ := v.tables.services.Get(v.rows, serviceKey(v.tenant, q.Service))
		consider(numberPlan{QueryPlan: QueryPlan{By: ByService, Most: row.Numbers}, lists: []list{listOfService(q.Service)}})
	}
	v.planMarks(q, consider)
	if q.Ported {
		p := numberPlan{QueryPlan: QueryPlan{By: ByPorted}, lists: []list{{Kind: portedList}}}
		for _, u := range v.account.Use {
			p.Most += u.Ported
		}
		consider(p)
	}
	if q.asksArea() || q.Kind != 0 || q.isUsed() {
		v.planTallies(q, consider)
	}
	return best
}

// planMarks considers what is served by what is set of numbers. Failed assignments
// are no part of it: an address outside the area fails a number too.
func (v *View) planMarks(q NumberQuery, consider func(numberPlan)) {
	if q.Tag != "" {
		row, _ := v.tables.tags.Get(v.rows, tagKey(v.tenant, q.Tag))
		consider(numberPlan{QueryPlan: QueryPlan{By: ByTag, Most: row.Numbers}, lists: []list{listOfTag(q.Tag)}})
	}
	if q.Activation > telephony.Activated && q.Activation != telephony.AssignmentFailed {
		consider(numberPlan{QueryPlan: QueryPlan{By: ByWaiting, Most: v.lengthOf(list{Kind: waitingList})}, lists: []list{{Kind: waitingList}}})
	}
	if q.Blocked || q.ReverseLookup || q.Description != "" {
		consider(numberPlan{QueryPlan: QueryPlan{By: ByMarks, Most: v.account.Marked}})
	}
}

func (v *View) planLocation(id telephony.LocationID) numberPlan {
	l, _ := v.tables.locations.Get(v.rows, locationKey(v.tenant, id))
	return numberPlan{QueryPlan: QueryPlan{By: ByLocation, Most: l.Numbers}, lists: []list{listOfLocation(id)}}
}

func (v *View) planAddress(id telephony.AddressID) numberPlan {
	p := numberPlan{QueryPlan: QueryPlan{By: ByAddress}}
	for l := range v.tables.byAddress.Prefix(v.rows, locationsKey(v.tenant, id)) {
		if l.Numbers > 0 {
			p.lists = append(p.lists, listOfLocation(l.ID))
			p.Most += l.Numbers
		}
	}
	return p
}

// planIdle reads the numbers at risk too where people have lost some of them by now:
// these are on the list once that is written down.
func (v *View) planIdle() numberPlan {
	p := numberPlan{QueryPlan: QueryPlan{By: ByIdle}, lists: []list{listOfIdle()}}
	for _, u := range v.account.Use {
		p.Most += u.Acquired - u.Assigned
	}
	if lost := v.lostOn(listOfRisk()); lost > 0 {
		p.lists = append(p.lists, listOfRisk())
		p.Most += v.atRiskOn(listOfRisk(), endOfTime) - lost
	}
	return p
}

// planned yields the rows that the plan reads, from one word to another,
// ascending.
func (v *View) planned(p numberPlan, lo, hi uint64) iter.Seq[numberRow] {
	return func(yield func(numberRow) bool) {
		switch p.By {
		case ByNumber, ByPerson:
			row, ok := v.numberRow(p.one)
			if word := p.one.Word(); ok && lo <= word && word <= hi {
				yield(row)
			}
		case ByMarks:
			for m := range v.tables.marks.Between(v.rows, accountKey(v.tenant).Uint64(lo), wordEnd(v.tenant, hi)) {
				if row, _ := v.numberRow(m.Number); !yield(row) {
					return
				}
			}
		case ByRange:
			v.numbersFrom(lo, hi)(yield)
		default:
			for n := range v.onLists(p.lists, lo, hi) {
				row, ok := v.numberRow(n)
				if !ok {
					panic("engine: a list leads to a number that the tenant does not have")
				}
				if !yield(row) {
					return
				}
			}
		}
	}
}

// wordEnd returns the key behind the numbers of a tenant whose words are up to hi.
func wordEnd(tenant uint32, hi uint64) []byte {
	return accountKey(tenant).Uint64(hi).PrefixEnd()
}

// onLists yields the numbers of several lists of which no two share one,
// ascending.
func (r reader) onLists(lists []list, lo, hi uint64) iter.Seq[telephony.Number] {
	if len(lists) == 1 {
		return r.onList(lists[0], lo, hi)
	}
	return func(yield func(telephony.Number) bool) {
		type head struct {
			next telephony.Number
			pull func() (telephony.Number, bool)
		}
		var heads []head
		for _, l := range lists {
			pull, stop := iter.Pull(r.onList(l, lo, hi))
			defer stop()
			if n, ok := pull(); ok {
				heads = append(heads, head{n, pull})
			}
		}
		for len(heads) > 0 {
			least := 0
			for i := range heads {
				if heads[i].next.Compare(heads[least].next) < 0 {
					least = i
				}
			}
			if !yield(heads[least].next) {
				return
			}
			n, ok := heads[least].pull()
			if heads[least].next = n; !ok {
				heads = slices.Delete(heads, least, least+1)
			}
		}
	}
}
