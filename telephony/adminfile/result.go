package adminfile

import (
	"fmt"
	"log/slog"
	"strings"

	"example.com/callingplan/telephony"
)

// State says what a row of a bulk assignment would do, or what came of it. The
// zero value is none.
type State uint8

// The states. A plan gives the first three of them, applying it all but
// WouldAssign.
const (
	WouldAssign  State = 1 + iota // nothing stands in the way
	AlreadySo                     // the person has the number there; there is nothing to do
	Refused                       // by the plan, or by the engine for reasons that concern the call
	Assigned                      // the person has the number now
	Stale                         // what the plan rested on has changed; the row was left alone
	NotAttempted                  // certainly not assigned; applying the plan again may do it
	Unknown                       // it may have been assigned; applying the plan again finds out

	stateEnd
)

var stateNames = [stateEnd]string{"no state", "would assign", "already so", "refused", "assigned", "stale", "not attempted", "unknown"}

// String returns the words of the state, such as "would assign".
func (s State) String() string {
	if s >= stateEnd {
		return "invalid state"
	}
	return stateNames[s]
}

// Result is what a row of a bulk assignment would do, or what came of it. It
// prints and logs masked.
type Result struct {
	Line       int // of the row in the file
	Assignment Assignment
	Typed      Cells // the cells that could not be read
	State      State
	// Location is where emergency calls place the person: the row's, or where it
	// names none the number's own.
	Location telephony.LocationID
	Reasons  []*telephony.Error // why, where the state is no success
}

// String masks the person and the number.
func (r Result) String() string { return fmt.Sprintf("line %d: %v: %v", r.Line, r.Assignment, r.State) }

// GoString is what %#v prints: the masked form.
func (r Result) GoString() string { return "adminfile.Result{" + r.String() + "}" }

// LogValue masks the person and the number in structured logs.
func (r Result) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("line", r.Line), slog.Any("assignment", r.Assignment), slog.String("state", r.State.String()),
		slog.Any("codes", r.Codes()))
}

// Codes returns the codes of the reasons.
func (r Result) Codes() []telephony.Code { return codesOf(r.Reasons) }

func codesOf(reasons []*telephony.Error) []telephony.Code {
	var codes []telephony.Code
	for _, reason := range reasons {
		codes = append(codes, reason.Code)
	}
	return codes
}

// Results are what rows of a bulk assignment would do, or what came of them, in
// the order of the file. They log as their counts.
type Results []Result

// Tally counts the results by state.
func (r Results) Tally() Tally {
	var t Tally
	for _, one := range r {
		if one.State < stateEnd {
			t.counts[one.State]++
		}
	}
	return t
}

// LogValue counts the results by state.
func (r Results) LogValue() slog.Value { return slog.StringValue(r.Tally().String()) }

// Tally is how many rows there are in each state.
type Tally struct{ counts [stateEnd]int }

// Of returns how many are in a state.
func (t Tally) Of(s State) int {
	if s >= stateEnd {
		return 0
	}
	return t.counts[s]
}

// String lists the states that occur, such as "2 would assign, 1 refused", or
// says that there are no rows.
func (t Tally) String() string {
	var parts []string
	for s, n := range t.counts {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %v", n, State(s)))
		}
	}
	if len(parts) == 0 {
		return "no rows"
	}
	return strings.Join(parts, ", ")
}
