package engine_test

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strings"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// drawFind looks for free numbers in both engines.
func (m *machine) drawFind(t *rapid.T, id telephony.TenantID) {
	q := engine.NumberSearch{Kind: rapid.SampledFrom([]telephony.Kind{0, 0, 1, 2, 3}).Draw(t, "kind"), ExcludeGivenUp: once(t, 4, "not what was given up")}
	switch rapid.SampledFrom([]string{"area", "within", "anywhere"}).Draw(t, "where") {
	case "area":
		q.Area = oneOf(t, "area", areasStocked, []telephony.Area{inLyon})
	case "within":
		q.Within = rapid.SampledFrom([]telephony.Area{{Country: "US"}, {Country: "US", Region: "WA"}, {Country: "GB"}, inParis, {Country: "DE"}}).Draw(t, "within")
	}
	s := &q.Search
	s.Quantity = rapid.SampledFrom([]int{1, 2, 5, 100}).Draw(t, "quantity")
	switch rapid.SampledFrom([]string{"any", "prefix", "pattern", "contains", "ends in", "score"}).Draw(t, "what") {
	case "prefix":
		s.Prefix = telephony.MustParsePrefix(rapid.SampledFrom(prefixesAround).Draw(t, "prefix"))
	case "pattern":
		s.Pattern = reservation.MustParsePattern(rapid.SampledFrom([]string{"*55*01?", "4255550*", "+1*2", "+33199000???", "*0?0"}).Draw(t, "pattern"))
	case "contains":
		s.Contains = rapid.SampledFrom([]string{"501", "00", "99"}).Draw(t, "contains")
	case "ends in":
		s.EndsIn = rapid.SampledFrom([]string{"2", "01", "9"}).Draw(t, "ends in")
	case "score":
		s.MinScore = rapid.SampledFrom([]int{1, 20, 60}).Draw(t, "score")
	}
	switch rapid.SampledFrom([]string{"lowest", "lowest", "spread", "shuffled", "memorable", "near", "runs"}).Draw(t, "order") {
	case "spread":
		s.Order = reservation.Spread
	case "shuffled":
		s.Order, s.Seed = reservation.Shuffled, rapid.Uint64Range(0, 9).Draw(t, "seed")
	case "memorable":
		s.Order = reservation.Memorable
	case "near":
		s.Near = rapid.SampledFrom(m.inStock(7)).Draw(t, "near")
	case "runs":
		s.Consecutive = rapid.IntRange(2, 4).Draw(t, "length")
	}
	if once(t, 4, "not some") {
		s.Exclude = slices.DeleteFunc(m.drawNumbers(t, m.inStock(2)), func(n telephony.Number) bool { return !n.IsValid() })
	}
	m.find(t, id, q)
}

// find holds what both engines find to a filter over the model's free numbers,
// page by page.
func (m *machine) find(t *rapid.T, id telephony.TenantID, q engine.NumberSearch) {
	tenant := m.tenants[id]
	if tenant == nil {
		return
	}
	matching, offered := m.matching(tenant, q)
	var after engine.Cursor
	for page := 0; ; page++ {
		got := m.foundByBoth(t, id, q, after, offered)
		if !offered {
			return
		}
		m.describes(t, got)
		want, rest := nextFound(q.Search, matching)
		if q.Search.Order == reservation.Shuffled {
			want = got.List()
			if len(want) != min(q.Search.Quantity, len(matching)) || len(unique(want)) != len(want) ||
				slices.ContainsFunc(want, func(n telephony.Number) bool { return !slices.Contains(matching, n) }) {
				t.Fatalf("shuffled, %d are found of %d", len(want), len(matching))
			}
		}
		if !slices.Equal(got.List(), want) {
			t.Fatalf("page %d of %+v has %v, and should have %v", page, q, got.List(), want)
		}
		if got.Complete != (got.Next == "") || page > len(m.stock) {
			t.Fatalf("it goes on at %q, complete: %v", got.Next, got.Complete)
		}
		if got.Complete {
			if len(rest) > 0 && q.Search.Order == reservation.Lowest {
				t.Fatalf("it is complete, and %d are left", len(rest))
			}
			return
		}
		matching, after = rest, got.Next
	}
}

