package engine_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestKeptNumberPlans: what services, tags, carriers and people who are gone have
// to do with is found by lists, as is what few numbers are; of what the counters say
// that there is none nothing is read.
func TestKeptNumberPlans(t *testing.T) {
	s := newKept(t)
	v := s.view()
	for name, c := range map[string]struct {
		q    engine.NumberQuery
		want engine.QueryPlan
	}{
		"a service's": {engine.NumberQuery{Service: "bridge"}, engine.QueryPlan{By: engine.ByService, Lists: 1, Most: 1}},
		"orphans":     {engine.NumberQuery{Orphaned: true, Country: "US"}, engine.QueryPlan{By: engine.ByOrphans, Lists: 1, Most: 1, Asked: []string{"country"}}},
		"tagged":      {engine.NumberQuery{Tag: "hq"}, engine.QueryPlan{By: engine.ByTag, Lists: 1, Most: 4}},
		"of two tags' numbers the fewer, of a city": {engine.NumberQuery{Tag: "sales", City: "Paris"},
			engine.QueryPlan{By: engine.ByArea, Lists: 1, Most: 2, Asked: []string{"tag"}}},
		"waiting":   {engine.NumberQuery{Activation: telephony.AssignmentPending}, engine.QueryPlan{By: engine.ByWaiting, Lists: 1, Most: 2, Asked: []string{"activation"}}},
		"failed":    {engine.NumberQuery{Activation: telephony.AssignmentFailed}, engine.QueryPlan{By: engine.ByRange, Most: 14, Asked: []string{"activation"}}},
		"blocked":   {engine.NumberQuery{Blocked: true}, engine.QueryPlan{By: engine.ByRange, Most: 14, Asked: []string{"blocked"}}}, // 8 of 14 have something set
		"described": {engine.NumberQuery{Description: "x", Tag: "none"}, engine.QueryPlan{By: engine.ByTag, Lists: 1, Asked: []string{"description"}}},
		"ported":    {engine.NumberQuery{Ported: true, Country: "US"}, engine.QueryPlan{By: engine.ByPorted, Lists: 1, Most: 1, Asked: []string{"country"}}},
		"of a kind": {engine.NumberQuery{Kind: telephony.TollNumber, Assigned: true}, engine.QueryPlan{By: engine.ByKind, Lists: 1, Most: 1, Asked: []string{"assigned"}}},
		"of none":   {engine.NumberQuery{Kind: telephony.TollFreeNumber}, engine.QueryPlan{By: engine.ByArea, Asked: []string{"kind"}}},
		"bridges":   {engine.NumberQuery{State: telephony.ConferenceAssigned}, engine.QueryPlan{By: engine.ByState, Lists: 1, Most: 1}},
		"others":    {engine.NumberQuery{State: telephony.VoiceApplicationAssigned, Assigned: true}, engine.QueryPlan{By: engine.ByArea, Asked: []string{"state", "assigned"}}},
		"people's":  {engine.NumberQuery{State: telephony.UserAssigned, City: "Paris"}, engine.QueryPlan{By: engine.ByArea, Asked: []string{"state"}}},
	} {
		if got := v.ExplainNumbers(c.q); fmt.Sprint(got) != fmt.Sprint(c.want) || got.Lists != c.want.Lists {
			t.Errorf("%s: %v (%d lists), want %v (%d)", name, got, got.Lists, c.want, c.want.Lists)
		}
	}
}

