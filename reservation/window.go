package reservation

import (
	"slices"
	"strconv"

	"example.com/callingplan/telephony"
)

// CutBlocks returns the bases, ascending, of the blocks in which only some of
// the numbers begin with p and which stand before p.Words(). Of each length of
// number of which p leaves less than three digits open there is one, so there
// are at most three. All other blocks with numbers that begin with p have bases
// between p.Words().
func CutBlocks(p telephony.Prefix) []telephony.Number {
	var cut []telephony.Number
	lo, _ := p.Words()
	longest := min(p.Len()+2, telephony.MaxDigits)
	for length := max(p.Len(), telephony.MinDigits); length <= longest; length++ {
		thousands := p.String()[1 : 1+length-3]
		value, err := strconv.ParseUint(thousands+"000", 10, 64)
		if err != nil {
			continue
		}
		if base, err := telephony.NumberFromDigits(value); err == nil && base.Word() < lo {
			cut = append(cut, base)
		}
	}
	return cut
}

// window is what a prefix and a list of numbers to leave out leave of the blocks.
type window struct {
	prefix  telephony.Prefix
	lo, hi  uint64 // the words between which its numbers lie
	all     bool   // no prefix
	exclude []Pick
}

func newWindow(p telephony.Prefix, exclude telephony.NumberList) window {
	lo, hi := p.Words()
	return window{prefix: p, lo: lo, hi: hi, all: p.IsZero(), exclude: ByBlock(ascending(exclude))} // in order, so that a block's make one pick at once
}

// endsBefore reports whether neither the block nor any after it can match.
func (w *window) endsBefore(base telephony.Number) bool { return base.Word() > w.hi }

// of returns the free numbers of b that match.
func (w *window) of(b *Block) Bits {
	free := w.notExcluded(b)
	if w.all {
		return free
	}
	last, _ := b.Base.Add(BlockSize - 1)
	if last.Word() < w.lo {
		return Bits{}
	}
	if w.prefix.Contains(b.Base) && w.prefix.Contains(last) {
		return free
	}
	// The prefix goes into the last three digits: at most one block of each
	// length of number comes here.
	match := free
	for offset := range free.All() {
		if n, _ := b.Base.Add(offset); !w.prefix.Contains(n) {
			match.Clear(offset)
		}
	}
	return match
}

func (w *window) notExcluded(b *Block) Bits {
	if len(w.exclude) == 0 {
		return b.Free
	}
	i, found := slices.BinarySearchFunc(w.exclude, b.Base, func(p Pick, base telephony.Number) int { return p.Base.Compare(base) })
	if !found {
		return b.Free
	}
	return b.Free.AndNot(w.exclude[i].Taken)
}
