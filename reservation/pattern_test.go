package reservation_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// naiveMatch reads a pattern as a person would, character by character and from
// its text alone.
func naiveMatch(text string, n telephony.Number) bool {
	var pattern string
	for _, c := range strings.ToUpper(text) {
		switch {
		case strings.ContainsRune("-.() ", c):
		case c >= 'A' && c <= 'Z':
			for d, letters := range []string{2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ"} {
				if strings.ContainsRune(letters, c) {
					pattern += strconv.Itoa(d)
				}
			}
		default:
			pattern += string(c)
		}
	}
	if !strings.ContainsAny(pattern, "+?*") {
		pattern = "*" + pattern + "*"
	}
	all := strings.TrimPrefix(n.String(), "+")
	national := strings.TrimPrefix(all, n.CallingCode().String())
	switch {
	case strings.HasPrefix(pattern, "+"):
		return glob(pattern[1:], all)
	case n.CallingCode() == 1 && strings.HasPrefix(pattern, "1"):
		return glob(pattern, all)
	}
	return glob(pattern, national)
}

func glob(pattern, digits string) bool {
	switch {
	case pattern == "":
		return digits == ""
	case pattern[0] == '*':
		return glob(pattern[1:], digits) || digits != "" && glob(pattern, digits[1:])
	case digits == "":
		return false
	}
	return (pattern[0] == '?' || pattern[0] == digits[0]) && glob(pattern[1:], digits[1:])
}

// patternBases are of several lengths and calling codes, with digits that repeat.
var patternBases = nums("+14255550000", "+12065550000", "+442079460000", "+9995000", "+9990000",
	"+9995555000", "+99955005000", "+999555000555000", "+99921212000")

func drawPattern(t *rapid.T) (string, reservation.Pattern) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("0155520*?JkL-"))).Draw(t, "pattern")
	if rapid.Bool().Draw(t, "of a number") {
		// A number with some of its digits left open matches now and then.
		n, _ := rapid.SampledFrom(patternBases).Draw(t, "base").Add(rapid.IntRange(0, 999).Draw(t, "offset"))
		digits := []byte(n.String())
		if rapid.Bool().Draw(t, "national") {
			digits = digits[1+len(n.CallingCode().String()):]
		}
		for range rapid.IntRange(1, 5).Draw(t, "opened") {
			digits[rapid.IntRange(1, len(digits)-1).Draw(t, "at")] = rapid.SampledFrom([]byte("?*")).Draw(t, "wildcard")
		}
		text = string(digits)
	}
	p, err := reservation.ParsePattern(text)
	if err != nil {
		t.Skip(err)
	}
	return text, p
}

func TestMatchAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, p := drawPattern(t)
		m := p.Matcher()
		for _, base := range patternBases {
			b := reservation.Block{Base: base, Stock: reservation.FullBits(), Free: reservation.FullBits()}
			b.Free.Clear(rapid.IntRange(0, 999).Draw(t, "taken"))
			got := m.Match(b)
			for i := range reservation.BlockSize {
				n, _ := base.Add(i)
				want := naiveMatch(text, n)
				if got.Has(i) != (want && b.Free.Has(i)) || p.Matches(n) != want || m.Matches(n) != want {
					t.Fatalf("%q and %s: block %v, pattern %v, matcher %v, want %v", text, n, got.Has(i), p.Matches(n), m.Matches(n), want)
				}
			}
		}
	})
}

// The known digits of a block may fill a pattern before its last three come.
func TestMatchWhereTheHeadEndsThePattern(t *testing.T) {
	for _, text := range []string{"*555", "*5", "5555", "*555?", "*555??", "*555???", "*555*", "+999*555", "*12*12", "?*", "*0*", "+123456789012345*"} {
		p := reservation.MustParsePattern(text)
		m := p.Matcher()
		for _, base := range patternBases {
			got := m.Match(reservation.Block{Base: base, Stock: reservation.FullBits(), Free: reservation.FullBits()})
			for i := range reservation.BlockSize {
				if n, _ := base.Add(i); got.Has(i) != naiveMatch(text, n) {
					t.Fatalf("%s and %s: %v, want %v", text, n, got.Has(i), !got.Has(i))
				}
			}
		}
	}
	if !reservation.MustParsePattern("5*").Matcher().Match(reservation.Block{}).IsEmpty() {
		t.Error("no block has numbers that match")
	}
}

