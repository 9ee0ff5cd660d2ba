package licensing

import (
	"sync"

	"example.com/callingplan/telephony"
)

// Standard returns the catalogue of the service [lic]. It is built on first use
// and shared; nothing can change it.
//
// Where the documentation is silent: a product is sold everywhere unless it
// says otherwise, so an embedder who sells Calling Plans in some countries only
// replaces those entries with [Catalogue.With]; Teams Phone with Calling Plan
// needs nothing beforehand and opens the Voice area, as it carries Phone System;
// minutes are given where figures are public.
func Standard() *Catalogue { return standard() }

var standard = sync.OnceValue(func() *Catalogue {
	c := &Catalogue{}
	for _, e := range standardEntries() {
		c.put(e)
	}
	return c
})

func standardEntries() []Entry {
	return []Entry{
		{Product: EnterpriseE5, Name: "Enterprise E5", OpensVoice: true,
			Features: FeaturePhoneSystem | FeatureAudioConferencing},
		{Product: EnterpriseE5NoConferencing, Name: "Enterprise E5 without Audio Conferencing", OpensVoice: true,
			Features: FeaturePhoneSystem},
		{Product: EnterpriseE3, Name: "Enterprise E3"},
		{Product: EnterpriseE1, Name: "Enterprise E1"},
		{Product: PhoneSystem, Name: "Phone System", OpensVoice: true, Features: FeaturePhoneSystem},
		{Product: AudioConferencing, Name: "Audio Conferencing", OpensVoice: true, Features: FeatureAudioConferencing},
		plan(Entry{Product: DomesticCallingPlan, Name: "Domestic Calling Plan", Minutes: []Minutes{
			{Countries: []telephony.Country{"US", "CA", "PR"}, PerPerson: 3000},
			{Countries: europeanUnion(), PerPerson: 1200},
		}}),
		plan(Entry{Product: InternationalCallingPlan, Name: "Domestic and International Calling Plan",
			Features: FeatureInternational}),
		plan(Entry{Product: DomesticCallingPlan120, Name: "Domestic Calling Plan (120 minutes)",
			NotSoldIn: []telephony.Country{"US"}, Minutes: []Minutes{{PerPerson: 120}}}),
		plan(Entry{Product: DomesticCallingPlan240, Name: "Domestic Calling Plan (240 minutes)",
			NotSoldIn: []telephony.Country{"US"}, Minutes: []Minutes{{PerPerson: 240}}}),
		plan(Entry{Product: PayAsYouGoZone1, Name: "Pay-As-You-Go Calling Plan (zone 1)",
			Features: FeaturePayAsYouGo, Minutes: []Minutes{{PerPerson: 0}}}),
		plan(Entry{Product: PayAsYouGoZone2, Name: "Pay-As-You-Go Calling Plan (zone 2)",
			Features: FeaturePayAsYouGo, Minutes: []Minutes{{PerPerson: 0}}}),
		{Product: TeamsPhoneWithCallingPlan, Name: "Teams Phone with Calling Plan", OpensVoice: true,
			Features: FeaturePhoneSystem | FeatureCallingPlan},
		{Product: CommunicationsCredits, Name: "Communications Credits", Features: FeatureCredits},
	}
}

// plan completes an add-on that is a Calling Plan: Phone System comes first, for
// the tenant as for the person [lic].
func plan(e Entry) Entry {
	e.Features |= FeatureCallingPlan
	e.TenantNeeds = FeaturePhoneSystem
	e.PersonNeeds = FeaturePhoneSystem
	return e
}

// europeanUnion lists the members since February 2020.
func europeanUnion() []telephony.Country {
	return []telephony.Country{
		"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
		"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
	}
}
