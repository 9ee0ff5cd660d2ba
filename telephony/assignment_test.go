package telephony_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// assignable returns facts that nothing stands against.
func assignable() telephony.AssignmentFacts {
	return telephony.AssignmentFacts{
		Now: noon,
		Person: telephony.PersonFacts{ID: "adele@contoso.example", VisibleAt: noon, UsageLocation: "US",
			PhoneSystem: true, CallingPlan: true},
		Number: telephony.NumberFacts{Number: telephony.MustParse("+14255550100"),
			Kind: telephony.UserNumber, Country: "US"},
		Location:     telephony.LocationFacts{Given: true, Country: "US", Validated: true},
		LocationWhen: telephony.LocationAtAssignment,
	}
}

func codes(reasons []*telephony.Error) []telephony.Code {
	var list []telephony.Code
	for _, r := range reasons {
		list = append(list, r.Code)
	}
	return list
}

func TestNothingStandsAgainst(t *testing.T) {
	if got := telephony.CheckAssignment(assignable()); got != nil {
		t.Errorf("refused: %v", codes(got))
	}
	elsewhere := assignable()
	elsewhere.Person.UsageLocation, elsewhere.Number.Country, elsewhere.Location.Country = "FR", "FR", "FR"
	elsewhere.LocationWhen = telephony.LocationAtAcquisition
	if got := telephony.CheckAssignment(elsewhere); got != nil {
		t.Errorf("refused in France: %v", codes(got))
	}
}

func TestEachReasonAlone(t *testing.T) {
	type facts = telephony.AssignmentFacts
	for want, change := range map[telephony.Code]func(*facts){
		telephony.ErrPersonNotVisible:    func(f *facts) { f.Person.VisibleAt = noon.Add(1) },
		telephony.ErrNoUsageLocation:     func(f *facts) { f.Person.UsageLocation = "" },
		telephony.ErrNoPhoneSystem:       func(f *facts) { f.Person.PhoneSystem = false },
		telephony.ErrNoCallingPlan:       func(f *facts) { f.Person.CallingPlan = false },
		telephony.ErrOnPremisesNumber:    func(f *facts) { f.Person.OnPremisesNumber = true },
		telephony.ErrPersonHasNumber:     func(f *facts) { f.Person.Current = telephony.MustParse("+14255550199") },
		telephony.ErrNotUserNumber:       func(f *facts) { f.Number.Kind = telephony.TollFreeNumber },
		telephony.ErrNumberAssigned:      func(f *facts) { f.Number.Assigned = true },
		telephony.ErrNumberBlocked:       func(f *facts) { f.Number.Block = blocked },
		telephony.ErrNumberCountry:       func(f *facts) { f.Number.Country = "CA" },
		telephony.ErrNoLocation:          func(f *facts) { f.Location = telephony.LocationFacts{} },
		telephony.ErrLocationCountry:     func(f *facts) { f.Location.Country = "CA" },
		telephony.ErrAddressNotValidated: func(f *facts) { f.Location.Validated = false },
		telephony.ErrNumberHasNoOwnAddress: func(f *facts) {
			f.Location, f.LocationWhen = telephony.LocationFacts{}, telephony.LocationAtAcquisition
		},
	} {
		t.Run(string(want), func(t *testing.T) {
			f := assignable()
			change(&f)
			got := telephony.CheckAssignment(f)
			if !slices.Equal(codes(got), []telephony.Code{want}) {
				t.Fatalf("got %v", codes(got))
			}
			wantCode(t, got[0], want)
			for _, personal := range []string{"dele", "4255550"} {
				if strings.Contains(got[0].Error(), personal) {
					t.Errorf("%q names whom it concerns", got[0])
				}
			}
		})
	}
}

func TestNoKindIsNoUserNumber(t *testing.T) {
	for _, k := range []telephony.Kind{0, telephony.TollNumber, 77} {
		f := assignable()
		f.Number.Kind = k
		if got := codes(telephony.CheckAssignment(f)); !slices.Equal(got, []telephony.Code{telephony.ErrNotUserNumber}) {
			t.Errorf("kind %d: %v", k, got)
		}
	}
}

// All reasons are told at once, in the order in which they are declared. Two
// that exclude each other stand for one another: no usage location and a wrong
// country, no location and a wrong one.
func TestAllReasonsAtOnce(t *testing.T) {
	f := telephony.AssignmentFacts{
		Now: noon,
		Person: telephony.PersonFacts{ID: "adele", VisibleAt: noon.Add(time.Hour), UsageLocation: "US",
			OnPremisesNumber: true, Current: telephony.MustParse("+14255550199")},
		Number: telephony.NumberFacts{Number: telephony.MustParse("+442079460000"), Kind: telephony.TollNumber,
			Country: "GB", Assigned: true, Block: blocked},
		Location: telephony.LocationFacts{Given: true, Country: "FR"},
	}
	want := []telephony.Code{
		telephony.ErrPersonNotVisible, telephony.ErrNoPhoneSystem, telephony.ErrNoCallingPlan,
		telephony.ErrOnPremisesNumber, telephony.ErrPersonHasNumber, telephony.ErrNotUserNumber,
		telephony.ErrNumberAssigned, telephony.ErrNumberBlocked, telephony.ErrNumberCountry,
		telephony.ErrLocationCountry, telephony.ErrAddressNotValidated,
	}
	got := telephony.CheckAssignment(f)
	if !slices.Equal(codes(got), want) {
		t.Fatalf("got  %v\nwant %v", codes(got), want)
	}
	all := telephony.Join(got)
	for _, code := range want {
		if !errors.Is(all, code) {
			t.Errorf("%v does not hold %q", all, code)
		}
	}
	if !got[0].At.Equal(f.Person.VisibleAt) {
		t.Errorf("the person is said to be visible at %v", got[0].At)
	}
	if got[4].Numbers[0] != f.Person.Current || got[6].Numbers[0] != f.Number.Number {
		t.Errorf("the numbers concerned are %v and %v", got[4].Numbers, got[6].Numbers)
	}
}

