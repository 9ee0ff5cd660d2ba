package engine

import (
	"slices"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// step is the application of one command, or of several in a row that share a
// transaction: the transaction, the time, and the rows that change again and
// again, each read once and written once.
type step struct {
	settings *Settings
	tables   *tables
	tx       *memtable.Txn
	now      int64 // Unix nanoseconds
	index    uint64
	chain    Digest
	due      *deadlines
	account  *accountRow // the command's tenant; nil if there is none
	events   []Event

	accounts []*accountRow // read so far
	// Rows to be changed, in the order they were read; flush writes them. Until
	// then they are read here, not through the transaction.
	edited  []*accountRow
	shelves []*shelfRow
	blocks  []*blockRow
	// refilled says that a block that was empty has something free again, which
	// the index of blocks that are not empty learns with the flush.
	refilled bool
}

// time returns the step's time for the pure rules.
func (s *step) time() time.Time { return time.Unix(0, s.now).UTC() }

// event adds to what the command's log entry tells.
func (s *step) event(e Event) { s.events = append(s.events, e) }

// tell adds an event of the command's tenant.
func (s *step) tell(e Event) {
	e.Tenant = s.account.ID
	s.event(e)
}

// accountOf returns the account of a tenant, nil if there is no such tenant.
func (s *step) accountOf(id telephony.TenantID) *accountRow {
	if id == "" {
		return nil
	}
	tenant, ok := s.tables.tenants.Get(s.tx, tenantKey(id))
	if !ok {
		return nil
	}
	return s.accountRow(tenant.Ordinal)
}

// accountRow returns the account with that ordinal.
func (s *step) accountRow(ordinal uint32) *accountRow {
	for _, a := range s.accounts {
		if a.Tenant == ordinal {
			return a
		}
	}
	row, ok := s.tables.accounts.Get(s.tx, accountKey(ordinal))
	if !ok {
		panic("engine: a tenant without an account")
	}
	s.accounts = append(s.accounts, &row)
	return &row
}

// edit says that an account is about to be changed, in place.
func (s *step) edit(a *accountRow) *accountRow {
	if !slices.Contains(s.edited, a) {
		s.edited = append(s.edited, a)
	}
	return a
}

// shelfRow returns the counters of a shelf, to be changed in place.
func (s *step) shelfRow(id shelf) *shelfRow {
	for _, r := range s.shelves {
		if r.shelf == id {
			return r
		}
	}
	row, ok := s.tables.shelves.Get(s.tx, shelfKey(id))
	if !ok {
		panic("engine: stock on a shelf that is not there")
	}
	s.shelves = append(s.shelves, &row)
	return &row
}

// blockRow returns a block of a shelf, to be changed in place.
func (s *step) blockRow(base telephony.Number, on shelf) *blockRow {
	for _, b := range s.blocks {
		if b.Base == base && b.shelf == on {
			return b
		}
	}
	row, ok := s.tables.blocks.Get(s.tx, blockKey(base, on))
	if !ok {
		panic("engine: a number without its block")
	}
	s.blocks = append(s.blocks, &row)
	return &row
}

// current returns a block as it is, given it as the transaction has it.
func (s *step) current(stored blockRow) reservation.Block {
	for _, b := range s.blocks {
		if b.Base == stored.Base && b.shelf == stored.shelf {
			return b.Block
		}
	}
	return stored.Block
}

// flush writes the rows that were read for changing. What is read after it
// through the transaction sees the changes.
func (s *step) flush() {
	for _, a := range s.edited {
		must(s.tables.accounts.Replace(s.tx, *a))
	}
	for _, r := range s.shelves {
		must(s.tables.shelves.Replace(s.tx, *r))
	}
	for _, b := range s.blocks {
		must(s.tables.blocks.Replace(s.tx, *b))
	}
	s.edited, s.shelves, s.blocks, s.refilled = s.edited[:0], s.shelves[:0], s.blocks[:0], false
}

// take makes the picked numbers of a shelf somebody's.
func (s *step) take(picks []reservation.Pick, on shelf) {
	counters := s.shelfRow(on)
	for _, p := range picks {
		row := s.blockRow(p.Base, on)
		changed, err := row.Take(p.Taken)
		must(err)
		row.Block = changed
		counters.Free -= int64(p.Taken.Count())
	}
}

// putBack makes numbers free again, each on the shelf out of the given ones
// that has it in stock.
func (s *step) putBack(numbers telephony.NumberList, shelves []shelf) {
	for _, p := range reservation.ByBlock(numbers) {
		left := p.Taken
		for _, on := range shelves {
			if left.IsEmpty() {
				break
			}
			if _, here := s.tables.blocks.Get(s.tx, blockKey(p.Base, on)); !here {
				continue
			}
			row := s.blockRow(p.Base, on)
			here := left.And(row.Stock)
			changed, err := row.Return(here)
			must(err)
			s.refilled = s.refilled || row.Free.IsEmpty() && !here.IsEmpty()
			row.Block = changed
			s.shelfRow(on).Free += int64(here.Count())
			left = left.AndNot(here)
		}
		if !left.IsEmpty() {
			panic("engine: a number of no shelf was put back")
		}
	}
}

// shelfOf returns the shelf that has the number in stock.
func (s *step) shelfOf(n telephony.Number) (shelf, bool) {
	base, offset := n.Block()
	for b := range s.tables.blocks.Prefix(s.tx, blocksKey(base)) {
		if b.Stock.Has(offset) {
			return b.shelf, true
		}
	}
	return shelf{}, false
}

// sortShelves returns the shelves in ascending order, each once.
func sortShelves(shelves []shelf) []shelf {
	slices.SortFunc(shelves, func(a, b shelf) int {
		if a.Area != b.Area {
			return int(a.Area) - int(b.Area)
		}
		return int(a.Kind) - int(b.Kind)
	})
	return slices.Compact(shelves)
}
