package lost

import (
	"slices"

	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
)

// MediaType is the media type of queries and answers [RFC 5222].
const MediaType = "application/lost+xml"

// ServiceSOS is the service of emergency calls, whoever answers them [RFC 5031].
const ServiceSOS = "urn:service:sos"

const (
	space           = "urn:ietf:params:xml:ns:lost1"
	additionalSpace = "urn:ietf:params:xml:ns:lost-rli1" // [similar-location]
)

func name(local string) xmltree.Name { return xmltree.Name{Space: space, Local: local} }

func attr(local, value string) xmltree.Attr {
	return xmltree.Attr{Name: xmltree.Name{Local: local}, Value: value}
}

// newWriter returns a writer of queries.
func newWriter() *xmltree.Writer {
	return xmltree.NewWriter(slices.Concat([]xmltree.Prefix{
		{Prefix: "", Space: space},
		{Prefix: "rli", Space: additionalSpace},
	}, locxml.Prefixes())...)
}
