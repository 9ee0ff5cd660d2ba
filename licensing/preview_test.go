package licensing_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
)

func TestPreviewOfPurchasesAndReturns(t *testing.T) {
	owned := holdings(licensing.Holding{Product: system, Bought: 100, Assigned: 35}, bought(2, credits))
	use := map[licensing.QuotaClass]licensing.Use{licensing.UserNumbers: {Acquired: 70, Held: 10, Ported: 5},
		licensing.TollNumbers: {Acquired: 3}, licensing.TollFreeNumbers: {Held: 1}}
	policy, c := licensing.DefaultQuotaPolicy(), licensing.Standard()
	for name, row := range map[string]struct {
		preview licensing.Preview
		want    string
	}{
		"a purchase": {policy.PreviewPurchase(c, licensing.StockFacts{Owned: owned, Product: licensing.AudioConferencing, Quantity: 50, Use: use}),
			`buy 50 licences of Audio Conferencing
  Audio Conferencing: 50 bought, was 0; 50 free
  user numbers: limit 120, as before; 40 left
  service toll numbers: limit 40, was 30; 37 left
  service toll-free numbers: limit 40, was 30; 39 left
  resource accounts: limit 35, as before; 35 left`},
		"a cut below use": {policy.PreviewReturn(c, licensing.StockFacts{Owned: owned, Product: system, Quantity: 60, Use: use}),
			`give back 60 licences of Phone System
  Phone System: 40 bought, was 100; 5 free
  user numbers: limit 54, was 120; 80 in use, 26 too many; no more until there are fewer
  service toll numbers: limit 10, was 30; 7 left
  service toll-free numbers: limit 10, was 30; 9 left
  resource accounts: limit 29, was 35; 29 left`},
		"the last credits": {policy.PreviewReturn(c, licensing.StockFacts{Owned: owned, Product: credits, Quantity: 2, Use: use}),
			`give back 2 licences of Communications Credits
  refused: quantity: toll-free numbers are kept with Communications Credits only, and none would be left (product MCOPSTNC, acquired 0, held 1, ported 0); release the toll-free numbers and let their reservations end first, or keep a licence
  Communications Credits: 0 of 2 assigned, as before; 2 free
  user numbers: limit 120, as before; 40 left
  service toll numbers: limit 30, as before; 27 left
  service toll-free numbers: limit 30, as before; 29 left
  resource accounts: limit 35, as before; 35 left`},
		"an unknown product": {policy.PreviewPurchase(c, licensing.StockFacts{Product: "NONE", Quantity: 1}),
			`buy 1 licence of product NONE
  refused: product: the catalogue does not list the product (product NONE); use a part number of the catalogue, or add an entry to it
  product NONE: 0 of 0 assigned, as before; 0 free
  user numbers: limit 0, as before; 0 left
  service toll numbers: limit 0, as before; 0 left
  service toll-free numbers: limit 0, as before; 0 left
  resource accounts: limit 0, as before; 0 left`},
	} {
		if got := row.preview.String(); got != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, row.want)
		}
	}
}

