package emergency

import (
	"slices"
	"strings"
)

// A designator is a word that says what part of a building a number is
// [Pub 28].
type designator struct {
	part   func(*Location) *string // the field of the location it belongs to
	number bool                    // a number follows
	sure   bool                    // it is a designator wherever a number follows; others are also words of names
}

func buildingOf(l *Location) *string { return &l.Building }
func floorOf(l *Location) *string    { return &l.Floor }
func unitOf(l *Location) *string     { return &l.Unit }
func roomOf(l *Location) *string     { return &l.Room }
func placeOf(l *Location) *string    { return &l.Place }

// designatorOf returns the designator that a word is.
func designatorOf(word string) (designator, bool) {
	switch suffixKey(word) {
	case "APT", "APARTMENT", "STE", "SUITE", "UNIT", "FLAT", "SHOP",
		"APP", "APPT", "APPARTEMENT", "BUREAU", "UNITÉ", "UNITE": // in Quebec
		return designator{unitOf, true, true}, true
	case "BLDG", "BUILDING":
		return designator{buildingOf, true, true}, true
	case "FL", "FLOOR", "LEVEL":
		return designator{floorOf, true, true}, true
	case "RM", "ROOM":
		return designator{roomOf, true, true}, true
	case "DEPT", "DEPARTMENT", "HNGR", "HANGAR":
		return designator{placeOf, true, true}, true
	case "KEY", "LOT", "PIER", "SLIP", "SPC", "SPACE", "STOP", "TRLR", "TRAILER":
		return designator{placeOf, true, false}, true
	case "BSMT", "BASEMENT", "FRNT", "FRONT", "LBBY", "LOBBY", "LOWR", "LOWER", "OFC", "OFFICE",
		"PH", "PENTHOUSE", "REAR", "SIDE", "UPPR", "UPPER":
		return designator{placeOf, false, false}, true
	}
	return designator{}, false
}

// takeUnits takes the units off the end of words, the last one first, and
// returns the words that are left. After a comma any designator counts; else
// one that is also a word of names counts only after a complete street.
func (l *StreetLine) takeUnits(c *country, words []string, afterComma bool) []string {
	for len(words) > 0 {
		part, used := c.lastUnit(words, afterComma)
		if used == 0 || !afterComma && c.isNumberAlone(words[:len(words)-used]) {
			break // "12 RM 2222" is a road
		}
		text := strings.Join(words[len(words)-used:], " ")
		if before, _, _ := strings.Cut(text, " "); !strings.HasPrefix(before, "#") {
			text = withoutStops(before) + text[len(before):]
		}
		field := part(&l.Location)
		*field = strings.TrimSuffix(text+" "+*field, " ")
		words = words[:len(words)-used]
	}
	return words
}

// isNumberAlone reports whether words are a house number and no street.
func (c *country) isNumberAlone(words []string) bool {
	return len(words) == 0 || new(Address).setWholeNumber(c, words)
}

// areUnits takes words that are units and nothing else.
func (l *StreetLine) areUnits(c *country, words []string) bool {
	return len(l.takeUnits(c, words, true)) == 0
}

// lastUnit finds the unit that words end in, and how many words it is.
func (c *country) lastUnit(words []string, afterComma bool) (part func(*Location) *string, used int) {
	n := len(words)
	last := words[n-1]
	if d, ok := designatorOf(last); ok && !d.number && (afterComma || c.isCompleteStreet(words[:n-1]) && !c.isHalf(last) && !endsName(words)) {
		return d.part, 1
	}
	if isStorey(last) && (afterComma || c.isCompleteStreet(words[:n-1])) {
		return floorOf, 1
	}
	if n > 1 && isFloor(last) && isFloorName(words[n-2]) {
		return floorOf, 2
	}
	if n == 1 && afterComma && c.isUnitCode(last) {
		return unitOf, 1
	}
	number := 1 // how many words the number is: "3", "#3", "# 3"
	bare := strings.TrimPrefix(last, "#")
	if n > 1 && words[n-2] == "#" {
		number = 2
	}
	if !isUnitNumber(bare) {
		return nil, 0
	}
	if before := words[:n-number]; len(before) > 0 {
		if d, ok := designatorOf(before[len(before)-1]); ok && d.counts(c, before, last, number == 2 || bare != last, afterComma) {
			return d.part, number + 1
		}
	}
	if number == 2 || bare != last {
		return unitOf, number
	}
	return nil, 0
}

// endsName reports whether words end in a part of a building that ends names as well,
// after a suffix that is a word of names: "Forest Hill Side", "Forest Lake Front".
func endsName(words []string) bool {
	last := len(words) - 1
	switch suffixKey(words[last]) {
	case "SIDE", "FRONT":
		return !isMainSuffix(words[last-1]) && !isDirectional(words[last-1])
	}
	return false
}

// counts reports whether the designator at the end of words is one, with a
// number after it. A suffix and a direction are the end of a street, and so is
// a suffix before a number that has a sign of its own.
func (d designator) counts(c *country, words []string, number string, signed, afterComma bool) bool {
	street := words[:len(words)-1]
	switch {
	case !d.number:
		return false
	case afterComma:
		return true
	case isSuffixWord(words[len(words)-1]) && (signed || isDirectional(number)):
		return false
	}
	return d.sure || c.isCompleteStreet(street)
}

