package engine_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

const day = 24 * time.Hour

// desk is the carrier's desk of a world.
func (w *world) desk() *engine.Provider { return w.eng.As("desk") }

// orderOf makes a port order of a request.
func (w *world) orderOf(r porting.Request, a telephony.Area) engine.PortOrder {
	w.Helper()
	o, err := w.org.OrderPort(w.ctx, engine.OrderPort{Request: r, Area: a})
	w.must(err)
	return o
}

// order makes a port order of numbers of Portland.
func (w *world) order(numbers ...string) engine.PortOrder {
	w.Helper()
	return w.orderOf(portRequest(w.clock.Now(), numbers...), portland)
}

// approve takes a new order to where a date is set.
func (w *world) approve(o engine.PortOrder, date time.Time) {
	w.Helper()
	_, err := w.desk().ContactCarrier(w.ctx, engine.ContactCarrier{Tenant: o.Tenant, Order: o.ID})
	w.must(err)
	_, err = w.desk().ApprovePort(w.ctx, engine.ApprovePort{Tenant: o.Tenant, Order: o.ID, Date: date})
	w.must(err)
}

// portIn takes a new order to its end: all of its numbers come but those listed.
func (w *world) portIn(o engine.PortOrder, failed ...string) engine.PortOrder {
	w.Helper()
	w.approve(o, w.clock.Now().Add(time.Hour))
	var results porting.Results
	for n := range o.Request.Numbers.All() {
		r := porting.Result{Numbers: porting.RangesOf(n)[0], Outcome: porting.Ported}
		if slices.Contains(failed, n.String()) {
			r.Outcome, r.Reason = porting.Failed, porting.NotOnAccount
		}
		results = append(results, r)
	}
	done, err := w.desk().CompletePort(w.ctx, engine.CompletePort{Tenant: o.Tenant, Order: o.ID, Results: results})
	w.must(err)
	return done
}

// refusedFor holds an error to its causes, in order.
func refusedFor(t testing.TB, err error, want ...telephony.Code) {
	t.Helper()
	if got := codes(err); !slices.Equal(got, want) {
		t.Errorf("refused for %q (%v), want %q", got, err, want)
	}
}

// TestPortIn: numbers of another carrier come in by an order, in part, outside of
// the quota, and are used like all others.
func TestPortIn(t *testing.T) {
	w := newWorld(t)
	request := portRequest(w.clock.Now(), "+15035550100..+15035550103")
	request.Company = "Contoso Corporation of the West"
	placed := w.orderOf(request, portland)
	if len(placed.Notes) != 1 || placed.Notes[0].String() != "company: cut from 31 characters to 25" || len(placed.Request.Company) != 25 {
		t.Errorf("the cut name is told as %v", placed.Notes)
	}
	if placed.State != porting.Processing || !placed.Made.Equal(begin) || !placed.Locked.IsZero() {
		t.Errorf("the new order is %+v", placed)
	}
	if d := w.view().Dashboard(); d.PortOrders != 1 || d.Numbers[0].Acquired != 0 {
		t.Errorf("the dashboard has %d orders, %d numbers", d.PortOrders, d.Numbers[0].Acquired)
	}
	before := w.view().Quota(telephony.UserNumber)
	done := w.portIn(placed, "+15035550102")
	if done.State != porting.Completed || len(done.Allowed) != 0 {
		t.Errorf("the order is %v, and allows %v", done.State, done.Allowed)
	}
	v := w.view()
	var got []string
	for n := range v.Numbers(engine.NumberQuery{}) {
		got = append(got, n.Number.String())
		if !n.Ported || n.Area != portland || n.Kind != telephony.UserNumber || !n.Acquired.Equal(w.clock.Now()) {
			t.Errorf("%s came as %+v", n.Number.Masked(), n)
		}
	}
	if want := []string{"+15035550100", "+15035550101", "+15035550103"}; !slices.Equal(got, want) {
		t.Errorf("the tenant has %v, want %v", got, want)
	}
	after := v.Quota(telephony.UserNumber)
	if after.Left != before.Left || after.Ported != 3 {
		t.Errorf("the quota was %v and is %v", before, after)
	}
	if d := v.Dashboard(); d.PortOrders != 0 {
		t.Errorf("%d orders are open", d.PortOrders)
	}
	w.person("adele.vance", "US")
	office := w.address("US")
	w.must(w.org.Assign(w.ctx, engine.Assign{Number: number("+15035550103"), Person: "adele.vance", Location: office.Default}))
	again := w.order("+15035550102") // which failed, and is free to be ordered
	if again.State != porting.Processing {
		t.Errorf("ordered again, it is %v", again.State)
	}
}

