package emergency

import (
	"slices"
	"strings"
	"sync"
)

// suffixNames are the suffixes written out, which can also be all there is of a
// street's name: "Park", "The Green". Built on first use.
var suffixNames = sync.OnceValue(func() map[string]bool {
	names := make(map[string]bool)
	for line := range strings.Lines(suffixesData) {
		if words := strings.Fields(line); words[0] != "#" {
			names[words[1]] = true
		}
	}
	return names
})

// commonwealthSuffixes are street types of other English-speaking countries
// beside those of Publication 28. They are told apart and never rewritten.
var commonwealthSuffixes = []string{
	"APPROACH", "BANK", "BRAE", "CHASE", "CIRCUS", "CLOSE", "CL", "COPSE", "CRES", "CROFT", "DENE", "END",
	"ESPLANADE", "ESP", "GATE", "GROVE", "LAWN", "LEA", "LINK", "NOOK", "PARADE", "PDE", "PROMENADE", "PROM",
	"QUAY", "QY", "RETREAT", "RISE", "STRAND", "VALE", "WHARF", "WYND", "YARD",
}

// suffixKey is how suffixes and directions are looked up.
func suffixKey(word string) string { return strings.ToUpper(withoutStops(word)) }

// isSuffixWord reports whether a word is a street suffix in any spelling.
func isSuffixWord(word string) bool {
	key := suffixKey(word)
	return suffixes()[key] != "" || slices.Contains(commonwealthSuffixes, key)
}

// isSuffixName reports whether a word is a street suffix written out.
func isSuffixName(word string) bool {
	key := suffixKey(word)
	return suffixNames()[key] || slices.Contains(commonwealthSuffixes, key)
}

// isDirectional reports whether words are one of the eight directions.
func isDirectional(words ...string) bool {
	_, ok := standardDirectional(suffixKey(strings.Join(words, " ")))
	return ok
}

// readSuffixed reads a line where the type of a street comes after its name:
// any units before and after one segment of street and number, which commas may
// part.
func (c *country) readSuffixed(segments [][]string) (StreetLine, bool) {
	l := StreetLine{Address: Address{Country: c.Country}}
	first := 0
	var leading []string
	for first < len(segments)-1 && new(StreetLine).areUnits(c, segments[first]) {
		leading = append(leading, segments[first]...)
		first++
	}
	street, rest, ok := c.joinStreet(segments[first:])
	if trailing := slices.Concat(rest...); !ok || !l.areUnits(c, trailing) || !l.areUnits(c, leading) {
		return StreetLine{}, false
	}
	street = l.takeLeadingUnit(c, street)
	street = l.takeUnits(c, street, false)
	if unit, number := c.cutBareUnit(street[0]); unit != "" && l.Location.Unit == "" {
		if _, used := c.numberBefore(slices.Concat([]string{number}, street[1:])); used > 0 {
			l.Location.Unit, street = unit, slices.Concat([]string{number}, street[1:])
		}
	}
	name, found := c.cutNumber(&l.Address, street)
	if !found {
		name = street
	}
	c.readSuffixedName(&l.Address, name)
	return l, true
}

// joinStreet joins the segments of a street and its number: "12, Main St", "Main
// St, N.W.", in Glasgow with the flat before them. It is not ok where both have a
// house number: "12, 14 Main St".
func (c *country) joinStreet(segments [][]string) (street []string, rest [][]string, ok bool) {
	street, rest = segments[0], segments[1:]
	if len(rest) > 0 {
		numbered, flat := c.beginsWithNumber(rest[0]), len(street) == 1 && c.isFlatPair(street[0])
		alone := new(Address).setWholeNumber(c, street)
		switch {
		case alone && numbered && !flat:
			return nil, nil, false
		case alone:
			street, rest = slices.Concat(street, rest[0]), rest[1:]
		}
	}
	if len(rest) > 0 && c.isLateDirection(street, rest[0]) {
		street, rest = slices.Concat(street, rest[0]), rest[1:]
	}
	return street, rest, true
}

