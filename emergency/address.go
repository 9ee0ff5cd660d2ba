package emergency

import (
	"log/slog"

	"example.com/callingplan/telephony"
)

// An Address is a civic address: where a place of business stands. It is a
// plain comparable value; the zero value is an empty address. Fields are text
// of at most 256 characters, stored in the canonical form of [Canonical].
//
// The fields are those of [lis], with the parts of a street name that
// [RFC 5139] and [RFC 6848] tell apart. An address prints and logs masked: its
// country and state only. The values are in the fields.
type Address struct {
	Country   telephony.Country `json:"country,omitempty"`    // ISO 3166-1 alpha-2
	State     string            `json:"state,omitempty"`      // the part of the ISO 3166-2 code after the hyphen: "WA"; civic type 1
	County    string            `json:"county,omitempty"`     // civic type 2
	City      string            `json:"city,omitempty"`       // civic type 3
	CityAlias string            `json:"city_alias,omitempty"` // another name of the city, as post offices use; civic type 30
	District  string            `json:"district,omitempty"`   // part of the city: suburb, townland, urbanization; civic type 4

	StreetPreModifier  string `json:"street_pre_modifier,omitempty"`  // "Old" of "Old Highway 83"; civic type 38
	PreDirectional     string `json:"pre_directional,omitempty"`      // "N" of "N Oak Ave"; civic type 16
	StreetTypePrefix   string `json:"street_type_prefix,omitempty"`   // "Highway" of "Highway 83", "Rue" of "Rue X"
	Street             string `json:"street,omitempty"`               // the name of the street alone; civic type 34
	StreetSuffix       string `json:"street_suffix,omitempty"`        // "Ave" of "N Oak Ave"; civic type 18
	PostDirectional    string `json:"post_directional,omitempty"`     // "NE" of "5th Ave NE"; civic type 17
	StreetPostModifier string `json:"street_post_modifier,omitempty"` // "Extended"; civic type 39

	HouseNumberPrefix string `json:"house_number_prefix,omitempty"` // "Z" of "Z123", "N6W" of "N6W23001", "No" of "No. 12"
	HouseNumber       string `json:"house_number,omitempty"`        // "425", also "289-01", "12-14"; civic type 19
	HouseNumberSuffix string `json:"house_number_suffix,omitempty"` // "A" of "425A", "1/2" of "101 1/2", "bis" of "12 bis"; civic type 20
	PostalCode        string `json:"postal_code,omitempty"`         // civic type 24

	Company      string   `json:"company,omitempty"`        // who is there; civic type 23
	CompanyTaxID string   `json:"company_tax_id,omitempty"` // asked for in some countries; never sent to a dispatch centre
	Description  string   `json:"description,omitempty"`    // the administrator's own words
	ELIN         string   `json:"elin,omitempty"`           // emergency location identification number: whom the dispatch centre calls back, as "+14255550100"
	Position     Position `json:"position,omitzero"`
}

// String describes the address without disclosing it, such as "address in WA, US".
func (a Address) String() string {
	where := ""
	if len(a.State) <= maxShown && a.State != "" {
		where = a.State + ", "
	}
	if len(a.Country) > maxShown || a.Country == "" {
		return "address"
	}
	return "address in " + where + string(a.Country)
}

// maxShown is the longest country or state code that is shown, in bytes: what
// is longer is no code, and may be anything.
const maxShown = 6

// GoString is what %#v prints: the masked form.
func (a Address) GoString() string { return "emergency.Address{" + a.String() + "}" }

// LogValue keeps the address out of structured logs: country and state only.
func (a Address) LogValue() slog.Value { return slog.StringValue(a.String()) }
