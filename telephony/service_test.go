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

// answering returns facts that nothing stands against.
func answering() telephony.ServiceAssignmentFacts {
	return telephony.ServiceAssignmentFacts{
		Now:     noon,
		Service: telephony.ServiceFacts{ID: "reception", Kind: telephony.AutoAttendant, UsageLocation: "US"},
		Number: telephony.NumberFacts{Number: telephony.MustParse("+14255550100"),
			Kind: telephony.TollNumber, Country: "US"},
	}
}

func TestNothingStandsAgainstAService(t *testing.T) {
	type facts = telephony.ServiceAssignmentFacts
	for name, change := range map[string]func(*facts){
		"auto attendant":           func(f *facts) {},
		"call queue":               func(f *facts) { f.Service.Kind = telephony.CallQueue },
		"bridge":                   func(f *facts) { f.Service.Kind = telephony.ConferenceBridge },
		"bridge, number abroad":    func(f *facts) { f.Service.Kind, f.Number.Country = telephony.ConferenceBridge, "FR" },
		"bridge without a country": func(f *facts) { f.Service.Kind, f.Service.UsageLocation = telephony.ConferenceBridge, "" },
		"bridge with numbers":      func(f *facts) { f.Service.Kind, f.Service.Current = telephony.ConferenceBridge, f.Number.Number },
		"toll-free with credits":   func(f *facts) { f.Number.Kind, f.Credits = telephony.TollFreeNumber, true },
		"a block that is over":     func(f *facts) { f.Number.Block.Since, f.Number.Block.Until = noon.Add(-1), noon },
	} {
		f := answering()
		change(&f)
		if got := telephony.CheckServiceAssignment(f); got != nil {
			t.Errorf("%s: refused: %v", name, codes(got))
		}
	}
}

func TestEachReasonOfAServiceAlone(t *testing.T) {
	type facts = telephony.ServiceAssignmentFacts
	for want, change := range map[telephony.Code]func(*facts){
		telephony.ErrServiceKind:      func(f *facts) { f.Service.Kind = 0 },
		telephony.ErrNoUsageLocation:  func(f *facts) { f.Service.UsageLocation = "" },
		telephony.ErrServiceHasNumber: func(f *facts) { f.Service.Current = telephony.MustParse("+14255550199") },
		telephony.ErrNotServiceNumber: func(f *facts) { f.Number.Kind = telephony.UserNumber },
		telephony.ErrNumberAssigned:   func(f *facts) { f.Number.Assigned = true },
		telephony.ErrNumberBlocked:    func(f *facts) { f.Number.Block = blocked },
		telephony.ErrNumberCountry:    func(f *facts) { f.Number.Country = "CA" },
		telephony.ErrCreditsNeeded:    func(f *facts) { f.Number.Kind = telephony.TollFreeNumber },
	} {
		f := answering()
		change(&f)
		got := telephony.CheckServiceAssignment(f)
		if !slices.Equal(codes(got), []telephony.Code{want}) {
			t.Errorf("%v, want %s alone", codes(got), want)
			continue
		}
		text := got[0].Error()
		if got[0].Fix == "" || !strings.Contains(text, "reception") && len(got[0].Numbers) == 0 {
			t.Errorf("%s says too little: %s", want, text)
		}
		if strings.Contains(text, "5550") {
			t.Errorf("a number stands in: %s", text)
		}
	}
}

func TestEveryReasonOfAServiceAtOnce(t *testing.T) {
	f := telephony.ServiceAssignmentFacts{Now: noon,
		Service: telephony.ServiceFacts{ID: "queue", Kind: telephony.CallQueue, UsageLocation: "US", Current: telephony.MustParse("+14255550199")},
		Number: telephony.NumberFacts{Number: telephony.MustParse("+448081570000"), Kind: telephony.TollFreeNumber, Country: "GB",
			Assigned: true, Block: blocked}}
	want := []telephony.Code{telephony.ErrServiceHasNumber, telephony.ErrNumberAssigned, telephony.ErrNumberBlocked,
		telephony.ErrNumberCountry, telephony.ErrCreditsNeeded}
	got := telephony.CheckServiceAssignment(f)
	if !slices.Equal(codes(got), want) {
		t.Fatalf("got  %v\nwant %v", codes(got), want)
	}
	for _, code := range want {
		if !errors.Is(telephony.Join(got), code) {
			t.Errorf("the reasons joined do not hold %q", code)
		}
	}
	zero := codes(telephony.CheckServiceAssignment(telephony.ServiceAssignmentFacts{}))
	if want := []telephony.Code{telephony.ErrServiceKind, telephony.ErrNotServiceNumber}; !slices.Equal(zero, want) {
		t.Errorf("zero facts: %v, want %v", zero, want)
	}
}

