package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

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

// TestGivenBackWithAPerson: the number of somebody who goes rests as long as is set
// for the line that it was used on.
func TestGivenBackWithAPerson(t *testing.T) {
	const home, office = 80 * 24 * time.Hour, 60 * 24 * time.Hour
	for name, give := range map[string]func(*scene, reservation.Line) error{
		"removed": func(s *scene, line reservation.Line) error {
			return s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: "adele.vance", Leave: engine.ReleaseNumbers, Line: line})
		},
		"freed": func(s *scene, line reservation.Line) error {
			s.must(s.org.MarkVanished(s.ctx, engine.Vanished{Person: "adele.vance"}))
			_, err := s.org.FreeOrphans(s.ctx, engine.FreeOrphans{All: true, Leave: engine.ReleaseNumbers, Line: line})
			return err
		},
	} {
		for line, want := range map[reservation.Line]time.Duration{0: office, reservation.Business: office, reservation.Residential: home} {
			s := newScene(t, engine.WithQuarantineOf(reservation.Residential, 1, home), engine.WithQuarantineOf(reservation.Business, 1, office))
			s.must(give(s, line))
			rests := slices.Collect(s.view().Resting())
			if len(rests) != 1 || rests[0].Number != s.adeles || rests[0].Left != want {
				t.Errorf("%s of %v: %v rest, want %v left", name, line, len(rests), want)
			}
		}
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
