package porting

import (
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// The causes for which a carrier's report is refused.
const (
	ErrSomePorted    telephony.Code = "port_numbers_ported" // what has begun can only be completed
	ErrNoResults     telephony.Code = "port_report_empty"
	ErrNotInOrder    telephony.Code = "port_number_not_in_order"
	ErrAlreadyPorted telephony.Code = "port_number_already_ported"
	ErrResultKind    telephony.Code = "port_result_kind" // toll-free numbers stay so, others never become it
	ErrUnreported    telephony.Code = "port_numbers_unreported"
	ErrNonePorted    telephony.Code = "port_no_number_ported"
)

// Report takes down what the carrier tells of some numbers. A number that
// failed may still be ported, or fail for another reason; one that was ported
// stays so.
//
// Errors, in order of precedence: ErrID for who does it; that of the matrix;
// ErrNoResults; then all at once, result by result: ErrEmptyRange, ErrOutcome,
// ErrReason, ErrText, ErrNoText, telephony.ErrKind, ErrResultKind,
// ErrNotInOrder, ErrDuplicateNumber, ErrAlreadyPorted.
func (o Order) Report(now time.Time, by string, results Results) (Order, error) {
	next, t, err := o.begin(now, Report, by)
	if err != nil {
		return o, err
	}
	if len(results) == 0 {
		return o, &telephony.Error{Code: ErrNoResults, Field: "results", Detail: "the report tells of no number", Fix: "name at least one"}
	}
	next.Results, err = o.merge(t.At, results)
	if err != nil {
		return o, err
	}
	return next, nil
}

// Complete ends an order of which the carrier has told all, with the results
// given now: wholly, or in part where numbers failed. Those leave the order with
// their reason, stay with the carrier and can be ordered again. An order of
// which no number was ported is refused by the carrier, not completed.
//
// Errors, in order of precedence: ErrID for who does it; that of the matrix;
// those of Report about results, all at once; ErrUnreported; ErrNonePorted.
func (o Order) Complete(now time.Time, by string, results Results) (Order, error) {
	next, t, err := o.begin(now, Complete, by)
	if err != nil {
		return o, err
	}
	if next.Results, err = o.merge(t.At, results); err != nil {
		return o, err
	}
	if open := next.unreported(); len(open) > 0 {
		return o, &telephony.Error{Code: ErrUnreported, Detail: "the carrier has not told of all numbers", Numbers: slices.Collect(open.All()),
			Fix: "report each of them as ported or failed"}
	}
	if len(next.Results.With(Ported)) == 0 {
		return o, &telephony.Error{Code: ErrNonePorted, Detail: "no number was ported", Fix: "reject the order with the carrier's reason"}
	}
	return next.record(t), nil
}

// AllPorted returns the report that every number of which the carrier has told
// nothing was ported, for Complete.
func (o Order) AllPorted() Results {
	var results Results
	for _, r := range o.unreported() {
		results = append(results, Result{Numbers: r, Outcome: Ported})
	}
	return results
}

// nonePorted refuses where a number was ported already.
func (rs Results) nonePorted() *telephony.Error {
	ported := rs.With(Ported)
	if len(ported) == 0 {
		return nil
	}
	return &telephony.Error{Code: ErrSomePorted, Detail: "numbers of the order are ported already", Numbers: slices.Collect(ported.All()),
		Fix: "report what became of the others and complete the order"}
}

// merge returns the results with a report taken in.
func (o Order) merge(at int64, report Results) (Results, error) {
	all := spread(o.Request.Numbers, o.Results)
	told := make([]bool, len(all))
	var reasons []*telephony.Error
	for _, r := range report {
		r.At = at
		r, wrong := o.checkResult(r)
		reasons = append(reasons, wrong...)
		reasons = append(reasons, all.take(r, told, len(wrong) == 0)...)
	}
	if e := telephony.Join(reasons); e != nil {
		return nil, e
	}
	return fold(all), nil
}

// checkResult reports what is wrong with a result, its numbers aside, and
// returns it as it is kept.
func (o Order) checkResult(r Result) (Result, []*telephony.Error) {
	var wrong []*telephony.Error
	add := func(e *telephony.Error) {
		if r.Numbers.Len() > 0 {
			e.Numbers = telephony.NumberList{r.Numbers.First()}
		}
		wrong = append(wrong, e)
	}
	if r.Numbers.Len() == 0 {
		add(&telephony.Error{Code: ErrEmptyRange, Field: "results", Detail: "a result has no numbers", Fix: "leave it out"})
	}
	var err error
	switch r.Outcome {
	case Ported:
		if r.Reason != 0 {
			add(&telephony.Error{Code: ErrReason, Field: "results", Detail: "a ported number has a reason for failing", Fix: "leave the reason out"})
		}
		r.Text, err = checkText(r.Text)
	case Failed:
		r.Reason, r.Text, err = checkReason(r.Reason, r.Text)
	default:
		add(&telephony.Error{Code: ErrOutcome, Field: "results", Detail: "a carrier reports that a number was ported or failed", Fix: "say ported or failed"})
	}
	if e, ok := err.(*telephony.Error); ok {
		add(e)
	}
	if r.Kind == 0 {
		r.Kind = o.Request.Kind
	}
	switch free, wanted := r.Kind == telephony.TollFreeNumber, o.Request.Kind == telephony.TollFreeNumber; {
	case !r.Kind.IsValid():
		if e, ok := telephony.CheckKind("results", r.Kind).(*telephony.Error); ok {
			add(e)
		}
	case free != wanted:
		add(&telephony.Error{Code: ErrResultKind, Field: "results", Detail: "toll-free numbers stay toll-free, and no others become it",
			Fix: "leave the kind out"})
	}
	return r, wrong
}

// take puts a result in its places; told remembers of which this report has told
// already. A result that is wrong otherwise is only looked at.
func (rs Results) take(r Result, told []bool, good bool) []*telephony.Error {
	var twice, ported telephony.NumberList
	found := 0
	for i := range rs {
		if !r.Numbers.Contains(rs[i].Numbers.First()) {
			continue
		}
		found++
		switch n := rs[i].Numbers.First(); {
		case told[i]:
			twice = append(twice, n)
		case rs[i].Outcome == Ported && r.Outcome == Failed:
			ported = append(ported, n)
		case good && rs[i].Outcome != Ported: // what is ported stays as it was first told
			one := r
			one.Numbers = rs[i].Numbers
			rs[i] = one
		}
		told[i] = true
	}
	return r.misplaced(found, twice, ported)
}

// misplaced reports which numbers of a result have no place in the order.
func (r Result) misplaced(found int, twice, ported telephony.NumberList) []*telephony.Error {
	var wrong []*telephony.Error
	if foreign := r.Numbers.Len() - found; foreign > 0 {
		wrong = append(wrong, &telephony.Error{Code: ErrNotInOrder, Field: "results", Detail: "numbers of the report are not in the order",
			Numbers: telephony.NumberList{r.Numbers.First()}, Figures: []telephony.Figure{{Name: "numbers", Value: int64(foreign)}}, Fix: "leave them out"})
	}
	if len(twice) > 0 {
		wrong = append(wrong, &telephony.Error{Code: ErrDuplicateNumber, Field: "results", Detail: "the report tells of numbers twice",
			Numbers: twice, Fix: "name each once"})
	}
	if len(ported) > 0 {
		wrong = append(wrong, &telephony.Error{Code: ErrAlreadyPorted, Field: "results", Detail: "numbers that were reported as ported have not failed",
			Numbers: ported, Fix: "leave them out, or release them once they are the tenant's"})
	}
	return wrong
}
