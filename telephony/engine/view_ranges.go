package engine

import (
	"iter"

	"example.com/callingplan/telephony"
)

// NumberRange is a run of the tenant's numbers, one behind the other, that are
// alike.
type NumberRange struct {
	Range telephony.Range
	State telephony.NumberState
	Kind  telephony.Kind
	Area  telephony.Area
}

// NumberRanges yields the tenant's numbers that match, folded into the fewest
// ranges of consecutive numbers that are alike in state, kind and area, ascending
// in the order of dialling. Skip and Top count numbers.
func (v *View) NumberRanges(q NumberQuery) iter.Seq[NumberRange] {
	q.Expand = false
	return func(yield func(NumberRange) bool) {
		var open NumberRange
		for n := range v.Numbers(q) {
			alike := open.State == n.State && open.Kind == n.Kind && open.Area == n.Area
			if longer, next := open.Range.With(n.Number); next && alike {
				open.Range = longer
				continue
			}
			if open.Range.Len() > 0 && !yield(open) {
				return
			}
			one, _ := telephony.Range{}.With(n.Number)
			open = NumberRange{one, n.State, n.Kind, n.Area}
		}
		if open.Range.Len() > 0 {
			yield(open)
		}
	}
}
