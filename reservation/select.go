package reservation

import (
	"iter"
	"slices"

	"example.com/callingplan/telephony"
)

// ErrOutOfStock is the cause where too few free numbers match a choice.
const ErrOutOfStock telephony.Code = "out_of_stock"

// Select picks what is asked for from the blocks and changes nothing. The
// blocks come in ascending order of their base; blocks without a free number
// may be left out. The same choice and blocks give the same picks: the lowest
// numbers that match, block by block, or others by the choice's order; of several
// runs long enough, the one that ends first. A run may cross from a block into the
// next, not from numbers of one length to those of another. Select stops reading
// as soon as it has enough: what is spread or shuffled it chooses among the first
// 64 blocks with a number that matches, or as many more as it takes.
//
// For a prefix only the blocks of [CutBlocks] are needed and those whose bases
// lie between the prefix's words. For a list only the blocks of its numbers are;
// a number whose block is not given counts as taken.
//
// Errors, in order of precedence: those of Choice.Validate; ErrNumbersTaken
// with the listed numbers that are not free; ErrOutOfStock with the figures
// "asked" and "available": how many free numbers match or, for a run, how long
// the longest is.
func Select(c Choice, blocks iter.Seq[Block]) ([]Pick, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	switch {
	case len(c.Numbers) > 0:
		return selectListed(c, blocks)
	case c.Consecutive:
		return selectRun(c, blocks)
	case c.Order != Lowest:
		return selectAcross(c, blocks)
	}
	return selectLowest(c, blocks)
}

func selectLowest(c Choice, blocks iter.Seq[Block]) ([]Pick, error) {
	s := lowest{window: newWindow(c.Prefix, c.Exclude), missing: c.Quantity}
	for b := range blocks {
		if !s.read(&b) {
			break
		}
	}
	if available := c.Quantity - s.missing; s.missing > 0 && (available == 0 || !c.AllowFewer) {
		return nil, OutOfStock(c, available)
	}
	return s.picks, nil
}

// lowest picks the lowest numbers that match.
type lowest struct {
	window  window
	missing int
	picks   []Pick
}

// read picks from the next block and reports whether to read on.
func (s *lowest) read(b *Block) bool {
	if s.window.endsBefore(b.Base) {
		return false
	}
	if taken := s.window.of(b).Lowest(s.missing); !taken.IsEmpty() {
		s.picks = append(s.picks, Pick{b.Base, taken})
		s.missing -= taken.Count()
	}
	return s.missing > 0
}

// acrossBlocks is among how many blocks numbers are spread or shuffled: enough for
// those of two callers not to be neighbours, few enough to be read each time.
const acrossBlocks = 64

// selectAcross picks by the choice's order among the numbers of several blocks.
func selectAcross(c Choice, blocks iter.Seq[Block]) ([]Pick, error) {
	w := newWindow(c.Prefix, c.Exclude)
	match := make([]Pick, 0, acrossBlocks)
	total := 0
	for b := range blocks {
		if w.endsBefore(b.Base) {
			break
		}
		free := w.of(&b)
		if free.IsEmpty() {
			continue
		}
		match = append(match, Pick{b.Base, free})
		if total += free.Count(); len(match) >= acrossBlocks && total >= c.Quantity {
			break
		}
	}
	if total == 0 || total < c.Quantity && !c.AllowFewer {
		return nil, OutOfStock(c, total)
	}
	return rankedOf(match).only(c.Order.ranks(total, min(c.Quantity, total), c.Seed)), nil
}

func selectRun(c Choice, blocks iter.Seq[Block]) ([]Pick, error) {
	s := firstRun{window: newWindow(c.Prefix, c.Exclude), quantity: c.Quantity}
	for b := range blocks {
		if !s.read(&b) {
			break
		}
	}
	if s.picks == nil {
		return nil, OutOfStock(c, s.longest)
	}
	return s.picks, nil
}

// firstRun picks the first run of quantity numbers that match.
type firstRun struct {
	window   window
	quantity int
	longest  int // the longest run so far
	open     openRuns
	picks    []Pick
}