// TestPortedNumbersBringTheirPlace: where the country wants it, an order names its
// location, and whether the numbers work follows from their area.
func TestPortedNumbersBringTheirPlace(t *testing.T) {
	w := newWorld(t)
	request := portRequest(w.clock.Now(), "+33199000200..+33199000202")
	request.Country, request.Address.Country, request.Account.Billing = "FR", "FR", number("+33199000299")
	lyon := telephony.Area{Country: "FR", City: "Lyon"}
	_, err := w.org.OrderPort(w.ctx, engine.OrderPort{Request: request, Area: lyon})
	refusedFor(t, err, telephony.ErrNoLocation)
	office := w.address("FR")
	request.Location = office.Default
	placed := w.orderOf(request, lyon)
	refusedFor(t, w.org.DeleteAddress(w.ctx, engine.DeleteAddress{Address: office.ID}), engine.ErrLocationOrdered)
	w.portIn(placed)
	n, err := w.view().Number(number("+33199000201"))
	w.must(err)
	if n.Location != office.Default || n.Activation.State != telephony.AssignmentFailed || n.Activation.Why != engine.ErrAreaMismatch {
		t.Errorf("a number of Lyon at an address in Paris is %+v", n)
	}
	all := w.entries(0)
	last := all[len(all)-1]
	if len(last.Events) != 3 || last.Events[2].Type != engine.ActivationFailed || len(last.Events[2].Numbers) != 3 {
		t.Errorf("the log tells %+v", last.Events)
	}
	// Toll-free numbers call from nowhere.
	w.buy(w.org, licensing.CommunicationsCredits, 1)
	request.Numbers, request.Kind, request.Location, request.Account.Billing = ranges("+33801990000"), telephony.TollFreeNumber, "", telephony.Number{}
	w.orderOf(request, telephony.Area{Country: "FR"})
}

// TestKindsOfPortedNumbers: the carrier's report says what each number is to be,
// and each goes on the shelf of its kind.
func TestKindsOfPortedNumbers(t *testing.T) {
	w := newWorld(t)
	o := w.order("+15035550100..+15035550102")
	w.approve(o, w.clock.Now().Add(time.Hour))
	results := porting.Results{{Numbers: ranges("+15035550101")[0], Outcome: porting.Ported, Kind: telephony.TollNumber}}
	_, err := w.desk().ReportPort(w.ctx, engine.ReportPort{Tenant: "contoso", Order: o.ID, Results: results})
	w.must(err)
	if n := len(slices.Collect(w.view().Numbers(engine.NumberQuery{}))); n != 0 {
		t.Errorf("%d numbers came with a report", n)
	}
	_, err = w.desk().CompletePort(w.ctx, engine.CompletePort{Tenant: "contoso", Order: o.ID, AllPorted: true})
	w.must(err)
	for text, want := range map[string]telephony.Kind{"+15035550100": telephony.UserNumber, "+15035550101": telephony.TollNumber} {
		if n, err := w.view().Number(number(text)); err != nil || n.Kind != want {
			t.Errorf("%s is %v, %v", text, n.Kind, err)
		}
	}
}

