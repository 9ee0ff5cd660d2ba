package porting

import "example.com/callingplan/telephony"

// Scope is how much of an account is ported [port]. The zero value is none.
type Scope uint8

// The scopes.
const (
	FullPort    Scope = 1 + iota // all numbers, the billing number with them; the account ends
	PartialPort                  // some numbers; the billing number stays with the carrier
)

// ErrScope is the cause of a refused scope.
const ErrScope telephony.Code = "port_scope_invalid"

var scopeNames = names{ErrScope, "a port order's scope", []string{"", FullPort: "full", PartialPort: "partial"}}

// IsValid reports whether s is one of the scopes.
func (s Scope) IsValid() bool { return scopeNames.has(uint8(s)) }

// String returns "full" or "partial".
func (s Scope) String() string { return scopeNames.word(uint8(s)) }

// ParseScope reads what String returns. Its error is ErrScope.
func ParseScope(text string) (Scope, error) {
	v, err := scopeNames.parse(text)
	return Scope(v), err
}

// MarshalText implements encoding.TextMarshaler; no scope is empty text.
func (s Scope) MarshalText() ([]byte, error) { return scopeNames.marshal(uint8(s)) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no scope.
func (s *Scope) UnmarshalText(text []byte) error {
	v, err := scopeNames.unmarshal(text)
	if err == nil {
		*s = Scope(v)
	}
	return err
}
