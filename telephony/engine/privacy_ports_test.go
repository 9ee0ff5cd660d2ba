package engine_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// printed is a value as it is logged, and as fmt prints it.
func printed(v any) map[string]string {
	out := logged(v)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		out[verb] = fmt.Sprintf(verb, v)
	}
	return out
}

// canaryRequest is a port request in which everything bears a mark.
func canaryRequest(now time.Time, numbers ...string) porting.Request {
	r := portRequest(now, numbers...)
	r.Carrier = "Losing"
	r.Account = porting.Account{Number: "canary-1", PIN: "canary-2", Billing: number("+15035550199"), Scope: porting.PartialPort}
	r.Company, r.AuthorisedPerson = "Canary and Sons and Others", "Ada Canary"
	r.Address = porting.Address{Street: "100 Canary Ave", City: "Canary", State: "OR", PostalCode: "canary", Country: "US"}
	r.Letter.Reference = "canary.pdf"
	return r
}

// TestPortingDisclosesNothing: of port orders and of port-out nothing is printed or
// logged that is a number, a PIN, an account, a company or somebody's name, neither
// by what the calls give and refuse nor by the log.
func TestPortingDisclosesNothing(t *testing.T) {
	w := newWorld(t)
	w.person("x.canary", "US")
	home := w.address("US")
	var seen []any
	keep := func(v any, err error) {
		if seen = append(seen, v); err != nil {
			seen = append(seen, err)
		}
	}
	o := w.orderOf(canaryRequest(begin, "+15035550100..+15035550103"), portland)
	seen = append(seen, o, o.Notes, engine.OrderPort{Request: o.Request, Area: portland}, engine.EditPort{Request: o.Request},
		engine.PortQuery{Number: number("+15035550100")})
	keep(w.org.OrderPort(w.ctx, engine.OrderPort{Request: o.Request, Area: portland}))
	keep(w.org.OrderPort(w.ctx, engine.OrderPort{Request: canaryRequest(begin, "+14255550100"), Area: portland, Reference: "canary\x00"}))
	keep(w.org.EditPort(w.ctx, engine.EditPort{Order: o.ID, Request: o.Request, Area: portland}))
	keep(w.desk().ContactCarrier(w.ctx, engine.ContactCarrier{Tenant: "contoso", Order: o.ID}))
	reject := engine.RejectPort{Tenant: "contoso", Order: o.ID, Reason: porting.OtherReason, Text: "no Canary here"}
	keep(w.desk().RejectPort(w.ctx, reject))
	keep(w.org.ResubmitPort(w.ctx, engine.ResubmitPort{Order: o.ID}))
	keep(reject, nil)
	w.approve(o, w.clock.Now().Add(time.Hour))
	results := porting.Results{{Numbers: ranges("+15035550103")[0], Outcome: porting.Failed, Reason: porting.OtherReason, Text: "Canary"}}
	report := engine.ReportPort{Tenant: "contoso", Order: o.ID, Results: results}
	keep(w.desk().ReportPort(w.ctx, report))
	complete := engine.CompletePort{Tenant: "contoso", Order: o.ID, Results: results}
	keep(w.desk().CompletePort(w.ctx, complete))
	complete.Results, complete.AllPorted = nil, true
	keep(w.desk().CompletePort(w.ctx, complete))
	seen = append(seen, report, complete)
	w.must(w.org.Assign(w.ctx, engine.Assign{Number: number("+15035550101"), Person: "x.canary", Location: home.Default}))
	w.must(w.org.SetPortOutPIN(w.ctx, pinOf("555012")))
	wish := engine.PortOut{Tenant: "contoso", Numbers: telephony.NumberList{number("+15035550101"), number("+15035550109")}, PIN: pinOf("555013"), Carrier: "Gaining"}
	keep(w.desk().PortOut(w.ctx, wish)) // a wrong PIN
	wish.PIN = pinOf("555012")
	keep(w.desk().PortOut(w.ctx, wish)) // a number that is not the tenant's
	seen = append(seen, wish, w.view().PortOut())
	wish.Numbers = wish.Numbers[:1]
	keep(w.desk().PortOut(w.ctx, wish))
	for o := range w.view().PortOrders(engine.PortQuery{}) {
		seen = append(seen, o, o.History, o.Results, o.Request)
	}
	for _, v := range seen {
		switch v.(type) {
		case engine.OrderPort, engine.EditPort, engine.RejectPort, engine.ReportPort, engine.CompletePort, engine.PortOut, engine.PortedOut, engine.PortQuery:
			unmarked(t, fmt.Sprintf("%T", v), logged(v)) // the fields are the caller's own
		default:
			unmarked(t, fmt.Sprintf("%T", v), printed(v))
		}
	}
	for _, e := range w.entries(0) {
		unmarked(t, string(e.Op), logged(e))
		for _, event := range e.Events {
			unmarked(t, string(event.Type), logged(event))
		}
	}
}

// TestPINsAreNowhere: neither a command nor the state has a port-out PIN.
func TestPINsAreNowhere(t *testing.T) {
	rec := &recorder{}
	w := newWorld(t, engine.WithLog(rec.open))
	w.must(w.org.SetPortOutPIN(w.ctx, pinOf("9182736455")))
	_, _ = w.wish("9182736454", number("+14255550100"))
	_, _ = w.wish("9182736455", number("+14255550100"))
	for _, data := range append(rec.commands, snapshotOf(t, w.eng), exportOf(t, w.eng)) {
		if bytes.Contains(data, []byte("918273645")) {
			t.Errorf("a PIN stands in %q", data)
		}
	}
	if len(rec.commands) == 0 || !strings.Contains(string(exportOf(t, w.eng)), `"guards"`) {
		t.Error("nothing was looked at")
	}
}
