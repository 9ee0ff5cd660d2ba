package emergency

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"

	"example.com/callingplan/telephony"
)

//go:embed data/countries.jsonl
var countriesData string

// A country is the form of the addresses of one country.
type country struct {
	Country      telephony.Country `json:"country"`
	Required     []string          `json:"required"`      // names of fields that must be filled
	Fields       []string          `json:"fields"`        // names of fields that its addresses have, those that not all have
	Postal       string            `json:"postal"`        // pattern of the whole canonical code; empty: there are no codes
	Separators   []separator       `json:"separators"`    // how the code is written
	Signs        []string          `json:"signs"`         // what may be printed before the code
	HouseNumber  string            `json:"house_number"`  // "required", "expected" or empty
	English      bool              `json:"english"`       // its addresses are in English
	BoxLanguages []string          `json:"box_languages"` // languages in which a post office box is looked for

	Name         string   `json:"name"`         // in English, for letters from abroad
	Format       string   `json:"format"`       // the lines of an envelope, see envelope.go
	LocalFormat  string   `json:"local_format"` // the same in the country's own script
	Upper        string   `json:"upper"`        // the letters of Format that are printed in capitals
	StateCode    bool     `json:"state_code"`   // a state is printed as its code, else by its name
	Number       string   `json:"number"`       // where the house number stands: "before" or "after" the street, or "none"
	EitherSide   bool     `json:"either_side"`  // people write it on either side
	Comma        bool     `json:"comma"`        // a comma stands between street and house number
	Suffixes     bool     `json:"suffixes"`     // the type of a street comes after its name, as in English
	Directionals bool     `json:"directionals"` // N, S, E, W are parts of street names by themselves
	Types        []string `json:"types"`        // languages of street types that come before the name

	required, has FieldSet
	postal        func() *regexp.Regexp // compiled on first use
	states        *stateList            // nil: states are not known one by one
}

// A separator is text that stands in canonical codes of one length.
type separator struct {
	Length int    `json:"length"` // of the code without separators
	Text   string `json:"text"`
	At     int    `json:"at"`
}

// countries are the countries with rules, built on first use.
var countries = sync.OnceValue(func() map[telephony.Country]*country {
	all := make(map[telephony.Country]*country)
	for line := range strings.Lines(countriesData) {
		c := new(country)
		if err := json.Unmarshal([]byte(line), c); err != nil {
			panic("emergency: data/countries.jsonl: " + err.Error()) // a fault of this module, not of a caller
		}
		c.required, c.has = fieldsNamed(c.Required), fieldsNamed(c.Fields)
		c.postal = sync.OnceValue(func() *regexp.Regexp { return wholeMatch(c.Postal) })
		c.states = states()[c.Country]
		all[c.Country] = c
	}
	all[madeUp] = &country{Country: madeUp, Format: generalLayout, Number: "before", Suffixes: true,
		Postal: fiveDigits, required: FieldsOf(FieldStreet, FieldCity), has: allFields,
		postal: sync.OnceValue(func() *regexp.Regexp { return wholeMatch(fiveDigits) })}
	return all
})

// madeUp is the country of numbers and addresses that nobody has. They have any
// field, and a postal code of five digits where they have one.
const madeUp telephony.Country = "ZZ"

const fiveDigits = `\d{5}`

// countryOf returns the rules of a country, nil where there are none.
func countryOf(c telephony.Country) *country { return countries()[c] }

// SupportedCountries returns the countries whose addresses can be checked, in
// the order of their codes. ZZ is not one of them, though its addresses can be
// checked too: it is where the numbers of the calling code 999 are, and it asks
// for no more than a street and a city, so that whatever takes an address can be
// tried with numbers and streets that nobody has. A postal code there is five
// digits.
func SupportedCountries() []telephony.Country {
	var list []telephony.Country
	for c := range countries() {
		if c != madeUp {
			list = append(list, c)
		}
	}
	slices.Sort(list)
	return list
}

func fieldsNamed(names []string) FieldSet {
	var s FieldSet
	for _, name := range names {
		s = s.With(Field(slices.Index(fieldNames[:], name)))
	}
	return s
}

func wholeMatch(pattern string) *regexp.Regexp { return regexp.MustCompile("^(?:" + pattern + ")$") }

// usesEnglish reports whether the address is in English as far as street names
// go: Quebec writes French.
func (c *country) usesEnglish(a Address) bool {
	return c.English && !(c.Country == "CA" && a.State == "QC")
}
