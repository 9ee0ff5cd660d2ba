package emergency_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The order in which the fields of an address are given decides nothing.
func TestVerdictIgnoresTheOrderOfFields(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		a := anyWritten(t, w)
		var pairs []string
		for _, f := range texts() {
			if v := a.Value(f); v != "" {
				text, _ := json.Marshal(v)
				pairs = append(pairs, fmt.Sprintf("%q:%s", f, text))
			}
		}
		var other emergency.Address
		shuffled := rapid.Permutation(pairs).Draw(t, "order")
		if err := json.Unmarshal([]byte("{"+strings.Join(shuffled, ",")+"}"), &other); err != nil {
			t.Fatal(err)
		}
		checker := emergency.Checker{Authority: w.streets}
		one, two := check(t, checker, a), check(t, checker, other)
		if diff := cmp.Diff(one.Verdict(), two.Verdict()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// anyForm is an address of any country, of fields that each mean something to
// one or the other; the states and postal codes may be its own.
func anyForm(t *rapid.T, states, codes map[telephony.Country][]string) emergency.Address {
	a := emergency.Address{Country: rapid.SampledFrom(append(emergency.SupportedCountries(), "ZZ")).Draw(t, "country")}
	for _, f := range []struct {
		field  emergency.Field
		values []string
	}{
		{state, append([]string{"", "Bayern"}, states[a.Country]...)},
		{city, []string{"", "Fernhill", "Saint-Étienne", "PO Box 5", "İzmir", "Groß"}},
		{district, []string{"", "Mill"}},
		{emergency.FieldPreDirectional, []string{"", "ne", "North East"}},
		{emergency.FieldStreetTypePrefix, []string{"", "Highway"}},
		{street, []string{"", "Oak", "5", "22th", "5TH", "Box", "Postfach 5", "Rue du 8 Mai", "Straße", "Apartado", "Elm; Lane"}},
		{suffix, []string{"", "Ave", "street", "Close"}},
		{number, []string{"", "12", "12a", "n6w23001", "Z123", "101 1/2", "12 bis", "289-01", "A5"}},
		{emergency.FieldHouseNumberSuffix, []string{"", "b"}},
		{postal, append([]string{"", "98101", "ec1y8sy", "d-10115", "SE-114 55", "1234ab", "lv-1010", "x"}, codes[a.Country]...)},
		{emergency.FieldCompany, []string{"", "Contoso & Sons", "+x", "ß"}},
		{emergency.FieldELIN, []string{"", "+1 425 555 0100", "911"}},
	} {
		a = a.With(f.field, rapid.SampledFrom(f.values).Draw(t, f.field.String()))
	}
	return a
}

// Neither case nor surrounding space changes what any country's rules make of an
// address, field by field.
func TestVerdictIgnoresWritingInEveryCountry(t *testing.T) {
	states, codes := make(map[telephony.Country][]string), samples(t)
	for _, row := range stateRows(t) {
		states[row.country] = append(append(states[row.country], row.code), row.names...)
	}
	told := func(c emergency.Checked) string {
		text := fmt.Sprint(c.Verdict(), c.Verdict().Components)
		for _, i := range c.Verdict().Issues {
			text += fmt.Sprint(" ", i.Code, i.Field, i.Severity)
		}
		return text
	}
	rapid.Check(t, func(t *rapid.T) {
		a := anyForm(t, states, codes)
		checker := emergency.Checker{AcceptFormatOnly: true, KeepAsTyped: rapid.Bool().Draw(t, "keep")}
		want := told(check(t, checker, a))
		for _, writing := range []func(string) string{strings.ToUpper, strings.ToLower, func(s string) string { return "\u3000" + s + "\n" }} {
			other := a
			for _, f := range texts() {
				if v := a.Value(f); v != "" {
					other = other.With(f, writing(v))
				}
			}
			if got := told(check(t, checker, other)); got != want {
				t.Fatalf("written otherwise: %s, and not\n%s", got, want)
			}
		}
	})
}

// Where in the building somebody is never changes what becomes of the address.
func TestVerdictIgnoresTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		a := anyWritten(t, w)
		line := a.StreetLine()
		unit := rapid.SampledFrom([]string{" APT 3", ", Bldg B Apt 3", " # 12", ", 2nd Floor", ", Rear"}).Draw(t, "unit")
		of := func(line string) emergency.Checked {
			l, err := emergency.ParseStreetLine(a.Country, line)
			if err != nil {
				t.Fatal(err)
			}
			typed := l.Address
			typed.State, typed.City, typed.PostalCode = a.State, a.City, a.PostalCode
			return check(t, emergency.Checker{Authority: w.streets}, typed)
		}
		bare, inside := of(line), of(line+unit)
		if diff := cmp.Diff(bare.Verdict(), inside.Verdict()); diff != "" || bare.Address() != inside.Address() {
			t.Fatalf("%q and %q: %s", line, line+unit, diff)
		}
	})
}

