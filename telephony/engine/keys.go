package engine

import (
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

func blocksKey(base telephony.Number) memtable.Key { return memtable.K().Whole(base.Word()) }

func notEmptyKey(s shelf, word uint64) memtable.Key { return shelfKey(s).Uint64(word) }

func restKey(id telephony.ReservationID) memtable.Key { return memtable.K().String(string(id)) }

func addressKey(tenant uint32, id telephony.AddressID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(id))
}

func locationKey(tenant uint32, id telephony.LocationID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(id))
}

func locationsKey(tenant uint32, address telephony.AddressID) memtable.Key {
	return memtable.K().Uint32(tenant).String(string(address))
}
