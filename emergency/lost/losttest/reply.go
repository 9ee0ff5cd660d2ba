package losttest

import (
	"slices"
	"strings"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/emergency/lost"
)

// A reply is an answer before it is written.
type reply struct {
	root string // its element
	used string // the id of the location

	dispatch  *emergency.Dispatch // of the mapping; nil for none
	service   string
	number    string // what is dialled there; empty if that is not known
	validated bool
	valid     []xmltree.Name
	invalid   []xmltree.Name
	unchecked []xmltree.Name
	complete  *emergency.Address
	similar   []emergency.Address

	warnings   []string // names of warnings
	faults     []string // names of errors, of root "errors"
	profiles   string   // that are not known
	target     string   // of root "redirect"
	services   []string
	boundaries []lost.Boundary
}

// encode writes a reply.
func (r *reply) encode(s *Server) ([]byte, error) {
	w := xmltree.NewWriter(slices.Concat([]xmltree.Prefix{
		{Prefix: "", Space: space}, {Prefix: "rli", Space: additionalSpace}}, locxml.Prefixes())...)
	switch r.root {
	case "errors":
		r.writeFaults(w, s, "errors", r.faults)
		return w.Bytes()
	case "redirect":
		w.Leaf(name("redirect"), "", attr("target", r.target), attr("source", s.Name),
			attr("message", "ask there"), lang("en"))
		return w.Bytes()
	}
	w.Start(name(r.root))
	r.writeMapping(w, s)
	r.writeValidation(w)
	if strings.HasPrefix(r.root, "listServices") {
		w.Leaf(name("serviceList"), strings.Join(r.services, " "))
	}
	for _, b := range r.boundaries {
		writeBoundary(w, b)
	}
	if len(r.warnings) > 0 {
		r.writeFaults(w, s, "warnings", r.warnings)
	}
	w.Start(name("path"))
	w.Leaf(name("via"), "", attr("source", s.Name))
	w.End()
	if r.used != "" {
		w.Leaf(name("locationUsed"), "", attr("id", r.used))
	}
	w.End()
	return w.Bytes()
}

func (r *reply) writeFaults(w *xmltree.Writer, s *Server, container string, names []string) {
	w.Start(name(container), attr("source", s.Name))
	for _, n := range names {
		w.Leaf(name(n), "", attr("unsupportedProfiles", r.profiles), attr("message", "told to say "+n), lang("en"))
	}
	w.End()
}

func (r *reply) writeMapping(w *xmltree.Writer, s *Server) {
	d := r.dispatch
	if d == nil {
		return
	}
	id := d.ID
	if id == "" {
		id = d.URI
	}
	w.Start(name("mapping"), attr("expires", s.Expiry.String()), attr("lastUpdated", lastUpdated.Format(time.RFC3339)),
		attr("source", s.Name), attr("sourceId", id))
	if d.Name != "" {
		w.Leaf(name("displayName"), d.Name, lang("en"))
	}
	w.Leaf(name("service"), r.service)
	if _, ok := s.Boundaries[id]; ok {
		w.Leaf(name("serviceBoundaryReference"), "", attr("source", s.Name), attr("key", id))
	}
	if d.URI != "" {
		w.Leaf(name("uri"), d.URI)
	}
	if r.number != "" {
		w.Leaf(name("serviceNumber"), r.number)
	}
	w.End()
}

// lastUpdated is when every mapping was made.
var lastUpdated = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func (r *reply) writeValidation(w *xmltree.Writer) {
	if !r.validated {
		return
	}
	w.Start(name("locationValidation"))
	for _, l := range []struct {
		local string
		names []xmltree.Name
	}{{"valid", r.valid}, {"invalid", r.invalid}, {"unchecked", r.unchecked}} {
		if len(l.names) == 0 {
			continue
		}
		words := make([]string, len(l.names))
		for i, n := range l.names {
			words[i] = w.QName(n)
		}
		w.Leaf(name(l.local), strings.Join(words, " "))
	}
	if r.complete != nil {
		writeAddress(w, "completeLocation", *r.complete)
	}
	for _, a := range r.similar {
		writeAddress(w, "similarLocation", a)
	}
	w.End()
}

func writeAddress(w *xmltree.Writer, local string, a emergency.Address) {
	w.Start(xmltree.Name{Space: additionalSpace, Local: local}, attr("profile", "civic"))
	locxml.Civic{Address: a}.Write(w)
	w.End()
}

func writeBoundary(w *xmltree.Writer, b lost.Boundary) {
	w.Start(name("serviceBoundary"), attr("profile", b.Profile))
	for _, c := range b.Civic {
		locxml.Civic{Address: c.Address, Location: c.Location, Language: c.Language}.Write(w)
	}
	for _, corners := range b.Polygons {
		locxml.WritePolygon(w, corners)
	}
	for _, c := range b.Circles {
		locxml.Shape{Centre: c.Centre(), Radius: c.Radius()}.Write(w)
	}
	w.End()
}

func attr(local, value string) xmltree.Attr {
	return xmltree.Attr{Name: xmltree.Name{Local: local}, Value: value}
}

func lang(tag string) xmltree.Attr {
	return xmltree.Attr{Name: xmltree.Name{Space: xmltree.XMLSpace, Local: "lang"}, Value: tag}
}
