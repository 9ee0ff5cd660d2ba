package lost

import (
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
)

// A Found is the answer to [FindService]. The caller may change its slices.
type Found struct {
	Mappings   []Mapping // several where the place is in several areas; none from a server that validates only
	Validation Validation
	Warnings   []Fault  // in the order of the answer
	Path       []string // the servers that the answer came through, the nearest first
	Cached     bool     // it was asked for before and has not expired

	// Ignored is what the answer has beside what was asked for that is not what it
	// should be, and was left out.
	Ignored []*telephony.Error
}

// Warned reports whether the answer has a warning of that cause.
func (f Found) Warned(code error) bool {
	return slices.ContainsFunc(f.Warnings, func(w Fault) bool { return w.Code == code })
}

// String tells how much the answer holds, and nothing of an address.
func (f Found) String() string {
	return strconv.Itoa(len(f.Mappings)) + " mappings, " + strconv.Itoa(len(f.Warnings)) + " warnings"
}

// GoString is what %#v prints: the masked form.
func (f Found) GoString() string { return "lost.Found{" + f.String() + "}" }

// LogValue keeps addresses out of structured logs.
func (f Found) LogValue() slog.Value { return slog.StringValue(f.String()) }

// A Mapping says who serves an area.
type Mapping struct {
	Source   string // the server that has it
	SourceID string // its name there
	Updated  time.Time
	Expiry   Expiry

	Names      []DisplayName
	Service    string            // URN; empty if it is the one asked for
	URIs       []string          // where calls go, in the order of the answer
	Number     string            // what people dial there: digits, * and #
	Boundaries []Boundary        // the area, by value
	Reference  BoundaryReference // the area, by reference; zero if it is given by value or not at all
}

// LogValue counts the parts of the area in structured logs, which need not be
// larger than one address.
func (m Mapping) LogValue() slog.Value {
	return slog.GroupValue(slog.String("source", m.Source), slog.String("source_id", m.SourceID), slog.Time("updated", m.Updated),
		slog.String("expiry", m.Expiry.String()), slog.String("service", m.Service), slog.Any("uris", m.URIs), slog.String("number", m.Number),
		slog.Int("boundaries", len(m.Boundaries)))
}

// A DisplayName is the name of a dispatch centre for people.
type DisplayName struct{ Text, Language string }

// Dispatch returns the mapping as the dispatch centre of an address: its first
// name and the first URI for SIP, or else the first.
func (m Mapping) Dispatch() emergency.Dispatch {
	d := emergency.Dispatch{ID: m.SourceID}
	if len(m.Names) > 0 {
		d.Name = m.Names[0].Text
	}
	if i := slices.IndexFunc(m.URIs, isSIP); i >= 0 {
		d.URI = m.URIs[i]
	} else if len(m.URIs) > 0 {
		d.URI = m.URIs[0]
	}
	return d
}

// An Expiry says how long a mapping may be kept. The zero Expiry is not at all.
type Expiry struct {
	at    time.Time
	never bool
}

// ExpiresAt returns the expiry at a moment.
func ExpiresAt(t time.Time) Expiry { return Expiry{at: t.UTC()} }

// NoExpiration is the expiry of a mapping that holds until told otherwise.
func NoExpiration() Expiry { return Expiry{never: true} }

// At returns the moment, and whether there is one.
func (e Expiry) At() (time.Time, bool) { return e.at, !e.at.IsZero() }

// Holds reports whether a mapping may be used at a time without being asked for
// again: before the moment of expiry, not at it.
func (e Expiry) Holds(now time.Time) bool { return e.never || now.Before(e.at) }

// String returns the form of the protocol: a time in UTC, "NO-EXPIRATION" or
// "NO-CACHE".
func (e Expiry) String() string {
	switch {
	case e.never:
		return noExpiration
	case e.at.IsZero():
		return noCache
	}
	return e.at.Format(time.RFC3339Nano)
}

const (
	noCache      = "NO-CACHE"
	noExpiration = "NO-EXPIRATION"
)

// A Validation says what a server thinks of the elements of a civic address. An
// element in no list was not checked. The zero Validation says nothing.
type Validation struct {
	Done      bool          // the answer has a validation
	Valid     []pidflo.Name // known, and used to find the mapping
	Invalid   []pidflo.Name // checked, and not fitting the valid ones
	Unchecked []pidflo.Name

	Complete []emergency.Address // the address with what it lacks, from a server that offers it [similar-location]
	Similar  []emergency.Address // what it could have been meant to be [similar-location]
}

// String counts the elements, and says nothing of an address.
func (v Validation) String() string {
	return strconv.Itoa(len(v.Valid)) + " valid, " + strconv.Itoa(len(v.Invalid)) + " invalid, " + strconv.Itoa(len(v.Unchecked)) + " unchecked"
}

// GoString is what %#v prints: the masked form.
func (v Validation) GoString() string { return "lost.Validation{" + v.String() + "}" }

// LogValue keeps addresses out of structured logs.
func (v Validation) LogValue() slog.Value { return slog.StringValue(v.String()) }

// A BoundaryReference is a key by which a server gives the area of a mapping.
type BoundaryReference struct{ Source, Key string }

// A Boundary is one description of the area of a mapping. In one profile each
// stands for the whole area, be it as a list of civic addresses of which one
// must match or as shapes.
type Boundary struct {
	Profile       string
	Civic         []pidflo.Civic
	Polygons      [][]emergency.Position // the outer rings; the first corner is the last again
	Circles       []pidflo.Shape
	NotUnderstood []pidflo.Name // other shapes, and polygons with holes
}

// LogValue counts the parts of the area in structured logs, which need not be
// larger than one address.
func (b Boundary) LogValue() slog.Value {
	return slog.GroupValue(slog.String("profile", b.Profile), slog.Int("civic", len(b.Civic)), slog.Int("polygons", len(b.Polygons)),
		slog.Int("circles", len(b.Circles)), slog.Int("not_understood", len(b.NotUnderstood)))
}

// isSIP reports whether calls can be sent to a URI by SIP.
func isSIP(uri string) bool {
	scheme, _, _ := strings.Cut(uri, ":")
	return strings.EqualFold(scheme, "sip") || strings.EqualFold(scheme, "sips")
}
