package emergency

import "strings"

// maxPostalBytes is the longest text that is read as a postal code.
const maxPostalBytes = 64

// canonicalPostal returns a postal code as the country writes it, and whether
// it has the country's pattern. Read are codes in either case, with or without
// spaces, without the separator or with a hyphen or space in its place, in the
// wide characters of East Asian keyboards, and with the country's sign before
// them: "SE-114 55", "L 4750", "D-10115".
func (c *country) canonicalPostal(written string) (string, bool) {
	if c.Postal == "" || len(written) > maxPostalBytes {
		return written, false
	}
	if c.postal().MatchString(written) { // the pattern is one of canonical codes
		return written, true
	}
	s := strings.Map(postalRune, written)
	if code, ok := c.writePostal(s); ok {
		return code, true
	}
	for _, sign := range c.Signs {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			if code, ok := c.writePostal(strings.TrimPrefix(rest, "-")); ok {
				return code, true
			}
		}
	}
	return written, false
}

// writePostal puts the separators into a code. Hyphens that are there already
// must be where a separator goes.
func (c *country) writePostal(s string) (string, bool) {
	bare := strings.ReplaceAll(s, "-", "")
	if code, ok := c.matchPostal(bare, s); ok {
		return code, true
	}
	for _, sep := range c.Separators {
		if sep.Length == len(bare) {
			if code, ok := c.matchPostal(bare[:sep.At]+sep.Text+bare[sep.At:], s); ok {
				return code, true
			}
		}
	}
	return "", false
}

func (c *country) matchPostal(code, s string) (string, bool) {
	hyphenated := strings.Contains(s, "-") && strings.ReplaceAll(code, " ", "-") != s
	return code, !hyphenated && c.postal().MatchString(code)
}

// postalRune drops spaces and brings letters, digits and hyphens to the plain
// capitals, digits and hyphen of ASCII.
func postalRune(r rune) rune {
	if '！' <= r && r <= '～' { // the wide forms of ASCII
		r -= '！' - '!'
	}
	switch {
	case 'a' <= r && r <= 'z':
		return r - ('a' - 'A')
	case r == ' ' || r == '\u3000':
		return -1
	case '\u2010' <= r && r <= '\u2015' || r == '\u2212':
		return '-'
	}
	return r
}
