package reservation_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// naiveFind says what is found in all of the stock, from the set of free numbers
// alone: single numbers are runs of one. What Near asks for comes nearest first,
// all else block by block.
func naiveFind(s reservation.Search, free map[telephony.Number]bool) (runs []telephony.NumberList) {
	var match telephony.NumberList
	for n := range free {
		if naiveSearched(s, n) {
			match = append(match, n)
		}
	}
	slices.SortFunc(match, blockByBlock)
	length := max(s.Consecutive, 1)
	if !s.Near.IsValid() {
		return naiveCut(match, length, 1)
	}
	var above, below telephony.NumberList
	for _, n := range match {
		switch {
		case n.Len() != s.Near.Len() || n.CallingCode() != s.Near.CallingCode():
		case n.Compare(s.Near) < 0:
			below = append(below, n)
		default:
			above = append(above, n)
		}
	}
	slices.Reverse(below)
	runs = append(naiveCut(below, length, -1), naiveCut(above, length, 1)...)
	slices.SortStableFunc(runs, func(a, b telephony.NumberList) int {
		return cmp.Compare(distance(a[0], s.Near), distance(b[0], s.Near))
	})
	for _, r := range runs {
		slices.SortFunc(r, telephony.Number.Compare)
	}
	return runs
}

func distance(a, b telephony.Number) int {
	steps, _ := a.Sub(b)
	return max(steps, -steps)
}

func naiveSearched(s reservation.Search, n telephony.Number) bool {
	national := strings.TrimPrefix(n.String(), "+"+n.CallingCode().String())
	return (s.Prefix.IsZero() || strings.HasPrefix(n.String(), s.Prefix.String())) &&
		(s.Pattern.IsZero() || naiveMatch(s.Pattern.String(), n)) &&
		strings.Contains(national, s.Contains) && strings.HasSuffix(national, s.EndsIn) &&
		(s.MinScore == 0 || naiveScore(national) >= s.MinScore) && !slices.Contains(s.Exclude, n)
}

// naiveCut cuts what follows each other in the list into runs.
func naiveCut(list telephony.NumberList, length, step int) (runs []telephony.NumberList) {
	var run telephony.NumberList
	for _, n := range list {
		if len(run) > 0 {
			if next, ok := run[len(run)-1].Add(step); !ok || next != n {
				run = nil
			}
		}
		if run = append(run, n); len(run) == length {
			runs, run = append(runs, run), nil
		}
	}
	return runs
}

func foundRuns(f reservation.Found) (runs []telephony.NumberList) {
	for _, n := range f.Numbers {
		runs = append(runs, telephony.NumberList{n})
	}
	for _, r := range f.Runs {
		runs = append(runs, slices.Collect(r.All()))
	}
	return runs
}

func drawSearch(t *rapid.T, free map[telephony.Number]bool) (s reservation.Search) {
	sometimes := func(label string) bool { return rapid.IntRange(0, 3).Draw(t, label) == 0 }
	s.Quantity = rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(1, 5000)).Draw(t, "quantity")
	s.ScanLimit = rapid.SampledFrom([]int{0, 1, 500, 1500, 3000}).Draw(t, "scan limit")
	if sometimes("by prefix") {
		s.Prefix = telephony.MustParsePrefix(rapid.SampledFrom(prefixes).Draw(t, "prefix"))
	}
	if sometimes("by pattern") {
		_, s.Pattern = drawPattern(t)
	}
	if sometimes("containing") {
		s.Contains = rapid.SampledFrom([]string{"55", "1", "505", "9990"}).Draw(t, "contains")
	}
	if sometimes("by ending") {
		s.EndsIn = rapid.SampledFrom([]string{"0", "99", "555"}).Draw(t, "ends in")
	}
	if rapid.IntRange(0, 9).Draw(t, "by score") == 0 {
		s.MinScore = rapid.IntRange(0, 100).Draw(t, "min score")
	}
	if rapid.Bool().Draw(t, "runs") {
		s.Consecutive = rapid.OneOf(rapid.IntRange(0, 12), rapid.IntRange(900, 2500)).Draw(t, "consecutive")
	}
	if rapid.Bool().Draw(t, "by distance") {
		base := rapid.SampledFrom(bases).Draw(t, "near block")
		s.Near, _ = base.Add(rapid.SampledFrom([]int{0, 1, 500, 998, 999}).Draw(t, "near"))
	}
	if sometimes("excluding") {
		for n := range free {
			if n.Digits()%7 == 3 {
				s.Exclude = append(s.Exclude, n)
			}
		}
	}
	return s
}

