package engine

import (
	"cmp"
	"slices"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
	"example.com/callingplan/telephony/engine/internal/ordered"
)

// step is the application of one command, or of several in a row that share a
// transaction: the transaction, the time, and the rows that change again and
// again, each read once and written once.
type step struct {
	settings *Settings
	tables   *tables
	db       *memtable.DB
	tx       *memtable.Txn
	now      int64 // Unix nanoseconds
	index    uint64
	chain    Digest
	history  *history
	requests int         // request ids of the provider's own that are kept
	prune    uint64      // the log is kept from this index on
	account  *accountRow // the command's tenant; nil if there is none

	free   freeEdition
	ported freeEdition // by shelf, too
	due    *ordered.Edition[dueRow]
	*memory
	known  knownAreas
	graces *ordered.Edition[graceRow]
	// refilled says that a block that was empty has something free again, which
	// the index of blocks that are not empty learns with the flush.
	refilled bool
}

// memory is what was looked up so far and lasts from one transaction to the
// next. It follows from the rows and is no part of the state.
type memory struct {
	accounts  *cache[uint32, accountRow]
	blocks    *cache[blockID, blockRow]
	tallies   *cache[tallyID, tallyRow]
	locations *cache[locationID, locationRow]
	// Areas and tenants are there for good, shelves as long as they have stock.
	areas   map[telephony.Area]areaRow
	shelves map[shelfID]*knownShelf
	tenants map[telephony.TenantID]uint32

	// oldRequests is a moment before which no request id is to be forgotten, so
	// that most commands need not look. One that is too early costs a look and
	// nothing else. One that is too late would have this machine forget later than
	// one that was restored, and the two would come to different states.
	oldRequests int64
	// fullUntil is likewise a moment before which none of a tenant's own is, where
	// it once had as many as it may have.
	fullUntil map[uint32]int64

	posted []posting // what lists are to gain and to lose with the flush
	forked bool      // the rows read share memory with another machine's
	// Room that serves again: for what a digest is of, the events of the command, the
	// entries of the transaction, and what was found on one shelf in one block.
	scratch []byte
	events  []Event
	entries packed
	found   [1]found
	pick    [1]reservation.Pick
}

// knownShelf is what is known of a shelf that there is.
type knownShelf struct {
	alone  []shelf          // the shelf and no other, for what has numbers of one
	lowest telephony.Number // the first block that has something free, where that is known
}

func newMemory(t *tables) *memory {
	return &memory{accounts: newCache[uint32](t.accounts, (*accountRow).staleFrom), blocks: newCache[blockID](t.blocks, (*blockRow).place),
		tallies: newCache[tallyID](t.tallies, nil), locations: newCache[locationID](t.locations, nil),
		areas: make(map[telephony.Area]areaRow), shelves: make(map[shelfID]*knownShelf),
		fullUntil: make(map[uint32]int64), tenants: make(map[telephony.TenantID]uint32)}
}

// trim forgets rows where there are too many, between transactions.
func (m *memory) trim() {
	m.accounts.trim()
	m.blocks.trim()
	m.tallies.trim()
	m.locations.trim()
}

// time returns the step's time for the pure rules.
func (s *step) time() time.Time { return time.Unix(0, s.now).UTC() }

// event adds to what the command's log entry tells.
func (s *step) event(e Event) {
	s.events = append(s.events, e)
}

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
	ordinal, ok := s.tenants[id]
	if !ok {
		tenant, ok := s.tables.tenants.Get(s.tx, tenantKey(id))
		if !ok {
			return nil
		}
		ordinal = tenant.Ordinal
		s.tenants[id] = ordinal
	}
	return s.accountRow(ordinal)
}

// forTenant has a command of the provider do something with what is a tenant's.
func (s *step) forTenant(id telephony.TenantID, do func() (any, *telephony.Error)) (any, *telephony.Error) {
	if s.account = s.accountOf(id); s.account == nil {
		return nil, unknownTenant(id)
	}
	defer func() { s.account = nil }() // the command is remembered as the provider's
	return do()
}

// accountRow returns the account with that ordinal.
func (s *step) accountRow(ordinal uint32) *accountRow {
	if row, ok := s.accounts.look(ordinal); ok {
		return row
	}
	row, ok := s.tables.accounts.Get(s.tx, accountKey(ordinal))
	if !ok {
		panic("engine: a tenant without an account")
	}
	if s.forked {
		row.own()
	}
	return s.accounts.add(ordinal, row)
}

