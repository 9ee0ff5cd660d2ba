package engine_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// atRisk is a world in which many people keep a number for the time of grace: more
// than one command settles.
type atRisk struct {
	*world
	us, fr  engine.Address
	floor   engine.Location
	people  []telephony.PersonID
	numbers telephony.NumberList // theirs, in that order
	spare   telephony.NumberList
	french  telephony.NumberList
}

func newAtRisk(t testing.TB, people int, options ...engine.Option) *atRisk {
	t.Helper()
	w := &atRisk{world: newWorld(t, append(options, engine.WithGrace(grace))...)}
	w.us, w.fr = w.address("US"), w.address("FR")
	w.buy(w.org, licensing.PhoneSystem, int64(people))
	w.buy(w.org, licensing.DomesticCallingPlan, int64(people))
	var err error
	w.floor, err = w.org.AddLocation(w.ctx, engine.Place{Address: w.us.ID, Description: "2nd floor"})
	w.must(err)
	w.must(w.org.AddService(w.ctx, engine.ServiceSpec{ID: "bridge", Kind: telephony.ConferenceBridge}))
	w.person("megan.bowen", "US")
	w.person("henri.muller", "FR")
	if people > 80 { // beyond what the world has in stock
		for _, code := range []string{"253", "360", "503", "509", "541", "564", "458", "971", "208", "986"} {
			w.stock(seattle, telephony.UserNumber, "+1"+code+"5550100..+1"+code+"5550199")
		}
	}
	for len(w.numbers) < people {
		w.numbers = append(w.numbers, w.acquire(engine.Reserve{Area: seattle, Quantity: min(people-len(w.numbers), 80)}, "")...)
	}
	w.spare = w.acquire(engine.Reserve{Area: newYork, Quantity: 3}, "")
	w.french = w.acquire(engine.Reserve{Area: paris, Quantity: 2}, w.fr.Default)
	for i, n := range w.numbers {
		id := telephony.PersonID(fmt.Sprintf("person-%04d", i))
		w.people = append(w.people, id)
		w.person(id, "US")
		w.must(w.org.Assign(w.ctx, engine.Assign{Number: n, Person: id, Location: w.us.Default}))
	}
	w.must(w.org.Assign(w.ctx, engine.Assign{Number: w.french[0], Person: "henri.muller"}))
	return w
}

// lapse takes the plans of all who are at risk, and lets the time of grace pass.
func (w *atRisk) lapse() { w.lapseOf(w.people) }

func (w *atRisk) lapseOf(all []telephony.PersonID) {
	w.Helper()
	for people := range slices.Chunk(all, engine.MaxGroup) {
		_, err := w.org.AssignGroupLicences(w.ctx, engine.GroupLicences{People: people, Remove: []licensing.Product{licensing.DomesticCallingPlan}})
		w.must(err)
	}
	w.clock.Add(grace)
}

// TestViewsOfLostNumbersWaitForNobody: while a write takes its turn a view is of what
// people have lost by then, though it is not written down.
func TestViewsOfLostNumbersWaitForNobody(t *testing.T) {
	w := newAtRisk(t, 30)
	w.lapse()
	begun, end, done := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() { done <- w.tenant("tailspin", 1).Occupy(begun, end) }()
	<-begun
	d := w.view().Dashboard()
	if idle := len(slices.Collect(w.view().Numbers(engine.NumberQuery{Unassigned: true}))); idle != 34 || d.Numbers[0].Assigned != 1 {
		t.Errorf("%d are idle and %d assigned, want 34 and 1", idle, d.Numbers[0].Assigned)
	}
	close(end)
	w.must(<-done)
}

// TestIdleNumbersAreLookedUpWithLostOnes: where few numbers are idle they are looked up
// by their list, and those are among them that were lost and are not written down.
func TestIdleNumbersAreLookedUpWithLostOnes(t *testing.T) {
	w := newAtRisk(t, 40)
	w.lapseOf(w.people[:5])
	q := engine.NumberQuery{Unassigned: true}
	if plan := w.view().ExplainNumbers(q); plan.By != engine.ByIdle {
		t.Fatalf("they are looked up by %v", plan)
	}
	var idle telephony.NumberList
	for n := range w.view().Numbers(q) {
		idle = append(idle, n.Number)
	}
	want := unique(slices.Concat(w.numbers[:5], w.spare, w.french[1:]))
	if !slices.Equal(idle, want) {
		t.Errorf("%d are idle, want %d", len(idle), len(want))
	}
}

