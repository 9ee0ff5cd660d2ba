package lost_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"
)

func contains(body []byte, s string) bool { return bytes.Contains(body, []byte(s)) }

// client returns an HTTP client that is given one answer.
func (c canned) client() *http.Client { return &http.Client{Transport: c} }

// mapping is the mapping of an answer, with more inside it.
func mapping(more string) string {
	return `<mapping expires="2026-11-22T13:00:00Z" lastUpdated="2026-11-01T00:00:00Z" source="lost.fernhill.example" sourceId="psap-1">` + more + `</mapping>`
}

// response is an answer to findService: more in the mapping, the lists of the
// validation, and what follows.
func response(inMapping, validation, rest string) string {
	if validation != "" {
		validation = `<locationValidation>` + validation + `</locationValidation>`
	}
	return `<findServiceResponse xmlns="urn:ietf:params:xml:ns:lost1" xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"
  xmlns:rli="urn:ietf:params:xml:ns:lost-rli1" xmlns:gml="http://www.opengis.net/gml" xmlns:gs="http://www.opengis.net/pidflo/1.0">` +
		mapping(inMapping) + validation + `<path><via source="lost.fernhill.example"/></path>` + rest + `</findServiceResponse>`
}

// A clock is set by hand.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time               { return c.now }
func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

const hour = time.Hour

// replace changes a body, and panics if there is nothing to change.
func replace(body, from, to string) string {
	if !strings.Contains(body, from) {
		panic("nothing to replace: " + from)
	}
	return strings.Replace(body, from, to, 1)
}

// A straight transport hands a query to a handler, without a network.
type straight struct{ handler http.Handler }

func (s straight) RoundTrip(r *http.Request) (*http.Response, error) {
	w := newRecorder()
	s.handler.ServeHTTP(w, r)
	return w.Result(), nil
}

func direct(h http.Handler) *http.Client { return &http.Client{Transport: straight{h}} }
