package reservation

import (
	"time"

	"example.com/callingplan/telephony"
)

// What holds where nothing else is set.
const (
	// DefaultHoldFor is how long a reservation lives [setup].
	DefaultHoldFor = 10 * time.Minute
	// DefaultQuarantine is how long a released number rests before it is offered
	// again, of either kind of line: the least that is allowed under calling code 1
	// [47 CFR 52.15(f)(1)(ii)].
	DefaultQuarantine = 45 * 24 * time.Hour
)

// The ceilings that no setting of Limits passes.
const (
	MaxOpen       = 1_000
	MaxHeld       = 100_000
	MaxPerRequest = 5_000
)

// The causes for which limits refuse, or are refused.
const (
	ErrLimits      telephony.Code = "limits_invalid"
	ErrTooManyOpen telephony.Code = "too_many_reservations_open"
	ErrTooManyHeld telephony.Code = "too_many_numbers_held"
)

// Limits bounds what one holder may have on hold at once. The zero value allows
// nothing.
type Limits struct {
	Open       int // open reservations, 1 to MaxOpen
	Held       int // numbers in open reservations, 1 to MaxHeld
	PerRequest int // numbers asked for in one request, 1 to MaxPerRequest
}

// Use is what one holder has on hold.
type Use struct {
	Open int // open reservations
	Held int // numbers in them
}

// DefaultLimits returns the limits of the service: 10 open reservations, 200
// numbers held and 500 numbers a request, so that what is left of the 200
// decides [setup] [inv].
func DefaultLimits() Limits { return Limits{Open: 10, Held: 200, PerRequest: 500} }

// Validate reports every limit that is below 1 or above its ceiling. Its error
// is ErrLimits.
func (l Limits) Validate() error {
	var reasons []*telephony.Error
	for _, f := range []struct {
		field       string
		value, most int
	}{
		{"open", l.Open, MaxOpen},
		{"held", l.Held, MaxHeld},
		{"per request", l.PerRequest, MaxPerRequest},
	} {
		if f.value < 1 || f.value > f.most {
			reasons = append(reasons, &telephony.Error{Code: ErrLimits, Field: f.field,
				Detail: "the limit is out of bounds", Fix: "set a limit within the bounds",
				Figures: []telephony.Figure{{Name: "limit", Value: int64(f.value)},
					{Name: "least", Value: 1}, {Name: "most", Value: int64(f.most)}}})
		}
	}
	if err := telephony.Join(reasons); err != nil {
		return err
	}
	return nil
}

// Check reports whether a holder with use u may put quantity numbers more on
// hold, in a reservation of their own. Errors, in order of precedence, each with
// its figures: ErrQuantity for a quantity below 1 or above PerRequest;
// ErrTooManyOpen; ErrTooManyHeld.
func (l Limits) Check(u Use, quantity int) error {
	if quantity < 1 || quantity > l.PerRequest {
		return quantityError(quantity, l.PerRequest)
	}
	if u.Open >= l.Open {
		return &telephony.Error{Code: ErrTooManyOpen, Fix: "acquire or cancel a reservation first",
			Figures: []telephony.Figure{{Name: "open", Value: int64(u.Open)}, {Name: "limit", Value: int64(l.Open)}}}
	}
	return l.CheckMore(u, quantity)
}

// CheckMore reports whether a holder with use u may add quantity numbers to a
// reservation that is open. Errors, in order of precedence, each with its figures:
// ErrQuantity for a quantity below 1 or above PerRequest; ErrTooManyHeld.
func (l Limits) CheckMore(u Use, quantity int) error {
	if quantity < 1 || quantity > l.PerRequest {
		return quantityError(quantity, l.PerRequest)
	}
	// What is left is compared, not the sum: the sum could pass what an int holds.
	if quantity > max(0, l.Held-max(0, u.Held)) {
		return &telephony.Error{Code: ErrTooManyHeld, Fix: "ask for fewer, or acquire or cancel a reservation first",
			Figures: []telephony.Figure{{Name: "held", Value: int64(u.Held)}, {Name: "asked", Value: int64(quantity)},
				{Name: "limit", Value: int64(l.Held)}}}
	}
	return nil
}
