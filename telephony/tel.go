package telephony

import (
	"log/slog"
	"slices"
	"strings"
)

// Tel is what a tel: URI says: a number, and the extension behind it if there
// is one [RFC 3966].
type Tel struct {
	Number    Number
	Extension string // digits only; empty for none
	// Parameters are the URI's others, as written and in order, such as
	// "isub=1411"; they have no meaning here and are kept, not swallowed.
	Parameters []string
}

const telScheme = "tel:"

func hasTelScheme(s string) bool {
	return len(s) >= len(telScheme) && s[len(telScheme)-1] == ':' && strings.EqualFold(s[:len(telScheme)], telScheme)
}

// ParseTel reads a tel: URI with a global number, such as
// "tel:+1-425-555-0100;ext=12". A URI with a local number, which means
// something only within its phone-context, is refused, and so is a parameter
// that stands twice. Separators are - . ( ) as Parse reads them; a separator
// behind the last digit, which the RFC lets pass, is refused as there.
//
// Errors, in order of precedence: ErrNumberSyntax, ErrNumberLength,
// ErrCallingCode.
func ParseTel(s string) (Tel, error) {
	if !hasTelScheme(s) {
		return Tel{}, syntaxError("a tel: URI begins with tel:", 0)
	}
	number, rest, more := strings.Cut(s[len(telScheme):], ";")
	if i := strings.IndexFunc(number, isNoTelByte); i >= 0 {
		return Tel{}, syntaxError("a tel: URI separates digits by - . ( ) only", len(telScheme)+i)
	}
	n, err := parseInternational(number)
	if err != nil {
		return Tel{}, err
	}
	tel := Tel{Number: n}
	for more {
		var par string
		at := len(s) - len(rest)
		par, rest, more = strings.Cut(rest, ";")
		if err := tel.addParameter(par, at); err != nil {
			return Tel{}, err
		}
	}
	return tel, nil
}

// isNoTelByte tells what may not stand in the number of a tel: URI. It spares
// other signs that Parse does not know either, which are refused there.
func isNoTelByte(r rune) bool { return r == ' ' || r == '/' || r > '~' }

func (t *Tel) addParameter(par string, at int) error {
	name, value, _ := strings.Cut(par, "=")
	if !isParameterName(name) {
		return syntaxError("a parameter of the tel: URI has no proper name", at)
	}
	if strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return syntaxError("a parameter of the tel: URI has a character that is to be percent-encoded", at)
	}
	if !strings.EqualFold(name, "ext") {
		if slices.ContainsFunc(t.Parameters, func(other string) bool { return sameParameter(name, other) }) {
			return syntaxError("a parameter of the tel: URI stands twice", at)
		}
		t.Parameters = append(t.Parameters, par)
		return nil
	}
	digits := strings.NewReplacer("-", "", ".", "", "(", "", ")", "").Replace(value)
	if t.Extension != "" {
		return syntaxError("a parameter of the tel: URI stands twice", at)
	}
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return syntaxError("the extension is not one run of digits", at)
	}
	t.Extension = digits
	return nil
}

func sameParameter(name, other string) bool {
	otherName, _, _ := strings.Cut(other, "=")
	return strings.EqualFold(name, otherName)
}

func isParameterName(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i] | 0x20
		if (c < 'a' || c > 'z') && (name[i] < '0' || name[i] > '9') && name[i] != '-' {
			return false
		}
	}
	return name != ""
}

// String returns the URI, number first, then the extension, then the other
// parameters.
func (t Tel) String() string {
	b := t.Number.AppendTo([]byte(telScheme))
	if t.Extension != "" {
		b = append(append(b, ";ext="...), t.Extension...)
	}
	for _, p := range t.Parameters {
		b = append(append(b, ';'), p...)
	}
	return string(b)
}

// LogValue masks the number in structured logs and leaves the rest out.
func (t Tel) LogValue() slog.Value { return t.Number.LogValue() }
