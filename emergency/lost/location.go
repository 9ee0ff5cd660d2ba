package lost

import (
	"log/slog"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
)

// A Location is the place that a query is about: a civic address or a geodetic
// shape, never both, for a query has one of the two profiles [RFC 5222]. Make
// one with [Civic] or [Geodetic]. The zero Location is none. It is a comparable
// value.
type Location struct {
	address emergency.Address
	place   emergency.Location
	shape   pidflo.Shape
	civic   bool
}

// Civic returns the location of an address and a place inside it. The position
// of the address is not sent.
func Civic(a emergency.Address, l emergency.Location) Location {
	return Location{address: a, place: l, civic: true}
}

// Geodetic returns the location of a point or circle.
func Geodetic(s pidflo.Shape) Location { return Location{shape: s} }

// String describes the location without disclosing it.
func (l Location) String() string {
	switch {
	case l.civic:
		return "civic location"
	case l.shape.IsZero():
		return "no location"
	}
	return "geodetic location"
}

// GoString is what %#v prints: the masked form.
func (l Location) GoString() string { return "lost.Location{" + l.String() + "}" }

// LogValue keeps the location out of structured logs.
func (l Location) LogValue() slog.Value { return slog.StringValue(l.String()) }

// wire returns the civic address in the form that is sent.
func (l Location) wire(form Form) locxml.Civic {
	a := l.address
	if form == SpeltOut {
		a = emergency.SpellOut(a)
	}
	return locxml.Civic{Address: a, Location: l.place}
}

// check returns what keeps a location from being sent.
func (l Location) check(form Form) []*telephony.Error {
	if !l.civic && l.shape.IsZero() || l.civic && len(l.wire(form).Values()) == 0 {
		return []*telephony.Error{{Code: ErrLocation, Field: "location",
			Detail: "the query is about no place", Fix: "give an address or a position"}}
	}
	if l.civic {
		return l.wire(form).Check()
	}
	return nil
}

// write writes the location of a query.
func (l Location) write(w *xmltree.Writer, id string, form Form) {
	if l.civic {
		w.Start(name("location"), attr("id", id), attr("profile", profileCivic))
		l.wire(form).Write(w)
	} else {
		w.Start(name("location"), attr("id", id), attr("profile", profileGeodetic))
		locxml.Shape{Centre: l.shape.Centre(), Radius: l.shape.Radius()}.Write(w)
	}
	w.End()
}

// The location profiles of [RFC 5222].
const (
	profileCivic    = "civic"
	profileGeodetic = "geodetic-2d"
)
