package emergency

import (
	"context"
	"fmt"
	"log/slog"

	"example.com/callingplan/telephony"
)

// An Authority knows whether an address exists and who is sent to it. Package
// users write one for the service they have; [Streets] is one in memory.
//
// Validate is asked about addresses that are well formed and canonical. It
// must be safe for concurrent use and must answer alike about like addresses.
// An error means that there is no answer, whatever the reason: time ran out,
// the service is down, it refuses to validate. It never means that the address
// is wrong; that is an [Answer].
type Authority interface {
	// Name identifies the authority in records, such as "county-streets-2026".
	Name() string
	Validate(ctx context.Context, a Address) (Answer, error)
}

// A Route says which dispatch centre an authority found.
type Route uint8

// The routes.
const (
	NoRoute      Route = iota // none
	DefaultRoute              // the one of last resort, which says nothing about the address
	RealRoute                 // the one that serves the address
)

// NotFound says why an authority could not place an address. The zero value
// says that it could.
type NotFound uint8

// The reasons, which a LoST server calls notFound, locationInvalid and
// serviceNotImplemented [RFC 5222].
const (
	Found             NotFound = iota
	AddressNotFound            // there is no such address
	AddressInvalid             // it cannot be an address
	ServiceNotOffered          // emergency calls from there go nowhere
)

// Dispatch is a dispatch centre, where emergency calls are answered.
type Dispatch struct {
	ID   string `json:"id,omitempty"`   // the authority's own identifier
	Name string `json:"name,omitempty"` // for people
	URI  string `json:"uri,omitempty"`  // where calls go, such as "sip:sos@psap.example"
}

// A Candidate is a value an authority has for a mismatched field, one that
// fits the confirmed fields. The value is part of an address: to be shown, not
// logged.
type Candidate struct {
	Field Field  `json:"field"`
	Value string `json:"value"`
}

// String names the field, not the value.
func (c Candidate) String() string { return "candidate for " + c.Field.String() }

// LogValue keeps the value out of structured logs.
func (c Candidate) LogValue() slog.Value { return slog.StringValue(c.String()) }

// An Answer is what an authority says of an address. A field in neither set
// was not checked; a field in both did not fit.
type Answer struct {
	Confirmed  FieldSet // checked and used to find the dispatch centre
	Mismatched FieldSet // checked, and not fitting the confirmed ones
	NotFound   NotFound
	Route      Route
	Dispatch   Dispatch    // of a real or default route
	Candidates []Candidate // for mismatched fields, in the order of preference
	Complete   Address     // values for empty fields; the filled ones are not touched

	// Warnings are what kept the authority from all of an answer, such as another
	// that did not answer it. Code and Detail are shown with the verdict, so they
	// disclose nothing of the address.
	Warnings []*telephony.Error
}

// String says how much of the address is confirmed, and nothing of its values.
func (a Answer) String() string {
	return fmt.Sprintf("%d fields confirmed, %d mismatched, %d candidates", a.Confirmed.Len(), a.Mismatched.Len(), len(a.Candidates))
}

// GoString is what %#v prints: the masked form.
func (a Answer) GoString() string { return "emergency.Answer{" + a.String() + "}" }

// LogValue keeps values of the address out of structured logs.
func (a Answer) LogValue() slog.Value { return slog.StringValue(a.String()) }