// What one page after the other finds, wherever each stops, is what there is, once
// and in order.
func findAgainstNaive(t *rapid.T) {
	blocks, free := drawBlocks(t)
	pagesAgainstNaive(t, drawSearch(t, free), blocks, free)
}

func pagesAgainstNaive(t interface{ Fatalf(string, ...any) }, s reservation.Search, blocks reservation.BlockList, free map[telephony.Number]bool) {
	want := naiveFind(s, free)
	var got []telephony.NumberList
	for page := 0; ; page++ {
		f, err := reservation.Find(s, blocks)
		if err != nil {
			t.Fatalf("%v", err)
		}
		runs := foundRuns(f)
		if len(runs) > s.Quantity || f.Matching != len(runs) || f.Complete != (f.Next == reservation.Position{}) {
			t.Fatalf("page %d of %+v: %d found, %+v", page, s, len(runs), f)
		}
		if page == 0 && s.ScanLimit == 0 && len(runs) != min(s.Quantity, len(want)) {
			t.Fatalf("the first page of %+v has %d, want %d", s, len(runs), min(s.Quantity, len(want)))
		}
		got = append(got, runs...)
		if f.Complete {
			break
		}
		if s.After == f.Next || page > 20_000 {
			t.Fatalf("page %d of %+v does not get on: %+v", page, s, f)
		}
		s.After = f.Next
	}
	if !slices.EqualFunc(got, want, slices.Equal[telephony.NumberList]) {
		i := 0
		for i < min(len(got), len(want)) && slices.Equal(got[i], want[i]) {
			i++
		}
		t.Fatalf("%+v: %d found, want %d; they differ from %d on: %v, want %v", s, len(got), len(want), i, ends(got[i:]), ends(want[i:]))
	}
}

// ends returns the first and the last number of the first run.
func ends(runs []telephony.NumberList) telephony.NumberList {
	if len(runs) == 0 {
		return nil
	}
	return telephony.NumberList{runs[0][0], runs[0][len(runs[0])-1]}
}

func TestFindAgainstNaive(t *testing.T) { rapid.Check(t, findAgainstNaive) }
func FuzzFindAgainstNaive(f *testing.F) { f.Fuzz(rapid.MakeFuzz(findAgainstNaive)) }

// Where pages stop at the worst of places.
func TestFindPagesAtTheEdges(t *testing.T) {
	full, between := reservation.FullBits(), reservation.BitsBetween
	row := func(free ...reservation.Bits) (list reservation.BlockList) {
		for i, f := range free {
			base, _ := num("+9995550000").Add(i * reservation.BlockSize)
			list = append(list, reservation.Block{Base: base, Stock: full, Free: f})
		}
		return list
	}
	amidst := func(list reservation.BlockList, base string, free reservation.Bits) reservation.BlockList {
		list = append(slices.Clone(list), block(base, free))
		slices.SortFunc(list, func(a, b reservation.Block) int { return a.Base.Compare(b.Base) })
		return list
	}
	middle, prefix := num("+9995552500"), telephony.MustParsePrefix("99955525")
	for name, tc := range map[string]struct {
		search reservation.Search
		blocks reservation.BlockList
	}{
		"long runs":                {reservation.Search{Consecutive: 1500}, row(full, full, full, full, full)},
		"long runs, broken":        {reservation.Search{Consecutive: 1500}, row(between(900, 999), full, between(0, 899), full, full)},
		"long runs near":           {reservation.Search{Consecutive: 1500, Near: middle}, row(full, full, full, full, full)},
		"runs that start alike":    {reservation.Search{Consecutive: 900, Near: num("+9995550000")}, row(full, full, full)},
		"small runs near":          {reservation.Search{Consecutive: 7, Near: middle}, row(full, full, full, full, full)},
		"behind longer numbers":    {reservation.Search{Consecutive: 7}, amidst(row(full, full, full), "+99955510000", between(0, 13))},
		"past longer numbers":      {reservation.Search{Consecutive: 7, Pattern: reservation.MustParsePattern("???????")}, amidst(row(full, full, full), "+99955510000", full)},
		"from place 0 behind some": {reservation.Search{Consecutive: 1999}, amidst(row(between(0, 7), full, full, full), "+99955500000", full)},
		"near in a cut block":      {reservation.Search{Prefix: prefix, Near: num("+9995552510")}, row(full, full, full)},
		"near behind a cut block":  {reservation.Search{Prefix: prefix, Near: num("+9995554510")}, row(full, full, full)},
		"at the last number":       {reservation.Search{Consecutive: 3, Near: num("+9999999999")}, reservation.BlockList{block("+9999999000", full)}},
		"at the first number":      {reservation.Search{Consecutive: 3, Near: num("+9990000000")}, reservation.BlockList{block("+9990000000", full)}},
	} {
		free := map[telephony.Number]bool{}
		for _, b := range tc.blocks {
			for i := range b.Free.All() {
				n, _ := b.Base.Add(i)
				free[n] = true
			}
		}
		for _, quantity := range []int{1, 2, 100, 5000} {
			for _, limit := range []int{1, 1500, 2500, 0} {
				s := tc.search
				s.Quantity, s.ScanLimit = quantity, limit
				t.Run(fmt.Sprintf("%s,quantity=%d,limit=%d", name, quantity, limit), func(t *testing.T) {
					pagesAgainstNaive(t, s, tc.blocks, free)
				})
			}
		}
	}
}

func TestFindInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks, free := drawBlocks(t)
		s := drawSearch(t, free)
		s.Near, s.ScanLimit = telephony.Number{}, reservation.MaxScanLimit
		s.Order = rapid.SampledFrom([]reservation.Order{reservation.Spread, reservation.Shuffled, reservation.Memorable}).Draw(t, "order")
		if s.Order == reservation.Shuffled {
			s.Seed = rapid.Uint64().Draw(t, "seed")
		}
		if s.Order == reservation.Memorable {
			s.Consecutive = 0
		}
		all := naiveFind(s, free)
		f, err := reservation.Find(s, reservation.BlockList(blocks))
		if err != nil {
			t.Fatal(err)
		}
		got := foundRuns(f)
		if len(got) != min(s.Quantity, len(all)) || f.Matching != len(all) || !f.Complete || f.Looked != looked(s, free) {
			t.Fatalf("%+v: found %d, %+v, want %d of %d", s, len(got), f, s.Quantity, len(all))
		}
		var want []telephony.NumberList
		switch s.Order {
		case reservation.Spread:
			for i := range got {
				want = append(want, all[(2*i+1)*len(all)/(2*len(got))])
			}
		case reservation.Memorable:
			slices.SortStableFunc(all, func(a, b telephony.NumberList) int {
				return cmp.Compare(reservation.Score(b[0]), reservation.Score(a[0]))
			})
			want = all[:len(got)]
		case reservation.Shuffled: // each once, of those there are; fewer are the first of more
			s.Quantity = max(1, len(got)/2)
			fewer, _ := reservation.Find(s, reservation.BlockList(blocks))
			half := foundRuns(fewer)
			want = slices.Concat(half, got[len(half):])
			seen := map[telephony.Number]bool{}
			for _, r := range got {
				if seen[r[0]] || !slices.ContainsFunc(all, func(a telephony.NumberList) bool { return slices.Equal(a, r) }) {
					t.Fatalf("%v is twice or should not be there", r)
				}
				seen[r[0]] = true
			}
		}
		if !slices.EqualFunc(got, want, slices.Equal[telephony.NumberList]) {
			t.Fatalf("%+v: got %v, want %v", s, got, want)
		}
	})
}

// looked counts the free numbers of the blocks in which numbers begin with the
// prefix.
func looked(s reservation.Search, free map[telephony.Number]bool) (count int) {
	prefix := s.Prefix.String()
	if own, _, _ := strings.Cut(strings.ReplaceAll(s.Pattern.String(), "?", "*"), "*"); strings.HasPrefix(own, "+") && len(own) > len(prefix) && strings.HasPrefix(own, prefix) {
		prefix = own
	}
	blocks := map[telephony.Number]bool{}
	for _, base := range bases {
		for i := range reservation.BlockSize {
			if n, _ := base.Add(i); strings.HasPrefix(n.String(), prefix) {
				blocks[base] = true
			}
		}
	}
	for n := range free {
		if base, _ := n.Block(); blocks[base] {
			count++
		}
	}
	return count
}

