package main

import (
	"context"
	"slices"
	"strconv"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// numbers is the second step: browse, hold numbers in two cities side by side,
// acquire some, and let the other hold run out.
func (w *walk) numbers(ctx context.Context) error {
	w.out.heading("Step 2. Get numbers")
	if err := w.browse(ctx); err != nil {
		return err
	}
	demands := w.demands(telephony.LocationAtAssignment)
	if len(demands) == 0 {
		w.out.say("Nobody works where the numbers come before the address. Step 4 gets them.")
		return nil
	}
	w.out.say("Held numbers are nobody else's for ten minutes. Several holds run side by side:")
	var holds []engine.Reservation
	for _, d := range demands {
		hold, err := w.reserve(ctx, d.area, d.people)
		if err != nil {
			return err
		}
		holds = append(holds, hold)
	}
	w.clock.Add(20 * time.Second)
	spare, hasSpare, err := w.reserveElsewhere(ctx, demands)
	if err != nil {
		return err
	}
	for _, after := range []time.Duration{time.Minute, 4 * time.Minute} {
		w.clock.Set(holds[0].Made.Add(after))
		if err := w.countdown(ctx); err != nil {
			return err
		}
	}
	w.out.say("Some are chosen and acquired. The rest of the hold goes back at once:")
	for i, hold := range holds {
		if err := w.acquire(ctx, hold, demands[i].people, ""); err != nil {
			return err
		}
	}
	if !hasSpare {
		return nil
	}
	return w.runOut(ctx, spare)
}

// browse shows where there are numbers, as an administrator picks them: country,
// region, city.
func (w *walk) browse(ctx context.Context) error {
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{"Country", "Region", "City", "Kind", "Free"}}
	for _, kind := range telephony.Kinds() {
		for country := range view.Countries(kind) {
			for region := range view.Regions(kind, country.Area.Country) {
				for city := range view.Areas(kind, region.Area) {
					rows = append(rows, []string{string(city.Area.Country), city.Area.Region, cityOf(city.Area),
						kind.String(), figure(city.Free)})
				}
			}
		}
	}
	w.out.say("The provider has numbers here:")
	w.out.table(rows...)
	return nil
}

// reserveElsewhere holds numbers in another city of a country in which some are
// wanted, to have the choice.
func (w *walk) reserveElsewhere(ctx context.Context, demands []demand) (hold engine.Reservation, found bool, err error) {
	view, err := w.org.View(ctx)
	if err != nil {
		return hold, false, err
	}
	for _, d := range demands {
		for a := range view.Areas(telephony.UserNumber, telephony.Area{Country: d.area.Country}) {
			wanted := slices.ContainsFunc(demands, func(d demand) bool { return d.area == a.Area })
			if !wanted && a.Free > 0 {
				hold, err = w.reserve(ctx, a.Area, 1)
				return hold, true, err
			}
		}
	}
	return hold, false, nil
}

// countdown shows the open holds with the time each has left.
func (w *walk) countdown(ctx context.Context) error {
	view, err := w.org.View(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{"At " + w.now(), "City", "Numbers", "Left", ""}}
	for hold := range view.Open() {
		left := view.Countdown(hold)
		rows = append(rows, []string{string(hold.ID), cityOf(hold.Area), strconv.Itoa(len(hold.Numbers())),
			minutes(left), bar(left, hold.Expires.Sub(hold.Made))})
	}
	w.out.table(rows...)
	return nil
}

// acquire takes the first numbers of a hold. The location is empty where the
// country wants it later.
func (w *walk) acquire(ctx context.Context, hold engine.Reservation, count int, location telephony.LocationID) error {
	chosen := hold.Numbers()
	chosen = chosen[:min(count, len(chosen))]
	got, err := w.org.Acquire(ctx, engine.Acquire{Reservation: hold.ID, Numbers: chosen, Location: location})
	if err != nil {
		return err
	}
	for _, n := range got.Numbers {
		w.out.done("%s is Contoso's", grouped(n))
	}
	w.out.done("%d numbers went back to the pool", len(got.Returned))
	return nil
}

// runOut lets a hold end, and shows the nanosecond before and the end itself.
func (w *walk) runOut(ctx context.Context, hold engine.Reservation) error {
	w.out.say("The other hold is left alone. It ends after ten minutes, to the nanosecond:")
	rows := [][]string{{"At", "After", "State", "Left", "Free in " + cityOf(hold.Area), "Held by Contoso"}}
	for _, moment := range []time.Time{hold.Expires.Add(-time.Nanosecond), hold.Expires} {
		w.clock.Set(moment)
		view, err := w.org.View(ctx)
		if err != nil {
			return err
		}
		now, err := view.Reservation(hold.ID)
		if err != nil {
			return err
		}
		var free int64
		for stock := range view.Areas(telephony.UserNumber, hold.Area) {
			free += stock.Free
		}
		rows = append(rows, []string{w.now(), minutes(moment.Sub(hold.Made)), now.State.String(),
			minutes(view.Countdown(now)), figure(free), figure(view.Quota(telephony.UserNumber).Held)})
	}
	w.out.table(rows...)
	w.out.say("Whoever comes too late is told:")
	if _, err := w.org.Acquire(ctx, engine.Acquire{Reservation: hold.ID, All: true}); err != nil {
		w.out.refused("acquire the numbers in "+cityOf(hold.Area)+":", err)
	}
	return nil
}
