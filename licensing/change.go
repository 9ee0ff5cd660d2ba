package licensing

import "example.com/callingplan/telephony"

// Codes of what a person holds, in the order in which [Catalogue.CheckChange]
// reports them. ErrUnknownProduct stands after ErrChangeTooLarge.
const (
	ErrChangeTooLarge     telephony.Code = "licence_change_too_large"
	ErrListedTwice        telephony.Code = "licence_listed_twice"
	ErrAlreadyHeld        telephony.Code = "licence_already_held"
	ErrNotHeld            telephony.Code = "licence_not_held"
	ErrNoUsageLocation                   = telephony.ErrNoUsageLocation
	ErrNotSoldThere       telephony.Code = "product_not_sold_there"
	ErrPersonPrerequisite telephony.Code = "person_prerequisite"
	ErrStillNeeded        telephony.Code = "licence_still_needed"
	ErrNotEnoughLicences  telephony.Code = "not_enough_licences"
	ErrOnPremisesNumber                  = telephony.ErrOnPremisesNumber
	ErrPlanConflict       telephony.Code = "calling_plan_conflict"
)

// MaxChange is the most products one change may add, and the most it may remove.
const MaxChange = 64

// Person is what decides which licences somebody can have.
type Person struct {
	Country          telephony.Country // usage location; empty if not set
	Products         []Product         // licences held now, in any order
	OnPremisesNumber bool              // has a number that is held on premises
}

// Change is a change of a person's licences, done as one: first Remove, then
// Add, and only the outcome has to be in order. So Phone System and a Calling
// Plan go together in any order, and one plan is swapped for another without a
// moment between them.
type Change struct {
	Add    []Product
	Remove []Product
}

// CheckAssign is [Catalogue.CheckChange] where nothing is removed.
func (c *Catalogue) CheckAssign(owned []Holding, person Person, add []Product) []*telephony.Error {
	return c.CheckChange(owned, person, Change{Add: add})
}

// CheckRemove is [Catalogue.CheckChange] where nothing is added. It does not
// matter how many licences the tenant owns.
func (c *Catalogue) CheckRemove(person Person, remove []Product) []*telephony.Error {
	return c.CheckChange(nil, person, Change{Remove: remove})
}

// CheckChange returns every reason for which a person of a tenant with these
// licences cannot have the change, and nil if there is none. An empty change is
// always in order. [telephony.Join] makes one error of the reasons. Rules come in
// this order, and under each rule products in the order listed. A product that is
// misstated, up to ErrNotHeld, is held to no rule after that.
//
//   - ErrChangeTooLarge: more than [MaxChange] products on a list; the only reason then
//   - ErrUnknownProduct: added, and not in the catalogue
//   - ErrListedTwice: listed before, to be added or to be removed
//   - ErrAlreadyHeld: added, and held
//   - ErrNotHeld: removed, and not held
//   - ErrNoUsageLocation: something is added and the person has no country [lic]
//   - ErrNotSoldThere: not sold in the person's usage location [lic]
//   - ErrPersonPrerequisite: added without Phone System, or what else it needs [lic]
//   - ErrStillNeeded: the removal takes what a licence that stays needs
//   - ErrNotEnoughLicences: all that were bought are assigned; figures bought,
//     assigned, asked [lic]
//   - ErrOnPremisesNumber: a Calling Plan for somebody whose number is held on
//     premises [lic]
//   - ErrPlanConflict: a second Calling Plan; a person has one at most, since
//     calls and minutes could not be charged to two
func (c *Catalogue) CheckChange(owned []Holding, person Person, change Change) []*telephony.Error {
	if n := max(len(change.Add), len(change.Remove)); n > MaxChange {
		return []*telephony.Error{{Code: ErrChangeTooLarge, Detail: "the change lists too many products",
			Fix:     "make several changes of it",
			Figures: []telephony.Figure{{Name: "listed", Value: int64(n)}, {Name: "most", Value: MaxChange}}}}
	}
	d := decision{catalogue: c, owned: owned, person: person, Change: change}
	d.sort()
	d.checkCountry()
	d.checkNeeds()
	d.checkLicences()
	d.checkPlans()
	return d.reasons
}
