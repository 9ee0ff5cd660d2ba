package emergency

import (
	"strconv"
	"strings"

	"example.com/callingplan/telephony"
)

// maxHouseNumber is the highest house number of a stretch of street.
const maxHouseNumber = 999_999_999

// A streetKey is what a street is looked up by: all but the country folded.
type streetKey struct {
	country     telephony.Country
	state, name string
}

// streetKeyOf leaves the state out where the country's addresses have none, so
// that one given all the same finds the street.
func streetKeyOf(a Address) streetKey {
	key := streetKey{country: a.Country, name: fold(a.Street)}
	if c := countryOf(a.Country); c != nil && c.has.Has(FieldState) {
		key.state = fold(a.State)
	}
	return key
}

// A streetGroup is the stretches of all streets of one name in one state.
type streetGroup struct {
	name     string // as it was first written
	folded   string
	segments []segment
}

// A segment is one stretch. What many stretches share is stored once and
// referred to by number, so that a stretch is 24 bytes.
type segment struct {
	parts, place, dispatch uint32
	low, high              int32
	parity                 Parity
}

// hasNumber reports whether the stretch has a house number; -1 is one that
// could not be read.
func (s segment) hasNumber(n int) bool {
	switch {
	case s.hasAnyNumber():
		return true
	case n < int(s.low) || n > int(s.high):
		return false
	case s.parity == OddSide:
		return n%2 == 1
	case s.parity == EvenSide:
		return n%2 == 0
	}
	return true
}

func (s segment) hasAnyNumber() bool { return s.low == 0 && s.high == 0 }

// houseNumber reads the number that a range is compared with: the digits a
// house number begins with, 289 of "289-01".
func houseNumber(s string) int {
	digits, _ := cutDigits(s)
	n, err := strconv.Atoi(digits)
	if err != nil || n > maxHouseNumber {
		return -1
	}
	return n
}

// partFields are the parts of a street name beside the name itself, and what
// stands before all numbers of a stretch: N6W23001 and S6W23001 are two houses.
var partFields = [...]Field{FieldStreetPreModifier, FieldPreDirectional, FieldStreetTypePrefix,
	FieldStreetSuffix, FieldPostDirectional, FieldStreetPostModifier, FieldHouseNumberPrefix}

// streetParts are the values of partFields.
type streetParts [len(partFields)]string

// A partsPair is the parts of a street name as written and as compared.
type partsPair struct{ written, folded streetParts }

func partsOf(a Address) streetParts {
	var p streetParts
	for i, f := range partFields {
		p[i] = a.Value(f)
	}
	return p
}

// folded returns the parts in the form in which they are compared.
func (p streetParts) folded() streetParts {
	for i, f := range partFields {
		p[i] = standardPart(f, p[i])
	}
	return p
}

func newPartsPair(written streetParts) partsPair { return partsPair{written, written.folded()} }

// A placeKey is a place with its lists joined, so that it is comparable and
// can be stored once.
type placeKey struct{ cities, district, county, codes string }

const listSeparator = "\n" // text that is kept has no line breaks

// A place is a placeKey taken apart, folded where it is compared.
type place struct {
	cities, citiesFolded []string // the city's own name first
	district             string
	districtFolded       string
	county               string
	codes                []string
}

func newPlace(key placeKey) place {
	p := place{district: key.district, districtFolded: fold(key.district), county: key.county}
	p.cities, p.codes = splitList(key.cities), splitList(key.codes)
	for _, name := range p.cities {
		p.citiesFolded = append(p.citiesFolded, fold(name))
	}
	return p
}

func joinList(list []string) string { return strings.Join(list, listSeparator) }

func splitList(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, listSeparator)
}

// postalKey is a postal code of a country.
type postalKey struct {
	country telephony.Country
	code    string
}

// interned stores each key once, in the form V in which it is read, and
// numbers it.
type interned[K comparable, V any] struct {
	read   func(K) V
	ids    map[K]uint32
	values []V
}

func newInterned[K comparable, V any](read func(K) V) interned[K, V] {
	return interned[K, V]{read: read, ids: make(map[K]uint32)}
}

// id returns the number of a key, new or known.
func (in *interned[K, V]) id(k K) uint32 {
	id, ok := in.ids[k]
	if !ok {
		id = uint32(len(in.values))
		in.ids[k] = id
		in.values = append(in.values, in.read(k))
	}
	return id
}
