package engine_test

import (
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func wrongLicences() []wrongCall {
	const ps, plan = licensing.PhoneSystem, licensing.DomesticCallingPlan
	return []wrongCall{
		{name: "plan bought before Phone System", code: licensing.ErrTenantPrerequisite, says: []string{"MCOPSTN1", "MCOEV"}, given: func(s *scene) {
			_, err := s.eng.CreateTenant(s.ctx, engine.TenantSpec{ID: "fabrikam"})
			s.must(err)
		}, call: func(s *scene) error {
			return s.eng.Tenant("fabrikam").BuyLicences(s.ctx, engine.Purchase{Product: plan, Quantity: 1})
		}},
		{name: "plan given before Phone System", code: licensing.ErrPersonPrerequisite, says: []string{"person d***", "MCOEV"},
			call: func(s *scene) error { return s.tryLicence("diego.siciliani", plan) }},
		{name: "licence without a usage location", code: telephony.ErrNoUsageLocation, says: []string{"person l***"},
			call: func(s *scene) error { return s.tryLicence("lynne.robbins", ps) }},
		{name: "more licences than were bought", code: licensing.ErrNotEnoughLicences, says: []string{"bought 1", "assigned 1", "asked 1", "MCOMEETADV"},
			given: func(s *scene) {
				s.buy(s.org, licensing.AudioConferencing, 1)
				s.must(s.tryLicence("adele.vance", licensing.AudioConferencing))
			}, call: func(s *scene) error { return s.tryLicence("megan.bowen", licensing.AudioConferencing) }},
		{name: "plan that is not sold there", code: licensing.ErrNotSoldThere, says: []string{"MCOPSTN5", "US"},
			given: func(s *scene) { s.buy(s.org, licensing.DomesticCallingPlan120, 1) },
			call:  func(s *scene) error { return s.tryLicence("diego.siciliani", ps, licensing.DomesticCallingPlan120) }},
		{name: "second plan", code: licensing.ErrPlanConflict, says: []string{"MCOPSTN1"},
			given: func(s *scene) { s.buy(s.org, licensing.InternationalCallingPlan, 1) },
			call:  func(s *scene) error { return s.tryLicence("megan.bowen", licensing.InternationalCallingPlan) }},
		{name: "licence held already", code: licensing.ErrAlreadyHeld, call: func(s *scene) error { return s.tryLicence("megan.bowen", ps) }},
		{name: "licence not held", code: licensing.ErrNotHeld, call: func(s *scene) error {
			return s.org.AssignLicences(s.ctx, engine.LicenceChange{Person: "diego.siciliani", Remove: []licensing.Product{ps}})
		}},
		{name: "plan for a number on premises", code: telephony.ErrOnPremisesNumber, given: func(s *scene) {
			s.must(s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "alex", UsageLocation: "US", OnPremisesNumber: true}))
		}, call: func(s *scene) error { return s.tryLicence("alex", ps, plan) }},
		{name: "no licence to change", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error { return s.tryLicence("megan.bowen") }},
		{name: "no licence to buy", code: licensing.ErrLicenceQuantity, says: []string{"asked 0", "bought 100"}, call: func(s *scene) error { return s.tryBuy(ps, 0) }},
		{name: "more licences than anybody has", code: licensing.ErrLicenceQuantity, says: []string{"asked 2147483647", "bought 100", "most 2147483647"},
			call: func(s *scene) error { return s.tryBuy(ps, 2147483647) }},
		{name: "licences returned that people hold", code: licensing.ErrLicencesAssigned, says: []string{"asked 98", "bought 100", "assigned 3"}, call: func(s *scene) error {
			return s.org.ReturnLicences(s.ctx, engine.Purchase{Product: ps, Quantity: 98})
		}},
		{name: "last credits of a toll-free number", code: licensing.ErrCreditsInUse, says: []string{"MCOPSTNC", "acquired 0", "held 1"}, given: func(s *scene) {
			s.buy(s.org, licensing.CommunicationsCredits, 2)
			s.must(s.tryReserve(engine.Reserve{Area: freeUS, Kind: telephony.TollFreeNumber, Quantity: 1}))
		}, call: func(s *scene) error {
			return s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.CommunicationsCredits, Quantity: 2})
		}},
		{name: "move with a number", code: engine.ErrNumberBlocksMove, says: []string{"person a***", "+1********00", "in US"}, call: func(s *scene) error {
			return s.org.SetUsageLocation(s.ctx, engine.UsageLocation{Person: "adele.vance", Country: "FR"})
		}},
		{name: "move to where a licence is not sold", code: licensing.ErrNotSoldThere, says: []string{"person s***", "MCOPSTN5", "US"}, given: func(s *scene) {
			s.buy(s.org, licensing.DomesticCallingPlan120, 1)
			s.must(s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "simon", UsageLocation: "FR"}))
			s.must(s.tryLicence("simon", ps, licensing.DomesticCallingPlan120))
		}, call: func(s *scene) error {
			return s.org.SetUsageLocation(s.ctx, engine.UsageLocation{Person: "simon", Country: "US"})
		}},
	}
}

