package reservation

import "example.com/callingplan/telephony"

// Unload takes the numbers at the offsets out of stock; only what is free can
// go. Errors, in order of precedence, each with the numbers concerned:
// ErrNotInStock, ErrNumbersTaken.
func (b Block) Unload(offsets Bits) (Block, error) {
	b, err := b.Take(offsets)
	if err == nil {
		b.Stock = b.Stock.AndNot(offsets)
	}
	return b, err
}

// Cut parts the numbers at the offsets from the others, free or not. Offsets that
// are not in stock count for nothing. Join is the way back.
func (b Block) Cut(offsets Bits) (part, rest Block) {
	part = Block{b.Base, b.Stock.And(offsets), b.Free.And(offsets)}
	rest = Block{b.Base, b.Stock.AndNot(offsets), b.Free.AndNot(offsets)}
	return part, rest
}

// Join adds the stock of another part of the same thousands-block, free or not.
// Errors, in order of precedence: ErrBlock where the two begin with different
// numbers; ErrDuplicateStock with the numbers that both have.
func (b Block) Join(other Block) (Block, error) {
	if b.Base != other.Base {
		return b, &telephony.Error{Code: ErrBlock, Numbers: telephony.NumberList{b.Base, other.Base},
			Detail: "parts of two blocks are not one block"}
	}
	if both := b.Stock.And(other.Stock); !both.IsEmpty() {
		return b, b.refuse(ErrDuplicateStock, both, "load each number once")
	}
	b.Stock, b.Free = b.Stock.Or(other.Stock), b.Free.Or(other.Free)
	return b, nil
}

// CountBetween returns how many numbers from first to last, both included, are in
// the set.
func (b Bits) CountBetween(first, last int) int { return b.And(BitsBetween(first, last)).Count() }
