package engine_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

const grace = 3 * 24 * time.Hour

func (s *scene) removePlan(p telephony.PersonID) {
	s.Helper()
	s.must(s.org.AssignLicences(s.ctx, engine.LicenceChange{Person: p, Remove: []licensing.Product{licensing.DomesticCallingPlan}}))
}

// types lists the events behind an index of the log.
func (w *world) types(behind uint64) (types []engine.EventType) {
	for _, e := range w.entries(behind) {
		for _, event := range e.Events {
			types = append(types, event.Type)
		}
	}
	return types
}

// TestGraceAroundItsEnd: the number is the person's up to the end and not at it,
// whether the end is swept, comes with a command of the tenant or of another, or
// is only looked at.
func TestGraceAroundItsEnd(t *testing.T) {
	for name, settle := range map[string]func(*scene){
		"looked at":       func(*scene) {},
		"swept":           func(s *scene) { s.sweepAll() },
		"own command":     func(s *scene) { s.buy(s.org, licensing.PhoneSystem, 1) },
		"others' command": func(s *scene) { s.must(s.eng.As("").PruneLog(s.ctx, engine.PruneLog{})) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, engine.WithGrace(grace))
			s.removePlan("adele.vance")
			removed := s.clock.Now()
			p, err := s.view().Person("adele.vance")
			s.must(err)
			if want := (licensing.Lapse{Missing: licensing.FeatureCallingPlan, Since: removed, Until: removed.Add(grace)}); p.Lapse != want || !p.Voice {
				t.Errorf("Adele's lapse is %+v, want %+v", p.Lapse, want)
			}
			for _, c := range []struct {
				at   time.Duration
				lost bool
			}{{grace - 1, false}, {grace, true}, {grace + 1, true}} {
				s.clock.Set(removed.Add(c.at))
				settle(s)
				v := s.view()
				p, err := v.Person("adele.vance")
				s.must(err)
				n, err := v.Number(s.adeles)
				s.must(err)
				if p.Voice == c.lost || (n.Person == "") != c.lost || (v.Dashboard().Numbers[0].Assigned == 0) != c.lost {
					t.Errorf("at %v: %v has %v, and %d numbers are assigned", c.at, p.ID.Masked(), p.Number.Masked(), v.Dashboard().Numbers[0].Assigned)
				}
				if c.lost && (!n.Since.Equal(removed.Add(grace)) || n.Location != "" || p.Lapse != licensing.Lapse{}) {
					t.Errorf("at %v: it is idle since %v, at %q, and the lapse is %+v", c.at, n.Since, n.Location, p.Lapse)
				}
				idle := slices.Collect(v.Numbers(engine.NumberQuery{Unassigned: true, Prefix: telephony.MustParsePrefix("1425")}))
				if slices.ContainsFunc(idle, func(n engine.TenantNumber) bool { return n.Number == s.adeles }) != c.lost {
					t.Errorf("at %v: it is among the idle ones: %v", c.at, !c.lost)
				}
			}
		})
	}
}

// TestGraceTellsOfItself: that a number is at risk, kept after all, or lost.
func TestGraceTellsOfItself(t *testing.T) {
	s := newScene(t, engine.WithGrace(grace))
	before := s.view().Index()
	s.removePlan("adele.vance")
	if at := slices.Collect(s.view().People(engine.PersonQuery{AtRisk: true})); len(at) != 1 || at[0].ID != "adele.vance" {
		t.Errorf("%d people are at risk", len(at))
	}
	s.must(s.tryLicence("adele.vance", licensing.DomesticCallingPlan))
	s.clock.Add(grace)
	s.sweepAll()
	if p, err := s.view().Person("adele.vance"); err != nil || !p.Voice {
		t.Errorf("a licence that came back did not keep the number: %v", err)
	}
	s.removePlan("adele.vance")
	s.clock.Add(grace)
	s.sweepAll()
	var got []engine.EventType
	for _, one := range s.types(before) {
		switch one {
		case engine.NumberAtRisk, engine.NumberKept, engine.NumberUnassigned:
			got = append(got, one)
		}
	}
	want := []engine.EventType{engine.NumberAtRisk, engine.NumberKept, engine.NumberAtRisk, engine.NumberUnassigned}
	if !slices.Equal(got, want) {
		t.Errorf("the log tells of %v, want %v", got, want)
	}
}

