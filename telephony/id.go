package telephony

import (
	"log/slog"
	"unicode/utf8"
)

// Identifiers are opaque text of 1 to 128 bytes out of A-Z a-z 0-9 . _ : @ -
// They are typed so that one cannot stand where another belongs.
type (
	// TenantID names an organisation that holds numbers.
	TenantID string
	// PersonID names a person within a tenant. It is often a sign-in name, so
	// it is masked wherever it is logged or stands in an error's text.
	PersonID string
	// ServiceID names a service within a tenant that has numbers: a conference
	// bridge, or the resource account of an auto attendant or a call queue. It
	// is nobody's name, so it is not masked.
	ServiceID string
	// ReservationID names a reservation within a tenant.
	ReservationID string
	// AddressID names an emergency address within a tenant.
	AddressID string
	// LocationID names an emergency location within a tenant.
	LocationID string
	// PortOrderID names a port order within a tenant.
	PortOrderID string
)

// MaxIDLength is the longest identifier, in bytes.
const MaxIDLength = 128

// ErrID is the cause of a refused identifier.
const ErrID Code = "id_invalid"

// CheckID reports whether id is a well-formed identifier; field names it in the
// error. Its error is ErrID.
func CheckID[T ~string](field string, id T) error {
	if len(id) == 0 || len(id) > MaxIDLength {
		return &Error{Code: ErrID, Field: field, Detail: "an identifier has 1 to 128 bytes",
			Figures: []Figure{{"bytes", int64(len(id))}}, Fix: "choose one of that length"}
	}
	for i := 0; i < len(id); i++ {
		if !isIDByte(id[i]) {
			return &Error{Code: ErrID, Field: field,
				Detail:  "an identifier is made of A-Z a-z 0-9 . _ : @ -",
				Figures: []Figure{{"wrong byte at", int64(i)}}, Fix: "leave out any other character"}
		}
	}
	return nil
}

func isIDByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return c == '.' || c == '_' || c == ':' || c == '@' || c == '-'
}

// Masked shows the first character and hides the rest, so that two people of a
// log can be told apart without being named.
func (p PersonID) Masked() string {
	if p == "" {
		return ""
	}
	_, n := utf8.DecodeRuneInString(string(p))
	return string(p[:n]) + "***"
}

// LogValue masks the identifier in structured logs.
func (p PersonID) LogValue() slog.Value { return slog.StringValue(p.Masked()) }
