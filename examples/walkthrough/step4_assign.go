package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// assign is the fourth step: give each person a number and an emergency
// location. Most countries want the address before the number, so that it
// starts with theirs.
func (w *walk) assign(ctx context.Context) error {
	w.out.heading("Step 4. Assign numbers and emergency locations")
	for i, d := range w.demands(telephony.LocationAtAcquisition) {
		if err := w.addressFirst(ctx, d, i == 0); err != nil {
			return err
		}
	}
	w.out.say("Everybody who is among the voice users gets a number:")
	waiting, err := w.assignAll(ctx, w.employees())
	if err != nil {
		return err
	}
	if err := w.dryRun(ctx); err != nil {
		return err
	}
	return w.assignLater(ctx, waiting)
}

// addressFirst gets numbers where they are not to be had without an emergency
// location.
func (w *walk) addressFirst(ctx context.Context, d demand, explain bool) error {
	w.clock.Add(time.Minute)
	w.out.say("In %s the address comes first:", d.area.Country)
	hold, err := w.reserve(ctx, d.area, d.people)
	if err != nil {
		return err
	}
	if explain {
		_, err := w.org.Acquire(ctx, engine.Acquire{Reservation: hold.ID, Numbers: hold.Numbers()[:1]})
		if err != nil {
			w.out.refused("acquire without a location:", err)
		}
	}
	location := telephony.LocationID("")
	for _, o := range w.in.offices {
		if o.address.Country != d.area.Country {
			continue
		}
		if err := w.saveOffice(ctx, o); err != nil {
			return o.fail(err)
		}
		if saved, ok := w.saved[o.name]; ok && location == "" {
			location = saved.Default
		}
	}
	if location == "" {
		w.out.say("No address in %s was accepted, so no number can be acquired there.", d.area.Country)
		return nil
	}
	return w.acquire(ctx, hold, d.people, location)
}

// assignAll gives numbers to people and returns those for whom it is too early.
func (w *walk) assignAll(ctx context.Context, people []person) (waiting []person, err error) {
	for _, p := range people {
		switch err := w.assignOne(ctx, p); {
		case errors.Is(err, telephony.ErrPersonNotVisible):
			waiting = append(waiting, p)
			w.out.refused(p.spec.Name+":", err)
		case errors.As(err, new(*telephony.Error)):
			w.out.refused(p.spec.Name+":", err)
		case err != nil:
			return nil, err
		}
	}
	return waiting, nil
}

// assignOne gives a person a number of the area wanted and the place where they
// work.
func (w *walk) assignOne(ctx context.Context, p person) error {
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	assignment := engine.Assign{Person: p.spec.ID, Location: w.saved[p.office].places[p.place]}
	wanted := engine.NumberQuery{Kind: telephony.UserNumber, Unassigned: true,
		Country: p.area.Country, Region: p.area.Region, City: p.area.City, Top: 1}
	for n := range view.Numbers(wanted) {
		assignment.Number = n.Number
	}
	if err := w.org.Assign(ctx, assignment); err != nil {
		return err
	}
	w.out.done("%s: %s, at %s", p.spec.Name, grouped(assignment.Number), whereOf(p))
	return nil
}

// assignLater shows who is not among the voice users yet and until when, and
// tries again then.
func (w *walk) assignLater(ctx context.Context, waiting []person) error {
	if len(waiting) == 0 {
		return nil
	}
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{"Not yet a voice user", "From", "To wait"}}
	for p := range view.People(engine.PersonQuery{Pending: true}) {
		rows = append(rows, []string{p.Name, clockTime(p.VisibleAt), p.VisibleAt.Sub(view.At()).Round(time.Second).String()})
	}
	w.out.say("The directory takes %g hours to pass on who is new:", directoryDelay.Hours())
	w.out.table(rows...)

	for _, p := range waiting {
		known, err := view.Person(p.spec.ID)
		if err != nil {
			return err
		}
		if known.VisibleAt.After(w.clock.Now()) {
			w.clock.Set(known.VisibleAt)
		}
	}
	w.out.say("At %s it has:", w.now())
	_, err = w.assignAll(ctx, waiting)
	return err
}

// dryRun asks what stands in the way of an assignment in which nothing fits: a
// number that somebody in another country has, for a person who is to have none.
func (w *walk) dryRun(ctx context.Context) error {
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	for _, p := range w.in.people {
		if !p.spec.OnPremisesNumber {
			continue
		}
		for n := range view.Numbers(engine.NumberQuery{Assigned: true}) {
			if n.Area.Country == p.spec.UsageLocation {
				continue
			}
			obstacles := view.CheckAssign(engine.Assign{Number: n.Number, Person: p.spec.ID, Location: n.Location})
			w.out.say("A dry run lists everything that stands in the way, here of giving %s to %s:",
				grouped(n.Number), p.spec.Name)
			rows := [][]string{{"", "What stands in the way", "Code"}}
			for i, o := range obstacles {
				rows = append(rows, []string{fmt.Sprint(i + 1), o.Detail, string(o.Code)})
			}
			w.out.table(rows...)
			return nil
		}
	}
	return nil
}

// whereOf names where a person works.
func whereOf(p person) string {
	if p.place == "" {
		return p.office
	}
	return p.office + ", " + p.place
}
