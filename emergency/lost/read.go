package lost

import (
	"strings"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
)

// An answerReader reads parts of an answer, in any order, and keeps the first
// fault.
type answerReader struct {
	op, host string
	err      error
}

func (r *answerReader) fail(field, detail string) {
	if r.err == nil {
		r.err = answerError(r.op, r.host, field, detail)
	}
}

// keep keeps an error of a location inside the answer.
func (r *answerReader) keep(problems ...*telephony.Error) {
	if r.err == nil && len(problems) > 0 {
		first := *telephony.Join(problems)
		first.Op, first.Subject = r.op, "server "+r.host
		r.err = &first
	}
}

func answerError(op, host, field, detail string) error {
	return &telephony.Error{Op: op, Code: ErrAnswer, Field: field, Detail: detail, Subject: "server " + host}
}

// found reads an answer to FindService.
func (r *answerReader) found(n *xmltree.Node) Found {
	var f Found
	for _, c := range n.Children {
		switch c.Name {
		case name("mapping"):
			f.Mappings = append(f.Mappings, r.mapping(c))
		case name("locationValidation"):
			f.Validation = r.validation(c)
		case name("warnings"):
			f.Warnings = append(f.Warnings, readFaults(c)...)
		case name("path"):
			f.Path = readPath(c)
		}
	}
	return f
}

func (r *answerReader) mapping(n *xmltree.Node) Mapping {
	m := Mapping{
		Source: serverName(n.Attr("source")), SourceID: r.text("sourceId", n.Attr("sourceId")),
		Updated: r.time("lastUpdated", n.Attr("lastUpdated")), Expiry: r.expiry(n.Attr("expires")),
	}
	if m.Source == "" || m.SourceID == "" {
		r.fail("mapping", "a mapping does not say whose it is")
	}
	for _, c := range n.Children {
		switch c.Name {
		case name("displayName"):
			if text := r.text("displayName", c.Token()); text != "" {
				m.Names = append(m.Names, DisplayName{text, c.Lang()})
			}
		case name("service"):
			if m.Service = c.Token(); m.Service != "" && len(checkService(m.Service)) > 0 {
				r.fail("service", "a service is no URN of services")
			}
		case name("uri"):
			if !xmltree.IsURI(c.Token()) {
				r.fail("uri", "where calls go is no URI")
			}
			m.URIs = append(m.URIs, c.Token())
		case name("serviceNumber"):
			if m.Number = c.Token(); len(m.Number) > 32 || strings.Trim(m.Number, "0123456789*#") != "" {
				r.fail("serviceNumber", "a service number has digits, * and # alone")
			}
		case name("serviceBoundary"):
			m.Boundaries = append(m.Boundaries, r.boundary(c))
		case name("serviceBoundaryReference"):
			m.Reference = BoundaryReference{serverName(c.Attr("source")), r.text("key", c.Attr("key"))}
		}
	}
	return m
}

// text checks text that will be shown.
func (r *answerReader) text(field, s string) string {
	s = xmltree.Token(s)
	if telephony.CheckText(field, s, telephony.MaxTextRunes) != nil {
		r.fail(field, "a text cannot be kept")
		return ""
	}
	return s
}

func (r *answerReader) time(field, s string) time.Time {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		r.fail(field, "a time is not written as one")
	}
	return t.UTC()
}

// expiry reads how long a mapping holds; one that does not say is not kept.
func (r *answerReader) expiry(s string) Expiry {
	switch strings.TrimSpace(s) {
	case noCache, "":
		return Expiry{}
	case noExpiration:
		return NoExpiration()
	}
	return Expiry{at: r.time("expires", s)}
}

// validation reads the lists of elements, and addresses offered in place of the
// one asked about.
func (r *answerReader) validation(n *xmltree.Node) Validation {
	v := Validation{Done: true}
	for _, c := range n.Children {
		switch c.Name {
		case name("valid"):
			v.Valid = append(v.Valid, r.elements(c)...)
		case name("invalid"):
			v.Invalid = append(v.Invalid, r.elements(c)...)
		case name("unchecked"):
			v.Unchecked = append(v.Unchecked, r.elements(c)...)
		case xmltree.Name{Space: additionalSpace, Local: "completeLocation"}:
			v.Complete = append(v.Complete, r.addresses(c)...)
		case xmltree.Name{Space: additionalSpace, Local: "similarLocation"}:
			v.Similar = append(v.Similar, r.addresses(c)...)
		}
	}
	return v
}

// elements reads a list of qualified names: whatever the prefix, its namespace
// counts, and without one it is that of civic addresses, as in the figures of
// [RFC 5222].
func (r *answerReader) elements(n *xmltree.Node) []pidflo.Name {
	var list []pidflo.Name
	for _, word := range n.Words() {
		e, ok := n.Resolve(word, emergency.CivicSpace)
		if !ok {
			r.fail(n.Name.Local, "the prefix of an element is not declared")
			return nil
		}
		list = append(list, pidflo.Name(locxml.CivicName(e)))
	}
	return list
}

func (r *answerReader) addresses(n *xmltree.Node) []emergency.Address {
	var list []emergency.Address
	for _, c := range n.Children {
		if locxml.IsCivic(c) {
			civic, _, problems := locxml.ReadCivic(c)
			r.keep(problems...)
			list = append(list, civic.Address)
		}
	}
	return list
}

// boundary reads one description of an area.
func (r *answerReader) boundary(n *xmltree.Node) Boundary {
	b := Boundary{Profile: r.text("profile", n.Attr("profile"))}
	for _, c := range n.Children {
		switch {
		case locxml.IsCivic(c):
			civic, unknown, problems := locxml.ReadCivic(c)
			r.keep(problems...)
			b.Civic = append(b.Civic, pidflo.Civic{Address: civic.Address, Location: civic.Location, Language: civic.Language})
			for _, u := range unknown {
				b.NotUnderstood = append(b.NotUnderstood, pidflo.Name(u))
			}
		case locxml.IsPolygon(c):
			corners, hollow, problem := locxml.ReadPolygon(c)
			if problem != nil {
				r.keep(problem)
			}
			b.Polygons = append(b.Polygons, corners)
			if hollow {
				b.NotUnderstood = append(b.NotUnderstood, pidflo.Name(c.Name))
			}
		default:
			r.circle(&b, c)
		}
	}
	return b
}

func (r *answerReader) circle(b *Boundary, n *xmltree.Node) {
	shape, known, _, problem := locxml.ReadShape(n)
	if problem != nil {
		r.keep(problem)
		return
	}
	circle, err := pidflo.Circle(shape.Centre, shape.Radius)
	if !known || err != nil { // a point is no area
		b.NotUnderstood = append(b.NotUnderstood, pidflo.Name(n.Name))
		return
	}
	b.Circles = append(b.Circles, circle)
}

func readPath(n *xmltree.Node) []string {
	var list []string
	for _, c := range n.Children {
		if s := serverName(c.Attr("source")); s != "" && c.Name == name("via") {
			list = append(list, s)
		}
	}
	return list
}

// services reads a list of services.
func (r *answerReader) services(n *xmltree.Node) []string {
	list := n.Child(name("serviceList"))
	if list == nil {
		r.fail("serviceList", "there is no list of services")
		return nil
	}
	words := list.Words()
	for _, w := range words {
		if len(checkService(w)) > 0 {
			r.fail("serviceList", "a service is no URN of services")
			return nil
		}
	}
	return words
}
