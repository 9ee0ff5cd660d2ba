package engine_test

import (
	"context"
	"fmt"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// ExampleTenant_ReplaceAddress moves an office: its places are at the new address
// at once, under their identifiers, and the old address can go.
func ExampleTenant_ReplaceAddress() {
	ctx := context.Background()
	streets := emergency.NewStreets("example-streets")
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	check(streets.Add(emergency.Street{Country: "US", State: "WA", City: "Fernhill", PostalCodes: []string{"98099"},
		Name: "5th", Suffix: "Ave", PostDirectional: "NE", Low: 400, High: 499, Dispatch: emergency.Dispatch{ID: "fernhill"}}))
	eng, err := engine.New(engine.WithAuthority(streets))
	check(err)
	org, err := eng.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"})
	check(err)
	save := func(number string) engine.Address {
		checked, err := org.CheckAddress(ctx, emergency.Address{Country: "US", State: "WA", City: "Fernhill", Street: "5th",
			StreetSuffix: "Ave", PostDirectional: "NE", HouseNumber: number, PostalCode: "98099"})
		check(err)
		saved, err := org.SaveAddress(ctx, checked)
		check(err)
		return saved
	}
	before, after := save("410"), save("420")
	_, err = org.AddLocation(ctx, engine.Place{Address: before.ID, Description: "2nd floor, east wing"})
	check(err)

	moved, err := org.ReplaceAddress(ctx, engine.ReplaceAddress{Address: before.ID, By: after.ID})
	check(err)
	fmt.Println(moved.Locations, "location moved")
	fmt.Println(org.DeleteAddress(ctx, engine.DeleteAddress{Address: before.ID}))
	// Output:
	// 1 location moved
	// <nil>
}

// ExampleView_FindNumbers looks for numbers that end in what the keys AX dial, and
// reserves just those that it has found. The score is for 555, and for 012 in a row.
func ExampleView_FindNumbers() {
	ctx, fernhill := context.Background(), telephony.Area{Country: "US", Region: "WA", City: "Fernhill"}
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	eng, err := engine.New()
	check(err)
	for _, stock := range []string{"+1 206-555-0100 .. +1 206-555-0199", "+1 425-555-0100 .. +1 425-555-0199"} {
		check(eng.AddStock(ctx, engine.Stock{Range: telephony.MustParseRange(stock), Area: fernhill, Kind: telephony.UserNumber}))
	}
	org, err := eng.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"})
	check(err)
	check(org.BuyLicences(ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 10}))

	view, err := org.View(ctx)
	check(err)
	found, err := view.FindNumbers(engine.NumberSearch{Within: telephony.Area{Country: "US"},
		Search: reservation.Search{Quantity: 5, Pattern: reservation.MustParsePattern("*AX")}}, "")
	check(err)
	for _, n := range found.Numbers {
		fmt.Println(n.Number, "in", n.Area.City, "with score", n.Score)
	}
	fmt.Println("looked at", found.Looked, "and that is all:", found.Complete)
	held, err := org.Reserve(ctx, engine.Reserve{Numbers: found.List(), Reference: "order 4711"})
	check(err)
	fmt.Println(len(held.Numbers()), "held for", held.Reference)
	// Output:
	// +12065550129 in Fernhill with score 25
	// +14255550129 in Fernhill with score 25
	// looked at 200 and that is all: true
	// 2 held for order 4711
}
