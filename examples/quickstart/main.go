// Quickstart gives one person a telephone number, from nothing at all.
package main

import (
	"context"
	"fmt"
	"log"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func main() {
	ctx, seattle := context.Background(), telephony.MustParseArea("NOAM-US-WA-Seattle")
	streets := emergency.NewStreets("example-streets") // knows which addresses exist; yours asks a real authority
	check(streets.Add(emergency.Street{Country: "US", State: "WA", City: "Seattle", PostalCodes: []string{"98104"},
		Name: "5th", Suffix: "Ave", Low: 1, High: 999, Dispatch: emergency.Dispatch{ID: "seattle"}}))

	eng := must(engine.New(engine.WithAuthority(streets)))
	stock := must(telephony.ParseRange("+1 206-555-0100 .. +1 206-555-0199"))
	check(eng.AddStock(ctx, engine.Stock{Range: stock, Area: seattle, Kind: telephony.UserNumber}))

	org := must(eng.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"}))
	licences := []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}
	for _, product := range licences {
		check(org.BuyLicences(ctx, engine.Purchase{Product: product, Quantity: 100}))
	}
	check(org.AddPerson(ctx, engine.PersonSpec{ID: "adele", UsageLocation: "US"}))
	check(org.AssignLicences(ctx, engine.LicenceChange{Person: "adele", Add: licences}))

	hold := must(org.Reserve(ctx, engine.Reserve{Area: seattle, Quantity: 10})) // nobody else's for ten minutes
	got := must(org.Acquire(ctx, engine.Acquire{Reservation: hold.ID, Numbers: hold.Numbers()[:3]}))

	checked := must(org.CheckAddress(ctx, emergency.Address{HouseNumber: "400", Street: "5", StreetSuffix: "Ave",
		City: "Seattle", State: "WA", PostalCode: "98104", Country: "US"}))
	fmt.Println(checked.Verdict().Banner())
	check(checked.Err()) // why it was refused, if it was
	address := must(org.SaveAddress(ctx, checked))
	check(org.Assign(ctx, engine.Assign{Number: got.Numbers[0], Person: "adele", Location: address.Default}))

	view := must(org.View(ctx))
	fmt.Println("adele has", must(view.Own("adele")).Number)
	fmt.Println(view.Quota(telephony.UserNumber))
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
