package engine_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// The order of the steps, by when the country wants the location [setup].
var (
	orderUS = []engine.Step{engine.StepLicences, engine.StepNumbers, engine.StepAddress, engine.StepAssign, engine.StepTell}
	orderFR = []engine.Step{engine.StepLicences, engine.StepAddress, engine.StepNumbers, engine.StepAssign, engine.StepTell}
)

// toDo returns the steps of a person, and checks their order.
func (w *world) toDo(p telephony.PersonID, order []engine.Step) map[engine.Step]engine.Task {
	w.Helper()
	tasks, err := w.view().ToDo(p)
	w.must(err)
	var steps []engine.Step
	by := map[engine.Step]engine.Task{}
	for _, t := range tasks {
		steps = append(steps, t.Step)
		by[t.Step] = t
		if t.Done && len(t.Blocked) > 0 {
			w.Errorf("%s: %q is done and blocked", p, t.Step)
		}
	}
	if !slices.Equal(steps, order) {
		w.Errorf("%s: the steps are %v, want %v", p, steps, order)
	}
	return by
}

// want checks one step: done, or what it is blocked by.
func (w *world) want(t engine.Task, done bool, blocked ...telephony.Code) {
	w.Helper()
	if got := codesOf(t.Blocked); t.Done != done || !slices.Equal(got, blocked) {
		w.Errorf("%q: done %t, blocked by %q; want %t and %q", t.Step, t.Done, got, done, blocked)
	}
}

// TestToDoUS walks an administrator through the five steps.
func TestToDoUS(t *testing.T) {
	w := newWorld(t)
	const adele = telephony.PersonID("adele.vance")
	w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: adele, UsageLocation: "US"}))
	steps := w.toDo(adele, orderUS)
	w.want(steps[engine.StepLicences], false)
	w.want(steps[engine.StepNumbers], false)
	w.want(steps[engine.StepAddress], false)
	for _, code := range []telephony.Code{engine.ErrUnknownNumber, telephony.ErrNoPhoneSystem, telephony.ErrNoCallingPlan} {
		if got := codesOf(steps[engine.StepAssign].Blocked); !slices.Contains(got, code) {
			t.Errorf("the assignment is blocked by %q, and not by %q", got, code)
		}
	}
	w.want(steps[engine.StepTell], false, engine.ErrNoNumber)

	w.license(adele)
	w.want(w.toDo(adele, orderUS)[engine.StepLicences], true)

	n := w.acquire(engine.Reserve{Area: seattle, Quantity: 1}, "")[0]
	steps = w.toDo(adele, orderUS)
	w.want(steps[engine.StepNumbers], true)
	w.want(steps[engine.StepAssign], false, telephony.ErrNoLocation)

	place := w.address("US").Default
	steps = w.toDo(adele, orderUS)
	w.want(steps[engine.StepAddress], true)
	w.want(steps[engine.StepAssign], false) // nothing in the way

	w.must(w.org.Assign(w.ctx, engine.Assign{Number: n, Person: adele, Location: place}))
	steps = w.toDo(adele, orderUS)
	w.want(steps[engine.StepAssign], true)
	w.want(steps[engine.StepTell], false)

	w.must(w.org.MarkTold(w.ctx, engine.Told{Person: adele}))
	for step, task := range w.toDo(adele, orderUS) {
		if !task.Done {
			t.Errorf("%q is not done at the end", step)
		}
	}
}

// TestToDoFrance: the address comes before the numbers, and blocks them.
func TestToDoFrance(t *testing.T) {
	w := newWorld(t)
	w.person("henri.muller", "FR")
	steps := w.toDo("henri.muller", orderFR)
	w.want(steps[engine.StepLicences], true)
	w.want(steps[engine.StepAddress], false)
	w.want(steps[engine.StepNumbers], false, telephony.ErrNoLocation)
	place := w.address("FR").Default
	steps = w.toDo("henri.muller", orderFR)
	w.want(steps[engine.StepAddress], true)
	w.want(steps[engine.StepNumbers], false)
	w.acquire(engine.Reserve{Area: paris, Quantity: 1}, place)
	steps = w.toDo("henri.muller", orderFR)
	w.want(steps[engine.StepNumbers], true)
	w.want(steps[engine.StepAssign], false)
}

// TestToDoSaysWhatBlocks each step.
func TestToDoSaysWhatBlocks(t *testing.T) {
	w := newWorld(t, engine.WithVisibleAfter(visible))
	w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "lynne"}))
	steps := w.toDo("lynne", orderFR) // without a usage location, the safe order
	w.want(steps[engine.StepLicences], false, telephony.ErrNoUsageLocation)
	w.want(steps[engine.StepAddress], false, telephony.ErrNoUsageLocation)
	if got := codesOf(steps[engine.StepNumbers].Blocked); !slices.Contains(got, telephony.ErrNoUsageLocation) {
		t.Errorf("numbers are blocked by %q", got)
	}

	w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "gerda", UsageLocation: "DE"})) // where there is no stock
	w.want(w.toDo("gerda", orderFR)[engine.StepNumbers], false, engine.ErrAreaNotOffered, telephony.ErrNoLocation)

	w.person("megan", "US")
	w.acquire(engine.Reserve{Area: seattle, Quantity: 1}, "")
	w.address("US")
	w.want(w.toDo("megan", orderUS)[engine.StepAssign], false, telephony.ErrPersonNotVisible)
	w.clock.Add(visible)
	w.want(w.toDo("megan", orderUS)[engine.StepAssign], false)

	poor, err := w.eng.CreateTenant(w.ctx, engine.TenantSpec{ID: "poor"})
	w.must(err)
	w.must(poor.AddPerson(w.ctx, engine.PersonSpec{ID: "megan", UsageLocation: "US"}))
	tasks, err := w.viewOf(poor).ToDo("megan")
	w.must(err)
	w.want(tasks[0], false, licensing.ErrNotEnoughLicences, licensing.ErrNotEnoughLicences) // Phone System and a plan
	w.want(tasks[1], false, licensing.ErrVoiceClosed)

	small := w.tenant("small", 1) // a quota of 11
	w.reserve(small, engine.Reserve{Area: seattle, Quantity: 11})
	w.must(small.AddPerson(w.ctx, engine.PersonSpec{ID: "megan", UsageLocation: "US"}))
	tasks, err = w.viewOf(small).ToDo("megan")
	w.must(err)
	w.want(tasks[1], false, licensing.ErrQuotaExceeded)
}

func TestToDoOfNobody(t *testing.T) {
	w := newWorld(t)
	if _, err := w.view().ToDo("nobody.known"); !errors.Is(err, engine.ErrUnknownPerson) {
		t.Errorf("got %v, want %q", err, engine.ErrUnknownPerson)
	}
}

// TestTold: who was told of one number has not been told of the next.
func TestTold(t *testing.T) {
	s := newScene(t)
	s.clock.Add(time.Hour)
	s.must(s.org.MarkTold(s.ctx, engine.Told{Person: "adele.vance"}))
	p, err := s.view().Person("adele.vance")
	s.must(err)
	if !p.Told.Equal(s.clock.Now()) {
		t.Errorf("told at %s, want %s", p.Told, s.clock.Now())
	}
	s.must(s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.spare[0]}))
	p, err = s.view().Person("adele.vance")
	s.must(err)
	if !p.Told.IsZero() {
		t.Errorf("told at %s of a number that is new", p.Told)
	}
	s.want(s.toDo("adele.vance", orderUS)[engine.StepTell], false)
}
