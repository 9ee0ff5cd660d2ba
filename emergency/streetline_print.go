package emergency

import (
	"strings"
	"unicode/utf8"
)

// StreetLine returns the street line of the address in the layout of its
// country, such as "410 5th Ave NE" and "Hauptstraße 5a"; "" where no field of
// the street is filled. It is to be shown, not logged.
func (a Address) StreetLine() string { return StreetLine{Address: a}.Line() }

// Line returns the line in the layout of its country, with the place in the
// building: "410 5th Ave NE APT 3", "Flat 3, 12 High Street". It is to be shown,
// not logged.
func (l StreetLine) Line() string {
	c := countryOf(l.Address.Country)
	if c == nil {
		c = &country{Number: "before"}
	}
	number, street := l.numberText(c), l.Address.nameText()
	parts, separator := []string{number, street}, " "
	if c.Number == "after" {
		parts = []string{street, number}
	}
	if c.Comma && number != "" && street != "" {
		separator = ", "
	}
	line := joinFilled(separator, parts...)
	return l.withUnits(c, line)
}

// nameText returns the name of the street with all its parts.
func (a Address) nameText() string {
	return joinFilled(" ", a.StreetPreModifier, a.PreDirectional, a.StreetTypePrefix, a.Street,
		a.StreetSuffix, a.PostDirectional, a.StreetPostModifier)
}

// numberText returns the house number with all its parts, and before it a unit
// that has no designator where the country writes them so.
func (l StreetLine) numberText(c *country) string {
	a := l.Address
	text := a.HouseNumberPrefix
	if isNumberMark(text) && a.HouseNumber != "" {
		text += " "
	}
	text += a.HouseNumber
	switch suffix := a.HouseNumberSuffix; {
	case suffix == "":
	case text == "" || utf8.RuneCountInString(suffix) == 1 && isLetter(suffix):
		text += suffix
	case isDigits(suffix):
		text += "-" + suffix
	default:
		text += " " + suffix
	}
	if l.hasBareUnit(c) {
		text = l.Location.Unit + c.unitMark() + text
	}
	return text
}

func (l StreetLine) hasBareUnit(c *country) bool {
	return c.unitMark() != "" && l.Address.HouseNumber != "" && isBareUnit(l.Location.Unit)
}

// withUnits puts the place in the building after the street, or before it where
// the post office wants it so: where names are English, but not in North
// America and Singapore.
func (l StreetLine) withUnits(c *country, line string) string {
	at := l.Location
	if l.hasBareUnit(c) {
		at.Unit = ""
	}
	switch {
	case c.Suffixes && !c.Directionals && c.Country != "SG":
		return joinFilled(", ", at.Place, at.Room, at.Unit, at.Floor, at.Building, line)
	case c.Suffixes && at.Place == "":
		return joinFilled(" ", line, at.Building, at.Floor, at.Unit, at.Room)
	case c.Suffixes:
		return joinFilled(", ", line, joinFilled(" ", at.Place, at.Building, at.Floor, at.Unit, at.Room))
	}
	return joinFilled(", ", line, at.Building, at.Floor, at.Unit, at.Room, at.Place)
}

// joinFilled joins the texts that are not empty.
func joinFilled(separator string, texts ...string) string {
	var b strings.Builder
	for _, text := range texts {
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(separator)
		}
		b.WriteString(text)
	}
	return b.String()
}