// TestPortLockIsExact: an approved order can be changed and cancelled at exactly 24
// hours before its transfer, and a nanosecond later no more; nothing needs to run
// for that.
func TestPortLockIsExact(t *testing.T) {
	for _, c := range []struct {
		left time.Duration
		want porting.State
	}{{day + 1, porting.TransferApproved}, {day, porting.TransferApproved}, {day - 1, porting.TransferPending}, {0, porting.TransferPending}, {-day, porting.TransferPending}} {
		w := newWorld(t)
		o := w.order("+15035550100")
		transfer := w.clock.Now().Add(5 * day)
		w.approve(o, transfer)
		w.clock.Set(transfer.Add(-c.left))
		seen, err := w.view().PortOrder(o.ID)
		w.must(err)
		if seen.State != c.want || seen.Overdue != (c.left <= 0) || !seen.Locked.Equal(transfer.Add(-day+1)) {
			t.Errorf("%v before the transfer it is %v, overdue %v, locked from %v", c.left, seen.State, seen.Overdue, seen.Locked)
		}
		if last := seen.History[len(seen.History)-1]; c.want == porting.TransferPending && (last.Verb != porting.Lock || !last.When().Equal(transfer.Add(-day+1))) {
			t.Errorf("the history ends with %v at %v", last, last.When())
		}
		var pending, overdue int
		for range w.view().PortOrders(engine.PortQuery{State: porting.TransferPending}) {
			pending++
		}
		for range w.view().PortOrders(engine.PortQuery{Overdue: true}) {
			overdue++
		}
		if (pending == 1) != (c.want == porting.TransferPending) || (overdue == 1) != (c.left <= 0) {
			t.Errorf("%v before the transfer %d orders are pending, %d overdue", c.left, pending, overdue)
		}
		_, err = w.org.CancelPort(w.ctx, engine.CancelPort{Order: o.ID})
		if c.want == porting.TransferPending {
			refusedFor(t, err, porting.ErrLocked)
		} else if err != nil {
			t.Errorf("%v before the transfer: %v", c.left, err)
		}
	}
}

// TestSnapBack: a number that was ported in leaves for its carrier when it is
// released, at once, and the shelf that had nothing else with it.
func TestSnapBack(t *testing.T) {
	w := newWorld(t)
	w.portIn(w.order("+15035550100..+15035550101"))
	mine := w.acquire(engine.Reserve{Area: seattle, Quantity: 1}, "")
	mixed := telephony.NumberList{number("+15035550100"), mine[0]}
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: mixed}))
	all := w.entries(0)
	events := all[len(all)-1].Events
	if len(events) != 2 || events[0].Type != engine.NumbersSnappedBack || !slices.Equal(events[0].Numbers, mixed[:1]) ||
		events[1].Type != engine.NumbersReleased || !slices.Equal(events[1].Numbers, mine) {
		t.Errorf("the log tells %+v", events)
	}
	_, err := w.view().Number(mixed[0])
	refusedFor(t, err, engine.ErrUnknownNumber)
	refusedFor(t, w.org.Release(w.ctx, engine.Release{Numbers: mixed[:1]}), engine.ErrUnknownNumber)
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: telephony.NumberList{number("+15035550101")}}))
	// It can come in again, by stock or by an order.
	w.stock(portland, telephony.UserNumber, "+15035550100")
	w.order("+15035550101")
	if got := w.free(portland); got != 1 {
		t.Errorf("%d numbers are free in Portland", got)
	}
}

// TestPortedNumbersAreNobodyElses: while a tenant has numbers that it ported in,
// others see none of the area, and what they ask for is what nobody has.
func TestPortedNumbersAreNobodyElses(t *testing.T) {
	w := newWorld(t)
	w.portIn(w.order("+15035550100..+15035550109"))
	o := w.tenant("fabrikam", 10)
	if total := slices.Collect(w.viewOf(o).Areas(telephony.UserNumber, portland)); len(total) != 0 {
		t.Errorf("Portland is offered: %+v", total)
	}
	_, err := o.Reserve(w.ctx, engine.Reserve{Area: portland, Quantity: 1})
	refusedFor(t, err, engine.ErrAreaNotOffered)
	_, err = w.viewOf(o).FindNumbers(engine.NumberSearch{Area: portland, Search: reservation.Search{Quantity: 1}}, "")
	refusedFor(t, err, engine.ErrAreaNotOffered)
	_, err = o.Reserve(w.ctx, engine.Reserve{Numbers: telephony.NumberList{number("+15035550100")}})
	refusedFor(t, err, reservation.ErrNumbersTaken)
	w.stock(portland, telephony.UserNumber, "+15035550110..+15035550119")
	if total := slices.Collect(w.viewOf(o).Areas(telephony.UserNumber, portland)); len(total) != 1 || total[0].Total != 10 || total[0].Free != 10 {
		t.Errorf("of Portland there is %+v", total)
	}
}

