package engine_test

import (
	"errors"
	"fmt"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestFreeOrphansIsBounded: one call frees so many and says how many are left.
func TestFreeOrphansIsBounded(t *testing.T) {
	const people = engine.MaxFreed + 3
	limits := reservation.Limits{Open: 10, Held: 10_000, PerRequest: 5_000}
	w := newWorld(t, engine.WithLimits(limits))
	w.buy(w.org, licensing.PhoneSystem, people)
	w.buy(w.org, licensing.DomesticCallingPlan, people)
	area := telephony.Area{Country: "ZZ", City: "Fiction"}
	w.stock(area, telephony.UserNumber, "+999100200000..+999100205999")
	address, err := w.org.SaveRecord(w.ctx, simRecord("ZZ"))
	w.must(err)
	for i, n := range w.acquire(engine.Reserve{Area: area, Quantity: people}, address.Default) {
		p := telephony.PersonID(fmt.Sprint("p", i))
		w.person(p, "ZZ")
		w.must(w.org.Assign(w.ctx, engine.Assign{Number: n, Person: p}))
		w.must(w.org.MarkVanished(w.ctx, engine.Vanished{Person: p}))
	}
	if d := w.view().Dashboard(); d.Vanished != people || d.Orphans != people {
		t.Errorf("the dashboard is %+v", d)
	}
	freed, err := w.org.FreeOrphans(w.ctx, engine.FreeOrphans{All: true, Leave: engine.KeepNumbers})
	if err != nil || len(freed.Numbers) != engine.MaxFreed || freed.Left != 3 {
		t.Errorf("%d are free and %d left, %v", len(freed.Numbers), freed.Left, err)
	}
	freed, err = w.org.FreeOrphans(w.ctx, engine.FreeOrphans{All: true, Leave: engine.ReleaseNumbers})
	if err != nil || len(freed.Numbers) != 3 || freed.Left != 0 {
		t.Errorf("%d are free and %d left, %v", len(freed.Numbers), freed.Left, err)
	}
	if d := w.view().Dashboard(); d.Vanished != people || d.Orphans != 0 || d.Numbers[0].Acquired != engine.MaxFreed || d.Numbers[0].Assigned != 0 {
		t.Errorf("the dashboard is %+v", d)
	}
}

// TestRemovePersonGivesLicencesBack, and a number as is said.
func TestRemovePersonGivesLicencesBack(t *testing.T) {
	for leave, kept := range map[engine.Leave]bool{engine.KeepNumbers: true, engine.ReleaseNumbers: false} {
		s := newScene(t)
		assigned := func() (n int64) {
			for _, h := range s.view().Licences() {
				n += h.Assigned
			}
			return n
		}
		before := assigned()
		s.must(s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: "adele.vance", Leave: leave}))
		if got := assigned(); got != before-2 {
			t.Errorf("%d licences are assigned, want %d", got, before-2)
		}
		got, err := s.view().Number(s.adeles)
		switch {
		case kept && (err != nil || got.State != telephony.Unassigned || got.Location != ""):
			t.Errorf("a number that was to be kept: %+v, %v", got, err)
		case !kept && !errors.Is(err, engine.ErrUnknownNumber):
			t.Errorf("a number that was to be released: %+v, %v", got, err)
		}
		s.person("adele.vance", "US") // again
	}
}

// TestVanishedPersonsPreview: a preview says what the change would: that somebody
// who is gone gets no licence, and that all stays as it is.
func TestVanishedPersonsPreview(t *testing.T) {
	s := newScene(t)
	s.buy(s.org, licensing.AudioConferencing, 1)
	s.must(s.org.MarkVanished(s.ctx, engine.Vanished{Person: "adele.vance"}))
	change := engine.LicenceChange{Person: "adele.vance", Add: []licensing.Product{licensing.AudioConferencing}, Remove: []licensing.Product{licensing.DomesticCallingPlan}}
	got, err := s.view().PreviewLicences(change)
	s.must(err)
	if len(got.Refused) != 1 || got.Refused[0].Code != engine.ErrPersonVanished || got.Number == nil || got.Number.Fate != licensing.NumberStays {
		t.Errorf("the preview is %+v", got)
	}
	for _, change := range got.Licences {
		if change.Before != change.After {
			t.Errorf("%s: %+v, and nothing can change", change.Name, change)
		}
	}
}
