package reservation

import (
	"iter"
	"math/bits"
	"strconv"
	"strings"

	"example.com/callingplan/telephony"
)

// BlockSize is how many numbers a thousands-block has.
const BlockSize = telephony.BlockSize

// Bits is a set of numbers of one thousands-block: number i of the block, 0 to
// 999, is in the set if bit i is. The bits past 999 are always zero. The zero
// value is the empty set. Bits are comparable with ==.
//
// Methods that ask take the set by value, those that change it by pointer.
// Offsets outside 0 to 999 are in no set: to ask for one gives false and to set
// or clear one does nothing.
type Bits [16]uint64

const (
	wordBits = 64
	lastWord = BlockSize / wordBits
	lastMask = 1<<(BlockSize%wordBits) - 1
)

// FullBits returns the set of all 1,000 numbers.
func FullBits() Bits {
	var b Bits
	b.SetRange(0, BlockSize-1)
	return b
}

// BitsBetween returns the set of the numbers from first to last, both included.
// Bounds outside the block are cut to it.
func BitsBetween(first, last int) Bits {
	var b Bits
	b.SetRange(first, last)
	return b
}

// BitsOf returns the set of the given offsets.
func BitsOf(offsets ...int) Bits {
	var b Bits
	for _, i := range offsets {
		b.Set(i)
	}
	return b
}

// IsValid reports whether the bits past 999 are zero, as they are in every set
// that these methods make. It is for sets read from outside.
func (b Bits) IsValid() bool { return b[lastWord]&^lastMask == 0 }

// Has reports whether i is in the set.
func (b Bits) Has(i int) bool {
	return inBlock(i) && b[i/wordBits]>>(i%wordBits)&1 != 0
}

// Set puts i into the set.
func (b *Bits) Set(i int) {
	if inBlock(i) {
		b[i/wordBits] |= 1 << (i % wordBits)
	}
}

// Clear takes i out of the set.
func (b *Bits) Clear(i int) {
	if inBlock(i) {
		b[i/wordBits] &^= 1 << (i % wordBits)
	}
}

// SetRange puts the numbers from first to last, both included, into the set.
func (b *Bits) SetRange(first, last int) {
	first, last = max(first, 0), min(last, BlockSize-1)
	if first > last {
		return
	}
	for w := first / wordBits; w <= last/wordBits; w++ {
		mask := ^uint64(0)
		if w == first/wordBits {
			mask &= ^uint64(0) << (first % wordBits)
		}
		if w == last/wordBits {
			mask &= ^uint64(0) >> (wordBits - 1 - last%wordBits)
		}
		b[w] |= mask
	}
}

// Count returns how many numbers are in the set.
func (b Bits) Count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// IsEmpty reports whether nothing is in the set.
func (b Bits) IsEmpty() bool { return b == Bits{} }

// First returns the lowest offset in the set that is not below from, or -1.
func (b Bits) First(from int) int { return seek(&b, max(from, 0), 0) }

// And returns what is in both sets.
func (b Bits) And(other Bits) Bits {
	for w := range b {
		b[w] &= other[w]
	}
	return b
}

// AndNot returns what is in b and not in other.
func (b Bits) AndNot(other Bits) Bits {
	for w := range b {
		b[w] &^= other[w]
	}
	return b
}

// Or returns what is in either set.
func (b Bits) Or(other Bits) Bits {
	for w := range b {
		b[w] |= other[w]
	}
	return b
}

// Lowest returns the n lowest of the set, or all of it where it has fewer.
func (b Bits) Lowest(n int) Bits {
	var low Bits
	for w := 0; w < len(b) && n > 0; w++ {
		low[w] = b[w]
		n -= bits.OnesCount64(b[w])
		for ; n < 0; n++ { // took too many: give the highest back
			low[w] &^= 1 << (bits.Len64(low[w]) - 1)
		}
	}
	return low
}

// All yields the offsets in the set in ascending order.
func (b Bits) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for w, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(w*wordBits + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// seek returns the lowest offset of the block, not below from, that is in the
// set or, with all ones to flip, that is not; -1 where there is none.
func seek(b *Bits, from int, flip uint64) int {
	if from >= BlockSize {
		return -1
	}
	w := from / wordBits
	word := (b[w] ^ flip) &^ (1<<(from%wordBits) - 1)
	for word == 0 {
		if w++; w == len(b) {
			return -1
		}
		word = b[w] ^ flip
	}
	if i := w*wordBits + bits.TrailingZeros64(word); i < BlockSize {
		return i
	}
	return -1
}

func inBlock(i int) bool { return uint(i) < BlockSize }

// MarshalText writes the set as runs of offsets, "0-99,105,200-999"; the empty
// set is empty text.
func (b Bits) MarshalText() ([]byte, error) {
	var text []byte
	for first, length := range b.Runs() {
		if len(text) > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, int64(first), 10)
		if length > 1 {
			text = strconv.AppendInt(append(text, '-'), int64(first+length-1), 10)
		}
	}
	return text, nil
}

// UnmarshalText reads what MarshalText writes. Its error is ErrBlockOffset.
func (b *Bits) UnmarshalText(text []byte) error {
	var read Bits
	next := 0
	for run := range strings.SplitSeq(string(text), ",") {
		if len(text) == 0 {
			break
		}
		from, to, two := strings.Cut(run, "-")
		if !two {
			to = from
		}
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || first < next || last < first || last >= BlockSize {
			return &telephony.Error{Code: ErrBlockOffset, Detail: "a set is runs of offsets from 0 to 999, ascending"}
		}
		read.SetRange(first, last)
		next = last + 1
	}
	*b = read
	return nil
}
