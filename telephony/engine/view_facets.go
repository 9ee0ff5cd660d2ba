package engine

import (
	"cmp"
	"slices"

	"example.com/callingplan/telephony"
)

// Facet is how many numbers have something in common.
type Facet[T any] struct {
	Of       T
	Numbers  int64
	Assigned int64 // of these, the ones that somebody has
}

// NumberFacets are a tenant's numbers, counted by what people look at. What
// nothing has is left out.
type NumberFacets struct {
	States    []Facet[telephony.NumberState]
	Kinds     []Facet[telephony.Kind]
	Countries []Facet[telephony.Country]
	Areas     []Facet[telephony.Area]
}

// NumberFacets counts the tenant's numbers by state, kind, country and area, each
// in order. The counters are kept with every change, so the cost grows with the
// areas and not with the numbers.
func (v *View) NumberFacets() NumberFacets {
	var f NumberFacets
	for row := range v.tables.tallies.Prefix(v.rows, accountKey(v.tenant)) {
		area := v.known.of(row.Area)
		for state, numbers := range v.seenTally(row).Counts {
			if numbers == 0 {
				continue
			}
			assigned := numbers
			if telephony.NumberState(state) == telephony.Unassigned {
				assigned = 0
			}
			f.States = counted(f.States, telephony.NumberState(state), numbers, assigned)
			f.Kinds = counted(f.Kinds, row.Kind, numbers, assigned)
			f.Countries = counted(f.Countries, area.Country, numbers, assigned)
			f.Areas = counted(f.Areas, area, numbers, assigned)
		}
	}
	sortFacets(f.States, cmp.Compare[telephony.NumberState])
	sortFacets(f.Kinds, cmp.Compare[telephony.Kind])
	sortFacets(f.Countries, cmp.Compare[telephony.Country])
	sortFacets(f.Areas, telephony.Area.Compare)
	return f
}

// counted adds to the facet of a value, the last one's as a rule.
func counted[T comparable](facets []Facet[T], of T, numbers, assigned int64) []Facet[T] {
	for i := len(facets) - 1; i >= 0; i-- {
		if facets[i].Of == of {
			facets[i].Numbers += numbers
			facets[i].Assigned += assigned
			return facets
		}
	}
	return append(facets, Facet[T]{of, numbers, assigned})
}

func sortFacets[T any](facets []Facet[T], compare func(a, b T) int) {
	slices.SortFunc(facets, func(a, b Facet[T]) int { return compare(a.Of, b.Of) })
}
