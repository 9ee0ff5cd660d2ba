package emergency

import (
	"log/slog"
	"slices"
	"time"
)

// A ValidationState is what is stored of an address's validity [lis].
type ValidationState uint8

// The states.
const (
	NotValidated ValidationState = iota // not checked, not well formed, or nobody could say
	Validated                           // accepted
	Invalid                             // refused by an authority
)

// String returns "not validated", "validated" or "invalid".
func (s ValidationState) String() string {
	return nameOf([]string{"not validated", "validated", "invalid"}, int(s))
}

// A Checked is an address with the verdict on it: what was asked, when, who
// answered and what. Only [Checker.Check] makes one, so that whoever holds it
// knows that the address was checked. The zero Checked is none and is not
// accepted.
type Checked struct {
	asked     Address
	address   Address
	verdict   Verdict
	authority string
	answered  bool // an authority gave an answer
	dispatch  Dispatch
	cause     error // why there is no answer
	at        int64 // nanoseconds since 1970, UTC
}

// Asked returns the address as it was given.
func (c Checked) Asked() Address { return c.asked }

// Address returns the address in canonical form, with the corrections made.
func (c Checked) Address() Address { return c.address }

// Verdict returns the verdict. The caller may change its slices.
func (c Checked) Verdict() Verdict {
	v := c.verdict
	v.Components = slices.Clone(v.Components)
	v.Changes = slices.Clone(v.Changes)
	v.Issues = slices.Clone(v.Issues)
	v.Candidates = slices.Clone(v.Candidates)
	return v
}

// Err returns nil for an accepted address and otherwise what [Verdict.Err]
// returns.
func (c Checked) Err() error { return c.verdict.Err() }

// Authority returns the name of the authority asked; "" if none was.
func (c Checked) Authority() string { return c.authority }

// Cause returns the authority's own error where it gave no answer, else nil. Its
// text comes from outside and may disclose the address.
func (c Checked) Cause() error { return c.cause }

// Dispatch returns the dispatch centre that serves an accepted address.
func (c Checked) Dispatch() Dispatch { return c.dispatch }

// At returns when the address was checked, in UTC.
func (c Checked) At() time.Time { return time.Unix(0, c.at).UTC() }

// IsAccepted reports whether the address was accepted.
func (c Checked) IsAccepted() bool { return c.verdict.Outcome == Accepted }

// Status returns what is to be stored: Validated once accepted, Invalid if an
// authority refused the address, else NotValidated.
func (c Checked) Status() ValidationState {
	switch {
	case c.IsAccepted():
		return Validated
	case c.verdict.Outcome == Rejected && c.answered:
		return Invalid
	}
	return NotValidated
}

// String describes the check without disclosing the address.
func (c Checked) String() string { return c.address.String() + ": " + c.verdict.String() }

// GoString is what %#v prints: the masked form.
func (c Checked) GoString() string { return "emergency.Checked{" + c.String() + "}" }

// LogValue keeps the address out of structured logs.
func (c Checked) LogValue() slog.Value { return slog.StringValue(c.String()) }

// A Record is what is kept of a check: a plain comparable value that can be
// encoded. A Record proves nothing by itself, for anyone can write one.
type Record struct {
	Address    Address         `json:"address"`
	Status     ValidationState `json:"status"`
	Authority  string          `json:"authority,omitempty"`
	At         int64           `json:"at"` // nanoseconds since 1970, UTC
	Updated    bool            `json:"updated,omitempty"`
	Partial    bool            `json:"partial,omitempty"`
	FormatOnly bool            `json:"format_only,omitempty"`
	Dispatch   Dispatch        `json:"dispatch"`
}

// Record returns what is to be kept of the check.
func (c Checked) Record() Record {
	return Record{
		Address:    c.address,
		Status:     c.Status(),
		Authority:  c.authority,
		At:         c.at,
		Updated:    c.verdict.Updated,
		Partial:    c.verdict.Partial,
		FormatOnly: c.verdict.FormatOnly,
		Dispatch:   c.dispatch,
	}
}

// Stale reports whether the address is to be checked again before it is relied
// on: it is not validated, or age or more has passed since it was. Streets are
// renamed and dispatch centres moved; how old a check may be is the embedder's
// to say, and an age of zero or less is no age at which a check holds.
func (r Record) Stale(now time.Time, age time.Duration) bool {
	if r.Status != Validated || age <= 0 {
		return true
	}
	return now.Sub(time.Unix(0, r.At)) >= age
}

// Whereabouts returns a place inside the address as a location to route a call
// by. Whoever accepted the address knew the dispatch centre that serves it; what
// is dialled there, and the centre of an address that nobody accepted or that was
// accepted on its form alone, is not known.
func (r Record) Whereabouts(place Location) Whereabouts {
	w := Whereabouts{Address: r.Address, Place: place, Status: r.Status}
	if r.Status == Validated && r.Dispatch != (Dispatch{}) {
		w.Route, w.Dispatch = RealRoute, r.Dispatch
	}
	return w
}

// String describes the record without disclosing the address.
func (r Record) String() string { return r.Address.String() + ": " + r.Status.String() }

// LogValue keeps the address out of structured logs.
func (r Record) LogValue() slog.Value { return slog.StringValue(r.String()) }
