package reservation

import (
	"iter"
	"math/bits"
)

// Runs yields the runs of consecutive offsets in ascending order, none touching
// the next: the first offset of each and how many there are.
func (b Bits) Runs() iter.Seq2[int, int] {
	return func(yield func(first, length int) bool) {
		for first := seek(&b, 0, 0); first >= 0; {
			end := seek(&b, first, ^uint64(0))
			if end < 0 {
				end = BlockSize
			}
			if !yield(first, end-first) {
				return
			}
			first = seek(&b, end, 0)
		}
	}
}

// HasRun reports whether n consecutive offsets, or one if n is less, are in the set, in a time that
// does not depend on how broken up the set is.
func (b Bits) HasRun(n int) bool {
	// A bit stays while it and the have-1 above it are in the set.
	for have := 1; have < n; {
		step := min(have, n-have)
		b.narrow(step)
		have += step
	}
	return !b.IsEmpty()
}

// narrow leaves the offsets in the set whose neighbour n above is in it too.
func (b *Bits) narrow(n int) {
	words, rest := n/wordBits, n%wordBits
	for w := range b {
		var above uint64
		if w+words < len(b) {
			above = b[w+words] >> rest
		}
		if w+words+1 < len(b) {
			above |= b[w+words+1] << (wordBits - rest)
		}
		b[w] &= above
	}
}

// edges returns the run that begins at 0 and the run that ends at 999, where
// there are such.
func (b Bits) edges() Bits {
	gaps := FullBits().AndNot(b)
	first := gaps.First(0)
	if first < 0 {
		return b
	}
	w := lastWord
	for gaps[w] == 0 {
		w--
	}
	last := w*wordBits + bits.Len64(gaps[w]) - 1
	return b.And(BitsBetween(0, first).Or(BitsBetween(last, BlockSize-1)))
}
