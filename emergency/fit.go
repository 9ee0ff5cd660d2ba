package emergency

import (
	"strings"

	"example.com/callingplan/telephony"
)

// FitsArea reports whether an address is in the area of a number, as [Policy]'s
// AreaMustFit asks [loc]. It is where
//
//   - both are in one country, and
//   - the area has no region, the address no state, or both are the same, and
//   - the area has no city, or one that is the address's city, its alias or its
//     district, or one that is a provider's code and cannot be compared.
//
// Names are compared without case, accents and punctuation. A code has an
// underscore, or is at most three capitals and digits: M_MA, NY.
func FitsArea(a Address, area telephony.Area) bool {
	if a.Country != area.Country {
		return false
	}
	if area.Region != "" && a.State != "" && fold(area.Region) != fold(a.State) {
		return false
	}
	if area.City == "" || isCityCode(area.City) {
		return true
	}
	city := fold(area.City)
	return city == fold(a.City) || a.CityAlias != "" && city == fold(a.CityAlias) || a.District != "" && city == fold(a.District)
}

// isCityCode reports whether a provider's word for a city is a code.
func isCityCode(city string) bool {
	return strings.Contains(city, "_") || len(city) <= 3 && strings.Trim(city, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}
