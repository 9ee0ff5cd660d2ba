package engine

import (
	"context"
	"slices"
)

// SetAttributes changes tags, description and listing of numbers, of all those
// listed or of none.
//
// Errors: those of reservation.Choice.Validate; ErrRequest for nothing to set;
// telephony.ErrTagEmpty, ErrText, ErrTagCount; ErrUnknownNumber with the numbers;
// telephony.ErrTagCount with those that would have too many.
func (t *Tenant) SetAttributes(ctx context.Context, a Attributes) error {
	a.Numbers, a.AddTags, a.RemoveTags = slices.Clone(a.Numbers), slices.Clone(a.AddTags), slices.Clone(a.RemoveTags)
	a.Description, a.ReverseLookup = cloned(a.Description), cloned(a.ReverseLookup)
	_, err := write[any](ctx, t.caller, attributesCommand{a}, a.RequestID)
	return err
}

// cloned returns a pointer to a copy, so that the caller's can be written to.
func cloned[T any](p *T) *T {
	if p == nil {
		return nil
	}
	copied := *p
	return &copied
}

// BlockNumbers keeps numbers from being assigned, for some days or for ever, all
// those listed or none.
//
// Errors: those of reservation.Choice.Validate; ErrRequest for both;
// telephony.ErrBlockedDays, ErrText; ErrUnknownNumber with the numbers;
// telephony.ErrNumberBlocked with those that are blocked, and until when.
func (t *Tenant) BlockNumbers(ctx context.Context, b BlockNumbers) error {
	b.Numbers = slices.Clone(b.Numbers)
	_, err := write[any](ctx, t.caller, blockCommand{b}, b.RequestID)
	return err
}

// UnblockNumbers lifts the blocks of numbers, of all those listed or of none.
//
// Errors: those of reservation.Choice.Validate; ErrUnknownNumber and
// ErrNotBlocked, both with the numbers.
func (t *Tenant) UnblockNumbers(ctx context.Context, u UnblockNumbers) error {
	u.Numbers = slices.Clone(u.Numbers)
	_, err := write[any](ctx, t.caller, unblockCommand{u}, u.RequestID)
	return err
}

// ConvertNumbers makes numbers ones of another kind, all those listed or none,
// within the quota of that kind.
//
// Errors: those of reservation.Choice.Validate; telephony.ErrKind;
// ErrUnknownNumber with the numbers; every one that applies of
// telephony.CheckConversion, each with the numbers.
func (t *Tenant) ConvertNumbers(ctx context.Context, c ConvertNumbers) error {
	c.Numbers = slices.Clone(c.Numbers)
	_, err := write[any](ctx, t.caller, convertCommand{c}, c.RequestID)
	return err
}

// Reclaim gives numbers back to the tenant that released them, as long as they
// rest and within its quota: all those listed or none.
//
// Errors: those of reservation.Choice.Validate; telephony.ErrID; ErrNotResting
// with the numbers; licensing.ErrVoiceClosed, ErrCreditsNeeded, ErrQuotaExceeded;
// telephony.ErrNoLocation where the country wants one now; ErrUnknownLocation;
// telephony.ErrLocationCountry, ErrAddressNotValidated.
func (t *Tenant) Reclaim(ctx context.Context, r Reclaim) error {
	r.Numbers = slices.Clone(r.Numbers)
	_, err := write[any](ctx, t.caller, reclaimCommand{r}, r.RequestID)
	return err
}

// AddService adds a service. Resource accounts count against the licences (see
// View.ResourceAccounts).
//
// Errors: telephony.ErrID, ErrServiceKind, ErrText; ErrServiceCountry for a bridge
// with a usage location; telephony.ErrCountry; ErrServiceExists; ErrTenantLimit;
// licensing.ErrQuotaExceeded with limit, acquired and asked.
func (t *Tenant) AddService(ctx context.Context, s ServiceSpec) error {
	_, err := write[any](ctx, t.caller, s, s.RequestID)
	return err
}

// SetServiceLocation sets the country of a resource account, in which its number
// must be.
//
// Errors: telephony.ErrID, ErrCountry; ErrUnknownService; ErrServiceCountry for a
// bridge; ErrNumberBlocksMove while the account has a number in another country.
func (t *Tenant) SetServiceLocation(ctx context.Context, l ServiceLocation) error {
	_, err := write[any](ctx, t.caller, l, l.RequestID)
	return err
}

