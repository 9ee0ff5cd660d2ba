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

// memberStates are those of the European Union since 2020, where 112 works by
// Directive (EU) 2018/1972, Article 109.
const memberStates = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

func TestEmergencyNumbers(t *testing.T) {
	for _, c := range emergency.SupportedCountries() {
		numbers := emergency.EmergencyNumbers(c)
		if len(numbers) == 0 {
			t.Errorf("%s has none", c)
		}
		for i, n := range numbers {
			if n.Services == 0 || len(n.Digits) < 2 || len(n.Digits) > 5 || strings.Trim(n.Digits, "0123456789") != "" {
				t.Errorf("%s: %+v", c, n)
			}
			for j, other := range numbers {
				if i != j && strings.HasPrefix(n.Digits, other.Digits) {
					t.Errorf("%s: %s hides %s", c, other.Digits, n.Digits)
				}
			}
		}
	}
	member := strings.Fields(memberStates)
	for _, c := range emergency.SupportedCountries() {
		first := emergency.EmergencyNumbers(c)[0]
		isMember := slices.Contains(member, string(c))
		if isMember && (first.Digits != "112" || first.Services != emergency.AllServices || first.Law == "") {
			t.Errorf("%s: 112 is not the first, by law", c)
		}
		if !isMember && strings.Contains(first.Law, "Directive") {
			t.Errorf("%s is no member state", c)
		}
	}
	for c, want := range map[telephony.Country]string{"US": "911", "CA": "911", "GB": "999", "AU": "000", "NZ": "111", "JP": "110"} {
		if got := emergency.EmergencyNumbers(c)[0].Digits; got != want {
			t.Errorf("%s: %s first, want %s", c, got, want)
		}
	}
	if got := emergency.EmergencyNumbers("ZZ"); got != nil {
		t.Errorf("ZZ: %v", got)
	}
	changed := emergency.EmergencyNumbers("US")
	changed[0].Digits = "1"
	if emergency.EmergencyNumbers("US")[0].Digits != "911" {
		t.Error("a caller changed the numbers")
	}
}

func plan(t testing.TB, spec emergency.DialPlanSpec) emergency.DialPlan {
	t.Helper()
	p, err := emergency.NewDialPlan(spec)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRecognise(t *testing.T) {
	const ordinary, call, test = emergency.DialledOrdinary, emergency.DialledEmergency, emergency.DialledTest
	us := plan(t, emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{"9"}, TestNumbers: []string{"933"}, Further: []string{"112"}})
	gb := plan(t, emergency.DialPlanSpec{Country: "GB", AccessPrefixes: []string{"9"}})
	fr := plan(t, emergency.DialPlanSpec{Country: "FR", AccessPrefixes: []string{"0"}})
	for _, c := range []struct {
		plan     emergency.DialPlan
		dialled  string
		kind     emergency.DialledKind
		number   string
		prefixed bool
	}{
		{us, "911", call, "911", false}, // 47 CFR 9.16: without a prefix, though 9 is one
		{us, "9911", call, "911", true},
		{us, "9-911", call, "911", true},
		{us, " (9) 9.1/1 ", call, "911", true},
		{us, "112", call, "112", false},
		{us, "9112", call, "112", true},
		{us, "933", test, "", false},
		{us, "9933", test, "", true},
		{us, "99911", ordinary, "", false},
		{us, "9115550100", ordinary, "", false},
		{us, "12125550100", ordinary, "", false},
		{us, "91", ordinary, "", false},
		{us, "", ordinary, "", false},
		{us, "9", ordinary, "", false},
		{us, "nine one one", ordinary, "", false},
		{us, "+911", ordinary, "", false},
		{us, "911#", ordinary, "", false},
		{us, "9１１", ordinary, "", false},
		{us, strings.Repeat("9", 1000), ordinary, "", false},
		{gb, "999", call, "999", false},
		{gb, "9999", call, "999", true},
		{gb, "112", call, "112", false},
		{gb, "911", ordinary, "", false},
		{gb, "933", ordinary, "", false},
		{fr, "15", call, "15", false},
		{fr, "0112", call, "112", true},
		{emergency.DialPlan{}, "911", call, "911", false},
		{emergency.DialPlan{}, "112", call, "112", false},
		{emergency.DialPlan{}, "9911", ordinary, "", false},
	} {
		got := c.plan.Recognise(c.dialled)
		if got.Kind != c.kind || got.Number.Digits != c.number || got.Prefixed != c.prefixed {
			t.Errorf("%.20q: %v %q prefixed %v, want %v %q %v", c.dialled, got.Kind, got.Number.Digits, got.Prefixed, c.kind, c.number, c.prefixed)
		}
	}
}

// TestDirectDiallingAlwaysWorks: no access prefix and no test number that a plan
// takes keeps an emergency number from being known, alone or behind a prefix.
func TestDirectDiallingAlwaysWorks(t *testing.T) {
	digits := rapid.StringMatching("[0-9]{1,4}")
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(emergency.SupportedCountries()).Draw(t, "country")
		spec := emergency.DialPlanSpec{Country: c, AccessPrefixes: rapid.SliceOfN(digits, 0, 3).Draw(t, "prefixes"),
			TestNumbers: rapid.SliceOfN(digits, 0, 2).Draw(t, "tests")}
		p, err := emergency.NewDialPlan(spec)
		if err != nil {
			if !errors.Is(err, emergency.ErrHidesEmergency) {
				t.Fatal(err)
			}
			return
		}
		for _, n := range emergency.EmergencyNumbers(c) {
			if got := p.Recognise(n.Digits); got.Kind != emergency.DialledEmergency || got.Number != n || got.Prefixed {
				t.Fatalf("%s dialled directly is %+v", n.Digits, got)
			}
			for _, prefix := range spec.AccessPrefixes {
				if got := p.Recognise(prefix + n.Digits); got.Kind != emergency.DialledEmergency {
					t.Fatalf("%s behind %s is %+v", n.Digits, prefix, got)
				}
			}
		}
		dialled := rapid.StringMatching("[0-9]{1,10}").Draw(t, "dialled")
		known := slices.ContainsFunc(emergency.EmergencyNumbers(c), func(n emergency.EmergencyNumber) bool {
			return dialled == n.Digits || slices.ContainsFunc(spec.AccessPrefixes, func(prefix string) bool { return dialled == prefix+n.Digits })
		})
		if got := p.Recognise(dialled); (got.Kind == emergency.DialledEmergency) != known {
			t.Fatalf("%s is %+v", dialled, got)
		}
	})
}

