package engine

import (
	"context"
	"slices"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// ContactCarrier says that an order of a tenant went to the losing carrier.
//
// Errors: telephony.ErrID; ErrUnknownTenant; ErrUnknownPort; that of the matrix,
// see porting.Matrix.
func (p *Provider) ContactCarrier(ctx context.Context, r ContactCarrier) (PortOrder, error) {
	return sendPort(ctx, p.caller(), contactCarrierCommand{r, p.actor}, r.RequestID)
}

// ApprovePort sets the moment at which the carrier transfers the numbers, or sets
// another. It can be any time to come, however soon: less than 24 hours before it
// the tenant can change nothing any more.
//
// Errors: telephony.ErrID; ErrUnknownTenant; ErrUnknownPort; those of
// porting.Order.Approve.
func (p *Provider) ApprovePort(ctx context.Context, r ApprovePort) (PortOrder, error) {
	return sendPort(ctx, p.caller(), approvePortCommand{r.Tenant, r.Order, portNanos(r.Date), p.actor}, r.RequestID)
}

// RejectPort takes down that the carrier refused an order, and why. The tenant can
// correct and resubmit it; its numbers stay kept from other orders.
//
// Errors: telephony.ErrID; porting.ErrReason for what is none; telephony.ErrText;
// ErrUnknownTenant; ErrUnknownPort; those of porting.Order.Reject.
func (p *Provider) RejectPort(ctx context.Context, r RejectPort) (PortOrder, error) {
	return sendPort(ctx, p.caller(), rejectPortCommand{r, p.actor}, r.RequestID)
}

// ReportPort takes down what the carrier tells of some numbers: ported, or failed
// with a reason. They come to the tenant with CompletePort.
//
// Errors: telephony.ErrID; porting.ErrTooManyNumbers for more results than that;
// porting.ErrOutcome, ErrReason, telephony.ErrKind or ErrText for what is none;
// ErrUnknownTenant; ErrUnknownPort; those of porting.Order.Report.
func (p *Provider) ReportPort(ctx context.Context, r ReportPort) (PortOrder, error) {
	r.Results = slices.Clone(r.Results)
	return sendPort(ctx, p.caller(), reportPortCommand{r, p.actor}, r.RequestID)
}

// CompletePort ends an order, in whole or in part. Numbers that were ported are the
// tenant's from then on, outside of the quota, in the order's area and at its
// location; where the country wants the address to be in the area and it is not,
// they do not work until they get another, which TenantNumber.Activation says. What
// failed stays with the carrier and can be ordered again at once.
//
// Errors: telephony.ErrID; ErrRequest for results beside AllPorted; those of the
// form of ReportPort; ErrUnknownTenant; ErrUnknownPort; those of
// porting.Order.Complete.
func (p *Provider) CompletePort(ctx context.Context, r CompletePort) (PortOrder, error) {
	r.Results = slices.Clone(r.Results)
	return sendPort(ctx, p.caller(), completePortCommand{r, p.actor}, r.RequestID)
}

// PortOut has numbers of a tenant go to another carrier, all of them or none, if
// the PIN is right. It is decided at once: there is no time in which a number is on
// its way out, and none after which silence would be consent. Numbers that people
// and services have go too, and are taken from them; nothing of them stays here, neither in
// stock nor with the tenant, so that they can come back in any way.
//
// A refusal is an answer that is kept: a wrong PIN counts, and too many close the
// door for a time. So the log has no refused entry for it, but one with the event
// PortOutRefused, and the refusal is the error returned here, of class Rejected.
// The PIN is sealed before the command waits for anybody, which takes tens of
// milliseconds.
//
// Errors: telephony.ErrID; porting.ErrNoCarrier; telephony.ErrText;
// porting.ErrTooManyNumbers; ErrUnknownTenant; those of porting.CheckPortOut, in
// which numbers that are held count as not the tenant's, those that it released and
// that rest as quarantined, and all as locked where LockPortOut has closed the door.
func (p *Provider) PortOut(ctx context.Context, r PortOut) (PortedOut, error) {
	c := p.caller()
	if err := c.allow(ctx, OpPortOut); err != nil {
		return PortedOut{}, err
	}
	sealed, err := p.engine.sealFor(r.Tenant, r.PIN)
	if err != nil {
		return PortedOut{}, named(OpPortOut, asError(err))
	}
	got, err := send[portOutResult](ctx, c, portOutCommand{r.Tenant, slices.Clone(r.Numbers), sealed, r.Carrier}, r.RequestID)
	switch {
	case err != nil:
		return PortedOut{}, err
	case got.refused != nil:
		return PortedOut{}, got.refused
	}
	return PortedOut{slices.Clone(got.Numbers), slices.Clone(got.People)}, nil
}

// sealFor seals a PIN that was given as the one that the tenant has now. Of a
// tenant that has none, or is none, it is no PIN, which opens nothing.
func (e *Engine) sealFor(tenant telephony.TenantID, pin porting.PIN) (porting.SealedPIN, error) {
	r, _ := e.read()
	row, _ := r.tables.tenants.Get(r.rows, tenantKey(tenant))
	kept, there := r.tables.guards.Get(r.rows, accountKey(row.Ordinal))
	if pin.IsZero() || !there || kept.Guard.PIN.IsZero() {
		return porting.SealedPIN{}, nil
	}
	return pin.Seal(kept.Guard.PIN.Salt())
}
