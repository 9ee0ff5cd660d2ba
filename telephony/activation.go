package telephony

import "time"

// ActivationState says whether a number works, and what its carrier is asked to
// do about it [num]. The zero value is no state.
type ActivationState uint8

// The states.
const (
	Activated         ActivationState = 1 + iota // it works, or waits for somebody to have it
	AssignmentPending                            // it has been given to somebody, and the carrier is asked
	AssignmentFailed                             // the carrier refused that
	UpdatePending                                // something of it has changed, and the carrier is asked
	UpdateFailed                                 // the carrier refused that
)

// The causes of a refused activation state, and of a refused step from one to
// another.
const (
	ErrActivationState      Code = "activation_state_invalid"
	ErrActivationStep       Code = "activation_step_invalid"
	ErrActivationPending    Code = "activation_pending"
	ErrActivationNotPending Code = "activation_not_pending"
	ErrActivationWhy        Code = "activation_without_reason"
)

var activationStates = enum[ActivationState]{code: ErrActivationState, detail: "a number's activation is in one state",
	words: []string{"activated", "assignment-pending", "assignment-failed", "update-pending", "update-failed"}}

// ActivationStates returns the states in ascending order.
func ActivationStates() []ActivationState { return activationStates.all() }

// IsValid reports whether s is one of the states.
func (s ActivationState) IsValid() bool { return activationStates.has(s) }

// IsPending reports whether the carrier has yet to answer.
func (s ActivationState) IsPending() bool { return s == AssignmentPending || s == UpdatePending }

// IsFailed reports whether the carrier refused, so that the number does not
// work, or not as it is meant to.
func (s ActivationState) IsFailed() bool { return s == AssignmentFailed || s == UpdateFailed }

// String returns "activated", "assignment-pending", "assignment-failed",
// "update-pending" or "update-failed".
func (s ActivationState) String() string { return activationStates.word(s, "invalid activation state") }

// ParseActivationState reads what String returns. Its error is
// ErrActivationState.
func ParseActivationState(s string) (ActivationState, error) { return activationStates.parse(s) }

// CheckActivationState reports whether s is one of the states; field names it in
// the error, which is ErrActivationState.
func CheckActivationState(field string, s ActivationState) error {
	return activationStates.check(field, s)
}

// MarshalText implements encoding.TextMarshaler; no state is empty text.
func (s ActivationState) MarshalText() ([]byte, error) { return activationStates.marshal(s) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no state.
func (s *ActivationState) UnmarshalText(text []byte) error {
	return activationStates.unmarshal(text, s)
}

// Activation is whether a number works, since when, and why. The zero value is
// of no number.
type Activation struct {
	State  ActivationState
	Since  time.Time
	Why    Code   // the cause of the step that led here; of a failure there always is one
	Reason string // the carrier's own words; up to 256 characters, may be empty
}

// NewActivation returns that of a number which a tenant has just got.
func NewActivation(now time.Time) Activation { return Activation{State: Activated, Since: now} }

// ActivationStep is what happens to an activation. The zero value is no step.
type ActivationStep uint8

// The steps. The tenant takes the first three, the carrier the other two.
const (
	AskAssignment      ActivationStep = 1 + iota // the number has been given to somebody
	AskUpdate                                    // its location or its use has changed
	WithdrawAssignment                           // nobody has it any longer
	CarrierConfirms                              // the carrier has done what it was asked
	CarrierRefuses                               // the carrier says why not
)

var activationSteps = enum[ActivationStep]{code: ErrActivationStep, detail: "a step of an activation is one of these",
	words: []string{"ask-assignment", "ask-update", "withdraw-assignment", "carrier-confirms", "carrier-refuses"}}

// ActivationSteps returns the steps in ascending order.
func ActivationSteps() []ActivationStep { return activationSteps.all() }

// IsValid reports whether s is one of the steps.
func (s ActivationStep) IsValid() bool { return activationSteps.has(s) }

// IsReport reports whether the carrier takes the step.
func (s ActivationStep) IsReport() bool { return s == CarrierConfirms || s == CarrierRefuses }

// String returns "ask-assignment", "ask-update", "withdraw-assignment",
// "carrier-confirms" or "carrier-refuses".
func (s ActivationStep) String() string { return activationSteps.word(s, "invalid activation step") }

// ParseActivationStep reads what String returns. Its error is ErrActivationStep.
func ParseActivationStep(s string) (ActivationStep, error) { return activationSteps.parse(s) }

// MarshalText implements encoding.TextMarshaler; no step is empty text.
func (s ActivationStep) MarshalText() ([]byte, error) { return activationSteps.marshal(s) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no step.
func (s *ActivationStep) UnmarshalText(text []byte) error { return activationSteps.unmarshal(text, s) }
