package engine

import (
	"cmp"
	"math"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// poolTenant is the ordinal under which released numbers rest: a quarantine is
// a reservation of the pool.
const poolTenant uint32 = 0

// Release gives numbers back, all of them or, if one cannot be, none. Those
// acquired of the provider rest before anyone can reserve them again; those ported
// in leave at once for the carrier that they are of (snap-back).
type Release struct {
	Numbers   telephony.NumberList
	Line      reservation.Line `cbor:",omitempty"` // what they were used for, which decides how long they rest; business if left out
	RequestID string           `cbor:"-"`
}

type releaseCommand struct{ Release }

func (releaseCommand) op() Op         { return OpRelease }
func (r releaseCommand) content() any { return r.Release }

func (r releaseCommand) check() error {
	if err := (reservation.Choice{Numbers: r.Numbers}).Validate(); err != nil || r.Line == 0 {
		return err
	}
	return reservation.CheckRest(r.Line, 0, 0)
}

// apply refuses with all numbers that stand in the way, those that are not the
// tenant's, or not yet, before those that are assigned.
func (r releaseCommand) apply(s *step) (any, *telephony.Error) {
	rows, refusal := s.releasable(r.Numbers)
	if refusal != nil {
		return nil, refusal
	}
	s.releaseRows(rows, cmp.Or(r.Line, reservation.Business))
	return nil, nil
}

// releaseRows gives back numbers that nobody has, ascending, which were used on a
// kind of line. Those that were ported in leave for the carrier that they are of,
// which the trade calls snap-back: they were never the provider's to give to anybody
// else. The others rest.
func (s *step) releaseRows(rows []numberRow, line reservation.Line) {
	var back, rests []numberRow
	for _, n := range rows {
		s.dropNumber(n)
		if n.Ported {
			back = append(back, n)
		} else {
			rests = append(rests, n)
		}
	}
	if len(back) > 0 {
		s.openBlocks()
		s.unstockTaken(back)
		s.tell(Event{Type: NumbersSnappedBack, Numbers: numbersIn(back)})
	}
	if len(rests) > 0 {
		s.tell(Event{Type: NumbersReleased, Numbers: numbersIn(rests)})
		s.giveUp(numbersIn(rests))
		s.letRest(rests, line)
	}
}

// releasable returns the rows of numbers that can be given back, ascending, or all
// that cannot.
func (s *step) releasable(numbers telephony.NumberList) ([]numberRow, *telephony.Error) {
	rows, missing := s.findNumbers(numbers)
	orders := s.ownOrders()
	var unknown, ordered, assigned telephony.NumberList
	for _, n := range missing {
		if orders.have(n) {
			ordered = append(ordered, n)
		} else {
			unknown = append(unknown, n)
		}
	}
	for _, n := range rows {
		if !n.isIdle() {
			assigned = append(assigned, n.Number)
		}
	}
	var reasons []*telephony.Error
	if refusal := unknownNumbers(unknown); refusal != nil {
		reasons = append(reasons, refusal)
	}
	if len(ordered) > 0 {
		reasons = append(reasons, &telephony.Error{Code: ErrNumberOrdered, Field: "numbers", Numbers: ordered,
			Detail: "numbers are listed that are in a port order, and not the tenant's yet", Fix: "wait until it is completed, or cancel it"})
	}
	if len(assigned) > 0 {
		reasons = append(reasons, &telephony.Error{Code: ErrNumberInUse, Field: "numbers", Numbers: assigned,
			Detail: "numbers are listed that are assigned", Fix: "unassign them first"})
	}
	return rows, telephony.Join(reasons)
}

// number returns a number of the command's tenant.
func (s *step) number(n telephony.Number) (numberRow, bool) {
	row, ok := s.tables.numbers.Get(s.tx, numberKey(s.account.Tenant, n))
	return s.settledNumber(row), ok
}

// later returns the moment some time after another, at most the last there is.
func later(at int64, by time.Duration) int64 {
	if at > math.MaxInt64-int64(by) {
		return math.MaxInt64
	}
	return at + int64(by)
}
