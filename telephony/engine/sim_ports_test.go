package engine_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// simPort is a port order as the answers have it.
type simPort struct {
	id       telephony.PortOrderID
	numbers  telephony.NumberList
	asked    bool  // the carrier was contacted
	approved int64 // 0 before
	over     bool
}

// simPorted are the numbers that can be ported in; the first is put in stock later
// on, if nobody ordered it before.
var simPorted = slices.Collect(mustRange("+14255550149..+14255550158").All())

// pending reports whether less than 24 hours are left.
func (b *books) pending(p *simPort) bool {
	return p.approved != 0 && !p.over && b.now > p.approved-int64(24*time.Hour)
}

// ordered reports whether an open port order of anybody has a number.
func (b *books) ordered(n telephony.Number) bool {
	for _, t := range b.tenants {
		for _, p := range t.ports {
			if !p.over && slices.Contains(p.numbers, n) {
				return true
			}
		}
	}
	return false
}

func (t *simTenant) port(id telephony.PortOrderID) *simPort {
	for _, p := range t.ports {
		if p.id == id {
			return p
		}
	}
	return nil
}

// ported counts the tenant's numbers of a kind that it ported in.
func (t *simTenant) ported(k telephony.Kind) (count int64) {
	for _, n := range t.owned {
		if n.ported && n.kind == k {
			count++
		}
	}
	return count
}

// drawPorts makes a call up about numbers that change carriers.
func (s *sim) drawPorts(t *simTenant) simCall {
	var open []*simPort
	for _, p := range t.ports {
		if !p.over {
			open = append(open, p)
		}
	}
	n := s.rng.IntN(10)
	if len(open) == 0 && n >= 5 {
		n = s.rng.IntN(5)
	}
	switch {
	case n < 3:
		from := slices.DeleteFunc(slices.Clone(simPorted), func(n telephony.Number) bool { _, there := s.stock[n]; return there || s.ordered(n) })
		if len(from) == 0 || s.rng.IntN(6) == 0 {
			from = append(slices.Clone(simPorted), s.one(s.stocked(telephony.UserNumber)))
		}
		return s.orderPort(t.id, s.some(from, 3))
	case n < 5:
		return s.portOut(t.id, s.some(t.numbers(), 2), pickOne(s.rng, rightPIN(), rightPIN(), wrongPIN()))
	}
	p := open[s.rng.IntN(len(open))]
	switch {
	case n == 5:
		return s.portVerb(t.id, p.id, porting.Cancel, 0)
	case !p.asked:
		return s.portVerb(t.id, p.id, porting.Contact, 0)
	case p.approved == 0 || n == 6 && s.rng.IntN(3) == 0:
		return s.portVerb(t.id, p.id, porting.Approve, max(s.now, s.stamped())+int64(pickOne(s.rng, time.Hour, time.Hour, 25*time.Hour, time.Nanosecond)))
	}
	return s.portVerb(t.id, p.id, porting.Complete, 0)
}

func (s *sim) orderPort(id telephony.TenantID, numbers telephony.NumberList) simCall {
	now := max(s.now, s.stamped())
	request := porting.Request{Numbers: porting.RangesOf(numbers...), Country: "US", Kind: telephony.UserNumber, Carrier: "Losing",
		Account: porting.Account{Number: "A-1", Billing: number("+14255550199"), Scope: porting.PartialPort}, Company: "Contoso", AuthorisedPerson: "A. Vance",
		Address: porting.Address{Street: "1 High Street", City: "Fiction", Country: "US"},
		Letter:  porting.Letter{Reference: "loa", Signed: now - 1e9}, Date: now + int64(48*time.Hour)}
	call := engine.OrderPort{Request: request, Area: seattle}
	return s.tenantCall(id, "order port", fmt.Sprint(numbers, request.Date), func(org *engine.Tenant, request string) (any, error) {
		call := call
		call.RequestID = request
		return org.OrderPort(context.Background(), call)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		off := request.Date - s.now
		may := len(numbers) > 0 && t.bought[licensing.PhoneSystem] > 0 && off >= int64(24*time.Hour)
		for _, n := range numbers {
			_, there := s.stock[n]
			may = may && !there && !s.ordered(n) && n.CallingCode() == 1
		}
		if !s.must(may, err, licensing.ErrVoiceClosed, porting.ErrNoNumbers, porting.ErrEmptyRange, porting.ErrNumberCountry, porting.ErrLetterOld, porting.ErrDatePast, porting.ErrDateTooSoon,
			engine.ErrPortOwned, engine.ErrPortOrdered, engine.ErrPortUnavailable) {
			return
		}
		o := got.(engine.PortOrder)
		if o.State != porting.Processing || o.Made.UnixNano() != s.now || o.Request.Numbers.Count() != len(numbers) {
			s.fail("the order is %+v", o)
		}
		t.ports = append(t.ports, &simPort{id: o.ID, numbers: numbers})
	})
}

