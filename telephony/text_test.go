package telephony_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestCheckText(t *testing.T) {
	for _, s := range []string{"", "Seattle", "Saint-Denis", "4567 Main St.", "M\u00fcnchen", "\u6771\u4eac\u90fd",
		"\u0928\u093f", "e\u0301", "\ufffd", "\U0001f3e2", strings.Repeat("\U0001f3e2", telephony.MaxTextRunes)} {
		t.Run(s, func(t *testing.T) { wantCode(t, telephony.CheckText("city", s, telephony.MaxTextRunes), "") })
	}
	for name, c := range map[string]struct {
		text   string
		figure string
		value  int64
	}{
		"too long":              {strings.Repeat("x", 257), "characters", 257},
		"too long in bytes":     {strings.Repeat("x", 1025), "bytes", 1025},
		"10 MB":                 {strings.Repeat("x", 10<<20), "bytes", 10 << 20},
		"10 MB of nothing":      {strings.Repeat("\x00", 10<<20), "bytes", 10 << 20},
		"invalid and too long":  {strings.Repeat("\xff", 257), "characters", 257},
		"invalid UTF-8":         {"ab\xff", "at byte", 2},
		"half a character":      {"ab\xe2\x80", "at byte", 2},
		"surrogate":             {"a\xed\xa0\x80", "at byte", 1},
		"overlong":              {"a\xc0\x80", "at byte", 1},
		"null":                  {"a\x00b", "at byte", 1},
		"tab":                   {"\t", "at byte", 0},
		"new line":              {"a\nb", "at byte", 1},
		"escape":                {"a\x1b[31m", "at byte", 1},
		"delete":                {"a\x7f", "at byte", 1},
		"C1 control":            {"\u00e9\u0085", "at byte", 2},
		"right to left":         {"a\u202eb", "at byte", 1},
		"isolate":               {"a\u2066b", "at byte", 1},
		"right-to-left mark":    {"a\u200fb", "at byte", 1},
		"Arabic letter mark":    {"a\u061cb", "at byte", 1},
		"space of no width":     {"a\u200bb", "at byte", 1},
		"joiner":                {"a\u200db", "at byte", 1},
		"byte order mark":       {"\ufeffa", "at byte", 0},
		"soft hyphen":           {"a\u00adb", "at byte", 1},
		"word joiner":           {"a\u2060b", "at byte", 1},
		"grapheme joiner":       {"a\u034fb", "at byte", 1},
		"variation selector":    {"a\ufe0f", "at byte", 1},
		"ideographic variation": {"a\U000e0100", "at byte", 1},
		"tag":                   {"a\U000e0041", "at byte", 1},
		"Hangul filler":         {"\u3164", "at byte", 0},
		"half-width filler":     {"\uffa0", "at byte", 0},
		"Hangul choseong":       {"\u115f", "at byte", 0},
		"blank of Braille":      {"\u2800", "at byte", 0},
		"space that breaks not": {"a\u00a0b", "at byte", 1},
		"line separator":        {"a\u2028b", "at byte", 1},
		"private use":           {"\ue000", "at byte", 0},
		"not a character":       {"\uffff", "at byte", 0},
		"unassigned":            {"\u0378", "at byte", 0},
	} {
		t.Run(name, func(t *testing.T) {
			err := telephony.CheckText("city", c.text, telephony.MaxTextRunes)
			wantTextError(t, err, c.text)
			if got, ok := err.(*telephony.Error).Figure(c.figure); !ok || got != c.value {
				t.Errorf("%v: %s is %d, want %d", err, c.figure, got, c.value)
			}
		})
	}
}

func wantTextError(t *testing.T, err error, text string) {
	t.Helper()
	wantCode(t, err, telephony.ErrText)
	if len(err.Error()) > 300 || !strings.Contains(err.Error(), "city") || len(text) > 1 && strings.Contains(err.Error(), text) {
		t.Errorf("the error reads %q", err)
	}
}

// The bound is in characters, not in bytes.
func TestCheckTextBound(t *testing.T) {
	for _, limit := range []int{0, 1, 3, 64} {
		for _, letter := range []string{"x", "\u00e9", "\u6771", "\U0001f3e2"} {
			wantCode(t, telephony.CheckText("f", strings.Repeat(letter, limit), limit), "")
			wantCode(t, telephony.CheckText("f", strings.Repeat(letter, limit+1), limit), telephony.ErrText)
		}
	}
}

func TestCheckTextAgreesWithCategories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 12), func(b []byte) string { return string(b) })).Draw(t, "text")
		want := utf8.ValidString(s) && utf8.RuneCountInString(s) <= 20
		for _, r := range s {
			if r != ' ' && !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) ||
				unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == 0x2800 {
				want = false
			}
		}
		if err := telephony.CheckText("f", s, 20); (err == nil) != want {
			t.Fatalf("%s: %v, want it allowed: %v", strconv.QuoteToASCII(s), err, want)
		}
	})
}
