package emergency_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

var (
	noon   = time.Date(2026, 11, 22, 12, 0, 0, 7, time.UTC)
	centre = emergency.Dispatch{ID: "psap-1", Name: "Fernhill 911", URI: "sip:sos@psap.example"}
)

// said is an authority that says what it is told to, whatever it is asked.
type said struct {
	answer emergency.Answer
	err    error
	asked  []emergency.Address
	// then answers what is asked after the first, if there is anything.
	then *said
}

func (s *said) Name() string { return "said" }

func (s *said) Validate(_ context.Context, a emergency.Address) (emergency.Answer, error) {
	s.asked = append(s.asked, a)
	if s.then != nil && len(s.asked) > 1 {
		return s.then.answer, s.then.err
	}
	return s.answer, s.err
}

const (
	country, state, city, alias = emergency.FieldCountry, emergency.FieldState, emergency.FieldCity, emergency.FieldCityAlias
	district, street, suffix    = emergency.FieldDistrict, emergency.FieldStreet, emergency.FieldStreetSuffix
	number, postal, county      = emergency.FieldHouseNumber, emergency.FieldPostalCode, emergency.FieldCounty
)

// confirmed is the answer to an address that is known, but for some fields.
func confirmed(mismatched ...emergency.Field) emergency.Answer {
	return emergency.Answer{
		Confirmed:  emergency.FieldsOf(country, state, city, street, suffix, number, postal).Without(emergency.FieldsOf(mismatched...)),
		Mismatched: emergency.FieldsOf(mismatched...),
		Route:      emergency.RealRoute, Dispatch: centre,
	}
}

func with(a emergency.Answer, change func(*emergency.Answer)) emergency.Answer {
	change(&a)
	return a
}

func offering(a emergency.Answer, f emergency.Field, values ...string) emergency.Answer {
	for _, v := range values {
		a.Candidates = append(a.Candidates, emergency.Candidate{Field: f, Value: v})
	}
	return a
}

