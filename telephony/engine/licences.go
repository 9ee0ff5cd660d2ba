package engine

import (
	"slices"
	"strings"

	"example.com/callingplan/licensing"
)

// The licences of an account are a list by product, ascending, that is never
// written to: these functions return changed copies.

func findHolding(owned []licensing.Holding, p licensing.Product) (int, bool) {
	return slices.BinarySearchFunc(owned, p, func(h licensing.Holding, p licensing.Product) int {
		return strings.Compare(string(h.Product), string(p))
	})
}

func holdingOf(owned []licensing.Holding, p licensing.Product) licensing.Holding {
	if i, ok := findHolding(owned, p); ok {
		return owned[i]
	}
	return licensing.Holding{Product: p}
}

// withBought returns the list with so many licences more, or fewer where more
// is negative. A product of which none is left leaves the list.
func withBought(owned []licensing.Holding, p licensing.Product, more int64) []licensing.Holding {
	h := holdingOf(owned, p)
	h.Bought += more
	return withHolding(owned, h)
}

// withAssigned returns the list with so many licences more that people hold.
func withAssigned(owned []licensing.Holding, p licensing.Product, more int64) []licensing.Holding {
	h := holdingOf(owned, p)
	h.Assigned += more
	return withHolding(owned, h)
}

func withHolding(owned []licensing.Holding, h licensing.Holding) []licensing.Holding {
	changed := slices.Clone(owned)
	i, ok := findHolding(changed, h.Product)
	switch {
	case ok && h.Bought == 0:
		return slices.Delete(changed, i, i+1)
	case ok:
		changed[i] = h
		return changed
	}
	return slices.Insert(changed, i, h)
}
