package telephony

import "strings"

// Prefix is the first digits of numbers, country code first, 1 to 15 of them,
// such as 1425. The zero value is no prefix and begins every number.
type Prefix struct {
	w uint64 // as in Number
}

// ErrPrefix is the cause of a refused prefix.
const ErrPrefix Code = "prefix_invalid"

// ParsePrefix reads a prefix with its country code, with or without a plus
// sign: "+1425" or "1425". Its error is ErrPrefix.
func ParsePrefix(s string) (Prefix, error) {
	digits := strings.TrimPrefix(s, "+")
	if len(digits) == 0 || len(digits) > MaxDigits || digits[0] == '0' {
		return Prefix{}, prefixError()
	}
	var v uint64
	for i := 0; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' {
			return Prefix{}, prefixError()
		}
		v = v*10 + uint64(digits[i]-'0')
	}
	return Prefix{numberOf(v, len(digits)).w}, nil
}

// MustParsePrefix is ParsePrefix for text known to be right. It panics on any
// other.
func MustParsePrefix(s string) Prefix {
	p, err := ParsePrefix(s)
	if err != nil {
		panic("telephony: MustParsePrefix: " + err.Error())
	}
	return p
}

func prefixError() error {
	return &Error{Code: ErrPrefix, Detail: "a prefix is 1 to 15 digits, country code first",
		Fix: "write it as in 1425 or +1425"}
}

// IsZero reports whether p is no prefix.
func (p Prefix) IsZero() bool { return p.w == 0 }

// Len returns how many digits p has.
func (p Prefix) Len() int { return Number(p).Len() }

// String returns the digits behind a plus sign; empty for no prefix.
func (p Prefix) String() string {
	return string(Number(p).AppendTo(nil))
}

// MarshalText implements encoding.TextMarshaler.
func (p Prefix) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. Empty text is no prefix.
func (p *Prefix) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Prefix{}
		return nil
	}
	parsed, err := ParsePrefix(string(text))
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}

// Contains reports whether n begins with p.
func (p Prefix) Contains(n Number) bool {
	lo, hi := p.words()
	return lo <= n.w && n.w <= hi && n.IsValid()
}

// Words returns the least and the greatest word, in the sense of Number.Word,
// that a number beginning with p can have. The numbers whose words lie between
// these two are exactly those that begin with p.
func (p Prefix) Words() (lo, hi uint64) { return p.words() }

func (p Prefix) words() (lo, hi uint64) {
	if p.w == 0 {
		return 0, pow10[MaxDigits]<<countBits | MaxDigits
	}
	// The word of p is the least: a shorter number of the same places, such as
	// one that ends where p goes on with zeros, has the lower count.
	last := p.w>>countBits + pow10[MaxDigits-p.Len()] - 1
	return p.w, last<<countBits | MaxDigits
}
