package engine_test

import (
	"slices"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestLowestAgain: where numbers of a lower block come back after a higher one
// was picked from, the next pick is of the lower one again.
func TestLowestAgain(t *testing.T) {
	w := newWorld(t, engine.WithLimits(reservation.Limits{Open: 10, Held: 5000, PerRequest: 5000}))
	zz := telephony.Area{Country: "ZZ"}
	w.stock(zz, telephony.UserNumber, "+999100000000000..+999100000001999")
	w.org = w.tenant("fabrikam", 10_000)
	first := w.hold(zz, 1000)
	higher := w.hold(zz, 1).Numbers()[0]
	_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: first.ID})
	w.must(err)
	if got, want := w.hold(zz, 1).Numbers()[0], first.Numbers()[0]; got != want || got.Compare(higher) >= 0 {
		t.Errorf("got %s, want %s, the lowest", got, want)
	}
}

// TestManyOfItsOwnAroundTheEnd: of many reservations that run out together one
// command settles some; those that are left count for nothing all the same.
func TestManyOfItsOwnAroundTheEnd(t *testing.T) {
	for _, m := range moments {
		w := newWorld(t, engine.WithLimits(reservation.Limits{Open: 30, Held: 200, PerRequest: 500}))
		zz := telephony.Area{Country: "ZZ"}
		w.stock(zz, telephony.UserNumber, "+999100000000000..+999100000001999")
		w.org = w.tenant("fabrikam", 10_000)
		for range 20 {
			w.hold(zz, 10)
		}
		w.clock.Set(begin.Add(tenMinutes + m.off))
		_, err := w.org.Reserve(w.ctx, engine.Reserve{Area: zz, Quantity: 200})
		is(t, err, !m.over, reservation.ErrTooManyHeld)
	}
}

// TestAnyAcrossBlocks: who wants any numbers gets what is left of one block and the
// rest of the next, and no fewer than asked for.
func TestAnyAcrossBlocks(t *testing.T) {
	w := newWorld(t, engine.WithLimits(reservation.Limits{Open: 10, Held: 5000, PerRequest: 5000}))
	zz := telephony.Area{Country: "ZZ"}
	w.stock(zz, telephony.UserNumber, "+999100000000000..+999100000001999")
	w.org = w.tenant("fabrikam", 10_000)
	w.hold(zz, 996)
	var want telephony.NumberList
	for n := range telephony.MustParseRange("+999100000000996..+999100000001005").All() {
		want = append(want, n)
	}
	if got := w.hold(zz, 10).Numbers(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
