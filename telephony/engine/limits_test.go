package engine_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// limited is a world whose tenants may have little.
func limited(t testing.TB, change func(l *engine.TenantLimits)) *world {
	limits := engine.DefaultTenantLimits()
	change(&limits)
	return newWorld(t, engine.WithTenantLimits(limits), engine.WithRequestsKept(time.Hour))
}

// atLimit checks a refusal for having as many as there may be.
func atLimit(t testing.TB, err error, code telephony.Code, name string, want int64) {
	t.Helper()
	have, _ := errorFigure(err, name)
	limit, _ := errorFigure(err, "limit")
	if !errors.Is(err, code) || have != want || limit != want {
		t.Errorf("got %v, want %q with %d of %d", err, code, want, want)
	}
}

// TestTenantLimits: a tenant gets as many of each thing as it may have and no
// more, another one is none the worse for it, and what is given back can be had
// again.
func TestTenantLimits(t *testing.T) {
	const most = 3
	t.Run("people", func(t *testing.T) {
		w := limited(t, func(l *engine.TenantLimits) { l.People = most })
		other := w.tenant("fabrikam", 5)
		add := func(org *engine.Tenant, i int) error {
			return org.AddPerson(w.ctx, engine.PersonSpec{ID: telephony.PersonID(fmt.Sprint("p", i))})
		}
		for i := range most {
			w.must(add(w.org, i))
		}
		atLimit(t, add(w.org, most), engine.ErrTenantLimit, "have", most)
		w.must(add(other, most))
		if err := add(w.org, 0); !errors.Is(err, engine.ErrPersonExists) {
			t.Errorf("somebody who is there: got %v", err)
		}
	})
	t.Run("services", func(t *testing.T) {
		w := limited(t, func(l *engine.TenantLimits) { l.Services = most })
		add := func(i int) error {
			return w.org.AddService(w.ctx, engine.ServiceSpec{ID: telephony.ServiceID(fmt.Sprint("s", i)), Kind: telephony.CallQueue})
		}
		for i := range most {
			w.must(add(i))
		}
		atLimit(t, add(most), engine.ErrTenantLimit, "have", most)
		w.must(w.org.RemoveService(w.ctx, engine.RemoveService{Service: "s0"}))
		w.must(add(most))
	})
	t.Run("addresses", func(t *testing.T) {
		w := limited(t, func(l *engine.TenantLimits) { l.Addresses = most })
		other := w.tenant("fabrikam", 5)
		var last engine.Address
		for range most {
			last = w.address("US")
		}
		save := func(org *engine.Tenant) error {
			_, err := org.SaveRecord(w.ctx, fullRecord())
			return err
		}
		atLimit(t, save(w.org), engine.ErrTenantLimit, "have", most)
		w.must(save(other))
		w.must(w.org.DeleteAddress(w.ctx, engine.DeleteAddress{Address: last.ID}))
		w.must(save(w.org))
		atLimit(t, save(w.org), engine.ErrTenantLimit, "have", most)
	})
	t.Run("addresses and drafts", func(t *testing.T) {
		w := limited(t, func(l *engine.TenantLimits) { l.Addresses = most })
		w.address("US")
		w.draft()
		kept := w.draft()
		_, err := w.org.SaveDraft(w.ctx, w.checked(unfinished))
		atLimit(t, err, engine.ErrTenantLimit, "have", most)
		_, err = w.org.SaveAddress(w.ctx, w.checked(offices["US"]))
		atLimit(t, err, engine.ErrTenantLimit, "have", most)
		_, err = w.org.PromoteDraft(w.ctx, engine.PromoteDraft{Draft: kept.ID, Checked: w.checked(offices["US"])}) // one for one
		w.must(err)
	})
	t.Run("locations that move", func(t *testing.T) {
		w := limited(t, func(l *engine.TenantLimits) { l.Locations = most })
		from, to := w.address("US"), w.address("US")
		for range most - 1 {
			_, err := w.org.AddLocation(w.ctx, engine.Place{Address: from.ID, Description: "Cellar"})
			w.must(err)
		}
		w.must(w.tryReplace(from.ID, to.ID)) // its default one stays
		_, err := w.org.AddLocation(w.ctx, engine.Place{Address: from.ID, Description: "Cellar"})
		w.must(err)
		err = w.tryReplace(from.ID, to.ID)
		have, _ := errorFigure(err, "have")
		if limit, _ := errorFigure(err, "limit"); !errors.Is(err, engine.ErrTenantLimit) || have != most+1 || limit != most {
			t.Errorf("got %v, want %d of %d", err, most+1, most)
		}
	})
	t.Run("locations", func(t *testing.T) {
		w := limited(t, func(l *engine.TenantLimits) { l.Locations = most })
		first, second := w.address("US"), w.address("US")
		add := func(a engine.Address) (telephony.LocationID, error) {
			l, err := w.org.AddLocation(w.ctx, engine.Place{Address: a.ID, Description: "Cellar"})
			return l.ID, err
		}
		var last telephony.LocationID
		for range most - 1 { // the default one counts
			id, err := add(first)
			w.must(err)
			last = id
		}
		_, err := add(first)
		atLimit(t, err, engine.ErrTenantLimit, "have", most)
		_, err = add(second)
		w.must(err)
		w.must(w.org.DeleteLocation(w.ctx, engine.DeleteLocation{Location: last}))
		_, err = add(first)
		w.must(err)
	})
}

