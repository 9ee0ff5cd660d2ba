package porting

import (
	"log/slog"
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// Transition is an entry of an order's history: what was done to it. Edits and
// new dates leave the state as it was; reports are not entered, since the
// results say them. It prints and logs without who and the text.
type Transition struct {
	At     int64 // Unix nanoseconds
	Verb   Verb
	From   State // no state where the order was made
	To     State
	By     string // who; empty for what time did
	Reason Reason // the carrier's, of a refusal
	Text   string // the carrier's or the tenant's, or the names of the fields that were edited
	Date   int64  // the moment of transfer that this set; 0 if it set none
}

// When returns the moment.
func (t Transition) When() time.Time { return telephony.AtNanos(t.At) }

// String says what was done, as in "reject: contacting carrier to error, date
// not possible".
func (t Transition) String() string {
	s := t.Verb.String() + ": "
	if t.From.IsValid() {
		s += t.From.String() + " to "
	}
	s += t.To.String()
	if t.Reason.IsValid() {
		s += ", " + t.Reason.String()
	}
	return s
}

// GoString is what %#v prints: the masked form.
func (t Transition) GoString() string { return "porting.Transition{" + t.String() + "}" }

// LogValue masks the transition in structured logs.
func (t Transition) LogValue() slog.Value {
	return slog.GroupValue(slog.Time("at", t.When()), slog.String("did", t.String()))
}

// History is what was done to an order, oldest first. Each entry begins in the
// state in which the one before ended, and none is earlier. It logs masked,
// which a plain slice cannot.
type History []Transition

// LogValue masks the history in structured logs.
func (h History) LogValue() slog.Value {
	did := make([]string, len(h))
	for i, t := range h {
		did[i] = t.String()
	}
	return slog.AnyValue(did)
}

// last returns the newest entry; the zero one of an empty history, which no
// order has.
func (h History) last() Transition {
	if len(h) == 0 {
		return Transition{}
	}
	return h[len(h)-1]
}

// HistoryAt returns the history as it is at now, in memory of its own: with the
// entry that the order became pending, where it has and nothing was done since.
func (o Order) HistoryAt(now time.Time) History {
	return slices.Clone(o.settled(o.moment(now)).History)
}

// Since returns since when the order is in its state at now, and the entry that
// brought it there, which says why.
func (o Order) Since(now time.Time) (time.Time, Transition) {
	h := o.settled(o.moment(now)).History
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].From != h[i].To {
			return h[i].When(), h[i]
		}
	}
	return time.Time{}, Transition{}
}

// settled returns the order with the entry that it became pending, if it has
// and lacks it.
func (o Order) settled(at int64) Order {
	if o.stateAt(at) == o.State {
		return o
	}
	return o.record(Transition{At: max(o.History.last().At, o.lockedFrom()), Verb: Lock, To: TransferPending})
}

// record returns the order with one more entry, in the state in which it ends.
func (o Order) record(t Transition) Order {
	t.From = o.State
	o.State = t.To
	o.History = append(slices.Clip(o.History), t)
	return o
}
