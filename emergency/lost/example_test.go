package lost_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"example.com/callingplan/telephony"
)

// newCounty is the LoST server of a county of fiction.
func newCounty() (url string, stop func()) {
	streets := emergency.NewStreets("county")
	err := streets.Add(emergency.Street{Country: "US", State: "WA", City: "Fernhill", PostalCodes: []string{"98099"},
		Name: "5th", Suffix: "Ave", PostDirectional: "NE", Low: 400, High: 498, Parity: emergency.EvenSide,
		Dispatch: emergency.Dispatch{ID: "psap-1", Name: "Fernhill 911", URI: "sip:sos@psap.fernhill.example"}})
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(losttest.New(streets))
	return server.URL, server.Close
}

// A checker rests on a LoST server: the misspelt city is put right, and the
// dispatch centre is known.
func ExampleClient_Validate() {
	url, stop := newCounty() // in production https://..., or a name and a resolver
	defer stop()
	client, err := lost.New(lost.Config{Server: url, AdditionalLocations: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()

	checker := emergency.Checker{Authority: client}
	checked, err := checker.Check(context.Background(), emergency.Address{
		Country: "US", State: "WA", City: "Fernhlil", PostalCode: "98099",
		HouseNumber: "410", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE",
	}, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(checked.Verdict())
	fmt.Println(checked.Verdict().Banner())
	fmt.Println(checked.Dispatch().Name)
	// Output:
	// accepted, updated
	// We updated the address: city Fernhlil is now Fernhill.
	// Fernhill 911
}

// Where calls from an address go, and what a server says when it does not know.
func ExampleClient_FindService() {
	url, stop := newCounty()
	defer stop()
	client, err := lost.New(lost.Config{Server: url})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()

	at := emergency.Address{Country: "US", State: "WA", City: "Fernhill", HouseNumber: "410",
		Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE"}
	found, err := client.FindService(context.Background(), lost.FindService{Location: lost.Civic(at, emergency.Location{})})
	if err != nil {
		fmt.Println(err)
		return
	}
	mapping := found.Mappings[0]
	fmt.Println(mapping.URIs[0], "dialled as", mapping.Number, "may be kept:", mapping.Expiry)

	at.Street = "Nowhere"
	_, err = client.FindService(context.Background(), lost.FindService{Location: lost.Civic(at, emergency.Location{})})
	var fault *lost.Fault
	fmt.Println(errors.Is(err, lost.ErrNotFound), errors.As(err, &fault))
	// Output:
	// sip:sos@psap.fernhill.example dialled as 911 may be kept: NO-CACHE
	// true true
}

// An emergency call goes where the server says that its place is served.
func ExampleClient_Map() {
	url, stop := newCounty()
	defer stop()
	client, err := lost.New(lost.Config{Server: url})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()

	found := emergency.Whereabouts{Status: emergency.Validated, Address: emergency.Address{Country: "US", State: "WA", City: "Fernhill",
		HouseNumber: "410", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE"}}
	if found, err = client.Map(context.Background(), found); err != nil {
		fmt.Println(err) // the call goes on, without a route
	}
	route, err := emergency.RouteCall(emergency.Call{Number: telephony.MustParse("+14255550100"), Country: "US", Dynamic: found})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(route)
	// Output:
	// emergency call from +1********00 (US) to 911
	// location: dynamic, default location of address in WA, US, validated
	// answered by: dispatch centre psap-1
	// because: the location was found dynamically
	// because: the location is known dynamically, so the call goes straight to its dispatch centre
}

// A server is found in the domain name system, by whatever library looks up
// NAPTR records.
func ExampleNewNAPTRResolver() {
	records := zone{"fernhill.example": {
		{Order: 100, Preference: 10, Flags: "u", Service: "LoST:https", Regexp: "!.*!https://lost.fernhill.example/!", Replacement: "."},
	}}
	resolver := lost.NewNAPTRResolver(records)
	fmt.Println(resolver.Resolve(context.Background(), "fernhill.example", lost.TagLoST))
	// Output:
	// https://lost.fernhill.example/ <nil>
}
