package adminfile_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

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

// Numbers of services go out with what has them, in the words of the service.
func TestNumbersOfServices(t *testing.T) {
	w := newWorld(t)
	w.must(w.org.ConvertNumbers(w.ctx, engine.ConvertNumbers{Numbers: w.spare[:2], To: telephony.TollNumber}))
	for i, s := range []engine.ServiceSpec{{ID: "bridge", Kind: telephony.ConferenceBridge}, {ID: "reception", Kind: telephony.AutoAttendant, UsageLocation: "US"}} {
		w.must(w.org.AddService(w.ctx, s))
		w.must(w.org.AssignService(w.ctx, engine.AssignService{Number: w.spare[i], Service: s.ID}))
	}
	var got []adminfile.NumberRecord
	for r := range adminfile.TenantNumbers(w.view(), engine.NumberQuery{Kind: telephony.TollNumber}) {
		got = append(got, r)
	}
	for i, want := range []struct {
		status, target, kind string
	}{{"ConferenceAssigned", "bridge", "ConferenceBridge"}, {"VoiceApplicationAssigned", "reception", "ResourceAccount"}} {
		if r := got[i]; r.AssignmentStatus != want.status || string(r.Target) != want.target || r.TargetType != want.kind || r.ActivationState != "Activated" ||
			!slices.Equal(r.AcquiredCapabilities, []string{"ConferenceAssignment", "VoiceApplicationAssignment"}) {
			t.Errorf("%#v: %s of %s", r, r.AssignmentStatus, r.Target)
		}
	}
}
