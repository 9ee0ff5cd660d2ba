package engine

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"example.com/callingplan/licensing"
)

// TestFullOfRequestIDs: where each id is dropped when its time is over, a tenant that
// has as many as it may have no others looked at for one to drop.
func TestFullOfRequestIDs(t *testing.T) {
	clock := &stoppedClock{time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	limits := DefaultTenantLimits()
	limits.Requests = 10
	eng := must1(New(WithClock(clock), WithTenantLimits(limits), WithRequestsKept(10*time.Hour)))
	org := must1(eng.CreateTenant(t.Context(), TenantSpec{ID: "contoso"}))
	call := func(id string) error {
		return org.BuyLicences(t.Context(), Purchase{Product: licensing.PhoneSystem, Quantity: 1, RequestID: id})
	}
	for i := range 30 {
		must(call(fmt.Sprint("request-", i))) // from the eleventh on in the room of one
		if i >= 10 {
			if err := call(fmt.Sprint("one-more-", i)); !errors.Is(err, ErrTooManyRequests) {
				t.Fatalf("one more is refused for %v", err)
			}
		}
		clock.now = clock.now.Add(time.Hour)
	}
	if len(eng.machine.memory.fullUntil) != 0 {
		t.Error("all that the tenant has were looked at")
	}
}
