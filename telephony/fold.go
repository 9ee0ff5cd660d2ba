package telephony

import "slices"

// Fold returns the numbers, in any order, as ranges in ascending order: as few
// as give, one after the other, the ascending list. A number listed twice counts
// once and the zero Number is left out. [Unfold] is the way back.
//
// Where numbers of two lengths begin with the same digits, those of one stand
// between those of the other in ascending order, and break up their ranges.
func Fold(numbers NumberList) []Range {
	sorted := slices.Clone(numbers)
	slices.SortFunc(sorted, Number.Compare)
	var ranges []Range
	for _, n := range slices.Compact(sorted) {
		if !n.IsValid() {
			continue
		}
		if last := len(ranges) - 1; last >= 0 {
			if longer, ok := ranges[last].With(n); ok {
				ranges[last] = longer
				continue
			}
		}
		ranges = append(ranges, Range{n, 1})
	}
	return ranges
}

// With returns the range with n behind its last number, and whether n is the
// next one and the range has room for it. The empty range takes any number.
func (r Range) With(n Number) (Range, bool) {
	if r.count == 0 {
		one, err := NewRange(n, 1)
		return one, err == nil
	}
	next, ok := r.first.Add(r.count)
	if !ok || next != n || r.count >= MaxRange {
		return r, false
	}
	r.count++
	return r, true
}

// Unfold returns the numbers of the ranges, one range after the other.
func Unfold(ranges []Range) NumberList {
	total := 0
	for _, r := range ranges {
		total += r.count
	}
	numbers := make(NumberList, 0, total)
	for _, r := range ranges {
		numbers = slices.AppendSeq(numbers, r.All())
	}
	return numbers
}
