package emergency_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// routeRules are the rules by country, as the service's page on emergency
// calling lists them [e911]; Puerto Rico is the module's decision.
var routeRules = map[emergency.RouteRule]string{
	emergency.RouteScreened:              "CA IE GB LU NZ",
	emergency.RouteScreenedUnlessDynamic: "US PR",
	emergency.RouteRegisteredAddress:     "BE DK FR DE IT SK ES SE CH",
	emergency.RouteNumberPrefix:          "AT HR EE LV LT NL PT SI ZA",
	emergency.RouteOperator:              "FI HU PL CZ RO SG",
	emergency.RouteNumberAddress:         "NO",
	emergency.RouteCarrier:               "AU",
	emergency.RouteUnsupported:           "JP",
}

func TestRouteRules(t *testing.T) {
	listed := map[telephony.Country]emergency.RouteRule{}
	for rule, countries := range routeRules {
		for c := range strings.FieldsSeq(countries) {
			listed[telephony.Country(c)] = rule
		}
	}
	for _, c := range append(emergency.SupportedCountries(), "ZZ", "") {
		if got := emergency.RouteRuleFor(c); got != listed[c] {
			t.Errorf("%q: %v, want %v", c, got, listed[c])
		}
		delete(listed, c)
	}
	if len(listed) > 0 {
		t.Errorf("without address rules: %v", listed)
	}
}

var (
	seattlePSAP = emergency.Dispatch{ID: "psap-1", Name: "Fernhill 911", URI: "sip:sos@psap.fernhill.example"}
	office      = emergency.Address{Country: "US", State: "WA", City: "Fernhill", Street: "5th", StreetSuffix: "Ave",
		PostDirectional: "NE", HouseNumber: "410", PostalCode: "98099"}
	mapped = emergency.Whereabouts{Address: office, Status: emergency.Validated, Route: emergency.RealRoute,
		Dispatch: seattlePSAP, ServiceNumber: "911"}
	called = telephony.MustParse("+14255550123")
)

func abroad(c telephony.Country) emergency.Whereabouts {
	w := mapped
	w.Address.Country = c
	return w
}

