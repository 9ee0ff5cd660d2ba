package engine_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// The world of a history: few numbers, so that clients meet.
const (
	linClients = 12
	linNumbers = 40
	linRest    = 20 * time.Second
	linHold    = 30 * time.Second
	linBought  = 3
	// Checking takes milliseconds; what takes minutes is not decided, which is a
	// failure.
	linTimeout = 2 * time.Minute
)

var linTenants = simTenants[:3]

// indexed is a log that tells the caller where its command stands.
type indexed struct{ engine.Log }

type slotKey struct{}

func (l indexed) Commit(ctx context.Context, c engine.Command) (engine.Outcome, error) {
	out, err := l.Log.Commit(ctx, c)
	if slot, ok := ctx.Value(slotKey{}).(*engine.Outcome); ok {
		*slot = out
	}
	return out, err
}

// history is what clients of one engine did, side by side.
type history struct {
	t       testing.TB
	eng     *engine.Engine
	clock   *handClock
	first   telephony.Number
	ticks   atomic.Int64 // a clock for who called before whom
	mu      sync.Mutex
	numbers []porcupine.Operation
	quotas  []porcupine.Operation
	counts  map[string]int
	shared  []linHeld // reservations of all clients, so that several act on one
}

// linHeld is a reservation as its maker got it.
type linHeld struct {
	tenant  telephony.TenantID
	id      telephony.ReservationID
	numbers telephony.NumberList
	expires int64
}

// TestLinearizable has clients fight over few numbers, through the log that
// applies together what comes together, while the clock goes on and sometimes
// back. For every number and for every tenant's quota there must be an order of
// all calls, that of the log, that explains all answers, reads too.
func TestLinearizable(t *testing.T) {
	total := map[string]int{}
	first, last := uint64(1), uint64(*historiesFlag)
	if *seedFlag != 0 {
		first, last = *seedFlag, *seedFlag
	}
	for seed := first; seed <= last; seed++ {
		h := newHistory(t)
		h.run(seed, *opsFlag)
		h.check(seed)
		for what, n := range h.counts {
			total[what] += n
		}
		if t.Failed() {
			return
		}
	}
	if done := int(last-first+1) * *opsFlag; total["acquired"]*30 < done || total["over quota"] == 0 || total["seen"] == 0 || total["side by side"] == 0 || total["cancelled"] == 0 {
		t.Errorf("the histories are too quiet: %v", total)
	}
	t.Logf("%d histories: %v", last-first+1, total)
}

func newHistory(t testing.TB) *history {
	h := &history{t: t, clock: &handClock{now: begin}, counts: map[string]int{}, first: telephony.MustParse("+999100000990")}
	var err error
	h.eng, err = engine.New(append(resting(linRest), engine.WithClock(h.clock), engine.WithIDEpoch("l"), engine.WithHoldFor(linHold),
		engine.WithLog(func(m *engine.Machine) (engine.Log, error) {
			inner, err := engine.MemoryLog(m)
			return indexed{inner}, err
		}))...)
	must(t, err)
	r, err := telephony.NewRange(h.first, linNumbers) // in two blocks
	must(t, err)
	must(t, h.eng.AddStock(context.Background(), engine.Stock{Range: r, Area: simAreas[0], Kind: telephony.UserNumber}))
	for _, id := range linTenants {
		org, err := h.eng.CreateTenant(context.Background(), engine.TenantSpec{ID: id})
		must(t, err)
		must(t, org.BuyLicences(context.Background(), engine.Purchase{Product: licensing.PhoneSystem, Quantity: linBought}))
		// Opens the voice area, whatever is given back, and gives no number.
		must(t, org.BuyLicences(context.Background(), engine.Purchase{Product: licensing.AudioConferencing, Quantity: 1}))
		_, err = org.SaveRecord(context.Background(), simRecord("ZZ"))
		must(t, err)
	}
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run lets clients share out so many operations.
func (h *history) run(seed uint64, ops int) {
	var all sync.WaitGroup
	places := map[telephony.TenantID]telephony.LocationID{}
	for _, id := range linTenants {
		v, err := h.eng.Tenant(id).View(context.Background())
		must(h.t, err)
		for a := range v.Addresses(engine.AddressQuery{}) {
			places[id] = a.Default
		}
	}
	for i := range linClients {
		c := &linClient{history: h, id: i, rng: rand.New(rand.NewPCG(seed, uint64(i))), tenant: linTenants[i%len(linTenants)]}
		c.org, c.place = h.eng.Tenant(c.tenant), places[c.tenant]
		all.Go(func() {
			for range ops / linClients {
				c.act()
			}
		})
	}
	all.Wait()
}

// check puts the histories to the models.
func (h *history) check(seed uint64) {
	for what, model := range map[string]struct {
		porcupine.Model
		history []porcupine.Operation
	}{
		"the numbers": {numberModel(int64(linRest)), h.numbers},
		"the quotas":  {quotaModel(linBought), h.quotas},
	} {
		if got := porcupine.CheckOperationsTimeout(model.Model, model.history, linTimeout); got != porcupine.Ok {
			h.t.Errorf("%s: %s\nagain: go test ./telephony/engine -run '^TestLinearizable$' -engine.seed=%d -engine.ops=%d (the clients' calls are the same, who comes first is not)",
				what, got, seed, *opsFlag)
		}
	}
	for _, fault := range h.eng.Check() {
		h.t.Errorf("the state does not agree with itself: %v", fault)
	}
}

// linClient is one caller.
type linClient struct {
	*history
	id     int
	rng    *rand.Rand
	tenant telephony.TenantID
	org    *engine.Tenant
	place  telephony.LocationID
	owned  telephony.NumberList
}

// timed makes a call and returns when it began and ended, and where it stands in
// the log.
func (c *linClient) timed(call func(ctx context.Context) error) (op porcupine.Operation, out linOut, err error) {
	var slot engine.Outcome
	op = porcupine.Operation{ClientId: c.id, Call: c.ticks.Add(1)}
	err = call(context.WithValue(context.Background(), slotKey{}, &slot))
	op.Return = c.ticks.Add(1)
	if op.Return > op.Call+1 {
		c.count("side by side", nil)
	}
	return op, linOut{index: slot.Index, at: slot.At.UnixNano(), ok: err == nil}, err
}

// enter adds what a call was about for each of its numbers.
func (c *linClient) enter(op porcupine.Operation, in linOp, out linOut, numbers telephony.NumberList) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range numbers {
		in.number = n
		op.Input, op.Output = in, out
		c.numbers = append(c.numbers, op)
	}
}

// enterQuota adds what a call was about for the tenant's quota.
func (c *linClient) enterQuota(op porcupine.Operation, in linOp, out linOut) {
	c.mu.Lock()
	defer c.mu.Unlock()
	op.Input, op.Output = in, out
	c.quotas = append(c.quotas, op)
}

func (c *linClient) count(what string, err error) {
	if err != nil {
		what = "not " + what
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[what]++
}

// expectedOf fails for a refusal that nothing in this world explains.
func (c *linClient) expectedOf(err error, codes ...telephony.Code) {
	for _, code := range codes {
		if errors.Is(err, code) {
			return
		}
	}
	if err != nil {
		c.t.Error(fmt.Errorf("unexpected: %w", err))
	}
}

// holdOver are the refusals of a reservation that is over.
var holdOver = []telephony.Code{reservation.ErrExpired, reservation.ErrCompleted, reservation.ErrCancelled}
