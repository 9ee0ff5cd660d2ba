package locxml

import (
	"math"
	"strconv"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

// The causes of a shape that is not read or written.
const (
	ErrReference telephony.Code = "shape_reference_unsupported" // coordinates that are not WGS 84
	ErrShape     telephony.Code = "shape_invalid"               // coordinates or a radius that are none
)

const (
	flat   = "urn:ogc:def:crs:EPSG::4326" // WGS 84: latitude, longitude
	solid  = "urn:ogc:def:crs:EPSG::4979" // and altitude
	metres = "urn:ogc:def:uom:EPSG::9001"
)

// maxRadius is half way round the earth, in metres.
const maxRadius = 20_037_508

// A Shape is where something is in the plane: a point, or a circle that it is
// in. The zero Shape is none.
type Shape struct {
	Centre emergency.Position
	Radius float64 // metres; 0 for a point
}

// The names of shapes and their parts.
var (
	point  = xmltree.Name{Space: GMLSpace, Local: "Point"}
	circle = xmltree.Name{Space: ShapeSpace, Local: "Circle"}
	pos    = xmltree.Name{Space: GMLSpace, Local: "pos"}
	radius = xmltree.Name{Space: ShapeSpace, Local: "radius"}
)

// IsShape reports whether an element is a shape of [RFC 5491], one that
// ReadShape reads or another.
func IsShape(n *xmltree.Node) bool { return n.Name.Space == GMLSpace || n.Name.Space == ShapeSpace }

// Check returns what keeps a shape from being written, nil if nothing does.
func (s Shape) Check() *telephony.Error {
	if s.Centre.IsZero() && s.Radius != 0 {
		return &telephony.Error{Code: ErrShape, Field: "shape", Detail: "a radius has no centre", Fix: "give the position"}
	}
	if !(0 <= s.Radius && s.Radius <= maxRadius) { // written so that NaN fails
		return &telephony.Error{Code: ErrShape, Field: "radius", Detail: "a radius is 0 or more metres, at most half way round the earth",
			Figures: []telephony.Figure{{Name: "most metres", Value: maxRadius}}}
	}
	return nil
}

// Write writes a shape that has no fault and is not zero.
func (s Shape) Write(w *xmltree.Writer) {
	name := point
	if s.Radius != 0 {
		name = circle
	}
	w.Start(name, xmltree.Attr{Name: xmltree.Name{Local: "srsName"}, Value: flat})
	w.Leaf(pos, Coordinates(s.Centre))
	if s.Radius != 0 {
		w.Leaf(radius, decimal(s.Radius), xmltree.Attr{Name: xmltree.Name{Local: "uom"}, Value: metres})
	}
	w.End()
}

// Coordinates returns a position as pos has it: degrees, latitude first.
func Coordinates(p emergency.Position) string { return decimal(p.Lat()) + " " + decimal(p.Lon()) }

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// ReadShape reads a point or a circle. known is false for any other shape. The
// altitude of a point in space is left out, and flattened says so.
func ReadShape(n *xmltree.Node) (s Shape, known, flattened bool, problem *telephony.Error) {
	if n.Name != point && n.Name != circle {
		return Shape{}, false, false, nil
	}
	dimensions := dimensionsOf(n)
	if dimensions == 0 {
		return Shape{}, true, false, &telephony.Error{Code: ErrReference, Field: "srsName",
			Detail: "the coordinates are not said to be WGS 84", Fix: "use " + flat}
	}
	at := n.Child(pos)
	if at == nil {
		return Shape{}, true, false, &telephony.Error{Code: ErrShape, Field: "pos", Detail: "a shape has no position"}
	}
	s.Centre, problem = readPosition(at.Words(), dimensions)
	if problem == nil && n.Name == circle {
		s.Radius, problem = readRadius(n.Child(radius))
	}
	return s, true, dimensions == 3, problem
}

// dimensionsOf tells how many coordinates a position has by the reference
// system; 0 is another system. Figures of [RFC 5222] misprint the names.
func dimensionsOf(n *xmltree.Node) int {
	name := strings.TrimSpace(n.Attr("srsName"))
	for _, misprint := range [][2]string{{"def::crs:", "def:crs:"}, {"EPSG::", "EPSG:"}} {
		name = strings.Replace(name, misprint[0], misprint[1], 1)
	}
	switch name {
	case "urn:ogc:def:crs:EPSG:4326":
		return 2
	case "urn:ogc:def:crs:EPSG:4979":
		return 3
	}
	return 0
}

func readPosition(words []string, dimensions int) (emergency.Position, *telephony.Error) {
	invalid := &telephony.Error{Code: ErrShape, Field: "pos",
		Detail: "a position is a latitude within ±90 and a longitude within ±180 degrees"}
	if len(words) != dimensions {
		return emergency.Position{}, invalid
	}
	var at [3]float64
	for i, w := range words {
		v, ok := number(w)
		if !ok {
			return emergency.Position{}, invalid
		}
		at[i] = v
	}
	p, err := emergency.NewPosition(at[0], at[1])
	if err != nil {
		return emergency.Position{}, invalid
	}
	return p, nil
}

// number reads a decimal number: the infinities and hexadecimal forms that
// strconv knows are none here.
func number(s string) (float64, bool) {
	if len(s) > 64 || strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

func readRadius(n *xmltree.Node) (float64, *telephony.Error) {
	invalid := &telephony.Error{Code: ErrShape, Field: "radius", Detail: "a circle has a radius in metres, above 0",
		Figures: []telephony.Figure{{Name: "most metres", Value: maxRadius}}}
	if n == nil || strings.TrimSpace(n.Attr("uom")) != metres {
		return 0, invalid
	}
	v, ok := number(n.Token())
	if !ok || !(0 < v && v <= maxRadius) {
		return 0, invalid
	}
	return v, nil
}