func TestRouteCall(t *testing.T) {
	last := mapped
	last.Route = emergency.DefaultRoute
	unmapped, draft := mapped, mapped
	unmapped.Route, unmapped.Dispatch, unmapped.ServiceNumber = 0, emergency.Dispatch{}, ""
	draft.Status = emergency.NotValidated
	nameless, unreachable := mapped, mapped // a route in name alone
	nameless.Dispatch, unreachable.Dispatch.URI = emergency.Dispatch{}, ""
	elsewhere := mapped
	elsewhere.Dispatch, elsewhere.ServiceNumber = emergency.Dispatch{ID: "psap-2", URI: "sip:sos@psap.oakdale.example"}, "112"
	const dynamic, confirmed, registered = emergency.LocationDynamic, emergency.LocationConfirmed, emergency.LocationRegistered
	for name, test := range map[string]struct {
		call     emergency.Call
		screened bool
		source   emergency.LocationSource
		dispatch emergency.Dispatch
		dials    string
		warnings []telephony.Code
	}{
		"US dynamic":                                  {emergency.Call{Country: "US", Dynamic: mapped}, false, dynamic, seattlePSAP, "911", nil},
		"US registered":                               {emergency.Call{Country: "US", Registered: mapped}, true, registered, seattlePSAP, "911", nil},
		"US last resort":                              {emergency.Call{Country: "US", Dynamic: last}, true, dynamic, seattlePSAP, "911", []telephony.Code{emergency.ErrDefaultRoute}},
		"US without a mapping":                        {emergency.Call{Country: "US", Dynamic: unmapped}, true, dynamic, emergency.Dispatch{}, "911", []telephony.Code{emergency.ErrNoRoute}},
		"US without a URI":                            {emergency.Call{Country: "US", Dynamic: unreachable}, true, dynamic, unreachable.Dispatch, "911", []telephony.Code{emergency.ErrNoDispatchURI}},
		"US registered without a URI":                 {emergency.Call{Country: "US", Registered: unreachable}, true, registered, unreachable.Dispatch, "911", nil},
		"US without a centre":                         {emergency.Call{Country: "US", Dynamic: nameless}, true, dynamic, emergency.Dispatch{}, "911", []telephony.Code{emergency.ErrNoRoute}},
		"US unmapped, and registered elsewhere":       {emergency.Call{Country: "US", Dynamic: unmapped, Registered: elsewhere}, true, dynamic, elsewhere.Dispatch, "112", []telephony.Code{emergency.ErrNoRoute}},
		"US unmapped, confirmed and registered":       {emergency.Call{Country: "US", Dynamic: unmapped, Confirmed: elsewhere, Registered: mapped}, true, dynamic, elsewhere.Dispatch, "112", []telephony.Code{emergency.ErrNoRoute}},
		"US confirmed unmapped, registered elsewhere": {emergency.Call{Country: "US", Confirmed: unmapped, Registered: elsewhere}, true, confirmed, elsewhere.Dispatch, "112", []telephony.Code{emergency.ErrNoRoute}},
		"US unmapped, registered abroad":              {emergency.Call{Country: "US", Dynamic: unmapped, Registered: abroad("FR")}, true, dynamic, emergency.Dispatch{}, "911", []telephony.Code{emergency.ErrNoRoute}},
		"FR unmapped, and registered":                 {emergency.Call{Country: "FR", Dynamic: unmapped, Registered: abroad("FR")}, false, dynamic, emergency.Dispatch{}, "112", []telephony.Code{emergency.ErrCallLocationAbroad}},
		"US unknown":                                  {emergency.Call{Country: "US"}, true, 0, emergency.Dispatch{}, "911", []telephony.Code{emergency.ErrNoCallLocation}},
		"US abroad":                                   {emergency.Call{Country: "US", Dynamic: abroad("FR")}, true, dynamic, seattlePSAP, "911", []telephony.Code{emergency.ErrCallLocationAbroad}},
		"US not validated":                            {emergency.Call{Country: "US", Registered: draft}, true, registered, seattlePSAP, "911", []telephony.Code{emergency.ErrCallLocationNotValidated}},
		"GB dynamic":                                  {emergency.Call{Country: "GB", Dynamic: abroad("GB")}, true, dynamic, seattlePSAP, "911", nil},
		"FR registered":                               {emergency.Call{Country: "FR", Registered: abroad("FR")}, false, registered, emergency.Dispatch{}, "112", nil},
		"FR nothing registered":                       {emergency.Call{Country: "FR", Dynamic: abroad("FR")}, false, dynamic, emergency.Dispatch{}, "112", []telephony.Code{emergency.ErrNoRegisteredLocation}},
		"NO nothing registered":                       {emergency.Call{Country: "NO", Dynamic: abroad("NO")}, false, dynamic, emergency.Dispatch{}, "112", []telephony.Code{emergency.ErrNoRegisteredLocation}},
		"NL by prefix":                                {emergency.Call{Country: "NL", Dynamic: abroad("NL")}, false, dynamic, emergency.Dispatch{}, "112", nil},
		"AU by carrier":                               {emergency.Call{Country: "AU", Registered: abroad("AU")}, false, registered, emergency.Dispatch{}, "000", nil},
		"SG operator, abroad, not validated": {emergency.Call{Country: "SG", Confirmed: draft}, false, emergency.LocationConfirmed, emergency.Dispatch{}, "999",
			[]telephony.Code{emergency.ErrCallLocationAbroad, emergency.ErrCallLocationNotValidated}},
	} {
		t.Run(name, func(t *testing.T) {
			test.call.Number = called
			r, err := emergency.RouteCall(test.call)
			if err != nil {
				t.Fatal(err)
			}
			if r.Screened != test.screened || r.Source != test.source || r.Dispatch != test.dispatch || r.ServiceNumber != test.dials {
				t.Errorf("screened %v, %v, %v, dials %s\n%v", r.Screened, r.Source, r.Dispatch, r.ServiceNumber, r)
			}
			var got []telephony.Code
			for _, w := range r.Warnings {
				got = append(got, w.Code)
			}
			if !slices.Equal(got, test.warnings) {
				t.Errorf("warned of %v, want %v", got, test.warnings)
			}
		})
	}
}

// TestLocationsCountInOrder: whatever is known, the best of it counts [e911].
func TestLocationsCountInOrder(t *testing.T) {
	at := func(known bool, city string) emergency.Whereabouts {
		if !known {
			return emergency.Whereabouts{}
		}
		w := mapped
		w.Address.City = city
		return w
	}
	for known := range 16 {
		call := emergency.Call{Number: called, Country: "US", Dynamic: at(known&1 > 0, "a"), Confirmed: at(known&2 > 0, "b"),
			Suggested: at(known&4 > 0, "c"), Registered: at(known&8 > 0, "d")}
		best := ""
		for i, city := range []string{"a", "b", "c", "d"} {
			if known&(1<<i) > 0 && best == "" {
				best = city
			}
		}
		r, err := emergency.RouteCall(call)
		if err != nil || r.Location.Address.City != best {
			t.Errorf("of %04b, %q counts, want %q", known, r.Location.Address.City, best)
		}
		if straight := known&1 > 0; r.Screened == straight {
			t.Errorf("of %04b, screened is %v", known, r.Screened)
		}
	}
}

