package adminfile_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

// book is a plain model of a tenant: who has which number, and what stands
// where. It knows the rules in another way than the code: as questions of a row.
type book struct {
	country map[telephony.PersonID]telephony.Country
	numbers map[telephony.Number]telephony.Country
	places  map[telephony.LocationID]telephony.Country
	own     map[telephony.Number]telephony.LocationID // where a number is
	has     map[telephony.PersonID]telephony.Number
}

// allows reports whether an assignment would succeed.
func (b book) allows(a adminfile.Assignment) bool {
	person, number := b.country[a.Person], b.numbers[a.Number]
	if person == "" || number != person || b.has[a.Person].IsValid() {
		return false
	}
	for _, taken := range b.has {
		if taken == a.Number {
			return false
		}
	}
	if a.Location == "" { // the US wants it now, France has it from the acquisition
		return person == "FR"
	}
	return b.places[a.Location] == person
}

// state is what a row of a file would do, seen beside all others.
func (b book) state(rows []adminfile.Assignment, i int) adminfile.State {
	a := rows[i]
	if slices.Contains(rows[:i], a) {
		return adminfile.Refused
	}
	for _, other := range rows {
		if other != a && (other.Person == a.Person || other.Number == a.Number) {
			return adminfile.Refused
		}
	}
	switch {
	case b.has[a.Person].IsValid() && b.has[a.Person] == a.Number && (a.Location == "" || a.Location == b.own[a.Number]):
		return adminfile.AlreadySo
	case b.allows(a):
		return adminfile.WouldAssign
	}
	return adminfile.Refused
}

// bookOf writes down the world that newWorld makes.
func bookOf(w *world) book {
	b := book{country: map[telephony.PersonID]telephony.Country{"adele": "US", "megan": "US", "diego": "US", "henri": "FR"},
		numbers: map[telephony.Number]telephony.Country{}, own: map[telephony.Number]telephony.LocationID{}, has: map[telephony.PersonID]telephony.Number{},
		places: map[telephony.LocationID]telephony.Country{w.us.Default: "US", w.fr.Default: "FR"}}
	for _, n := range w.spare {
		b.numbers[n] = "US"
	}
	for _, n := range w.french {
		b.numbers[n], b.own[n] = "FR", w.fr.Default
	}
	return b
}

func (b book) someRow(t *rapid.T, w *world) adminfile.Assignment {
	return adminfile.Assignment{
		Person:   rapid.SampledFrom([]telephony.PersonID{"adele", "megan", "diego", "henri", "nobody"}).Draw(t, "person"),
		Number:   rapid.SampledFrom([]telephony.Number{w.spare[0], w.spare[1], w.spare[2], w.spare[3], w.french[0], w.french[1], number("+12065550199")}).Draw(t, "number"),
		Location: rapid.SampledFrom([]telephony.LocationID{w.us.Default, w.us.Default, "", w.fr.Default, "l-9"}).Draw(t, "location")}
}

// do assigns a row in the world and the book, if the book allows it, and holds
// what the world says against it.
func (b book) do(t *rapid.T, w *world, a adminfile.Assignment) {
	err := w.org.Assign(w.ctx, engine.Assign{Number: a.Number, Person: a.Person, Location: a.Location})
	if (err == nil) != b.allows(a) {
		t.Fatalf("%v at %q: the engine says %v", a, a.Location, err)
	}
	if err == nil {
		b.record(a)
	}
}

func (b book) record(a adminfile.Assignment) {
	b.has[a.Person] = a.Number
	if a.Location != "" {
		b.own[a.Number] = a.Location
	}
}

// Whatever stands in the file and whoever has numbers: the plan says what the
// model says, applying does what the plan says, and doing it again does nothing.
func TestPlanAgainstModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		b := bookOf(w)
		for range rapid.IntRange(0, 2).Draw(rt, "before") {
			b.do(rt, w, b.someRow(rt, w))
		}
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) adminfile.Assignment { return b.someRow(t, w) }), 0, 6).Draw(rt, "rows")
		plan, err := adminfile.NewPlan(w.ctx, w.org, func(yield func(adminfile.Row[adminfile.Assignment], error) bool) {
			for i, a := range rows {
				if !yield(adminfile.Row[adminfile.Assignment]{Line: i + 2, Value: a}, nil) {
					return
				}
			}
		})
		if err != nil {
			rt.Fatal(err)
		}
		after := maps.Clone(b.has)
		for i, r := range plan.Rows() {
			want := b.state(rows, i)
			if r.State != want || (len(r.Reasons) > 0) != (want == adminfile.Refused) {
				rt.Fatalf("%v %v, the model says %v", r, r.Reasons, want)
			}
			if want == adminfile.WouldAssign {
				after[rows[i].Person] = rows[i].Number
			}
		}
		meanwhile := false
		if rapid.Bool().Draw(rt, "meanwhile") {
			a := b.someRow(rt, w)
			if meanwhile = b.allows(a); meanwhile {
				w.clock.Add(1)
				b.do(rt, w, a)
			}
		}
		results := plan.Apply(w.ctx, w.org)
		if !meanwhile {
			b.checkApplied(rt, w, plan.Rows(), results, after)
		}
		for i, r := range results { // whatever happened, a row that says so is so
			if n, err := w.view().Number(rows[i].Number); (r.State == adminfile.Assigned || r.State == adminfile.AlreadySo) && (err != nil || n.Person != rows[i].Person) {
				rt.Fatalf("%v, but the number is %v's, %v", r, n.Person.Masked(), err)
			}
		}
		index := w.view().Index()
		again := plan.Apply(w.ctx, w.org)
		if w.view().Index() != index || again.Tally().Of(adminfile.Assigned) != 0 {
			rt.Fatalf("applying again did something: %v", again.Tally())
		}
	})
}

func (b book) checkApplied(t *rapid.T, w *world, plan, results adminfile.Results, after map[telephony.PersonID]telephony.Number) {
	for i, r := range results {
		want := plan[i].State
		if want == adminfile.WouldAssign {
			want = adminfile.Assigned
		}
		if r.State != want {
			t.Fatalf("planned %v, came %v %v", plan[i], r, r.Reasons)
		}
	}
	for id := range b.country {
		p, err := w.view().Person(id)
		if err != nil || p.Number != after[id] {
			t.Fatalf("%s has %v, the model says %v, %v", id, p.Number, after[id], err)
		}
	}
}

// What the plan says of one row is what the engine says when it is asked to do
// it, code by code.
func TestPlanIsWhatHappens(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		b := bookOf(w)
		a := b.someRow(rt, w)
		plan := w.plan(row(a.Person, a.Number, a.Location))
		var codes []telephony.Code
		var refused *telephony.Error
		if errors.As(w.org.Assign(w.ctx, engine.Assign{Number: a.Number, Person: a.Person, Location: a.Location}), &refused) {
			for _, r := range refused.All() {
				codes = append(codes, r.Code)
			}
		}
		if got := plan.Rows()[0].Codes(); !slices.Equal(got, codes) {
			rt.Fatalf("the plan says %v, the engine %v", got, codes)
		}
	})
}
