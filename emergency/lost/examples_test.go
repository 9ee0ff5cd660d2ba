package lost_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
	"github.com/google/go-cmp/cmp"
)

// The answers below are those of the examples in RFC 5222, section by section,
// in their form: the names of its servers and centres, its lists without
// prefixes, its misprint of the reference system.
const (
	exampleMapping = `<mapping expires="2007-01-01T01:44:33Z" lastUpdated="2006-11-01T01:00:00Z" source="authoritative.example" sourceId="7e3f40b098c711dbb6060800200c9a66">`
	examplePath    = `<path><via source="resolver.example"/><via source="authoritative.example"/></path>`
	exampleFound   = `<findServiceResponse xmlns="urn:ietf:params:xml:ns:lost1" xmlns:p2="http://www.opengis.net/gml">` + exampleMapping
)

// exampleAnswers are findService answers.
var exampleAnswers = map[string]struct {
	body string
	want lost.Found
}{
	"8.2.1, by position": {exampleFound + `<displayName xml:lang="en">New York City Police Department</displayName><service>urn:service:sos.police</service>
	  <serviceBoundary profile="geodetic-2d"><p2:Polygon srsName="urn:ogc:def::crs:EPSG::4326"><p2:exterior><p2:LinearRing>
	    <p2:pos>37.775 -122.4194</p2:pos><p2:pos>37.555 -122.4194</p2:pos><p2:pos>37.555 -122.4264</p2:pos><p2:pos>37.775 -122.4264</p2:pos><p2:pos>37.775 -122.4194</p2:pos>
	  </p2:LinearRing></p2:exterior></p2:Polygon></serviceBoundary>
	  <uri>sip:nypd@example.com</uri><uri>xmpp:nypd@example.com</uri><serviceNumber>911</serviceNumber></mapping>` + examplePath + `</findServiceResponse>`,
		exampleOf("New York City Police Department", "en", "911", []string{"sip:nypd@example.com", "xmpp:nypd@example.com"},
			lost.Boundary{Profile: "geodetic-2d", Polygons: [][]emergency.Position{{position(37.775, -122.4194), position(37.555, -122.4194),
				position(37.555, -122.4264), position(37.775, -122.4264), position(37.775, -122.4194)}}})},
	"8.2.2, by address": {exampleFound + `<displayName xml:lang="de">München Polizei-Abteilung</displayName><service>urn:service:sos.police</service>
	  <serviceBoundary profile="civic"><civicAddress xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">
	    <country>DE</country><A1>Bavaria</A1><A3>Munich</A3><PC>81675</PC></civicAddress></serviceBoundary>
	  <uri>sip:munich-police@example.com</uri><serviceNumber>110</serviceNumber></mapping>` + examplePath + `</findServiceResponse>`,
		exampleOf("München Polizei-Abteilung", "de", "110", []string{"sip:munich-police@example.com"},
			lost.Boundary{Profile: "civic", Civic: []pidflo.Civic{{Address: emergency.Address{Country: "DE", State: "Bavaria", City: "Munich", PostalCode: "81675"}}}})},
}

func exampleOf(name, language, number string, uris []string, area lost.Boundary) lost.Found {
	return lost.Found{Mappings: []lost.Mapping{{Source: "authoritative.example", SourceID: "7e3f40b098c711dbb6060800200c9a66",
		Updated: time.Date(2006, 11, 1, 1, 0, 0, 0, time.UTC), Expiry: lost.ExpiresAt(time.Date(2007, 1, 1, 1, 44, 33, 0, time.UTC)),
		Names: []lost.DisplayName{{Text: name, Language: language}}, Service: "urn:service:sos.police", URIs: uris, Number: number,
		Boundaries: []lost.Boundary{area}}}, Path: []string{"resolver.example", "authoritative.example"}}
}