func TestPreviewOfChanges(t *testing.T) {
	owned := holdings(licensing.Holding{Product: system, Bought: 10, Assigned: 4}, licensing.Holding{Product: domestic, Bought: 5, Assigned: 5},
		licensing.Holding{Product: world, Bought: 2, Assigned: 1})
	adele := person("US", system, domestic)
	facts := licensing.ChangeFacts{Owned: owned, Person: adele, HasNumber: true, Now: noon}
	with := func(change func(*licensing.ChangeFacts)) licensing.ChangeFacts {
		f := facts
		change(&f)
		return f
	}
	for name, row := range map[string]struct {
		facts licensing.ChangeFacts
		want  string
	}{
		"a swap": {with(func(f *licensing.ChangeFacts) { f.Change = licensing.Change{Add: list(world), Remove: list(domestic)} }),
			`remove Domestic Calling Plan; add Domestic and International Calling Plan
  Domestic Calling Plan: 4 of 5 assigned, was 5; 1 free
  Domestic and International Calling Plan: 2 of 2 assigned, was 1; 0 free
  the number stays`},
		"removed at once": {with(func(f *licensing.ChangeFacts) { f.Change = licensing.Change{Remove: list(domestic)} }),
			`remove Domestic Calling Plan
  Domestic Calling Plan: 4 of 5 assigned, was 5; 1 free
  the number is lost without Calling Plan; it stays with the tenant`},
		"removed with grace": {with(func(f *licensing.ChangeFacts) {
			f.Change, f.Grace = licensing.Change{Remove: list(domestic, system)}, 48*time.Hour
		}), `remove Domestic Calling Plan, Phone System
  Domestic Calling Plan: 4 of 5 assigned, was 5; 1 free
  Phone System: 3 of 10 assigned, was 4; 7 free
  the number is at risk without Phone System + Calling Plan: lost at 2026-03-03T12:00:00Z unless that is given back`},
		"given back in time": {with(func(f *licensing.ChangeFacts) {
			f.Person = person("US", system)
			f.Lapse = licensing.Lapse{Missing: plan, Since: noon.Add(-1), Until: noon.Add(1)}
			f.Change = licensing.Change{Add: list(world)}
		}), `add Domestic and International Calling Plan
  Domestic and International Calling Plan: 2 of 2 assigned, was 1; 0 free
  the number stays`},
		"refused": {with(func(f *licensing.ChangeFacts) {
			f.Person = person("US", system)
			f.Lapse = licensing.Lapse{Missing: plan, Since: noon.Add(-1), Until: noon.Add(time.Hour)}
			f.Change = licensing.Change{Add: list(domestic)}
		}), `add Domestic Calling Plan
  refused: add[0]: all licences are assigned (product MCOPSTN1, bought 5, assigned 5, asked 1); buy more, or remove one from somebody
  Domestic Calling Plan: 5 of 5 assigned, as before; 0 free
  the number is at risk without Calling Plan: lost at 2026-03-01T13:00:00Z unless that is given back`},
		"nobody's number": {with(func(f *licensing.ChangeFacts) {
			f.HasNumber, f.Change = false, licensing.Change{Remove: list(domestic)}
		}),
			`remove Domestic Calling Plan
  Domestic Calling Plan: 4 of 5 assigned, was 5; 1 free`},
		"nothing": {with(func(f *licensing.ChangeFacts) { f.HasNumber = false }), "change nothing"},
	} {
		before := slices.Clone(row.facts.Owned)
		if got := licensing.Standard().PreviewChange(row.facts).String(); got != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, row.want)
		}
		if !slices.Equal(before, row.facts.Owned) {
			t.Errorf("%s: the licences owned were written to", name)
		}
	}
}

// A long change is told by its first products and the count of the others, and
// the outcome of all of them is there.
func TestPreviewOfALongChange(t *testing.T) {
	var held []licensing.Product
	for i := range 20 {
		held = append(held, licensing.Product("OLD"+string(rune('A'+i))))
	}
	p := licensing.Standard().PreviewChange(licensing.ChangeFacts{Person: person("US", held...), Change: licensing.Change{Remove: held}})
	if !strings.HasSuffix(p.Title, "product OLDH, 12 more") || len(p.Licences) != 20 || p.Refused != nil {
		t.Errorf("got %s", p)
	}
}

