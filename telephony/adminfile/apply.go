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
// Applying a plan twice does nothing twice: what the first time assigned is
// AlreadySo the second time. After a call that was given up, or an outcome that
// is not known, the same plan can be applied again for the rest. The calls carry
// request ids derived from the plan, by which an engine that is asked twice
// knows it.
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
			results[i].State, results[i].Reasons = p.apply(ctx, org, row)
		}
	}
	return results
}

// apply assigns one row, if it still is what the plan says.
func (p *Plan) apply(ctx context.Context, org *engine.Tenant, row plannedRow) (State, []*telephony.Error) {
	v, err := org.View(ctx)
	if err != nil {
		return failure(err, row.Assignment)
	}
	switch state, reasons := judge(v, row.Assignment); {
	case state == AlreadySo:
		return AlreadySo, nil
	case state != row.State || basisOf(v, row.Assignment) != row.basis:
		return Stale, append([]*telephony.Error{stale(row.Assignment)}, reasons...)
	}
	a := row.Assignment
	err = org.Assign(ctx, engine.Assign{Number: a.Number, Person: a.Person, Location: a.Location, RequestID: p.requestID(row)})
	if err != nil {
		return failure(err, row.Assignment)
	}
	// The engine may have answered out of its memory of an earlier call, which
	// somebody has undone since.
	if v, err := org.View(ctx); err == nil && !holds(v, a) {
		return Stale, []*telephony.Error{stale(a)}
	}
	return Assigned, nil
}

// holds reports whether the person has the number.
func holds(v *engine.View, a Assignment) bool {
	n, err := v.Number(a.Number)
	return err == nil && n.Person == a.Person
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
		return Unknown, reasons
	}
	for _, code := range []telephony.Code{engine.ErrDenied, engine.ErrRequest, engine.ErrUnknownTenant, engine.ErrTooManyRequests, engine.ErrRequestConflict} {
		if errors.Is(err, code) {
			return Refused, reasons
		}
	}
	return Stale, append([]*telephony.Error{stale(a)}, reasons...)
}
