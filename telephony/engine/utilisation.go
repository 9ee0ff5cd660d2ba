package engine

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// StockUse counts numbers in stock by what they are. Numbers that have run out
// are free at that moment, whether or not that has been settled.
type StockUse struct {
	InStock  int64 // all of them
	Free     int64
	Held     int64 // in open reservations
	Acquired int64 // tenants'
	Resting  int64 // released, and not free yet
}

// PerMille returns how much of the stock is not free, in thousandths, rounded
// down; 0 for no stock.
func (u StockUse) PerMille() int64 {
	if u.InStock == 0 {
		return 0
	}
	return (u.InStock - u.Free) * 1000 / u.InStock
}

func (u *StockUse) add(s stockState) {
	free, held, acquired, resting := int64(s.free.Count()), int64(s.held.Count()), int64(s.acquired.Count()), int64(s.resting.Count())
	u.InStock += free + held + acquired + resting
	u.Free += free
	u.Held += held
	u.Acquired += acquired
	u.Resting += resting
}

// AreaUse is how the stock of one kind in an area is used.
type AreaUse struct {
	Area telephony.Area
	Kind telephony.Kind
	StockUse
}

// BlockUse is how the stock of an area and kind in one thousands-block, or in one
// hundred of it, is used.
type BlockUse struct {
	Area telephony.Area
	Kind telephony.Kind
	// Block is the block or the hundred, whatever of it is in stock: numbers that
	// differ in the last three digits, or the last two.
	Block telephony.Range
	StockUse
}

// LogValue masks the block in structured logs.
func (b BlockUse) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("block", b.Block), slog.String("area", b.Area.String()), slog.String("kind", b.Kind.String()),
		slog.Int64("in_stock", b.InStock), slog.Int64("free", b.Free))
}

// StockQuery says which stock is asked for; its zero value all.
type StockQuery struct {
	Kind   telephony.Kind   // zero for every kind
	Within telephony.Area   // its empty fields stand for any
	Prefix telephony.Prefix // of blocks only: those with a number that it begins
}

func (q StockQuery) matches(area telephony.Area, kind telephony.Kind) bool {
	return (q.Kind == 0 || q.Kind == kind) && area.Within(q.Within)
}

// Utilisation is how the stock is used at one moment. It never changes, whatever
// is written meanwhile.
type Utilisation struct {
	reader
	index uint64 // of the last log entry before it
	marks map[blockID]*stockMarks
}

// Utilisation returns how the stock is used now. No write counts for it: it looks
// once at every number that is held or rests, and its queries then at the blocks
// that they ask for, so a provider asks for it as often as for a report.
//
// Errors: ErrRequest for a nil context; ErrDenied.
func (p *Provider) Utilisation(ctx context.Context) (*Utilisation, error) {
	if err := p.caller().allow(ctx, OpView); err != nil {
		return nil, err
	}
	u := &Utilisation{}
	u.reader, u.index = p.engine.read()
	u.marks = u.marksOf(func(telephony.Number) bool { return true })
	return u, nil
}

// At returns the moment.
func (u *Utilisation) At() time.Time { return unix(u.now) }

// Areas yields the use of each kind in each area, by the areas' names and the
// kinds; areas without stock are left out. The prefix of the query counts for
// nothing. The cost grows with the areas and with the blocks in which something
// is held or rests, not with the stock.
func (u *Utilisation) Areas(q StockQuery) iter.Seq[AreaUse] {
	return func(yield func(AreaUse) bool) {
		marked := u.markedByShelf()
		for area := range u.tables.areaNames.Prefix(u.rows, areasWithin(q.Within)) {
			for _, kind := range telephony.Kinds() {
				on := shelf{area.Ordinal, kind}
				row, ok := u.tables.shelves.Get(u.rows, shelfKey(on))
				if !ok || !q.matches(area.Area, kind) {
					continue
				}
				use := marked[on.id()]
				use.InStock = row.Total
				use.Free += u.free.of(on)
				use.Acquired = use.InStock - use.Free - use.Held - use.Resting
				if !yield(AreaUse{area.Area, kind, use}) {
					return
				}
			}
		}
	}
}

// markedByShelf counts what is held, rests or has run out, shelf by shelf.
func (u *Utilisation) markedByShelf() map[shelfID]StockUse {
	marked := make(map[shelfID]StockUse)
	for id, m := range u.marks {
		use := marked[id.on]
		use.add(stockState{free: m.due, held: m.held, resting: m.resting})
		marked[id.on] = use
	}
	return marked
}

// Blocks yields the use of each thousands-block, by its first number, area and
// kind; blocks without stock are left out. The cost grows with the blocks whose
// numbers the prefix begins.
func (u *Utilisation) Blocks(q StockQuery) iter.Seq[BlockUse] { return u.wanted(q, u.blocks) }

// Hundreds is Blocks by the hundred.
func (u *Utilisation) Hundreds(q StockQuery) iter.Seq[BlockUse] { return u.wanted(q, u.hundreds) }

// BlockPage is Blocks by the page, of up to size items, 0 for 100.
//
// Errors, in order of precedence: ErrCursor, ErrRequest.
func (u *Utilisation) BlockPage(q StockQuery, c Cursor, size int) (Page[BlockUse], error) {
	return u.page(q, c, size, u.blocks)
}

// HundredPage is Hundreds by the page, of up to size items, 0 for 100.
//
// Errors, in order of precedence: ErrCursor, ErrRequest.
func (u *Utilisation) HundredPage(q StockQuery, c Cursor, size int) (Page[BlockUse], error) {
	return u.page(q, c, size, u.hundreds)
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

func (u *Utilisation) page(q StockQuery, c Cursor, size int, list stockParts) (Page[BlockUse], error) {
	after, err := c.stockPlace()
	if err != nil {
		return Page[BlockUse]{}, err
	}
	return pageOf(list(q.Prefix, after), size, stockPart.key, func(p stockPart) (BlockUse, bool) { return u.use(q, p) })
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
	var spans []memtable.Key
	for _, base := range reservation.CutBlocks(prefix) {
		spans = append(spans, blocksKey(base))
	}
	whole := memtable.K()
	if !prefix.IsZero() {
		whole = whole.StringPrefix(prefix.String())
	}
	start := memtable.K()
	if from.base.IsValid() {
		start = blockKey(from.base, from.shelf)
	}
	return func(yield func(blockRow) bool) {
		for _, span := range append(spans, whole) {
			first := span
			if bytes.Compare(start, first) > 0 {
				first = start
			}
			for row := range u.tables.blocks.Between(u.rows, first, span.PrefixEnd()) {
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
func (c Cursor) stockPlace() (p stockPlace, err error) {
	key, err := c.key()
	if err != nil || c == "" {
		return p, err
	}
	var word uint64
	if _, err = fmt.Sscanf(key, "%d/%d/%d/%d", &word, &p.Area, &p.Kind, &p.hundred); err == nil {
		p.base, err = telephony.NumberFromWord(word)
	}
	if err != nil {
		return stockPlace{}, refuse(ErrCursor, "cursor", "the cursor is not one of a list of blocks", "start over with an empty one")
	}
	return p, nil
}
