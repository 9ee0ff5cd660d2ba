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

// Release gives acquired numbers back, all of them or, if one cannot be, none.
// They rest before anyone can reserve them again.
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
// tenant's before those that are assigned.
func (r releaseCommand) apply(s *step) (any, *telephony.Error) {
	rows, refusal := s.releasable(r.Numbers)
	if refusal != nil {
		return nil, refusal
	}
	s.releaseRows(rows, cmp.Or(r.Line, reservation.Business))
	return nil, nil
}

// releaseRows gives back numbers that nobody has, ascending: they rest as numbers
// of such a line do.
func (s *step) releaseRows(rows []numberRow, line reservation.Line) {
	for _, n := range rows {
		s.dropNumber(n)
	}
	s.tell(Event{Type: NumbersReleased, Numbers: numbersIn(rows)})
	s.letRest(rows, line)
}

// releasable returns the rows of numbers that can be given back, ascending, or all
// that cannot. What else keeps a number from being given back, such as an open
// port order, is to be asked for here.
func (s *step) releasable(numbers telephony.NumberList) ([]numberRow, *telephony.Error) {
	rows, unknown := s.findNumbers(numbers)
	var assigned telephony.NumberList
	for _, n := range rows {
		if !n.isIdle() {
			assigned = append(assigned, n.Number)
		}
	}
	var reasons []*telephony.Error
	if refusal := unknownNumbers(unknown); refusal != nil {
		reasons = append(reasons, refusal)
	}
	if len(assigned) > 0 {
		reasons = append(reasons, &telephony.Error{Code: ErrNumberInUse, Field: "numbers", Numbers: assigned,
			Detail: "numbers are listed that are assigned", Fix: "unassign them first"})
	}
	return rows, telephony.Join(reasons)
}

// number returns a number of the command's tenant.
func (s *step) number(n telephony.Number) (numberRow, bool) {
	key := numberKey(s.account.Tenant, n)
	row, ok := s.tables.numbers.Get(s.tx, key)
	if row.Person == "" || s.graces.Len() == 0 {
		return row, ok
	}
	s.person(row.Person) // a number that they have lost is nobody's
	return s.tables.numbers.Get(s.tx, key)
}

// later returns the moment some time after another, at most the last there is.
func later(at int64, by time.Duration) int64 {
	if at > math.MaxInt64-int64(by) {
		return math.MaxInt64
	}
	return at + int64(by)
}
