package reservation

import (
	"math/bits"

	"example.com/callingplan/telephony"
)

// Order says which of the numbers that match are taken, or found first, where
// there are more than are asked for. The zero value is Lowest.
//
// Those who look at the same time and hold later find the same numbers in all
// orders but Shuffled: seeds of their own keep them apart. Spread keeps what one
// holder gets apart, so that a wrong digit does not reach a neighbour.
type Order uint8

// The orders.
const (
	Lowest    Order = iota // the lowest, block by block
	Spread                 // spaced out evenly, from the lowest to the highest
	Shuffled               // as a seed has it: the same seed and stock give the same numbers
	Memorable              // the highest Score first; for a search only
)

// ErrOrder is the cause of a refused order.
const ErrOrder telephony.Code = "order_invalid"

var orderNames = [...]string{"lowest", "spread", "shuffled", "memorable"}

// IsValid reports whether o is one of the orders.
func (o Order) IsValid() bool { return o <= Memorable }

// String returns "lowest", "spread", "shuffled" or "memorable".
func (o Order) String() string {
	if !o.IsValid() {
		return "invalid order"
	}
	return orderNames[o]
}

// ParseOrder reads what String returns. Its error is ErrOrder.
func ParseOrder(text string) (Order, error) {
	for o, name := range orderNames {
		if name == text {
			return Order(o), nil
		}
	}
	return 0, orderError("say lowest, spread, shuffled or memorable")
}

// MarshalText implements encoding.TextMarshaler.
func (o Order) MarshalText() ([]byte, error) {
	if !o.IsValid() {
		return nil, orderError("say lowest, spread, shuffled or memorable")
	}
	return []byte(o.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler; empty text is Lowest.
func (o *Order) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*o = Lowest
		return nil
	}
	*o, err = ParseOrder(string(text))
	return err
}

func orderError(fix string) *telephony.Error {
	return &telephony.Error{Code: ErrOrder, Field: "order", Detail: "there is no such order", Fix: fix}
}

// ranks returns which want of total things are chosen, in the order in which
// they are: of Lowest, Spread and Shuffled. There are as many as wanted.
func (o Order) ranks(total, want int, seed uint64) []int {
	ranks := make([]int, want)
	shuffle := newPermutation(uint64(total), seed)
	for i := range ranks {
		switch o {
		case Spread: // the middle of each of want equal parts
			ranks[i] = int(int64(2*i+1) * int64(total) / int64(2*want))
		case Shuffled:
			ranks[i] = int(shuffle.of(uint64(i)))
		default:
			ranks[i] = i
		}
	}
	return ranks
}

// permutation puts count things in an order of its seed's. It is a Feistel network
// over the next power of four, gone through until it comes to one of the things.
type permutation struct {
	count, seed uint64
	half        int // bits
}

const feistelRounds = 6

func newPermutation(count, seed uint64) permutation {
	return permutation{count, seed, max(1, (bits.Len64(count-min(count, 1))+1)/2)}
}

// of returns what stands at place i, which is below count.
func (p permutation) of(i uint64) uint64 {
	mask := uint64(1)<<p.half - 1
	for {
		left, right := i>>p.half, i&mask
		for round := range uint64(feistelRounds) {
			left, right = right, left^scrambled(right+scrambled(p.seed+round))&mask
		}
		if i = left<<p.half | right; i < p.count {
			return i
		}
	}
}

// scrambled spreads every bit of x over all of the result, one to one (the
// finalizer of SplitMix64).
func scrambled(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
