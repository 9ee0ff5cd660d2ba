package adminfile

import (
	"strings"

	"example.com/callingplan/telephony"
)

// ParseEntered reads a number as somebody in North America enters it for
// porting [port]: all but the digits is left out; 10 digits gain the country
// code, 11 that begin with 1 are taken as they are. A text with a plus sign or
// tel: in front is read by telephony.Parse instead, whatever its country.
//
// Narrower than that page, it refuses letters, since the digits of an extension
// would become part of the number, and an area code that begins with 0 or 1,
// which no area has [47 CFR 52].
//
// Errors, in order of precedence: ErrCellEmpty, ErrCellRewritten, those of
// telephony.Parse, ErrNumberEntry. None of them holds the text.
func ParseEntered(s string) (telephony.Number, error) {
	n, err := parseNumber(s, NorthAmerican)
	if err != nil {
		return telephony.Number{}, err
	}
	return n, nil
}

// parseNumber reads a number; form says what one without a plus sign is.
func parseNumber(s string, form NumberForm) (telephony.Number, *telephony.Error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return telephony.Number{}, &telephony.Error{Code: ErrCellEmpty, Detail: "there is no number", Fix: "enter one"}
	}
	if wasRewritten(s) {
		return telephony.Number{}, rewritten("the number")
	}
	var n telephony.Number
	var err error
	switch {
	case s[0] == '+' || len(s) > 4 && strings.EqualFold(s[:4], "tel:"):
		n, err = telephony.Parse(s)
	case form == NorthAmerican:
		return northAmerican(s)
	default:
		n, err = telephony.ParseDigits(s)
	}
	return n, asError(err)
}

// northAmerican reads 10 digits, or 1 and 10 digits.
func northAmerican(s string) (telephony.Number, *telephony.Error) {
	var digits uint64
	count := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits = digits*10 + uint64(r-'0') // may wrap; then there are too many
			count++
		case isLetter(r):
			return telephony.Number{}, notEntered("a number is entered without letters", count)
		}
	}
	const national = 1e10
	if count == 10 {
		digits += national
		count++
	}
	if count != 11 || digits/national != 1 {
		return telephony.Number{}, notEntered("the number has neither 10 digits nor 1 and 10 digits", count)
	}
	if digits%national < 2e9 {
		return telephony.Number{}, notEntered("no area code begins with 0 or 1", count)
	}
	n, err := telephony.NumberFromDigits(digits)
	return n, asError(err)
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 && !isDash(r) && !isBlankRune(r)
}

func isDash(r rune) bool { return r >= '\u2010' && r <= '\u2013' }

func isBlankRune(r rune) bool { return r == '\u00a0' || r == '\u202f' || r == '\u2009' }

func notEntered(detail string, digits int) *telephony.Error {
	return &telephony.Error{Code: ErrNumberEntry, Detail: detail, Figures: []telephony.Figure{{Name: "digits", Value: int64(digits)}},
		Fix: "enter area code and number, or + and the country code in front"}
}

// maxEntry is the longest text that is looked at for a range, in bytes: two
// numbers with all their separators.
const maxEntry = 128

// parseEntry reads a number, or two with a hyphen, an en dash or two dots
// between them, the smaller first. Hyphens stand inside numbers too: where the
// text can be read in two ways it is refused.
func parseEntry(s string, form NumberForm) (telephony.Range, *telephony.Error) {
	s = strings.TrimSpace(s)
	if len(s) > maxEntry {
		return telephony.Range{}, &telephony.Error{Code: ErrEntryTooLong, Detail: "the text is too long for two numbers",
			Figures: []telephony.Figure{{Name: "bytes", Value: int64(len(s))}, {Name: "most", Value: maxEntry}}, Fix: "write one number or range a line"}
	}
	first, notSingle := parseNumber(s, form)
	last, readings := first, 0
	if notSingle == nil {
		readings = 1
	}
	for i, r := range s {
		dash := dashLen(s[i:], r)
		if dash == 0 {
			continue
		}
		if i == 0 || i+dash == len(s) {
			return telephony.Range{}, &telephony.Error{Code: ErrRangeOpen, Detail: "the text may be a range of which one number is missing",
				Fix: "write both numbers, or one without the hyphen"}
		}
		from, notFrom := parseNumber(s[:i], form)
		to, notTo := parseLast(s[i+dash:], form)
		if notFrom == nil && notTo == nil {
			first, last = from, to
			readings++
		}
	}
	switch {
	case readings == 0:
		return telephony.Range{}, notSingle
	case readings > 1:
		return telephony.Range{}, &telephony.Error{Code: ErrNumberReadings, Detail: "the text can be read as a number or as a range, or as two ranges",
			Fix: "write both numbers of a range with +, and numbers without hyphens"}
	}
	numbers, err := telephony.RangeBetween(first, last)
	return numbers, asError(err)
}

// parseLast reads the second number of a range, which may come without the plus
// sign that the first has: +6834000-6834009.
func parseLast(s string, form NumberForm) (telephony.Number, *telephony.Error) {
	n, err := parseNumber(s, form)
	if err != nil {
		n, err = parseNumber(s, CountryCodeFirst)
	}
	return n, err
}

// dashLen returns the length of what s begins with if that can stand between
// the two numbers of a range, else 0.
func dashLen(s string, r rune) int {
	switch {
	case r == '-':
		return 1
	case r == '–':
		return len("–")
	case strings.HasPrefix(s, ".."):
		return 2
	}
	return 0
}
