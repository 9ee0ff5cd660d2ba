package telephony_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestParsePrefix(t *testing.T) {
	for text, want := range map[string]string{
		"1": "+1", "+1425": "+1425", "1425": "+1425", "999000000000000": "+999000000000000", "+9": "+9", "1000": "+1000",
	} {
		p, err := telephony.ParsePrefix(text)
		if err != nil || p.String() != want || p.Len() != len(want)-1 || p.IsZero() {
			t.Errorf("ParsePrefix(%q) = %v, %v", text, p, err)
		}
	}
	for _, text := range []string{"", "+", "0", "+0", "01425", "++1", "1425 ", " 1425", "14-25", "1425x", "+1(425)",
		"9990000000000000", "\u0661", "1\xff", strings.Repeat("1", 100)} {
		t.Run(text, func(t *testing.T) {
			p, err := telephony.ParsePrefix(text)
			wantCode(t, err, telephony.ErrPrefix)
			if !p.IsZero() {
				t.Errorf("gives %v beside its error", p)
			}
		})
	}
	mustPanic(t, "MustParsePrefix", func() { telephony.MustParsePrefix("x") })
}

// prefixes draws beginnings of numbers, whole numbers among them, at times with
// more digits, at times with the last changed.
func prefixes() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		digits := digitStrings().Draw(t, "digits") + rapid.StringMatching("[09]{0,3}").Draw(t, "more")
		digits = digits[:rapid.IntRange(1, min(len(digits), telephony.MaxDigits)).Draw(t, "length")]
		if rapid.Bool().Draw(t, "change") {
			digits = digits[:len(digits)-1] + rapid.StringMatching("[1-9]").Draw(t, "last")
		}
		return digits
	})
}

func checkPrefix(t rapid.TB, digits string, n telephony.Number) {
	p := telephony.MustParsePrefix(digits)
	want := strings.HasPrefix(digitsOf(n), digits)
	if got := p.Contains(n); got != want {
		t.Fatalf("prefix %s contains %v: %v, want %v", digits, n, got, want)
	}
	lo, hi := p.Words()
	if got := lo <= n.Word() && n.Word() <= hi; got != want {
		t.Fatalf("the word of %v lies between those of %s: %v, want %v", n, digits, got, want)
	}
}

func TestPrefixAgreesWithStrings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkPrefix(t, prefixes().Draw(t, "prefix"), numbers().Draw(t, "number"))
	})
	rapid.Check(t, func(t *rapid.T) { // the prefix is of the number, or longer than it by a few digits
		digits := digitStrings().Draw(t, "number")
		longer := digits + strings.Repeat("0", rapid.IntRange(0, telephony.MaxDigits-len(digits)).Draw(t, "zeros"))
		prefix := longer[:rapid.IntRange(1, len(longer)).Draw(t, "length")]
		checkPrefix(t, prefix, telephony.MustParse("+"+digits))
	})
}

// The numbers next to those of a prefix are the ones that a wrong bound takes in.
func TestPrefixBounds(t *testing.T) {
	for _, prefix := range []string{"999001", "9990010", "99900100", "999001000000001", "1425555019"} {
		value, err := strconv.ParseUint(prefix, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			digits, pad string
		}{{strconv.FormatUint(value-1, 10), "9"}, {prefix, "0"}, {prefix, "9"}, {strconv.FormatUint(value+1, 10), "0"}} {
			for length := max(len(prefix), telephony.MinDigits); length <= telephony.MaxDigits; length++ {
				digits := c.digits + strings.Repeat(c.pad, length-len(prefix))
				checkPrefix(t, prefix, telephony.MustParse("+"+digits))
			}
		}
	}
}

// A number that ends where the prefix goes on with zeros does not begin with it.
func TestPrefixLongerThanNumber(t *testing.T) {
	if telephony.MustParsePrefix("99900000").Contains(telephony.MustParse("+9990000")) {
		t.Error("99900000 begins 9990000")
	}
}

func TestZeroPrefix(t *testing.T) {
	var none telephony.Prefix
	if !none.IsZero() || none.Len() != 0 || none.String() != "" {
		t.Errorf("no prefix is %q of %d digits", none, none.Len())
	}
	lo, hi := none.Words()
	rapid.Check(t, func(t *rapid.T) {
		n := numbers().Draw(t, "number")
		if !none.Contains(n) || n.Word() < lo || n.Word() > hi {
			t.Errorf("no prefix leaves out %v", n)
		}
	})
	for _, p := range []telephony.Prefix{none, telephony.MustParsePrefix("1")} {
		if p.Contains(telephony.Number{}) {
			t.Errorf("prefix %q contains the zero Number", p)
		}
	}
}

func TestPrefixText(t *testing.T) {
	for _, p := range []telephony.Prefix{{}, telephony.MustParsePrefix("1425"), telephony.MustParsePrefix("999000000000000")} {
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		again := telephony.MustParsePrefix("7")
		if err := json.Unmarshal(b, &again); err != nil || again != p {
			t.Errorf("%s is read back as %v, %v", b, again, err)
		}
	}
	was := telephony.MustParsePrefix("1425")
	p := was
	wantCode(t, p.UnmarshalText([]byte("14 25")), telephony.ErrPrefix)
	if p != was {
		t.Errorf("what was refused left %v", p)
	}
}
