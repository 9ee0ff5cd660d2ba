package lost_test

import (
	"errors"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"example.com/callingplan/telephony"
)

// TestMap: who serves the place of a call is what the server says, and where it
// says nothing the call has no route.
func TestMap(t *testing.T) {
	server, client := serve(t, nil)
	nowhere, abroad := asked(), emergency.Address{Country: "CA", State: "BC", City: "Victoria", Street: "Elm", HouseNumber: "1"}
	nowhere.Street = "Elm"
	for _, c := range []struct {
		name     string
		address  emergency.Address
		behave   losttest.Behaviour
		route    emergency.Route
		dispatch emergency.Dispatch
		number   string
		err      error
	}{
		{"served", asked(), losttest.Behaviour{}, emergency.RealRoute, psap1, "911", nil},
		{"last resort", abroad, losttest.Behaviour{}, emergency.DefaultRoute, last, "911", nil},
		{"warned of last resort", asked(), losttest.DefaultMapping(), emergency.DefaultRoute, psap1, "911", nil},
		{"no such street", nowhere, losttest.Behaviour{}, emergency.NoRoute, emergency.Dispatch{}, "", nil},
		{"no location", asked(), losttest.Fail("locationInvalid"), emergency.NoRoute, emergency.Dispatch{}, "", nil},
		{"no service", asked(), losttest.Fail("serviceNotImplemented"), emergency.NoRoute, emergency.Dispatch{}, "", nil},
		{"out of order", asked(), losttest.Fail("internalError"), emergency.NoRoute, emergency.Dispatch{}, "", lost.ErrInternal},
		{"busy", asked(), losttest.Status(503), emergency.NoRoute, emergency.Dispatch{}, "", lost.ErrBusy},
		{"nowhere to ask about", emergency.Address{}, losttest.Behaviour{}, emergency.NoRoute, emergency.Dispatch{}, "", lost.ErrLocation},
	} {
		t.Run(c.name, func(t *testing.T) {
			server.Behave(c.behave)
			before := emergency.Whereabouts{Address: c.address, Place: emergency.Location{Floor: "2"}, Status: emergency.Validated,
				Route: emergency.RealRoute, Dispatch: psap2, ServiceNumber: "112"}
			want := before
			want.Route, want.Dispatch, want.ServiceNumber = c.route, c.dispatch, c.number
			got, err := client.Map(t.Context(), before)
			if got != want || !errors.Is(err, c.err) {
				t.Errorf("route %v, %+v, dials %q, %v", got.Route, got.Dispatch, got.ServiceNumber, err)
			}
		})
	}
}

// TestMapSendsNoMoreThanItTakes: a position where that is all that is known, else
// the address; neither who is there nor where inside.
func TestMapSendsNoMoreThanItTakes(t *testing.T) {
	server, client := serve(t, nil)
	server.Locate = func(p emergency.Position) (emergency.Dispatch, bool) { return psap2, p == position(1, 2) }
	var sent []byte
	server.Received = func(body []byte) { sent = body }
	here := emergency.Address{Country: "US", Position: position(1, 2)}
	if got, err := client.Map(t.Context(), emergency.Whereabouts{Address: here}); err != nil || got.Dispatch != psap2 || !contains(sent, "geodetic-2d") {
		t.Errorf("a position: %+v, %v", got.Dispatch, err)
	}
	both := asked()
	both.Position, both.Company = position(1, 2), "Contoso Orchards"
	got, err := client.Map(t.Context(), emergency.Whereabouts{Address: both, Place: emergency.Location{Place: "east wing"}})
	if err != nil || got.Dispatch != psap1 || contains(sent, "Contoso") || contains(sent, "east wing") || contains(sent, "geodetic") {
		t.Errorf("both: %+v, %v\n%s", got.Dispatch, err, sent)
	}
}

// TestMappedCall: a mapping is what a route rests on.
func TestMappedCall(t *testing.T) {
	_, client := serve(t, nil)
	there, err := client.Map(t.Context(), emergency.Whereabouts{Address: asked(), Status: emergency.Validated})
	if err != nil {
		t.Fatal(err)
	}
	r, err := emergency.RouteCall(emergency.Call{Number: telephony.MustParse("+12065550100"), Country: "US", Dynamic: there})
	if err != nil || r.Dispatch != psap1 || r.Screened || r.ServiceNumber != "911" || len(r.Warnings) > 0 {
		t.Errorf("%v, %v", r, err)
	}
}

// TestMapOfNoURI: a mapping that does not say where calls go is no route, for a
// call cannot be sent there, and leaves the address as valid as it is.
func TestMapOfNoURI(t *testing.T) {
	without := response(`<displayName>Fernhill 911</displayName><serviceNumber>911</serviceNumber>`, `<valid>ca:RD</valid>`, "")
	client := answering(t, without)
	there, err := client.Map(t.Context(), emergency.Whereabouts{Address: asked(), Status: emergency.Validated})
	if err != nil || there.Route != emergency.NoRoute || there.Dispatch != (emergency.Dispatch{}) || there.ServiceNumber != "" {
		t.Errorf("%v, %+v, %v", there.Route, there.Dispatch, err)
	}
	if answer, err := client.Validate(t.Context(), asked()); err != nil || answer.Route != emergency.RealRoute || answer.Dispatch.Name != "Fernhill 911" {
		t.Errorf("validated: %v, %+v, %v", answer.Route, answer.Dispatch, err)
	}
	second := mapping(`<uri>sip:sos@psap.oakdale.example</uri><serviceNumber>112</serviceNumber>`)
	client = answering(t, replace(without, "<locationValidation>", second+"<locationValidation>"))
	there, err = client.Map(t.Context(), emergency.Whereabouts{Address: asked()})
	if err != nil || there.Route != emergency.RealRoute || there.Dispatch.URI != psap2.URI || there.ServiceNumber != "112" {
		t.Errorf("of two, one with a URI: %v, %+v, %v", there.Route, there.Dispatch, err)
	}
}
