package licensing

import (
	"maps"
	"slices"
)

// Catalogue is reached through an interface.
type Catalogue struct{ Prices map[string]int }

func (c Catalogue) Names() []string {
	_ = slices.Sorted(maps.Keys(c.Prices))
	return slices.Collect(maps.Keys(c.Prices)) // want "maps.Keys, unsorted"
}
