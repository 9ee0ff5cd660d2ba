package telephony_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

const carrierSaysNo telephony.Code = "address_outside_area"

var working = telephony.NewActivation(noon)

func TestEveryCellOfActivation(t *testing.T) {
	const busy, idle = telephony.ErrActivationPending, telephony.ErrActivationNotPending
	cells := map[string][5]any{ // by step: activated, assignment pending and failed, update pending and failed
		"ask-assignment":      {"assignment-pending", busy, "assignment-pending", busy, "assignment-pending"},
		"ask-update":          {"update-pending", busy, "assignment-pending", busy, "update-pending"},
		"withdraw-assignment": {"activated", "activated", "activated", "activated", "activated"},
		"carrier-confirms":    {idle, "activated", idle, "activated", idle},
		"carrier-refuses":     {idle, "assignment-failed", idle, "update-failed", idle},
	}
	if len(cells) != len(telephony.ActivationSteps()) {
		t.Fatalf("%d steps are tested", len(cells))
	}
	then := noon.Add(-time.Hour)
	for _, step := range telephony.ActivationSteps() {
		for i, from := range telephony.ActivationStates() {
			before := telephony.Activation{State: from, Since: then, Why: "earlier", Reason: "earlier"}
			event := telephony.ActivationEvent{Step: step, At: noon, Why: carrierSaysNo, Reason: "no such street"}
			after, err := before.After(event)
			switch want := cells[step.String()][i].(type) {
			case telephony.Code:
				wantCode(t, err, want)
				if after != before {
					t.Errorf("%v from %v: refused, and yet %v", step, from, after)
				}
				if e := (*telephony.Error)(nil); errors.As(err, &e) && !e.At.Equal(then) {
					t.Errorf("%v from %v: said to be so since %v", step, from, e.At)
				}
			case string:
				wanted := telephony.Activation{Since: noon, Why: carrierSaysNo, Reason: "no such street"}
				wanted.State, _ = telephony.ParseActivationState(want)
				if wanted.State == from {
					wanted = before
				}
				if err != nil || after != wanted {
					t.Errorf("%v from %v: %v, %v; want %v", step, from, after, err, wanted)
				}
			}
		}
	}
}

func TestActivationRefusals(t *testing.T) {
	pending := telephony.Activation{State: telephony.AssignmentPending, Since: noon}
	long := strings.Repeat("x", 257)
	for _, row := range []struct {
		from telephony.Activation
		telephony.ActivationEvent
		want telephony.Code
	}{
		{telephony.Activation{}, telephony.ActivationEvent{Reason: long}, telephony.ErrActivationState},
		{telephony.Activation{State: 6}, telephony.ActivationEvent{Step: telephony.AskUpdate}, telephony.ErrActivationState},
		{pending, telephony.ActivationEvent{Reason: long}, telephony.ErrActivationStep},
		{pending, telephony.ActivationEvent{Step: 6}, telephony.ErrActivationStep},
		{pending, telephony.ActivationEvent{Step: telephony.AskUpdate, Reason: long}, telephony.ErrText},
		{pending, telephony.ActivationEvent{Step: telephony.AskUpdate}, telephony.ErrActivationPending},
		{telephony.NewActivation(noon), telephony.ActivationEvent{Step: telephony.CarrierRefuses}, telephony.ErrActivationNotPending},
		{pending, telephony.ActivationEvent{Step: telephony.CarrierRefuses, Reason: "no"}, telephony.ErrActivationWhy},
		{pending, telephony.ActivationEvent{Step: telephony.CarrierConfirms}, ""},
	} {
		after, err := row.from.After(row.ActivationEvent)
		wantCode(t, err, row.want)
		if row.want != "" && after != row.from {
			t.Errorf("%v changes %v to %v", err, row.from, after)
		}
	}
}

// Whatever happens to a number, it is told apart whether the carrier has been
// asked, and what it was asked last, by a count kept apart from the code.
func TestAnyCourseOfActivation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := telephony.NewActivation(noon)
		asked, assigning, works := false, false, true
		for i := range rapid.IntRange(1, 30).Draw(t, "events") {
			step := rapid.SampledFrom(telephony.ActivationSteps()).Draw(t, "step")
			at := noon.Add(time.Duration(i+1) * time.Second)
			next, err := a.After(telephony.ActivationEvent{Step: step, At: at, Why: carrierSaysNo})
			allowed := true
			switch step {
			case telephony.AskAssignment, telephony.AskUpdate:
				if allowed = !asked; allowed {
					assigning = step == telephony.AskAssignment || !works && assigning
					asked = true
				}
			case telephony.WithdrawAssignment:
				asked, assigning, works = false, false, true
			default:
				if allowed = asked; allowed {
					asked, works = false, step == telephony.CarrierConfirms
				}
			}
			if (err == nil) != allowed || err != nil && next != a {
				t.Fatalf("%v from %v: %v, %v", step, a.State, next.State, err)
			}
			a = next
			if a.State.IsPending() != asked || !asked && a.State.IsFailed() == works || err == nil && next.Since.After(at) {
				t.Fatalf("after %v: %v; asked %v, works %v", step, a, asked, works)
			}
			if asked || !works {
				if about := a.State == telephony.AssignmentPending || a.State == telephony.AssignmentFailed; about != assigning {
					t.Fatalf("after %v: %v; assigning %v", step, a, assigning)
				}
			}
		}
	})
}

func TestWhatACarrierWritesIsNotLogged(t *testing.T) {
	const secret = "call +1 425 555 0100"
	for _, v := range []interface{ LogValue() slog.Value }{
		telephony.Activation{State: telephony.Activated, Since: noon, Reason: secret},
		telephony.ActivationEvent{Step: telephony.AskUpdate, At: noon, Reason: secret},
		telephony.AssignmentBlock{Since: noon, Reason: secret},
	} {
		if text := v.LogValue().String(); strings.Contains(text, "555") || !strings.Contains(text, "2026") {
			t.Errorf("logged as %s", text)
		}
	}
}
