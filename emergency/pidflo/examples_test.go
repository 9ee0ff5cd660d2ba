package pidflo_test

import (
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/pidflo"
	"github.com/google/go-cmp/cmp"
)

// TestDecodeExamplesOfTheStandards reads documents in the form of the examples
// of RFC 4119, section 2.3, with its namespace, its street in A6 and its "yes",
// and of RFC 5139, most of whose elements no field holds.
func TestDecodeExamplesOfTheStandards(t *testing.T) {
	const head = `<?xml version="1.0" encoding="UTF-8"?>
	<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"
	  xmlns:gml="urn:opengis:specification:gml:schema-xsd:feature:v3.0" xmlns:cl="urn:ietf:params:xml:ns:pidf:geopriv10:civicLoc" entity="pres:geotarget@example.com">
	  <tuple id="sg89ae"><timestamp>2003-06-22T20:57:29Z</timestamp><status><gp:geopriv><gp:location-info>`
	const tail = `</gp:location-info><gp:usage-rules><gp:retransmission-allowed>yes</gp:retransmission-allowed>
	  <gp:retention-expiry>2003-06-23T04:57:29Z</gp:retention-expiry></gp:usage-rules></gp:geopriv></status></tuple></presence>`
	ca := func(local, value string) pidflo.Element {
		return pidflo.Element{Name: pidflo.Name{Space: emergency.CivicSpace, Local: local}, Value: value}
	}
	for name, c := range map[string]struct {
		info string
		want pidflo.Civic
	}{
		"RFC 4119": {`<cl:civicAddress><cl:country>US</cl:country><cl:A1>New York</cl:A1><cl:A3>New York</cl:A3><cl:A6>Broadway</cl:A6>
		  <cl:HNO>123</cl:HNO><cl:LOC>Suite 75</cl:LOC><cl:PC>10027-0401</cl:PC></cl:civicAddress>`,
			pidflo.Civic{Address: emergency.Address{Country: "US", State: "New York", City: "New York", Street: "Broadway", HouseNumber: "123", PostalCode: "10027-0401"},
				Location: emergency.Location{Place: "Suite 75"}}},
		"RFC 5139": {`<civicAddress xml:lang="en-AU" xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"><country>AU</country><A1>NSW</A1>
		  <A3>     Wollongong
		  </A3><A4>North Wollongong</A4><RD>Flinders</RD><STS>Street</STS><RDBR>Campbell Street</RDBR><LMK>Gilligan's Island</LMK><LOC>Corner</LOC>
		  <NAM> Video Rental Store </NAM><PC>2500</PC><ROOM> Westerns and Classics </ROOM><PLC>store</PLC><POBOX>Private Box 15</POBOX></civicAddress>`,
			pidflo.Civic{Language: "en-AU", Address: emergency.Address{Country: "AU", State: "NSW", City: "Wollongong", District: "North Wollongong",
				Street: "Flinders", StreetSuffix: "Street", Company: "Video Rental Store", PostalCode: "2500"},
				Location: emergency.Location{Place: "Corner", Room: "Westerns and Classics"},
				Other:    []pidflo.Element{ca("RDBR", "Campbell Street"), ca("LMK", "Gilligan's Island"), ca("PLC", "store"), ca("POBOX", "Private Box 15")}}},
	} {
		got, err := pidflo.Decode([]byte(head + c.info + tail))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := pidflo.Document{Entity: "pres:geotarget@example.com", Objects: []pidflo.Object{{ID: "sg89ae", Civic: []pidflo.Civic{c.want},
			Rules: pidflo.Rules{Retransmission: true, Expiry: time.Date(2003, 6, 23, 4, 57, 29, 0, time.UTC)},
			At:    time.Date(2003, 6, 22, 20, 57, 29, 0, time.UTC)}}}
		if diff := cmp.Diff(plain(want), plain(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
