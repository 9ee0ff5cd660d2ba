package engine

import (
	"cmp"
	"slices"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// SearchAddresses returns the addresses that match, by identifier, ascending: up
// to size of them, 0 for 100, as AddressPage does. What is left is behind Next.
//
// Errors: those of Search.Check; ErrCursor; ErrRequest for a size below 0 or above
// 1000.
func (v *View) SearchAddresses(q emergency.Search, after Cursor, size int) (Page[AddressUse], error) {
	if err := q.Check(); err != nil {
		return Page[AddressUse]{}, err
	}
	list := v.listing(addressNames, q)
	last, err := after.key(list)
	if err != nil {
		return Page[AddressUse]{}, err
	}
	matches := q.Matcher()
	return pageOfRows(list, v.addressRows(telephony.AddressID(last)), size, addressRow.cursor, func(row addressRow) (use AddressUse, ok bool, looked int) {
		if ok = matches(row.Record.Address); ok {
			use, looked = v.addressUse(row)
		}
		return use, ok, 1 + looked
	})
}

// NearAddress is an address and how far away it is.
type NearAddress struct {
	AddressUse
	Metres float64
}

// NearestFound is what lies nearest to a position, with how many addresses were
// looked at, how many of them match and have a position, and how many match and
// have none, which no distance can be told of.
type NearestFound struct {
	Items                       []NearAddress
	Scanned, Matched, Unlocated int64
}

// NearestAddresses returns up to most of the addresses that match, 0 for 100,
// the nearest to a position first and of those as near the one with the lower
// identifier. It looks at all of the tenant's.
//
// Errors: emergency.ErrPosition for no position; ErrRequest for most below 0 or
// above 1000; those of Search.Check.
func (v *View) NearestAddresses(q emergency.Search, to emergency.Position, most int) (NearestFound, error) {
	if to.IsZero() {
		return NearestFound{}, refuse(emergency.ErrPosition, "position", "there is no position to be near to", "give one")
	}
	most, err := checkSize(most)
	if err != nil {
		return NearestFound{}, err
	}
	if err := q.Check(); err != nil {
		return NearestFound{}, err
	}
	var found NearestFound
	var near []distant
	matches := q.Matcher()
	for row := range v.tables.addresses.Prefix(v.rows, accountKey(v.tenant)) {
		found.Scanned++
		if !matches(row.Record.Address) {
			continue
		}
		metres, located := row.Record.Address.Position.Distance(to)
		if !located {
			found.Unlocated++
			continue
		}
		near = append(near, distant{metres, row.ID})
	}
	found.Matched = int64(len(near))
	slices.SortFunc(near, func(a, b distant) int {
		return cmp.Or(cmp.Compare(a.metres, b.metres), strings.Compare(string(a.id), string(b.id)))
	})
	for _, d := range near[:min(most, len(near))] {
		row, _ := v.tables.addresses.Get(v.rows, addressKey(v.tenant, d.id))
		use, _ := v.addressUse(row)
		found.Items = append(found.Items, NearAddress{use, d.metres})
	}
	return found, nil
}

// distant is an address by how far away it is.
type distant struct {
	metres float64
	id     telephony.AddressID
}

// addressUse returns an address with how many numbers and people are at it, and at
// how many locations it has looked for that.
func (v *View) addressUse(row addressRow) (use AddressUse, looked int) {
	use.Address = newAddress(row)
	for l := range v.tables.byAddress.Prefix(v.rows, locationsKey(row.Tenant, row.ID)) {
		l = v.seenLocation(l)
		use.Numbers += l.Numbers
		use.People += l.Assigned
		looked++
	}
	return use, looked
}
