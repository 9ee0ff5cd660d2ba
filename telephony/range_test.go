package telephony_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func mustRange(t rapid.TB, first string, count int) telephony.Range {
	t.Helper()
	r, err := telephony.NewRange(telephony.MustParse(first), count)
	if err != nil {
		t.Fatalf("range of %d from %s: %v", count, first, err)
	}
	return r
}

func TestNewRange(t *testing.T) {
	const bad = telephony.ErrRange
	for _, c := range []struct {
		first string
		count int
		field string // at fault; empty where the range is one
	}{
		{"+14255550100", 1, ""},
		{"+14255550100", 100, ""},
		{"+9990000", 10000, ""},
		{"+9990000", 10001, "count"}, // past the length
		{"+9999999", 2, "count"},
		{"+999999999999999", 1, ""},
		{"+999999999999999", 2, "count"},
		{"+19999999999", 2, "count"}, // into another code
		{"+14255550100", 0, "count"},
		{"+14255550100", -1, "count"},
		{"+14255550100", math.MinInt, "count"},
		{"+14255550100", math.MaxInt, "count"},
		{"+99900000000000", telephony.MaxRange, ""},
		{"+99900000000000", telephony.MaxRange + 1, "count"},
	} {
		r, err := telephony.NewRange(telephony.MustParse(c.first), c.count)
		if c.field == "" {
			wantCode(t, err, "")
			last, _ := telephony.MustParse(c.first).Add(c.count - 1)
			if r.Len() != c.count || r.First().String() != c.first || r.Last() != last {
				t.Errorf("range of %d from %s is %v", c.count, c.first, r)
			}
			continue
		}
		t.Run(c.first, func(t *testing.T) {
			wantCode(t, err, bad)
			if got := err.(*telephony.Error).Field; got != c.field {
				t.Errorf("field %q, want %q", got, c.field)
			}
		})
		if r != (telephony.Range{}) {
			t.Errorf("%v stands beside its error", r)
		}
	}
	_, err := telephony.NewRange(telephony.Number{}, 0) // the first before the count
	wantCode(t, err, bad)
	if got := err.(*telephony.Error).Field; got != "first" {
		t.Errorf("field %q, want first", got)
	}
}

func TestRangeBetween(t *testing.T) {
	for _, c := range []struct {
		first, last string
		count       int // 0 where it is refused
	}{
		{"+14255550100", "+14255550100", 1},
		{"+14255550100", "+14255550199", 100},
		{"+14255550199", "+14255550100", 0},
		{"+9990000", "+99900001", 0},
		{"+19990000000", "+20990000000", 0},
		{"+9990000000000", "+9990099999999", telephony.MaxRange},
		{"+9990000000000", "+9990100000000", 0},
		{"+999000000000000", "+999999999999999", 0}, // more than 32 bits
	} {
		r, err := telephony.RangeBetween(telephony.MustParse(c.first), telephony.MustParse(c.last))
		if c.count == 0 {
			wantCode(t, err, telephony.ErrRange)
		} else if err != nil || r.Len() != c.count || r.Last().String() != c.last {
			t.Errorf("from %s to %s: %v, %v", c.first, c.last, r, err)
		}
	}
	_, err := telephony.RangeBetween(telephony.Number{}, telephony.Number{})
	wantCode(t, err, telephony.ErrRange)
}

func TestEmptyRange(t *testing.T) {
	var empty telephony.Range
	if empty.Len() != 0 || empty.First().IsValid() || empty.Last().IsValid() || empty.String() != "empty range" ||
		empty.Masked() != "empty range" {
		t.Errorf("the empty range is %v, %d, from %v to %v", empty, empty.Len(), empty.First(), empty.Last())
	}
	if empty.Contains(telephony.Number{}) || empty.Contains(telephony.MustParse("+9990000")) {
		t.Error("the empty range contains a number")
	}
	for n := range empty.All() {
		t.Errorf("the empty range yields %v", n)
	}
	for base := range empty.Blocks() {
		t.Errorf("the empty range touches %v", base)
	}
	if got := empty.Overlap(empty); got != empty {
		t.Errorf("the empty range overlaps itself in %v", got)
	}
}

