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
	case s[0] == '+' || len(s) > 4 && strings.EqualFold(s[:4], "tel:"):
		return telephony.Parse(s)
	}
	return telephony.ParseDigits(s)
}
