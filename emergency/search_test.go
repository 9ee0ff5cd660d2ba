package emergency_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestSearch(t *testing.T) {
	type search = emergency.Search
	avenue := emergency.Address{Country: "US", State: "WA", City: "Fernhill", CityAlias: "Fern Hill", Street: "5th", StreetSuffix: "Ave",
		PostDirectional: "NE", HouseNumber: "410", PostalCode: "98099-1234"}
	mall := emergency.Address{Country: "GB", City: "London", District: "St. James's", Street: "The Mall", HouseNumber: "6", PostalCode: "SW1A 1AA"}
	cours := emergency.Address{Country: "FR", City: "Saint-Étienne", StreetTypePrefix: "Cours", Street: "de l'Hôpital", PostalCode: "42000"}
	for _, c := range []struct {
		name  string
		q     search
		a     emergency.Address
		match bool
	}{
		{"all", search{}, avenue, true},
		{"country", search{Country: "US"}, avenue, true},
		{"other country", search{Country: "CA"}, avenue, false},
		{"city's beginning", search{City: "fern"}, avenue, true},
		{"alias", search{City: "FERN H"}, avenue, true},
		{"city's end", search{City: "hill"}, avenue, false},
		{"district", search{City: "st james"}, mall, true},
		{"without accents", search{City: "saint etienne"}, cours, true},
		{"part of the street", search{Street: "th ave"}, avenue, true},
		{"whole street", search{Street: "5TH AVE. NE"}, avenue, true},
		{"type before", search{Street: "cours de l'hopital"}, cours, true},
		{"other street", search{Street: "6th"}, avenue, false},
		{"number is no street", search{Street: "410"}, avenue, false},
		{"postal code", search{PostalCode: "sw1a1"}, mall, true},
		{"postal code, spaced", search{PostalCode: "SW1A 1AA"}, mall, true},
		{"plus four", search{PostalCode: "980991234"}, avenue, true},
		{"other postal code", search{PostalCode: "1AA"}, mall, false},
		{"all at once", search{Country: "US", City: "Fernhill", Street: "5th", PostalCode: "98099"}, avenue, true},
		{"all but one", search{Country: "US", City: "Fernhill", Street: "5th", PostalCode: "98098"}, avenue, false},
	} {
		if got := c.q.Matcher()(c.a); got != c.match {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	var e *telephony.Error
	err := search{City: strings.Repeat("x", 257), Street: "a\x00", PostalCode: "98099"}.Check()
	if !errors.As(err, &e) || len(e.Reasons) != 2 || !errors.Is(err, telephony.ErrText) || e.Reasons[1].Field != "street" {
		t.Errorf("got %v", err)
	}
	if err := (search{Country: "us"}).Check(); !errors.Is(err, telephony.ErrCountry) {
		t.Errorf("a country in small letters: %v", err)
	}
	if err := (search{Country: "US", City: "Fernhill"}).Check(); err != nil {
		t.Error(err)
	}
}

func position(t testing.TB, lat, lon float64) emergency.Position {
	t.Helper()
	p, err := emergency.NewPosition(lat, lon)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestDistance: a degree of a great circle is 111.195 km on a sphere of the mean
// radius, a quarter of the way round 10,007.6 km.
func TestDistance(t *testing.T) {
	for _, c := range []struct{ lat1, lon1, lat2, lon2, want float64 }{
		{0, 0, 0, 0, 0}, {47, 8, 48, 8, 111_195}, {0, 179.5, 0, -179.5, 111_195}, {0, 0, 90, 77, 10_007_557},
		{90, 0, -90, 0, 20_015_115}, {60, 10, 60, 11, 55_597}, // at 60° a degree of longitude is half as long
	} {
		got, ok := position(t, c.lat1, c.lon1).Distance(position(t, c.lat2, c.lon2))
		if !ok || math.Abs(got-c.want) > 1e-4*c.want+2 {
			t.Errorf("%v: %.0f m", c, got)
		}
	}
	if _, ok := (emergency.Position{}).Distance(position(t, 0, 0)); ok {
		t.Error("there is a distance from nowhere")
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) emergency.Position {
			p, err := emergency.NewPosition(rapid.Float64Range(-90, 90).Draw(t, name), rapid.Float64Range(-180, 180).Draw(t, name))
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		a, b, c := draw("a"), draw("b"), draw("c")
		ab, _ := a.Distance(b)
		ba, _ := b.Distance(a)
		bc, _ := b.Distance(c)
		ac, _ := a.Distance(c)
		if ab != ba || ac > ab+bc+1 || ab < 0 || ab > 20_015_116 {
			t.Fatalf("%v %v %v %v", ab, ba, bc, ac)
		}
	})
}
