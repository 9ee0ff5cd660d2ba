package engine

import (
	"time"

	"example.com/callingplan/telephony"
)

// The causes for which a tenant gets no more.
const (
	// ErrTenantLimit: the tenant has as many of a thing as TenantLimits lets it
	// have. The error's field names the thing.
	ErrTenantLimit telephony.Code = "tenant_limit"
	// ErrRateLimit: the tenant's commands come faster than TenantLimits.PerSecond.
	// The error has the moment from which on the next may come.
	ErrRateLimit telephony.Code = "rate_limit"
)

// TenantLimits bound what one tenant may have, so that none can starve the
// others. What it may hold is in reservation.Limits. The zero value allows
// nothing; start from DefaultTenantLimits and change what is to differ.
type TenantLimits struct {
	People    int64 // 1,000,000 if nothing else is set
	Addresses int64 // 100,000
	Locations int64 // of one address; 10,000
	Services  int64 `cbor:",omitempty"` // 10,000
	Requests  int   // request ids remembered; 100,000. The provider's own are bounded by it too
	// PortOrders is how many port orders may be open at once; 100. PortsKept is
	// how many are kept that are over; 10,000, and the one that ended first goes
	// first.
	PortOrders, PortsKept int64
	// PerSecond is how many commands a second, averaged over the Burst; 0 for
	// any number, as if nothing else is set.
	PerSecond int64
	Burst     int64 // how many at once; at least 1 where PerSecond is set
}

// maxBurst is the largest burst; spread at one a second, it takes mostPaced.
const (
	maxBurst  = 1_000_000
	mostPaced = maxBurst * time.Second
)

// DefaultTenantLimits returns the limits of an engine that is given none.
func DefaultTenantLimits() TenantLimits {
	return TenantLimits{People: 1_000_000, Addresses: 100_000, Locations: 10_000, Services: 10_000, Requests: 100_000, PortOrders: 100, PortsKept: 10_000}
}

func (l TenantLimits) check() error {
	if l.People < 0 || l.Addresses < 0 || l.Locations < 0 || l.Services < 0 || l.Requests < 0 || l.PortOrders < 0 || l.PortsKept < 0 || l.PerSecond < 0 ||
		l.PerSecond > int64(time.Second) || l.PerSecond > 0 && (l.Burst < 1 || l.Burst > maxBurst) {
		return refuse(ErrRequest, "tenant limits", "a limit is out of bounds",
			"set none below 0, at most a billion a second, and with PerSecond a Burst of 1 to 1,000,000")
	}
	return nil
}

// checkLimit refuses one thing more of which a tenant has as many as it may.
func checkLimit(field string, have, limit int64) *telephony.Error {
	if have < limit {
		return nil
	}
	return &telephony.Error{Code: ErrTenantLimit, Field: field, Detail: "the tenant has as many as it may have",
		Figures: []telephony.Figure{{Name: "have", Value: have}, {Name: "limit", Value: limit}}}
}

// pace refuses a command that comes too soon after the tenant's others, and
// says when it may come. A tenant's commands are spread evenly at PerSecond;
// Burst of them may come ahead of that.
func (s *step) pace() *telephony.Error {
	a := s.account
	if a == nil || s.settings.Tenants.PerSecond == 0 {
		return nil
	}
	l := s.settings.Tenants
	gap := int64(time.Second) / l.PerSecond
	next := max(a.Paced, s.now)
	if early := next - s.now; early > gap*(l.Burst-1) {
		return &telephony.Error{Code: ErrRateLimit, At: unix(next - gap*(l.Burst-1)),
			Detail:  "the tenant's commands come too fast",
			Figures: []telephony.Figure{{Name: "a second", Value: l.PerSecond}, {Name: "at once", Value: l.Burst}},
			Fix:     "call again at that time"}
	}
	s.edit(a).Paced = next + gap
	return nil
}
