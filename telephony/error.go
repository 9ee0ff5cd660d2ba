package telephony

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

// A Code names one cause of failure. It is a stable string that programs may
// store and compare, and it is itself an error, so that the sentinel and the
// code are one thing:
//
//	if errors.Is(err, reservation.ErrExpired) { ... }
//
// Every package of this module declares its own codes; none has two causes.
type Code string

// Error returns the code's words: "hold_expired" reads "hold expired".
func (c Code) Error() string { return strings.ReplaceAll(string(c), "_", " ") }

// A Figure is a number that explains a refusal: a limit, what was asked, what
// there was.
type Figure struct {
	Name  string
	Value int64
}

// Error is the one error type of this module. Its text says what is wrong, with
// the figures, and what would put it right; it never holds a phone number, an
// address or a person's name unmasked. The values themselves are in the fields.
//
// errors.Is finds the Code, every code in Reasons and the cause in Err.
type Error struct {
	Op      string   // the operation refused, such as "reserve"; empty in pure rules
	Code    Code     // the cause
	Field   string   // the field of the request at fault, if one is
	Subject string   // the opaque thing concerned, such as "reservation r-5c1-2"
	Detail  string   // what is wrong, where the code's words do not say it all
	Fix     string   // what would put it right
	Figures []Figure // the figures, in the order they are to be read

	Person  PersonID   // the person concerned; masked in text
	Numbers NumberList // the numbers concerned; masked in text
	Ranges  []Range    // the numbers concerned where there may be very many; masked in text
	At      time.Time  // the moment that matters, such as the end of a hold

	Line, Column int // the place in a file that was read, from 1 on, Column in bytes; 0 for none

	Reasons []*Error // every reason, where several apply at once; the first gives Code
	Err     error    // a cause outside this module
}

// maxNumbersInText bounds how many masked numbers an error's text lists, and how
// many ranges. The rest are counted, never dropped without a word.
const maxNumbersInText = 3

// Error implements the error interface.
func (e *Error) Error() string {
	var b strings.Builder
	for _, part := range []string{e.Op, e.place(), e.Field} {
		if part != "" {
			b.WriteString(part)
			b.WriteString(": ")
		}
	}
	if e.Detail != "" {
		b.WriteString(e.Detail)
	} else {
		b.WriteString(e.Code.Error())
	}
	if about := e.about(); about != "" {
		b.WriteString(" (")
		b.WriteString(about)
		b.WriteString(")")
	}
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	if e.Fix != "" {
		b.WriteString("; ")
		b.WriteString(e.Fix)
	}
	if more := len(e.Reasons) - 1; more > 0 {
		fmt.Fprintf(&b, " (and %d more)", more)
	}
	return b.String()
}

// place names the place in a file, if the error has one.
func (e *Error) place() string {
	switch {
	case e.Line == 0:
		return ""
	case e.Column == 0:
		return "line " + strconv.Itoa(e.Line)
	}
	return "line " + strconv.Itoa(e.Line) + ", column " + strconv.Itoa(e.Column)
}

// about lists the facts of the error, masked where they are personal.
func (e *Error) about() string {
	var parts []string
	if e.Subject != "" {
		parts = append(parts, e.Subject)
	}
	if e.Person != "" {
		parts = append(parts, "person "+e.Person.Masked())
	}
	for i, n := range e.Numbers {
		if i == maxNumbersInText {
			parts = append(parts, strconv.Itoa(len(e.Numbers)-i)+" more numbers")
			break
		}
		parts = append(parts, "number "+n.Masked())
	}
	for i, r := range e.Ranges {
		if i == maxNumbersInText {
			parts = append(parts, strconv.Itoa(len(e.Ranges)-i)+" more ranges")
			break
		}
		parts = append(parts, "range of "+r.Masked())
	}
	for _, f := range e.Figures {
		parts = append(parts, f.Name+" "+strconv.FormatInt(f.Value, 10))
	}
	if !e.At.IsZero() {
		parts = append(parts, "at "+e.At.UTC().Format(time.RFC3339Nano))
	}
	return strings.Join(parts, ", ")
}

// Unwrap gives errors.Is and errors.As the code, the reasons and the cause.
func (e *Error) Unwrap() []error {
	all := make([]error, 0, 2+len(e.Reasons))
	if e.Code != "" {
		all = append(all, e.Code)
	}
	for _, r := range e.Reasons {
		all = append(all, r)
	}
	if e.Err != nil {
		all = append(all, e.Err)
	}
	return all
}

// All returns every reason: those in Reasons, or the error itself where it has
// only one.
func (e *Error) All() []*Error {
	if len(e.Reasons) == 0 {
		return []*Error{e}
	}
	return e.Reasons
}

// Figure returns the figure of that name, and whether the error carries it.
func (e *Error) Figure(name string) (int64, bool) {
	for _, f := range e.Figures {
		if f.Name == name {
			return f.Value, true
		}
	}
	return 0, false
}

// LogValue keeps personal data out of structured logs.
func (e *Error) LogValue() slog.Value {
	return slog.GroupValue(slog.String("code", string(e.Code)), slog.String("message", e.Error()))
}

// MarshalJSON writes the code and the masked text, so that an error put into
// an answer or a log discloses nothing.
func (e *Error) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Code    Code   `json:"code"`
		Message string `json:"message"`
	}{e.Code, e.Error()})
}

// GoString is what %#v prints: the masked text, not the fields.
func (e *Error) GoString() string { return "&telephony.Error{" + strconv.Quote(e.Error()) + "}" }

// Join makes one error of all reasons found: nil for none, the reason itself
// for one, else an error with the first reason's code that carries them all.
func Join(reasons []*Error) *Error {
	switch len(reasons) {
	case 0:
		return nil
	case 1:
		return reasons[0]
	}
	first := *reasons[0]
	first.Reasons = reasons
	return &first
}
