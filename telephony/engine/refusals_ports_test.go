package engine_test

import (
	"strings"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// tryOrder orders numbers of Portland by a request that is changed first.
func (s *scene) tryOrder(change func(*engine.OrderPort)) error {
	r := engine.OrderPort{Request: portRequest(s.clock.Now(), "+15035550100"), Area: portland}
	if change != nil {
		change(&r)
	}
	_, err := s.org.OrderPort(s.ctx, r)
	return err
}

// unlicensed has the calls that follow made by a tenant without licences.
func unlicensed(s *scene) {
	org, err := s.eng.CreateTenant(s.ctx, engine.TenantSpec{ID: "northwind"})
	s.must(err)
	s.org = org
}

// wrongPorts are calls about numbers that change carriers.
func wrongPorts() []wrongCall {
	order := func(change func(*engine.OrderPort)) func(*scene) error {
		return func(s *scene) error { return s.tryOrder(change) }
	}
	var open engine.PortOrder
	ordered := func(s *scene) { open = s.order("+15035550101..+15035550102") }
	pending := func(s *scene) {
		ordered(s)
		s.approve(open, s.clock.Now().Add(time.Hour))
	}
	report := func(results ...porting.Result) func(*scene) error {
		return func(s *scene) error {
			_, err := s.desk().ReportPort(s.ctx, engine.ReportPort{Tenant: "contoso", Order: open.ID, Results: results})
			return err
		}
	}
	few := engine.DefaultTenantLimits()
	few.PortOrders = 0
	one := ranges("+15035550101")[0]
	return []wrongCall{
		{name: "too many ranges to port", code: porting.ErrTooManyNumbers, unlogged: true, says: []string{"ranges 1000", "limit 999"}, call: order(func(r *engine.OrderPort) {
			r.Request.Numbers = make(porting.Ranges, 1000)
		})},
		{name: "no area to port to", code: telephony.ErrCountry, unlogged: true, call: order(func(r *engine.OrderPort) { r.Area = telephony.Area{} })},
		{name: "area in another country", code: engine.ErrPortArea, unlogged: true, says: []string{"area:"}, call: order(func(r *engine.OrderPort) { r.Area = paris })},
		{name: "long reference", code: telephony.ErrText, unlogged: true, says: []string{"reference:"}, call: order(func(r *engine.OrderPort) { r.Reference = strings.Repeat("vance", 100) })},
		{name: "voice closed to ports", code: licensing.ErrVoiceClosed, given: unlicensed, call: order(nil)},
		{name: "toll-free ports without credits", code: licensing.ErrCreditsNeeded, call: order(func(r *engine.OrderPort) { r.Request.Kind = telephony.TollFreeNumber })},
		{name: "too many ports", code: engine.ErrTenantLimit, says: []string{"port orders:", "have 0", "limit 0"}, call: order(nil), options: []engine.Option{engine.WithTenantLimits(few)}},
		{name: "port to no such location", code: engine.ErrUnknownLocation, says: []string{"location l-none"}, call: order(func(r *engine.OrderPort) { r.Request.Location = "l-none" })},
		{name: "port to a location abroad", code: telephony.ErrLocationCountry, call: func(s *scene) error {
			return s.tryOrder(func(r *engine.OrderPort) { r.Request.Location = s.fr.Default })
		}},
		{name: "port without a carrier", code: porting.ErrNoCarrier, call: order(func(r *engine.OrderPort) { r.Request.Carrier = "" })},
		{name: "port of too many numbers", code: porting.ErrTooManyNumbers, says: []string{"numbers 1000"}, call: order(func(r *engine.OrderPort) {
			r.Request.Numbers = ranges("+15035550000..+15035550999")
			r.Request.Account.Billing = number("+15035560000")
		})},
		{name: "port of the tenant's own", code: engine.ErrPortOwned, says: []string{"number +1********00"}, call: func(s *scene) error {
			return s.tryOrder(func(r *engine.OrderPort) { r.Request.Numbers = porting.RangesOf(s.adeles) })
		}},
		{name: "port of the provider's", code: engine.ErrPortUnavailable, says: []string{"number +1"}, call: order(func(r *engine.OrderPort) { r.Request.Numbers = ranges("+14255550199") })},
		{name: "port of what is ordered", code: engine.ErrPortOrdered, given: ordered, says: []string{"port order p-t-"}, call: order(func(r *engine.OrderPort) { r.Request.Numbers = ranges("+15035550100..+15035550101") })},
		{name: "stock of what is ordered", code: engine.ErrStockOrdered, given: ordered, says: []string{"numbers from there on 2"}, call: func(s *scene) error {
			return s.tryStock(portland, "+15035550000..+15035550199")
		}},
		{name: "release of what is ordered", code: engine.ErrNumberOrdered, given: ordered, says: []string{"number +1"}, call: func(s *scene) error {
			return s.org.Release(s.ctx, engine.Release{Numbers: telephony.NumberList{number("+15035550101")}})
		}},
		{name: "no such order", code: engine.ErrUnknownPort, says: []string{"port order p-none"}, call: func(s *scene) error {
			_, err := s.org.CancelPort(s.ctx, engine.CancelPort{Order: "p-none"})
			return err
		}},
		{name: "order without a name", code: telephony.ErrID, unlogged: true, call: func(s *scene) error {
			_, err := s.org.ResubmitPort(s.ctx, engine.ResubmitPort{})
			return err
		}},
		{name: "edit of what is in process", code: porting.ErrInProcess, given: ordered, says: []string{"port order p-t-"}, call: func(s *scene) error {
			_, err := s.org.EditPort(s.ctx, engine.EditPort{Order: open.ID, Request: open.Request, Area: open.Area})
			return err
		}},
		{name: "cancelling too late", code: porting.ErrLocked, given: pending, says: []string{"24 hours", "at 2026-"}, call: func(s *scene) error {
			_, err := s.org.CancelPort(s.ctx, engine.CancelPort{Order: open.ID})
			return err
		}},
		{name: "long cause to cancel for", code: telephony.ErrText, unlogged: true, given: ordered, call: func(s *scene) error {
			_, err := s.org.CancelPort(s.ctx, engine.CancelPort{Order: open.ID, Text: strings.Repeat("vance", 100)})
			return err
		}},
		{name: "contact for no tenant", code: engine.ErrUnknownTenant, call: func(s *scene) error {
			_, err := s.desk().ContactCarrier(s.ctx, engine.ContactCarrier{Tenant: "nobody", Order: "p-none"})
			return err
		}},
		{name: "contact for none", code: telephony.ErrID, unlogged: true, call: func(s *scene) error {
			_, err := s.desk().ContactCarrier(s.ctx, engine.ContactCarrier{Order: "p-none"})
			return err
		}},
		{name: "rejection for no reason there is", code: porting.ErrReason, unlogged: true, given: ordered, call: func(s *scene) error {
			_, err := s.desk().RejectPort(s.ctx, engine.RejectPort{Tenant: "contoso", Order: open.ID, Reason: 99})
			return err
		}},
		{name: "report of nothing there is", code: porting.ErrOutcome, unlogged: true, given: pending, call: report(porting.Result{Numbers: one, Outcome: 99})},
		{name: "report for no reason there is", code: porting.ErrReason, unlogged: true, given: pending, call: report(porting.Result{Numbers: one, Outcome: porting.Failed, Reason: 99})},
		{name: "report of no kind", code: telephony.ErrKind, unlogged: true, given: pending, call: report(porting.Result{Numbers: one, Outcome: porting.Ported, Kind: 99})},
		{name: "report in many words", code: telephony.ErrText, unlogged: true, given: pending, call: report(porting.Result{Numbers: one, Outcome: porting.Failed, Reason: porting.NotPortable, Text: strings.Repeat("vance", 100)})},
		{name: "report of a stranger", code: porting.ErrNotInOrder, given: pending, call: report(porting.Result{Numbers: ranges("+15035550109")[0], Outcome: porting.Ported})},
		{name: "too long a report", code: porting.ErrTooManyNumbers, unlogged: true, given: pending, call: report(make([]porting.Result, 1000)...)},
		{name: "all ported and some", code: engine.ErrRequest, unlogged: true, given: pending, call: func(s *scene) error {
			_, err := s.desk().CompletePort(s.ctx, engine.CompletePort{Tenant: "contoso", Order: open.ID, AllPorted: true, Results: porting.Results{{Numbers: one}}})
			return err
		}},
		{name: "completed without a report", code: porting.ErrUnreported, given: pending, call: func(s *scene) error {
			_, err := s.desk().CompletePort(s.ctx, engine.CompletePort{Tenant: "contoso", Order: open.ID})
			return err
		}},
		{name: "approved for yesterday", code: porting.ErrDatePast, given: pending, call: func(s *scene) error {
			_, err := s.desk().ApprovePort(s.ctx, engine.ApprovePort{Tenant: "contoso", Order: open.ID, Date: begin})
			return err
		}},
		{name: "no date", code: porting.ErrNoDate, given: func(s *scene) {
			ordered(s)
			s.approve(open, s.clock.Now().Add(9*day))
		}, call: func(s *scene) error {
			_, err := s.org.SetPortDate(s.ctx, engine.SetPortDate{Order: open.ID})
			return err
		}},
		{name: "location of an order", code: engine.ErrLocationOrdered, says: []string{"port order p-t-"}, given: func(s *scene) {
			r := portRequest(s.clock.Now(), "+15035550101")
			r.Location = s.floor.ID
			s.orderOf(r, portland)
		}, call: func(s *scene) error {
			return s.org.DeleteLocation(s.ctx, engine.DeleteLocation{Location: s.floor.ID})
		}},
		{name: "no PIN to set", code: porting.ErrPINBlank, unlogged: true, call: func(s *scene) error { return s.org.SetPortOutPIN(s.ctx, porting.PIN{}) }},
		{name: "port-out to nobody", code: porting.ErrNoCarrier, unlogged: true, call: func(s *scene) error {
			_, err := s.desk().PortOut(s.ctx, engine.PortOut{Tenant: "contoso", Numbers: s.spare})
			return err
		}},
		{name: "port-out of too many", code: porting.ErrTooManyNumbers, unlogged: true, call: func(s *scene) error {
			_, err := s.desk().PortOut(s.ctx, engine.PortOut{Tenant: "contoso", Numbers: make(telephony.NumberList, 1000), Carrier: "Gaining"})
			return err
		}},
		{name: "port-out of no tenant", code: engine.ErrUnknownTenant, call: func(s *scene) error {
			_, err := s.desk().PortOut(s.ctx, engine.PortOut{Tenant: "nobody", Numbers: s.spare, Carrier: "Gaining"})
			return err
		}},
	}
}

// TestPortPrecedence orders what is wrong in two ways, and expects the cause that
// OrderPort's documentation lists first.
func TestPortPrecedence(t *testing.T) {
	for _, c := range []struct {
		name   string
		first  telephony.Code
		given  func(*scene)
		change func(*engine.OrderPort)
	}{
		{"ranges, area", porting.ErrTooManyNumbers, nil, func(r *engine.OrderPort) { r.Request.Numbers, r.Area = make(porting.Ranges, 1000), telephony.Area{} }},
		{"area, its country", telephony.ErrCountry, nil, func(r *engine.OrderPort) { r.Area.Country = "xx" }},
		{"its country, reference", engine.ErrPortArea, nil, func(r *engine.OrderPort) { r.Area, r.Reference = paris, "\x00" }},
		{"reference, credits", telephony.ErrText, nil, func(r *engine.OrderPort) { r.Reference, r.Request.Kind = "\x00", telephony.TollFreeNumber }},
		{"voice, credits", licensing.ErrVoiceClosed, unlicensed, func(r *engine.OrderPort) { r.Request.Kind = telephony.TollFreeNumber }},
		{"credits, location", licensing.ErrCreditsNeeded, nil, func(r *engine.OrderPort) { r.Request.Kind, r.Request.Location = telephony.TollFreeNumber, "l-none" }},
		{"location, carrier", engine.ErrUnknownLocation, nil, func(r *engine.OrderPort) { r.Request.Location, r.Request.Carrier = "l-none", "" }},
		{"carrier, stock", porting.ErrNoCarrier, nil, func(r *engine.OrderPort) { r.Request.Carrier, r.Request.Numbers = "", ranges("+14255550199") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			if c.given != nil {
				c.given(s)
			}
			if got := codes(s.tryOrder(c.change)); len(got) == 0 || got[0] != c.first {
				t.Errorf("refused for %q, want %q first", got, c.first)
			}
		})
	}
	s := newScene(t)
	refusedFor(t, s.tryOrder(func(r *engine.OrderPort) { r.Request.Carrier, r.Request.Numbers = "", ranges("+14255550199") }),
		porting.ErrNoCarrier, engine.ErrPortUnavailable) // all at once
}
