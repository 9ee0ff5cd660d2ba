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
// many numbers and people are at each; none for a query that Check refuses.
func (v *View) Addresses(q AddressQuery) iter.Seq[AddressUse] {
	return func(yield func(AddressUse) bool) {
		if q.Check() != nil {
			return
		}
		match := v.addressMatcher(q)
		for row := range v.addressRows("") {
			if use, ok, _ := match(row); ok && !yield(use) {
				return
			}
		}
	}
}

// AddressPage returns a page of the addresses that match, of up to size of
// them, 0 for 100. The locations that are added up for them count as looked at, and
// those of one address are all added up: MaxScan is passed by these at most.
//
// Errors: those of AddressQuery.Check; ErrCursor; ErrRequest for a size below 0 or above
// 1000.
func (v *View) AddressPage(q AddressQuery, after Cursor, size int) (Page[AddressUse], error) {
	if err := q.Check(); err != nil {
		return Page[AddressUse]{}, err
	}
	list := v.listing(addressNames, q)
	last, err := after.key(list)
	if err != nil {
		return Page[AddressUse]{}, err
	}
	return pageOfRows(list, v.addressRows(telephony.AddressID(last)), size, addressRow.cursor, v.addressMatcher(q))
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

// addressMatcher returns what makes an AddressUse of the addresses that match, and
// tells how many rows it has looked at.
func (v *View) addressMatcher(q AddressQuery) func(addressRow) (AddressUse, bool, int) {
	inCity := emergency.Search{City: q.City}.Matcher()
	return func(row addressRow) (use AddressUse, ok bool, looked int) {
		if inCity(row.Record.Address) && q.matches(row.Record) {
			use, looked = v.addressUse(row)
			ok = !(q.Assigned && use.Numbers == 0 || q.Unassigned && use.Numbers > 0)
		}
		return use, ok, 1 + looked
	}
}

func (q AddressQuery) matches(r emergency.Record) bool {
	return (q.Country == "" || r.Address.Country == q.Country) &&
		(q.Status == nil || r.Status == *q.Status) &&
		strings.Contains(strings.ToLower(r.Address.Description), strings.ToLower(q.Description))
}
