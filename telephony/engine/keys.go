package engine

import (
	"cmp"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

func tenantKey(id telephony.TenantID) memtable.Key { return memtable.K().String(string(id)) }

func accountKey(tenant uint32) memtable.Key { return memtable.K().Uint32(tenant) }

func personKey(tenant uint32, id telephony.PersonID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(id))
}

func numberKey(tenant uint32, n telephony.Number) memtable.Key {
	return memtable.K().Uint32(tenant).Uint64(n.Word())
}

func areaKey(ordinal uint32) memtable.Key { return memtable.K().Uint32(ordinal) }

func areaNameKey(a telephony.Area) memtable.Key {
	return memtable.K().String(string(a.Country)).String(a.Region).String(a.City)
}

// areasWithin is the key that the names of all areas in outer begin with.
func areasWithin(outer telephony.Area) memtable.Key {
	k := memtable.K()
	for _, part := range []string{string(outer.Country), outer.Region, outer.City} {
		if part == "" {
			return k
		}
		k = k.String(part)
	}
	return k
}

func shelfKey(s shelf) memtable.Key { return memtable.K().Uint32(s.Area).Uint8(uint8(s.Kind)) }

// blockKey begins with the base, so that all shelves with numbers of one block
// stand together.
func blockKey(base telephony.Number, s shelf) memtable.Key {
	return blocksKey(base).Uint32(s.Area).Uint8(uint8(s.Kind))
}

func blocksKey(base telephony.Number) memtable.Key { return memtable.K().Uint64(base.Word()) }

func notEmptyKey(s shelf, word uint64) memtable.Key { return shelfKey(s).Uint64(word) }

func restKey(id telephony.ReservationID) memtable.Key { return memtable.K().String(string(id)) }

// dueSecond is the span in which reservations that run out stand together by
// shelf in the table of those due. It makes one table serve two questions: what
// is due anywhere, span by span, and what is due on a shelf, one search a span.
const dueSecond = int64(1e9)

func (r dueRow) key() memtable.Key {
	return dueKey(r.Expires/dueSecond, r.shelf).Int64(r.Expires).Uint32(r.Tenant).String(string(r.ID))
}

// compare orders the rows as their keys do.
func (r dueRow) compare(other dueRow) int {
	return cmp.Or(cmp.Compare(r.Expires/dueSecond, other.Expires/dueSecond), r.shelf.compare(other.shelf),
		cmp.Compare(r.Expires, other.Expires), cmp.Compare(r.Tenant, other.Tenant), cmp.Compare(r.ID, other.ID))
}

func dueKey(second int64, s shelf) memtable.Key {
	return memtable.K().Int64(second).Uint32(s.Area).Uint8(uint8(s.Kind))
}

func addressKey(tenant uint32, id telephony.AddressID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(id))
}

func locationKey(tenant uint32, id telephony.LocationID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(id))
}

func locationsKey(tenant uint32, address telephony.AddressID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(address))
}
