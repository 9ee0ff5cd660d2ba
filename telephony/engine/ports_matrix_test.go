package engine_test

import (
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// inPortState returns a world with an order in a state, which it came to by calls
// and time.
func inPortState(t *testing.T, state porting.State) (*world, engine.PortOrder) {
	w := newWorld(t)
	o := w.order("+15035550100..+15035550101")
	step := func(_ engine.PortOrder, err error) { t.Helper(); w.must(err) }
	contact := func() {
		step(w.desk().ContactCarrier(w.ctx, engine.ContactCarrier{Tenant: "contoso", Order: o.ID}))
	}
	switch state {
	case porting.ContactingCarrier:
		contact()
	case porting.TransferApproved:
		w.approve(o, begin.Add(5*day))
	case porting.TransferPending:
		w.approve(o, begin.Add(5*day))
		w.clock.Set(begin.Add(4*day + 1))
	case porting.InError:
		contact()
		step(w.desk().RejectPort(w.ctx, engine.RejectPort{Tenant: "contoso", Order: o.ID, Reason: porting.PINMismatch}))
	case porting.Completed:
		w.portIn(o)
	case porting.Cancelled:
		step(w.org.CancelPort(w.ctx, engine.CancelPort{Order: o.ID}))
	}
	o, err := w.view().PortOrder(o.ID)
	w.must(err)
	if o.State != state {
		t.Fatalf("the order is %v, and should be %v", o.State, state)
	}
	return w, o
}

// portVerb does a verb to an order in a way to which nothing stands but the state.
func (w *world) portVerb(verb porting.Verb, o engine.PortOrder) (engine.PortOrder, error) {
	const tenant telephony.TenantID = "contoso"
	soon := w.clock.Now().Add(3 * day)
	switch verb {
	case porting.Edit:
		r := o.Request
		r.Company = "Fabrikam"
		r.Date = soon.UnixNano()
		return w.org.EditPort(w.ctx, engine.EditPort{Order: o.ID, Request: r, Area: o.Area})
	case porting.SetDate:
		return w.org.SetPortDate(w.ctx, engine.SetPortDate{Order: o.ID, Date: soon})
	case porting.Cancel:
		return w.org.CancelPort(w.ctx, engine.CancelPort{Order: o.ID})
	case porting.Contact:
		return w.desk().ContactCarrier(w.ctx, engine.ContactCarrier{Tenant: tenant, Order: o.ID})
	case porting.Approve:
		return w.desk().ApprovePort(w.ctx, engine.ApprovePort{Tenant: tenant, Order: o.ID, Date: soon})
	case porting.Reject:
		return w.desk().RejectPort(w.ctx, engine.RejectPort{Tenant: tenant, Order: o.ID, Reason: porting.NotPortable})
	case porting.Resubmit:
		return w.org.ResubmitPort(w.ctx, engine.ResubmitPort{Order: o.ID})
	case porting.Report:
		return w.desk().ReportPort(w.ctx, engine.ReportPort{Tenant: tenant, Order: o.ID, Results: porting.Results{{Numbers: o.Request.Numbers[0], Outcome: porting.Ported}}})
	case porting.Complete:
		return w.desk().CompletePort(w.ctx, engine.CompletePort{Tenant: tenant, Order: o.ID, AllPorted: true})
	}
	panic("no such verb")
}

// TestEveryCellOfTheMatrix: what each verb does in each state, asked of the engine,
// is what the documentation of package porting says, and what the order itself had
// said is allowed. A refusal changes nothing.
func TestEveryCellOfTheMatrix(t *testing.T) {
	for verb, cells := range portCells {
		for i, want := range cells {
			state := porting.States()[i]
			t.Run(verb.String()+" in "+state.String(), func(t *testing.T) {
				w, o := inPortState(t, state)
				before := w.eng.Digest()
				got, err := w.portVerb(verb, o)
				allowed := false
				for _, v := range o.Allowed {
					allowed = allowed || v == verb
				}
				if code, refused := want.(telephony.Code); refused {
					refusedFor(t, err, code)
					if allowed || w.eng.Digest() != before {
						t.Errorf("it was said to be allowed: %v, or changed something", allowed)
					}
					return
				}
				if err != nil || got.State != want || !allowed {
					t.Errorf("it is %v, %v, and should be %v; said to be allowed: %v", got.State, err, want, allowed)
				}
				if seen, err := w.view().PortOrder(o.ID); err != nil || seen.State != want {
					t.Errorf("a view has it as %v, %v", seen.State, err)
				}
			})
		}
	}
}

// portCells is what each verb does in each state, in the order of their lives: the
// state to which it leads, or the cause of a refusal.
var portCells = func() map[porting.Verb][]any {
	const (
		p, c, a, n, e, d, x = porting.Processing, porting.ContactingCarrier, porting.TransferApproved, porting.TransferPending,
			porting.InError, porting.Completed, porting.Cancelled
	)
	cells := map[porting.Verb][]any{
		porting.Edit:     {porting.ErrInProcess, porting.ErrInProcess, porting.ErrDateOnly, porting.ErrLocked, e},
		porting.SetDate:  {porting.ErrInProcess, porting.ErrInProcess, a, porting.ErrLocked, e},
		porting.Cancel:   {x, x, x, porting.ErrLocked, x},
		porting.Contact:  {c, porting.ErrContacted, porting.ErrContacted, porting.ErrContacted, porting.ErrRefused},
		porting.Approve:  {porting.ErrNotContacted, a, a, a, porting.ErrRefused},
		porting.Reject:   {porting.ErrNotContacted, e, e, e, porting.ErrRefused},
		porting.Resubmit: {porting.ErrNotRefused, porting.ErrNotRefused, porting.ErrNotRefused, porting.ErrNotRefused, p},
		porting.Report:   {porting.ErrNotContacted, porting.ErrNotApproved, porting.ErrNotDue, n, porting.ErrRefused},
		porting.Complete: {porting.ErrNotContacted, porting.ErrNotApproved, porting.ErrNotDue, d, porting.ErrRefused},
	}
	for verb := range cells {
		cells[verb] = append(cells[verb], porting.ErrCompleted, porting.ErrCancelled)
	}
	return cells
}()

// TestHistoryTellsWho: the history of an order has who did what, and when, and the
// carrier's reasons.
func TestHistoryTellsWho(t *testing.T) {
	w := newWorld(t)
	w.org = w.org.As("admin@contoso.example")
	o := w.order("+15035550100")
	w.clock.Add(time.Minute)
	_, err := w.desk().ContactCarrier(w.ctx, engine.ContactCarrier{Tenant: "contoso", Order: o.ID})
	w.must(err)
	w.clock.Add(time.Minute)
	got, err := w.desk().RejectPort(w.ctx, engine.RejectPort{Tenant: "contoso", Order: o.ID, Reason: porting.OtherReason, Text: "come again"})
	w.must(err)
	want := porting.History{
		{At: begin.UnixNano(), Verb: porting.Place, To: porting.Processing, By: "admin@contoso.example", Date: o.Request.Date},
		{At: begin.Add(time.Minute).UnixNano(), Verb: porting.Contact, From: porting.Processing, To: porting.ContactingCarrier, By: "desk"},
		{At: begin.Add(2 * time.Minute).UnixNano(), Verb: porting.Reject, From: porting.ContactingCarrier, To: porting.InError, By: "desk",
			Reason: porting.OtherReason, Text: "come again"},
	}
	if len(got.History) != len(want) {
		t.Fatalf("the history is %v", got.History)
	}
	for i := range want {
		if got.History[i] != want[i] {
			t.Errorf("entry %d is %+v, want %+v", i, got.History[i], want[i])
		}
	}
	if !got.Since.Equal(begin.Add(2*time.Minute)) || !got.Made.Equal(begin) {
		t.Errorf("it is so since %v, made %v", got.Since, got.Made)
	}
	for e := range mustLog(t, w.view()) {
		for _, event := range e.Events {
			if event.Verb == porting.Reject && (event.Reason != porting.OtherReason || event.Order != o.ID) {
				t.Errorf("the tenant's log tells %+v", event)
			}
		}
	}
}

func mustLog(t *testing.T, v *engine.View) func(func(engine.Entry) bool) {
	t.Helper()
	entries, err := v.Log(0)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}
