package lost_test

import (
	"errors"
	"slices"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
	"github.com/google/go-cmp/cmp"
)

// TestFound reads all of an answer.
func TestFound(t *testing.T) {
	client := answering(t, response(`<serviceNumber>9*1#</serviceNumber><uri>tel:+12065550100</uri><uri>SIPS:sos@psap.example</uri>
	  <serviceBoundaryReference source="Lost.Fernhill.Example" key="b-1"/><displayName xml:lang="en">Fernhill
	     911</displayName><displayName xml:lang="fr">Urgences</displayName><service>urn:service:sos</service>
	  <later xmlns="urn:example:later"/>`,
		`<unchecked>ca:HNO</unchecked><invalid>ca:A3 ca:PC</invalid><valid>ca:country
	     ca:A1</valid>`,
		`<locationUsed-not xmlns="urn:example:later"/>`))
	got, err := find(client)
	if err != nil {
		t.Fatal(err)
	}
	ca := func(names ...string) []pidflo.Name {
		var list []pidflo.Name
		for _, n := range names {
			list = append(list, pidflo.Name{Space: emergency.CivicSpace, Local: n})
		}
		return list
	}
	want := lost.Found{
		Mappings: []lost.Mapping{{Source: "lost.fernhill.example", SourceID: "psap-1", Updated: noon.AddDate(0, 0, -21).Add(-12 * hour),
			Expiry: lost.ExpiresAt(noon.Add(hour)), Names: []lost.DisplayName{{Text: "Fernhill 911", Language: "en"}, {Text: "Urgences", Language: "fr"}},
			Service: "urn:service:sos", URIs: []string{"tel:+12065550100", "SIPS:sos@psap.example"}, Number: "9*1#",
			Reference: lost.BoundaryReference{Source: "lost.fernhill.example", Key: "b-1"}}},
		Validation: lost.Validation{Done: true, Valid: ca("country", "A1"), Invalid: ca("A3", "PC"), Unchecked: ca("HNO")},
		Path:       []string{"lost.fernhill.example"},
	}
	if diff := cmp.Diff(want, got, byValue, cmp.Comparer(func(a, b lost.Expiry) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
	if d := got.Mappings[0].Dispatch(); d != (emergency.Dispatch{ID: "psap-1", Name: "Fernhill 911", URI: "SIPS:sos@psap.example"}) {
		t.Errorf("dispatch %+v", d)
	}
}

// TestElementNames: an element is known by its namespace, whatever the prefix.
// The figures of [RFC 5222] have none, which [RFC 6848] corrects.
func TestElementNames(t *testing.T) {
	for name, lists := range map[string]string{
		"usual prefix": `<valid>ca:A1 cae:STP</valid><invalid>ca:A3</invalid>`,
		"no prefix":    `<valid>A1 cae:STP</valid><invalid>A3</invalid>`,
		"other prefix": `<valid xmlns:x="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">x:A1 cae:STP</valid>
		  <invalid xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">ca:A3</invalid>`,
		"old namespace": `<valid xmlns:x="urn:ietf:params:xml:ns:pidf:geopriv10:civicLoc">x:A1 cae:STP</valid><invalid>ca:A3</invalid>`,
		"in two lists":  `<valid>ca:A1 ca:A3 cae:STP</valid><invalid>ca:A3</invalid>`,
		"with others":   `<valid>ca:A1 cae:STP ca:LMK</valid><unchecked>n:SITE ca:SEAT</unchecked><invalid>ca:A3</invalid>`,
	} {
		t.Run(name, func(t *testing.T) {
			body := response("", `<x xmlns="urn:x"/>`+lists, "")
			body = replace(body, "<locationValidation>", `<locationValidation xmlns:cae="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr:ext" xmlns:n="urn:nena:xml:ns:pidf:nenaCivicAddr2">`)
			answer, err := answering(t, body).Validate(t.Context(), asked())
			if err != nil {
				t.Fatal(err)
			}
			if !answer.Confirmed.Has(emergency.FieldState) || !answer.Confirmed.Has(emergency.FieldStreetTypePrefix) ||
				answer.Mismatched != emergency.FieldsOf(emergency.FieldCity) {
				t.Errorf("confirmed %b, mismatched %b", answer.Confirmed, answer.Mismatched)
			}
		})
	}
	_, err := find(answering(t, response("", `<valid>cx:A1</valid>`, "")))
	if !errors.Is(err, lost.ErrAnswer) {
		t.Errorf("a prefix that is not declared: %v", err)
	}
}

// TestAdditionalLocations reads what a server offers in place of an address,
// also one that was not asked to [similar-location].
func TestAdditionalLocations(t *testing.T) {
	address := func(kind, elements string) string {
		return `<rli:` + kind + ` profile="civic"><ca:civicAddress>` + elements + `</ca:civicAddress></rli:` + kind + `>`
	}
	const known = `<ca:country>US</ca:country><ca:A1>WA</ca:A1><ca:A3>FERNHILL</ca:A3><ca:RD>5TH</ca:RD>`
	client := answering(t, response("", `<valid>ca:country ca:A1 ca:A3 ca:RD</valid>`+
		address("completeLocation", known+`<ca:A2>KING</ca:A2><ca:PCN>fernhill</ca:PCN>`), ""))
	answer, err := client.Validate(t.Context(), asked())
	if err != nil || answer.Complete.County != "KING" || answer.Complete.CityAlias != "" {
		t.Errorf("%+v, %v", answer, err)
	}
	client = answering(t, response("", `<valid>ca:country ca:A1 ca:RD</valid><invalid>ca:A3 ca:POD</invalid>`+
		address("similarLocation", known+`<ca:POD>NE</ca:POD>`)+address("similarLocation", `<ca:A3>Fernhall</ca:A3><ca:POD>NW</ca:POD>`)+
		address("similarLocation", `<ca:A3>Fernhall</ca:A3>`), ""))
	answer, err = client.Validate(t.Context(), asked())
	want := []emergency.Candidate{{Field: emergency.FieldCity, Value: "FERNHILL"}, {Field: emergency.FieldCity, Value: "Fernhall"},
		{Field: emergency.FieldPostDirectional, Value: "NW"}}
	if err != nil || !slices.Equal(answer.Candidates, want) {
		t.Errorf("%v, %v", answer.Candidates, err)
	}
	client = answering(t, response("", `<valid>ca:country</valid>`+address("completeLocation", `<ca:A2>King</ca:A2>`)+address("completeLocation", `<ca:A2>Queen</ca:A2>`), ""))
	if answer, err = client.Validate(t.Context(), asked()); err != nil || answer.Complete != (emergency.Address{}) {
		t.Errorf("of two one was taken: %v", err)
	}
}

// TestAnswerRefused: an answer that is not what it should be, each by its kind.
func TestAnswerRefused(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       telephony.Code
	}{
		{"text", "hello", lost.ErrMalformed},
		{"document type", `<!DOCTYPE a><a/>`, lost.ErrDoctype},
		{"entity", `<a>&e;</a>`, lost.ErrMalformed},
		{"page", `<html xmlns="http://www.w3.org/1999/xhtml"/>`, lost.ErrUnexpected},
		{"another answer", `<listServicesResponse xmlns="urn:ietf:params:xml:ns:lost1"/>`, lost.ErrUnexpected},
		{"no namespace", `<findServiceResponse/>`, lost.ErrUnexpected},
		{"another location", response("", "", `<locationUsed id="a"/>`), lost.ErrOtherLocation},
		{"no location used", response("", "", `<locationUsed/>`), lost.ErrOtherLocation},
		{"nobody's mapping", replace(response("", "", ""), `sourceId="psap-1"`, ""), lost.ErrAnswer},
		{"mapping of no server", replace(response("", "", ""), `<mapping expires="2026-11-22T13:00:00Z" lastUpdated="2026-11-01T00:00:00Z" source="lost.fernhill.example"`, `<mapping source="here"`), lost.ErrAnswer},
		{"URI", response(`<uri>psap</uri>`, "", ""), lost.ErrAnswer},
		{"service", response(`<service>police</service>`, "", ""), lost.ErrAnswer},
		{"redirect to nowhere", `<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="here" source="lost.fernhill.example"/>`, lost.ErrAnswer},
		{"redirect that cannot be resolved", `<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="east.example" source="lost.fernhill.example"/>`, lost.ErrUnresolved},
	} {
		t.Run(c.name, func(t *testing.T) {
			if found, err := find(answering(t, c.body)); !errors.Is(err, c.want) {
				t.Errorf("%v, %v, want %s", found, err, c.want)
			}
		})
	}
}

// TestExtrasIgnored: what an answer can do without does not void it where it is
// not what it should be: it is left out, and the answer says what it was.
func TestExtrasIgnored(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       telephony.Code
	}{
		{"expiry", replace(response("", "", ""), "2026-11-22T13:00:00Z", "tomorrow"), lost.ErrAnswer},
		{"update", replace(response("", "", ""), "2026-11-01T00:00:00Z", "yesterday"), lost.ErrAnswer},
		{"number", response(`<serviceNumber>nine</serviceNumber>`, "", ""), lost.ErrAnswer},
		{"name that turns round", response("<displayName>a\u202eb</displayName>", "", ""), lost.ErrAnswer},
		{"address in a boundary", response(`<serviceBoundary profile="civic"><ca:civicAddress><ca:country>USA</ca:country></ca:civicAddress></serviceBoundary>`, "", ""), lost.ErrCountry},
		{"position in a boundary", response(`<serviceBoundary profile="geodetic-2d"><gs:Circle srsName="x"/></serviceBoundary>`, "", ""), lost.ErrReference},
		{"open polygon", response(`<serviceBoundary><gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326"><gml:exterior><gml:LinearRing><gml:posList>1 1 2 2 3 1 1 2</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></serviceBoundary>`, "", ""), lost.ErrShape},
		{"similar address", response("", `<rli:similarLocation><ca:civicAddress><ca:RD>`+"\u200b"+`</ca:RD></ca:civicAddress></rli:similarLocation>`, ""), telephony.ErrText},
		{"key of a boundary", response("<serviceBoundaryReference source='lost.fernhill.example' key='a\u202eb'/>", "", ""), lost.ErrAnswer},
		{"complete address", response("", `<valid>ca:RD</valid><rli:completeLocation><ca:civicAddress><ca:country>USA</ca:country></ca:civicAddress></rli:completeLocation>`, ""), lost.ErrCountry},
		{"element twice", response("", `<valid>ca:RD</valid><rli:similarLocation><ca:civicAddress><ca:A3>a</ca:A3><ca:A3>b</ca:A3></ca:civicAddress></rli:similarLocation>`, ""), lost.ErrRepeated},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := find(answering(t, c.body))
			if err != nil || len(found.Mappings) != 1 || len(found.Ignored) != 1 || !errors.Is(found.Ignored[0], c.want) {
				t.Fatalf("%v, ignored %v, %v, want %s", found, found.Ignored, err, c.want)
			}
			m, v := found.Mappings[0], found.Validation
			if m.Number != "" || len(m.Names)+len(m.Boundaries)+len(v.Complete)+len(v.Similar) > 0 || m.Reference != (lost.BoundaryReference{}) {
				t.Errorf("%+v, %+v", m, v)
			}
		})
	}
}

// TestExtrasBesideGood: one that is not what it should be does not hide another
// that is, nor does a validation count for less.
func TestExtrasBesideGood(t *testing.T) {
	body := response(`<displayName>`+"\u202e"+`</displayName><displayName>Fernhill 911</displayName><uri>sip:sos@psap.example</uri>`,
		`<valid>ca:country ca:A1 ca:RD</valid><invalid>ca:A3</invalid>
		<rli:similarLocation><ca:civicAddress><ca:A3>`+"\u202e"+`</ca:A3></ca:civicAddress></rli:similarLocation>
		<rli:similarLocation><location id="s" profile="civic"><ca:civicAddress><ca:A3>Fernhall</ca:A3></ca:civicAddress></location></rli:similarLocation>`, "")
	answer, err := answering(t, body).Validate(t.Context(), asked())
	if err != nil || answer.Dispatch.Name != "Fernhill 911" || !answer.Confirmed.Has(emergency.FieldStreet) ||
		!slices.Equal(answer.Candidates, []emergency.Candidate{{Field: emergency.FieldCity, Value: "Fernhall"}}) {
		t.Errorf("%+v, %+v, %v", answer.Dispatch, answer.Candidates, err)
	}
}