// Every branch of the decision. A problem stands in the table by code and
// field, and the first change by field, value and kind.
func TestDecision(t *testing.T) {
	type issue struct {
		code  telephony.Code
		field emergency.Field
	}
	down := errors.New("connection refused")
	aliased := change(us(), alias, "Old Fernhill", district, "Mill")
	for _, test := range []struct {
		name     string
		checker  emergency.Checker
		address  emergency.Address
		answer   emergency.Answer
		err      error
		then     *said // to what is asked after the first; all is confirmed where there is none
		none     bool  // there is no authority
		want     string
		problems []issue
		changed  string
		stored   emergency.ValidationState
	}{
		{name: "all confirmed", answer: confirmed(), want: "accepted", stored: emergency.Validated},
		{name: "outage", err: down, want: "indeterminate", problems: []issue{{emergency.ErrUnavailable, 0}}},
		{name: "timeout", err: context.DeadlineExceeded, want: "indeterminate", problems: []issue{{emergency.ErrUnavailable, 0}}},
		{name: "no authority", none: true, want: "indeterminate", problems: []issue{{emergency.ErrUnavailable, 0}}},
		{name: "form only", checker: emergency.Checker{AcceptFormatOnly: true}, none: true, want: "accepted, format only", stored: emergency.Validated},
		{name: "form only is not for outages", checker: emergency.Checker{AcceptFormatOnly: true}, err: down, want: "indeterminate", problems: []issue{{emergency.ErrUnavailable, 0}}},
		{name: "form only does not excuse the form", checker: emergency.Checker{AcceptFormatOnly: true}, none: true, address: change(us(), postal, "1"), want: "rejected", problems: []issue{{emergency.ErrMalformed, postal}}},
		{name: "malformed", address: change(us(), postal, "1", city, ""), answer: confirmed(), want: "rejected", problems: []issue{{emergency.ErrMissing, city}, {emergency.ErrMalformed, postal}}},
		{name: "nothing was checked", answer: emergency.Answer{Route: emergency.RealRoute, Dispatch: centre}, want: "indeterminate", problems: []issue{{emergency.ErrUnavailable, 0}}},
		{name: "only fields that are not there were checked", answer: emergency.Answer{Route: emergency.RealRoute, Confirmed: emergency.FieldsOf(county)}, want: "indeterminate", problems: []issue{{emergency.ErrUnavailable, 0}}},
		{name: "all but the street was checked", answer: with(confirmed(), func(a *emergency.Answer) { a.Confirmed = a.Confirmed.Without(emergency.FieldsOf(street)) }), want: "indeterminate", problems: []issue{{emergency.ErrUnavailable, 0}}},
		{name: "the street alone was checked", answer: with(confirmed(), func(a *emergency.Answer) { a.Confirmed = emergency.FieldsOf(street) }), want: "accepted", stored: emergency.Validated},
		{name: "a wrong city, the street not checked", answer: with(confirmed(city), func(a *emergency.Answer) { a.Confirmed = emergency.FieldsOf(country) }), want: "indeterminate", problems: []issue{{emergency.ErrUnavailable, 0}}},
		{name: "a wrong state, the street not checked", answer: with(confirmed(state), func(a *emergency.Answer) { a.Confirmed = 0 }), want: "rejected", problems: []issue{{emergency.ErrMismatch, state}}, stored: emergency.Invalid},
		{name: "not found", answer: emergency.Answer{NotFound: emergency.AddressNotFound}, want: "rejected", problems: []issue{{emergency.ErrNotFound, 0}}, stored: emergency.Invalid},
		{name: "not an address", answer: emergency.Answer{NotFound: emergency.AddressInvalid}, want: "rejected", problems: []issue{{emergency.ErrMalformed, 0}}, stored: emergency.Invalid},
		{name: "no service", answer: emergency.Answer{NotFound: emergency.ServiceNotOffered}, want: "rejected", problems: []issue{{emergency.ErrNoRoute, 0}}, stored: emergency.Invalid},
		{name: "unheard-of reason", answer: with(confirmed(), func(a *emergency.Answer) { a.NotFound = 99 }), want: "rejected", problems: []issue{{emergency.ErrNotFound, 0}}, stored: emergency.Invalid},
		{name: "no route", answer: with(confirmed(), func(a *emergency.Answer) { a.Route = emergency.NoRoute }), want: "rejected", problems: []issue{{emergency.ErrNoRoute, 0}}, stored: emergency.Invalid},
		{name: "unheard-of route", answer: with(confirmed(), func(a *emergency.Answer) { a.Route = 99 }), want: "rejected", problems: []issue{{emergency.ErrNoRoute, 0}}, stored: emergency.Invalid},
		{name: "default route", answer: with(confirmed(), func(a *emergency.Answer) { a.Route = emergency.DefaultRoute }), want: "rejected", problems: []issue{{emergency.ErrDefaultRoute, 0}}, stored: emergency.Invalid},
		{name: "default route and a wrong city", answer: with(confirmed(city), func(a *emergency.Answer) { a.Route = emergency.DefaultRoute }), want: "rejected", problems: []issue{{emergency.ErrDefaultRoute, 0}, {emergency.ErrMismatch, city}}, stored: emergency.Invalid},
		{name: "country", answer: confirmed(country), want: "rejected", problems: []issue{{emergency.ErrMismatch, country}}, stored: emergency.Invalid},
		{name: "state", answer: confirmed(state), want: "rejected", problems: []issue{{emergency.ErrMismatch, state}}, stored: emergency.Invalid},
		{name: "street", answer: confirmed(street), want: "rejected", problems: []issue{{emergency.ErrMismatch, street}}, stored: emergency.Invalid},
		{name: "house number", answer: confirmed(number), want: "rejected", problems: []issue{{emergency.ErrMismatch, number}}, stored: emergency.Invalid},
		{name: "suffix", answer: offering(confirmed(suffix), suffix, "St"), want: "rejected", problems: []issue{{emergency.ErrMismatch, suffix}}, stored: emergency.Invalid},
		{name: "contradiction", answer: with(confirmed(), func(a *emergency.Answer) { a.Mismatched = emergency.FieldsOf(street) }), want: "rejected", problems: []issue{{emergency.ErrMismatch, street}}, stored: emergency.Invalid},
		{name: "city", answer: confirmed(city), want: "accepted, partial", stored: emergency.Validated},
		{name: "postal code", answer: confirmed(postal), want: "accepted, partial", stored: emergency.Validated},
		{name: "alias and district", address: aliased, answer: confirmed(alias, district), want: "accepted, partial", stored: emergency.Validated},
		{name: "city and postal code", answer: confirmed(city, postal), want: "rejected", problems: []issue{{emergency.ErrMismatch, city}, {emergency.ErrMismatch, postal}}, stored: emergency.Invalid},
		{name: "city and postal code, though correctable", answer: offering(confirmed(city, postal), city, "Fernhil"), want: "rejected", problems: []issue{{emergency.ErrMismatch, city}, {emergency.ErrMismatch, postal}}, stored: emergency.Invalid},
		{name: "city, the code unchecked", answer: with(confirmed(city), func(a *emergency.Answer) { a.Confirmed = a.Confirmed.Without(emergency.FieldsOf(postal)) }), want: "accepted, partial", stored: emergency.Validated},
		{name: "city and street", answer: confirmed(city, street), want: "rejected", problems: []issue{{emergency.ErrMismatch, city}, {emergency.ErrMismatch, street}}, stored: emergency.Invalid},
		{name: "city where no code is known", address: change(us(), country, "IE", state, "D", postal, ""), answer: confirmed(city), want: "rejected", problems: []issue{{emergency.ErrMismatch, city}}, stored: emergency.Invalid},
		{name: "one close spelling", answer: offering(confirmed(city), city, "Seattle", "Ferrnhill"), want: "accepted, updated", changed: "city Ferrnhill spelling", stored: emergency.Validated},
		{name: "one close postal code", answer: offering(confirmed(postal), postal, "98108", "10001"), want: "accepted, updated", changed: "postal_code 98108 replaced", stored: emergency.Validated},
		{name: "one close spelling, as typed", checker: emergency.Checker{KeepAsTyped: true}, answer: offering(confirmed(city), city, "Ferrnhill"), want: "accepted, partial", stored: emergency.Validated},
		{name: "no close spelling", answer: offering(confirmed(city), city, "Seattle"), want: "accepted, partial", stored: emergency.Validated},
		{name: "two close spellings", answer: offering(confirmed(city), city, "Ferrnhill", "Fernhil"), want: "accepted, partial", stored: emergency.Validated},
		{name: "a close spelling that is not text", answer: offering(confirmed(city), city, "Fern\x00hill"), want: "accepted, partial", stored: emergency.Validated},
		{name: "a close code that is malformed", answer: offering(confirmed(postal), postal, "9810"), want: "accepted, partial", stored: emergency.Validated},
		{name: "ordinal", address: change(us(), street, "5"), answer: confirmed(), want: "accepted, updated", changed: "street 5th ordinal", stored: emergency.Validated},
		{name: "ordinal as typed", checker: emergency.Checker{KeepAsTyped: true}, address: change(us(), street, "5"), answer: confirmed(), want: "rejected", problems: []issue{{emergency.ErrOrdinalRequired, street}}},
		{name: "suffix form", address: change(us(), suffix, "Avenue"), answer: confirmed(), want: "accepted", changed: "street_suffix Ave abbreviation", stored: emergency.Validated},
		{name: "suffix form as typed", checker: emergency.Checker{KeepAsTyped: true}, address: change(us(), suffix, "Avenue"), answer: confirmed(), want: "accepted", stored: emergency.Validated},
		{name: "empty field filled", answer: with(confirmed(), func(a *emergency.Answer) { a.Complete = emergency.Address{County: "King", City: "Elsewhere"} }), want: "accepted, updated", changed: "county King inferred", stored: emergency.Validated},
		{name: "empty field filled, as typed", checker: emergency.Checker{KeepAsTyped: true}, answer: with(confirmed(), func(a *emergency.Answer) { a.Complete.County = "King" }), want: "accepted", stored: emergency.Validated},
		{name: "fields an authority does not fill", answer: with(confirmed(), func(a *emergency.Answer) {
			a.Complete = emergency.Address{Description: "x", ELIN: "x", CompanyTaxID: "x", District: "unexpected", County: "a\x00", HouseNumberSuffix: strings.Repeat("x", 300)}
		}), want: "accepted", stored: emergency.Validated},
		{name: "a wrong city and an empty field", answer: with(confirmed(city), func(a *emergency.Answer) { a.Complete.County = "King" }), then: &said{answer: confirmed(city)}, want: "accepted, updated, partial", changed: "county King inferred", stored: emergency.Validated},
		{name: "nothing is filled into a refused address", answer: with(confirmed(street), func(a *emergency.Answer) { a.Complete.County = "King" }), want: "rejected", problems: []issue{{emergency.ErrMismatch, street}}, stored: emergency.Invalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.address == (emergency.Address{}) {
				test.address = us()
			}
			if test.then == nil {
				test.then = &said{answer: confirmed()}
			}
			authority := &said{answer: test.answer, err: test.err, then: test.then}
			if !test.none {
				test.checker.Authority = authority
			}
			checked, err := test.checker.Check(context.Background(), test.address, noon)
			if err != nil {
				t.Fatal(err)
			}
			v := checked.Verdict()
			if v.String() != test.want {
				t.Errorf("%v, want %s: %v", v, test.want, v.Issues)
			}
			var problems []issue
			for _, i := range v.Problems() {
				problems = append(problems, issue{i.Code, i.Field})
				if !errors.Is(checked.Err(), i.Code) {
					t.Errorf("the error does not hold %v", i.Code)
				}
			}
			if !slices.Equal(problems, test.problems) {
				t.Errorf("problems %v, want %v", problems, test.problems)
			}
			changed := ""
			if len(v.Changes) > 0 {
				changed = v.Changes[0].Field.String() + " " + v.Changes[0].To + " " + v.Changes[0].Kind.String()
			}
			if changed != test.changed || len(v.Changes) > 1 {
				t.Errorf("changes %v, want %q", v.Changes, test.changed)
			}
			if checked.Status() != test.stored {
				t.Errorf("stored as %v, want %v", checked.Status(), test.stored)
			}
			checkConsistent(t, checked)
			if malformed := v.Outcome == emergency.Rejected && test.stored == emergency.NotValidated; malformed && len(authority.asked) > 0 {
				t.Error("the authority was asked about a malformed address")
			}
			if errors.Is(checked.Cause(), down) != (test.err == down) {
				t.Errorf("cause %v", checked.Cause())
			}
		})
	}
}

