package telephony_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestNumberIsOneWord(t *testing.T) {
	if got := unsafe.Sizeof(telephony.Number{}); got != 8 {
		t.Errorf("a Number takes %d bytes", got)
	}
}

func TestNumberAllocatesNothing(t *testing.T) {
	n, other := telephony.MustParse("+14255550100"), telephony.MustParse("+442079460000")
	buf := make([]byte, 0, 32)
	for name, f := range map[string]func(){
		"Parse":           func() { sinkNumber, _ = telephony.Parse("+1 (425) 555-0100") },
		"Parse of a URI":  func() { sinkNumber, _ = telephony.Parse("tel:+1-425-555-0100") },
		"ParseDigits":     func() { sinkNumber, _ = telephony.ParseDigits("14255550100") },
		"Compare":         func() { sinkInt = n.Compare(other) },
		"AppendTo":        func() { sinkBytes = n.AppendTo(buf) },
		"Add":             func() { sinkNumber, _ = n.Add(99) },
		"Sub":             func() { sinkInt, _ = n.Sub(other) },
		"Block":           func() { sinkNumber, sinkInt = n.Block() },
		"NumberFromWord":  func() { sinkNumber, _ = telephony.NumberFromWord(n.Word()) },
		"Digits":          func() { sinkInt = int(n.Digits()) },
		"CallingCode":     func() { sinkInt = int(n.CallingCode()) },
		"CheckAssignment": func() { sinkErrors = telephony.CheckAssignment(assignable()) },
		"CheckService":    func() { sinkErrors = telephony.CheckServiceAssignment(answering()) },
		"CheckConversion": func() {
			sinkErrors = telephony.CheckConversion(telephony.ConversionFacts{Number: answering().Number, To: 1})
		},
		"Activation": func() { _, _ = working.After(telephony.ActivationEvent{Step: telephony.AskUpdate, At: noon}) },
	} {
		f()
		if got := testing.AllocsPerRun(100, f); got != 0 {
			t.Errorf("%s allocates %v times", name, got)
		}
	}
}

func TestZeroNumber(t *testing.T) {
	var zero telephony.Number
	if zero.IsValid() || zero.Len() != 0 || zero.Digits() != 0 || zero.Word() != 0 {
		t.Errorf("the zero Number is %v, %d digits, %d, word %d", zero.IsValid(), zero.Len(), zero.Digits(), zero.Word())
	}
	if _, ok := zero.Add(0); ok {
		t.Error("a number follows the zero Number")
	}
	for _, other := range []telephony.Number{zero, telephony.MustParse("+14255550100")} {
		if _, ok := zero.Sub(other); ok {
			t.Errorf("the zero Number lies steps past %v", other)
		}
		if _, ok := other.Sub(zero); ok {
			t.Errorf("%v lies steps past the zero Number", other)
		}
	}
	if base, offset := zero.Block(); base != zero || offset != 0 {
		t.Errorf("the zero Number lies in block %v at %d", base, offset)
	}
	if zero.Compare(telephony.MustParse("+9990000")) != -1 || zero.Compare(zero) != 0 {
		t.Error("the zero Number does not come first")
	}
}

// Numbers order as their digits do from the left, and so do their words.
func TestNumberOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := digitStrings().Draw(t, "a"), digitStrings().Draw(t, "b")
		x, y := telephony.MustParse("+"+a), telephony.MustParse("+"+b)
		want := bytes.Compare([]byte(a), []byte(b))
		if got := x.Compare(y); got != want {
			t.Errorf("Compare(%s, %s) = %d, want %d", a, b, got, want)
		}
		if got := y.Compare(x); got != -want {
			t.Errorf("Compare(%s, %s) = %d, want %d", b, a, got, -want)
		}
		if got := cmp.Compare(x.Word(), y.Word()); got != want {
			t.Errorf("the words of %s and %s compare %d, want %d", a, b, got, want)
		}
		if (x == y) != (a == b) {
			t.Errorf("%s == %s: %v", a, b, x == y)
		}
	})
}

func TestNumberOrderByHand(t *testing.T) {
	want := []string{"+14255550100", "+442079460000", "+9990000", "+99900000", "+99900000000", "+9990001", "+99910000", "+9992000"}
	for i, a := range want {
		for j, b := range want {
			if got := telephony.MustParse(a).Compare(telephony.MustParse(b)); got != cmp.Compare(i, j) {
				t.Errorf("Compare(%s, %s) = %d", a, b, got)
			}
		}
	}
}

func TestDigitsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := digitStrings().Draw(t, "digits")
		n := telephony.MustParse("+" + digits)
		want, _ := new(big.Int).SetString(digits, 10)
		if n.Digits() != want.Uint64() || n.Len() != len(digits) {
			t.Errorf("%s has the digits %d, %d of them", digits, n.Digits(), n.Len())
		}
		if again, err := telephony.NumberFromDigits(n.Digits()); again != n || err != nil {
			t.Errorf("NumberFromDigits(%d) = %v, %v", n.Digits(), again, err)
		}
	})
}

func TestNumberFromDigitsRefuses(t *testing.T) {
	for digits, code := range map[uint64]telephony.Code{
		0: telephony.ErrNumberLength, 999000: telephony.ErrNumberLength, 1e15: telephony.ErrNumberLength,
		math.MaxUint64: telephony.ErrNumberLength, 2145550100: telephony.ErrCallingCode,
	} {
		_, err := telephony.NumberFromDigits(digits)
		wantCode(t, err, code)
	}
}

func TestAdd(t *testing.T) {
	for _, c := range []struct {
		from  string
		steps int
		want  string // empty for none
	}{
		{"+14255550100", 0, "+14255550100"},
		{"+14255550100", 99, "+14255550199"},
		{"+14255550199", -99, "+14255550100"},
		{"+9990000", 9999, "+9999999"},
		{"+9990000", 10000, ""}, // past the length
		{"+9999999", -9999, "+9990000"},
		{"+9999999", -10000, ""},    // another code, unassigned
		{"+999999999999999", 1, ""}, // past 15 digits
		{"+999000000000000", -1, ""},
		{"+19999999999", 1, ""}, // code 20
		{"+10000000000", -1, ""},
		{"+449999999999", 1, ""}, // code 45
		{"+440000000000", -1, ""},
		{"+9990000", math.MaxInt, ""},
		{"+9990000", math.MinInt, ""},
	} {
		got, ok := telephony.MustParse(c.from).Add(c.steps)
		if ok != (c.want != "") || ok && got.String() != c.want || !ok && got.IsValid() {
			t.Errorf("%s + %d = %v, %v; want %q", c.from, c.steps, got, ok, c.want)
		}
	}
}

// Add agrees with addition of the integers that keeps the length and the code.
func TestAddAgreesWithIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := digitStrings().Draw(t, "digits")
		n := telephony.MustParse("+" + digits)
		steps := rapid.OneOf(rapid.IntRange(-2000, 2000), rapid.Int()).Draw(t, "steps")
		sum, _ := new(big.Int).SetString(digits, 10)
		sum.Add(sum, big.NewInt(int64(steps)))
		want, err := telephony.ParseDigits(sum.String()) // refuses what is negative
		wantOK := err == nil && len(sum.String()) == len(digits) && want.CallingCode() == n.CallingCode()
		got, ok := n.Add(steps)
		if ok != wantOK || ok && got != want {
			t.Fatalf("%v + %d = %v, %v; want %v, %v", n, steps, got, ok, want, wantOK)
		}
		if back, distance := got.Sub(n); ok && (!distance || back != steps) {
			t.Errorf("%v lies %d past %v, want %d", got, back, n, steps)
		}
	})
}

func TestSub(t *testing.T) {
	for _, c := range []struct {
		n, other string
		want     int
		ok       bool
	}{
		{"+14255550199", "+14255550100", 99, true},
		{"+14255550100", "+14255550199", -99, true},
		{"+14255550100", "+14255550100", 0, true},
		{"+99900001", "+9990000", 0, false},
		{"+9990000", "+99900000", 0, false},
	} {
		got, ok := telephony.MustParse(c.n).Sub(telephony.MustParse(c.other))
		if ok != c.ok || got != c.want {
			t.Errorf("%s - %s = %d, %v", c.n, c.other, got, ok)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers().Draw(t, "a"), numbers().Draw(t, "b")
		got, ok := a.Sub(b)
		want := int64(a.Digits()) - int64(b.Digits())
		if ok != (a.Len() == b.Len() && int64(int(want)) == want) { // an int can have 32 bits
			t.Fatalf("%v - %v: %v", a, b, ok)
		}
		if ok && int64(got) != want {
			t.Errorf("%v - %v = %d, want %d", a, b, got, want)
		}
		if there, in := b.Add(got); ok && a.CallingCode() == b.CallingCode() && (!in || there != a) {
			t.Errorf("%v + (%v - %v) = %v", b, a, b, there)
		}
	})
}

func TestBlock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := numbers().Draw(t, "number")
		base, offset := n.Block()
		text := n.String()
		if want := text[:len(text)-3] + "000"; base.String() != want {
			t.Errorf("%v lies in block %v, want %s", n, base, want)
		}
		if offset < 0 || offset >= telephony.BlockSize {
			t.Errorf("offset %d", offset)
		}
		if there, ok := base.Add(offset); !ok || there != n {
			t.Errorf("%v + %d = %v, want %v", base, offset, there, n)
		}
		if again, zero := base.Block(); again != base || zero != 0 {
			t.Errorf("the base %v lies in block %v at %d", base, again, zero)
		}
	})
}

func TestWordRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := numbers().Draw(t, "number")
		if again, err := telephony.NumberFromWord(n.Word()); again != n || err != nil {
			t.Errorf("NumberFromWord(word of %v) = %v, %v", n, again, err)
		}
	})
	if n, err := telephony.NumberFromWord(0); n.IsValid() || err != nil {
		t.Errorf("the word 0 is %v, %v", n, err)
	}
}

// A word that NumberFromWord takes is the word of the number that it returns,
// and that number is one that Parse reads.
func TestNumberFromAnyWord(t *testing.T) {
	check := func(t rapid.TB, w uint64) {
		n, err := telephony.NumberFromWord(w)
		if err != nil {
			return
		}
		if n.Word() != w {
			t.Fatalf("the word %#x became %v with %#x", w, n, n.Word())
		}
		if again, err := telephony.Parse(n.String()); w != 0 && (err != nil || again != n) {
			t.Fatalf("the word %#x became %q, which Parse reads as %v, %v", w, n, again, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.Uint64().Draw(t, "word"))
		near := numbers().Draw(t, "number").Word()
		check(t, near+uint64(rapid.IntRange(-40, 40).Draw(t, "off")))
		check(t, near^1<<rapid.IntRange(0, 63).Draw(t, "bit"))
	})
	for _, c := range []struct {
		name string
		word uint64
		code telephony.Code
	}{
		{"six digits", telephony.MustParse("+9990000").Word() - 1, telephony.ErrNumberLength},
		{"no digits", 1, telephony.ErrNumberLength},
		{"count of none", 16, telephony.ErrNumberLength},
		{"count of none behind digits", telephony.MustParse("+9990000").Word() &^ 15, telephony.ErrNumberLength},
		{"digits behind the last", telephony.MustParse("+999000000000001").Word() - 1, telephony.ErrNumberSyntax},
		{"more than fifteen places", math.MaxUint64, telephony.ErrNumberSyntax},
		{"count alone", 9, telephony.ErrCallingCode},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := telephony.NumberFromWord(c.word)
			wantCode(t, err, c.code)
		})
	}
}

func TestMasked(t *testing.T) {
	for text, want := range map[string]string{
		"+14255550100": "+1********00", "+442079460012": "+44********12", "+9990034": "+999**34",
	} {
		if got := telephony.MustParse(text).Masked(); got != want {
			t.Errorf("%s is masked as %s, want %s", text, got, want)
		}
	}
	if got := (telephony.Number{}).Masked(); got != "invalid number" {
		t.Errorf("the zero Number is masked as %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := numbers().Draw(t, "number")
		masked := n.Masked()
		if len(masked) != len(n.String()) || strings.Count(masked, "*") < n.Len()-5 {
			t.Errorf("%v is masked as %s", n, masked)
		}
	})
}

// The groups across a word, and those behind it, are all that have numbers at it
// or behind.
func TestGroupsAcross(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := numbers().Draw(t, "at").Word() + rapid.Uint64Range(0, 1).Draw(t, "or behind")
		last := rapid.IntRange(1, 6).Draw(t, "last digits")
		n := numbers().Draw(t, "number")
		unit := uint64(1)
		for range last {
			unit *= 10
		}
		base, err := telephony.NumberFromDigits(n.Digits() / unit * unit)
		if err != nil {
			return // too short to have so many last digits
		}
		bases := telephony.GroupsAcross(word, last)
		if !slices.IsSortedFunc(bases, telephony.Number.Compare) {
			t.Fatalf("%v are not in order", bases)
		}
		if across := slices.Contains(bases, base); across && base.Word() >= word {
			t.Fatalf("the group of %v does not begin before", base)
		} else if n.Word() >= word && base.Word() < word && !across {
			t.Fatalf("the group of %v is missing for %v", base, n)
		}
		if len(bases) > telephony.MaxDigits-telephony.MinDigits+1 {
			t.Fatalf("there are %d groups", len(bases))
		}
	})
}

func TestNumberNational(t *testing.T) {
	for text, want := range map[string]string{"+14255550100": "4255550100", "+442079460000": "2079460000",
		"+9990000": "0000", "+99900123456": "00123456", "+999000000000001": "000000000001"} {
		digits, count := telephony.MustParse(text).National()
		if got := fmt.Sprintf("%0*d", count, digits); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	if digits, count := (telephony.Number{}).National(); digits != 0 || count != 0 {
		t.Errorf("no number has the national digits %d of %d", digits, count)
	}
}
