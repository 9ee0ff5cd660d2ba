package emergency

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// A Checker checks addresses: their form by the rules of their country, then
// their legitimacy with an authority. The zero Checker has no authority and
// decides nothing. A Checker may be copied and used concurrently.
type Checker struct {
	// Authority is asked about well-formed addresses. Without one every
	// well-formed address is Indeterminate.
	Authority Authority

	// KeepAsTyped turns corrections off. A missing ordinal is then a problem, a
	// misspelt city stands as it is, and what would have been changed is
	// suggested. The canonical form is still taken, which says the same.
	KeepAsTyped bool

	// TaxIDCountries are the countries where an address needs the company's tax
	// id: whoever sells the numbers there says so.
	TaxIDCountries []telephony.Country

	// AcceptFormatOnly accepts well-formed addresses where there is no
	// authority at all. The verdict says so. An authority that does not answer
	// is another matter and accepts nothing.
	AcceptFormatOnly bool
}

// Check checks an address at the time now and returns it with the verdict:
//
//  1. The address is brought to its canonical form ([Canonical]).
//  2. A form that breaks the rules of its country is Rejected, with every
//     problem, and the authority is not asked.
//  3. Ordinal endings are put in, and the standard forms of suffixes and
//     directionals.
//  4. The authority is asked. No answer is Indeterminate. An address it cannot
//     place, or leads only to the dispatch centre of last resort, is Rejected.
//     A mismatch is let pass in the city, its alias, the district or the postal
//     code, as long as city or postal code stands and the rest leads to a
//     dispatch centre [setup]; any other mismatch is Rejected.
//  5. A mismatch let pass is corrected where the authority has exactly one
//     value close to it, one edit away for up to four characters, two for more,
//     and accepts the address with it. Else it is left as it is, and the
//     address is Partial.
//  6. Empty fields that the authority knows are filled.
//
// A rejection is a verdict and not an error. Errors, in order of precedence:
// [ErrCheckTime] where nanoseconds since 1970 do not hold now,
// [ErrCheckCancelled] where ctx was cancelled; its deadline passing while the
// authority is asked is no answer.
func (c Checker) Check(ctx context.Context, a Address, now time.Time) (Checked, error) {
	if !holdsNanoseconds(now) {
		return Checked{}, &telephony.Error{Op: "check address", Code: ErrCheckTime,
			Detail: "the time is not between the years 1678 and 2262"}
	}
	if err := cancelled(ctx); err != nil {
		return Checked{}, err
	}
	checked := Checked{asked: a, at: now.UnixNano()}
	d := c.begin(a)
	switch {
	case hasProblem(d.form):
		d.outcome = Rejected
	case c.Authority != nil:
		var answer Answer
		d, answer, checked.cause = c.consult(ctx, d, 0)
		if err := cancelled(ctx); err != nil {
			return Checked{}, err
		}
		checked.authority = c.Authority.Name()
		checked.answered = d.outcome != Indeterminate
		if d.outcome == Accepted {
			checked.dispatch = answer.Dispatch
		}
	case c.AcceptFormatOnly:
		d.outcome, d.formatOnly = Accepted, true
		d.found.add(Warning, ErrUnavailable, 0, "accepted on its form alone: no authority was asked")
	default:
		d.undecided("there is no authority to ask")
	}
	checked.address, checked.verdict = d.address, d.verdict()
	return checked, nil
}

// begin takes steps 1 to 3, which ask nobody.
func (c Checker) begin(a Address) *decision {
	d := new(decision)
	d.address, d.changes = Canonical(a)
	d.form = formatIssues(d.address)
	if d.address.CompanyTaxID == "" && slices.Contains(c.TaxIDCountries, d.address.Country) {
		d.form.add(Problem, ErrMissing, FieldCompanyTaxID, "addresses in this country need it")
	}
	forms := standardForms(d.address)
	if c.KeepAsTyped {
		d.form = append(d.form, standardIssues(forms)...)
	} else {
		d.apply(forms)
	}
	return d
}

// maxCorrections bounds how often a corrected address is asked about again:
// once for each field that can be corrected.
const maxCorrections = 4

// consult takes steps 4 to 6. A corrected address is asked about again, for a
// correction stands only if the authority accepts the address with it, and
// what it knows of the corrected address may be more. It returns the decision,
// the answer it rests on, and the error of an authority that did not answer.
func (c Checker) consult(ctx context.Context, d *decision, corrections int) (*decision, Answer, error) {
	asked, changes := d.address, slices.Clip(d.changes)
	restart := func(a Address, changes []Change) *decision {
		again := c.begin(a)
		again.changes = changes
		return again
	}
	answer, err := c.Authority.Validate(ctx, asked)
	if err != nil {
		d.undecided("the authority did not answer")
		return d, Answer{}, err
	}
	d.decide(answer, c.KeepAsTyped || corrections == maxCorrections)
	if !d.corrected {
		return d, answer, nil
	}
	better, betterAnswer, err := c.consult(ctx, restart(d.address, d.changes), corrections+1)
	switch {
	case err != nil:
		d = restart(asked, changes)
		d.undecided("the authority did not answer")
		return d, Answer{}, err
	case better.outcome == Accepted:
		return better, betterAnswer, nil
	}
	d = restart(asked, changes)
	d.decide(answer, true)
	return d, answer, nil
}

// cancelled reports that the caller gave up.
func cancelled(ctx context.Context) error {
	if err := ctx.Err(); errors.Is(err, context.Canceled) {
		return &telephony.Error{Op: "check address", Code: ErrCheckCancelled, Err: err}
	}
	return nil
}

func holdsNanoseconds(t time.Time) bool {
	return !t.Before(time.Unix(0, math.MinInt64)) && !t.After(time.Unix(0, math.MaxInt64))
}
