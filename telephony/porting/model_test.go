package porting_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// life is an order and the plainest account of it: what its state is in words,
// when the transfer is, which of its three numbers were ported and failed, and
// how many entries its history must have.
type life struct {
	t       *rapid.T
	order   porting.Order
	now     time.Time
	state   string
	date    time.Time // approved
	wanted  time.Time
	fates   [3]string // "", "ported", "failed"
	entries int
	ended   string // how the order was printed when it ended
}

const hours24 = 24 * time.Hour

// seen is the state as somebody with a watch would say it.
func (l *life) seen() string {
	if l.state == "approved" && l.date.Sub(l.now) < hours24 {
		return "pending"
	}
	return l.state
}

// words are the model's names for the states.
var words = map[porting.State]string{porting.Processing: "processing", porting.ContactingCarrier: "contacting", porting.TransferApproved: "approved",
	porting.TransferPending: "pending", porting.InError: "error", porting.Completed: "completed", porting.Cancelled: "cancelled"}

// settle makes pending what is pending, with the entry that says so.
func (l *life) settle() {
	if l.state == "approved" && l.seen() == "pending" {
		l.state = "pending"
		l.entries++
	}
}

// did holds the outcome of a verb against whether the model allows it.
func (l *life) did(verb string, next porting.Order, err error, allowed bool) bool {
	l.t.Helper()
	if allowed != (err == nil) {
		l.t.Fatalf("%s in %s at %v (transfer %v): %v", verb, l.seen(), l.now, l.date, err)
	}
	if err != nil {
		var e *telephony.Error
		if !errors.As(err, &e) {
			l.t.Fatalf("%s: %T", verb, err)
		}
		if !same(next, l.order) {
			l.t.Fatalf("%s was refused and changed the order", verb)
		}
		return false
	}
	l.settle()
	l.order = next
	return true
}

func (l *life) enter(state string) {
	l.state = state
	l.entries++
}

func (l *life) ported() bool {
	for _, f := range l.fates {
		if f == "ported" {
			return true
		}
	}
	return false
}

func (l *life) all() bool { return l.fates[0] != "" && l.fates[1] != "" && l.fates[2] != "" }

func three() porting.Request {
	r := seattle()
	r.Numbers = ranges("+12065550100", "+12065550102..+12065550103")
	return r
}

var threeNumbers = []string{"+12065550100", "+12065550102", "+12065550103"}

// openBounds leave every future date open, so that the model need not know them.
func openBounds() porting.Bounds {
	return porting.Bounds{Horizon: 1 << 62, LetterAge: 1 << 62}
}

func openFacts() porting.Facts {
	return porting.Facts{Bounds: openBounds(), LocationWhen: telephony.LocationAtAssignment}
}