// serviceRules says what stands against a service, a line a reason, apart from
// the code and in the documented order.
func serviceRules(f telephony.ServiceAssignmentFacts) (broken []telephony.Code) {
	kind := f.Service.Kind.String()
	account := kind == "auto-attendant" || kind == "call-queue"
	number := f.Number.Kind.String()
	for _, rule := range []struct {
		code   telephony.Code
		broken bool
	}{
		{"service_kind_invalid", !account && kind != "conference-bridge"},
		{"no_usage_location", account && f.Service.UsageLocation == ""},
		{"service_has_number", account && f.Service.Current != telephony.Number{}},
		{"not_a_service_number", !strings.HasPrefix(number, "service")},
		{"number_assigned", f.Number.Assigned},
		{"number_blocked", f.Number.Block != telephony.AssignmentBlock{}},
		{"number_in_other_country", account && f.Service.UsageLocation != "" && f.Service.UsageLocation != f.Number.Country},
		{"communications_credits_needed", number == "service-toll-free" && !f.Credits},
	} {
		if rule.broken {
			broken = append(broken, rule.code)
		}
	}
	return broken
}

func TestServiceAssignmentAgreesWithRules(t *testing.T) {
	countries := rapid.SampledFrom([]telephony.Country{"US", "US", "US", "CA", ""})
	rarely := rapid.SampledFrom([]bool{false, false, false, true})
	rapid.Check(t, func(t *rapid.T) {
		f := telephony.ServiceAssignmentFacts{Now: noon, Credits: rapid.Bool().Draw(t, "credits"),
			Service: telephony.ServiceFacts{ID: "s", Kind: telephony.ServiceKind(rapid.IntRange(0, 4).Draw(t, "service")),
				UsageLocation: countries.Draw(t, "usage location")},
			Number: telephony.NumberFacts{Number: numbers().Draw(t, "number"),
				Kind:     telephony.Kind(rapid.IntRange(0, 4).Draw(t, "kind")),
				Country:  countries.Draw(t, "number's country"),
				Assigned: rarely.Draw(t, "assigned")}}
		if rarely.Draw(t, "has a number") {
			f.Service.Current = numbers().Draw(t, "current")
		}
		if rarely.Draw(t, "blocked") {
			f.Number.Block = blocked
		}
		if got, want := codes(telephony.CheckServiceAssignment(f)), serviceRules(f); !slices.Equal(got, want) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	})
}

func TestServiceKindAssigned(t *testing.T) {
	for kind, want := range map[telephony.ServiceKind]telephony.NumberState{
		0: 0, telephony.ConferenceBridge: telephony.ConferenceAssigned, 9: 0,
		telephony.AutoAttendant: telephony.VoiceApplicationAssigned, telephony.CallQueue: telephony.VoiceApplicationAssigned,
	} {
		if got := kind.Assigned(); got != want {
			t.Errorf("a number of a %v is %v, want %v", kind, got, want)
		}
		if got := kind.IsResourceAccount(); got != (want == telephony.VoiceApplicationAssigned) {
			t.Errorf("%v is a resource account: %v", kind, got)
		}
	}
}

func TestAssignmentBlock(t *testing.T) {
	n := telephony.MustParse("+14255550100")
	for days, want := range map[int]telephony.Code{-1: telephony.ErrBlockedDays, 0: telephony.ErrBlockedDays, 1: "", 2: "", 364: "",
		365: "", 366: telephony.ErrBlockedDays, 1 << 40: telephony.ErrBlockedDays} {
		b, err := telephony.BlockFor(noon, days, "")
		wantCode(t, err, want)
		if want != "" {
			if b != (telephony.AssignmentBlock{}) {
				t.Errorf("%d days: a block beside the error: %v", days, b)
			}
			continue
		}
		end := noon.Add(time.Duration(days) * 86400 * time.Second)
		for at, in := range map[time.Time]bool{noon.Add(-1): false, noon: true, noon.Add(1): true,
			end.Add(-1): true, end: false, end.Add(1): false} {
			err := b.Check(at, n)
			if b.InForce(at) != in || errors.Is(err, telephony.ErrNumberBlocked) != in {
				t.Errorf("%d days: in force at %v: %v, %v", days, at, b.InForce(at), err)
			}
			if e := (*telephony.Error)(nil); errors.As(err, &e) && !e.At.Equal(end) {
				t.Errorf("%d days: said to end at %v", days, e.At)
			}
		}
	}
	b, err := telephony.BlockForever(noon, "kept for the new office")
	if err != nil || b.Reason != "kept for the new office" || !b.InForce(noon.AddDate(200, 0, 0)) || b.InForce(noon.Add(-1)) {
		t.Errorf("for ever: %v, %v", b, err)
	}
	var e *telephony.Error
	if err := b.Check(noon, n); !errors.As(err, &e) || !e.At.IsZero() || e.Numbers[0] != n {
		t.Errorf("for ever: %v", err)
	}
	if none := (telephony.AssignmentBlock{}); none.InForce(noon) || none.InForce(time.Time{}) || none.Check(noon, n) != nil {
		t.Error("the zero block blocks")
	}
	_, err = telephony.BlockForever(noon, strings.Repeat("x", 257))
	wantCode(t, err, telephony.ErrText)
	_, err = telephony.BlockFor(noon, 1, "a\nb")
	wantCode(t, err, telephony.ErrText)
}
