package porting

import (
	"math"
	"strings"
	"time"

	"example.com/callingplan/telephony"
)

// begin returns the order as it is at now and the entry that a verb makes, or
// why it is refused: by who does it, by the state, by the length of the history.
func (o Order) begin(now time.Time, v Verb, by string) (Order, Transition, error) {
	if err := checkActor(by); err != nil {
		return o, Transition{}, err
	}
	at := o.moment(now)
	rule := RuleFor(o.stateAt(at), v)
	if !rule.IsAllowed() {
		return o, Transition{}, o.refuse(rule)
	}
	if most := v.mostEntries(); len(o.History) >= most {
		return o, Transition{}, &telephony.Error{Code: ErrTooManyChanges, Detail: "the order was changed too often",
			Figures: []telephony.Figure{{Name: "entries", Value: int64(len(o.History))}, {Name: "limit", Value: int64(most)}},
			Fix:     "let it end, by the carrier's report or its refusal, or by cancelling it, and order again"}
	}
	return o.settled(at), Transition{At: at, Verb: v, To: rule.To, By: by}, nil
}

// mostEntries is how long a history may be for a verb that can come again and again.
func (v Verb) mostEntries() int {
	switch v {
	case Edit, SetDate, Resubmit:
		return MaxHistory
	case Approve:
		return MaxApproved
	}
	return math.MaxInt
}

// refuse is the error of a verb that the state refuses, with the moment that
// matters: the transfer of an approved order, the end of one that is over.
func (o Order) refuse(r Rule) error {
	detail, fix := refusal(r.Err)
	e := &telephony.Error{Code: r.Err, Detail: detail, Fix: fix}
	switch {
	case r.State == TransferApproved, r.State == TransferPending:
		e.At = telephony.AtNanos(o.Date)
	case r.State.IsFinal():
		e.At = o.History.last().When()
	}
	return e
}

// Edit changes what is asked; the whole request is given and judged anew. What
// the carrier told of numbers that stay is kept until the order is resubmitted.
//
// Errors, in order of precedence: ErrID for who does it; that of the matrix;
// ErrTooManyChanges; all those of CheckRequest at once; ErrNothingChanged.
func (o Order) Edit(now time.Time, by string, r Request, f Facts) (Order, []Note, error) {
	next, t, err := o.begin(now, Edit, by)
	if err != nil {
		return o, nil, err
	}
	r, notes, err := accept(t.At, r, f)
	if err != nil {
		return o, nil, err
	}
	fields := o.Request.changed(r)
	if len(fields) == 0 {
		return o, nil, unchanged("the request is what it was")
	}
	if r.Date != o.Request.Date {
		t.Date = r.Date
	}
	t.Text = strings.Join(fields, ", ")
	next.Request = r
	next.Results = next.Results.of(r.Numbers)
	return next.record(t), notes, nil
}

func unchanged(detail string) error {
	return &telephony.Error{Code: ErrNothingChanged, Detail: detail, Fix: "change something, or leave it as it is"}
}

// SetDate changes the moment of transfer alone: what the tenant asks for, and of
// an order that is approved, what holds. It stays approved.
//
// Errors, in order of precedence: ErrID for who does it; that of the matrix;
// ErrTooManyChanges; ErrNoDate, ErrDateTooSoon, ErrDatePast or ErrDateTooFar;
// ErrNothingChanged.
func (o Order) SetDate(now time.Time, by string, date time.Time, bounds Bounds) (Order, error) {
	next, t, err := o.begin(now, SetDate, by)
	if err != nil {
		return o, err
	}
	t.Date = givenDate(date)
	if e := bounds.wish("date", t.At, t.Date); e != nil {
		return o, e
	}
	if t.Date == o.date() {
		return o, unchanged("the date is what it was")
	}
	next.Request.Date = t.Date
	if next.State == TransferApproved {
		next.Date = t.Date
	}
	return next.record(t), nil
}

