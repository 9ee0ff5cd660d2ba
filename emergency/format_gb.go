package emergency

import (
	"strings"
	"unicode"
)

// A characterRule is what the United Kingdom lets stand in a field [lis].
type characterRule struct {
	field   Field
	longest int    // in characters
	special string // beside letters and digits
	message string
}

// unitedKingdom are the rules of the United Kingdom's fields.
var unitedKingdom = [...]characterRule{
	{FieldCity, 50, " ,/-+.'&\"_", "letters, digits, spaces and , / - + . ' & \" _, at most 50, beginning with a letter or digit"},
	{FieldStreet, 50, " ,/-+.'&\"_", "letters, digits, spaces and , / - + . ' & \" _, at most 50, beginning with a letter or digit"},
	{FieldHouseNumber, 20, "-/[]", "a digit, then letters, digits and - / [ ], at most 20"},
	{FieldCompany, 80, " ,/-.'&\"_", "letters, digits, spaces and , / - . ' & \" _, at most 80, beginning with a letter or digit"},
}

// checkUnitedKingdom applies the rules. The pattern of postcodes, their inner
// space included, is that of the country's table.
func (r *report) checkUnitedKingdom(a Address) {
	for _, rule := range unitedKingdom {
		if s := a.Value(rule.field); s != "" && !r.has(rule.field) && !rule.allows(s) {
			r.add(Problem, ErrMalformed, rule.field, "it may have "+rule.message)
		}
	}
}

func (rule characterRule) allows(s string) bool {
	count := 0
	for _, r := range s {
		letter, digit := unicode.IsLetter(r), '0' <= r && r <= '9'
		switch {
		case count == 0 && rule.field == FieldHouseNumber && !digit,
			count == 0 && !letter && !digit,
			!letter && !digit && !unicode.IsMark(r) && !strings.ContainsRune(rule.special, r):
			return false
		}
		count++
	}
	return count <= rule.longest
}
