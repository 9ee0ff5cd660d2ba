package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

// refused has the carrier refuse, and the tenant correct what it objects to.
func (m *move) refused(o engine.PortOrder) (engine.PortOrder, error) {
	m.heading("The carrier refuses")
	if _, err := m.desk.ContactCarrier(m.ctx, engine.ContactCarrier{Tenant: o.Tenant, Order: o.ID}); err != nil {
		return o, err
	}
	_, err := m.org.EditPort(m.ctx, engine.EditPort{Order: o.ID, Request: o.Request, Area: o.Area})
	fmt.Fprintln(m, "  meanwhile:", err)
	m.clock.now = m.after(26 * time.Hour)
	o, err = m.desk.RejectPort(m.ctx, engine.RejectPort{Tenant: o.Tenant, Order: o.ID, Reason: porting.CompanyMismatch, Text: "see the bill"})
	if err != nil {
		return o, err
	}
	why := o.History[len(o.History)-1]
	fmt.Fprintf(m, "  %v since %s: %v (%s); %s\n", o.State, day(o.Since), why.Reason, why.Text, why.Reason.Fix())
	o.Request.Company = "Contoso Timber"
	o, err = m.org.EditPort(m.ctx, engine.EditPort{Order: o.ID, Request: o.Request, Area: o.Area, Reference: o.Reference})
	if err != nil {
		return o, err
	}
	fmt.Fprintln(m, "  edited:", o.History[len(o.History)-1].Text)
	return m.org.ResubmitPort(m.ctx, engine.ResubmitPort{Order: o.ID})
}

// approved has the carrier set a date, and the tenant another.
func (m *move) approved(o engine.PortOrder) (engine.PortOrder, error) {
	m.heading("The carrier sets a date")
	if _, err := m.desk.ContactCarrier(m.ctx, engine.ContactCarrier{Tenant: o.Tenant, Order: o.ID}); err != nil {
		return o, err
	}
	o, err := m.desk.ApprovePort(m.ctx, engine.ApprovePort{Tenant: o.Tenant, Order: o.ID, Date: m.after(6 * 24 * time.Hour)})
	if err != nil {
		return o, err
	}
	fmt.Fprintf(m, "  %v for %s; allowed: %v\n", o.State, day(o.Transfer), o.Allowed)
	o, err = m.org.SetPortDate(m.ctx, engine.SetPortDate{Order: o.ID, Date: m.after(7 * 24 * time.Hour)})
	if err != nil {
		return o, err
	}
	fmt.Fprintf(m, "  the tenant moves it to %s\n", day(o.Transfer))
	return o, nil
}

// locked looks at the order around the moment at which 24 hours are left.
func (m *move) locked(o engine.PortOrder) (engine.PortOrder, error) {
	m.heading("The last 24 hours")
	for _, left := range []time.Duration{24 * time.Hour, 24*time.Hour - 1} {
		m.clock.now = o.Transfer.Add(-left)
		view, err := m.org.View(m.ctx)
		if err != nil {
			return o, err
		}
		now, err := view.PortOrder(o.ID)
		if err != nil {
			return o, err
		}
		fmt.Fprintf(m, "  %-22v left: %v\n", left, now.State)
	}
	_, err := m.org.CancelPort(m.ctx, engine.CancelPort{Order: o.ID})
	fmt.Fprintln(m, "  cancelled now:", err)
	return o, nil
}

// transferred has the carrier tell what became of each number, and completes the
// order with that.
func (m *move) transferred(o engine.PortOrder) (engine.PortOrder, error) {
	m.heading("The transfer")
	m.clock.now = o.Transfer
	late, err := m.desk.PortOrders(m.ctx, engine.PortQuery{Overdue: true})
	if err != nil {
		return o, err
	}
	for overdue := range late {
		fmt.Fprintln(m, "  on the desk, overdue:", overdue)
	}
	failed := porting.Result{Numbers: o.Request.Numbers[1], Outcome: porting.Failed, Reason: porting.NotOnAccount}
	o, err = m.desk.ReportPort(m.ctx, engine.ReportPort{Tenant: o.Tenant, Order: o.ID, Results: porting.Results{failed}})
	if err != nil {
		return o, err
	}
	o, err = m.desk.CompletePort(m.ctx, engine.CompletePort{Tenant: o.Tenant, Order: o.ID, AllPorted: true})
	if err != nil {
		return o, err
	}
	for _, r := range o.Results {
		why := ""
		if r.Outcome == porting.Failed {
			why = ", " + r.Reason.String()
		}
		fmt.Fprintf(m, "  %-30s  %v%s\n", r.Numbers, r.Outcome, why)
	}
	view, err := m.org.View(m.ctx)
	if err != nil {
		return o, err
	}
	quota := view.Dashboard().Numbers[0].Quota
	fmt.Fprintf(m, "  the quota of %d: %d acquired, %d ported in and not counted, %d left\n", quota.Limit, quota.Acquired, quota.Ported, quota.Left)
	m.heading("How the order came there")
	for _, step := range o.History {
		fmt.Fprintf(m, "  %-15s  %-22s  %v\n", day(step.When()), step.By, step)
	}
	return o, nil
}

// again orders what failed once more.
func (m *move) again(o engine.PortOrder) error {
	m.heading("What failed is ordered again")
	request := o.Request
	request.Numbers = o.Results.With(porting.Failed)
	request.Account.Number, request.Date = "NW-20418", m.after(5*24*time.Hour).UnixNano()
	next, err := m.org.OrderPort(m.ctx, engine.OrderPort{Request: request, Area: fernhill})
	if err != nil {
		return err
	}
	fmt.Fprintf(m, "  %v\n", next)
	return nil
}

// matrix prints what can be done to an order when.
func matrix(w io.Writer) {
	short := map[porting.State]string{porting.Processing: "processing", porting.ContactingCarrier: "contacting", porting.TransferApproved: "approved",
		porting.TransferPending: "pending", porting.InError: "error", porting.Completed: "completed", porting.Cancelled: "cancelled"}
	line := func(first string, cells []string) {
		text := fmt.Sprintf("  %-18s", first)
		for _, cell := range cells {
			text += fmt.Sprintf("  %-10s", cell)
		}
		fmt.Fprintln(w, strings.TrimRight(text, " "))
	}
	fmt.Fprintln(w, "\nWhat can be done when")
	var head []string
	for _, s := range porting.States() {
		head = append(head, short[s])
	}
	line("", head)
	for row := range slices.Chunk(porting.Matrix(), len(head)) {
		var cells []string
		for _, rule := range row {
			if rule.IsAllowed() {
				cells = append(cells, short[rule.To])
			} else {
				cells = append(cells, "-")
			}
		}
		line(row[0].Verb.String(), cells)
	}
}
