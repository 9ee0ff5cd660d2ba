package engine

import (
	"context"
	"errors"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// CheckAddress brings an emergency address to its canonical form, checks it and
// asks the authority whether it is legitimate. Nothing is saved. A refusal is
// not an error but part of what is returned.
//
// Errors: those of emergency.Checker.Check.
func (t *Tenant) CheckAddress(ctx context.Context, a emergency.Address) (emergency.Checked, error) {
	if err := t.allow(ctx, OpCheckAddress); err != nil {
		return emergency.Checked{}, err
	}
	now, _ := t.engine.read()
	if _, refusal := now.tenantRow(t.tenant); refusal != nil {
		return emergency.Checked{}, named(OpCheckAddress, refusal)
	}
	return t.engine.checker.Check(ctx, a, t.engine.clock.Now())
}

// SaveAddress saves an address that was accepted, with its default location.
//
// Errors: telephony.ErrAddressNotValidated, with the reasons of
// emergency.Verdict.Err.
func (t *Tenant) SaveAddress(ctx context.Context, checked emergency.Checked) (Address, error) {
	c := saveAddressCommand{Record: checked.Record(), ID: telephony.AddressID(t.engine.newID("a")),
		Default: telephony.LocationID(t.engine.newID("l"))}
	saved, err := write[Address](ctx, t.caller, c, "")
	return saved, notAccepted(err, checked)
}

// notAccepted adds to the refusal to save an address why it was not accepted.
func notAccepted(err error, checked emergency.Checked) error {
	var refused, verdict *telephony.Error
	if !errors.As(err, &refused) || refused.Code != telephony.ErrAddressNotValidated || !errors.As(checked.Err(), &verdict) {
		return err
	}
	all := *refused
	all.Reasons = append([]*telephony.Error{refused}, verdict.All()...)
	return &all
}

// AddLocation adds a place inside a saved address.
//
// Errors: telephony.ErrID; ErrRequest for no place; telephony.ErrText;
// ErrUnknownAddress; ErrAddressDraft.
func (t *Tenant) AddLocation(ctx context.Context, p Place) (Location, error) {
	place := p.Location
	if place.IsDefault() {
		place.Place = p.Description
	}
	if place.Description == "" {
		place.Description = p.Description
	}
	c := addLocationCommand{Address: p.Address, Location: place, ID: telephony.LocationID(t.engine.newID("l"))}
	return write[Location](ctx, t.caller, c, p.RequestID)
}

// DeleteLocation removes a place that no number has.
//
// Errors: telephony.ErrID; ErrUnknownLocation; ErrDefaultLocation;
// ErrLocationInUse with how many numbers have it, and ErrLocationOrdered for each
// open port order that is to bring numbers to it; then what View.Blocking lists, as
// in DeleteAddress.
func (t *Tenant) DeleteLocation(ctx context.Context, d DeleteLocation) error {
	_, err := write[any](ctx, t.caller, d, d.RequestID)
	return t.withBlockers(err)
}

// DeleteAddress removes an address with its locations, if no number has one.
//
// Errors: telephony.ErrID; ErrUnknownAddress; ErrAddressDraft; ErrLocationInUse
// for every location that numbers have, with how many, and ErrLocationOrdered for
// every open port order that is to bring numbers to one; then ErrLocationInUse again for each number
// that has one, with its person if there is one, up to 100 of them, as they are by
// then. View.Blocking lists all, and ReplaceAddress moves them.
func (t *Tenant) DeleteAddress(ctx context.Context, d DeleteAddress) error {
	_, err := write[any](ctx, t.caller, d, d.RequestID)
	return t.withBlockers(err)
}

// ReplaceAddress moves everything that is at one address to another in one step,
// whose cost grows with the locations and not with the numbers. The replaced
// address stays, with a default location that nobody has, and can be deleted.
//
// Errors: telephony.ErrID; ErrSameAddress; ErrUnknownAddress or ErrAddressDraft
// of each of the two; ErrAddressCountry; else every one that applies of
// telephony.ErrAddressNotValidated and ErrAreaMismatch, which stands for each area
// whose numbers would cease to work; ErrTenantLimit.
func (t *Tenant) ReplaceAddress(ctx context.Context, r ReplaceAddress) (Replaced, error) {
	c := replaceAddressCommand{Address: r.Address, By: r.By, Default: telephony.LocationID(t.engine.newID("l"))}
	return write[Replaced](ctx, t.caller, c, r.RequestID)
}

// EditAddress is a change of a saved address, checked as a whole.
type EditAddress struct {
	Address   telephony.AddressID
	Checked   emergency.Checked // the address as it is to be
	RequestID string            `cbor:"-"`
}

// EditAddress changes a saved address where its country lets it, and keeps its
// locations. Given an address in which nothing differs, it validates it anew,
// which any country lets it. RecordRefusal is for a verdict that refuses it.
//
// Errors: telephony.ErrAddressNotValidated, with the reasons of
// emergency.Verdict.Err; telephony.ErrID; ErrUnknownAddress; ErrAddressDraft;
// ErrAddressFixed, or ErrFieldFixed for each field that cannot be edited;
// ErrVerdictOlder.
func (t *Tenant) EditAddress(ctx context.Context, r EditAddress) (Address, error) {
	c := editAddressCommand{Address: r.Address, Record: r.Checked.Record()}
	edited, err := write[Address](ctx, t.caller, c, r.RequestID)
	return edited, notAccepted(err, r.Checked)
}

// SaveDraft keeps an address that was not accepted, to go on with later.
//
// Errors: ErrDraftAccepted; every one that applies of telephony.ErrCountry and
// ErrText; ErrTenantLimit, for addresses and drafts together.
func (t *Tenant) SaveDraft(ctx context.Context, checked emergency.Checked) (Draft, error) {
	c := saveDraftCommand{Record: checked.Record(), ID: telephony.AddressID(t.engine.newID("a"))}
	return write[Draft](ctx, t.caller, c, "")
}

// PromoteDraft is a draft that was accepted.
type PromoteDraft struct {
	Draft     telephony.AddressID
	Checked   emergency.Checked // the address as it was accepted, which may be another
	RequestID string            `cbor:"-"`
}

// PromoteDraft makes a draft an address that can be used, under its identifier,
// with a default location. Changed or not, it is saved as it was accepted now.
//
// Errors: telephony.ErrID; telephony.ErrAddressNotValidated, with the reasons of
// emergency.Verdict.Err; ErrUnknownDraft.
func (t *Tenant) PromoteDraft(ctx context.Context, r PromoteDraft) (Address, error) {
	c := promoteDraftCommand{Draft: r.Draft, Record: r.Checked.Record(), Default: telephony.LocationID(t.engine.newID("l"))}
	saved, err := write[Address](ctx, t.caller, c, r.RequestID)
	return saved, notAccepted(err, r.Checked)
}

// DeleteDraft throws a draft away.
//
// Errors: telephony.ErrID; ErrUnknownDraft.
func (t *Tenant) DeleteDraft(ctx context.Context, d DeleteDraft) error {
	_, err := write[any](ctx, t.caller, d, d.RequestID)
	return err
}

// AcknowledgeTerms keeps that the tenant has taken note of the terms of emergency
// calling in force, when, and in whose name: that of As. Doing it again changes
// nothing.
//
// Errors: ErrRequest for no version; emergency.ErrTermsVersion with the version
// in force.
func (t *Tenant) AcknowledgeTerms(ctx context.Context, r AcknowledgeTerms) error {
	_, err := write[any](ctx, t.caller, acknowledgeTermsCommand{Version: r.Version, By: t.actor}, r.RequestID)
	return err
}
