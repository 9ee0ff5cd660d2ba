package emergency

import "example.com/callingplan/telephony"

// A Policy is what a country asks of emergency addresses.
type Policy struct {
	LocationNeeded telephony.LocationWhen // when a number must have a location
	AreaMustFit    bool                   // the address must be in the area of the number
	Editable       bool                   // some fields of a validated address may be changed, and it is validated anew
}

// PolicyFor returns the policy of a country [loc] [lis]. An unlisted country
// and ZZ have the zero Policy: a location at acquisition, any area, nothing to edit.
// In Canada and Puerto Rico the location is needed at assignment, as the later
// pages of the service have it; the set-up page names the United States alone.
func PolicyFor(c telephony.Country) Policy {
	var p Policy
	switch c {
	case "US", "CA", "PR":
		p.LocationNeeded = telephony.LocationAtAssignment
	case "BE", "FR", "DE", "IE", "NL", "ES":
		p.AreaMustFit = true
	}
	switch c {
	case "AU", "BR", "CA", "HR", "CZ", "EE", "HK", "HU", "IL", "JP", "LV", "LT", "MX",
		"NZ", "PL", "PR", "RO", "SG", "KR", "SI", "ZA", "US":
		p.Editable = true
	}
	return p
}

// editable are the fields of a validated address that may be changed where the
// country lets them be [lis].
const editable = 1<<FieldCity | 1<<FieldCompany | 1<<FieldDescription | 1<<FieldHouseNumber |
	1<<FieldPosition | 1<<FieldPostalCode | 1<<FieldState | 1<<FieldStreet

// MayEdit reports whether a field of a validated address may be changed. The
// description always may; it is the administrator's own.
func (p Policy) MayEdit(f Field) bool {
	return f == FieldDescription || p.Editable && FieldSet(editable).Has(f)
}
