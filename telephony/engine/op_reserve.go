package engine

import (
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Reserve asks for free numbers to be held. What is wanted is said in one of
// four ways: any of the area, those that begin with a prefix, a run of
// consecutive ones, or a list of named ones, such as View.FindNumbers has found:
// by a pattern, a score, or near another number.
//
// The lowest that match are held, or others by the Order; numbers of a hold that
// has run out and that nothing has tidied away are taken when there are too few
// others. Without an area, one area after another is taken from, in the order in
// which they were first stocked, and a run is found within one of them; what is
// Spread or Shuffled is taken from all of them together.
type Reserve struct {
	Area telephony.Area // where; with a Prefix or Numbers it may be left out for anywhere
	Kind telephony.Kind // what for; left out, UserNumber
	// Quantity is how many, 1 to the limit of a request; with Numbers it may be
	// left out.
	Quantity    int
	Prefix      telephony.Prefix // what they begin with
	Consecutive bool             // without a gap between them
	// AllowFewer holds what there is in stock where it is less than Quantity. The
	// limits of holding and the quota do not give way: they are the tenant's own, and
	// refuse what is asked for as if all of it were there, with the figures that say
	// how much may be. So fewer numbers always mean short stock, and whether a request
	// is refused does not hang on what others have left.
	AllowFewer bool
	Numbers    telephony.NumberList // these and no others
	// Order is which of those that match: Lowest, Spread or Shuffled, the last by
	// the Seed; neither with Consecutive nor with Numbers.
	Order reservation.Order `cbor:",omitzero"`
	Seed  uint64            `cbor:",omitempty"`
	// Exclude is numbers that are not wanted, MaxExcluded at most; not with Numbers.
	Exclude telephony.NumberList `cbor:",omitempty"`
	// ExcludeGivenUp leaves out what the tenant gave up lately: the numbers of its
	// reservations that have ended without their being acquired, those that it dropped
	// from one, and those that it released, of these two the last MaxGivenUp; each as
	// long as closed reservations are kept (WithClosedKept) from when it was given up.
	// Not with Numbers.
	ExcludeGivenUp bool `cbor:",omitempty"`
	// Reference is the customer's own word for the reservation, kept with it and
	// never read: up to MaxReference characters of text.
	Reference string `cbor:",omitempty"`
	RequestID string `cbor:"-"`
}

// The bounds of what is given with a reservation.
const (
	MaxReference = 128    // characters
	MaxExcluded  = 10_000 // numbers: what fits into a command
)

// choice is the request as the rules of choosing take it.
func (r *Reserve) choice() reservation.Choice {
	return reservation.Choice{Quantity: r.Quantity, Prefix: r.Prefix, Consecutive: r.Consecutive,
		AllowFewer: r.AllowFewer, Numbers: r.Numbers, Order: r.Order, Seed: r.Seed, Exclude: r.Exclude}
}

// wish is the request as it is looked for.
func (r *Reserve) wish(s *step) wish {
	w := wish{Choice: r.choice(), area: r.Area, kind: r.Kind}
	if r.ExcludeGivenUp {
		w.without = s.account.givenUp(s.settings, s.now)
	}
	return w
}

// checkChoice reports what is wrong with the wish in itself, but for the place.
func (r *Reserve) checkChoice() error {
	if err := r.choice().Validate(); err != nil {
		return err
	}
	if n := len(r.Exclude); n > MaxExcluded {
		return &telephony.Error{Code: reservation.ErrExcludeLength, Field: "exclude", Fix: "leave out fewer",
			Figures: []telephony.Figure{{Name: "listed", Value: int64(n)}, {Name: "most", Value: MaxExcluded}}}
	}
	if r.ExcludeGivenUp && len(r.Numbers) > 0 {
		return &telephony.Error{Code: reservation.ErrChoice, Detail: "a list of numbers leaves nothing to exclude", Fix: "ask for one of the two"}
	}
	return nil
}

// checkPlace reports what is wrong with where the numbers are to be from.
func (r *Reserve) checkPlace() error {
	if r.Area != (telephony.Area{}) {
		return r.Area.Check("area")
	}
	if r.Prefix.IsZero() && len(r.Numbers) == 0 {
		return refuse(ErrRequest, "area", "there is no area to choose numbers in", "name an area, a prefix or the numbers")
	}
	return nil
}

type reserveCommand struct {
	Reserve
	ID telephony.ReservationID
}

func (reserveCommand) op() Op         { return OpReserve }
func (r reserveCommand) content() any { return r.Reserve }

func (r reserveCommand) check() error {
	if err := r.checkChoice(); err != nil {
		return err
	}
	if err := telephony.CheckID("id", r.ID); err != nil {
		return err
	}
	if err := telephony.CheckText("reference", r.Reference, MaxReference); err != nil {
		return err
	}
	if err := telephony.CheckKind("kind", r.Kind); err != nil {
		return err
	}
	return r.checkPlace()
}

// apply holds the numbers. Refusals, in order: the voice gate, the credits that
// toll-free numbers need, the limits of holding, the quota, the area, the
// stock.
func (r reserveCommand) apply(s *step) (any, *telephony.Error) {
	w := r.wish(s)
	if refusal := s.mayHold(r.Kind, w.Count(), reservation.Limits.Check); refusal != nil {
		return nil, refusal
	}
	if s.account.reservation(r.ID) != nil {
		return nil, &telephony.Error{Code: ErrIDTaken, Subject: "reservation " + string(r.ID), Fix: "call again"}
	}
	found, refusal := s.find(&w)
	if refusal != nil {
		return nil, refusal
	}
	for _, f := range found {
		s.take(f.picks, f.shelf)
	}
	row := &reservationRow{Tenant: s.account.Tenant, ID: r.ID, Kind: r.Kind, Reference: r.Reference, Shelves: s.shelvesWith(found),
		Hold: reservation.OpenPicks(picksOf(found), s.time(), s.settings.HoldFor)}
	a := s.edit(s.account)
	a.addOpen(row)
	s.watch(row)
	a.Use[r.Kind].Held += int64(len(row.Numbers))
	area := r.Area
	if area == (telephony.Area{}) {
		area = s.known.common(row.Shelves)
	}
	s.tell(Event{Type: NumbersReserved, Reservation: r.ID, Reference: r.Reference, Numbers: row.Numbers, Area: area})
	return newReservation(row, area, s.time()), nil
}

// mayHold reports why the tenant may not hold so many numbers more of a kind:
// in a reservation of their own, by Limits.Check, or in one that is open, by
// Limits.CheckMore.
func (s *step) mayHold(k telephony.Kind, quantity int, check func(reservation.Limits, reservation.Use, int) error) *telephony.Error {
	if refusal := s.mayUseKind(k); refusal != nil {
		return refusal
	}
	a := s.account
	open, use := a.standing(s.now)
	if err := check(s.settings.Limits, onHold(open, use), quantity); err != nil {
		return asError(err)
	}
	return asError(checkQuota(s.settings, a.Licences, k, use[k], int64(quantity)))
}

// onHold sums up what is held of all kinds.
func onHold(open int, use [telephony.TollFreeNumber + 1]useRow) reservation.Use {
	held := 0
	for _, u := range use {
		held += int(u.Held)
	}
	return reservation.Use{Open: open, Held: held}
}

// mayUseKind reports why the tenant may have no numbers of a kind at all.
func (s *step) mayUseKind(k telephony.Kind) *telephony.Error {
	owned := s.account.Licences
	if err := s.settings.Catalogue.VoiceOpen(owned); err != nil {
		return asError(err)
	}
	if k != telephony.TollFreeNumber {
		return nil
	}
	return asError(s.settings.Catalogue.CheckTollFree(owned))
}

// mayHave reports why the tenant may not have so many numbers more of a kind
// without holding them first.
func (s *step) mayHave(k telephony.Kind, quantity int) *telephony.Error {
	if refusal := s.mayUseKind(k); refusal != nil {
		return refusal
	}
	_, use := s.account.standing(s.now)
	return asError(checkQuota(s.settings, s.account.Licences, k, use[k], int64(quantity)))
}
