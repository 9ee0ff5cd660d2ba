package adminfile

import (
	"context"
	"iter"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// Plan is what a bulk assignment would do, row by row, seen at one moment. It
// changes nothing until Apply, and says the same after it. It may be used by any
// number of goroutines.
type Plan struct {
	tenant telephony.TenantID
	at     time.Time
	index  uint64
	rows   []plannedRow
	// done marks the rows that the plan has assigned. One that was undone in the
	// same instant rests on what it rested on before, and is not to be done again.
	done []atomic.Bool
}

// plannedRow is a row with what its judgement rests on.
type plannedRow struct {
	Result
	basis basis
}

// basis is the state that a row was judged by, beyond what stands in its way:
// where it changes, the row no longer means what somebody looked at.
type basis struct {
	acquired int64                // when the tenant got the number, Unix nanoseconds
	since    int64                // since when the number is as it is
	location telephony.LocationID // the number's own
}

// NewPlan judges the rows of a bulk assignment, such as ReadAssignments gives,
// against the tenant's state now. A row that cannot be read or assigned is
// refused in the plan with every reason there is; rows that contradict one
// another are refused all, for nobody can tell which of them is meant; a row
// that says what an earlier one says is refused alone.
//
// Reasons of a row, every one that applies, in order: those of Reader.Rows;
// ErrRowRepeated; ErrNumberTwice; ErrPersonTwice; ErrOtherLocation, or else those
// of engine.Tenant.Assign.
//
// Errors: engine.ErrRequest for a nil argument; those of engine.Tenant.View;
// those of Reader.Rows that are about the file as a whole, for then the plan
// would lack rows.
func NewPlan(ctx context.Context, org *engine.Tenant, rows iter.Seq2[Row[Assignment], error]) (*Plan, error) {
	if org == nil || rows == nil {
		return nil, &telephony.Error{Op: "plan", Code: engine.ErrRequest, Detail: "there is no tenant, or there are no rows", Fix: "pass both"}
	}
	v, err := org.View(ctx)
	if err != nil {
		return nil, err
	}
	p := &Plan{tenant: org.ID(), at: v.At(), index: v.Index()}
	for row, err := range rows {
		planned := plannedRow{Result: Result{Line: row.Line, Assignment: row.Value, Typed: row.Refused}}
		switch {
		case err != nil && row.Line == 0:
			return nil, err
		case err != nil:
			planned.State, planned.Reasons = Refused, asError(err).All()
		}
		p.rows = append(p.rows, planned)
	}
	p.done = make([]atomic.Bool, len(p.rows))
	p.judge(v)
	return p, nil
}

// judge decides every row.
func (p *Plan) judge(v *engine.View) {
	conflicts := conflictsOf(p.rows)
	for i := range p.rows {
		row := &p.rows[i]
		row.Reasons = append(row.Reasons, conflicts.of(i)...)
		if row.State == 0 {
			state, reasons := judge(v, row.Assignment)
			row.basis = basisOf(v, row.Assignment)
			row.State, row.Reasons = state, append(row.Reasons, reasons...)
			if row.Location = row.Assignment.Location; row.Location == "" {
				row.Location = row.basis.location
			}
		}
		if len(row.Reasons) > 0 {
			row.State = Refused
		}
	}
}

// judge says what an assignment would do in a view: WouldAssign, AlreadySo, or
// Refused with every reason.
func judge(v *engine.View, a Assignment) (State, []*telephony.Error) {
	n, err := v.Number(a.Number)
	switch {
	case err != nil || n.Person != a.Person:
	case a.Location == "" || a.Location == n.Location:
		return AlreadySo, nil
	default:
		return Refused, []*telephony.Error{{Code: ErrOtherLocation, Person: a.Person, Numbers: telephony.NumberList{a.Number},
			Detail: "the person has this number already, at another location", Fix: "change the number's location"}}
	}
	if reasons := v.CheckAssign(engine.Assign{Number: a.Number, Person: a.Person, Location: a.Location}); len(reasons) > 0 {
		return Refused, reasons
	}
	return WouldAssign, nil
}

func basisOf(v *engine.View, a Assignment) basis {
	var b basis
	if n, err := v.Number(a.Number); err == nil {
		b.acquired, b.since, b.location = n.Acquired.UnixNano(), n.Since.UnixNano(), n.Location
	}
	return b
}

// Rows returns what each row would do, in the order of the file: WouldAssign,
// AlreadySo or Refused.
func (p *Plan) Rows() Results {
	results := make(Results, len(p.rows))
	for i, row := range p.rows {
		results[i] = row.Result.clone()
	}
	return results
}

// At returns the moment at which the rows were judged.
func (p *Plan) At() time.Time { return p.at }

// Index returns the index of the last entry of the engine's log that the plan
// has seen.
func (p *Plan) Index() uint64 { return p.index }

// String counts the rows, without showing any.
func (p *Plan) String() string { return p.Rows().Tally().String() }

// GoString is what %#v prints: the counts.
func (p *Plan) GoString() string { return "&adminfile.Plan{" + p.String() + "}" }

// LogValue keeps the rows out of structured logs.
func (p *Plan) LogValue() slog.Value { return slog.StringValue(p.String()) }

// clone returns a copy that shares no slice.
func (r Result) clone() Result {
	r.Typed, r.Reasons = slices.Clone(r.Typed), slices.Clone(r.Reasons)
	return r
}
