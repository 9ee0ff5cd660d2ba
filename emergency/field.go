package emergency

import (
	"iter"
	"math/bits"
)

// A Field names one field of an [Address]. The zero Field is the address as a
// whole.
type Field uint8

// The fields of an address, in the order in which verdicts list them. All but
// the last, the position, are text.
const (
	FieldCountry Field = 1 + iota
	FieldState
	FieldCounty
	FieldCity
	FieldCityAlias
	FieldDistrict
	FieldStreetPreModifier
	FieldPreDirectional
	FieldStreetTypePrefix
	FieldStreet
	FieldStreetSuffix
	FieldPostDirectional
	FieldStreetPostModifier
	FieldHouseNumberPrefix
	FieldHouseNumber
	FieldHouseNumberSuffix
	FieldPostalCode
	FieldCompany
	FieldCompanyTaxID
	FieldDescription
	FieldELIN
	FieldPosition

	fieldEnd
)

// fieldNames are the stable names, the same as the keys of an encoded Address.
var fieldNames = [fieldEnd]string{
	"address",
	"country", "state", "county", "city", "city_alias", "district",
	"street_pre_modifier", "pre_directional", "street_type_prefix", "street",
	"street_suffix", "post_directional", "street_post_modifier",
	"house_number_prefix", "house_number", "house_number_suffix",
	"postal_code", "company", "company_tax_id", "description", "elin", "position",
}

// String returns the stable name of the field, such as "postal_code", and
// "address" for the zero Field.
func (f Field) String() string {
	if f >= fieldEnd {
		return "unknown"
	}
	return fieldNames[f]
}

// A FieldSet is a set of fields. The zero FieldSet is empty.
type FieldSet uint32

// FieldsOf returns the set of the given fields.
func FieldsOf(list ...Field) FieldSet {
	var s FieldSet
	for _, f := range list {
		s |= 1 << f
	}
	return s
}

// Has reports whether f is in the set.
func (s FieldSet) Has(f Field) bool { return s&(1<<f) != 0 }

// With returns the set with f in it.
func (s FieldSet) With(f Field) FieldSet { return s | 1<<f }

// Without returns the set with no field of other in it.
func (s FieldSet) Without(other FieldSet) FieldSet { return s &^ other }

// Len returns how many fields the set has.
func (s FieldSet) Len() int { return bits.OnesCount32(uint32(s)) }

// All yields the fields of the set in order.
func (s FieldSet) All() iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for f := FieldCountry; f < fieldEnd; f++ {
			if s.Has(f) && !yield(f) {
				return
			}
		}
	}
}

// Value returns the text of one field; the position as "lat,lon". It is empty
// for a field that is not filled, and for the zero Field.
func (a Address) Value(f Field) string {
	if f == FieldPosition {
		return a.Position.String()
	}
	if p := a.text(f); p != nil {
		return *p
	}
	return ""
}

// With returns the address with one field replaced, so that a suggestion can
// be taken. A position is no text: With leaves it as it is.
func (a Address) With(f Field, value string) Address {
	if p := a.text(f); p != nil {
		*p = value
	}
	return a
}

// text points to the text of a field; nil for the position and unknown fields.
func (a *Address) text(f Field) *string {
	switch f {
	case FieldCountry:
		return (*string)(&a.Country)
	case FieldState:
		return &a.State
	case FieldCounty:
		return &a.County
	case FieldCity:
		return &a.City
	case FieldCityAlias:
		return &a.CityAlias
	case FieldDistrict:
		return &a.District
	case FieldPostalCode:
		return &a.PostalCode
	case FieldCompany:
		return &a.Company
	case FieldCompanyTaxID:
		return &a.CompanyTaxID
	case FieldDescription:
		return &a.Description
	case FieldELIN:
		return &a.ELIN
	}
	return a.streetText(f)
}

// streetText points to the fields of the street line.
func (a *Address) streetText(f Field) *string {
	switch f {
	case FieldStreetPreModifier:
		return &a.StreetPreModifier
	case FieldPreDirectional:
		return &a.PreDirectional
	case FieldStreetTypePrefix:
		return &a.StreetTypePrefix
	case FieldStreet:
		return &a.Street
	case FieldStreetSuffix:
		return &a.StreetSuffix
	case FieldPostDirectional:
		return &a.PostDirectional
	case FieldStreetPostModifier:
		return &a.StreetPostModifier
	case FieldHouseNumberPrefix:
		return &a.HouseNumberPrefix
	case FieldHouseNumber:
		return &a.HouseNumber
	case FieldHouseNumberSuffix:
		return &a.HouseNumberSuffix
	}
	return nil
}

// filled returns the fields that have a value.
func (a Address) filled() FieldSet {
	var s FieldSet
	for f := FieldCountry; f < FieldPosition; f++ {
		if *a.text(f) != "" {
			s = s.With(f)
		}
	}
	if !a.Position.IsZero() {
		s = s.With(FieldPosition)
	}
	return s
}
