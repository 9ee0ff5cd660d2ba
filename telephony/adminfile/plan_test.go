package adminfile_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

var plans = []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}

// want is what a test expects of a row.
type want struct {
	line  int
	state adminfile.State
	codes []telephony.Code
}

func codes(list ...telephony.Code) []telephony.Code { return list }

func wantResults(t testing.TB, got adminfile.Results, list ...want) {
	t.Helper()
	if len(got) != len(list) {
		t.Fatalf("%d results, want %d: %v", len(got), len(list), got)
	}
	for i, w := range list {
		if r := got[i]; r.Line != w.line || r.State != w.state || !slices.Equal(r.Codes(), w.codes) {
			t.Errorf("%v %v, want line %d: %v %v", r, r.Codes(), w.line, w.state, w.codes)
		}
	}
}

// Each row says what it would do, with every reason against it, and no row
// hides another. Nothing happens.
func TestPlan(t *testing.T) {
	w := newWorld(t)
	w.assign(w.spare[9], "diego", w.us.Default)
	w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "lynne"}))
	place, err := w.org.AddLocation(w.ctx, engine.Place{Address: w.us.ID, Description: "2nd floor"})
	w.must(err)
	before := w.view().Index()
	p := w.plan(
		row("adele", w.spare[0], w.us.Default),       // 2
		row("diego", w.spare[9], w.us.Default),       // 3: has it
		row("diego", w.spare[9], ""),                 // 4: contradicts 3
		row("megan", w.spare[1], ""),                 // 5: the US wants a location now
		row("henri", w.french[0], ""),                // 6: France has it from the acquisition
		row("lynne", w.spare[2], w.fr.Default),       // 7
		row("nobody", number("+12065550199"), "l-9"), // 8
		"henri2,1.5E+10,l 1",                         // 9
		`"torn,+12065550100`,                         // 10
		row("megan2", w.spare[3], w.fr.Default),      // 11
	)
	wantResults(t, p.Rows(),
		want{2, adminfile.WouldAssign, nil},
		want{3, adminfile.Refused, codes(adminfile.ErrNumberTwice, adminfile.ErrPersonTwice)},
		want{4, adminfile.Refused, codes(adminfile.ErrNumberTwice, adminfile.ErrPersonTwice)},
		want{5, adminfile.Refused, codes(telephony.ErrNoLocation)},
		want{6, adminfile.WouldAssign, nil},
		want{7, adminfile.Refused, codes(telephony.ErrNoUsageLocation, telephony.ErrNoPhoneSystem, telephony.ErrNoCallingPlan)},
		want{8, adminfile.Refused, codes(engine.ErrUnknownPerson, engine.ErrUnknownNumber, engine.ErrUnknownLocation)},
		want{9, adminfile.Refused, codes(adminfile.ErrCellRewritten, telephony.ErrID)},
		want{10, adminfile.Refused, codes(adminfile.ErrQuoteUnclosed)},
		want{11, adminfile.Refused, codes(engine.ErrUnknownPerson)},
	)
	if r := p.Rows(); r[0].Location != w.us.Default || r[4].Location != w.fr.Default || r[7].Assignment.Number.IsValid() || len(r[7].Typed) != 2 {
		t.Errorf("%+v", r)
	}
	if p.Index() != before || w.view().Index() != before || p.At() != w.view().At() {
		t.Error("planning left a trace, or the plan is of another moment")
	}
	if got := p.String(); got != "2 would assign, 8 refused" {
		t.Errorf("the plan says %q", got)
	}

	p = w.plan(row("diego", w.spare[9], w.us.Default), row("adele", w.spare[9], w.us.Default))
	wantResults(t, p.Rows(), // the number twice; what the engine says comes behind
		want{2, adminfile.Refused, codes(adminfile.ErrNumberTwice)},
		want{3, adminfile.Refused, codes(adminfile.ErrNumberTwice, telephony.ErrNumberAssigned)})
	p = w.plan(row("diego", w.spare[9], w.us.Default), row("adele", w.spare[0], w.us.Default), row("diego", w.spare[9], w.us.Default), "")
	wantResults(t, p.Rows(), want{2, adminfile.AlreadySo, nil}, want{3, adminfile.WouldAssign, nil}, want{4, adminfile.Refused, codes(adminfile.ErrRowRepeated)})
	if line, _ := p.Rows()[2].Reasons[0].Figure("other line"); line != 2 {
		t.Errorf("the repeated row names line %d", line)
	}
	p = w.plan(row("diego", w.spare[9], place.ID))
	wantResults(t, p.Rows(), want{2, adminfile.Refused, codes(adminfile.ErrOtherLocation)})
	p = w.plan(row("diego", w.spare[9], ""))
	wantResults(t, p.Rows(), want{2, adminfile.AlreadySo, nil})
}

