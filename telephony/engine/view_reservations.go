package engine

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// ReservationQuery says which reservations are wanted: those that match all
// fields that are set. The zero ReservationQuery is all.
type ReservationQuery struct {
	State reservation.State // in this state at the view's moment
	Kind  telephony.Kind
}

// Reservations yields the reservations that match, the one made first before
// the others: the open ones, and the closed ones that are still kept.
func (v *View) Reservations(q ReservationQuery) iter.Seq[Reservation] {
	return func(yield func(Reservation) bool) {
		all := slices.Concat(v.account.open, v.account.closed)
		// Those of one moment stand by identifier, whether or not they are closed.
		slices.SortFunc(all, func(a, b *reservationRow) int {
			return cmp.Or(cmp.Compare(a.Made, b.Made), cmp.Compare(a.ID, b.ID))
		})
		for _, row := range all {
			state := row.StateAt(v.At())
			if v.settings.forgets(row.Hold, v.now) {
				continue
			}
			if q.State != 0 && state != q.State || q.Kind != 0 && row.Kind != q.Kind {
				continue
			}
			if !yield(v.reservation(row)) {
				return
			}
		}
	}
}

// Open yields the open reservations, the one that ends first before the others.
func (v *View) Open() iter.Seq[Reservation] {
	return func(yield func(Reservation) bool) {
		open := slices.Collect(v.Reservations(ReservationQuery{State: reservation.Reserved}))
		slices.SortStableFunc(open, func(a, b Reservation) int { return a.Expires.Compare(b.Expires) })
		for _, r := range open {
			if !yield(r) {
				return
			}
		}
	}
}

// Countdown returns the time a reservation has left at the view's moment.
func (v *View) Countdown(r Reservation) time.Duration { return r.Left(v.At()) }
