package engine

import (
	"context"
	"iter"
	"log/slog"
	"time"

	"example.com/callingplan/telephony"
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
