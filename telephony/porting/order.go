package porting

import (
	"log/slog"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/telephony"
)

// Order is a port order: what is asked of a losing carrier, where that stands,
// and how it came there. What may be done to it when is in the table of the
// package, which Matrix gives as data.
//
// An Order is a value; its methods return the next one and leave o and its lists
// alone. A refused verb changes nothing. Every verb takes who does it, by the
// identifier that the history keeps; empty is nobody in particular. Time never
// goes back in the life of an order: a moment before the last one in its history
// counts as that.
//
// The zero Order is none, and refuses everything.
type Order struct {
	Request Request // as it goes to the carrier
	State   State   // as last settled; StateAt tells what it is at a moment
	Date    int64   // Unix nanoseconds of the transfer that is approved; 0 before
	Results Results // what became of the numbers, as far as the carrier told
	History History // how it came to its state, oldest first
}

// MaxHistory is how long a history may grow before the tenant can edit, date and
// resubmit an order no more, and MaxApproved how long before a carrier that moves
// its date again and again can do so no more. What else the carrier does ends the
// order or stops it, and is taken down however long it is.
const (
	MaxHistory  = 200
	MaxApproved = 1_000
)

// The causes for which an order refuses, beside those of the matrix and of
// CheckRequest.
const (
	ErrTooManyChanges telephony.Code = "port_order_too_many_changes"
	ErrNothingChanged telephony.Code = "port_order_unchanged"
	ErrNoText         telephony.Code = "port_reason_without_text"
)

// New makes an order of a request, in state Processing. Names that are too long
// for carriers are cut, which the notes tell [port]. Its errors are ErrID for
// who does it, then all those of CheckRequest at once.
func New(now time.Time, by string, r Request, f Facts) (Order, []Note, error) {
	if err := checkActor(by); err != nil {
		return Order{}, nil, err
	}
	at := telephony.UnixNanos(now)
	r, notes, err := accept(at, r, f)
	if err != nil {
		return Order{}, nil, err
	}
	return Order{Request: r}.record(Transition{At: at, Verb: Place, To: Processing, By: by, Date: r.Date}), notes, nil
}

// accept returns the request as it goes to the carrier.
func accept(at int64, r Request, f Facts) (Request, []Note, error) {
	r = r.tidy()
	if e := telephony.Join(r.problems(at, f)); e != nil {
		return Request{}, nil, e
	}
	r, notes := r.fit()
	return r, notes, nil
}

func checkActor(by string) error {
	if by == "" {
		return nil
	}
	return telephony.CheckID("by", by)
}

// StateAt returns the state at now: an order that is approved is pending once
// less than 24 hours are left to the transfer [port], whoever has looked.
func (o Order) StateAt(now time.Time) State { return o.stateAt(o.moment(now)) }

func (o Order) stateAt(at int64) State {
	if o.State == TransferApproved && at > before(o.Date, Locked) {
		return TransferPending
	}
	return o.State
}

// moment is now, but not before what the history has last.
func (o Order) moment(now time.Time) int64 {
	at := telephony.UnixNanos(now)
	if len(o.History) == 0 {
		return at
	}
	return max(at, o.History.last().At)
}

// OverdueAt reports whether the transfer's moment has come and the carrier has
// not told of all numbers. The order stays pending; nothing is taken for ported
// without a report.
func (o Order) OverdueAt(now time.Time) bool {
	at := o.moment(now)
	return o.stateAt(at) == TransferPending && at >= o.Date && len(o.unreported()) > 0
}

// Allowed returns the verbs that the state at now allows, in the order of Verbs.
func (o Order) Allowed(now time.Time) []Verb {
	s := o.StateAt(now)
	return slices.DeleteFunc(Verbs(), func(v Verb) bool { return !RuleFor(s, v).IsAllowed() })
}

// TransferAt returns the moment of transfer: what is approved, or what is asked for.
func (o Order) TransferAt() time.Time { return telephony.AtNanos(o.date()) }

func (o Order) date() int64 {
	if o.Date != 0 {
		return o.Date
	}
	return o.Request.Date
}

// LockedFrom returns the first moment at which an approved order is pending, and
// false for an order that has no approved date.
func (o Order) LockedFrom() (time.Time, bool) {
	return telephony.AtNanos(o.lockedFrom()), o.Date != 0
}

func (o Order) lockedFrom() int64 { return after(before(o.Date, Locked), 1) }

// Claims returns the numbers that no other order may have meanwhile: all of an
// order that goes on, none of one that is completed or cancelled, so that what
// was not ported can be ordered again.
func (o Order) Claims() Ranges {
	if o.State.IsFinal() {
		return nil
	}
	return slices.Clone(o.Request.Numbers)
}

// String says where the order stands, without the numbers.
func (o Order) String() string {
	return strings.TrimSpace("port order of " + o.Request.Numbers.String() + ", " + o.State.String())
}

// GoString is what %#v prints: the masked form.
func (o Order) GoString() string { return "porting.Order{" + o.String() + "}" }

// LogValue masks the order in structured logs.
func (o Order) LogValue() slog.Value {
	return slog.GroupValue(slog.String("state", o.State.String()), slog.Any("request", o.Request),
		slog.Time("date", o.TransferAt()), slog.Any("history", o.History))
}
