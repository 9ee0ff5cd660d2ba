package reservation_test

import (
	"slices"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// bases are blocks that touch, blocks that do not, and blocks of longer numbers
// that stand between others because they begin with the same digits.
var bases = nums("+999555000", "+9995550000", "+9995551000", "+99955510000", "+99955511000",
	"+9995552000", "+9995553000", "+9995555000", "+999555900000")

var prefixes = []string{"9", "999", "99955", "9995551", "99955510", "999555100", "9995551000", "9995552",
	"99955529", "999555299", "99955510999", "999555900000", "9995559", "99955500", "44"}

func drawBlocks(t *rapid.T) (blocks []reservation.Block, free map[telephony.Number]bool) {
	free = map[telephony.Number]bool{}
	for _, base := range bases {
		set := drawSet(t, "free")
		if rapid.IntRange(0, 3).Draw(t, "whole") == 0 {
			for i := range set {
				set[i] = true
			}
		}
		b := reservation.Block{Base: base, Stock: reservation.FullBits(), Free: set.bits()}
		if b.Free.IsEmpty() && rapid.Bool().Draw(t, "leave out") {
			continue
		}
		blocks = append(blocks, b)
		for _, i := range set.offsets() {
			n, _ := base.Add(i)
			free[n] = true
		}
	}
	slices.SortFunc(blocks, func(a, b reservation.Block) int { return a.Base.Compare(b.Base) })
	return blocks, free
}

func drawChoice(t *rapid.T, known telephony.NumberList) reservation.Choice {
	if rapid.IntRange(0, 3).Draw(t, "listed") == 0 {
		list := rapid.SliceOfNDistinct(rapid.SampledFrom(known), 1, 12, rapid.ID[telephony.Number]).Draw(t, "list")
		return reservation.Choice{Numbers: list}
	}
	c := reservation.Choice{
		Quantity:    rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(1, 5000)).Draw(t, "quantity"),
		Consecutive: rapid.Bool().Draw(t, "consecutive"),
	}
	c.AllowFewer = !c.Consecutive && rapid.Bool().Draw(t, "fewer")
	if !c.Consecutive && rapid.IntRange(0, 2).Draw(t, "in order") == 0 {
		c.Order = reservation.Spread
	}
	if rapid.IntRange(0, 3).Draw(t, "excluding") == 0 {
		c.Exclude = rapid.SliceOfN(rapid.SampledFrom(known), 1, 20).Draw(t, "exclude")
	}
	if rapid.Bool().Draw(t, "by prefix") {
		c.Prefix = telephony.MustParsePrefix(rapid.SampledFrom(prefixes).Draw(t, "prefix"))
	}
	return c
}

func selectAgainstNaive(t *rapid.T) {
	blocks, free := drawBlocks(t)
	known := telephony.NumberList{num("+9995550000"), num("+9998880000")}
	for n := range free {
		known = append(known, n)
	}
	slices.SortFunc(known, telephony.Number.Compare) // a map's order would make failures irreproducible
	c := drawChoice(t, known)
	want, available := naiveSelect(c, free)
	picks, err := reservation.Select(c, slices.Values(blocks))
	if len(want) > 0 {
		if err != nil {
			t.Fatalf("%+v: %v, want %d numbers", c, err, len(want))
		}
		checkPicks(t, picks, want)
		return
	}
	code := reservation.ErrOutOfStock
	if len(c.Numbers) > 0 {
		code = reservation.ErrNumbersTaken
	}
	if got := codeOf(t, err); got != code {
		t.Fatalf("%+v: error %q, want %q", c, got, code)
	}
	if got := figure(err, "available"); got != int64(available) {
		t.Fatalf("%+v: %d available, want %d", c, got, available)
	}
	if picks != nil {
		t.Fatalf("an error and picks: %v", picks)
	}
}

func figure(err error, name string) int64 {
	v, _ := err.(*telephony.Error).Figure(name)
	return v
}