// TestFewMarks: where something is set of few of many numbers, those are read and
// no others, in pages too.
func TestFewMarks(t *testing.T) {
	w := newWorld(t)
	numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 20}, "")
	some := telephony.NumberList{numbers[3], numbers[7], numbers[8]}
	w.must(w.org.BlockNumbers(w.ctx, engine.BlockNumbers{Numbers: some, Forever: true}))
	w.must(w.org.SetAttributes(w.ctx, engine.Attributes{Numbers: numbers[11:13], AddTags: []string{"HQ"}}))
	v, q := w.view(), engine.NumberQuery{Blocked: true}
	if plan := v.ExplainNumbers(q); plan.By != engine.ByMarks || plan.Most != 5 || len(plan.Asked) != 1 {
		t.Errorf("%v", plan)
	}
	var got telephony.NumberList
	for _, n := range collectPages(t, 1, func(after engine.Cursor, size int) (engine.Page[engine.TenantNumber], error) {
		return v.NumberPage(q, after, size)
	}) {
		got = append(got, n.Number)
	}
	if !slices.Equal(got, some) {
		t.Errorf("%d numbers are blocked", len(got))
	}
	q.Above, q.Below = numbers[3], numbers[8]
	if got := slices.Collect(v.Numbers(q)); len(got) != 1 || got[0].Number != numbers[7] {
		t.Errorf("%d numbers are blocked between two", len(got))
	}
}

// TestBlockAroundItsEnd: a number can be assigned from the very moment its block
// is over, and not before.
func TestBlockAroundItsEnd(t *testing.T) {
	for _, m := range moments {
		t.Run(m.name, func(t *testing.T) {
			s := newScene(t)
			from := s.clock.Now()
			s.must(s.tryBlock(1, s.spare[0]))
			s.clock.Set(from.Add(24*time.Hour + m.off))
			got, err := s.view().Number(s.spare[0])
			s.must(err)
			if blocked := got.Block.InForce(s.clock.Now()); blocked == m.over || got.Block.Since.IsZero() != m.over {
				t.Errorf("the number shows the block %+v", got.Block)
			}
			is(t, s.tryAssign(s.spare[0], "megan.bowen", s.us.Default), !m.over, telephony.ErrNumberBlocked)
		})
	}
}

// TestTags: a tenant spells a tag one way as long as a number bears it.
func TestTags(t *testing.T) {
	s := newScene(t)
	set := func(a engine.Attributes) {
		t.Helper()
		s.must(s.org.SetAttributes(s.ctx, a))
	}
	tagsAre := func(want ...engine.Tag) {
		t.Helper()
		if diff := cmp.Diff(want, slices.Collect(s.view().Tags())); diff != "" {
			t.Errorf("the tags:\n%s", diff)
		}
	}
	set(engine.Attributes{Numbers: s.spare[:2], AddTags: []string{" Redmond  HQ", "sales"}})
	set(engine.Attributes{Numbers: s.spare, AddTags: []string{"redmond hq"}, RemoveTags: []string{"SALES", "never there"}})
	tagsAre(engine.Tag{Tag: "Redmond HQ", Numbers: 4})
	if got, err := s.view().Number(s.spare[3]); err != nil || !slices.Equal(got.Tags, telephony.Tags{"Redmond HQ"}) {
		t.Errorf("the number bears %q, %v", got.Tags, err)
	}
	set(engine.Attributes{Numbers: s.spare[1:], RemoveTags: []string{"Redmond HQ"}})
	tagsAre(engine.Tag{Tag: "Redmond HQ", Numbers: 1})
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare}))
	tagsAre()
	set(engine.Attributes{Numbers: s.french, AddTags: []string{"redmond hq"}})
	tagsAre(engine.Tag{Tag: "redmond hq", Numbers: 2})
}

// TestAttributesStay: what is not named stays as it is, all of it goes with the
// release, and none of it comes back.
func TestAttributesStay(t *testing.T) {
	s := newScene(t)
	note, listed, unlisted := "Front desk", true, false
	one := s.spare[:1]
	for _, a := range []engine.Attributes{{AddTags: []string{"HQ"}}, {Description: &note}, {ReverseLookup: &listed}} {
		a.Numbers = one
		s.must(s.org.SetAttributes(s.ctx, a))
	}
	s.must(s.tryBlock(5, one[0]))
	got, err := s.view().Number(one[0])
	s.must(err)
	if !slices.Equal(got.Tags, telephony.Tags{"HQ"}) || got.Description != note || !got.ReverseLookup || got.Block.Reason == "" {
		t.Errorf("the number is %+v", got)
	}
	s.must(s.org.SetAttributes(s.ctx, engine.Attributes{Numbers: one, ReverseLookup: &unlisted}))
	if got, err = s.view().Number(one[0]); err != nil || got.ReverseLookup || got.Description != note {
		t.Errorf("the number is %+v, %v", got, err)
	}
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: one}))
	s.must(s.tryReclaim("", one...))
	got, err = s.view().Number(one[0])
	s.must(err)
	if got.Tags != nil || got.Description != "" || got.Block != (telephony.AssignmentBlock{}) {
		t.Errorf("what was set came back: %+v", got)
	}
}