// foundByBoth is what both engines find, to the tenant and to the provider.
func (m *machine) foundByBoth(t *rapid.T, id telephony.TenantID, q engine.NumberSearch, after engine.Cursor, offered bool) engine.FoundNumbers {
	var found []engine.FoundNumbers
	for _, e := range []*engine.Engine{m.first, m.second} {
		v, err := e.Tenant(id).View(ctx)
		if err != nil {
			t.Fatal(err)
		}
		got, err := v.FindNumbers(q, after)
		if offered != (err == nil) || !offered && !errors.Is(err, engine.ErrAreaNotOffered) {
			t.Fatalf("offered: %v, and got %v", offered, err)
		}
		got.RanOut, got.Blocks = 0, 0 // by how far it was swept
		found = append(found, got)
		if q.ExcludeGivenUp {
			continue
		}
		same, err := e.As("").FindNumbers(ctx, q, after)
		if same.RanOut, same.Blocks = 0, 0; offered != (err == nil) || !reflect.DeepEqual(same, got) {
			t.Fatalf("the provider finds %+v, %v, and the tenant %+v", same, err, got)
		}
	}
	if !reflect.DeepEqual(found[0], found[1]) {
		t.Fatalf("the engines find %+v and %+v", found[0], found[1])
	}
	return found[0]
}

// describes holds what is said of the numbers to the stock.
func (m *machine) describes(t *rapid.T, got engine.FoundNumbers) {
	for _, n := range got.Numbers {
		if n.Area != m.areas[m.stock[n.Number].area] || n.Score != reservation.Score(n.Number) {
			t.Fatalf("it says %+v of a number", n)
		}
	}
	for _, r := range got.Runs {
		area := m.areas[m.stock[r.Range.First()].area]
		for n := range r.Range.All() {
			if m.areas[m.stock[n].area] != area {
				area = telephony.Area{}
				break
			}
		}
		if r.Area != area {
			t.Fatalf("it says %+v of a run", r)
		}
	}
}

// matching returns the free numbers that a search is for, ascending, and whether
// there is stock at all where it looks.
func (m *model) matching(t *mTenant, q engine.NumberSearch) (all telephony.NumberList, offered bool) {
	s := q.Search
	like := []reservation.Pattern{s.Pattern}
	if s.Contains != "" {
		like = append(like, reservation.MustParsePattern(s.Contains))
	}
	not := slices.Clone(s.Exclude)
	if q.ExcludeGivenUp {
		not = append(not, m.givenUp(t)...)
	}
	offered = q.Area == q.Within // anywhere
	for _, on := range m.shelvesFor(engine.Reserve{Kind: max(q.Kind, telephony.UserNumber), Area: q.Area}) {
		if !m.areas[on.area].Within(q.Within) {
			continue
		}
		offered = true
		for _, n := range m.free(on) {
			if s.Prefix.Contains(n) && !slices.Contains(not, n) && strings.HasSuffix(n.String(), s.EndsIn) && reservation.Score(n) >= s.MinScore &&
				!slices.ContainsFunc(like, func(p reservation.Pattern) bool { return !p.Matches(n) }) {
				all = append(all, n)
			}
		}
	}
	return unique(all), offered
}

// nextFound returns what a search finds of the numbers that match, and what is
// left for one that goes on. What is neither Lowest nor Near finds the best of all
// there is, and nothing is left.
func nextFound(s reservation.Search, matching telephony.NumberList) (next, rest telephony.NumberList) {
	many := min(s.Quantity, len(matching))
	switch {
	case s.Near.IsValid():
		steps := func(n telephony.Number) int { d, _ := n.Sub(s.Near); return max(d, -d) }
		near := slices.DeleteFunc(slices.Clone(matching), func(n telephony.Number) bool {
			return n.Len() != s.Near.Len() || n.CallingCode() != s.Near.CallingCode()
		})
		slices.SortStableFunc(near, func(a, b telephony.Number) int { return cmp.Compare(steps(a), steps(b)) })
		many = min(many, len(near))
		return near[:many], near[many:]
	case s.Consecutive > 1:
		runs := cutRuns(matching, s.Consecutive)
		many = min(s.Quantity*s.Consecutive, len(runs))
		return runs[:many], runs[many:]
	case s.Order == reservation.Spread:
		return spread(matching, many), nil
	case s.Order == reservation.Memorable:
		best := slices.Clone(matching)
		slices.SortStableFunc(best, func(a, b telephony.Number) int { return cmp.Compare(reservation.Score(b), reservation.Score(a)) })
		return best[:many], nil
	}
	return matching[:many], matching[many:]
}

// cutRuns returns the numbers that are in runs of a length, cut from where numbers
// begin to follow each other.
func cutRuns(all telephony.NumberList, length int) (runs telephony.NumberList) {
	var open telephony.NumberList
	for _, n := range all {
		if len(open) > 0 {
			if next, _ := open[len(open)-1].Add(1); next != n {
				open = nil
			}
		}
		if open = append(open, n); len(open) == length {
			runs, open = append(runs, open...), nil
		}
	}
	return runs
}
