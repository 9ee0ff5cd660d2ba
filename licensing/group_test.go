package licensing_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

func TestCheckGroup(t *testing.T) {
	ready, abroad := person("US", system), person("", system)
	swapper := person("US", system, domestic)
	for name, row := range map[string]struct {
		owned  []licensing.Holding
		people []licensing.Person
		change licensing.Change
		want   [][]telephony.Code
	}{
		"nobody": {own(domestic), nil, licensing.Change{Add: list(domestic)}, nil},
		"the last one goes to the first": {holdings(bought(2, domestic)), []licensing.Person{ready, ready, ready}, licensing.Change{Add: list(domestic)},
			[][]telephony.Code{nil, nil, {licensing.ErrNotEnoughLicences}}},
		"who is refused takes none": {holdings(bought(1, domestic)), []licensing.Person{abroad, ready, ready}, licensing.Change{Add: list(domestic)},
			[][]telephony.Code{{licensing.ErrNoUsageLocation}, nil, {licensing.ErrNotEnoughLicences}}},
		"who lacks one of two takes neither": {holdings(bought(1, domestic), bought(0, credits)), []licensing.Person{ready, ready},
			licensing.Change{Add: list(domestic, credits)},
			[][]telephony.Code{{licensing.ErrNotEnoughLicences}, {licensing.ErrNotEnoughLicences}}},
		"parts of one product add up": {holdings(bought(1, domestic), bought(1, domestic)), []licensing.Person{ready, ready, ready}, licensing.Change{Add: list(domestic)},
			[][]telephony.Code{nil, nil, {licensing.ErrNotEnoughLicences}}},
		"swaps": {holdings(bought(1, world), licensing.Holding{Product: domestic, Bought: 2, Assigned: 2}), []licensing.Person{swapper, swapper},
			licensing.Change{Add: list(world), Remove: list(domestic)},
			[][]telephony.Code{nil, {licensing.ErrNotEnoughLicences}}},
		"removal needs no stock": {nil, []licensing.Person{swapper, ready}, licensing.Change{Remove: list(domestic)},
			[][]telephony.Code{nil, {licensing.ErrNotHeld}}},
		"every one is told of a change too large": {nil, []licensing.Person{ready, ready}, licensing.Change{Add: slices.Repeat(list(domestic), licensing.MaxChange+1)},
			[][]telephony.Code{{licensing.ErrChangeTooLarge}, {licensing.ErrChangeTooLarge}}},
	} {
		before := slices.Clone(row.owned)
		got := licensing.Standard().CheckGroup(row.owned, row.people, row.change)
		if len(got) != len(row.want) {
			t.Errorf("%s: %d outcomes, want %d", name, len(got), len(row.want))
			continue
		}
		for i, want := range row.want {
			if !slices.Equal(codesOfAll(got[i]), want) {
				t.Errorf("%s: person %d: %v, want %v", name, i, codesOfAll(got[i]), want)
			}
		}
		if !slices.Equal(before, row.owned) {
			t.Errorf("%s: the licences owned were written to", name)
		}
	}
}

// A group is as many single changes, with the licences counted anew between them
// by somebody who keeps a tally of each product.
func TestAGroupIsOneAtATime(t *testing.T) {
	product := rapid.SampledFrom(list(e5, system, domestic, world, small, credits, "NONE"))
	some := rapid.SliceOfNDistinct(product, 0, 3, rapid.ID[licensing.Product])
	rapid.Check(t, func(t *rapid.T) {
		free := map[licensing.Product]int64{}
		var owned []licensing.Holding
		for range rapid.IntRange(0, 8).Draw(t, "holdings") {
			h := licensing.Holding{Product: product.Draw(t, "owned")}
			h.Assigned = rapid.Int64Range(0, 3).Draw(t, "assigned")
			h.Bought = h.Assigned + rapid.Int64Range(0, 3).Draw(t, "free")
			owned = append(owned, h)
			free[h.Product] += h.Bought - h.Assigned
		}
		change := licensing.Change{Add: some.Draw(t, "add"), Remove: some.Draw(t, "remove")}
		var people []licensing.Person
		for range rapid.IntRange(0, 6).Draw(t, "people") {
			who := person(rapid.SampledFrom(countries("US", "GB", "")).Draw(t, "country"), some.Draw(t, "held")...)
			if rapid.Bool().Draw(t, "holds what goes") {
				who.Products = slices.Clone(change.Remove)
			}
			people = append(people, who)
		}
		got := licensing.Standard().CheckGroup(owned, people, change)
		if len(got) != len(people) {
			t.Fatalf("%d outcomes for %d people", len(got), len(people))
		}
		for i, who := range people {
			var stock []licensing.Holding
			for p, n := range free {
				stock = append(stock, licensing.Holding{Product: p, Bought: n})
			}
			want := licensing.Standard().CheckChange(stock, who, change)
			if !slices.Equal(codesOfAll(got[i]), codesOfAll(want)) {
				t.Fatalf("person %d: %v, want %v", i, codesOfAll(got[i]), codesOfAll(want))
			}
			if len(want) > 0 {
				continue
			}
			for _, p := range change.Remove {
				if _, isOwned := free[p]; isOwned {
					free[p]++
				}
			}
			for _, p := range change.Add {
				free[p]--
			}
		}
	})
}
