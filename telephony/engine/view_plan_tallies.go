package engine

import "example.com/callingplan/telephony"

// isUsed reports whether the query asks for numbers that somebody has. Of those that
// nobody has the tallies may not know yet.
func (q NumberQuery) isUsed() bool { return q.Assigned || q.State > telephony.Unassigned }

// used returns how many of the numbers of a tally may be in a state that the query
// asks for.
func (q NumberQuery) used(t tallyRow) (count int64) {
	for state, n := range t.Counts {
		switch is := telephony.NumberState(state); {
		case q.State > telephony.Unassigned && is != q.State, q.Assigned && !is.IsAssigned():
		default:
			count += n
		}
	}
	return count
}

// planTallies considers what is known of areas, kinds and states by the tallies: the
// lists of the areas in which there is anything of what is asked for, and those of
// kinds and of states.
func (v *View) planTallies(q NumberQuery, consider func(numberPlan)) {
	var count struct{ area, asked, kind, state int64 }
	p := numberPlan{QueryPlan: QueryPlan{By: ByArea}}
	last := uint32(0)
	next := func(area uint32) {
		if count.asked > 0 {
			p.lists = append(p.lists, listOfArea(last))
			p.Most += count.area
		}
		last, count.area, count.asked = area, 0, 0
	}
	for row := range v.tables.tallies.Prefix(v.rows, accountKey(v.tenant)) {
		if row.Area != last { // the tallies of an area, one for each kind, follow each other
			next(row.Area)
		}
		numbers, used := NumberQuery{}.used(row), q.used(row)
		count.area += numbers
		count.state += used
		if row.Kind == q.Kind {
			count.kind += numbers
		}
		if (q.Kind == 0 || row.Kind == q.Kind) && v.matchesArea(q, row.Area) {
			count.asked += used
		}
	}
	next(0)
	consider(p)
	if q.Kind != 0 && q.Kind != telephony.UserNumber {
		consider(numberPlan{QueryPlan: QueryPlan{By: ByKind, Most: count.kind}, lists: []list{listOfKind(q.Kind)}})
	}
	if q.State > telephony.UserAssigned {
		consider(numberPlan{QueryPlan: QueryPlan{By: ByState, Most: count.state}, lists: []list{listOfUse(q.State)}})
	}
}