func isFloor(word string) bool {
	key := suffixKey(word)
	return key == "FLOOR" || key == "FL"
}

// isFloorName recognises what tells a floor from the others: "2nd", "Second",
// "Ground".
func isFloorName(word string) bool {
	if digits, ending := cutDigits(word); digits != "" {
		return isOrdinalEnding(ending)
	}
	switch suffixKey(word) {
	case "FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH", "GROUND", "TOP":
		return true
	}
	return false
}

// isStorey recognises a floor as Hong Kong and its neighbours write it: "12/F",
// "G/F".
func isStorey(word string) bool {
	storey, f, ok := strings.Cut(word, "/")
	return ok && strings.EqualFold(f, "F") && storey != "" && len(storey) <= 3
}

// isUnitNumber reports whether a word can follow a designator: it has a digit,
// or is a letter.
func isUnitNumber(word string) bool { return hasDigit(word) || isLetter(word) }

// isCompleteStreet reports whether words end as a street does, in a suffix or a
// direction after one. A house number is no name: "12 Park" of "12 Park Side" is no
// street. A letter or a direction is one before the suffixes that are hardly ever
// words of names.
func (c *country) isCompleteStreet(words []string) bool {
	_, used := c.numberBefore(words)
	words = words[used:]
	if n := len(words); n > 2 && isDirectional(words[n-1]) {
		words = words[:n-1]
	}
	if len(words) == 2 && (isLetter(words[0]) || isDirectional(words[0])) {
		return isMainSuffix(words[1])
	}
	return endsInSuffix(words)
}

// takeLeadingUnit takes a unit written before the house number without a comma:
// "Unit 4 12 Smith St", "Unit 4/12 Smith St", "U4 12 Smith St", "#5 12 Main St", in
// Glasgow "3/2 12 High Street".
func (l *StreetLine) takeLeadingUnit(c *country, words []string) []string {
	if len(words) < 3 {
		return words
	}
	words = c.splitUnit(words)
	if c.isUnitCode(words[0]) || c.isFlatPair(words[0]) || isSignedUnit(words) {
		if !c.beginsWithNumber(words[1:]) || l.Location.Unit != "" {
			return words
		}
		l.Location.Unit = words[0]
		return words[1:]
	}
	if len(words) < 4 {
		return words
	}
	d, ok := designatorOf(words[0])
	if !ok || !d.sure || !isUnitNumber(words[1]) {
		return words
	}
	if _, used := c.numberBefore(words[2:]); used == 0 {
		return words
	}
	field := d.part(&l.Location)
	*field = strings.TrimPrefix(*field+" "+withoutStops(words[0])+" "+words[1], " ")
	return words[2:]
}

// isSignedUnit reports whether words begin with a unit that has a sign. In "#5 12 Mile
// Rd" it may be the house number.
func isSignedUnit(words []string) bool {
	number, signed := strings.CutPrefix(words[0], "#")
	return signed && isUnitNumber(number) && fold(words[2]) != "mile"
}

// splitUnit splits the house number off the unit that it is written onto, where
// the unit has its designator: "Unit 4/12", "U4/12".
func (c *country) splitUnit(words []string) []string {
	if c.unitMark() != "/" {
		return words
	}
	for i, word := range words[:2] {
		unit, number, _ := strings.Cut(word, "/")
		d, named := designatorOf(words[0])
		if number != "" && (i == 0 && c.isUnitCode(unit) || i == 1 && named && d.sure && isBareUnit(unit)) {
			return slices.Concat(words[:i], []string{unit, number}, words[i+1:])
		}
	}
	return words
}

// isUnitCode recognises a unit as Australia and New Zealand abbreviate it: "U4".
func (c *country) isUnitCode(word string) bool {
	return c.unitMark() == "/" && len(word) > 1 && word[0]|0x20 == 'u' && isBareUnit(word[1:])
}

// isFlatPair recognises a flat as Scotland numbers it, by storey and door: "3/2".
func (c *country) isFlatPair(word string) bool {
	storey, door, ok := strings.Cut(word, "/")
	return ok && c.Country == "GB" && isDigits(storey) && isDigits(door) && len(word) <= 5
}

// cutBareUnit cuts the unit off a house number it is written onto, as the post
// offices of Canada ("10-123"), Australia and New Zealand ("4/12") have it.
func (c *country) cutBareUnit(word string) (unit, number string) {
	unit, number, ok := strings.Cut(word, c.unitMark())
	if !ok || c.unitMark() == "" || !isBareUnit(unit) || number == "" || !isDigit(number[0]) ||
		strings.Contains(number, c.unitMark()) {
		return "", word
	}
	return unit, number
}

// unitMark stands between a unit and the house number it is written onto.
func (c *country) unitMark() string {
	switch c.Country {
	case "CA":
		return "-"
	case "AU", "NZ":
		return "/"
	}
	return ""
}

// isBareUnit reports whether a unit is without its designator: "10", "4A".
func isBareUnit(unit string) bool {
	digits, letter := cutDigits(unit)
	return digits != "" && (letter == "" || isLetter(letter))
}
