package emergency

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFieldBytes is the longest text that is worked on. A field is at most 256
// characters of at most four bytes; what is longer is refused as it stands.
const maxFieldBytes = 1024

// clean returns text as a token: in Unicode normal form C, without spaces at
// the ends, and one plain space where there were several or others [RFC 5139].
// Text that is too long or not UTF-8 is returned as it is, to be refused.
func clean(s string) string {
	if len(s) > maxFieldBytes || isClean(s) || !utf8.ValidString(s) {
		return s
	}
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// isClean recognises the common case, plain ASCII with single spaces inside.
func isClean(s string) bool {
	space := true // a space here would be at the start or the second of two
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

// fold returns text in the form in which it is compared: without case, accents
// and punctuation, so that "Saint-Étienne", "SAINT ETIENNE" and "saint étienne"
// are one. Full stops and apostrophes vanish, other punctuation is a space.
// Only Latin, Greek and Cyrillic accents are dropped: the marks of other
// scripts tell words apart. Text of nothing else is left as it is, for it is
// not the same as no text.
func fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFD.String(s) {
		r = unicode.ToLower(unicode.ToUpper(r)) // by way of capitals, so that all forms of a letter meet
		switch {
		case 0x300 <= r && r <= 0x36f || r == '.' || r == '\'' || r == '’':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteString(foldLetter(r))
	}
	if b.Len() == 0 {
		return s
	}
	return b.String()
}

// foldLetter spells letters that have no accent to drop yet are written
// without their stroke or as two.
func foldLetter(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	}
	return string(r)
}

// foldASCII is fold for plain ASCII; ok is false for other text.
func foldASCII(s string) (folded string, ok bool) {
	buf := make([]byte, 0, 64)
	gap, same := false, true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return "", false
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
			same = false
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		case c == '.' || c == '\'':
			same = false
			continue
		default:
			gap, same = len(buf) > 0, same && c == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' '
			continue
		}
		if gap {
			buf = append(buf, ' ')
			gap = false
		}
		buf = append(buf, c)
	}
	if same || len(buf) == 0 {
		return s, true
	}
	return string(buf), true
}
