package engine_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// owners notes who was given which number, and complains where it is given twice.
type owners struct {
	mu sync.Mutex
	of map[telephony.Number]telephony.TenantID
}

func (o *owners) give(t testing.TB, to telephony.TenantID, numbers telephony.NumberList) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, n := range numbers {
		if before, given := o.of[n]; given {
			t.Errorf("%s is %s's and was given to %s", n.Masked(), before, to)
		}
		o.of[n] = to
	}
}

// expected reports any error that a fight over numbers does not explain.
func expected(t testing.TB, err error) bool {
	for _, code := range []telephony.Code{reservation.ErrOutOfStock, reservation.ErrTooManyOpen, reservation.ErrTooManyHeld,
		reservation.ErrNumbersTaken, engine.ErrNumbersOwned, engine.ErrNumbersHeld, licensing.ErrQuotaExceeded, reservation.ErrExpired} {
		if errors.Is(err, code) {
			return true
		}
	}
	if err != nil {
		t.Errorf("unexpected: %v", err)
	}
	return err != nil
}

// TestFightOverFewNumbers has 64 goroutines of two tenants reserve, acquire and
// cancel until fifty numbers are gone, while others look, sweep and let time
// pass: every number ends with exactly one owner.
func TestFightOverFewNumbers(t *testing.T) {
	w := newWorld(t)
	tenants := []*engine.Tenant{w.org, w.tenant("fabrikam", 100)}
	got := owners{of: map[telephony.Number]telephony.TenantID{}}
	done, stop := context.WithCancel(w.ctx)
	var readers, fighters sync.WaitGroup
	for _, org := range tenants {
		readers.Go(func() { watch(t, done, org) })
	}
	readers.Go(func() {
		if err := w.eng.Run(done); !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
	})
	readers.Go(func() {
		for done.Err() == nil {
			w.clock.Add(time.Minute)
			if _, err := w.eng.Sweep(w.ctx); err != nil {
				t.Errorf("Sweep: %v", err)
			}
			time.Sleep(time.Millisecond)
		}
	})
	for i := range 64 {
		fighters.Go(func() { fight(t, w.ctx, tenants[i%2], rand.New(rand.NewPCG(1, uint64(i))), &got) })
	}
	fighters.Wait()
	stop()
	readers.Wait()
	w.clock.Add(time.Hour) // what was left held is free again: the last of it goes to one
	for n := w.free(newYork); n > 0; n = w.free(newYork) {
		got.give(t, "contoso", w.acquire(engine.Reserve{Area: newYork, Quantity: int(n)}, ""))
	}
	if len(got.of) != 50 {
		t.Errorf("%d numbers have an owner, want 50", len(got.of))
	}
	for _, org := range tenants {
		for n := range w.viewOf(org).Numbers(engine.NumberQuery{}) {
			if got.of[n.Number] != org.ID() {
				t.Errorf("%s has %s, which was given to %q", org.ID(), n.Number.Masked(), got.of[n.Number])
			}
		}
	}
}

// fight reserves a few numbers, now and then lets them go, else acquires some.
func fight(t testing.TB, ctx context.Context, org *engine.Tenant, rng *rand.Rand, got *owners) {
	for range 20 {
		held, err := org.Reserve(ctx, engine.Reserve{Area: newYork, Quantity: 1 + rng.IntN(3)})
		if expected(t, err) {
			continue
		}
		if rng.IntN(4) == 0 {
			_, err = org.CancelReservation(ctx, engine.CancelReservation{Reservation: held.ID})
			expected(t, err)
			continue
		}
		acquired, err := org.Acquire(ctx, engine.Acquire{Reservation: held.ID, Numbers: held.Numbers()[:1]})
		if !expected(t, err) {
			got.give(t, org.ID(), acquired.Numbers)
		}
	}
}

// watch checks that every view agrees with itself, whatever happens meanwhile.
func watch(t testing.TB, done context.Context, org *engine.Tenant) {
	last := uint64(0)
	for done.Err() == nil {
		v, err := org.View(context.Background())
		if err != nil {
			t.Errorf("View: %v", err)
			return
		}
		if v.Index() < last {
			t.Errorf("a view of %d comes after one of %d", v.Index(), last)
		}
		last = v.Index()
		agrees(t, v)
	}
}

