package engine

import (
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Whether a number in stock is free stands in its block. What it is otherwise
// stands where it is: in a reservation, at rest, with a tenant. It is found out
// when somebody asks, by looking through what is open and at rest once, so that
// no write has to count it.

// stockMarks are the numbers of a block that are held, at rest, or were until they ran
// out, though that has not been settled. What is neither marked nor free is
// acquired.
type stockMarks struct{ held, resting, due reservation.Bits }

// stockState counts what is in stock by what it is.
type stockState struct{ free, held, resting, acquired reservation.Bits }

// state tells what the numbers of a block are, given its stockMarks; nil for none.
func (b *blockRow) state(m *stockMarks) stockState {
	if m == nil {
		return stockState{free: b.Free, acquired: b.Stock.AndNot(b.Free)}
	}
	free := b.Free.Or(m.due)
	return stockState{free, m.held, m.resting, b.Stock.AndNot(free).AndNot(m.held).AndNot(m.resting)}
}

// within returns what of it lies at the offsets.
func (s stockState) within(offsets reservation.Bits) stockState {
	return stockState{s.free.And(offsets), s.held.And(offsets), s.resting.And(offsets), s.acquired.And(offsets)}
}

// marksOf marks the numbers that asked says yes to, on their shelves. It looks at
// every number that is held or rests.
func (r reader) marksOf(asked func(telephony.Number) bool) map[blockID]*stockMarks {
	marked := make(map[blockID]*stockMarks)
	for row := range r.due.All() {
		for _, n := range row.Numbers {
			if !asked(n) {
				continue
			}
			base, offset := n.Block()
			id := blockID{row.shelf().id(), base}
			// One with several shelves stands once for each, with all its numbers.
			if len(row.Shelves) > 1 {
				if b, ok := r.tables.blocks.Get(r.rows, blockKey(base, row.shelf())); !ok || !b.Stock.Has(offset) {
					continue
				}
			}
			m := marked[id]
			if m == nil {
				m = &stockMarks{}
				marked[id] = m
			}
			switch {
			case row.at <= r.now:
				m.due.Set(offset)
			case row.Tenant == poolTenant:
				m.resting.Set(offset)
			default:
				m.held.Set(offset)
			}
		}
	}
	return marked
}

// surveyed is what a shelf has of a range in one block.
type surveyed struct {
	blockRow
	stockState // of the range's numbers
}

// all returns what of the range the shelf has, whatever it is.
func (p *surveyed) all() reservation.Bits { return p.free.Or(p.held).Or(p.resting).Or(p.acquired) }

// extentOfParts makes an extent of some numbers of each part.
func extentOfParts(parts []surveyed, of func(*surveyed) reservation.Bits) extents {
	picks := make([]reservation.Pick, len(parts))
	for i := range parts {
		picks[i] = reservation.Pick{Base: parts[i].Base, Taken: of(&parts[i])}
	}
	return extentOf(picks)
}

// survey returns what the shelves have of a range, block by block, and the
// numbers of it that none has.
func (r reader) survey(numbers telephony.Range) (parts []surveyed, absent extents) {
	taken := false
	for base, span := range numbers.Blocks() {
		left := reservation.BitsBetween(span[0], span[1])
		for row := range r.tables.blocks.Prefix(r.rows, blocksKey(base)) {
			here := row.Stock.And(left)
			if here.IsEmpty() {
				continue
			}
			parts = append(parts, surveyed{row, row.state(nil).within(here)})
			taken = taken || !here.AndNot(row.Free).IsEmpty()
			left = left.AndNot(here)
		}
		absent.add(base, left)
	}
	if !taken {
		return parts, absent
	}
	marked := r.marksOf(numbers.Contains)
	for i := range parts {
		p := &parts[i]
		all := p.free.Or(p.acquired)
		p.stockState = p.state(marked[p.id()]).within(all)
	}
	return parts, absent
}

// settleWithin ends what has run out and has numbers of a range: they are free,
// though nobody has come by to say so.
func (s *step) settleWithin(numbers telephony.Range) {
	var due reservationList
	for row := range s.due.All() {
		if startOfSecond(row.at) > s.now {
			break
		}
		// One with several shelves stands once for each.
		if row.at <= s.now && row.shelf() == row.Shelves[0] && row.touches(numbers) {
			due = append(due, row.reservationRow)
		}
	}
	for _, row := range due {
		s.expire(row)
	}
}

// touches reports whether the reservation has a number of the range.
func (r *reservationRow) touches(numbers telephony.Range) bool {
	for _, n := range r.Numbers {
		if numbers.Contains(n) {
			return true
		}
	}
	return false
}
