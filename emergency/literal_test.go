package emergency_test

import (
	"context"
	"testing"

	"example.com/callingplan/emergency"

	"pgregory.net/rapid"
)

// A literal authority knows one address and compares to the letter: "North" is
// not "N". A field fits or not, whatever the others are.
type literal struct {
	known   emergency.Address
	checked emergency.FieldSet                        // the fields it compares
	offered map[emergency.Field][]string              // for fields that do not fit
	more    func(emergency.Address) emergency.Address // what it offers to fill in, from what it knows
}

func (literal) Name() string { return "literal" }

func (l literal) Validate(_ context.Context, a emergency.Address) (emergency.Answer, error) {
	answer := emergency.Answer{Route: emergency.RealRoute, Dispatch: centre, Complete: l.known}
	if l.more != nil {
		answer.Complete = l.more(l.known)
	}
	for f := range l.checked.All() {
		switch a.Value(f) {
		case "":
		case l.known.Value(f):
			answer.Confirmed = answer.Confirmed.With(f)
		default:
			answer.Mismatched = answer.Mismatched.With(f)
			answer = offering(answer, f, l.offered[f]...)
		}
	}
	return answer, nil
}

// What an authority knows is filled in only where it accepts the address with it:
// a server that has "North" where the address would have "N" has it no more.
func TestFilledFieldsAreAskedAbout(t *testing.T) {
	preDirectional, postDirectional := emergency.FieldPreDirectional, emergency.FieldPostDirectional
	all := emergency.FieldsOf(append(texts(), emergency.FieldPosition)...)
	spelt := func(f emergency.Field, v string) func(emergency.Address) emergency.Address {
		return func(a emergency.Address) emergency.Address { return a.With(f, v) }
	}
	for _, test := range []struct {
		name  string
		known emergency.Address
		more  func(emergency.Address) emergency.Address
		typed emergency.Address
		want  string
		field emergency.Field
		value string
	}{
		{"a county that fits", change(us(), county, "King"), nil, us(), "accepted, updated", county, "King"},
		{"a direction spelt out", change(us(), preDirectional, "North"), nil, us(), "accepted", preDirectional, ""},
		{"a suffix spelt out", change(us(), suffix, "Avenue"), nil, change(us(), suffix, ""), "accepted", suffix, ""},
		{"one that fits and one spelt out", change(us(), postDirectional, "Northeast", county, "King"), nil, us(), "accepted", county, ""},
		{"an alias it offers and would not take", us(), spelt(alias, "Old Fernhill"), us(), "accepted", alias, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			checker := emergency.Checker{Authority: literal{known: test.known, checked: all, more: test.more}}
			checked, err := checker.Check(context.Background(), test.typed, noon)
			if err != nil || checked.Verdict().String() != test.want || checked.Address().Value(test.field) != test.value {
				t.Fatalf("%v, %v %q, %v", checked, test.field, checked.Address().Value(test.field), err)
			}
			checkConsistent(t, checked)
			again, err := checker.Check(context.Background(), checked.Address(), noon)
			if err != nil || !again.IsAccepted() || again.Verdict().Updated || again.Address() != checked.Address() {
				t.Errorf("checked again: %v, %v", again, err)
			}
		})
	}
}

// An accepted address is accepted again, as it is, by an authority that compares
// to the letter, whatever its spelling, whatever it checks and whatever it offers.
func TestVerdictOfALiteralAuthority(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.Just(us()), rapid.Just(gb())).Draw(t, "address")
		fields := append(texts(), emergency.FieldPosition)
		for range rapid.IntRange(0, 3).Draw(t, "faults") {
			typed = typed.With(rapid.SampledFrom(texts()[1:]).Draw(t, "field"), word().Draw(t, "value"))
		}
		l := literal{known: typed, offered: make(map[emergency.Field][]string)}
		for _, f := range texts()[1:] {
			if rapid.IntRange(0, 5).Draw(t, "known otherwise") == 0 {
				l.known = l.known.With(f, word().Draw(t, "known"))
			}
		}
		if rapid.Bool().Draw(t, "canonical") {
			l.known, _ = emergency.Canonical(l.known)
		}
		for _, f := range fields {
			if rapid.IntRange(0, 3).Draw(t, "checks") > 0 {
				l.checked = l.checked.With(f)
			}
			l.offered[f] = append(rapid.SliceOfN(word(), 0, 2).Draw(t, "offered"), l.known.Value(f))
		}
		checker := emergency.Checker{Authority: l, KeepAsTyped: rapid.IntRange(0, 4).Draw(t, "keep") == 0}
		checked := check(t, checker, typed)
		checkConsistent(t, checked)
		if checked.IsAccepted() {
			checkedAgain(t, checker, checked)
		}
	})
}

// word is a value that means something in some field, in several spellings.
func word() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "North", "N", "Avenue", "Ave", "Oak", "oak", "5", "5th", "Fernhill", "Fernhlil", "FERNHILL",
		"98101", "981010001", "98102", "EC1Y 8SY", "ec1y8sy", "WA", "Washington", "12", "12A", "12 A", "N6W23001", "+1 425 555 0100", "King", "Highway", "Bücher", "  Oak  Lane "})
}