func TestDialPlanRefuses(t *testing.T) {
	const bad, hides = emergency.ErrDialString, emergency.ErrHidesEmergency
	for name, c := range map[string]struct {
		spec emergency.DialPlanSpec
		want []telephony.Code
	}{
		"no country":              {emergency.DialPlanSpec{}, []telephony.Code{telephony.ErrCountry}},
		"unknown numbers":         {emergency.DialPlanSpec{Country: "AQ"}, []telephony.Code{emergency.ErrEmergencyNumbersUnknown}},
		"prefix is emergency":     {emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{"911"}}, []telephony.Code{hides}},
		"prefix begins with one":  {emergency.DialPlanSpec{Country: "GB", AccessPrefixes: []string{"9", "1120"}}, []telephony.Code{hides}},
		"prefix hides a further":  {emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{"112"}, Further: []string{"112"}}, []telephony.Code{hides}},
		"test begins with one":    {emergency.DialPlanSpec{Country: "US", TestNumbers: []string{"9113"}}, []telephony.Code{hides}},
		"test begins one":         {emergency.DialPlanSpec{Country: "US", TestNumbers: []string{"91"}}, []telephony.Code{hides}},
		"no digits":               {emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{""}, TestNumbers: []string{"*33"}}, []telephony.Code{bad, bad}},
		"too long":                {emergency.DialPlanSpec{Country: "US", Further: []string{"123456789"}}, []telephony.Code{bad}},
		"too many":                {emergency.DialPlanSpec{Country: "US", Further: slices.Repeat([]string{"112"}, 17)}, []telephony.Code{bad}},
		"everything, in an order": {emergency.DialPlanSpec{Further: []string{"x"}, AccessPrefixes: []string{"x", "911"}, TestNumbers: []string{"1", ""}}, []telephony.Code{telephony.ErrCountry, bad, hides, hides, bad, bad}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := emergency.NewDialPlan(c.spec)
			var e *telephony.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			var got []telephony.Code
			for _, reason := range e.All() {
				got = append(got, reason.Code)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestCheckOrdinary(t *testing.T) {
	p := plan(t, emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{"9"}})
	for digits, hides := range map[string]bool{"911": true, "9110": true, "99112": true, "91": false, "100": false, "912": false, "": false} {
		if err := p.CheckOrdinary("extension", digits); errors.Is(err, emergency.ErrHidesEmergency) != hides {
			t.Errorf("%q: %v", digits, err)
		}
	}
}

// FuzzRecognise: whatever is dialled, only its digits and what stands between
// them matter, and prefixes never turn an emergency call into another.
func FuzzRecognise(f *testing.F) {
	for _, s := range []string{"911", "9 911", "9-112", "933", "(9)(1)(1)", "9１１", "\xff911"} {
		f.Add(s)
	}
	p := plan(f, emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{"9"}, TestNumbers: []string{"933"}})
	f.Fuzz(func(t *testing.T, dialled string) {
		got := p.Recognise(dialled)
		digits := strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "(", "", ")", "").Replace(dialled)
		want := emergency.DialledOrdinary
		switch digits {
		case "911", "9911":
			want = emergency.DialledEmergency
		case "933", "9933":
			want = emergency.DialledTest
		}
		if got.Kind != want {
			t.Fatalf("%q is %v, want %v", dialled, got.Kind, want)
		}
	})
}

func BenchmarkRecognise(b *testing.B) {
	p := plan(b, emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{"9"}, TestNumbers: []string{"933"}})
	b.ReportAllocs()
	for b.Loop() {
		p.Recognise("12125550100")
	}
}

func ExampleDialPlan_Recognise() {
	plan, err := emergency.NewDialPlan(emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{"9"}, TestNumbers: []string{"933"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, dialled := range []string{"911", "9-911", "933", "9 206 555 0100"} {
		fmt.Println(dialled, "is", plan.Recognise(dialled).Kind)
	}
	// Output:
	// 911 is emergency
	// 9-911 is emergency
	// 933 is test
	// 9 206 555 0100 is ordinary
}

func ExampleRouteCall() {
	route, err := emergency.RouteCall(emergency.Call{
		Number: telephony.MustParse("+14255550123"), Country: "US",
		Registered: emergency.Whereabouts{Status: emergency.Validated, Route: emergency.RealRoute,
			Address:  emergency.Address{Country: "US", State: "WA", City: "Fernhill", Street: "5th", HouseNumber: "410"},
			Dispatch: emergency.Dispatch{ID: "fernhill", URI: "sip:sos@psap.fernhill.example"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(route)
	// Output:
	// emergency call from +1********23 (US) to 911
	// location: registered, default location of address in WA, US, validated
	// answered by: screening operator, then dispatch centre fernhill
	// because: the location is the registered one of the number
	// because: the call is screened: only one from a dynamic location in the country, with a dispatch centre of its own, goes straight
}
