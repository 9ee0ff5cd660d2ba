// Porting brings a company's numbers in from another carrier, and lets one go to
// another: the numbers as somebody types them, the order and what is cut of it, the
// carrier's refusal and its date, the lock of the last 24 hours, a transfer that
// succeeds in part, and a port-out with a wrong and with the right PIN.
//
//	go run ./examples/porting
//
// Every number is one of those set aside for fiction.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

//go:embed data/numbers.txt
var typed []byte

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "porting:", err)
		os.Exit(1)
	}
}

// move is one that goes on: who moves, what the clock shows, and where it is told.
type move struct {
	io.Writer
	ctx   context.Context
	clock *handClock
	org   *engine.Tenant   // whose numbers they are to be
	desk  *engine.Provider // who deals with the carriers
}

// handClock is moved by hand.
type handClock struct{ now time.Time }

func (c *handClock) Now() time.Time { return c.now }

func run(ctx context.Context, w io.Writer) error {
	m := &move{Writer: w, ctx: ctx, clock: &handClock{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}
	if err := m.begin(); err != nil {
		return err
	}
	numbers, err := m.enter()
	if err != nil {
		return err
	}
	order, err := m.place(numbers)
	for _, step := range []func(engine.PortOrder) (engine.PortOrder, error){m.refused, m.approved, m.locked, m.transferred} {
		if err != nil {
			return err
		}
		order, err = step(order)
	}
	if err != nil {
		return err
	}
	if err := m.again(order); err != nil {
		return err
	}
	matrix(w)
	return m.leave()
}

// begin makes an engine and a tenant that may have numbers.
func (m *move) begin() error {
	eng, err := engine.New(engine.WithClock(m.clock), engine.WithIDEpoch("port"))
	if err != nil {
		return err
	}
	m.desk = eng.As("desk@provider.example")
	org, err := eng.CreateTenant(m.ctx, engine.TenantSpec{ID: "contoso"})
	if err != nil {
		return err
	}
	m.org = org.As("admin@contoso.example")
	return m.org.BuyLicences(m.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 10})
}

// enter reads the numbers as they were typed: what can be read is normalized, and
// the rest is flagged and left as it is.
func (m *move) enter() (porting.Ranges, error) {
	m.heading("The numbers, as they were typed")
	var numbers porting.Ranges
	for row, err := range adminfile.ReadEntries(bytes.NewReader(typed)).Rows() {
		if err != nil {
			fmt.Fprintf(m, "  %-34s  flagged: %v\n", row.Value.Typed, err)
			continue
		}
		fmt.Fprintf(m, "  %-34s  %v\n", row.Value.Typed, row.Value.Numbers.String())
		numbers = append(numbers, row.Value.Numbers)
	}
	return numbers, nil
}

// place orders the numbers.
func (m *move) place(numbers porting.Ranges) (engine.PortOrder, error) {
	m.heading("The order")
	request := porting.Request{
		Numbers: numbers, Country: "US", Kind: telephony.UserNumber, Carrier: "Northwind Telephone",
		Account: porting.Account{Number: "NW-20417", Billing: telephony.MustParse("+15035550199"), Scope: porting.PartialPort},
		Company: "Contoso Timber and Paper Company", AuthorisedPerson: "Adele Vance",
		Address: porting.Address{Street: "410 5th Ave", City: "Fernhill", State: "OR", PostalCode: "97099", Country: "US"},
		Letter:  porting.Letter{Reference: "loa-2026-03-01.pdf", Signed: m.after(-24 * time.Hour).UnixNano()},
		Date:    m.after(10 * 24 * time.Hour).UnixNano(),
	}
	order, err := m.org.OrderPort(m.ctx, engine.OrderPort{Request: request, Area: fernhill, Reference: "PO 7"})
	if err != nil {
		return order, err
	}
	for _, note := range order.Notes {
		fmt.Fprintln(m, " ", note)
	}
	fmt.Fprintf(m, "  %v\n  to be transferred %s, can be %v\n", order, day(order.Transfer), order.Allowed[0])
	_, err = m.org.OrderPort(m.ctx, engine.OrderPort{Request: request, Area: fernhill})
	fmt.Fprintln(m, "  the same once more:", err)
	return order, nil
}

var fernhill = telephony.Area{Country: "US", Region: "OR", City: "Fernhill"}

func (m *move) heading(text string) { fmt.Fprintf(m, "\n%s\n", text) }

func (m *move) after(d time.Duration) time.Time { return m.clock.now.Add(d) }

func day(t time.Time) string { return t.Format("2 January 15:04") }
