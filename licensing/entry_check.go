package licensing

import (
	"fmt"

	"example.com/callingplan/telephony"
)

// checkEntry returns what is wrong with one entry by itself; duplicate tells
// that the list has one for the product already.
func checkEntry(field string, e Entry, duplicate bool) []*telephony.Error {
	var reasons []*telephony.Error
	keep := func(err error) {
		if reason, ok := err.(*telephony.Error); ok {
			reasons = append(reasons, reason)
		}
	}
	keep(telephony.CheckID(field+".Product", e.Product))
	if duplicate {
		keep(&telephony.Error{Code: ErrDuplicateEntry, Field: field, Subject: e.Product.subject(),
			Detail: "the product has an entry earlier in the list", Fix: "give one entry a product"})
	}
	if e.Name == "" {
		keep(&telephony.Error{Code: telephony.ErrText, Field: field + ".Name",
			Detail: "a product has a name for people to read"})
	}
	keep(telephony.CheckText(field+".Name", e.Name, telephony.MaxTextRunes))
	keep(checkFeatures(field, e))
	for _, list := range []struct {
		name      string
		countries []telephony.Country
	}{{"SoldIn", e.SoldIn}, {"NotSoldIn", e.NotSoldIn}} {
		for i, country := range list.countries {
			keep(telephony.CheckCountry(fmt.Sprintf("%s.%s[%d]", field, list.name, i), country))
		}
	}
	for i, m := range e.Minutes {
		at := fmt.Sprintf("%s.Minutes[%d]", field, i)
		for j, country := range m.Countries {
			keep(telephony.CheckCountry(fmt.Sprintf("%s.Countries[%d]", at, j), country))
		}
		if m.PerPerson < 0 {
			keep(&telephony.Error{Code: ErrMinutes, Field: at + ".PerPerson", Detail: "minutes are 0 or more",
				Figures: []telephony.Figure{{Name: "minutes", Value: m.PerPerson}}})
		}
	}
	return reasons
}

func checkFeatures(field string, e Entry) error {
	if unknown := (e.Features | e.TenantNeeds | e.PersonNeeds) &^ allFeatures; unknown != 0 {
		return &telephony.Error{Code: ErrFeatures, Field: field, Subject: e.Product.subject(),
			Detail: "the features have a bit without a meaning: " + unknown.String()}
	}
	if e.Features&planFeatures != 0 && !e.Features.Has(FeatureCallingPlan) {
		return &telephony.Error{Code: ErrFeatures, Field: field + ".Features", Subject: e.Product.subject(),
			Detail: (e.Features & planFeatures).String() + " is a sort of Calling Plan",
			Fix:    "add FeatureCallingPlan"}
	}
	return nil
}

// checkNeeds finds the products that nobody could ever have. What can be bought
// grows from nothing: each round adds the products whose needs the earlier ones
// carry, so two products that each need the other are found too.
func (c *Catalogue) checkNeeds() []*telephony.Error {
	var onSale Feature
	for grown := true; grown; {
		before := onSale
		for _, e := range c.entries {
			if onSale.Has(e.TenantNeeds) {
				onSale |= e.Features
			}
		}
		grown = onSale != before
	}
	var reasons []*telephony.Error
	for _, e := range c.entries {
		if missing := (e.TenantNeeds | e.PersonNeeds) &^ onSale; missing != 0 {
			reasons = append(reasons, &telephony.Error{Code: ErrNeedsUnsatisfied, Subject: e.Product.subject(),
				Detail: "nothing that can be bought carries " + missing.String(),
				Fix:    "add a product that does"})
		}
	}
	return reasons
}
