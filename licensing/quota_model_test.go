package licensing_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
)

// licences draws from the whole range, with weight on its edges and on small counts.
func licences() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64(), rapid.Int64Range(-3, 100_000),
		rapid.Int64Range(math.MaxInt64-100, math.MaxInt64), rapid.Int64Range(math.MaxInt64/11*10-9, math.MaxInt64/11*10+99))
}

func validPolicy(t *rapid.T) licensing.QuotaPolicy {
	whole := rapid.OneOf(rapid.Int64Range(0, 30), rapid.Int64Range(0, math.MaxInt64))
	p := licensing.QuotaPolicy{
		Rounding:                licensing.Rounding(rapid.IntRange(0, 2).Draw(t, "rounding")),
		PercentExtra:            whole.Draw(t, "percent"),
		FlatExtra:               whole.Draw(t, "flat"),
		Count:                   licensing.Count(rapid.IntRange(1, 2).Draw(t, "count")),
		FreeResourceAccounts:    whole.Draw(t, "free"),
		SeatsPerResourceAccount: whole.Draw(t, "seats each"),
	}
	var last licensing.Band
	for range rapid.IntRange(0, 6).Draw(t, "bands") {
		last.From += rapid.Int64Range(1, 50).Draw(t, "from")
		last.Numbers += rapid.Int64Range(0, 50).Draw(t, "numbers")
		p.ServiceBands = append(p.ServiceBands, last)
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

// clamp returns a big count as the range has it.
func clamp(n *big.Int) int64 {
	if !n.IsInt64() {
		return math.MaxInt64
	}
	return n.Int64()
}

func TestQuotasAgainstBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, n := validPolicy(t), licences().Draw(t, "licences")
		user, accounts := new(big.Int), new(big.Int)
		if n > 0 {
			hundredths := new(big.Int).Mul(big.NewInt(n), big.NewInt(p.PercentExtra))
			switch p.Rounding {
			case licensing.RoundUp:
				hundredths.Add(hundredths, big.NewInt(99))
			case licensing.RoundNearest:
				hundredths.Add(hundredths, big.NewInt(50))
			}
			user.Add(big.NewInt(n), hundredths.Div(hundredths, big.NewInt(100)))
			user.Add(user, big.NewInt(p.FlatExtra))
			accounts.SetInt64(p.FreeResourceAccounts)
			if p.SeatsPerResourceAccount > 0 {
				accounts.Add(accounts, new(big.Int).Div(big.NewInt(n), big.NewInt(p.SeatsPerResourceAccount)))
			}
		}
		if got, want := p.UserLimit(n), clamp(user); got != want {
			t.Fatalf("user: %d, want %d", got, want)
		}
		if got, want := p.ResourceAccountLimit(n), clamp(accounts); got != want {
			t.Fatalf("accounts: %d, want %d", got, want)
		}
		service := int64(0)
		for _, b := range p.ServiceBands {
			if b.From <= n {
				service = b.Numbers
			}
		}
		if got := p.ServiceLimit(n); got != service {
			t.Fatalf("service: %d, want %d", got, service)
		}
	})
}

func TestMoreLicencesNeverGiveFewer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, n := validPolicy(t), licences().Draw(t, "licences")
		more := n
		if step := rapid.OneOf(rapid.Int64Range(0, 20), rapid.Int64Range(0, math.MaxInt64)).Draw(t, "step"); n <= math.MaxInt64-step {
			more += step
		}
		if p.UserLimit(more) < p.UserLimit(n) || p.ServiceLimit(more) < p.ServiceLimit(n) ||
			p.ResourceAccountLimit(more) < p.ResourceAccountLimit(n) {
			t.Fatalf("%d licences give less than %d", more, n)
		}
	})
}

// The limit alone, the quota and its lines are three tellings of one thing.
func TestTheLinesAddUpToTheLimit(t *testing.T) {
	holding := rapid.Custom(func(t *rapid.T) licensing.Holding {
		return licensing.Holding{Product: rapid.SampledFrom(products).Draw(t, "row").product, Bought: licences().Draw(t, "bought")}
	})
	rapid.Check(t, func(t *rapid.T) {
		p := validPolicy(t)
		owned := rapid.SliceOfN(holding, 0, 20).Draw(t, "owned")
		class := licensing.QuotaClass(rapid.IntRange(0, 5).Draw(t, "class"))
		use := licensing.Use{Acquired: licences().Draw(t, "acquired"), Held: licences().Draw(t, "held"), Ported: licences().Draw(t, "ported")}
		q := p.Quota(licensing.Standard(), owned, class, use)
		if limit := p.Limit(licensing.Standard(), owned, class); q.Limit != limit {
			t.Fatalf("the quota's limit is %d, the limit alone %d", q.Limit, limit)
		}
		sum := new(big.Int)
		for _, line := range q.Lines {
			if line.Amount < 0 || line.Label == "" {
				t.Fatalf("an odd line: %+v", line)
			}
			sum.Add(sum, big.NewInt(line.Amount))
		}
		if clamp(sum) != q.Limit {
			t.Fatalf("the lines add up to %v, the limit is %d", sum, q.Limit)
		}
		left := new(big.Int).Sub(big.NewInt(q.Limit), big.NewInt(max(0, use.Acquired)))
		if left.Sub(left, big.NewInt(max(0, use.Held))); left.Sign() < 0 {
			left.SetInt64(0)
		}
		if q.Left != left.Int64() {
			t.Fatalf("left %d, want %v", q.Left, left)
		}
		asked := licences().Draw(t, "asked")
		if fits := q.Check(asked) == nil; fits != (asked >= 1 && left.Cmp(big.NewInt(asked)) >= 0) {
			t.Fatalf("asked %d with %v left: %v", asked, left, fits)
		}
	})
}
