package lost_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is the time of all tests.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

var (
	psap1 = emergency.Dispatch{ID: "psap-1", Name: "Fernhill 911", URI: "sip:sos@psap.fernhill.example"}
	psap2 = emergency.Dispatch{ID: "psap-2", Name: "Oakdale 911", URI: "sip:sos@psap.oakdale.example"}
	last  = emergency.Dispatch{ID: "psap-0", Name: "State police", URI: "sip:sos@state.example"}
)

// newStreets is a small place of fiction.
func newStreets(tb testing.TB) *emergency.Streets {
	tb.Helper()
	streets := emergency.NewStreets("fernhill-streets")
	for _, s := range []emergency.Street{
		{City: "Fernhill", County: "King", PostalCodes: []string{"98099"}, Name: "5th", Suffix: "Ave", PostDirectional: "NE", Low: 400, High: 498, Parity: emergency.EvenSide, Dispatch: psap1},
		{City: "Fernhill", County: "King", PostalCodes: []string{"98099"}, Name: "Oak", Suffix: "St", Low: 1, High: 999, Dispatch: psap1},
		{City: "Oakdale", PostalCodes: []string{"98100"}, Name: "Oak", Suffix: "Ave", Low: 1, High: 999, Dispatch: psap2},
	} {
		s.Country, s.State = "US", "WA"
		if err := streets.Add(s); err != nil {
			tb.Fatal(err)
		}
	}
	streets.SetDefault("CA", last)
	return streets
}

// asked is an address that the streets know.
func asked() emergency.Address {
	return emergency.Address{Country: "US", State: "WA", City: "Fernhill", HouseNumber: "410",
		Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE", PostalCode: "98099"}
}

func position(lat, lon float64) emergency.Position {
	p, err := emergency.NewPosition(lat, lon)
	if err != nil {
		panic(err)
	}
	return p
}

// newClient returns a client of a server with connections of its own, which end
// with the test.
func newClient(tb testing.TB, c lost.Config) *lost.Client {
	tb.Helper()
	client, err := lost.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(client.Close)
	return client
}

// serve starts a server over the streets and returns it and a client of it.
func serve(tb testing.TB, change func(*lost.Config)) (*losttest.Server, *lost.Client) {
	tb.Helper()
	server := losttest.New(newStreets(tb))
	config := lost.Config{Server: server.Start(tb), Now: func() time.Time { return noon }}
	if change != nil {
		change(&config)
	}
	return server, newClient(tb, config)
}

// A canned transport answers every query with one body.
type canned struct {
	contentType string
	body        []byte
}

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	w := newRecorder()
	w.Header().Set("Content-Type", c.contentType)
	_, _ = w.Write(c.body)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// answering returns a client that is given one answer to every query.
func answering(tb testing.TB, body string) *lost.Client {
	tb.Helper()
	return newClient(tb, lost.Config{Server: "http://lost.fernhill.example/",
		HTTP: &http.Client{Transport: canned{lost.MediaType, []byte(body)}}, Now: func() time.Time { return noon }})
}

// find asks about the address, to be validated.
func find(client *lost.Client) (lost.Found, error) {
	return client.FindService(context.Background(), lost.FindService{Location: lost.Civic(asked(), emergency.Location{}), Validate: true})
}

// drawAddress draws an address of the streets, or one with something wrong.
func drawAddress(t *rapid.T) emergency.Address {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	a := emergency.Address{
		State: pick("state", "WA", "WA", "WA", "OR"), City: pick("city", "Fernhill", "Fernhlil", "Oakdale", "Elsewhere", ""),
		Street: pick("street", "5th", "Oak", "Elm"), StreetSuffix: pick("suffix", "Ave", "St", ""), PostDirectional: pick("post", "NE", "NE", "", "SW"),
		HouseNumber: pick("number", "410", "411", "12", "5000"), PostalCode: pick("code", "98099", "98100", "98101", ""),
	}
	a.Country = "US"
	if rapid.IntRange(0, 9).Draw(t, "in Canada") == 0 {
		a.Country, a.State, a.PostalCode = "CA", "BC", "V8X 3X4"
	}
	return a
}
