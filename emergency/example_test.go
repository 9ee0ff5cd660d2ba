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

// A line as people write it is taken apart: the street belongs to the address,
// the apartment to the location in it.
func ExampleParseStreetLine() {
	line, err := emergency.ParseStreetLine("US", "410 5th Ave. NE, Apt. 3")
	if err != nil {
		fmt.Println(err)
		return
	}
	a := line.Address
	fmt.Println(a.HouseNumber, "|", a.Street, "|", a.StreetSuffix, "|", a.PostDirectional, "|", line.Location.Unit)
	fmt.Println(line.Line())

	line, _ = emergency.ParseStreetLine("DE", "Hauptstraße 5 a")
	fmt.Println(line.Address.Street, "|", line.Address.HouseNumber, "|", line.Address.HouseNumberSuffix)

	line, _ = emergency.ParseStreetLine("US", "RR 2 BOX 18") // no street: left as it is
	fmt.Println(line.IsWhole(), line.Address.Street)
	// Output:
	// 410 | 5th | Ave | NE | Apt 3
	// 410 5th Ave NE Apt 3
	// Hauptstraße | 5 | a
	// true RR 2 BOX 18
}

func ExampleEnvelope() {
	line, _ := emergency.ParseStreetLine("US", "410 5th Ave NE Apt 3")
	a := line.Address
	a.Company, a.City, a.State, a.PostalCode = "Contoso", "Fernhill", "WA", "98099"
	for _, text := range (emergency.Envelope{Location: line.Location, CountryName: true}).Lines(a) {
		fmt.Println(text)
	}
	fmt.Println()
	fmt.Println(emergency.Envelope{}.Line(a))
	// Output:
	// Contoso
	// 410 5th Ave NE Apt 3
	// FERNHILL, WA 98099
	// UNITED STATES
	//
	// Contoso, 410 5th Ave NE, FERNHILL, WA 98099
}

// The fields of an address under the names they have in XML, in the order of
// the schema.
func ExampleField_Civic() {
	a := emergency.Address{Country: "US", State: "WA", City: "Fernhill", HouseNumber: "410", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE"}
	for _, f := range emergency.CivicFields() {
		if element, ok := f.Civic(); ok && a.Value(f) != "" {
			fmt.Printf("<%s>%s</%[1]s>", element.Name, a.Value(f))
		}
	}
	fmt.Println()
	// Output:
	// <country>US</country><A1>WA</A1><A3>Fernhill</A3><RD>5th</RD><STS>Ave</STS><POD>NE</POD><HNO>410</HNO>
}

// A check holds for as long as whoever relies on it says.
func ExampleRecord_Stale() {
	checker := emergency.Checker{Authority: newFernhill()}
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	checked, _ := checker.Check(context.Background(), emergency.Address{
		Country: "US", State: "WA", City: "Fernhill", PostalCode: "98101",
		HouseNumber: "410", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE",
	}, noon)
	const year = 365 * 24 * time.Hour
	fmt.Println(checked.Record().Stale(noon.Add(year-1), year), checked.Record().Stale(noon.Add(year), year))
	// Output: false true
}
