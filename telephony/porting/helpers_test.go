package porting_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// day0 is when the tests' orders are made; they ask for the transfer ten days
// later.
var (
	day0     = time.Date(2026, 3, 2, 9, 0, 0, 123, time.UTC)
	transfer = day0.AddDate(0, 0, 10)
)

const by = "porter@contoso.example"

func nanos(t time.Time) int64 { return telephony.UnixNanos(t) }

func num(s string) telephony.Number { return telephony.MustParse(s) }

func ranges(texts ...string) porting.Ranges {
	var rs porting.Ranges
	for _, s := range texts {
		rs = append(rs, telephony.MustParseRange(s))
	}
	return rs
}

// seattle is a request without fault: a partial port of ten numbers.
func seattle() porting.Request {
	return porting.Request{
		Numbers: ranges("+12065550100..+12065550109"), Country: "US", Kind: telephony.UserNumber, Carrier: "Northwind Telephone",
		Account: porting.Account{Number: "NW-4711", Billing: num("+12065550199"), Scope: porting.PartialPort},
		Company: "Contoso Ltd.", AuthorisedPerson: "Adele Vance",
		Address: porting.Address{Street: "400 5th Ave", City: "Seattle", State: "WA", PostalCode: "98104", Country: "US"},
		Letter:  porting.Letter{Reference: "loa-17", Signed: nanos(day0.AddDate(0, 0, -5))},
		Date:    nanos(transfer),
	}
}

// facts are those of a country that wants the location with the assignment.
func facts() porting.Facts {
	return porting.Facts{Bounds: porting.DefaultBounds(), LocationWhen: telephony.LocationAtAssignment}
}

// errorOf is the module's one error of that code; any other outcome fails the
// test.
func errorOf(t testing.TB, err error, want telephony.Code) *telephony.Error {
	t.Helper()
	var e *telephony.Error
	if !errors.As(err, &e) || e == nil {
		t.Fatalf("error %v, want %s", err, want)
	}
	if e.Code != want || !errors.Is(err, want) {
		t.Fatalf("error %s (%v), want %s", string(e.Code), err, want)
	}
	if e.Fix == "" || e.Detail == "" {
		t.Errorf("%v says not what is wrong and what would put it right", err)
	}
	return e
}

func wantFigure(t testing.TB, e *telephony.Error, name string, want int64) {
	t.Helper()
	if got, ok := e.Figure(name); !ok || got != want {
		t.Errorf("figure %q is %d, %v; want %d", name, got, ok, want)
	}
}

func codesOf(reasons []*telephony.Error) []telephony.Code {
	var codes []telephony.Code
	for _, r := range reasons {
		codes = append(codes, r.Code)
	}
	return codes
}

// must returns what a verb that has to work returns.
func must(t testing.TB) func(porting.Order, error) porting.Order {
	return func(o porting.Order, err error) porting.Order {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
}

func newOrder(t testing.TB) porting.Order {
	t.Helper()
	o, notes, err := porting.New(day0, by, seattle(), facts())
	if err != nil || len(notes) != 0 {
		t.Fatal(notes, err)
	}
	return o
}

// inState returns an order in a state and a moment at which it is.
func inState(t testing.TB, s porting.State) (porting.Order, time.Time) {
	t.Helper()
	ok := must(t)
	processing := newOrder(t)
	contacting := ok(processing.Contact(day0.Add(time.Hour), by))
	approved := ok(contacting.Approve(day0.Add(2*time.Hour), "carrier", transfer, porting.DefaultBounds()))
	soon, now := transfer.Add(-time.Hour), day0.Add(3*time.Hour)
	switch s {
	case porting.Processing:
		return processing, now
	case porting.ContactingCarrier:
		return contacting, now
	case porting.TransferApproved:
		return approved, now
	case porting.TransferPending:
		return approved, soon
	case porting.InError:
		return ok(contacting.Reject(now, "carrier", porting.AccountMismatch, "no such account")), now
	case porting.Completed:
		return ok(approved.Complete(soon, "carrier", approved.AllPorted())), soon
	case porting.Cancelled:
		return ok(processing.Cancel(now, by, "")), now
	}
	t.Fatalf("no order can be in state %v", s)
	return porting.Order{}, now
}

// shown is an order with all that it has, printed field by field.
func shown(o porting.Order) string {
	type request porting.Request
	var numbers []string
	for _, r := range o.Request.Numbers {
		numbers = append(numbers, r.String())
	}
	text := fmt.Sprintf("%+v %v %v %v", request(o.Request), numbers, o.State, o.Date)
	for _, r := range o.Results {
		text += fmt.Sprintf(" %v %v %v %v %v %v", r.Numbers.String(), r.Kind, r.Outcome, r.Reason, r.Text, r.At)
	}
	for _, h := range o.History {
		text += fmt.Sprintf(" %v %v %v %v %v %v %v %v", h.At, h.Verb, h.From, h.To, h.By, h.Reason, h.Text, h.Date)
	}
	return text
}

func same(a, b porting.Order) bool { return shown(a) == shown(b) }

func numbersOf(rs porting.Ranges) telephony.NumberList { return slices.Collect(rs.All()) }
