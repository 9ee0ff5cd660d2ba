package engine_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestTwoAreasInOneBlock: where two areas have numbers of one thousands-block,
// each number stays its own area's, whatever is done with them together.
func TestTwoAreasInOneBlock(t *testing.T) {
	w := newWorld(t, engine.WithQuarantine(0))
	near := telephony.Area{Country: "US", Region: "WA", City: "Bellevue"}
	w.stock(near, telephony.UserNumber, "+14255550000..+14255550019") // Seattle has those from 0100 on
	mixed := telephony.NumberList{number("+14255550003"), number("+14255550103"), number("+14255550004")}
	frees := func(when string, nearFree, seattleFree int64) {
		t.Helper()
		if a, b := w.free(near), w.free(seattle); a != nearFree || b != seattleFree {
			t.Errorf("%s: %d and %d are free, want %d and %d", when, a, b, nearFree, seattleFree)
		}
	}
	held := w.reserve(w.org, engine.Reserve{Numbers: mixed})
	frees("held", 18, 99)
	_, err := w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: held.ID})
	w.must(err)
	frees("cancelled", 20, 100)
	owned := w.acquire(engine.Reserve{Numbers: mixed}, "")
	for _, n := range owned {
		got, err := w.view().Number(n)
		w.must(err)
		want := near
		if n == mixed[1] {
			want = seattle
		}
		if got.Area != want {
			t.Errorf("a number of %s is said to be of %s", want, got.Area)
		}
	}
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: owned}))
	frees("released", 20, 100)
	if got := w.hold(near, 20).Numbers(); got[0] != number("+14255550000") || got[19] != number("+14255550019") {
		t.Errorf("of the one area others than its own are held, %d in all", len(got))
	}
}

// TestBurst: so many commands of a tenant may come at once and no more; then one
// each time the rate allows it. Other tenants and the provider do not feel it.
func TestBurst(t *testing.T) {
	limits := engine.DefaultTenantLimits()
	limits.PerSecond, limits.Burst = 2, 3
	w := &world{TB: t, ctx: t.Context(), clock: &handClock{now: begin}}
	var err error
	w.eng, err = engine.NewStrict(engine.WithClock(w.clock), engine.WithTenantLimits(limits))
	w.must(err)
	org, err := w.eng.CreateTenant(w.ctx, engine.TenantSpec{ID: "contoso"})
	w.must(err)
	other, err := w.eng.CreateTenant(w.ctx, engine.TenantSpec{ID: "fabrikam"})
	w.must(err)
	people := 0
	add := func(to *engine.Tenant) error {
		people++
		return to.AddPerson(w.ctx, engine.PersonSpec{ID: telephony.PersonID("p-" + string(rune('a'+people)))})
	}
	for range 3 {
		w.must(add(org))
	}
	var refused *telephony.Error
	if err := add(org); !errors.As(err, &refused) || refused.Code != engine.ErrRateLimit {
		t.Fatalf("the fourth at once: got %v, want %q", err, engine.ErrRateLimit)
	}
	if want := begin.Add(500 * time.Millisecond); !refused.At.Equal(want) {
		t.Errorf("the next may come at %s, want %s", refused.At, want)
	}
	w.must(add(other))
	w.clock.Set(refused.At.Add(-1))
	if err := add(org); !errors.Is(err, engine.ErrRateLimit) {
		t.Errorf("a nanosecond too early: got %v, want %q", err, engine.ErrRateLimit)
	}
	w.clock.Set(refused.At)
	w.must(add(org))
	if err := add(org); !errors.Is(err, engine.ErrRateLimit) {
		t.Errorf("a second one at that moment: got %v, want %q", err, engine.ErrRateLimit)
	}
	w.clock.Add(time.Minute)
	for range 3 {
		w.must(add(org))
	}
	if err := add(org); !errors.Is(err, engine.ErrRateLimit) {
		t.Errorf("rest was saved up beyond the burst: got %v", err)
	}
	if refusals := slices.Collect(refusedOf(w)); len(refusals) != 4 {
		t.Errorf("the log tells of %d refusals, want 4", len(refusals))
	}
}

