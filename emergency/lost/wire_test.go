package lost_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/grammartest"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
	"github.com/google/go-cmp/cmp"
)

// A recorder keeps what goes over the wire, both ways.
type recorder struct {
	next http.Handler

	mu       sync.Mutex
	requests []*http.Request
	queries  [][]byte
	answers  [][]byte
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	rec := httptest.NewRecorder()
	r.next.ServeHTTP(rec, req)
	r.mu.Lock()
	r.requests = append(r.requests, req)
	r.answers = append(r.answers, slices.Clone(rec.Body.Bytes()))
	r.mu.Unlock()
	for k, v := range rec.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write(rec.Body.Bytes())
}

// square is an area around Fernhill.
func square() []emergency.Position {
	return []emergency.Position{position(47.6, -122.4), position(47.6, -122.3), position(47.7, -122.3), position(47.7, -122.4), position(47.6, -122.4)}
}

// TestQueriesByGrammar asks all four queries, in all their forms, of a server
// that has all kinds of answers. What is sent is valid by the grammar of
// [RFC 5222], both ways, and comes with the header fields it asks for.
func TestQueriesByGrammar(t *testing.T) {
	server := losttest.New(newStreets(t))
	server.Expiry = lost.ExpiresAt(noon)
	server.Locate = func(emergency.Position) (emergency.Dispatch, bool) { return psap1, true }
	disc, err := pidflo.Circle(position(47.65, -122.35), 5000)
	if err != nil {
		t.Fatal(err)
	}
	server.Boundaries = map[string][]lost.Boundary{"psap-1": {
		{Profile: "civic", Civic: []pidflo.Civic{{Address: emergency.Address{Country: "US", State: "WA", City: "Fernhill"}}}},
		{Profile: "geodetic-2d", Polygons: [][]emergency.Position{square()}, Circles: []pidflo.Shape{disc}},
	}}
	wire := &recorder{next: server}
	server.Received = func(body []byte) {
		wire.mu.Lock()
		defer wire.mu.Unlock()
		wire.queries = append(wire.queries, slices.Clone(body))
	}
	web := httptest.NewServer(wire)
	defer web.Close()
	client := newClient(t, lost.Config{Server: web.URL})
	ctx := t.Context()

	here := lost.Civic(asked(), emergency.Location{Floor: "2", Place: "east <wing> & stairs"})
	misspelt := asked()
	misspelt.City = "Fernhlil"
	canada := emergency.Address{Country: "CA", State: "BC", City: "Victoria", Street: "Elm", HouseNumber: "1"}
	queries := []func() error{
		func() error {
			_, err := client.FindService(ctx, lost.FindService{Location: here, Validate: true})
			return err
		},
		func() error {
			_, err := client.FindService(ctx, lost.FindService{Location: lost.Civic(misspelt, emergency.Location{}), Validate: true, Boundary: lost.BoundaryByValue})
			return err
		},
		func() error {
			_, err := client.FindService(ctx, lost.FindService{Location: lost.Civic(canada, emergency.Location{}), Validate: true})
			return err
		},
		func() error {
			_, err := client.FindService(ctx, lost.FindService{Location: lost.Geodetic(pidflo.Point(position(47.61, -122.33)))})
			return err
		},
		func() error {
			_, err := client.FindService(ctx, lost.FindService{Location: lost.Geodetic(disc), Service: "urn:service:sos.gas"})
			return err
		},
		func() error { _, err := client.ListServices(ctx, ""); return err },
		func() error { _, err := client.ListServices(ctx, lost.ServiceSOS); return err },
		func() error { _, err := client.ListServicesByLocation(ctx, here, ""); return err },
		func() error {
			_, err := client.ListServicesByLocation(ctx, lost.Geodetic(disc), lost.ServiceSOS)
			return err
		},
		func() error { _, err := client.ServiceBoundary(ctx, lost.BoundaryReference{Key: "psap-1"}); return err },
	}
	for i, ask := range queries {
		if err := ask(); err != nil {
			t.Fatalf("query %d: %v", i, err)
		}
	}
	for _, misbehave := range []losttest.Behaviour{losttest.ValidationUnavailable(), losttest.DefaultMapping(),
		losttest.Fail("badRequest", "SRSInvalid"), losttest.Redirect("east.example")} {
		server.Behave(misbehave)
		_ = queries[0]()
	}
	if len(wire.queries) != 14 || len(wire.answers) != 14 {
		t.Fatalf("%d queries, %d answers", len(wire.queries), len(wire.answers))
	}
	for i := range wire.queries {
		grammartest.Check(t, grammartest.LoST, wire.queries[i])
		grammartest.Check(t, grammartest.LoST, wire.answers[i])
		h := wire.requests[i].Header
		if h.Get("Content-Type") != "application/lost+xml;charset=utf-8" || h.Get("Cache-Control") != "no-cache" || wire.requests[i].Method != "POST" {
			t.Errorf("query %d: %s %v", i, wire.requests[i].Method, h)
		}
	}
}

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
		{"expiry", replace(response("", "", ""), "2026-11-22T13:00:00Z", "tomorrow"), lost.ErrAnswer},
		{"update", replace(response("", "", ""), "2026-11-01T00:00:00Z", "yesterday"), lost.ErrAnswer},
		{"URI", response(`<uri>psap</uri>`, "", ""), lost.ErrAnswer},
		{"number", response(`<serviceNumber>nine</serviceNumber>`, "", ""), lost.ErrAnswer},
		{"service", response(`<service>police</service>`, "", ""), lost.ErrAnswer},
		{"name that turns round", response("<displayName>a\u202eb</displayName>", "", ""), lost.ErrAnswer},
		{"redirect to nowhere", `<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="here" source="lost.fernhill.example"/>`, lost.ErrAnswer},
		{"redirect that cannot be resolved", `<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="east.example" source="lost.fernhill.example"/>`, lost.ErrUnresolved},
		{"address in a boundary", response(`<serviceBoundary profile="civic"><ca:civicAddress><ca:country>USA</ca:country></ca:civicAddress></serviceBoundary>`, "", ""), lost.ErrCountry},
		{"position in a boundary", response(`<serviceBoundary profile="geodetic-2d"><gs:Circle srsName="x"/></serviceBoundary>`, "", ""), lost.ErrReference},
		{"open polygon", response(`<serviceBoundary><gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326"><gml:exterior><gml:LinearRing><gml:posList>1 1 2 2 3 1 1 2</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></serviceBoundary>`, "", ""), lost.ErrShape},
		{"similar address", response("", `<rli:similarLocation><ca:civicAddress><ca:RD>`+"\u200b"+`</ca:RD></ca:civicAddress></rli:similarLocation>`, ""), telephony.ErrText},
	} {
		t.Run(c.name, func(t *testing.T) {
			if found, err := find(answering(t, c.body)); !errors.Is(err, c.want) {
				t.Errorf("%v, %v, want %s", found, err, c.want)
			}
		})
	}
}