func TestRangeMasked(t *testing.T) {
	if got, want := mustRange(t, "+14255550100", 100).Masked(), "100 from +1********00"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// ranges draws ranges of up to 3,000 numbers, many of which touch one another.
func ranges() *rapid.Generator[telephony.Range] {
	return rapid.Custom(func(t *rapid.T) telephony.Range {
		first := numbers().Draw(t, "first")
		count := rapid.IntRange(1, 3000).Draw(t, "count")
		for {
			if r, err := telephony.NewRange(first, count); err == nil {
				return r
			}
			count = (count + 1) / 2
		}
	})
}

// listed writes out the numbers of a range by integer arithmetic.
func listed(r telephony.Range) []string {
	var list []string
	for i := range uint64(r.Len()) {
		list = append(list, "+"+strconv.FormatUint(r.First().Digits()+i, 10))
	}
	return list
}

func TestRangeAgreesWithLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := ranges().Draw(t, "range")
		want := listed(r)
		var got []string
		for n := range r.All() {
			got = append(got, n.String())
		}
		if !slices.Equal(got, want) {
			t.Fatalf("All of %v yields %d numbers, want %d from %s to %s", r, len(got), len(want), want[0], want[len(want)-1])
		}
		if r.Last().String() != want[len(want)-1] {
			t.Errorf("the last of %v is %v", r, r.Last())
		}
		n := rapid.OneOf(numbers(), rapid.Map(rapid.IntRange(-2, r.Len()+2), func(i int) telephony.Number {
			n, _ := r.First().Add(i)
			return n
		})).Draw(t, "number")
		before, _ := r.First().Add(-1)
		after, _ := r.Last().Add(1)
		for _, n := range []telephony.Number{n, r.First(), r.Last(), before, after} {
			if r.Contains(n) != slices.Contains(want, n.String()) {
				t.Errorf("%v contains %v: %v", r, n, r.Contains(n))
			}
		}
		stop := rapid.IntRange(1, r.Len()).Draw(t, "stop")
		seen := 0
		for range r.All() {
			if seen++; seen == stop {
				break
			}
		}
		if seen != stop {
			t.Errorf("a loop left after %d numbers saw %d", stop, seen)
		}
	})
}

func TestBlocksAgreeWithLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := ranges().Draw(t, "range")
		var got []string
		var before telephony.Number
		for base, offsets := range r.Blocks() {
			if base.Compare(before) <= 0 || !strings.HasSuffix(base.String(), "000") {
				t.Fatalf("block %v of %v comes behind %v", base, r, before)
			}
			if offsets[0] > offsets[1] || offsets[0] < 0 || offsets[1] >= telephony.BlockSize {
				t.Fatalf("offsets %v", offsets)
			}
			before = base
			for i := offsets[0]; i <= offsets[1]; i++ {
				n, _ := base.Add(i)
				got = append(got, n.String())
			}
		}
		if want := listed(r); !slices.Equal(got, want) {
			t.Errorf("the blocks of %v hold %d numbers, want %d", r, len(got), len(want))
		}
	})
	for base, offsets := range mustRange(t, "+9990999", 2000).Blocks() {
		if base.String() != "+9990000" || offsets != [2]int{999, 999} {
			t.Errorf("the first block is %v, %v", base, offsets)
		}
		break
	}
}

func TestOverlapAgreesWithLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := ranges().Draw(t, "a")
		b := ranges().Draw(t, "b")
		if start, ok := a.First().Add(rapid.IntRange(-1500, 3000).Draw(t, "shift")); ok && rapid.Bool().Draw(t, "near") {
			if moved, err := telephony.NewRange(start, b.Len()); err == nil {
				b = moved
			}
		}
		inA := make(map[string]bool)
		for _, n := range listed(a) {
			inA[n] = true
		}
		var want []string
		for _, n := range listed(b) {
			if inA[n] {
				want = append(want, n)
			}
		}
		got := a.Overlap(b)
		if !slices.Equal(listed(got), want) {
			t.Errorf("%v and %v overlap in %v, want %d numbers", a, b, got, len(want))
		}
		if other := b.Overlap(a); other != got {
			t.Errorf("%v and %v overlap in %v one way, in %v the other", a, b, got, other)
		}
		if len(want) == 0 && got != (telephony.Range{}) {
			t.Errorf("no overlap is %#v", got)
		}
	})
}
