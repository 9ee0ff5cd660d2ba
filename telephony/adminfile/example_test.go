package adminfile_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

// An export that went through a spreadsheet: semicolons, a plus sign lost, a
// number rewritten. The rows that are whole can be used.
func ExampleReadNumbers() {
	export := "TelephoneNumber;PlaceName;AssignmentStatus\n" +
		"+12065550100;Fernhill;Unassigned\n" +
		"12065550101;Fernhill;UserAssigned\n" +
		"1,20656E+10;Fernhill;Unassigned\n"
	for row, err := range adminfile.ReadNumbers(strings.NewReader(export)).Rows() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(row.Line, row.Value.Number, row.Value.AssignmentStatus)
	}
	// Output:
	// 2 +12065550100 Unassigned
	// 3 +12065550101 UserAssigned
	// line 4, column 1: TelephoneNumber: the number looks like a spreadsheet rewrote it; format the column as text and enter it again
}

// Everything that is wrong with a file, with places and codes.
func ExampleReader_All() {
	file := "person,number,location\nadele,+12065550100,l-1\nmegan,,l-1\ndiego b,+12065,\n"
	rows, err := adminfile.ReadAssignments(strings.NewReader(file)).All()
	fmt.Println(len(rows), "row can be used")
	var problems *telephony.Error
	if errors.As(err, &problems) {
		for _, p := range problems.All() {
			fmt.Println(p.Line, p.Column, p.Field, string(p.Code))
		}
	}
	// Output:
	// 1 row can be used
	// 3 7 PhoneNumber cell_empty
	// 4 1 UserPrincipalName id_invalid
	// 4 9 PhoneNumber number_length
}

// Numbers as people type them, and ranges.
func ExampleReadEntries() {
	list := "(206) 555-0100\n206-555-0110 – 206-555-0119\n+33 1 99 00 00 00\n555-0100\n"
	for row, err := range adminfile.ReadEntries(strings.NewReader(list)).Rows() {
		if err != nil {
			fmt.Printf("left as it was typed: %q\n", row.Value.Typed)
			continue
		}
		fmt.Println(row.Value.Numbers)
	}
	// Output:
	// +12065550100
	// +12065550110..+12065550119
	// +33199000000
	// left as it was typed: "555-0100"
}

func ExampleParseEntered() {
	for _, typed := range []string{"(206) 555-0100", "1-206-555-0100", "206-555-0100 ext 5"} {
		n, err := adminfile.ParseEntered(typed)
		fmt.Println(n, errors.Is(err, adminfile.ErrNumberEntry))
	}
	// Output:
	// +12065550100 false
	// +12065550100 false
	// invalid number true
}

// A list of addresses for the checker, which brings them to their form.
func ExampleReadAddresses() {
	list := "CountryOrRegion,StateOrProvince,City,HouseNumber,StreetName,StreetSuffix,PostDirectional,PostalCode,Latitude,Longitude\n" +
		"us,Washington,Fernhill,410,5,Ave,NE,98099,47.6062,-122.3321\n"
	rows, err := adminfile.ReadAddresses(strings.NewReader(list)).All()
	if err != nil {
		fmt.Println(err)
		return
	}
	typed := rows[0].Value.Address
	canonical, _ := emergency.Canonical(typed)
	fmt.Println(typed.State, "is", canonical.State)
	fmt.Println(canonical.Position)
	// Output:
	// Washington is WA
	// 47.6062000,-122.3321000
}

// The same numbers for a spreadsheet and for a program.
func ExampleWithStyle() {
	list := []adminfile.Entry{{Numbers: telephony.MustParseRange("+12065550100..+12065550109")}}
	for _, style := range []adminfile.Style{adminfile.SpreadsheetDigits, adminfile.Machine} {
		var b strings.Builder
		if err := adminfile.WriteEntries(&b, slices.Values(list), adminfile.WithStyle(style)); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%q\n", b.String())
	}
	// Output:
	// "\ufeff12065550100-12065550109\n"
	// "+12065550100-+12065550109\n"
}

