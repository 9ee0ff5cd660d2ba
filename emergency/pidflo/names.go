package pidflo

import (
	"slices"

	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
)

// The namespaces of documents, beside those of places.
const (
	presenceSpace   = "urn:ietf:params:xml:ns:pidf"                       // [RFC 3863]
	modelSpace      = "urn:ietf:params:xml:ns:pidf:data-model"            // [RFC 4479]
	geoprivSpace    = "urn:ietf:params:xml:ns:pidf:geopriv10"             // [RFC 4119]
	policySpace     = "urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy" // [RFC 4119]
	confidenceSpace = "urn:ietf:params:xml:ns:geopriv:conf"               // [RFC 7459]
)

// The elements.
var (
	presenceName       = xmltree.Name{Space: presenceSpace, Local: "presence"}
	tupleName          = xmltree.Name{Space: presenceSpace, Local: "tuple"}
	statusName         = xmltree.Name{Space: presenceSpace, Local: "status"}
	timestampName      = xmltree.Name{Space: presenceSpace, Local: "timestamp"}
	deviceName         = xmltree.Name{Space: modelSpace, Local: "device"}
	personName         = xmltree.Name{Space: modelSpace, Local: "person"}
	deviceIDName       = xmltree.Name{Space: modelSpace, Local: "deviceID"}
	modelTimestampName = xmltree.Name{Space: modelSpace, Local: "timestamp"}
	geoprivName        = xmltree.Name{Space: geoprivSpace, Local: "geopriv"}
	infoName           = xmltree.Name{Space: geoprivSpace, Local: "location-info"}
	rulesName          = xmltree.Name{Space: geoprivSpace, Local: "usage-rules"}
	methodName         = xmltree.Name{Space: geoprivSpace, Local: "method"}
	retransmissionName = xmltree.Name{Space: policySpace, Local: "retransmission-allowed"}
	retentionName      = xmltree.Name{Space: policySpace, Local: "retention-expiry"}
	confidenceName     = xmltree.Name{Space: confidenceSpace, Local: "confidence"}
)

// prefixes returns the usual prefixes of documents.
func prefixes() []xmltree.Prefix {
	return slices.Concat([]xmltree.Prefix{
		{Prefix: "", Space: presenceSpace},
		{Prefix: "dm", Space: modelSpace},
		{Prefix: "gp", Space: geoprivSpace},
		{Prefix: "gbp", Space: policySpace},
		{Prefix: "conf", Space: confidenceSpace},
	}, locxml.Prefixes())
}

// attr returns an attribute without a namespace.
func attr(local, value string) xmltree.Attr {
	return xmltree.Attr{Name: xmltree.Name{Local: local}, Value: value}
}
