package engine_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// newLibrary is a scene with more numbers, acquired an hour apart, so that every
// field of a query tells some from others.
func newLibrary(t testing.TB, options ...engine.Option) *scene {
	s := newScene(t, options...)
	s.clock.Add(time.Hour)
	s.acquire(engine.Reserve{Area: newYork, Quantity: 4}, s.us.Default)
	s.clock.Add(time.Hour)
	york := s.acquire(engine.Reserve{Area: newYork, Quantity: 2}, "")
	s.must(s.org.Assign(s.ctx, engine.Assign{Number: york[0], Person: "megan.bowen", Location: s.floor.ID}))
	return s
}

// newKept is a library of which some numbers are a service's, have something set,
// wait for their carrier, were ported in, or are somebody's who is gone.
func newKept(t testing.TB) *scene {
	s := newLibrary(t, engine.WithCarrierActivation(true))
	s.must(s.org.AddService(s.ctx, engine.ServiceSpec{ID: "bridge", Kind: telephony.ConferenceBridge}))
	s.must(s.org.AssignService(s.ctx, engine.AssignService{Number: s.toll[0], Service: "bridge"}))
	report := engine.ActivationReport{Tenant: "contoso", Numbers: telephony.NumberList{s.adeles}}
	s.must(s.eng.As("").ReportActivation(s.ctx, report))
	report.Numbers, report.Refused = s.toll, "carrier_busy"
	s.must(s.eng.As("").ReportActivation(s.ctx, report))
	note, listed := "The Front Desk", true
	s.must(s.org.SetAttributes(s.ctx, engine.Attributes{Numbers: telephony.NumberList{s.spare[0], s.adeles, s.french[0]}, AddTags: []string{"Sales", "HQ"}}))
	s.must(s.org.SetAttributes(s.ctx, engine.Attributes{Numbers: telephony.NumberList{s.spare[1], s.french[0]}, Description: &note, AddTags: []string{"hq"}}))
	s.must(s.org.SetAttributes(s.ctx, engine.Attributes{Numbers: s.french, ReverseLookup: &listed}))
	s.must(s.org.BlockNumbers(s.ctx, engine.BlockNumbers{Numbers: telephony.NumberList{s.spare[2], s.french[1]}, Days: 1}))
	s.must(s.org.BlockNumbers(s.ctx, engine.BlockNumbers{Numbers: telephony.NumberList{s.spare[1]}, Days: 2}))
	s.must(s.org.SetPorted(s.ctx, s.spare[3]))
	s.must(s.org.MarkVanished(s.ctx, engine.Vanished{Person: "megan.bowen"}))
	s.clock.Add(24 * time.Hour) // the blocks of one day are over
	return s
}

// part is one field of a query and what it asks for, said anew.
type part struct {
	name string
	set  func(*engine.NumberQuery)
	has  func(engine.TenantNumber) bool
}

