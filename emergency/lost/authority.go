package lost

import (
	"context"
	"errors"
	"slices"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
)

// Validate implements [emergency.Authority] by [Client.FindService]. What a
// server says of the address is an answer: that it is not found, that it is
// invalid, that the service is not offered there, that it leads to the dispatch
// centre of last resort. Everything else that keeps it from an answer is an
// error, among them [ErrValidationUnavailable] from a server that routes and does
// not validate, and [ErrUnknownElement].
//
// A warning beside an answer that says all that an answer needs is a warning of
// the answer, in words of this package.
//
// Of several mappings the first is taken, also where it does not say where calls
// go: servers that validate and do not route have such, and the address is no
// less valid. The company is not sent: who is there makes no address valid.
func (c *Client) Validate(ctx context.Context, a emergency.Address) (emergency.Answer, error) {
	a.Company = ""
	found, err := c.FindService(ctx, FindService{Location: Civic(a, emergency.Location{}), Validate: true})
	if err != nil {
		return answerOfError(err)
	}
	return found.answer(a, c.config.Service)
}

// answerOfError returns the answer that a server's errors are. Where one of
// several is no answer, there is none.
func answerOfError(err error) (emergency.Answer, error) {
	var e *telephony.Error
	if !errors.As(err, &e) {
		return emergency.Answer{}, err
	}
	var answer emergency.Answer
	for _, reason := range e.All() {
		why, ok := notFoundOf(reason.Code)
		if !ok {
			return emergency.Answer{}, err
		}
		answer.NotFound = max(answer.NotFound, why)
	}
	return answer, nil
}

// notFoundOf returns what a server's error says of an address, if it says
// anything.
func notFoundOf(code telephony.Code) (emergency.NotFound, bool) {
	switch code {
	case ErrNotFound:
		return emergency.AddressNotFound, true
	case ErrLocationInvalid:
		return emergency.AddressInvalid, true
	case ErrServiceNotImplemented:
		return emergency.ServiceNotOffered, true
	}
	return emergency.Found, false
}

// answer returns what was found as the answer of an authority.
func (f Found) answer(a emergency.Address, service string) (emergency.Answer, error) {
	var answer emergency.Answer
	if f.Warned(ErrValidationUnavailable) {
		return answer, unavailable()
	}
	for _, w := range f.Warnings { // an error may stand beside a mapping: the server answered in part
		why, said := notFoundOf(w.Code)
		answer.NotFound = max(answer.NotFound, why)
		if !said && w.Code != ErrDefaultMapping { // which the route says
			detail, fix := explained(w.Code)
			answer.Warnings = append(answer.Warnings, &telephony.Error{Op: "validate address", Code: w.Code, Detail: detail, Fix: fix, Err: &w})
		}
	}
	if len(f.Mappings) > 0 {
		if answer.Route = f.route(f.Mappings[0], service); answer.Route != emergency.NoRoute {
			answer.Dispatch = f.Mappings[0].Dispatch()
		}
	}
	if !f.Validation.Done {
		if answer.Route == emergency.DefaultRoute || answer.NotFound != emergency.Found {
			return answer, nil // enough to refuse the address
		}
		return emergency.Answer{}, unavailable()
	}
	for _, e := range f.Validation.Valid {
		if field, ok := fieldOf(e); ok && !(e == oldStreet && f.saysOf(field)) {
			answer.Confirmed = answer.Confirmed.With(field)
		}
	}
	for _, e := range f.Validation.Invalid {
		field, ok := fieldOf(e)
		if !ok {
			return emergency.Answer{}, &telephony.Error{Op: "validate address", Code: ErrUnknownElement,
				Detail: "the server finds an element invalid that was not sent"}
		}
		answer.Mismatched = answer.Mismatched.With(field)
	}
	f.offer(&answer, a)
	return answer, nil
}

// oldStreet is the element A6, which was the street before there was one for it
// [RFC 5139], as in the figures of [RFC 5222].
var oldStreet = pidflo.Name{Space: emergency.CivicSpace, Local: "A6"}

// saysOf reports whether the server says of the element of a field what it makes of
// it. Then A6, which was not sent, is not the street.
func (f Found) saysOf(field emergency.Field) bool {
	return slices.ContainsFunc(slices.Concat(f.Validation.Valid, f.Validation.Invalid, f.Validation.Unchecked), func(e pidflo.Name) bool {
		own, ok := emergency.FieldOfCivic(e.Space, e.Local)
		return ok && own == field
	})
}

// fieldOf returns the field that an element is.
func fieldOf(e pidflo.Name) (emergency.Field, bool) {
	if e == oldStreet {
		return emergency.FieldStreet, true
	}
	return emergency.FieldOfCivic(e.Space, e.Local)
}

func unavailable() error {
	return &telephony.Error{Op: "validate address", Code: ErrValidationUnavailable,
		Detail: "the server does not validate", Fix: "ask a server that does, or ask again later"}
}

// route says what route a mapping is. One of another service than the one asked
// for or one that it is part of is none.
func (f Found) route(m Mapping, service string) emergency.Route {
	switch {
	case f.Warned(ErrDefaultMapping):
		return emergency.DefaultRoute
	case m.Service == "" && f.Warned(ErrServiceSubstituted):
		return emergency.NoRoute // of which, the server does not say
	case m.Service != "" && !isServiceOrPart(service, m.Service):
		return emergency.NoRoute
	}
	return emergency.RealRoute
}

// isServiceOrPart reports whether a service is another, or a part of it, as
// urn:service:sos.police is of urn:service:sos.
func isServiceOrPart(service, of string) bool {
	service, of = strings.ToLower(service), strings.ToLower(of)
	return service == of || strings.HasPrefix(service, of+".")
}

// offer takes what the server offers: values for what the address lacks, and
// values in place of those that do not fit.
func (f Found) offer(answer *emergency.Answer, a emergency.Address) {
	if len(f.Validation.Complete) == 1 { // of several none is the one
		answer.Complete = f.Validation.Complete[0]
		if strings.EqualFold(answer.Complete.CityAlias, answer.Complete.City) {
			answer.Complete.CityAlias = "" // a city has its name already
		}
	}
	for _, similar := range f.Validation.Similar {
		for field := range answer.Mismatched.All() {
			c := emergency.Candidate{Field: field, Value: similar.Value(field)}
			if c.Value != "" && c.Value != a.Value(field) && !slices.Contains(answer.Candidates, c) {
				answer.Candidates = append(answer.Candidates, c)
			}
		}
	}
}

var _ emergency.Authority = (*Client)(nil)
