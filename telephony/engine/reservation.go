package engine

import (
	"slices"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Reservation is a reservation as it was at one moment.
type Reservation struct {
	ID      telephony.ReservationID
	Area    telephony.Area // the zero Area where the numbers are of several
	Kind    telephony.Kind
	State   reservation.State
	Made    time.Time
	Expires time.Time // the first moment at which it is over
	Closed  time.Time // when it ended; zero while it is open
	// Reference is the customer's word for it, as it was reserved with.
	Reference string
	numbers   telephony.NumberList
	acquired  telephony.NumberList
}

// Numbers returns the numbers that are or were held, ascending.
func (r Reservation) Numbers() telephony.NumberList { return slices.Clone(r.numbers) }

// Acquired returns the numbers that were acquired of it, ascending.
func (r Reservation) Acquired() telephony.NumberList { return slices.Clone(r.acquired) }

// Left returns the time until the reservation is over: the countdown. It is 0
// for one that has ended.
func (r Reservation) Left(now time.Time) time.Duration {
	if r.State != reservation.Reserved {
		return 0
	}
	return max(0, r.Expires.Sub(now))
}

// newReservation makes the public value of a row as it is at now.
func newReservation(row *reservationRow, area telephony.Area, now time.Time) Reservation {
	v := Reservation{ID: row.ID, Area: area, Kind: row.Kind, State: row.StateAt(now), Made: row.MadeAt(),
		Expires: row.ExpiresAt(), Closed: row.ClosedAt(), Reference: row.Reference, numbers: row.Numbers, acquired: row.Acquired}
	if v.State == reservation.Expired {
		v.Closed = v.Expires
	}
	return v
}
