package engine

import (
	"cmp"
	"iter"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// ReservationQuery says which reservations are wanted: those that match all
// fields that are set. The zero ReservationQuery is all.
type ReservationQuery struct {
	State      reservation.State // in this state at the view's moment
	Kind       telephony.Kind
	Within     telephony.Area   // with numbers in it, its empty fields standing for any
	Reference  string           // with just this reference
	Number     telephony.Number // with this number, held or acquired
	MadeAfter  time.Time        // strictly after; zero for any
	MadeBefore time.Time        // strictly before; zero for any
}

// LogValue masks the number in structured logs, and leaves the reference out.
func (q ReservationQuery) LogValue() slog.Value {
	return slog.GroupValue(slog.String("state", q.State.String()), slog.String("kind", q.Kind.String()), slog.Any("number", q.Number))
}

// Reservations yields the reservations that match, the one made first before
// the others: the open ones, and the closed ones that are still kept. It yields none
// for a query that Check refuses.
func (v *View) Reservations(q ReservationQuery) iter.Seq[Reservation] {
	return func(yield func(Reservation) bool) {
		if q.Check() != nil {
			return
		}
		rows, _ := v.reservationsBehind(startOfReservations)
		for _, row := range rows {
			if v.matchesReservation(q, row) && !yield(v.reservation(row)) {
				return
			}
		}
	}
}

// ReservationPage returns a page of the reservations that match, of up to size of
// them, 0 for 100. It looks at those that are open and at the closed ones that ended
// behind the place of the page: at all that are kept for the first page, MaxScan at
// most.
//
// Errors: those of ReservationQuery.Check; ErrCursor; ErrRequest for a size below 0 or above
// 1000.
func (v *View) ReservationPage(q ReservationQuery, after Cursor, size int) (Page[Reservation], error) {
	if err := q.Check(); err != nil {
		return Page[Reservation]{}, err
	}
	list := v.listing(reservationNames, q)
	from, err := after.reservation(list)
	if err != nil {
		return Page[Reservation]{}, err
	}
	rows, looked := v.reservationsBehind(from)
	p, err := pageOf(list, slices.Values(rows), size, reservationPlaceOf, func(row *reservationRow) (r Reservation, ok bool) {
		if ok = v.matchesReservation(q, row); ok {
			r = v.reservation(row)
		}
		return r, ok
	})
	p.Scanned = looked
	return p, err
}

// matchesReservation reports whether a reservation has all that the query asks
// for.
func (v *View) matchesReservation(q ReservationQuery, row *reservationRow) bool {
	switch {
	case q.State != 0 && row.StateAt(v.At()) != q.State,
		q.Kind != 0 && row.Kind != q.Kind,
		q.Reference != "" && row.Reference != q.Reference,
		!q.MadeAfter.IsZero() && row.Made <= telephony.UnixNanos(q.MadeAfter),
		!q.MadeBefore.IsZero() && row.Made >= telephony.UnixNanos(q.MadeBefore):
		return false
	}
	if q.Number.IsValid() {
		if _, there := slices.BinarySearchFunc(row.Numbers, q.Number, telephony.Number.Compare); !there {
			return false
		}
	}
	return q.Within == (telephony.Area{}) ||
		slices.ContainsFunc(row.Shelves, func(on shelf) bool { return v.known.of(on.Area).Within(q.Within) })
}

// reservationPlace is where a reservation stands among the tenant's: those of one
// moment by identifier, whether or not they are closed.
type reservationPlace struct {
	made int64
	id   telephony.ReservationID
}

var startOfReservations = reservationPlace{made: math.MinInt64}

func (r *reservationRow) compareTo(p reservationPlace) int {
	return cmp.Or(cmp.Compare(r.Made, p.made), cmp.Compare(r.ID, p.id))
}

// reservationsBehind returns the reservations behind a place that can be looked
// up, in order, and at how many it has looked for that. The closed ones are kept in
// the order in which they ended: what ended before a moment was made before it.
func (v *View) reservationsBehind(p reservationPlace) (all []*reservationRow, looked int) {
	closed := v.account.closed
	first, _ := slices.BinarySearchFunc(closed, p.made, func(r *reservationRow, made int64) int { return cmp.Compare(r.Closed, made) })
	for _, list := range []reservationList{closed[first:], v.account.open} {
		looked += len(list)
		for _, row := range list {
			if row.compareTo(p) > 0 && !v.settings.forgets(row.Hold, v.now) {
				all = append(all, row)
			}
		}
	}
	slices.SortFunc(all, func(a, b *reservationRow) int { return a.compareTo(reservationPlace{b.Made, b.ID}) })
	return all, looked
}

// reservationPlaceOf is by which a page finds a reservation again.
func reservationPlaceOf(row *reservationRow) string {
	return strconv.FormatInt(row.Made, 10) + "/" + string(row.ID)
}

// reservation returns the place that the cursor of a list of reservations is at.
// Its error is ErrCursor.
func (c Cursor) reservation(list listing) (reservationPlace, error) {
	key, err := c.key(list)
	if err != nil || c == "" {
		return startOfReservations, err
	}
	made, id, _ := strings.Cut(key, "/")
	at, err := strconv.ParseInt(made, 10, 64)
	if err != nil || telephony.CheckID("cursor", telephony.ReservationID(id)) != nil {
		return startOfReservations, notACursor()
	}
	return reservationPlace{at, telephony.ReservationID(id)}, nil
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

// Extendable returns how far the end of a reservation can still be put off, 0 for
// one that has ended and where the engine allows it for none.
func (v *View) Extendable(r Reservation) time.Duration {
	if r.Left(v.At()) == 0 {
		return 0
	}
	h := reservation.Hold{Made: telephony.UnixNanos(r.Made), Expires: telephony.UnixNanos(r.Expires)}
	return v.settings.Extension.Room(h)
}

// Countdown returns the time a reservation has left at the view's moment.
func (v *View) Countdown(r Reservation) time.Duration { return r.Left(v.At()) }
