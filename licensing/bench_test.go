package licensing_test

import (
	"slices"
	"testing"

	"example.com/callingplan/licensing"
)

// everything is one holding of each product, and a few of products that the
// catalogue does not list.
func everything() []licensing.Holding {
	owned := holdings(bought(7, "A"), bought(7, "B"), bought(7, "C"), bought(7, "D"), bought(7, "E"), bought(7, "F"))
	for _, row := range products {
		owned = append(owned, bought(1000, row.product))
	}
	return owned
}

// Everything that stands in the way of a write takes no memory while all is well.
func TestNothingIsAllocatedWhileAllIsWell(t *testing.T) {
	c, owned, policy := licensing.Standard(), everything(), licensing.DefaultQuotaPolicy()
	who, both := person("US", credits), list(domestic, system)
	swapper := person("US", system, domestic)
	swap := licensing.Change{Add: list(world), Remove: list(domestic)}
	for name, run := range map[string]func() bool{
		"CheckPurchase": func() bool { return c.CheckPurchase(owned, domestic, 10) == nil },
		"CheckReturn":   func() bool { return c.CheckReturn(owned, domestic, 10, licensing.Use{}) == nil },
		"VoiceOpen":     func() bool { return c.VoiceOpen(owned) == nil },
		"CheckTollFree": func() bool { return c.CheckTollFree(owned) == nil },
		"CheckAssign":   func() bool { return c.CheckAssign(owned, who, both) == nil },
		"CheckChange":   func() bool { return c.CheckChange(owned, swapper, swap) == nil },
		"After":         func() bool { return licensing.Lapse{}.After(ps|plan, noon, 0) == licensing.Lapse{} },
		"Features":      func() bool { return c.Features(both).Has(ps | plan) },
		"Limit":         func() bool { return policy.Limit(c, owned, licensing.TollNumbers) > 0 },
		"Check": func() bool {
			limit := policy.Limit(c, owned, licensing.UserNumbers)
			return licensing.NewQuota(licensing.UserNumbers, limit, licensing.Use{}).Check(10) == nil
		},
	} {
		if !run() {
			t.Errorf("%s refuses", name)
		}
		if n := testing.AllocsPerRun(100, func() { run() }); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

func BenchmarkCheckAssign(b *testing.B) {
	c, owned, who, both := licensing.Standard(), everything(), person("US", credits), list(domestic, system)
	b.ReportAllocs()
	for b.Loop() {
		if c.CheckAssign(owned, who, both) != nil {
			b.Fatal("refused")
		}
	}
}

// BenchmarkCheckGroup decides a change of 10,000 people, so that ns/op is the
// cost of them all.
func BenchmarkCheckGroup(b *testing.B) {
	c := licensing.Standard()
	owned := append(everything(), bought(10_000, system), bought(10_000, domestic))
	people := slices.Repeat([]licensing.Person{person("US", credits)}, 10_000)
	change := licensing.Change{Add: list(system, domestic)}
	b.ReportAllocs()
	for b.Loop() {
		if out := c.CheckGroup(owned, people, change); out[len(out)-1] != nil {
			b.Fatal("refused")
		}
	}
}

func BenchmarkLimit(b *testing.B) {
	c, owned, policy := licensing.Standard(), everything(), licensing.DefaultQuotaPolicy()
	b.ReportAllocs()
	for b.Loop() {
		if policy.Limit(c, owned, licensing.UserNumbers) == 0 {
			b.Fatal("no limit")
		}
	}
}

func BenchmarkQuota(b *testing.B) {
	c, owned, policy := licensing.Standard(), everything(), licensing.DefaultQuotaPolicy()
	b.ReportAllocs()
	for b.Loop() {
		if policy.Quota(c, owned, licensing.UserNumbers, licensing.Use{}).Left == 0 {
			b.Fatal("nothing left")
		}
	}
}
