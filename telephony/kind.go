package telephony

// Kind is what a number may be used for. User numbers never go to a service and
// service numbers never to a person [kinds]. The zero value is no kind.
type Kind uint8

// The kinds of numbers.
const (
	UserNumber     Kind = 1 + iota // for people
	TollNumber                     // for services, charged to the caller
	TollFreeNumber                 // for services, charged to the tenant
)

// ErrKind is the cause of a refused kind.
const ErrKind Code = "kind_invalid"

var kindNames = [...]string{UserNumber: "user", TollNumber: "service-toll", TollFreeNumber: "service-toll-free"}

// Kinds returns the kinds in ascending order.
func Kinds() []Kind { return []Kind{UserNumber, TollNumber, TollFreeNumber} }

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return k >= UserNumber && k <= TollFreeNumber }

// String returns "user", "service-toll" or "service-toll-free".
func (k Kind) String() string {
	if !k.IsValid() {
		return "invalid kind"
	}
	return kindNames[k]
}

// ParseKind reads what String returns. Its error is ErrKind.
func ParseKind(s string) (Kind, error) {
	for _, k := range Kinds() {
		if s == kindNames[k] {
			return k, nil
		}
	}
	return 0, CheckKind("", 0)
}

// CheckKind reports whether k is one of the kinds; field names it in the error,
// which is ErrKind.
func CheckKind(field string, k Kind) error {
	if k.IsValid() {
		return nil
	}
	return &Error{Code: ErrKind, Field: field, Detail: "a number is of one kind",
		Fix: "say user, service-toll or service-toll-free"}
}

// MarshalText implements encoding.TextMarshaler; no kind is empty text.
func (k Kind) MarshalText() ([]byte, error) {
	if k == 0 {
		return nil, nil
	}
	return []byte(k.String()), CheckKind("", k)
}

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no kind.
func (k *Kind) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*k = 0
		return nil
	}
	*k, err = ParseKind(string(text))
	return err
}
