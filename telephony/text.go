package telephony

import (
	"unicode"
	"unicode/utf8"
)

// ErrText is the cause of refused free text.
const ErrText Code = "text_invalid"

// MaxTextRunes is the longest free text, in characters, where a field sets no
// shorter bound. A character is at most four bytes, so this bounds the bytes.
const MaxTextRunes = 256

// CheckText reports whether free text may be kept: valid UTF-8 of at most
// maxRunes characters, without control characters, without characters that
// change the direction of writing or show nothing, of which a space is the only
// one allowed, and without unassigned ones [Unicode Technical Standard 39]. The
// text never stands in the error, which is ErrText and names the field and the
// byte offset.
func CheckText(field, s string, maxRunes int) error {
	if len(s) > maxRunes*utf8.UTFMax {
		return textError(field, "the text is too long", "bytes", len(s), maxRunes)
	}
	if n := utf8.RuneCountInString(s); n > maxRunes {
		return textError(field, "the text is too long", "characters", n, maxRunes)
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size <= 1 {
				return textFault(field, "the text is not valid UTF-8", i, "encode it as UTF-8")
			}
		}
		if !unicode.IsPrint(r) || showsNothing(r) {
			return textFault(field, "the text has a control, invisible or unassigned character", i, "take that character out")
		}
	}
	return nil
}

// showsNothing tells the letters, marks and symbols that are drawn as nothing:
// fillers, joiners, variation selectors and the blank of Braille.
func showsNothing(r rune) bool {
	return r >= utf8.RuneSelf &&
		(unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
			unicode.Is(unicode.Variation_Selector, r) || r == '\u2800')
}

func textError(field, detail, unit string, have, limit int) error {
	return &Error{Code: ErrText, Field: field, Detail: detail,
		Figures: []Figure{{unit, int64(have)}, {"most characters", int64(limit)}},
		Fix:     "shorten it"}
}

func textFault(field, detail string, at int, fix string) error {
	return &Error{Code: ErrText, Field: field, Detail: detail,
		Figures: []Figure{{"at byte", int64(at)}}, Fix: fix}
}
