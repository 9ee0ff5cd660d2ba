package engine_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestNumberPlans: a query reads what has the fewest numbers, and says so.
func TestNumberPlans(t *testing.T) {
	s := newLibrary(t) // 14 numbers: 5 in Seattle and 6 in New York for people, 2 in Paris, 1 for services
	v := s.view()
	for name, c := range map[string]struct {
		q    engine.NumberQuery
		want engine.QueryPlan
	}{
		"all":             {engine.NumberQuery{}, engine.QueryPlan{By: engine.ByRange, Most: 14}},
		"one":             {engine.NumberQuery{Number: s.spare[0], Kind: telephony.UserNumber}, engine.QueryPlan{By: engine.ByNumber, Most: 1, Asked: []string{"kind"}}},
		"a person's":      {engine.NumberQuery{Person: "adele.vance", Country: "US"}, engine.QueryPlan{By: engine.ByPerson, Most: 1, Asked: []string{"country"}}},
		"at a location":   {engine.NumberQuery{Location: s.floor.ID, Country: "US"}, engine.QueryPlan{By: engine.ByLocation, Lists: 1, Most: 1, Asked: []string{"country"}}},
		"at an address":   {engine.NumberQuery{Address: s.us.ID, Prefix: telephony.MustParsePrefix("1425")}, engine.QueryPlan{By: engine.ByAddress, Lists: 2, Most: 6}},
		"in a city":       {engine.NumberQuery{City: "New York"}, engine.QueryPlan{By: engine.ByArea, Lists: 1, Most: 6}},
		"in a country":    {engine.NumberQuery{Country: "US", Contains: "55"}, engine.QueryPlan{By: engine.ByRange, Most: 14, Asked: []string{"contains", "country"}}},
		"nowhere":         {engine.NumberQuery{Country: "DE"}, engine.QueryPlan{By: engine.ByArea}},
		"idle":            {engine.NumberQuery{Unassigned: true}, engine.QueryPlan{By: engine.ByRange, Most: 14, Asked: []string{"unassigned"}}},
		"idle, of few":    {engine.NumberQuery{Unassigned: true, Country: "FR"}, engine.QueryPlan{By: engine.ByArea, Lists: 1, Most: 2, Asked: []string{"unassigned"}}},
		"idle, in a city": {engine.NumberQuery{State: telephony.Unassigned, City: "Paris"}, engine.QueryPlan{By: engine.ByArea, Lists: 1, Most: 2, Asked: []string{"state"}}},
		"without a list":  {engine.NumberQuery{Assigned: true}, engine.QueryPlan{By: engine.ByRange, Most: 14, Asked: []string{"assigned"}}},
	} {
		if got := v.ExplainNumbers(c.q); fmt.Sprint(got) != fmt.Sprint(c.want) || got.Lists != c.want.Lists {
			t.Errorf("%s: %v (%d lists), want %v (%d)", name, got, got.Lists, c.want, c.want.Lists)
		}
	}
}

// TestNumberFacets compares the counters with counting.
func TestNumberFacets(t *testing.T) {
	s := newLibrary(t)
	v := s.view()
	f := v.NumberFacets()
	states, kinds := map[telephony.NumberState][2]int64{}, map[telephony.Kind][2]int64{}
	countries, areas := map[telephony.Country][2]int64{}, map[telephony.Area][2]int64{}
	for n := range v.Numbers(engine.NumberQuery{}) {
		assigned := int64(0)
		if n.Person != "" {
			assigned = 1
		}
		countIn(states, n.State, assigned)
		countIn(kinds, n.Kind, assigned)
		countIn(countries, n.Area.Country, assigned)
		countIn(areas, n.Area, assigned)
	}
	compareFacets(t, f.States, states)
	compareFacets(t, f.Kinds, kinds)
	compareFacets(t, f.Countries, countries)
	compareFacets(t, f.Areas, areas)
	if !slices.IsSortedFunc(f.Areas, func(a, b engine.Facet[telephony.Area]) int { return a.Of.Compare(b.Of) }) {
		t.Error("the areas are not in order")
	}
}

func countIn[T comparable](counts map[T][2]int64, of T, assigned int64) {
	c := counts[of]
	counts[of] = [2]int64{c[0] + 1, c[1] + assigned}
}

func compareFacets[T comparable](t *testing.T, got []engine.Facet[T], want map[T][2]int64) {
	t.Helper()
	counts := map[T][2]int64{}
	for _, f := range got {
		counts[f.Of] = [2]int64{f.Numbers, f.Assigned}
	}
	if len(got) < 2 || !maps.Equal(counts, want) {
		t.Errorf("the facets are %v, want %v", counts, want)
	}
}

// TestIdleNumbersAmongMany: where few of many are idle, they are found by their
// list, and pages of them go on from there.
func TestIdleNumbersAmongMany(t *testing.T) {
	w := newWorld(t)
	office := w.address("US")
	numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 10}, "")
	for i, n := range numbers[:7] {
		id := telephony.PersonID(fmt.Sprintf("person-%d", i))
		w.person(id, "US")
		w.must(w.org.Assign(w.ctx, engine.Assign{Number: n, Person: id, Location: office.Default}))
	}
	v, q := w.view(), engine.NumberQuery{Unassigned: true}
	if plan := v.ExplainNumbers(q); plan.By != engine.ByIdle || plan.Most != 3 || plan.Lists != 1 || plan.Asked != nil {
		t.Errorf("%v", plan)
	}
	got := collectPages(t, 1, func(after engine.Cursor, size int) (engine.Page[engine.TenantNumber], error) {
		return v.NumberPage(q, after, size)
	})
	if len(got) != 3 || got[0].Number != numbers[7] || got[2].Number != numbers[9] {
		t.Errorf("%d idle numbers", len(got))
	}
}

