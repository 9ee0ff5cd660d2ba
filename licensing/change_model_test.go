package licensing_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// TestCheckChangeAgainstSets states the rules once more, over sets, for changes
// whose lists name no product twice, and compares which rules are broken.
func TestCheckChangeAgainstSets(t *testing.T) {
	standard := licensing.Standard()
	carries := map[licensing.Product]licensing.Feature{}
	needsSystem := map[licensing.Product]bool{}
	universe := list("NONE")
	for _, row := range products {
		carries[row.product] = row.features
		needsSystem[row.product] = row.needs != 0
		universe = append(universe, row.product)
	}
	distinct := rapid.SliceOfDistinct(rapid.SampledFrom(universe), rapid.ID[licensing.Product])

	rapid.Check(t, func(t *rapid.T) {
		who := licensing.Person{
			Country:          rapid.SampledFrom(countries("", "US", "GB")).Draw(t, "country"),
			Products:         distinct.Draw(t, "held"),
			OnPremisesNumber: rapid.Bool().Draw(t, "on premises"),
		}
		named := distinct.Draw(t, "named")
		cut := rapid.IntRange(0, len(named)).Draw(t, "cut")
		change := licensing.Change{Add: named[:cut], Remove: named[cut:]}
		stock := map[licensing.Product]licensing.Holding{}
		var owned []licensing.Holding
		for _, p := range universe {
			stock[p] = licensing.Holding{Product: p, Bought: rapid.Int64Range(0, 2).Draw(t, "bought"),
				Assigned: rapid.Int64Range(0, 2).Draw(t, "assigned")}
			owned = append(owned, stock[p])
		}

		want := map[telephony.Code]bool{}
		after := map[licensing.Product]bool{}
		for _, p := range who.Products {
			after[p] = true
		}
		for _, p := range change.Remove {
			if !after[p] {
				want[licensing.ErrNotHeld] = true
			}
			delete(after, p)
		}
		var added []licensing.Product
		for _, p := range change.Add {
			switch _, sold := carries[p]; {
			case !sold:
				want[licensing.ErrUnknownProduct] = true
			case after[p]:
				want[licensing.ErrAlreadyHeld] = true
			default:
				added = append(added, p)
			}
		}
		for _, p := range added {
			after[p] = true
		}
		hasSystem, plans := false, 0
		for p := range after {
			hasSystem = hasSystem || carries[p]&ps != 0
			if carries[p]&plan != 0 {
				plans++
			}
		}
		hadSystem := slices.ContainsFunc(who.Products, func(p licensing.Product) bool { return carries[p]&ps != 0 })
		want[licensing.ErrNoUsageLocation] = who.Country == "" && len(change.Add) > 0
		for p := range after {
			if !slices.Contains(added, p) {
				want[licensing.ErrStillNeeded] = want[licensing.ErrStillNeeded] || needsSystem[p] && hadSystem && !hasSystem
				continue
			}
			refuse := func(code telephony.Code, when bool) { want[code] = want[code] || when }
			refuse(licensing.ErrNotSoldThere, who.Country == "US" && (p == small || p == licensing.DomesticCallingPlan240))
			refuse(licensing.ErrPersonPrerequisite, needsSystem[p] && !hasSystem)
			refuse(licensing.ErrNotEnoughLicences, stock[p].Bought-stock[p].Assigned < 1)
			refuse(licensing.ErrOnPremisesNumber, carries[p]&plan != 0 && who.OnPremisesNumber)
			refuse(licensing.ErrPlanConflict, carries[p]&plan != 0 && plans > 1)
		}

		reasons := standard.CheckChange(owned, who, change)
		got := map[telephony.Code]bool{}
		last := -1
		for _, reason := range reasons {
			got[reason.Code] = true
			place := slices.Index(precedence, reason.Code)
			if place < last {
				t.Fatalf("%s comes too late: %v", reason.Code, codesOfAll(reasons))
			}
			last = place
		}
		for _, code := range precedence {
			if got[code] != want[code] {
				t.Fatalf("%s: %v, want %v", code, got[code], want[code])
			}
		}
	})
}

var precedence = codes(
	licensing.ErrUnknownProduct, licensing.ErrListedTwice, licensing.ErrAlreadyHeld, licensing.ErrNotHeld,
	licensing.ErrNoUsageLocation, licensing.ErrNotSoldThere, licensing.ErrPersonPrerequisite, licensing.ErrStillNeeded,
	licensing.ErrNotEnoughLicences, licensing.ErrOnPremisesNumber, licensing.ErrPlanConflict,
)

// Whatever comes in, nothing panics.
func TestAnyInputIsAnswered(t *testing.T) {
	product := rapid.Custom(func(t *rapid.T) licensing.Product {
		if rapid.Bool().Draw(t, "odd") {
			return licensing.Product(rapid.String().Draw(t, "product"))
		}
		return rapid.SampledFrom(products).Draw(t, "row").product
	})
	holding := rapid.Custom(func(t *rapid.T) licensing.Holding {
		return licensing.Holding{Product: product.Draw(t, "product"),
			Bought: rapid.Int64().Draw(t, "bought"), Assigned: rapid.Int64().Draw(t, "assigned")}
	})
	rapid.Check(t, func(t *rapid.T) {
		owned := rapid.SliceOfN(holding, 0, 5).Draw(t, "owned")
		some := rapid.SliceOfN(product, 0, 5)
		who := licensing.Person{Country: telephony.Country(rapid.String().Draw(t, "country")), Products: some.Draw(t, "held")}
		change := licensing.Change{Add: some.Draw(t, "add"), Remove: some.Draw(t, "remove")}
		for _, reason := range licensing.Standard().CheckChange(owned, who, change) {
			if reason.Code == "" || reason.Detail == "" || reason.Fix == "" {
				t.Fatalf("a reason without code, detail or fix: %v", reason)
			}
		}
		_ = licensing.Standard().CheckPurchase(owned, product.Draw(t, "buy"), rapid.Int64().Draw(t, "quantity"))
		_ = licensing.Standard().CheckReturn(owned, product.Draw(t, "return"), rapid.Int64().Draw(t, "back"),
			licensing.Use{Acquired: rapid.Int64().Draw(t, "toll-free")})
		policy := licensing.QuotaPolicy{Rounding: licensing.Rounding(rapid.Byte().Draw(t, "rounding")),
			Count: licensing.Count(rapid.Byte().Draw(t, "count")), PercentExtra: rapid.Int64().Draw(t, "percent"),
			FlatExtra: rapid.Int64().Draw(t, "flat"), FreeResourceAccounts: rapid.Int64().Draw(t, "free"),
			SeatsPerResourceAccount: rapid.Int64().Draw(t, "seats"),
			ServiceBands: []licensing.Band{{From: rapid.Int64().Draw(t, "from"), Numbers: rapid.Int64().Draw(t, "numbers")},
				{From: rapid.Int64().Draw(t, "from"), Numbers: rapid.Int64().Draw(t, "numbers")}}}
		_ = policy.Validate()
		q := policy.Quota(licensing.Standard(), owned, licensing.QuotaClass(rapid.Byte().Draw(t, "class")),
			licensing.Use{Acquired: rapid.Int64().Draw(t, "acquired"), Held: rapid.Int64().Draw(t, "held")})
		if q.Limit < 0 || q.Left < 0 || q.Left > q.Limit {
			t.Fatalf("limit %d, left %d", q.Limit, q.Left)
		}
	})
}
