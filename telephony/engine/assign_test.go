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

func codesOf(reasons []*telephony.Error) (codes []telephony.Code) {
	for _, r := range reasons {
		codes = append(codes, r.Code)
	}
	return codes
}

// TestDryRunAgrees asks, for every person, number and location there is and for
// some that there is not, what stands in the way, and then tries: the attempt is
// refused with the same causes in the same order, or succeeds if there are none.
func TestDryRunAgrees(t *testing.T) {
	probe := newScene(t)
	people := []telephony.PersonID{"adele.vance", "megan.bowen", "lynne.robbins", "diego.siciliani", "henri.muller", "nobody.known", "not an id"}
	numbers := []telephony.Number{probe.adeles, probe.spare[0], probe.french[0], probe.toll[0], number("+14255550199"), {}}
	places := []telephony.LocationID{"", probe.us.Default, probe.floor.ID, probe.fr.Default, "l-none", "not an id"}
	succeeded := 0
	for _, p := range people {
		for _, n := range numbers {
			for _, l := range places {
				a := engine.Assign{Person: p, Number: n, Location: l}
				want := codesOf(probe.view().CheckAssign(a))
				s := newScene(t)
				err := s.org.Assign(s.ctx, a)
				if got := codesOf(reasonsOf(err)); !slices.Equal(got, want) {
					t.Errorf("%s, %s, %q: the dry run has %q, the attempt %q", p, n, l, want, got)
				}
				if err == nil {
					succeeded++
				}
			}
		}
	}
	// Megan at two places in the US, Henri at the French one by name and by the number's own.
	if succeeded != 4 {
		t.Errorf("%d attempts succeeded, want 4", succeeded)
	}
}

// reasonsOf takes an error apart into all that it names.
func reasonsOf(err error) []*telephony.Error {
	var e *telephony.Error
	switch {
	case !errors.As(err, &e):
		return nil
	case len(e.Reasons) > 0:
		return e.Reasons
	}
	return []*telephony.Error{e}
}

// TestDryRunListsEverything: somebody who lacks everything is told everything.
func TestDryRunListsEverything(t *testing.T) {
	s := newScene(t, engine.WithVisibleAfter(visible))
	s.must(s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "isaiah", OnPremisesNumber: true}))
	got := codesOf(s.view().CheckAssign(engine.Assign{Person: "isaiah", Number: s.toll[0]}))
	want := []telephony.Code{telephony.ErrPersonNotVisible, telephony.ErrNoUsageLocation, telephony.ErrNoPhoneSystem,
		telephony.ErrNoCallingPlan, telephony.ErrOnPremisesNumber, telephony.ErrNotUserNumber, telephony.ErrNumberHasNoOwnAddress}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// holds checks who has a number, and where.
func (w *world) holds(p telephony.PersonID, n telephony.Number, at telephony.LocationID) {
	w.Helper()
	v := w.view()
	person, err := v.Person(p)
	w.must(err)
	if person.Number != n || person.Voice != n.IsValid() || n.IsValid() && person.Location != at {
		w.Errorf("%s has %s at %q, voice %t; want %s at %q", p, person.Number, person.Location, person.Voice, n, at)
	}
	if !n.IsValid() {
		return
	}
	row, err := v.Number(n)
	w.must(err)
	if row.Person != p || row.State != telephony.UserAssigned || row.Location != at {
		w.Errorf("%s is %s, of %q at %q", n, row.State, row.Person, row.Location)
	}
}

// idle checks that nobody has a number, and what location it has.
func (w *world) idle(n telephony.Number, at telephony.LocationID) {
	w.Helper()
	row, err := w.view().Number(n)
	w.must(err)
	if row.Person != "" || row.State != telephony.Unassigned || row.Location != at {
		w.Errorf("%s is %s, of %q at %q; want it idle at %q", n, row.State, row.Person, row.Location, at)
	}
}

func TestChangeNumber(t *testing.T) {
	s := newScene(t)
	s.must(s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.spare[0]}))
	s.holds("adele.vance", s.spare[0], s.us.Default) // stays where she is
	s.idle(s.adeles, "")
	s.must(s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.adeles, Location: s.floor.ID}))
	s.holds("adele.vance", s.adeles, s.floor.ID)
	s.idle(s.spare[0], "")
}

// TestChangeNumberIsAtomic: a change that cannot be made leaves the person with
// the number there was; one that can is one entry of the log.
func TestChangeNumberIsAtomic(t *testing.T) {
	s := newScene(t)
	if err := s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.toll[0]}); !errors.Is(err, telephony.ErrNotUserNumber) {
		t.Errorf("got %v", err)
	}
	s.holds("adele.vance", s.adeles, s.us.Default)
	before := s.lastIndex()
	s.must(s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.spare[0]}))
	entries := s.entries(before)
	if len(entries) != 1 || len(entries[0].Events) != 2 || entries[0].Events[0].Type != engine.NumberUnassigned ||
		entries[0].Events[1].Type != engine.NumberAssigned {
		t.Errorf("the log has %+v, want one entry with an unassignment and an assignment", entries)
	}
}

