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
//  4. The authority is asked. No answer is Indeterminate, and so is one that says
//     nothing of the street: a country and a city make no address. An address it
//     cannot place, or leads only to the dispatch centre of last resort, is Rejected.
//     A mismatch is let pass in the city, its alias, the district or the postal
//     code, as long as city or postal code stands and the rest leads to a
//     dispatch centre [setup]; any other mismatch is Rejected.
//  5. A mismatch let pass is corrected where the authority has exactly one
//     value close to it, one edit away for up to four characters, two for more,
//     and accepts the address with it. Else it is left as it is, and the
//     address is Partial.
//  6. Empty fields that the authority knows are filled, where it accepts the
//     address with them.
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
		d, answer, checked.cause = c.consult(ctx, d)
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

// maxAmendments bounds how often an amended address is asked about again. All
// that is wrong with an address is amended at once, and then all that it lacks;
// more are needed where one amendment brings up the next.
const maxAmendments = 6

// A question is an address as an authority was asked about it, the changes that
// led to it, and the answer.
type question struct {
	address Address
	changes []Change
	answer  Answer
}

// consult takes steps 4 to 6. An address that was amended, by a correction or by
// a field filled, is another address and is asked about again: the amendment
// stands only if the authority accepts the address with it and finds no fault
// with what was amended, else the address is taken as it was before. So an
// accepted address is accepted by an answer about itself, and is accepted again.
// Where there is no end to the amendments none of them stands. It returns the
// decision, the answer it rests on, and the error of an authority that did not
// answer.
func (c Checker) consult(ctx context.Context, d *decision) (*decision, Answer, error) {
	var asked []question
	amended := FieldSet(0) // by the last answer
	for {
		d.changes = slices.Clip(d.changes)
		q := question{address: d.address, changes: d.changes}
		var err error
		if q.answer, err = c.Authority.Validate(ctx, q.address); err != nil {
			d = c.restart(append(asked, q)[0])
			d.undecided("the authority did not answer")
			return d, Answer{}, err
		}
		d.decide(q.answer, c.KeepAsTyped)
		switch {
		case amended != 0 && (d.outcome != Accepted || q.answer.Mismatched&amended != 0):
			return c.unamended(asked[len(asked)-1])
		case d.amended == 0:
			return d, q.answer, nil
		case len(asked) == maxAmendments:
			return c.unamended(asked[0])
		}
		asked, amended = append(asked, q), d.amended
		d = c.restart(question{address: d.address, changes: d.changes})
	}
}

// restart begins the decision on an address that was asked about.
func (c Checker) restart(q question) *decision {
	d := c.begin(q.address)
	d.changes = q.changes
	return d
}

// unamended decides on an address as it was asked about.
func (c Checker) unamended(q question) (*decision, Answer, error) {
	d := c.restart(q)
	d.decide(q.answer, true)
	return d, q.answer, nil
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
