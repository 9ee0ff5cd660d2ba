package engine

import (
	"iter"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// AddressQuery says which addresses are wanted: those that match all fields
// that are set. The zero AddressQuery is all.
type AddressQuery struct {
	Country     telephony.Country
	City        string // its beginning, as in emergency.Search
	Description string // a part of it, capitals or not
	Status      *emergency.ValidationState
	Assigned    bool // which a number has
	Unassigned  bool // which none has
}

// AddressUse is an address with how many numbers and people are at it.
type AddressUse struct {
	Address
	Numbers int64 // that have one of its locations
	People  int64 // who have one of these numbers
}

// Address returns one address. Errors: ErrUnknownAddress; ErrAddressDraft.
func (v *View) Address(id telephony.AddressID) (Address, error) {
	row, refusal := v.address(id)
	if refusal != nil {
		return Address{}, refusal
	}
	return newAddress(row), nil
}

// Location returns one location. The error is ErrUnknownLocation.
func (v *View) Location(id telephony.LocationID) (Location, error) {
	row, ok := v.tables.locations.Get(v.rows, locationKey(v.tenant, id))
	if !ok {
		return Location{}, unknownLocation(id)
	}
	return newLocation(v.seenLocation(row)), nil
}

// Locations yields the locations of an address, by identifier, ascending; none
// for an address that is not the tenant's.
func (v *View) Locations(address telephony.AddressID) iter.Seq[Location] {
	return func(yield func(Location) bool) {
		for row := range v.tables.byAddress.Prefix(v.rows, locationsKey(v.tenant, address)) {
			if !yield(newLocation(v.seenLocation(row))) {
				return
			}
		}
	}
}

// Addresses yields the addresses that match, by identifier, ascending, with how
// many numbers and people are at each.
func (v *View) Addresses(q AddressQuery) iter.Seq[AddressUse] {
	return func(yield func(AddressUse) bool) {
		match := v.addressMatcher(q)
		for row := range v.addressRows("") {
			if use, ok := match(row); ok && !yield(use) {
				return
			}
		}
	}
}

// AddressPage returns a page of the addresses that match, of up to size of
// them, 0 for 100.
//
// Errors: ErrCursor; ErrRequest for a size below 0 or above 1000.
func (v *View) AddressPage(q AddressQuery, after Cursor, size int) (Page[AddressUse], error) {
	last, err := after.key()
	if err != nil {
		return Page[AddressUse]{}, err
	}
	return pageOf(v.addressRows(telephony.AddressID(last)), size, addressRow.cursor, v.addressMatcher(q))
}

// cursor is by which a page finds an address again.
func (a addressRow) cursor() string { return string(a.ID) }

// addressRows yields the addresses behind one.
func (v *View) addressRows(last telephony.AddressID) iter.Seq[addressRow] {
	return func(yield func(addressRow) bool) {
		from := accountKey(v.tenant)
		if last != "" {
			from = addressKey(v.tenant, last).Next()
		}
		v.tables.addresses.Between(v.rows, from, accountKey(v.tenant).PrefixEnd())(yield)
	}
}

// addressMatcher returns what makes an AddressUse of the addresses that match.
func (v *View) addressMatcher(q AddressQuery) func(addressRow) (AddressUse, bool) {
	inCity := emergency.Search{City: q.City}.Matcher()
	return func(row addressRow) (use AddressUse, ok bool) {
		if !inCity(row.Record.Address) || !q.matches(row.Record) {
			return use, false
		}
		use = v.addressUse(row)
		return use, !(q.Assigned && use.Numbers == 0 || q.Unassigned && use.Numbers > 0)
	}
}

func (q AddressQuery) matches(r emergency.Record) bool {
	return (q.Country == "" || r.Address.Country == q.Country) &&
		(q.Status == nil || r.Status == *q.Status) &&
		strings.Contains(strings.ToLower(r.Address.Description), strings.ToLower(q.Description))
}
