package emergency_test

import (
	"context"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"

	"github.com/google/go-cmp/cmp"
)

func us() emergency.Address {
	return emergency.Address{Country: "US", State: "WA", City: "Fernhill", Street: "Oak", StreetSuffix: "Ave",
		HouseNumber: "410", PostalCode: "98101", Company: "Contoso"}
}

func gb() emergency.Address {
	return emergency.Address{Country: "GB", City: "Fernhill", Street: "Oak Lane", HouseNumber: "10",
		PostalCode: "EC1Y 8SY", Company: "Contoso"}
}

// change returns a copy with fields replaced, given as field, value, ...
func change(a emergency.Address, pairs ...any) emergency.Address {
	for i := 0; i < len(pairs); i += 2 {
		a = a.With(pairs[i].(emergency.Field), pairs[i+1].(string))
	}
	return a
}

func TestCheckFormat(t *testing.T) {
	type found struct {
		Field    emergency.Field
		Code     telephony.Code
		Severity emergency.Severity
	}
	const (
		problem = emergency.Problem
		warning = emergency.Warning
	)
	for _, test := range []struct {
		name    string
		address emergency.Address
		want    []found
	}{
		{"well formed", us(), nil},
		{"not canonical but well formed", change(us(), emergency.FieldState, " washington ", emergency.FieldCountry, "us"), nil},
		{"nothing", emergency.Address{}, []found{{emergency.FieldCountry, emergency.ErrMissing, problem}}},
		{"no such country", change(us(), emergency.FieldCountry, "QQ"), []found{{emergency.FieldCountry, emergency.ErrUnknownValue, problem}}},
		{"country without rules", change(us(), emergency.FieldCountry, "AQ"), []found{{emergency.FieldCountry, emergency.ErrCountryUnsupported, problem}}},
		{"everything at once", emergency.Address{Country: "US", PostalCode: "9", Street: "PO Box 5", City: "a\x00b"}, []found{
			{emergency.FieldState, emergency.ErrMissing, problem},
			{emergency.FieldCity, emergency.ErrMalformed, problem},
			{emergency.FieldStreet, emergency.ErrPOBox, problem},
			{emergency.FieldHouseNumber, emergency.ErrMissing, problem},
			{emergency.FieldPostalCode, emergency.ErrMalformed, problem},
		}},
		{"in the order of the fields", change(us(), emergency.FieldStreet, "5", emergency.FieldPostalCode, "1"), []found{
			{emergency.FieldStreet, emergency.ErrOrdinalRequired, problem},
			{emergency.FieldPostalCode, emergency.ErrMalformed, problem},
		}},
		{"unknown state, and no mismatch besides", change(us(), emergency.FieldState, "Cascadia"), []found{{emergency.FieldState, emergency.ErrUnknownValue, problem}}},
		{"malformed code, and no mismatch besides", change(us(), emergency.FieldPostalCode, "1234"), []found{{emergency.FieldPostalCode, emergency.ErrMalformed, problem}}},
		{"code of another state", change(us(), emergency.FieldPostalCode, "10001"), []found{{emergency.FieldPostalCode, emergency.ErrMismatch, warning}}},
		{"no number in the US", change(us(), emergency.FieldHouseNumber, ""), []found{{emergency.FieldHouseNumber, emergency.ErrMissing, problem}}},
		{"no number in the UK", change(gb(), emergency.FieldHouseNumber, ""), []found{{emergency.FieldHouseNumber, emergency.ErrMissing, warning}}},
		{"no number in Norway", change(wellFormed(t, "NO"), emergency.FieldHouseNumber, ""), nil},
		{"no number in Puerto Rico", change(wellFormed(t, "PR"), emergency.FieldHouseNumber, ""), []found{{emergency.FieldHouseNumber, emergency.ErrMissing, problem}}},
		{"state where there is none", change(wellFormed(t, "DE"), emergency.FieldState, "BY"), []found{{emergency.FieldState, emergency.ErrUnexpected, warning}}},
		{"district where there is none", change(us(), emergency.FieldDistrict, "Old Town"), []found{{emergency.FieldDistrict, emergency.ErrUnexpected, warning}}},
		{"urbanization in Puerto Rico", change(wellFormed(t, "PR"), emergency.FieldDistrict, "Urb Las Gladiolas"), nil},
		{"code in Hong Kong", change(wellFormed(t, "HK"), emergency.FieldPostalCode, "999077"), []found{{emergency.FieldPostalCode, emergency.ErrUnexpected, warning}}},
		{"suffix not standard", change(us(), emergency.FieldStreetSuffix, "Avenue"), []found{{emergency.FieldStreetSuffix, emergency.ErrNonstandardForm, warning}}},
		{"suffix elsewhere", change(gb(), emergency.FieldStreetSuffix, "Avenue"), nil},
		{"optional code left out", change(wellFormed(t, "IE"), emergency.FieldPostalCode, ""), nil},
		{"control character in a code", change(us(), emergency.FieldPostalCode, "98\x00101"), []found{{emergency.FieldPostalCode, emergency.ErrMalformed, problem}}},
		{"control character in a state", change(us(), emergency.FieldState, "W\x00A"), []found{{emergency.FieldState, emergency.ErrMalformed, problem}}},
		{"too long", change(us(), emergency.FieldDescription, strings.Repeat("x", 257)), []found{{emergency.FieldDescription, emergency.ErrMalformed, problem}}},
		{"just long enough", change(us(), emergency.FieldDescription, strings.Repeat("ø", 256)), nil},
		{"not UTF-8", change(us(), emergency.FieldCompany, "a\xff"), []found{{emergency.FieldCompany, emergency.ErrMalformed, problem}}},
		{"invisible", change(us(), emergency.FieldCity, "Fern\u200bhill"), []found{{emergency.FieldCity, emergency.ErrMalformed, problem}}},
	} {
		var got []found
		for _, i := range emergency.CheckFormat(test.address) {
			got = append(got, found{i.Field, i.Code, i.Severity})
		}
		if !cmp.Equal(got, test.want) {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, got))
		}
	}
}

