package telephony_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
)

func TestParsePart(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "425": "425", "425-555": "425555", "(425)": "425", "+1 (425) 5": "+14255", "555.01/00": "5550100",
		" 555\u00a001": "55501", "-1-": "1",
	} {
		if got, err := telephony.ParsePart("contains", text); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", text, got, err, want)
		}
	}
	for text, at := range map[string]int64{"42x": 2, "5+1": 1, "+": 0, "()": 0, " ": 0, "٤": 0, "42\xff": 2, "tel:1": 0} {
		got, err := telephony.ParsePart("contains", text)
		var e *telephony.Error
		if !errors.As(err, &e) || e.Code != telephony.ErrNumberSyntax || e.Field != "contains" || got != "" {
			t.Errorf("%q: got %q, %v", text, got, err)
			continue
		}
		if figure, _ := e.Figure("at byte"); figure != at {
			t.Errorf("%q: at byte %d, want %d", text, figure, at)
		}
	}
}

// FuzzParsePart: what is read is digits alone, reads as itself, and is found in the
// text if the separators are left out of it.
func FuzzParsePart(f *testing.F) {
	for _, text := range []string{"", "+1 425", "(425) 555-01", "5+1", "\u2011", "1\u00a02"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		part, err := telephony.ParsePart("", text)
		if err != nil {
			return
		}
		if strings.Trim(strings.TrimPrefix(part, "+"), "0123456789") != "" || (part == "") != (text == "") {
			t.Errorf("%q was read as %q", text, part)
		}
		if again, err := telephony.ParsePart("", part); err != nil || again != part {
			t.Errorf("%q reads as %q, %v", part, again, err)
		}
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, text)
		if strings.TrimPrefix(part, "+") != digits {
			t.Errorf("%q was read as %q", text, part)
		}
	})
}
