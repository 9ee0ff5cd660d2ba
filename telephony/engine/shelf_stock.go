package engine

import (
	"iter"
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// shelfStock is what is free on a shelf, to be searched: the blocks that have
// something free, and those that have only what ran out and is not settled.
type shelfStock struct {
	tables  *tables
	rows    memtable.Reader
	on      shelf
	due     mask // numbers of holds that have run out, some of other shelves too
	without mask // numbers that are not to be found
}

// Ascending implements reservation.Source.
func (s *shelfStock) Ascending(word uint64) iter.Seq[reservation.Block] {
	first := 0
	for first < len(s.due) && s.due[first].Base.Word() < word {
		first++
	}
	rows := s.tables.notEmpty.Between(s.rows, notEmptyKey(s.on, word), shelfKey(s.on).PrefixEnd())
	return s.offered(rows, s.due[first:], 1)
}

// Descending implements reservation.Source.
func (s *shelfStock) Descending(word uint64) iter.Seq[reservation.Block] {
	end := len(s.due)
	for end > 0 && s.due[end-1].Base.Word() > word {
		end--
	}
	due := slices.Clone(s.due[:end])
	slices.Reverse(due)
	rows := s.tables.notEmpty.Down(s.rows, notEmptyKey(s.on, word), shelfKey(s.on))
	return s.offered(rows, due, -1)
}

// offered yields the blocks of the rows with what of them has run out, and in
// their places those that have nothing else; up is -1 where both come in
// descending order.
func (s *shelfStock) offered(rows iter.Seq[blockRow], due mask, up int) iter.Seq[reservation.Block] {
	return func(yield func(reservation.Block) bool) {
		left := due
		give := func(b reservation.Block, ranOut reservation.Bits) bool {
			b.Free = b.Free.Or(ranOut.And(b.Stock))
			return yield(s.without.off(b))
		}
		// alone yields the first block of those left, which has nothing free as its
		// row stands; it may be of another shelf.
		alone := func() bool {
			p := left[0]
			left = left[1:]
			row, ok := s.tables.blocks.Get(s.rows, blockKey(p.Base, s.on))
			return !ok || give(row.Block, p.Taken)
		}
		for row := range rows {
			for len(left) > 0 && up*left[0].Base.Compare(row.Base) < 0 {
				if !alone() {
					return
				}
			}
			var ranOut reservation.Bits
			if len(left) > 0 && left[0].Base == row.Base {
				ranOut, left = left[0].Taken, left[1:]
			}
			if !give(row.Block, ranOut) {
				return
			}
		}
		for len(left) > 0 {
			if !alone() {
				return
			}
		}
	}
}
