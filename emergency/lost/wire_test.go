package lost_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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

// allQueries are the four queries in all their forms.
func allQueries(ctx context.Context, client *lost.Client, disc pidflo.Shape) []func() error {
	here := lost.Civic(asked(), emergency.Location{Floor: "2", Place: "east <wing> & stairs"})
	misspelt := asked()
	misspelt.City = "Fernhlil"
	canada := emergency.Address{Country: "CA", State: "BC", City: "Victoria", Street: "Elm", HouseNumber: "1"}
	return []func() error{
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
	client := newClient(t, lost.Config{Server: web.URL, Now: func() time.Time { return noon }})
	queries := allQueries(t.Context(), client, disc)
	for i, ask := range queries {
		if err := ask(); err != nil {
			t.Fatalf("query %d: %v", i, err)
		}
	}
	faults := strings.Fields("badRequest forbidden internalError locationInvalid SRSInvalid loop notFound serverError serverTimeout serviceNotImplemented")
	misbehaviours := []losttest.Behaviour{losttest.ValidationUnavailable(), losttest.DefaultMapping(), losttest.Warn("serviceSubstitution"),
		losttest.Fail(faults...), losttest.Redirect("east.example")}
	for _, fault := range faults {
		misbehaviours = append(misbehaviours, losttest.Fail(fault), losttest.Warn(fault))
	}
	for _, misbehave := range misbehaviours {
		server.Behave(misbehave)
		_ = queries[0]()
	}
	server.Behave(losttest.Behaviour{})
	server.Locate = nil // so that the kind of location is not known
	if err := queries[3](); !errors.Is(err, lost.ErrProfileUnrecognised) {
		t.Errorf("a kind of location that is not known: %v", err)
	}
	if want := len(queries) + len(misbehaviours) + 1; len(wire.queries) != want || len(wire.answers) != want {
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

// TestAdditionalLocationsByGrammar: the addresses that a server offers beside an
// answer are an extension where the grammar of [RFC 5222] has room for one. The
// attribute by which they are asked for has none there, so it is left out of a
// query that does not ask.
func TestAdditionalLocationsByGrammar(t *testing.T) {
	wire := &recorder{next: losttest.New(newStreets(t))}
	web := httptest.NewServer(wire)
	defer web.Close()
	client := newClient(t, lost.Config{Server: web.URL, AdditionalLocations: true})
	misspelt, short := asked(), asked()
	misspelt.City, short.PostDirectional = "Fernhlil", ""
	for _, a := range []emergency.Address{misspelt, short} {
		answer, err := client.Validate(t.Context(), a)
		if err != nil || len(answer.Candidates) == 0 && answer.Complete == (emergency.Address{}) {
			t.Errorf("nothing is offered: %+v, %v", answer, err)
		}
	}
	for _, answer := range wire.answers {
		grammartest.Check(t, grammartest.LoST, answer)
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
	_, err = answering(t, `<getServiceBoundaryResponse xmlns="urn:ietf:params:xml:ns:lost1"><serviceBoundary profile="geodetic-2d">
	  <gs:Circle xmlns:gs="http://www.opengis.net/pidflo/1.0" srsName="x"/></serviceBoundary></getServiceBoundaryResponse>`).ServiceBoundary(t.Context(), lost.BoundaryReference{Key: "x"})
	if !errors.Is(err, lost.ErrReference) {
		t.Errorf("a boundary that cannot be read: %v", err)
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
