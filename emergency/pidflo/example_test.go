package pidflo_test

import (
	"fmt"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/pidflo"
)

// A carrier's platform adds where a line is to an emergency call.
func ExampleNewPart() {
	address := emergency.Address{Country: "US", State: "WA", City: "Fernhill", HouseNumber: "410",
		Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE", PostalCode: "98099"}
	place := emergency.Location{Floor: "2", Place: "east wing"}
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

	doc := pidflo.New("pres:line-7@fernhill.example", "loc-42", address, place, at)
	doc.Objects[0].Rules = pidflo.Rules{Retransmission: true, Expiry: at.Add(24 * time.Hour)}
	part, err := pidflo.NewPart("loc-42@fernhill.example", doc)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("Geolocation: <" + part.URL() + ">")
	fmt.Println("Content-Type:", part.Header()["Content-Type"][0])
	// Output:
	// Geolocation: <cid:loc-42@fernhill.example>
	// Content-Type: application/pidf+xml
}

// A document of somebody else is read, and what counts of it taken.
func ExampleDecode() {
	body := []byte(`<?xml version="1.0"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"
          xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr" entity="pres:line-7@fernhill.example">
  <tuple id="a"><status><gp:geopriv>
    <gp:location-info>
      <ca:civicAddress>
        <ca:HNO>410</ca:HNO><ca:RD>5th</ca:RD><ca:STS>Ave</ca:STS><ca:A3>Fernhill</ca:A3><ca:country>US</ca:country>
      </ca:civicAddress>
    </gp:location-info>
    <gp:usage-rules/>
    <gp:provided-by/>
  </gp:geopriv></status></tuple>
</presence>`)
	doc, err := pidflo.Decode(body)
	if err != nil {
		fmt.Println(err)
		return
	}
	if object, ok := doc.Preferred(); ok {
		address := object.Civic[0].Address
		fmt.Println(address.HouseNumber, address.Street, address.StreetSuffix, address.City)
	}
	for _, n := range doc.NotUnderstood {
		fmt.Println("not understood:", n.Local)
	}
	fmt.Println(doc) // a document in a log discloses nothing
	// Output:
	// 410 5th Ave Fernhill
	// not understood: provided-by
	// PIDF-LO document of 1 objects
}

func ExampleEncode() {
	doc := pidflo.New("pres:line-7@fernhill.example", "loc-42", emergency.Address{Country: "USA", City: "Fernhill"},
		emergency.Location{}, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	_, err := pidflo.Encode(doc)
	fmt.Println(err)
	// Output:
	// encode PIDF-LO document: objects[0].civic[0].country: a country is two capital letters; give its ISO 3166-1 code
}
