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