// fataler is what the checks below ask of a test.
type fataler interface {
	Helper()
	Errorf(string, ...any)
}

// checkConsistent checks what is true of every check.
func checkConsistent(t fataler, c emergency.Checked) {
	t.Helper()
	v := c.Verdict()
	updates := slices.ContainsFunc(v.Changes, func(c emergency.Change) bool {
		return c.Kind == emergency.OrdinalEnding || c.Kind == emergency.Spelling || c.Kind == emergency.Replaced || c.Kind == emergency.Inferred
	})
	accepted := v.Outcome == emergency.Accepted
	switch {
	case v.Outcome == 0:
		t.Errorf("no outcome")
	case v.Updated != (accepted && updates):
		t.Errorf("updated is %v with %v", v.Updated, v.Changes)
	case v.Partial && !accepted, v.FormatOnly && !accepted:
		t.Errorf("%v", v)
	case accepted != (len(v.Problems()) == 0), accepted != (c.Err() == nil), accepted != c.IsAccepted():
		t.Errorf("%v with %v and %v", v, v.Problems(), c.Err())
	case accepted != (c.Status() == emergency.Validated):
		t.Errorf("%v is stored as %v", v, c.Status())
	case accepted && !v.FormatOnly && c.Dispatch() == (emergency.Dispatch{}):
		t.Errorf("accepted without a dispatch centre")
	case !accepted && c.Dispatch() != (emergency.Dispatch{}):
		t.Errorf("%v with a dispatch centre", v)
	}
	seen := emergency.FieldSet(0)
	for i, component := range v.Components {
		if i > 0 && v.Components[i-1].Field >= component.Field {
			t.Errorf("components out of order: %v", v.Components)
		}
		seen = seen.With(component.Field)
		bad := component.Status == emergency.Malformed || component.Status == emergency.Missing
		if accepted && (bad || component.Status == emergency.Mismatched && !v.Partial) {
			t.Errorf("accepted with %v", component)
		}
	}
	for f := emergency.FieldCountry; f <= emergency.FieldPosition; f++ {
		if c.Address().Value(f) != "" && !seen.Has(f) {
			t.Errorf("no component for %v", f)
		}
	}
	record := c.Record()
	if record.Address != c.Address() || record.Status != c.Status() || record.At != c.At().UnixNano() ||
		record.Updated != v.Updated || record.Partial != v.Partial || record.FormatOnly != v.FormatOnly || record.Dispatch != c.Dispatch() {
		t.Errorf("the record differs: %+v", record)
	}
}

