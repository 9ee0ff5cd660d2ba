package licensing_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

const (
	e5       = licensing.EnterpriseE5
	system   = licensing.PhoneSystem
	domestic = licensing.DomesticCallingPlan
	world    = licensing.InternationalCallingPlan
	small    = licensing.DomesticCallingPlan120
	zone1    = licensing.PayAsYouGoZone1
	bundle   = licensing.TeamsPhoneWithCallingPlan
	credits  = licensing.CommunicationsCredits
)

func TestCheckChange(t *testing.T) {
	onPremises := person("US", system)
	onPremises.OnPremisesNumber = true
	every := own(e5, system, domestic, world, small, zone1, bundle, credits, licensing.EnterpriseE3)
	long := slices.Repeat(list(system), licensing.MaxChange+1)
	for name, row := range map[string]struct {
		person      licensing.Person
		add, remove []licensing.Product
		want        []telephony.Code
	}{
		"nothing":                       {person(""), nil, nil, nil},
		"phone system":                  {person("US"), list(system), nil, nil},
		"plan after phone system":       {person("US", system), list(domestic), nil, nil},
		"plan after E5":                 {person("US", e5), list(domestic), nil, nil},
		"both together":                 {person("US"), list(system, domestic), nil, nil},
		"both together, plan first":     {person("US"), list(domestic, system), nil, nil},
		"a plan that carries both":      {person("US"), list(bundle), nil, nil},
		"plan alone":                    {person("US"), list(domestic), nil, codes(licensing.ErrPersonPrerequisite)},
		"plan on E3":                    {person("US", licensing.EnterpriseE3), list(domestic), nil, codes(licensing.ErrPersonPrerequisite)},
		"unknown":                       {person("US"), list("NONE"), nil, codes(licensing.ErrUnknownProduct)},
		"unknown twice":                 {person("US"), list("NONE", "NONE"), nil, codes(licensing.ErrUnknownProduct, licensing.ErrUnknownProduct)},
		"added twice":                   {person("US"), list(system, system), nil, codes(licensing.ErrListedTwice)},
		"added and removed":             {person("US", system, domestic), list(system), list(system), codes(licensing.ErrListedTwice)},
		"held":                          {person("US", system), list(system), nil, codes(licensing.ErrAlreadyHeld)},
		"no country":                    {person("", system), list(domestic), nil, codes(licensing.ErrNoUsageLocation)},
		"120 minutes in the US":         {person("US", system), list(small), nil, codes(licensing.ErrNotSoldThere)},
		"120 minutes in Britain":        {person("GB", system), list(small), nil, nil},
		"number on premises":            {onPremises, list(domestic), nil, codes(licensing.ErrOnPremisesNumber)},
		"on premises, a bundle":         {onPremises, list(bundle), nil, codes(licensing.ErrOnPremisesNumber)},
		"on premises, no plan":          {onPremises, list(credits), nil, nil},
		"second plan":                   {person("US", system, domestic), list(world), nil, codes(licensing.ErrPlanConflict)},
		"second plan pays as it goes":   {person("US", system, domestic), list(zone1), nil, codes(licensing.ErrPlanConflict)},
		"plan beside a bundle":          {person("US", bundle), list(domestic), nil, codes(licensing.ErrPlanConflict)},
		"two plans at once":             {person("US", system), list(domestic, world), nil, codes(licensing.ErrPlanConflict)},
		"credits beside a plan":         {person("US", system, domestic), list(credits), nil, nil},
		"swap of plans":                 {person("US", system, domestic), list(world), list(domestic), nil},
		"swap of phone system":          {person("US", system, domestic), list(e5), list(system), nil},
		"swap for a bundle":             {person("US", system, domestic), list(bundle), list(system, domestic), nil},
		"remove the plan":               {person("US", system, domestic), nil, list(domestic), nil},
		"remove both":                   {person("", system, domestic), nil, list(system, domestic), nil},
		"remove what is needed":         {person("US", system, domestic), nil, list(system), codes(licensing.ErrStillNeeded)},
		"remove one of two carriers":    {person("US", e5, system, domestic), nil, list(system), nil},
		"remove both carriers":          {person("US", e5, system, domestic), nil, list(system, e5), codes(licensing.ErrStillNeeded, licensing.ErrStillNeeded)},
		"remove what is not held":       {person("US", domestic), nil, list(system), codes(licensing.ErrNotHeld)},
		"only the carrier is blamed":    {person("US", system, credits, domestic), nil, list(credits, system), codes(licensing.ErrStillNeeded)},
		"remove twice, not held":        {person("US"), nil, list(system, system), codes(licensing.ErrListedTwice, licensing.ErrNotHeld)},
		"added and removed, not held":   {person("US"), list(system), list(system), codes(licensing.ErrListedTwice)},
		"remove twice":                  {person("US", system), nil, list(system, system), codes(licensing.ErrListedTwice)},
		"remove what is not sold now":   {person("US", "OLD"), nil, list("OLD"), nil},
		"add what is just taken":        {person("US", system), list(domestic), list(system), codes(licensing.ErrPersonPrerequisite)},
		"an old fault is not blamed":    {person("US", credits, domestic), nil, list(credits), nil},
		"too many":                      {person(""), long, nil, codes(licensing.ErrChangeTooLarge)},
		"too many to remove":            {person(""), nil, long, codes(licensing.ErrChangeTooLarge)},
		"as many as may be, all faulty": {person("US", system), slices.Repeat(list("NONE"), licensing.MaxChange), nil, slices.Repeat(codes(licensing.ErrUnknownProduct), licensing.MaxChange)},
	} {
		got := licensing.Standard().CheckChange(every, row.person, licensing.Change{Add: row.add, Remove: row.remove})
		if !slices.Equal(codesOfAll(got), row.want) {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
}

func TestEveryReasonAtOnceInTheOrderOfTheRules(t *testing.T) {
	held := licensing.Person{Country: "US", OnPremisesNumber: true, Products: list(system, domestic, credits)}
	got := licensing.Standard().CheckChange(nil, held, licensing.Change{
		Add:    list(small, "NONE", credits, e5, e5, zone1),
		Remove: list(world, system),
	})
	want := []struct {
		code  telephony.Code
		field string
	}{
		{licensing.ErrUnknownProduct, "add[1]"},
		{licensing.ErrListedTwice, "add[4]"},
		{licensing.ErrAlreadyHeld, "add[2]"},
		{licensing.ErrNotHeld, "remove[0]"},
		{licensing.ErrNotSoldThere, "add[0]"},
		{licensing.ErrNotEnoughLicences, "add[0]"},
		{licensing.ErrNotEnoughLicences, "add[3]"},
		{licensing.ErrNotEnoughLicences, "add[5]"},
		{licensing.ErrOnPremisesNumber, "add[0]"},
		{licensing.ErrOnPremisesNumber, "add[5]"},
		{licensing.ErrPlanConflict, "add[0]"},
		{licensing.ErrPlanConflict, "add[5]"},
	}
	if len(got) != len(want) {
		t.Fatalf("%d reasons, want %d: %v", len(got), len(want), got)
	}
	for i := range want {
		if got[i].Code != want[i].code || got[i].Field != want[i].field {
			t.Errorf("reason %d: %s at %s, want %s at %s", i, got[i].Code, got[i].Field, want[i].code, want[i].field)
		}
	}
}

func TestNotEnoughLicences(t *testing.T) {
	for name, row := range map[string]struct {
		owned []licensing.Holding
		fits  bool
	}{
		"none owned":        {nil, false},
		"none bought":       {[]licensing.Holding{{Product: system}}, false},
		"one free":          {[]licensing.Holding{{Product: system, Bought: 3, Assigned: 2}}, true},
		"all assigned":      {[]licensing.Holding{{Product: system, Bought: 3, Assigned: 3}}, false},
		"fewer than before": {[]licensing.Holding{{Product: system, Bought: 3, Assigned: 5}}, false},
		"in two parts":      {[]licensing.Holding{{Product: system, Bought: 1, Assigned: 2}, {Product: system, Bought: 2}}, true},
		"another product's": {[]licensing.Holding{{Product: e5, Bought: 9}, {Product: system, Bought: 1, Assigned: 1}}, false},
	} {
		got := licensing.Standard().CheckAssign(row.owned, person("US"), list(system))
		if row.fits != (len(got) == 0) || len(got) > 0 && got[0].Code != licensing.ErrNotEnoughLicences {
			t.Errorf("%s: %v", name, got)
		}
	}
	err := telephony.Join(licensing.Standard().CheckAssign(
		[]licensing.Holding{{Product: system, Bought: 3, Assigned: 3}}, person("US"), list(system)))
	if figure(err, "bought") != 3 || figure(err, "assigned") != 3 || figure(err, "asked") != 1 {
		t.Errorf("figures are wrong: %v", err)
	}
}

func TestAReasonSaysWhatWouldHelp(t *testing.T) {
	standard := licensing.Standard()
	for _, row := range []struct {
		reasons []*telephony.Error
		words   []string
	}{
		{standard.CheckAssign(own(small), person("US", system), list(small)), []string{"MCOPSTN5", "US", "add[0]"}},
		{standard.CheckAssign(own(domestic), person("US"), list(domestic)), []string{"MCOPSTN1", "Phone System", "MCOEV"}},
		{standard.CheckRemove(person("US", system, domestic), list(system)), []string{"MCOEV", "MCOPSTN1 stays", "Phone System"}},
		{standard.CheckAssign(own(world), person("US", system, domestic), list(world)), []string{"MCOPSTN2", "beside MCOPSTN1"}},
	} {
		if len(row.reasons) != 1 {
			t.Errorf("want one reason: %v", row.reasons)
			continue
		}
		for _, word := range row.words {
			if !strings.Contains(row.reasons[0].Error(), word) {
				t.Errorf("%q is missing in: %v", word, row.reasons[0])
			}
		}
	}
}