// TestConversionMovesTheStock: a converted number is of the other kind in every
// count, and goes back to the pool as what it is then.
func TestConversionMovesTheStock(t *testing.T) {
	s := newScene(t, engine.WithQuarantine(0))
	stock := func(k telephony.Kind) (total, free int64) {
		for a := range s.view().Areas(k, seattle) {
			total, free = total+a.Total, free+a.Free
		}
		return total, free
	}
	is := func(when string, k telephony.Kind, total, free int64) {
		t.Helper()
		if gotTotal, gotFree := stock(k); gotTotal != total || gotFree != free {
			t.Errorf("%s: %s has %d in stock and %d free, want %d and %d", when, k, gotTotal, gotFree, total, free)
		}
	}
	is("before", telephony.UserNumber, 100, 92)
	is("before", telephony.TollNumber, 20, 19)
	s.must(s.tryConvert(telephony.TollNumber, s.spare[0], s.spare[2]))
	is("converted", telephony.UserNumber, 98, 92)
	is("converted", telephony.TollNumber, 22, 19)
	v := s.view()
	if users, tolls := v.Quota(telephony.UserNumber), v.Quota(telephony.TollNumber); users.Acquired != 5 || tolls.Acquired != 3 {
		t.Errorf("%d and %d numbers count, want 5 and 3", users.Acquired, tolls.Acquired)
	}
	got, err := v.Number(s.spare[0])
	s.must(err)
	if got.Kind != telephony.TollNumber || got.Capabilities != telephony.AcquiredCapabilities(telephony.TollNumber) || !got.Since.Equal(s.clock.Now()) {
		t.Errorf("the number is %+v", got)
	}
	s.must(s.tryConvert(telephony.UserNumber, s.spare[2]))
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: telephony.NumberList{s.spare[0], s.spare[2]}}))
	is("released", telephony.UserNumber, 99, 93)
	is("released", telephony.TollNumber, 21, 20)
	if err := s.tryReserve(engine.Reserve{Numbers: telephony.NumberList{s.spare[0]}, Kind: telephony.UserNumber}); !errors.Is(err, engine.ErrNumbersOtherKind) {
		t.Errorf("a toll number reserved as a user number: %v", err)
	}
	s.must(s.tryReserve(engine.Reserve{Numbers: telephony.NumberList{s.spare[0]}, Kind: telephony.TollNumber}))
}

// TestConversionNamesEverything: every reason is told once, with its numbers.
func TestConversionNamesEverything(t *testing.T) {
	s := newScene(t)
	var e *telephony.Error
	err := s.tryConvert(telephony.TollNumber, append(slices.Clone(s.spare), s.adeles, s.toll[0])...)
	if !errors.As(err, &e) || len(e.Reasons) != 2 || e.Reasons[0].Code != telephony.ErrKindUnchanged || e.Reasons[1].Code != telephony.ErrNumberAssigned ||
		!slices.Equal(e.Reasons[0].Numbers, s.toll) || !slices.Equal(e.Reasons[1].Numbers, telephony.NumberList{s.adeles}) {
		t.Errorf("got %v for %v", err, e.Reasons)
	}
	got, err := s.view().Number(s.spare[0])
	if err != nil || got.Kind != telephony.UserNumber {
		t.Errorf("one of several was converted: %+v, %v", got, err)
	}
}

