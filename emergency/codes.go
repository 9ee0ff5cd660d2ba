package emergency

import "example.com/callingplan/telephony"

// The causes of an [Issue]. Each is the code of a reason in the error of a
// rejected or undecided verdict, and errors.Is finds it there.
const (
	// ErrMissing: a field the country requires is empty; as a warning, a field it expects.
	ErrMissing telephony.Code = "address_field_missing"
	// ErrMalformed: a value breaks a rule of form, such as the pattern of postal codes.
	ErrMalformed telephony.Code = "address_field_malformed"
	// ErrUnknownValue: a value is not one of a known list, such as the states of the country.
	ErrUnknownValue telephony.Code = "address_value_unknown"
	// ErrUnexpected: the country's addresses have no such field. A warning.
	ErrUnexpected telephony.Code = "address_field_unexpected"
	// ErrMismatch: a value does not fit the others. A warning where the rest leads to the dispatch centre.
	ErrMismatch telephony.Code = "address_field_mismatch"
	// ErrOrdinalRequired: a street name that is a number lacks its ending, or has a wrong one [setup].
	ErrOrdinalRequired telephony.Code = "street_ordinal_required"
	// ErrNonstandardForm: a suffix or directional is not in its standard form. A warning.
	ErrNonstandardForm telephony.Code = "address_form_nonstandard"
	// ErrPOBox: the address is a post office box, where nobody can be found.
	ErrPOBox telephony.Code = "post_office_box"
	// ErrELIN: an ELIN is no number in its international form.
	ErrELIN telephony.Code = "elin_invalid"
	// ErrCountryUnsupported: there are no rules for the country's addresses.
	ErrCountryUnsupported telephony.Code = "address_country_unsupported"
	// ErrNotFound: the authority does not know the address.
	ErrNotFound telephony.Code = "address_not_found"
	// ErrNoRoute: no dispatch centre is known for the address.
	ErrNoRoute telephony.Code = "emergency_route_missing"
	// ErrDefaultRoute: only the dispatch centre of last resort is known, which proves nothing about the address.
	ErrDefaultRoute telephony.Code = "emergency_route_default"
	// ErrUnavailable: no authority answered. Checking again later may help.
	ErrUnavailable telephony.Code = "address_authority_unavailable"
)

// The causes of errors about whole verdicts and checks.
const (
	// ErrAddressRejected: the address was refused; the reasons say why, one for each problem.
	ErrAddressRejected telephony.Code = "address_rejected"
	// ErrAddressUndecided: nobody could say whether the address is valid; it is neither refused nor accepted.
	ErrAddressUndecided telephony.Code = "address_undecided"
	// ErrCheckCancelled: the check was given up by its caller.
	ErrCheckCancelled telephony.Code = "address_check_cancelled"
	// ErrCheckTime: the time given to a check is not one that can be kept.
	ErrCheckTime telephony.Code = "address_check_time_invalid"
	// ErrStreet: a street cannot be added to an authority's streets.
	ErrStreet telephony.Code = "street_invalid"
)

// fixOf says what puts a cause right, for the errors of verdicts.
func fixOf(c telephony.Code) string {
	switch c {
	case ErrMissing:
		return "fill it in"
	case ErrMalformed, ErrUnknownValue, ErrMismatch, ErrNonstandardForm:
		return "correct it"
	case ErrUnexpected:
		return "leave it empty"
	case ErrOrdinalRequired:
		return "write the ending: 5th, 1st, 2nd, 3rd"
	case ErrPOBox:
		return "give the street address"
	case ErrELIN:
		return "give a number that can be called back, with its country code: +1 425 555 0100"
	case ErrNotFound:
		return "check the street and the city"
	case ErrNoRoute, ErrDefaultRoute:
		return "give an address that a dispatch centre serves"
	case ErrUnavailable:
		return "check it again later"
	case ErrCountryUnsupported:
		return "use an address in a supported country"
	}
	return ""
}