// agrees checks a view's figures against what it lists.
func agrees(t testing.TB, v *engine.View) {
	d := v.Dashboard()
	open := slices.Collect(v.Open())
	held := map[telephony.Kind]int64{}
	for _, r := range open {
		held[r.Kind] += int64(len(r.Numbers()))
	}
	if d.OpenReservations != len(open) {
		t.Errorf("the dashboard has %d open reservations, the list %d", d.OpenReservations, len(open))
	}
	for _, c := range d.Numbers {
		all := int64(len(slices.Collect(v.Numbers(engine.NumberQuery{Kind: c.Kind}))))
		assigned := int64(len(slices.Collect(v.Numbers(engine.NumberQuery{Kind: c.Kind, Assigned: true}))))
		if c.Acquired != all || c.Assigned != assigned || c.Unassigned != all-assigned || c.Held != held[c.Kind] {
			t.Errorf("the dashboard has %+v, the lists %d, %d assigned, %d held", c, all, assigned, held[c.Kind])
		}
		if c.Quota.Left != max(0, c.Quota.Limit-all-held[c.Kind]) || c.Quota.Limit < all+held[c.Kind] {
			t.Errorf("the quota is %v", c.Quota)
		}
	}
	if people := int64(len(slices.Collect(v.People(engine.PersonQuery{})))); d.People != people {
		t.Errorf("the dashboard has %d people, the list %d", d.People, people)
	}
}

// TestQuotaUnderLoad: however many reserve side by side, a tenant never has more
// than its quota.
func TestQuotaUnderLoad(t *testing.T) {
	w := newWorld(t)
	small := w.tenant("small", 10) // a quota of 21
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			held, err := small.Reserve(w.ctx, engine.Reserve{Area: seattle, Quantity: 2})
			if expected(t, err) {
				return
			}
			_, err = small.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true})
			expected(t, err)
		})
	}
	all.Wait()
	if q := w.viewOf(small).Quota(telephony.UserNumber); q.Acquired+q.Held > 21 || q.Acquired == 0 {
		t.Errorf("the quota is %v", q)
	}
}

// TestOneNumberOnePerson: of many who give one number to different people at
// once, one succeeds.
func TestOneNumberOnePerson(t *testing.T) {
	w := newWorld(t)
	place := w.address("US").Default
	n := w.acquire(engine.Reserve{Area: seattle, Quantity: 1}, "")[0]
	people := []telephony.PersonID{"a", "b", "c", "d", "e", "f", "g", "h"}
	for _, p := range people {
		w.person(p, "US")
	}
	var all sync.WaitGroup
	results := make([]error, len(people))
	for i, p := range people {
		all.Go(func() { results[i] = w.org.Assign(w.ctx, engine.Assign{Number: n, Person: p, Location: place}) })
	}
	all.Wait()
	given := 0
	for _, err := range results {
		if err == nil {
			given++
		} else if !errors.Is(err, telephony.ErrNumberAssigned) {
			t.Errorf("got %v, want %q", err, telephony.ErrNumberAssigned)
		}
	}
	if given != 1 {
		t.Errorf("%d people were given the number", given)
	}
}

// TestWaitingEndsWithTheContext: whoever waits for a turn waits no longer than
// the context says, and nothing of the call happens then.
func TestWaitingEndsWithTheContext(t *testing.T) {
	w := newWorld(t)
	hold, release := make(chan struct{}), make(chan struct{})
	go w.org.Occupy(hold, release)
	<-hold
	defer close(release)
	ctx, cancel := context.WithTimeout(w.ctx, 10*time.Millisecond)
	defer cancel()
	before := w.view().Index()
	_, err := w.org.Reserve(ctx, engine.Reserve{Area: seattle, Quantity: 1})
	if !errors.Is(err, engine.ErrCancelled) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %q", err, engine.ErrCancelled)
	}
	if got := w.view().Index(); got != before {
		t.Errorf("%d entries were made", got-before)
	}
}