// TestPortRetention: orders that are over are kept up to a count, and the one that
// ended first goes first.
func TestPortRetention(t *testing.T) {
	limits := engine.DefaultTenantLimits()
	limits.PortOrders, limits.PortsKept = 3, 2
	w := newWorld(t, engine.WithTenantLimits(limits))
	a, b, c := w.order("+15035550100"), w.order("+15035550101"), w.order("+15035550102")
	_, err := w.org.OrderPort(w.ctx, engine.OrderPort{Request: portRequest(begin, "+15035550103"), Area: portland})
	refusedFor(t, err, engine.ErrTenantLimit)
	for _, o := range []engine.PortOrder{b, c, a} {
		w.clock.Add(time.Second)
		_, err := w.org.CancelPort(w.ctx, engine.CancelPort{Order: o.ID})
		w.must(err)
	}
	var kept []telephony.PortOrderID
	for o := range w.view().PortOrders(engine.PortQuery{}) {
		kept = append(kept, o.ID)
	}
	if !slices.Equal(kept, []telephony.PortOrderID{a.ID, c.ID}) {
		t.Errorf("%v are kept", kept)
	}
	_, err = w.org.CancelPort(w.ctx, engine.CancelPort{Order: b.ID})
	refusedFor(t, err, engine.ErrUnknownPort)
}

// TestUnavailableNumbersLookAlike: of numbers that cannot be ported in a tenant
// learns what it has itself, and of all others nothing but that.
func TestUnavailableNumbersLookAlike(t *testing.T) {
	w := newWorld(t)
	w.portIn(w.order("+15035550100"))
	mine := w.order("+15035550101")
	o := w.tenant("fabrikam", 10)
	theirs := w.org
	w.org = o
	w.portIn(w.order("+15035550102"))
	w.order("+15035550103")
	w.org = theirs
	held := w.hold(seattle, 1).Numbers()[0]
	resting := w.acquire(engine.Reserve{Area: newYork, Quantity: 1}, "")
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: resting}))
	var alike *telephony.Error
	for name, n := range map[string]telephony.Number{"another's": number("+15035550102"), "in another's order": number("+15035550103"),
		"free": number("+14255550199"), "held": held, "at rest": resting[0]} {
		_, err := w.org.OrderPort(w.ctx, engine.OrderPort{Request: portRequest(begin, n.String()), Area: portland})
		var e *telephony.Error
		if !errors.As(err, &e) || e.Code != engine.ErrPortUnavailable || !slices.Equal(e.Numbers, telephony.NumberList{n}) {
			t.Fatalf("%s: got %v", name, err)
		}
		e.Numbers = telephony.NumberList{number("+15035550199")}
		if alike == nil {
			alike = e
		}
		if e.Error() != alike.Error() || e.Subject != alike.Subject {
			t.Errorf("%s: %q, and of others %q", name, e, alike)
		}
	}
	_, err := w.org.OrderPort(w.ctx, engine.OrderPort{Request: portRequest(begin, "+15035550100..+15035550104"), Area: portland})
	refusedFor(t, err, engine.ErrPortOwned, engine.ErrPortOrdered, engine.ErrPortUnavailable)
	var e *telephony.Error
	errors.As(err, &e)
	if e.Reasons[1].Subject != "port order "+string(mine.ID) || len(e.Reasons[2].Numbers) != 2 {
		t.Errorf("the reasons are %v and %v", e.Reasons[1], e.Reasons[2])
	}
	// What is in an order cannot come in stock meanwhile, nor be given back.
	refusedFor(t, w.eng.AddStock(w.ctx, engine.Stock{Range: mustRange("+15035550000..+15035550101"), Area: portland, Kind: telephony.UserNumber}), engine.ErrStockOrdered)
	refusedFor(t, w.org.Release(w.ctx, engine.Release{Numbers: telephony.NumberList{number("+15035550101"), number("+15035550103")}}),
		engine.ErrUnknownNumber, engine.ErrNumberOrdered)
}

// TestEditOfTheAreaAlone: what the carrier is not asked can be changed without it.
func TestEditOfTheAreaAlone(t *testing.T) {
	w := newWorld(t)
	o := w.order("+15035550100")
	_, err := w.desk().ContactCarrier(w.ctx, engine.ContactCarrier{Tenant: "contoso", Order: o.ID})
	w.must(err)
	_, err = w.desk().RejectPort(w.ctx, engine.RejectPort{Tenant: "contoso", Order: o.ID, Reason: porting.PINMismatch})
	w.must(err)
	salem := telephony.Area{Country: "US", Region: "OR", City: "Salem"}
	edit := engine.EditPort{Order: o.ID, Request: o.Request, Area: salem, Reference: "PO 2"}
	changed, err := w.org.EditPort(w.ctx, edit)
	w.must(err)
	if changed.Area != salem || changed.Reference != "PO 2" || len(changed.History) != 3 {
		t.Errorf("it is %+v", changed)
	}
	_, err = w.org.EditPort(w.ctx, edit)
	refusedFor(t, err, porting.ErrNothingChanged)
}