func checkPicks(t *rapid.T, picks []reservation.Pick, want telephony.NumberList) {
	if got := reservation.Numbers(picks); !slices.Equal(got, want) {
		t.Fatalf("got %v\nwant %v", got, want)
	}
	for i, p := range picks {
		if p.Taken.IsEmpty() || i > 0 && picks[i-1].Base.Compare(p.Base) >= 0 {
			t.Fatalf("pick %d of %d is empty or out of order", i, len(picks))
		}
	}
	if !slices.Equal(reservation.ByBlock(want), picks) {
		t.Fatalf("ByBlock(Numbers(picks)) is not picks")
	}
}

func TestSelectAgainstNaive(t *testing.T) { rapid.Check(t, selectAgainstNaive) }
func FuzzSelectAgainstNaive(f *testing.F) { f.Fuzz(rapid.MakeFuzz(selectAgainstNaive)) }

// What CutBlocks and the prefix's words name is all that Select needs.
func TestCutBlocks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks, _ := drawBlocks(t)
		c := reservation.Choice{Quantity: 5000, AllowFewer: true,
			Prefix: telephony.MustParsePrefix(rapid.SampledFrom(prefixes).Draw(t, "prefix"))}
		cut := reservation.CutBlocks(c.Prefix)
		lo, hi := c.Prefix.Words()
		if len(cut) > 3 || !slices.IsSortedFunc(cut, telephony.Number.Compare) {
			t.Fatalf("cut blocks %v", cut)
		}
		var needed []reservation.Block
		for _, b := range blocks {
			if w := b.Base.Word(); slices.Contains(cut, b.Base) || lo <= w && w <= hi {
				needed = append(needed, b)
			}
		}
		all, err1 := reservation.Select(c, slices.Values(blocks))
		some, err2 := reservation.Select(c, slices.Values(needed))
		if !slices.Equal(all, some) || codeOf(t, err1) != codeOf(t, err2) {
			t.Fatalf("prefix %s: from all blocks %v, %v; from the needed %v, %v", c.Prefix, all, err1, some, err2)
		}
		for _, base := range cut {
			last, _ := base.Add(999)
			if base.Word() >= lo || last.Word() < lo {
				t.Fatalf("prefix %s does not cut block %s", c.Prefix, base)
			}
		}
	})
}

func block(base string, free reservation.Bits) reservation.Block {
	return reservation.Block{Base: num(base), Stock: reservation.FullBits(), Free: free}
}

func TestSelectStopsReading(t *testing.T) {
	full := reservation.FullBits()
	all := []reservation.Block{block("+9995550000", full), block("+9995551000", full), block("+9995552000", full)}
	for name, tc := range map[string]struct {
		choice reservation.Choice
		reads  int
	}{
		"any":                {reservation.Choice{Quantity: 1000}, 1},
		"over the edge":      {reservation.Choice{Quantity: 1001}, 2},
		"run over the edge":  {reservation.Choice{Quantity: 1001, Consecutive: true}, 2},
		"behind the prefix":  {reservation.Choice{Quantity: 1001, AllowFewer: true, Prefix: telephony.MustParsePrefix("9995550")}, 2},
		"list":               {reservation.Choice{Numbers: nums("+9995550001")}, 1},
		"list of two blocks": {reservation.Choice{Numbers: nums("+9995551001", "+9995550001")}, 2},
	} {
		reads := 0
		_, err := reservation.Select(tc.choice, func(yield func(reservation.Block) bool) {
			for _, b := range all {
				if reads++; !yield(b) {
					return
				}
			}
		})
		if err != nil || reads != tc.reads {
			t.Errorf("%s: read %d blocks, want %d; %v", name, reads, tc.reads, err)
		}
	}
}

func TestSelectRunPastLongerNumbers(t *testing.T) {
	end, begin := reservation.BitsBetween(995, 999), reservation.BitsBetween(0, 4)
	blocks := []reservation.Block{block("+9995551000", end),
		block("+99955510000", reservation.BitsOf(5)), block("+9995552000", begin)}
	picks, err := reservation.Select(reservation.Choice{Quantity: 7, Consecutive: true}, slices.Values(blocks))
	if err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, reservation.Numbers(picks), nums("+9995551995", "+9995551996", "+9995551997",
		"+9995551998", "+9995551999", "+9995552000", "+9995552001"))
}

