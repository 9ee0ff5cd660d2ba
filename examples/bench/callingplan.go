package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/samber/lo"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// defaultKeepLog is how many entries of its log the engine keeps if it is told
// nothing.
const defaultKeepLog = 100_000

// ours is this module's engine behind its public methods, with everything that
// it does beside the job: rules, quotas, counters, events, the log.
type ours struct {
	clock   *clock
	keepLog int
	eng     *engine.Engine
	stock   stock
	tenants []*engine.Tenant
	places  []telephony.LocationID
	fillers []*engine.Tenant // hold what is taken for ever
}

func openEngine(_ context.Context, s setting) (contender, error) {
	return &ours{clock: s.clock, keepLog: s.keepLog}, nil
}

var phones = []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}

func (o *ours) found(ctx context.Context, tenants, people int) error {
	streets := emergency.NewStreets("bench")
	if err := streets.Add(emergency.Street{Country: "US", State: "WA", City: "Seattle", Name: "Fiction", Suffix: "Ave",
		Dispatch: emergency.Dispatch{ID: "bench"}}); err != nil {
		return err
	}
	eng, err := engine.New(engine.WithClock(o.clock), engine.WithAuthority(streets), engine.WithHoldFor(holdFor),
		engine.WithLimits(reservation.Limits{Open: reservation.MaxOpen, Held: reservation.MaxHeld, PerRequest: reservation.MaxPerRequest}),
		engine.WithExtension(reservation.Extension{Allowed: true, MaxTotal: time.Duration(math.MaxInt64)}),
		engine.WithQuarantine(0), // nothing else that takes part lets numbers rest
		engine.WithLogKept(o.keepLog))
	if err != nil {
		return err
	}
	*o = ours{clock: o.clock, keepLog: o.keepLog, eng: eng}
	for i := range tenants {
		if err := o.foundTenant(ctx, i, people); err != nil {
			return err
		}
	}
	return nil
}

func (o *ours) foundTenant(ctx context.Context, i, people int) error {
	org, err := o.newTenant(ctx, fmt.Sprintf("tenant-%04d", i))
	if err != nil {
		return err
	}
	checked, err := org.CheckAddress(ctx, emergency.Address{Country: "US", State: "WA", City: "Seattle",
		Street: "Fiction", StreetSuffix: "Ave", HouseNumber: "100", PostalCode: "98101"})
	if err != nil {
		return err
	}
	saved, err := org.SaveAddress(ctx, checked)
	if err != nil {
		return err
	}
	for k := range people {
		if err := org.AddPerson(ctx, engine.PersonSpec{ID: personID(k), UsageLocation: "US"}); err != nil {
			return err
		}
		if err := org.AssignLicences(ctx, engine.LicenceChange{Person: personID(k), Add: phones}); err != nil {
			return err
		}
	}
	o.tenants, o.places = append(o.tenants, org), append(o.places, saved.Default)
	return nil
}

// newTenant makes a tenant with licences enough for any quota.
func (o *ours) newTenant(ctx context.Context, id string) (*engine.Tenant, error) {
	org, err := o.eng.CreateTenant(ctx, engine.TenantSpec{ID: telephony.TenantID(id)})
	if err != nil {
		return nil, err
	}
	for _, p := range phones {
		if err := org.BuyLicences(ctx, engine.Purchase{Product: p, Quantity: 1_000_000}); err != nil {
			return nil, err
		}
	}
	return org, nil
}

func (o *ours) load(ctx context.Context, s stock) error {
	o.stock = s
	for area := range s.areas() {
		step, size := s.Size, s.Size
		if s.isFiction(area) {
			step, size = fictionSize/fictionCodes, fictionSize
		}
		for i := 0; i < size; i += step {
			if err := o.addStock(ctx, area, s.number(area, i), step); err != nil {
				return err
			}
		}
	}
	for r, numbers := range s.held(o.clock.now()) {
		if err := o.loadHold(ctx, r, numbers); err != nil {
			return err
		}
	}
	return nil
}

