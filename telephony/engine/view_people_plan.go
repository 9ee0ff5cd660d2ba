package engine

import (
	"iter"
	"slices"

	"example.com/callingplan/telephony"
)

// gatheredCost is what a person costs whom a list of numbers leads to, beside one
// of a range: the number and the person are looked up, and the people put in order.
const gatheredCost = 4

// ExplainPeople says how a query of people is answered: by the numbers at a
// location or an address where these are few, else by all people in order.
func (v *View) ExplainPeople(q PersonQuery) QueryPlan {
	plan := v.planPeople(q).QueryPlan
	served := map[Access][]string{ByLocation: {"location"}, ByAddress: {"address"}}[plan.By]
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
		if p.Lists = len(p.lists); p.Lists <= mostLists && p.Most*gatheredCost < least {
			best, least = p, p.Most*gatheredCost
		}
	}
	if q.Location != "" {
		consider(v.planLocation(q.Location))
	}
	if q.Address != "" {
		consider(v.planAddress(q.Address))
	}
	return best
}

// peopleRows yields the people behind one whom the best plan reads; not all of them
// match.
func (v *View) peopleRows(q PersonQuery, last telephony.PersonID) iter.Seq[personRow] {
	return func(yield func(personRow) bool) {
		plan := v.planPeople(q)
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
		for _, id := range v.peopleOnLists(plan, last) {
			if row, ok := v.personRow(id); ok && !yield(row) {
				return
			}
		}
	}
}

// peopleOnLists returns who has the numbers that a plan reads, behind a person,
// ascending.
func (v *View) peopleOnLists(plan numberPlan, last telephony.PersonID) (people []telephony.PersonID) {
	lo, hi := telephony.Prefix{}.Words() // all there are
	for n := range v.planned(plan, lo, hi) {
		if n.Person > last {
			people = append(people, n.Person)
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
