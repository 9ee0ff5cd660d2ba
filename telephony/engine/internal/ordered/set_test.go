package ordered

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// pair is the same as another with that key.
type pair struct{ key, value int }

func byKey(a, b pair) int { return cmp.Compare(a.key, b.key) }

// TestSetAgainstSlice edits a set at random, and holds it and every one it was
// before to a sorted slice.
func TestSetAgainstSlice(t *testing.T) { rapid.Check(t, checkSet) }

func FuzzSet(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkSet)) }

func checkSet(t *rapid.T) {
	type version struct {
		set   Set[pair]
		items []pair
	}
	e, items := New(byKey).Edit(), []pair{}
	var past []version
	highest := rapid.SampledFrom([]int{10, 300, 100_000}).Draw(t, "highest")
	for range rapid.IntRange(3, 8).Draw(t, "editions") {
		if rapid.Bool().Draw(t, "a new edition") {
			e = e.Publish().Edit()
		}
		ascending := rapid.Bool().Draw(t, "ascending")
		remove := rapid.IntRange(0, 10).Draw(t, "of ten, how many are removed")
		for i, key := range rapid.SliceOfN(rapid.IntRange(0, highest), rapid.SampledFrom([]int{0, 150}).Draw(t, "at least"), 800).Draw(t, "keys") {
			if ascending {
				key = len(items) + i
			}
			if key%10 < remove && len(items) > 0 {
				key = items[key%len(items)].key
			}
			items = editBoth(t, e, items, pair{key, i}, i%10 < remove, key%3 == 0)
		}
		past = append(past, version{e.Publish(), items})
		for _, v := range past {
			compareTo(t, v.set, v.items)
		}
		from := rapid.IntRange(-1, highest+1).Draw(t, "from")
		before := func(p pair) bool { return p.key < from }
		at, _ := slices.BinarySearchFunc(items, pair{key: from}, byKey)
		if got := slices.AppendSeq([]pair{}, e.From(before)); !slices.Equal(got, items[at:]) {
			t.Fatalf("from %d: %v, want %v", from, got, items[at:])
		}
		got := []pair{}
		for next, done := e.Descend(before), false; !done; {
			item, ok := next()
			if done = !ok; ok {
				got = append(got, item)
			}
		}
		if slices.Reverse(got); !slices.Equal(got, items[:at]) {
			t.Fatalf("down from %d: %v, want %v", from, got, items[:at])
		}
	}
}

// editBoth does one thing with the edition and a slice, which it returns changed.
func editBoth(t *rapid.T, e *Edition[pair], items []pair, p pair, remove, put bool) []pair {
	at, there := slices.BinarySearchFunc(items, p, byKey)
	var was pair
	if there {
		was = items[at]
	}
	if got, found := e.Get(p); found != there || got != was {
		t.Fatalf("Get(%d) gives %v, %v, want %v, %v", p.key, got, found, was, there)
	}
	switch {
	case remove:
		if e.Remove(p) != there {
			t.Fatalf("Remove(%d) is not %v", p.key, there)
		}
		if there {
			return slices.Delete(slices.Clone(items), at, at+1)
		}
		return items
	case put:
		if before, met := e.Put(p); met != there || before != was {
			t.Fatalf("Put(%d) gives %v, %v, want %v, %v", p.key, before, met, was, there)
		}
		if there {
			items = slices.Clone(items)
			items[at] = p
			return items
		}
	case e.Add(p) == there:
		t.Fatalf("Add(%d) is %v", p.key, there)
	}
	if there {
		return items
	}
	return slices.Insert(slices.Clone(items), at, p)
}

func compareTo(t *rapid.T, s Set[pair], want []pair) {
	t.Helper()
	if got := slices.AppendSeq([]pair{}, s.All()); !slices.Equal(got, want) || s.Len() != len(want) {
		t.Fatalf("%d items %v, want %v", s.Len(), got, want)
	}
	if first, any := s.First(); any != (len(want) > 0) || any && first != want[0] {
		t.Fatalf("First gives %v, %v of %v", first, any, want)
	}
	for i, item := range want {
		if rank := s.Rank(func(p pair) bool { return byKey(p, item) < 0 }); rank != i {
			t.Fatalf("Rank gives %d for item %d", rank, i)
		}
	}
	if rank := s.Rank(func(pair) bool { return true }); rank != len(want) {
		t.Fatalf("Rank gives %d for all of %d", rank, len(want))
	}
	checkNode(t, s.root, true)
}

// checkNode holds a node to its form and returns how deep it is.
func checkNode(t *rapid.T, n *node[pair], root bool) (depth int) {
	t.Helper()
	if len(n.items) > most || !root && len(n.items) == 0 || !slices.IsSortedFunc(n.items, byKey) {
		t.Fatalf("a node of %v", n.items)
	}
	if n.children == nil {
		return 0
	}
	if len(n.children) != len(n.items) || root && len(n.children) < 2 {
		t.Fatalf("%d children and %d items", len(n.children), len(n.items))
	}
	for i, child := range n.children {
		if child.items[0] != n.items[i] {
			t.Fatalf("child %d begins with %v, not %v", i, child.items[0], n.items[i])
		}
		if i+1 < len(n.items) && byKey(last(child), n.items[i+1]) >= 0 {
			t.Fatalf("child %d ends with %v, behind %v", i, last(child), n.items[i+1])
		}
		if d := checkNode(t, child, false); i > 0 && d+1 != depth {
			t.Fatal("leaves are not equally deep")
		} else {
			depth = d + 1
		}
	}
	return depth
}

func last(n *node[pair]) pair {
	for n.children != nil {
		n = n.children[len(n.children)-1]
	}
	return n.items[len(n.items)-1]
}

// TestFromStops: a loop that is left gets no more.
func TestFromStops(t *testing.T) {
	e := New(cmp.Compare[int]).Edit()
	for i := range 5000 {
		e.Add(i)
	}
	seen := 0
	for n := range e.From(func(n int) bool { return n < 1234 }) {
		if n != 1234+seen {
			t.Fatalf("%d came as the %dth", n, seen)
		}
		if seen++; seen == 2000 {
			break
		}
	}
	if seen != 2000 {
		t.Errorf("%d items came", seen)
	}
}

// TestNodesJoin: a set that shrinks by picks at random gives its nodes back, and
// counts what is in those that are left.
func TestNodesJoin(t *testing.T) {
	e := New(cmp.Compare[int]).Edit()
	for i := range 100_000 {
		e.Add(i)
	}
	for i := range 100_000 {
		if i%100 != 0 {
			e.Remove(i * 77_773 % 100_000)
		}
	}
	leaves := 0
	var count func(n *node[int])
	count = func(n *node[int]) {
		if n.children == nil {
			leaves++
		}
		for _, child := range n.children {
			count(child)
		}
	}
	count(e.root)
	if e.Len() != 1000 || leaves > 2*1000/few {
		t.Errorf("%d items stand in %d leaves", e.Len(), leaves)
	}
	for i, item := range slices.Collect(e.All()) {
		if rank := e.Rank(func(n int) bool { return n < item }); rank != i {
			t.Fatalf("Rank gives %d for item %d", rank, i)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	for name, next := range map[string]func(i int) int{
		"ascending": func(i int) int { return i },
		"scattered": func(i int) int { return i * 7_777_777 % 100_003 },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			set := New(cmp.Compare[int])
			for i := 0; b.Loop(); i++ {
				e := set.Edit()
				e.Add(next(i))
				set = e.Publish()
			}
		})
	}
}