// read looks for the run's end in the next block and reports whether to read on.
func (s *firstRun) read(b *Block) bool {
	if s.window.endsBefore(b.Base) {
		return false
	}
	s.open.pass(b.Base)
	free := s.window.of(b)
	if !free.HasRun(s.longest + 1) {
		// What begins and ends in this block is no longer than a run that was
		// too short. This spares long searches through broken stock.
		free = free.edges()
	}
	for offset, length := range free.Runs() {
		before := 0
		if offset == 0 {
			before = s.open.at(b.Base)
		}
		if before+length >= s.quantity {
			first, _ := b.Base.Add(offset - before)
			s.picks = picksOfRun(first, s.quantity)
			return false
		}
		s.longest = max(s.longest, before+length)
		if offset+length == BlockSize {
			s.open.add(b.Base, before+length)
		}
	}
	return true
}

// openRuns are the runs that reach the end of their block and may go on in the
// next. Between two blocks that touch there can stand some of longer numbers
// that begin with the same digits, so more than one can be open.
type openRuns []openRun

type openRun struct {
	next   telephony.Number // the base of the block it would go on in
	length int
}

// add opens a run of that length up to the end of the block.
func (o *openRuns) add(base telephony.Number, length int) {
	if next, ok := base.Add(BlockSize); ok {
		*o = append(*o, openRun{next, length})
	}
}

// pass forgets the runs whose next block would have come before base.
func (o *openRuns) pass(base telephony.Number) {
	*o = slices.DeleteFunc(*o, func(r openRun) bool { return r.next.Compare(base) < 0 })
}

// at returns the length of the run that goes on at base, 0 if none does.
func (o openRuns) at(base telephony.Number) int {
	for _, r := range o {
		if r.next == base {
			return r.length
		}
	}
	return 0
}

func picksOfRun(first telephony.Number, length int) (picks []Pick) {
	for length > 0 {
		base, offset := first.Block()
		taken := min(length, BlockSize-offset)
		picks = append(picks, Pick{base, BitsBetween(offset, offset+taken-1)})
		first, _ = first.Add(taken)
		length -= taken
	}
	return picks
}

func selectListed(c Choice, blocks iter.Seq[Block]) ([]Pick, error) {
	wanted := ByBlock(c.Numbers)
	var taken []Pick
	at := 0
	for b := range blocks {
		for at < len(wanted) && wanted[at].Base.Compare(b.Base) < 0 {
			taken = append(taken, wanted[at])
			at++
		}
		if at == len(wanted) {
			break
		}
		if wanted[at].Base != b.Base {
			continue
		}
		if absent := wanted[at].Taken.AndNot(b.Free); !absent.IsEmpty() {
			taken = append(taken, Pick{b.Base, absent})
		}
		if at++; at == len(wanted) {
			break
		}
	}
	if taken = append(taken, wanted[at:]...); len(taken) > 0 {
		return nil, NumbersTaken(Numbers(taken), len(c.Numbers))
	}
	return wanted, nil
}

// NumbersTaken is the error of Select for listed numbers that are not free, for
// those too who select in several places and put the answers together.
func NumbersTaken(taken telephony.NumberList, asked int) error {
	return &telephony.Error{Code: ErrNumbersTaken, Field: "numbers", Numbers: taken,
		Fix: "choose among the free numbers",
		Figures: []telephony.Figure{{Name: "asked", Value: int64(asked)},
			{Name: "available", Value: int64(asked - len(taken))}}}
}

// OutOfStock is the error of Select for too few numbers that match, for those too
// who select in several places and put the answers together.
func OutOfStock(c Choice, available int) error {
	e := &telephony.Error{Code: ErrOutOfStock, Fix: "ask for fewer numbers, or choose another area",
		Figures: []telephony.Figure{{Name: "asked", Value: int64(c.Quantity)},
			{Name: "available", Value: int64(available)}}}
	switch {
	case c.Consecutive:
		e.Detail = "too few free numbers follow each other"
	case !c.Prefix.IsZero():
		e.Detail = "too few free numbers begin with the prefix"
	}
	return e
}
