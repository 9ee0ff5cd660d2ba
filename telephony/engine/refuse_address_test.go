package engine_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// fickle is an authority that knows every address, until it knows none, or does
// not answer.
type fickle struct {
	everywhere
	knows, down bool
}

func (f *fickle) Validate(ctx context.Context, a emergency.Address) (emergency.Answer, error) {
	switch {
	case f.down:
		return emergency.Answer{}, errors.New("no answer")
	case !f.knows:
		return emergency.Answer{NotFound: emergency.AddressNotFound}, nil
	}
	return f.everywhere.Validate(ctx, a)
}

// TestRefusedAddress: an address that was accepted and is refused later keeps its
// numbers, is told of, and takes nothing new until it is accepted again.
func TestRefusedAddress(t *testing.T) {
	authority := &fickle{knows: true}
	s := newScene(t, engine.WithAuthority(authority))
	check := func() emergency.Checked { return s.checked(s.us.Record.Address) }
	refuse := func(id telephony.AddressID, checked emergency.Checked) error {
		_, err := s.org.RecordRefusal(s.ctx, engine.RecordRefusal{Address: id, Checked: checked})
		return err
	}
	if err := refuse(s.us.ID, check()); !errors.Is(err, engine.ErrNoRefusal) {
		t.Errorf("by a verdict that accepts it: %v", err)
	}
	authority.down = true
	if err := refuse(s.us.ID, check()); !errors.Is(err, engine.ErrNoRefusal) {
		t.Errorf("by nobody's verdict: %v", err)
	}
	authority.down, authority.knows = false, false
	early := check()
	s.clock.Add(time.Hour)
	if err := refuse(s.fr.ID, early); !errors.Is(err, engine.ErrVerdictElsewhere) {
		t.Errorf("by a verdict on another address: %v", err)
	}
	s.must(refuse(s.us.ID, early))
	saved, err := s.view().Address(s.us.ID)
	s.must(err)
	if r := saved.Record; r.Status != emergency.Invalid || r.At != begin.Add(visible).UnixNano() || r.Dispatch != s.us.Record.Dispatch {
		t.Errorf("it is kept as %v", r.Status)
	}
	if own, err := s.view().Own("adele.vance"); err != nil || own.Number != s.adeles {
		t.Errorf("Adele has lost her number: %v", err)
	}
	gaps := slices.Collect(s.view().Gaps())
	if len(gaps) != 1 || gaps[0].Kind != engine.GapNotValidated || gaps[0].Person != "adele.vance" || s.view().GapCount().NotValidated != 1 {
		t.Errorf("the gaps are %d", len(gaps))
	}
	for name, err := range map[string]error{
		"assign":          s.tryAssign(s.spare[0], "megan.bowen", s.us.Default),
		"change location": s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.spare[0], Location: s.floor.ID}),
		"replace by it":   s.tryReplace(s.address2().ID, s.us.ID),
	} {
		if !errors.Is(err, telephony.ErrAddressNotValidated) {
			t.Errorf("%s: %v", name, err)
		}
	}
	authority.knows = true
	again := check()
	s.must(func() error {
		_, err := s.org.EditAddress(s.ctx, engine.EditAddress{Address: s.us.ID, Checked: again})
		return err
	}())
	if len(slices.Collect(s.view().Gaps())) != 0 {
		t.Error("there are gaps though it is accepted again")
	}
	authority.knows = false
	if err := refuse(s.us.ID, early); !errors.Is(err, engine.ErrVerdictOlder) {
		t.Errorf("by an older verdict: %v", err)
	}
}

// address2 is a second address in the US, saved when the authority knew it.
func (s *scene) address2() engine.Address {
	s.Helper()
	saved, err := s.org.SaveRecord(s.ctx, s.us.Record)
	s.must(err)
	return saved
}