func TestComponents(t *testing.T) {
	a := change(us(), county, "King", district, "Mill", postal, "98102")
	checked, _ := emergency.Checker{Authority: &said{answer: confirmed(postal)}}.Check(context.Background(), a, noon)
	for f, want := range map[emergency.Field]emergency.Status{
		city: emergency.Confirmed, county: emergency.Unchecked, district: emergency.Unexpected,
		postal: emergency.Mismatched, emergency.FieldCompany: emergency.Unchecked, alias: 0,
	} {
		if got := checked.Verdict().Status(f); got != want {
			t.Errorf("%v is %v, want %v", f, got, want)
		}
	}
	a = change(a, city, "", number, "", postal, "x", street, "5")
	checked, _ = emergency.Checker{KeepAsTyped: true}.Check(context.Background(), a, noon)
	for f, want := range map[emergency.Field]emergency.Status{
		city: emergency.Missing, number: emergency.Missing, postal: emergency.Malformed, street: emergency.Malformed, state: emergency.Unchecked,
	} {
		if got := checked.Verdict().Status(f); got != want {
			t.Errorf("%v is %v, want %v", f, got, want)
		}
	}
}

// A correction stands only if the authority accepts the corrected address.
func TestCorrectionIsConfirmed(t *testing.T) {
	typo := offering(confirmed(city), city, "Ferrnhill")
	for _, test := range []struct {
		name string
		then said
		want string
		city string
	}{
		{"accepted", said{answer: confirmed()}, "accepted, updated", "Ferrnhill"},
		{"not found", said{answer: emergency.Answer{NotFound: emergency.AddressNotFound}}, "accepted, partial", "Fernhill"},
		{"outage", said{err: errors.New("down")}, "indeterminate", "Fernhill"},
	} {
		authority := &said{answer: typo, then: &test.then}
		checked, err := emergency.Checker{Authority: authority}.Check(context.Background(), us(), noon)
		if err != nil {
			t.Fatal(err)
		}
		if checked.Verdict().String() != test.want || checked.Address().City != test.city || len(authority.asked) != 2 {
			t.Errorf("%s: %v, %q, asked %d times", test.name, checked.Verdict(), checked.Address().City, len(authority.asked))
		}
		checkConsistent(t, checked)
	}
}

