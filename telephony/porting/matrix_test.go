package porting_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// cellOf is where a verb leads, or why it is refused.
type cellOf struct {
	to  porting.State
	err telephony.Code
}

func to(s porting.State) cellOf      { return cellOf{to: s} }
func not(code telephony.Code) cellOf { return cellOf{err: code} }

// published is the matrix written apart from the code: DOMAIN's columns edit and
// cancel [port], and what the carrier does.
var published = map[porting.Verb][7]cellOf{ // processing, contacting, approved, pending, error, completed, cancelled
	porting.Edit: {not(porting.ErrInProcess), not(porting.ErrInProcess), not(porting.ErrDateOnly), not(porting.ErrLocked),
		to(porting.InError), not(porting.ErrCompleted), not(porting.ErrCancelled)},
	porting.SetDate: {not(porting.ErrInProcess), not(porting.ErrInProcess), to(porting.TransferApproved), not(porting.ErrLocked),
		to(porting.InError), not(porting.ErrCompleted), not(porting.ErrCancelled)},
	porting.Cancel: {to(porting.Cancelled), to(porting.Cancelled), to(porting.Cancelled), not(porting.ErrLocked),
		to(porting.Cancelled), not(porting.ErrCompleted), not(porting.ErrCancelled)},
	porting.Contact: {to(porting.ContactingCarrier), not(porting.ErrContacted), not(porting.ErrContacted), not(porting.ErrContacted),
		not(porting.ErrRefused), not(porting.ErrCompleted), not(porting.ErrCancelled)},
	porting.Approve: {not(porting.ErrNotContacted), to(porting.TransferApproved), to(porting.TransferApproved), to(porting.TransferApproved),
		not(porting.ErrRefused), not(porting.ErrCompleted), not(porting.ErrCancelled)},
	porting.Reject: {not(porting.ErrNotContacted), to(porting.InError), to(porting.InError), to(porting.InError),
		not(porting.ErrRefused), not(porting.ErrCompleted), not(porting.ErrCancelled)},
	porting.Resubmit: {not(porting.ErrNotRefused), not(porting.ErrNotRefused), not(porting.ErrNotRefused), not(porting.ErrNotRefused),
		to(porting.Processing), not(porting.ErrCompleted), not(porting.ErrCancelled)},
	porting.Report: {not(porting.ErrNotContacted), not(porting.ErrNotApproved), not(porting.ErrNotDue), to(porting.TransferPending),
		not(porting.ErrRefused), not(porting.ErrCompleted), not(porting.ErrCancelled)},
	porting.Complete: {not(porting.ErrNotContacted), not(porting.ErrNotApproved), not(porting.ErrNotDue), to(porting.Completed),
		not(porting.ErrRefused), not(porting.ErrCompleted), not(porting.ErrCancelled)},
}

// do is each verb with arguments that are in order.
var do = map[porting.Verb]func(porting.Order, time.Time) (porting.Order, error){
	porting.Edit: func(o porting.Order, now time.Time) (porting.Order, error) {
		r := seattle()
		r.Account.Number = "NW-4712"
		next, _, err := o.Edit(now, by, r, facts())
		return next, err
	},
	porting.SetDate: func(o porting.Order, now time.Time) (porting.Order, error) {
		return o.SetDate(now, by, transfer.AddDate(0, 0, 3), porting.DefaultBounds())
	},
	porting.Cancel:  func(o porting.Order, now time.Time) (porting.Order, error) { return o.Cancel(now, by, "no need") },
	porting.Contact: func(o porting.Order, now time.Time) (porting.Order, error) { return o.Contact(now, by) },
	porting.Approve: func(o porting.Order, now time.Time) (porting.Order, error) {
		return o.Approve(now, "carrier", transfer.AddDate(0, 0, 4), porting.DefaultBounds())
	},
	porting.Reject: func(o porting.Order, now time.Time) (porting.Order, error) {
		return o.Reject(now, "carrier", porting.OrderPending, "")
	},
	porting.Resubmit: func(o porting.Order, now time.Time) (porting.Order, error) { return o.Resubmit(now, by, facts()) },
	porting.Report: func(o porting.Order, now time.Time) (porting.Order, error) {
		return o.Report(now, "carrier", porting.Results{{Numbers: telephony.MustParseRange("+12065550100"), Outcome: porting.Ported}})
	},
	porting.Complete: func(o porting.Order, now time.Time) (porting.Order, error) {
		return o.Complete(now, "carrier", porting.Results{{Numbers: telephony.MustParseRange("+12065550100..+12065550109"), Outcome: porting.Ported}})
	},
}