// Rows that contradict one another are refused all, those that could not be
// read whole among them: nobody can tell which is meant.
func TestConflicts(t *testing.T) {
	w := newWorld(t)
	n := w.spare
	p := w.plan(
		row("adele", n[0], w.us.Default), // 2
		row("megan", n[0], w.us.Default), // 3: the number again
		row("adele", n[1], w.us.Default), // 4: the person again
		"diego,"+n[2].String()+",a b",    // 5: no location
		row("megan", n[2], w.us.Default), // 6: the number of 5, the person of 3
		row("henri", w.french[0], ""),    // 7
	)
	twice, other := adminfile.ErrNumberTwice, adminfile.ErrPersonTwice
	wantResults(t, p.Rows(),
		want{2, adminfile.Refused, codes(twice, other)}, want{3, adminfile.Refused, codes(twice, other)}, want{4, adminfile.Refused, codes(other)},
		want{5, adminfile.Refused, codes(telephony.ErrID, twice)}, want{6, adminfile.Refused, codes(twice, other)}, want{7, adminfile.WouldAssign, nil})
	for i, figure := range map[int]int64{0: 3, 1: 2, 4: 5} {
		if line, _ := p.Rows()[i].Reasons[0].Figure("other line"); line != figure {
			t.Errorf("row %d names line %d, want %d", i, line, figure)
		}
	}
	wantResults(t, p.Apply(w.ctx, w.org)[5:], want{7, adminfile.Assigned, nil})
	if w.holder(n[0]) != "" || w.holder(w.french[0]) != "henri" {
		t.Error("a refused row was assigned, or the other was not")
	}
}

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