// An authority that finds fault with each of its own corrections is not asked
// for ever.
func TestEndlessCorrections(t *testing.T) {
	authority := &said{answer: offering(confirmed(city), city, "Fernhilla", "Fernhill")}
	checked, err := emergency.Checker{Authority: authority}.Check(context.Background(), us(), noon)
	if err != nil || !checked.IsAccepted() || len(authority.asked) > 5 {
		t.Errorf("%v, %v, asked %d times", checked, err, len(authority.asked))
	}
	checkConsistent(t, checked)
}

// What an authority knows is filled in as the address would be stored, or not at
// all where it would change what was written.
func TestCompletion(t *testing.T) {
	check := func(answer emergency.Answer, then emergency.Answer, a emergency.Address) emergency.Checked {
		checked, err := emergency.Checker{Authority: &said{answer: answer, then: &said{answer: then}}}.Check(context.Background(), a, noon)
		if err != nil || !checked.IsAccepted() {
			t.Fatal(checked, err, checked.Verdict().Issues)
		}
		checkConsistent(t, checked)
		return checked
	}
	knowing := func(answer emergency.Answer, known emergency.Address) emergency.Answer {
		answer.Complete = known
		return answer
	}
	bare := change(us(), suffix, "")
	if got := check(knowing(confirmed(), emergency.Address{StreetSuffix: "Avenue"}), confirmed(), bare); got.Address().StreetSuffix != "Ave" {
		t.Errorf("suffix %q", got.Address().StreetSuffix)
	}
	numberless := change(gb(), number, "")
	if got := check(knowing(confirmed(), emergency.Address{HouseNumber: "12"}), confirmed(), numberless); got.Address().HouseNumber != "12" || len(got.Verdict().Issues) != 0 {
		t.Errorf("number %q, %v", got.Address().HouseNumber, got.Verdict().Issues)
	}
	if got := check(knowing(confirmed(), emergency.Address{HouseNumber: "12A"}), confirmed(), numberless); got.Address() != numberless {
		t.Errorf("number %q %q", got.Address().HouseNumber, got.Address().HouseNumberSuffix)
	}
	position, _ := emergency.NewPosition(1, 2)
	if got := check(knowing(confirmed(), emergency.Address{Position: position}), confirmed(), us()); got.Address().Position != position || !got.Verdict().Updated {
		t.Errorf("position %v", got.Address().Position)
	}
	typo := knowing(offering(confirmed(city), city, "Ferrnhill"), emergency.Address{County: "Mason"})
	if got := check(typo, knowing(confirmed(), emergency.Address{County: "King"}), us()); got.Address().County != "King" {
		t.Errorf("county %q is of the uncorrected address", got.Address().County)
	}
}