// TestCreditsOfPorts: toll-free numbers that are being ported in need credits as
// those do that a tenant has, and no edit gets around that.
func TestCreditsOfPorts(t *testing.T) {
	w := newWorld(t)
	credits := engine.Purchase{Product: licensing.CommunicationsCredits, Quantity: 1}
	w.buy(w.org, credits.Product, 1)
	r := portRequest(begin, "+18885550100")
	r.Kind = telephony.TollFreeNumber
	o := w.orderOf(r, freeUS)
	refusedFor(t, w.org.ReturnLicences(w.ctx, credits), licensing.ErrCreditsInUse)
	if p := w.view().PreviewReturn(credits); len(p.Refused) != 1 || p.Refused[0].Code != licensing.ErrCreditsInUse {
		t.Errorf("the preview tells of %v", p.Refused)
	}
	_, err := w.org.CancelPort(w.ctx, engine.CancelPort{Order: o.ID})
	w.must(err)
	w.must(w.org.ReturnLicences(w.ctx, credits))
	o = w.order("+15035550100")
	w.bringTo(o, porting.InError)
	r.Letter, r.Date = o.Request.Letter, o.Request.Date
	_, err = w.org.EditPort(w.ctx, engine.EditPort{Order: o.ID, Request: r, Area: freeUS})
	refusedFor(t, err, licensing.ErrCreditsNeeded)
}

// TestSettingsOfPorts: a carrier can be one that wants the account's PIN, and dates
// are bounded as the engine is set.
func TestSettingsOfPorts(t *testing.T) {
	rules := engine.DefaultPortRules()
	rules.PINFrom, rules.Bounds.Lead = []string{"losing CARRIER"}, 12*day
	w := newWorld(t, engine.WithPortRules(rules))
	rules.PINFrom[0] = "another" // which is nobody's to see
	_, err := w.org.OrderPort(w.ctx, engine.OrderPort{Request: portRequest(begin, "+15035550100"), Area: portland})
	refusedFor(t, err, porting.ErrNoAccountPIN, porting.ErrDateTooSoon)
	for name, wrong := range map[string]func(*engine.PortRules){
		"lead": func(r *engine.PortRules) { r.Bounds.Lead = -1 }, "horizon": func(r *engine.PortRules) { r.Bounds.Horizon = -1 },
		"letter age": func(r *engine.PortRules) { r.Bounds.LetterAge = 1 << 62 }, "carriers": func(r *engine.PortRules) { r.PINFrom = make([]string, 10_001) },
	} {
		rules := engine.DefaultPortRules()
		wrong(&rules)
		if _, err := engine.New(engine.WithPortRules(rules)); !errors.Is(err, engine.ErrRequest) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	rules.Guessing.Wrong = 0
	if _, err := engine.New(engine.WithPortRules(rules)); !errors.Is(err, porting.ErrGuessing) {
		t.Errorf("got %v", err)
	}
}

// TestReplaceMovesWhatIsOrdered: an address that takes another's place takes the
// location over at which numbers are to come.
func TestReplaceMovesWhatIsOrdered(t *testing.T) {
	w := newWorld(t)
	old, by := w.address("US"), w.address("US")
	r := portRequest(begin, "+15035550100")
	r.Location = old.Default
	w.portIn(func() engine.PortOrder {
		o := w.orderOf(r, portland)
		w.must(w.tryReplace(old.ID, by.ID))
		w.must(w.org.DeleteAddress(w.ctx, engine.DeleteAddress{Address: old.ID}))
		return o
	}())
	n, err := w.view().Number(number("+15035550100"))
	w.must(err)
	if place, err := w.view().Location(n.Location); err != nil || place.Address != by.ID {
		t.Errorf("the number is at %+v, %v", place, err)
	}
}