// TestNobodyIsWithoutANumberMeanwhile: a view from before a change still has the
// number there was.
func TestNobodyIsWithoutANumberMeanwhile(t *testing.T) {
	s := newScene(t)
	before := s.view()
	s.must(s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.spare[0]}))
	p, err := before.Person("adele.vance")
	s.must(err)
	if p.Number != s.adeles {
		t.Errorf("the earlier view has %s, want %s", p.Number, s.adeles)
	}
}

func TestChangeLocation(t *testing.T) {
	s := newScene(t)
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.adeles, Location: s.floor.ID}))
	s.holds("adele.vance", s.adeles, s.floor.ID)
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.spare[0], Location: s.floor.ID}))
	s.idle(s.spare[0], s.floor.ID)
	l, err := s.view().Location(s.floor.ID)
	s.must(err)
	if l.Numbers != 2 || l.Assigned != 1 {
		t.Errorf("the floor has %d numbers, %d assigned; want 2 and 1", l.Numbers, l.Assigned)
	}
	before := s.eng.Digest()
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.adeles, Location: s.floor.ID}))
	if s.eng.Digest() != before {
		t.Error("a move to where the number is changed something")
	}
}

// TestUnassign: in the US the location goes with the assignment, so that an idle
// number pins no address; in France it was given with the number and stays.
func TestUnassign(t *testing.T) {
	s := newScene(t)
	s.must(s.org.Assign(s.ctx, engine.Assign{Person: "henri.muller", Number: s.french[0]}))
	s.holds("henri.muller", s.french[0], s.fr.Default)
	for _, p := range []telephony.PersonID{"adele.vance", "henri.muller"} {
		s.must(s.org.Unassign(s.ctx, engine.Unassign{Person: p}))
		s.holds(p, telephony.Number{}, "")
	}
	s.idle(s.adeles, "")
	s.idle(s.french[0], s.fr.Default)
	s.must(s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: s.us.ID}))
	if err := s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: s.fr.ID}); !errors.Is(err, engine.ErrLocationInUse) {
		t.Errorf("got %v, want %q", err, engine.ErrLocationInUse)
	}
}

// TestLicenceSwapKeepsTheNumber: what matters is what the person holds after the
// change; without Phone System or a plan the number is the tenant's again.
func TestLicenceSwapKeepsTheNumber(t *testing.T) {
	const ps, plan = licensing.PhoneSystem, licensing.DomesticCallingPlan
	for name, c := range map[string]struct {
		change engine.LicenceChange
		keeps  bool
	}{
		"plan for plan":            {engine.LicenceChange{Add: []licensing.Product{licensing.InternationalCallingPlan}, Remove: []licensing.Product{plan}}, true},
		"E5 for Phone System":      {engine.LicenceChange{Add: []licensing.Product{licensing.EnterpriseE5}, Remove: []licensing.Product{ps}}, true},
		"both for one":             {engine.LicenceChange{Add: []licensing.Product{licensing.TeamsPhoneWithCallingPlan}, Remove: []licensing.Product{plan, ps}}, true},
		"E3 beside":                {engine.LicenceChange{Add: []licensing.Product{licensing.EnterpriseE3}}, true},
		"plan away":                {engine.LicenceChange{Remove: []licensing.Product{plan}}, false},
		"both away":                {engine.LicenceChange{Remove: []licensing.Product{ps, plan}}, false},
		"plan for something other": {engine.LicenceChange{Add: []licensing.Product{licensing.EnterpriseE3}, Remove: []licensing.Product{plan}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			for _, p := range []licensing.Product{licensing.InternationalCallingPlan, licensing.EnterpriseE5, licensing.TeamsPhoneWithCallingPlan, licensing.EnterpriseE3} {
				s.buy(s.org, p, 1)
			}
			c.change.Person = "adele.vance"
			s.must(s.org.AssignLicences(s.ctx, c.change))
			if c.keeps {
				s.holds("adele.vance", s.adeles, s.us.Default)
				return
			}
			s.holds("adele.vance", telephony.Number{}, "")
			s.idle(s.adeles, "")
		})
	}
}

// TestOwn is what a person sees: their number, where it places them, and nothing
// while there is none.
func TestOwn(t *testing.T) {
	s := newScene(t)
	own, err := s.view().Own("adele.vance")
	s.must(err)
	if own.Number != s.adeles || own.Place.ID != s.us.Default || own.Address.ID != s.us.ID ||
		own.Address.Record.Status != emergency.Validated || !own.Since.Equal(s.clock.Now()) {
		t.Errorf("got %+v", own)
	}
	if _, err := s.view().Own("megan.bowen"); !errors.Is(err, engine.ErrNoNumber) {
		t.Errorf("got %v, want %q", err, engine.ErrNoNumber)
	}
	s.must(s.org.Unassign(s.ctx, engine.Unassign{Person: "adele.vance"}))
	if _, err := s.view().Own("adele.vance"); !errors.Is(err, engine.ErrNoNumber) {
		t.Errorf("got %v, want %q", err, engine.ErrNoNumber)
	}
}
