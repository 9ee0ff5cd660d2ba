package emergency_test

import (
	"strings"
	"testing"
	"unicode"

	"example.com/callingplan/emergency"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestCanonical(t *testing.T) {
	for _, test := range []struct {
		name          string
		address, want emergency.Address
		rules         []string // of the changes, in order
	}{
		{"as it is", emergency.Address{Country: "US", State: "WA"}, emergency.Address{Country: "US", State: "WA"}, nil},
		{"empty", emergency.Address{}, emergency.Address{}, nil},
		{"spaces only are nothing", emergency.Address{City: " \t\u00a0 "}, emergency.Address{}, []string{"spaces"}},
		{"spaces", emergency.Address{City: " New \u3000 York\n"}, emergency.Address{City: "New York"}, []string{"spaces"}},
		{"normal form C", emergency.Address{City: "Zu\u0308rich"}, emergency.Address{City: "Zürich"}, []string{"spaces"}},
		{"country", emergency.Address{Country: "us"}, emergency.Address{Country: "US"}, []string{"country-case"}},
		{"state by name", emergency.Address{Country: "US", State: "washington"}, emergency.Address{Country: "US", State: "WA"}, []string{"state-code"}},
		{"state in French", emergency.Address{Country: "CA", State: "Nouvelle-Ecosse"}, emergency.Address{Country: "CA", State: "NS"}, []string{"state-code"}},
		{"state in Japanese", emergency.Address{Country: "JP", State: "東京都"}, emergency.Address{Country: "JP", State: "13"}, []string{"state-code"}},
		{"state by ISO code", emergency.Address{Country: "US", State: "us-wa"}, emergency.Address{Country: "US", State: "WA"}, []string{"state-code"}},
		{"county of Ireland", emergency.Address{Country: "IE", State: "Co. Cork"}, emergency.Address{Country: "IE", State: "CO"}, []string{"state-code"}},
		{"state abbreviated", emergency.Address{Country: "MX", State: "B.C.S."}, emergency.Address{Country: "MX", State: "BCS"}, []string{"state-code"}},
		{"unknown state", emergency.Address{Country: "US", State: "Cascadia"}, emergency.Address{Country: "US", State: "Cascadia"}, nil},
		{"Puerto Rico as a state", emergency.Address{Country: "US", State: "PR"}, emergency.Address{Country: "PR"}, []string{"puerto-rico", "puerto-rico"}},
		{"Puerto Rico by name", emergency.Address{Country: "us", State: "Puerto Rico"}, emergency.Address{Country: "PR"}, []string{"country-case", "puerto-rico", "puerto-rico"}},
		{"Puerto Rico twice", emergency.Address{Country: "PR", State: "PR"}, emergency.Address{Country: "PR"}, []string{"puerto-rico"}},
		{"postal code", emergency.Address{Country: "GB", PostalCode: "ec1y8sy"}, emergency.Address{Country: "GB", PostalCode: "EC1Y 8SY"}, []string{"postal-code"}},
		{"letter of a house number", emergency.Address{HouseNumber: "425A"}, emergency.Address{HouseNumber: "425", HouseNumberSuffix: "A"}, []string{"house-number", "house-number"}},
		{"letter after a space", emergency.Address{HouseNumber: "425 b"}, emergency.Address{HouseNumber: "425", HouseNumberSuffix: "b"}, []string{"house-number", "house-number"}},
		{"suffix there already", emergency.Address{HouseNumber: "425A", HouseNumberSuffix: "B"}, emergency.Address{HouseNumber: "425A", HouseNumberSuffix: "B"}, nil},
		{"fraction of a house number", emergency.Address{HouseNumber: "101 1/2"}, emergency.Address{HouseNumber: "101", HouseNumberSuffix: "1/2"}, []string{"house-number", "house-number"}},
		{"word of a house number", emergency.Address{HouseNumber: "12 bis"}, emergency.Address{HouseNumber: "12", HouseNumberSuffix: "bis"}, []string{"house-number", "house-number"}},
		{"word on a house number", emergency.Address{HouseNumber: "12TER"}, emergency.Address{HouseNumber: "12", HouseNumberSuffix: "TER"}, []string{"house-number", "house-number"}},
		{"no such word", emergency.Address{HouseNumber: "12 bistro"}, emergency.Address{HouseNumber: "12 bistro"}, nil},
		{"added in the Netherlands", emergency.Address{Country: "NL", HouseNumber: "12-2"}, emergency.Address{Country: "NL", HouseNumber: "12", HouseNumberSuffix: "2"}, []string{"house-number", "house-number"}},
		{"from number to number elsewhere", emergency.Address{Country: "DE", HouseNumber: "12-14"}, emergency.Address{Country: "DE", HouseNumber: "12-14"}, nil},
		{"no fraction", emergency.Address{HouseNumber: "1011/2"}, emergency.Address{HouseNumber: "1011/2"}, nil},
		{"other house numbers", emergency.Address{HouseNumber: "289-01"}, emergency.Address{HouseNumber: "289-01"}, nil},
		{"ELIN", emergency.Address{ELIN: "+1 (425) 555-0100"}, emergency.Address{ELIN: "+14255550100"}, []string{"elin"}},
		{"no ELIN", emergency.Address{ELIN: "425 555 0100"}, emergency.Address{ELIN: "425 555 0100"}, nil},
		{"letter before a number", emergency.Address{HouseNumber: "N6W230"}, emergency.Address{HouseNumber: "N6W230"}, nil},
		{"letters of a grid", emergency.Address{Country: "US", HouseNumber: "N6W23001"}, emergency.Address{Country: "US", HouseNumberPrefix: "N6W", HouseNumber: "23001"}, []string{"house-number", "house-number"}},
		{"letters and a prefix there already", emergency.Address{Country: "US", HouseNumberPrefix: "X", HouseNumber: "Z123"}, emergency.Address{Country: "US", HouseNumberPrefix: "X", HouseNumber: "Z123"}, nil},
		{"Singapore", emergency.Address{Country: "SG"}, emergency.Address{Country: "SG", City: "Singapore"}, []string{"city-state"}},
		{"not UTF-8", emergency.Address{City: " a\xff "}, emergency.Address{City: " a\xff "}, nil},
	} {
		got, changes := emergency.Canonical(test.address)
		if got != test.want {
			t.Errorf("%s: %s", test.name, cmp.Diff(value(test.want), value(got)))
		}
		var rules []string
		for _, c := range changes {
			rules = append(rules, c.Rule)
			if c.Kind != emergency.Normalised {
				t.Errorf("%s: %v", test.name, c)
			}
		}
		if !cmp.Equal(rules, test.rules) {
			t.Errorf("%s: rules %v, want %v", test.name, rules, test.rules)
		}
	}
}

// value has no String, which would mask the address in the output of a test.
type value emergency.Address

// texts are the fields of an address that are text.
func texts() []emergency.Field {
	var list []emergency.Field
	for f := emergency.FieldCountry; f < emergency.FieldPosition; f++ {
		list = append(list, f)
	}
	return list
}

// anyAddress is an address of anything, more often than not of something.
func anyAddress() *rapid.Generator[emergency.Address] {
	word := rapid.OneOf(
		rapid.SampledFrom([]string{"", "", "US", "us", "GB", "CA", "FR", "PR", "SG", "JP", "wa", "Washington", "Puerto Rico",
			"New  York", "425A", "5", "22th", "Avenue", "ave.", "North-East", "98101", "ec1y8sy", "D-10115", "P.O. Box 12",
			"Zu\u0308rich", " e\u0301 ", "ǆ", "ﬁ", "İ", "ẞ", "\u200b", "〒１５４－００２３", "北海道"}),
		rapid.String(),
		rapid.StringN(0, 300, -1),
	)
	return rapid.Custom(func(t *rapid.T) emergency.Address {
		var a emergency.Address
		for _, f := range texts() {
			a = a.With(f, word.Draw(t, f.String()))
		}
		return a
	})
}

// What Canonical promises: to be idempotent, to account for every change, and
// to say the same for the same address written with other spaces.
func TestCanonicalPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAddress().Draw(t, "address")
		got, changes := emergency.Canonical(a)
		if again, more := emergency.Canonical(got); again != got || len(more) > 0 {
			t.Fatalf("not idempotent: %v\n%s", more, cmp.Diff(value(got), value(again)))
		}
		replayed := a
		for _, c := range changes {
			if replayed.Value(c.Field) != c.From || c.From == c.To {
				t.Fatalf("the change %#v does not follow from %q", c, replayed.Value(c.Field))
			}
			replayed = replayed.With(c.Field, c.To)
		}
		if replayed != got {
			t.Fatalf("changes are missing: %s", cmp.Diff(value(got), value(replayed)))
		}
		spaced := a
		for _, f := range texts() {
			// Close to the longest text, more spaces make it too long to be read.
			if v := a.Value(f); v != "" && len(v) < 500 {
				spaced = spaced.With(f, "\t"+strings.ReplaceAll(v, " ", " \u3000 ")+" ")
			}
		}
		if other, _ := emergency.Canonical(spaced); other != got && validTexts(a) {
			t.Fatalf("spaces matter: %s", cmp.Diff(value(got), value(other)))
		}
	})
}

