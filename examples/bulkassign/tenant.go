package main

import (
	"context"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// office is the default location of the tenant's only address: what the engine
// names it under the epoch below.
const office telephony.LocationID = "l-bulk-00000002"

var (
	area     = telephony.Area{Country: "US", Region: "WA", City: "Fernhill"}
	licences = []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}
)

// standing is a clock that stands still, so that every run prints the same.
type standing struct{}

func (standing) Now() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

// newTenant makes the tenant that the file is about: ten numbers, an office, and
// people who have all licences but Lynne. Patti has a number already.
func newTenant(ctx context.Context) (*engine.Tenant, error) {
	streets := emergency.NewStreets("fernhill-streets")
	street := emergency.Street{Country: "US", State: "WA", City: "Fernhill", PostalCodes: []string{"98099"},
		Name: "5th", Suffix: "Ave", PostDirectional: "NE", Low: 400, High: 498, Dispatch: emergency.Dispatch{ID: "fernhill"}}
	if err := streets.Add(street); err != nil {
		return nil, err
	}
	eng, err := engine.New(engine.WithAuthority(streets), engine.WithClock(standing{}), engine.WithIDEpoch("bulk"))
	if err != nil {
		return nil, err
	}
	stock := engine.Stock{Range: telephony.MustParseRange("+12065550100..+12065550109"), Area: area, Kind: telephony.UserNumber}
	if err := eng.AddStock(ctx, stock); err != nil {
		return nil, err
	}
	org, err := eng.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"})
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, *engine.Tenant) error{saveOffice, addPeople, getNumbers} {
		if err := step(ctx, org); err != nil {
			return nil, err
		}
	}
	return org, nil
}

// saveOffice checks and saves the office's address.
func saveOffice(ctx context.Context, org *engine.Tenant) error {
	checked, err := org.CheckAddress(ctx, emergency.Address{Country: "US", State: "WA", City: "Fernhill", PostalCode: "98099",
		HouseNumber: "410", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE"})
	if err != nil {
		return err
	}
	_, err = org.SaveAddress(ctx, checked)
	return err
}

// addPeople buys licences, and gives them to everybody but Lynne.
func addPeople(ctx context.Context, org *engine.Tenant) error {
	for _, product := range licences {
		if err := org.BuyLicences(ctx, engine.Purchase{Product: product, Quantity: 20}); err != nil {
			return err
		}
	}
	for _, name := range []string{"adele", "megan", "diego", "lynne", "isaiah", "henri", "joni", "nestor", "patti", "miriam", "alex"} {
		id := telephony.PersonID(name + "@contoso.example")
		if err := org.AddPerson(ctx, engine.PersonSpec{ID: id, UsageLocation: "US"}); err != nil {
			return err
		}
		if name == "lynne" {
			continue
		}
		if err := org.AssignLicences(ctx, engine.LicenceChange{Person: id, Add: licences}); err != nil {
			return err
		}
	}
	return nil
}

// getNumbers acquires all ten, and gives Patti hers.
func getNumbers(ctx context.Context, org *engine.Tenant) error {
	hold, err := org.Reserve(ctx, engine.Reserve{Area: area, Quantity: 10})
	if err != nil {
		return err
	}
	if _, err := org.Acquire(ctx, engine.Acquire{Reservation: hold.ID, All: true}); err != nil {
		return err
	}
	return org.Assign(ctx, engine.Assign{Number: telephony.MustParse("+12065550107"), Person: "patti@contoso.example", Location: office})
}
