// Package locxml has the XML of places in common: civic addresses [RFC 5139]
// [RFC 6848] and the shapes of geodetic positions [RFC 5491], as PIDF-LO
// documents and LoST messages carry them.
package locxml

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/xmltree"
)

// The namespaces, beside those of package emergency.
const (
	NENASpace  = "urn:nena:xml:ns:pidf:nenaCivicAddr"
	NENA2Space = "urn:nena:xml:ns:pidf:nenaCivicAddr2"
	GMLSpace   = "http://www.opengis.net/gml"
	ShapeSpace = "http://www.opengis.net/pidflo/1.0"

	// oldCivicSpace is that of [RFC 4119], which [RFC 5139] replaces. Samples
	// of later documents still have it.
	oldCivicSpace = "urn:ietf:params:xml:ns:pidf:geopriv10:civicLoc"
)

// Prefixes are the usual prefixes of the namespaces of places.
func Prefixes() []xmltree.Prefix {
	return []xmltree.Prefix{
		{Prefix: "ca", Space: emergency.CivicSpace},
		{Prefix: "cae", Space: emergency.CivicExtSpace},
		{Prefix: "nena", Space: NENASpace},
		{Prefix: "nena2", Space: NENA2Space},
		{Prefix: "gml", Space: GMLSpace},
		{Prefix: "gs", Space: ShapeSpace},
	}
}

// civicOrder is the sequence of the elements of a civic address [RFC 5139]
// without A6: that is no street, though old samples put streets there, so it
// is read and never written.
var civicOrder = [...]string{"country", "A1", "A2", "A3", "A4", "A5", "PRM", "PRD", "RD", "STS", "POD", "POM",
	"RDSEC", "RDBR", "RDSUBBR", "HNO", "HNS", "LMK", "LOC", "FLR", "NAM", "PC", "BLD", "UNIT", "ROOM", "SEAT",
	"PLC", "PCN", "POBOX", "ADDCODE"}

// extensionOrder are the elements of [RFC 6848], which follow.
var extensionOrder = [...]string{"PN", "MP", "STP", "HNP"}

// CivicName returns the name under which a civic element is known. Samples of
// [RFC 5491] have the namespace of [RFC 4119], and a location validation server
// in the field has PRM and POM among the extensions.
func CivicName(n xmltree.Name) xmltree.Name {
	switch {
	case n.Space == oldCivicSpace,
		n.Space == emergency.CivicExtSpace && (n.Local == "PRM" || n.Local == "POM"):
		n.Space = emergency.CivicSpace
	}
	return n
}

// placeText points to the part of a location that an element carries.
func placeText(l *emergency.Location, n xmltree.Name) *string {
	if n.Space != emergency.CivicSpace {
		return nil
	}
	switch n.Local {
	case "LOC":
		return &l.Place
	case "BLD":
		return &l.Building
	case "FLR":
		return &l.Floor
	case "UNIT":
		return &l.Unit
	case "ROOM":
		return &l.Room
	case "SEAT":
		return &l.Seat
	}
	return nil
}
