package emergency_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/emergency"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A world is a few streets with many clashes: few names, few places.
type world struct {
	list    []emergency.Street
	streets *emergency.Streets
}

func anyWorld(t *rapid.T) world {
	w := world{streets: emergency.NewStreets("world")}
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	for i := range rapid.IntRange(1, 12).Draw(t, "streets") {
		s := emergency.Street{Country: "US", State: pick("state", "WA", "OR"),
			City:            pick("city", "Fernhill", "Fernhall", "Ashland", "Rome"),
			PostalCodes:     []string{pick("code", "98101", "98102", "98499")},
			County:          pick("county", "", "King", "Mason"),
			Name:            pick("name", "Oak", "Elm", "5th"),
			Suffix:          pick("suffix", "", "Ave", "St"),
			PostDirectional: pick("directional", "", "", "NE"),
			Low:             rapid.SampledFrom([]int{1, 1, 100}).Draw(t, "low"), High: 200,
			Parity:   rapid.SampledFrom([]emergency.Parity{emergency.BothSides, emergency.OddSide, emergency.EvenSide}).Draw(t, "side"),
			Dispatch: emergency.Dispatch{ID: pick("centre", "north", "south")},
		}
		if i%3 == 0 {
			s.CityAliases = []string{"Old " + s.City}
		}
		if err := w.streets.Add(s); err != nil {
			t.Fatal(err)
		}
		w.list = append(w.list, s)
	}
	return w
}

// anyWritten is an address of the world, or nearly.
func anyWritten(t *rapid.T, w world) emergency.Address {
	s := rapid.SampledFrom(w.list).Draw(t, "street")
	a := emergency.Address{Country: "US", State: s.State, City: s.City, PostalCode: s.PostalCodes[0], Street: s.Name,
		StreetSuffix: s.Suffix, PostDirectional: s.PostDirectional, HouseNumber: fmt.Sprint(rapid.IntRange(1, 220).Draw(t, "number"))}
	for range rapid.IntRange(0, 3).Draw(t, "faults") {
		fault := rapid.SampledFrom([][]any{
			{city, "Fernhil"}, {city, "Rone"}, {city, "Nowhere"}, {city, "Old Fernhill"}, {city, "Ashland"},
			{postal, "98499"}, {postal, "98103"}, {postal, "97201"}, {postal, "98101-0001"},
			{suffix, ""}, {suffix, "Street"}, {suffix, "Rd"}, {street, "Elm"}, {street, "5"}, {street, "Birch"},
			{state, "Oregon"}, {emergency.FieldPostDirectional, "northeast"}, {emergency.FieldPostDirectional, ""},
			{district, "Mill"}, {alias, "Fernhill"}, {county, "King"}, {number, "12B"},
		}).Draw(t, "fault")
		a = change(a, fault...)
	}
	return a
}

func check(t *rapid.T, c emergency.Checker, a emergency.Address) emergency.Checked {
	checked, err := c.Check(context.Background(), a, noon)
	if err != nil {
		t.Fatal(err)
	}
	return checked
}

// What is promised of every verdict: the address returned is accepted again,
// as it is; what is accepted leads to a real dispatch centre; case and spaces
// do not matter; an outage decides nothing.
func TestVerdictPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		checker := emergency.Checker{Authority: w.streets, KeepAsTyped: rapid.Bool().Draw(t, "keep")}
		a := anyWritten(t, w)
		checked := check(t, checker, a)
		checkConsistent(t, checked)

		if checked.IsAccepted() {
			checkedAgain(t, checker, checked)
		}

		for _, writing := range []func(string) string{strings.ToUpper, strings.ToLower, func(s string) string {
			return " \t" + strings.ReplaceAll(s, " ", "  ") + "\n"
		}} {
			other := a
			for _, f := range texts() {
				if v := a.Value(f); v != "" {
					other = other.With(f, writing(v))
				}
			}
			got := check(t, checker, other)
			if got.Verdict().String() != checked.Verdict().String() || got.Dispatch() != checked.Dispatch() ||
				!slices.Equal(got.Verdict().Components, checked.Verdict().Components) {
				t.Fatalf("written otherwise: %v, %v\n%v\n%v", checked, got, checked.Verdict().Issues, got.Verdict().Issues)
			}
		}

		outage := checker
		outage.Authority = &said{err: errors.New("down")}
		if got := check(t, outage, a).Verdict().Outcome; got == emergency.Accepted ||
			got == emergency.Rejected && len(problemsOf(a)) == 0 {
			t.Fatalf("an outage made it %v", got)
		}

		last := checker
		last.Authority = lastResort{w.streets}
		if check(t, last, a).IsAccepted() {
			t.Fatal("accepted by the centre of last resort")
		}
	})
}

// lastResort is an authority that knows the default centre alone.
type lastResort struct{ *emergency.Streets }

func (l lastResort) Validate(ctx context.Context, a emergency.Address) (emergency.Answer, error) {
	answer, err := l.Streets.Validate(ctx, a)
	answer.Route = emergency.DefaultRoute
	return answer, err
}

// sameWords compares as people would; the worlds are plain ASCII.
func sameWords(a, b string) bool { return strings.EqualFold(a, b) }

// fits is a naive reading of whether an address is on a stretch of street, but
// for its place.
func fits(a emergency.Address, s emergency.Street) bool {
	n := 0
	fmt.Sscanf(a.HouseNumber, "%d", &n)
	side := s.Parity == emergency.BothSides || (s.Parity == emergency.OddSide) == (n%2 == 1)
	return a.State == s.State && sameWords(a.Street, s.Name) && sameWords(a.StreetSuffix, s.Suffix) &&
		sameWords(a.PostDirectional, s.PostDirectional) && s.Low <= n && n <= s.High && side
}

