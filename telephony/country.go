package telephony

// Country is an ISO 3166-1 alpha-2 code in capitals, such as "US". The zero
// value is no country.
type Country string

// ErrCountry is the cause of a refused country code.
const ErrCountry Code = "country_invalid"

// CheckCountry reports whether c is a country this module knows: an assigned
// ISO 3166-1 alpha-2 code in capitals, or "ZZ", which ISO sets aside for users
// and which goes here with the calling code 999 of synthetic stock. field names
// it in the error. Its error is ErrCountry.
func CheckCountry(field string, c Country) error {
	if !c.IsValid() {
		return &Error{Code: ErrCountry, Field: field,
			Detail: "a country is an assigned ISO 3166-1 alpha-2 code in capitals",
			Fix:    "write it as in US, FR or GB"}
	}
	return nil
}
