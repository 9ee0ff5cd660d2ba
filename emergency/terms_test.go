package emergency_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

func TestCheckTerms(t *testing.T) {
	for _, test := range []struct {
		inForce, acknowledged emergency.TermsVersion
		want                  error
	}{
		{0, 0, nil}, {0, 3, nil}, {1, 1, nil}, {2, 3, nil},
		{1, 0, emergency.ErrTermsNotAcknowledged}, {3, 0, emergency.ErrTermsNotAcknowledged},
		{2, 1, emergency.ErrTermsOutdated}, {1<<32 - 1, 1<<32 - 2, emergency.ErrTermsOutdated},
	} {
		err := emergency.CheckTerms(test.inForce, emergency.Acknowledgement{Version: test.acknowledged, By: "vance@example", At: noon.UnixNano()})
		if test.want == nil && err != nil || !errors.Is(err, test.want) {
			t.Errorf("%d of %d: %v, want %v", test.acknowledged, test.inForce, err, test.want)
			continue
		}
		if err != nil && strings.Contains(err.Error(), "vance") {
			t.Errorf("%v names a person", err)
		}
	}
	var e *telephony.Error
	err := emergency.CheckTerms(2, emergency.Acknowledgement{Version: 1, At: noon.UnixNano()})
	if !errors.As(err, &e) || !e.At.Equal(noon) {
		t.Fatalf("%v does not say when", err)
	}
	if have, _ := e.Figure("acknowledged"); have != 1 {
		t.Errorf("%v does not say which", err)
	}
}

// TestDisclaimer: it warns of the location and of calls from abroad, and names
// the country's numbers.
func TestDisclaimer(t *testing.T) {
	for _, c := range append(emergency.SupportedCountries(), "") {
		text := emergency.Disclaimer(c)
		for _, part := range []string{"location", "another country", "power"} {
			if !strings.Contains(text, part) {
				t.Errorf("%q: %q says nothing of %s", c, text, part)
			}
		}
		for _, n := range emergency.EmergencyNumbers(c) {
			if !strings.Contains(text, n.Digits) {
				t.Errorf("%s: %s is not told", c, n.Digits)
			}
		}
	}
	if text := emergency.Disclaimer("KR"); !strings.Contains(text, "dial 112 (police), or 119 (fire, ambulance).") {
		t.Error(text)
	}
}
