package engine_test

import (
	"sync"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// lifePortRules are other than the default in every figure.
var lifePortRules = engine.PortRules{
	Bounds:   porting.Bounds{Lead: 25 * time.Hour, Horizon: 80 * 24 * time.Hour, LetterAge: 50 * 24 * time.Hour},
	Guessing: porting.Guessing{Wrong: 2, Within: 20 * time.Hour, LockFor: 30 * time.Hour},
	PINFrom:  []string{"Fussy Carrier"},
}

// portOps are the operations on numbers that change carriers.
var portOps = []engine.Op{
	engine.OpOrderPort, engine.OpEditPort, engine.OpSetPortDate, engine.OpCancelPort, engine.OpResubmitPort,
	engine.OpContactCarrier, engine.OpApprovePort, engine.OpRejectPort, engine.OpReportPort, engine.OpCompletePort,
	engine.OpSetPortOutPIN, engine.OpLockPortOut, engine.OpPortOut,
}

// Sealing takes its time, so tests that are not about it use PINs that were sealed
// once.
var (
	rightPIN, wrongPIN, otherPIN = sealedOnce("808017"), sealedOnce("808018"), sealedOnce("1234567890")
)

func sealedOnce(digits string) func() porting.SealedPIN {
	return sync.OnceValue(func() porting.SealedPIN {
		pin, err := porting.ParsePIN(digits)
		if err != nil {
			panic(err)
		}
		sealed, err := pin.Seal([]byte("a salt for tests"))
		if err != nil {
			panic(err)
		}
		return sealed
	})
}

// ranges reads ranges and numbers.
func ranges(texts ...string) (all porting.Ranges) {
	for _, text := range texts {
		if r, err := telephony.ParseRange(text); err == nil {
			all = append(all, r)
			continue
		}
		all = append(all, porting.RangesOf(number(text))...)
	}
	return all
}

// portRequest asks for numbers of Portland, none of which is in any stock, with
// nothing wrong and no field empty but those of the location and the PIN.
func portRequest(now time.Time, numbers ...string) porting.Request {
	return porting.Request{Numbers: ranges(numbers...), Country: "US", Kind: telephony.UserNumber, Carrier: "Losing Carrier",
		Account: porting.Account{Number: "A-1", Billing: number("+15035550199"), Scope: porting.PartialPort},
		Company: "Contoso", AuthorisedPerson: "A. Vance",
		Address: porting.Address{Street: "100 Fiction Ave", City: "Portland", State: "OR", PostalCode: "97201", Country: "US"},
		Letter:  porting.Letter{Reference: "loa-1", Signed: now.Add(-24 * time.Hour).UnixNano()}, Date: now.Add(10 * 24 * time.Hour).UnixNano()}
}

// port takes port orders through all that can be done with them, in and out.
func (l *life) port() {
	desk := l.eng.As("desk")
	request := portRequest(l.clock.Now(), "+15035550100..+15035550104")
	request.Account.PIN, request.Location, request.Carrier = "4711", l.us.Default, "Fussy Carrier"
	placed, err := l.org.OrderPort(l.ctx, engine.OrderPort{Request: request, Area: portland, Reference: "PO 1", RequestID: l.id()})
	l.must(err)
	tenant, order := l.org.ID(), placed.ID
	contact := func() {
		_, err := desk.ContactCarrier(l.ctx, engine.ContactCarrier{Tenant: tenant, Order: order, RequestID: l.id()})
		l.must(err)
	}
	contact()
	_, err = desk.RejectPort(l.ctx, engine.RejectPort{Tenant: tenant, Order: order, Reason: porting.CompanyMismatch, Text: "as on the bill", RequestID: l.id()})
	l.must(err)
	request.Company = "A company whose name is far too long"
	_, err = l.org.EditPort(l.ctx, engine.EditPort{Order: order, Request: request, Area: portland, Reference: "PO 1b", RequestID: l.id()})
	l.must(err)
	_, err = l.org.ResubmitPort(l.ctx, engine.ResubmitPort{Order: order, RequestID: l.id()})
	l.must(err)
	contact()
	transfer := l.clock.Now().Add(12 * 24 * time.Hour)
	_, err = desk.ApprovePort(l.ctx, engine.ApprovePort{Tenant: tenant, Order: order, Date: transfer, RequestID: l.id()})
	l.must(err)
	_, err = l.org.SetPortDate(l.ctx, engine.SetPortDate{Order: order, Date: l.clock.Now().Add(26 * time.Hour), RequestID: l.id()})
	l.must(err)
	l.clock.Add(26 * time.Hour)
	failed := porting.Result{Numbers: ranges("+15035550104")[0], Outcome: porting.Failed, Reason: porting.NumberInactive, Text: "disconnected"}
	_, err = desk.ReportPort(l.ctx, engine.ReportPort{Tenant: tenant, Order: order, Results: porting.Results{failed}, RequestID: l.id()})
	l.must(err)
	_, err = desk.CompletePort(l.ctx, engine.CompletePort{Tenant: tenant, Order: order, AllPorted: true, RequestID: l.id()})
	l.must(err)
	l.portOut()
	again, err := l.org.OrderPort(l.ctx, engine.OrderPort{Request: portRequest(l.clock.Now(), "+15035550104"), Area: portland, RequestID: l.id()})
	l.must(err)
	_, err = l.org.CancelPort(l.ctx, engine.CancelPort{Order: again.ID, Text: "not needed", RequestID: l.id()})
	l.must(err)
	_, err = l.org.OrderPort(l.ctx, engine.OrderPort{Request: portRequest(l.clock.Now(), "+15035550106"), Area: portland, RequestID: l.id()})
	l.must(err)
}

// portOut lets a number go that a person has, and has the door closed by wrong PINs
// and by hand.
func (l *life) portOut() {
	desk := l.eng.As("desk")
	l.must(l.org.SetSealedPIN(l.ctx, rightPIN(), l.id()))
	l.must(l.org.LockPortOut(l.ctx, engine.PortOutLock{RequestID: l.id()}))
	wish := engine.PortOut{Tenant: "contoso", Numbers: telephony.NumberList{number("+15035550103"), number("+15035550101")}, Carrier: "Gaining Carrier", RequestID: l.id()}
	l.must(l.org.Assign(l.ctx, engine.Assign{Number: number("+15035550103"), Person: "megan.bowen", Location: l.place.ID}))
	_, err := desk.PortOutSealed(l.ctx, wish, rightPIN())
	l.must(err)
	wish.Numbers = telephony.NumberList{number("+15035550102")}
	for range 2 {
		wish.RequestID = l.id()
		if _, err := desk.PortOutSealed(l.ctx, wish, wrongPIN()); err == nil {
			l.Error("a wrong PIN was accepted")
		}
	}
	l.clock.Add(31 * time.Hour)
	wish.RequestID = l.id()
	if _, err := desk.PortOutSealed(l.ctx, wish, wrongPIN()); err == nil {
		l.Error("a wrong PIN was accepted")
	}
	l.must(l.org.LockPortOut(l.ctx, engine.PortOutLock{Locked: true, RequestID: l.id()}))
}
