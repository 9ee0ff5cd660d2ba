package reservation

import (
	"log/slog"

	"example.com/callingplan/telephony"
)

// The causes for which a block refuses a change.
const (
	ErrBlock          telephony.Code = "block_invalid"
	ErrBlockOffset    telephony.Code = "block_offset_invalid"
	ErrDuplicateStock telephony.Code = "stock_duplicate"
	ErrNotInStock     telephony.Code = "numbers_not_in_stock"
	ErrNumbersTaken   telephony.Code = "numbers_taken"
	ErrAlreadyFree    telephony.Code = "numbers_already_free"
)

// Block is a thousands-block of numbers of one area and kind, the unit in which
// the trade assigns, pools and reports numbers [47 CFR 52.20]: which of them the
// provider has in stock and which of those nobody has. It costs the same however
// the numbers are picked and returned.
//
// A Block is a value; its methods return the changed block and leave b alone.
type Block struct {
	Base  telephony.Number // the first number, whose last three digits are 000
	Stock Bits             // in stock
	Free  Bits             // in stock and nobody's; never more than Stock
}

// Check reports whether b can be a block: its Base ends in 000, its sets have
// nothing past 999 and Free nothing that Stock has not. Its error is ErrBlock.
// It is for blocks read from outside.
func (b Block) Check() error {
	base, _ := b.Base.Block()
	if !b.Base.IsValid() || base != b.Base || !b.Stock.IsValid() || b.Free.And(b.Stock) != b.Free {
		return &telephony.Error{Code: ErrBlock,
			Detail: "a block begins with a number that ends in 000, and only what is in stock is free"}
	}
	return nil
}

// Load adds the numbers from first to last, offsets 0 to 999 and both included,
// to the stock; they are free. Errors, in order of precedence: ErrBlockOffset;
// ErrDuplicateStock with the numbers that are in stock already.
func (b Block) Load(first, last int) (Block, error) {
	if first < 0 || last >= BlockSize || first > last {
		return b, &telephony.Error{Code: ErrBlockOffset, Detail: "offsets in a block run from 0 to 999, the smaller first",
			Figures: []telephony.Figure{{Name: "first", Value: int64(first)}, {Name: "last", Value: int64(last)}}}
	}
	added := BitsBetween(first, last)
	if overlap := b.Stock.And(added); !overlap.IsEmpty() {
		return b, b.refuse(ErrDuplicateStock, overlap, "load each number once")
	}
	b.Stock, b.Free = b.Stock.Or(added), b.Free.Or(added)
	return b, nil
}

// Take makes the numbers at the offsets somebody's. Errors, in order of
// precedence, each with the numbers concerned: ErrNotInStock, ErrNumbersTaken.
func (b Block) Take(offsets Bits) (Block, error) {
	if absent := offsets.AndNot(b.Stock); !absent.IsEmpty() {
		return b, b.refuse(ErrNotInStock, absent, "")
	}
	if taken := offsets.AndNot(b.Free); !taken.IsEmpty() {
		return b, b.refuse(ErrNumbersTaken, taken, "choose among the free numbers")
	}
	b.Free = b.Free.AndNot(offsets)
	return b, nil
}

// Return makes the numbers at the offsets free again. Errors, in order of
// precedence, each with the numbers concerned: ErrNotInStock, ErrAlreadyFree.
func (b Block) Return(offsets Bits) (Block, error) {
	if absent := offsets.AndNot(b.Stock); !absent.IsEmpty() {
		return b, b.refuse(ErrNotInStock, absent, "")
	}
	if free := offsets.And(b.Free); !free.IsEmpty() {
		return b, b.refuse(ErrAlreadyFree, free, "return each number once")
	}
	b.Free = b.Free.Or(offsets)
	return b, nil
}

// FreeCount returns how many numbers are free.
func (b Block) FreeCount() int { return b.Free.Count() }

// LogValue masks the block's base in structured logs.
func (b Block) LogValue() slog.Value {
	return slog.GroupValue(slog.String("base", b.Base.Masked()),
		slog.Int("stock", b.Stock.Count()), slog.Int("free", b.Free.Count()))
}

// refuse makes the error of a change that some of the numbers do not allow.
func (b Block) refuse(code telephony.Code, offsets Bits, fix string) error {
	numbers := Numbers([]Pick{{b.Base, offsets}})
	return &telephony.Error{Code: code, Numbers: numbers, Fix: fix,
		Figures: []telephony.Figure{{Name: "numbers", Value: int64(len(numbers))}}}
}
