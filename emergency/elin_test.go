package emergency_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

func TestELIN(t *testing.T) {
	for _, test := range []struct {
		elin string
		ok   bool
	}{
		{"", true}, {"+14255550100", true}, {"+1 (425) 555-0100", true}, {" +44 20 7946 0000 ", true},
		{"4255550100", false}, {"911", false}, {"+", false}, {"Secret", false}, {"+1425555010012345678", false},
	} {
		problem := problemsOf(change(us(), emergency.FieldELIN, test.elin))[emergency.FieldELIN]
		if (problem == "") != test.ok || problem != "" && problem != emergency.ErrELIN {
			t.Errorf("%q: %v", test.elin, problem)
		}
		err := emergency.CheckLocation(emergency.Location{ELIN: strings.TrimSpace(test.elin)})
		if (err == nil) != test.ok || !test.ok && !errors.Is(err, emergency.ErrELIN) {
			t.Errorf("%q: %v", test.elin, err)
		}
		if err != nil && test.elin != "+" && strings.Contains(err.Error(), test.elin) {
			t.Errorf("%q is in the error %v", test.elin, err)
		}
	}
	// Text that cannot be kept has one problem, not two.
	err := emergency.CheckLocation(emergency.Location{Place: "\x00", ELIN: "1\x00"})
	var e *telephony.Error
	if !errors.As(err, &e) || len(e.All()) != 2 || errors.Is(err, emergency.ErrELIN) {
		t.Errorf("%v", err)
	}
	if p := problemsOf(change(us(), emergency.FieldELIN, "1\x00"))[emergency.FieldELIN]; p != emergency.ErrMalformed {
		t.Errorf("%v", p)
	}
}

func TestCallback(t *testing.T) {
	const one, two = "+14255550100", "+14255550101"
	for _, test := range []struct{ address, location, want string }{
		{"", "", ""}, {one, "", one}, {"", two, two}, {one, two, two}, {one, "not a number", ""}, {"911", "", ""},
	} {
		n, ok := emergency.Callback(emergency.Address{ELIN: test.address}, emergency.Location{ELIN: test.location})
		if ok != (test.want != "") || ok && n.String() != test.want {
			t.Errorf("%q and %q: %v, %v", test.address, test.location, n.Masked(), ok)
		}
	}
}

// Where whoever sells the numbers asks for it, an address needs a tax id.
func TestTaxID(t *testing.T) {
	checker := emergency.Checker{Authority: &said{answer: confirmed()}, TaxIDCountries: []telephony.Country{"US"}}
	for _, test := range []struct {
		name    string
		address emergency.Address
		want    string
	}{
		{"missing", us(), "rejected"},
		{"given", change(us(), emergency.FieldCompanyTaxID, "12-345"), "accepted"},
		{"elsewhere", gb(), "accepted"},
		{"country in other letters", change(us(), country, "us"), "rejected"},
	} {
		checked, err := checker.Check(context.Background(), test.address, noon)
		if err != nil || checked.Verdict().String() != test.want {
			t.Errorf("%s: %v, %v", test.name, checked, err)
		}
		if test.want == "rejected" && (checked.Verdict().Status(emergency.FieldCompanyTaxID) != emergency.Missing || !errors.Is(checked.Err(), emergency.ErrMissing)) {
			t.Errorf("%s: %v", test.name, checked.Verdict().Issues)
		}
	}
}