// A run over an edge counts also where both its parts are shorter than a run
// before it that was too short.
func TestSelectRunOverEdges(t *testing.T) {
	full, between := reservation.FullBits(), reservation.BitsBetween
	for name, tc := range map[string]struct {
		free     []reservation.Bits // of the blocks from +9995550000 on
		quantity int
		first    string
	}{
		"short parts":      {[]reservation.Bits{between(100, 105), between(995, 999), between(0, 4)}, 10, "+9995551995"},
		"last of the head": {[]reservation.Bits{between(100, 105), between(998, 999), between(0, 7).Or(between(20, 24))}, 10, "+9995551998"},
		"across a whole":   {[]reservation.Bits{full, between(300, 999), full, between(0, 799)}, 2500, "+9995551300"},
		"from the start":   {[]reservation.Bits{full, full, between(0, 0)}, 2001, "+9995550000"},
	} {
		t.Run(name, func(t *testing.T) {
			var blocks []reservation.Block
			for i, free := range tc.free {
				base, _ := num("+9995550000").Add(i * reservation.BlockSize)
				blocks = append(blocks, reservation.Block{Base: base, Stock: full, Free: free})
			}
			c := reservation.Choice{Quantity: tc.quantity, Consecutive: true}
			picks, err := reservation.Select(c, slices.Values(blocks))
			if err != nil {
				t.Fatal(err)
			}
			if got := reservation.Numbers(picks); len(got) != tc.quantity || got[0] != num(tc.first) {
				t.Errorf("got %d from %s, want %d from %s", len(got), got[0], tc.quantity, tc.first)
			}
			c.Quantity++
			_, err = reservation.Select(c, slices.Values(blocks))
			wantFigure(t, wantCode(t, err, reservation.ErrOutOfStock), "available", int64(tc.quantity))
		})
	}
}

func TestSelectSaysHowManyThereAre(t *testing.T) {
	blocks := slices.Values([]reservation.Block{block("+9995550000", reservation.BitsOf(1, 2, 3, 7, 9))})
	_, err := reservation.Select(reservation.Choice{Quantity: 6}, blocks)
	e := wantCode(t, err, reservation.ErrOutOfStock)
	wantFigure(t, e, "asked", 6)
	wantFigure(t, e, "available", 5)
	_, err = reservation.Select(reservation.Choice{Quantity: 6, Consecutive: true}, blocks)
	wantFigure(t, wantCode(t, err, reservation.ErrOutOfStock), "available", 3)
	_, err = reservation.Select(reservation.Choice{Numbers: nums("+9995550009", "+9995550008", "+9995550004")}, blocks)
	e = wantCode(t, err, reservation.ErrNumbersTaken)
	wantNumbers(t, e.Numbers, nums("+9995550004", "+9995550008"))
	none := slices.Values([]reservation.Block(nil))
	_, err = reservation.Select(reservation.Choice{Quantity: 1, AllowFewer: true}, none)
	wantFigure(t, wantCode(t, err, reservation.ErrOutOfStock), "available", 0)
}

// TestIsAny: a choice is of any numbers only if nothing but how many is said.
func TestIsAny(t *testing.T) {
	if !(reservation.Choice{Quantity: 3}).IsAny() || !(reservation.Choice{Quantity: 3, AllowFewer: true}).IsAny() {
		t.Error("three of the lowest numbers are not any")
	}
	for name, c := range map[string]reservation.Choice{
		"prefix":  {Quantity: 3, Prefix: telephony.MustParsePrefix("999")},
		"run":     {Quantity: 3, Consecutive: true},
		"list":    {Numbers: fiction(3)},
		"order":   {Quantity: 3, Order: reservation.Spread},
		"exclude": {Quantity: 3, Exclude: fiction(3)},
	} {
		if c.IsAny() {
			t.Errorf("%s: it is any", name)
		}
	}
}

