package engine

import (
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// Licences returns what the tenant has bought and assigned, by product.
func (v *View) Licences() []licensing.Holding {
	return slices.Clone(v.account.Licences)
}

// MinutePools returns the minutes that the people on each plan in each country
// share, plans in catalogue order, countries in that of their codes. Its cost grows
// with the people.
//
// Its error is licensing.ErrMinutesOverflow.
func (v *View) MinutePools() ([]licensing.MinutePool, error) {
	var uses []licensing.PlanUse
	for p := range v.tables.people.Prefix(v.rows, accountKey(v.tenant)) {
		for _, product := range p.Products {
			if !v.settings.Catalogue.Features([]licensing.Product{product}).Has(licensing.FeatureCallingPlan) {
				continue
			}
			at := slices.IndexFunc(uses, func(u licensing.PlanUse) bool { return u.Product == product && u.Country == p.Country })
			if at < 0 {
				at, uses = len(uses), append(uses, licensing.PlanUse{Product: product, Country: p.Country})
			}
			uses[at].People++
		}
	}
	return v.settings.Catalogue.MinutePools(uses)
}

// PreviewLicences says what a change of a person's licences would do to the
// licences that are left and to the person's number.
//
// Errors: those of the form of Tenant.AssignLicences; ErrUnknownPerson. What else
// stands against the change is in the Preview.
func (v *View) PreviewLicences(c LicenceChange) (licensing.Preview, error) {
	if err := (licenceCommand{c}).check(); err != nil {
		return licensing.Preview{}, named(OpAssignLicences, asError(err))
	}
	p, ok := v.personRow(c.Person)
	if !ok {
		return licensing.Preview{}, named(OpAssignLicences, unknownPerson(c.Person))
	}
	facts := licensing.ChangeFacts{Owned: v.account.Licences, Person: p.licensee(),
		Change: licensing.Change{Add: c.Add, Remove: c.Remove}, HasNumber: p.Number.IsValid(), Lapse: p.Lapse.lapse(),
		Now: v.At(), Grace: v.settings.Grace}
	preview := v.settings.Catalogue.PreviewChange(facts)
	if p.Vanished && len(c.Add) > 0 {
		facts.Change = licensing.Change{}
		preview.Refused, preview.Number = []*telephony.Error{vanished(p)}, v.settings.Catalogue.PreviewChange(facts).Number
		for i := range preview.Licences {
			preview.Licences[i].After = preview.Licences[i].Before
		}
	}
	return preview, nil
}

// PreviewPurchase says what buying licences would do to every quota.
func (v *View) PreviewPurchase(p Purchase) licensing.Preview {
	return v.settings.Quota.PreviewPurchase(v.settings.Catalogue, v.stockFacts(p))
}

// PreviewReturn says what giving licences back would do to every quota. Numbers
// are never taken away.
func (v *View) PreviewReturn(p Purchase) licensing.Preview {
	return v.settings.Quota.PreviewReturn(v.settings.Catalogue, v.stockFacts(p))
}

func (v *View) stockFacts(p Purchase) licensing.StockFacts {
	f := licensing.StockFacts{Owned: v.account.Licences, Product: p.Product, Quantity: p.Quantity, Use: map[licensing.QuotaClass]licensing.Use{},
		Coming: v.ordered(telephony.TollFreeNumber)}
	for _, k := range telephony.Kinds() {
		f.Use[licensing.ClassOf(k)] = v.account.Use[k].licensed()
	}
	return f
}
