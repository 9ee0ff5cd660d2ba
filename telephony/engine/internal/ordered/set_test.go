package ordered

import (
	"cmp"
	"iter"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSetAgainstSlice edits a set at random, in several editions, and holds it
// and every one it was before to a sorted slice.
func TestSetAgainstSlice(t *testing.T) { rapid.Check(t, checkSet) }

func FuzzSet(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkSet)) }

func checkSet(t *rapid.T) {
	type version struct {
		set   Set[int]
		items []int
	}
	set, items := New(cmp.Compare[int]), []int{}
	var past []version
	highest := rapid.SampledFrom([]int{10, 300, 100_000}).Draw(t, "highest")
	for range rapid.IntRange(1, 8).Draw(t, "editions") {
		e := set.Edit()
		ascending := rapid.Bool().Draw(t, "ascending")
		remove := rapid.IntRange(0, 10).Draw(t, "of ten, how many are removed")
		for i, n := range rapid.SliceOfN(rapid.IntRange(0, highest), 0, 400).Draw(t, "numbers") {
			if ascending {
				n = len(items) + i
			}
			if n%10 < remove && len(items) > 0 {
				n = items[n%len(items)]
			}
			at, there := slices.BinarySearch(items, n)
			if there != e.Has(n) {
				t.Fatalf("Has(%d) is not %v", n, there)
			}
			switch {
			case i%10 < remove:
				if e.Remove(n) != there {
					t.Fatalf("Remove(%d) is not %v", n, there)
				}
				if there {
					items = slices.Delete(slices.Clone(items), at, at+1)
				}
			default:
				if e.Add(n) == there {
					t.Fatalf("Add(%d) is %v", n, there)
				}
				if !there {
					items = slices.Insert(slices.Clone(items), at, n)
				}
			}
		}
		set = e.Publish()
		past = append(past, version{set, items})
		for _, v := range past {
			compareTo(t, v.set, v.items)
		}
		from := rapid.IntRange(-1, highest+1).Draw(t, "from")
		at, _ := slices.BinarySearch(items, from)
		if got := collect(set.From(func(n int) bool { return n < from })); !slices.Equal(got, items[at:]) {
			t.Fatalf("from %d: %v, want %v", from, got, items[at:])
		}
	}
}

func compareTo(t *rapid.T, s Set[int], want []int) {
	t.Helper()
	if got := collect(s.All()); !slices.Equal(got, want) || s.Len() != len(want) {
		t.Fatalf("%d items %v, want %v", s.Len(), got, want)
	}
	checkNode(t, s.root, true)
}

func collect(seq iter.Seq[int]) []int { return slices.AppendSeq([]int{}, seq) }

// checkNode holds a node to its form and returns how deep it is.
func checkNode(t *rapid.T, n *node[int], root bool) (depth int) {
	t.Helper()
	if len(n.items) > most || !root && len(n.items) == 0 || !slices.IsSorted(n.items) {
		t.Fatalf("a node of %v", n.items)
	}
	if n.children == nil {
		return 0
	}
	if len(n.children) != len(n.items) || root && len(n.children) < 2 {
		t.Fatalf("%d children and %d items", len(n.children), len(n.items))
	}
	for i, child := range n.children {
		if child.items[0] < n.items[i] {
			t.Fatalf("child %d begins with %d, before %d", i, child.items[0], n.items[i])
		}
		if i+1 < len(n.items) && last(child) >= n.items[i+1] {
			t.Fatalf("child %d ends with %d, behind %d", i, last(child), n.items[i+1])
		}
		if d := checkNode(t, child, false); i > 0 && d+1 != depth {
			t.Fatal("leaves are not equally deep")
		} else {
			depth = d + 1
		}
	}
	return depth
}

func last(n *node[int]) int {
	for n.children != nil {
		n = n.children[len(n.children)-1]
	}
	return n.items[len(n.items)-1]
}

// TestEndedEditionWritesNothing: what was published is everybody's.
func TestEndedEditionWritesNothing(t *testing.T) {
	e := New(cmp.Compare[int]).Edit()
	e.Add(1)
	set := e.Publish()
	other := set.Edit()
	other.Add(2)
	if got := slices.Collect(set.All()); !slices.Equal(got, []int{1}) {
		t.Errorf("the published set became %v", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("an edition that has ended takes another item")
		}
	}()
	e.Add(3)
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

// TestNodesJoin: a set that shrinks by picks at random gives its nodes back.
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
