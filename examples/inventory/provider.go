package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// handClock is moved by hand, so that every run prints the same.
type handClock struct{ now time.Time }

func (c *handClock) Now() time.Time { return c.now }

// provider is who has the stock, with the one tenant who takes numbers of it.
type provider struct {
	*engine.Provider
	engine *engine.Engine
	clock  *handClock
	tenant *engine.Tenant
	office telephony.LocationID
}

func newProvider() (*provider, error) {
	streets := emergency.NewStreets("example-streets")
	street := emergency.Street{Country: "FR", City: "Paris", PostalCodes: []string{"75001"}, TypePrefix: "Rue", Name: "de la Fiction",
		Low: 1, High: 99, Dispatch: emergency.Dispatch{ID: "paris"}}
	if err := streets.Add(street); err != nil {
		return nil, err
	}
	clock := &handClock{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	const day = 24 * time.Hour
	eng, err := engine.New(engine.WithAuthority(streets), engine.WithClock(clock), engine.WithIDEpoch("inventory"),
		engine.WithLimits(reservation.Limits{Open: 10, Held: 500, PerRequest: 500}),
		engine.WithQuarantineOf(reservation.Business, 33, 10*day), engine.WithQuarantineOf(reservation.Residential, 33, 30*day))
	if err != nil {
		return nil, err
	}
	return &provider{Provider: eng.As("operator@carrier.example"), engine: eng, clock: clock}, nil
}

// threeWeeks lets the tenant take numbers every day, give some back, and hold some
// at the end.
func (p *provider) threeWeeks(ctx context.Context, w io.Writer) error {
	if err := p.newTenant(ctx); err != nil {
		return err
	}
	paris := telephony.Area{Country: "FR", City: "Paris"}
	var taken telephony.NumberList
	for day := range 21 {
		got, err := p.acquire(ctx, engine.Reserve{Area: paris, Quantity: 70})
		if err != nil {
			return err
		}
		taken = append(taken, got...)
		switch day {
		case 5:
			err = p.tenant.Release(ctx, engine.Release{Numbers: taken[:120], Line: reservation.Business})
		case 8:
			err = p.tenant.Release(ctx, engine.Release{Numbers: taken[200:300], Line: reservation.Residential})
		case 14:
			_, err = p.acquire(ctx, engine.Reserve{Area: paris, Prefix: telephony.MustParsePrefix("331990042"), Quantity: 90})
		}
		if err != nil {
			return err
		}
		p.clock.now = p.clock.now.AddDate(0, 0, 1)
	}
	_, err := p.tenant.Reserve(ctx, engine.Reserve{Area: paris, Quantity: 60, Prefix: telephony.MustParsePrefix("33199001")})
	fmt.Fprintln(w, "\nThree weeks later:")
	return err
}

// newTenant makes the tenant, with licences enough and an office in Paris.
func (p *provider) newTenant(ctx context.Context) (err error) {
	if p.tenant, err = p.CreateTenant(ctx, engine.TenantSpec{ID: "contoso"}); err != nil {
		return err
	}
	for _, product := range []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan} {
		if err := p.tenant.BuyLicences(ctx, engine.Purchase{Product: product, Quantity: 3000}); err != nil {
			return err
		}
	}
	checked, err := p.tenant.CheckAddress(ctx, emergency.Address{Country: "FR", City: "Paris", PostalCode: "75001",
		HouseNumber: "7", StreetTypePrefix: "Rue", Street: "de la Fiction"})
	if err != nil {
		return err
	}
	address, err := p.tenant.SaveAddress(ctx, checked)
	p.office = address.Default
	return err
}

// acquire reserves numbers and takes all of them.
func (p *provider) acquire(ctx context.Context, r engine.Reserve) (telephony.NumberList, error) {
	hold, err := p.tenant.Reserve(ctx, r)
	if err != nil {
		return nil, err
	}
	got, err := p.tenant.Acquire(ctx, engine.Acquire{Reservation: hold.ID, All: true, Location: p.office})
	return got.Numbers, err
}

func (p *provider) lastIndex(ctx context.Context) (uint64, error) {
	v, err := p.tenant.View(ctx)
	if err != nil {
		return 0, err
	}
	return v.Index(), nil
}