// A bulk assignment is planned, looked at, and applied.
func ExampleNewPlan() {
	ctx := context.Background()
	org, numbers, location := exampleTenant(ctx)
	file := fmt.Sprintf("UserPrincipalName,PhoneNumber,LocationId\nadele,%s,%s\nmegan,%s,%s\n", numbers[0], location, numbers[1], location)

	plan, err := adminfile.NewPlan(ctx, org, adminfile.ReadAssignments(strings.NewReader(file)).Rows())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range plan.Rows() {
		fmt.Println(row, row.Codes())
	}
	results := plan.Apply(ctx, org)
	fmt.Println(results.Tally())
	fmt.Println(plan.Apply(ctx, org).Tally(), "the second time")
	err = adminfile.WriteResults(os.Stdout, results[:1], adminfile.WithStyle(adminfile.Machine))
	fmt.Println(err)
	// Output:
	// line 2: a*** +1********00: would assign []
	// line 3: m*** +1********01: refused [person unknown]
	// 1 refused, 1 assigned
	// 1 already so, 1 refused the second time
	// Line,UserPrincipalName,PhoneNumber,PhoneNumberType,LocationId,Result,Codes,Reasons
	// 2,adele,+12065550100,CallingPlan,l-t-00000002,assigned,,
	// <nil>
}

// A provider's stock out of a file, with what came of each row.
func ExampleLoadStock() {
	ctx := context.Background()
	eng := must(engine.New(engine.WithClock(newClock()), engine.WithIDEpoch("t")))
	file := "First,Last,Area,Kind\n" +
		"+12065550100,+12065550199,NOAM-US-WA-Seattle,user\n" +
		"+12065550190,+12065550209,NOAM-US-WA-Seattle,user\n" +
		"1.40256E+10,,NOAM-US-WA-Seattle,user\n"
	results, err := adminfile.LoadStock(ctx, eng.As("operator"), adminfile.ReadStock(strings.NewReader(file)).Rows())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range results {
		fmt.Println(r)
		for _, reason := range r.Reasons {
			fmt.Println(" ", reason)
		}
	}
	// Output:
	// line 2: 100 from +1********00 of NOAM-US-WA-Seattle, user: applied
	// line 3: 20 from +1********90 of NOAM-US-WA-Seattle, user: rejected
	//   add stock: line 3: range: numbers of the range are in stock already, or given twice (range of 10 from +1********90, numbers 10, in ranges 1); load each number once
	// line 4: empty range of NOAM-US-WA-Seattle, user: rejected
	//   line 4, column 1: First: the number looks like a spreadsheet rewrote it; format the column as text and enter it again
}

// A tenant's numbers, for whoever knows the service's export.
func ExampleTenantNumbers() {
	ctx := context.Background()
	org, _, _ := exampleTenant(ctx)
	view, err := org.View(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	for record := range adminfile.TenantNumbers(view, engine.NumberQuery{Unassigned: true}) {
		fmt.Println(record.Number, record.AssignmentStatus, record.PlaceName, record.AcquiredCapabilities)
	}
	// Output:
	// +12065550100 Unassigned Seattle [UserAssignment]
	// +12065550101 Unassigned Seattle [UserAssignment]
}

// exampleTenant has two numbers, an office, and Adele, who has no number yet.
func exampleTenant(ctx context.Context) (*engine.Tenant, telephony.NumberList, telephony.LocationID) {
	clock := newClock()
	eng := must(engine.New(engine.WithClock(clock), engine.WithIDEpoch("t"), engine.WithAuthority(everywhere{})))
	must(0, eng.AddStock(ctx, engine.Stock{Range: telephony.MustParseRange("+12065550100..+12065550199"), Area: seattle, Kind: telephony.UserNumber}))
	org := must(eng.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"}))
	for _, p := range plans {
		must(0, org.BuyLicences(ctx, engine.Purchase{Product: p, Quantity: 10}))
	}
	must(0, org.AddPerson(ctx, engine.PersonSpec{ID: "adele", UsageLocation: "US"}))
	must(0, org.AssignLicences(ctx, engine.LicenceChange{Person: "adele", Add: plans}))
	address := must(org.SaveAddress(ctx, must(org.CheckAddress(ctx, offices["US"]))))
	hold := must(org.Reserve(ctx, engine.Reserve{Area: seattle, Quantity: 2}))
	got := must(org.Acquire(ctx, engine.Acquire{Reservation: hold.ID, All: true}))
	return org, got.Numbers, address.Default
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
