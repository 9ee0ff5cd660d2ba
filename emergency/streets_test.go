package emergency_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// fernhill is a town with a clash or two.
func fernhill(t testing.TB) *emergency.Streets {
	t.Helper()
	streets := emergency.NewStreets("fernhill")
	for _, s := range []emergency.Street{
		{Name: "Oak", Suffix: "Avenue", Low: 1, High: 499, PostalCodes: []string{"98101"}},
		{Name: "Oak", Suffix: "St", Low: 1, High: 99, PostalCodes: []string{"98101"}},
		{Name: "5", Suffix: "Ave", PostDirectional: "NE", Low: 400, High: 498, Parity: emergency.EvenSide, PostalCodes: []string{"98101", "98102"}},
		{Name: "Elm", Suffix: "Rd", Low: 1, High: 9, City: "Springfield", PostalCodes: []string{"98201"}, County: "Snohomish"},
		{Name: "Elm", Suffix: "Rd", Low: 1, High: 9, City: "Shelby", PostalCodes: []string{"98201"}, County: "Mason"},
		{Name: "Elm", Suffix: "Rd", Low: 1, High: 9, City: "Ashland", PostalCodes: []string{"98301"}},
		{Name: "Birch", Suffix: "Ln", Low: 1, High: 9, PostalCodes: []string{"98101"}},
		{Name: "Birch", Suffix: "Ct", Low: 1, High: 9, City: "Ashland", PostalCodes: []string{"98301"}},
		{Name: "Fir", Suffix: "Ln", Low: 1, High: 9, PostalCodes: []string{"98101"}},
		{Name: "Fir", Suffix: "Ln", PostalCodes: []string{"98101"}},
		{Name: "Bluemound", Suffix: "Rd", NumberPrefix: "N6W", Low: 23001, High: 23999, PostalCodes: []string{"98101"}},
		{Name: "Bluemound", Suffix: "Rd", NumberPrefix: "S6W", Low: 23001, High: 23099, PostalCodes: []string{"98101"}},
		{Name: "Larch", Suffix: "Rd", NumberPrefix: "No.", Low: 1, High: 9, PostalCodes: []string{"98101"}},
		{Name: "Broadway", PostalCodes: []string{"98101"}, CityAliases: []string{"Old Fernhill"}},
	} {
		s.Country, s.State, s.Dispatch = "US", "WA", centre
		if s.City == "" {
			s.City = "Fernhill"
		}
		if err := streets.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	return streets
}

// A line that ends as a part of a building does is not accepted as another street.
func TestStreetOfALineIsNotAnother(t *testing.T) {
	for _, test := range []struct {
		line  string
		known emergency.Street
	}{
		{"12 Park Side", emergency.Street{Name: "Park", Suffix: "Ave"}},
		{"12 Lake Front", emergency.Street{Name: "Lake", Suffix: "St"}},
		{"12 Hill Side", emergency.Street{Name: "Hill", Suffix: "Rd"}},
	} {
		streets := emergency.NewStreets("fernhill")
		test.known.Country, test.known.State, test.known.City, test.known.Dispatch = "US", "WA", "Fernhill", centre
		if err := streets.Add(test.known); err != nil {
			t.Fatal(err)
		}
		l, err := emergency.ParseStreetLine("US", test.line)
		if err != nil {
			t.Fatal(err)
		}
		a := l.Address
		a.State, a.City, a.PostalCode = "WA", "Fernhill", "98101"
		checked, err := emergency.Checker{Authority: streets}.Check(t.Context(), a, noon)
		if err != nil || checked.IsAccepted() {
			t.Errorf("%q is %s, %v, %v", test.line, parts(l), checked.Verdict(), err)
		}
	}
}

func TestStreets(t *testing.T) {
	checker := emergency.Checker{Authority: fernhill(t)}
	const prefix = emergency.FieldHouseNumberPrefix
	blue := change(us(), street, "Bluemound", suffix, "Rd")
	elm := change(us(), street, "Elm", suffix, "Rd", number, "5", city, "Springfield", postal, "98201", county, "Snohomish")
	for _, test := range []struct {
		name    string
		address emergency.Address
		want    string
		field   emergency.Field  // looked at
		status  emergency.Status // its status
		value   string           // its value
	}{
		{"known", us(), "accepted", city, emergency.Confirmed, "Fernhill"},
		{"other case and form", change(us(), city, "FERNHILL", street, "oak", suffix, "avenue"), "accepted", suffix, emergency.Confirmed, "Ave"},
		{"delivery point of a code", change(us(), postal, "98101-1234"), "accepted", postal, emergency.Confirmed, "98101-1234"},
		{"letter of a number", change(us(), number, "410B"), "accepted", emergency.FieldHouseNumberSuffix, emergency.Unchecked, "B"},
		{"company", us(), "accepted", emergency.FieldCompany, emergency.Unchecked, "Contoso"},
		{"state in words", change(us(), state, "Washington"), "accepted", state, emergency.Confirmed, "WA"},
		{"ordinal put in", change(us(), street, "5", suffix, "Ave", emergency.FieldPostDirectional, "northeast"), "accepted, updated", street, emergency.Confirmed, "5th"},
		{"odd number on the even side", change(us(), street, "5th", number, "411", emergency.FieldPostDirectional, "NE"), "rejected", number, emergency.Mismatched, "411"},
		{"misspelt city", change(us(), city, "Fernhlil"), "accepted, updated", city, emergency.Confirmed, "Fernhill"},
		{"another city", change(us(), city, "Seattle"), "accepted, partial", city, emergency.Mismatched, "Seattle"},
		{"wrong code", change(us(), postal, "98499"), "accepted, partial", postal, emergency.Mismatched, "98499"},
		{"code one digit off", change(us(), postal, "98111"), "accepted, updated", postal, emergency.Confirmed, "98101"},
		{"city and code wrong", change(us(), city, "Seattle", postal, "98499"), "rejected", city, emergency.Mismatched, "Seattle"},
		{"a dash for a city", change(us(), city, "-", postal, "98499"), "rejected", city, emergency.Mismatched, "-"},
		{"a dash for a street", change(us(), street, "-"), "rejected", street, emergency.Mismatched, "-"},
		{"number too high", change(us(), number, "500"), "rejected", number, emergency.Mismatched, "500"},
		{"number that cannot be read", change(us(), number, "B12"), "rejected", number, emergency.Mismatched, "B12"},
		{"number of two parts", change(us(), number, "410-01"), "accepted", number, emergency.Confirmed, "410-01"},
		{"other suffix", change(us(), suffix, "Rd", number, "5"), "rejected", suffix, emergency.Mismatched, "Rd"},
		{"the suffix decides", change(us(), suffix, "", number, "5"), "rejected", suffix, emergency.Mismatched, ""},
		{"the number decides the suffix", change(us(), suffix, ""), "accepted, updated", suffix, emergency.Confirmed, "Ave"},
		{"a directional the street does not have", change(us(), emergency.FieldPreDirectional, "N"), "rejected", emergency.FieldPreDirectional, emergency.Mismatched, "N"},
		{"unknown street", change(us(), street, "Baobab"), "rejected", street, emergency.Mismatched, "Baobab"},
		{"other state", change(us(), state, "OR", postal, "97201"), "rejected", street, emergency.Mismatched, "Oak"},
		{"alias as the city", change(us(), street, "Broadway", suffix, "", city, "Old Fernhill"), "accepted", city, emergency.Confirmed, "Old Fernhill"},
		{"right alias", change(us(), street, "Broadway", suffix, "", alias, "Old Fernhill"), "accepted", alias, emergency.Confirmed, "Old Fernhill"},
		{"wrong alias", change(us(), street, "Broadway", suffix, "", alias, "New Fernhill"), "accepted, partial", alias, emergency.Mismatched, "New Fernhill"},
		{"any number", change(us(), street, "Broadway", suffix, "", number, "99999"), "accepted", number, emergency.Unchecked, "99999"},
		{"what stands before the number", change(blue, prefix, "N6W", number, "23001"), "accepted", prefix, emergency.Confirmed, "N6W"},
		{"the same in one", change(blue, number, "n6w23001"), "accepted", prefix, emergency.Confirmed, "n6w"},
		{"another before the number", change(blue, prefix, "N7W", number, "23001"), "rejected", prefix, emergency.Mismatched, "N7W"},
		{"a number that needs it", change(blue, number, "23001"), "rejected", prefix, emergency.Mismatched, ""},
		{"a number that has but one", change(blue, number, "23500"), "accepted, updated", prefix, emergency.Confirmed, "N6W"},
		{"one before a number that has none", change(us(), prefix, "N6W"), "rejected", prefix, emergency.Mismatched, "N6W"},
		{"a sign before the number", change(us(), prefix, "No"), "accepted", prefix, emergency.Unchecked, "No"},
		{"a street of signs", change(us(), street, "Larch", suffix, "Rd", number, "5"), "accepted", number, emergency.Confirmed, "5"},
		{"one before any number", change(us(), street, "Broadway", suffix, "", prefix, "N6W", number, "23001"), "accepted", prefix, emergency.Unchecked, "N6W"},
		{"two cities of one code", elm, "accepted", city, emergency.Confirmed, "Springfield"},
		{"county filled", change(elm, county, ""), "accepted, updated", county, emergency.Unchecked, "Snohomish"},
		{"spelling decides the city and so the county", change(elm, county, "", city, "Sprngfield"), "accepted, updated", county, emergency.Unchecked, "Snohomish"},
		{"the place goes before the suffix", change(us(), street, "Birch", suffix, "Ct", number, "5"), "rejected", suffix, emergency.Mismatched, "Ct"},
		{"a number that one stretch confirms and one does not", change(us(), street, "Fir", suffix, "Ln", number, "5"), "accepted", number, emergency.Unchecked, "5"},
		{"city here, code there", change(elm, city, "Ashland", county, ""), "rejected", city, emergency.Mismatched, "Ashland"},
	} {
		checked, err := checker.Check(context.Background(), test.address, noon)
		if err != nil {
			t.Fatal(err)
		}
		v := checked.Verdict()
		if v.String() != test.want || v.Status(test.field) != test.status || checked.Address().Value(test.field) != test.value {
			t.Errorf("%s: %v, %v %v %q; %v", test.name, v, test.field, v.Status(test.field), checked.Address().Value(test.field), v.Issues)
		}
		checkConsistent(t, checked)
	}
}

func TestStreetsSuggest(t *testing.T) {
	checker := emergency.Checker{Authority: fernhill(t)}
	for _, test := range []struct {
		address    emergency.Address
		field      emergency.Field
		suggestion string
		candidates []string
	}{
		{change(us(), street, "Oka"), street, "Oak", []string{"Oak"}},
		{change(us(), street, "Broadwya", postal, "98101-1234"), street, "Broadway", []string{"Broadway"}},
		{change(us(), suffix, "Blvd", number, "300"), suffix, "Ave", []string{"Ave"}},
		{change(us(), suffix, "", number, "5"), suffix, "", []string{"Ave", "St"}},
		{change(us(), city, "Seattle"), city, "", []string{"Fernhill"}},
	} {
		checked, _ := checker.Check(context.Background(), test.address, noon)
		v := checked.Verdict()
		var candidates []string
		for _, c := range v.Candidates {
			if c.Field == test.field {
				candidates = append(candidates, c.Value)
			}
		}
		i := slices.IndexFunc(v.Issues, func(i emergency.Issue) bool { return i.Field == test.field })
		if i < 0 || v.Issues[i].Suggestion != test.suggestion || !slices.Equal(candidates, test.candidates) {
			t.Errorf("%v: %v, candidates %q", test.field, v.Issues, candidates)
		}
	}
}

func TestStreetsRoutes(t *testing.T) {
	streets := fernhill(t)
	other := emergency.Dispatch{ID: "psap-2"}
	for n, d := range map[string]emergency.Dispatch{"Birch": centre, "Cedar": other} {
		for range 2 {
			err := streets.Add(emergency.Street{Country: "NO", City: "Vik", PostalCodes: []string{"6893"}, Name: n, Low: 1, High: 9, Dispatch: d})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, d := range []emergency.Dispatch{centre, other} {
		err := streets.Add(emergency.Street{Country: "NO", City: "Vik", PostalCodes: []string{"6893"}, Name: "Fjord", Low: 1 + 10*i, High: 9 + 10*i, Dispatch: d})
		if err != nil {
			t.Fatal(err)
		}
	}
	streets.SetDefault("US", emergency.Dispatch{ID: "last-resort"})
	vik := emergency.Address{Country: "NO", City: "Vik", PostalCode: "6893"}
	for _, test := range []struct {
		name    string
		address emergency.Address
		route   emergency.Route
		to      string
		found   emergency.NotFound
	}{
		{"one centre", change(vik, street, "Birch"), emergency.RealRoute, "psap-1", emergency.Found},
		{"the other", change(vik, street, "Cedar"), emergency.RealRoute, "psap-2", emergency.Found},
		{"without a number, two centres", change(vik, street, "Fjord"), emergency.NoRoute, "", emergency.Found},
		{"the number decides", change(vik, street, "Fjord", number, "15"), emergency.RealRoute, "psap-2", emergency.Found},
		{"last resort", change(us(), street, "Baobab"), emergency.DefaultRoute, "last-resort", emergency.Found},
		{"no last resort", change(vik, street, "Baobab"), emergency.NoRoute, "", emergency.AddressNotFound},
		{"a state that addresses do not have", change(vik, street, "Birch", state, "Vestland"), emergency.RealRoute, "psap-1", emergency.Found},
	} {
		answer, err := streets.Validate(context.Background(), test.address)
		if err != nil || answer.Route != test.route || answer.Dispatch.ID != test.to || answer.NotFound != test.found {
			t.Errorf("%s: %+v, %v", test.name, answer, err)
		}
	}
	checked, _ := emergency.Checker{Authority: streets}.Check(context.Background(), change(vik, street, "Birch", state, "Vestland"), noon)
	if checked.Verdict().Status(state) != emergency.Unexpected {
		t.Errorf("a state that was not used is %v", checked.Verdict().Status(state))
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := streets.Validate(gone, us()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// A name that fits more places than anyone can choose among is no address, and
// an address without city and code needs one of them.
func TestAmbiguousPlace(t *testing.T) {
	streets := emergency.NewStreets("hk")
	add := func(from, to int) {
		for i := from; i < to; i++ {
			err := streets.Add(emergency.Street{Country: "HK", State: "Kowloon", City: fmt.Sprint("Estate ", i), Name: "Main", Suffix: "St", Low: 1, High: 9, Dispatch: centre})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	main := emergency.Address{Country: "HK", State: "Kowloon", Street: "Main", StreetSuffix: "St", HouseNumber: "5"}
	check := func(a emergency.Address) string {
		checked, _ := emergency.Checker{Authority: streets}.Check(context.Background(), a, noon)
		return checked.Verdict().String()
	}
	add(0, 1)
	if got := check(main); got != "accepted, updated" {
		t.Errorf("the only one: %s", got)
	}
	add(1, 2)
	if got := check(main); got != "rejected" {
		t.Errorf("one of two: %s", got)
	}
	if got := check(change(main, city, "estate 1")); got != "accepted" {
		t.Errorf("the city said: %s", got)
	}
	add(2, 200)
	if got := check(main); got != "rejected" {
		t.Errorf("one of many: %s", got)
	}
	if got := check(change(main, city, "Estate 199")); got != "accepted" {
		t.Errorf("the city said among many: %s", got)
	}
}

// A postal code that several cities share says enough of the place, and the
// city is not made up.
func TestCodeWithoutCity(t *testing.T) {
	streets := emergency.NewStreets("jp")
	for _, town := range []string{"Minato", "Shibuya"} {
		err := streets.Add(emergency.Street{Country: "JP", State: "13", City: town, PostalCodes: []string{"154-0023"}, Name: "Sakura", Low: 1, High: 9, Dispatch: centre})
		if err != nil {
			t.Fatal(err)
		}
	}
	a := emergency.Address{Country: "JP", State: "13", PostalCode: "154-0023", Street: "Sakura", HouseNumber: "5"}
	checked, _ := emergency.Checker{Authority: streets}.Check(context.Background(), a, noon)
	if checked.Verdict().String() != "accepted" || checked.Address() != a {
		t.Errorf("%v, %v", checked, checked.Verdict().Issues)
	}
}

// What is alike in more places than are looked at is not taken from those that
// are.
func TestTooManyPlaces(t *testing.T) {
	streets := emergency.NewStreets("many")
	for i := range 70 {
		where := "King"
		if i == 69 {
			where = "Mason"
		}
		err := streets.Add(emergency.Street{Country: "US", State: "WA", City: "Fernhill", District: fmt.Sprint("Part ", i), County: where,
			PostalCodes: []string{"98101"}, Name: "Oak", Suffix: "Ave", Dispatch: centre})
		if err != nil {
			t.Fatal(err)
		}
	}
	checked, _ := emergency.Checker{Authority: streets}.Check(context.Background(), us(), noon)
	if checked.Address().County != "" || !errors.Is(checked.Err(), emergency.ErrNoRoute) {
		t.Errorf("%v, county %q", checked, checked.Address().County)
	}
}

func TestAddStreet(t *testing.T) {
	good := emergency.Street{Country: "US", State: "WA", City: "Fernhill", PostalCodes: []string{"98101"}, Name: "Oak", Low: 1, High: 9, Dispatch: centre}
	for _, test := range []struct {
		name   string
		change func(*emergency.Street)
		fields []string
	}{
		{"good", func(*emergency.Street) {}, nil},
		{"no country", func(s *emergency.Street) { s.Country = "" }, []string{"country"}},
		{"country without rules", func(s *emergency.Street) { s.Country = "AQ" }, []string{"country"}},
		{"no name", func(s *emergency.Street) { s.Name = " " }, []string{"street"}},
		{"bad text", func(s *emergency.Street) { s.City = "a\x00"; s.District = "\xff" }, []string{"city", "district"}},
		{"bad alias", func(s *emergency.Street) { s.CityAliases = []string{"a\x00"} }, []string{"city_alias"}},
		{"bad code", func(s *emergency.Street) { s.PostalCodes = []string{"98101", "9810"} }, []string{"postal_code"}},
		{"numbers out of order", func(s *emergency.Street) { s.Low = 10 }, []string{"house_number"}},
		{"negative numbers", func(s *emergency.Street) { s.Low = -1 }, []string{"house_number"}},
		{"enormous numbers", func(s *emergency.Street) { s.High = 1e9 }, []string{"house_number"}},
		{"unknown side", func(s *emergency.Street) { s.Parity = 3 }, []string{"house_number"}},
		{"no centre", func(s *emergency.Street) { s.Dispatch = emergency.Dispatch{Name: "x"} }, []string{"address"}},
		{"several", func(s *emergency.Street) { *s = emergency.Street{} }, []string{"country", "street", "address"}},
	} {
		street := good
		test.change(&street)
		streets := emergency.NewStreets("x")
		err := streets.Add(street)
		var fields []string
		var e *telephony.Error
		if errors.As(err, &e) {
			for _, reason := range e.Reasons {
				fields = append(fields, reason.Field)
			}
		}
		if !slices.Equal(fields, test.fields) || (err == nil) != (test.fields == nil) || err != nil && !errors.Is(err, emergency.ErrStreet) {
			t.Errorf("%s: %v", test.name, err)
		}
		answer, _ := streets.Validate(context.Background(), change(us(), suffix, "", number, "5"))
		if added := answer.NotFound == emergency.Found; added != (err == nil) {
			t.Errorf("%s: added is %v", test.name, added)
		}
	}
}

// Streets are added while addresses are checked: an address is known from the
// moment Add has returned, and stays so.
func TestStreetsConcurrently(t *testing.T) {
	streets := emergency.NewStreets("busy")
	checker := emergency.Checker{Authority: streets}
	var work sync.WaitGroup
	for w := range 4 {
		work.Go(func() {
			for i := range 200 {
				name := "Street" + strings.Repeat("x", w) + decimal(i)
				err := streets.Add(emergency.Street{Country: "US", State: "WA", City: "Fernhill", PostalCodes: []string{"98101"},
					Name: name, Suffix: "Ave", Low: 1, High: 999, Dispatch: centre})
				checked, _ := checker.Check(context.Background(), change(us(), street, name, city, "Fernhlil"), noon)
				if err != nil || checked.Verdict().String() != "accepted, updated" {
					t.Errorf("%v, %v", err, checked)
				}
				streets.SetDefault("US", centre)
			}
		})
	}
	work.Wait()
}
