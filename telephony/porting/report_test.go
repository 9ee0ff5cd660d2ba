package porting_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

func result(numbers string, outcome porting.Outcome, reason porting.Reason) porting.Result {
	return porting.Result{Numbers: telephony.MustParseRange(numbers), Outcome: outcome, Reason: reason}
}

func TestReport(t *testing.T) {
	o, now := inState(t, porting.TransferPending)
	_, err := o.Report(now, "carrier", nil)
	errorOf(t, err, porting.ErrNoResults)
	for name, tc := range map[string]struct {
		result porting.Result
		code   telephony.Code
	}{
		"no numbers":           {porting.Result{Outcome: porting.Ported}, porting.ErrEmptyRange},
		"no outcome":           {result("+12065550100", 0, 0), porting.ErrOutcome},
		"awaited":              {result("+12065550100", porting.Awaited, 0), porting.ErrOutcome},
		"overdue":              {result("+12065550100", porting.Overdue, 0), porting.ErrOutcome},
		"failed for no reason": {result("+12065550100", porting.Failed, 0), porting.ErrReason},
		"ported for a reason":  {result("+12065550100", porting.Ported, porting.NotPortable), porting.ErrReason},
		"another reason":       {result("+12065550100", porting.Failed, porting.OtherReason), porting.ErrNoText},
		"a text with a bell": {porting.Result{Numbers: telephony.MustParseRange("+12065550100"), Outcome: porting.Ported, Text: "a\a"},
			telephony.ErrText},
		"a kind that is none": {porting.Result{Numbers: telephony.MustParseRange("+12065550100"), Outcome: porting.Ported, Kind: 9}, telephony.ErrKind},
		"toll-free at once": {porting.Result{Numbers: telephony.MustParseRange("+12065550100"), Outcome: porting.Ported, Kind: telephony.TollFreeNumber},
			porting.ErrResultKind},
		"not in the order":  {result("+12065550110", porting.Ported, 0), porting.ErrNotInOrder},
		"partly in it":      {result("+12065550108..+12065550112", porting.Ported, 0), porting.ErrNotInOrder},
		"a very long range": {result("+12060000000..+12069999999", porting.Ported, 0), porting.ErrNotInOrder},
	} {
		t.Run(name, func(t *testing.T) {
			next, err := o.Report(now, "carrier", porting.Results{tc.result})
			e := errorOf(t, err, tc.code)
			if len(e.All()) != 1 || !same(next, o) {
				t.Errorf("%v", e.All())
			}
		})
	}
	_, err = o.Report(now, "carrier", porting.Results{
		result("+12065550100..+12065550103", porting.Ported, 0), result("+12065550103..+12065550110", porting.Failed, 0), {}})
	want := []telephony.Code{porting.ErrReason, porting.ErrNotInOrder, porting.ErrDuplicateNumber, porting.ErrEmptyRange, porting.ErrOutcome}
	e := errorOf(t, err, porting.ErrReason)
	if got := codesOf(e.All()); !slices.Equal(got, want) {
		t.Errorf("several at once: %v, want %v", got, want)
	}
	wantFigure(t, e.All()[1], "numbers", 1)
	if twice := e.All()[2].Numbers; !slices.Equal(twice, telephony.NumberList{num("+12065550103")}) {
		t.Errorf("%d numbers are told twice", len(twice))
	}
}