// Every spelling of a suffix has one standard form, which is standard itself.
func TestSuffixes(t *testing.T) {
	data, err := os.ReadFile("data/suffixes.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(data)) {
		words := strings.Fields(line)
		if words[0] == "#" {
			continue
		}
		rows++
		for i, word := range words {
			checked, _ := emergency.Checker{}.Check(context.Background(), change(us(), emergency.FieldStreetSuffix, word), noon)
			want := words[0]
			if word == "MDW" && i > 0 {
				want = "MDW" // listed for MEADOWS too, and means MEADOW
			}
			if got := checked.Address().StreetSuffix; got != want {
				t.Errorf("%s is %s, want %s", word, got, want)
			}
		}
	}
	if rows != 206 {
		t.Errorf("%d suffixes", rows)
	}
	for _, test := range []struct {
		field         emergency.Field
		written, want string
	}{
		{emergency.FieldStreetSuffix, "Avenue", "Ave"}, {emergency.FieldStreetSuffix, "avenue", "Ave"}, {emergency.FieldStreetSuffix, "AVENUE", "AVE"},
		{emergency.FieldStreetSuffix, "ave", "ave"}, {emergency.FieldStreetSuffix, "Ave.", "Ave"}, {emergency.FieldStreetSuffix, "Allée", "Allée"},
		{emergency.FieldPreDirectional, "North", "N"}, {emergency.FieldPreDirectional, "n.", "N"}, {emergency.FieldPreDirectional, "n", "n"},
		{emergency.FieldPostDirectional, "southwest", "SW"}, {emergency.FieldPostDirectional, "South-East", "SE"}, {emergency.FieldPostDirectional, "Norte", "Norte"},
		{emergency.FieldPostDirectional, "EAST", "E"}, {emergency.FieldPreDirectional, "West", "W"}, {emergency.FieldPreDirectional, "South", "S"}, {emergency.FieldPreDirectional, "North West", "NW"},
		{emergency.FieldStreet, "North", "North"}, // the name of North Ave
	} {
		checked, _ := emergency.Checker{}.Check(context.Background(), change(us(), test.field, test.written), noon)
		if got := checked.Address().Value(test.field); got != test.want {
			t.Errorf("%v %q is %q, want %q", test.field, test.written, got, test.want)
		}
		for _, abroad := range []emergency.Address{gb(), wellFormed(t, "CA"), wellFormed(t, "AU")} {
			checked, _ = emergency.Checker{}.Check(context.Background(), change(abroad, test.field, test.written), noon)
			if got := checked.Address().Value(test.field); got != test.written {
				t.Errorf("%q is rewritten to %q in %s", test.written, got, abroad.Country)
			}
		}
	}
}

