package engine

import (
	"iter"
	"slices"

	"example.com/callingplan/telephony"
)

// gatheredCost is what a person costs whom a list leads to, beside one of a range:
// the number and the person are looked up, and the people put in order. That is done
// for each page anew, with all who are on the lists.
const gatheredCost = 4

// mostGathered is how many are gathered: as many as cost what a page looks at.
const mostGathered = MaxScan / gatheredCost

// ExplainPeople says how a query of people is answered: by the numbers at a
// location or an address, of people who are gone, or the people at risk, where these
// are few, else by all people in order. Where a counter says that there are none,
// nothing is read.
func (v *View) ExplainPeople(q PersonQuery) QueryPlan {
	if q.Check() != nil {
		return QueryPlan{By: ByNothing}
	}
	plan := v.planPeople(q).QueryPlan
	served := map[Access][]string{ByLocation: {"location"}, ByAddress: {"address"}, ByOrphans: {"vanished", "assigned"}, ByRisk: {"at risk", "assigned"}}[plan.By]
	for _, field := range q.fields() {
		if !slices.Contains(served, field) {
			plan.Asked = append(plan.Asked, field)
		}
	}
	return plan
}

func (v *View) planPeople(q PersonQuery) numberPlan {
	best := numberPlan{QueryPlan: QueryPlan{By: ByRange, Most: v.account.People}}
	least := best.Most
	consider := func(p numberPlan) {
		if p.Lists = len(p.lists); p.Lists <= mostLists && p.Most <= mostGathered && p.Most*gatheredCost < least {
			best, least = p, p.Most*gatheredCost
		}
	}
	if q.Location != "" {
		consider(v.planLocation(q.Location))
	}
	if q.Address != "" {
		consider(v.planAddress(q.Address))
	}
	v.planGone(q, consider)
	return best
}

// planGone considers what serves queries of people who are gone, or at risk, and of
// those who have a number or none where that is nobody.
func (v *View) planGone(q PersonQuery, consider func(numberPlan)) {
	assigned := v.account.Use[telephony.UserNumber].Assigned
	if q.Vanished && v.account.Vanished == 0 || q.Assigned && assigned == 0 || q.Unassigned && assigned == v.account.People {
		consider(numberPlan{QueryPlan: QueryPlan{By: ByNothing}})
	}
	if q.Vanished && q.Assigned {
		consider(numberPlan{QueryPlan: QueryPlan{By: ByOrphans, Most: v.lengthOf(list{Kind: orphanList})}, lists: []list{{Kind: orphanList}}})
	}
	if q.AtRisk {
		consider(numberPlan{QueryPlan: QueryPlan{By: ByRisk, Most: v.atRiskOn(listOfRisk(), endOfTime)}, lists: []list{listOfRisk()}})
	}
}

// peopleRows yields the people behind one whom a plan reads; not all of them match.
func (v *View) peopleRows(plan numberPlan, last telephony.PersonID) iter.Seq[personRow] {
	return func(yield func(personRow) bool) {
		if plan.By == ByRange {
			from := accountKey(v.tenant)
			if last != "" {
				from = personKey(v.tenant, last).Next()
			}
			for row := range v.tables.people.Between(v.rows, from, accountKey(v.tenant).PrefixEnd()) {
				if !yield(row.seen(v.now)) {
					return
				}
			}
			return
		}
		for _, id := range v.gatheredPeople(plan, last) {
			if row, ok := v.personRow(id); ok && !yield(row) {
				return
			}
		}
	}
}

// gatheredPeople returns the people whom a plan leads to, behind one, ascending.
func (v *View) gatheredPeople(plan numberPlan, last telephony.PersonID) []telephony.PersonID {
	var people []telephony.PersonID
	lo, hi := telephony.Prefix{}.Words() // all there are
	for n := range v.onLists(plan.lists, lo, hi) {
		if row, _ := v.numberRow(n); row.Person > last { // nobody's where it was lost by now
			people = append(people, row.Person)
		}
	}
	slices.Sort(people)
	return people
}

// fields returns the names of the fields that are set, in order, beside those that
// say how many are given.
func (q PersonQuery) fields() (names []string) {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"assigned", q.Assigned}, {"unassigned", q.Unassigned}, {"pending", q.Pending}, {"visible", q.Visible},
		{"vanished", q.Vanished}, {"at risk", q.AtRisk}, {"country", q.Country != ""}, {"licence", q.Licence != ""},
		{"location", q.Location != ""}, {"address", q.Address != ""}, {"text", q.Text != ""},
	} {
		if f.set {
			names = append(names, f.name)
		}
	}
	return names
}
