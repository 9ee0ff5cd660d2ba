package emergency

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"

	"example.com/callingplan/telephony"
)

//go:embed data/states.tsv
var statesData string

// A stateList is the states, provinces or counties of one country.
type stateList struct {
	byName map[string]string                // folded code or name to code
	names  map[string][]string              // code to names, the usual one first
	postal map[string]func() *regexp.Regexp // code to how postal codes begin there
}

// states are the lists of the countries that have one, built on first use. No
// name or code stands for two states of a country.
var states = sync.OnceValue(func() map[telephony.Country]*stateList {
	all := make(map[telephony.Country]*stateList)
	for line := range strings.Lines(statesData) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t") // country, code, postal pattern, names
		list := all[telephony.Country(row[0])]
		if list == nil {
			list = &stateList{byName: make(map[string]string), names: make(map[string][]string),
				postal: make(map[string]func() *regexp.Regexp)}
			all[telephony.Country(row[0])] = list
		}
		list.byName[fold(row[1])] = row[1]
		for name := range strings.SplitSeq(row[3], ";") {
			if name != "" {
				list.byName[fold(name)] = row[1]
				list.names[row[1]] = append(list.names[row[1]], name)
			}
		}
		if row[2] != "" {
			list.postal[row[1]] = sync.OnceValue(func() *regexp.Regexp {
				return regexp.MustCompile("^(?:" + row[2] + ")")
			})
		}
	}
	return all
})

// code returns the code of a state written as its code, as its ISO 3166-2 code
// or by a name.
func (l *stateList) code(country telephony.Country, written string) (string, bool) {
	folded := fold(written)
	if code, ok := l.byName[folded]; ok {
		return code, true
	}
	code, ok := l.byName[strings.TrimPrefix(folded, fold(string(country))+" ")]
	return code, ok
}

// has reports whether code is one of the list.
func (l *stateList) has(code string) bool { return l.byName[fold(code)] == code }

// fits reports whether a postal code can be in a state. What is not known fits.
func (l *stateList) fits(state, postalCode string) bool {
	pattern := l.postal[state]
	return pattern == nil || pattern().MatchString(postalCode)
}
