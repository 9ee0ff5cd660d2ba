package engine

import (
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// AddToReservation asks for more numbers in a reservation that is open, of its
// kind, from its areas or others. It runs out when it would have without them.
// What is wanted is said as in Reserve, and means the same.
type AddToReservation struct {
	Reservation    telephony.ReservationID
	Area           telephony.Area
	Quantity       int
	Prefix         telephony.Prefix
	Consecutive    bool
	AllowFewer     bool
	Numbers        telephony.NumberList
	Order          reservation.Order
	Seed           uint64
	Exclude        telephony.NumberList
	ExcludeGivenUp bool
	RequestID      string `cbor:"-"`
}

// reserve is what is asked for, as if it was for a reservation of its own.
func (r AddToReservation) reserve(k telephony.Kind) *Reserve {
	return &Reserve{Area: r.Area, Kind: k, Quantity: r.Quantity, Prefix: r.Prefix, Consecutive: r.Consecutive,
		AllowFewer: r.AllowFewer, Numbers: r.Numbers, Order: r.Order, Seed: r.Seed, Exclude: r.Exclude, ExcludeGivenUp: r.ExcludeGivenUp}
}

type addCommand struct{ AddToReservation }

func (addCommand) op() Op         { return OpAddTo }
func (r addCommand) content() any { return r.AddToReservation }

func (r addCommand) check() error {
	asked := r.reserve(0)
	if err := asked.checkChoice(); err != nil {
		return err
	}
	if err := telephony.CheckID("reservation", r.Reservation); err != nil {
		return err
	}
	return asked.checkPlace()
}

// apply holds the numbers. Refusals, in order: the reservation, its end, numbers
// it has already, the voice gate, the credits that toll-free numbers need, the
// limits of holding, the quota, the area, the stock, the size of a reservation.
func (r addCommand) apply(s *step) (any, *telephony.Error) {
	row, refusal := s.openReservation(r.Reservation)
	if refusal != nil {
		return nil, refusal
	}
	if len(r.Numbers) > 0 {
		if err := row.CheckNew(r.Numbers); err != nil {
			return nil, about(r.Reservation, err)
		}
	}
	w := r.reserve(row.Kind).wish(s)
	if refusal := s.mayHold(row.Kind, w.Count(), reservation.Limits.CheckMore); refusal != nil {
		return nil, refusal
	}
	found, refusal := s.find(&w)
	if refusal != nil {
		return nil, refusal
	}
	added := reservation.Numbers(picksOf(found))
	next, err := row.Add(s.time(), added, s.settings.Limits, onHold(s.account.standing(s.now)))
	if err != nil {
		return nil, about(r.Reservation, err)
	}
	for _, f := range found {
		s.take(f.picks, f.shelf)
	}
	grown := s.changeReservation(row, next, sortShelves(slices.Concat(row.Shelves, s.shelvesWith(found))))
	area := r.Area
	if area == (telephony.Area{}) {
		area = s.known.common(s.shelvesOf(added, grown.Shelves))
	}
	s.tell(Event{Type: NumbersReserved, Reservation: row.ID, Reference: row.Reference, Numbers: added, Area: area})
	return newReservation(grown, s.known.common(grown.Shelves), s.time()), nil
}

// DropFromReservation gives numbers of an open reservation up; they go back at
// once and the reservation goes on with the others.
type DropFromReservation struct {
	Reservation telephony.ReservationID
	Numbers     telephony.NumberList // those that are not wanted, in any order
	RequestID   string               `cbor:"-"`
}

type dropCommand struct{ DropFromReservation }

func (dropCommand) op() Op         { return OpDropFrom }
func (r dropCommand) content() any { return r.DropFromReservation }

func (r dropCommand) check() error {
	if err := telephony.CheckID("reservation", r.Reservation); err != nil {
		return err
	}
	return checkChosen(r.Numbers, "drop fewer at once")
}

// apply makes the numbers free. Refusals, in order: the reservation, its end, the
// choice.
func (r dropCommand) apply(s *step) (any, *telephony.Error) {
	row, refusal := s.openReservation(r.Reservation)
	if refusal != nil {
		return nil, refusal
	}
	next, rest, err := row.Drop(s.time(), r.Numbers)
	if err != nil {
		return nil, about(r.Reservation, err)
	}
	shelves := s.shelvesOf(next.Numbers, row.Shelves)
	s.putBack(rest, row.Shelves)
	smaller := s.changeReservation(row, next, shelves)
	s.giveUp(rest)
	s.tell(Event{Type: NumbersReturned, Reservation: row.ID, Reference: row.Reference, Numbers: rest})
	return newReservation(smaller, s.known.common(shelves), s.time()), nil
}

// openReservation returns a reservation of the command's tenant that has not
// ended.
func (s *step) openReservation(id telephony.ReservationID) (*reservationRow, *telephony.Error) {
	row, ok := s.reservation(id)
	if !ok {
		return nil, unknownReservation(id)
	}
	if err := row.CheckOpen(s.time()); err != nil {
		return nil, about(id, err)
	}
	return row, nil
}

// changeReservation puts a changed hold in the place of an open one and returns
// the new row.
func (s *step) changeReservation(row *reservationRow, next reservation.Hold, shelves []shelf) *reservationRow {
	s.unwatch(row)
	changed := *row
	changed.Hold, changed.Shelves = next, shelves
	a := s.edit(s.account)
	a.exchange(row, &changed)
	a.Use[row.Kind].Held += int64(len(next.Numbers) - len(row.Numbers))
	s.watch(&changed)
	return &changed
}

// shelvesOf returns those of the shelves that have some of the numbers.
func (s *step) shelvesOf(numbers telephony.NumberList, shelves []shelf) []shelf {
	if len(shelves) == 1 {
		return shelves
	}
	picks := reservation.ByBlock(numbers)
	return slices.DeleteFunc(slices.Clone(shelves), func(on shelf) bool {
		return !slices.ContainsFunc(picks, func(p reservation.Pick) bool {
			b, ok := s.block(p.Base, on)
			return ok && !p.Taken.And(b.Stock).IsEmpty()
		})
	})
}

// about says of which reservation an error is.
func about(id telephony.ReservationID, err error) *telephony.Error {
	e := *asError(err)
	e.Subject = "reservation " + string(id)
	return &e
}
