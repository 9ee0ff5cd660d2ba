package engine_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// What is rehearsed is what comes of it, and the engine hears nothing of it.
func TestRehearsalIsWhatWouldHappen(t *testing.T) {
	s := newScene(t)
	before := s.eng.Digest()
	r, err := s.org.Rehearse(s.ctx)
	s.must(err)
	s.must(r.AssignLicences(s.ctx, engine.LicenceChange{Person: "adele.vance", Remove: []licensing.Product{licensing.DomesticCallingPlan}}))
	err = r.Assign(s.ctx, engine.Assign{Number: s.adeles, Person: "adele.vance", Location: s.us.Default})
	if !errors.Is(err, telephony.ErrNoCallingPlan) {
		t.Errorf("the rehearsal does not know what it did: %v", err)
	}
	s.must(r.Release(s.ctx, engine.Release{Numbers: telephony.NumberList{s.adeles}}))
	var types []engine.EventType
	for event := range r.Changes() {
		types = append(types, event.Type)
	}
	if want := []engine.EventType{engine.LicencesRemoved, engine.NumberUnassigned, engine.NumbersReleased}; !slices.Equal(types, want) {
		t.Errorf("it tells of %v, want %v", types, want)
	}
	if s.eng.Digest() != before {
		t.Error("the engine has changed")
	}
	s.must(s.org.MarkTold(s.ctx, engine.Told{Person: "adele.vance"})) // the engine goes on from where it was
	if n, err := s.view().Number(s.adeles); err != nil || n.Person != "adele.vance" {
		t.Errorf("the number is %v, %v", n.Person, err)
	}
}

// Reservations that a rehearsal makes, and those that the engine makes meanwhile,
// stay apart, though the lists they are added to share memory.
func TestRehearsalAndEngineReserveSideBySide(t *testing.T) {
	s := newScene(t)
	s.hold(seattle, 1) // with the scene's there are three, in a list that has room for a fourth
	s.hold(seattle, 1)
	r, err := s.org.Rehearse(s.ctx)
	s.must(err)
	rehearsed, err := r.Reserve(s.ctx, engine.Reserve{Area: newYork, Quantity: 2})
	s.must(err)
	held := s.hold(seattle, 1)
	v, err := r.View(s.ctx)
	s.must(err)
	if got, err := v.Reservation(rehearsed.ID); err != nil || !slices.Equal(got.Numbers(), rehearsed.Numbers()) {
		t.Errorf("the rehearsal lost what it reserved: %d numbers, %v", len(got.Numbers()), err)
	}
	if got, err := s.view().Reservation(held.ID); err != nil || !slices.Equal(got.Numbers(), held.Numbers()) {
		t.Errorf("the engine lost what it reserved: %d numbers, %v", len(got.Numbers()), err)
	}
}

// Rehearsals of several callers and the engine's own calls go on at once.
func TestRehearsalsAtOnce(t *testing.T) {
	s := newScene(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			r, err := s.org.Rehearse(s.ctx)
			if err != nil {
				t.Error(err)
				return
			}
			for range 10 {
				for _, org := range []*engine.Tenant{r.Tenant, s.org} {
					held, err := org.Reserve(s.ctx, engine.Reserve{Area: newYork, Quantity: 1})
					if err == nil {
						_, err = org.CancelReservation(s.ctx, engine.CancelReservation{Reservation: held.ID})
					}
					if err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
}

func TestRehearsalOfNobody(t *testing.T) {
	s := newScene(t)
	if _, err := s.eng.Tenant("nobody").Rehearse(s.ctx); !errors.Is(err, engine.ErrUnknownTenant) {
		t.Errorf("a tenant that is not there: %v", err)
	}
	s.allow = func() error { return errNoBudget }
	if _, err := s.org.Rehearse(s.ctx); !errors.Is(err, engine.ErrDenied) {
		t.Errorf("denied: %v", err)
	}
	if _, err := s.eng.As("").Rehearse(s.ctx); !errors.Is(err, engine.ErrDenied) {
		t.Errorf("denied to the provider: %v", err)
	}
	s.allow = func() error { return nil }
}
