package telephony

import "strings"

// Area is where a number belongs: a country, a region or state within it, and a
// city. Names are compared to the letter, capitals included, as the service
// does. An area without a city is non-geographic: its numbers belong to the
// whole country, or to the region if it has one.
type Area struct {
	Country Country
	Region  string // the part of the ISO 3166-2 code behind the hyphen, such as WA; empty for none
	City    string // a name or the provider's code, such as Seattle or NY; empty for non-geographic
}

// ErrArea is the cause of a refused area.
const ErrArea Code = "area_invalid"

// MaxCityRunes is the longest name of a city, in characters.
const MaxCityRunes = 64

// allOf stands for an absent region or city in an area's name.
const allOf = "ALL"

// ParseArea reads an area's name as the service writes it: world region,
// country, state and city with hyphens between, ALL where there is none, such
// as NOAM-US-NY-NY or EMEA-ES-ALL-M_MA [num]. The city may hold hyphens.
//
// Errors, in order of precedence: ErrArea for a name that has not four parts or
// has an empty one, those of Check, ErrArea for a country that is not of that
// world region.
func ParseArea(s string) (Area, error) {
	parts := strings.SplitN(s, "-", 4)
	if len(parts) != 4 {
		return Area{}, &Error{Code: ErrArea, Detail: "an area's name has four parts",
			Figures: []Figure{{"parts", int64(len(parts))}}, Fix: "write it as in NOAM-US-NY-NY"}
	}
	if parts[2] == "" || parts[3] == "" {
		return Area{}, &Error{Code: ErrArea, Detail: "a part of the area's name is empty",
			Fix: "write ALL where there is no state or no city"}
	}
	a := Area{Country: Country(parts[1]), Region: orEmpty(parts[2]), City: orEmpty(parts[3])}
	if err := a.Check(""); err != nil {
		return Area{}, err
	}
	if world := a.Country.World(); parts[0] != world {
		return Area{}, &Error{Code: ErrArea, Detail: "the country is not of that part of the world",
			Fix: "begin the name with " + world}
	}
	return a, nil
}

// MustParseArea is ParseArea for text known to be right. It panics on any other.
func MustParseArea(s string) Area {
	a, err := ParseArea(s)
	if err != nil {
		panic("telephony: MustParseArea: " + err.Error())
	}
	return a
}

func orEmpty(s string) string {
	if s == allOf {
		return ""
	}
	return s
}

func orAll(s string) string {
	if s == "" {
		return allOf
	}
	return s
}

// String returns the area's name as ParseArea reads it.
func (a Area) String() string {
	return a.Country.World() + "-" + string(a.Country) + "-" + orAll(a.Region) + "-" + orAll(a.City)
}

// MarshalText implements encoding.TextMarshaler; the zero Area is empty text.
func (a Area) MarshalText() ([]byte, error) {
	if a == (Area{}) {
		return nil, nil
	}
	return []byte(a.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the zero
// Area, the errors are those of ParseArea.
func (a *Area) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*a = Area{}
		return nil
	}
	*a, err = ParseArea(string(text))
	return err
}

// IsGeographic reports whether the area's numbers belong to a city.
func (a Area) IsGeographic() bool { return a.City != "" }

// Check reports whether the area can be one; field names it in the error.
// Errors, in order of precedence: ErrCountry, ErrArea, ErrText.
func (a Area) Check(field string) error {
	if err := CheckCountry(field, a.Country); err != nil {
		return err
	}
	if !isRegion(a.Region) {
		return &Error{Code: ErrArea, Field: field,
			Detail: "a region is up to three capitals or digits, the part of its ISO 3166-2 code behind the hyphen",
			Fix:    "write it as in WA or NSW, or leave it empty, which in a name is ALL"}
	}
	if a.City == allOf || a.Region == allOf {
		return &Error{Code: ErrArea, Field: field, Detail: "ALL stands for no region or city in an area's name",
			Fix: "leave the field empty"}
	}
	if a.Country == "DK" && a.IsGeographic() {
		return &Error{Code: ErrArea, Field: field,
			Detail: "numbers of Denmark are non-geographic", Fix: "leave the city empty, which in a name is ALL"}
	}
	return CheckText(field, a.City, MaxCityRunes)
}

func isRegion(s string) bool {
	for i := 0; i < len(s); i++ {
		if (s[i] < 'A' || s[i] > 'Z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return len(s) <= 3
}

// Compare orders areas by country, region and city.
func (a Area) Compare(b Area) int {
	if c := strings.Compare(string(a.Country), string(b.Country)); c != 0 {
		return c
	}
	if c := strings.Compare(a.Region, b.Region); c != 0 {
		return c
	}
	return strings.Compare(a.City, b.City)
}

// Within reports whether a lies in outer, whose empty fields stand for any.
func (a Area) Within(outer Area) bool {
	return (outer.Country == "" || outer.Country == a.Country) &&
		(outer.Region == "" || outer.Region == a.Region) &&
		(outer.City == "" || outer.City == a.City)
}
