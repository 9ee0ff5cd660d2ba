package porting_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// The lock closes when less than 24 hours are left, to the nanosecond.
func TestLockClosesExactly(t *testing.T) {
	o, _ := inState(t, porting.TransferApproved)
	lock := transfer.Add(-24 * time.Hour)
	for _, tc := range []struct {
		now     time.Time
		state   porting.State
		overdue bool
	}{
		{lock.Add(-time.Hour), porting.TransferApproved, false},
		{lock.Add(-1), porting.TransferApproved, false},
		{lock, porting.TransferApproved, false}, // 24 hours are not less than 24 hours
		{lock.Add(1), porting.TransferPending, false},
		{transfer.Add(-1), porting.TransferPending, false},
		{transfer, porting.TransferPending, true},
		{transfer.Add(1), porting.TransferPending, true},
		{transfer.AddDate(5, 0, 0), porting.TransferPending, true},
		{time.Time{}, porting.TransferApproved, false}, // a clock that went back
		{time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), porting.TransferPending, true},
	} {
		if got := o.StateAt(tc.now); got != tc.state || o.OverdueAt(tc.now) != tc.overdue {
			t.Errorf("%v: %v, overdue %v", tc.now, got, o.OverdueAt(tc.now))
		}
		open := tc.state == porting.TransferApproved
		for v, f := range do {
			_, err := f(o, tc.now)
			switch v {
			case porting.SetDate, porting.Cancel:
				if open != (err == nil) || !open && !errors.Is(err, porting.ErrLocked) && !errors.Is(err, porting.ErrDatePast) {
					t.Errorf("%v: %v: %v", tc.now, v, err)
				}
			case porting.Report, porting.Complete:
				if open != errors.Is(err, porting.ErrNotDue) || !open && err != nil {
					t.Errorf("%v: %v: %v", tc.now, v, err)
				}
			}
		}
		allowed := o.Allowed(tc.now)
		if slices.Contains(allowed, porting.Cancel) != open || slices.Contains(allowed, porting.Complete) == open || !slices.Contains(allowed, porting.Reject) {
			t.Errorf("%v: allowed are %v", tc.now, allowed)
		}
		h := o.HistoryAt(tc.now)
		if last := h[len(h)-1]; open != (last.Verb == porting.Approve) || !open && (last.Verb != porting.Lock || !last.When().Equal(lock.Add(1)) || last.By != "") {
			t.Errorf("%v: the history ends with %v", tc.now, last)
		}
	}
	if from, ok := o.LockedFrom(); !ok || !from.Equal(lock.Add(1)) {
		t.Errorf("locked from %v, %v", from, ok)
	}
	if _, ok := newOrder(t).LockedFrom(); ok {
		t.Error("an order without an approved date is locked some day")
	}
	if len(o.History) != 3 || len(o.HistoryAt(day0)) != 3 {
		t.Errorf("the order's own history grew to %d", len(o.History))
	}
}

// An approval for less than 24 hours ahead is pending at once.
func TestApprovalForToday(t *testing.T) {
	o, now := inState(t, porting.ContactingCarrier)
	o = must(t)(o.Approve(now, "carrier", now.Add(time.Hour), porting.DefaultBounds()))
	if o.StateAt(now) != porting.TransferPending {
		t.Fatalf("it is %v", o.StateAt(now))
	}
	h := o.HistoryAt(now)
	if last := h[len(h)-1]; last.Verb != porting.Lock || !last.When().Equal(now) {
		t.Errorf("the history ends with %v at %v", last, last.When())
	}
	if since, why := o.Since(now); !since.Equal(now) || why.Verb != porting.Lock {
		t.Errorf("since %v by %v", since, why)
	}
}

func TestNewOrder(t *testing.T) {
	in := seattle()
	in.Company, in.Numbers = "  Contoso Ltd. ", ranges("+12065550105..+12065550109", "+12065550100..+12065550104")
	o, _, err := porting.New(day0, by, in, facts())
	if err != nil {
		t.Fatal(err)
	}
	if !o.Request.Equal(seattle()) {
		t.Errorf("kept %s", shown(o))
	}
	want := porting.Transition{At: nanos(day0), Verb: porting.Place, To: porting.Processing, By: by, Date: nanos(transfer)}
	if o.State != porting.Processing || o.Date != 0 || !o.TransferAt().Equal(transfer) || len(o.History) != 1 || o.History[0] != want {
		t.Errorf("made %s", shown(o))
	}
	if since, why := o.Since(day0.AddDate(1, 0, 0)); !since.Equal(day0) || why != want {
		t.Errorf("since %v by %v", since, why)
	}
	clear(in.Numbers)
	if !o.Request.Equal(seattle()) {
		t.Error("the order shares memory with its caller")
	}
	_, _, err = porting.New(day0, "no id", porting.Request{}, porting.Facts{})
	errorOf(t, err, telephony.ErrID) // before what is wrong with the request
	if since, why := (porting.Order{}).Since(day0); !since.IsZero() || why != (porting.Transition{}) {
		t.Errorf("no order: since %v by %v", since, why)
	}
}

