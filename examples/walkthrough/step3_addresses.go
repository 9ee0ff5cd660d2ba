package main

import (
	"context"
	"slices"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// addresses is the third step: enter, check and save the emergency addresses,
// and add the places inside them. Those of countries in which numbers wait for
// their address come with the numbers, in the fourth step.
func (w *walk) addresses(ctx context.Context) error {
	w.out.heading("Step 3. Emergency addresses")
	later := w.demands(telephony.LocationAtAcquisition)
	for _, o := range w.in.offices {
		if slices.ContainsFunc(later, func(d demand) bool { return d.area.Country == o.address.Country }) {
			continue
		}
		if err := w.saveOffice(ctx, o); err != nil {
			return o.fail(err)
		}
	}
	return nil
}

// saveOffice checks an address as it was typed. If it is accepted it is saved,
// with the places in which people work.
func (w *walk) saveOffice(ctx context.Context, o office) error {
	w.out.say("%s: %s", o.name, oneLine(o.address))
	checked, err := w.org.CheckAddress(ctx, o.address)
	if err != nil {
		return err
	}
	if !checked.IsAccepted() {
		w.showRefused(checked)
		// A program that tries all the same is stopped by the engine.
		if _, err := w.org.SaveAddress(ctx, checked); err != nil {
			w.out.refused("save it all the same:", err)
		}
		return nil
	}
	w.out.done("%s, by %s; calls go to %s", checked.Verdict(), checked.Authority(), checked.Dispatch().Name)
	// The banner is what the person who typed the address is shown.
	w.out.block(checked.Verdict().Banner())
	for _, c := range checked.Verdict().Candidates {
		if checked.Verdict().Partial {
			w.out.say("The authority has this %s instead: %s.", c.Field, c.Value)
		}
	}
	address, err := w.org.SaveAddress(ctx, checked)
	if err != nil {
		return err
	}
	w.out.line("")
	w.out.done("saved as %s: %s", address.ID, oneLine(address.Record.Address))
	places, err := w.addPlaces(ctx, o.name, address)
	w.saved[o.name] = savedOffice{address, places}
	return err
}

// showRefused shows what is wrong, field by field.
func (w *walk) showRefused(checked emergency.Checked) {
	rows := [][]string{{"Field", "Code", "What is wrong"}}
	for _, problem := range checked.Verdict().Problems() {
		rows = append(rows, []string{problem.Field.String(), string(problem.Code), problem.Message})
	}
	w.out.refused("the address is "+checked.Verdict().String()+":", nil)
	w.out.table(rows...)
	w.out.line("")
}

// addPlaces adds the places of an office in which people work: a floor, a wing.
// Nobody checks them. The address itself is the place of all others.
func (w *walk) addPlaces(ctx context.Context, office string, address engine.Address) (map[string]telephony.LocationID, error) {
	places := map[string]telephony.LocationID{"": address.Default}
	for _, p := range w.in.people {
		if _, known := places[p.place]; known || p.office != office {
			continue
		}
		location, err := w.org.AddLocation(ctx, engine.Place{Address: address.ID, Description: p.place})
		if err != nil {
			return nil, p.fail(err)
		}
		places[p.place] = location.ID
		w.out.done("place %s: %s", location.ID, location.Place.Place)
	}
	return places, nil
}

// streetLine writes the street of an address with the house number before it.
func streetLine(a emergency.Address) string {
	return words(a.HouseNumberPrefix, a.HouseNumber+a.HouseNumberSuffix, a.StreetPreModifier, a.PreDirectional,
		a.StreetTypePrefix, a.Street, a.StreetSuffix, a.PostDirectional, a.StreetPostModifier)
}

// oneLine writes an address in one line.
func oneLine(a emergency.Address) string {
	return a.Company + ", " + streetLine(a) + ", " + words(a.City, a.State, a.PostalCode) + ", " + string(a.Country)
}

// words joins those that are not empty.
func words(list ...string) string { return strings.Join(strings.Fields(strings.Join(list, " ")), " ") }
