package emergency

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/suffixes.txt
var suffixesData string

// suffixes leads from every spelling of a street suffix, in capitals, to the
// standard form [Pub 28]. Built on first use.
var suffixes = sync.OnceValue(func() map[string]string {
	forms := make(map[string]string)
	for line := range strings.Lines(suffixesData) {
		words := strings.Fields(line) // the standard form, the word, its other spellings
		if words[0] == "#" {
			continue
		}
		for _, w := range words {
			// MDW is listed for MEADOW and for MEADOWS: the first one has it.
			if _, taken := forms[w]; !taken {
				forms[w] = words[0]
			}
		}
	}
	return forms
})

// standardDirectional returns the standard form of a direction in capitals
// [Pub 28].
func standardDirectional(s string) (string, bool) {
	switch s {
	case "N", "NORTH":
		return "N", true
	case "S", "SOUTH":
		return "S", true
	case "E", "EAST":
		return "E", true
	case "W", "WEST":
		return "W", true
	case "NE", "N E", "NORTHEAST", "NORTH EAST", "NORTH-EAST":
		return "NE", true
	case "NW", "N W", "NORTHWEST", "NORTH WEST", "NORTH-WEST":
		return "NW", true
	case "SE", "S E", "SOUTHEAST", "SOUTH EAST", "SOUTH-EAST":
		return "SE", true
	case "SW", "S W", "SOUTHWEST", "SOUTH WEST", "SOUTH-WEST":
		return "SW", true
	}
	return "", false
}

// standardForm returns the standard form of a suffix or directional, in
// capitals, and whether it is a known one.
func standardForm(f Field, s string) (string, bool) {
	key := strings.ToUpper(strings.ReplaceAll(s, ".", ""))
	if f == FieldStreetSuffix {
		form, ok := suffixes()[key]
		return form, ok
	}
	return standardDirectional(key)
}

// standardPart returns a part of a street name or number in the form in which it
// is compared everywhere: as suffixes, "Avenue", "Ave." and "AVE" are one, and "No"
// before a number is nothing.
func standardPart(f Field, s string) string {
	if s == "" {
		return ""
	}
	switch f {
	case FieldPreDirectional, FieldPostDirectional, FieldStreetSuffix:
		if form, ok := standardForm(f, s); ok {
			return form
		}
	case FieldHouseNumberPrefix:
		if isNumberMark(s) {
			return ""
		}
	}
	return fold(s)
}

// standardForms returns the changes that bring a canonical address to the
// standard forms of its country: the ordinal ending of a street name that is a
// number, and in the United States the suffix and the directionals of the
// postal service. Elsewhere those are compared without being rewritten.
func standardForms(a Address) []Change {
	var changes []Change
	if to, ok := ordinalFor(a); ok && to != "" {
		changes = append(changes, Change{FieldStreet, a.Street, to, OrdinalEnding, "street-ordinal"})
	}
	if a.Country != "US" {
		return changes
	}
	for _, f := range [...]Field{FieldPreDirectional, FieldStreetSuffix, FieldPostDirectional} {
		from := a.Value(f)
		if to := rewritten(f, from); to != from {
			changes = append(changes, Change{f, from, to, Abbreviation, "standard-form"})
		}
	}
	return changes
}

// rewritten returns the standard form in the letters of what was written:
// "AVENUE" is "AVE", "avenue" is "Ave", and "ave" is standard as it is.
func rewritten(f Field, from string) string {
	if from == "" || len(from) > maxFieldBytes {
		return from
	}
	form, ok := standardForm(f, from)
	switch {
	case !ok || strings.EqualFold(form, from):
		return from
	case f == FieldStreetSuffix && from != strings.ToUpper(from):
		return form[:1] + strings.ToLower(form[1:])
	}
	return form
}
