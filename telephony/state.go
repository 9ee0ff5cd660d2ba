package telephony

// NumberState is what a number of a tenant is used for [num]. The zero value is
// no state.
type NumberState uint8

// The states. One of them is a number's at any time: what says that a person
// has it and what says that a service has it cannot both be so.
const (
	Unassigned               NumberState = 1 + iota // nobody's, the tenant's
	UserAssigned                                    // a person's
	ConferenceAssigned                              // a conference bridge's
	VoiceApplicationAssigned                        // an auto attendant's or a call queue's
)

// ErrNumberState is the cause of a refused state.
const ErrNumberState Code = "number_state_invalid"

var numberStates = enum[NumberState]{code: ErrNumberState, detail: "a number is in one state",
	words: []string{"unassigned", "user-assigned", "conference-assigned", "voice-application-assigned"}}

// NumberStates returns the states in ascending order.
func NumberStates() []NumberState { return numberStates.all() }

// IsValid reports whether s is one of the states.
func (s NumberState) IsValid() bool { return numberStates.has(s) }

// IsAssigned reports whether somebody or something has the number.
func (s NumberState) IsAssigned() bool { return s > Unassigned && s.IsValid() }

// String returns "unassigned", "user-assigned", "conference-assigned" or
// "voice-application-assigned".
func (s NumberState) String() string { return numberStates.word(s, "invalid number state") }

// ParseNumberState reads what String returns. Its error is ErrNumberState.
func ParseNumberState(s string) (NumberState, error) { return numberStates.parse(s) }

// CheckNumberState reports whether s is one of the states; field names it in the
// error, which is ErrNumberState.
func CheckNumberState(field string, s NumberState) error { return numberStates.check(field, s) }

// MarshalText implements encoding.TextMarshaler; no state is empty text.
func (s NumberState) MarshalText() ([]byte, error) { return numberStates.marshal(s) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no state.
func (s *NumberState) UnmarshalText(text []byte) error { return numberStates.unmarshal(text, s) }
