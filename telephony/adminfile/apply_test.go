package adminfile_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

// Applying does what the plan says, and doing it again does nothing.
func TestApply(t *testing.T) {
	w := newWorld(t)
	w.assign(w.spare[9], "diego", w.us.Default)
	p := w.plan(row("adele", w.spare[0], w.us.Default), row("diego", w.spare[9], ""), row("nobody", w.spare[1], w.us.Default), row("henri", w.french[0], ""))
	refused := want{4, adminfile.Refused, codes(engine.ErrUnknownPerson)}
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.Assigned, nil}, want{3, adminfile.AlreadySo, nil}, refused, want{5, adminfile.Assigned, nil})
	if w.holder(w.spare[0]) != "adele" || w.holder(w.french[0]) != "henri" || w.holder(w.spare[1]) != "" {
		t.Error("the numbers are not where they belong")
	}
	before := w.view().Index()
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.AlreadySo, nil}, want{3, adminfile.AlreadySo, nil}, refused, want{5, adminfile.AlreadySo, nil})
	if w.view().Index() != before {
		t.Error("applying a second time did something")
	}
	if p.String() != "2 would assign, 1 already so, 1 refused" {
		t.Errorf("applying changed the plan: %v", p)
	}
}

// A plan that is applied again after somebody undid it does not do it again,
// nor say that it did, even if no time has passed; a new plan does it.
func TestApplyAfterUndo(t *testing.T) {
	for _, passed := range []time.Duration{0, 1} {
		w := newWorld(t)
		p := w.plan(row("adele", w.spare[0], w.us.Default))
		p.Apply(w.ctx, w.org)
		w.clock.Add(passed)
		w.must(w.org.Unassign(w.ctx, engine.Unassign{Person: "adele"}))
		wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.Stale, codes(adminfile.ErrPlanStale)})
		if w.holder(w.spare[0]) != "" {
			t.Error("an old plan undid what was done since")
		}
		wantResults(t, w.plan(row("adele", w.spare[0], w.us.Default)).Apply(w.ctx, w.org), want{2, adminfile.Assigned, nil})
		if w.holder(w.spare[0]) != "adele" {
			t.Error("a new plan was taken for the old one")
		}
	}
}

// What has changed since the plan was made is seen, row by row.
func TestStale(t *testing.T) {
	place := func(w *world) telephony.LocationID {
		l, err := w.org.AddLocation(w.ctx, engine.Place{Address: w.fr.ID, Description: "2nd floor"})
		w.must(err)
		return l.ID
	}
	for name, test := range map[string]struct {
		change func(w *world)
		want   []telephony.Code
	}{
		"the number is given to another": {func(w *world) { w.assign(w.french[0], "luc", "") },
			codes(adminfile.ErrPlanStale, telephony.ErrNumberAssigned)},
		"the person has another number": {func(w *world) { w.assign(w.french[1], "henri", "") },
			codes(adminfile.ErrPlanStale, telephony.ErrPersonHasNumber)},
		"the licences are gone": {func(w *world) {
			w.must(w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: "henri", Remove: plans}))
		}, codes(adminfile.ErrPlanStale, telephony.ErrNoPhoneSystem, telephony.ErrNoCallingPlan)},
		"the number lies elsewhere": {func(w *world) {
			w.must(w.org.ChangeLocation(w.ctx, engine.ChangeLocation{Number: w.french[0], Location: place(w)}))
		}, codes(adminfile.ErrPlanStale)},
		"the number was another's for a while": {func(w *world) {
			w.assign(w.french[0], "luc", "")
			w.must(w.org.Unassign(w.ctx, engine.Unassign{Person: "luc"}))
		}, codes(adminfile.ErrPlanStale)},
		"the person works elsewhere": {func(w *world) {
			w.must(w.org.SetUsageLocation(w.ctx, engine.UsageLocation{Person: "henri", Country: "US"}))
		}, codes(adminfile.ErrPlanStale, telephony.ErrNumberCountry, telephony.ErrLocationCountry)},
		"the number is gone": {func(w *world) {
			w.must(w.org.Release(w.ctx, engine.Release{Numbers: telephony.NumberList{w.french[0]}}))
		}, codes(adminfile.ErrPlanStale, engine.ErrUnknownNumber)},
		"something else": {func(w *world) { w.person("nestor", "FR") }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.person("luc", "FR")
			p := w.plan(row("henri", w.french[0], ""), row("adele", w.spare[0], w.us.Default))
			w.clock.Add(1)
			test.change(w)
			first := want{2, adminfile.Stale, test.want}
			if test.want == nil {
				first.state = adminfile.Assigned
			}
			wantResults(t, p.Apply(w.ctx, w.org), first, want{3, adminfile.Assigned, nil})
			if n, err := w.view().Number(w.french[0]); test.want != nil && err == nil && n.Person == "henri" {
				t.Error("a stale row was assigned")
			}
		})
	}
}

