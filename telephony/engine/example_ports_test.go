package engine_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// portingTenant is an engine at noon of the first of March with a tenant that may
// have numbers.
func portingTenant(ctx context.Context) (*engine.Engine, *engine.Tenant, time.Time) {
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	eng := exampleOf(engine.New(engine.WithClock(&handClock{now: noon})))
	org := exampleOf(eng.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"}))
	if err := org.BuyLicences(ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 10}); err != nil {
		panic(err)
	}
	return eng, org, noon
}

func exampleOf[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// exampleOrder asks for ten numbers of another carrier.
func exampleOrder(now time.Time) engine.OrderPort {
	return engine.OrderPort{Area: telephony.MustParseArea("NOAM-US-OR-Fernhill"), Request: porting.Request{
		Numbers: porting.Ranges{telephony.MustParseRange("+15035550100..+15035550109")}, Country: "US", Kind: telephony.UserNumber,
		Carrier: "Northwind Telephone",
		Account: porting.Account{Number: "NW-20417", Billing: telephony.MustParse("+15035550199"), Scope: porting.PartialPort},
		Company: "Contoso", AuthorisedPerson: "Adele Vance",
		Address: porting.Address{Street: "410 5th Ave", City: "Fernhill", State: "OR", PostalCode: "97099", Country: "US"},
		Letter:  porting.Letter{Reference: "loa.pdf", Signed: now.Add(-time.Hour).UnixNano()},
		Date:    now.Add(10 * 24 * time.Hour).UnixNano()}}
}

// ExampleTenant_OrderPort brings ten numbers in from another carrier, of which one
// stays there.
func ExampleTenant_OrderPort() {
	ctx := context.Background()
	eng, org, now := portingTenant(ctx)
	order := exampleOf(org.OrderPort(ctx, exampleOrder(now)))
	fmt.Println(order.State, order.Request.Numbers.Count(), "numbers")

	desk := eng.As("desk") // who deals with the carrier
	exampleOf(desk.ContactCarrier(ctx, engine.ContactCarrier{Tenant: "contoso", Order: order.ID}))
	order = exampleOf(desk.ApprovePort(ctx, engine.ApprovePort{Tenant: "contoso", Order: order.ID, Date: now.Add(time.Hour)}))
	fmt.Println(order.State, "with less than 24 hours left")

	failed := porting.Result{Numbers: porting.RangesOf(telephony.MustParse("+15035550109"))[0], Outcome: porting.Failed, Reason: porting.NumberInactive}
	exampleOf(desk.ReportPort(ctx, engine.ReportPort{Tenant: "contoso", Order: order.ID, Results: porting.Results{failed}}))
	order = exampleOf(desk.CompletePort(ctx, engine.CompletePort{Tenant: "contoso", Order: order.ID, AllPorted: true}))
	view := exampleOf(org.View(ctx))
	quota := view.Quota(telephony.UserNumber)
	fmt.Println(order.State, "with", quota.Ported, "numbers;", quota.Left, "of", quota.Limit, "can still be acquired")
	// Output:
	// processing 10 numbers
	// transfer pending with less than 24 hours left
	// completed with 9 numbers; 21 of 21 can still be acquired
}

// ExampleProvider_PortOut lets a number go to another carrier that has the PIN.
func ExampleProvider_PortOut() {
	ctx := context.Background()
	eng, org, now := portingTenant(ctx)
	desk := eng.As("desk")
	order := exampleOf(org.OrderPort(ctx, exampleOrder(now)))
	exampleOf(desk.ContactCarrier(ctx, engine.ContactCarrier{Tenant: "contoso", Order: order.ID}))
	exampleOf(desk.ApprovePort(ctx, engine.ApprovePort{Tenant: "contoso", Order: order.ID, Date: now.Add(time.Hour)}))
	exampleOf(desk.CompletePort(ctx, engine.CompletePort{Tenant: "contoso", Order: order.ID, AllPorted: true}))

	if err := org.SetPortOutPIN(ctx, exampleOf(porting.ParsePIN("808017"))); err != nil {
		panic(err)
	}
	wish := engine.PortOut{Tenant: "contoso", Numbers: telephony.NumberList{telephony.MustParse("+15035550100")},
		PIN: exampleOf(porting.ParsePIN("123456")), Carrier: "Tailspin Wireless"}
	_, err := desk.PortOut(ctx, wish)
	fmt.Println(errors.Is(err, porting.ErrPINWrong), engine.ClassOf(err))
	wish.PIN = exampleOf(porting.ParsePIN("808017"))
	gone := exampleOf(desk.PortOut(ctx, wish))
	fmt.Println(len(gone.Numbers), "number left,", exampleOf(org.View(ctx)).Quota(telephony.UserNumber).Ported, "stay")
	// Output:
	// true rejected
	// 1 number left, 9 stay
}
