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
		about := *asError(err)
		about.Subject = "reservation " + string(r.Reservation)
		return nil, &about
	}
	s.unwatch(row)
	extended := *row
	extended.Hold = next
	s.edit(s.account).exchange(row, &extended)
	s.watch(&extended)
	s.tell(Event{Type: ReservationExtended, Reservation: row.ID})
	return newReservation(&extended, s.known.common(row.Shelves), s.time()), nil
}