// Orders live as the model says: never two ends, an ended order never changes,
// the history is whole and in order, the lock closes to the nanosecond.
func TestOrderAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, _, err := porting.New(day0, by, three(), openFacts())
		if err != nil {
			t.Fatal(err)
		}
		l := &life{t: t, order: o, now: day0, state: "processing", wanted: transfer, entries: 1}
		t.Repeat(map[string]func(*rapid.T){
			"wait": func(t *rapid.T) {
				l.t = t
				l.now = l.now.Add(time.Duration(rapid.Int64Range(1, int64(80*time.Hour)).Draw(t, "for")))
			},
			"to the lock": func(t *rapid.T) {
				l.t = t
				at := l.date.Add(-hours24).Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "off")))
				if l.state != "approved" || at.Before(l.now) {
					t.Skip("there is none ahead")
				}
				l.now = at
			},
			"contact": func(t *rapid.T) {
				l.t = t
				next, err := l.order.Contact(l.now, by)
				if l.did("contact", next, err, l.state == "processing") {
					l.enter("contacting")
				}
			},
			"approve": func(t *rapid.T) {
				l.t = t
				date := l.now.Add(time.Duration(rapid.Int64Range(-1, int64(100*time.Hour)).Draw(t, "ahead")))
				next, err := l.order.Approve(l.now, by, date, openBounds())
				s := l.state
				if l.did("approve", next, err, (s == "contacting" || s == "approved" || s == "pending") && !l.ported() && date.After(l.now)) {
					l.enter("approved")
					l.date, l.fates = date, [3]string{}
				}
			},
			"reject": func(t *rapid.T) {
				l.t = t
				next, err := l.order.Reject(l.now, by, porting.AddressMismatch, "")
				s := l.state
				if l.did("reject", next, err, (s == "contacting" || s == "approved" || s == "pending") && !l.ported()) {
					l.enter("error")
				}
			},
			"resubmit": func(t *rapid.T) {
				l.t = t
				next, err := l.order.Resubmit(l.now, by, openFacts())
				if l.did("resubmit", next, err, l.state == "error" && l.wanted.After(l.now)) {
					l.enter("processing")
					l.fates = [3]string{}
				}
			},
			"edit": func(t *rapid.T) {
				l.t = t
				r := three()
				r.Account.Number, r.Date = rapid.SampledFrom([]string{"NW-1", "NW-2"}).Draw(t, "account"), nanos(l.now.Add(100*time.Hour))
				same := l.order.Request.Account.Number == r.Account.Number && l.order.Request.Date == r.Date
				next, _, err := l.order.Edit(l.now, by, r, openFacts())
				if l.did("edit", next, err, l.state == "error" && !same) {
					l.wanted = l.now.Add(100 * time.Hour)
					l.enter("error")
				}
			},
			"set date": func(t *rapid.T) {
				l.t = t
				date := l.now.Add(time.Duration(rapid.Int64Range(-1, int64(100*time.Hour)).Draw(t, "ahead")))
				s := l.seen()
				same := s == "approved" && date.Equal(l.date) || s == "error" && date.Equal(l.wanted)
				next, err := l.order.SetDate(l.now, by, date, openBounds())
				if l.did("set date", next, err, (s == "approved" || s == "error") && date.After(l.now) && !same) {
					l.wanted = date
					if s == "approved" {
						l.date = date
					}
					l.enter(s)
				}
			},
			"cancel": func(t *rapid.T) {
				l.t = t
				next, err := l.order.Cancel(l.now, by, "")
				s := l.seen()
				if l.did("cancel", next, err, s == "processing" || s == "contacting" || s == "approved" || s == "error") {
					l.enter("cancelled")
				}
			},
			"report": func(t *rapid.T) {
				l.t = t
				i := rapid.IntRange(0, 2).Draw(t, "number")
				r, fate := result(threeNumbers[i], porting.Ported, 0), "ported"
				if rapid.Bool().Draw(t, "failed") {
					r, fate = result(threeNumbers[i], porting.Failed, porting.NotPortable), "failed"
				}
				next, err := l.order.Report(l.now, by, porting.Results{r})
				if l.did("report", next, err, l.seen() == "pending" && (l.fates[i] != "ported" || fate == "ported")) {
					l.fates[i] = fate
				}
			},
			"complete": func(t *rapid.T) {
				l.t = t
				var rest porting.Results
				filled := rapid.Bool().Draw(t, "fill")
				if filled {
					rest = l.order.AllPorted()
				}
				next, err := l.order.Complete(l.now, by, rest)
				whole := l.all() && l.ported() || filled && (!l.all() || l.ported())
				if l.did("complete", next, err, l.seen() == "pending" && whole) {
					for i := range l.fates {
						if l.fates[i] == "" {
							l.fates[i] = "ported"
						}
					}
					l.enter("completed")
				}
			},
			"": func(t *rapid.T) { l.t = t; l.check() },
		})
	})
}

// check holds the order against the model after every step.
func (l *life) check() {
	t, o := l.t, l.order
	if got := words[o.StateAt(l.now)]; got != l.seen() {
		t.Fatalf("%s, want %s", got, l.seen())
	}
	history := o.HistoryAt(l.now)
	want := l.entries
	if l.state == "approved" && l.seen() == "pending" {
		want++
	}
	if len(history) != want {
		t.Fatalf("%d entries, want %d", len(history), want)
	}
	ends, state, at := 0, porting.State(0), int64(0)
	for _, h := range history {
		if h.From != state || h.At < at || !h.To.IsValid() || (h.By == "") != (h.Verb == porting.Lock) {
			t.Fatalf("%v of %v follows %v", h, h.When(), state)
		}
		if h.To.IsFinal() {
			ends++
		}
		state, at = h.To, h.At
	}
	if final := l.state == "completed" || l.state == "cancelled"; ends > 1 || (ends == 1) != final {
		t.Fatalf("%d ends in %s", ends, l.state)
	} else if final {
		if l.ended == "" {
			l.ended = shown(o)
		}
		if shown(o) != l.ended {
			t.Fatalf("an ended order changed")
		}
	}
	if state != o.StateAt(l.now) {
		t.Fatalf("the history ends in %v, the order is %v", state, o.StateAt(l.now))
	}
	overdue := l.seen() == "pending" && !l.now.Before(l.date) && !l.all()
	if o.OverdueAt(l.now) != overdue {
		t.Fatalf("overdue %v in %s", !overdue, l.seen())
	}
	for i, fate := range l.fates {
		got := ""
		for _, r := range o.Results {
			if r.Numbers.Contains(num(threeNumbers[i])) {
				got = r.Outcome.String()
			}
		}
		if got != fate {
			t.Fatalf("number %d is %q, want %q", i, got, fate)
		}
	}
}
