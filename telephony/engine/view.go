package engine

import (
	"context"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// View is a tenant's state at one moment. It never changes, whatever is written
// meanwhile; its queries lock nothing and take nobody's time but the caller's.
// A reservation that has run out by its moment is gone from it, and a number that
// its person has lost by then is nobody's, whether or not that has been settled.
type View struct {
	reader
	index   uint64
	history *history
	id      telephony.TenantID
	account accountRow
	open    int // reservations that have not run out
}

// View returns the tenant's state now.
//
// Errors: ErrRequest for a nil context; ErrDenied; ErrUnknownTenant.
func (t *Tenant) View(ctx context.Context) (*View, error) {
	if err := t.allow(ctx, OpView); err != nil {
		return nil, err
	}
	at, now := t.engine.moment()
	v := &View{id: t.tenant, index: at.index, history: at.history, reader: at.reader(t.engine.machine.tables, now)}
	tenant, refusal := v.tenantRow(t.tenant)
	if refusal != nil {
		return nil, named(OpView, refusal)
	}
	v.tenant = tenant.Ordinal
	account, _ := v.tables.accounts.Get(v.rows, accountKey(v.tenant))
	v.account = v.seenAccount(account)
	v.open, v.account.Use = v.account.standing(v.now)
	return v, nil
}

// read returns a reader of the state now, of no tenant, and the index of the
// last command in it.
func (e *Engine) read() (reader, uint64) {
	m, now := e.moment()
	return m.reader(e.machine.tables, now), m.index
}

// moment returns the state after the last command, and the time.
func (e *Engine) moment() (*moment, int64) {
	m := e.machine.now.Load()
	return m, max(m.time, stamp(e.clock.Now()))
}

func (m *moment) reader(t *tables, now int64) reader {
	return reader{tables: t, rows: m.snapshot, settings: m.settings, now: now, free: m.free, due: m.due, known: m.known, graces: m.graces, ported: m.ported}
}

// tenantRow returns the row of a tenant, or ErrUnknownTenant.
func (r reader) tenantRow(id telephony.TenantID) (tenantRow, *telephony.Error) {
	row, ok := r.tables.tenants.Get(r.rows, tenantKey(id))
	if !ok {
		return row, unknownTenant(id)
	}
	return row, nil
}

// At returns the view's moment.
func (v *View) At() time.Time { return unix(v.now) }

// Index returns the index of the last log entry that the view has seen.
func (v *View) Index() uint64 { return v.index }

// Quota returns how many numbers of a kind the tenant may have, with the reasons
// line by line. For no kind it is the zero Quota, which allows nothing.
func (v *View) Quota(k telephony.Kind) licensing.Quota {
	if !k.IsValid() {
		return licensing.Quota{}
	}
	return quotaOf(v.settings, v.account.Licences, k, v.account.Use[k])
}

// Reservation returns a reservation of the tenant, open or closed.
//
// Its error is ErrUnknownReservation.
func (v *View) Reservation(id telephony.ReservationID) (Reservation, error) {
	row := v.account.reservation(id)
	if row == nil || v.settings.forgets(row.Hold, v.now) {
		return Reservation{}, unknownReservation(id)
	}
	return v.reservation(row), nil
}

func (v *View) reservation(row *reservationRow) Reservation {
	return newReservation(row, v.known.common(row.Shelves), v.At())
}

// CheckAssign returns everything that stands in the way of an assignment, in
// the order of Tenant.Assign; none means that it would succeed now.
func (v *View) CheckAssign(a Assign) []*telephony.Error {
	if err := a.check(); err != nil {
		return []*telephony.Error{asError(err)}
	}
	_, _, reasons := v.assignment(a, false)
	return reasons
}
