package engine_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func codeGiven(err error) string { return fmt.Sprint(metaCodes(err)) }

// graceSeen describes what the tenant sees by every way that leads to a number or to
// a person.
func (w *atRisk) graceSeen() string {
	w.Helper()
	v := w.view()
	seen := fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n", v.Dashboard(), v.NumberFacets(), v.GapCount(), v.ActivationCounts())
	for _, q := range []engine.NumberQuery{{}, {Unassigned: true}, {Assigned: true}, {Orphaned: true}, {Location: w.us.Default}, {Address: w.us.ID},
		{Location: w.floor.ID}, {Country: "US", State: telephony.UserAssigned}, {Country: "US", State: telephony.Unassigned},
		{City: "Seattle", Unassigned: true}, {Tag: "front desk", Unassigned: true}, {Orphaned: true, Country: "US"}, {Kind: telephony.TollNumber}, {Activation: telephony.AssignmentPending}, {Person: w.people[0]}, {Number: w.numbers[1]}} {
		for n := range v.Numbers(q) {
			seen += fmt.Sprintf("%+v\n", n)
		}
		seen += fmt.Sprintf("-- %v\n", slices.Collect(v.NumberRanges(q)))
	}
	for _, q := range []engine.PersonQuery{{}, {AtRisk: true}, {Assigned: true}, {Unassigned: true}, {Location: w.us.Default}, {Location: w.floor.ID}, {Address: w.us.ID},
		{Vanished: true}, {Vanished: true, Assigned: true}, {Vanished: true, AtRisk: true}} {
		for p := range v.People(q) {
			seen += fmt.Sprintf("%+v\n", p)
		}
		page, err := v.PeoplePage(q, "", 3)
		seen += fmt.Sprintf("-- %+v %v\n", page.Items, err)
	}
	gaps, err := v.GapPage("", 3)
	blockers, stopped := v.BlockingPage(w.us.ID, "", 3)
	seen += fmt.Sprintf("%+v %v\n%+v %v\n", gaps.Items, err, blockers.Items, stopped)
	for a := range v.Addresses(engine.AddressQuery{}) {
		seen += fmt.Sprintf("%+v %v %+v\n", a, slices.Collect(v.Blocking(a.ID)), slices.Collect(v.Locations(a.ID)))
	}
	seen += fmt.Sprintf("%+v\n", slices.Collect(v.Gaps()))
	for i, id := range w.people[:10] {
		preview, err := v.PreviewLicences(engine.LicenceChange{Person: id, Add: []licensing.Product{licensing.DomesticCallingPlan}})
		call, unknown := v.EmergencyCall(w.numbers[i])
		todo, _ := v.ToDo(id)
		seen += fmt.Sprintf("%v %v %+v %v %v %v %v\n", preview, err, call, unknown, todo,
			v.CheckAssign(engine.Assign{Number: w.numbers[i], Person: "megan.bowen", Location: w.us.Default}),
			v.CheckAssignService(engine.AssignService{Number: w.numbers[i], Service: "bridge"}))
	}
	return seen
}

// drawGraceCall draws a call that concerns numbers that were lost, or may be. The two
// engines have made the same identifiers.
func drawGraceCall(t *rapid.T, w *atRisk) (string, func(*atRisk) error) {
	i := rapid.IntRange(0, len(w.people)-1).Draw(t, "person")
	id, mine := w.people[i], telephony.NumberList{w.numbers[i]}
	plan := []licensing.Product{licensing.DomesticCallingPlan}
	calls := []struct {
		name string
		call func(*atRisk) error
	}{
		{"all lapse", func(w *atRisk) error {
			_, err := w.org.AssignGroupLicences(w.ctx, engine.GroupLicences{People: w.people, Remove: plan})
			return err
		}},
		{"one lapses", func(w *atRisk) error {
			return w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: id, Remove: plan})
		}},
		{"one has it back", func(w *atRisk) error { return w.tryLicense(id) }},
		{"grace passes", func(w *atRisk) error { w.clock.Add(grace); return nil }},
		{"grace passes", func(w *atRisk) error { w.clock.Add(grace); return nil }},
		{"nearly", func(w *atRisk) error { w.clock.Add(grace - time.Hour); return nil }},
		{"assign", func(w *atRisk) error {
			return w.org.Assign(w.ctx, engine.Assign{Number: mine[0], Person: "megan.bowen", Location: w.us.Default})
		}},
		{"assign to a service", func(w *atRisk) error {
			return w.org.AssignService(w.ctx, engine.AssignService{Number: mine[0], Service: "bridge"})
		}},
		{"change", func(w *atRisk) error {
			return w.org.ChangeNumber(w.ctx, engine.ChangeNumber{Person: "henri.muller", Number: mine[0]})
		}},
		{"relocate", func(w *atRisk) error {
			return w.org.ChangeLocation(w.ctx, engine.ChangeLocation{Number: mine[0], Location: w.floor.ID})
		}},
		{"unassign", func(w *atRisk) error { return w.org.Unassign(w.ctx, engine.Unassign{Person: id}) }},
		{"release", func(w *atRisk) error { return w.org.Release(w.ctx, engine.Release{Numbers: mine}) }},
		{"vanish", func(w *atRisk) error { return w.org.MarkVanished(w.ctx, engine.Vanished{Person: id}) }},
		{"return", func(w *atRisk) error { return w.org.MarkReturned(w.ctx, engine.Returned{Person: id}) }},
		{"free orphans", func(w *atRisk) error {
			freed, err := w.org.FreeOrphans(w.ctx, engine.FreeOrphans{All: true, Leave: engine.KeepNumbers})
			if err == nil && freed.Left != 0 {
				err = fmt.Errorf("%d orphans are left", freed.Left)
			}
			return err
		}},
		{"remove", func(w *atRisk) error { return w.org.RemovePerson(w.ctx, engine.RemovePerson{Person: id}) }},
		{"delete location", func(w *atRisk) error {
			return w.org.DeleteLocation(w.ctx, engine.DeleteLocation{Location: w.floor.ID})
		}},
		{"delete address", func(w *atRisk) error {
			return w.org.DeleteAddress(w.ctx, engine.DeleteAddress{Address: w.us.ID})
		}},
		{"replace address", func(w *atRisk) error {
			checked, err := w.org.CheckAddress(w.ctx, offices["US"])
			w.must(err)
			other, err := w.org.SaveAddress(w.ctx, checked)
			w.must(err)
			return w.tryReplace(w.us.ID, other.ID)
		}},
		{"move stock", func(w *atRisk) error {
			_, err := w.eng.MoveStock(w.ctx, engine.StockMove{Range: telephony.MustParseRange("+14255550100..+14255550149"), Area: newYork})
			return err
		}},
		{"convert", func(w *atRisk) error {
			return w.org.ConvertNumbers(w.ctx, engine.ConvertNumbers{Numbers: mine, To: telephony.TollNumber})
		}},
		{"tag", func(w *atRisk) error {
			return w.org.SetAttributes(w.ctx, engine.Attributes{Numbers: mine, AddTags: []string{"front desk"}})
		}},
		{"report", func(w *atRisk) error {
			return w.eng.As("carrier").ReportActivation(w.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: mine})
		}},
		{"tell", func(w *atRisk) error { return w.org.MarkTold(w.ctx, engine.Told{Person: id}) }},
	}
	one := rapid.SampledFrom(calls).Draw(t, "call")
	return one.name, one.call
}

func (w *atRisk) tryLicense(id telephony.PersonID) error {
	return w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: id, Add: []licensing.Product{licensing.DomesticCallingPlan}})
}