// TestLostNumbersCostNothing: a view, and a command that does not concern them, cost
// the same however many numbers were lost and not written down.
func TestLostNumbersCostNothing(t *testing.T) {
	few, many := newAtRisk(t, 100), newAtRisk(t, 1000)
	few.lapse()
	many.lapse()
	for _, one := range []struct {
		name string
		do   func(w *atRisk)
	}{
		{"a view", func(w *atRisk) { w.view().Dashboard() }},
		{"a page", func(w *atRisk) {
			_, err := w.view().NumberPage(engine.NumberQuery{Unassigned: true}, "", 10)
			w.must(err)
		}},
		{"facets", func(w *atRisk) { w.view().NumberFacets() }},
		{"gaps", func(w *atRisk) { w.view().GapCount() }},
		{"a location", func(w *atRisk) { _, _ = w.view().Location(w.us.Default) }},
		{"a location that is not there", func(w *atRisk) {
			if err := w.org.DeleteLocation(w.ctx, engine.DeleteLocation{Location: "none"}); err == nil {
				w.Error("what is not there is deleted")
			}
		}},
		{"an address that is not there", func(w *atRisk) {
			if err := w.tryReplace(w.us.ID, "none"); err == nil {
				w.Error("what is not there replaces another")
			}
		}},
		{"orphans", func(w *atRisk) {
			_, err := w.org.FreeOrphans(w.ctx, engine.FreeOrphans{All: true, Leave: engine.KeepNumbers})
			w.must(err)
		}},
	} {
		if a, b := mallocs(func() { one.do(few) }), mallocs(func() { one.do(many) }); b > a*3/2+500 {
			t.Errorf("%s makes %d allocations with a hundred lost numbers, and %d with a thousand", one.name, a, b)
		}
	}
	before := many.view().Index()
	many.sweepAll()
	if left := len(slices.DeleteFunc(many.types(before), func(e engine.EventType) bool { return e != engine.NumberUnassigned })); left < 800 {
		t.Errorf("%d lost numbers were left to be written down, too few to cost anything", left)
	}
}

// TestLostNumbersAreNobodysFirst: who does something with a number that was lost finds
// it to be nobody's, however many were lost before it and are not written down.
func TestLostNumbersAreNobodysFirst(t *testing.T) {
	w := newAtRisk(t, 40)
	w.lapse()
	last := w.numbers[len(w.numbers)-1]
	err := w.org.AssignService(w.ctx, engine.AssignService{Number: last, Service: "bridge"})
	if got := metaCodes(err); !slices.Equal(got, []telephony.Code{telephony.ErrNotServiceNumber}) {
		t.Errorf("a service is refused the number for %v", got)
	}

	w = newAtRisk(t, 40)
	w.lapse()
	before := w.view().Index()
	_, err = w.eng.MoveStock(w.ctx, engine.StockMove{Range: telephony.MustParseRange("+14255550100..+14255550199"), Area: newYork})
	w.must(err)
	types := w.types(before)
	moved := slices.Index(types, engine.StockMoved)
	if lost := len(slices.DeleteFunc(types[:moved], func(e engine.EventType) bool { return e != engine.NumberUnassigned })); lost != 40 {
		t.Errorf("%d numbers were nobody's when they moved, want 40", lost)
	}
}

// TestGracesAreSettledByWhoeverComes is two engines to which the same is done: one is
// swept before everything, the other never. Every call comes to the same, and so does
// all that is seen; and swept at last, the rows of both are the same.
func TestGracesAreSettledByWhoeverComes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var carrier []engine.Option
		if rapid.Bool().Draw(rt, "the carrier is waited for") {
			carrier = []engine.Option{engine.WithCarrierActivation(true)}
		}
		swept, never := newAtRisk(t, 30, carrier...), newAtRisk(t, 30, carrier...)
		if rapid.Bool().Draw(rt, "all have lost theirs") {
			swept.lapse()
			never.lapse()
		}
		for range rapid.IntRange(1, 12).Draw(rt, "calls") {
			swept.sweepAll()
			name, call := drawGraceCall(rt, never)
			want, got := codeGiven(call(swept)), codeGiven(call(never))
			if want != got {
				rt.Fatalf("%s: swept it comes to %q, not swept to %q", name, want, got)
			}
			if rapid.IntRange(0, 2).Draw(rt, "look") == 0 {
				swept.sweepAll()
				if want, got := swept.graceSeen(), never.graceSeen(); want != got {
					rt.Fatalf("behind %s: swept\n%s\nnot swept\n%s", name, want, got)
				}
				for _, fault := range never.eng.Check() {
					rt.Fatalf("behind %s: %v", name, fault)
				}
			}
		}
		swept.sweepAll()
		never.sweepAll()
		if want, got := swept.rowLines(), never.rowLines(); !slices.Equal(want, got) {
			rt.Fatalf("in the end: swept\n%s\nnot swept\n%s", want, got)
		}
	})
}

// restID is the identifier of a rest, which is made of the place of a command in the
// log, behind sweeps or not.
var restID = regexp.MustCompile(`"q-[0-9]+"`)

// rowLines returns the rows of an export, without the log that led to them.
func (w *atRisk) rowLines() (rows []string) {
	w.Helper()
	for line := range strings.Lines(string(exportOf(w, w.eng))) {
		if strings.Contains(line, `"table":`) {
			rows = append(rows, restID.ReplaceAllLiteralString(line, `"q"`))
		}
	}
	return rows
}