// RemoveService takes a service away, and leaves its numbers to the tenant or
// gives them back.
//
// Errors: telephony.ErrID; ErrRequest; ErrUnknownService; ErrNumberInUse with the
// numbers where it has some and it is not said what becomes of them.
func (t *Tenant) RemoveService(ctx context.Context, r RemoveService) error {
	_, err := write[any](ctx, t.caller, r, r.RequestID)
	return err
}

// AssignService gives a number to a service. View.CheckAssignService tells
// beforehand what stands in the way.
//
// Errors: ErrRequest; telephony.ErrID; every one that applies of ErrUnknownService
// and ErrUnknownNumber; else every one that applies of
// telephony.CheckServiceAssignment.
func (t *Tenant) AssignService(ctx context.Context, a AssignService) error {
	_, err := write[any](ctx, t.caller, a, a.RequestID)
	return err
}

// UnassignService takes a number from the service that has it; it stays with the
// tenant.
//
// Errors: ErrRequest; ErrUnknownNumber; ErrNoService.
func (t *Tenant) UnassignService(ctx context.Context, u UnassignService) error {
	_, err := write[any](ctx, t.caller, u, u.RequestID)
	return err
}

// RemovePerson takes a person away, with the licences, and leaves the number to
// the tenant or gives it back.
//
// Errors: telephony.ErrID; ErrRequest, also for a Line without ReleaseNumbers;
// reservation.ErrLine; ErrUnknownPerson; ErrNumberInUse with the number where the
// person has one and it is not said what becomes of it.
func (t *Tenant) RemovePerson(ctx context.Context, r RemovePerson) error {
	_, err := write[any](ctx, t.caller, r, r.RequestID)
	return err
}

// MarkVanished records that a person is gone from the directory. To say so again
// changes nothing.
//
// Errors: telephony.ErrID; ErrUnknownPerson.
func (t *Tenant) MarkVanished(ctx context.Context, p Vanished) error {
	_, err := write[any](ctx, t.caller, p, p.RequestID)
	return err
}

// MarkReturned records that a person who had vanished is in the directory again.
// To say so again changes nothing.
//
// Errors: telephony.ErrID; ErrUnknownPerson.
func (t *Tenant) MarkReturned(ctx context.Context, p Returned) error {
	_, err := write[any](ctx, t.caller, p, p.RequestID)
	return err
}

// FreeOrphans takes numbers from people who are gone from the directory, and
// leaves them to the tenant or gives them back: those listed, all or none, or the
// first MaxFreed that there are. What is left is in the answer.
//
// Errors: ErrRequest; those of reservation.Choice.Validate; ErrRequest for a Line
// without ReleaseNumbers; reservation.ErrLine; every one that applies of
// ErrUnknownNumber and ErrNotOrphaned, both with the numbers.
func (t *Tenant) FreeOrphans(ctx context.Context, f FreeOrphans) (Freed, error) {
	f.Numbers = slices.Clone(f.Numbers)
	freed, err := write[Freed](ctx, t.caller, freeOrphansCommand{f}, f.RequestID)
	freed.Numbers = slices.Clone(freed.Numbers)
	return freed, err
}

// ReportActivation tells what a carrier says of numbers of a tenant about which it
// was asked (see WithCarrierActivation), of all those listed or of none.
//
// Errors, in order of precedence: ErrDenied; telephony.ErrID; those of
// reservation.Choice.Validate; ErrRequest for a reason without a refusal;
// telephony.ErrText; ErrUnknownTenant; ErrUnknownNumber with the numbers;
// telephony.ErrActivationNotPending with the numbers.
func (p *Provider) ReportActivation(ctx context.Context, r ActivationReport) error {
	r.Numbers = slices.Clone(r.Numbers)
	_, err := write[any](ctx, p.caller(), reportCommand{r}, r.RequestID)
	return err
}

// EndRest makes numbers that a tenant released free at once: those listed, save
// the ones that do not rest, which the answer lists, or the first MaxRestEnded
// that there are.
//
// Errors, in order of precedence: ErrDenied; telephony.ErrID; ErrRequest; those of
// reservation.Choice.Validate; ErrUnknownTenant.
func (p *Provider) EndRest(ctx context.Context, r EndRest) (RestEnded, error) {
	r.Numbers = slices.Clone(r.Numbers)
	ended, err := write[RestEnded](ctx, p.caller(), endRestCommand{r}, r.RequestID)
	ended.Freed, ended.NotResting = slices.Clone(ended.Freed), slices.Clone(ended.NotResting)
	return ended, err
}
