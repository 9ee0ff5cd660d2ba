package telephony

import (
	"iter"
	"log/slog"
	"strconv"
	"strings"
)

// Range is a count of consecutive numbers of one length. The zero value holds
// none. Ranges are comparable with ==.
type Range struct {
	first Number
	count int
}

// ErrRange is the cause of a refused range.
const ErrRange Code = "range_invalid"

// MaxRange is how many numbers a range may have.
const MaxRange = 100_000_000

// NewRange returns the count numbers from first on. Its error is ErrRange: for
// a first that is no number, a count below 1 or above MaxRange, and a range
// that would run past the numbers of its length and calling code.
func NewRange(first Number, count int) (Range, error) {
	if !first.IsValid() {
		return Range{}, &Error{Code: ErrRange, Field: "first", Detail: "a range begins with a number",
			Fix: "give the first number"}
	}
	if count < 1 || count > MaxRange {
		return Range{}, &Error{Code: ErrRange, Field: "count", Detail: "a range has 1 to 100,000,000 numbers",
			Figures: []Figure{{"count", int64(count)}}, Fix: "ask for fewer, or make several ranges"}
	}
	if _, ok := first.Add(count - 1); !ok {
		return Range{}, &Error{Code: ErrRange, Field: "count",
			Detail:  "the range runs past the numbers of its length and calling code",
			Numbers: NumberList{first}, Figures: []Figure{{"count", int64(count)}},
			Fix: "end the range at the last number of that calling code"}
	}
	return Range{first, count}, nil
}

// RangeBetween returns the numbers from first to last, both included. Its error
// is ErrRange, also where last comes before first or has another length.
func RangeBetween(first, last Number) (Range, error) {
	steps, ok := last.Sub(first)
	if !ok || steps < 0 {
		return Range{}, &Error{Code: ErrRange, Numbers: NumberList{first, last},
			Detail: "the last number of a range is of the first one's length and does not come before it",
			Fix:    "put the smaller number first"}
	}
	return NewRange(first, steps+1)
}

// ParseRange reads two numbers in international form, plus signs and all, with
// "..", a hyphen or an en dash between them, blanks around it or not:
// "+14255550100..+14255550199" or "+1 425 555 0100 - +1 425 555 0199". A single
// number is a range of one.
// Errors, in order of precedence: those of Parse, ErrRange.
func ParseRange(s string) (Range, error) {
	from, to, two := cutRange(s)
	first, err := Parse(from)
	if err != nil {
		return Range{}, err
	}
	if !two {
		return NewRange(first, 1)
	}
	last, err := Parse(to)
	if err != nil {
		return Range{}, err
	}
	return RangeBetween(first, last)
}

// MustParseRange is ParseRange for text known to be right. It panics on any
// other.
func MustParseRange(s string) Range {
	r, err := ParseRange(s)
	if err != nil {
		panic("telephony: MustParseRange: " + err.Error())
	}
	return r
}

// cutRange cuts before the last plus sign, with which the second number begins.
func cutRange(s string) (from, to string, two bool) {
	i := strings.LastIndexByte(s, '+')
	if i <= 0 {
		return s, "", false
	}
	from = strings.TrimRight(s[:i], " \t")
	for _, dash := range []string{"..", "-", "–"} {
		if cut, ok := strings.CutSuffix(from, dash); ok {
			return strings.TrimRight(cut, " \t"), s[i:], true
		}
	}
	return s, "", false
}

// First returns the first number; zero for an empty range.
func (r Range) First() Number { return r.first }

// Last returns the last number; zero for an empty range.
func (r Range) Last() Number {
	n, _ := r.first.Add(r.count - 1)
	return n
}

// Len returns how many numbers the range has.
func (r Range) Len() int { return r.count }

// Contains reports whether n is one of the range.
func (r Range) Contains(n Number) bool {
	steps, ok := n.Sub(r.first)
	return ok && steps >= 0 && steps < r.count
}

// Overlap returns the numbers that both ranges have; the empty range if none.
func (r Range) Overlap(other Range) Range {
	if r.first.Len() != other.first.Len() || r.count == 0 || other.count == 0 {
		return Range{}
	}
	first, last := r.first, r.Last()
	if other.first.Compare(first) > 0 {
		first = other.first
	}
	if end := other.Last(); end.Compare(last) < 0 {
		last = end
	}
	if steps, ok := last.Sub(first); ok && steps >= 0 {
		return Range{first, steps + 1}
	}
	return Range{}
}

// All yields the numbers in ascending order.
func (r Range) All() iter.Seq[Number] {
	// A range stays within its length and calling code, so the word goes up by
	// the same step each time and needs no check.
	step := pow10[MaxDigits-r.first.Len()] << countBits
	return func(yield func(Number) bool) {
		n := r.first
		for range r.count {
			if !yield(n) {
				return
			}
			n.w += step
		}
	}
}

// Blocks yields the thousands-blocks the range touches, in ascending order: the
// base of each and the offsets of the range in it, from first to last, both
// included.
func (r Range) Blocks() iter.Seq2[Number, [2]int] {
	return func(yield func(Number, [2]int) bool) {
		next, left := r.first, r.count
		for left > 0 {
			base, from := next.Block()
			take := min(left, BlockSize-from)
			if !yield(base, [2]int{from, from + take - 1}) {
				return
			}
			left -= take
			next, _ = next.Add(take)
		}
	}
}

// String returns the range as ParseRange reads it, unmasked, or "empty range".
// Use Masked where the text is logged.
func (r Range) String() string {
	switch r.count {
	case 0:
		return "empty range"
	case 1:
		return r.first.String()
	}
	return r.first.String() + ".." + r.Last().String()
}

// Masked returns the count and the first number, masked.
func (r Range) Masked() string {
	if r.count == 0 {
		return "empty range"
	}
	return strconv.Itoa(r.count) + " from " + r.first.Masked()
}

// LogValue masks the range in structured logs.
func (r Range) LogValue() slog.Value { return slog.StringValue(r.Masked()) }

// MarshalText implements encoding.TextMarshaler: what ParseRange reads, or
// nothing for the empty range.
func (r Range) MarshalText() ([]byte, error) {
	if r.count == 0 {
		return nil, nil
	}
	return []byte(r.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler. Empty text gives the empty
// range; the errors are those of ParseRange.
func (r *Range) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Range{}
		return nil
	}
	parsed, err := ParseRange(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}