// Who does something is an identifier, which is looked at first.
func TestActors(t *testing.T) {
	o, now := inState(t, porting.Completed)
	for name, f := range map[string]func(string) error{
		"edit":     func(by string) error { _, _, err := o.Edit(now, by, seattle(), facts()); return err },
		"date":     func(by string) error { _, err := o.SetDate(now, by, transfer, porting.DefaultBounds()); return err },
		"cancel":   func(by string) error { _, err := o.Cancel(now, by, ""); return err },
		"contact":  func(by string) error { _, err := o.Contact(now, by); return err },
		"approve":  func(by string) error { _, err := o.Approve(now, by, transfer, porting.DefaultBounds()); return err },
		"reject":   func(by string) error { _, err := o.Reject(now, by, porting.OtherReason, "x"); return err },
		"resubmit": func(by string) error { _, err := o.Resubmit(now, by, facts()); return err },
		"report":   func(by string) error { _, err := o.Report(now, by, nil); return err },
		"complete": func(by string) error { _, err := o.Complete(now, by, nil); return err },
	} {
		t.Run(name, func(t *testing.T) {
			errorOf(t, f("two words"), telephony.ErrID)
			errorOf(t, f(""), porting.ErrCompleted)
		})
	}
}

func TestEdit(t *testing.T) {
	o, now := inState(t, porting.InError)
	_, _, err := o.Edit(now, by, seattle(), facts())
	errorOf(t, err, porting.ErrNothingChanged)
	_, _, err = o.Edit(now, by, porting.Request{}, facts())
	errorOf(t, err, porting.ErrNoNumbers)

	r := seattle()
	r.Numbers, r.AuthorisedPerson, r.Date = ranges("+12065550100..+12065550104"), "Bartholomew Cubbins", nanos(transfer.AddDate(0, 0, 1))
	next, notes, err := o.Edit(now, by, r, facts())
	if err != nil || len(notes) != 1 {
		t.Fatal(notes, err)
	}
	last := next.History[len(next.History)-1]
	if last.Text != "numbers, authorised person, date" || last.Date != r.Date || last.From != porting.InError {
		t.Errorf("the history ends with %q, %d", last.Text, last.Date)
	}
	if since, why := next.Since(now); why.Verb != porting.Reject || why.Reason != porting.AccountMismatch || !since.Equal(now) {
		t.Errorf("in error since %v by %v", since, why)
	}
	if next.Claims().Count() != 5 || o.Claims().Count() != 10 {
		t.Errorf("claims %d, before %d", next.Claims().Count(), o.Claims().Count())
	}
	// The letter is judged as of now.
	_, _, err = next.Edit(now.AddDate(0, 2, 0), by, seattle(), facts())
	if !errors.Is(err, porting.ErrLetterOld) || !errors.Is(err, porting.ErrDatePast) {
		t.Errorf("two months on: %v", err)
	}
}

// An edit tells which fields it changed, whichever they are.
func TestEditNamesItsFields(t *testing.T) {
	o, now := inState(t, porting.InError)
	for field, change := range map[string]func(*porting.Request){
		"numbers":           func(r *porting.Request) { r.Numbers = ranges("+12065550101") },
		"country, address":  func(r *porting.Request) { r.Country, r.Address.Country = "CA", "CA" },
		"kind":              func(r *porting.Request) { r.Kind = telephony.TollNumber },
		"carrier":           func(r *porting.Request) { r.Carrier = "Fabrikam" },
		"account":           func(r *porting.Request) { r.Account.PIN = "4711" },
		"company":           func(r *porting.Request) { r.Company = "Fabrikam" },
		"authorised person": func(r *porting.Request) { r.AuthorisedPerson = "Alex" },
		"address":           func(r *porting.Request) { r.Address.PostalCode = "98101" },
		"letter":            func(r *porting.Request) { r.Letter.Reference = "loa-18" },
		"location":          func(r *porting.Request) { r.Location = "l-1" },
		"date":              func(r *porting.Request) { r.Date++ },
	} {
		r := seattle()
		change(&r)
		next, _, err := o.Edit(now, by, r, facts())
		if err != nil || next.History[len(next.History)-1].Text != field || next.Request.Equal(o.Request) {
			t.Errorf("%s: %v, %v", field, next.History[len(next.History)-1].Text, err)
		}
	}
}