// An address typed as one line is judged as the same address typed in fields.
func TestVerdictOfATypedLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		a := anyWritten(t, w)
		l, err := emergency.ParseStreetLine(a.Country, a.StreetLine())
		if err != nil {
			t.Fatal(err)
		}
		typed := l.Address
		typed.State, typed.City, typed.CityAlias, typed.District, typed.County, typed.PostalCode =
			a.State, a.City, a.CityAlias, a.District, a.County, a.PostalCode
		checker := emergency.Checker{Authority: w.streets}
		if one, two := check(t, checker, a), check(t, checker, typed); one.Verdict().String() != two.Verdict().String() || one.Address() != two.Address() {
			t.Fatalf("%q: %v and %v\n%s", a.StreetLine(), one, two, cmp.Diff(value(one.Address()), value(two.Address())))
		}
	})
}

// Every issue is there at once, in the order of the fields, and every check of
// the same address says the same.
func TestEveryProblemAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		faults := []struct {
			field emergency.Field
			value string
		}{
			{state, "Cascadia"}, {city, ""}, {district, "P.O. Box 12"}, {street, "5\u200b"}, {number, ""}, {postal, "9810"}, {emergency.FieldELIN, "911"},
		}
		a := us()
		var want []emergency.Field
		for _, fault := range faults {
			if rapid.Bool().Draw(t, fault.field.String()) {
				a = a.With(fault.field, fault.value)
				want = append(want, fault.field)
			}
		}
		checker := emergency.Checker{AcceptFormatOnly: true}
		v := check(t, checker, a).Verdict()
		var got []emergency.Field
		for _, i := range v.Problems() {
			got = append(got, i.Field)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("problems with %v, want %v", got, want)
		}
		if again := check(t, checker, a).Verdict(); !cmp.Equal(v, again) {
			t.Fatal(cmp.Diff(v, again))
		}
	})
}

// Each change a verdict tells of leads from what was asked to what is returned.
func TestChangesLeadToTheAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		checked := check(t, emergency.Checker{Authority: w.streets, KeepAsTyped: rapid.Bool().Draw(t, "keep")}, anyWritten(t, w))
		a := checked.Asked()
		for _, c := range checked.Verdict().Changes {
			if a.Value(c.Field) != c.From || c.From == c.To || c.Kind == 0 || c.Rule == "" {
				t.Fatalf("%+v does not follow from %q", c, a.Value(c.Field))
			}
			if (c.From == "") != (c.Kind == emergency.Inferred) && c.Kind != emergency.Normalised {
				t.Fatalf("%+v is of the wrong kind", c)
			}
			a = a.With(c.Field, c.To)
		}
		if a != checked.Address() {
			t.Fatal(cmp.Diff(value(checked.Address()), value(a)))
		}
	})
}

// What cannot be kept as text is refused at once in every field, and an address
// of it is written and judged without trouble.
func TestHostileText(t *testing.T) {
	for name, text := range map[string]string{
		"ten megabytes": strings.Repeat("12 Elm St, ", 1_000_000), "ten megabytes of digits": "+" + strings.Repeat("1", 10_000_000),
		"right to left": "El\u202em", "zero width": "El\u200bm", "not UTF-8": "El\xffm", "null": "El\x00m",
	} {
		for _, f := range texts() {
			if f == country {
				continue // without its country an address has no rules
			}
			a := us().With(f, text)
			checked, err := emergency.Checker{AcceptFormatOnly: true}.Check(context.Background(), a, noon)
			if err != nil || checked.Verdict().Outcome != emergency.Rejected || checked.Verdict().Status(f) != emergency.Malformed {
				t.Errorf("%s in %v: %v, %v", name, f, checked, err)
			}
			if checked.Address().Value(f) != text {
				t.Errorf("%s in %v was changed", name, f)
			}
			_ = emergency.Envelope{}.Line(a)
		}
	}
}

func TestStale(t *testing.T) {
	const day = 24 * time.Hour
	checked, err := emergency.Checker{Authority: &said{answer: confirmed()}}.Check(context.Background(), us(), noon)
	if err != nil {
		t.Fatal(err)
	}
	valid := checked.Record()
	refused := valid
	refused.Status = emergency.Invalid
	for _, test := range []struct {
		name   string
		record emergency.Record
		after  time.Duration
		age    time.Duration
		want   bool
	}{
		{"just checked", valid, 0, day, false},
		{"a nanosecond too young", valid, day - 1, day, false},
		{"as old as it may be", valid, day, day, true},
		{"older", valid, 400 * day, day, true},
		{"a clock that went back", valid, -day, day, false},
		{"no age", valid, 0, 0, true},
		{"an age below nothing", valid, 0, -day, true},
		{"not validated", refused, 0, day, true},
		{"no record", emergency.Record{}, 0, day, true},
	} {
		if got := test.record.Stale(noon.Add(test.after), test.age); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