// Of many blocks no more is read than is needed, and never past the scan limit.
func TestFindIsBounded(t *testing.T) {
	var list reservation.BlockList
	for i := range 100 {
		base, _ := num("+9990000000").Add(i * reservation.BlockSize)
		list = append(list, reservation.Block{Base: base, Stock: reservation.FullBits(), Free: reservation.FullBits()})
	}
	for i := range 500 { // sparse ones behind them
		base, _ := num("+9991000000").Add(i * reservation.BlockSize)
		list = append(list, reservation.Block{Base: base, Stock: reservation.FullBits(), Free: reservation.BitsOf(7)})
	}
	for name, tc := range map[string]struct {
		search         reservation.Search
		blocks, looked int
		complete       bool
	}{
		"lowest":           {reservation.Search{Quantity: 10}, 1, 1000, false},
		"over the edge":    {reservation.Search{Quantity: 1001}, 2, 2000, false},
		"by limit":         {reservation.Search{Quantity: 10, EndsIn: "9999", ScanLimit: 5000}, 5, 5000, false},
		"of a block":       {reservation.Search{Quantity: 10, EndsIn: "77777", ScanLimit: 5001}, 6, 6000, false},
		"spread":           {reservation.Search{Quantity: 10, Order: reservation.Spread, ScanLimit: 5000}, 5, 5000, false},
		"sparse":           {reservation.Search{Quantity: 1000, Prefix: telephony.MustParsePrefix("9991"), ScanLimit: 1000}, 10, 10, false},
		"prefix":           {reservation.Search{Quantity: 5000, Prefix: telephony.MustParsePrefix("999009")}, 5, 5000, false},
		"short prefix":     {reservation.Search{Quantity: 5000, Prefix: telephony.MustParsePrefix("9990099")}, 1, 1000, true},
		"pattern's prefix": {reservation.Search{Quantity: 5000, Pattern: reservation.MustParsePattern("+9990099*5?")}, 1, 1000, true},
		"near":             {reservation.Search{Quantity: 10, Near: num("+9990050500")}, 2, 1000, false},
		"all":              {reservation.Search{Quantity: 10, EndsIn: "77777777"}, 600, 100_500, true},
		"open run, nothing behind": {reservation.Search{Quantity: 10, Consecutive: 9, EndsIn: "009999?", ScanLimit: 1000,
			After: reservation.Position{Up: num("+9990099994")}}, 10, 14, false},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := reservation.Find(tc.search, list)
			if err != nil || f.Blocks != tc.blocks || f.Looked != tc.looked || f.Complete != tc.complete {
				t.Errorf("read %d blocks and looked at %d, complete %v, want %d, %d, %v; %v", f.Blocks, f.Looked, f.Complete, tc.blocks, tc.looked, tc.complete, err)
			}
		})
	}
}

func TestMergedSources(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks, _ := drawBlocks(t)
		parts := make([]reservation.BlockList, rapid.IntRange(1, 4).Draw(t, "sources"))
		for _, b := range blocks { // each block on one shelf, or shared out to two
			i, k := rapid.IntRange(0, len(parts)-1).Draw(t, "shelf"), rapid.IntRange(0, len(parts)-1).Draw(t, "second")
			half := reservation.BitsBetween(0, rapid.IntRange(-1, 999).Draw(t, "up to"))
			if i == k {
				half = reservation.FullBits()
			}
			parts[i] = append(parts[i], reservation.Block{Base: b.Base, Stock: b.Stock.And(half), Free: b.Free.And(half)})
			if i != k {
				parts[k] = append(parts[k], reservation.Block{Base: b.Base, Stock: b.Stock.AndNot(half), Free: b.Free.AndNot(half)})
			}
		}
		var sources []reservation.Source
		for _, p := range parts {
			sources = append(sources, p)
		}
		word := rapid.SampledFrom([]uint64{0, bases[3].Word(), bases[3].Word() + 1, math.MaxUint64}).Draw(t, "word")
		one, all := reservation.BlockList(blocks), reservation.Merged(sources...)
		if got, want := slices.Collect(all.Ascending(word)), slices.Collect(one.Ascending(word)); !slices.Equal(got, want) {
			t.Fatalf("upwards %v, want %v", got, want)
		}
		if got, want := slices.Collect(all.Descending(word)), slices.Collect(one.Descending(word)); !slices.Equal(got, want) {
			t.Fatalf("downwards %v, want %v", got, want)
		}
		var naive []reservation.Block
		for _, b := range blocks {
			if b.Base.Word() <= word {
				naive = append([]reservation.Block{b}, naive...)
			}
		}
		if got := slices.Collect(one.Descending(word)); !slices.Equal(got, naive) {
			t.Fatalf("downwards %v, want %v", got, naive)
		}
		for range all.Ascending(0) {
			break // what is not read to the end leaves nothing behind
		}
	})
}
