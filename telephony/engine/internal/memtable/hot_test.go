package memtable

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// TestHeadsOrderAsKeys: records of a hot table stand in the order of their keys, of
// whatever length, whether or not the part of a key that is at hand tells.
func TestHeadsOrderAsKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Few different bytes, and keys that go on alike, so that many begin alike.
		some := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 15, 16, 255}), 0, 4)
		middle := bytes.Repeat([]byte{byte(rapid.IntRange(0, 1).Draw(t, "byte"))}, rapid.IntRange(0, 2*headBytes).Draw(t, "count"))
		key := func(name string) []byte {
			return append(bytes.Clone(middle[:rapid.IntRange(0, len(middle)).Draw(t, name+" of the middle")]), some.Draw(t, name)...)
		}
		a, b := key("a"), key("b")
		if got, want := newHotRecord(sought(a)).compare(newHotRecord(sought(b))), bytes.Compare(a, b); got != want {
			t.Fatalf("keys %v and %v compare as %d, want %d", a, b, got, want)
		}
	})
}