func numberParts(s *scene) []part {
	text := func(n engine.TenantNumber) string { return n.Number.String() }
	mark := begin.Add(visible + time.Hour)
	return []part{
		{"number", func(q *engine.NumberQuery) { q.Number = s.spare[1] }, func(n engine.TenantNumber) bool { return n.Number == s.spare[1] }},
		{"prefix", func(q *engine.NumberQuery) { q.Prefix = telephony.MustParsePrefix("14") },
			func(n engine.TenantNumber) bool { return strings.HasPrefix(text(n), "+14") }},
		{"contains", func(q *engine.NumberQuery) { q.Contains = "25550" },
			func(n engine.TenantNumber) bool { return strings.Contains(text(n), "25550") }},
		{"above", func(q *engine.NumberQuery) { q.Above = s.spare[0] },
			func(n engine.TenantNumber) bool { return text(n) > s.spare[0].String() }},
		{"below", func(q *engine.NumberQuery) { q.Below = s.spare[3] },
			func(n engine.TenantNumber) bool { return text(n) < s.spare[3].String() }},
		{"kind", func(q *engine.NumberQuery) { q.Kind = telephony.UserNumber },
			func(n engine.TenantNumber) bool { return n.Kind == telephony.UserNumber }},
		{"state", func(q *engine.NumberQuery) { q.State = telephony.UserAssigned },
			func(n engine.TenantNumber) bool { return n.State == telephony.UserAssigned }},
		{"assigned", func(q *engine.NumberQuery) { q.Assigned = true }, func(n engine.TenantNumber) bool { return n.Person != "" || n.Service != "" }},
		{"unassigned", func(q *engine.NumberQuery) { q.Unassigned = true },
			func(n engine.TenantNumber) bool { return n.Person == "" && n.Service == "" }},
		{"waiting", func(q *engine.NumberQuery) { q.Activation = telephony.AssignmentPending },
			func(n engine.TenantNumber) bool { return n.Activation.State == telephony.AssignmentPending }},
		{"failed", func(q *engine.NumberQuery) { q.Activation = telephony.AssignmentFailed },
			func(n engine.TenantNumber) bool { return n.Activation.State == telephony.AssignmentFailed }},
		{"service", func(q *engine.NumberQuery) { q.Service = "bridge" }, func(n engine.TenantNumber) bool { return n.Service == "bridge" }},
		{"orphaned", func(q *engine.NumberQuery) { q.Orphaned = true }, func(n engine.TenantNumber) bool { return n.Person == "megan.bowen" }},
		{"ported", func(q *engine.NumberQuery) { q.Ported = true }, func(n engine.TenantNumber) bool { return n.Ported }},
		{"from pool", func(q *engine.NumberQuery) { q.FromPool = true }, func(n engine.TenantNumber) bool { return !n.Ported }},
		{"tag", func(q *engine.NumberQuery) { q.Tag = "sALES" }, func(n engine.TenantNumber) bool { return slices.Contains(n.Tags, "Sales") }},
		{"description", func(q *engine.NumberQuery) { q.Description = "front" },
			func(n engine.TenantNumber) bool { return n.Description == "The Front Desk" }},
		{"blocked", func(q *engine.NumberQuery) { q.Blocked = true }, func(n engine.TenantNumber) bool { return n.Number == s.spare[1] }},
		{"reverse lookup", func(q *engine.NumberQuery) { q.ReverseLookup = true }, func(n engine.TenantNumber) bool { return n.ReverseLookup }},
		{"country", func(q *engine.NumberQuery) { q.Country = "US" }, func(n engine.TenantNumber) bool { return n.Area.Country == "US" }},
		{"region", func(q *engine.NumberQuery) { q.Region = "NY" }, func(n engine.TenantNumber) bool { return n.Area.Region == "NY" }},
		{"city", func(q *engine.NumberQuery) { q.City = "Seattle" }, func(n engine.TenantNumber) bool { return n.Area.City == "Seattle" }},
		{"area code", func(q *engine.NumberQuery) { q.AreaCode = "425" },
			func(n engine.TenantNumber) bool { return strings.HasPrefix(text(n), "+1425") }},
		{"address", func(q *engine.NumberQuery) { q.Address = s.us.ID },
			func(n engine.TenantNumber) bool { return n.Location == s.us.Default || n.Location == s.floor.ID }},
		{"location", func(q *engine.NumberQuery) { q.Location = s.floor.ID }, func(n engine.TenantNumber) bool { return n.Location == s.floor.ID }},
		{"person", func(q *engine.NumberQuery) { q.Person = "adele.vance" }, func(n engine.TenantNumber) bool { return n.Person == "adele.vance" }},
		{"acquired after", func(q *engine.NumberQuery) { q.AcquiredAfter = mark }, func(n engine.TenantNumber) bool { return n.Acquired.After(mark) }},
		{"acquired before", func(q *engine.NumberQuery) { q.AcquiredBefore = mark }, func(n engine.TenantNumber) bool { return n.Acquired.Before(mark) }},
	}
}

// TestNumberQueryFields asks by every field and by every two, and compares with
// a filter over all numbers.
func TestNumberQueryFields(t *testing.T) {
	s := newKept(t)
	v := s.view()
	all := slices.Collect(v.Numbers(engine.NumberQuery{}))
	if want := 5 + 2 + 1 + 4 + 2; len(all) != want {
		t.Fatalf("there are %d numbers, want %d", len(all), want)
	}
	if !slices.IsSortedFunc(all, func(a, b engine.TenantNumber) int { return a.Number.Compare(b.Number) }) {
		t.Error("the numbers are not in order")
	}
	parts := numberParts(s)
	for _, a := range parts {
		for _, b := range parts {
			var q engine.NumberQuery
			a.set(&q)
			b.set(&q)
			if a.name != b.name && (a.name == "waiting" || a.name == "failed") && (b.name == "waiting" || b.name == "failed") {
				continue // one field
			}
			var want []engine.TenantNumber
			for _, n := range all {
				if a.has(n) && b.has(n) {
					want = append(want, n)
				}
			}
			if a.name == b.name && (len(want) == 0 || len(want) == len(all)) {
				t.Errorf("%s tells nothing apart: %d of %d", a.name, len(want), len(all))
			}
			if diff := cmp.Diff(want, slices.Collect(v.Numbers(q)), cmp.Comparer(sameNumber)); diff != "" {
				t.Errorf("%s and %s:\n%s", a.name, b.name, diff)
			}
			page, err := v.NumberPage(q, "", 0)
			if refused := q.Check(); refused != nil {
				if len(want) > 0 || !errors.Is(refused, engine.ErrQuery) || !errors.Is(err, engine.ErrQuery) || v.ExplainNumbers(q).By != engine.ByNothing {
					t.Errorf("%s and %s, which %d numbers have: %v, and a page %v", a.name, b.name, len(want), refused, err)
				}
				continue
			}
			s.must(err)
			if diff := cmp.Diff(want, page.Items, cmp.Comparer(sameNumber)); diff != "" || page.Next != "" {
				t.Errorf("the page of %s and %s:\n%s", a.name, b.name, diff)
			}
			if plan := v.ExplainNumbers(q); int64(page.Scanned) > plan.Most || page.Scanned < len(want) {
				t.Errorf("%s and %s: %d were looked at, and the plan %v", a.name, b.name, page.Scanned, plan)
			}
		}
	}
}