func TestSetDate(t *testing.T) {
	bounds := porting.DefaultBounds()
	for _, s := range []porting.State{porting.TransferApproved, porting.InError} {
		o, now := inState(t, s)
		for date, code := range map[time.Time]telephony.Code{
			{}: porting.ErrNoDate, now: porting.ErrDatePast, now.Add(24*time.Hour - 1): porting.ErrDateTooSoon,
			now.AddDate(0, 0, 90).Add(1): porting.ErrDateTooFar, transfer: porting.ErrNothingChanged,
		} {
			_, err := o.SetDate(now, by, date, bounds)
			errorOf(t, err, code)
		}
		for _, date := range []time.Time{now.Add(24 * time.Hour), now.AddDate(0, 0, 90)} {
			next := must(t)(o.SetDate(now, by, date, bounds))
			if !next.TransferAt().Equal(date) || next.Request.Date != nanos(date) || next.StateAt(now) != s || (next.Date != 0) != (s == porting.TransferApproved) {
				t.Errorf("%v: %s", date, shown(next))
			}
		}
		_, err := o.SetDate(now, by, now.AddDate(0, 0, 5), porting.Bounds{})
		errorOf(t, err, porting.ErrDateTooFar)
	}
}

func TestApprove(t *testing.T) {
	o, now := inState(t, porting.ContactingCarrier)
	bounds := porting.DefaultBounds()
	for date, code := range map[time.Time]telephony.Code{
		{}: porting.ErrNoDate, now: porting.ErrDatePast, now.AddDate(0, 0, 90).Add(1): porting.ErrDateTooFar,
	} {
		_, err := o.Approve(now, "carrier", date, bounds)
		errorOf(t, err, code)
	}
	for _, date := range []time.Time{now.Add(1), now.AddDate(0, 0, 90)} {
		next := must(t)(o.Approve(now, "carrier", date, bounds))
		if !next.TransferAt().Equal(date) || next.Request.Date != nanos(transfer) {
			t.Errorf("%v: %s", date, shown(next))
		}
	}
	// A carrier moves the date of what is pending: the lock opens again.
	o, now = inState(t, porting.TransferPending)
	later := now.AddDate(0, 0, 7)
	o = must(t)(o.Approve(now, "carrier", later, bounds))
	if o.StateAt(now) != porting.TransferApproved || !o.TransferAt().Equal(later) {
		t.Errorf("moved: %s", shown(o))
	}
	if o = must(t)(o.Cancel(now, by, "")); o.StateAt(now) != porting.Cancelled {
		t.Error("it cannot be cancelled")
	}
}

func TestReject(t *testing.T) {
	o, now := inState(t, porting.TransferPending)
	for _, tc := range []struct {
		reason porting.Reason
		text   string
		code   telephony.Code
	}{
		{0, "x", porting.ErrReason}, {200, "x", porting.ErrReason}, {porting.OtherReason, " ", porting.ErrNoText},
		{porting.AccountFrozen, "a\a", telephony.ErrText}, {porting.OtherReason, strings.Repeat("x", 257), telephony.ErrText},
	} {
		_, err := o.Reject(now, "carrier", tc.reason, tc.text)
		errorOf(t, err, tc.code)
	}
	for _, reason := range porting.Reasons() {
		next := must(t)(o.Reject(now, "carrier", reason, " in their words "))
		since, why := next.Since(now)
		if next.StateAt(now) != porting.InError || next.Date != 0 || why.Reason != reason || why.Text != "in their words" || !since.Equal(now) || reason.Fix() == "" {
			t.Errorf("%v: %s", reason, shown(next))
		}
		if !next.TransferAt().Equal(transfer) {
			t.Errorf("the date asked for is %v", next.TransferAt())
		}
	}
	_, err := o.Cancel(now, by, "a\a")
	errorOf(t, err, porting.ErrLocked)
	o, now = inState(t, porting.Processing)
	_, err = o.Cancel(now, by, "a\a")
	errorOf(t, err, telephony.ErrText)
}

// What goes to the carrier again is judged as of then.
func TestResubmit(t *testing.T) {
	o, now := inState(t, porting.InError)
	next := must(t)(o.Resubmit(now, by, facts()))
	if next.StateAt(now) != porting.Processing {
		t.Errorf("it is %v", next.StateAt(now))
	}
	_, err := o.Resubmit(transfer, by, facts())
	errorOf(t, err, porting.ErrDatePast)
	_, err = o.Resubmit(now.AddDate(0, 3, 0), by, facts())
	if !errors.Is(err, porting.ErrDatePast) || !errors.Is(err, porting.ErrLetterOld) {
		t.Errorf("three months on: %v", err)
	}
	f := facts()
	f.PINWanted = true // found out meanwhile
	_, err = o.Resubmit(now, by, f)
	errorOf(t, err, porting.ErrNoAccountPIN)
}

