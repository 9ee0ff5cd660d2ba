package telephony_test

import (
	"encoding/json"
	"slices"
	"testing"

	"example.com/callingplan/telephony"
)

func TestKindNames(t *testing.T) {
	names := map[telephony.Kind]string{telephony.UserNumber: "user", telephony.TollNumber: "service-toll",
		telephony.TollFreeNumber: "service-toll-free"}
	want := []telephony.Kind{telephony.UserNumber, telephony.TollNumber, telephony.TollFreeNumber}
	if got := telephony.Kinds(); !slices.Equal(got, want) {
		t.Errorf("the kinds are %v", got)
	}
	for k, name := range names {
		if k.String() != name || !k.IsValid() {
			t.Errorf("%d is named %s, valid: %v", k, k, k.IsValid())
		}
		parsed, err := telephony.ParseKind(name)
		if err != nil || parsed != k {
			t.Errorf("ParseKind(%q) = %v, %v", name, parsed, err)
		}
		wantCode(t, telephony.CheckKind("kind", k), "")
	}
	for _, name := range []string{"", "User", "USER", "toll", "service", "user ", "invalid kind"} {
		t.Run(name, func(t *testing.T) {
			k, err := telephony.ParseKind(name)
			wantCode(t, err, telephony.ErrKind)
			if k != 0 {
				t.Errorf("gives %v beside its error", k)
			}
		})
	}
	for _, k := range []telephony.Kind{0, 4, 255} {
		if k.IsValid() || k.String() != "invalid kind" {
			t.Errorf("%d is a kind: %s", k, k)
		}
		err := telephony.CheckKind("kind", k)
		wantCode(t, err, telephony.ErrKind)
		if err.(*telephony.Error).Field != "kind" {
			t.Errorf("%v does not name the field", err)
		}
	}
}

func TestKindsIsACopy(t *testing.T) {
	telephony.Kinds()[0] = 0
	if telephony.Kinds()[0] != telephony.UserNumber {
		t.Error("the list itself was handed out")
	}
}

func TestKindText(t *testing.T) {
	for _, k := range append(telephony.Kinds(), 0) {
		b, err := json.Marshal(k)
		if err != nil {
			t.Fatal(err)
		}
		again := telephony.TollNumber
		if err := json.Unmarshal(b, &again); err != nil || again != k {
			t.Errorf("%s is read back as %v, %v", b, again, err)
		}
	}
	if b, err := json.Marshal(telephony.Kind(9)); err == nil {
		t.Errorf("an invalid kind was written as %s", b)
	}
	var k telephony.Kind
	wantCode(t, k.UnmarshalText([]byte("mobile")), telephony.ErrKind)
}
