package reservation

import (
	"iter"
	"math"
	"slices"

	"example.com/callingplan/telephony"
)

// stock is a pool's numbers: the blocks by base, and in order those with
// something free.
type stock struct {
	blocks       map[telephony.Number]*stocked
	offered      []*stocked
	freeCount    int
	restingCount int
}

// stocked is a block and what the pool knows of its numbers that are not free.
// Those that are in stock and neither free, kept nor resting were acquired.
type stocked struct {
	Block
	kept    Bits // in an open reservation
	resting Bits // in quarantine
}

func newStock() stock { return stock{blocks: map[telephony.Number]*stocked{}} }

// load adds the numbers of the range, all or none.
func (s *stock) load(r telephony.Range) error {
	if r.Len() == 0 {
		return &telephony.Error{Op: "load", Code: telephony.ErrRange, Detail: "the range is empty"}
	}
	if err := s.overlap(r); err != nil {
		return err
	}
	for base, at := range r.Blocks() {
		b, known := s.blocks[base]
		if !known {
			b = &stocked{Block: Block{Base: base}}
			s.blocks[base] = b
		}
		added := BitsBetween(at[0], at[1])
		b.Stock = b.Stock.Or(added)
		s.setFree(b, b.Free.Or(added))
	}
	return nil
}

// overlap refuses a range of which some is in stock.
func (s *stock) overlap(r telephony.Range) error {
	var ends telephony.NumberList
	count := 0
	for base, at := range r.Blocks() {
		b, known := s.blocks[base]
		if !known {
			continue
		}
		again := b.Stock.And(BitsBetween(at[0], at[1]))
		if again.IsEmpty() {
			continue
		}
		numbers := Numbers([]Pick{{base, again}})
		if count == 0 {
			ends = append(ends, numbers[0])
		}
		ends = append(ends[:1], numbers[len(numbers)-1])
		count += len(numbers)
	}
	if count == 0 {
		return nil
	}
	return &telephony.Error{Op: "load", Code: ErrDuplicateStock, Numbers: slices.Compact(ends),
		Detail: "numbers of the range are in stock already; the first and the last are given",
		Fix:    "load each number once", Figures: []telephony.Figure{{Name: "numbers", Value: int64(count)}}}
}

// offer yields the blocks that Select needs for the choice, in order.
func (s *stock) offer(c Choice) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		if len(c.Numbers) > 0 {
			for _, pick := range ByBlock(c.Numbers) {
				if b, known := s.blocks[pick.Base]; known && !yield(b.Block) {
					return
				}
			}
			return
		}
		for _, base := range CutBlocks(c.Prefix) {
			if b, known := s.blocks[base]; known && !yield(b.Block) {
				return
			}
		}
		lo, _ := c.Prefix.Words()
		s.Ascending(lo)(yield)
	}
}

// Ascending implements Source.
func (s *stock) Ascending(word uint64) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		for _, b := range s.offered[s.firstOffered(word):] {
			if !yield(b.Block) {
				return
			}
		}
	}
}

// Descending implements Source.
func (s *stock) Descending(word uint64) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		end := len(s.offered)
		if word < math.MaxUint64 {
			end = s.firstOffered(word + 1)
		}
		for _, b := range slices.Backward(s.offered[:end]) {
			if !yield(b.Block) {
				return
			}
		}
	}
}

// firstOffered returns where the blocks with bases of this word or above it begin.
func (s *stock) firstOffered(word uint64) int {
	i, _ := slices.BinarySearchFunc(s.offered, word, func(b *stocked, word uint64) int {
		if b.Base.Word() < word {
			return -1
		}
		return 1
	})
	return i
}

// take keeps picks that Select has just found free.
func (s *stock) take(picks []Pick) {
	for _, p := range picks {
		b := s.blocks[p.Base]
		b.kept = b.kept.Or(p.Taken)
		s.setFree(b, b.Free.AndNot(p.Taken))
	}
}

// free makes numbers of the stock free that were kept or acquired.
func (s *stock) free(picks []Pick) {
	for _, p := range picks {
		b := s.blocks[p.Base]
		b.kept = b.kept.AndNot(p.Taken)
		s.setFree(b, b.Free.Or(p.Taken))
	}
}

// acquire makes kept numbers acquired.
func (s *stock) acquire(picks []Pick) {
	for _, p := range picks {
		b := s.blocks[p.Base]
		b.kept = b.kept.AndNot(p.Taken)
	}
}

// notAcquired returns which of the numbers are not acquired.
func (s *stock) notAcquired(picks []Pick) telephony.NumberList {
	var others []Pick
	for _, p := range picks {
		foreign := p.Taken
		if b, known := s.blocks[p.Base]; known {
			acquired := b.Stock.AndNot(b.Free).AndNot(b.kept).AndNot(b.resting)
			foreign = foreign.AndNot(acquired)
		}
		if !foreign.IsEmpty() {
			others = append(others, Pick{p.Base, foreign})
		}
	}
	return Numbers(others)
}

// rest puts acquired numbers into quarantine, wake ends it.
func (s *stock) rest(picks []Pick) {
	for _, p := range picks {
		b := s.blocks[p.Base]
		b.resting = b.resting.Or(p.Taken)
		s.restingCount += p.Taken.Count()
	}
}

func (s *stock) wake(picks []Pick) {
	for _, p := range picks {
		b := s.blocks[p.Base]
		b.resting = b.resting.AndNot(p.Taken)
		s.restingCount -= p.Taken.Count()
		s.setFree(b, b.Free.Or(p.Taken))
	}
}

// setFree changes what of the block is free, and with it the count and the list
// of blocks that have something free.
func (s *stock) setFree(b *stocked, free Bits) {
	had, has := !b.Free.IsEmpty(), !free.IsEmpty()
	s.freeCount += free.Count() - b.Free.Count()
	b.Free = free
	if had == has {
		return
	}
	i, _ := slices.BinarySearchFunc(s.offered, b, func(x, y *stocked) int { return x.Base.Compare(y.Base) })
	if has {
		s.offered = slices.Insert(s.offered, i, b)
	} else {
		s.offered = slices.Delete(s.offered, i, i+1)
	}
}
