package engine

import (
	"time"

	"example.com/callingplan/telephony"
)

// ExtendReservation puts the end of a reservation off, where the engine is set
// to allow it.
type ExtendReservation struct {
	Reservation telephony.ReservationID
	By          time.Duration
	RequestID   string `cbor:"-"`
}

func (ExtendReservation) op() Op         { return OpExtend }
func (r ExtendReservation) content() any { return r }

func (r ExtendReservation) check() error { return telephony.CheckID("reservation", r.Reservation) }

func (r ExtendReservation) apply(s *step) (any, *telephony.Error) {
	row, ok := s.reservation(r.Reservation)
	if !ok {
		return nil, unknownReservation(r.Reservation)
	}
	next, err := row.Extend(s.time(), r.By, s.settings.Extension)
	if err != nil {
		return nil, about(r.Reservation, err)
	}
	extended := s.changeReservation(row, next, row.Shelves)
	s.tell(Event{Type: ReservationExtended, Reservation: row.ID, Reference: row.Reference})
	return newReservation(extended, s.known.common(row.Shelves), s.time()), nil
}