func (o *ours) addStock(ctx context.Context, area int, first uint64, size int) error {
	n, err := telephony.NumberFromDigits(first)
	if err != nil {
		return err
	}
	r, err := telephony.NewRange(n, size)
	if err != nil {
		return err
	}
	return o.eng.AddStock(ctx, engine.Stock{Range: r, Area: o.area(area), Kind: telephony.UserNumber})
}

// loadHold makes a hold that the stock begins with. One without end is an
// extended one of a tenant that does nothing else.
func (o *ours) loadHold(ctx context.Context, r row, numbers []uint64) error {
	if r.ends != forever {
		_, err := o.reserve(ctx, r.tenant, r.area)
		return err
	}
	const areasPerFiller = 5 // within what one tenant may hold
	for len(o.fillers) <= r.area/areasPerFiller {
		org, err := o.newTenant(ctx, fmt.Sprintf("filler-%04d", len(o.fillers)))
		if err != nil {
			return err
		}
		o.fillers = append(o.fillers, org)
	}
	org := o.fillers[r.area/areasPerFiller]
	list, err := listOf(numbers)
	if err != nil {
		return err
	}
	held, err := org.Reserve(ctx, engine.Reserve{Numbers: list, Area: o.area(r.area)})
	if err != nil {
		return err
	}
	_, err = org.ExtendReservation(ctx, engine.ExtendReservation{Reservation: held.ID, By: 10 * 365 * 24 * time.Hour})
	return err
}

func (o *ours) reserve(ctx context.Context, tenant, area int) (hold, error) {
	r, err := o.tenants[tenant].Reserve(ctx, engine.Reserve{Area: o.area(area), Quantity: ten})
	if err != nil {
		return hold{}, oursError(err)
	}
	h := hold{name: string(r.ID), tenant: tenant, area: area, numbers: make([]uint64, 0, ten)}
	for _, n := range r.Numbers() {
		h.numbers = append(h.numbers, n.Digits())
	}
	return h, nil
}

func (o *ours) acquire(ctx context.Context, h hold, numbers []uint64) error {
	list, err := listOf(numbers)
	if err != nil {
		return err
	}
	_, err = o.tenants[h.tenant].Acquire(ctx, engine.Acquire{Reservation: telephony.ReservationID(h.name), Numbers: list, Location: o.places[h.tenant]})
	return oursError(err)
}

func (o *ours) assign(ctx context.Context, tenant int, number uint64, person int) error {
	n, err := telephony.NumberFromDigits(number)
	if err != nil {
		return err
	}
	return oursError(o.tenants[tenant].Assign(ctx, engine.Assign{Number: n, Person: personID(person), Location: o.places[tenant]}))
}

func (o *ours) unassign(ctx context.Context, tenant int, _ uint64, person int) error {
	return oursError(o.tenants[tenant].Unassign(ctx, engine.Unassign{Person: personID(person)}))
}

func (o *ours) release(ctx context.Context, h hold, numbers []uint64) error {
	list, err := listOf(numbers)
	if err != nil {
		return err
	}
	return oursError(o.tenants[h.tenant].Release(ctx, engine.Release{Numbers: list}))
}

func (o *ours) sweep(ctx context.Context) (bool, error) { return o.eng.Sweep(ctx) }

func (o *ours) bytes(context.Context) (int64, error) { return heapInUse(), nil }
func (o *ours) close() error                         { return nil }

func personID(k int) telephony.PersonID { return telephony.PersonID("person-" + strconv.Itoa(k)) }

// area returns the name of an area, in the country that its numbers are of.
func (o *ours) area(i int) telephony.Area {
	return telephony.Area{Country: lo.Ternary[telephony.Country](o.stock.isFiction(i), "US", "ZZ"), City: "Area " + strconv.Itoa(i)}
}

func listOf(numbers []uint64) (telephony.NumberList, error) {
	list := make(telephony.NumberList, len(numbers))
	for i, digits := range numbers {
		n, err := telephony.NumberFromDigits(digits)
		if err != nil {
			return nil, err
		}
		list[i] = n
	}
	return list, nil
}
