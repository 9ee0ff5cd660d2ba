package main

import (
	"context"
	"strings"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// licences is the first step: buy licences, see what quota they give, and give
// everybody Phone System and then a Calling Plan.
func (w *walk) licences(ctx context.Context) error {
	w.out.heading("Step 1. Buy licences and give them to people")
	for _, product := range []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan} {
		if err := w.org.BuyLicences(ctx, engine.Purchase{Product: product, Quantity: 100}); err != nil {
			return err
		}
		w.out.done("100 licences of %s are bought", nameOf(product))
	}
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	w.out.say("They give a quota of %d, and this is why:", view.Quota(telephony.UserNumber).Limit)
	w.out.block(view.Quota(telephony.UserNumber).String())

	w.out.say("Phone System comes before a Calling Plan:")
	for i, p := range w.employees() {
		if i == 0 {
			err = w.oneByOne(ctx, p)
		} else {
			err = w.both(ctx, p)
		}
		if err != nil {
			return p.fail(err)
		}
	}
	return w.onPremises(ctx)
}

// oneByOne tries the wrong order first.
func (w *walk) oneByOne(ctx context.Context, p person) error {
	plan := engine.LicenceChange{Person: p.spec.ID, Add: []licensing.Product{licensing.DomesticCallingPlan}}
	phone := engine.LicenceChange{Person: p.spec.ID, Add: []licensing.Product{licensing.PhoneSystem}}
	if err := w.org.AssignLicences(ctx, plan); err != nil {
		w.out.refused(p.spec.Name+" is to have a Calling Plan:", err)
	}
	for _, change := range []engine.LicenceChange{phone, plan} {
		if err := w.org.AssignLicences(ctx, change); err != nil {
			return err
		}
		w.out.done("%s has %s", p.spec.Name, nameOf(change.Add[0]))
	}
	return nil
}

// both gives the two licences in one step, in which their order does not matter.
func (w *walk) both(ctx context.Context, p person) error {
	products := []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}
	if err := w.org.AssignLicences(ctx, engine.LicenceChange{Person: p.spec.ID, Add: products}); err != nil {
		return err
	}
	w.out.done("%s has %s and %s", p.spec.Name, nameOf(products[0]), nameOf(products[1]))
	return nil
}

// onPremises shows why people whose number is held on premises are left out.
func (w *walk) onPremises(ctx context.Context) error {
	for _, p := range w.in.people {
		if !p.spec.OnPremisesNumber {
			continue
		}
		products := []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}
		if err := w.org.AssignLicences(ctx, engine.LicenceChange{Person: p.spec.ID, Add: products}); err != nil {
			w.out.refused(p.spec.Name+" is to have both:", err)
		}
	}
	return nil
}

// nameOf is the product's name in the catalogue.
func nameOf(p licensing.Product) string {
	entry, err := licensing.Standard().Lookup(p)
	if err != nil {
		return string(p)
	}
	return strings.TrimSpace(entry.Name)
}
