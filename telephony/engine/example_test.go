package engine_test

import (
	"context"
	"fmt"

	"example.com/callingplan/emergency"
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
