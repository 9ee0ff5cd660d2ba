package emergency

import (
	"log/slog"
	"strings"
	"unicode"
)

// An Envelope writes addresses as the post office of their country has them on
// letters. The zero Envelope writes the address alone. What it returns is the
// address itself: it is to be shown, not logged.
type Envelope struct {
	Location    Location // the place in the building, written into or beside the street line
	CountryName bool     // the English name of the country in capitals as the last line, for letters from abroad
}

// LogValue masks the place in structured logs.
func (e Envelope) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("location", e.Location), slog.Bool("country_name", e.CountryName))
}

// Lines returns the lines of an address, none of them empty: company, street,
// city and the rest in the order and with the separators of its country, in
// capitals where the country asks for them. States are written as their codes
// or names, as is usual there. A field that the country's layout has no place
// for has a line of its own, so that nothing is left out; the tax id, the
// description, the county, the city alias, the ELIN and the position belong on
// no envelope. A country without rules has a general layout.
func (e Envelope) Lines(a Address) []string {
	c := countryOf(a.Country)
	if c == nil {
		c = &country{Country: a.Country, Name: string(a.Country), Number: "before"}
	}
	local := c.LocalFormat != "" && isLocalScript(a)
	var lines []string
	for line := range strings.SplitSeq(c.layout(a, local), "\n") {
		if text := fillLine(line, func(key byte) string { return e.element(c, a, key, local) }); text != "" {
			lines = append(lines, text)
		}
	}
	if e.CountryName && c.Name != "" {
		lines = append(lines, strings.ToUpper(c.Name))
	}
	return lines
}

// Line returns the lines of an address as one, with commas between; "" for an
// empty address.
func (e Envelope) Line(a Address) string { return strings.Join(e.Lines(a), ", ") }

// The layouts are lines of text with these keys in them, after a per cent sign:
// O company, A street line, D district, C city, S state, Z postal code.
const generalLayout = "%O\n%A\n%D\n%C\n%S\n%Z"

// layout returns the layout for an address: that of its country, and in it the
// filled fields for which that has no key.
func (c *country) layout(a Address, local bool) string {
	layout := c.Format
	if local {
		layout = c.LocalFormat
	}
	if layout == "" {
		layout = generalLayout
	}
	if a.District != "" && !strings.Contains(layout, "%D") {
		layout = strings.Replace(layout, "%A", "%A\n%D", 1)
	}
	for _, f := range [...]struct{ value, key string }{{a.City, "%C"}, {a.State, "%S"}, {a.PostalCode, "%Z"}} {
		if f.value != "" && !strings.Contains(layout, f.key) {
			layout += "\n" + f.key
		}
	}
	return layout
}

// element returns the text of one key of a layout.
func (e Envelope) element(c *country, a Address, key byte, local bool) string {
	text := ""
	switch key {
	case 'O':
		text = a.Company
	case 'A':
		text = StreetLine{Address: a, Location: e.Location}.Line()
	case 'D':
		text = a.District
	case 'C':
		text = a.City
	case 'S':
		text = c.stateText(a.State, local)
	case 'Z':
		text = a.PostalCode
	}
	if strings.IndexByte(c.Upper, key) >= 0 {
		return strings.ToUpper(text)
	}
	return text
}

// stateText returns a state as it is written there: its code, or its name, in
// the country's own script if the rest of the address is.
func (c *country) stateText(state string, local bool) string {
	if c.StateCode || c.states == nil {
		return state
	}
	for _, name := range c.states.names[state] {
		if isLatin(name) != local {
			return name
		}
	}
	return state // in Hong Kong the codes are names
}

// fillLine fills the keys of one line of a layout. The text before a key is
// written only with it: at the start of the line always, and between two keys
// only if something stands before.
func fillLine(layout string, element func(byte) string) string {
	var b strings.Builder
	before := ""
	for i, piece := range strings.Split(layout, "%") {
		if i == 0 {
			before = piece
			continue
		}
		key, after := piece[0], piece[1:]
		if text := element(key); text != "" {
			if b.Len() > 0 || i == 1 {
				b.WriteString(before)
			}
			b.WriteString(text)
		}
		before = after
	}
	return b.String()
}

// isLocalScript reports whether an address is written in the script of a
// country that has a layout of its own for it.
func isLocalScript(a Address) bool { return !isLatin(a.City + a.Street + a.District) }

// isLatin reports whether text has no letter of an East Asian script.
func isLatin(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
	}) < 0
}