// What failed may still be ported or fail otherwise; what was ported stays so,
// and holds the order to its completion.
func TestReportsAddUp(t *testing.T) {
	ok := must(t)
	o, now := inState(t, porting.TransferPending)
	o = ok(o.Report(now, "carrier", porting.Results{result("+12065550100..+12065550104", porting.Failed, porting.NumberInactive)}))
	// An order of which all failed so far can still be refused or moved.
	if moved := ok(o.Approve(now, "carrier", now.AddDate(0, 0, 3), porting.DefaultBounds())); len(moved.Results) != 0 {
		t.Error("a new date kept old failures")
	}
	refused := ok(o.Reject(now, "carrier", porting.NumberInactive, ""))
	if got := refused.Results.With(porting.Failed); got.Count() != 5 {
		t.Errorf("%d failures are kept for the tenant to see", got.Count())
	}
	r := seattle()
	r.Numbers, r.Date = ranges("+12065550103..+12065550109"), nanos(now.AddDate(0, 0, 5))
	edited, _, err := refused.Edit(now, by, r, facts())
	if err != nil || edited.Results.With(porting.Failed).Count() != 2 {
		t.Errorf("after an edit %v, %v", edited.Results, err)
	}
	if again := ok(edited.Resubmit(now, by, facts())); len(again.Results) != 0 {
		t.Error("a resubmitted order kept old failures")
	}

	o = ok(o.Report(now.Add(time.Minute), "carrier", porting.Results{result("+12065550102..+12065550103", porting.Ported, 0), result("+12065550100", porting.Failed, porting.NotOnAccount)}))
	_, err = o.Report(now, "carrier", porting.Results{result("+12065550101..+12065550103", porting.Failed, porting.NotPortable)})
	if e := errorOf(t, err, porting.ErrAlreadyPorted); len(e.Numbers) != 2 {
		t.Errorf("%d numbers are ported already", len(e.Numbers))
	}
	same := ok(o.Report(now.Add(time.Hour), "carrier", porting.Results{result("+12065550102..+12065550103", porting.Ported, 0)}))
	if shown(same) != shown(o) {
		t.Error("the same report again is taken for another")
	}
	_, err = o.Approve(now, "carrier", now.AddDate(0, 0, 3), porting.DefaultBounds())
	errorOf(t, err, porting.ErrSomePorted)
	_, err = o.Reject(now, "carrier", porting.OrderPending, "")
	errorOf(t, err, porting.ErrSomePorted)
	_, err = o.Complete(now, "carrier", nil)
	if e := errorOf(t, err, porting.ErrUnreported); len(e.Numbers) != 5 {
		t.Errorf("%d numbers are unreported", len(e.Numbers))
	}
	done := ok(o.Complete(transfer.Add(time.Minute), "carrier", o.AllPorted()))
	want := []string{
		"+12065550100 failed number not on account", "+12065550101 failed number inactive", "+12065550102..+12065550103 ported invalid reason",
		"+12065550104 failed number inactive", "+12065550105..+12065550109 ported invalid reason",
	}
	var got []string
	for _, r := range done.Results {
		got = append(got, r.Numbers.String()+" "+r.Outcome.String()+" "+r.Reason.String())
		if r.Kind != telephony.UserNumber || r.At == 0 {
			t.Errorf("%v: kind %v, at %d", r, r.Kind, r.At)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if done.Results.With(porting.Ported).Count() != 7 || done.Results.With(porting.Failed).Count() != 3 || done.OverdueAt(transfer.AddDate(1, 0, 0)) {
		t.Errorf("completed: %v", done.Results)
	}
	if !slices.Equal(done.ResultsAt(now), done.Results) {
		t.Error("a completed order awaits something")
	}
}

// An order of which nothing was ported was refused, not completed.
func TestCompleteNeedsANumber(t *testing.T) {
	o, now := inState(t, porting.TransferPending)
	_, err := o.Complete(now, "carrier", porting.Results{result("+12065550100..+12065550109", porting.Failed, porting.NotPortable)})
	errorOf(t, err, porting.ErrNonePorted)
	_, err = o.Complete(now, "carrier", porting.Results{result("+12065550100..+12065550109", porting.Failed, 0)})
	errorOf(t, err, porting.ErrReason)
}

// A number may come in as another kind than the order's, but for toll-free.
func TestKindByNumber(t *testing.T) {
	o, now := inState(t, porting.TransferPending)
	done := must(t)(o.Complete(now, "carrier", porting.Results{
		{Numbers: telephony.MustParseRange("+12065550100..+12065550104"), Outcome: porting.Ported, Kind: telephony.TollNumber},
		result("+12065550105..+12065550109", porting.Ported, 0)}))
	if len(done.Results) != 2 || done.Results[0].Kind != telephony.TollNumber || done.Results[1].Kind != telephony.UserNumber {
		t.Errorf("%v", done.Results)
	}
	r := seattle()
	r.Numbers, r.Kind, r.Account.Billing = ranges("+18335550100"), telephony.TollFreeNumber, telephony.Number{}
	free, _, err := porting.New(day0, by, r, facts())
	if err != nil {
		t.Fatal(err)
	}
	free = must(t)(free.Contact(day0, by))
	free = must(t)(free.Approve(day0, by, transfer, porting.DefaultBounds()))
	_, err = free.Complete(transfer, by, porting.Results{{Numbers: r.Numbers[0], Outcome: porting.Ported, Kind: telephony.TollNumber}})
	errorOf(t, err, porting.ErrResultKind)
	must(t)(free.Complete(transfer, by, free.AllPorted()))
}

// A number without a report is awaited until the transfer's moment, and then
// overdue; it is never taken for ported.
func TestResultsAt(t *testing.T) {
	o, now := inState(t, porting.TransferPending)
	o = must(t)(o.Report(now, "carrier", porting.Results{result("+12065550103", porting.Ported, 0)}))
	for at, want := range map[time.Time]porting.Outcome{now: porting.Awaited, transfer.Add(-1): porting.Awaited, transfer: porting.Overdue, transfer.Add(1): porting.Overdue} {
		got := o.ResultsAt(at)
		if len(got) != 3 || got.With(want).Count() != 9 || got.With(porting.Ported).Count() != 1 || o.OverdueAt(at) != (want == porting.Overdue) {
			t.Errorf("%v: %v", at, got)
		}
	}
	full := must(t)(o.Report(now, "carrier", o.AllPorted()))
	if full.OverdueAt(transfer) || full.StateAt(transfer) != porting.TransferPending {
		t.Errorf("all told: %v, overdue %v", full.StateAt(transfer), full.OverdueAt(transfer))
	}
	for _, s := range porting.States() {
		o, now := inState(t, s)
		if got := o.ResultsAt(now).With(porting.Awaited).Count(); (got == 10) == s.IsFinal() {
			t.Errorf("%v awaits %d", s, got)
		}
	}
}

// However reports come, they add up to what single numbers say, folded.
func TestReportsAgainstSingles(t *testing.T) {
	pending, now := inState(t, porting.TransferPending)
	rapid.Check(t, func(t *rapid.T) {
		o := pending
		told := map[telephony.Number]porting.Result{}
		for i := range rapid.IntRange(1, 6).Draw(t, "reports") {
			first := rapid.IntRange(0, 9).Draw(t, "first")
			from, _ := num("+12065550100").Add(first)
			rg, _ := telephony.NewRange(from, rapid.IntRange(1, 10-first).Draw(t, "count"))
			r := porting.Result{Numbers: rg, Outcome: porting.Ported, Kind: telephony.UserNumber, At: nanos(now)}
			if rapid.Bool().Draw(t, "failed") {
				r.Outcome, r.Reason = porting.Failed, rapid.SampledFrom(porting.Reasons()[:2]).Draw(t, "reason")
			}
			next, err := o.Report(now, "carrier", porting.Results{r})
			lost := false
			for n := range rg.All() {
				lost = lost || told[n].Outcome == porting.Ported && r.Outcome == porting.Failed
			}
			if lost != errors.Is(err, porting.ErrAlreadyPorted) || !lost && err != nil {
				t.Fatalf("report %d: %v", i, err)
			}
			if err != nil {
				continue
			}
			for n := range rg.All() {
				if told[n].Outcome != porting.Ported {
					told[n] = r
				}
			}
			o = next
		}
		count := 0
		for i, r := range o.Results {
			for n := range r.Numbers.All() {
				count++
				if want := told[n]; want.Outcome != r.Outcome || want.Reason != r.Reason || want.Kind != r.Kind || want.At != r.At {
					t.Fatalf("%v is %v, told %v", n.Masked(), r, want)
				}
			}
			if i > 0 {
				before := o.Results[i-1]
				steps, _ := r.Numbers.First().Sub(before.Numbers.Last())
				before.Numbers, r.Numbers = telephony.Range{}, telephony.Range{}
				if steps < 1 || steps == 1 && before == r {
					t.Fatalf("%v is not folded or not in order", o.Results)
				}
			}
		}
		if count != len(told) {
			t.Fatalf("%d numbers told, %d kept", len(told), count)
		}
	})
}
