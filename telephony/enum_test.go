package telephony_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
)

// words holds a type of few values to its words: what is written is read back,
// none is empty text, and nothing else is either.
func words[T interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
	IsValid() bool
}, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, all []T, parse func(string) (T, error), code telephony.Code, want ...string) {
	t.Helper()
	if len(all) != len(want) {
		t.Fatalf("%d values, want %d", len(all), len(want))
	}
	for i, v := range all {
		if v != T(i+1) || !v.IsValid() || v.String() != want[i] {
			t.Errorf("value %d is %d, %q, valid: %v; want %q", i+1, v, v, v.IsValid(), want[i])
		}
		if parsed, err := parse(want[i]); err != nil || parsed != v {
			t.Errorf("%q is read as %v, %v", want[i], parsed, err)
		}
	}
	for _, v := range append(slices.Clone(all), 0) {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		again := T(1)
		if err := json.Unmarshal(b, P(&again)); err != nil || again != v {
			t.Errorf("%s is read back as %v, %v", b, again, err)
		}
	}
	for _, v := range []T{0, T(len(all) + 1), 255} {
		if v.IsValid() || slices.Contains(want, v.String()) {
			t.Errorf("%d is one of them: %s", v, v)
		}
		if v == 0 {
			continue
		}
		if b, err := v.MarshalText(); !errors.Is(err, code) {
			t.Errorf("%d was written as %s, %v", v, b, err)
		}
	}
	for _, text := range []string{"", " ", want[0] + " ", strings.ToUpper(want[0]), T(0).String(), "0"} {
		got, err := parse(text)
		wantCode(t, err, code)
		if got != 0 {
			t.Errorf("%q gives %v beside its error", text, got)
		}
	}
	all[0] = 0
	if v, err := parse(want[0]); err != nil || v != 1 {
		t.Error("the list itself was handed out")
	}
}

func TestWords(t *testing.T) {
	t.Run("kinds", func(t *testing.T) {
		words(t, telephony.Kinds(), telephony.ParseKind, telephony.ErrKind, "user", "service-toll", "service-toll-free")
	})
	t.Run("states of numbers", func(t *testing.T) {
		words(t, telephony.NumberStates(), telephony.ParseNumberState, telephony.ErrNumberState,
			"unassigned", "user-assigned", "conference-assigned", "voice-application-assigned")
	})
	t.Run("kinds of services", func(t *testing.T) {
		words(t, telephony.ServiceKinds(), telephony.ParseServiceKind, telephony.ErrServiceKind,
			"conference-bridge", "auto-attendant", "call-queue")
	})
	t.Run("states of activation", func(t *testing.T) {
		words(t, telephony.ActivationStates(), telephony.ParseActivationState, telephony.ErrActivationState,
			"activated", "assignment-pending", "assignment-failed", "update-pending", "update-failed")
	})
	t.Run("steps of activation", func(t *testing.T) {
		words(t, telephony.ActivationSteps(), telephony.ParseActivationStep, telephony.ErrActivationStep,
			"ask-assignment", "ask-update", "withdraw-assignment", "carrier-confirms", "carrier-refuses")
	})
}

func TestAnEnumerationNamesTheField(t *testing.T) {
	for _, err := range []error{
		telephony.CheckKind("field", 0), telephony.CheckNumberState("field", 9),
		telephony.CheckServiceKind("field", 0), telephony.CheckActivationState("field", 9),
	} {
		if e := (*telephony.Error)(nil); !errors.As(err, &e) || e.Field != "field" || e.Fix == "" {
			t.Errorf("%v", err)
		}
	}
	if err := errors.Join(telephony.CheckKind("", 1), telephony.CheckNumberState("", 4),
		telephony.CheckServiceKind("", 3), telephony.CheckActivationState("", 5)); err != nil {
		t.Error(err)
	}
}

func TestNumberStateIsAssigned(t *testing.T) {
	for state, want := range map[telephony.NumberState]bool{0: false, telephony.Unassigned: false, telephony.UserAssigned: true,
		telephony.ConferenceAssigned: true, telephony.VoiceApplicationAssigned: true, 5: false} {
		if state.IsAssigned() != want {
			t.Errorf("%v is assigned: %v", state, !want)
		}
	}
}
