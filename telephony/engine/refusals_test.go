package engine_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// wrongCall is a call and what is right about how it is refused.
type wrongCall struct {
	name  string
	code  telephony.Code
	given func(s *scene) // what comes before; may be nil
	call  func(s *scene) error
	says  []string // parts of the text: what is wrong, with the figures
	// unlogged says that the call is refused before it becomes a command.
	unlogged bool
	options  []engine.Option
}

// TestRefusals holds every wrong call to the house's rules: it has a cause of
// its own, the text says what is wrong with the figures and discloses nothing,
// nothing changes, and the log tells of it exactly once.
func TestRefusals(t *testing.T) {
	for _, r := range allRefusals() {
		t.Run(r.name, func(t *testing.T) {
			s := newScene(t, r.options...)
			if r.given != nil {
				r.given(s)
			}
			s.checkRefusal(t, r)
		})
	}
}

func (s *scene) checkRefusal(t *testing.T, r wrongCall) {
	before, digest := s.lastIndex(), s.eng.Digest()
	err := r.call(s)
	if !errors.Is(err, r.code) {
		t.Fatalf("got %v, want %q", err, r.code)
	}
	var e *telephony.Error
	if !errors.As(err, &e) || e.Code != r.code {
		t.Errorf("the cause is %v, want %q alone", e, r.code)
	}
	wants(t, err.Error(), r.says...)
	disclosesNothing(t, err.Error())
	if s.eng.Digest() != digest {
		t.Error("a refused call changed something")
	}
	s.allow = func() error { return nil }
	entries := s.entries(before)
	switch {
	case r.unlogged && len(entries) != 0:
		t.Errorf("a call that became no command left entries: %v", entries)
	case !r.unlogged && (len(entries) != 1 || entries[0].Refused != r.code || len(entries[0].Events) != 0):
		t.Errorf("the log has %+v, want one entry refused with %q and no event", entries, r.code)
	}
}

// lastIndex returns the index of the last entry of the log, whoever's it is.
func (s *scene) lastIndex() uint64 {
	v, err := s.org.View(s.ctx)
	s.must(err)
	return v.Index()
}

// disclosesNothing checks that a text holds none of the scene's numbers, people
// and addresses, nor the mass of a request.
func disclosesNothing(t testing.TB, text string) {
	t.Helper()
	for _, secret := range []string{"4255550", "2125550", "2065550", "8005550", "3319900", "vance", "bowen", "robbins",
		"503555", "siciliani", "muller", "nobody.known", "Fiction", "98101", "75001", "east wing"} {
		if strings.Contains(text, secret) {
			t.Errorf("%.300q discloses %q", text, secret)
		}
	}
	if len(text) > 1000 {
		t.Errorf("the text has %d bytes", len(text))
	}
}

func allRefusals() []wrongCall {
	var all []wrongCall
	for _, part := range [][]wrongCall{unknownThings(), wrongQuantities(), wrongHolds(), wrongLicences(),
		wrongAssignments(), wrongDeletions(), wrongAddresses(), wrongForms(), wrongStock(), wrongCallers(),
		wrongKeeping(), wrongServices(), wrongDepartures(), wrongPorts()} {
		all = append(all, part...)
	}
	return all
}