func TestRouteCallRefuses(t *testing.T) {
	for _, test := range []struct {
		call emergency.Call
		want telephony.Code
	}{
		{emergency.Call{Country: "xx"}, emergency.ErrCallNumber},
		{emergency.Call{Number: called, Country: "xx"}, telephony.ErrCountry},
		{emergency.Call{Number: called, Country: "JP"}, emergency.ErrRoutingUnsupported},
		{emergency.Call{Number: called, Country: "BR"}, emergency.ErrRoutingUnknown},
		{emergency.Call{Number: called, Country: "AQ"}, emergency.ErrRoutingUnknown},
	} {
		r, err := emergency.RouteCall(test.call)
		var e *telephony.Error
		if !errors.As(err, &e) || e.Code != test.want || r.Rule != 0 {
			t.Errorf("%v: got %v, want %q", test.call.Country, err, test.want)
		}
	}
}

// The callback number is the location's own, then the address's, then the one
// called from.
func TestRouteCallBack(t *testing.T) {
	w := mapped
	route := func() telephony.Number {
		r, err := emergency.RouteCall(emergency.Call{Number: called, Country: "US", Dynamic: w})
		if err != nil {
			t.Fatal(err)
		}
		return r.CallBack
	}
	if got := route(); got != called {
		t.Errorf("the number's: %v", got)
	}
	w.Address.ELIN = "+14255550111"
	if got := route(); got != telephony.MustParse("+14255550111") {
		t.Errorf("the address's: %v", got)
	}
	w.Place.ELIN = "+14255550112"
	if got := route(); got != telephony.MustParse("+14255550112") {
		t.Errorf("the location's: %v", got)
	}
}

// TestRouteDisclosesNothing prints routes in every way.
func TestRouteDisclosesNothing(t *testing.T) {
	w := mapped
	w.Place = emergency.Location{Place: "east wing", ELIN: "4255550111"}
	w.Status, w.Route = emergency.NotValidated, emergency.DefaultRoute
	w.Address.Country = "FR"
	r, err := emergency.RouteCall(emergency.Call{Number: called, Country: "US", Registered: w})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Warnings) != 3 {
		t.Errorf("%d warnings, want 3", len(r.Warnings))
	}
	for _, text := range []string{r.String(), fmt.Sprintf("%v %+v %#v", r, r, r), r.LogValue().String(),
		fmt.Sprintf("%v %+v %#v", w, w, w), w.LogValue().String()} {
		for _, secret := range []string{"4255550", "Fernhill,", "5th", "410", "98099", "east wing"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q discloses %q", text, secret)
			}
		}
	}
	for _, part := range []string{"911", "registered", "screening operator", "psap-1", "because:", "warning:"} {
		if !strings.Contains(r.String(), part) {
			t.Errorf("%q is not said", part)
		}
	}
}

// TestRouteDials: what was dialled, where it is a number of the country; the
// mapping's own where there is one; else the country's first.
func TestRouteDials(t *testing.T) {
	for _, c := range []struct {
		country telephony.Country
		spec    emergency.DialPlanSpec
		dialled string
		where   emergency.Whereabouts
		want    string
	}{
		{"DE", emergency.DialPlanSpec{}, "110", emergency.Whereabouts{}, "110"},
		{"DE", emergency.DialPlanSpec{}, "112", emergency.Whereabouts{}, "112"},
		{"NO", emergency.DialPlanSpec{}, "113", emergency.Whereabouts{}, "113"},
		{"NO", emergency.DialPlanSpec{}, "", emergency.Whereabouts{}, "112"},
		{"US", emergency.DialPlanSpec{Further: []string{"112"}}, "112", emergency.Whereabouts{}, "911"},
		{"GB", emergency.DialPlanSpec{AccessPrefixes: []string{"9"}}, "9112", emergency.Whereabouts{}, "112"},
		{"GB", emergency.DialPlanSpec{}, "112", abroad("GB"), "911"}, // the mapping's
	} {
		c.spec.Country = c.country
		plan, err := emergency.NewDialPlan(c.spec)
		if err != nil {
			t.Fatal(err)
		}
		r, err := emergency.RouteCall(emergency.Call{Number: called, Country: c.country, Dialled: plan.Recognise(c.dialled).Number, Registered: c.where})
		if err != nil || r.ServiceNumber != c.want {
			t.Errorf("%s, %q: dials %q, %v", c.country, c.dialled, r.ServiceNumber, err)
		}
	}
}

