package engine

import (
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// wish is what a command wants to hold, and from where.
type wish struct {
	reservation.Choice
	area    telephony.Area // the zero Area for anywhere
	kind    telephony.Kind
	without mask // numbers the tenant gave up, if it wants none of them
}

// isAny reports whether any numbers will do, the lowest there are.
func (w *wish) isAny() bool { return len(w.without) == 0 && w.IsAny() }

// mask is numbers that are not to be had, by block, ascending.
type mask []reservation.Pick

func maskOf(numbers telephony.NumberList) mask {
	sorted := slices.Clone(numbers)
	slices.SortFunc(sorted, telephony.Number.Compare) // a block's numbers side by side
	return reservation.ByBlock(sorted)
}

// of returns the numbers of a block that are on the mask.
func (m mask) of(base telephony.Number) reservation.Bits {
	at, found := slices.BinarySearchFunc(m, base, func(p reservation.Pick, base telephony.Number) int { return p.Base.Compare(base) })
	if !found {
		return reservation.Bits{}
	}
	return m[at].Taken
}

// off returns a block with the numbers on the mask not free.
func (m mask) off(b reservation.Block) reservation.Block {
	if len(m) > 0 {
		b.Free = b.Free.AndNot(m.of(b.Base))
	}
	return b
}

func (m mask) has(n telephony.Number) bool {
	base, offset := n.Block()
	return m.of(base).Has(offset)
}
