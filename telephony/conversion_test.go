package telephony_test

import (
	"encoding/json"
	"slices"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

var noRoom = &telephony.Error{Code: "quota_exceeded", Detail: "the licences do not give so many", Fix: "buy licences"}

// The whole table: from the kind of the row to that of the column, none first.
var kindToKind = [5][5]telephony.Code{
	{telephony.ErrKind, telephony.ErrKind, telephony.ErrKind, telephony.ErrKind, telephony.ErrKind},
	{telephony.ErrKind, telephony.ErrKindUnchanged, "", telephony.ErrTollFreeByNumber, telephony.ErrKind},
	{telephony.ErrKind, "", telephony.ErrKindUnchanged, telephony.ErrTollFreeByNumber, telephony.ErrKind},
	{telephony.ErrKind, telephony.ErrTollFreeForever, telephony.ErrTollFreeByNumber, telephony.ErrKindUnchanged, telephony.ErrKind},
	{telephony.ErrKind, telephony.ErrKind, telephony.ErrKind, telephony.ErrKind, telephony.ErrKind},
}

func TestEveryCellOfConversion(t *testing.T) {
	for from, row := range kindToKind {
		for to, want := range row {
			for _, assigned := range []bool{false, true} {
				for _, quota := range []*telephony.Error{nil, noRoom} {
					f := telephony.ConversionFacts{To: telephony.Kind(to), Quota: quota, Number: telephony.NumberFacts{
						Number: telephony.MustParse("+14255550100"), Kind: telephony.Kind(from), Assigned: assigned, Block: blocked}}
					var all []telephony.Code
					if want != "" {
						all = append(all, want)
					}
					if assigned && want != telephony.ErrKind && want != telephony.ErrKindUnchanged {
						all = append(all, telephony.ErrNumberAssigned)
					}
					if quota != nil && want == "" {
						all = append(all, quota.Code)
					}
					got := telephony.CheckConversion(f)
					if !slices.Equal(codes(got), all) {
						t.Errorf("%d to %d, assigned %v, %v: %v, want %v", from, to, assigned, quota, codes(got), all)
					}
					for _, reason := range got {
						if reason.Fix == "" || reason != quota && reason.Numbers[0] != f.Number.Number {
							t.Errorf("%v says too little", reason)
						}
					}
				}
			}
		}
	}
}

// What a number of a kind is said to be good for is what the rules of assignment
// let it be used for.
func TestCapabilitiesAreWhatCanBeDone(t *testing.T) {
	for _, k := range telephony.Kinds() {
		person := assignable()
		person.Number.Kind = k
		got := telephony.AcquiredCapabilities(k)
		if got.Has(telephony.UserAssignment) != (telephony.CheckAssignment(person) == nil) {
			t.Errorf("%v goes to a person, and is said to have %v", k, got)
		}
		for _, s := range telephony.ServiceKinds() {
			service := answering()
			service.Service.Kind, service.Number.Kind, service.Credits = s, k, true
			want := telephony.VoiceApplicationAssignment
			if s == telephony.ConferenceBridge {
				want = telephony.ConferenceAssignment
			}
			if got.Has(want) != (telephony.CheckServiceAssignment(service) == nil) {
				t.Errorf("%v goes to a %v, and is said to have %v", k, s, got)
			}
		}
		available := got
		for _, to := range telephony.Kinds() {
			if kindToKind[k][to] == "" {
				available |= telephony.AcquiredCapabilities(to)
			}
		}
		if all := telephony.AvailableCapabilities(k); all != available {
			t.Errorf("%v could have %v, want %v", k, all, available)
		}
	}
	if telephony.AcquiredCapabilities(0)|telephony.AvailableCapabilities(9) != 0 {
		t.Error("no kind is good for something")
	}
}

func TestCapabilityNames(t *testing.T) {
	for c, want := range map[telephony.Capability]string{
		0: "", telephony.UserAssignment: "UserAssignment",
		telephony.UserAssignment | telephony.ConferenceAssignment | telephony.VoiceApplicationAssignment: "ConferenceAssignment, VoiceApplicationAssignment, UserAssignment",
		telephony.TeamsPhoneMobile: "TeamsPhoneMobile",
	} {
		if got := c.String(); got != want {
			t.Errorf("%d is written %q, want %q", uint8(c), got, want)
		}
	}
	for _, names := range [][]string{{"userAssignment"}, {"UserAssignment", ""}, {"UserAssignment", "UserAssignment "}} {
		c, err := telephony.ParseCapabilities(names...)
		wantCode(t, err, telephony.ErrCapability)
		if place, _ := err.(*telephony.Error).Figure("place"); place != int64(len(names)) || c != 0 {
			t.Errorf("%q: %v, %v", names, c, err)
		}
	}
	if c, err := telephony.ParseCapabilities(); c != 0 || err != nil {
		t.Errorf("no names are read as %v, %v", c, err)
	}
	if b, err := telephony.Capability(16).MarshalText(); err == nil {
		t.Errorf("a capability without a name is written as %q", b)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := telephony.Capability(rapid.IntRange(0, 15).Draw(t, "set"))
		names := c.Names()
		if len(names) > 0 {
			names = append(names, rapid.SampledFrom(names).Draw(t, "twice"))
		}
		if got, err := telephony.ParseCapabilities(names...); err != nil || got != c || !c.IsValid() {
			t.Fatalf("%v is read as %v, %v", names, got, err)
		}
		b, err := json.Marshal(c)
		again := telephony.UserAssignment
		if err != nil || json.Unmarshal(b, &again) != nil || again != c {
			t.Fatalf("%s is read back as %v, %v", b, again, err)
		}
	})
}

func FuzzParseCapabilities(f *testing.F) {
	for _, s := range []string{"", "UserAssignment", "UserAssignment, ConferenceAssignment", "TeamsPhoneMobile, ", "userassignment", ", ,"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var c, again telephony.Capability
		if c.UnmarshalText([]byte(s)) != nil {
			if c != 0 {
				t.Fatalf("%q gives %v beside its error", s, c)
			}
			return
		}
		if b, err := c.MarshalText(); err != nil || again.UnmarshalText(b) != nil || again != c {
			t.Fatalf("%q is read as %v and then %v, %v", s, c, again, err)
		}
	})
}
