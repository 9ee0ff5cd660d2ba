package porting

import (
	"log/slog"
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// Outcome is what became of a number that was to be ported. The zero value is
// none.
type Outcome uint8

// The outcomes. A carrier reports the first two; the others say what stands of a
// number without a report.
const (
	Ported  Outcome = 1 + iota // it is the tenant's
	Failed                     // it stays with the carrier, with a reason
	Awaited                    // no report yet
	Overdue                    // no report, and the moment of the transfer has come
)

// ErrOutcome is the cause of a refused name of an outcome, and of a report of
// what is no carrier's to report.
const ErrOutcome telephony.Code = "port_outcome_invalid"

var outcomeNames = names{ErrOutcome, "a ported number's outcome", []string{"", Ported: "ported", Failed: "failed", Awaited: "awaited", Overdue: "overdue"}}

// IsValid reports whether o is one of the outcomes.
func (o Outcome) IsValid() bool { return outcomeNames.has(uint8(o)) }

// String returns "ported", "failed", "awaited" or "overdue".
func (o Outcome) String() string { return outcomeNames.word(uint8(o)) }

// ParseOutcome reads what String returns. Its error is ErrOutcome.
func ParseOutcome(text string) (Outcome, error) {
	v, err := outcomeNames.parse(text)
	return Outcome(v), err
}

// MarshalText implements encoding.TextMarshaler; no outcome is empty text.
func (o Outcome) MarshalText() ([]byte, error) { return outcomeNames.marshal(uint8(o)) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no outcome.
func (o *Outcome) UnmarshalText(text []byte) error {
	v, err := outcomeNames.unmarshal(text)
	if err == nil {
		*o = Outcome(v)
	}
	return err
}

// Result is what became of one number or of several that follow each other. It
// prints and logs masked.
type Result struct {
	Numbers telephony.Range
	Kind    telephony.Kind // what a ported number is with the tenant; in a report, none means the order's
	Outcome Outcome
	Reason  Reason // why it failed
	Text    string // in the carrier's words
	At      int64  // Unix nanoseconds of the report; a report need not say it
}

// String says the outcome, with the numbers masked and without the text.
func (r Result) String() string {
	s := r.Numbers.Masked() + ": " + r.Outcome.String()
	if r.Reason.IsValid() {
		s += ", " + r.Reason.String()
	}
	return s
}

// GoString is what %#v prints: the masked form.
func (r Result) GoString() string { return "porting.Result{" + r.String() + "}" }

// LogValue masks the numbers in structured logs.
func (r Result) LogValue() slog.Value { return slog.StringValue(r.String()) }

// Results are what became of an order's numbers, in the order of its numbers,
// folded where they say the same. They log masked, which a plain slice cannot.
type Results []Result

// LogValue masks the numbers in structured logs.
func (rs Results) LogValue() slog.Value {
	list := make([]string, len(rs))
	for i, r := range rs {
		list[i] = r.String()
	}
	return slog.AnyValue(list)
}

// With returns the numbers that have an outcome.
func (rs Results) With(o Outcome) Ranges {
	var numbers Ranges
	for _, r := range rs {
		if r.Outcome == o {
			numbers = append(numbers, r.Numbers)
		}
	}
	return numbers.folded()
}

// ResultsAt returns what stands of every number at now, those without a report
// too, for as long as one can come.
func (o Order) ResultsAt(now time.Time) Results {
	if !o.State.IsValid() || o.State.IsFinal() {
		return slices.Clone(o.Results)
	}
	blank := Result{Kind: o.Request.Kind, Outcome: Awaited}
	if o.OverdueAt(now) {
		blank.Outcome = Overdue
	}
	all := spread(o.Request.Numbers, o.Results)
	for i := range all {
		if all[i].Outcome == 0 {
			blank.Numbers = all[i].Numbers
			all[i] = blank
		}
	}
	return fold(all)
}

// of returns the results of those numbers alone.
func (rs Results) of(numbers Ranges) Results { return fold(spread(numbers, rs)) }

// unreported returns the numbers of which the carrier has told nothing.
func (o Order) unreported() Ranges {
	var numbers Ranges
	for _, r := range spread(o.Request.Numbers, o.Results) {
		if r.Outcome == 0 {
			numbers = append(numbers, r.Numbers)
		}
	}
	return numbers.folded()
}

// spread returns one result for each number, the zero outcome where there is
// none. An order has 999 numbers at most.
func spread(numbers Ranges, results Results) Results {
	all := make(Results, 0, numbers.Count())
	for n := range numbers.All() {
		one, _ := telephony.NewRange(n, 1) // a number is always a range of one
		r := Result{}
		if i := results.find(n); i >= 0 {
			r = results[i]
		}
		r.Numbers = one
		all = append(all, r)
	}
	return all
}

// find returns where in results, which are in order, a number is, or -1.
func (rs Results) find(n telephony.Number) int {
	i, _ := slices.BinarySearchFunc(rs, n, func(r Result, n telephony.Number) int {
		if r.Numbers.Contains(n) {
			return 0
		}
		return compareNumbers(r.Numbers.First(), n)
	})
	if i < len(rs) && rs[i].Numbers.Contains(n) {
		return i
	}
	return -1
}

// fold joins results that say the same of numbers that follow each other, and
// leaves out those that say nothing.
func fold(all Results) Results {
	var folded Results
	for _, r := range all {
		if r.Outcome == 0 {
			continue
		}
		if last := len(folded) - 1; last >= 0 {
			same := folded[last]
			joined, ok := joinRanges(same.Numbers, r.Numbers)
			if same.Numbers = r.Numbers; ok && same == r {
				folded[last].Numbers = joined
				continue
			}
		}
		folded = append(folded, r)
	}
	return folded
}