// Of a row that was so already, it is said when it is so no more.
func TestAlreadySoNoMore(t *testing.T) {
	w := newWorld(t)
	w.assign(w.spare[0], "adele", w.us.Default)
	p := w.plan(row("adele", w.spare[0], ""))
	w.must(w.org.Unassign(w.ctx, engine.Unassign{Person: "adele"}))
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.Stale, codes(adminfile.ErrPlanStale, telephony.ErrNoLocation)})
}

// When the context ends, every row that is left says that it was not attempted,
// and the same plan does the rest later.
func TestApplyGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	seen := 0
	w := newWorld(t, engine.WithAuthorizer(func(_ context.Context, a engine.Action) error {
		if a.Op == engine.OpAssign {
			if seen++; seen == 2 {
				cancel()
			}
		}
		return nil
	}))
	w.ctx = context.Background()
	p := w.plan(row("adele", w.spare[0], w.us.Default), row("megan", w.spare[1], w.us.Default), row("diego", w.spare[2], w.us.Default), row("nobody", w.spare[3], ""))
	refused := want{5, adminfile.Refused, codes(engine.ErrUnknownPerson)}
	given := codes(engine.ErrCancelled)
	wantResults(t, p.Apply(ctx, w.org), want{2, adminfile.Assigned, nil}, want{3, adminfile.NotAttempted, given}, want{4, adminfile.NotAttempted, given}, refused)
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.AlreadySo, nil}, want{3, adminfile.Assigned, nil}, want{4, adminfile.Assigned, nil}, refused)
}

// A plan is for one tenant, and for those who may.
func TestApplyDenied(t *testing.T) {
	deny := false
	w := newWorld(t, engine.WithAuthorizer(func(_ context.Context, a engine.Action) error {
		if deny && a.Op == engine.OpAssign {
			return errDisk
		}
		return nil
	}))
	p := w.plan(row("adele", w.spare[0], w.us.Default), row("nobody", w.spare[1], w.us.Default))
	other := w.tenant("fabrikam", 1)
	for _, org := range []*engine.Tenant{other, nil} {
		wantResults(t, p.Apply(w.ctx, org), want{2, adminfile.Refused, codes(adminfile.ErrPlanTenant)},
			want{3, adminfile.Refused, codes(engine.ErrUnknownPerson, adminfile.ErrPlanTenant)})
	}
	deny = true
	wantResults(t, p.Apply(w.ctx, w.org)[:1], want{2, adminfile.Refused, codes(engine.ErrDenied)})
	deny = false
	wantResults(t, p.Apply(w.ctx, w.org)[:1], want{2, adminfile.Assigned, nil})
	//lint:ignore SA1012 what a caller may not do is answered, not run into
	wantResults(t, p.Apply(nil, w.org)[:1], want{2, adminfile.Refused, codes(engine.ErrRequest)})
}

// lossyLog applies every command and loses the answer of some.
type lossyLog struct {
	machine *engine.Machine
	mu      sync.Mutex
	lose    map[engine.Op]error
}

