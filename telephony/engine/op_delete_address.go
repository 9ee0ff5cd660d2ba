package engine

import (
	"slices"

	"github.com/samber/lo"

	"example.com/callingplan/telephony"
)

// The causes for which an address or a location cannot be deleted.
const (
	// ErrLocationInUse: numbers have the location, or one of the address's.
	ErrLocationInUse telephony.Code = "location_in_use"
	// ErrDefaultLocation: the location goes with its address, and not alone.
	ErrDefaultLocation telephony.Code = "default_location"
)

// DeleteLocation removes a place from an address.
type DeleteLocation struct {
	Location  telephony.LocationID
	RequestID string `cbor:"-"`
}

func (DeleteLocation) op() Op         { return OpDeleteLocation }
func (r DeleteLocation) content() any { return r }

func (r DeleteLocation) check() error { return telephony.CheckID("location", r.Location) }

// apply refuses while a number has the location or is to have it, and for a default location,
// which goes with its address.
func (r DeleteLocation) apply(s *step) (any, *telephony.Error) {
	s.flushLocations()
	row, ok := s.location(r.Location)
	if !ok {
		return nil, unknownLocation(r.Location)
	}
	if row.Default {
		return nil, &telephony.Error{Code: ErrDefaultLocation, Subject: locationSubject + string(row.ID),
			Detail: "the default location goes with its address", Fix: "delete the address"}
	}
	if refusal := s.inUse(row); refusal != nil {
		return nil, refusal
	}
	s.leaveLocation(row.ID)
	address := s.addressOf(row)
	address.Locations--
	must(s.tables.addresses.Replace(s.tx, address))
	must(s.tables.locations.Delete(s.tx, locationKey(row.Tenant, row.ID)))
	s.tell(Event{Type: LocationDeleted, Address: row.Address, Location: row.ID})
	return nil, nil
}

// inUse refuses with every one of the locations that numbers have, and every port
// order that is to bring numbers to one.
func (s *step) inUse(locations ...locationRow) *telephony.Error {
	reasons := lo.FilterMap(locations, func(l locationRow, _ int) (*telephony.Error, bool) {
		reason := locationUsed(s.reader().seenLocation(l))
		return reason, reason != nil
	})
	return telephony.Join(append(reasons, s.orderedAt(locations...)...))
}

// leaveLocation writes down the numbers at a location that were lost by now, where
// all were, so that it can be deleted. Its cost grows with those that no command and
// no sweep has come by to write down.
func (s *step) leaveLocation(id telephony.LocationID) {
	s.settleGraces(s.account.Tenant, listOfLocation(id), endOfCount)
	s.flushLocations()
}

// locationUsed refuses for a location that numbers have.
func locationUsed(row locationRow) *telephony.Error {
	if row.Numbers == 0 {
		return nil
	}
	return &telephony.Error{Code: ErrLocationInUse, Subject: locationSubject + string(row.ID),
		Detail:  "numbers have the location, those assigned to nobody included",
		Figures: []telephony.Figure{{Name: "numbers", Value: row.Numbers}, {Name: "assigned", Value: row.Assigned}},
		Fix:     "move everything with ReplaceAddress, change the location of these numbers, or release them"}
}

// DeleteAddress removes an address with all its locations.
type DeleteAddress struct {
	Address   telephony.AddressID
	RequestID string `cbor:"-"`
}

func (DeleteAddress) op() Op         { return OpDeleteAddress }
func (r DeleteAddress) content() any { return r }

func (r DeleteAddress) check() error { return telephony.CheckID("address", r.Address) }

// apply refuses with every location that numbers have or are to have.
func (r DeleteAddress) apply(s *step) (any, *telephony.Error) {
	s.flushLocations()
	row, refusal := s.address(r.Address)
	if refusal != nil {
		return nil, refusal
	}
	all := slices.Collect(s.tables.byAddress.Prefix(s.tx, locationsKey(row.Tenant, row.ID)))
	if refusal := s.inUse(all...); refusal != nil {
		return nil, refusal
	}
	for _, l := range all {
		s.leaveLocation(l.ID)
		must(s.tables.locations.Delete(s.tx, locationKey(l.Tenant, l.ID)))
	}
	must(s.tables.addresses.Delete(s.tx, addressKey(row.Tenant, row.ID)))
	s.edit(s.account).Addresses--
	s.tell(Event{Type: AddressDeleted, Address: row.ID})
	return nil, nil
}
