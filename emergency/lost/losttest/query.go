package losttest

import (
	"net/http"
	"slices"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/internal/locxml"
	"example.com/callingplan/emergency/internal/xmltree"
)

const (
	space           = "urn:ietf:params:xml:ns:lost1"
	additionalSpace = "urn:ietf:params:xml:ns:lost-rli1"
)

func name(local string) xmltree.Name { return xmltree.Name{Space: space, Local: local} }

// reply answers a query.
func (s *Server) reply(r *http.Request, body []byte) *reply {
	root, err := xmltree.Parse(body)
	if err != nil {
		return fault("badRequest")
	}
	service := ""
	if n := root.Child(name("service")); n != nil {
		service = n.Token()
	}
	switch root.Name {
	case name("findService"):
		return s.findService(r, root, service)
	case name("listServices"):
		return &reply{root: "listServicesResponse", services: s.children(service)}
	case name("listServicesByLocation"):
		used, _, problem := s.location(root)
		if problem != nil {
			return problem
		}
		return &reply{root: "listServicesByLocationResponse", services: s.children(service), used: used}
	case name("getServiceBoundary"):
		b, ok := s.Boundaries[root.Attr("key")]
		if !ok {
			return fault("notFound")
		}
		return &reply{root: "getServiceBoundaryResponse", boundaries: b}
	}
	return fault("badRequest")
}

// location returns the id and the content of the first location of a profile
// that the server knows.
func (s *Server) location(root *xmltree.Node) (id string, content *xmltree.Node, problem *reply) {
	var unknown []string
	for _, n := range root.Children {
		if n.Name != name("location") || len(n.Children) == 0 {
			continue
		}
		profile := n.Attr("profile")
		if profile == "civic" || profile == "geodetic-2d" && s.Locate != nil {
			return n.Attr("id"), n.Children[0], nil
		}
		unknown = append(unknown, profile)
	}
	if len(unknown) == 0 {
		return "", nil, fault("badRequest")
	}
	problem = fault("locationProfileUnrecognized")
	problem.profiles = strings.Join(unknown, " ")
	return "", nil, problem
}

func (s *Server) findService(r *http.Request, root *xmltree.Node, service string) *reply {
	used, content, problem := s.location(root)
	if problem != nil {
		return problem
	}
	answer := &reply{root: "findServiceResponse", used: used, service: service}
	for !slices.Contains(s.Services, answer.service) {
		above := strings.LastIndexByte(answer.service, '.')
		if above < 0 {
			return fault("serviceNotImplemented")
		}
		answer.service = answer.service[:above]
		answer.warnings = []string{"serviceSubstitution"}
	}
	if locxml.IsCivic(content) {
		return s.findCivic(r, root, content, answer)
	}
	shape, known, _, wrong := locxml.ReadShape(content)
	if !known || wrong != nil {
		return fault("locationInvalid")
	}
	d, ok := s.Locate(shape.Centre)
	if !ok {
		return fault("notFound")
	}
	answer.dispatch = &d
	return answer
}

// findCivic answers about a civic address: what the authority confirms is
// valid, what it finds mismatched invalid, and the rest unchecked.
func (s *Server) findCivic(r *http.Request, root, content *xmltree.Node, answer *reply) *reply {
	civic, _, problems := locxml.ReadCivic(content)
	if len(problems) > 0 {
		return fault("locationInvalid")
	}
	a, _ := emergency.Canonical(civic.Address)
	known, err := s.Authority.Validate(r.Context(), a)
	switch {
	case err != nil:
		return fault("internalError")
	case known.NotFound == emergency.AddressInvalid:
		return fault("locationInvalid")
	case known.NotFound == emergency.ServiceNotOffered:
		return fault("serviceNotImplemented")
	case known.NotFound != emergency.Found || known.Route == emergency.NoRoute:
		return fault("notFound")
	case known.Route == emergency.DefaultRoute:
		answer.warnings = append(answer.warnings, "defaultMappingReturned")
	}
	answer.dispatch = &known.Dispatch
	if numbers := emergency.EmergencyNumbers(a.Country); len(numbers) > 0 {
		answer.number = numbers[0].Digits
	}
	if root.Attr("validateLocation") == "true" {
		answer.validate(civic, known)
		wanted := root.AttrOf(xmltree.Name{Space: additionalSpace, Local: "returnAdditionalLocation"})
		answer.add(wanted, a, known)
	}
	return answer
}

// validate fills the lists of elements.
func (r *reply) validate(civic locxml.Civic, known emergency.Answer) {
	r.validated = true
	sent := map[xmltree.Name]bool{}
	for _, e := range civic.Values() {
		sent[e.Name] = true
		field, ok := emergency.FieldOfCivic(e.Name.Space, e.Name.Local)
		switch {
		case ok && known.Mismatched.Has(field): // listed below
		case ok && known.Confirmed.Has(field):
			r.valid = append(r.valid, e.Name)
		default:
			r.unchecked = append(r.unchecked, e.Name)
		}
	}
	for _, field := range emergency.CivicFields() {
		if known.Mismatched.Has(field) {
			e, _ := field.Civic()
			r.invalid = append(r.invalid, xmltree.Name{Space: e.Space, Local: e.Name})
		}
	}
}

// add adds addresses that the client wants: the whole one if nothing is
// invalid, else one for each value that could be meant.
func (r *reply) add(wanted string, a emergency.Address, known emergency.Answer) {
	if len(r.invalid) > 0 {
		if wanted == "similar" || wanted == "any" {
			for _, c := range known.Candidates {
				r.similar = append(r.similar, a.With(c.Field, c.Value))
			}
		}
		return
	}
	if wanted != "complete" && wanted != "any" {
		return
	}
	complete := a
	for _, field := range emergency.CivicFields() {
		if complete.Value(field) == "" {
			complete = complete.With(field, known.Complete.Value(field))
		}
	}
	if complete != a {
		r.complete = &complete
	}
}

func fault(names ...string) *reply { return &reply{root: "errors", faults: names} }

var _ http.Handler = (*Server)(nil)
