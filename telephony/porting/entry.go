package porting

import (
	"errors"
	"iter"
	"log/slog"
	"strings"

	"example.com/callingplan/telephony"
)

// The causes for which what was entered is no number and no range.
const (
	ErrEntryEmpty     telephony.Code = "number_entry_empty"
	ErrNumberEntry    telephony.Code = "number_entry"     // neither 10 digits nor 1 and 10 digits
	ErrNumberReadings telephony.Code = "number_ambiguous" // one number, or two with a hyphen between
	ErrEntryTooLong   telephony.Code = "number_entry_too_long"
	ErrRangeOpen      telephony.Code = "range_open" // a hyphen, and a number on one side only
)

// maxEntry is the longest text that is looked at for a range, in bytes: two
// numbers with all their separators.
const maxEntry = 128

// ParseEntered reads a number as somebody in North America enters it for
// porting [port]: all but the digits is left out; 10 digits gain the country
// code, 11 that begin with 1 are taken as they are. A text with a plus sign or
// tel: in front is read by telephony.Parse instead, whatever its country.
//
// Narrower than that page, it refuses letters, since the digits of an extension
// would become part of the number, and an area code that begins with 0 or 1,
// which no area has [47 CFR 52].
//
// Errors, in order of precedence: ErrEntryEmpty, those of telephony.Parse,
// ErrNumberEntry. None of them holds the text.
func ParseEntered(s string) (telephony.Number, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return telephony.Number{}, &telephony.Error{Code: ErrEntryEmpty, Detail: "there is no number", Fix: "enter one"}
	case s[0] == '+' || len(s) > 4 && strings.EqualFold(s[:4], "tel:"):
		return telephony.Parse(s)
	}
	return northAmerican(s)
}

// northAmerican reads 10 digits, or 1 and 10 digits.
func northAmerican(s string) (telephony.Number, error) {
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
	return telephony.NumberFromDigits(digits)
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 && !isDash(r) && !isBlankRune(r)
}

func isDash(r rune) bool { return r >= '\u2010' && r <= '\u2013' }

func isBlankRune(r rune) bool { return r == '\u00a0' || r == '\u202f' || r == '\u2009' }

func notEntered(detail string, digits int) error {
	return &telephony.Error{Code: ErrNumberEntry, Detail: detail, Figures: []telephony.Figure{{Name: "digits", Value: int64(digits)}},
		Fix: "enter area code and number, or + and the country code in front"}
}

// ParseEntry reads a number or a range as ParseEntered reads numbers: two of
// them with a hyphen, an en dash or two dots between, the smaller first [port].
// The second may come without the plus sign that the first has.
//
// Hyphens stand inside numbers too: where the text can be read in two ways it is
// refused.
//
// Errors, in order of precedence: ErrEntryTooLong for more than 128 bytes;
// ErrRangeOpen; ErrNumberReadings; those of ParseEntered; telephony.ErrRange.
func ParseEntry(s string) (telephony.Range, error) { return ParseEntryWith(s, ParseEntered) }

// ParseEntryWith is ParseEntry for numbers that another function reads.
func ParseEntryWith(s string, number func(string) (telephony.Number, error)) (telephony.Range, error) {
	s = strings.TrimSpace(s)
	if len(s) > maxEntry {
		return telephony.Range{}, &telephony.Error{Code: ErrEntryTooLong, Detail: "the text is too long for two numbers",
			Figures: []telephony.Figure{{Name: "bytes", Value: int64(len(s))}, {Name: "most", Value: maxEntry}}, Fix: "write one number or range a line"}
	}
	first, notSingle := number(s)
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
		from, notFrom := number(s[:i])
		to, notTo := parseLast(s[i+dash:], number)
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
	return telephony.RangeBetween(first, last)
}

// parseLast reads the second number of a range, which may come without the plus
// sign that the first has: +6834000-6834009.
func parseLast(s string, number func(string) (telephony.Number, error)) (telephony.Number, error) {
	n, err := number(s)
	if err != nil {
		n, err = telephony.ParseDigits(strings.TrimSpace(s))
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

// Entry is a line of what somebody entered: numbers, or what is wrong with it. It
// prints and logs masked.
type Entry struct {
	Line    int             // from 1 on
	Typed   string          // as it was typed
	Numbers telephony.Range // empty if Err is not nil
	Err     *telephony.Error
}

// ParseEntries reads numbers and ranges as a form takes them, one a line: those
// that ParseEntry reads, and the others flagged and left as they were typed
// [port]. Blank lines are passed over.
func ParseEntries(text string) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		line := 0
		for typed := range strings.Lines(text) {
			line++
			typed = strings.TrimRight(typed, "\r\n")
			if strings.TrimSpace(typed) == "" {
				continue
			}
			e := Entry{Line: line, Typed: typed}
			var err error
			if e.Numbers, err = ParseEntry(typed); errors.As(err, &e.Err) {
				flagged := *e.Err
				flagged.Line = line
				e.Err = &flagged
			}
			if !yield(e) {
				return
			}
		}
	}
}

// String masks the numbers and leaves out what was typed.
func (e Entry) String() string {
	if e.Err != nil {
		return e.Err.Error()
	}
	return e.Numbers.Masked()
}

// GoString is what %#v prints: the masked form.
func (e Entry) GoString() string { return "porting.Entry{" + e.String() + "}" }

// LogValue masks the numbers in structured logs.
func (e Entry) LogValue() slog.Value { return slog.StringValue(e.String()) }