// TestExamplesOfTheStandard reads them.
func TestExamplesOfTheStandard(t *testing.T) {
	for name, c := range exampleAnswers {
		got, err := find(answering(t, c.body))
		if diff := cmp.Diff(c.want, got, byValue, cmp.Comparer(func(a, b lost.Expiry) bool { return a == b })); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
	list := answering(t, `<listServicesResponse xmlns="urn:ietf:params:xml:ns:lost1"><serviceList>
	  urn:service:sos.ambulance urn:service:sos.fire urn:service:sos.gas urn:service:sos.mountain urn:service:sos.poison urn:service:sos.police
	  </serviceList><path><via source="authoritative.example"/></path></listServicesResponse>`)
	if services, err := list.ListServices(t.Context(), lost.ServiceSOS); err != nil || len(services) != 6 || !slices.Contains(services, "urn:service:sos.poison") {
		t.Errorf("10, services: %v, %v", services, err)
	}
}

// TestValidationOfTheStandard: in section 8.4.2 of RFC 5222 the postal code does
// not fit, the house number was not looked at, and the address leads to its
// dispatch centre all the same.
func TestValidationOfTheStandard(t *testing.T) {
	client := newClient(t, lost.Config{Server: "http://resolver.example/", Service: "urn:service:sos.police", HTTP: &http.Client{Transport: canned{lost.MediaType,
		[]byte(exampleFound + `<service>urn:service:sos.police</service><uri>sip:munich-police@example.com</uri></mapping>
	  <locationValidation><valid>country A1 A3 A6</valid><invalid>PC</invalid></locationValidation>` + examplePath + `</findServiceResponse>`)}}})
	munich := emergency.Address{Country: "DE", City: "Munich", Street: "Otto-Hahn-Ring", HouseNumber: "6", PostalCode: "81675"}
	answer, err := client.Validate(t.Context(), munich)
	want := emergency.FieldsOf(emergency.FieldCountry, emergency.FieldState, emergency.FieldCity, emergency.FieldStreet)
	if err != nil || answer.Confirmed != want || answer.Mismatched != emergency.FieldsOf(emergency.FieldPostalCode) {
		t.Errorf("confirmed %b, mismatched %b, %v", answer.Confirmed, answer.Mismatched, err)
	}
	checked, err := emergency.Checker{Authority: client}.Check(t.Context(), munich, noon)
	if err != nil || checked.Verdict().String() != "accepted, partial" || checked.Verdict().Status(emergency.FieldHouseNumber) != emergency.Unchecked {
		t.Errorf("%v, %v", checked, err)
	}
}

// TestFaultsOfTheStandard: an error, a warning and a redirect as in section 13 of
// RFC 5222.
func TestFaultsOfTheStandard(t *testing.T) {
	_, err := find(answering(t, `<errors xmlns="urn:ietf:params:xml:ns:lost1" source="resolver.example"><internalError message="Software bug." xml:lang="en"/></errors>`))
	var fault *lost.Fault
	if !errors.Is(err, lost.ErrInternal) || !errors.As(err, &fault) || fault.Message != "Software bug." || fault.Source != "resolver.example" {
		t.Errorf("13.1: %v, %v", err, fault)
	}
	found, err := find(answering(t, exampleFound+`<uri>sip:nypd@example.com</uri></mapping><warnings source="authoritative.example">
	  <defaultMappingReturned message="Unable to determine PSAP for the given location; using default PSAP" xml:lang="en"/></warnings>`+examplePath+`</findServiceResponse>`))
	if err != nil || !found.Warned(lost.ErrDefaultMapping) {
		t.Errorf("13.2: %v, %v", found.Warnings, err)
	}
	_, err = find(answering(t, `<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="eastpsap.example" source="westpsap.example" message="We have temporarily failed over." xml:lang="en"/>`))
	var e *telephony.Error
	if !errors.Is(err, lost.ErrUnresolved) || !errors.As(err, &e) || e.Subject != "server eastpsap.example" {
		t.Errorf("13.3: %v", err)
	}
}