func inCity(a emergency.Address, s emergency.Street) bool {
	return sameWords(a.City, s.City) || slices.ContainsFunc(s.CityAliases, func(alias string) bool { return sameWords(a.City, alias) })
}

func inCode(a emergency.Address, s emergency.Street) bool {
	return a.PostalCode[:5] == s.PostalCodes[0]
}

// The verdict against a naive model over the list of streets. Accepted means
// that there is such a street in the city or under the code, and that the
// dispatch centre is that of such a street. An address that is on a street in
// every respect is accepted, unless stretches of it are served by two centres.
func TestVerdictAgainstStreets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		a := anyWritten(t, w)
		checked := check(t, emergency.Checker{Authority: w.streets}, a)
		final := checked.Address()
		if checked.IsAccepted() {
			served := slices.ContainsFunc(w.list, func(s emergency.Street) bool {
				return fits(final, s) && (inCity(final, s) || inCode(final, s)) && s.Dispatch == checked.Dispatch()
			})
			both := slices.ContainsFunc(w.list, func(s emergency.Street) bool {
				return fits(final, s) && inCity(final, s) && inCode(final, s)
			})
			if !served || checked.Verdict().Status(city) == emergency.Confirmed && checked.Verdict().Status(postal) == emergency.Confirmed && !both {
				t.Fatalf("accepted, but there is no such street: %#v", value(final))
			}
			return
		}
		canonical, _ := emergency.Canonical(a)
		if canonical.CityAlias != "" || canonical.District != "" || len(problemsOf(canonical)) > 0 {
			return
		}
		centres := make(map[emergency.Dispatch]bool)
		for _, s := range w.list {
			if street := canonical; fits(change(street, suffix, standardSuffix(street.StreetSuffix), emergency.FieldPostDirectional,
				standardSuffix(street.PostDirectional)), s) && inCity(street, s) && inCode(street, s) {
				centres[s.Dispatch] = true
			}
		}
		if len(centres) == 1 {
			t.Fatalf("refused, but it is on a street: %#v %v", value(canonical), checked.Verdict().Issues)
		}
	})
}

func standardSuffix(s string) string {
	if form, ok := map[string]string{"Street": "St", "northeast": "NE"}[s]; ok {
		return form
	}
	return s
}

// Whatever an authority says, and whatever it is asked, a check comes to an
// end, contradicts itself nowhere and never panics.
func TestAnyAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := rapid.Custom(func(t *rapid.T) emergency.FieldSet { return emergency.FieldSet(rapid.Uint32().Draw(t, "set")) })
		answer := rapid.Custom(func(t *rapid.T) emergency.Answer {
			return emergency.Answer{Confirmed: set.Draw(t, "confirmed"),
				Mismatched: set.Draw(t, "mismatched") & set.Draw(t, "too") & set.Draw(t, "as well"),
				NotFound:   emergency.NotFound(rapid.IntRange(0, 9).Draw(t, "found") / 6),
				Route:      emergency.Route(rapid.IntRange(0, 9).Draw(t, "route")), Dispatch: centre,
				Candidates: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) emergency.Candidate {
					return emergency.Candidate{Field: emergency.Field(rapid.IntRange(0, 30).Draw(t, "field")), Value: rapid.SampledFrom([]string{"Fernhil", "98102", "", "\xff", "Ashland"}).Draw(t, "value")}
				}), 0, 5).Draw(t, "candidates"),
				Complete: anyAddress().Draw(t, "complete"),
			}
		})
		a := rapid.OneOf(rapid.Just(us()), rapid.Just(gb()), anyAddress()).Draw(t, "address")
		authority := &whim{answers: rapid.SliceOfN(answer, 1, 9).Draw(t, "answers"), given: make(map[emergency.Address]emergency.Answer)}
		checker := emergency.Checker{Authority: authority, KeepAsTyped: rapid.Bool().Draw(t, "keep")}
		checked := check(t, checker, a)
		checkConsistent(t, checked)
		if authority.asked > 7 {
			t.Fatalf("asked %d times", authority.asked)
		}
		if canonical, _ := emergency.Canonical(checked.Address()); canonical != checked.Address() {
			t.Fatalf("not canonical: %s", cmp.Diff(value(canonical), value(checked.Address())))
		}
		if !checked.IsAccepted() {
			return
		}
		if len(problemsOf(checked.Address())) > 0 {
			t.Fatalf("accepted, though %v", problemsOf(checked.Address()))
		}
		checkedAgain(t, checker, checked)
	})
}

// A whim is an authority that answers anything, but alike about like addresses:
// the answers in turn, and the last one from then on.
type whim struct {
	answers []emergency.Answer
	given   map[emergency.Address]emergency.Answer
	asked   int
}

func (*whim) Name() string { return "whim" }

func (w *whim) Validate(_ context.Context, a emergency.Address) (emergency.Answer, error) {
	w.asked++
	answer, ok := w.given[a]
	if !ok {
		answer = w.answers[min(len(w.given), len(w.answers)-1)]
		w.given[a] = answer
	}
	return answer, nil
}

// checkedAgain checks that an accepted address is accepted again as it is.
func checkedAgain(t *rapid.T, checker emergency.Checker, checked emergency.Checked) {
	t.Helper()
	again := check(t, checker, checked.Address())
	v := again.Verdict()
	if v.Outcome != emergency.Accepted || v.Updated || again.Address() != checked.Address() || len(v.Changes) > 0 {
		t.Fatalf("checked again: %v, %v, %v\n%s", checked, again, v.Changes, cmp.Diff(value(checked.Address()), value(again.Address())))
	}
	if again.Dispatch() != checked.Dispatch() || v.Partial != checked.Verdict().Partial {
		t.Fatalf("checked again: %v, %v", checked, again)
	}
}
