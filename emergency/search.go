package emergency

import (
	"errors"
	"log/slog"
	"math"
	"strings"

	"example.com/callingplan/telephony"
)

// A Search says which addresses are wanted: those that match all fields that
// are set, compared without case, accents and punctuation. The zero Search is
// all.
type Search struct {
	Country    telephony.Country
	City       string // the beginning of the city, its alias or its district
	Street     string // a part of the street, type and directions included
	PostalCode string // its beginning, with or without its spaces and hyphens
}

// String names the country, and not what is searched for there.
func (s Search) String() string { return "search of addresses in " + string(s.Country) }

// GoString is what %#v prints: the masked form.
func (s Search) GoString() string { return "emergency.Search{" + s.String() + "}" }

// LogValue keeps what is searched for out of structured logs.
func (s Search) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Check reports what cannot be searched for: [telephony.ErrCountry] for what is no
// country, then [telephony.ErrText] for each field of more than 256 characters or
// with one that no address has.
func (s Search) Check() error {
	var found []*telephony.Error
	if s.Country != "" {
		var problem *telephony.Error
		if errors.As(telephony.CheckCountry("country", s.Country), &problem) {
			found = append(found, problem)
		}
	}
	for _, f := range []struct{ name, text string }{{"city", s.City}, {"street", s.Street}, {"postal_code", s.PostalCode}} {
		var problem *telephony.Error
		if errors.As(telephony.CheckText(f.name, f.text, telephony.MaxTextRunes), &problem) {
			found = append(found, problem)
		}
	}
	if err := telephony.Join(found); err != nil {
		return err
	}
	return nil
}

// Matcher returns what tells whether an address matches. It is made once for
// many addresses and may be used concurrently.
func (s Search) Matcher() func(Address) bool {
	city, street, postal := fold(s.City), fold(s.Street), foldPostal(s.PostalCode)
	return func(a Address) bool {
		return (s.Country == "" || s.Country == a.Country) &&
			(city == "" || strings.HasPrefix(fold(a.City), city) || strings.HasPrefix(fold(a.CityAlias), city) ||
				strings.HasPrefix(fold(a.District), city)) &&
			(street == "" || strings.Contains(fold(a.streetLine()), street)) &&
			(postal == "" || strings.HasPrefix(foldPostal(a.PostalCode), postal))
	}
}

// foldPostal folds a postal code, which is the same however it is spaced.
func foldPostal(s string) string { return strings.ReplaceAll(fold(s), " ", "") }

// streetLine returns the parts of the street in the order in which they are
// written, without the house number.
func (a Address) streetLine() string {
	parts := []string{a.StreetPreModifier, a.PreDirectional, a.StreetTypePrefix, a.Street, a.StreetSuffix, a.PostDirectional, a.StreetPostModifier}
	line := parts[:0]
	for _, part := range parts {
		if part != "" {
			line = append(line, part)
		}
	}
	return strings.Join(line, " ")
}

// earthRadius is the mean radius of the WGS 84 ellipsoid, in metres.
const earthRadius = 6_371_008.8

// Distance returns how far apart two positions are, in metres along a sphere:
// within 0.6% of the way along the ellipsoid. It is false where there are not
// both.
func (p Position) Distance(other Position) (metres float64, ok bool) {
	if !p.set || !other.set {
		return 0, false
	}
	radians := func(v int32) float64 { return float64(v) / perDegree * math.Pi / 180 }
	lat1, lat2 := radians(p.lat), radians(other.lat)
	dLat, dLon := math.Sin((lat2-lat1)/2), math.Sin((radians(other.lon)-radians(p.lon))/2)
	h := dLat*dLat + math.Cos(lat1)*math.Cos(lat2)*dLon*dLon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h))), true
}