func sameNumber(a, b engine.TenantNumber) bool { return reflect.DeepEqual(a, b) }

// TestNumberQueryOfNothing: bounds with nothing between them, and fields that name
// what is not there, give nothing and no error.
func TestNumberQueryOfNothing(t *testing.T) {
	s := newLibrary(t)
	for name, q := range map[string]engine.NumberQuery{
		"above and below":      {Above: s.spare[3], Below: s.spare[0]},
		"between neighbours":   {Above: s.spare[0], Below: s.spare[1]},
		"prefix beyond number": {Number: s.spare[0], Prefix: telephony.MustParsePrefix("33")},
		"unknown location":     {Location: "l-none"},
		"unknown address":      {Address: "a-none"},
		"skip all":             {Skip: 1000},
		"unknown service":      {Service: "nothing"},
		"unknown tag":          {Tag: "none"},
		"nothing is set":       {Blocked: true},
		"nobody is gone":       {Orphaned: true},
	} {
		if got := slices.Collect(s.view().Numbers(q)); len(got) != 0 {
			t.Errorf("%s: got %d numbers", name, len(got))
		}
		if _, err := s.view().NumberPage(q, "", 0); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNumberSkipAndTop(t *testing.T) {
	s := newLibrary(t)
	v := s.view()
	all := slices.Collect(v.Numbers(engine.NumberQuery{Country: "US"}))
	for skip := range len(all) + 2 {
		for top := range len(all) + 2 {
			want := all[min(skip, len(all)):]
			if top > 0 {
				want = want[:min(top, len(want))]
			}
			got := slices.Collect(v.Numbers(engine.NumberQuery{Country: "US", Skip: skip, Top: top}))
			if !slices.EqualFunc(got, want, sameNumber) {
				t.Errorf("skip %d, top %d: got %d numbers, want %d", skip, top, len(got), len(want))
			}
		}
	}
}

func TestNumberExpand(t *testing.T) {
	s := newLibrary(t)
	for n := range s.view().Numbers(engine.NumberQuery{Expand: true}) {
		switch {
		case n.Location == "":
			if n.Place != nil || n.Address != nil {
				t.Error("a number without a location has a place")
			}
		case n.Place == nil || n.Address == nil:
			t.Error("a number with a location has no place")
		case n.Place.ID != n.Location || n.Place.Address != n.Address.ID || n.Address.Record.Address.Country != n.Area.Country:
			t.Errorf("the place is %+v of %+v", n.Place, n.Address.ID)
		}
	}
}

// TestPeopleQueries compares each field with a filter over all people.
func TestPeopleQueries(t *testing.T) {
	s := newKept(t)
	v := s.view()
	all := slices.Collect(v.People(engine.PersonQuery{}))
	if len(all) != 5 || !slices.IsSortedFunc(all, func(a, b engine.Person) int { return strings.Compare(string(a.ID), string(b.ID)) }) {
		t.Fatalf("there are %d people, want 5 in order", len(all))
	}
	for name, c := range map[string]struct {
		q   engine.PersonQuery
		has func(engine.Person) bool
	}{
		"assigned":     {engine.PersonQuery{Assigned: true}, func(p engine.Person) bool { return p.Voice && p.Number.IsValid() }},
		"unassigned":   {engine.PersonQuery{Unassigned: true}, func(p engine.Person) bool { return !p.Voice }},
		"country":      {engine.PersonQuery{Country: "US"}, func(p engine.Person) bool { return p.UsageLocation == "US" }},
		"licence":      {engine.PersonQuery{Licence: licensing.PhoneSystem}, func(p engine.Person) bool { return slices.Contains(p.Licences, licensing.PhoneSystem) }},
		"location":     {engine.PersonQuery{Location: s.floor.ID}, func(p engine.Person) bool { return p.ID == "megan.bowen" }},
		"address":      {engine.PersonQuery{Address: s.us.ID}, func(p engine.Person) bool { return p.ID == "megan.bowen" || p.ID == "adele.vance" }},
		"text in id":   {engine.PersonQuery{Text: "VANCE"}, func(p engine.Person) bool { return p.ID == "adele.vance" }},
		"text in name": {engine.PersonQuery{Text: "lynne r"}, func(p engine.Person) bool { return p.ID == "lynne.robbins" }},
		"two fields":   {engine.PersonQuery{Country: "US", Unassigned: true}, func(p engine.Person) bool { return p.UsageLocation == "US" && !p.Voice }},
		"visible":      {engine.PersonQuery{Visible: true}, func(engine.Person) bool { return true }},
		"pending":      {engine.PersonQuery{Pending: true}, func(engine.Person) bool { return false }},
		"vanished":     {engine.PersonQuery{Vanished: true}, func(p engine.Person) bool { return !p.Vanished.IsZero() }},
	} {
		var want, got []telephony.PersonID
		for _, p := range all {
			if c.has(p) {
				want = append(want, p.ID)
			}
		}
		for p := range v.People(c.q) {
			got = append(got, p.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
		paged := collectPages(t, 1, func(after engine.Cursor, size int) (engine.Page[engine.Person], error) {
			p, err := v.PeoplePage(c.q, after, size)
			if plan := v.ExplainPeople(c.q); int64(p.Scanned) > plan.Most {
				t.Errorf("%s: %d were looked at, and the plan %v", name, p.Scanned, plan)
			}
			return p, err
		})
		if !slices.EqualFunc(paged, want, func(p engine.Person, id telephony.PersonID) bool { return p.ID == id }) {
			t.Errorf("%s: pages have %d people, want %d", name, len(paged), len(want))
		}
	}
	if got := slices.Collect(v.People(engine.PersonQuery{Skip: 1, Top: 2})); len(got) != 2 || got[0].ID != all[1].ID {
		t.Errorf("skip 1, top 2: got %d people", len(got))
	}
}

func TestAddressQueries(t *testing.T) {
	s := newLibrary(t)
	idle := s.addressOf(s.org, emergency.Address{Country: "FR", City: "Lyon", Street: "de la Fiction", HouseNumber: "9", PostalCode: "69001", Description: "Annexe"})
	validated, invalid := emergency.Validated, emergency.Invalid
	for name, c := range map[string]struct {
		q    engine.AddressQuery
		want []telephony.AddressID
	}{
		"all":         {engine.AddressQuery{}, []telephony.AddressID{s.us.ID, s.fr.ID, idle.ID}},
		"country":     {engine.AddressQuery{Country: "FR"}, []telephony.AddressID{s.fr.ID, idle.ID}},
		"city":        {engine.AddressQuery{City: "ly"}, []telephony.AddressID{idle.ID}},
		"description": {engine.AddressQuery{Description: "NEX"}, []telephony.AddressID{idle.ID}},
		"validated":   {engine.AddressQuery{Status: &validated}, []telephony.AddressID{s.us.ID, s.fr.ID, idle.ID}},
		"invalid":     {engine.AddressQuery{Status: &invalid}, nil},
		"assigned":    {engine.AddressQuery{Assigned: true}, []telephony.AddressID{s.us.ID, s.fr.ID}},
		"unassigned":  {engine.AddressQuery{Unassigned: true}, []telephony.AddressID{idle.ID}},
		"two fields":  {engine.AddressQuery{Country: "FR", Assigned: true}, []telephony.AddressID{s.fr.ID}},
	} {
		var got []telephony.AddressID
		for a := range s.view().Addresses(c.q) {
			got = append(got, a.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	// Of the US address: Adele's, four idle numbers, Megan's on the floor.
	for a := range s.view().Addresses(engine.AddressQuery{Country: "US"}) {
		if a.Numbers != 6 || a.People != 2 || a.Locations != 2 {
			t.Errorf("the address has %d numbers, %d people and %d locations, want 6, 2 and 2", a.Numbers, a.People, a.Locations)
		}
	}
}