func TestCandidatesAreBounded(t *testing.T) {
	answer := confirmed(city)
	for i := range 1000 {
		answer = offering(answer, city, "Ferrnhill"+decimal(i))
	}
	answer = offering(answer, postal, "98102")
	checked, _ := emergency.Checker{Authority: &said{answer: answer}}.Check(context.Background(), us(), noon)
	if n := len(checked.Verdict().Candidates); n > 100 || checked.Verdict().Candidates[n-1].Field != postal {
		t.Errorf("%d candidates", n)
	}
}

func TestSuggestions(t *testing.T) {
	check := func(c emergency.Checker, answer emergency.Answer, a emergency.Address) emergency.Issue {
		c.Authority = &said{answer: answer}
		checked, err := c.Check(context.Background(), a, noon)
		if err != nil || len(checked.Verdict().Issues) != 1 {
			t.Fatal(checked.Verdict().Issues, err)
		}
		return checked.Verdict().Issues[0]
	}
	if i := check(emergency.Checker{KeepAsTyped: true}, offering(confirmed(city), city, "Ferrnhill"), us()); i.Suggestion != "Ferrnhill" || i.Severity != emergency.Warning {
		t.Errorf("%+v", i)
	}
	if i := check(emergency.Checker{}, offering(confirmed(suffix), suffix, "St"), us()); i.Suggestion != "St" {
		t.Errorf("the one other suffix is not suggested: %+v", i)
	}
	if i := check(emergency.Checker{}, offering(confirmed(suffix), suffix, "St", "Rd"), us()); i.Suggestion != "" {
		t.Errorf("one of two suffixes is suggested: %+v", i)
	}
	if i := check(emergency.Checker{}, offering(confirmed(postal), postal, "9810"), us()); i.Suggestion != "" {
		t.Errorf("a malformed code is suggested: %+v", i)
	}
	if i := check(emergency.Checker{KeepAsTyped: true}, confirmed(), change(us(), street, "5")); i.Suggestion != "5th" {
		t.Errorf("%+v", i)
	}
}