// The zero facts say nothing good of anybody, so they allow nothing.
func TestZeroFactsAreRefused(t *testing.T) {
	want := []telephony.Code{telephony.ErrNoUsageLocation, telephony.ErrNoPhoneSystem, telephony.ErrNoCallingPlan,
		telephony.ErrNotUserNumber, telephony.ErrNumberHasNoOwnAddress}
	if got := codes(telephony.CheckAssignment(telephony.AssignmentFacts{})); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestVisibleFromItsMomentOn(t *testing.T) {
	for before, want := range map[time.Duration]bool{time.Nanosecond: false, 0: true, -time.Nanosecond: true} {
		f := assignable()
		f.Person.VisibleAt = noon.Add(before)
		if got := telephony.CheckAssignment(f) == nil; got != want {
			t.Errorf("%v before the person is visible: %v, want %v", before, got, want)
		}
	}
}

// blocked is a block that stands at noon.
var blocked = telephony.AssignmentBlock{Since: noon.Add(-time.Hour)}

// ruleBook says what stands against an assignment, a line a reason, apart from
// the code and in the documented order.
func ruleBook(f telephony.AssignmentFacts) []telephony.Code {
	p, n, l := f.Person, f.Number, f.Location
	atAssignment := f.LocationWhen == telephony.LocationAtAssignment
	abroad := func(c telephony.Country) bool { return len(p.UsageLocation) > 0 && c != p.UsageLocation }
	var broken []telephony.Code
	for _, rule := range []struct {
		code   telephony.Code
		broken bool
	}{
		{"person_not_visible", p.VisibleAt.UnixNano() > f.Now.UnixNano()},
		{"no_usage_location", len(p.UsageLocation) == 0},
		{"no_phone_system_licence", !p.PhoneSystem},
		{"no_calling_plan_licence", !p.CallingPlan},
		{"on_premises_number", p.OnPremisesNumber},
		{"person_has_number", p.Current != telephony.Number{}},
		{"not_a_user_number", n.Kind.String() != "user"},
		{"number_assigned", n.Assigned},
		{"number_blocked", n.Block != telephony.AssignmentBlock{}},
		{"number_in_other_country", abroad(n.Country)},
		{"no_emergency_location", !l.Given && atAssignment},
		{"location_in_other_country", l.Given && abroad(l.Country)},
		{"address_not_validated", l.Given && !l.Validated},
		{"number_without_address", !l.Given && !atAssignment},
	} {
		if rule.broken {
			broken = append(broken, rule.code)
		}
	}
	return broken
}

func TestAssignmentAgreesWithRules(t *testing.T) {
	countries := rapid.SampledFrom([]telephony.Country{"US", "US", "US", "CA", ""})
	rarely := rapid.SampledFrom([]bool{false, false, false, true})
	rapid.Check(t, func(t *rapid.T) {
		f := telephony.AssignmentFacts{
			Now: noon,
			Person: telephony.PersonFacts{
				ID:               "adele",
				VisibleAt:        noon.Add(time.Duration(rapid.IntRange(-3, 1).Draw(t, "visible in"))),
				UsageLocation:    countries.Draw(t, "usage location"),
				PhoneSystem:      !rarely.Draw(t, "no Phone System"),
				CallingPlan:      !rarely.Draw(t, "no Calling Plan"),
				OnPremisesNumber: rarely.Draw(t, "on premises"),
			},
			Number: telephony.NumberFacts{
				Number:   numbers().Draw(t, "number"),
				Kind:     rapid.SampledFrom([]telephony.Kind{1, 1, 1, 2, 3, 0}).Draw(t, "kind"),
				Country:  countries.Draw(t, "number's country"),
				Assigned: rarely.Draw(t, "assigned"),
			},
			Location: telephony.LocationFacts{
				Given:     !rarely.Draw(t, "no location"),
				Country:   countries.Draw(t, "location's country"),
				Validated: !rarely.Draw(t, "not validated"),
			},
			LocationWhen: telephony.LocationWhen(rapid.IntRange(0, 1).Draw(t, "location when")),
		}
		if rarely.Draw(t, "blocked") {
			f.Number.Block = blocked
		}
		if rarely.Draw(t, "has a number") {
			f.Person.Current = numbers().Draw(t, "current")
		}
		if got, want := codes(telephony.CheckAssignment(f)), ruleBook(f); !slices.Equal(got, want) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	})
}

func TestLocationWhenString(t *testing.T) {
	if got := telephony.LocationAtAcquisition.String() + ", " + telephony.LocationAtAssignment.String(); got != "at acquisition, at assignment" {
		t.Error(got)
	}
	if (telephony.AssignmentFacts{}).LocationWhen != telephony.LocationAtAcquisition {
		t.Error("the zero value asks for the location last")
	}
}
