package engine

import (
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Reserve asks for free numbers to be held. What is wanted is said in one of
// four ways: any of the area, those that begin with a prefix, a run of
// consecutive ones, or a list of named ones.
//
// The lowest that match are held; numbers of a hold that has run out and that
// nothing has tidied away are taken when there are too few others. Without an
// area, one area after another is taken from, in the order in which they were
// first stocked, and a run is found within one of them.
type Reserve struct {
	Area telephony.Area // where; with a Prefix or Numbers it may be left out for anywhere
	Kind telephony.Kind // what for; left out, UserNumber
	// Quantity is how many, 1 to the limit of a request; with Numbers it may be
	// left out.
	Quantity    int
	Prefix      telephony.Prefix     // what they begin with
	Consecutive bool                 // without a gap between them
	AllowFewer  bool                 // hold what there is where it is less than Quantity
	Numbers     telephony.NumberList // these and no others
	RequestID   string               `cbor:"-"`
}

// choice is the request as the rules of choosing take it.
func (r Reserve) choice() reservation.Choice {
	return reservation.Choice{Quantity: r.Quantity, Prefix: r.Prefix, Consecutive: r.Consecutive,
		AllowFewer: r.AllowFewer, Numbers: r.Numbers}
}

type reserveCommand struct {
	Reserve
	ID telephony.ReservationID
}

func (reserveCommand) op() Op         { return OpReserve }
func (r reserveCommand) content() any { return r.Reserve }

func (r reserveCommand) check() error {
	if err := r.choice().Validate(); err != nil {
		return err
	}
	if err := telephony.CheckID("id", r.ID); err != nil {
		return err
	}
	if err := telephony.CheckKind("kind", r.Kind); err != nil {
		return err
	}
	if r.Area != (telephony.Area{}) {
		return r.Area.Check("area")
	}
	if r.Prefix.IsZero() && len(r.Numbers) == 0 {
		return refuse(ErrRequest, "area", "there is no area to choose numbers in", "name an area, a prefix or the numbers")
	}
	return nil
}

// apply holds the numbers. Refusals, in order: the voice gate, the credits that
// toll-free numbers need, the limits of holding, the quota, the area, the
// stock.
func (r reserveCommand) apply(s *step) (any, *telephony.Error) {
	if refusal := s.mayHold(r.Kind, r.choice().Count()); refusal != nil {
		return nil, refusal
	}
	if s.account.reservation(r.ID) != nil {
		return nil, &telephony.Error{Code: ErrIDTaken, Subject: "reservation " + string(r.ID), Fix: "call again"}
	}
	found, refusal := s.find(r)
	if refusal != nil {
		return nil, refusal
	}
	row := &reservationRow{Tenant: s.account.Tenant, ID: r.ID, Kind: r.Kind}
	var all []reservation.Pick
	for _, f := range found {
		s.take(f.picks, f.shelf)
		row.Shelves = append(row.Shelves, f.shelf)
		all = append(all, f.picks...)
	}
	row.Shelves = sortShelves(row.Shelves)
	row.Hold = reservation.Open(reservation.Numbers(all), s.time(), s.settings.HoldFor)
	a := s.edit(s.account)
	a.addOpen(row)
	s.watch(row)
	a.Use[r.Kind].Held += int64(len(row.Numbers))
	area := r.Area
	if area == (telephony.Area{}) {
		area = s.known.common(row.Shelves)
	}
	s.tell(Event{Type: NumbersReserved, Reservation: r.ID, Numbers: row.Numbers, Area: area})
	return newReservation(row, area, s.time()), nil
}

// mayHold reports why the tenant may not hold so many numbers more of a kind.
func (s *step) mayHold(k telephony.Kind, quantity int) *telephony.Error {
	if refusal := s.mayUseKind(k); refusal != nil {
		return refusal
	}
	a := s.account
	open, use := a.standing(s.now)
	held := 0
	for _, u := range use {
		held += int(u.Held)
	}
	if err := s.settings.Limits.Check(reservation.Use{Open: open, Held: held}, quantity); err != nil {
		return asError(err)
	}
	return asError(checkQuota(s.settings, a.Licences, k, use[k], int64(quantity)))
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
