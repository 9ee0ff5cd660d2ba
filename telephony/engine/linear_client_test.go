package engine_test

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// act does one thing.
func (c *linClient) act() {
	switch n := c.rng.IntN(100); {
	case n < 26:
		c.reserve()
	case n < 48:
		c.acquire()
	case n < 54:
		c.cancel()
	case n < 76:
		c.release()
	case n < 84:
		c.read()
	case n < 89:
		c.readHold()
	case n < 92:
		c.licences()
	default:
		c.clock.Add(time.Duration(c.rng.Int64N(int64(12*time.Second))) - 3*time.Second)
	}
}

// reserve asks for named numbers, half of the time, or for any.
func (c *linClient) reserve() {
	r := engine.Reserve{Area: simAreas[0], Quantity: 1 + c.rng.IntN(3)}
	if c.rng.IntN(2) == 0 {
		n, _ := c.first.Add(c.rng.IntN(linNumbers))
		r.Quantity, r.Numbers = 0, telephony.NumberList{n}
	}
	var got engine.Reservation
	op, out, err := c.timed(func(ctx context.Context) (err error) {
		got, err = c.org.Reserve(ctx, r)
		return err
	})
	c.count("reserved", err)
	notFree := errors.Is(err, reservation.ErrNumbersTaken) || errors.Is(err, engine.ErrNumbersOwned) ||
		errors.Is(err, engine.ErrNumbersHeld) || errors.Is(err, engine.ErrNumbersResting)
	c.expectedOf(err, licensing.ErrQuotaExceeded, reservation.ErrNumbersTaken, engine.ErrNumbersOwned, engine.ErrNumbersHeld, engine.ErrNumbersResting, reservation.ErrOutOfStock, reservation.ErrTooManyOpen)
	in := linOp{kind: linReserve, tenant: c.tenant, hold: got.ID, count: int64(max(r.Quantity, len(r.Numbers)))}
	if err == nil {
		out.expires = got.Expires.UnixNano()
		if got.Made.UnixNano() != out.at {
			c.t.Errorf("made at %s, which is not the time of its entry", got.Made)
		}
		c.enter(op, in, out, got.Numbers())
		c.share(linHeld{c.tenant, got.ID, got.Numbers(), out.expires})
	} else if notFree {
		c.enter(op, in, out, r.Numbers)
	}
	var e *telephony.Error
	if errors.As(err, &e) && e.Code == licensing.ErrQuotaExceeded {
		c.count("over quota", nil)
		out.quota = true
		out.limit, _ = e.Figure("limit")
		out.acquired, _ = e.Figure("acquired")
		out.held, _ = e.Figure("held")
	}
	if err == nil || out.quota {
		c.enterQuota(op, in, out)
	}
}

// share lets every client act on a reservation.
func (c *linClient) share(h linHeld) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shared = append(c.shared, h)
}

// held returns one of the last reservations of the client's tenant.
func (c *linClient) held() (h linHeld, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	skip := c.rng.IntN(3)
	for _, h := range slices.Backward(c.shared) {
		if h.tenant == c.tenant {
			if skip--; skip < 0 {
				return h, true
			}
		}
	}
	return linHeld{}, false
}

// acquire takes the first numbers of a reservation.
func (c *linClient) acquire() {
	h, ok := c.held()
	if !ok {
		return
	}
	chosen := h.numbers[:1+c.rng.IntN(len(h.numbers))]
	op, out, err := c.timed(func(ctx context.Context) error {
		_, err := c.org.Acquire(ctx, engine.Acquire{Reservation: h.id, Numbers: chosen, Location: c.place})
		return err
	})
	c.count("acquired", err)
	c.expectedOf(err, holdOver...)
	in := linOp{kind: linAcquire, tenant: c.tenant, hold: h.id, count: int64(len(chosen))}
	c.enterQuota(op, in, out)
	c.enter(op, in, out, chosen)
	in.kind = linReturn
	c.enter(op, in, out, h.numbers[len(chosen):])
	if err == nil {
		c.owned = append(c.owned, chosen...)
	}
}

func (c *linClient) cancel() {
	h, ok := c.held()
	if !ok {
		return
	}
	op, out, err := c.timed(func(ctx context.Context) error {
		_, err := c.org.CancelReservation(ctx, engine.CancelReservation{Reservation: h.id})
		return err
	})
	c.count("cancelled", err)
	c.expectedOf(err, holdOver...)
	in := linOp{kind: linCancel, tenant: c.tenant, hold: h.id}
	c.enterQuota(op, in, out)
	c.enter(op, in, out, h.numbers)
}

// release gives back a number of the client's own, or any.
func (c *linClient) release() {
	n, _ := c.first.Add(c.rng.IntN(linNumbers))
	if len(c.owned) > 0 && c.rng.IntN(8) > 0 {
		n = c.owned[0]
		c.owned = c.owned[1:]
	}
	op, out, err := c.timed(func(ctx context.Context) error {
		return c.org.Release(ctx, engine.Release{Numbers: telephony.NumberList{n}})
	})
	c.count("released", err)
	c.expectedOf(err, engine.ErrUnknownNumber)
	in := linOp{kind: linRelease, tenant: c.tenant, count: 1}
	c.enterQuota(op, in, out)
	c.enter(op, in, out, telephony.NumberList{n})
}

// viewed takes a view and returns it as an operation.
func (c *linClient) viewed() (v *engine.View, op porcupine.Operation, out linOut) {
	op, _, err := c.timed(func(ctx context.Context) (err error) {
		v, err = c.org.View(ctx)
		return err
	})
	if err != nil {
		panic(err)
	}
	return v, op, linOut{index: v.Index(), at: v.At().UnixNano()}
}

// read looks whether a number is the tenant's.
func (c *linClient) read() {
	n, _ := c.first.Add(c.rng.IntN(linNumbers))
	if len(c.owned) > 0 && c.rng.IntN(2) == 0 {
		n = c.owned[0]
	}
	v, op, out := c.viewed()
	_, err := v.Number(n)
	out.ok = err == nil
	c.count("seen", err)
	c.enter(op, linOp{kind: linRead, tenant: c.tenant}, out, telephony.NumberList{n})
}

// readHold looks whether a reservation is open.
func (c *linClient) readHold() {
	h, ok := c.held()
	if !ok {
		return
	}
	v, op, out := c.viewed()
	r, err := v.Reservation(h.id)
	out.ok = err == nil && r.State == reservation.Reserved
	c.enter(op, linOp{kind: linReadHold, tenant: c.tenant, hold: h.id}, out, h.numbers)
}

// licences buys one or gives one back.
func (c *linClient) licences() {
	kind, call := linBuy, c.org.BuyLicences
	if c.rng.IntN(2) == 0 {
		kind, call = linGiveBack, c.org.ReturnLicences
	}
	op, out, err := c.timed(func(ctx context.Context) error {
		return call(ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 1})
	})
	c.expectedOf(err, licensing.ErrLicenceQuantity)
	if err == nil {
		c.enterQuota(op, linOp{kind: kind, tenant: c.tenant, count: 1}, out)
	}
}
