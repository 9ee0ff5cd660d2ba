package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/benbjohnson/clock"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// start is when the walk starts.
var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// directoryDelay is how long new people take to appear among the voice users.
const directoryDelay = 4 * time.Hour

// A walk is what the five steps share. Each step is a method in a file of its
// own.
type walk struct {
	out    *screen
	in     files
	clock  *clock.Mock
	engine *engine.Engine
	org    *engine.Tenant
	saved  map[string]savedOffice // by name
}

// A savedOffice is an address that was accepted, and the places in it.
type savedOffice struct {
	engine.Address
	places map[string]telephony.LocationID // by description; "" is the address's default location
}

// newWalk makes an engine and puts into it what was there before the walk
// starts: streets, stock, a tenant and its people.
func newWalk(ctx context.Context, out *screen, in files) (*walk, error) {
	streets := emergency.NewStreets("example-streets")
	for _, s := range in.streets {
		if err := streets.Add(s.Street); err != nil {
			return nil, s.fail(err)
		}
	}
	w := &walk{out: out, in: in, clock: clock.NewMock(), saved: make(map[string]savedOffice)}
	w.clock.Set(start.AddDate(-1, 0, 0))
	out.now = w.clock.Now
	var err error
	w.engine, err = engine.New(
		engine.WithClock(w.clock),
		engine.WithAuthority(streets),
		engine.WithVisibleAfter(directoryDelay),
		engine.WithIDEpoch("demo"), // the same identifiers in every run
	)
	if err != nil {
		return nil, err
	}
	for _, s := range in.stock {
		if err := w.engine.AddStock(ctx, s.Stock); err != nil {
			return nil, s.fail(err)
		}
	}
	w.org, err = w.engine.CreateTenant(ctx, engine.TenantSpec{ID: "contoso", Name: "Contoso"})
	if err != nil {
		return nil, err
	}
	w.org = w.org.As("admin@contoso.example")
	return w, w.addPeople(ctx)
}

// addPeople adds everybody at the time at which the account was made.
func (w *walk) addPeople(ctx context.Context) error {
	people := slices.Clone(w.in.people)
	for i, p := range people {
		if p.created.IsZero() {
			people[i].created = start
		}
	}
	slices.SortStableFunc(people, func(a, b person) int { return a.created.Compare(b.created) })
	for _, p := range people {
		if p.created.After(w.clock.Now()) {
			w.clock.Set(p.created)
		}
		if err := w.org.AddPerson(ctx, p.spec); err != nil {
			return p.fail(err)
		}
	}
	w.clock.Set(start)
	return nil
}

// steps are the five steps in their order.
func (w *walk) steps() []func(context.Context) error {
	return []func(context.Context) error{w.licences, w.numbers, w.addresses, w.assign, w.tell}
}

// introduce says what the walk is about.
func (w *walk) introduce() {
	w.out.heading("Contoso gives its people telephone numbers")
	w.out.say("The files tell of %d people, %d ranges of numbers, %d addresses and %d streets. It is %s, "+
		"by a clock that is moved by hand.", len(w.in.people), len(w.in.stock), len(w.in.offices), len(w.in.streets),
		start.Format("2 January 2006, 15:04 MST"))
}

// now writes the time of day at which the walk is.
func (w *walk) now() string { return clockTime(w.clock.Now()) }

// employees are the people who are to get a number: all but those who have one
// on premises.
func (w *walk) employees() []person {
	return slices.DeleteFunc(slices.Clone(w.in.people), func(p person) bool { return p.spec.OnPremisesNumber })
}

// A demand is how many numbers are wanted of an area.
type demand struct {
	area   telephony.Area
	people int
}

// demands counts what is wanted in the countries that ask for the emergency
// location at that time.
func (w *walk) demands(need telephony.LocationWhen) []demand {
	var all []demand
	for _, p := range w.employees() {
		if emergency.PolicyFor(p.area.Country).LocationNeeded != need {
			continue
		}
		i := slices.IndexFunc(all, func(d demand) bool { return d.area == p.area })
		if i < 0 {
			i, all = len(all), append(all, demand{area: p.area})
		}
		all[i].people++
	}
	return all
}

// reserve holds numbers to choose from.
func (w *walk) reserve(ctx context.Context, area telephony.Area, atLeast int) (engine.Reservation, error) {
	hold, err := w.org.Reserve(ctx, engine.Reserve{Area: area, Quantity: max(10, atLeast), AllowFewer: true})
	if err != nil {
		return hold, err
	}
	w.out.done("%d numbers in %s are held until %s, from %s on", len(hold.Numbers()), cityOf(area),
		clockTime(hold.Expires), grouped(hold.Numbers()[0]))
	return hold, nil
}

// cityOf names an area as people do.
func cityOf(a telephony.Area) string {
	if a.City == "" {
		return fmt.Sprintf("all of %s", a.Country)
	}
	return a.City
}
