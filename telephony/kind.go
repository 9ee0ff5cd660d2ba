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

var kinds = enum[Kind]{code: ErrKind, detail: "a number is of one kind",
	words: []string{"user", "service-toll", "service-toll-free"}}

// Kinds returns the kinds in ascending order.
func Kinds() []Kind { return kinds.all() }

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return kinds.has(k) }

// String returns "user", "service-toll" or "service-toll-free".
func (k Kind) String() string { return kinds.word(k, "invalid kind") }

// ParseKind reads what String returns. Its error is ErrKind.
func ParseKind(s string) (Kind, error) { return kinds.parse(s) }

// CheckKind reports whether k is one of the kinds; field names it in the error,
// which is ErrKind.
func CheckKind(field string, k Kind) error { return kinds.check(field, k) }

// MarshalText implements encoding.TextMarshaler; no kind is empty text.
func (k Kind) MarshalText() ([]byte, error) { return kinds.marshal(k) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no kind.
func (k *Kind) UnmarshalText(text []byte) error { return kinds.unmarshal(text, k) }