// TestRecordWhereabouts: an address that was accepted has the dispatch centre it
// was accepted with, and no other has one.
func TestRecordWhereabouts(t *testing.T) {
	place := emergency.Location{Floor: "2"}
	accepted := emergency.Record{Address: office, Status: emergency.Validated, Dispatch: seattlePSAP}
	refused, formOnly := accepted, accepted
	refused.Status, formOnly.Dispatch = emergency.Invalid, emergency.Dispatch{}
	for _, c := range []struct {
		record emergency.Record
		want   emergency.Whereabouts
	}{
		{accepted, emergency.Whereabouts{Address: office, Place: place, Status: emergency.Validated, Route: emergency.RealRoute, Dispatch: seattlePSAP}},
		{refused, emergency.Whereabouts{Address: office, Place: place, Status: emergency.Invalid}},
		{formOnly, emergency.Whereabouts{Address: office, Place: place, Status: emergency.Validated}},
	} {
		if got := c.record.Whereabouts(place); got != c.want {
			t.Errorf("route %v, %+v, %v", got.Route, got.Dispatch, got)
		}
	}
}

// TestRouteNamesTheCentre: by its identifier, or where it has none by its URI.
func TestRouteNamesTheCentre(t *testing.T) {
	w := mapped
	for id, want := range map[string]string{"psap-1": "dispatch centre psap-1", "": "dispatch centre sip:sos@psap.fernhill.example"} {
		w.Dispatch.ID = id
		r, err := emergency.RouteCall(emergency.Call{Number: called, Country: "US", Dynamic: w})
		if err != nil || !slices.Contains(r.Lines(), "answered by: "+want) {
			t.Errorf("%q: %v, %v", id, r, err)
		}
	}
}

// TestAnyCallIsRouted: a call from a supported country is always routed, never
// straight unless dynamically located in the country with a centre of its own
// that can be reached, and always says why.
func TestAnyCallIsRouted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		where := rapid.Custom(func(t *rapid.T) emergency.Whereabouts {
			if rapid.Bool().Draw(t, "unknown") {
				return emergency.Whereabouts{}
			}
			w := abroad(rapid.SampledFrom([]telephony.Country{"US", "FR", "GB", ""}).Draw(t, "country"))
			w.Status = emergency.ValidationState(rapid.IntRange(0, 2).Draw(t, "status"))
			w.Route = emergency.Route(rapid.IntRange(0, 2).Draw(t, "route"))
			w.Dispatch.URI = rapid.SampledFrom([]string{"", seattlePSAP.URI}).Draw(t, "uri")
			return w
		})
		c := emergency.Call{Number: called, Country: rapid.SampledFrom([]telephony.Country{"US", "FR", "GB", "NL"}).Draw(t, "number's"),
			Dynamic: where.Draw(t, "dynamic"), Confirmed: where.Draw(t, "confirmed"), Suggested: where.Draw(t, "suggested"), Registered: where.Draw(t, "registered")}
		r, err := emergency.RouteCall(c)
		if err != nil || len(r.Reasons) < 2 || r.ServiceNumber == "" {
			t.Fatalf("%v, %v", r, err)
		}
		guessed := r.DispatchOf != 0 && r.DispatchOf != r.Source
		if guessed != (len(r.Reasons) == 3) || guessed && !r.Screened || (r.DispatchOf == 0) != (r.Dispatch == emergency.Dispatch{}) {
			t.Fatalf("the centre of the %v location: %v", r.DispatchOf, r)
		}
		straight := c.Country == "US" && c.Dynamic.Address.Country == "US" && c.Dynamic.Route == emergency.RealRoute && c.Dynamic.Dispatch.URI != ""
		screening := c.Country == "US" || c.Country == "GB"
		if r.Screened != (screening && !straight) {
			t.Fatalf("screened is %v: %v", r.Screened, r)
		}
		if !screening && r.Dispatch != (emergency.Dispatch{}) {
			t.Fatalf("a mapping decides in %s", c.Country)
		}
	})
}
