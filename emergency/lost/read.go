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

// An answerReader reads parts of an answer, in any order. It keeps the first
// fault of what an answer needs, and every one of what it can do without.
type answerReader struct {
	op, host string
	err      error
	ignored  []*telephony.Error
}

func (r *answerReader) fail(field, detail string) {
	if r.err == nil {
		r.err = answerError(r.op, r.host, field, detail)
	}
}

// ignore leaves out a part that the answer can do without.
func (r *answerReader) ignore(field, detail string) {
	r.ignored = append(r.ignored, answerError(r.op, r.host, field, detail))
}

// located returns the error of a location inside the answer, nil if there is
// none.
func (r *answerReader) located(problems ...*telephony.Error) *telephony.Error {
	if len(problems) == 0 {
		return nil
	}
	first := *telephony.Join(problems)
	first.Op, first.Subject = r.op, "server "+r.host
	return &first
}

func answerError(op, host, field, detail string) *telephony.Error {
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
	f.Ignored = r.ignored
	return f
}

func (r *answerReader) mapping(n *xmltree.Node) Mapping {
	m := Mapping{
		Source: serverName(n.Attr("source")), SourceID: xmltree.Token(n.Attr("sourceId")),
		Updated: r.time("lastUpdated", n.Attr("lastUpdated")), Expiry: r.expiry(n.Attr("expires")),
	}
	if m.Source == "" || m.SourceID == "" || !isText(m.SourceID) {
		r.fail("mapping", "a mapping does not say whose it is")
	}
	for _, c := range n.Children {
		switch c.Name {
		case name("displayName"):
			if text := c.Token(); !isText(text) {
				r.ignore("displayName", "a text cannot be kept")
			} else if text != "" {
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
			if number := c.Token(); len(number) > 32 || strings.Trim(number, "0123456789*#") != "" {
				r.ignore("serviceNumber", "a service number has digits, * and # alone")
			} else {
				m.Number = number
			}
		case name("serviceBoundary"):
			if b, err := r.boundary(c); err != nil {
				r.ignored = append(r.ignored, err)
			} else {
				m.Boundaries = append(m.Boundaries, b)
			}
		case name("serviceBoundaryReference"):
			if key := xmltree.Token(c.Attr("key")); !isText(key) {
				r.ignore("key", "a text cannot be kept")
			} else {
				m.Reference = BoundaryReference{serverName(c.Attr("source")), key}
			}
		}
	}
	return m
}

// isText reports whether a text can be kept and shown.
func isText(s string) bool { return telephony.CheckText("", s, telephony.MaxTextRunes) == nil }

// time reads a time; one that is not written as one is no time.
func (r *answerReader) time(field, s string) time.Time {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		r.ignore(field, "a time is not written as one")
		return time.Time{}
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

// addresses reads addresses that a server offers, be they within a location as
// some have it or not.
func (r *answerReader) addresses(n *xmltree.Node) []emergency.Address {
	var list []emergency.Address
	for _, c := range n.Children {
		if c.Name == name("location") {
			list = append(list, r.addresses(c)...)
		}
		if !locxml.IsCivic(c) {
			continue
		}
		civic, _, problems := locxml.ReadCivic(c)
		if err := r.located(problems...); err != nil {
			r.ignored = append(r.ignored, err)
			continue
		}
		list = append(list, civic.Address)
	}
	return list
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