func TestChoiceValidate(t *testing.T) {
	prefix, two := telephony.MustParsePrefix("1425"), fiction(2)
	for name, tc := range map[string]struct {
		choice reservation.Choice
		want   []telephony.Code // every reason, in order
	}{
		"zero value":      {reservation.Choice{}, []telephony.Code{reservation.ErrQuantity}},
		"negative":        {reservation.Choice{Quantity: -1}, []telephony.Code{reservation.ErrQuantity}},
		"one":             {reservation.Choice{Quantity: 1}, nil},
		"ceiling":         {reservation.Choice{Quantity: 5000}, nil},
		"past ceiling":    {reservation.Choice{Quantity: 5001}, []telephony.Code{reservation.ErrQuantity}},
		"list":            {reservation.Choice{Numbers: two}, nil},
		"list, its count": {reservation.Choice{Numbers: two, Quantity: 2}, nil},
		"list, another":   {reservation.Choice{Numbers: two, Quantity: 3}, []telephony.Code{reservation.ErrQuantityList}},
		"long list":       {reservation.Choice{Numbers: make(telephony.NumberList, 5001)}, []telephony.Code{reservation.ErrQuantity}},
		"list and prefix": {reservation.Choice{Numbers: two, Prefix: prefix}, []telephony.Code{reservation.ErrChoice}},
		"list and run":    {reservation.Choice{Numbers: two, Consecutive: true}, []telephony.Code{reservation.ErrChoice}},
		"list and fewer":  {reservation.Choice{Numbers: two, AllowFewer: true}, []telephony.Code{reservation.ErrChoice}},
		"run and fewer":   {reservation.Choice{Quantity: 2, Consecutive: true, AllowFewer: true}, []telephony.Code{reservation.ErrChoice}},
		"run of prefix":   {reservation.Choice{Quantity: 2, Consecutive: true, Prefix: prefix}, nil},
		"no number":       {reservation.Choice{Numbers: telephony.NumberList{two[0], {}}}, []telephony.Code{reservation.ErrNumberMissing}},
		"twice":           {reservation.Choice{Numbers: telephony.NumberList{two[0], two[1], two[0]}}, []telephony.Code{reservation.ErrDuplicateNumber}},
		"list in order":   {reservation.Choice{Numbers: two, Order: reservation.Spread}, []telephony.Code{reservation.ErrChoice}},
		"list, excluding": {reservation.Choice{Numbers: two, Exclude: two}, []telephony.Code{reservation.ErrChoice}},
		"run in order":    {reservation.Choice{Quantity: 2, Consecutive: true, Order: reservation.Shuffled}, []telephony.Code{reservation.ErrChoice}},
		"shuffled":        {reservation.Choice{Quantity: 2, Order: reservation.Shuffled, Seed: 7, Exclude: two}, nil},
		"unseeded":        {reservation.Choice{Quantity: 2, Order: reservation.Shuffled}, nil},
		"seed of spread":  {reservation.Choice{Quantity: 2, Order: reservation.Spread, Seed: 7}, []telephony.Code{reservation.ErrChoice}},
		"by score":        {reservation.Choice{Quantity: 2, Order: reservation.Memorable}, []telephony.Code{reservation.ErrOrder}},
		"no order":        {reservation.Choice{Quantity: 2, Order: 9, Seed: 1}, []telephony.Code{reservation.ErrOrder, reservation.ErrChoice}},
		"exclude none":    {reservation.Choice{Quantity: 2, Exclude: telephony.NumberList{two[0], {}}}, []telephony.Code{reservation.ErrNumberMissing}},
		"exclude many": {reservation.Choice{Quantity: 2, Exclude: make(telephony.NumberList, reservation.MaxExcluded+1)},
			[]telephony.Code{reservation.ErrExcludeLength}},
		"all wrong": {reservation.Choice{Numbers: telephony.NumberList{{}, {}}, Quantity: -2, Consecutive: true},
			[]telephony.Code{reservation.ErrQuantityList, reservation.ErrChoice, reservation.ErrNumberMissing, reservation.ErrDuplicateNumber}},
	} {
		t.Run(name, func(t *testing.T) {
			err := tc.choice.Validate()
			var got []telephony.Code
			if err != nil {
				e := err.(*telephony.Error)
				got = append(got, e.Code)
				if len(e.Reasons) > 0 {
					got = got[:0]
				}
				for _, r := range e.Reasons {
					got = append(got, r.Code)
				}
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if _, err := reservation.Select(tc.choice, slices.Values([]reservation.Block(nil))); len(tc.want) > 0 && codeOf(t, err) != tc.want[0] {
				t.Errorf("Select: got %v, want %s", err, tc.want[0])
			}
		})
	}
}
