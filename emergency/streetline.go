package emergency

import (
	"log/slog"
	"slices"
	"strings"
	"unicode/utf8"

	"example.com/callingplan/telephony"
)

// A StreetLine is one line of a street address taken apart: the fields of an
// [Address] from the house number to the end of the street's name, and the
// place in the building, which belongs to a [Location]. It is a plain
// comparable value.
type StreetLine struct {
	Address  Address  // the country and the fields of the street, no others
	Location Location // apartment, building and the like; zero where the line names none
}

// ParseStreetLine takes apart the street line of an address in a country:
//
//   - in the United States and its territories and in Canada the house number,
//     a direction, the name, its suffix, a direction and the secondary unit, from
//     the right to the left as [Pub 28] has it: of two suffix words the last is
//     the suffix, and a direction that is all there is of a name is the name;
//   - where streets have English names, the same without directions before the
//     name, and with a flat before the house number;
//   - elsewhere the house number before or after the street, as the country
//     writes it, a street type that comes before the name, and what follows the
//     number after a comma, or a word such as "apto" or "bus", as a place in the
//     building.
//
// Words stay as they are written, but for the full stops of abbreviations; a
// [Checker] brings them to their standard form. Nothing else is lost than
// spaces, commas and full stops, and in Australia, New Zealand and Austria the
// slash between a house number and a unit; [StreetLine.Line] of the result is
// read as the same again. A line that cannot be understood so is left whole in
// the street's name, and [StreetLine.IsWhole] says so: one with several house
// numbers, with two streets, with a post office box, with the city, with signs
// that no street has, or in a country without rules.
//
// The error is [telephony.ErrText]: the line is longer than 256 characters, not
// UTF-8, or has invisible or unassigned characters. Line breaks are spaces.
func ParseStreetLine(c telephony.Country, line string) (StreetLine, error) {
	text := clean(line)
	if err := telephony.CheckText("street_line", text, telephony.MaxTextRunes); err != nil {
		return StreetLine{}, err
	}
	code := telephony.Country(upperCountry(clean(string(c))))
	whole := StreetLine{Address: Address{Country: code, Street: text}}
	rules := countryOf(code)
	if rules == nil {
		return whole, nil
	}
	if l, ok := rules.readLine(text); ok && !l.IsWhole() && !rules.isDoubtful(l.Address) && l.stands(text, rules) {
		return l, nil
	}
	return whole, nil
}

// stands reports whether a reading of a text has all of it and is the same when
// it is printed and read again. What is not is no reading but a guess. That
// nothing is lost holds here whatever the rules above do: a call depends on it.
func (l StreetLine) stands(text string, c *country) bool {
	line := l.Line()
	if utf8.RuneCountInString(line) > telephony.MaxTextRunes {
		return false // with a comma more, which a line may not have
	}
	if !slices.Equal(c.significant(text), c.significant(line)) {
		return false
	}
	if line == text {
		return true
	}
	again, ok := c.readLine(line)
	return ok && again == l
}

// significant returns the characters of a line that may not be lost, sorted.
func (c *country) significant(s string) []rune {
	lost := " ,."
	if c.unitMark() == "/" || c.Country == "AT" {
		lost += "/"
	}
	runes := slices.DeleteFunc([]rune(s), func(r rune) bool { return strings.ContainsRune(lost, r) })
	slices.Sort(runes)
	return runes
}

// IsWhole reports whether nothing was told apart: the line stands in the
// street's name as it was given.
func (l StreetLine) IsWhole() bool {
	return l == StreetLine{Address: Address{Country: l.Address.Country, Street: l.Address.Street}}
}

// String says no more than the country.
func (l StreetLine) String() string { return "street line of " + l.Address.String() }

// GoString is what %#v prints: the masked form.
func (l StreetLine) GoString() string { return "emergency.StreetLine{" + l.String() + "}" }

// LogValue keeps the line out of structured logs.
func (l StreetLine) LogValue() slog.Value { return slog.StringValue(l.String()) }

// readLine reads a clean line. It is not ok where the line has what no rule
// accounts for.
func (c *country) readLine(text string) (StreetLine, bool) {
	if c.Country == "AT" {
		text = splitStairs(c, text)
	}
	segments := withoutEnd(segmentsOf(text))
	if len(segments) == 0 || strings.Contains(text, ";") || c.namesAnyBox(text) {
		return StreetLine{}, false
	}
	if c.Suffixes {
		return c.readSuffixed(segments)
	}
	return c.readPrefixed(segments)
}

// segmentsOf returns the words between the commas of a line.
func segmentsOf(text string) [][]string {
	var segments [][]string
	add := func(part string) {
		if words := strings.Fields(part); len(words) > 0 {
			segments = append(segments, words)
		}
	}
	start := 0
	for i := range len(text) {
		if text[i] == ',' && !isDecimal(text[:i], text[i+1:]) {
			add(text[start:i])
			start = i + 1
		}
	}
	add(text[start:])
	return segments
}