// TestRequestIDLimit: a tenant that uses too many request ids is refused new
// ones, until the old ones' time is over; the old ones are kept.
func TestRequestIDLimit(t *testing.T) {
	const most = 3
	w := limited(t, func(l *engine.TenantLimits) { l.Requests = most })
	other := w.tenant("fabrikam", 5)
	buy := func(org *engine.Tenant, id string) error {
		return org.BuyLicences(w.ctx, engine.Purchase{Product: licensing.EnterpriseE3, Quantity: 1, RequestID: id})
	}
	for i := range most {
		w.must(buy(w.org, fmt.Sprint("request-", i)))
		w.clock.Add(time.Minute)
	}
	atLimit(t, buy(w.org, "request-new"), engine.ErrTooManyRequests, "kept", most)
	w.must(buy(w.org, "request-0")) // is remembered
	w.must(buy(w.org, ""))
	w.must(buy(other, "request-new"))
	if got := holding(w.view(), licensing.EnterpriseE3); got != most+1 {
		t.Errorf("%d licences were bought, want %d", got, most+1)
	}
	w.clock.Set(begin.Add(time.Hour - 1))
	atLimit(t, buy(w.org, "request-new"), engine.ErrTooManyRequests, "kept", most)
	w.clock.Set(begin.Add(time.Hour))
	w.must(buy(w.org, "request-new")) // the refusal was not remembered
	atLimit(t, buy(w.org, "request-newer"), engine.ErrTooManyRequests, "kept", most)
	if got := holding(w.view(), licensing.EnterpriseE3); got != most+2 {
		t.Errorf("%d licences were bought, want %d", got, most+2)
	}
}

// TestRequestIDLimitOfTheProvider: the provider's own request ids are bounded as a
// tenant's are, through a restore too, and neither's count for the other.
func TestRequestIDLimitOfTheProvider(t *testing.T) {
	const most = 3
	w := limited(t, func(l *engine.TenantLimits) { l.Requests = most })
	prune := func(eng *engine.Engine, id string) error {
		return eng.As("").PruneLog(w.ctx, engine.PruneLog{Before: 1, RequestID: id})
	}
	for i := range most {
		w.must(prune(w.eng, fmt.Sprint("request-", i)))
	}
	atLimit(t, prune(w.eng, "request-new"), engine.ErrTooManyRequests, "kept", most)
	w.must(prune(w.eng, "request-0")) // is remembered
	w.must(w.org.BuyLicences(w.ctx, engine.Purchase{Product: licensing.EnterpriseE3, Quantity: 1, RequestID: "request-new"}))
	again, err := engine.NewStrict(engine.WithClock(w.clock), engine.WithSnapshot(bytes.NewReader(snapshotOf(t, w.eng))))
	w.must(err)
	copied, err := w.eng.As("").Rehearse(w.ctx)
	w.must(err)
	for _, eng := range []*engine.Engine{w.eng, again, copied} {
		atLimit(t, prune(eng, "request-new"), engine.ErrTooManyRequests, "kept", most)
	}
	w.clock.Add(time.Hour)
	w.must(prune(w.eng, "request-new"))
	w.must(prune(again, "request-new"))
}

