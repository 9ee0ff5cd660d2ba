package engine

import (
	"iter"
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// found is what was chosen on one shelf.
type found struct {
	shelf
	picks []reservation.Pick
}

// find chooses the numbers, or refuses with the reasons why listed ones are not to
// be had.
func (s *step) find(w *wish) ([]found, *telephony.Error) {
	chosen, refusal := s.findOrSettle(w)
	if refusal != nil && refusal.Code == reservation.ErrNumbersTaken {
		return nil, s.refuseTaken(w, refusal.Numbers)
	}
	return chosen, refusal
}

// findOrSettle chooses the numbers. Where there are too few it settles what has run
// out and would help, since that is free though nobody has come by to say so, and
// chooses again.
func (s *step) findOrSettle(w *wish) ([]found, *telephony.Error) {
	shelves, refusal := s.shelvesFor(w)
	if refusal != nil {
		return nil, refusal
	}
	chosen, refusal := s.choose(w, shelves)
	missing := w.Count() - available(chosen, refusal)
	if missing == 0 || !s.settleFor(w, shelves, missing) {
		return chosen, refusal
	}
	return s.choose(w, shelves)
}

// picksOf returns what was found, all shelves together.
func picksOf(chosen []found) []reservation.Pick {
	if len(chosen) == 1 {
		return chosen[0].picks
	}
	var all []reservation.Pick
	for _, f := range chosen {
		all = append(all, f.picks...)
	}
	return all
}

// shelvesWith returns the shelves that something was found on, ascending.
func (s *step) shelvesWith(chosen []found) []shelf {
	if len(chosen) == 1 {
		return s.shelf(chosen[0].shelf).alone
	}
	var shelves []shelf
	for _, f := range chosen {
		shelves = append(shelves, f.shelf)
	}
	return sortShelves(shelves)
}

// available returns how many numbers a choice found, whether that was enough,
// all there are for who takes fewer, or too few.
func available(chosen []found, refusal *telephony.Error) (count int) {
	if refusal != nil {
		available, _ := refusal.Figure("available")
		return int(available)
	}
	for _, f := range chosen {
		for _, p := range f.picks {
			count += p.Taken.Count()
		}
	}
	return count
}

// shelvesFor returns the shelves to choose from: that of the area, or for a
// prefix or a list without an area all of the kind.
func (s *step) shelvesFor(w *wish) ([]shelf, *telephony.Error) {
	if w.area != (telephony.Area{}) {
		on, ok := s.findShelf(w.area, w.kind)
		if !ok || s.ported.of(on) > 0 && !s.reader().offers(on) {
			return nil, notOffered(w.kind, w.area)
		}
		return s.shelf(on).alone, nil
	}
	var shelves []shelf
	for row := range s.tables.shelves.Prefix(s.tx, nil) {
		if row.Kind == w.kind {
			shelves = append(shelves, row.shelf)
		}
	}
	return shelves, nil
}

func notOffered(k telephony.Kind, a telephony.Area) *telephony.Error {
	return &telephony.Error{Code: ErrAreaNotOffered, Field: "area",
		Detail: "no " + k.String() + " numbers are offered in " + a.String(), Fix: "browse the areas that are"}
}

// choose selects on the shelves, in their order, until there is enough.
func (s *step) choose(w *wish, shelves []shelf) ([]found, *telephony.Error) {
	if s.refilled {
		s.flush()
	}
	switch {
	case len(shelves) == 1:
		return s.chooseOn(shelves[0], w)
	case len(w.Numbers) > 0:
		return s.chooseListed(w)
	case w.Order != reservation.Lowest:
		return s.chooseAcross(w, shelves)
	}
	return s.chooseAnywhere(w, shelves)
}

// chooseOn selects on one shelf.
func (s *step) chooseOn(on shelf, w *wish) ([]found, *telephony.Error) {
	var err error
	picks := s.pickFirst(on, w)
	if picks == nil {
		picks, err = reservation.Select(w.Choice, s.blocksOn(on, w))
	}
	s.found = [1]found{{on, picks}}
	return s.found[:], asError(err)
}

// pickFirst picks from the first block of a shelf that has something free, nil if that
// is not known or not enough. It is what Select does for most callers, who want any
// numbers, without the search.
func (s *step) pickFirst(on shelf, w *wish) []reservation.Pick {
	known := s.shelf(on)
	if !known.lowest.IsValid() || !w.isAny() {
		return nil
	}
	row, _ := s.block(known.lowest, on)
	taken := row.Free.Lowest(w.Quantity)
	if taken.Count() < w.Quantity {
		return nil
	}
	s.pick = [1]reservation.Pick{{Base: row.Base, Taken: taken}}
	return s.pick[:]
}

// blocksOn yields the blocks of a shelf that the wish can be picked from.
func (s *step) blocksOn(on shelf, w *wish) iter.Seq[reservation.Block] {
	if len(w.Numbers) > 0 {
		return s.listedBlocks(on, w.Numbers)
	}
	without, known := w.without, s.shelf(on)
	lowest := !w.Consecutive && w.Order == reservation.Lowest
	return func(yield func(reservation.Block) bool) {
		if !w.Prefix.IsZero() {
			for _, base := range reservation.CutBlocks(w.Prefix) {
				if row, ok := s.block(base, on); ok && !yield(without.off(row.Block)) {
					return
				}
			}
		}
		lo, hi := w.Prefix.Words()
		if w.Prefix.IsZero() {
			if base := known.lowest; base.IsValid() {
				row, _ := s.block(base, on)
				if !yield(without.off(row.Block)) {
					return
				}
				lo = base.Word() + 1
			}
		}
		for row := range s.tables.notEmpty.Between(s.tx, notEmptyKey(on, lo), notEmptyKey(on, hi+1)) {
			// A run or another order is looked for in many blocks; of the lowest the
			// first ones will do, and are kept to be taken from.
			var now *blockRow
			if lowest {
				now = s.keep(&row)
			} else {
				now = s.current(&row)
			}
			block := now.Block
			if lo == 0 && !block.Free.IsEmpty() {
				known.lowest, lo = block.Base, block.Base.Word()
			}
			if !yield(without.off(block)) {
				return
			}
		}
	}
}

// listedBlocks yields the blocks of named numbers that a shelf has.
func (s *step) listedBlocks(on shelf, numbers telephony.NumberList) iter.Seq[reservation.Block] {
	return func(yield func(reservation.Block) bool) {
		for _, p := range reservation.ByBlock(numbers) {
			if row, ok := s.block(p.Base, on); ok && !yield(row.Block) {
				return
			}
		}
	}
}

// chooseListed finds named numbers on whatever shelves of the kind have them.
func (s *step) chooseListed(w *wish) ([]found, *telephony.Error) {
	byShelf := make(map[shelf]telephony.NumberList)
	var shelves []shelf
	var missing telephony.NumberList
	for _, n := range w.Numbers {
		on, ok := s.shelfOf(n)
		if !ok || on.Kind != w.kind {
			missing = append(missing, n)
			continue
		}
		if byShelf[on] == nil {
			shelves = append(shelves, on)
		}
		byShelf[on] = append(byShelf[on], n)
	}
	var all []found
	for _, on := range sortShelves(shelves) {
		part := &wish{Choice: reservation.Choice{Numbers: byShelf[on]}}
		picks, err := reservation.Select(part.Choice, s.blocksOn(on, part))
		if err != nil {
			missing = append(missing, asError(err).Numbers...)
		}
		all = append(all, found{on, picks})
	}
	if len(missing) > 0 {
		slices.SortFunc(missing, telephony.Number.Compare)
		return nil, asError(reservation.NumbersTaken(missing, len(w.Numbers)))
	}
	return all, nil
}

// chooseAcross takes by the order of the wish from all shelves together, as if
// they were one.
func (s *step) chooseAcross(w *wish, shelves []shelf) ([]found, *telephony.Error) {
	s.flush() // the shelves are read as the tables have them
	sources := make([]reservation.Source, len(shelves))
	for i, on := range shelves {
		sources[i] = &shelfStock{tables: s.tables, rows: s.tx, on: on, without: w.without}
	}
	picks, err := reservation.Select(w.Choice, reservation.Blocks(w.Prefix, reservation.Merged(sources...)))
	if err != nil {
		return nil, asError(err)
	}
	var all []found
	for _, p := range picks {
		for b := range s.tables.blocks.Prefix(s.tx, blocksKey(p.Base)) {
			here := p.Taken.And(b.Stock)
			if b.Kind != w.kind || here.IsEmpty() {
				continue
			}
			at := slices.IndexFunc(all, func(f found) bool { return f.shelf == b.shelf })
			if at < 0 {
				at, all = len(all), append(all, found{shelf: b.shelf})
			}
			all[at].picks = append(all[at].picks, reservation.Pick{Base: p.Base, Taken: here})
		}
	}
	return all, nil
}

// chooseAnywhere takes from one shelf after another, in the order in which
// areas were first stocked. A run is found on one shelf.
func (s *step) chooseAnywhere(w *wish, shelves []shelf) ([]found, *telephony.Error) {
	var all []found
	missing, longest := w.Quantity, 0
	for _, on := range shelves {
		part := *w
		part.Quantity, part.AllowFewer = missing, !part.Consecutive
		picks, err := reservation.Select(part.Choice, s.blocksOn(on, &part))
		if err != nil {
			available, _ := asError(err).Figure("available")
			longest = max(longest, int(available))
			continue
		}
		all = append(all, found{on, picks})
		for _, p := range picks {
			missing -= p.Taken.Count()
		}
		if missing == 0 {
			return all, nil
		}
	}
	if w.AllowFewer && len(all) > 0 {
		return all, nil
	}
	if !w.Consecutive {
		longest = w.Quantity - missing
	}
	return nil, asError(reservation.OutOfStock(w.Choice, longest))
}

// settleFor settles what has run out on the shelves until it has freed as many
// numbers as a choice is missing, and reports whether there was anything.
func (s *step) settleFor(w *wish, shelves []shelf, missing int) bool {
	settled, excluded := 0, maskOf(w.Exclude)
	for _, on := range shelves {
		settled += s.settleShelf(on, func(row *reservationRow) bool {
			if w.Consecutive {
				return false // any number may close the gap
			}
			missing -= helpful(row, w, excluded)
			return missing <= 0
		})
	}
	return settled > 0
}

// helpful counts the numbers of a reservation that a choice could pick. One with
// numbers of several shelves counts for nothing: where each of them is would have
// to be looked up, and settling more than is missing does no harm.
func helpful(row *reservationRow, w *wish, excluded mask) (count int) {
	if len(row.Shelves) > 1 {
		return 0
	}
	for _, n := range row.Numbers {
		if len(w.Numbers) > 0 && !slices.Contains(w.Numbers, n) || !w.Prefix.Contains(n) ||
			excluded.has(n) || w.without.has(n) {
			continue
		}
		count++
	}
	return count
}
