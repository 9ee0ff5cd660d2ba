package engine_test

import (
	"errors"
	"slices"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestFaultInsideACommand: a fault of the engine itself leaves nothing half
// written. The state can be read from then on and is never written again.
func TestFaultInsideACommand(t *testing.T) {
	errFault := errors.New("the fault")
	for name, cause := range map[string]any{"an error": errFault, "a text": "the fault", "a number": 7} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			digest, index := s.eng.Digest(), s.lastIndex()
			err := s.org.Fault(s.ctx, cause)
			if !errors.Is(err, engine.ErrFailed) {
				t.Fatalf("got %v, want %q", err, engine.ErrFailed)
			}
			if cause == errFault && !errors.Is(err, errFault) {
				t.Errorf("%v does not lead to the fault", err)
			}
			if s.eng.Digest() != digest {
				t.Error("the fault left something half written")
			}
			if got := s.lastIndex(); got != index || len(s.entries(index)) != 0 {
				t.Errorf("the fault moved the log from %d to %d", index, got)
			}
			if _, err := s.view().Person("half.written"); !errors.Is(err, engine.ErrUnknownPerson) {
				t.Errorf("a person half written: %v", err)
			}
			s.holds("adele.vance", s.adeles, s.us.Default)
			agrees(t, s.view())
			for what, err := range s.writes() {
				if !errors.Is(err, engine.ErrFailed) {
					t.Errorf("%s after the fault: got %v, want %q", what, err, engine.ErrFailed)
				}
			}
			if s.eng.Digest() != digest {
				t.Error("a write after the fault changed something")
			}
		})
	}
}

// writes makes calls that would succeed on a sound engine.
func (s *scene) writes() map[string]error {
	_, create := s.eng.CreateTenant(s.ctx, engine.TenantSpec{ID: "fabrikam"})
	return map[string]error{
		"create tenant": create,
		"add stock":     s.tryStock(portland, "+15035550100..+15035550109"),
		"buy":           s.tryBuy(licensing.PhoneSystem, 1),
		"reserve":       s.tryReserve(engine.Reserve{Area: seattle, Quantity: 1}),
		"acquire":       s.tryAcquire(engine.Acquire{Reservation: s.held.ID, All: true}),
		"cancel":        s.tryCancel(s.held.ID),
		"assign":        s.tryAssign(s.spare[0], "megan.bowen", s.us.Default),
		"release":       s.org.Release(s.ctx, engine.Release{Numbers: s.spare}),
		"unassign":      s.org.Unassign(s.ctx, engine.Unassign{Person: "adele.vance"}),
		"save address":  s.trySave(offices["US"]),
	}
}

// TestResultsAreTheCallers: what is given out and what was handed in can be
// written to without anything of the engine's changing.
func TestResultsAreTheCallers(t *testing.T) {
	s := newScene(t)
	other := number("+14255550199")
	asked := telephony.NumberList{number("+12125550101"), number("+12125550100")}
	held := s.reserve(s.org, engine.Reserve{Numbers: asked})
	asked[0] = other
	held.Numbers()[0] = other
	chosen := slices.Clone(held.Numbers())
	got, err := s.org.Acquire(s.ctx, engine.Acquire{Reservation: held.ID, Numbers: chosen})
	s.must(err)
	digest := s.eng.Digest()
	chosen[0], got.Numbers[0] = other, other
	v := s.view()
	for p := range v.People(engine.PersonQuery{}) {
		for i := range p.Licences {
			p.Licences[i] = "FAX"
		}
	}
	v.Licences()[0].Bought = 0
	v.Dashboard().Licences[0].Bought = 0
	v.Quota(telephony.UserNumber).Lines[0].Amount = 0
	for r := range v.Reservations(engine.ReservationQuery{}) {
		r.Numbers()[0] = other
	}
	if s.eng.Digest() != digest {
		t.Error("a caller's write changed the state")
	}
	if again, _ := s.view().Reservation(held.ID); !slices.Equal(again.Acquired(), telephony.NumberList{number("+12125550100"), number("+12125550101")}) {
		t.Error("a caller's write changed a reservation")
	}
}

// TestNoAuthority: an engine that was given none accepts no address.
func TestNoAuthority(t *testing.T) {
	w := newWorld(t, engine.WithChecker(emergency.Checker{}))
	checked, err := w.org.CheckAddress(w.ctx, offices["US"])
	w.must(err)
	if _, err := w.org.SaveAddress(w.ctx, checked); !errors.Is(err, telephony.ErrAddressNotValidated) {
		t.Errorf("got %v, want %q", err, telephony.ErrAddressNotValidated)
	}
}
