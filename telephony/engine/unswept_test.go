package engine_test

import (
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// crowd makes tenants that each hold some numbers, one after the other, so that
// there are more holds to be settled than a command settles beside its own.
func crowd(w *world, tenants int, r engine.Reserve) {
	w.Helper()
	for i := range tenants {
		w.reserve(w.tenant(telephony.TenantID("crowd-"+string(rune('a'+i))), 100), r)
	}
}

// TestUnsweptIsAsFreeAsSwept makes one request, once after a sweep and once
// where nothing was settled: as many numbers are held.
func TestUnsweptIsAsFreeAsSwept(t *testing.T) {
	w2 := func(t *testing.T) *world {
		w := newWorld(t)
		w.stock(portland, telephony.UserNumber, "+15035550100..+15035550129")
		crowd(w, 8, engine.Reserve{Area: portland, Quantity: 3}) // 6 of 30 stay free
		return w
	}
	prefix := telephony.MustParsePrefix("1503")
	for name, r := range map[string]engine.Reserve{
		"all":                 {Area: portland, Quantity: 30},
		"more than were free": {Area: portland, Quantity: 10},
		"no more than free":   {Area: portland, Quantity: 4},
		"what there is":       {Area: portland, Quantity: 40, AllowFewer: true},
		"a few or fewer":      {Area: portland, Quantity: 10, AllowFewer: true},
		"a run":               {Area: portland, Quantity: 20, Consecutive: true},
		"a prefix anywhere":   {Prefix: prefix, Quantity: 25},
		"a prefix or fewer":   {Prefix: prefix, Quantity: 40, AllowFewer: true},
		"without some":        {Area: portland, Quantity: 18, Exclude: numbersFrom("+15035550100", 12)},
		"shuffled":            {Area: portland, Quantity: 10, Order: reservation.Shuffled, Seed: 5},
		"spread anywhere":     {Prefix: prefix, Quantity: 18, Order: reservation.Spread, Exclude: numbersFrom("+15035550100", 12)},
		"a list":              {Numbers: telephony.NumberList{number("+15035550100"), number("+15035550123")}},
	} {
		for when, after := range map[string]time.Duration{"at the end": tenMinutes, "later": tenMinutes + time.Minute} {
			t.Run(name+", "+when, func(t *testing.T) {
				swept, unswept := w2(t), w2(t)
				swept.clock.Add(after)
				unswept.clock.Add(after)
				swept.sweepAll()
				want := len(swept.reserve(swept.org, r).Numbers())
				if got := len(unswept.reserve(unswept.org, r).Numbers()); got != want {
					t.Errorf("unswept %d numbers are held, swept %d", got, want)
				}
			})
		}
	}
}

// TestAllowFewerIsOfTheStock: who takes fewer gets what there is in stock, and is
// refused what the quota or the limits of holding do not give, even where there is so
// little in stock that it would not come to that.
func TestAllowFewerIsOfTheStock(t *testing.T) {
	w := newWorld(t, engine.WithLimits(reservation.Limits{Open: 2, Held: 60, PerRequest: 500}))
	w.stock(portland, telephony.UserNumber, "+15035550100..+15035550104")
	small := w.tenant("fabrikam", 1) // a quota of 11
	ask := func(quantity int) (int, error) {
		held, err := small.Reserve(w.ctx, engine.Reserve{Area: portland, Quantity: quantity, AllowFewer: true})
		return len(held.Numbers()), err
	}
	_, err := ask(61)
	refusedFor(t, err, reservation.ErrTooManyHeld)
	_, err = ask(12)
	refusedFor(t, err, licensing.ErrQuotaExceeded)
	for name, want := range map[string]int64{"limit": 11, "acquired": 0, "held": 0, "asked": 12} {
		if got, told := errorFigure(err, name); !told || got != want {
			t.Errorf("%s is %d, want %d", name, got, want)
		}
	}
	if got, err := ask(11); got != 5 || err != nil {
		t.Errorf("%d are held of 5, %v", got, err)
	}
	more := engine.AddToReservation{Area: seattle, Quantity: 7, AllowFewer: true}
	for r := range w.viewOf(small).Open() {
		more.Reservation = r.ID
	}
	_, err = small.AddToReservation(w.ctx, more)
	refusedFor(t, err, licensing.ErrQuotaExceeded) // 6 are left
}

// TestUnsweptHoldsOfSeveralAreas: a hold with numbers of several areas that has
// run out counts in each for no more than it has there.
func TestUnsweptHoldsOfSeveralAreas(t *testing.T) {
	w := newWorld(t)
	w.stock(portland, telephony.UserNumber, "+15035550100..+15035550109")
	wide := w.tenant("wide", 100)
	var mixed telephony.NumberList // two of Portland, eight of New York
	for i := range 8 {
		n, _ := number("+12125550100").Add(i)
		mixed = append(mixed, n)
	}
	w.reserve(wide, engine.Reserve{Numbers: append(mixed, number("+15035550100"), number("+15035550101"))})
	w.reserve(w.tenant("narrow", 100), engine.Reserve{Area: portland, Quantity: 8})
	w.clock.Add(tenMinutes)
	if got := w.free(portland); got != 10 {
		t.Errorf("the view has %d free, want 10", got)
	}
	if got := w.hold(portland, 10).Numbers(); len(got) != 10 {
		t.Errorf("%d are held, want 10", len(got))
	}
}

// TestReadsSettleNothing: looking changes nothing, however much has run out.
func TestReadsSettleNothing(t *testing.T) {
	w := newWorld(t)
	w.hold(seattle, 10)
	w.clock.Add(time.Hour)
	before := w.eng.Digest()
	v := w.view()
	v.Dashboard()
	for range v.Areas(telephony.UserNumber, telephony.Area{}) {
		continue
	}
	if w.eng.Digest() != before {
		t.Error("a view changed the state")
	}
}

// TestSweepAtRestWritesNothing: an engine at rest has nothing to tell, so its
// log does not grow.
func TestSweepAtRestWritesNothing(t *testing.T) {
	w := newWorld(t)
	held := w.hold(seattle, 10)
	before := w.view().Index()
	w.sweepAll()
	if got := w.view().Index(); got != before {
		t.Errorf("a sweep of nothing made %d entries", got-before)
	}
	w.clock.Set(held.Expires)
	w.sweepAll()
	entries := w.entries(before)
	if len(entries) != 1 || len(entries[0].Events) != 1 || entries[0].Events[0].Type != engine.ReservationExpired {
		t.Errorf("the log has %+v, want one end", entries)
	}
}
