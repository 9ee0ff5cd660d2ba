package emergency_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

func TestPolicy(t *testing.T) {
	type policy = emergency.Policy
	for _, test := range []struct {
		countries string
		want      policy
	}{
		{"US CA PR", policy{LocationNeeded: telephony.LocationAtAssignment, Editable: true}},
		{"BE FR DE IE NL ES", policy{AreaMustFit: true}},
		{"AU BR HR CZ EE HK HU IL JP LV LT MX NZ PL RO SG KR SI ZA", policy{Editable: true}},
		{"GB IT SE DK VI GU AQ ZZ", policy{}},
	} {
		for c := range strings.FieldsSeq(test.countries) {
			if got := emergency.PolicyFor(telephony.Country(c)); got != test.want {
				t.Errorf("%s: %+v, want %+v", c, got, test.want)
			}
		}
	}
	if emergency.PolicyFor("").LocationNeeded != telephony.LocationAtAcquisition {
		t.Error("an unknown country needs its location late")
	}
	may := map[emergency.Field]bool{city: true, emergency.FieldCompany: true, emergency.FieldDescription: true, number: true,
		emergency.FieldPosition: true, postal: true, state: true, street: true}
	for f := emergency.FieldCountry; f <= emergency.FieldPosition; f++ {
		if got := emergency.PolicyFor("US").MayEdit(f); got != may[f] {
			t.Errorf("%v in the US: %v", f, got)
		}
		if got := emergency.PolicyFor("FR").MayEdit(f); got != (f == emergency.FieldDescription) {
			t.Errorf("%v in France: %v", f, got)
		}
	}
}

func TestLocation(t *testing.T) {
	if !(emergency.Location{}).IsDefault() || !(emergency.Location{Description: "x", ELIN: "1"}).IsDefault() {
		t.Error("an address has no default location")
	}
	for _, l := range []emergency.Location{{Place: "x"}, {Building: "x"}, {Floor: "2"}, {Unit: "x"}, {Room: "x"}, {Seat: "x"}} {
		if l.IsDefault() || emergency.CheckLocation(l) != nil {
			t.Errorf("%#v", l)
		}
	}
	if err := emergency.CheckLocation(emergency.Location{Place: strings.Repeat("ø", 256)}); err != nil {
		t.Error(err)
	}
	err := emergency.CheckLocation(emergency.Location{Place: strings.Repeat("x", 257), Seat: "a\x00", ELIN: "\xff"})
	var e *telephony.Error
	if !errors.As(err, &e) || !errors.Is(err, telephony.ErrText) || len(e.Reasons) != 3 ||
		e.Reasons[0].Field != "place" || e.Reasons[1].Field != "seat" || e.Reasons[2].Field != "elin" {
		t.Errorf("%v", err)
	}
}

// Names are stable, and what is beyond the names says so.
func TestNames(t *testing.T) {
	for _, test := range []struct {
		got  interface{ String() string }
		want string
	}{
		{emergency.Outcome(0), "none"}, {emergency.Accepted, "accepted"}, {emergency.Rejected, "rejected"},
		{emergency.Indeterminate, "indeterminate"}, {emergency.Outcome(9), "unknown"},
		{emergency.Confirmed, "confirmed"}, {emergency.Unchecked, "unchecked"}, {emergency.Mismatched, "mismatched"},
		{emergency.Malformed, "malformed"}, {emergency.Missing, "missing"}, {emergency.Unexpected, "unexpected"},
		{emergency.Normalised, "normalised"}, {emergency.Abbreviation, "abbreviation"}, {emergency.OrdinalEnding, "ordinal"},
		{emergency.Spelling, "spelling"}, {emergency.Inferred, "inferred"},
		{emergency.Warning, "warning"}, {emergency.Problem, "problem"},
		{emergency.NotValidated, "not validated"}, {emergency.Validated, "validated"}, {emergency.Invalid, "invalid"},
		{telephony.LocationAtAcquisition, "at acquisition"}, {telephony.LocationAtAssignment, "at assignment"},
		{emergency.Field(0), "address"}, {emergency.FieldPosition, "position"}, {emergency.Field(99), "unknown"},
	} {
		if test.got.String() != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}
