package engine

import (
	"bytes"
	"fmt"
	"iter"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// Blocks yields the use of each thousands-block, by its first number, area and
// kind; blocks without stock are left out. The cost grows with the blocks whose
// numbers the prefix begins.
func (u *Utilisation) Blocks(q StockQuery) iter.Seq[BlockUse] { return u.wanted(q, u.blocks) }

// Hundreds is Blocks by the hundred.
func (u *Utilisation) Hundreds(q StockQuery) iter.Seq[BlockUse] { return u.wanted(q, u.hundreds) }

// BlockPage is Blocks by the page, of up to size items, 0 for 100.
//
// Errors, in order of precedence: those of StockQuery.Check; ErrCursor; ErrRequest.
func (u *Utilisation) BlockPage(q StockQuery, c Cursor, size int) (Page[BlockUse], error) {
	return u.page(blockNames, q, c, size, u.blocks)
}

// HundredPage is Hundreds by the page, of up to size items, 0 for 100.
//
// Errors, in order of precedence: those of StockQuery.Check; ErrCursor; ErrRequest.
func (u *Utilisation) HundredPage(q StockQuery, c Cursor, size int) (Page[BlockUse], error) {
	return u.page(hundredNames, q, c, size, u.hundreds)
}

// stockParts lists parts of blocks that have stock and a number that the prefix
// begins, those behind a place.
type stockParts func(p telephony.Prefix, after stockPlace) iter.Seq[stockPart]

// stockPart is a block, or a hundred of it, on a shelf.
type stockPart struct {
	stockPlace
	numbers telephony.Range
	state   stockState
}

// stockPlace is where a part stands among all.
type stockPlace struct {
	base telephony.Number
	shelf
	hundred int // 0 in a list of blocks
}

// isBehind reports whether the place is behind another of the same list, given
// that its block is not before the other's.
func (p stockPlace) isBehind(after stockPlace) bool {
	return p.base != after.base || p.shelf != after.shelf || p.hundred > after.hundred
}

func (u *Utilisation) wanted(q StockQuery, list stockParts) iter.Seq[BlockUse] {
	return func(yield func(BlockUse) bool) {
		for p := range list(q.Prefix, stockPlace{}) {
			if use, ok := u.use(q, p); ok && !yield(use) {
				return
			}
		}
	}
}

func (u *Utilisation) page(name listName, q StockQuery, c Cursor, size int, list stockParts) (Page[BlockUse], error) {
	if err := q.Check(); err != nil {
		return Page[BlockUse]{}, err
	}
	listed := listingOf(name, "", q)
	after, err := c.stockPlace(listed)
	if err != nil {
		return Page[BlockUse]{}, err
	}
	return pageOf(listed, list(q.Prefix, after), size, stockPart.key, func(p stockPart) (BlockUse, bool) { return u.use(q, p) })
}

// use counts a part, if it is one of those that are asked for.
func (u *Utilisation) use(q StockQuery, p stockPart) (BlockUse, bool) {
	area := u.known.of(p.Area)
	if !q.matches(area, p.Kind) {
		return BlockUse{}, false
	}
	use := BlockUse{Area: area, Kind: p.Kind, Block: p.numbers}
	use.add(p.state)
	return use, true
}

func (u *Utilisation) blocks(prefix telephony.Prefix, after stockPlace) iter.Seq[stockPart] {
	return func(yield func(stockPart) bool) {
		for row := range u.rowsFrom(prefix, after) {
			place := stockPlace{row.Base, row.shelf, 0}
			if place.isBehind(after) && !yield(stockPart{place, run(row.Base, reservation.BlockSize), u.stateOf(&row)}) {
				return
			}
		}
	}
}

func (u *Utilisation) hundreds(prefix telephony.Prefix, after stockPlace) iter.Seq[stockPart] {
	const size = 100
	lo, hi := prefix.Words()
	return func(yield func(stockPart) bool) {
		for row := range u.rowsFrom(prefix, after) {
			state := u.stateOf(&row)
			for at := 0; at < reservation.BlockSize; at += size {
				first, _ := row.Base.Add(at)
				part := stockPart{stockPlace{row.Base, row.shelf, at / size}, run(first, size), state.within(reservation.BitsBetween(at, at+size-1))}
				has := row.Stock.CountBetween(at, at+size-1) > 0 && part.isBehind(after) && first.Word() <= hi && part.numbers.Last().Word() >= lo
				if has && !yield(part) {
					return
				}
			}
		}
	}
}

func (u *Utilisation) stateOf(row *blockRow) stockState {
	return row.state(u.marks[row.id()])
}

// run returns the numbers of a block, or a part of it.
func run(first telephony.Number, size int) telephony.Range {
	return must1(telephony.NewRange(first, size))
}

// rowsFrom yields the blocks with numbers that the prefix begins, from a place on.
// Where the prefix is long, some of them have bases that do not begin with it.
func (u *Utilisation) rowsFrom(prefix telephony.Prefix, from stockPlace) iter.Seq[blockRow] {
	lo, hi := prefix.Words()
	spans := [][2]memtable.Key{}
	for _, base := range reservation.CutBlocks(prefix) {
		spans = append(spans, [2]memtable.Key{blocksKey(base), blocksKey(base).PrefixEnd()})
	}
	spans = append(spans, [2]memtable.Key{memtable.K().Whole(lo), memtable.K().Whole(hi).PrefixEnd()})
	start := memtable.K()
	if from.base.IsValid() {
		start = blockKey(from.base, from.shelf)
	}
	return func(yield func(blockRow) bool) {
		for _, span := range spans {
			first := span[0]
			if bytes.Compare(start, first) > 0 {
				first = start
			}
			for row := range u.tables.blocks.Between(u.rows, first, span[1]) {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// key finds the part again.
func (p stockPart) key() string {
	return fmt.Sprintf("%d/%d/%d/%d", p.base.Word(), p.Area, p.Kind, p.hundred)
}

// stockPlace is the way back. Its error is ErrCursor.
func (c Cursor) stockPlace(list listing) (p stockPlace, err error) {
	key, err := c.key(list)
	if err != nil || c == "" {
		return p, err
	}
	var word uint64
	if _, err = fmt.Sscanf(key, "%d/%d/%d/%d", &word, &p.Area, &p.Kind, &p.hundred); err == nil {
		p.base, err = telephony.NumberFromWord(word)
	}
	if err != nil {
		return stockPlace{}, notACursor()
	}
	return p, nil
}