// TestServices lists what a server offers, all and by place.
func TestServices(t *testing.T) {
	server, client := serve(t, nil)
	server.Locate = func(p emergency.Position) (emergency.Dispatch, bool) { return psap1, p == position(1, 2) }
	here := lost.Geodetic(pidflo.Point(position(1, 2)))
	for _, ask := range []func(string) ([]string, error){
		func(s string) ([]string, error) { return client.ListServices(t.Context(), s) },
		func(s string) ([]string, error) { return client.ListServicesByLocation(t.Context(), here, s) },
	} {
		top, err := ask("")
		if err != nil || !slices.Equal(top, []string{"urn:service:sos"}) {
			t.Errorf("%v, %v", top, err)
		}
		below, err := ask("urn:service:sos")
		if err != nil || !slices.Equal(below, []string{"urn:service:sos.fire", "urn:service:sos.police"}) {
			t.Errorf("%v, %v", below, err)
		}
		if none, err := ask("urn:service:sos.fire"); err != nil || len(none) != 0 {
			t.Errorf("%v, %v", none, err)
		}
		if _, err := ask("fire"); !errors.Is(err, lost.ErrService) {
			t.Errorf("%v", err)
		}
	}
	found, err := client.FindService(t.Context(), lost.FindService{Location: here, Service: "urn:service:sos.gas"})
	if err != nil || !found.Warned(lost.ErrServiceSubstituted) || found.Mappings[0].Service != lost.ServiceSOS {
		t.Errorf("%+v, %v", found.Mappings, err)
	}
	server.Locate = nil
	var fault *lost.Fault
	if _, err := client.ListServicesByLocation(t.Context(), here, ""); !errors.As(err, &fault) ||
		fault.Code != lost.ErrProfileUnrecognised || !slices.Equal(fault.Profiles, []string{"geodetic-2d"}) {
		t.Errorf("%v, %+v", err, fault)
	}
}