func TestCheckErrors(t *testing.T) {
	checker := emergency.Checker{Authority: &said{answer: confirmed()}}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for _, test := range []struct {
		name string
		ctx  context.Context
		now  time.Time
		want telephony.Code
	}{
		{"time before 1678", context.Background(), time.Time{}, emergency.ErrCheckTime},
		{"time after 2262", context.Background(), time.Unix(0, math.MaxInt64).Add(1), emergency.ErrCheckTime},
		{"cancelled", gone, noon, emergency.ErrCheckCancelled},
		{"both", gone, time.Time{}, emergency.ErrCheckTime},
	} {
		checked, err := checker.Check(test.ctx, us(), test.now)
		if !errors.Is(err, test.want) || checked.IsAccepted() {
			t.Errorf("%s: %v, %v", test.name, checked, err)
		}
	}
	if _, err := checker.Check(gone, us(), noon); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	during, cancel := context.WithCancel(context.Background())
	stopper := authorityFunc(func(ctx context.Context, _ emergency.Address) (emergency.Answer, error) {
		cancel()
		return emergency.Answer{}, ctx.Err()
	})
	if _, err := (emergency.Checker{Authority: stopper}).Check(during, us(), noon); !errors.Is(err, emergency.ErrCheckCancelled) {
		t.Errorf("cancelled while asked: %v", err)
	}
	late, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	waiter := authorityFunc(func(ctx context.Context, _ emergency.Address) (emergency.Answer, error) {
		<-ctx.Done()
		return emergency.Answer{}, ctx.Err()
	})
	checked, err := emergency.Checker{Authority: waiter}.Check(late, us(), noon)
	if err != nil || checked.Verdict().Outcome != emergency.Indeterminate {
		t.Errorf("out of time: %v, %v", checked, err)
	}
	for _, edge := range []int64{math.MinInt64, math.MaxInt64} {
		if checked, err := checker.Check(context.Background(), us(), time.Unix(0, edge)); err != nil || checked.Record().At != edge {
			t.Errorf("at the edge of time: %v, %v", checked.Record().At, err)
		}
	}
}

type authorityFunc func(context.Context, emergency.Address) (emergency.Answer, error)

func (f authorityFunc) Name() string { return "func" }
func (f authorityFunc) Validate(ctx context.Context, a emergency.Address) (emergency.Answer, error) {
	return f(ctx, a)
}

// A Checked is sealed: what is taken out of it and changed leaves it as it was,
// and one that Check did not make is not accepted.
func TestSealed(t *testing.T) {
	checked, _ := emergency.Checker{Authority: &said{answer: confirmed()}}.Check(context.Background(), change(us(), street, "5"), noon)
	v := checked.Verdict()
	v.Changes[0].To, v.Components[0].Status = "6th", emergency.Missing
	if again := checked.Verdict(); again.Changes[0].To != "5th" || again.Components[0].Status != emergency.Confirmed {
		t.Error("a verdict was changed from outside")
	}
	var zero emergency.Checked
	if zero.IsAccepted() || !errors.Is(zero.Err(), emergency.ErrAddressUndecided) || zero.Status() != emergency.NotValidated {
		t.Error("the zero Checked counts")
	}
	if checked.Asked().Street != "5" || checked.Address().Street != "5th" || !checked.At().Equal(noon) || checked.Authority() != "said" {
		t.Errorf("%q %q %v", checked.Asked().Street, checked.Address().Street, checked.At())
	}
}

