package telephony

import (
	"log/slog"
	"time"
)

// activationRules is where each step leads from each state; no state where it
// leads nowhere. A carrier is asked one thing at a time and reports on what it
// was asked. An update asked for after a failed assignment is another attempt at
// that assignment, as is a new one. Giving a number up is always possible: what
// the carrier reports afterwards finds nothing pending.
var activationRules = [...][6]ActivationState{
	AskAssignment: {Activated: AssignmentPending, AssignmentFailed: AssignmentPending, UpdateFailed: AssignmentPending},
	AskUpdate:     {Activated: UpdatePending, AssignmentFailed: AssignmentPending, UpdateFailed: UpdatePending},
	WithdrawAssignment: {Activated: Activated, AssignmentPending: Activated, AssignmentFailed: Activated,
		UpdatePending: Activated, UpdateFailed: Activated},
	CarrierConfirms: {AssignmentPending: Activated, UpdatePending: Activated},
	CarrierRefuses:  {AssignmentPending: AssignmentFailed, UpdatePending: UpdateFailed},
}

// ActivationEvent is a step with its circumstances.
type ActivationEvent struct {
	Step   ActivationStep
	At     time.Time
	Why    Code   // must be there where the carrier refuses
	Reason string // in words; up to 256 characters, may be empty
}

// After returns what the activation is after an event. A step that leads to the
// state there is changes nothing, so since when and why stay as they are.
// Errors, in order of precedence:
//
//   - ErrActivationState: a has no state
//   - ErrActivationStep: the event has no step
//   - ErrText: the reason in words
//   - ErrActivationPending: something is asked of a carrier that has not answered
//     yet; At is since when
//   - ErrActivationNotPending: a report on what the carrier was not asked
//   - ErrActivationWhy: the carrier refuses and does not say why
func (a Activation) After(e ActivationEvent) (Activation, error) {
	if err := CheckActivationState("state", a.State); err != nil {
		return a, err
	}
	if err := activationSteps.check("step", e.Step); err != nil {
		return a, err
	}
	if err := CheckText("reason", e.Reason, MaxTextRunes); err != nil {
		return a, err
	}
	next := activationRules[e.Step][a.State]
	switch {
	case next == 0 && e.Step.IsReport():
		return a, &Error{Code: ErrActivationNotPending, Field: "step", At: a.Since,
			Detail: "the carrier reports on what it was not asked: the number is " + a.State.String(),
			Fix:    "leave the report out"}
	case next == 0:
		return a, &Error{Code: ErrActivationPending, Field: "step", At: a.Since,
			Detail: "the carrier has been asked and has not answered: the number is " + a.State.String(),
			Fix:    "wait for the carrier's report, or unassign the number"}
	case next.IsFailed() && e.Why == "":
		return a, &Error{Code: ErrActivationWhy, Field: "why", Detail: "a number that does not work says why",
			Fix: "give the cause of the refusal"}
	case next == a.State:
		return a, nil
	}
	return Activation{State: next, Since: e.At, Why: e.Why, Reason: e.Reason}, nil
}

// LogValue leaves the words out of structured logs: carriers write numbers there.
func (a Activation) LogValue() slog.Value {
	return slog.GroupValue(slog.String("state", a.State.String()), slog.Time("since", a.Since), slog.String("why", string(a.Why)))
}

// LogValue leaves the words out of structured logs, as [Activation] does.
func (e ActivationEvent) LogValue() slog.Value {
	return slog.GroupValue(slog.String("step", e.Step.String()), slog.Time("at", e.At), slog.String("why", string(e.Why)))
}
