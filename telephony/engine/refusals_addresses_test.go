package engine_test

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// wrongAddresses are wrong calls on addresses as a whole, drafts and terms.
func wrongAddresses() []wrongCall {
	drafted := func(s *scene) { s.drafted = s.draft() }
	promote := func(draft telephony.AddressID, a emergency.Address) func(*scene) error {
		return func(s *scene) error {
			_, err := s.org.PromoteDraft(s.ctx, engine.PromoteDraft{Draft: draft, Checked: s.checked(a)})
			return err
		}
	}
	saveDraft := func(a emergency.Address) func(*scene) error {
		return func(s *scene) error {
			_, err := s.org.SaveDraft(s.ctx, s.checked(a))
			return err
		}
	}
	terms := func(v emergency.TermsVersion) func(*scene) error {
		return func(s *scene) error {
			return s.org.AcknowledgeTerms(s.ctx, engine.AcknowledgeTerms{Version: v})
		}
	}
	otherStreet := offices["US"]
	otherStreet.StreetSuffix, otherStreet.HouseNumber = "St", "102"
	otherParis := offices["FR"]
	otherParis.HouseNumber = "8"
	return []wrongCall{
		{name: "address that replaces itself", code: engine.ErrSameAddress, unlogged: true, says: []string{"replace address: by:"},
			call: func(s *scene) error { return s.tryReplace(s.us.ID, s.us.ID) }},
		{name: "unknown address to replace", code: engine.ErrUnknownAddress, says: []string{"address a-none"},
			call: func(s *scene) error { return s.tryReplace("a-none", s.us.ID) }},
		{name: "replacement in another country", code: engine.ErrAddressCountry, says: []string{"in FR", "in US"},
			call: func(s *scene) error { return s.tryReplace(s.us.ID, s.fr.ID) }},
		{name: "replacement outside the numbers' area", code: engine.ErrAreaMismatch, says: []string{"EMEA-FR-ALL-Paris", "numbers 2"},
			given: func(s *scene) { s.annex = s.addressOf(s.org, lyonOffice) },
			call:  func(s *scene) error { return s.tryReplace(s.fr.ID, s.annex.ID) }},
		{name: "replacement by a draft", code: engine.ErrAddressDraft, says: []string{"draft", "promote"}, given: drafted,
			call: func(s *scene) error { return s.tryReplace(s.us.ID, s.drafted.ID) }},
		{name: "place in a draft", code: engine.ErrAddressDraft, given: drafted, call: func(s *scene) error {
			_, err := s.org.AddLocation(s.ctx, engine.Place{Address: s.drafted.ID, Description: "attic"})
			return err
		}},
		{name: "draft deleted as an address", code: engine.ErrAddressDraft, given: drafted, call: func(s *scene) error {
			return s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: s.drafted.ID})
		}},
		{name: "edit of a draft", code: engine.ErrAddressDraft, given: drafted,
			call: func(s *scene) error { return s.tryEdit(s.drafted.ID, offices["US"]) }},
		{name: "edit where none is allowed", code: engine.ErrAddressFixed, says: []string{"edit address: house_number:", "in FR", "replace"},
			call: func(s *scene) error { return s.tryEdit(s.fr.ID, otherParis) }},
		{name: "edit of a field that stands", code: engine.ErrFieldFixed, says: []string{"street_suffix:", "in US"},
			call: func(s *scene) error { return s.tryEdit(s.us.ID, otherStreet) }},
		{name: "edit into another country", code: engine.ErrFieldFixed, says: []string{"country:", "more"},
			call: func(s *scene) error { return s.tryEdit(s.us.ID, offices["FR"]) }},
		{name: "edit that was not accepted", code: telephony.ErrAddressNotValidated, unlogged: true,
			call: func(s *scene) error { return s.tryEdit(s.us.ID, unfinished) }},
		{name: "edit by an older verdict", code: engine.ErrVerdictOlder, says: []string{"2026-03-02"}, given: func(s *scene) {
			s.clock.Set(begin.AddDate(0, 0, 1))
			s.must(s.tryEdit(s.us.ID, offices["US"]))
		}, call: func(s *scene) error {
			s.clock.Set(begin) // the state's time stays, and the verdict is of now
			return s.tryEdit(s.us.ID, offices["US"])
		}},
		{name: "draft that was accepted", code: engine.ErrDraftAccepted, unlogged: true, call: saveDraft(offices["US"])},
		{name: "draft of no country", code: telephony.ErrCountry, unlogged: true, call: saveDraft(emergency.Address{City: "Fiction"})},
		{name: "draft that cannot be kept", code: telephony.ErrText, unlogged: true, says: []string{"save draft: city:", "1 more"},
			call: saveDraft(emergency.Address{Country: "US", City: "Fiction\x00", Street: "\xff"})},
		{name: "unknown draft", code: engine.ErrUnknownDraft, says: []string{"address a-none"}, call: promote("a-none", offices["US"])},
		{name: "address that is no draft", code: engine.ErrUnknownDraft, call: func(s *scene) error { return promote(s.us.ID, offices["US"])(s) }},
		{name: "promotion that was not accepted", code: telephony.ErrAddressNotValidated, unlogged: true, given: drafted,
			call: func(s *scene) error { return promote(s.drafted.ID, unfinished)(s) }},
		{name: "unknown draft to delete", code: engine.ErrUnknownDraft, call: func(s *scene) error {
			return s.org.DeleteDraft(s.ctx, engine.DeleteDraft{Draft: s.us.ID})
		}},
		{name: "no terms in force", code: emergency.ErrTermsVersion, says: []string{"version 1", "in force 0"}, call: terms(1)},
		{name: "terms of the past", code: emergency.ErrTermsVersion, says: []string{"version 1", "in force 2"},
			options: []engine.Option{engine.WithTerms(2)}, call: terms(1)},
		{name: "terms to come", code: emergency.ErrTermsVersion, says: []string{"version 3", "in force 2"},
			options: []engine.Option{engine.WithTerms(2)}, call: terms(3)},
		{name: "no version of the terms", code: engine.ErrRequest, unlogged: true, call: terms(0)},
	}
}
