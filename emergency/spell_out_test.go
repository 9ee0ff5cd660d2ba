package emergency_test

import (
	"testing"

	"example.com/callingplan/emergency"
	"pgregory.net/rapid"
)

// TestSpellOut: the words of [Pub 28] for its standard forms, in the letters of
// what is written.
func TestSpellOut(t *testing.T) {
	for _, c := range []struct{ country, pre, suffix, post, wantPre, wantSuffix, wantPost string }{
		{"US", "", "Ave", "NE", "", "Avenue", "Northeast"},
		{"US", "N", "ST", "", "North", "STREET", ""},
		{"US", "S.W.", "Pkwy.", "", "Southwest", "Parkway", ""},
		{"US", "", "Street", "East", "", "Street", "East"},
		{"US", "", "Park", "", "", "Park", ""},
		{"US", "", "Blvd", "SE", "", "Boulevard", "Southeast"},
		{"US", "Old", "Gasse", "Links", "Old", "Gasse", "Links"},
		{"CA", "N", "Ave", "NE", "N", "Ave", "NE"},
		{"US", "", "", "", "", "", ""},
	} {
		a := emergency.SpellOut(emergency.Address{Country: "US", PreDirectional: c.pre, StreetSuffix: c.suffix, PostDirectional: c.post}.
			With(emergency.FieldCountry, c.country))
		if a.PreDirectional != c.wantPre || a.StreetSuffix != c.wantSuffix || a.PostDirectional != c.wantPost {
			t.Errorf("%v is %q %q %q", c, a.PreDirectional, a.StreetSuffix, a.PostDirectional)
		}
	}
}

// TestSpellOutSaysTheSame: an address spelt out is the same one to streets, which
// know the standard forms, and spelling out twice is spelling out once.
func TestSpellOutSaysTheSame(t *testing.T) {
	suffixes := []string{"Aly", "Ave", "Blvd", "Ctr", "Hts", "Park", "Pkwy", "Plz", "St", "Ter", "Way", "Xing"}
	directions := []string{"", "N", "S", "E", "W", "NE", "NW", "SE", "SW"}
	rapid.Check(t, func(t *rapid.T) {
		suffix := rapid.SampledFrom(suffixes).Draw(t, "suffix")
		pre, post := rapid.SampledFrom(directions).Draw(t, "pre"), rapid.SampledFrom(directions).Draw(t, "post")
		streets := emergency.NewStreets("spelt")
		if err := streets.Add(emergency.Street{Country: "US", State: "WA", City: "Fernhill", Name: "Oak",
			PreDirectional: pre, Suffix: suffix, PostDirectional: post, Dispatch: emergency.Dispatch{ID: "psap-1"}}); err != nil {
			t.Fatal(err)
		}
		a := emergency.Address{Country: "US", State: "WA", City: "Fernhill", HouseNumber: "1", Street: "Oak",
			PreDirectional: pre, StreetSuffix: suffix, PostDirectional: post}
		spelt := emergency.SpellOut(a)
		if again := emergency.SpellOut(spelt); again != spelt {
			t.Fatalf("spelt out twice: %q", again.StreetSuffix)
		}
		for _, asked := range []emergency.Address{a, spelt} {
			answer, err := streets.Validate(t.Context(), asked)
			if err != nil || answer.Mismatched != 0 || answer.Route != emergency.RealRoute {
				t.Fatalf("%q %q %q: %+v, %v", asked.PreDirectional, asked.StreetSuffix, asked.PostDirectional, answer, err)
			}
		}
	})
}
