package engine

import (
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
	if _, taken := s.tables.addresses.Get(s.tx, addressKey(s.account.Tenant, r.ID)); taken {
		return nil, &telephony.Error{Code: ErrIDTaken, Subject: "address " + string(r.ID), Fix: "call again"}
	}
	if _, taken := s.location(r.Default); taken {
		return nil, &telephony.Error{Code: ErrIDTaken, Subject: "location " + string(r.Default), Fix: "call again"}
	}
	if refusal := checkLimit("addresses", s.account.Addresses, s.settings.Tenants.Addresses); refusal != nil {
		return nil, refusal
	}
	row := addressRow{Tenant: s.account.Tenant, ID: r.ID, Record: r.Record, Default: r.Default, Saved: s.now, Locations: 1}
	must(s.tables.addresses.Insert(s.tx, row))
	must(s.tables.locations.Insert(s.tx, locationRow{Tenant: row.Tenant, ID: r.Default, Address: r.ID, Default: true}))
	s.edit(s.account).Addresses++
	s.tell(Event{Type: AddressSaved, Address: r.ID, Location: r.Default, Country: r.Record.Address.Country})
	return newAddress(row), nil
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
	address, ok := s.tables.addresses.Get(s.tx, addressKey(s.account.Tenant, r.Address))
	if !ok {
		return nil, unknownAddress(r.Address)
	}
	if _, taken := s.location(r.ID); taken {
		return nil, &telephony.Error{Code: ErrIDTaken, Subject: "location " + string(r.ID), Fix: "call again"}
	}
	if refusal := checkLimit("locations", address.Locations, s.settings.Tenants.Locations); refusal != nil {
		return nil, refusal
	}
	row := locationRow{Tenant: s.account.Tenant, ID: r.ID, Address: r.Address, Location: r.Location}
	must(s.tables.locations.Insert(s.tx, row))
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

// useLocation counts numbers that get a location, or lose it where fewer, and
// those among them that people have.
func (s *step) useLocation(id telephony.LocationID, numbers, assigned int64) {
	row, ok := s.location(id)
	if !ok {
		panic("engine: a number with a location that is not there")
	}
	row.Numbers += numbers
	row.Assigned += assigned
	must(s.tables.locations.Replace(s.tx, row))
}