func TestUnitedKingdomFields(t *testing.T) {
	for _, test := range []struct {
		field emergency.Field
		value string
		ok    bool
	}{
		{emergency.FieldCompany, "Smith & Sons, 'The \"Old\" Mill' - A/B_1.", true},
		{emergency.FieldCompany, "A + B", false}, // no plus in a company
		{emergency.FieldCompany, "& Sons", false},
		{emergency.FieldCompany, strings.Repeat("a", 80), true},
		{emergency.FieldCompany, strings.Repeat("a", 81), false},
		{emergency.FieldStreet, "St. Mary's Lane + Mews", true},
		{emergency.FieldStreet, "Tŷ Ddewi", true},
		{emergency.FieldStreet, "-Oak", false},
		{emergency.FieldStreet, "Oak; Lane", false},
		{emergency.FieldStreet, strings.Repeat("a", 50), true},
		{emergency.FieldStreet, strings.Repeat("a", 51), false},
		{emergency.FieldCity, "Stoke-on-Trent", true},
		{emergency.FieldCity, "Westward Ho!", false},
		{emergency.FieldHouseNumber, "10-12", true},
		{emergency.FieldHouseNumber, "10/2[b]", true},
		{emergency.FieldHouseNumber, "A10", false},
		{emergency.FieldHouseNumber, "10.5", false},
		{emergency.FieldHouseNumber, "1" + strings.Repeat("0", 19), true},
		{emergency.FieldHouseNumber, "1" + strings.Repeat("0", 20), false},
	} {
		if code := problemsOf(change(gb(), test.field, test.value))[test.field]; (code == "") != test.ok {
			t.Errorf("%s %q: %q", test.field, test.value, code)
		}
		if test.field == emergency.FieldCompany && problemsOf(change(us(), test.field, test.value))[test.field] != "" {
			t.Errorf("%q is refused in the US", test.value)
		}
	}
}

func TestPostOfficeBoxes(t *testing.T) {
	for _, test := range []struct {
		country      telephony.Country
		street, city string
		box          bool
	}{
		{"US", "P.O. Box 123", "", true}, {"US", "po box 9", "", true}, {"US", "P O BOX", "", true}, {"US", "POBox 9", "", true},
		{"US", "Post Office Box 9", "", true}, {"US", "Apartado de Correos 9", "", true},
		{"US", "Box Hill", "", false}, {"US", "Boxwood", "", false}, {"US", "Post", "", false},
		{"AU", "Private Bag 7", "", true}, {"AU", "Box Hill", "", false},
		{"FR", "BP 12", "", true}, {"FR", "BP12", "", true}, {"FR", "rue de BP", "", false},
		{"FR", "Boîte Postale 4", "", true}, {"FR", "rue X", "Paris Cedex 08", true}, {"FR", "rue X", "Lyon", false},
		{"DE", "Postfach 10", "", true}, {"DE", "Postfacher Weg", "", false}, {"DE", "BP 12", "", false},
		{"NL", "Postbus 1", "", true}, {"NL", "Postbusweg", "", false},
		{"DK", "Postboks 1", "", true}, {"NO", "postboks 1", "", true},
		{"SE", "Box 12", "", true}, {"SE", "Boxgatan", "", false},
		{"FI", "PL 12", "", true}, {"FI", "Postilokero", "", true}, {"FI", "Box 12", "", true},
		{"PT", "Apartado 3", "", true}, {"PT", "Rua do Apartado", "", false}, {"ES", "Calle Apartado", "", false}, {"PL", "Skrytka pocztowa 5", "", true},
		{"HU", "Pf. 12", "", true}, {"HU", "Postafiók 12", "", true}, {"HU", "Pfeifer", "", false},
		{"CZ", "p.p. 7", "", true}, {"HR", "p.p. 7", "", true},
		{"MX", "Casilla de Correo 7", "", true}, {"JP", "渋谷私書箱12", "", true}, {"US", "私書箱12", "", false},
	} {
		a := wellFormed(t, test.country)
		a.Street = test.street
		if test.city != "" {
			a.City = test.city
		}
		got := slices.ContainsFunc(emergency.CheckFormat(a), func(i emergency.Issue) bool {
			return i.Code == emergency.ErrPOBox && i.Severity == emergency.Problem
		})
		if got != test.box {
			t.Errorf("%s %q %q: box is %v", test.country, test.street, test.city, got)
		}
	}
	if split := change(wellFormed(t, "SE"), emergency.FieldStreet, "Box", emergency.FieldHouseNumber, "12"); problemsOf(split)[emergency.FieldStreet] != emergency.ErrPOBox {
		t.Error("a box in two fields is not seen")
	}
}

// Ten megabytes in every field are refused as they stand: nothing of that size
// is copied, let alone worked on.
func TestEnormousFields(t *testing.T) {
	const size = 10 << 20
	for name, text := range map[string]string{
		"letters": strings.Repeat("x", size), "spaces": strings.Repeat(" ", size), "digits": strings.Repeat("5", size),
		"not UTF-8": strings.Repeat("\xff", size), "accents": "e" + strings.Repeat("\u0301", size/2), "words": strings.Repeat("box ", size/4),
	} {
		for _, c := range []telephony.Country{"US", "GB", "JP", telephony.Country(text)} {
			a := emergency.Address{Country: c}
			for _, f := range texts()[1:] {
				a = a.With(f, text)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			canonical, changes := emergency.Canonical(a)
			issues := emergency.CheckFormat(a)
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > size/2 {
				t.Errorf("%s in %.2s: %d bytes were used", name, c, used)
			}
			if canonical != a || len(changes) > 0 || len(issues) < len(texts())-1 {
				t.Errorf("%s in %.2s: %d changes, %d issues", name, c, len(changes), len(issues))
			}
		}
	}
}