func TestVerdictErr(t *testing.T) {
	checked, _ := emergency.Checker{}.Check(context.Background(), change(us(), postal, "1", number, ""), noon)
	var e *telephony.Error
	if err := checked.Err(); !errors.As(err, &e) || !errors.Is(err, emergency.ErrAddressRejected) || len(e.Reasons) != 2 {
		t.Fatalf("%v", checked.Err())
	}
	if e.Field != "house_number" || e.Reasons[0].Field != "house_number" || e.Reasons[1].Field != "postal_code" || e.Reasons[1].Fix == "" {
		t.Errorf("%v", e.Reasons)
	}
	undecided, _ := emergency.Checker{}.Check(context.Background(), us(), noon)
	if err := undecided.Err(); !errors.Is(err, emergency.ErrAddressUndecided) || !errors.Is(err, emergency.ErrUnavailable) || errors.Is(err, emergency.ErrAddressRejected) {
		t.Errorf("%v", err)
	}
}

func TestBanner(t *testing.T) {
	check := func(a emergency.Address, answer emergency.Answer) string {
		checked, _ := emergency.Checker{Authority: &said{answer: answer, then: &said{answer: confirmed()}}}.Check(context.Background(), a, noon)
		return checked.Verdict().Banner()
	}
	for _, test := range []struct{ got, want string }{
		{emergency.Verdict{}.Banner(), ""},
		{check(us(), confirmed()), "The address is valid."},
		{check(change(us(), street, "5", suffix, "Avenue"), confirmed()), "We updated the address: street 5 is now 5th."},
		{check(us(), with(confirmed(), func(a *emergency.Answer) { a.Complete.County = "King" })), "We updated the address: county King."},
		{check(change(us(), postal, "1"), confirmed()), "The address was not accepted.\npostal code: it does not have the form of this country's postal codes."},
		{check(us(), offering(confirmed(suffix), suffix, "St")), "The address was not accepted.\nstreet suffix: it does not fit the rest of the address (did you mean St?)."},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

// What kept an authority from all of an answer stands beside the verdict, once,
// and does not change it.
func TestWarningsOfAnAuthority(t *testing.T) {
	const late telephony.Code = "neighbour_late"
	warning := &telephony.Error{Op: "ask", Code: late, Detail: "a neighbour did not answer"}
	for _, answer := range []emergency.Answer{confirmed(), confirmed(city), confirmed(street), {NotFound: emergency.AddressNotFound}, {Route: emergency.RealRoute}} {
		verdict := func() emergency.Verdict {
			checked, err := emergency.Checker{Authority: &said{answer: answer}}.Check(t.Context(), us(), noon)
			if err != nil {
				t.Fatal(err)
			}
			return checked.Verdict()
		}
		without := verdict()
		answer.Warnings = []*telephony.Error{warning, warning}
		v := verdict()
		told := slices.DeleteFunc(slices.Clone(v.Issues), func(i emergency.Issue) bool { return i.Code != late })
		want := []emergency.Issue{{Code: late, Severity: emergency.Warning, Message: warning.Detail}}
		if v.String() != without.String() || !slices.Equal(told, want) || len(v.Issues) != len(without.Issues)+1 {
			t.Errorf("%v without, %v with: %v", without, v, v.Issues)
		}
		if v.Outcome == emergency.Accepted && !strings.Contains(v.Banner(), warning.Detail) {
			t.Errorf("not told: %s", v.Banner())
		}
	}
}
