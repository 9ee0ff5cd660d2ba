package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Acquire takes numbers of a reservation for good. The rest of the reservation
// goes back to the pool at once and it closes.
type Acquire struct {
	Reservation telephony.ReservationID
	Numbers     telephony.NumberList // those wanted, in any order
	All         bool                 // all of them, in place of Numbers
	// Location is the emergency location of the numbers. Where the country
	// wants it with the acquisition, user numbers cannot do without it.
	Location  telephony.LocationID
	RequestID string `cbor:"-"`
}

// Acquired is what an acquisition gave.
type Acquired struct {
	Numbers  telephony.NumberList // the tenant's now, ascending
	Returned telephony.NumberList // back in the pool, ascending
}

type acquireCommand struct{ Acquire }

func (acquireCommand) op() Op         { return OpAcquire }
func (r acquireCommand) content() any { return r.Acquire }

func (r acquireCommand) check() error {
	if err := telephony.CheckID("reservation", r.Reservation); err != nil {
		return err
	}
	if r.All && len(r.Numbers) > 0 {
		return refuse(ErrRequest, "numbers", "numbers are named though all are asked for", "leave one of the two out")
	}
	if err := checkChosen(r.Numbers, "acquire fewer at once"); err != nil {
		return err
	}
	if r.Location != "" {
		return telephony.CheckID("location", r.Location)
	}
	return nil
}

// checkChosen refuses more numbers out of a reservation than one can have.
func checkChosen(numbers telephony.NumberList, fix string) error {
	if len(numbers) <= reservation.MaxPerRequest {
		return nil
	}
	return &telephony.Error{Code: reservation.ErrQuantity, Field: "numbers", Fix: fix,
		Figures: []telephony.Figure{{Name: "asked", Value: int64(len(numbers))}, {Name: "most", Value: reservation.MaxPerRequest}}}
}

// apply closes the reservation and makes number rows of what was chosen.
// Refusals, in order: the reservation, its end, the choice, the location.
func (r acquireCommand) apply(s *step) (any, *telephony.Error) {
	row, ok := s.reservation(r.Reservation)
	if !ok {
		return nil, unknownReservation(r.Reservation)
	}
	chosen := r.Numbers
	if r.All {
		chosen = row.Numbers
	}
	next, rest, err := row.Acquire(s.time(), chosen)
	if err != nil {
		return nil, about(r.Reservation, err)
	}
	rows, refusal := s.acquiredRows(row, next.Acquired, r.Location)
	if refusal != nil {
		return nil, refusal
	}
	for _, n := range rows {
		s.addNumber(n)
	}
	failed := s.failedAt(r.Location, rows)
	s.closeReservation(row, next, rest)
	s.tell(Event{Type: NumbersAcquired, Reservation: row.ID, Reference: row.Reference, Numbers: next.Acquired, Location: r.Location})
	if len(failed) > 0 {
		s.tell(Event{Type: ActivationFailed, Numbers: failed, Location: r.Location})
	}
	if len(rest) > 0 {
		s.tell(Event{Type: NumbersReturned, Reservation: row.ID, Reference: row.Reference, Numbers: rest})
	}
	return Acquired{Numbers: next.Acquired, Returned: rest}, nil
}

// acquiredRows makes the rows of numbers of a reservation that become the
// tenant's, if the location is one that they may have.
func (s *step) acquiredRows(of *reservationRow, numbers telephony.NumberList, location telephony.LocationID) ([]numberRow, *telephony.Error) {
	rows := make([]numberRow, 0, len(numbers))
	looked, checked := uint32(0), telephony.Country("")
	for _, n := range numbers {
		on := s.shelfAmong(n, of.Shelves)
		if on.Area != looked {
			looked = on.Area
			if country := s.known.of(on.Area).Country; country != checked {
				if refusal := s.mayAcquireWith(country, of.Kind, location); refusal != nil {
					return nil, refusal
				}
				checked = country
			}
		}
		rows = append(rows, numberRow{Tenant: s.account.Tenant, Number: n, Kind: of.Kind, Area: on.Area,
			Acquired: s.now, Since: s.now, Location: location, Located: s.now})
	}
	return rows, nil
}

// mayAcquireWith reports why numbers of a country cannot be acquired with that
// location, or without one.
func (s *step) mayAcquireWith(country telephony.Country, kind telephony.Kind, location telephony.LocationID) *telephony.Error {
	if location == "" {
		if kind == telephony.UserNumber && locationWhen(country) == telephony.LocationAtAcquisition {
			return &telephony.Error{Code: telephony.ErrNoLocation, Field: "location",
				Detail: string(country) + " wants an emergency location when numbers are acquired",
				Fix:    "save an address there first and give its location"}
		}
		return nil
	}
	place, ok := s.location(location)
	if !ok {
		return unknownLocation(location)
	}
	return mayUseLocation(s.addressOf(place), country)
}

// mayUseLocation reports why numbers of a country cannot have a location of
// that address.
func mayUseLocation(address addressRow, country telephony.Country) *telephony.Error {
	if at := address.Record.Address.Country; at != country {
		return &telephony.Error{Code: telephony.ErrLocationCountry, Field: "location",
			Detail: "the location is in " + string(at) + ", the number in " + string(country),
			Fix:    "choose a location in the number's country"}
	}
	if address.Record.Status != emergency.Validated {
		return &telephony.Error{Code: telephony.ErrAddressNotValidated, Field: "location", Subject: "address " + string(address.ID),
			Detail: "the location's address is not validated", Fix: "validate the address first"}
	}
	return nil
}

// locationWhen returns when a country wants the location of a number.
func locationWhen(c telephony.Country) telephony.LocationWhen {
	return emergency.PolicyFor(c).LocationNeeded
}

// CancelReservation gives a reservation up; all its numbers go back at once.
type CancelReservation struct {
	Reservation telephony.ReservationID
	RequestID   string `cbor:"-"`
}

func (CancelReservation) op() Op         { return OpCancel }
func (r CancelReservation) content() any { return r }

func (r CancelReservation) check() error { return telephony.CheckID("reservation", r.Reservation) }

func (r CancelReservation) apply(s *step) (any, *telephony.Error) {
	row, ok := s.reservation(r.Reservation)
	if !ok {
		return nil, unknownReservation(r.Reservation)
	}
	next, rest, err := row.Cancel(s.time())
	if err != nil {
		return nil, about(r.Reservation, err)
	}
	_, closed := s.closeReservation(row, next, rest)
	s.tell(Event{Type: ReservationCancelled, Reservation: row.ID, Reference: row.Reference, Numbers: rest})
	return newReservation(closed, s.known.common(row.Shelves), s.time()), nil
}
