package engine

import (
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// MaxMove is how many numbers one command moves: those of a thousands-block.
const MaxMove = telephony.BlockSize

// StockMove brings the numbers of a range to another area of their country:
// free, held, at rest and acquired ones, each staying of its kind and whose it
// is. A reservation that has run out stays of the area that it was made in.
//
// Tenants' numbers are found tenant by tenant, and what is held or rests by
// looking through all of that, so the cost grows with the tenants and with what
// is open, beside the range. A range has up to MaxMove numbers.
type StockMove struct {
	Range     telephony.Range
	Area      telephony.Area // where the numbers come to
	RequestID string         `cbor:"-"`
}

// Moved counts what a move brought to its area, by what it is.
type Moved struct {
	Free, Held, Resting, Acquired int64
	There                         int64 // were of that area already
}

func (StockMove) op() Op         { return OpMoveStock }
func (r StockMove) content() any { return r }

func (r StockMove) check() error {
	if err := checkRange(r.Range); err != nil {
		return err
	}
	if r.Range.Len() > MaxMove {
		return &telephony.Error{Code: ErrRequest, Field: "range", Detail: "the range has too many numbers to be moved at once", Fix: "move it in parts",
			Figures: []telephony.Figure{{Name: "numbers", Value: int64(r.Range.Len())}, {Name: "most", Value: MaxMove}}}
	}
	if err := r.Area.Check("area"); err != nil {
		return err
	}
	return checkCountry(r.Range, r.Area)
}

// apply reads all that is to move before it writes the first row.
func (r StockMove) apply(s *step) (any, *telephony.Error) {
	s.settleWithin(r.Range)
	s.openBlocks()
	m := moving{step: s, StockMove: r}
	if refusal := m.survey(); refusal != nil {
		return nil, refusal
	}
	m.findNumbers()
	m.findHolds()
	m.settleRows()
	m.moveBlocks()
	m.moveNumbers()
	m.moveHolds()
	s.event(Event{Type: StockMoved, Area: r.Area, Quantity: m.Free + m.Held + m.Resting + m.Acquired, Numbers: m.moved.ends()})
	return m.Moved, nil
}

// moving is a move of stock while it is made.
type moving struct {
	*step
	StockMove
	Moved
	parts []surveyed // those that move
	moved extents
	rows  []numberRow // the tenants' numbers that move, tenant by tenant
	holds reservationList
}

// survey finds the stock that moves, and refuses what cannot.
func (m *moving) survey() *telephony.Error {
	all, absent := m.reader().survey(m.Range)
	var abroad []surveyed
	for _, p := range all {
		switch at := m.known.of(p.Area); {
		case at.Country != m.StockMove.Area.Country:
			abroad = append(abroad, p)
		case at == m.StockMove.Area:
			m.There += int64(p.all().Count())
		default:
			m.parts = append(m.parts, p)
			m.Free += int64(p.free.Count())
			m.Held += int64(p.held.Count())
			m.Resting += int64(p.resting.Count())
			m.Acquired += int64(p.acquired.Count())
		}
	}
	var reasons []*telephony.Error
	if absent.Numbers > 0 {
		reasons = append(reasons, absent.refuse(reservation.ErrNotInStock, "numbers of the range are not in stock", "leave them out"))
	}
	if len(abroad) > 0 {
		numbers := extentOfParts(abroad, (*surveyed).all)
		reasons = append(reasons, numbers.refuse(ErrStockBorder, "numbers of the range are of another country than "+string(m.StockMove.Area.Country),
			"withdraw them there and add them here"))
	}
	if len(reasons) == 0 && len(m.parts) == 0 {
		reasons = append(reasons, refuse(ErrStockUnmoved, "area", "all numbers of the range are of that area", "name another area"))
	}
	m.moved = extentOfParts(m.parts, (*surveyed).all)
	return telephony.Join(reasons)
}

// moves reports whether a number is among those that move.
func (m *moving) moves(n telephony.Number) bool {
	if !m.Range.Contains(n) {
		return false
	}
	base, offset := n.Block()
	return slices.ContainsFunc(m.parts, func(p surveyed) bool { return p.Base == base && p.Stock.Has(offset) })
}

// findNumbers finds the tenants' numbers that move.
func (m *moving) findNumbers() {
	lo, hi := m.Range.First().Word(), m.Range.Last().Word()
	for t := range m.tables.tenants.Prefix(m.tx, nil) {
		if int64(len(m.rows)) == m.Acquired {
			return
		}
		of := memtable.K().Uint32(t.Ordinal)
		for n := range m.tables.numbers.Between(m.tx, slices.Clone(of).Uint64(lo), of.Uint64(hi+1)) {
			if m.moves(n.Number) {
				m.rows = append(m.rows, n)
			}
		}
	}
}

// settleRows makes nobody's what people have lost of the tenants' numbers.
func (m *moving) settleRows() {
	for i, n := range m.rows {
		m.rows[i] = m.settledNumber(n)
	}
}

// findHolds finds what is open or rests and has numbers that move.
func (m *moving) findHolds() {
	if m.Held+m.Resting == 0 {
		return
	}
	for row := range m.due.All() {
		// One with several shelves stands once for each.
		if row.shelf() == row.Shelves[0] && slices.ContainsFunc(row.Numbers, m.moves) {
			m.holds = append(m.holds, row.reservationRow)
		}
	}
}

// moveBlocks cuts the numbers out of the blocks they are in and joins them to
// those of the area.
func (m *moving) moveBlocks() {
	for _, p := range m.parts {
		on, known := m.findShelf(m.StockMove.Area, p.Kind)
		if !known {
			on = m.addShelf(m.StockMove.Area, p.Kind)
		}
		to, there := m.tables.blocks.Get(m.tx, blockKey(p.Base, on))
		if !there {
			to = blockRow{on, reservation.Block{Base: p.Base}}
		}
		part, rest := p.Cut(p.all())
		to.Block = must1(to.Join(part))
		m.putBlock(blockRow{p.shelf, rest}, true)
		m.putBlock(to, there)
		stock, free := int64(part.Stock.Count()), int64(part.Free.Count())
		m.resizeShelf(p.shelf, -stock, -free)
		m.resizeShelf(on, stock, free)
	}
}

// moveNumbers moves the tenants' numbers, and tells each tenant of its own, and
// where its numbers work no longer, or again.
func (m *moving) moveNumbers() {
	area, _ := m.findArea(m.StockMove.Area)
	told := activations{step: m.step}
	for rest := m.rows; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(row numberRow) bool { return row.Tenant != rest[0].Tenant })
		if n < 0 {
			n = len(rest)
		}
		var numbers telephony.NumberList
		for _, row := range rest[:n] {
			is := row
			is.Area, is.Moved = area.Ordinal, m.now
			told.note(row, m.known.of(row.Area), m.StockMove.Area)
			m.setNumber(row, is)
			numbers = append(numbers, row.Number)
		}
		tenant := m.accountRow(rest[0].Tenant).ID
		m.event(Event{Type: NumbersMoved, Tenant: tenant, Numbers: numbers, Area: m.StockMove.Area})
		told.tell(tenant)
		rest = rest[n:]
	}
}

// moveHolds has what is open or rests know where its numbers are now.
func (m *moving) moveHolds() {
	for _, was := range m.holds {
		is := *was
		is.Shelves = nil
		for _, n := range was.Numbers {
			on, ok := m.shelfOf(n)
			if !ok {
				panic("engine: a held number of no shelf")
			}
			is.Shelves = append(is.Shelves, on)
		}
		is.Shelves = sortShelves(is.Shelves)
		m.unwatch(was)
		if was.Tenant == poolTenant {
			must(m.tables.rests.Replace(m.tx, is))
		} else {
			m.edit(m.accountRow(was.Tenant)).exchange(was, &is)
			var numbers telephony.NumberList
			for _, n := range was.Numbers {
				if m.moves(n) {
					numbers = append(numbers, n)
				}
			}
			m.event(Event{Type: NumbersMoved, Tenant: m.accountRow(was.Tenant).ID, Reservation: was.ID, Numbers: numbers, Area: m.StockMove.Area})
		}
		m.watch(&is)
	}
}
