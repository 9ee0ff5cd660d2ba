package telephony_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // the digits
	}{
		{"+14255550100", "14255550100"},
		{"  +14255550100\t", "14255550100"},
		{"+1 425 555 0100", "14255550100"},
		{"+1 (425) 555-0100", "14255550100"},
		{"+1.425.555.0100", "14255550100"},
		{"+1/425/5550100", "14255550100"},
		{"+1(425)555 01(00)", "14255550100"},
		{"+ 1 425 - 555 - 0100", "14255550100"},
		{"+(44) 20 7946 0000", "442079460000"},
		{"+44\u00a020\u202f7946\u20090000", "442079460000"},
		{"+44\u201020\u20117946\u20120\u2013000", "442079460000"},
		{"+39 (06) 555 0100", "39065550100"}, // in Italy the zero is dialled
		{"tel:+14255550100", "14255550100"},
		{"TEL:+1-425-555-0100", "14255550100"},
		{" tel:+1(425)555.0100 ", "14255550100"},
		{"tel:+14255550100;isub=12", "14255550100"},
		{"+9990000", "9990000"},
		{"+999000000000000", "999000000000000"},
		{"+999999999999999", "999999999999999"},
	} {
		n, err := telephony.Parse(c.text)
		if err != nil || digitsOf(n) != c.want {
			t.Errorf("Parse(%q) = %s, %v; want %s", c.text, n, err, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const syntax, length = telephony.ErrNumberSyntax, telephony.ErrNumberLength
	for _, c := range []struct {
		text string
		code telephony.Code
	}{
		{"", syntax},
		{"14255550100", syntax},
		{"0014255550100", syntax},
		{"(+1)4255550100", syntax},
		{"++14255550100", syntax},
		{"+1425+5550100", syntax},
		{"+1425555o100", syntax},
		{"+1 425 555 0100 x12", syntax},
		{"+14255550100;ext=12", syntax},
		{"+1\t4255550100", syntax},
		{"+14255550100\n", syntax},
		{"+14255550100\x00", syntax},
		{"+1425555010\xff", syntax},
		{"+1425555\xe2\x80", syntax},       // half a dash
		{"+1\u20144255550100", syntax},     // a dash too long
		{"+1\u200b4255550100", syntax},     // no width
		{"\uff0b14255550100", syntax},      // a full-width plus
		{"+\u0661\u0664255550100", syntax}, // Arabic-Indic digits
		{"+1425555010\uff10", syntax},      // a full-width zero
		{"+14255550100-", syntax},          // ends with a separator
		{"+14255550100\u00a0", syntax},
		{"+-", syntax},
		{"+1 (425 555 0100", syntax}, // parentheses
		{"+1 425) 555 0100", syntax},
		{"+1 ((425)) 555 0100", syntax},
		{"+1 ((425) 555 0100", syntax},
		{"+1 )425( 555 0100", syntax},
		{"+1 () 425 555 0100", syntax},
		{"+14255550100 ( - )", syntax},
		{"+44 (0)20 7946 0000", syntax}, // trunk prefixes
		{"+44 (0) 20 7946 0000", syntax},
		{"+44 ( 0 )20 7946 0000", syntax},
		{"+44 (\u00a00-)20 7946 0000", syntax},
		{"tel:+44(0)2079460000", syntax},
		{"tel:14255550100", syntax},               // a local number
		{"tel:+1 425 555 0100", syntax},           // blanks are not for URIs
		{"+1425555010" + "0000000x", syntax},      // syntax before length
		{"+0x" + strings.Repeat("0", 20), syntax}, // syntax before everything

		{"+", length},
		{"+999000", length},
		{"+9990000000000000", length},
		{"+99900000000000000000000000", length},
		{"+2140", length}, // length before calling code
		{"tel:+999000", length},
		{"tel:+999000;ext=1", length}, // length before extension

		{"+04255550100", telephony.ErrCallingCode},
		{"+2145550100", telephony.ErrCallingCode},
		{"+9975550100", telephony.ErrCallingCode},
		{"tel:+2145550100;ext=1", telephony.ErrCallingCode}, // calling code before extension

		{"tel:+14255550100;ext=12", telephony.ErrNumberExtension},
		{"tel:+14255550100;isub=1;EXT=12", telephony.ErrNumberExtension},
	} {
		t.Run(strconv.Quote(c.text), func(t *testing.T) {
			n, err := telephony.Parse(c.text)
			wantCode(t, err, c.code)
			if n != (telephony.Number{}) {
				t.Error("gives a number beside its error")
			}
		})
	}
}

// A refusal that held the text would put the number into every log.
func TestParseErrorsHoldNoText(t *testing.T) {
	for _, text := range []string{"+1425555010O", "14255550100", "+14255550100-", "+2145550100",
		"+142555501000000000", "tel:+14255550100;ext=", "tel:+14255550100;ext=12", "tel:14255550100"} {
		_, err := telephony.Parse(text)
		if err == nil {
			t.Fatalf("%q was read", text)
		}
		for _, digits := range []string{"4255550", "5550100", "45550"} {
			if strings.Contains(err.Error(), digits) {
				t.Errorf("%q holds the number", err)
			}
		}
	}
}

func TestMustParse(t *testing.T) {
	if got := telephony.MustParse("+14255550100").String(); got != "+14255550100" {
		t.Errorf("got %s", got)
	}
	mustPanic(t, "MustParse", func() { telephony.MustParse("425-555-0100") })
}

func TestParseDigits(t *testing.T) {
	for _, c := range []struct {
		text string
		code telephony.Code
	}{
		{"14255550100", ""}, {"9990000", ""}, {"999000000000000", ""},
		{"+14255550100", telephony.ErrNumberSyntax}, {"1425 5550100", telephony.ErrNumberSyntax},
		{"12a", telephony.ErrNumberSyntax}, {"\u0661", telephony.ErrNumberSyntax},
		{"", telephony.ErrNumberLength}, {"999000", telephony.ErrNumberLength},
		{"9990000000000000", telephony.ErrNumberLength}, {strings.Repeat("9", 40), telephony.ErrNumberLength},
		{"01425555", telephony.ErrCallingCode}, {"2145550100", telephony.ErrCallingCode},
	} {
		n, err := telephony.ParseDigits(c.text)
		t.Run(c.text, func(t *testing.T) { wantCode(t, err, c.code) })
		if c.code == "" && digitsOf(n) != c.text {
			t.Errorf("ParseDigits(%q) = %v", c.text, n)
		}
	}
}

// The grammar of an international number, said again as patterns: a plus sign,
// then digits, separators and pairs of parentheses around digits, the last of
// them no separator; no pair holds a lone zero.
var (
	separatorPattern = `[ ./\-\x{a0}\x{2009}\x{202f}\x{2010}-\x{2013}]`
	numberPattern    = regexp.MustCompile(`^\+(?:` + separatorPattern + `*(?:[0-9]|\((?:` +
		separatorPattern + `*[0-9])+` + separatorPattern + `*\)))*$`)
	trunkPattern = regexp.MustCompile(`\(` + separatorPattern + `*0` + separatorPattern + `*\)`)
	noDigits     = regexp.MustCompile(`[^0-9]`)
)

// naiveParse returns the digits, or the code of the refusal.
func naiveParse(s string) (string, telephony.Code) {
	s = strings.Trim(s, " \t")
	if !numberPattern.MatchString(s) || trunkPattern.MatchString(s) {
		return "", telephony.ErrNumberSyntax
	}
	digits := noDigits.ReplaceAllString(s, "")
	if len(digits) < 7 || len(digits) > 15 {
		return "", telephony.ErrNumberLength
	}
	if unassigned(digits) {
		return "", telephony.ErrCallingCode
	}
	return digits, ""
}

func agreesWithNaive(t rapid.TB, s string) {
	n, err := telephony.Parse(s)
	digits, code := naiveParse(s)
	if code != "" {
		if e, ok := err.(*telephony.Error); !ok || e.Code != code {
			t.Fatalf("Parse(%q): %v, want %q", s, err, code)
		}
		return
	}
	if err != nil || n.String() != "+"+digits {
		t.Fatalf("Parse(%q) = %v, %v; want %s", s, n, err, digits)
	}
}

func TestParseAgreesWithPatterns(t *testing.T) {
	alphabet := []rune("+0123456789001 -./()()\u00a0\u2010\u2013\t\u2014x")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 24, -1).Draw(t, "text")
		agreesWithNaive(t, s)
		agreesWithNaive(t, "+"+s)
	})
	// The same from whole numbers on, so that most of what is drawn is read.
	rapid.Check(t, func(t *rapid.T) {
		s := "+" + digitStrings().Draw(t, "digits")
		for range rapid.IntRange(0, 4).Draw(t, "edits") {
			at := rapid.IntRange(1, len(s)).Draw(t, "at")
			s = s[:at] + rapid.SampledFrom([]string{" ", "-", "(", ")", "(0)", "()", "(12)", ".", "\u2011", "0"}).Draw(t, "edit") + s[at:]
		}
		agreesWithNaive(t, s)
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "+", "+14255550100", "+1 (425) 555-0100", "+44 (0)20 7946 0000", "+(1", "+1)",
		"+1\u20114255550100", "+\xff", "+999000000000000", "+2140000000", " +9990000\t", "+1425555 ()"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.HasPrefix(strings.ToLower(strings.Trim(s, " \t")), "tel:") {
			t.Skip("FuzzParseTel reads URIs")
		}
		agreesWithNaive(t, s)
	})
}
