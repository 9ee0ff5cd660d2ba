package reservation

import (
	"iter"
	"math"
	"slices"

	"example.com/callingplan/telephony"
)

// Source is a stock to search in: blocks by base, in order, each base once. Blocks
// without a free number may be left out. The words are those of Number.Word. A
// block is given as it is then; a source may be read several times, and no
// further than what is asked for.
type Source interface {
	// Ascending yields the blocks with bases of this word or above it.
	Ascending(word uint64) iter.Seq[Block]
	// Descending yields the blocks with bases of this word or below it, the
	// highest first.
	Descending(word uint64) iter.Seq[Block]
}

// BlockList is blocks in ascending order of their base, as a Source.
type BlockList []Block

// Ascending implements Source.
func (l BlockList) Ascending(word uint64) iter.Seq[Block] {
	return slices.Values(l[l.first(word):])
}

// Descending implements Source.
func (l BlockList) Descending(word uint64) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		end := len(l)
		if word < math.MaxUint64 {
			end = l.first(word + 1)
		}
		for _, b := range slices.Backward(l[:end]) {
			if !yield(b) {
				return
			}
		}
	}
}

// first returns where the blocks with bases of this word or above it begin.
func (l BlockList) first(word uint64) int {
	i, _ := slices.BinarySearchFunc(l, word, func(b Block, word uint64) int {
		if b.Base.Word() < word {
			return -1
		}
		return 1
	})
	return i
}

// Merged returns several sources as one. Where more than one has a block of the
// same base, as areas do that share a thousand, the block has the numbers of all.
func Merged(sources ...Source) Source {
	if len(sources) == 1 {
		return sources[0]
	}
	return merged(sources)
}

type merged []Source

func (m merged) Ascending(word uint64) iter.Seq[Block] {
	return m.merge(func(s Source) iter.Seq[Block] { return s.Ascending(word) }, telephony.Number.Compare)
}

func (m merged) Descending(word uint64) iter.Seq[Block] {
	return m.merge(func(s Source) iter.Seq[Block] { return s.Descending(word) },
		func(a, b telephony.Number) int { return b.Compare(a) })
}

// merge reads the sources side by side, always from the one whose next block
// comes first.
func (m merged) merge(read func(Source) iter.Seq[Block], order func(a, b telephony.Number) int) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		heads := make([]*head, 0, len(m))
		for _, s := range m {
			next, stop := iter.Pull(read(s))
			defer stop()
			h := &head{next: next}
			if h.advance() {
				heads = append(heads, h)
			}
		}
		for len(heads) > 0 {
			first := slices.MinFunc(heads, func(a, b *head) int { return order(a.block.Base, b.block.Base) }).block.Base
			together := Block{Base: first}
			heads = slices.DeleteFunc(heads, func(h *head) bool {
				if h.block.Base != first {
					return false
				}
				together.Stock, together.Free = together.Stock.Or(h.block.Stock), together.Free.Or(h.block.Free)
				return !h.advance()
			})
			if !yield(together) {
				return
			}
		}
	}
}

// head is a source and its next block.
type head struct {
	next  func() (Block, bool)
	block Block
}

func (h *head) advance() (ok bool) {
	h.block, ok = h.next()
	return ok
}