// TestLostNumberCanBeUsedAtOnce: a number that was lost a moment ago, and that
// nobody has written down, can be given away, changed to and released, and its
// location deleted.
func TestLostNumberCanBeUsedAtOnce(t *testing.T) {
	for name, use := range map[string]func(*scene) error{
		"assign": func(s *scene) error { return s.tryAssign(s.adeles, "megan.bowen", s.us.Default) },
		"change to": func(s *scene) error {
			s.must(s.tryAssign(s.spare[0], "megan.bowen", s.us.Default))
			return s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "megan.bowen", Number: s.adeles})
		},
		"release": func(s *scene) error {
			return s.org.Release(s.ctx, engine.Release{Numbers: telephony.NumberList{s.adeles}})
		},
		"delete location": func(s *scene) error { return s.org.DeleteLocation(s.ctx, engine.DeleteLocation{Location: s.floor.ID}) },
		"replace address": func(s *scene) error { return s.tryReplace(s.us.ID, s.address("US").ID) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, engine.WithGrace(grace))
			s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.adeles, Location: s.floor.ID}))
			s.removePlan("adele.vance")
			s.clock.Add(grace)
			s.must(use(s))
		})
	}
	s := newScene(t, engine.WithGrace(grace))
	s.removePlan("adele.vance")
	s.clock.Add(grace)
	if err := s.org.MarkTold(s.ctx, engine.Told{Person: "adele.vance"}); !errors.Is(err, engine.ErrNoNumber) {
		t.Errorf("who lost the number is told of it: %v", err)
	}
}

// TestGroupLicences: each of a group gets what there is, in turn, and the same
// request again gets the same answer.
func TestGroupLicences(t *testing.T) {
	s := newScene(t) // a hundred licences, of which Adele, Megan and Henri have three
	s.must(s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 96}))
	s.must(s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "late", UsageLocation: "US"}))
	g := engine.GroupLicences{People: []telephony.PersonID{"lynne.robbins", "diego.siciliani", "nobody", "late"},
		Add: []licensing.Product{licensing.PhoneSystem}, RequestID: "group-1"}
	want := []telephony.Code{licensing.ErrNoUsageLocation, "", engine.ErrUnknownPerson, licensing.ErrNotEnoughLicences}
	for range 2 {
		got, err := s.org.AssignGroupLicences(s.ctx, g)
		s.must(err)
		for i, o := range got {
			code := telephony.Code("")
			if o.Err != nil {
				code = o.Err.Code
			}
			if o.Person != g.People[i] || code != want[i] {
				t.Errorf("%s: %q, want %q", o.Person, code, want[i])
			}
		}
	}
	if n := len(slices.Collect(s.view().People(engine.PersonQuery{Licence: licensing.PhoneSystem}))); n != 4 {
		t.Errorf("%d people hold Phone System, want 4", n)
	}
	for name, g := range map[string]engine.GroupLicences{
		"nobody":   {Add: g.Add},
		"too many": {People: make([]telephony.PersonID, engine.MaxGroup+1), Add: g.Add},
		"nothing":  {People: g.People},
		"too much": {People: g.People, Add: make([]licensing.Product, engine.MaxGroupProducts+1)},
	} {
		if _, err := s.org.AssignGroupLicences(s.ctx, g); !errors.Is(err, engine.ErrRequest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.org.AssignGroupLicences(s.ctx, engine.GroupLicences{People: []telephony.PersonID{"a", "b", "a"}, Add: g.Add}); !errors.Is(err, engine.ErrPersonListedTwice) {
		t.Errorf("listed twice: %v", err)
	}
}

// TestMinutePoolsOfTenant counts by plan and country.
func TestMinutePoolsOfTenant(t *testing.T) {
	s := newScene(t) // Adele and Megan in the US, Henri in France
	pools, err := s.view().MinutePools()
	s.must(err)
	var got []string
	for _, p := range pools {
		got = append(got, p.String())
	}
	want := []string{"Domestic Calling Plan in FR: 1 person x 1200 minutes = 1200 minutes",
		"Domestic Calling Plan in US: 2 people x 3000 minutes = 6000 minutes"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestPreviewsAreWhatHappens: what a preview says of licences, quotas and the
// number is so once it is done.
func TestPreviewsAreWhatHappens(t *testing.T) {
	s := newScene(t, engine.WithGrace(grace))
	change := engine.LicenceChange{Person: "adele.vance", Remove: []licensing.Product{licensing.DomesticCallingPlan}}
	p, err := s.view().PreviewLicences(change)
	s.must(err)
	s.must(s.org.AssignLicences(s.ctx, change))
	adele, err := s.view().Person("adele.vance")
	s.must(err)
	if p.Number == nil || p.Number.Fate != licensing.NumberAtRisk || !p.Number.Until.Equal(adele.Lapse.Until) || p.Licences[0].After.Assigned != 2 {
		t.Errorf("it was said that %v; the lapse is %+v", p, adele.Lapse)
	}
	more := engine.Purchase{Product: licensing.PhoneSystem, Quantity: 50}
	bought := s.view().PreviewPurchase(more)
	s.must(s.org.BuyLicences(s.ctx, more))
	given := s.view().PreviewReturn(more)
	for _, c := range []licensing.QuotaChange{bought.Quotas[0], given.Quotas[0]} {
		if lo, hi := min(c.Before.Limit, c.After.Limit), max(c.Before.Limit, c.After.Limit); lo != 120 || hi != s.view().Quota(telephony.UserNumber).Limit {
			t.Errorf("quotas of %d and %d were said", lo, hi)
		}
	}
	if _, err := s.view().PreviewLicences(engine.LicenceChange{Person: "nobody", Add: change.Remove}); !errors.Is(err, engine.ErrUnknownPerson) {
		t.Errorf("of nobody: %v", err)
	}
}
