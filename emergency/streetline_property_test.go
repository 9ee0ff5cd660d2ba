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

// counted counts the characters of a line that may not be lost. Between a house
// number and a unit there may be a slash in three countries.
func counted(c telephony.Country, s string) map[rune]int {
	count := make(map[rune]int)
	for _, r := range s {
		slash := r == '/' && slices.Contains([]telephony.Country{"AT", "AU", "NZ"}, c)
		if r != ' ' && r != ',' && r != '.' && !slash {
			count[r]++
		}
	}
	return count
}

// checkStreetLine checks what is promised of every reading of a canonical line:
// nothing is lost, what is printed is read as the same again, the parts are in
// canonical form, and no name has signs that names do not have.
func checkStreetLine(t fataler, c telephony.Country, line string) {
	t.Helper()
	l, err := emergency.ParseStreetLine(c, line)
	if err != nil {
		t.Errorf("%s %q: %v", c, line, err)
		return
	}
	read := l.Address.Country
	if fmt.Sprint(counted(read, line)) != fmt.Sprint(counted(read, l.Line())) { // fmt sorts the keys
		t.Errorf("%s %q is printed %q", c, line, l.Line())
	}
	if again, err := emergency.ParseStreetLine(c, l.Line()); err != nil || again != l {
		t.Errorf("%s %q is %s, and %q is %s, %v", c, line, parts(l), l.Line(), parts(again), err)
	}
	canonical, changes := emergency.Canonical(l.Address)
	canonical.City = "" // Singapore's
	if canonical != l.Address {
		t.Errorf("%s %q is not canonical: %v", c, line, changes)
	}
	if !l.IsWhole() && strings.ContainsAny(l.Address.Street, ";()[]#½") {
		t.Errorf("%s %q is %s", c, line, parts(l))
	}
	if l.IsWhole() && l.Address.Street != line {
		t.Errorf("%s %q is left whole as %q", c, line, l.Address.Street)
	}
}

// anyLine is a line of words that mean something, or of anything.
func anyLine() *rapid.Generator[string] {
	words := strings.Fields("12 12A 12-14 4/12 1/2 A1 N6W23 5th 5 83 98101 # #3 , , . - – N NE South Main Elm Old St St. Ave Road Park " +
		"Highway Avenue rue Calle C/ Via ul. Jalan bis No. No.5 Nr km s/n t/m or at app bureau RM 5,5 5-3º St: S:t # #5 ½ 12½ 3/2 U4 4/12 5/Stiege 5/Top bajo D:3 ; & (rear) and to B Rear Floor Apt Flat Unit Lot Box Extended Upper lgh bus apto m. No: nº5 12/F 3º Straße 東京 丁目1")
	soup := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 8).Draw(t, "words"), rapid.SampledFrom([]string{" ", " ", ", "}).Draw(t, "between"))
	})
	return rapid.OneOf(soup, soup, rapid.StringMatching(`[ -~]{0,40}`), rapid.String())
}

func TestStreetLineLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(append(emergency.SupportedCountries(), "ZZ", "", "XX")).Draw(t, "country")
		text, _ := emergency.Canonical(emergency.Address{Street: anyLine().Draw(t, "line")})
		if telephony.CheckText("", text.Street, telephony.MaxTextRunes) != nil {
			return
		}
		checkStreetLine(t, c, text.Street)
	})
}

// The parts of an American address, drawn at random and written one after the
// other, are found again. The plain names begin no other part.
func TestStreetLineOfDrawnParts(t *testing.T) {
	var spellings []string
	for _, row := range suffixRows(t) {
		spellings = append(spellings, row...)
	}
	optional := func(of ...string) *rapid.Generator[string] { return rapid.SampledFrom(append(of, "")) }
	rapid.Check(t, func(t *rapid.T) {
		var want emergency.StreetLine
		a := &want.Address
		a.Country = rapid.SampledFrom([]telephony.Country{"US", "VI", "GU", "CA"}).Draw(t, "country")
		a.HouseNumber = fmt.Sprint(rapid.IntRange(1, 99999).Draw(t, "number"))
		a.HouseNumberSuffix = optional("A", "1/2").Draw(t, "letter")
		a.PreDirectional = optional("N", "South", "NE", "North West").Draw(t, "pre")
		a.Street = rapid.SampledFrom([]string{"Elm", "5th", "Martin Luther King", "St. Marks", "1700", "Main Avenue"}).Draw(t, "name")
		a.StreetSuffix = rapid.SampledFrom(spellings).Draw(t, "suffix")
		a.PostDirectional = optional("W", "Southeast").Draw(t, "post")
		want.Location.Building = optional("BLDG 4").Draw(t, "building")
		want.Location.Unit = optional("APT 3", "# 3", "STE 200B").Draw(t, "unit")
		written := []string{a.HouseNumber, a.HouseNumberSuffix, a.PreDirectional, a.Street, a.StreetSuffix,
			a.PostDirectional, want.Location.Building, want.Location.Unit}
		if a.HouseNumberSuffix == "A" {
			written[0], written[1] = a.HouseNumber+"A", ""
		}
		line := strings.Join(strings.Fields(strings.Join(written, " ")), " ")
		got, err := emergency.ParseStreetLine(a.Country, line)
		if err != nil || got != want {
			t.Fatalf("%q is %s, want %s, %v", line, parts(got), parts(want), err)
		}
	})
}

