package telephony_test

import (
	"strings"
	"testing"

	"example.com/callingplan/telephony"
)

func TestCheckID(t *testing.T) {
	for _, id := range []string{"a", "0", "-", "adele@contoso.example", "r-5c1-2", "A.b_c:d@e-f9", strings.Repeat("x", 128)} {
		wantCode(t, telephony.CheckID("id", id), "")
	}
	for _, c := range []struct {
		id     string
		figure string
		value  int64
	}{
		{"", "bytes", 0},
		{strings.Repeat("x", 129), "bytes", 129},
		{strings.Repeat("/", 129), "bytes", 129}, // length before characters
		{strings.Repeat("x", 10<<20), "bytes", 10 << 20},
		{"a b", "wrong byte at", 1},
		{"ab/", "wrong byte at", 2},
		{"\x00", "wrong byte at", 0},
		{"a\n", "wrong byte at", 1},
		{"ad\u00e8le", "wrong byte at", 2},
		{"a\xff", "wrong byte at", 1},
		{"a,b", "wrong byte at", 1},
		{"[", "wrong byte at", 0}, {"`", "wrong byte at", 0}, {"{", "wrong byte at", 0}, {"/", "wrong byte at", 0}, {";", "wrong byte at", 0},
	} {
		err := telephony.CheckID("person", telephony.PersonID(c.id))
		wantCode(t, err, telephony.ErrID)
		e := err.(*telephony.Error)
		if got, ok := e.Figure(c.figure); !ok || got != c.value {
			t.Errorf("%v: %s is %d, want %d", err, c.figure, got, c.value)
		}
		if e.Field != "person" || len(err.Error()) > 300 {
			t.Errorf("%v", err)
		}
	}
}

// Every byte is allowed or not as the list in the package's words says.
func TestIDAlphabet(t *testing.T) {
	const allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:@-"
	for b := range 256 {
		id := string([]byte{'a', byte(b)})
		if got, want := telephony.CheckID("id", id) == nil, strings.IndexByte(allowed, byte(b)) >= 0; got != want {
			t.Errorf("byte %#x is allowed: %v, want %v", b, got, want)
		}
	}
}

func TestPersonIDMasked(t *testing.T) {
	for id, want := range map[telephony.PersonID]string{"adele@contoso.example": "a***", "a": "a***", "": "", "\u00e8ve": "\u00e8***"} {
		if got := id.Masked(); got != want {
			t.Errorf("%q is masked as %q, want %q", string(id), got, want)
		}
	}
}