// A plan that is applied again after somebody undid it does not do it again.
func TestApplyAfterUndo(t *testing.T) {
	w := newWorld(t)
	p := w.plan(row("adele", w.spare[0], w.us.Default))
	p.Apply(w.ctx, w.org)
	w.clock.Add(1)
	w.must(w.org.Unassign(w.ctx, engine.Unassign{Person: "adele"}))
	wantResults(t, p.Apply(w.ctx, w.org), want{2, adminfile.Stale, codes(adminfile.ErrPlanStale)})
	if w.holder(w.spare[0]) != "" {
		t.Error("an old plan undid what was done since")
	}
	w.must(w.org.Assign(w.ctx, engine.Assign{Number: w.spare[0], Person: "adele", Location: w.us.Default}))
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

// A file that cannot be read to its end makes no plan, for it would lack rows.
func TestPlanNeedsTheWholeFile(t *testing.T) {
	w := newWorld(t)
	for name, test := range map[string]struct {
		lines []string
		want  telephony.Code
	}{
		"no header":    {[]string{"adele,+12065550100"}, adminfile.ErrHeaderMissing},
		"too many":     {[]string{"Person,Number", "adele,+12065550100", "adele,+12065550100", "adele,+12065550100"}, adminfile.ErrFileRows},
		"column lacks": {[]string{"Person,x", "adele,+12065550100"}, adminfile.ErrColumnMissing},
	} {
		limits := adminfile.DefaultLimits()
		limits.Rows = 2
		p, err := adminfile.NewPlan(w.ctx, w.org, adminfile.ReadAssignments(file(test.lines...), adminfile.WithLimits(limits)).Rows())
		if p != nil || !errors.Is(err, test.want) {
			t.Errorf("%s: %v, %v", name, p, err)
		}
	}
	if p, err := adminfile.NewPlan(w.ctx, nil, nil); p != nil || !errors.Is(err, engine.ErrRequest) {
		t.Errorf("%v, %v", p, err)
	}
	if p := w.plan(); len(p.Rows()) != 0 || p.String() != "no rows" || len(p.Apply(w.ctx, w.org)) != 0 {
		t.Errorf("a plan of nothing: %v", p)
	}
}

// The file of results says what came of each row, keeps what was typed, and can
// be put right and read again.
func TestResultFile(t *testing.T) {
	w := newWorld(t)
	p := w.plan(row("adele", w.spare[0], w.us.Default), "megan,1.2E+10,"+string(w.us.Default), "=cmd|x,"+w.spare[1].String()+",", `m"x,y`)
	var out bytes.Buffer
	w.must(adminfile.WriteResults(&out, p.Apply(w.ctx, w.org)))
	text := out.String()
	for _, part := range []string{"\ufeffLine,UserPrincipalName,PhoneNumber,PhoneNumberType,LocationId,Result,Codes,Reasons\n",
		"2,adele,tel:" + w.spare[0].String() + ",CallingPlan," + string(w.us.Default) + ",assigned,,\n",
		"3,megan,1.2E+10,CallingPlan," + string(w.us.Default) + ",refused,cell_rewritten,",
		"4,'=cmd|x,tel:" + w.spare[1].String() + ",CallingPlan,,refused,id_invalid,", "5,,,CallingPlan,,refused,quote_stray,"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q lacks in\n%s", part, text)
		}
	}
	mended := strings.Replace(text, "1.2E+10", w.spare[2].String(), 1)
	p, err := adminfile.NewPlan(w.ctx, w.org, adminfile.ReadAssignments(strings.NewReader(mended)).Rows())
	w.must(err)
	wantResults(t, p.Rows(), want{2, adminfile.AlreadySo, nil}, want{3, adminfile.WouldAssign, nil}, want{4, adminfile.Refused, codes(telephony.ErrID)},
		want{5, adminfile.Refused, codes(adminfile.ErrCellEmpty, adminfile.ErrCellEmpty)})
}

// A tenant's numbers go out as the service's export and come back the same.
func TestTenantNumbers(t *testing.T) {
	w := newWorld(t)
	w.assign(w.french[0], "henri", "")
	var out bytes.Buffer
	w.must(adminfile.WriteNumbers(&out, adminfile.TenantNumbers(w.view(), engine.NumberQuery{Country: "FR"})))
	got, problems := readAll(t, adminfile.ReadNumbers(&out))
	if len(problems) > 0 || len(got) != 2 {
		t.Fatal(got, problems)
	}
	if r := got[0]; r.Number != w.french[0] || r.Target != "henri" || r.TargetType != "User" || r.AssignmentStatus != "UserAssigned" || r.Location != w.fr.Default ||
		r.Address != w.fr.ID || r.Country != "FR" || r.PlaceName != "Paris" || r.AcquisitionDate != "2026-03-01T12:00:00Z" || r.NumberType != "CallingPlan" ||
		!slices.Equal(r.AcquiredCapabilities, []string{"UserAssignment"}) {
		t.Errorf("%#v", got[0])
	}
	if r := got[1]; r.Number != w.french[1] || r.Target != "" || r.TargetType != "" || r.AssignmentStatus != "Unassigned" {
		t.Errorf("%#v", got[1])
	}
}