// beginsWithNumber reports whether words are a street with a house number before.
func (c *country) beginsWithNumber(words []string) bool {
	_, used := c.numberBefore(words)
	return used > 0
}

// isLateDirection reports whether a comma sets the direction of a street apart:
// "Pennsylvania Ave., N.W.". A single letter may be that of a unit.
func (c *country) isLateDirection(street, words []string) bool {
	text := strings.Join(words, " ")
	return c.Directionals && isDirectional(words...) && (len(suffixKey(text)) > 1 || strings.HasSuffix(text, ".")) && endsInSuffix(street)
}

// readSuffixedName fills the parts of a street's name from its words, from the
// outside in; a name is always left.
func (c *country) readSuffixedName(a *Address, words []string) {
	words = c.cutBefore(a, words)
	words = c.cutAfter(a, words)
	a.Street = strings.Join(words, " ")
}

// cutBefore takes what comes before a name: "Old" before a direction or a type,
// the direction, the type.
func (c *country) cutBefore(a *Address, words []string) []string {
	if len(words) > 2 && fold(words[0]) == "old" && (c.cutDirection(words[1:]) > 0 || c.cutType(words[1:]) > 0) {
		a.StreetPreModifier, words = words[0], words[1:]
	}
	if n := c.cutDirection(words); n > 0 {
		a.PreDirectional, words = withoutStops(strings.Join(words[:n], " ")), words[n:]
	}
	n := c.cutType(words)
	a.StreetTypePrefix = withoutStops(strings.Join(words[:n], " "))
	return words[n:]
}

// cutDirection returns how many words at the start are a direction before a
// name, 0 if none are. In "North Ave" the direction is the name [Pub 28].
func (c *country) cutDirection(words []string) int {
	if !c.Directionals {
		return 0
	}
	for _, n := range [...]int{2, 1} {
		if len(words) > n && isDirectional(words[:n]...) && !isUnnamed(words[n:]) {
			return n
		}
	}
	return 0
}

// isUnnamed reports whether words are a suffix, or a suffix and a direction,
// without a name.
func isUnnamed(words []string) bool {
	return isSuffixWord(words[0]) && (len(words) == 1 || len(words) == 2 && isDirectional(words[1]))
}

// isHalf reports whether a word tells one half of a street from the other, as in
// "O'Connell Street Upper". In North America it is a part of the building.
func (c *country) isHalf(word string) bool {
	switch suffixKey(word) {
	case "UPPER", "MIDDLE", "LOWER":
		return !c.Directionals
	}
	return false
}

// cutAfter takes what comes after a name: the word "Extended" and the like, the
// direction, the suffix. "The Green" is a name without a suffix.
func (c *country) cutAfter(a *Address, words []string) []string {
	if n := len(words); n > 1 && fold(words[n-1]) == "extended" || n > 2 && c.isHalf(words[n-1]) && endsInSuffix(words[:n-1]) {
		a.StreetPostModifier, words = words[n-1], words[:n-1]
	}
	for _, n := range [...]int{2, 1} {
		name := words[:max(0, len(words)-n)]
		if len(name) == 0 || !isDirectional(words[len(name):]...) || !c.Directionals && !endsInSuffix(name) {
			continue
		}
		a.PostDirectional, words = withoutStops(strings.Join(words[len(name):], " ")), name
		break
	}
	if endsInSuffix(words) && !(len(words) == 2 && fold(words[0]) == "the") && !(a.StreetTypePrefix != "" && c.isForeignType(a.StreetTypePrefix)) {
		a.StreetSuffix, words = withoutStops(words[len(words)-1]), words[:len(words)-1]
	}
	return words
}

// endsInSuffix reports whether words are a name and a suffix.
func endsInSuffix(words []string) bool { return len(words) > 1 && isSuffixWord(words[len(words)-1]) }

// isForeignType reports whether a street type is of a language that has no
// suffixes: in "rue du Parc" the last word is part of the name.
func (c *country) isForeignType(words string) bool {
	return !streetTypes()["en"][typeKey(words)]
}
