package emergency

import "strings"

// Ordinal returns a whole number with its English ordinal ending: 5 is "5th",
// 1 "1st", 112 "112th". The number is decimal digits without leading zeros; of
// anything else, and of 0, there is none.
func Ordinal(number string) (string, bool) {
	if number == "" || number[0] == '0' {
		return "", false
	}
	for i := 0; i < len(number); i++ {
		if !isDigit(number[i]) {
			return "", false
		}
	}
	return number + ordinalEnding(number), true
}

// ordinalEnding looks at the last two digits: 11, 12 and 13 are "th" whatever
// they end in.
func ordinalEnding(digits string) string {
	last, tens := digits[len(digits)-1], byte('0')
	if len(digits) > 1 {
		tens = digits[len(digits)-2]
	}
	switch {
	case tens == '1':
		return "th"
	case last == '1':
		return "st"
	case last == '2':
		return "nd"
	case last == '3':
		return "rd"
	}
	return "th"
}

// ordinalFor applies the rule of street names that are numbers [setup]: where
// addresses are in English they carry their ordinal ending, and the right one.
// wrong reports that the name breaks the rule, and to is the name that keeps
// it, empty for a number that has no ordinal, such as 0 or 05.
//
// A name after a street type, as in "Highway 83", and one of a street grid, as
// in "1700 S", are numbers and stay so.
func ordinalFor(a Address) (to string, wrong bool) {
	c := countryOf(a.Country)
	if c == nil || !c.usesEnglish(a) || a.StreetTypePrefix != "" || len(a.Street) > maxFieldBytes {
		return "", false
	}
	digits, ending := cutDigits(a.Street)
	switch {
	case digits == "":
		return "", false
	case ending == "":
		if a.StreetSuffix == "" && a.PostDirectional != "" {
			return "", false
		}
		to, _ = Ordinal(digits)
		return to, true
	case !isOrdinalEnding(ending):
		return "", false
	}
	if to, _ = Ordinal(digits); strings.EqualFold(to, a.Street) {
		return "", false
	}
	return to, true
}

func cutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return s[:i], s[i:]
}

func isOrdinalEnding(s string) bool {
	switch strings.ToLower(s) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}