// TestServiceBoundary reads an area, and asks the server that has it.
func TestServiceBoundary(t *testing.T) {
	server := losttest.New(newStreets(t))
	disc, err := pidflo.Circle(position(47.65, -122.35), 5000)
	if err != nil {
		t.Fatal(err)
	}
	want := []lost.Boundary{
		{Profile: "civic", Civic: []pidflo.Civic{{Language: "en", Address: emergency.Address{Country: "US", State: "WA"}}}},
		{Profile: "geodetic-2d", Polygons: [][]emergency.Position{square()}, Circles: []pidflo.Shape{disc}},
	}
	server.Boundaries = map[string][]lost.Boundary{"psap-1": want}
	url := server.Start(t)
	elsewhere := losttest.New(newStreets(t)).Start(t)
	client := newClient(t, lost.Config{Server: elsewhere, Resolver: lost.StaticResolver{"lost.fernhill.example": url}})
	got, err := client.ServiceBoundary(t.Context(), lost.BoundaryReference{Source: "Lost.Fernhill.Example", Key: "psap-1"})
	if diff := cmp.Diff(want, got, byValue, cmp.Comparer(func(a, b pidflo.Shape) bool { return a == b })); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if _, err := client.ServiceBoundary(t.Context(), lost.BoundaryReference{Key: "psap-1"}); !errors.Is(err, lost.ErrNotFound) {
		t.Errorf("the client's own server: %v", err)
	}
	if _, err := client.ServiceBoundary(t.Context(), lost.BoundaryReference{}); !errors.Is(err, lost.ErrBoundaryKey) {
		t.Errorf("no key: %v", err)
	}
	_, err = answering(t, `<getServiceBoundaryResponse xmlns="urn:ietf:params:xml:ns:lost1"/>`).ServiceBoundary(t.Context(), lost.BoundaryReference{Key: "x"})
	if !errors.Is(err, lost.ErrAnswer) {
		t.Errorf("no boundary: %v", err)
	}
}

// TestQueryRefused: what is wrong with a query is all told, before anybody is
// asked.
func TestQueryRefused(t *testing.T) {
	server, client := serve(t, nil)
	bad := asked()
	bad.Country, bad.Street = "USA", "\x00"
	for _, c := range []struct {
		query lost.FindService
		want  []telephony.Code
	}{
		{lost.FindService{}, []telephony.Code{lost.ErrLocation}},
		{lost.FindService{Location: lost.Civic(emergency.Address{Position: position(1, 2)}, emergency.Location{})}, []telephony.Code{lost.ErrLocation}},
		{lost.FindService{Location: lost.Geodetic(pidflo.Shape{})}, []telephony.Code{lost.ErrLocation}},
		{lost.FindService{Location: lost.Civic(bad, emergency.Location{}), Service: "x"}, []telephony.Code{lost.ErrCountry, telephony.ErrText, lost.ErrService}},
	} {
		_, err := client.FindService(context.Background(), c.query)
		var e *telephony.Error
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		var got []telephony.Code
		for _, reason := range e.All() {
			got = append(got, reason.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
	if server.Queries() != 0 {
		t.Errorf("%d queries were sent", server.Queries())
	}
}
