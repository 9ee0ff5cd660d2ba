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

// find chooses the numbers. Where there are too few it settles what has run out
// and would help, since that is free though nobody has come by to say so, and
// chooses again.
func (s *step) find(r reserveCommand) ([]found, *telephony.Error) {
	shelves, refusal := s.shelvesFor(r)
	if refusal != nil {
		return nil, refusal
	}
	chosen, refusal := s.choose(r, shelves)
	missing := r.choice().Count() - available(chosen, refusal)
	if missing == 0 || !s.settleFor(r, shelves, missing) {
		return chosen, refusal
	}
	return s.choose(r, shelves)
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
func (s *step) shelvesFor(r reserveCommand) ([]shelf, *telephony.Error) {
	if r.Area != (telephony.Area{}) {
		on, ok := s.findShelf(r.Area, r.Kind)
		if !ok || !s.offers(on) {
			return nil, &telephony.Error{Code: ErrAreaNotOffered, Field: "area",
				Detail: "no " + r.Kind.String() + " numbers are offered in " + r.Area.String(), Fix: "browse the areas that are"}
		}
		return []shelf{on}, nil
	}
	var shelves []shelf
	for row := range s.tables.shelves.Prefix(s.tx, nil) {
		if row.Kind == r.Kind {
			shelves = append(shelves, row.shelf)
		}
	}
	return shelves, nil
}

// choose selects on the shelves, in their order, until there is enough.
func (s *step) choose(r reserveCommand, shelves []shelf) ([]found, *telephony.Error) {
	if s.refilled {
		s.flush()
	}
	if len(shelves) == 1 {
		picks, err := reservation.Select(r.choice(), s.blocksOn(shelves[0], r.choice()))
		return []found{{shelves[0], picks}}, asError(err)
	}
	if len(r.Numbers) > 0 {
		return s.chooseListed(r)
	}
	return s.chooseAnywhere(r, shelves)
}

// blocksOn yields the blocks of a shelf that the choice can pick from.
func (s *step) blocksOn(on shelf, c reservation.Choice) iter.Seq[reservation.Block] {
	if len(c.Numbers) > 0 {
		return s.listedBlocks(on, c.Numbers)
	}
	return func(yield func(reservation.Block) bool) {
		if !c.Prefix.IsZero() {
			for _, base := range reservation.CutBlocks(c.Prefix) {
				if row, ok := s.block(base, on); ok && !yield(row.Block) {
					return
				}
			}
		}
		lo, hi := c.Prefix.Words()
		if c.Prefix.IsZero() {
			if base, known := s.lowest[on.id()]; known {
				row, _ := s.block(base, on)
				if !yield(row.Block) {
					return
				}
				lo = base.Word() + 1
			}
		}
		for row := range s.tables.notEmpty.Between(s.tx, notEmptyKey(on, lo), notEmptyKey(on, hi+1)) {
			// A run is looked for in many blocks; of others the first ones will do,
			// and are kept to be taken from.
			now := s.current
			if !c.Consecutive {
				now = s.keep
			}
			block := now(&row).Block
			if lo == 0 && !block.Free.IsEmpty() {
				s.lowest[on.id()], lo = block.Base, block.Base.Word()
			}
			if !yield(block) {
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
func (s *step) chooseListed(r reserveCommand) ([]found, *telephony.Error) {
	byShelf := make(map[shelf]telephony.NumberList)
	var shelves []shelf
	var missing telephony.NumberList
	for _, n := range r.Numbers {
		on, ok := s.shelfOf(n)
		if !ok || on.Kind != r.Kind {
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
		part := reservation.Choice{Numbers: byShelf[on]}
		picks, err := reservation.Select(part, s.blocksOn(on, part))
		if err != nil {
			missing = append(missing, asError(err).Numbers...)
		}
		all = append(all, found{on, picks})
	}
	if len(missing) > 0 {
		return nil, asError(reservation.NumbersTaken(missing, len(r.Numbers)))
	}
	return all, nil
}

// chooseAnywhere takes from one shelf after another, in the order in which
// areas were first stocked. A run is found on one shelf.
func (s *step) chooseAnywhere(r reserveCommand, shelves []shelf) ([]found, *telephony.Error) {
	var all []found
	missing, longest := r.Quantity, 0
	for _, on := range shelves {
		part := r.choice()
		part.Quantity, part.AllowFewer = missing, !part.Consecutive
		picks, err := reservation.Select(part, s.blocksOn(on, part))
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
	if r.AllowFewer && len(all) > 0 {
		return all, nil
	}
	if !r.Consecutive {
		longest = r.Quantity - missing
	}
	return nil, asError(reservation.OutOfStock(r.choice(), longest))
}

// settleFor settles what has run out on the shelves until it has freed as many
// numbers as a choice is missing, and reports whether there was anything.
func (s *step) settleFor(r reserveCommand, shelves []shelf, missing int) bool {
	settled := 0
	for _, on := range shelves {
		settled += s.settleShelf(on, func(row *reservationRow) bool {
			if r.Consecutive {
				return false // any number may close the gap
			}
			missing -= helpful(row, r)
			return missing <= 0
		})
	}
	return settled > 0
}

// helpful counts the numbers of a reservation that a choice could pick. One with
// numbers of several shelves counts for nothing: where each of them is would have
// to be looked up, and settling more than is missing does no harm.
func helpful(row *reservationRow, r reserveCommand) (count int) {
	if len(row.Shelves) > 1 {
		return 0
	}
	for _, n := range row.Numbers {
		if len(r.Numbers) > 0 && !slices.Contains(r.Numbers, n) || !r.Prefix.Contains(n) {
			continue
		}
		count++
	}
	return count
}