// isDecimal reports whether a comma between two texts is that of a number, as in
// "km 5,5". Before an ordinal it is not: "5,3º B", "5,3. OG".
func isDecimal(before, after string) bool {
	digits, rest := cutDigits(after)
	if before == "" || !isDigit(before[len(before)-1]) || digits == "" {
		return false
	}
	return !slices.ContainsFunc([]string{"º", "ª", "°", ". "}, func(sign string) bool { return strings.HasPrefix(rest, sign) })
}

// withoutEnd drops the full stops at the end of a line. After a comma they tell a
// direction from a unit: "Main St, N.".
func withoutEnd(segments [][]string) [][]string {
	if len(segments) == 0 || isDirectional(segments[len(segments)-1]...) {
		return segments
	}
	words := segments[len(segments)-1]
	if word := strings.TrimRight(words[len(words)-1], "."); word != "" {
		words[len(words)-1] = word
	}
	return segments
}

// namesAnyBox finds a post office box, and the box of a rural route or a highway
// contract route, "RR 2 BOX 18": it is no street [Pub 28].
func (c *country) namesAnyBox(text string) bool {
	words := strings.Fields(fold(text))
	for i := 1; i < len(words); i++ {
		if words[i-1] == "box" && isDigit(words[i][0]) {
			return true
		}
	}
	return namesBox(text, words, c.BoxLanguages)
}

// readPrefixed reads a line where the type of a street comes before its name or
// is part of it: one or two segments of street and number, the rest a place.
func (c *country) readPrefixed(segments [][]string) (StreetLine, bool) {
	l := StreetLine{Address: Address{Country: c.Country}}
	a := &l.Address
	words, inside := c.cutPlace(c.splitType(segments[0]))
	segments[0] = words
	if len(inside) > 0 {
		segments = slices.Insert(segments, 1, inside)
	}
	used := 1
	rest, found := c.cutNumber(a, words)
	if !found && len(segments) > 1 {
		rest, used, found = c.cutNumberSegment(a, segments)
	}
	if !found && len(segments) > 1 {
		return StreetLine{}, false // a comma that says nothing
	}
	if !found {
		rest = words
	}
	if c.hidesNumber(rest) || found && len(rest) == 1 && isLetter(rest[0]) {
		return StreetLine{}, false // "C 4, 9" is the square C 4
	}
	c.readName(a, rest)
	var place []string
	for _, segment := range segments[used:] {
		place = append(place, strings.Join(segment, " "))
	}
	l.Location.Place = strings.Join(place, ", ")
	return l, l.Location.Place == "" || c.isPlace(segments[used:])
}

// cutNumberSegment finds the house number where a comma sets it apart: "12, rue
// X" and "Calle Mayor, 5".
func (c *country) cutNumberSegment(a *Address, segments [][]string) (rest []string, used int, found bool) {
	first, second := segments[0], segments[1]
	switch {
	case c.mayPrecede() && !c.beginsWithNumber(second) && a.setWholeNumber(c, first): // not "12, 14 rue X"
		return second, 2, true
	case c.mayFollow() && a.setWholeNumber(c, second):
		return first, 2, true
	}
	return nil, 0, false
}

// isPlace reports whether what follows the house number is a place in the
// building. It is a storey that needs no number, or has a number and begins with it,
// with a letter or with a word for a place: "Praha 1" is a city. It is not one more
// house number, and not the last line of the address.
func (c *country) isPlace(segments [][]string) bool {
	for _, words := range segments {
		numbered := hasDigit(words[0]) || hasDigit(strings.Join(words, " ")) && (c.isPlaceWord(words[0]) || isLetter(words[0]))
		if !numbered && !isStoreyName(words[0]) {
			return false
		}
		if _, used := c.readNumber(words); used == len(words) && (used == 1 || !c.Comma) {
			return false
		}
		if c.Country == "MX" && slices.ContainsFunc(words, isColony) {
			return false
		}
		for n := 1; n <= min(2, len(words)); n++ {
			if _, ok := c.canonicalPostal(strings.Join(words[:n], " ")); ok {
				return false
			}
		}
	}
	return true
}

// isColony recognises what sets a part of a city of Mexico apart.
func isColony(word string) bool {
	key := fold(word)
	return key == "col" || key == "colonia"
}

// readName fills the parts of a street's name from its words.
func (c *country) readName(a *Address, words []string) {
	n := c.cutType(words)
	a.StreetTypePrefix = withoutStops(strings.Join(words[:n], " "))
	a.Street = strings.Join(words[n:], " ")
}

// withoutStops drops the full stops of an abbreviation.
func withoutStops(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, ".", "")) }
