package emergency

import (
	"strings"
	"sync"
)

// suffixWords leads from the standard form of a street suffix to the word, both
// in capitals [Pub 28]. Where one form has two words, as PARK and PARKS, the
// first has it. Built on first use.
var suffixWords = sync.OnceValue(func() map[string]string {
	words := make(map[string]string)
	for line := range strings.Lines(suffixesData) {
		row := strings.Fields(line) // the standard form, the word, its other spellings
		if _, taken := words[row[0]]; !taken && row[0] != "#" {
			words[row[0]] = row[1]
		}
	}
	return words
})

// directionWord returns the word, in capitals, for the standard form of a
// direction.
func directionWord(form string) string {
	var b strings.Builder
	for _, letter := range form {
		switch letter {
		case 'N':
			b.WriteString("NORTH")
		case 'S':
			b.WriteString("SOUTH")
		case 'E':
			b.WriteString("EAST")
		case 'W':
			b.WriteString("WEST")
		}
	}
	return b.String()
}

// SpellOut returns an address of the United States with its street suffix and
// its directionals written in full, as the data of dispatch centres often has
// them: "Ave" is "Avenue" and "NE" is "Northeast". What is not known to stand for
// a word stays as it is, and so do addresses of other countries.
func SpellOut(a Address) Address {
	if a.Country != "US" {
		return a
	}
	for _, f := range [...]Field{FieldPreDirectional, FieldStreetSuffix, FieldPostDirectional} {
		from := a.Value(f)
		if from == "" || len(from) > maxFieldBytes {
			continue
		}
		form, ok := standardForm(f, from)
		if !ok {
			continue
		}
		word := directionWord(form)
		if f == FieldStreetSuffix {
			word = suffixWords()[form]
			if from == strings.ToUpper(from) {
				a = a.With(f, word)
				continue
			}
		}
		a = a.With(f, word[:1]+strings.ToLower(word[1:]))
	}
	return a
}
