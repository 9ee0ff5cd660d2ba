package engine

import (
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// bringIn makes the numbers of a completed order that were ported the tenant's:
// outside of the quota, at the order's location, in stock on the shelf of the
// order's area like all others, and never free.
func (s *step) bringIn(row portRow) {
	s.openBlocks()
	r := row.Order.Request
	var all telephony.NumberList
	var rows []numberRow
	for _, k := range telephony.Kinds() {
		numbers := portedAs(row.Order.Results, k)
		if len(numbers) == 0 {
			continue
		}
		on := s.stockTaken(row.Area, k, numbers)
		for _, n := range numbers {
			rows = append(rows, numberRow{Tenant: row.Tenant, Number: n, Kind: k, Area: on.Area, Acquired: s.now, Since: s.now,
				Ported: true, Location: r.Location, Located: s.now})
		}
		all = append(all, numbers...)
	}
	for _, n := range rows {
		s.addNumber(n)
	}
	all = sortNumbers(all)
	s.tell(Event{Type: NumbersPorted, Order: row.ID, Numbers: all, Location: r.Location, Area: row.Area, Carrier: r.Carrier})
	if failed := s.failedAt(r.Location, rows); len(failed) > 0 {
		s.tell(Event{Type: ActivationFailed, Numbers: failed, Location: r.Location})
	}
}

// portedAs lists the numbers that were ported to be of a kind.
func portedAs(results porting.Results, k telephony.Kind) (numbers telephony.NumberList) {
	for _, r := range results {
		if r.Outcome == porting.Ported && r.Kind == k {
			for n := range r.Numbers.All() {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers
}

// stockTaken puts numbers in stock that are somebody's, and returns the shelf.
// The blocks must be open.
func (s *step) stockTaken(a telephony.Area, k telephony.Kind, numbers telephony.NumberList) shelf {
	on, known := s.findShelf(a, k)
	if !known {
		on = s.addShelf(a, k)
	}
	for _, p := range reservation.ByBlock(numbers) {
		row, ok := s.tables.blocks.Get(s.tx, blockKey(p.Base, on))
		if !ok {
			row = blockRow{on, reservation.Block{Base: p.Base}}
		}
		row.Block = must1(row.AddTaken(p.Taken))
		s.putBlock(row, ok)
	}
	s.resizeShelf(on, int64(len(numbers)), 0)
	return on
}

// unstockTaken takes numbers out of stock that were a tenant's and are nobody's
// here any longer. The blocks must be open.
func (s *step) unstockTaken(rows []numberRow) {
	byShelf := make(map[shelf]telephony.NumberList)
	var shelves []shelf
	for _, n := range rows {
		on := shelf{n.Area, n.Kind}
		if byShelf[on] == nil {
			shelves = append(shelves, on)
		}
		byShelf[on] = append(byShelf[on], n.Number)
	}
	for _, on := range sortShelves(shelves) {
		for _, p := range reservation.ByBlock(byShelf[on]) {
			row, _ := s.tables.blocks.Get(s.tx, blockKey(p.Base, on))
			row.Block = must1(row.RemoveTaken(p.Taken))
			s.putBlock(row, true)
		}
		s.resizeShelf(on, -int64(len(byShelf[on])), 0)
	}
}

// offers reports whether a shelf has numbers of the provider's own. One with none
// but those that tenants ported in offers nothing, and nobody is to learn from it
// that these are there.
func (r reader) offers(on shelf) bool {
	row, ok := r.tables.shelves.Get(r.rows, shelfKey(on))
	return ok && row.Total > r.ported.of(on)
}
