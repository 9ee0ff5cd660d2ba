package locxml

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/telephony"
)

var (
	polygon  = xmltree.Name{Space: GMLSpace, Local: "Polygon"}
	exterior = xmltree.Name{Space: GMLSpace, Local: "exterior"}
	ring     = xmltree.Name{Space: GMLSpace, Local: "LinearRing"}
	posList  = xmltree.Name{Space: GMLSpace, Local: "posList"}
)

// minCorners is a triangle and its first corner again, with which a ring ends.
const minCorners = 4

// IsPolygon reports whether an element is a polygon.
func IsPolygon(n *xmltree.Node) bool { return n.Name == polygon }

// ReadPolygon reads the outer ring of a polygon: its corners, the first one
// again at the end. Holes are not read, and hollow says that there are some.
func ReadPolygon(n *xmltree.Node) (corners []emergency.Position, hollow bool, problem *telephony.Error) {
	dimensions := dimensionsOf(n)
	if dimensions == 0 {
		return nil, false, &telephony.Error{Code: ErrReference, Field: "srsName",
			Detail: "the coordinates are not said to be WGS 84", Fix: "use " + flat}
	}
	var words [][]string
	if outer := n.Child(exterior); outer != nil && outer.Child(ring) != nil {
		for _, c := range outer.Child(ring).Children {
			switch c.Name {
			case pos:
				words = append(words, c.Words())
			case posList:
				words = append(words, chunks(c.Words(), dimensions)...)
			}
		}
	}
	for _, w := range words {
		p, problem := readPosition(w, dimensions)
		if problem != nil {
			return nil, false, problem
		}
		corners = append(corners, p)
	}
	if len(corners) < minCorners || corners[0] != corners[len(corners)-1] {
		return nil, false, &telephony.Error{Code: ErrShape, Field: "Polygon",
			Detail: "a polygon has three corners or more, and ends where it begins"}
	}
	return corners, len(n.Children) > 1, nil
}

func chunks(words []string, size int) [][]string {
	var list [][]string
	for ; len(words) > size; words = words[size:] {
		list = append(list, words[:size])
	}
	return append(list, words)
}

// WritePolygon writes a polygon of its corners.
func WritePolygon(w *xmltree.Writer, corners []emergency.Position) {
	w.Start(polygon, xmltree.Attr{Name: xmltree.Name{Local: "srsName"}, Value: flat})
	w.Start(exterior)
	w.Start(ring)
	for _, p := range corners {
		w.Leaf(pos, Coordinates(p))
	}
	w.End()
	w.End()
	w.End()
}
