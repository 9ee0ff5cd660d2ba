package licensing

import (
	"math"
	"math/bits"
)

// Rounding says what becomes of the fraction of a number that a percentage
// leaves.
type Rounding uint8

// The ways to round. RoundDown is the zero value.
const (
	RoundDown    Rounding = iota // to the smaller whole number
	RoundUp                      // to the larger whole number
	RoundNearest                 // to the nearer whole number, a half to the larger
)

var roundingNames = [...]string{"rounded down", "rounded up", "rounded to the nearest"}

// String returns "rounded down", "rounded up" or "rounded to the nearest".
func (r Rounding) String() string {
	if int(r) >= len(roundingNames) {
		return "invalid rounding"
	}
	return roundingNames[r]
}

// add returns a + b for counts: a negative one is zero, and a sum past the
// largest int64 is that.
func add(a, b int64) int64 {
	a, b = max(a, 0), max(b, 0)
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// mulDiv returns a*b/divisor for a, b >= 0 and divisor >= 1, exact because the
// product has 128 bits. A result past the largest int64 is that. An unknown
// rounding rounds down, which grants least.
func mulDiv(a, b, divisor int64, rounding Rounding) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	d := uint64(divisor)
	if hi >= d {
		return math.MaxInt64 // the quotient has more than 64 bits
	}
	q, rest := bits.Div64(hi, lo, d)
	if q >= math.MaxInt64 {
		return math.MaxInt64
	}
	switch {
	case rounding == RoundUp && rest > 0, rounding == RoundNearest && rest >= d-rest:
		q++
	}
	return int64(q)
}
