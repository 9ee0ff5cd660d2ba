package engine

import (
	"github.com/samber/lo"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// Step is one of the five steps by which a person gets a number [setup].
type Step uint8

// The steps. Their order depends on the country; View.ToDo knows it.
const (
	StepLicences Step = 1 + iota
	StepNumbers
	StepAddress
	StepAssign
	StepTell
)

// String says what is to be done.
func (s Step) String() string {
	switch s {
	case StepLicences:
		return "assign Phone System, then a Calling Plan"
	case StepNumbers:
		return "get numbers"
	case StepAddress:
		return "save an emergency address"
	case StepAssign:
		return "assign a number and an emergency location"
	case StepTell:
		return "tell the person the number"
	}
	return "invalid step"
}

// Task is a step on a person's way to a number.
type Task struct {
	Step    Step
	Done    bool
	Blocked []*telephony.Error // what stands in the way, if it is not done; none if nothing does
}

// ToDo returns the five steps for a person, in the order of the person's
// country: where the country wants the emergency location with the acquisition
// the address comes before the numbers, which is also the order for a person
// without a usage location.
//
// The error is ErrUnknownPerson.
func (v *View) ToDo(id telephony.PersonID) ([]Task, error) {
	p, ok := v.personRow(id)
	if !ok {
		return nil, unknownPerson(id)
	}
	tasks := []Task{v.licencesTask(p), v.addressTask(p), v.numbersTask(p), v.assignTask(p), v.tellTask(p)}
	if locationWhen(p.Country) == telephony.LocationAtAssignment {
		tasks[1], tasks[2] = tasks[2], tasks[1]
	}
	for i := range tasks {
		if tasks[i].Done {
			tasks[i].Blocked = nil
		}
	}
	return tasks, nil
}

// licencesTask is blocked for somebody who is gone, by a missing usage location, by a number held on
// premises and by licences that the tenant has none left of.
func (v *View) licencesTask(p personRow) Task {
	t := Task{Step: StepLicences}
	features := v.settings.Catalogue.Features(p.Products)
	missing := lo.Reject([]licensing.Feature{licensing.FeaturePhoneSystem, licensing.FeatureCallingPlan},
		func(f licensing.Feature, _ int) bool { return features.Has(f) })
	t.Done = len(missing) == 0
	if p.Vanished {
		t.Blocked = append(t.Blocked, vanished(p))
	}
	if p.Country == "" {
		t.Blocked = append(t.Blocked, noUsageLocation(p))
	}
	if p.OnPremises && !features.Has(licensing.FeatureCallingPlan) {
		t.Blocked = append(t.Blocked, &telephony.Error{Code: licensing.ErrOnPremisesNumber, Person: p.ID,
			Detail: "the person's number is held on premises, which rules out a Calling Plan", Fix: "remove that number there first"})
	}
	for _, f := range missing {
		if !v.hasLicenceWith(f, p) {
			t.Blocked = append(t.Blocked, &telephony.Error{Code: licensing.ErrNotEnoughLicences, Person: p.ID,
				Detail: "the tenant has no licence left that the person could have and that carries: " + f.String(), Fix: "buy more"})
		}
	}
	return t
}

// hasLicenceWith reports whether a licence is left that carries the feature and
// is sold where the person is.
func (v *View) hasLicenceWith(f licensing.Feature, p personRow) bool {
	for _, h := range v.account.Licences {
		entry, err := v.settings.Catalogue.Lookup(h.Product)
		if err == nil && entry.Features.Has(f) && h.Bought > h.Assigned && (p.Country == "" || entry.IsSoldIn(p.Country)) {
			return true
		}
	}
	return false
}

func noUsageLocation(p personRow) *telephony.Error {
	return &telephony.Error{Code: telephony.ErrNoUsageLocation, Person: p.ID,
		Detail: "the person has no usage location", Fix: "set the country in which the person uses the service"}
}

// numbersTask is done once there is a number that the person could have.
func (v *View) numbersTask(p personRow) Task {
	t := Task{Step: StepNumbers, Done: p.Number.IsValid()}
	for range v.spareNumbers(p) {
		t.Done = true
		break
	}
	if p.Country == "" {
		t.Blocked = append(t.Blocked, noUsageLocation(p))
	}
	if err := v.settings.Catalogue.VoiceOpen(v.account.Licences); err != nil {
		t.Blocked = append(t.Blocked, asError(err))
	} else if err := v.Quota(telephony.UserNumber).Check(1); err != nil {
		t.Blocked = append(t.Blocked, asError(err))
	}
	if p.Country != "" && !v.hasStockIn(p.Country) {
		t.Blocked = append(t.Blocked, &telephony.Error{Code: ErrAreaNotOffered,
			Detail: "no user numbers are free in " + string(p.Country), Fix: "ask the provider for stock there"})
	}
	if locationWhen(p.Country) == telephony.LocationAtAcquisition && !v.addressTask(p).Done {
		t.Blocked = append(t.Blocked, noAddress(p))
	}
	return t
}

// spareNumbers yields the tenant's unassigned user numbers of the person's
// country.
func (v *View) spareNumbers(p personRow) func(yield func(TenantNumber) bool) {
	if u := v.account.Use[telephony.UserNumber]; p.Country == "" || u.Acquired == u.Assigned {
		return func(func(TenantNumber) bool) {}
	}
	return v.Numbers(NumberQuery{Kind: telephony.UserNumber, Unassigned: true, Country: p.Country})
}

func (v *View) hasStockIn(country telephony.Country) bool {
	for a := range v.Areas(telephony.UserNumber, telephony.Area{Country: country}) {
		if a.Free > 0 {
			return true
		}
	}
	return false
}

func noAddress(p personRow) *telephony.Error {
	return &telephony.Error{Code: telephony.ErrNoLocation, Person: p.ID,
		Detail: "the tenant has no validated emergency address in the person's country", Fix: "check and save one first"}
}

// addressTask is done once there is a validated address in the person's country.
func (v *View) addressTask(p personRow) Task {
	t := Task{Step: StepAddress}
	if p.Country == "" {
		t.Blocked = append(t.Blocked, noUsageLocation(p))
		return t
	}
	validated := emergency.Validated
	for range v.Addresses(AddressQuery{Country: p.Country, Status: &validated}) {
		t.Done = true
		break
	}
	return t
}

// assignTask is blocked by whatever stands against the first spare number and
// the first location that come to hand.
func (v *View) assignTask(p personRow) Task {
	t := Task{Step: StepAssign, Done: p.Number.IsValid()}
	if t.Done {
		return t
	}
	a := Assign{Person: p.ID}
	for n := range v.spareNumbers(p) {
		a.Number, a.Location = n.Number, n.Location
		break
	}
	if a.Location == "" {
		validated := emergency.Validated
		for address := range v.Addresses(AddressQuery{Country: p.Country, Status: &validated}) {
			a.Location = address.Default
			break
		}
	}
	if !a.Number.IsValid() {
		t.Blocked = []*telephony.Error{{Code: ErrUnknownNumber, Person: p.ID,
			Detail: "the tenant has no unassigned user number in the person's country", Fix: "get numbers first"}}
		if p.Vanished {
			t.Blocked = append(t.Blocked, vanished(p))
		}
		facts := telephony.AssignmentFacts{Now: v.At(), Person: v.personFacts(p), LocationWhen: locationWhen(p.Country)}
		ofPerson := func(e *telephony.Error, _ int) bool { return e.Person != "" && len(e.Numbers) == 0 }
		t.Blocked = append(t.Blocked, lo.Filter(telephony.CheckAssignment(facts), ofPerson)...)
		return t
	}
	t.Blocked = v.CheckAssign(a)
	return t
}

func (v *View) tellTask(p personRow) Task {
	t := Task{Step: StepTell, Done: p.Told}
	if !p.Number.IsValid() {
		t.Blocked = []*telephony.Error{{Code: ErrNoNumber, Person: p.ID, Detail: "the person has no number", Fix: "assign one first"}}
	}
	return t
}
