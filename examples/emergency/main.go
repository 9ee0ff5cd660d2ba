// Emergency takes one address the whole way an emergency call depends on: from
// a line that a person typed, through a LoST server that knows the streets, to
// the document that tells a dispatch centre where the caller is, and to the
// route of the call itself. The server runs on this machine; everything in it is
// made up.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/emergency/lost"
	"example.com/callingplan/emergency/lost/losttest"
	"example.com/callingplan/emergency/pidflo"
	"example.com/callingplan/telephony"
)

// now is when it all happens, so that the output is always the same.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, out io.Writer) error {
	p := &printer{out: out}
	address, place, err := enter(p)
	if err != nil {
		return err
	}
	client, stop, err := county()
	if err != nil {
		return err
	}
	defer stop()
	checked, err := validate(ctx, p, client, address)
	if err != nil {
		return err
	}
	if err := tell(p, checked.Address(), place); err != nil {
		return err
	}
	if err := call(ctx, p, client, checked, place); err != nil {
		return err
	}
	return p.err
}

// enter takes apart what somebody typed.
func enter(p *printer) (emergency.Address, emergency.Location, error) {
	const line = "410 5 Ave. N.E., Suite 200"
	p.head("What was typed")
	p.text(line)
	street, err := emergency.ParseStreetLine("US", line)
	if err != nil {
		return emergency.Address{}, emergency.Location{}, err
	}
	a := street.Address
	a.City, a.State, a.PostalCode, a.Company = "Fernhlil", "Washington", "980990001", "Contoso Orchards"
	p.text("understood: number " + a.HouseNumber + ", street " + a.Street + ", suffix " + a.StreetSuffix +
		", direction " + a.PostDirectional + "; the place inside goes apart: " + street.Location.Unit + street.Location.Place)
	return a, street.Location, nil
}

// county starts a LoST server that knows one street, and returns a client of it.
func county() (*lost.Client, func(), error) {
	streets := emergency.NewStreets("county")
	err := streets.Add(emergency.Street{Country: "US", State: "WA", City: "Fernhill", PostalCodes: []string{"98099"},
		Name: "5th", Suffix: "Ave", PostDirectional: "NE", Low: 400, High: 498, Parity: emergency.EvenSide,
		Dispatch: emergency.Dispatch{ID: "psap-1", Name: "Fernhill 911", URI: "sip:sos@psap.fernhill.example"}})
	if err != nil {
		return nil, nil, err
	}
	server := httptest.NewServer(losttest.New(streets))
	client, err := lost.New(lost.Config{Server: server.URL, Name: "county LoST server", AdditionalLocations: true})
	if err != nil {
		server.Close()
		return nil, nil, err
	}
	return client, func() { client.Close(); server.Close() }, nil
}

// validate has the address put into form and checked by the server.
func validate(ctx context.Context, p *printer, client *lost.Client, a emergency.Address) (emergency.Checked, error) {
	p.head("Validation")
	checker := emergency.Checker{Authority: client}
	strict := emergency.Checker{Authority: client, KeepAsTyped: true}
	typed, err := strict.Check(ctx, a, now)
	if err != nil {
		return typed, err
	}
	p.text("without corrections: " + typed.Verdict().String())
	for _, issue := range typed.Verdict().Problems() {
		p.text("  " + issue.String())
	}
	checked, err := checker.Check(ctx, a, now)
	if err != nil {
		return checked, err
	}
	p.text("with corrections: " + checked.Verdict().String())
	p.text(checked.Verdict().Banner())
	for _, c := range checked.Verdict().Changes {
		p.text(fmt.Sprintf("  %-16s %-12s %q -> %q", c.Field, c.Kind, c.From, c.To))
	}
	if err := checked.Err(); err != nil {
		return checked, err
	}
	p.head("The envelope")
	p.text(strings.Join(emergency.Envelope{CountryName: true}.Lines(checked.Address()), "\n"))
	return checked, nil
}

// tell prints what a dispatch centre is told.
func tell(p *printer, a emergency.Address, place emergency.Location) error {
	p.head("PIDF-LO")
	doc := pidflo.New("pres:line-7@fernhill.example", "loc-42", a, place, now)
	doc.Objects[0].Rules = pidflo.Rules{Retransmission: true, Expiry: now.Add(24 * time.Hour)}
	part, err := pidflo.NewPart("loc-42@fernhill.example", doc)
	if err != nil {
		return err
	}
	p.text("Geolocation: <" + part.URL() + ">")
	p.text(string(part.Body()))
	return nil
}

// call routes a call from a line whose location is the registered one, then from
// one that the network has found, of which the server says who serves it.
func call(ctx context.Context, p *printer, client *lost.Client, checked emergency.Checked, place emergency.Location) error {
	p.head("The call")
	plan, err := emergency.NewDialPlan(emergency.DialPlanSpec{Country: "US", AccessPrefixes: []string{"9"}, TestNumbers: []string{"933"}})
	if err != nil {
		return err
	}
	for _, digits := range []string{"911", "9911", "933", "5550100"} {
		p.text(fmt.Sprintf("%-8s %s", digits, plan.Recognise(digits).Kind))
	}
	registered := checked.Record().Whereabouts(place)
	found, err := client.Map(ctx, registered)
	if err != nil {
		return err
	}
	from := emergency.Call{Number: telephony.MustParse("+14255550100"), Country: "US", Dialled: plan.Recognise("9911").Number, Registered: registered}
	for _, dynamic := range []bool{false, true} {
		if dynamic {
			from.Dynamic = found
		}
		route, err := emergency.RouteCall(from)
		if err != nil {
			return err
		}
		p.text("")
		p.text(route.String())
	}
	return nil
}

// printer prints lines and remembers the first error.
type printer struct {
	out   io.Writer
	begun bool
	err   error
}

func (p *printer) head(title string) {
	if p.begun {
		p.text("")
	}
	p.begun = true
	p.text(title + "\n" + strings.Repeat("-", len(title)))
}

func (p *printer) text(s string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.out, strings.TrimRight(s, "\n"))
	}
}