// A preview is what the rules say of the facts as they would be, neither more
// nor less, whatever comes in.
func TestAPreviewIsWhatComesOfIt(t *testing.T) {
	product := rapid.SampledFrom(list(e5, system, domestic, world, small, zone1, bundle, credits, "NONE", "+14255550100"))
	holding := rapid.Custom(func(t *rapid.T) licensing.Holding {
		return licensing.Holding{Product: product.Draw(t, "product"), Bought: rapid.Int64Range(-1, 300).Draw(t, "bought"),
			Assigned: rapid.Int64Range(-1, 5).Draw(t, "assigned")}
	})
	rapid.Check(t, func(t *rapid.T) {
		c, policy := licensing.Standard(), licensing.DefaultQuotaPolicy()
		f := licensing.StockFacts{Owned: rapid.SliceOfN(holding, 0, 6).Draw(t, "owned"), Product: product.Draw(t, "product"),
			Quantity: rapid.OneOf(rapid.Int64Range(-1, 300), rapid.Int64Range(math.MaxInt32-300, math.MaxInt32), rapid.Int64()).Draw(t, "quantity"),
			Use:      map[licensing.QuotaClass]licensing.Use{}}
		for class := licensing.UserNumbers; class.IsValid(); class++ {
			f.Use[class] = licensing.Use{Acquired: rapid.Int64Range(0, 400).Draw(t, "acquired"), Held: rapid.Int64Range(0, 400).Draw(t, "held")}
		}
		preview, refused, more := policy.PreviewPurchase(c, f), c.CheckPurchase(f.Owned, f.Product, f.Quantity), f.Quantity
		if rapid.Bool().Draw(t, "give back") {
			preview, refused, more = policy.PreviewReturn(c, f), c.CheckReturn(f.Owned, f.Product, f.Quantity, f.Use[licensing.TollFreeNumbers]), -f.Quantity
		}
		if (refused == nil) != (preview.Refused == nil) || !slices.Equal(codesOf(refused), codesOfAll(preview.Refused)) {
			t.Fatalf("refused %v, and the preview says %v", refused, preview.Refused)
		}
		if refused != nil {
			more = 0
		}
		sum := int64(0)
		for _, h := range f.Owned {
			if h.Product == f.Product {
				sum += max(0, h.Bought)
			}
		}
		if h := preview.Licences[0]; h.Before.Bought != sum || h.After.Bought != sum+more || h.After.Assigned != h.Before.Assigned {
			t.Fatalf("%d bought, %d more: %+v", sum, more, h)
		}
		after := slices.DeleteFunc(slices.Clone(f.Owned), func(h licensing.Holding) bool { return h.Product == f.Product })
		after = append(after, bought(sum+more, f.Product))
		for i, q := range preview.Quotas {
			class := licensing.UserNumbers + licensing.QuotaClass(i)
			if want := policy.Limit(c, f.Owned, class); q.Before.Limit != want || q.Before.Class != class {
				t.Fatalf("%v: limit now %d, want %d", class, q.Before.Limit, want)
			}
			if want := policy.Limit(c, after, class); q.After.Limit != want || q.After.Acquired != f.Use[class].Acquired {
				t.Fatalf("%v: limit then %d, want %d", class, q.After.Limit, want)
			}
		}
		if text := preview.String(); strings.Contains(text, "5550100") || strings.Count(text, "\n") != len(preview.Refused)+5 {
			t.Fatalf("the preview reads\n%s", text)
		}
	})
}

func TestAPreviewOfAChangeIsWhatComesOfIt(t *testing.T) {
	product := rapid.SampledFrom(list(e5, system, domestic, world, credits))
	some := rapid.SliceOfNDistinct(product, 0, 3, rapid.ID[licensing.Product])
	rapid.Check(t, func(t *rapid.T) {
		f := licensing.ChangeFacts{Owned: own(e5, system, domestic, world), Person: person("US", some.Draw(t, "held")...), HasNumber: true, Now: noon,
			Change: licensing.Change{Add: some.Draw(t, "add"), Remove: some.Draw(t, "remove")}, Grace: time.Duration(rapid.IntRange(0, 1).Draw(t, "grace"))}
		p := licensing.Standard().PreviewChange(f)
		if want := licensing.Standard().CheckChange(f.Owned, f.Person, f.Change); !slices.Equal(codesOfAll(p.Refused), codesOfAll(want)) {
			t.Fatalf("refused %v, and the preview says %v", want, p.Refused)
		}
		holds := map[licensing.Product]bool{}
		for _, q := range f.Person.Products {
			holds[q] = true
		}
		if p.Refused == nil {
			for _, q := range f.Change.Remove {
				delete(holds, q)
			}
			for _, q := range f.Change.Add {
				holds[q] = true
			}
		}
		want := licensing.NumberStays
		if p.Refused == nil && !((holds[e5] || holds[system]) && (holds[domestic] || holds[world])) {
			if want = licensing.NumberLost; f.Grace > 0 {
				want = licensing.NumberAtRisk
			}
		}
		if p.Number.Fate != want {
			t.Fatalf("%v from %v: the number %v, want %v", f.Change, f.Person.Products, p.Number.Fate, want)
		}
		if len(p.Licences) != len(f.Change.Add)+len(f.Change.Remove) {
			t.Fatalf("%d products change: %v", len(f.Change.Add)+len(f.Change.Remove), p.Licences)
		}
	})
}