// In every country a street and a number are told apart where its layout has
// the number.
func TestStreetLineInEveryCountry(t *testing.T) {
	for _, row := range countryRows(t) {
		lines := map[string]string{"before": "12 Fernhill", "after": "Fernhill 12"}
		line, ok := lines[row.Number]
		l, err := emergency.ParseStreetLine(row.Country, lines["before"])
		if ok {
			l, err = emergency.ParseStreetLine(row.Country, line)
		}
		if want := "no 12 | name Fernhill"; err != nil || ok && parts(l) != want || !ok && !l.IsWhole() {
			t.Errorf("%s: %s, %v", row.Country, parts(l), err)
		}
		if ok && strings.ReplaceAll(l.Line(), ",", "") != line {
			t.Errorf("%s: printed %q, want %q", row.Country, l.Line(), line)
		}
	}
}

// A house number is the same in canonical form whether it was typed into its own
// field or in a line with the street, in every country whose layout has one. In
// Canada what stands before a hyphen in a line is the flat.
func TestNumberTypedInEitherWay(t *testing.T) {
	for _, row := range countryRows(t) {
		for _, number := range []string{"12", "12A", "12 b", "12 bis", "12ter", "101 1/2", "12½", "12 ½", "12-14", "12-2", "4-6A"} {
			if row.Country == "CA" && strings.Contains(number, "-") {
				continue
			}
			a, _ := emergency.Canonical(emergency.Address{Country: row.Country, HouseNumber: number, Street: "Fernhill", City: "x"})
			a.City = ""
			l, err := emergency.ParseStreetLine(row.Country, a.StreetLine())
			if whole := row.Number == "none"; err != nil || whole != l.IsWhole() || !whole && l.Address != a {
				t.Errorf("%s: %s typed in its field is %q and %q, in %q it is %s", row.Country, number, a.HouseNumber, a.HouseNumberSuffix, a.StreetLine(), parts(l))
			}
		}
	}
}

// What cannot be kept as text is refused at once, whatever its size, and the
// text is not in the error.
func TestStreetLineRefused(t *testing.T) {
	for name, line := range map[string]string{
		"ten megabytes":           strings.Repeat("12 Elm St, ", 1_000_000),
		"ten megabytes of spaces": strings.Repeat(" ", 10_000_000),
		"not UTF-8":               "12 Secret\xff St",
		"written right to left":   "12 Secret \u202eSt",
		"zero width":              "12 Sec\u200bret St",
		"byte order mark":         "\ufeff12 Secret St",
		"null":                    "12 Secret\x00 St",
		"too long":                strings.Repeat("x", 257),
	} {
		l, err := emergency.ParseStreetLine("US", line)
		if !errors.Is(err, telephony.ErrText) || l != (emergency.StreetLine{}) {
			t.Errorf("%s: %v, %v", name, l, err)
		} else if strings.Contains(err.Error(), "Sec") {
			t.Errorf("%s: the error discloses the line", name)
		}
	}
	if l, err := emergency.ParseStreetLine("US", strings.Repeat("x", 256)); err != nil || !l.IsWhole() {
		t.Errorf("256 characters: %v", err)
	}
	if l, err := emergency.ParseStreetLine("us", " \t12\u00a0 Elm\nSt "); err != nil || parts(l) != "no 12 | name Elm | suffix St" || l.Address.Country != "US" {
		t.Errorf("%s, %v", parts(l), err)
	}
	if l, err := emergency.ParseStreetLine("US", ""); err != nil || l.Line() != "" || !l.IsWhole() {
		t.Errorf("nothing: %v", err)
	}
}

// A line that would be too long to be read again with what its layout puts in is left
// whole.
func TestStreetLineOfMostCharacters(t *testing.T) {
	const start = "Calle Mayor 5 apto "
	for n := telephony.MaxTextRunes - 3; n <= telephony.MaxTextRunes; n++ {
		line := start + strings.Repeat("1", n-len(start))
		checkStreetLine(t, "ES", line)
		l, err := emergency.ParseStreetLine("ES", line) // printed with two commas
		if whole := n > telephony.MaxTextRunes-2; err != nil || l.IsWhole() != whole {
			t.Errorf("%d characters: whole %v, %v, want %v", n, l.IsWhole(), err, whole)
		}
	}
}

func TestStreetLineIsMasked(t *testing.T) {
	l, err := emergency.ParseStreetLine("US", "12 Secret St Apt 77")
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	logged(&log, l)
	for _, text := range []string{fmt.Sprint(l), fmt.Sprintf("%+v %#v %s", l, l, l), log.String()} {
		if strings.Contains(text, "Secret") || strings.Contains(text, "77") {
			t.Errorf("%q discloses the line", text)
		}
	}
}
