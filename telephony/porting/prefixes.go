package porting

import (
	"slices"
	"sync"

	"example.com/callingplan/telephony"
)

const (
	northAmerica       telephony.CallingCode = 1
	unitedKingdom      telephony.CallingCode = 44
	universalFreephone telephony.CallingCode = 800 // UIFN, universal international freephone numbers
)

// tollFree are the toll-free codes of North America [port]; 833 was assigned
// after that page was written.
var tollFree = prefixes("1800", "1833", "1844", "1855", "1866", "1877", "1888")

// sharedCost are the codes of the United Kingdom whose numbers cannot be ported
// [port]: 0843, 0844, 0845, 0870, 0871 and 0872.
var sharedCost = prefixes("44843", "44844", "44845", "44870", "44871", "44872")

func prefixes(digits ...string) func() []telephony.Prefix {
	return sync.OnceValue(func() []telephony.Prefix {
		list := make([]telephony.Prefix, len(digits))
		for i, d := range digits {
			list[i] = telephony.MustParsePrefix(d)
		}
		return list
	})
}

// anyIn reports whether a number of the range begins with one of the prefixes.
func anyIn(r telephony.Range, of []telephony.Prefix) bool {
	return slices.ContainsFunc(of, func(p telephony.Prefix) bool {
		low, high := p.Words()
		return r.First().Word() <= high && low <= r.Last().Word()
	})
}

// allIn reports whether all numbers of the range begin with one of the prefixes.
func allIn(r telephony.Range, of []telephony.Prefix) bool {
	return slices.ContainsFunc(of, func(p telephony.Prefix) bool {
		return p.Contains(r.First()) && p.Contains(r.Last())
	})
}