// refusedOf yields the entries of commands that were refused for their rate.
func refusedOf(w *world) func(yield func(engine.Entry) bool) {
	return func(yield func(engine.Entry) bool) {
		for _, e := range w.entries(0) {
			if e.Refused == engine.ErrRateLimit && !yield(e) {
				return
			}
		}
	}
}

// TestReleaseLeavesTheLocation: a released number pins its address no longer,
// whether it rests or not.
func TestReleaseLeavesTheLocation(t *testing.T) {
	for _, rest := range []time.Duration{0, time.Hour} {
		w := newWorld(t, resting(rest)...)
		office := w.address("FR")
		owned := w.acquire(engine.Reserve{Area: paris, Quantity: 2}, office.Default)
		w.must(w.org.Release(w.ctx, engine.Release{Numbers: owned[:1]}))
		if err := w.org.DeleteAddress(w.ctx, engine.DeleteAddress{Address: office.ID}); !errors.Is(err, engine.ErrLocationInUse) {
			t.Errorf("one number is left there: got %v, want %q", err, engine.ErrLocationInUse)
		}
		w.must(w.org.Release(w.ctx, engine.Release{Numbers: owned[1:]}))
		place, err := w.view().Location(office.Default)
		w.must(err)
		if place.Numbers != 0 || place.Assigned != 0 {
			t.Errorf("the location has %d numbers, %d of them assigned", place.Numbers, place.Assigned)
		}
		w.must(w.org.DeleteAddress(w.ctx, engine.DeleteAddress{Address: office.ID}))
	}
}

// buyAs buys licences under a request id.
func (w *world) buyAs(org *engine.Tenant, id string, quantity int64) error {
	return org.BuyLicences(w.ctx, engine.Purchase{Product: licensing.EnterpriseE3, Quantity: quantity, RequestID: id})
}

// bought returns how many of these licences the tenant has.
func (w *world) bought(org *engine.Tenant) int64 {
	w.Helper()
	for _, h := range w.viewOf(org).Licences() {
		if h.Product == licensing.EnterpriseE3 {
			return h.Bought
		}
	}
	return 0
}

// TestRequestIDsAreEachTenantsOwn: an id that another tenant or the provider has
// used says nothing, least of all to a tenant that is not there.
func TestRequestIDsAreEachTenantsOwn(t *testing.T) {
	w := newWorld(t)
	w.must(w.eng.AddStock(w.ctx, engine.Stock{Range: telephony.MustParseRange("+15035550100..+15035550109"),
		Area: portland, Kind: telephony.UserNumber, RequestID: "one"}))
	if err := w.buyAs(w.eng.Tenant("nobody"), "one", 1); !errors.Is(err, engine.ErrUnknownTenant) {
		t.Errorf("a tenant that is not there: got %v, want %q", err, engine.ErrUnknownTenant)
	}
	other := w.tenant("fabrikam", 1)
	w.must(w.buyAs(w.org, "one", 2))
	w.must(w.buyAs(other, "one", 2))
	w.must(w.buyAs(other, "one", 2)) // a repeat
	if a, b := w.bought(w.org), w.bought(other); a != 2 || b != 2 {
		t.Errorf("the tenants have %d and %d licences, want 2 each", a, b)
	}
}

// TestFollowIsRefused to who may not look, and to who asks for what the log has
// let go of, though it may still be in memory.
func TestFollowIsRefused(t *testing.T) {
	s := newScene(t, engine.WithLogKept(10))
	last := s.view().Index()
	for from := last - 12; from <= last; from++ {
		for e, err := range s.eng.As("").Follow(s.ctx, from) {
			kept := from > last-10
			if kept && (err != nil || e.Index != from) || !kept && !errors.Is(err, engine.ErrLogPruned) {
				t.Errorf("from %d of %d: got entry %d and %v", from, last, e.Index, err)
			}
			break
		}
	}
	s.allow = func() error { return errNoBudget }
	for e, err := range s.org.Follow(s.ctx, last) {
		if !errors.Is(err, engine.ErrDenied) || e.Index != 0 {
			t.Errorf("got entry %d and %v, want %q", e.Index, err, engine.ErrDenied)
		}
		break
	}
}