// TestRoomForRequestIDs: whoever has as many request ids as may be, all old, has room
// at once, whatever others have that is older and nobody has swept; one command
// drops no more than a sweep does.
func TestRoomForRequestIDs(t *testing.T) {
	const most, sweep = 250, 100
	w := limited(t, func(l *engine.TenantLimits) { l.Requests = most })
	others := []*engine.Tenant{w.tenant("fabrikam", 5), w.tenant("northwind", 5)}
	buy := func(org *engine.Tenant, id string) error {
		return org.BuyLicences(w.ctx, engine.Purchase{Product: licensing.EnterpriseE3, Quantity: 1, RequestID: id})
	}
	for _, org := range append(others, w.org) {
		for i := range most {
			w.must(buy(org, fmt.Sprintf("request-%03d", i)))
		}
		w.clock.Add(time.Second)
	}
	before := rowsOf(w.eng)["requests"]
	w.clock.Add(time.Hour)
	w.must(buy(w.org, "request-new"))
	if gone := before + 1 - rowsOf(w.eng)["requests"]; gone < 1 || gone > 2*sweep {
		t.Errorf("one command dropped %d request ids", gone)
	}
	again, err := engine.NewStrict(engine.WithClock(w.clock), engine.WithSnapshot(bytes.NewReader(snapshotOf(t, w.eng))))
	w.must(err)
	for i := range 2 * most { // room runs out again and again, here and in a machine that knows of nothing
		id := fmt.Sprintf("request-b%03d", i)
		first, second := buy(w.org, id), buy(again.Tenant("contoso"), id)
		if (i+1 >= most) != errors.Is(first, engine.ErrTooManyRequests) || fmt.Sprint(first) != fmt.Sprint(second) {
			t.Fatalf("%s: got %v, and %v after a restore", id, first, second)
		}
	}
	if w.eng.Digest() != again.Digest() {
		t.Error("the two machines came apart")
	}
}

// TestPace: a tenant's commands may come Burst at once and PerSecond in the long
// run, to the nanosecond; refusals for other reasons count, those for the pace do
// not, and each says when to come again.
func TestPace(t *testing.T) {
	const perSecond, burst = 4, 3
	limits := engine.DefaultTenantLimits()
	limits.PerSecond, limits.Burst = perSecond, burst
	const gap = time.Second / perSecond
	made := newWorld(t)
	made.tenant("fabrikam", 5)
	w := &world{TB: t, ctx: made.ctx, clock: made.clock}
	var err error
	w.eng, err = engine.NewStrict(engine.WithSnapshot(bytes.NewReader(snapshotOf(t, made.eng))), engine.WithTenantLimits(limits), engine.WithClock(w.clock))
	w.must(err)
	w.org = w.eng.Tenant("contoso")
	w.clock.Add(time.Hour)
	start := w.clock.Now()
	call := func(org *engine.Tenant, id string) error {
		return org.Unassign(w.ctx, engine.Unassign{Person: "nobody", RequestID: id})
	}
	passes := func(org *engine.Tenant) {
		t.Helper()
		if err := call(org, ""); !errors.Is(err, engine.ErrUnknownPerson) {
			t.Errorf("at %s: got %v", w.clock.Now().Sub(start), err)
		}
	}
	waits := func(org *engine.Tenant, until time.Duration) {
		t.Helper()
		var e *telephony.Error
		if err := call(org, "request-1"); !errors.As(err, &e) || e.Code != engine.ErrRateLimit || !e.At.Equal(start.Add(until)) {
			t.Errorf("at %s: got %v, want %q until %s", w.clock.Now().Sub(start), err, engine.ErrRateLimit, until)
		}
	}
	for range burst {
		passes(w.org)
	}
	for range 5 {
		waits(w.org, gap)
	}
	for range burst {
		passes(w.eng.Tenant("fabrikam"))
	}
	waits(w.eng.Tenant("fabrikam"), gap)
	for i := 1; i <= 4; i++ {
		w.clock.Set(start.Add(time.Duration(i)*gap - 1))
		waits(w.org, time.Duration(i)*gap)
		w.clock.Set(start.Add(time.Duration(i) * gap))
		passes(w.org)
		waits(w.org, time.Duration(i+1)*gap)
	}
	w.clock.Set(start.Add(time.Hour)) // saves up no more than a burst
	start = w.clock.Now()
	for range burst {
		passes(w.org)
	}
	waits(w.org, gap)
	w.clock.Add(gap)
	if err := call(w.org, "request-1"); !errors.Is(err, engine.ErrUnknownPerson) {
		t.Errorf("the refusal for the pace was remembered: %v", err)
	}
}
