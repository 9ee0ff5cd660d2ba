package emergency

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed data/street_types.txt
var streetTypesData string

// streetTypes are the words that stand before the name of a street, by
// language: "rue" of "rue X", "state route" of "State Route 9". Built on first
// use.
var streetTypes = sync.OnceValue(func() map[string]map[string]bool {
	all := make(map[string]map[string]bool)
	for line := range strings.Lines(streetTypesData) {
		language, words, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if language == "#" {
			continue
		}
		all[language] = make(map[string]bool)
		for phrase := range strings.SplitSeq(words, ";") {
			all[language][typeKey(phrase)] = true
		}
	}
	return all
})

// typeKey is how street types are compared. The slash of "C/" tells it from
// the letter C.
func typeKey(phrase string) string {
	if strings.HasSuffix(phrase, "/") {
		return fold(phrase) + "/"
	}
	return fold(phrase)
}

// longestType is how many words a street type has at most.
const longestType = 5

// cutType returns how many words at the start are a street type, 0 if none
// are. A name must be left. English types are words of names as well, and are
// types only before what numbers a road: "Highway 83", "Avenue N". Before a suffix
// alone a word is the name: "Avenue Rd", "Villa St N".
func (c *country) cutType(words []string) int {
	for n := min(longestType, len(words)-1); n > 0; n-- {
		if c.Suffixes && isUnnamed(words[n:]) && isMainSuffix(words[n]) {
			continue
		}
		numbered := numbersRoad(words[n:])
		if numbered && c.isStateRoad(words[:n]) {
			return n
		}
		key := ""
		for _, language := range c.Types {
			if language == "en" && !numbered {
				continue
			}
			if key == "" {
				key = typeKey(strings.Join(words[:n], " "))
			}
			if streetTypes()[language][key] {
				return n
			}
		}
	}
	return 0
}

// splitType splits a street type with a slash off the name it is written onto:
// "C/Mayor".
func (c *country) splitType(words []string) []string {
	before, name, ok := strings.Cut(words[0], "/")
	if !ok || name == "" || !c.isType([]string{before + "/"}) {
		return words
	}
	return slices.Concat([]string{before + "/", name}, words[1:])
}

// isStateRoad recognises the roads that states of the US name after themselves:
// "Kentucky Highway", "KY State Road" [Pub 28].
func (c *country) isStateRoad(words []string) bool {
	if c.Country != "US" || len(words) < 2 {
		return false
	}
	switch suffixKey(words[len(words)-1]) {
	case "HIGHWAY", "HWY", "ROAD", "RD", "ROUTE", "RTE":
	default:
		return false
	}
	state := words[:len(words)-1]
	if last := len(state) - 1; last > 0 && fold(state[last]) == "state" {
		state = state[:last]
	}
	_, ok := c.states.code(c.Country, strings.Join(state, " "))
	return ok
}

// isType reports whether words are a street type and nothing else.
func (c *country) isType(words []string) bool {
	return len(words) <= longestType && slices.ContainsFunc(c.Types, func(language string) bool {
		return streetTypes()[language][typeKey(strings.Join(words, " "))]
	})
}

// numbersRoad reports whether words begin with what numbers a road: digits, as
// in "83", "50B" and "A1A", or the letter of a county road, which may be there
// twice. A direction is such a letter only where nothing else is.
func numbersRoad(words []string) bool {
	first := words[0]
	switch {
	case hasDigit(first):
		_, ending := cutDigits(first)
		return !isOrdinalEnding(ending)
	case !isASCIILetter(first[0]) || len(first) > 2 || strings.Trim(first, first[:1]) != "":
		return false
	}
	return len(words) == 1 || !isSuffixWord(words[1]) && !isDirectional(first)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
