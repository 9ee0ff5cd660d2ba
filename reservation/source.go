package reservation

import (
	"container/heap"
	"iter"
	"log/slog"
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

// LogValue counts the blocks in structured logs.
func (l BlockList) LogValue() slog.Value { return slog.GroupValue(slog.Int("blocks", len(l))) }

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

// Blocks yields, in order, the blocks of a source with numbers that begin with a
// prefix, as Select takes them; others too where a block has only some.
func Blocks(p telephony.Prefix, from Source) iter.Seq[Block] {
	w := newWindow(p, nil)
	return w.ascending(from, telephony.Number{})
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
		h := heads{order: order, all: make([]*head, 0, len(m))}
		for _, s := range m {
			next, stop := iter.Pull(read(s))
			defer stop()
			if block, ok := next(); ok {
				h.all = append(h.all, &head{next, block})
			}
		}
		for heap.Init(&h); len(h.all) > 0; {
			together := Block{Base: h.all[0].block.Base}
			for len(h.all) > 0 && h.all[0].block.Base == together.Base {
				b := &h.all[0].block
				together.Stock, together.Free = together.Stock.Or(b.Stock), together.Free.Or(b.Free)
				h.advance()
			}
			if !yield(together) {
				return
			}
		}
	}
}

// heads is a heap of sources by their next blocks.
type heads struct {
	order func(a, b telephony.Number) int
	all   []*head
}

type head struct {
	next  func() (Block, bool)
	block Block
}

func (h *heads) Len() int           { return len(h.all) }
func (h *heads) Less(i, j int) bool { return h.order(h.all[i].block.Base, h.all[j].block.Base) < 0 }
func (h *heads) Swap(i, j int)      { h.all[i], h.all[j] = h.all[j], h.all[i] }
func (h *heads) Push(x any)         { h.all = append(h.all, x.(*head)) }

func (h *heads) Pop() any {
	last := len(h.all) - 1
	x := h.all[last]
	h.all = h.all[:last]
	return x
}

// advance reads the next block of the first source, which goes where that block
// has its place, or goes altogether.
func (h *heads) advance() {
	block, ok := h.all[0].next()
	if !ok {
		heap.Pop(h)
		return
	}
	h.all[0].block = block
	heap.Fix(h, 0)
}
