package engine

import (
	"math"
	"slices"
	"strconv"
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
	RequestID string `cbor:"-"`
}

type releaseCommand struct{ Release }

func (releaseCommand) op() Op         { return OpRelease }
func (r releaseCommand) content() any { return r.Release }

func (r releaseCommand) check() error {
	return reservation.Choice{Numbers: r.Numbers}.Validate()
}

// apply refuses with all numbers that stand in the way, those that are not the
// tenant's before those that are assigned.
func (r releaseCommand) apply(s *step) (any, *telephony.Error) {
	numbers := slices.Clone(r.Numbers)
	slices.SortFunc(numbers, telephony.Number.Compare)
	rows, refusal := s.releasable(numbers)
	if refusal != nil {
		return nil, refusal
	}
	var shelves []shelf
	for _, n := range rows {
		must(s.tables.numbers.Delete(s.tx, numberKey(n.Tenant, n.Number)))
		s.edit(s.account).Use[n.Kind].Acquired--
		shelves = append(shelves, shelf{n.Area, n.Kind})
	}
	s.leaveLocations(rows)
	s.tell(Event{Type: NumbersReleased, Numbers: numbers})
	if s.settings.Quarantine == 0 {
		s.putBack(numbers, sortShelves(shelves))
		s.event(Event{Type: NumbersRested, Numbers: numbers})
		return nil, nil
	}
	row := &reservationRow{
		Tenant: poolTenant, ID: telephony.ReservationID("q-" + strconv.FormatUint(s.index, 10)),
		Shelves: sortShelves(shelves),
		Hold:    reservation.Open(numbers, s.time(), s.settings.Quarantine),
	}
	must(s.tables.rests.Insert(s.tx, *row))
	s.watch(row)
	return nil, nil
}

// leaveLocations takes numbers away from the locations they have, those that
// stand together at one together.
func (s *step) leaveLocations(rows []numberRow) {
	for len(rows) > 0 {
		first, same := rows[0], 1
		for same < len(rows) && rows[same].Location == first.Location && rows[same].Area == first.Area {
			same++
		}
		if first.Location != "" {
			s.useLocation(first.Location, first.Area, -int64(same), 0)
		}
		rows = rows[same:]
	}
}

// releasable returns the rows of numbers that can be given back, or all that
// cannot.
func (s *step) releasable(numbers telephony.NumberList) ([]numberRow, *telephony.Error) {
	var rows []numberRow
	var unknown, assigned telephony.NumberList
	for _, n := range numbers {
		row, ok := s.number(n)
		switch {
		case !ok:
			unknown = append(unknown, n)
		case row.Person != "":
			assigned = append(assigned, n)
		}
		rows = append(rows, row)
	}
	var reasons []*telephony.Error
	if len(unknown) > 0 {
		reasons = append(reasons, &telephony.Error{Code: ErrUnknownNumber, Field: "numbers", Numbers: unknown,
			Detail: "numbers are listed that the tenant does not have", Fix: "leave them out"})
	}
	if len(assigned) > 0 {
		reasons = append(reasons, &telephony.Error{Code: ErrNumberInUse, Field: "numbers", Numbers: assigned,
			Detail: "numbers are listed that are assigned", Fix: "unassign them first"})
	}
	return rows, telephony.Join(reasons)
}

// number returns a number of the command's tenant.
func (s *step) number(n telephony.Number) (numberRow, bool) {
	return s.tables.numbers.Get(s.tx, numberKey(s.account.Tenant, n))
}

// later returns the moment some time after another, at most the last there is.
func later(at int64, by time.Duration) int64 {
	if at > math.MaxInt64-int64(by) {
		return math.MaxInt64
	}
	return at + int64(by)
}
