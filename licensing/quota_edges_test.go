package licensing_test

import (
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
)

// wantEdge holds a limit to being just what it is: the last number fits and one
// more does not.
func wantEdge(t *testing.T, p licensing.QuotaPolicy, owned []licensing.Holding, class licensing.QuotaClass, want int64) {
	t.Helper()
	if got := p.Limit(licensing.Standard(), owned, class); got != want {
		t.Errorf("%v of %v: %d, want %d", class, owned, got, want)
		return
	}
	for _, held := range []int64{0, want / 2, want} {
		q := p.Quota(licensing.Standard(), owned, class, licensing.Use{Acquired: want - held, Held: held, Ported: 1000})
		if q.Left != 0 || q.Check(1) == nil {
			t.Errorf("%v of %v: one more than %d fits", class, owned, want)
		}
		if want == 0 {
			continue
		}
		use := licensing.Use{Acquired: want - held, Held: held - 1, Ported: 1000}
		if held == 0 {
			use = licensing.Use{Acquired: want - 1}
		}
		if q := p.Quota(licensing.Standard(), owned, class, use); q.Left != 1 || q.Check(1) != nil || q.Check(2) == nil {
			t.Errorf("%v of %v: number %d does not fit, or two do", class, owned, want)
		}
	}
}

// Service numbers, at each edge of each band and one to either side, toll and
// toll-free each on its own, by licences of either feature and of both.
func TestEveryEdgeOfServiceNumbers(t *testing.T) {
	from := []int64{1, 26, 50, 100, 150, 200, 500, 750, 1000, 1250, 1500, 2000, 3000, 7000, 10000, 15000, 20000, 50000}
	gives := []int64{5, 10, 20, 30, 40, 65, 90, 110, 125, 135, 160, 210, 420, 500, 600, 700, 1000, 1500}
	below := int64(0)
	for i, edge := range from {
		for licences, want := range map[int64]int64{edge - 1: below, edge: gives[i], edge + 1: gives[i]} {
			for _, owned := range [][]licensing.Holding{
				holdings(bought(licences, system)),
				holdings(bought(licences, licensing.AudioConferencing)),
				holdings(bought(licences/2, e5), bought(licences%2, system), bought(500, domestic)), // E5 counts twice
				holdings(bought(licences/3, system), bought(licences-licences/3, licensing.AudioConferencing)),
			} {
				for _, class := range []licensing.QuotaClass{licensing.TollNumbers, licensing.TollFreeNumbers} {
					wantEdge(t, licensing.DefaultQuotaPolicy(), owned, class, want)
				}
			}
		}
		below = gives[i]
	}
}

// User numbers, around every step of the percentage: each tenth licence gives
// two numbers, any other one.
func TestEveryEdgeOfUserNumbers(t *testing.T) {
	want := int64(0)
	for licences := range int64(1201) {
		switch {
		case licences == 1:
			want = 11
		case licences > 0 && licences%10 == 0:
			want += 2
		case licences > 0:
			want++
		}
		wantEdge(t, licensing.DefaultQuotaPolicy(), holdings(bought(licences, system)), licensing.UserNumbers, want)
		wantEdge(t, policyCounting(licensing.CountCallingPlans), holdings(bought(licences, domestic), bought(900, system)), licensing.UserNumbers, want)
		wantEdge(t, policyCounting(licensing.CountCallingPlans), holdings(bought(licences, domestic), bought(19, zone1), bought(1, licensing.PayAsYouGoZone2)),
			licensing.UserNumbers, want+20)
	}
	for licences, want := range map[int64]int64{9: 19, 10: 21, 11: 22, 49: 63, 50: 65, 51: 66, 99: 118, 100: 120, 101: 121} {
		wantEdge(t, licensing.DefaultQuotaPolicy(), holdings(bought(licences, e5)), licensing.UserNumbers, want)
	}
	for payg, want := range map[int64]int64{0: 0, 1: 1, 2: 2, 20: 20} { // one each, and nothing on top
		wantEdge(t, policyCounting(licensing.CountCallingPlans), holdings(bought(payg, zone1)), licensing.UserNumbers, want)
		wantEdge(t, licensing.DefaultQuotaPolicy(), holdings(bought(payg, zone1)), licensing.UserNumbers, 0)
	}
}

// Resource accounts, around every tenth seat.
func TestEveryEdgeOfResourceAccounts(t *testing.T) {
	for seats := range int64(1201) {
		want := int64(0)
		if seats > 0 {
			want = 25 + seats/10
		}
		wantEdge(t, licensing.DefaultQuotaPolicy(), holdings(bought(seats, system), bought(700, domestic)), licensing.ResourceAccounts, want)
	}
}

// Licences come and go, numbers are held and let go. A cut takes no number away;
// while there are more than the limit there can only be fewer; and at any time
// just as much fits as there is room for.
func TestALimitBelowUse(t *testing.T) {
	classes := []licensing.QuotaClass{licensing.UserNumbers, licensing.TollNumbers, licensing.TollFreeNumbers}
	rapid.Check(t, func(t *rapid.T) {
		class := rapid.SampledFrom(classes).Draw(t, "class")
		owned := int64(0)
		used, over := int64(0), false
		limit := func() int64 {
			switch {
			case owned == 0:
				return 0
			case class == licensing.UserNumbers:
				return owned + owned/10 + 10
			case owned < 26:
				return 5
			case owned < 50:
				return 10
			}
			return 20 // up to 99
		}
		quota := func() licensing.Quota {
			have := holdings(bought(owned, system))
			held := rapid.Int64Range(0, used).Draw(t, "of them held")
			return licensing.DefaultQuotaPolicy().Quota(licensing.Standard(), have, class, licensing.Use{Acquired: used - held, Held: held})
		}
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			n := rapid.Int64Range(1, 60).Draw(t, "n")
			before := used
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				owned = min(99, owned+n)
			case 1:
				// The return is allowed, whatever is in use.
				if err := licensing.Standard().CheckReturn(holdings(bought(owned, system)), system, n, licensing.Use{}); (err == nil) != (n <= owned) {
					t.Fatalf("%d of %d given back with %d in use: %v", n, owned, used, err)
				} else if err == nil {
					owned -= n
				}
			case 2:
				if fits := quota().Check(n) == nil; fits != (used+n <= limit()) {
					t.Fatalf("%d more of %v with %d in use and a limit of %d: %v", n, class, used, limit(), fits)
				} else if fits {
					used += n
				}
			default:
				used = max(0, used-n)
			}
			if over && used > before {
				t.Fatalf("use grew from %d to %d above the limit", before, used)
			}
			over = used > limit()
			q := quota()
			if q.Acquired+q.Held != used || q.Limit != limit() || q.Left != max(0, limit()-used) {
				t.Fatalf("%d in use, limit %d: %+v", used, limit(), q)
			}
		}
	})
}
