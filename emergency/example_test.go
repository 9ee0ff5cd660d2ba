package emergency_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/callingplan/emergency"
)

func newFernhill() *emergency.Streets {
	streets := emergency.NewStreets("fernhill-streets")
	err := streets.Add(emergency.Street{
		Country: "US", State: "WA", City: "Fernhill", PostalCodes: []string{"98101"},
		Name: "5th", Suffix: "Ave", PostDirectional: "NE", Low: 400, High: 498, Parity: emergency.EvenSide,
		Dispatch: emergency.Dispatch{ID: "psap-1", Name: "Fernhill 911", URI: "sip:sos@psap.example"},
	})
	if err != nil {
		panic(err)
	}
	return streets
}

// An address with a misspelt city and a street without its ordinal ending is
// accepted, and the person is told what was changed.
func ExampleChecker_Check() {
	checker := emergency.Checker{Authority: newFernhill()}
	checked, err := checker.Check(context.Background(), emergency.Address{
		Country: "US", State: "Washington", City: "Fernhlil", PostalCode: "98101",
		HouseNumber: "410", Street: "5", StreetSuffix: "Avenue", PostDirectional: "NE",
	}, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err) // the caller gave up; a rejection is no error
		return
	}
	fmt.Println(checked.Verdict())
	fmt.Println(checked.Verdict().Banner())
	fmt.Println(checked.Dispatch().Name)
	// Output:
	// accepted, updated
	// We updated the address: street 5 is now 5th, city Fernhlil is now Fernhill.
	// Fernhill 911
}

// A refused address says what is wrong with each field, all at once.
func ExampleVerdict_Problems() {
	checked, _ := emergency.Checker{Authority: newFernhill()}.Check(context.Background(), emergency.Address{
		Country: "US", City: "Fernhill", PostalCode: "981", Street: "P.O. Box 12",
	}, time.Now())
	for _, problem := range checked.Verdict().Problems() {
		fmt.Println(problem)
	}
	fmt.Println(errors.Is(checked.Err(), emergency.ErrPOBox))
	// Output:
	// state: this country's addresses need it
	// street: a post office box is no place to send help to
	// house_number: this country's addresses need it
	// postal_code: it does not have the form of this country's postal codes
	// true
}

func ExampleCanonical() {
	a, changes := emergency.Canonical(emergency.Address{
		Country: "ca", State: "Colombie-Britannique", City: " Victoria ", HouseNumber: "425A", PostalCode: "v8x3x4"})
	fmt.Printf("%s | %s | %s | %s %s | %s\n", a.Country, a.State, a.City, a.HouseNumber, a.HouseNumberSuffix, a.PostalCode)
	fmt.Println(len(changes), "changes")
	// Output:
	// CA | BC | Victoria | 425 A | V8X 3X4
	// 6 changes
}

func ExampleOrdinal() {
	for _, n := range []string{"1", "2", "3", "5", "11", "112", "121"} {
		ordinal, _ := emergency.Ordinal(n)
		fmt.Print(ordinal, " ")
	}
	fmt.Println()
	// Output:
	// 1st 2nd 3rd 5th 11th 112th 121st
}

func ExamplePolicyFor() {
	fmt.Println("US: a location is needed", emergency.PolicyFor("US").LocationNeeded)
	fmt.Println("FR: a location is needed", emergency.PolicyFor("FR").LocationNeeded)
	fmt.Println("FR: the address must be in the area of the number:", emergency.PolicyFor("FR").AreaMustFit)
	// Output:
	// US: a location is needed at assignment
	// FR: a location is needed at acquisition
	// FR: the address must be in the area of the number: true
}
