package telephony_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// fictional are beginnings of numbers that regulators set aside for fiction,
// with the count of digits still to come; 999 is no country's.
var fictional = []struct {
	begin string
	open  int
}{
	{"1425555010", 1}, {"1425555019", 1}, {"1206555010", 1}, // NANPA
	{"442079460", 3}, {"441632960", 3}, {"447700900", 3}, {"448081570", 3}, // Ofcom
	{"3319900", 4}, {"3326191", 4}, // Arcep
	{"493023125", 3}, {"496990009", 3}, // BNetzA
	{"6125550", 4}, // ACMA
	{"999", 4}, {"999", 5}, {"999", 8}, {"999", 11}, {"999", 12},
	{"9990000", 1}, {"99900", 2}, {"9999", 10}, {"99999999", 7},
}

// digitStrings draws the digits of a number, often close to one another and
// often full of 0 and 9, where carries and bounds go wrong.
func digitStrings() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		f := rapid.SampledFrom(fictional).Draw(t, "fictional")
		alphabet := rapid.SampledFrom([]string{"0123456789", "09", "0", "9", "01"}).Draw(t, "alphabet")
		var b strings.Builder
		b.WriteString(f.begin)
		for range f.open {
			b.WriteByte(rapid.SampledFrom([]byte(alphabet)).Draw(t, "digit"))
		}
		return b.String()
	})
}

func numbers() *rapid.Generator[telephony.Number] {
	return rapid.Map(digitStrings(), func(digits string) telephony.Number { return telephony.MustParse("+" + digits) })
}

// digitsOf is the number's text without its plus sign.
func digitsOf(n telephony.Number) string { return strings.TrimPrefix(n.String(), "+") }

// wantCode fails the test unless err is an *Error of that code, or nil where
// the code is empty.
func wantCode(t testing.TB, err error, want telephony.Code) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Fatalf("error %v, want none", err)
		}
		return
	}
	var e *telephony.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v (%T), want *telephony.Error with %q", err, err, want)
	}
	if e.Code != want {
		t.Fatalf("code %q (%v), want %q", e.Code, err, want)
	}
	if e.Fix == "" {
		t.Errorf("%v says nothing of what would put it right", err)
	}
}

// mustPanic fails the test unless f panics.
func mustPanic(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s did not panic", what)
		}
	}()
	f()
}