// Every verb in every state, by its method: it leads where it should and writes
// itself down, or is refused with its cause and changes nothing.
func TestEveryCell(t *testing.T) {
	cells := 0
	for _, v := range porting.Verbs() {
		for i, s := range porting.States() {
			cells++
			t.Run(v.String()+" in "+s.String(), func(t *testing.T) {
				want := published[v][i]
				if got, rule := porting.RuleFor(s, v), (porting.Rule{State: s, Verb: v, To: want.to, Err: want.err}); got != rule || got.IsAllowed() != (want.err == "") {
					t.Errorf("the rule is %+v, want %+v", got, rule)
				}
				o, now := inState(t, s)
				if o.StateAt(now) != s {
					t.Fatalf("the order is %v", o.StateAt(now))
				}
				before := shown(o)
				next, err := do[v](o, now)
				if shown(o) != before {
					t.Error("the order itself was changed")
				}
				if want.err != "" {
					e := errorOf(t, err, want.err)
					if !same(next, o) {
						t.Error("a refusal changed the order")
					}
					if s == porting.TransferApproved || s == porting.TransferPending {
						if !e.At.Equal(transfer) {
							t.Errorf("the error is of %v, not of the transfer", e.At)
						}
					}
					return
				}
				if err != nil || next.StateAt(now) != want.to {
					t.Fatalf("%v, %v; want %v", next.StateAt(now), err, want.to)
				}
				if v == porting.Report { // results say it
					return
				}
				last := next.History[len(next.History)-1]
				if last.Verb != v || last.From != s || last.To != want.to || last.By == "" || !last.When().Equal(now) {
					t.Errorf("the history ends with %v of %v by %q", last, last.When(), last.By)
				}
			})
		}
	}
	if cells != 63 || len(porting.Matrix()) != 63 || len(do) != 9 || len(published) != 9 {
		t.Errorf("%d cells, %d in the matrix", cells, len(porting.Matrix()))
	}
	for i, r := range porting.Matrix() {
		if r != porting.RuleFor(porting.States()[i%7], porting.Verbs()[i/7]) {
			t.Errorf("rule %d of the matrix is %+v", i, r)
		}
	}
}

// What is no state and no verb of the matrix is refused.
func TestRuleOfNothing(t *testing.T) {
	for _, s := range append(porting.States(), 0, 8, 255) {
		for _, v := range append(porting.Verbs(), 0, porting.Place, porting.Lock, 12, 255) {
			r := porting.RuleFor(s, v)
			if (r.Err == "") != r.IsAllowed() {
				t.Errorf("%+v", r)
			}
			switch {
			case !s.IsValid() && r.Err != porting.ErrState, s.IsValid() && (v == 0 || v > porting.Complete) && r.Err != porting.ErrVerb:
				t.Errorf("%d in %d: %v", v, s, r.Err)
			}
		}
	}
	if (porting.Rule{}).IsAllowed() {
		t.Error("the zero rule allows")
	}
	for v, f := range do {
		_, err := f(porting.Order{}, day0)
		errorOf(t, err, porting.ErrState)
		if _, err := f(porting.Order{}, day0); err == nil {
			t.Errorf("%v on no order", v)
		}
	}
}

// The table of the documentation is the matrix.
func TestDocumentedMatrix(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]porting.Verb{"Edit": porting.Edit, "SetDate": porting.SetDate, "Cancel": porting.Cancel, "Contact": porting.Contact,
		"Approve": porting.Approve, "Reject": porting.Reject, "Resubmit": porting.Resubmit, "Report": porting.Report, "Complete": porting.Complete}
	codes := map[string]telephony.Code{"ErrInProcess": porting.ErrInProcess, "ErrDateOnly": porting.ErrDateOnly, "ErrLocked": porting.ErrLocked,
		"ErrContacted": porting.ErrContacted, "ErrRefused": porting.ErrRefused, "ErrNotContacted": porting.ErrNotContacted,
		"ErrNotRefused": porting.ErrNotRefused, "ErrNotApproved": porting.ErrNotApproved, "ErrNotDue": porting.ErrNotDue}
	columns := []int{10, 29, 48, 67, 86} // where they begin
	found := 0
	for line := range strings.Lines(string(source)) {
		row, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "//\t")
		verb, _, _ := strings.Cut(row, " ")
		v, known := names[verb]
		if !ok || !known {
			continue
		}
		found++
		for i, begin := range columns {
			end := len(row)
			if i+1 < len(columns) {
				end = columns[i+1]
			}
			said := strings.TrimSpace(row[begin:end])
			r := porting.RuleFor(porting.States()[i], v)
			if r.IsAllowed() && said != r.To.String() || !r.IsAllowed() && codes[said] != r.Err {
				t.Errorf("%s in %v: the table says %q, the rule %v %v", verb, r.State, said, r.To, string(r.Err))
			}
		}
	}
	if found != 9 {
		t.Errorf("%d verbs have a row", found)
	}
}
