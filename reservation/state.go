package reservation

import "example.com/callingplan/telephony"

// State is where a hold is in its life. The zero value is no state.
type State uint8

// The states of a hold. All but Reserved are final.
const (
	Reserved  State = 1 + iota // its numbers are kept for the holder
	Completed                  // numbers were acquired
	Cancelled                  // the holder gave it up
	Expired                    // it ran out
)

// ErrState is the cause of a refused name of a state.
const ErrState telephony.Code = "hold_state_invalid"

var stateNames = [...]string{Reserved: "reserved", Completed: "completed", Cancelled: "cancelled", Expired: "expired"}

// IsValid reports whether s is one of the states.
func (s State) IsValid() bool { return s >= Reserved && s <= Expired }

// String returns "reserved", "completed", "cancelled" or "expired".
func (s State) String() string {
	if !s.IsValid() {
		return "invalid state"
	}
	return stateNames[s]
}

// ParseState reads what String returns. Its error is ErrState.
func ParseState(text string) (State, error) {
	for s := Reserved; s <= Expired; s++ {
		if stateNames[s] == text {
			return s, nil
		}
	}
	return 0, stateError()
}

// MarshalText implements encoding.TextMarshaler; no state is empty text.
func (s State) MarshalText() ([]byte, error) {
	switch {
	case s == 0:
		return nil, nil
	case !s.IsValid():
		return nil, stateError()
	}
	return []byte(s.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no state.
func (s *State) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*s = 0
		return nil
	}
	*s, err = ParseState(string(text))
	return err
}

func stateError() error {
	return &telephony.Error{Code: ErrState, Detail: "a hold is in one of four states",
		Fix: "say reserved, completed, cancelled or expired"}
}
