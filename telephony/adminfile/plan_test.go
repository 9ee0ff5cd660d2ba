package adminfile_test

import (
	"errors"
	"slices"
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
