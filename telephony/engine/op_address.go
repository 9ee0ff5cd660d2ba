package engine

import (
	"cmp"
	"slices"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// Address is an emergency address a tenant has saved.
type Address struct {
	ID        telephony.AddressID
	Default   telephony.LocationID // the location that came with it
	Record    emergency.Record     // the address as it was accepted, and by whom
	Saved     time.Time
	Locations int64 // how many locations it has, the default one included
}

type saveAddressCommand struct {
	Record  emergency.Record
	ID      telephony.AddressID
	Default telephony.LocationID
}

func (saveAddressCommand) op() Op         { return OpSaveAddress }
func (r saveAddressCommand) content() any { return r.Record }

func (r saveAddressCommand) check() error {
	if r.Record.Status != emergency.Validated {
		return &telephony.Error{Code: telephony.ErrAddressNotValidated, Field: "checked",
			Detail: "only an address that was accepted can be saved", Fix: "check it, correct it and check it again"}
	}
	if err := telephony.CheckID("id", r.ID); err != nil {
		return err
	}
	return telephony.CheckID("default location", r.Default)
}

// apply saves the address with its default location.
func (r saveAddressCommand) apply(s *step) (any, *telephony.Error) {
	if refusal := s.addressTaken(r.ID); refusal != nil {
		return nil, refusal
	}
	if _, taken := s.location(r.Default); taken {
		return nil, &telephony.Error{Code: ErrIDTaken, Subject: "location " + string(r.Default), Fix: "call again"}
	}
	if refusal := s.mayAddAddress(); refusal != nil {
		return nil, refusal
	}
	return newAddress(s.addAddress(r.ID, r.Default, r.Record)), nil
}

// mayAddAddress refuses one address or draft more than a tenant may have.
func (s *step) mayAddAddress() *telephony.Error {
	return checkLimit("addresses", s.account.Addresses+s.account.Drafts, s.settings.Tenants.Addresses)
}

// addAddress adds an address that was accepted, with its default location.
func (s *step) addAddress(id telephony.AddressID, first telephony.LocationID, record emergency.Record) addressRow {
	row := addressRow{Tenant: s.account.Tenant, ID: id, Record: record, Default: first, Saved: s.now, Locations: 1}
	must(s.tables.addresses.Insert(s.tx, row))
	s.addLocation(row, first, emergency.Location{})
	s.edit(s.account).Addresses++
	s.tell(Event{Type: AddressSaved, Address: id, Location: first, Country: record.Address.Country})
	return row
}

// addLocation adds a location of an address: its default one where the address
// says so.
func (s *step) addLocation(a addressRow, id telephony.LocationID, place emergency.Location) locationRow {
	row := locationRow{Tenant: a.Tenant, ID: id, Address: a.ID, Location: place, Default: id == a.Default,
		Placed: s.now, MustFit: emergency.PolicyFor(a.Record.Address.Country).AreaMustFit}
	must(s.tables.locations.Insert(s.tx, row))
	return row
}

// address returns an address of the command's tenant, or why there is none that
// can be used.
func (s *step) address(id telephony.AddressID) (addressRow, *telephony.Error) {
	return s.reader().address(id)
}

// address returns an address of the tenant, or why there is none that can be
// used.
func (r reader) address(id telephony.AddressID) (addressRow, *telephony.Error) {
	row, ok := r.tables.addresses.Get(r.rows, addressKey(r.tenant, id))
	if ok {
		return row, nil
	}
	if _, draft := r.tables.drafts.Get(r.rows, addressKey(r.tenant, id)); draft {
		return row, &telephony.Error{Code: ErrAddressDraft, Subject: "address " + string(id),
			Detail: "the address is a draft, which nothing can use", Fix: "check it, correct it and promote it"}
	}
	return row, unknownAddress(id)
}

func newAddress(row addressRow) Address {
	return Address{ID: row.ID, Default: row.Default, Record: row.Record,
		Saved: time.Unix(0, row.Saved).UTC(), Locations: row.Locations}
}

// Place is a location inside a saved address, such as a floor or a wing. It is
// not validated [loc].
type Place struct {
	Address     telephony.AddressID
	Description string // what people call it, up to 256 characters
	// Location says where in the building it is. Where it names no place,
	// Description is taken as the place.
	Location  emergency.Location
	RequestID string `cbor:"-"`
}

type addLocationCommand struct {
	Address  telephony.AddressID
	ID       telephony.LocationID
	Location emergency.Location
}

func (addLocationCommand) op() Op         { return OpAddLocation }
func (r addLocationCommand) content() any { return []any{r.Address, r.Location} }

func (r addLocationCommand) check() error {
	if err := telephony.CheckID("address", r.Address); err != nil {
		return err
	}
	if r.Location.IsDefault() {
		return refuse(ErrRequest, "location", "there is no place inside the address",
			"name one, or use the address's default location")
	}
	if err := telephony.CheckID("id", r.ID); err != nil {
		return err
	}
	return emergency.CheckLocation(r.Location)
}

func (r addLocationCommand) apply(s *step) (any, *telephony.Error) {
	address, refusal := s.address(r.Address)
	if refusal != nil {
		return nil, refusal
	}
	if _, taken := s.location(r.ID); taken {
		return nil, &telephony.Error{Code: ErrIDTaken, Subject: "location " + string(r.ID), Fix: "call again"}
	}
	if refusal := checkLimit("locations", address.Locations, s.settings.Tenants.Locations); refusal != nil {
		return nil, refusal
	}
	row := s.addLocation(address, r.ID, r.Location)
	address.Locations++
	must(s.tables.addresses.Replace(s.tx, address))
	s.tell(Event{Type: LocationAdded, Address: r.Address, Location: r.ID})
	return newLocation(row), nil
}

// Location is an emergency location of a tenant: an address and a place in it.
type Location struct {
	ID       telephony.LocationID
	Address  telephony.AddressID
	Place    emergency.Location
	Default  bool  // it came with the address and names no place
	Numbers  int64 // how many numbers have it
	Assigned int64 // how many of those a person has
}

func newLocation(row locationRow) Location {
	return Location{ID: row.ID, Address: row.Address, Place: row.Location, Default: row.Default,
		Numbers: row.Numbers, Assigned: row.Assigned}
}

// location returns a location of the command's tenant.
func (s *step) location(id telephony.LocationID) (locationRow, bool) {
	if row, here := s.locations.look(locationID{s.account.Tenant, id}); here {
		return *row, true
	}
	return s.tables.locations.Get(s.tx, locationKey(s.account.Tenant, id))
}

// addressOf returns the address of a location.
func (s *step) addressOf(l locationRow) addressRow {
	row, ok := s.tables.addresses.Get(s.tx, addressKey(l.Tenant, l.Address))
	if !ok {
		panic("engine: a location without its address")
	}
	return row
}

// withAreaUse returns the counts with so many numbers of an area more.
func withAreaUse(all []areaUse, area uint32, numbers int64) []areaUse {
	at, there := slices.BinarySearchFunc(all, area, func(u areaUse, area uint32) int { return cmp.Compare(u.Area, area) })
	changed := slices.Clone(all)
	if !there {
		return slices.Insert(changed, at, areaUse{area, numbers})
	}
	if changed[at].Numbers += numbers; changed[at].Numbers == 0 {
		return slices.Delete(changed, at, at+1)
	}
	return changed
}

// addressTaken refuses an identifier that an address or a draft has.
func (s *step) addressTaken(id telephony.AddressID) *telephony.Error {
	key := addressKey(s.account.Tenant, id)
	_, address := s.tables.addresses.Get(s.tx, key)
	if _, draft := s.tables.drafts.Get(s.tx, key); address || draft {
		return &telephony.Error{Code: ErrIDTaken, Subject: "address " + string(id), Fix: "call again"}
	}
	return nil
}