func (l *lossyLog) Commit(_ context.Context, c engine.Command) (engine.Outcome, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	lost := l.lose[c.Op()]
	if errors.Is(lost, engine.ErrNotAttempted) {
		return engine.Outcome{}, lost
	}
	out := l.machine.Apply(c)
	return out, lost
}

// A row whose outcome nobody knows says so; the same plan finds out and does
// nothing twice.
func TestApplyUnknown(t *testing.T) {
	log := &lossyLog{}
	w := newWorld(t, engine.WithLog(func(m *engine.Machine) (engine.Log, error) { log.machine = m; return log, nil }))
	p := w.plan(row("adele", w.spare[0], w.us.Default), row("megan", w.spare[1], w.us.Default))
	log.lose = map[engine.Op]error{engine.OpAssign: &telephony.Error{Code: engine.ErrNotAttempted}}
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.NotAttempted, codes(engine.ErrNotAttempted)}, want{3, adminfile.NotAttempted, codes(engine.ErrNotAttempted)})
	log.lose = map[engine.Op]error{engine.OpAssign: errDisk}
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.Unknown, codes(engine.ErrOutcomeUnknown)}, want{3, adminfile.Unknown, codes(engine.ErrOutcomeUnknown)})
	log.lose = nil
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.AlreadySo, nil}, want{3, adminfile.AlreadySo, nil})
}

// A plan takes none of the request ids that the tenant has for its own calls.
func TestApplyTakesNoRequestIDs(t *testing.T) {
	limits := engine.DefaultTenantLimits()
	limits.Requests = 1
	w := newWorld(t, engine.WithTenantLimits(limits))
	p := w.plan(row("adele", w.spare[0], w.us.Default), row("megan", w.spare[1], w.us.Default))
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.Assigned, nil}, want{3, adminfile.Assigned, nil})
	_, err := w.org.Reserve(w.ctx, engine.Reserve{Area: seattle, Quantity: 1, RequestID: "mine"})
	w.must(err)
}

// Two plans that say the same may be applied at once: who comes second is told that
// it is so.
func TestApplyOvertaken(t *testing.T) {
	var overtake func()
	w := newWorld(t, engine.WithAuthorizer(func(_ context.Context, a engine.Action) error {
		if do := overtake; do != nil && a.Op == engine.OpAssign {
			overtake = nil
			do()
		}
		return nil
	}))
	p := w.plan(row("adele", w.spare[0], w.us.Default), row("megan", w.spare[1], w.us.Default))
	overtake = func() { w.assign(w.spare[0], "adele", w.us.Default) }
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.AlreadySo, nil}, want{3, adminfile.Assigned, nil})
	p = w.plan(row("diego", w.spare[2], w.us.Default))
	overtake = func() { w.assign(w.spare[3], "diego", w.us.Default) }
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.Stale, codes(adminfile.ErrPlanStale, telephony.ErrPersonHasNumber)})
}

// Many may apply one plan at once: each row is assigned once, and every result
// says that it is.
func TestApplyAtOnce(t *testing.T) {
	w := newWorld(t)
	p := w.plan(row("adele", w.spare[0], w.us.Default), row("megan", w.spare[1], w.us.Default), row("henri", w.french[0], ""))
	before := w.view().Index()
	results := make([]adminfile.Results, 8)
	var wg sync.WaitGroup
	for i := range results {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[i] = p.Apply(w.ctx, w.org)
		}()
	}
	wg.Wait()
	for _, list := range results {
		for _, r := range list {
			if r.State != adminfile.Assigned && r.State != adminfile.AlreadySo {
				t.Errorf("%v %v", r, r.Reasons)
			}
		}
	}
	entries, err := w.eng.As("").Log(w.ctx, before+1)
	w.must(err)
	assigned := 0
	for e := range entries {
		for _, event := range e.Events {
			if event.Type == engine.NumberAssigned {
				assigned++
			}
		}
	}
	if assigned != 3 {
		t.Errorf("%d assignments of 3 rows", assigned)
	}
}
