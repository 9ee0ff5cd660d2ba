package engine

import (
	"context"
	"crypto/rand"
	"slices"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// The causes for which port orders are refused here. Those of the order and of the
// request themselves are in package porting.
const (
	// ErrUnknownPort: the tenant has no such port order, or none any more.
	ErrUnknownPort telephony.Code = "port_order_unknown"
	// ErrPortArea: the area that the numbers are to be of is in another country.
	ErrPortArea telephony.Code = "port_area_in_other_country"
	// ErrPortOwned: numbers are the tenant's already.
	ErrPortOwned telephony.Code = "port_number_owned"
	// ErrPortOrdered: numbers are in another open order of the tenant.
	ErrPortOrdered telephony.Code = "port_number_ordered"
	// ErrPortUnavailable: numbers are in stock here, or in another tenant's order.
	// Which of the two, and whose they are, is not to be learned from it.
	ErrPortUnavailable telephony.Code = "port_number_unavailable"
	// ErrStockOrdered: numbers that are being ported in cannot be put in stock.
	ErrStockOrdered telephony.Code = "stock_in_port_order"
	// ErrLocationOrdered: an open port order is to bring numbers to the location.
	ErrLocationOrdered telephony.Code = "location_in_port_order"
	// ErrNumberOrdered: numbers are in a port order and not the tenant's yet.
	ErrNumberOrdered telephony.Code = "numbers_in_port_order"
)

// sendPort makes a write that gives a port order.
func sendPort(ctx context.Context, c caller, p payload, requestID string) (PortOrder, error) {
	got, err := write[portResult](ctx, c, p, requestID)
	if err != nil {
		return PortOrder{}, err
	}
	return got.order(), nil
}

// ownNumbers returns the request with a list of numbers that nobody else writes to.
func ownNumbers(r porting.Request) porting.Request {
	r.Numbers = slices.Clone(r.Numbers)
	return r
}

// OrderPort asks for numbers of another carrier, in the state Processing. Names
// that are too long for carriers are cut, which the order's Notes tell. Until the
// order is over no other can have its numbers.
//
// Errors: telephony.ErrID; porting.ErrTooManyNumbers for more ranges than that;
// those of Area.Check; ErrPortArea; telephony.ErrText; licensing.ErrVoiceClosed,
// ErrCreditsNeeded; ErrTenantLimit; ErrUnknownLocation; every one that applies of
// porting.CheckRequest, ErrPortOwned, ErrPortOrdered and ErrPortUnavailable, these
// with the numbers. Where the country wants the emergency location with the order,
// all kinds but toll-free want it.
func (t *Tenant) OrderPort(ctx context.Context, r OrderPort) (PortOrder, error) {
	r.Request = ownNumbers(r.Request)
	c := orderPortCommand{OrderPort: r, ID: telephony.PortOrderID(t.engine.newID("p")), By: t.actor}
	return sendPort(ctx, t.caller, c, r.RequestID)
}

// EditPort changes an order that the carrier refused, without sending it again.
// Area and Reference change with it, and may change alone.
//
// Errors: those of the form of OrderPort; ErrUnknownPort; that of the matrix, see
// porting.Matrix; licensing.ErrVoiceClosed, ErrCreditsNeeded; ErrUnknownLocation; porting.ErrTooManyChanges; every one that
// applies of porting.CheckRequest, ErrPortOwned, ErrPortOrdered and
// ErrPortUnavailable; porting.ErrNothingChanged.
func (t *Tenant) EditPort(ctx context.Context, r EditPort) (PortOrder, error) {
	r.Request = ownNumbers(r.Request)
	return sendPort(ctx, t.caller, editPortCommand{r, t.actor}, r.RequestID)
}

// SetPortDate changes the moment of transfer alone: what is asked for, and of an
// order that is approved, what holds.
//
// Errors: telephony.ErrID; ErrUnknownPort; those of porting.Order.SetDate.
func (t *Tenant) SetPortDate(ctx context.Context, r SetPortDate) (PortOrder, error) {
	return sendPort(ctx, t.caller, setPortDateCommand{r.Order, portNanos(r.Date), t.actor}, r.RequestID)
}

// CancelPort gives an order up, up to 24 hours before the transfer.
//
// Errors: telephony.ErrID, ErrText; ErrUnknownPort; that of the matrix.
func (t *Tenant) CancelPort(ctx context.Context, r CancelPort) (PortOrder, error) {
	return sendPort(ctx, t.caller, cancelPortCommand{r, t.actor}, r.RequestID)
}

// ResubmitPort sends an order again that the carrier refused.
//
// Errors: telephony.ErrID; ErrUnknownPort; those of porting.Order.Resubmit;
// licensing.ErrVoiceClosed, ErrCreditsNeeded.
func (t *Tenant) ResubmitPort(ctx context.Context, r ResubmitPort) (PortOrder, error) {
	return sendPort(ctx, t.caller, resubmitPortCommand{r, t.actor}, r.RequestID)
}

// SetPortOutPIN sets or changes the PIN that another carrier must give for the
// tenant's numbers, and forgets the wrong ones that were given. Until one is set no
// number is ported out, and once set it is changed and never taken away. What is
// kept, and what stands in the log, is the PIN sealed with a salt of its own; that
// is done here, before the command waits for anybody, and takes tens of
// milliseconds.
//
// Errors: porting.ErrPINBlank.
func (t *Tenant) SetPortOutPIN(ctx context.Context, pin porting.PIN) error {
	if err := t.allow(ctx, OpSetPortOutPIN); err != nil {
		return err
	}
	c := setPINCommand{}
	if !pin.IsZero() {
		salt := make([]byte, porting.SaltBytes)
		rand.Read(salt) // never fails
		var err error
		if c.PIN, err = pin.Seal(salt); err != nil {
			return named(OpSetPortOutPIN, asError(err))
		}
	}
	_, err := send[any](ctx, t.caller, c, "")
	return err
}

// LockPortOut closes the door to port-out for all of the tenant's numbers, or opens
// it again. Doing it again changes nothing.
func (t *Tenant) LockPortOut(ctx context.Context, r PortOutLock) error {
	_, err := write[any](ctx, t.caller, r, r.RequestID)
	return err
}
