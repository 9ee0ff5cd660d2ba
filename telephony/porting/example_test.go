package porting_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

// The matrix is data: here as a table of what leads where.
func ExampleMatrix() {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "\tedit\tdate\tcancel\tcontact\tapprove\treject\tresubmit\treport\tcomplete\n")
	for _, s := range porting.States() {
		fmt.Fprint(w, s)
		for _, v := range porting.Verbs() {
			rule := porting.RuleFor(s, v)
			switch {
			case !rule.IsAllowed():
				fmt.Fprint(w, "\t-")
			case rule.To == s:
				fmt.Fprint(w, "\tstays")
			default:
				fmt.Fprint(w, "\t", rule.To)
			}
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	// Output:
	// edit   date   cancel     contact             approve            reject  resubmit    report  complete
	// processing          -      -      cancelled  contacting carrier  -                  -       -           -       -
	// contacting carrier  -      -      cancelled  -                   transfer approved  error   -           -       -
	// transfer approved   -      stays  cancelled  -                   stays              error   -           -       -
	// transfer pending    -      -      -          -                   transfer approved  error   -           stays   completed
	// error               stays  stays  cancelled  -                   -                  -       processing  -       -
	// completed           -      -      -          -                   -                  -       -           -       -
	// cancelled           -      -      -          -                   -                  -       -           -       -
}

// A partial port from the order to the numbers' arrival.
func ExampleOrder() {
	monday := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	friday := monday.AddDate(0, 0, 11)
	request := porting.Request{
		Country: "US", Kind: telephony.UserNumber, Carrier: "Northwind Telephone",
		Account: porting.Account{Number: "NW-4711", Billing: telephony.MustParse("+12065550199"), Scope: porting.PartialPort},
		Company: "Contoso Research and Development", AuthorisedPerson: "Adele Vance",
		Address: porting.Address{Street: "400 5th Ave", City: "Seattle", State: "WA", PostalCode: "98104", Country: "US"},
		Letter:  porting.Letter{Reference: "loa-17", Signed: telephony.UnixNanos(monday.AddDate(0, 0, -3))},
		Date:    telephony.UnixNanos(friday),
	}
	for entry := range porting.ParseEntries("206-555-0100\n206-555-0101 - 206-555-0104") {
		request.Numbers = append(request.Numbers, entry.Numbers)
	}
	facts := porting.Facts{Bounds: porting.DefaultBounds(), LocationWhen: telephony.LocationAtAssignment}

	order, notes, err := porting.New(monday, "adele", request, facts)
	if err != nil {
		panic(err)
	}
	fmt.Println(notes)
	order, _ = order.Contact(monday.Add(time.Hour), "porting-desk")
	order, _ = order.Approve(monday.AddDate(0, 0, 1), "porting-desk", friday, facts.Bounds)

	lock := friday.Add(-porting.Locked)
	fmt.Printf("%v: %v\n", order.StateAt(lock), order.Allowed(lock))
	fmt.Printf("%v: %v\n", order.StateAt(lock.Add(1)), order.Allowed(lock.Add(1)))
	_, err = order.Cancel(friday.Add(-time.Hour), "adele", "changed our minds")
	fmt.Println(errors.Is(err, porting.ErrLocked))

	order, err = order.Complete(friday.Add(time.Hour), "porting-desk", porting.Results{
		{Numbers: telephony.MustParseRange("+12065550100..+12065550103"), Outcome: porting.Ported},
		{Numbers: telephony.MustParseRange("+12065550104"), Outcome: porting.Failed, Reason: porting.NumberInactive},
	})
	if err != nil {
		panic(err)
	}
	for _, result := range order.Results {
		fmt.Println(result.Numbers, result.Outcome)
	}
	for _, done := range order.History {
		fmt.Println(done.When().Format("Jan 2 15:04"), done)
	}
	// Output:
	// [company: cut from 32 characters to 25]
	// transfer approved: [edit transfer date cancel approve reject]
	// transfer pending: [approve reject report complete]
	// true
	// +12065550100..+12065550103 ported
	// +12065550104 failed
	// Mar 2 09:00 place: processing
	// Mar 2 10:00 contact carrier: processing to contacting carrier
	// Mar 3 09:00 approve: contacting carrier to transfer approved
	// Mar 12 09:00 lock: transfer approved to transfer pending
	// Mar 13 10:00 complete: transfer pending to completed
}

// All that is wrong with a request comes at once.
func ExampleCheckRequest() {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	request := seattle()
	request.Kind = telephony.TollFreeNumber
	request.Account.Scope = porting.FullPort
	request.Date = telephony.UnixNanos(now.Add(time.Hour))
	for _, reason := range porting.CheckRequest(now, request, facts()) {
		fmt.Println(reason)
	}
	// Output:
	// numbers: toll-free numbers begin with 800, 833, 844, 855, 866, 877 or 888 (number +1********00); order the others apart, as another kind
	// account.billing: a full port includes the billing number (number +1********99); add it to the numbers, or make the port partial
	// date: the transfer date is too soon (at 2026-03-03T09:00:00Z); choose that moment or a later one
}

// Numbers go to another carrier only with the PIN.
func ExampleCheckPortOut() {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	number := porting.PortOutNumber{Number: telephony.MustParse("+12065550100"), Owned: true, Person: "adele"}
	wish := porting.PortOut{Guessing: porting.DefaultGuessing(), Numbers: porting.PortOutNumbers{number}}
	fmt.Println(porting.CheckPortOut(now, wish).Refused)

	salt := make([]byte, porting.SaltBytes)
	_, _ = rand.Read(salt) // never fails
	pin, err := porting.ParsePIN("482913")
	if err != nil {
		panic(err)
	}
	sealed, err := pin.Seal(salt)
	if err != nil {
		panic(err)
	}
	guard, err := wish.Guard.Set(sealed)
	if err != nil {
		panic(err)
	}
	fmt.Println(pin, sealed)

	given, _ := porting.ParsePIN("482914") // what the other carrier says
	wish.Guard = guard
	wish.PIN, _ = given.Seal(guard.PIN.Salt())
	decision := porting.CheckPortOut(now, wish)
	fmt.Println(decision.Refused)

	wish.Guard = decision.Guard // wrong PINs are remembered
	wish.PIN = sealed
	decision = porting.CheckPortOut(now, wish)
	fmt.Println(decision.Granted, "for", decision.People())
	// Output:
	// pin: no port-out PIN is set, without which no number is ported out; have the tenant set one
	// *** ***
	// pin: the PIN is wrong (wrong 1, limit 5); ask whoever has the numbers for it
	// true for [adele]
}

// A form's lines: what cannot be read is flagged and left as it was typed.
func ExampleParseEntries() {
	for entry := range porting.ParseEntries("(206) 555-0100\n206-555-0110 - 206-555-0119\n555-0100\n") {
		if entry.Err != nil {
			fmt.Printf("%q: %v\n", entry.Typed, entry.Err)
			continue
		}
		fmt.Println(entry.Numbers)
	}
	// Output:
	// +12065550100
	// +12065550110..+12065550119
	// "555-0100": line 3: the number has neither 10 digits nor 1 and 10 digits (digits 7); enter area code and number, or + and the country code in front
}
