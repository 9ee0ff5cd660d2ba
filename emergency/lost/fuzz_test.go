package lost_test

import (
	"net/http"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
)

// FuzzAnswer gives a client anything for an answer, to all four queries: none
// panics, and an address is accepted only by an answer with a mapping and a
// validation that was done.
func FuzzAnswer(f *testing.F) {
	f.Add([]byte(response(`<displayName xml:lang="en">x</displayName><uri>sip:a@b</uri><serviceBoundary profile="geodetic-2d">
	  <gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326"><gml:exterior><gml:LinearRing><gml:posList>1 1 2 2 3 1 1 1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>
	  <gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>1 2</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">5</gs:radius></gs:Circle></serviceBoundary>`,
		`<valid>ca:A1 A3</valid><invalid>ca:PC</invalid><rli:similarLocation><ca:civicAddress><ca:PC>x</ca:PC></ca:civicAddress></rli:similarLocation>`,
		`<warnings source="a.b"><notFound message="x"/></warnings>`)))
	f.Add([]byte(`<errors xmlns="urn:ietf:params:xml:ns:lost1" source="a.b"><notFound/><x/></errors>`))
	f.Add([]byte(`<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="a.b"/>`))
	f.Add([]byte(`<listServicesResponse xmlns="urn:ietf:params:xml:ns:lost1"><serviceList>urn:service:sos</serviceList></listServicesResponse>`))
	f.Add([]byte(`<getServiceBoundaryResponse xmlns="urn:ietf:params:xml:ns:lost1"><serviceBoundary/></getServiceBoundaryResponse>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		client, err := lost.New(lost.Config{Server: "http://lost.fernhill.example/", HTTP: &http.Client{Transport: canned{lost.MediaType, body}}})
		if err != nil {
			t.Fatal(err)
		}
		checked, err := emergency.Checker{Authority: client}.Check(t.Context(), asked(), noon)
		if err != nil {
			t.Fatal(err)
		}
		if checked.IsAccepted() {
			found, err := find(client)
			if err != nil || len(found.Mappings) == 0 || !found.Validation.Done || len(found.Validation.Valid) == 0 {
				t.Fatalf("accepted by %+v, %v", found, err)
			}
		}
		_, _ = client.ListServices(t.Context(), "")
		_, _ = client.ListServicesByLocation(t.Context(), lost.Civic(asked(), emergency.Location{}), "")
		_, _ = client.ServiceBoundary(t.Context(), lost.BoundaryReference{Key: "x"})
	})
}

// FuzzNAPTR resolves by any record.
func FuzzNAPTR(f *testing.F) {
	f.Add("u", "LoST:https", "!.*!https://lost.example/!", ".")
	f.Add("", "LoST", "", "next.example.")
	f.Fuzz(func(t *testing.T, flags, service, regexp, replacement string) {
		z := zone{"a.example": {{Flags: flags, Service: service, Regexp: regexp, Replacement: replacement}}}
		url, err := lost.NewNAPTRResolver(z).Resolve(t.Context(), "a.example", lost.TagLoST)
		if (err == nil) != (url != "") {
			t.Fatalf("%q, %v", url, err)
		}
	})
}