// TestPeoplePlans: people are read by the numbers at a place where these are few,
// page by page in the order of their identifiers.
func TestPeoplePlans(t *testing.T) {
	w := newWorld(t)
	office, annex := w.address("US"), w.address("US")
	numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 12}, "")
	for i, n := range numbers {
		id := telephony.PersonID(fmt.Sprintf("person-%02d", len(numbers)-i)) // later numbers, earlier people
		at := office.Default
		if i < 2 {
			at = annex.Default
		}
		w.person(id, "US")
		w.must(w.org.Assign(w.ctx, engine.Assign{Number: n, Person: id, Location: at}))
	}
	v := w.view()
	for name, c := range map[string]struct {
		q    engine.PersonQuery
		want engine.QueryPlan
	}{
		"all":          {engine.PersonQuery{}, engine.QueryPlan{By: engine.ByRange, Most: 12}},
		"few there":    {engine.PersonQuery{Location: annex.Default, Country: "US"}, engine.QueryPlan{By: engine.ByLocation, Lists: 1, Most: 2, Asked: []string{"country"}}},
		"many there":   {engine.PersonQuery{Location: office.Default}, engine.QueryPlan{By: engine.ByRange, Most: 12, Asked: []string{"location"}}},
		"an address":   {engine.PersonQuery{Address: annex.ID}, engine.QueryPlan{By: engine.ByAddress, Lists: 1, Most: 2}},
		"what cannot":  {engine.PersonQuery{Text: "x", Visible: true}, engine.QueryPlan{By: engine.ByRange, Most: 12, Asked: []string{"visible", "text"}}},
		"no risk":      {engine.PersonQuery{Text: "x", AtRisk: true}, engine.QueryPlan{By: engine.ByRisk, Lists: 1, Asked: []string{"text"}}},
		"nobody gone":  {engine.PersonQuery{Vanished: true}, engine.QueryPlan{By: engine.ByNothing, Asked: []string{"vanished"}}},
		"none without": {engine.PersonQuery{Unassigned: true}, engine.QueryPlan{By: engine.ByNothing, Asked: []string{"unassigned"}}},
	} {
		if got := v.ExplainPeople(c.q); fmt.Sprint(got) != fmt.Sprint(c.want) || got.Lists != c.want.Lists {
			t.Errorf("%s: %v (%d lists), want %v (%d)", name, got, got.Lists, c.want, c.want.Lists)
		}
	}
	got := collectPages(t, 1, func(after engine.Cursor, size int) (engine.Page[engine.Person], error) {
		return v.PeoplePage(engine.PersonQuery{Address: annex.ID}, after, size)
	})
	if len(got) != 2 || got[0].ID != "person-11" || got[1].ID != "person-12" {
		t.Errorf("%d people at the annex", len(got))
	}
}

// TestPeopleGonePlans: people who are gone and have a number, or keep one that their
// licences no longer carry, are found without looking at all others, and others'
// people at risk are not among them.
func TestPeopleGonePlans(t *testing.T) {
	w := newWorld(t, engine.WithGrace(time.Hour))
	office := w.address("US")
	for i, n := range w.acquire(engine.Reserve{Area: seattle, Quantity: 12}, "") {
		id := telephony.PersonID(fmt.Sprintf("person-%02d", i))
		w.person(id, "US")
		w.must(w.org.Assign(w.ctx, engine.Assign{Number: n, Person: id, Location: office.Default}))
	}
	w.must(w.org.MarkVanished(w.ctx, engine.Vanished{Person: "person-07"}))
	for _, id := range []telephony.PersonID{"person-09", "person-02"} {
		w.must(w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: id, Remove: []licensing.Product{licensing.DomesticCallingPlan}}))
	}
	v, others := w.view(), w.viewOf(w.tenant("fabrikam", 5))
	if plan := others.ExplainPeople(engine.PersonQuery{AtRisk: true}); plan.Most != 0 {
		t.Errorf("another's: %v", plan)
	}
	for name, c := range map[string]struct {
		q      engine.PersonQuery
		by     engine.Access
		people []telephony.PersonID
	}{
		"at risk":      {engine.PersonQuery{AtRisk: true}, engine.ByRisk, []telephony.PersonID{"person-02", "person-09"}},
		"gone, number": {engine.PersonQuery{Vanished: true, Assigned: true}, engine.ByOrphans, []telephony.PersonID{"person-07"}},
		"gone":         {engine.PersonQuery{Vanished: true}, engine.ByRange, []telephony.PersonID{"person-07"}},
	} {
		plan, read := v.ExplainPeople(c.q), 0
		got := collectPages(t, 1, func(after engine.Cursor, size int) (engine.Page[engine.Person], error) {
			p, err := v.PeoplePage(c.q, after, size)
			read = max(read, p.Scanned)
			return p, err
		})
		if !slices.EqualFunc(got, c.people, func(p engine.Person, id telephony.PersonID) bool { return p.ID == id }) {
			t.Errorf("%s: %d people, want %d", name, len(got), len(c.people))
		}
		if plan.By != c.by || int64(read) > plan.Most {
			t.Errorf("%s: %v, and a page has looked at %d", name, plan, read)
		}
	}
}