// givenDate is 0 for the zero Time, which is no date.
func givenDate(date time.Time) int64 {
	if date.IsZero() {
		return 0
	}
	return telephony.UnixNanos(date)
}

// Cancel ends the order; its numbers stay where they are. The text says why, and
// may be empty.
//
// Errors, in order of precedence: ErrID for who does it; that of the matrix;
// ErrText.
func (o Order) Cancel(now time.Time, by, text string) (Order, error) {
	next, t, err := o.begin(now, Cancel, by)
	if err != nil {
		return o, err
	}
	if t.Text, err = checkText(text); err != nil {
		return o, err
	}
	return next.record(t), nil
}

func checkText(text string) (string, error) {
	text = strings.TrimSpace(text)
	return text, telephony.CheckText("text", text, telephony.MaxTextRunes)
}

// Contact sends the order to the losing carrier. Errors, in order of precedence:
// ErrID for who does it; that of the matrix.
func (o Order) Contact(now time.Time, by string) (Order, error) {
	next, t, err := o.begin(now, Contact, by)
	if err != nil {
		return o, err
	}
	return next.record(t), nil
}

// Approve is the carrier's firm order commitment (FOC): it will transfer the
// numbers at that moment, which may be sooner or later than what was asked for.
// A carrier that moves the date approves again, at any time before it has ported
// a number; what it told of failures is then void.
//
// Errors, in order of precedence: ErrID for who does it; that of the matrix;
// ErrTooManyChanges; ErrSomePorted; ErrNoDate, ErrDatePast or ErrDateTooFar.
func (o Order) Approve(now time.Time, by string, date time.Time, bounds Bounds) (Order, error) {
	next, t, err := o.begin(now, Approve, by)
	if err != nil {
		return o, err
	}
	if e := o.Results.nonePorted(); e != nil {
		return o, e
	}
	t.Date = givenDate(date)
	if e := bounds.commitment("date", t.At, t.Date); e != nil {
		return o, e
	}
	next.Date, next.Results = t.Date, nil
	return next.record(t), nil
}

// Reject is the carrier's refusal, with its reason, and in the text its own
// words, without which OtherReason says nothing. It can come until the carrier
// has ported a number: carriers withdraw from what they approved.
//
// Errors, in order of precedence: ErrID for who does it; that of the matrix;
// ErrSomePorted; ErrReason; ErrText; ErrNoText.
func (o Order) Reject(now time.Time, by string, reason Reason, text string) (Order, error) {
	next, t, err := o.begin(now, Reject, by)
	if err != nil {
		return o, err
	}
	if e := o.Results.nonePorted(); e != nil {
		return o, e
	}
	if t.Reason, t.Text, err = checkReason(reason, text); err != nil {
		return o, err
	}
	next.Date = 0
	return next.record(t), nil
}

func checkReason(reason Reason, text string) (Reason, string, error) {
	if !reason.IsValid() {
		return 0, "", reasonNames.refuse("reason")
	}
	text, err := checkText(text)
	if err == nil && reason == OtherReason && text == "" {
		err = &telephony.Error{Code: ErrNoText, Field: "text", Detail: "another reason than those that are named needs the carrier's words",
			Fix: "give them, or one of the reasons"}
	}
	return reason, text, err
}

// Resubmit sends a refused order again, as it is after edits. It is judged anew,
// since its date may be past by now and its letter old.
//
// Errors, in order of precedence: ErrID for who does it; that of the matrix;
// ErrTooManyChanges; all those of CheckRequest at once.
func (o Order) Resubmit(now time.Time, by string, f Facts) (Order, error) {
	next, t, err := o.begin(now, Resubmit, by)
	if err != nil {
		return o, err
	}
	if e := telephony.Join(o.Request.problems(t.At, f)); e != nil {
		return o, e
	}
	next.Results = nil
	return next.record(t), nil
}
