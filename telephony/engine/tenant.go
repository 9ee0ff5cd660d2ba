package engine

import (
	"context"
	"slices"

	"example.com/callingplan/telephony"
)

// Tenant is a handle through which one organisation's things are reached, and
// no other's. It is made by Engine.Tenant and Engine.CreateTenant and is safe
// for use by any number of goroutines.
//
// The errors each method lists come in order of precedence. Before them all
// come ErrRequest for a nil context, ErrDenied, and ErrCancelled for a context
// that has ended; after the errors of a request's own form comes
// ErrUnknownTenant. Every method can return ErrFailed.
type Tenant struct {
	caller
}

// ID returns the tenant's identifier.
func (t *Tenant) ID() telephony.TenantID { return t.tenant }

// As returns the handle with calls made in the name of an actor, up to 128
// bytes as in identifiers, which the authorizer is asked about and the log
// keeps.
func (t *Tenant) As(actor string) *Tenant {
	as := t.caller
	as.actor = actor
	return &Tenant{as}
}

// BuyLicences buys licences of a product.
//
// Errors: licensing.ErrUnknownProduct, ErrLicenceQuantity,
// ErrTenantPrerequisite.
func (t *Tenant) BuyLicences(ctx context.Context, p Purchase) error {
	_, err := write[any](ctx, t.caller, buyCommand{p}, p.RequestID)
	return err
}

// ReturnLicences gives licences back that nobody holds. Numbers stay: where
// there are more than the quota that is left, no more can be held until there
// are fewer.
//
// Errors: those of licensing.Catalogue.CheckReturn.
func (t *Tenant) ReturnLicences(ctx context.Context, p Purchase) error {
	_, err := write[any](ctx, t.caller, returnCommand{p}, p.RequestID)
	return err
}

// AddPerson adds a person, who becomes a voice user after the engine's delay.
//
// Errors: telephony.ErrID, ErrText, ErrCountry; ErrPersonExists.
func (t *Tenant) AddPerson(ctx context.Context, p PersonSpec) error {
	_, err := write[any](ctx, t.caller, p, p.RequestID)
	return err
}

// SetUsageLocation sets the country in which a person uses the service, by
// which licences are sold and numbers and locations must be.
//
// Errors: telephony.ErrID, ErrCountry; ErrUnknownPerson; ErrNumberBlocksMove
// while the person has a number in another country; licensing.ErrNotSoldThere
// for each licence held that is not sold there.
func (t *Tenant) SetUsageLocation(ctx context.Context, u UsageLocation) error {
	_, err := write[any](ctx, t.caller, u, u.RequestID)
	return err
}

// AssignLicences gives licences to a person and takes others, in one step. A
// person who is left without Phone System or a Calling Plan loses the number,
// which stays with the tenant.
//
// Errors: telephony.ErrID; ErrRequest for nothing to change; ErrUnknownPerson;
// ErrPersonVanished where licences are added for somebody who is gone; those of
// licensing.Catalogue.CheckChange, every one that applies.
func (t *Tenant) AssignLicences(ctx context.Context, c LicenceChange) error {
	c.Add, c.Remove = slices.Clone(c.Add), slices.Clone(c.Remove)
	_, err := write[any](ctx, t.caller, licenceCommand{c}, c.RequestID)
	return err
}

// Reserve holds free numbers for the engine's time, 10 minutes if nothing else
// is set. They count against the quota from this moment.
//
// Errors: those of reservation.Choice.Validate; telephony.ErrText of the
// reference, ErrKind, those of Area.Check; ErrRequest without an area, prefix or
// numbers; licensing.ErrVoiceClosed, ErrCreditsNeeded; reservation.ErrQuantity,
// ErrTooManyOpen, ErrTooManyHeld; licensing.ErrQuotaExceeded with limit,
// acquired, held and asked; ErrAreaNotOffered; of listed numbers every one
// that applies of ErrNumbersOwned, ErrNumbersHeld, ErrNumbersResting,
// ErrNumberOrdered, ErrNumbersOtherKind, ErrNumbersOtherArea and
// reservation.ErrNumbersTaken, with the numbers; reservation.ErrOutOfStock with how
// many there are.
func (t *Tenant) Reserve(ctx context.Context, r Reserve) (Reservation, error) {
	if r.Kind == 0 {
		r.Kind = telephony.UserNumber
	}
	r.Numbers, r.Exclude = slices.Clone(r.Numbers), slices.Clone(r.Exclude)
	c := reserveCommand{Reserve: r, ID: telephony.ReservationID(t.engine.newID("r"))}
	return write[Reservation](ctx, t.caller, c, r.RequestID)
}

// AddToReservation holds more numbers in a reservation that is open. It runs out
// when it would have without them.
//
// Errors: those of reservation.Choice.Validate; telephony.ErrID, those of
// Area.Check; ErrRequest without an area, prefix or numbers;
// ErrUnknownReservation; reservation.ErrExpired, ErrCompleted or ErrCancelled with
// the moment, ErrAlreadyInReservation with the numbers; licensing.ErrVoiceClosed,
// ErrCreditsNeeded; reservation.ErrQuantity, ErrTooManyHeld;
// licensing.ErrQuotaExceeded with limit, acquired, held and asked;
// ErrAreaNotOffered; of listed numbers those of Reserve; reservation.ErrOutOfStock
// with how many there are, ErrReservationFull.
func (t *Tenant) AddToReservation(ctx context.Context, r AddToReservation) (Reservation, error) {
	r.Numbers, r.Exclude = slices.Clone(r.Numbers), slices.Clone(r.Exclude)
	return write[Reservation](ctx, t.caller, addCommand{r}, r.RequestID)
}

