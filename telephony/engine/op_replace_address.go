package engine

import (
	"slices"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// The causes for which an address cannot take the place of another.
const (
	// ErrSameAddress: an address is to take its own place.
	ErrSameAddress telephony.Code = "address_unchanged"
	// ErrAddressCountry: the address is in another country than the one it replaces.
	ErrAddressCountry telephony.Code = "address_in_other_country"
)

// ReplaceAddress moves everything that is at one address to another: its places,
// and its default location if numbers have it. They keep their identifiers, so no
// number and no person has to be changed.
type ReplaceAddress struct {
	Address   telephony.AddressID // from which
	By        telephony.AddressID // to which
	RequestID string              `cbor:"-"`
}

// Replaced is what a replacement moved.
type Replaced struct {
	Locations int64 // how many
	Numbers   int64 // that have them
	Assigned  int64 // of those, the ones a person has
	// Default is the default location that the replaced address has now: another
	// than before where numbers had it, for that one has moved.
	Default telephony.LocationID
}

type replaceAddressCommand struct {
	Address, By telephony.AddressID
	Default     telephony.LocationID // of the replaced address, if it needs another
}

func (replaceAddressCommand) op() Op         { return OpReplaceAddress }
func (r replaceAddressCommand) content() any { return []any{r.Address, r.By} }

func (r replaceAddressCommand) check() error {
	for _, id := range []struct {
		field string
		id    telephony.AddressID
	}{{"address", r.Address}, {"by", r.By}} {
		if err := telephony.CheckID(id.field, id.id); err != nil {
			return err
		}
	}
	if r.Address == r.By {
		return refuse(ErrSameAddress, "by", "an address does not take its own place", "name another address")
	}
	return telephony.CheckID("default location", r.Default)
}

// apply moves the locations. Its cost grows with them and not with the numbers
// that have them. Refusals, in order: the addresses, what stands against the
// move, all of it, and the limit of locations.
func (r replaceAddressCommand) apply(s *step) (any, *telephony.Error) {
	s.flushLocations()
	from, to, refusal := s.bothAddresses(r)
	if refusal != nil {
		return nil, refusal
	}
	moving := s.locationsInUse(from)
	recovered, reasons := s.mayReplace(from, to, moving)
	if refusal := telephony.Join(reasons); refusal != nil {
		return nil, refusal
	}
	if have := to.Locations + int64(len(moving)); have > s.settings.Tenants.Locations {
		return nil, checkLimit("locations", have, s.settings.Tenants.Locations)
	}
	return s.replaceAddress(from, to, moving, recovered, r.Default), nil
}

// replaceAddress moves locations from one address to another, and gives the one
// they leave another default location where its own is among them.
func (s *step) replaceAddress(from, to addressRow, moving []locationRow, recovered int64, another telephony.LocationID) Replaced {
	done := Replaced{Locations: int64(len(moving)), Default: from.Default}
	for _, l := range moving {
		if l.Default {
			done.Default = another
		}
		seen := s.reader().seenLocation(l)
		done.Numbers += seen.Numbers
		done.Assigned += seen.Assigned
		l.Address, l.Default, l.Placed = to.ID, false, s.now
		must(s.tables.locations.Replace(s.tx, l))
		s.tell(Event{Type: LocationMoved, Address: to.ID, Location: l.ID, Quantity: seen.Numbers})
	}
	from.Locations -= done.Locations
	if done.Default != from.Default {
		from.Default = done.Default
		from.Locations++
		s.addLocation(from, from.Default, emergency.Location{})
	}
	to.Locations += done.Locations
	must(s.tables.addresses.Replace(s.tx, from))
	must(s.tables.addresses.Replace(s.tx, to))
	s.tell(Event{Type: AddressReplaced, Address: from.ID, Location: done.Default, Quantity: done.Numbers})
	if recovered > 0 {
		s.tell(Event{Type: ActivationRecovered, Address: to.ID, Quantity: recovered})
	}
	return done
}

// bothAddresses returns the addresses of a replacement, or why there are not
// both.
func (s *step) bothAddresses(r replaceAddressCommand) (from, to addressRow, refusal *telephony.Error) {
	var reasons []*telephony.Error
	from, missing := s.address(r.Address)
	if missing != nil {
		reasons = append(reasons, missing)
	}
	if to, missing = s.address(r.By); missing != nil {
		reasons = append(reasons, missing)
	}
	if len(reasons) == 0 {
		if _, taken := s.location(r.Default); taken {
			reasons = append(reasons, &telephony.Error{Code: ErrIDTaken, Subject: "location " + string(r.Default), Fix: "call again"})
		}
	}
	return from, to, telephony.Join(reasons)
}

// locationsInUse returns what a replacement moves: all locations but a default
// one that no number has, nor is to have by a port order.
func (s *step) locationsInUse(a addressRow) []locationRow {
	all := slices.Collect(s.tables.byAddress.Prefix(s.tx, locationsKey(a.Tenant, a.ID)))
	return slices.DeleteFunc(all, func(l locationRow) bool {
		return l.Default && s.reader().seenLocation(l).Numbers == 0 && len(s.orderedAt(l)) == 0
	})
}

// mayReplace returns everything that stands against moving locations to another
// address: its country, its validation, and each area whose numbers would cease
// to work. It also counts the numbers that would work again.
func (s *step) mayReplace(from, to addressRow, moving []locationRow) (recovered int64, reasons []*telephony.Error) {
	old, with := from.Record.Address, to.Record.Address
	if old.Country != with.Country {
		reasons = append(reasons, &telephony.Error{Code: ErrAddressCountry, Field: "by", Subject: "address " + string(to.ID),
			Detail: "the address is in " + string(with.Country) + ", the one it replaces in " + string(old.Country),
			Fix:    "choose an address in the same country"})
		return 0, reasons
	}
	if to.Record.Status != emergency.Validated {
		reasons = append(reasons, &telephony.Error{Code: telephony.ErrAddressNotValidated, Field: "by",
			Subject: "address " + string(to.ID), Detail: "the address is not validated", Fix: "validate it first"})
	}
	for _, u := range areasOf(moving) {
		area := s.known.of(u.Area)
		switch before, after := emergency.FitsArea(old, area), emergency.FitsArea(with, area); {
		case !before && after:
			recovered += u.Numbers
		case before && !after:
			reasons = append(reasons, &telephony.Error{Code: ErrAreaMismatch, Field: "by", Subject: "address " + string(to.ID),
				Detail:  "the address is not in " + area.String() + ", the area of numbers that would move",
				Figures: []telephony.Figure{{Name: "numbers", Value: u.Numbers}},
				Fix:     "choose an address in that area, or give these numbers another location first"})
		}
	}
	return recovered, reasons
}

// areasOf sums up the areas of the numbers at locations.
func areasOf(all []locationRow) (sum []areaUse) {
	for _, l := range all {
		for _, u := range l.Areas {
			sum = withAreaUse(sum, u.Area, u.Numbers)
		}
	}
	return sum
}
