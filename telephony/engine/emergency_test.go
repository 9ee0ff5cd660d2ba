package engine_test

import (
	"errors"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestEmergencyCall: a call from a number has the number's location with the
// centre that serves it, and goes where the country has it go.
func TestEmergencyCall(t *testing.T) {
	s := newScene(t)
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.adeles, Location: s.floor.ID}))
	call, err := s.view().EmergencyCall(s.adeles)
	s.must(err)
	want := s.us.Record.Whereabouts(s.floor.Place)
	if call != (emergency.Call{Number: s.adeles, Country: "US", Registered: want}) || want.Dispatch.ID != "psap" {
		t.Errorf("%v of %s: %+v", call.Registered, call.Country, call.Registered.Dispatch)
	}
	if r, err := emergency.RouteCall(call); err != nil || r.Source != emergency.LocationRegistered || !r.Screened || len(r.Warnings) > 0 {
		t.Errorf("%v, %v", r, err)
	}
	if call, err = s.view().EmergencyCall(s.toll[0]); err != nil || call != (emergency.Call{Number: s.toll[0], Country: "US"}) {
		t.Errorf("a number without a location: %v, %v", call.Registered, err)
	}
	if _, err = s.view().EmergencyCall(s.held.Numbers()[0]); !errors.Is(err, engine.ErrUnknownNumber) {
		t.Errorf("a number that is not the tenant's: %v", err)
	}
}

// TestMadeUpNumbers: with numbers of the calling code 999 and a street that
// nobody lives in all of it can be tried out, from the address to the person.
func TestMadeUpNumbers(t *testing.T) {
	streets := emergency.NewStreets("made up")
	if err := streets.Add(emergency.Street{Country: "ZZ", City: "Fernhill", Name: "Elm", Dispatch: emergency.Dispatch{ID: "psap"}}); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, engine.WithAuthority(streets))
	fernhill := telephony.Area{Country: "ZZ", City: "Fernhill"}
	w.stock(fernhill, telephony.UserNumber, "+999100000000..+999100999999")
	office := w.addressOf(w.org, emergency.Address{Country: "ZZ", City: "Fernhill", Street: "Elm", HouseNumber: "12"})
	numbers := w.acquire(engine.Reserve{Area: fernhill, Quantity: 2}, office.Default)
	w.person("adele.vance", "ZZ")
	w.must(w.org.Assign(w.ctx, engine.Assign{Number: numbers[0], Person: "adele.vance"}))
	if own, err := w.view().Own("adele.vance"); err != nil || own.Address.ID != office.ID {
		t.Errorf("at %v, %v", own.Address.ID, err)
	}
}
