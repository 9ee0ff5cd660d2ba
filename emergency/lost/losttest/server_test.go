package losttest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestWhatIsNoQuery: a server refuses what is none over HTTP, and what cannot be
// understood by the protocol [RFC 5222].
func TestWhatIsNoQuery(t *testing.T) {
	server := losttest.New(emergency.NewStreets("none"))
	url := server.Start(t)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for _, c := range []struct {
		method, contentType, body string
		status                    int
		says                      string
	}{
		{"GET", "", "", 405, ""},
		{"POST", "text/xml", "<a/>", 415, ""},
		{"POST", lost.MediaType, "{}", 200, "<badRequest "},
		{"POST", lost.MediaType, "<a/>", 200, "<badRequest "},
		{"POST", lost.MediaType, `<findService xmlns="urn:ietf:params:xml:ns:lost1"/>`, 200, "<badRequest "},
		{"POST", lost.MediaType, `<findService xmlns="urn:ietf:params:xml:ns:lost1"><location id="a" profile="prism"><x/></location></findService>`, 200, `<locationProfileUnrecognized unsupportedProfiles="prism"`},
		{"POST", lost.MediaType, `<getServiceBoundary xmlns="urn:ietf:params:xml:ns:lost1" key="x"/>`, 200, "<notFound "},
		{"POST", lost.MediaType, strings.Repeat(" ", 2<<20), 200, "<badRequest "},
	} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, url, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", c.contentType)
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != c.status || !strings.Contains(string(body), c.says) {
			t.Errorf("%s %s: %d %s", c.method, c.body[:min(len(c.body), 80)], resp.StatusCode, body)
		}
	}
}

// TestNumberToDial: a mapping has the emergency number of the address's country,
// and none where there is no telling.
func TestNumberToDial(t *testing.T) {
	streets := emergency.NewStreets("two countries")
	psap := emergency.Dispatch{ID: "psap", URI: "sip:sos@psap.example"}
	for _, street := range []emergency.Street{
		{Country: "US", State: "WA", City: "Fernhill", Name: "Oak", Suffix: "St", Dispatch: psap},
		{Country: "DE", City: "Farnberg", Name: "Eichenweg", Dispatch: psap},
		{Country: "ZZ", City: "Fernhill", Name: "Elm", Dispatch: psap},
	} {
		if err := streets.Add(street); err != nil {
			t.Fatal(err)
		}
	}
	server := losttest.New(streets)
	server.Locate = func(emergency.Position) (emergency.Dispatch, bool) { return psap, true }
	client, err := lost.New(lost.Config{Server: server.Start(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	here, err := emergency.NewPosition(1, 2)
	if err != nil {
		t.Fatal(err)
	}
	for want, a := range map[string]emergency.Address{
		"911": {Country: "US", State: "WA", City: "Fernhill", Street: "Oak", StreetSuffix: "St", HouseNumber: "1"},
		"112": {Country: "DE", City: "Farnberg", Street: "Eichenweg", HouseNumber: "1"},
		"":    {Country: "ZZ", City: "Fernhill", Street: "Elm", HouseNumber: "1"},
	} {
		if got, err := client.Map(t.Context(), emergency.Whereabouts{Address: a}); err != nil || got.Dispatch != psap || got.ServiceNumber != want {
			t.Errorf("%s: dials %q, %v", a.Country, got.ServiceNumber, err)
		}
	}
	if got, err := client.Map(t.Context(), emergency.Whereabouts{Address: emergency.Address{Country: "US", Position: here}}); err != nil || got.Dispatch != psap || got.ServiceNumber != "" {
		t.Errorf("a position: dials %q, %v", got.ServiceNumber, err)
	}
}