// DropFromReservation gives numbers of an open reservation up; they go back to
// the pool at once. The last number stays: CancelReservation ends a reservation.
//
// Errors: telephony.ErrID; reservation.ErrQuantity; ErrUnknownReservation;
// reservation.ErrExpired, ErrCompleted or ErrCancelled with the moment,
// ErrNothingChosen, ErrDuplicateNumber, ErrNotInReservation with the numbers,
// ErrNothingLeft.
func (t *Tenant) DropFromReservation(ctx context.Context, r DropFromReservation) (Reservation, error) {
	r.Numbers = slices.Clone(r.Numbers)
	return write[Reservation](ctx, t.caller, dropCommand{r}, r.RequestID)
}

// Acquire takes numbers of a reservation for good; the rest of it goes back to
// the pool at once. Where the country wants the address of the location to be in
// the area of each number, numbers of another area are acquired all the same and
// do not work until they have an address there: TenantNumber.Activation says so.
//
// Errors: telephony.ErrID; ErrRequest; ErrUnknownReservation;
// reservation.ErrExpired, ErrCompleted or ErrCancelled with the moment,
// ErrNothingChosen, ErrDuplicateNumber, ErrNotInReservation with the numbers;
// telephony.ErrNoLocation where the country wants one now; ErrUnknownLocation;
// telephony.ErrLocationCountry, ErrAddressNotValidated.
func (t *Tenant) Acquire(ctx context.Context, r Acquire) (Acquired, error) {
	r.Numbers = slices.Clone(r.Numbers)
	got, err := write[Acquired](ctx, t.caller, acquireCommand{r}, r.RequestID)
	return Acquired{slices.Clone(got.Numbers), slices.Clone(got.Returned)}, err
}

// CancelReservation gives a reservation up; its numbers go back at once.
//
// Errors: telephony.ErrID; ErrUnknownReservation; reservation.ErrExpired,
// ErrCompleted or ErrCancelled with the moment.
func (t *Tenant) CancelReservation(ctx context.Context, r CancelReservation) (Reservation, error) {
	return write[Reservation](ctx, t.caller, r, r.RequestID)
}

// ExtendReservation puts the end of a reservation off, where the engine allows
// it.
//
// Errors: telephony.ErrID; ErrUnknownReservation; reservation.ErrExpired,
// ErrCompleted or ErrCancelled with the moment, ErrExtensionOff,
// ErrExtensionTooShort, ErrExtensionTooLong.
func (t *Tenant) ExtendReservation(ctx context.Context, r ExtendReservation) (Reservation, error) {
	return write[Reservation](ctx, t.caller, r, r.RequestID)
}

// Release gives numbers back, all of them or none. They rest in quarantine before
// they can be reserved again, for how long depends on what they were used for; but
// those that were ported in leave at once for the carrier that they are of, as the
// trade's snap-back has it, and are in stock here no more.
//
// Errors: those of reservation.Choice.Validate; reservation.ErrLine; every one that
// applies of ErrUnknownNumber, ErrNumberOrdered and ErrNumberInUse, with the numbers.
func (t *Tenant) Release(ctx context.Context, r Release) error {
	r.Numbers = slices.Clone(r.Numbers)
	_, err := write[any](ctx, t.caller, releaseCommand{r}, r.RequestID)
	return err
}

// Assign gives a number and an emergency location to a person. View.CheckAssign
// tells beforehand what stands in the way.
//
// Errors: ErrRequest; telephony.ErrID; every one that applies of
// ErrUnknownPerson, ErrUnknownNumber and ErrUnknownLocation; else every one that
// applies of ErrPersonVanished, of emergency.CheckTerms, where WithTerms asks for it, and of
// telephony.CheckAssignment.
func (t *Tenant) Assign(ctx context.Context, a Assign) error {
	_, err := write[any](ctx, t.caller, a, a.RequestID)
	return err
}

// Unassign takes a person's number away; it stays with the tenant.
//
// Errors: telephony.ErrID; ErrUnknownPerson; ErrNoNumber.
func (t *Tenant) Unassign(ctx context.Context, u Unassign) error {
	_, err := write[any](ctx, t.caller, u, u.RequestID)
	return err
}

// ChangeNumber gives a person another number in one step.
//
// Errors: ErrRequest; telephony.ErrID; ErrUnknownPerson; ErrNoNumber;
// ErrSameNumber; those of Assign, without those of the terms.
func (t *Tenant) ChangeNumber(ctx context.Context, c ChangeNumber) error {
	_, err := write[any](ctx, t.caller, c, c.RequestID)
	return err
}

// ChangeLocation moves a number to another emergency location.
//
// Errors: ErrRequest; telephony.ErrID; ErrUnknownNumber; ErrUnknownLocation;
// telephony.ErrLocationCountry, ErrAddressNotValidated; telephony.ErrActivationPending
// where the carrier has not answered what it was asked of the number before.
func (t *Tenant) ChangeLocation(ctx context.Context, c ChangeLocation) error {
	_, err := write[any](ctx, t.caller, c, c.RequestID)
	return err
}

// MarkTold records that a person has been told their number.
//
// Errors: telephony.ErrID; ErrUnknownPerson; ErrNoNumber.
func (t *Tenant) MarkTold(ctx context.Context, p Told) error {
	_, err := write[any](ctx, t.caller, p, p.RequestID)
	return err
}
