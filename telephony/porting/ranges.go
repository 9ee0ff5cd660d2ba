package porting

import (
	"cmp"
	"iter"
	"log/slog"
	"slices"
	"strconv"

	"example.com/callingplan/telephony"
)

// Ranges are numbers as ranges, single ones as ranges of one. They mask
// themselves where they are printed or logged, which a plain slice cannot.
type Ranges []telephony.Range

// RangesOf returns the numbers as ranges, folded and in order. What is no number
// is an empty range, which CheckRequest refuses.
func RangesOf(numbers ...telephony.Number) Ranges {
	singles := make(Ranges, len(numbers))
	for i, n := range numbers {
		singles[i], _ = telephony.NewRange(n, 1)
	}
	return singles.folded()
}

// Count returns how many numbers there are.
func (rs Ranges) Count() int {
	n := 0
	for _, r := range rs {
		n += r.Len()
	}
	return n
}

// All yields the numbers, range by range.
func (rs Ranges) All() iter.Seq[telephony.Number] {
	return func(yield func(telephony.Number) bool) {
		for _, r := range rs {
			for n := range r.All() {
				if !yield(n) {
					return
				}
			}
		}
	}
}

// Contains reports whether n is one of the numbers.
func (rs Ranges) Contains(n telephony.Number) bool {
	return slices.ContainsFunc(rs, func(r telephony.Range) bool { return r.Contains(n) })
}

// String masks the numbers.
func (rs Ranges) String() string {
	i := slices.IndexFunc(rs, func(r telephony.Range) bool { return r.Len() > 0 })
	if i < 0 {
		return "no numbers"
	}
	first := rs[i].First().Masked()
	if count := rs.Count(); count > 1 {
		return strconv.Itoa(count) + " numbers from " + first
	}
	return "number " + first
}

// GoString is what %#v prints: the masked form.
func (rs Ranges) GoString() string { return "porting.Ranges{" + rs.String() + "}" }

// LogValue masks the numbers in structured logs.
func (rs Ranges) LogValue() slog.Value { return slog.StringValue(rs.String()) }

// sorted returns the ranges in memory of their own, those of shorter numbers
// first and else as the numbers go up.
func (rs Ranges) sorted() Ranges {
	own := slices.Clone(rs)
	slices.SortFunc(own, func(a, b telephony.Range) int {
		return cmp.Or(compareNumbers(a.First(), b.First()), cmp.Compare(a.Len(), b.Len()))
	})
	return own
}

// compareNumbers orders numbers in the way of an order: shorter ones first.
func compareNumbers(a, b telephony.Number) int {
	return cmp.Or(cmp.Compare(a.Len(), b.Len()), a.Compare(b))
}

// folded returns the ranges in order, joined where one goes on where another
// ends. Numbers that are there twice stay so.
func (rs Ranges) folded() Ranges {
	sorted := rs.sorted()
	var out Ranges
	for _, r := range sorted {
		if len(out) > 0 {
			if joined, ok := joinRanges(out[len(out)-1], r); ok {
				out[len(out)-1] = joined
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

// joinRanges makes one range of two if b goes on where a ends.
func joinRanges(a, b telephony.Range) (telephony.Range, bool) {
	if steps, ok := b.First().Sub(a.Last()); !ok || steps != 1 {
		return telephony.Range{}, false
	}
	joined, err := telephony.NewRange(a.First(), a.Len()+b.Len())
	return joined, err == nil
}

// twice returns the first number of each stretch that sorted ranges have twice.
func (rs Ranges) twice() telephony.NumberList {
	var list telephony.NumberList
	var reach telephony.Range // of those so far, the one that goes furthest
	for _, r := range rs {
		if again := reach.Overlap(r); again.Len() > 0 {
			list = append(list, again.First())
		}
		if reach.First().Len() != r.First().Len() || reach.Last().Compare(r.Last()) < 0 {
			reach = r
		}
	}
	return slices.Compact(list)
}

// begins returns the first number of each range that is wanted.
func (rs Ranges) begins(wanted func(telephony.Range) bool) telephony.NumberList {
	var list telephony.NumberList
	for _, r := range rs {
		if r.Len() > 0 && wanted(r) {
			list = append(list, r.First())
		}
	}
	return list
}
