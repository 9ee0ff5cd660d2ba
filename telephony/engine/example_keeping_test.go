package engine_test

import (
	"context"
	"fmt"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// ExampleView_NumberRanges gives numbers of a run to a bridge and sets something
// of others: what is alike is shown folded, and what was set finds it again.
func ExampleView_NumberRanges() {
	ctx := context.Background()
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	eng, err := engine.New()
	check(err)
	seattle := telephony.MustParseArea("NOAM-US-WA-Seattle")
	check(eng.AddStock(ctx, engine.Stock{Range: telephony.MustParseRange("+14255550100..+14255550199"), Area: seattle, Kind: telephony.UserNumber}))
	org, err := eng.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"})
	check(err)
	check(org.BuyLicences(ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 50}))
	hold, err := org.Reserve(ctx, engine.Reserve{Area: seattle, Quantity: 8, Consecutive: true})
	check(err)
	got, err := org.Acquire(ctx, engine.Acquire{Reservation: hold.ID, All: true})
	check(err)

	check(org.ConvertNumbers(ctx, engine.ConvertNumbers{Numbers: got.Numbers[3:5], To: telephony.TollNumber}))
	check(org.AddService(ctx, engine.ServiceSpec{ID: "bridge", Kind: telephony.ConferenceBridge}))
	check(org.AssignService(ctx, engine.AssignService{Number: got.Numbers[3], Service: "bridge"}))
	check(org.SetAttributes(ctx, engine.Attributes{Numbers: got.Numbers[6:], AddTags: []string{"Redmond HQ"}}))

	view, err := org.View(ctx)
	check(err)
	for r := range view.NumberRanges(engine.NumberQuery{}) {
		fmt.Println(r.Range, r.Kind, r.State)
	}
	for n := range view.Numbers(engine.NumberQuery{Tag: "redmond hq"}) {
		fmt.Println(n.Number, n.Tags)
	}
	// Output:
	// +14255550100..+14255550102 user unassigned
	// +14255550103 service-toll conference-assigned
	// +14255550104 service-toll unassigned
	// +14255550105..+14255550107 user unassigned
	// +14255550106 [Redmond HQ]
	// +14255550107 [Redmond HQ]
}
