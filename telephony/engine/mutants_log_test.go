package engine_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

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

// TestRequestIDStandsForOneRequest, for as long as it is remembered and not a
// nanosecond longer.
func TestRequestIDStandsForOneRequest(t *testing.T) {
	const kept = time.Hour
	w := newWorld(t, engine.WithRequestsKept(kept))
	w.must(w.buyAs(w.org, "one", 1))
	w.clock.Add(kept - 1)
	w.must(w.buyAs(w.org, "one", 1))
	if err := w.buyAs(w.org, "one", 5); !errors.Is(err, engine.ErrRequestConflict) {
		t.Errorf("another request: got %v, want %q", err, engine.ErrRequestConflict)
	}
	if got := w.bought(w.org); got != 1 {
		t.Errorf("%d licences were bought, want 1", got)
	}
	w.clock.Add(1)
	w.must(w.buyAs(w.org, "one", 5))
	if got := w.bought(w.org); got != 6 {
		t.Errorf("after its time: %d licences were bought, want 6", got)
	}
}

// TestRefusalIsRepeated: the repeat of a refused request is refused, though
// nothing stands in its way any more.
func TestRefusalIsRepeated(t *testing.T) {
	w := newWorld(t)
	plan := engine.Purchase{Product: licensing.DomesticCallingPlan, Quantity: 1, RequestID: "one"}
	org, err := w.eng.CreateTenant(w.ctx, engine.TenantSpec{ID: "fabrikam"})
	w.must(err)
	if err := org.BuyLicences(w.ctx, plan); !errors.Is(err, licensing.ErrTenantPrerequisite) {
		t.Fatalf("got %v, want %q", err, licensing.ErrTenantPrerequisite)
	}
	w.buy(org, licensing.PhoneSystem, 1)
	if err := org.BuyLicences(w.ctx, plan); !errors.Is(err, licensing.ErrTenantPrerequisite) {
		t.Errorf("the repeat: got %v, want %q", err, licensing.ErrTenantPrerequisite)
	}
	plan.RequestID = "two"
	w.must(org.BuyLicences(w.ctx, plan))
}

// TestRequestIDsAreNotDroppedEarly: a tenant that has used all the ids it may is
// refused a new one, and the old ones go on standing for their requests.
func TestRequestIDsAreNotDroppedEarly(t *testing.T) {
	limits := engine.DefaultTenantLimits()
	limits.Requests = 2
	w := newWorld(t, engine.WithTenantLimits(limits), engine.WithRequestsKept(time.Hour))
	w.must(w.buyAs(w.org, "one", 1))
	w.clock.Add(time.Minute)
	w.must(w.buyAs(w.org, "two", 1))
	if err := w.buyAs(w.org, "three", 1); !errors.Is(err, engine.ErrTooManyRequests) {
		t.Errorf("the third: got %v, want %q", err, engine.ErrTooManyRequests)
	}
	w.must(w.buyAs(w.org, "one", 1))
	if got := w.bought(w.org); got != 2 {
		t.Errorf("%d licences were bought, want 2", got)
	}
	w.clock.Add(time.Hour - time.Minute) // the first is forgotten, the second is not
	w.must(w.buyAs(w.org, "three", 1))
	w.must(w.buyAs(w.org, "two", 1))
	if got := w.bought(w.org); got != 3 {
		t.Errorf("%d licences were bought, want 3", got)
	}
}

// TestFollowerMissesNothing: whoever follows and waits gets every entry, each
// once and in order, as it comes.
func TestFollowerMissesNothing(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithTimeout(w.ctx, 3*time.Second)
	defer cancel()
	from := w.view().Index() + 1
	const more = 20
	go func() {
		for range more {
			time.Sleep(time.Millisecond) // the follower waits by now
			w.buy(w.org, licensing.EnterpriseE3, 1)
		}
	}()
	next := from
	for e, err := range w.eng.As("").Follow(ctx, from) {
		if err != nil || e.Index != next {
			t.Fatalf("got entry %d and %v, want entry %d", e.Index, err, next)
		}
		if next++; next == from+more {
			return
		}
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
