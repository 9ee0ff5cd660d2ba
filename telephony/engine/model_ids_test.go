package engine

import "testing"

// TestIdentifiersAscend: in the order in which they are made, as text, which is
// how lists and the oldest closed reservation go by them; past the first
// million too.
func TestIdentifiersAscend(t *testing.T) {
	e, err := New(WithIDEpoch("m"))
	if err != nil {
		t.Fatal(err)
	}
	last := ""
	for _, from := range []uint64{0, 9, 999_998, 999_999_998} {
		e.ids.Store(from)
		for range 3 {
			id := e.newID("r")
			if id <= last {
				t.Errorf("%s follows %s", id, last)
			}
			last = id
		}
	}
}