// portVerb does something to an order, as the tenant or at the carrier's desk.
func (s *sim) portVerb(id telephony.TenantID, order telephony.PortOrderID, verb porting.Verb, date int64) simCall {
	call := func(e *engine.Engine, request string) (any, error) {
		ctx := context.Background()
		switch verb {
		case porting.Contact:
			return e.As("").ContactCarrier(ctx, engine.ContactCarrier{Tenant: id, Order: order, RequestID: request})
		case porting.Approve:
			return e.As("").ApprovePort(ctx, engine.ApprovePort{Tenant: id, Order: order, Date: moment(date), RequestID: request})
		case porting.Complete:
			return e.As("").CompletePort(ctx, engine.CompletePort{Tenant: id, Order: order, AllPorted: true, RequestID: request})
		}
		return e.Tenant(id).CancelPort(ctx, engine.CancelPort{Order: order, RequestID: request})
	}
	c := simCall{what: verb.String(), content: fmt.Sprint(id, order, date), call: call, judge: func(_ any, err error) {
		s.Helper()
		t := s.tenants[id]
		p := t.port(order)
		switch verb {
		case porting.Contact:
			if s.must(!p.asked && !p.over, err, porting.ErrContacted, porting.ErrCompleted, porting.ErrCancelled) {
				p.asked = true
			}
		case porting.Approve:
			if s.must(p.asked && !p.over && date > s.now, err, porting.ErrNotContacted, porting.ErrCompleted, porting.ErrCancelled, porting.ErrDatePast) {
				p.approved = date
			}
		case porting.Cancel:
			if s.must(!s.pending(p) && !p.over, err, porting.ErrLocked, porting.ErrCompleted, porting.ErrCancelled) {
				p.over = true
			}
		case porting.Complete:
			if !s.must(s.pending(p), err, porting.ErrNotContacted, porting.ErrNotApproved, porting.ErrNotDue, porting.ErrCompleted, porting.ErrCancelled) {
				return
			}
			p.over = true
			s.counts.Ported += len(p.numbers)
			for _, n := range p.numbers {
				s.stock[n] = simShelf{seattle, telephony.UserNumber}
				t.owned[n] = &simOwned{simShelf: s.stock[n], ported: true}
			}
		}
	}}
	if verb == porting.Cancel {
		c.tenant = id
	}
	return c
}

// setPIN has every tenant let go what the right PIN is given for.
func (s *sim) setPIN(id telephony.TenantID) simCall {
	return s.tenantCall(id, "set PIN", "", func(org *engine.Tenant, request string) (any, error) {
		return nil, org.SetSealedPIN(context.Background(), rightPIN(), request)
	}, func(_ *simTenant, _ any, err error) { s.must(true, err) })
}

// simWish is what came of another carrier's wish, refused or not.
type simWish struct {
	Gone    telephony.NumberList
	Refused telephony.Code
}

func (s *sim) portOut(id telephony.TenantID, numbers telephony.NumberList, pin porting.SealedPIN) simCall {
	return simCall{what: "port out", content: fmt.Sprint(id, numbers, pin == rightPIN()), call: func(e *engine.Engine, request string) (any, error) {
		gone, err := e.As("").PortOutSealed(context.Background(), engine.PortOut{Tenant: id, Numbers: numbers, Carrier: "Gaining", RequestID: request}, pin)
		// A refusal by the rules is an answer, which has counted a wrong PIN; one that
		// the command got is not.
		if e := codeOf(err); slices.Contains([]telephony.Code{porting.ErrPINWrong, porting.ErrPINLocked, porting.ErrNotOwned, porting.ErrQuarantined, porting.ErrNoNumbers}, e) {
			return simWish{Refused: e}, nil
		}
		return simWish{Gone: gone.Numbers}, err
	}, judge: func(got any, err error) {
		s.Helper()
		t, w := s.tenants[id], got.(simWish)
		s.must(true, err)
		may := pin == rightPIN() && len(numbers) > 0
		for _, n := range numbers {
			may = may && t.owned[n] != nil
		}
		switch {
		case w.Refused == porting.ErrPINLocked: // wrong ones came before, which the books do not count
			return
		case may != (w.Refused == ""), may && !slices.Equal(w.Gone, slices.SortedFunc(slices.Values(numbers), telephony.Number.Compare)):
			s.fail("a wish came to %+v, and should be granted: %v", w, may)
		case !may:
			return
		}
		s.counts.Gone += len(numbers)
		for _, n := range numbers {
			if p := t.person(t.owned[n].person); p != nil {
				t.unassign(p)
			}
			delete(t.owned, n)
			delete(s.stock, n)
		}
	}}
}

// lookAtPorts compares the orders, and holds each open one to the time.
func (s *sim) lookAtPorts(t *simTenant, v *engine.View) {
	s.Helper()
	open := 0
	for _, p := range t.ports {
		o, err := v.PortOrder(p.id)
		if err != nil {
			s.fail("%s's order %s is not there: %v", t.id, p.id, err)
		}
		over := o.State == porting.Completed || o.State == porting.Cancelled
		if over != p.over || (o.State == porting.TransferPending) != s.pending(p) {
			s.fail("%s's order is %v at %d, and the books have %+v", t.id, o.State, s.now, *p)
		}
		if !over {
			open++
		}
	}
	if d := v.Dashboard(); int(d.PortOrders) != open {
		s.fail("%s has %d open orders, the dashboard %d", t.id, open, d.PortOrders)
	}
	if _, err := v.PortOrder("no-such"); !errors.Is(err, engine.ErrUnknownPort) {
		s.fail("got %v", err)
	}
}
