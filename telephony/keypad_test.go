package telephony_test

import (
	"strings"
	"testing"

	"example.com/callingplan/telephony"
)

// The keys as they are printed on a telephone [ITU-T E.161].
func TestKeypad(t *testing.T) {
	for digit, letters := range map[byte]string{'2': "ABC", '3': "DEF", '4': "GHI", '5': "JKL", '6': "MNO",
		'7': "PQRS", '8': "TUV", '9': "WXYZ"} {
		for _, c := range []byte(letters + strings.ToLower(letters) + string(digit)) {
			if got, ok := telephony.KeypadDigit(c); !ok || got != digit {
				t.Errorf("%c: got %c, %v, want %c", c, got, ok, digit)
			}
		}
	}
	known := 0
	for c := range 256 {
		if _, ok := telephony.KeypadDigit(byte(c)); ok {
			known++
		}
	}
	if known != 26+26+10 {
		t.Errorf("%d characters are on a key", known)
	}
}

func TestKeypadDigits(t *testing.T) {
	for word, want := range map[string]string{"Flowers": "3569377", "4U2": "482", "": "", "TAXI": "8294"} {
		if got, err := telephony.KeypadDigits(word); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", word, got, err, want)
		}
	}
	for _, word := range []string{"a b", "é", "1-800", "*"} {
		_, err := telephony.KeypadDigits(word)
		wantCode(t, err, telephony.ErrKeypad)
	}
}
