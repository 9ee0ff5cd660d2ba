package telephony

import (
	"strings"
	"unicode/utf8"
)

// The causes for which text is refused as a number.
const (
	ErrNumberSyntax    Code = "number_syntax"
	ErrNumberLength    Code = "number_length"
	ErrCallingCode     Code = "calling_code_unassigned"
	ErrNumberExtension Code = "number_has_extension"
)

// Parse reads a number in its international form: a plus sign, the country code
// and the rest, as in +14255550100. Spaces, hyphens, dots, slashes and pairs of
// parentheses around digits are read over, anywhere between the plus sign and
// the last digit: "+1 (425) 555-0100". Blanks and tabs around the whole are too.
// A tel: URI is read as well [RFC 3966], unless it carries an extension, which a
// Number cannot hold; ParseTel reads those, and keeps the URI's other parameters,
// which Parse leaves out.
//
// A national trunk prefix in parentheses, as in "+44 (0)20 ...", is refused: it
// is not dialled from abroad, and to guess which zero is meant can reach
// somebody else.
//
// Errors, in order of precedence: ErrNumberSyntax, ErrNumberLength,
// ErrCallingCode, ErrNumberExtension. None of them holds the text.
func Parse(s string) (Number, error) {
	s = trimBlanks(s)
	if hasTelScheme(s) {
		tel, err := ParseTel(s)
		if err != nil {
			return Number{}, err
		}
		if tel.Extension != "" {
			return Number{}, &Error{Code: ErrNumberExtension, Detail: "a number cannot hold the URI's extension",
				Fix: "read it with ParseTel, which returns both"}
		}
		return tel.Number, nil
	}
	return parseInternational(s)
}

// MustParse is Parse for text known to be right, such as constants of tests. It
// panics on any other.
func MustParse(s string) Number {
	n, err := Parse(s)
	if err != nil {
		panic("telephony: MustParse: " + err.Error())
	}
	return n
}

// ParseDigits reads a number written as bare digits, country code first and no
// plus sign, as older directory exports have it. Errors, in order of
// precedence: ErrNumberSyntax, ErrNumberLength, ErrCallingCode.
func ParseDigits(s string) (Number, error) {
	var digits uint64
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return Number{}, syntaxError("bare digits are expected", i)
		}
		digits = digits*10 + uint64(s[i]-'0') // may wrap; then there are too many
	}
	return checked(digits, len(s))
}

// ParsePart reads a part of a number, such as "555-01" or "(425)": digits, and the
// separators that people write between them, which it leaves out. A plus sign in
// front stays, for a part that begins the number; empty text stays empty. field names
// it in the error, which is ErrNumberSyntax.
func ParsePart(field, s string) (string, error) {
	part := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		size := separatorLen(s[i:])
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '+' && i == 0:
			part, size = append(part, c), 1
		case size == 0:
			return "", partError(field, "a character is neither a digit nor a separator", i)
		}
		i += size
	}
	if len(s) > 0 && strings.Trim(string(part), "+") == "" {
		return "", partError(field, "there is no digit", 0)
	}
	return string(part), nil
}

func partError(field, detail string, at int) error {
	return &Error{Code: ErrNumberSyntax, Field: field, Detail: detail, Figures: []Figure{{"at byte", int64(at)}},
		Fix: "write some digits of the number, as in 555 01"}
}

// trimBlanks cuts blanks and tabs off both ends. strings.Trim takes as long as
// all the rest of Parse.
func trimBlanks(s string) string {
	for len(s) > 0 && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}

// parseInternational reads "+", digits and the separators people write.
func parseInternational(s string) (Number, error) {
	if len(s) == 0 || s[0] != '+' {
		return Number{}, syntaxError("an international number begins with +", 0)
	}
	var digits uint64
	count, open, last := 0, -1, byte('0')
	for i := 1; i < len(s); {
		c := s[i]
		if c >= '0' && c <= '9' {
			digits = digits*10 + uint64(c-'0') // may wrap; then there are too many
			count++
			last = c
			i++
			continue
		}
		size := separatorLen(s[i:])
		switch {
		case size == 0:
			return Number{}, syntaxError("a character is neither a digit nor a separator", i)
		case c == '(' && open >= 0, c == ')' && open < 0:
			return Number{}, syntaxError("the parentheses do not match", i)
		case c == '(':
			open = i
		case c == ')':
			if err := checkParenthesized(s[open+1:i], open); err != nil {
				return Number{}, err
			}
			open = -1
		}
		last = c
		i += size
	}
	if open >= 0 {
		return Number{}, syntaxError("the parentheses do not match", open)
	}
	if (last < '0' || last > '9') && last != ')' {
		return Number{}, syntaxError("the number ends with a separator", len(s)-1)
	}
	return checked(digits, count)
}

// checkParenthesized refuses what may not stand between two parentheses: nothing
// at all, and a trunk prefix.
func checkParenthesized(inner string, at int) error {
	digits := 0
	for i := 0; i < len(inner); i++ {
		if inner[i] >= '0' && inner[i] <= '9' {
			digits++
		}
	}
	switch {
	case digits == 0:
		return syntaxError("the parentheses hold no digit", at)
	case digits == 1 && strings.Contains(inner, "0"):
		return syntaxError("a national trunk prefix (0) is not part of an international number", at)
	}
	return nil
}

// separatorLen returns the length in bytes of the separator that s begins with,
// 0 if it begins with none.
func separatorLen(s string) int {
	switch s[0] {
	case ' ', '-', '.', '/', '(', ')':
		return 1
	}
	if s[0] < utf8.RuneSelf {
		return 0
	}
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '\u00a0', '\u202f', '\u2009', // spaces that do not break, and the thin one
		'\u2010', '\u2011', '\u2012', '\u2013': // hyphens and the short dashes
		return size
	}
	return 0
}

// checked makes a Number of digits, written with count places, if they are of
// a number's length and begin with an assigned calling code.
func checked(digits uint64, count int) (Number, error) {
	if count < MinDigits || count > MaxDigits {
		return Number{}, lengthError(count)
	}
	n := numberOf(digits, count)
	if n.CallingCode() == 0 {
		return Number{}, &Error{Code: ErrCallingCode,
			Detail: "the number begins with no country calling code that is assigned",
			Fix:    "write the country code first"}
	}
	return n, nil
}

func lengthError(count int) error {
	return &Error{Code: ErrNumberLength, Detail: "a number has 7 to 15 digits, country code included",
		Figures: []Figure{{"digits", int64(count)}}, Fix: "write all its digits, and no others"}
}

func syntaxError(detail string, at int) error {
	return &Error{Code: ErrNumberSyntax, Detail: detail,
		Figures: []Figure{{"at byte", int64(at)}},
		Fix:     "write it as +, country code and number, as in +1 425 555 0100"}
}
