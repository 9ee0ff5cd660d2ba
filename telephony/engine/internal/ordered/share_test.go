package ordered

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"testing"
	"weak"
)

// TestEditionsSideBySide edits one set in many ways at once while others read it;
// each edition publishes as it goes on. The race detector watches.
func TestEditionsSideBySide(t *testing.T) {
	const items, editions = 5000, 4
	e := New(byKey).Edit()
	for i := range items {
		e.Add(pair{key: i})
	}
	set := e.Publish()
	want := slices.Collect(set.All())
	var together sync.WaitGroup
	for n := 1; n <= editions; n++ {
		together.Go(func() {
			if got := slices.Collect(set.All()); !slices.Equal(got, want) {
				t.Errorf("reader %d sees another set", n)
			}
		})
		together.Go(func() { editAll(t, set, n) })
	}
	together.Wait()
	if got := slices.Collect(set.All()); !slices.Equal(got, want) {
		t.Error("the set has changed")
	}
}

// editAll removes every third item and gives the others the value n, and publishes
// before every hundred.
func editAll(t *testing.T, set Set[pair], n int) {
	e, published := set.Edit(), []Set[pair]{}
	for i := range set.Len() {
		if i%100 == 0 {
			published = append(published, e.Publish())
		}
		if i%3 == 0 {
			e.Remove(pair{key: i})
		} else {
			e.Put(pair{i, n})
		}
	}
	for hundreds, s := range published {
		for item := range s.All() {
			edited := item.key < 100*hundreds
			if edited && item.key%3 == 0 || edited != (item.value == n) {
				t.Errorf("edition %d has %v after %d items", n, item, 100*hundreds)
			}
		}
	}
}

// TestNothingIsKept: an item that was replaced or removed is nowhere in the set
// any more, not in the unused room of a node either. Full nodes are split, and
// only what went into the new ones is edited.
func TestNothingIsKept(t *testing.T) {
	type row struct {
		key int
		_   *row // lest several rows share what is allocated at once
	}
	const items = 5000
	e := New(func(a, b *row) int { return cmp.Compare(a.key, b.key) }).Edit()
	var gone []weak.Pointer[row]
	behind := func(i int) bool { return i%most >= most*3/4 }
	for i := range items {
		r := &row{key: 2 * i}
		if e.Add(r); behind(i) {
			gone = append(gone, weak.Make(r))
		}
	}
	for i := 0; i < items; i += most {
		e.Add(&row{key: 2*i + 1})
	}
	e = e.Publish().Edit()
	for i := range items {
		switch {
		case behind(i) && i%2 == 0:
			e.Put(&row{key: 2 * i})
		case behind(i):
			e.Remove(&row{key: 2 * i})
		}
	}
	set := e.Publish()
	runtime.GC()
	kept := 0
	for _, r := range gone {
		if r.Value() != nil {
			kept++
		}
	}
	if kept > 0 {
		t.Errorf("%d of %d are still there", kept, len(gone))
	}
	runtime.KeepAlive(set)
}