func TestPatternMatches(t *testing.T) {
	for pattern, want := range map[string]string{ // the numbers that match, of the four below
		"206*":            "a",
		"*0100":           "ab",
		"*FLOWERS":        "d",
		"*flo*":           "d",
		"FLOWERS":         "d",
		"206555????":      "a",
		"(206) 555-????":  "a",
		"1206555????":     "a",
		"+1206555????":    "a",
		"1206*":           "a",
		"555":             "ab",
		"44":              "", // the calling code is not searched
		"+44*":            "c",
		"+4420*":          "c",
		"*20*":            "ac",
		"20*":             "ac",
		"*55*00":          "ab",
		"??????????":      "abcd",
		"???????????":     "",
		"+???????????":    "abd",
		"*":               "abcd",
		"+12065550100":    "a",
		"*7946*":          "c",
		"9*":              "",
		"*9377":           "d",
		"1*":              "abd", // a national prefix under calling code 1 alone
		"12*":             "a",
		"2*":              "ac",
		"???5*":           "ab",
		"*5?0*":           "ab",
		"+*0000*":         "c",
		"+?2065550100":    "a",
		"+12065550100*":   "a",
		"+12065550100?":   "",
		"*****2065550100": "a",
	} {
		p := reservation.MustParsePattern(pattern)
		got := ""
		for i, n := range nums("+12065550100", "+14255550100", "+442079460000", "+18003569377") {
			if p.Matches(n) {
				got += string(rune('a' + i))
			}
		}
		if got != want {
			t.Errorf("%s matches %q, want %q", pattern, got, want)
		}
		if p.Matches(telephony.Number{}) {
			t.Errorf("%s matches no number", pattern)
		}
	}
	var none reservation.Pattern
	if !none.IsZero() || !none.Matches(num("+12065550100")) || none.Matches(telephony.Number{}) {
		t.Error("no pattern does not match every number")
	}
}

func TestParsePattern(t *testing.T) {
	for text, want := range map[string]string{
		"555": "*555*", "5-5.5 (0)": "*5550*", "**?*5*": "?*5*", "*?5": "?*5", "?*?5": "??*5", "+1?*": "+1?*", "*": "*",
		"Taxi": "*8294*", "+12065550100": "+12065550100", "*12345678901234": "*12345678901234", "????": "????",
	} {
		if p, err := reservation.ParsePattern(text); err != nil || p.String() != want {
			t.Errorf("%q: got %q, %v, want %q", text, p, err, want)
		}
	}
	for text, want := range map[string]telephony.Code{
		"":                    reservation.ErrPatternLength,
		" - ":                 reservation.ErrPatternLength,
		"+":                   reservation.ErrPatternLength,
		"???":                 reservation.ErrPatternLength,
		"+1206":               reservation.ErrPatternLength,
		"123456789012345":     reservation.ErrPatternLength,
		"*123456789012345":    reservation.ErrPatternLength,
		"+1234567890123456":   reservation.ErrPatternLength,
		"?????????????????*?": reservation.ErrPatternLength,
		"*+1206":              reservation.ErrPatternSyntax,
		"1+206*":              reservation.ErrPatternSyntax,
		"++1*":                reservation.ErrPatternSyntax,
		"_55":                 reservation.ErrPatternSyntax,
		"5é":                  reservation.ErrPatternSyntax,
	} {
		p, err := reservation.ParsePattern(text)
		if e := wantCode(t, err, want); !p.IsZero() || e.Fix == "" {
			t.Errorf("%q: refused, yet %q; %v", text, p, err)
		}
	}
	_, err := reservation.ParsePattern("206_5")
	wantFigure(t, wantCode(t, err, reservation.ErrPatternSyntax), "at byte", 3)
	defer func() {
		if recover() == nil {
			t.Error("MustParsePattern did not panic")
		}
	}()
	reservation.MustParsePattern("_")
}

func FuzzParsePattern(f *testing.F) {
	for _, s := range []string{"", "555", "*FLOWERS", "1206555????", "+1 (206) *", "?*?**", "+", "*+", "é", "12345678901234567*"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := reservation.ParsePattern(text)
		if err != nil {
			if code := codeOf(t, err); code != reservation.ErrPatternSyntax && code != reservation.ErrPatternLength {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, err := reservation.ParsePattern(p.String())
		var back reservation.Pattern
		written, _ := p.MarshalText()
		if err != nil || again != p || back.UnmarshalText(written) != nil || back != p {
			t.Fatalf("%q came back as %q and %q: %v", p, again, back, err)
		}
		if len(text) > 20 {
			return // the naive matcher takes its time
		}
		for _, n := range nums("+12065550100", "+442079460000", "+9990000") {
			if got, want := p.Matches(n), naiveMatch(text, n); got != want {
				t.Fatalf("%q matches %s: %v, want %v", text, n, got, want)
			}
		}
	})
}

func TestPatternMasksItself(t *testing.T) {
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("search", "pattern", reservation.MustParsePattern("+1206555????"),
		"none", reservation.Pattern{})
	if got := log.String(); strings.Contains(got, "206") || !strings.Contains(got, "+#######????") {
		t.Error(got)
	}
	var p reservation.Pattern
	if text, err := p.MarshalText(); len(text) != 0 || err != nil || p.UnmarshalText(text) != nil || !p.IsZero() {
		t.Errorf("no pattern is %q, %v", text, err)
	}
}

func ExamplePattern() {
	for _, text := range []string{"206*", "*0100", "555", "*FLOWERS", "1 (206) 555-????"} {
		p, err := reservation.ParsePattern(text)
		if err != nil {
			panic(err)
		}
		fmt.Println(p, p.Matches(telephony.MustParse("+12065550100")))
	}
	_, err := reservation.ParsePattern("+1206")
	fmt.Println(err)
	// Output:
	// 206* true
	// *0100 true
	// *555* true
	// *3569377 false
	// 1206555???? true
	// no number has as few digits as the pattern (digits 4, least 7, most 15); leave what may be any run of digits open with *
}
