package reservation_test

import (
	"slices"
	"testing"

	"example.com/callingplan/reservation"
	"pgregory.net/rapid"
)

// boolSet is the plainest set of a block's numbers.
type boolSet [reservation.BlockSize]bool

func (s *boolSet) bits() (b reservation.Bits) {
	for i, in := range s {
		if in {
			b.Set(i)
		}
	}
	return b
}

func (s *boolSet) offsets() (all []int) {
	for i, in := range s {
		if in {
			all = append(all, i)
		}
	}
	return all
}

func (s *boolSet) longestRun() (longest int) {
	length := 0
	for _, in := range s {
		if length++; !in {
			length = 0
		}
		longest = max(longest, length)
	}
	return longest
}

// drawSet draws runs and gaps, as stock has them, and single numbers.
func drawSet(t *rapid.T, label string) (s boolSet) {
	edge := rapid.OneOf(rapid.IntRange(0, 999), rapid.SampledFrom([]int{0, 1, 63, 64, 127, 128, 959, 960, 998, 999}))
	for _, in := range rapid.SliceOfN(rapid.Bool(), 0, 6).Draw(t, label) {
		first, last := edge.Draw(t, "first"), edge.Draw(t, "last")
		for i := first; i <= last; i++ {
			s[i] = in
		}
		s[edge.Draw(t, "single")] = in
	}
	return s
}

func TestBitsAgainstBools(t *testing.T) { rapid.Check(t, checkBits) }

func checkBits(t *rapid.T) {
	a, b := drawSet(t, "a"), drawSet(t, "b")
	x, y := a.bits(), b.bits()
	sameSet(t, "And", x.And(y), func(i int) bool { return a[i] && b[i] })
	sameSet(t, "AndNot", x.AndNot(y), func(i int) bool { return a[i] && !b[i] })
	sameSet(t, "Or", x.Or(y), func(i int) bool { return a[i] || b[i] })

	offsets := a.offsets()
	if got := slices.Collect(x.All()); !slices.Equal(got, offsets) {
		t.Fatalf("All: got %v, want %v", got, offsets)
	}
	if x.Count() != len(offsets) || x.IsEmpty() != (len(offsets) == 0) {
		t.Fatalf("Count %d, IsEmpty %v of %d numbers", x.Count(), x.IsEmpty(), len(offsets))
	}
	from := rapid.IntRange(-5, 1005).Draw(t, "from")
	want := -1
	if i := slices.IndexFunc(offsets, func(o int) bool { return o >= from }); i >= 0 {
		want = offsets[i]
	}
	if got := x.First(from); got != want {
		t.Fatalf("First(%d): got %d, want %d", from, got, want)
	}
	n := rapid.IntRange(-1, 1001).Draw(t, "n")
	if got := slices.Collect(x.Lowest(n).All()); !slices.Equal(got, offsets[:min(max(n, 0), len(offsets))]) {
		t.Fatalf("Lowest(%d): got %v of %v", n, got, offsets)
	}
	if got := reservation.BitsOf(offsets...); got != x {
		t.Fatalf("BitsOf: got %v, want %v", got, x)
	}

	var cleared reservation.Bits = x
	for _, i := range b.offsets() {
		cleared.Clear(i)
	}
	if cleared != x.AndNot(y) {
		t.Fatalf("Clear: got %v, want %v", cleared, x.AndNot(y))
	}
}

func sameSet(t *rapid.T, op string, got reservation.Bits, want func(int) bool) {
	t.Helper()
	if !got.IsValid() {
		t.Fatalf("%s: bits past 999 are set", op)
	}
	for i := range reservation.BlockSize {
		if got.Has(i) != want(i) {
			t.Fatalf("%s: Has(%d) = %v", op, i, got.Has(i))
		}
	}
}

func TestBitsRunsAgainstBools(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSet(t, "s")
		var back boolSet
		end := -1
		for first, length := range s.bits().Runs() {
			if first <= end || length < 1 {
				t.Fatalf("run of %d at %d touches the one that ends before %d", length, first, end)
			}
			end = first + length
			for i := first; i < end; i++ {
				back[i] = true
			}
		}
		if back != s {
			t.Fatalf("the runs make %v, want %v", back.offsets(), s.offsets())
		}
		n := max(0, s.longestRun()+rapid.IntRange(-2, 2).Draw(t, "off"))
		if rapid.Bool().Draw(t, "any length") {
			n = rapid.IntRange(1, 3000).Draw(t, "n")
		}
		if got := s.bits().HasRun(n); got != (s.longestRun() >= max(1, n)) {
			t.Fatalf("HasRun(%d) = %v, the longest is %d", n, got, s.longestRun())
		}
	})
}

func TestBitsRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, last := rapid.IntRange(-70, 1070).Draw(t, "first"), rapid.IntRange(-70, 1070).Draw(t, "last")
		sameSet(t, "BitsBetween", reservation.BitsBetween(first, last),
			func(i int) bool { return first <= i && i <= last })
	})
}

func TestBitsEdges(t *testing.T) {
	full := reservation.FullBits()
	if full.Count() != 1000 || !full.IsValid() {
		t.Errorf("a full block has %d numbers, valid %v", full.Count(), full.IsValid())
	}
	for _, i := range []int{-1, 1000, 1023, 1024, 1 << 40, -1 << 40} {
		b := full
		b.Clear(i)
		if b != full || full.Has(i) {
			t.Errorf("offset %d is of the block", i)
		}
		var none reservation.Bits
		if none.Set(i); !none.IsEmpty() {
			t.Errorf("offset %d was set", i)
		}
	}
	foreign := reservation.Bits{15: 1 << 40}
	if foreign.IsValid() || foreign.First(0) != -1 {
		t.Error("bit 1000 is in the set")
	}
}

func TestBitsDoNotAllocate(t *testing.T) {
	b := reservation.BitsBetween(100, 899)
	sum := 0
	if n := testing.AllocsPerRun(100, func() {
		for i := range b.Lowest(500).All() {
			sum += i
		}
		for first, length := range b.Runs() {
			sum += first + length
		}
		if b.HasRun(300) {
			sum += b.And(b).Count() + b.First(3)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