// Nothing of an order's life is earlier than what came before.
func TestTimeNeverGoesBack(t *testing.T) {
	o, _ := inState(t, porting.ContactingCarrier)
	last := o.History[len(o.History)-1].At
	for _, now := range []time.Time{{}, day0.AddDate(-1, 0, 0), time.Unix(math.MinInt64, 0)} {
		next := must(t)(o.Cancel(now, by, ""))
		if got := next.History[len(next.History)-1].At; got != last {
			t.Errorf("now %v: cancelled at %d, contacted at %d", now, got, last)
		}
	}
	// A lock that has closed stays closed.
	o, now := inState(t, porting.TransferPending)
	o = must(t)(do[porting.Report](o, now))
	if o.StateAt(day0) != porting.TransferPending {
		t.Error("the lock opened when the clock went back")
	}
}

// A history is bounded for what a tenant or a carrier does again and again, and
// never for what ends an order or stops it.
func TestHistoryIsBounded(t *testing.T) {
	o, now := inState(t, porting.InError)
	bounds := porting.DefaultBounds()
	for i := 0; len(o.History) < porting.MaxHistory; i++ {
		o = must(t)(o.SetDate(now, by, transfer.AddDate(0, 0, 1+i%2), bounds))
	}
	_, err := o.SetDate(now, by, transfer, bounds)
	wantFigure(t, errorOf(t, err, porting.ErrTooManyChanges), "limit", porting.MaxHistory)
	_, _, err = o.Edit(now, by, seattle(), facts())
	errorOf(t, err, porting.ErrTooManyChanges)
	_, err = o.Resubmit(now, by, facts())
	errorOf(t, err, porting.ErrTooManyChanges)
	must(t)(o.Cancel(now, by, ""))

	o, now = inState(t, porting.ContactingCarrier)
	o = must(t)(o.Approve(now, "carrier", transfer, bounds))
	for i := 0; len(o.History) < porting.MaxApproved; i++ {
		o = must(t)(o.Approve(now, "carrier", transfer.AddDate(0, 0, 1+i%2), bounds))
	}
	_, err = o.Approve(now, "carrier", transfer, bounds)
	wantFigure(t, errorOf(t, err, porting.ErrTooManyChanges), "limit", porting.MaxApproved)
	must(t)(o.Cancel(now, by, ""))
	must(t)(must(t)(o.Reject(now, "carrier", porting.OrderPending, "")).Cancel(now, by, ""))
	now = transfer.AddDate(0, 0, 1)
	must(t)(o.Complete(now, "carrier", o.AllPorted()))
}

func TestClaims(t *testing.T) {
	for _, s := range porting.States() {
		o, _ := inState(t, s)
		claims := o.Claims()
		if want := 10 * map[bool]int{true: 0, false: 1}[s.IsFinal()]; claims.Count() != want {
			t.Errorf("%v claims %d", s, claims.Count())
		}
		clear(claims)
		if !o.Request.Equal(seattle()) {
			t.Error("the order's own list was handed out")
		}
	}
	if (porting.Order{}).Claims() != nil {
		t.Error("no order claims numbers")
	}
}

// What methods hand out is the caller's.
func TestListsAreTheCallers(t *testing.T) {
	o, now := inState(t, porting.TransferPending)
	o = must(t)(do[porting.Report](o, now))
	before := shown(o)
	clear(o.HistoryAt(now))
	clear(o.ResultsAt(now))
	clear(o.Results.With(porting.Ported))
	clear(o.AllPorted())
	done := must(t)(o.Complete(now, by, o.AllPorted()))
	clear(done.ResultsAt(now))
	if shown(o) != before || len(done.Results) == 0 || done.Results[0].Outcome != porting.Ported {
		t.Error("an order shares its lists")
	}
	// Orders made of one do not write into each other, however long its history.
	o, now = inState(t, porting.InError)
	for i := range 10 {
		first, second := transfer.AddDate(0, 0, 1+i%2), transfer.AddDate(0, 0, 3)
		next := must(t)(o.SetDate(now, "first", first, porting.DefaultBounds()))
		must(t)(o.SetDate(now, "second", second, porting.DefaultBounds()))
		if last := next.History[len(next.History)-1]; last.By != "first" || last.Date != nanos(first) {
			t.Fatalf("the date was changed by %s", last.By)
		}
		o = next
	}
}