// validTexts reports whether every field is short UTF-8 that does not begin
// with a combining mark, which a space before it would keep to itself.
func validTexts(a emergency.Address) bool {
	for _, f := range texts() {
		v := a.Value(f)
		if len(v) >= 500 || strings.ToValidUTF8(v, "") != v || strings.IndexFunc(v, unicode.IsMark) >= 0 {
			return false
		}
	}
	return true
}

func TestCanonicalTextIsNormal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAddress().Draw(t, "address")
		got, _ := emergency.Canonical(a)
		for _, f := range texts() {
			v := got.Value(f)
			if len(v) > 1024 || strings.ToValidUTF8(v, "") != v {
				continue
			}
			if !norm.NFC.IsNormalString(v) || v != strings.Join(strings.Fields(v), " ") {
				t.Fatalf("%s is %q", f, v)
			}
		}
	})
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"saint etienne", "Saint-Étienne", "SAINT ETIENNE", "  saint  étienne ", "Saint-E\u0301tienne"},
		{"zurich", "Zürich", "ZÜRICH"},
		{"obrien", "O'Brien", "O’Brien", "OBRIEN"},
		{"st louis", "St. Louis", "St Louis"},
		{"strasse", "Straße", "STRASSE", "STRAẞE"},
		{"lodz", "Łódź", "łódź"},
		{"αθηνα", "Αθήνα", "ΑΘΗΝΑ"},
		{"москва", "Москва"},
		{"東京都", "東京都"},
		{"", ""},
		{"-", "-"}, // not the same as nothing
		{"´", "´"},
	} {
		for _, s := range same[1:] {
			if got := emergency.Fold(s); got != same[0] {
				t.Errorf("%q folds to %q, want %q", s, got, same[0])
			}
		}
	}
	for _, pair := range [][2]string{{"かき", "がき"}, {"กา", "กี"}, {"Oak St", "OakSt"}, {"12", "1 2"}} {
		if emergency.Fold(pair[0]) == emergency.Fold(pair[1]) {
			t.Errorf("%q and %q fold to the same", pair[0], pair[1])
		}
	}
}

// The quick way of plain ASCII gives what the long way gives.
func TestFoldASCII(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[ -~]{0,20}`).Draw(t, "text")
		long, _ := strings.CutSuffix(emergency.Fold(s+" é"), "e") // an accent takes the long way
		long = strings.TrimSuffix(long, " ")
		if long == "" {
			long = s // nothing but punctuation
		}
		if got := emergency.Fold(s); got != long {
			t.Fatalf("%q folds to %q, the long way to %q", s, got, long)
		}
		if again := emergency.Fold(emergency.Fold(s)); again != emergency.Fold(s) {
			t.Fatalf("fold is not idempotent: %q", again)
		}
	})
}
