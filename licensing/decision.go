package licensing

import (
	"slices"
	"strconv"

	"example.com/callingplan/telephony"
)

// decision is the state of one CheckChange. It takes no memory of its own while
// nothing is wrong, since it stands in the way of every write.
type decision struct {
	catalogue *Catalogue
	owned     []Holding
	person    Person
	Change

	added   [MaxChange]*Entry // the entries of Add that are in order; nil for the rest
	reasons []*telephony.Error
}

// refuse adds a reason about the i-th product of a list.
func (d *decision) refuse(list string, i int, p Product, e telephony.Error) {
	e.Field, e.Subject = list+"["+strconv.Itoa(i)+"]", p.subject()
	d.reasons = append(d.reasons, &e)
}

// sort finds the entries to be added and refuses what is misstated.
func (d *decision) sort() {
	for i, p := range d.Add {
		if d.added[i] = d.catalogue.find(p); d.added[i] == nil {
			d.refuse("add", i, p, *unknownProduct("", p))
		}
	}
	const twice, once = "the product is listed more than once in this change", "list it once"
	for i, p := range d.Add {
		if d.added[i] != nil && (slices.Contains(d.Add[:i], p) || slices.Contains(d.Remove, p)) {
			d.added[i] = nil
			d.refuse("add", i, p, telephony.Error{Code: ErrListedTwice, Detail: twice, Fix: once})
		}
	}
	for i, p := range d.Remove {
		if slices.Contains(d.Remove[:i], p) {
			d.refuse("remove", i, p, telephony.Error{Code: ErrListedTwice, Detail: twice, Fix: once})
		}
	}
	for i, p := range d.Add {
		if d.added[i] != nil && slices.Contains(d.person.Products, p) {
			d.added[i] = nil
			d.refuse("add", i, p, telephony.Error{Code: ErrAlreadyHeld,
				Detail: "the person holds the licence already", Fix: "leave it out"})
		}
	}
	for i, p := range d.Remove {
		if !slices.Contains(d.person.Products, p) && !slices.Contains(d.Remove[:i], p) && !slices.Contains(d.Add, p) {
			d.refuse("remove", i, p, telephony.Error{Code: ErrNotHeld,
				Detail: "the person does not hold the licence", Fix: "leave it out"})
		}
	}
}

// stays reports whether a licence held is held after the change. One listed to
// be removed and added too is refused as such, and stays meanwhile, so that
// nothing else is blamed on it.
func (d *decision) stays(held Product) bool {
	return !slices.Contains(d.Remove, held) || slices.Contains(d.Add, held)
}

func (d *decision) checkCountry() {
	country := d.person.Country
	if country == "" {
		if len(d.Add) > 0 {
			d.reasons = append(d.reasons, &telephony.Error{Code: ErrNoUsageLocation, Field: "person",
				Detail: "the person has no usage location, without which no licence can be assigned",
				Fix:    "set the country in which the person uses the service"})
		}
		return
	}
	for i, p := range d.Add {
		if e := d.added[i]; e != nil && !e.IsSoldIn(country) {
			d.refuse("add", i, p, telephony.Error{Code: ErrNotSoldThere,
				Detail: "the product is not sold in " + printable(country) + ", the person's usage location",
				Fix:    "choose a product that is sold there"})
		}
	}
}

// checkNeeds holds what is added, and what stays, to the outcome of the change.
// A licence that stays is blamed on the removal only for what it had before.
func (d *decision) checkNeeds() {
	var before, after Feature
	for _, p := range d.person.Products {
		if e := d.catalogue.find(p); e != nil {
			before |= e.Features
			if d.stays(p) {
				after |= e.Features
			}
		}
	}
	for i := range d.Add {
		if e := d.added[i]; e != nil {
			after |= e.Features
		}
	}
	for i, p := range d.Add {
		if e := d.added[i]; e != nil && !after.Has(e.PersonNeeds) {
			missing := e.PersonNeeds &^ after
			d.refuse("add", i, p, telephony.Error{Code: ErrPersonPrerequisite,
				Detail: "the person must hold " + missing.String() + " before this product",
				Fix:    "assign " + d.catalogue.carriers(missing) + " first or with it"})
		}
	}
	if lost := before &^ after; lost != 0 {
		d.checkStays(lost)
	}
}

// checkStays refuses each removal that takes from the person what a licence
// that stays needs.
func (d *decision) checkStays(lost Feature) {
	for i, p := range d.Remove {
		gone := d.catalogue.find(p)
		if gone == nil || slices.Contains(d.Remove[:i], p) || !slices.Contains(d.person.Products, p) {
			continue
		}
		for _, kept := range d.person.Products {
			e := d.catalogue.find(kept)
			if e == nil || !d.stays(kept) {
				continue
			}
			if missing := e.PersonNeeds & lost & gone.Features; missing != 0 {
				d.refuse("remove", i, p, telephony.Error{Code: ErrStillNeeded,
					Detail: string(kept) + " stays and needs " + missing.String(),
					Fix:    "remove both, or give another product that carries it in the same change"})
			}
		}
	}
}

func (d *decision) checkLicences() {
	for i, p := range d.Add {
		if d.added[i] == nil {
			continue
		}
		if bought, assigned := count(d.owned, p); assigned >= bought {
			d.refuse("add", i, p, telephony.Error{Code: ErrNotEnoughLicences, Detail: "all licences are assigned",
				Fix: "buy more, or remove one from somebody",
				Figures: []telephony.Figure{
					{Name: "bought", Value: bought}, {Name: "assigned", Value: assigned}, {Name: "asked", Value: 1},
				}})
		}
	}
}

func (d *decision) checkPlans() {
	for i, p := range d.Add {
		if d.added[i].isPlan() && d.person.OnPremisesNumber {
			d.refuse("add", i, p, telephony.Error{Code: ErrOnPremisesNumber,
				Detail: "the person's number is held on premises, which rules out a Calling Plan",
				Fix:    "remove that number there first"})
		}
	}
	var other Product // a Calling Plan that stays, or one added before
	for _, p := range d.person.Products {
		if d.catalogue.find(p).isPlan() && d.stays(p) {
			other = p
		}
	}
	for i, p := range d.Add {
		switch {
		case !d.added[i].isPlan():
		case other == "":
			other = p
		default:
			d.refuse("add", i, p, telephony.Error{Code: ErrPlanConflict,
				Detail: "a person has one Calling Plan at most, and this is one beside " + string(other),
				Fix:    "remove the other in the same change, or leave this out"})
		}
	}
}

// isPlan reports whether the entry is there and carries a Calling Plan.
func (e *Entry) isPlan() bool { return e != nil && e.Features.Has(FeatureCallingPlan) }

// printable returns a country for an error's text, unless it is not one and so
// may be anything.
func printable(c telephony.Country) string {
	if c.IsValid() {
		return string(c)
	}
	return "the country given"
}
