package emergency_test

import (
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"

	"pgregory.net/rapid"
)

func TestOrdinal(t *testing.T) {
	for number, want := range map[string]string{
		"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "5": "5th", "10": "10th",
		"11": "11th", "12": "12th", "13": "13th", "14": "14th", "21": "21st", "22": "22nd", "23": "23rd",
		"101": "101st", "111": "111th", "112": "112th", "113": "113th", "121": "121st", "1000": "1000th",
		strings.Repeat("9", 300) + "2": strings.Repeat("9", 300) + "2nd",
	} {
		if got, ok := emergency.Ordinal(number); got != want || !ok {
			t.Errorf("Ordinal(%s) = %s, %v, want %s", number, got, ok, want)
		}
	}
	for _, number := range []string{"", "0", "05", "-1", "5 ", "5th", "39.2", "٥", "five"} {
		if got, ok := emergency.Ordinal(number); ok {
			t.Errorf("Ordinal(%q) = %q", number, got)
		}
	}
}

// The rule in arithmetic, apart from the code, which looks at digits.
func TestOrdinalRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1_000_000).Draw(t, "n")
		ending := "th"
		if teen := n%100 >= 11 && n%100 <= 13; !teen && n%10 >= 1 && n%10 <= 3 {
			ending = []string{"st", "nd", "rd"}[n%10-1]
		}
		number := decimal(n)
		if got, _ := emergency.Ordinal(number); got != number+ending {
			t.Fatalf("%s", got)
		}
	})
}

func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + decimal(n%10)
}

func TestStreetOrdinal(t *testing.T) {
	us := emergency.Address{Country: "US", State: "WA", City: "Fernhill", PostalCode: "98101", HouseNumber: "12", StreetSuffix: "Ave"}
	in := func(c telephony.Country, state string) emergency.Address {
		a := us
		a.Country, a.State, a.PostalCode = c, state, wellFormed(t, c).PostalCode
		return a
	}
	grid := us
	grid.StreetSuffix, grid.PostDirectional = "", "S"
	gridWithSuffix := us
	gridWithSuffix.PostDirectional = "S"
	highway := us
	highway.StreetTypePrefix, highway.StreetSuffix = "Highway", ""
	for _, test := range []struct {
		name    string
		address emergency.Address
		street  string
		want    string // the suggestion; empty where there is nothing to say
	}{
		{"number", us, "5", "5th"},
		{"hundred and twelfth", us, "112", "112th"},
		{"right", us, "5th", ""},
		{"right in capitals", us, "7TH", ""},
		{"wrong", us, "1th", "1st"},
		{"wrong", us, "22th", "22nd"},
		{"wrong", us, "3th", "3rd"},
		{"wrong", us, "11ST", "11th"},
		{"in words", us, "Seventh", ""},
		{"decimal", us, "39.2", ""},
		{"more than a number", us, "5 Mile", ""},
		{"grid", grid, "1700", ""},
		{"suffix and directional", gridWithSuffix, "17", "17th"},
		{"highway", highway, "83", ""},
		{"Ontario", in("CA", "ON"), "5", "5th"},
		{"Quebec", in("CA", "QC"), "5", ""},
		{"Quebec in French", in("CA", "QC"), "2e", ""},
		{"Puerto Rico", in("PR", ""), "5", ""},
		{"United Kingdom", in("GB", ""), "5", "5th"},
		{"Ireland", in("IE", "D"), "5", "5th"},
		{"Australia", in("AU", "NSW"), "5", "5th"},
		{"New Zealand", in("NZ", ""), "5", "5th"},
		{"Singapore", in("SG", ""), "5", "5th"},
		{"South Africa", in("ZA", ""), "5", "5th"},
		{"Germany", in("DE", ""), "5", ""},
		{"India", in("IN", "DL"), "5", ""},
	} {
		a := test.address
		a.Street = test.street
		got := ""
		for _, i := range emergency.CheckFormat(a) {
			if i.Code == emergency.ErrOrdinalRequired {
				if i.Field != emergency.FieldStreet || i.Severity != emergency.Problem {
					t.Errorf("%s: %+v", test.name, i)
				}
				got = i.Suggestion
			}
		}
		if got != test.want {
			t.Errorf("%s: %q suggests %q, want %q", test.name, test.street, got, test.want)
		}
	}
	for _, number := range []string{"0", "05", "05th"} {
		a := us
		a.Street = number
		issues := emergency.CheckFormat(a)
		if len(issues) != 1 || issues[0].Code != emergency.ErrOrdinalRequired || issues[0].Severity != emergency.Warning {
			t.Errorf("%s: %v", number, issues)
		}
	}
}