// edit says that an account is about to be changed, in place.
func (s *step) edit(a *accountRow) *accountRow {
	s.accounts.edit(a.Tenant)
	return a
}

// shelf returns what is known of a shelf, nil if there is no such shelf.
func (s *step) shelf(on shelf) *knownShelf {
	known, ok := s.shelves[on.id()]
	if !ok {
		if _, ok = s.tables.shelves.Get(s.tx, shelfKey(on)); ok {
			known = &knownShelf{alone: []shelf{on}}
			s.shelves[on.id()] = known
		}
	}
	return known
}

// block returns a block of a shelf as it is, and whether there is one.
func (s *step) block(base telephony.Number, on shelf) (*blockRow, bool) {
	id := blockID{on.id(), base}
	if row, ok := s.blocks.look(id); ok {
		return row, true
	}
	row, ok := s.tables.blocks.Get(s.tx, blockKey(base, on))
	if !ok {
		return nil, false
	}
	return s.blocks.add(id, row), true
}

// current returns a block as it is, given it as the transaction has it.
func (s *step) current(stored *blockRow) *blockRow {
	if row, ok := s.blocks.look(stored.id()); ok {
		return row
	}
	return stored
}

// keep takes in a block as the transaction has it, unless it is here already,
// and returns it as it is.
func (s *step) keep(stored *blockRow) *blockRow {
	if row := s.current(stored); row != stored {
		return row
	}
	return s.blocks.add(stored.id(), *stored)
}

// change puts a changed block in the place of the present one.
func (s *step) change(on shelf, b reservation.Block) {
	row, ok := s.blocks.edit(blockID{on.id(), b.Base})
	if !ok {
		panic("engine: a block was changed that was not read")
	}
	if was, is := row.Free.IsEmpty(), b.Free.IsEmpty(); was != is {
		s.refilled = s.refilled || was
		if known, ok := s.shelves[on.id()]; ok {
			known.lowest = telephony.Number{}
		}
	}
	row.Block = b
}

// flush writes the rows that were changed. What is read after it through the
// transaction sees the changes.
func (s *step) flush() {
	s.accounts.flush(s.tx)
	s.blocks.flush(s.tx)
	s.tallies.flush(s.tx)
	s.locations.flush(s.tx)
	s.flushPostings()
	s.refilled = false
}

// take makes the picked numbers of a shelf somebody's.
func (s *step) take(picks []reservation.Pick, on shelf) {
	taken := 0
	for _, p := range picks {
		row, ok := s.block(p.Base, on)
		if !ok {
			panic("engine: a number without its block")
		}
		changed, err := row.Take(p.Taken)
		must(err)
		s.change(on, changed)
		taken += p.Taken.Count()
	}
	s.free.add(on, -int64(taken))
}

// putBack makes numbers free again, each on the shelf out of the given ones
// that has it in stock.
func (s *step) putBack(numbers telephony.NumberList, shelves []shelf) {
	for _, p := range reservation.ByBlock(numbers) {
		left := p.Taken
		for _, on := range shelves {
			row, there := s.block(p.Base, on)
			if !there || left.IsEmpty() {
				continue
			}
			here := left.And(row.Stock)
			changed, err := row.Return(here)
			must(err)
			s.change(on, changed)
			s.free.add(on, int64(here.Count()))
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

// shelfAmong returns which of the shelves, one of which has it, has the number in
// stock.
func (s *step) shelfAmong(n telephony.Number, shelves []shelf) shelf {
	if len(shelves) == 1 {
		return shelves[0]
	}
	base, offset := n.Block()
	for _, on := range shelves {
		if b, ok := s.block(base, on); ok && b.Stock.Has(offset) {
			return on
		}
	}
	panic("engine: a number of none of its shelves")
}

// sortShelves returns the shelves in ascending order, each once.
func sortShelves(shelves []shelf) []shelf {
	slices.SortFunc(shelves, shelf.compare)
	return slices.Compact(shelves)
}

func (s shelf) compare(other shelf) int {
	if c := cmp.Compare(s.Area, other.Area); c != 0 {
		return c
	}
	return cmp.Compare(s.Kind, other.Kind)
}
