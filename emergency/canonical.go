package emergency

import (
	"strings"

	"example.com/callingplan/telephony"
)

// Canonical returns the address in the form in which it is stored and compared,
// and the changes that took, in order. It changes how the address is written
// and never what it says:
//
//   - text is in Unicode normal form C with single spaces ("spaces");
//   - the country is in capitals ("country-case");
//   - a state known by a name is its code: "Washington" is "WA" ("state-code");
//   - Puerto Rico is a country, not a state of the US ("puerto-rico");
//   - a well-formed postal code is written as the country writes it ("postal-code");
//   - the letter, fraction or word of a house number is apart: "425A" is "425"
//     and "A", "101 1/2" is "101" and "1/2", "12 bis" is "12" and "bis"; so is
//     what the Netherlands add to it, "12-2", and in North America the letters
//     before it: "N6W23001" is "N6W" and "23001" ("house-number") [lis] [RFC 6848];
//   - an ELIN is a number in its international form: "+14255550100" ("elin");
//   - the city of an address in Singapore is Singapore ("city-state").
//
// Canonical is idempotent. What it cannot read it leaves as it is.
func Canonical(a Address) (Address, []Change) {
	e := editor{address: a}
	for f := FieldCountry; f < FieldPosition; f++ {
		e.set(f, clean(*e.address.text(f)), Normalised, "spaces")
	}
	e.set(FieldCountry, upperCountry(string(e.address.Country)), Normalised, "country-case")
	e.canonicalState()
	if c := countryOf(e.address.Country); c != nil {
		if code, ok := c.canonicalPostal(e.address.PostalCode); ok {
			e.set(FieldPostalCode, code, Normalised, "postal-code")
		}
	}
	e.canonicalHouseNumber()
	if n, err := telephony.Parse(e.address.ELIN); err == nil {
		e.set(FieldELIN, n.String(), Normalised, "elin")
	}
	if e.address.Country == "SG" && e.address.City == "" {
		e.set(FieldCity, "Singapore", Normalised, "city-state")
	}
	return e.address, e.changes
}

// An editor changes an address and keeps account of it.
type editor struct {
	address Address
	changes []Change
}

// set gives a field a value and records the change, if it is one.
func (e *editor) set(f Field, to string, kind ChangeKind, rule string) {
	p := e.address.text(f)
	if *p == to {
		return
	}
	e.changes = append(e.changes, Change{Field: f, From: *p, To: to, Kind: kind, Rule: rule})
	*p = to
}

func (e *editor) apply(changes []Change) {
	for _, c := range changes {
		e.set(c.Field, c.To, c.Kind, c.Rule)
	}
}

// canonicalState brings the state to its code, and Puerto Rico to one form out
// of two: it has a country code of its own and is a state to the post office.
func (e *editor) canonicalState() {
	if e.address.State == "" || len(e.address.State) > maxFieldBytes {
		return
	}
	switch e.address.Country {
	case "US", "PR":
		if code, _ := countryOf("US").states.code("US", e.address.State); code == "PR" {
			e.set(FieldCountry, "PR", Normalised, "puerto-rico")
			e.set(FieldState, "", Normalised, "puerto-rico")
			return
		}
	}
	c := countryOf(e.address.Country)
	if c == nil || c.states == nil {
		return
	}
	if code, ok := c.states.code(c.Country, e.address.State); ok {
		e.set(FieldState, code, Normalised, "state-code")
	}
}

// canonicalHouseNumber sets apart what stands before and after the digits of a
// house number, where it is of one piece and its place is empty.
func (e *editor) canonicalHouseNumber() {
	a := &e.address
	if number, suffix, ok := cutHouseNumber(a.Country, a.HouseNumber); ok && a.HouseNumberSuffix == "" {
		e.set(FieldHouseNumber, number, Normalised, "house-number")
		e.set(FieldHouseNumberSuffix, suffix, Normalised, "house-number")
	}
	c := countryOf(a.Country)
	if c == nil || !c.Directionals || a.HouseNumberPrefix != "" || len(a.HouseNumber) > maxFieldBytes {
		return
	}
	if n, ok := c.readGridNumber(a.HouseNumber); ok {
		e.set(FieldHouseNumber, n.number, Normalised, "house-number")
		e.set(FieldHouseNumberPrefix, n.prefix, Normalised, "house-number")
	}
}

// upperCountry capitalises a country code of two ASCII letters.
func upperCountry(s string) string {
	if len(s) == 2 && isASCIILetter(s[0]) && isASCIILetter(s[1]) {
		return strings.ToUpper(s)
	}
	return s
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// cutHouseNumber cuts "425A" and "425 A" into number and letter, "101 1/2" into
// number and fraction, "12 bis" into number and word, and the Dutch "12-2" into
// number and what is added to it.
func cutHouseNumber(c telephony.Country, s string) (number, suffix string, ok bool) {
	if len(s) > maxFieldBytes {
		return "", "", false
	}
	number, rest := cutDigits(s)
	suffix = strings.TrimPrefix(rest, " ")
	letter := len(suffix) == 1 && isASCIILetter(suffix[0])
	added, hyphen := strings.CutPrefix(rest, "-")
	switch {
	case number == "":
		return "", "", false
	case letter, isFraction(suffix), isNumberWord(suffix):
		return number, suffix, true
	case c == "NL" && hyphen && isDigits(added):
		return number, added, true
	}
	return "", "", false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