// TestPortedConversion: a number that was ported in needs no room in the quota.
func TestPortedConversion(t *testing.T) {
	s := newScene(t)
	s.must(s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 90}))
	s.acquire(engine.Reserve{Area: seattle, Kind: telephony.TollNumber, Quantity: 3}, "") // four of five
	if err := s.tryConvert(telephony.TollNumber, s.spare[:2]...); !errors.Is(err, licensing.ErrQuotaExceeded) {
		t.Errorf("got %v", err)
	}
	s.must(s.org.SetPorted(s.ctx, s.spare[0]))
	s.must(s.tryConvert(telephony.TollNumber, s.spare[:2]...))
}

// TestCarrierAndArea: while the address is not in the area the number does not
// work, whatever the carrier says; then the carrier's word stands again.
func TestCarrierAndArea(t *testing.T) {
	s := newScene(t, engine.WithCarrierActivation(true))
	away := s.addressOf(s.org, lyonOffice)
	one := s.french[:1]
	s.must(s.tryAssign(one[0], "henri.muller", away.Default))
	asked := s.clock.Now()
	works := func(when string, state telephony.ActivationState, why telephony.Code, since time.Time) {
		t.Helper()
		got, err := s.view().Number(one[0])
		s.must(err)
		if a := got.Activation; a.State != state || a.Why != why || !a.Since.Equal(since) {
			t.Errorf("%s: it is %+v, want %s for %q since %s", when, a, state, why, since)
		}
		counts := map[telephony.ActivationState]int64{}
		for n := range s.view().Numbers(engine.NumberQuery{}) {
			counts[n.Activation.State]++
		}
		for _, c := range s.view().ActivationCounts() {
			if counts[c.State] != c.Numbers {
				t.Errorf("%s: %d are counted as %s, there are %d", when, c.Numbers, c.State, counts[c.State])
			}
		}
	}
	works("away", telephony.AssignmentFailed, engine.ErrAreaMismatch, asked)
	s.clock.Add(time.Minute)
	s.must(s.eng.As("").ReportActivation(s.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: one, Refused: "carrier_busy", Reason: "try again"}))
	refused := s.clock.Now()
	works("away and refused", telephony.AssignmentFailed, engine.ErrAreaMismatch, asked)
	s.must(s.tryReplace(away.ID, s.fr.ID))
	works("back", telephony.AssignmentFailed, "carrier_busy", refused)
	s.clock.Add(time.Minute)
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: one[0], Location: s.fr.Default}))
	works("tried again", telephony.AssignmentPending, engine.WhyLocated, s.clock.Now())
	s.clock.Add(time.Minute)
	s.must(s.eng.As("").ReportActivation(s.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: one}))
	works("confirmed", telephony.Activated, engine.WhyConfirmed, s.clock.Now())
}

// TestCarrierNoLongerWaitedFor: where carriers are waited for no longer, what a
// number waited for is forgotten with its next assignment.
func TestCarrierNoLongerWaitedFor(t *testing.T) {
	s := newScene(t, engine.WithCarrierActivation(true))
	eng, err := engine.NewStrict(engine.WithSnapshot(bytes.NewReader(snapshotOf(t, s.eng))), engine.WithClock(s.clock), engine.WithCarrierActivation(false))
	s.must(err)
	org := eng.Tenant("contoso")
	state := func() telephony.ActivationState {
		got, err := mustView(t, eng, "contoso").Number(s.adeles)
		s.must(err)
		return got.Activation.State
	}
	if got := state(); got != telephony.AssignmentPending {
		t.Fatalf("it is %s", got)
	}
	s.must(org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.adeles, Location: s.floor.ID}))
	if got := state(); got != telephony.Activated {
		t.Errorf("it is %s still", got)
	}
	s.must(org.Unassign(s.ctx, engine.Unassign{Person: "adele.vance"}))
	for _, fault := range eng.Check() {
		t.Error(fault)
	}
}
