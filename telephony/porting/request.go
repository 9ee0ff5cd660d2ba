package porting

import (
	"fmt"
	"io"
	"log/slog"
	"slices"

	"example.com/callingplan/telephony"
)

// The bounds of an order [port].
const (
	MaxNumbers = 999 // numbers an order
	MaxCompany = 25  // characters of the company's name; what is longer is cut and reported
	MaxPerson  = 15  // characters of the authorised person's name; likewise
)

// Request is what is asked of a losing carrier: numbers of one country, one kind
// and one account [port]. Moments are Unix nanoseconds, as
// telephony.UnixNanos gives them. It prints and logs masked.
type Request struct {
	Numbers          Ranges // at most 999, in any order
	Country          telephony.Country
	Kind             telephony.Kind // what they are to be with the tenant
	Carrier          string         // the losing carrier, as it calls itself
	Account          Account
	Company          string               // as the carrier has it
	AuthorisedPerson string               // who may order the transfer, as the carrier has it
	Address          Address              // where the service is, as the carrier has it
	Letter           Letter               // of authorisation
	Location         telephony.LocationID // the emergency location of the numbers, where the country wants one with the order
	Date             int64                // the moment of transfer that is asked for
}

// Account is the account with the losing carrier.
type Account struct {
	Number  string
	PIN     Secret           // where the carrier wants one
	Billing telephony.Number // the billing telephone number (BTN); toll-free numbers may have none
	Scope   Scope
}

// Address is the service address, as it stands on the carrier's bill: it is
// compared there letter by letter and validated nowhere.
type Address struct {
	Street     string // with the house number
	City       string
	State      string // where the country has states
	PostalCode string
	Country    telephony.Country
}

// Letter is the letter of authorisation (LOA), by which the tenant lets the
// numbers be taken from the losing carrier. The document itself is kept by
// whoever runs this.
type Letter struct {
	Reference string // where the document is
	Signed    int64  // when it was signed
}

// LogValue leaves out of structured logs where the letter is: a name of a file
// may be that of who signed it.
func (l Letter) LogValue() slog.Value { return slog.GroupValue(slog.Int64("signed", l.Signed)) }

// Secret is text that never shows where it is printed or logged, whatever the
// verb. It is kept and sent as it is: string(s) has it, and so has its JSON.
type Secret string

// Format implements fmt.Formatter: three stars for any secret, nothing for none.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.masked()) }

// LogValue masks the secret in structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.masked()) }

func (s Secret) masked() string {
	if s == "" {
		return ""
	}
	return "***"
}

// String says what is asked without a name, a number or an address.
func (r Request) String() string {
	return r.Numbers.String() + ", " + r.Kind.String() + ", " + r.Account.Scope.String() + " port"
}

// GoString is what %#v prints: the masked form.
func (r Request) GoString() string { return "porting.Request{" + r.String() + "}" }

// LogValue masks the request in structured logs.
func (r Request) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("numbers", r.Numbers), slog.String("country", printable(r.Country)),
		slog.String("kind", r.Kind.String()), slog.String("scope", r.Account.Scope.String()))
}

// String masks the account.
func (a Account) String() string { return "account ***, " + a.Scope.String() + " port" }

// GoString is what %#v prints: the masked form.
func (a Account) GoString() string { return "porting.Account{" + a.String() + "}" }

// LogValue masks the account in structured logs.
func (a Account) LogValue() slog.Value { return slog.StringValue(a.String()) }

// String masks the address.
func (a Address) String() string { return "address in " + printable(a.Country) }

// GoString is what %#v prints: the masked form.
func (a Address) GoString() string { return "porting.Address{" + a.String() + "}" }

// LogValue masks the address in structured logs.
func (a Address) LogValue() slog.Value { return slog.StringValue(a.String()) }

// Equal reports whether two requests ask the same, field by field.
func (r Request) Equal(other Request) bool {
	return len(r.changed(other)) == 0
}

// changed names the fields in which two requests differ.
func (r Request) changed(to Request) []string {
	var fields []string
	for _, f := range []struct {
		name string
		same bool
	}{
		{"numbers", slices.Equal(r.Numbers, to.Numbers)}, {"country", r.Country == to.Country}, {"kind", r.Kind == to.Kind},
		{"carrier", r.Carrier == to.Carrier}, {"account", r.Account == to.Account}, {"company", r.Company == to.Company},
		{"authorised person", r.AuthorisedPerson == to.AuthorisedPerson}, {"address", r.Address == to.Address}, {"letter", r.Letter == to.Letter},
		{"location", r.Location == to.Location}, {"date", r.Date == to.Date},
	} {
		if !f.same {
			fields = append(fields, f.name)
		}
	}
	return fields
}