func wrongAssignments() []wrongCall {
	assign := func(n func(*scene) telephony.Number, p telephony.PersonID, l func(*scene) telephony.LocationID) func(*scene) error {
		return func(s *scene) error { return s.tryAssign(n(s), p, l(s)) }
	}
	spare := func(s *scene) telephony.Number { return s.spare[0] }
	french := func(s *scene) telephony.Number { return s.french[0] }
	us := func(s *scene) telephony.LocationID { return s.us.Default }
	fr := func(s *scene) telephony.LocationID { return s.fr.Default }
	none := func(*scene) telephony.LocationID { return "" }
	return []wrongCall{
		{name: "service number for a person", code: telephony.ErrNotUserNumber, says: []string{"service-toll"},
			call: assign(func(s *scene) telephony.Number { return s.toll[0] }, "megan.bowen", us)},
		{name: "number assigned already", code: telephony.ErrNumberAssigned, says: []string{"+1********00"},
			call: assign(func(s *scene) telephony.Number { return s.adeles }, "megan.bowen", us)},
		{name: "person who has a number", code: telephony.ErrPersonHasNumber, says: []string{"person a***", "+1********00"},
			call: assign(spare, "adele.vance", us)},
		{name: "number of another country", code: telephony.ErrNumberCountry, says: []string{"number is in FR", "person in US"},
			call: assign(french, "megan.bowen", us)},
		{name: "location of another country", code: telephony.ErrLocationCountry, says: []string{"location is in FR", "person in US"},
			call: assign(spare, "megan.bowen", fr)},
		{name: "no location in the US", code: telephony.ErrNoLocation, says: []string{"person m***", "+1********01"},
			call: assign(spare, "megan.bowen", none)},
		{name: "person without licences", code: telephony.ErrNoPhoneSystem, says: []string{"person d***", "1 more"},
			call: assign(spare, "diego.siciliani", us)},
		{name: "person without a usage location", code: telephony.ErrNoUsageLocation, says: []string{"person l***"},
			call: assign(spare, "lynne.robbins", us)},
		{name: "person who is not visible yet", code: telephony.ErrPersonNotVisible, says: []string{"person i***", "at 2026-03-01T18:00:00Z"},
			options: []engine.Option{engine.WithVisibleAfter(visible)},
			given:   func(s *scene) { s.person("isaiah", "US") },
			call:    assign(spare, "isaiah", us)},
		{name: "change to another country's number", code: telephony.ErrNumberCountry, call: func(s *scene) error {
			return s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.french[0]})
		}},
		{name: "change without a number", code: engine.ErrNoNumber, says: []string{"person m***"}, call: func(s *scene) error {
			return s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "megan.bowen", Number: s.spare[0]})
		}},
		{name: "change to the same number", code: engine.ErrSameNumber, says: []string{"+1********00"}, call: func(s *scene) error {
			return s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.adeles})
		}},
		{name: "unassign without a number", code: engine.ErrNoNumber, call: func(s *scene) error {
			return s.org.Unassign(s.ctx, engine.Unassign{Person: "megan.bowen"})
		}},
		{name: "tell without a number", code: engine.ErrNoNumber, call: func(s *scene) error {
			return s.org.MarkTold(s.ctx, engine.Told{Person: "megan.bowen"})
		}},
		{name: "move a number out of its country", code: telephony.ErrLocationCountry, says: []string{"location is in US", "number in FR"}, call: func(s *scene) error {
			return s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.french[0], Location: s.us.Default})
		}},
	}
}

func wrongDeletions() []wrongCall {
	return []wrongCall{
		{name: "release of an assigned number", code: engine.ErrNumberInUse, says: []string{"release numbers:", "+1********00", "unassign"}, call: func(s *scene) error {
			return s.org.Release(s.ctx, engine.Release{Numbers: append(telephony.NumberList{s.adeles}, s.spare...)})
		}},
		{name: "default location deleted alone", code: engine.ErrDefaultLocation, says: []string{"location l-t-"}, call: func(s *scene) error {
			return s.org.DeleteLocation(s.ctx, engine.DeleteLocation{Location: s.us.Default})
		}},
		{name: "location in use", code: engine.ErrLocationInUse, says: []string{"numbers 1", "assigned 0"}, given: func(s *scene) {
			s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.spare[0], Location: s.floor.ID}))
		}, call: func(s *scene) error {
			return s.org.DeleteLocation(s.ctx, engine.DeleteLocation{Location: s.floor.ID})
		}},
		{name: "address in use", code: engine.ErrLocationInUse, says: []string{"numbers 1", "assigned 1"}, call: func(s *scene) error {
			return s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: s.us.ID})
		}},
		{name: "address in use by idle numbers", code: engine.ErrLocationInUse, says: []string{"numbers 2", "assigned 0"}, call: func(s *scene) error {
			return s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: s.fr.ID})
		}},
	}
}
