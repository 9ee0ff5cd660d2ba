package porting

import "example.com/callingplan/telephony"

// State is where a port order is in its life [port]. The zero value is no state.
type State uint8

// The states of a port order. Completed and Cancelled are final.
const (
	Processing        State = 1 + iota // received
	ContactingCarrier                  // the losing carrier is asked
	TransferApproved                   // a date is set
	TransferPending                    // less than 24 hours to the transfer, or past it without a report
	InError                            // the carrier refused, with a reason
	Completed                          // the numbers are the tenant's
	Cancelled
)

// ErrState is the cause of a refused name of a state, and of a verb on the zero
// Order, which is none.
const ErrState telephony.Code = "port_state_invalid"

var stateNames = names{ErrState, "a port order's state", []string{"", Processing: "processing", ContactingCarrier: "contacting carrier",
	TransferApproved: "transfer approved", TransferPending: "transfer pending", InError: "error",
	Completed: "completed", Cancelled: "cancelled"}}

// States returns the states in the order of a port order's life.
func States() []State {
	return []State{Processing, ContactingCarrier, TransferApproved, TransferPending, InError, Completed, Cancelled}
}

// IsValid reports whether s is one of the states.
func (s State) IsValid() bool { return stateNames.has(uint8(s)) }

// IsFinal reports whether nothing can follow s.
func (s State) IsFinal() bool { return s == Completed || s == Cancelled }

// String returns the words of the service, such as "contacting carrier".
func (s State) String() string { return stateNames.word(uint8(s)) }

// ParseState reads what String returns. Its error is ErrState.
func ParseState(text string) (State, error) {
	v, err := stateNames.parse(text)
	return State(v), err
}

// MarshalText implements encoding.TextMarshaler; no state is empty text.
func (s State) MarshalText() ([]byte, error) { return stateNames.marshal(uint8(s)) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no state.
func (s *State) UnmarshalText(text []byte) error {
	v, err := stateNames.unmarshal(text)
	if err == nil {
		*s = State(v)
	}
	return err
}
