package adminfile

import (
	"strings"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// ParseEntered reads a number as porting.ParseEntered does, and tells what a
// spreadsheet made of one apart from other text that is none.
//
// Errors, in order of precedence: ErrCellEmpty, ErrCellRewritten, those of
// telephony.Parse, ErrNumberEntry. None of them holds the text.
func ParseEntered(s string) (telephony.Number, error) { return parseFormed(s, NorthAmerican) }

// parseNumber reads a number; form says what one without a plus sign is.
func parseNumber(s string, form NumberForm) (telephony.Number, *telephony.Error) {
	n, err := parseFormed(s, form)
	return n, asError(err)
}

// parseEntry reads a number or a range of them.
func parseEntry(s string, form NumberForm) (telephony.Range, *telephony.Error) {
	numbers, err := porting.ParseEntryWith(s, func(s string) (telephony.Number, error) { return parseFormed(s, form) })
	return numbers, asError(err)
}

func parseFormed(s string, form NumberForm) (telephony.Number, error) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "'") // which marks text in a spreadsheet
	switch {
	case s == "":
		return telephony.Number{}, &telephony.Error{Code: ErrCellEmpty, Detail: "there is no number", Fix: "enter one"}
	case wasRewritten(s):
		return telephony.Number{}, rewritten("the number")
	case form == NorthAmerican:
		return porting.ParseEntered(s)
	case !isBare(s):
		return telephony.Parse(s)
	case form == Unambiguous && mayBeNational(s):
		return telephony.Number{}, bare()
	}
	return telephony.ParseDigits(s)
}

// parseGrouped reads the digits of a number with its country code first, and what
// people write between them, which in lists of ranges could be a range.
func parseGrouped(s string) (telephony.Number, error) {
	digits, err := telephony.ParsePart("", s)
	if err != nil {
		return telephony.Number{}, err
	}
	return telephony.ParseDigits(digits)
}

// isBare reports whether a number is written without what says that its country
// code comes first.
func isBare(s string) bool {
	return s != "" && s[0] != '+' && (len(s) <= 4 || !strings.EqualFold(s[:4], "tel:"))
}

// mayBeNational reports whether a number is written with 10 digits as in North
// America: another one of as many digits may have its country code among them.
func mayBeNational(s string) bool {
	digits := 0
	for i := range len(s) {
		if isDigits(s[i : i+1]) {
			digits++
		}
	}
	_, err := porting.ParseEntered(s)
	return digits == 10 && err == nil
}

func bare() *telephony.Error {
	return &telephony.Error{Code: ErrNumberBare, Detail: "the number has no plus sign and may lack its country code", Fix: "write + and the country code in front"}
}
