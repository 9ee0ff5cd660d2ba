package emergency_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"

	"pgregory.net/rapid"
)

// A countryRow is what the tests read of the country table, apart from the code.
type countryRow struct {
	Country  telephony.Country
	Required []string
	Postal   string
	Signs    []string
	Number   string // where the house number stands
	Format   string // the lines of an envelope
	Local    string `json:"local_format"`
}

func countryRows(t testing.TB) []countryRow {
	t.Helper()
	data, err := os.ReadFile("data/countries.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var rows []countryRow
	for line := range strings.Lines(string(data)) {
		var row countryRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// stateRow is one line of the table of states.
type stateRow struct {
	country telephony.Country
	code    string
	names   []string
}

func stateRows(t testing.TB) []stateRow {
	t.Helper()
	f, err := os.Open("data/states.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []stateRow
	for scan := bufio.NewScanner(f); scan.Scan(); {
		if strings.HasPrefix(scan.Text(), "#") {
			continue
		}
		cols := strings.Split(scan.Text(), "\t")
		if len(cols) != 4 {
			t.Fatalf("%q has %d columns", scan.Text(), len(cols))
		}
		rows = append(rows, stateRow{telephony.Country(cols[0]), cols[1], strings.Split(cols[3], ";")})
	}
	return rows
}

// samples are real postal codes by country.
func samples(t testing.TB) map[telephony.Country][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/postal-samples.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[telephony.Country][]string
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// wellFormed returns an address with every field the country may require.
func wellFormed(t testing.TB, c telephony.Country) emergency.Address {
	a := emergency.Address{Country: c, City: "Fernhill", Street: "Oak", HouseNumber: "12"}
	if codes := samples(t)[c]; len(codes) > 0 {
		a.PostalCode = codes[0]
	}
	for _, row := range stateRows(t) {
		if row.country == c {
			a.State = row.code
			break
		}
	}
	return a
}

// problemsOf returns the problems of form with a field, by code.
func problemsOf(a emergency.Address) map[emergency.Field]telephony.Code {
	found := make(map[emergency.Field]telephony.Code)
	for _, i := range emergency.CheckFormat(a) {
		if i.Severity == emergency.Problem {
			found[i.Field] = i.Code
		}
	}
	return found
}

func TestEveryCountry(t *testing.T) {
	rows, codes := countryRows(t), samples(t)
	if len(rows) != 56 || len(emergency.SupportedCountries()) != len(rows) {
		t.Fatalf("%d rows, %d countries", len(rows), len(emergency.SupportedCountries()))
	}
	for _, row := range rows {
		t.Run(string(row.Country), func(t *testing.T) {
			if !row.Country.IsValid() {
				t.Error("not an ISO country")
			}
			a := wellFormed(t, row.Country)
			if p := problemsOf(a); len(p) != 0 {
				t.Errorf("a well-formed address has problems: %v", p)
			}
			if len(codes[row.Country]) == 0 && row.Postal != "" {
				t.Error("no sample postal code")
			}
			for _, name := range row.Required {
				missing := a
				switch name {
				case "street":
					missing.Street = ""
				case "city":
					missing.City = ""
				case "state":
					missing.State = ""
				case "postal_code":
					missing.PostalCode = ""
				default:
					t.Fatalf("unknown field %q", name)
				}
				want := map[string]telephony.Code{name: emergency.ErrMissing}
				if row.Country == "SG" && name == "city" {
					want = map[string]telephony.Code{} // the city of Singapore goes without saying
				}
				got := make(map[string]telephony.Code)
				for f, code := range problemsOf(missing) {
					got[f.String()] = code
				}
				if len(got) != len(want) || got[name] != want[name] {
					t.Errorf("without %s: %v", name, got)
				}
			}
		})
	}
}

// An address that is made up needs a street and a city, and is good for all that
// an address is good for; its country is in no list of countries.
func TestMadeUpCountry(t *testing.T) {
	a := emergency.Address{Country: "zz", State: "Fiction", City: "Fernhill", District: "Mill", HouseNumber: "12", Street: "Elm", StreetSuffix: "Ave", PostalCode: "98099"}
	if issues := emergency.CheckFormat(a); len(issues) > 0 || slices.Contains(emergency.SupportedCountries(), "ZZ") {
		t.Errorf("%v", issues)
	}
	if p := problemsOf(emergency.Address{Country: "ZZ"}); len(p) != 2 || p[street] != emergency.ErrMissing || p[city] != emergency.ErrMissing {
		t.Errorf("empty: %v", p)
	}
	streets := emergency.NewStreets("made up")
	if err := streets.Add(emergency.Street{Country: "ZZ", City: "Fernhill", PostalCodes: []string{"98099"}, Name: "Elm", Suffix: "Ave", Dispatch: centre}); err != nil {
		t.Fatal(err)
	}
	l, err := emergency.ParseStreetLine("ZZ", "12 Elm Ave, Apt 3")
	if err != nil {
		t.Fatal(err)
	}
	l.Address.City, l.Address.PostalCode = "Fernhil", "98099"
	checked, err := emergency.Checker{Authority: streets}.Check(t.Context(), l.Address, noon)
	if err != nil || checked.Verdict().String() != "accepted, updated" || l.Location.Unit != "Apt 3" {
		t.Errorf("%v, %v, %s", checked, err, parts(l))
	}
	if got := (emergency.Envelope{CountryName: true}).Line(checked.Address()); got != "12 Elm Ave, Fernhill, 98099" {
		t.Errorf("%q", got)
	}
}

func TestPostalSamplesPassInEveryWriting(t *testing.T) {
	signs := make(map[telephony.Country][]string)
	for _, row := range countryRows(t) {
		signs[row.Country] = row.Signs
	}
	for c, codes := range samples(t) {
		for _, code := range codes {
			a := wellFormed(t, c)
			a.PostalCode = code
			canonical, _ := emergency.Canonical(a)
			if p := problemsOf(a); p[emergency.FieldPostalCode] != "" {
				t.Errorf("%s %s: %v", c, code, p)
			}
			for _, written := range writings(code, signs[c]) {
				a.PostalCode = written
				if again, _ := emergency.Canonical(a); again != canonical {
					t.Errorf("%s: %q is %q, want %q", c, written, again.PostalCode, canonical.PostalCode)
				}
			}
		}
	}
}

// writings are ways in which people write a postal code.
func writings(code string, signs []string) []string {
	bare := strings.NewReplacer(" ", "", "-", "").Replace(code)
	list := []string{strings.ToLower(code), "  " + code + "\t", bare, strings.ToLower(bare),
		strings.ReplaceAll(code, "-", " "), strings.ReplaceAll(code, "-", "–"), strings.ReplaceAll(code, " ", "  ")}
	for _, sign := range signs {
		if !strings.HasPrefix(code, sign) {
			list = append(list, sign+"-"+code, sign+" "+code, strings.ToLower(sign)+"-"+bare)
		}
	}
	return list
}

// Whatever has a country's pattern is stored as it is: the table's pattern is
// one of canonical codes.
func TestPatternedPostalCodesAreStable(t *testing.T) {
	for _, row := range countryRows(t) {
		if row.Postal == "" {
			continue
		}
		t.Run(string(row.Country), rapid.MakeCheck(func(t *rapid.T) {
			a := emergency.Address{Country: row.Country, PostalCode: rapid.StringMatching(row.Postal).Draw(t, "code")}
			if got, changes := emergency.Canonical(a); got.PostalCode != a.PostalCode {
				t.Fatalf("%q became %q: %v", a.PostalCode, got.PostalCode, changes)
			}
			if code := problemsOf(a)[emergency.FieldPostalCode]; code != "" {
				t.Fatalf("%q: %v", a.PostalCode, code)
			}
		}))
	}
}

func TestPostalCode(t *testing.T) {
	for _, test := range []struct {
		country       telephony.Country
		written, want string // want is empty where the code is malformed
	}{
		{"US", "95014", "95014"},
		{"US", "221621010", "22162-1010"},
		{"US", "22162 1010", "22162-1010"},
		{"US", "9501", ""},
		{"US", "9-5014", ""},
		{"US", "95014-", ""},
		{"CA", "h3z2y7", "H3Z 2Y7"},
		{"CA", "H3Z-2Y7", "H3Z 2Y7"},
		{"CA", "D3Z 2Y7", ""}, // no code begins with D
		{"GB", "ec1y8sy", "EC1Y 8SY"},
		{"GB", "gir0aa", "GIR 0AA"},
		{"GB", "BFPO61", "BFPO 61"},
		{"GB", "M2 5CQ", ""}, // C is not in the inward code
		{"GB", "RH6 OHP", ""},
		{"IE", "a65f4e2", "A65 F4E2"},
		{"IE", "D6WXY00", "D6W XY00"},
		{"IE", "B65 F4E2", ""},
		{"NL", "1234ab", "1234 AB"},
		{"NL", "0234 AB", ""},
		{"SE", "SE-11455", "114 55"},
		{"SE", "S-114 55", "114 55"},
		{"LU", "L-4750", "4750"},
		{"DE", "D-10115", "10115"},
		{"DE", "D-D-10115", ""},
		{"CH", "CH-8001", "8001"},
		{"FI", "FI-00550", "00550"},
		{"PT", "2725079", "2725-079"},
		{"PL", "00950", "00-950"},
		{"LV", "1010", "LV-1010"},
		{"LV", "lv1010", "LV-1010"},
		{"JP", "1540023", "154-0023"},
		{"JP", "〒１５４－００２３", "154-0023"},
		{"BR", "40301110", "40301-110"},
		{"CZ", "10000", "100 00"},
		{"CZ", "800 00", ""},
		{"SK", "100 00", ""},
		{"GR", "901 24", ""},
		{"AT", "0101", ""},
		{"BE", "0100", ""},
		{"HU", "0100", ""},
		{"ES", "60000", ""},
		{"FR", "75 001", "75001"},
		{"KR", "03051", "03051"},
		{"KR", "110-043", ""}, // the form before 2015
		{"IL", "96143", "96143"},
		{"PR", "PR 00930", "00930"},
		{"PR", "10001", ""},
	} {
		a, _ := emergency.Canonical(emergency.Address{Country: test.country, PostalCode: test.written})
		malformed := problemsOf(a)[emergency.FieldPostalCode] == emergency.ErrMalformed
		switch {
		case malformed != (test.want == ""):
			t.Errorf("%s %q: malformed is %v", test.country, test.written, malformed)
		case test.want != "" && a.PostalCode != test.want:
			t.Errorf("%s %q: %q, want %q", test.country, test.written, a.PostalCode, test.want)
		case test.want == "" && a.PostalCode != strings.TrimSpace(test.written):
			t.Errorf("%s: the malformed %q became %q", test.country, test.written, a.PostalCode)
		}
	}
}

func TestStates(t *testing.T) {
	seen := make(map[telephony.Country]map[string]bool)
	meaning := make(map[[2]string]string) // of a folded code or name in a country
	for _, row := range stateRows(t) {
		if seen[row.country] == nil {
			seen[row.country] = make(map[string]bool)
		}
		if seen[row.country][row.code] {
			t.Errorf("%s %s is there twice", row.country, row.code)
		}
		seen[row.country][row.code] = true
		if row.country == "US" && row.code == "PR" {
			continue // a country of its own; see TestCanonical
		}
		written := append([]string{row.code, strings.ToLower(row.code), string(row.country) + "-" + row.code}, row.names...)
		for _, w := range written {
			key := [2]string{string(row.country), emergency.Fold(w)}
			if code, ok := meaning[key]; ok && code != row.code {
				t.Errorf("%s %q is %s and %s", row.country, w, code, row.code)
			}
			meaning[key] = row.code
			a, _ := emergency.Canonical(emergency.Address{Country: row.country, State: w})
			if a.State != row.code || problemsOf(a)[emergency.FieldState] != "" {
				t.Errorf("%s %q is %q, want %q", row.country, w, a.State, row.code)
			}
		}
	}
	for c, want := range map[telephony.Country]int{"US": 62, "CA": 13, "AU": 8, "IE": 26, "JP": 47, "ES": 52, "IT": 110} {
		if len(seen[c]) != want {
			t.Errorf("%s has %d states, want %d", c, len(seen[c]), want)
		}
	}
	if !seen["IE"]["CO"] || seen["IE"]["C"] {
		t.Error("County Cork is CO")
	}
}

// Every state's own postal codes are begun as the table says, and those of
// another state are a warning, not a problem.
func TestPostalCodeOfAnotherState(t *testing.T) {
	for _, test := range []struct {
		country     telephony.Country
		state, code string
		fits        bool
	}{
		{"US", "WA", "98101", true}, {"US", "CA", "84025", false}, {"US", "TX", "73301", true},
		{"CA", "ON", "K1A 0B1", true}, {"CA", "QC", "K1A 0B1", true}, {"CA", "BC", "K1A 0B1", false},
		{"AU", "SA", "0872", true}, {"AU", "WA", "0872", true}, {"AU", "VIC", "0872", false},
		{"ES", "M", "28039", true}, {"ES", "B", "28039", false},
		{"IT", "BO", "40121", true}, {"IT", "RM", "40121", false},
		{"MX", "CMX", "02860", true}, {"IN", "OD", "751001", true},
		{"KR", "11", "03051", true}, {"DE", "BY", "10115", true},
	} {
		a := wellFormed(t, test.country)
		a.State, a.PostalCode = test.state, test.code
		warned := slices.ContainsFunc(emergency.CheckFormat(a), func(i emergency.Issue) bool {
			return i.Code == emergency.ErrMismatch && i.Field == emergency.FieldPostalCode && i.Severity == emergency.Warning
		})
		if warned == test.fits || len(problemsOf(a)) > 0 {
			t.Errorf("%s %s %s: warned %v, problems %v", test.country, test.state, test.code, warned, problemsOf(a))
		}
	}
}
