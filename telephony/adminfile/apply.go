package adminfile

import (
	"context"
	"errors"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// Apply assigns what the plan would assign and returns what came of each row,
// in the order of the file. No row keeps another from being tried.
//
// Each row is judged anew first. One that would no longer do what the plan says
// is Stale, with ErrPlanStale and what stands in its way now, and is left alone:
// so is one whose number has meanwhile been another's, or was acquired anew, or
// lies at another location. A change in the instant between that look and the
// assignment is seen where it makes the engine refuse.
//
// Applying a plan twice does nothing twice, however much time is between: what the
// first time assigned is AlreadySo the second time, and Stale if it was undone since.
// After a call that was given up, or an outcome that is not known, the same plan can
// be applied again for the rest. For this it needs no request ids, of which it
// leaves the tenant all: every row is looked at before and after.
//
// Once the context has ended, the rows that are left are NotAttempted. For
// another tenant than the plan's, and for none, every row is Refused with
// ErrPlanTenant.
func (p *Plan) Apply(ctx context.Context, org *engine.Tenant) Results {
	results := p.Rows()
	for i, row := range p.rows {
		switch {
		case org == nil || org.ID() != p.tenant:
			results[i].State = Refused
			results[i].Reasons = append(results[i].Reasons, &telephony.Error{Op: "apply", Code: ErrPlanTenant,
				Detail: "the plan was made for another tenant", Fix: "make one for this tenant"})
		case row.State != Refused:
			results[i].State, results[i].Reasons = p.apply(ctx, org, i)
		}
	}
	return results
}

// apply assigns row i, if it still is what the plan says.
func (p *Plan) apply(ctx context.Context, org *engine.Tenant, i int) (State, []*telephony.Error) {
	row, a := p.rows[i], p.rows[i].Assignment
	done := p.done[i].Load() // before the look, which then sees what was done
	v, err := org.View(ctx)
	if err != nil {
		return failure(err, a)
	}
	switch state, reasons := judge(v, a); {
	case state == AlreadySo:
		return AlreadySo, nil
	case state != row.State || basisOf(v, a) != row.basis || done:
		return Stale, append([]*telephony.Error{stale(a)}, reasons...)
	}
	if err = org.Assign(ctx, engine.Assign{Number: a.Number, Person: a.Person, Location: a.Location}); err == nil {
		p.done[i].Store(true)
		return Assigned, nil
	}
	state, reasons := failure(err, a)
	if state == Stale && isSo(ctx, org, a) { // somebody else, applying it at the same time, was faster
		return AlreadySo, nil
	}
	return state, reasons
}

// isSo reports whether the person has the number now, at that location.
func isSo(ctx context.Context, org *engine.Tenant, a Assignment) bool {
	v, err := org.View(ctx)
	if err != nil {
		return false
	}
	state, _ := judge(v, a)
	return state == AlreadySo
}

func stale(a Assignment) *telephony.Error {
	return &telephony.Error{Op: "apply", Code: ErrPlanStale, Person: a.Person, Numbers: telephony.NumberList{a.Number},
		Detail: "what the plan rested on has changed", Fix: "plan again and look"}
}

// failure says what an error of the engine makes of a row. A refusal for the
// state of things, which a moment ago let the row pass, has seen a change.
func failure(err error, a Assignment) (State, []*telephony.Error) {
	reasons := asError(err).All()
	switch engine.ClassOf(err) {
	case engine.NotAttempted:
		return NotAttempted, reasons
	case engine.Unknown:
		return Unknown, unknown(reasons)
	}
	for _, code := range []telephony.Code{engine.ErrDenied, engine.ErrRequest, engine.ErrUnknownTenant} {
		if errors.Is(err, code) {
			return Refused, reasons
		}
	}
	return Stale, append([]*telephony.Error{stale(a)}, reasons...)
}

// unknown returns the reasons for an outcome that is not known with what finds it
// out here.
func unknown(reasons []*telephony.Error) []*telephony.Error {
	told := make([]*telephony.Error, len(reasons))
	for i, r := range reasons {
		one := *r
		one.Fix = "apply the plan again"
		told[i] = &one
	}
	return told
}
