package engine_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// handClock is a clock that is set by hand, to any moment, back and forth.
type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

func (c *handClock) Add(d time.Duration) { c.Set(c.Now().Add(d)) }

// everywhere is an authority that knows every address.
type everywhere struct{}

func (everywhere) Name() string { return "everywhere" }

func (everywhere) Validate(context.Context, emergency.Address) (emergency.Answer, error) {
	return emergency.Answer{Route: emergency.RealRoute, Dispatch: emergency.Dispatch{ID: "psap"},
		Confirmed: emergency.FieldsOf(emergency.FieldCountry, emergency.FieldCity, emergency.FieldStreet)}, nil
}

// The areas of the world below.
var (
	seattle  = telephony.Area{Country: "US", Region: "WA", City: "Seattle"}
	newYork  = telephony.Area{Country: "US", Region: "NY", City: "New York"}
	freeUS   = telephony.Area{Country: "US"}
	paris    = telephony.Area{Country: "FR", City: "Paris"}
	portland = telephony.Area{Country: "US", Region: "OR", City: "Portland"} // not in stock
)

var begin = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// world is an engine with stock, one tenant with a hundred licences of Phone
// System and of a Calling Plan, and a clock that stands still.
type world struct {
	testing.TB
	ctx   context.Context
	clock *handClock
	eng   *engine.Engine
	org   *engine.Tenant
}

func newWorld(t testing.TB, options ...engine.Option) *world {
	t.Helper()
	w := &world{TB: t, ctx: context.Background(), clock: &handClock{now: begin}}
	eng, err := engine.NewStrict(slices.Concat([]engine.Option{engine.WithClock(w.clock), engine.WithIDEpoch("t"),
		engine.WithAuthority(everywhere{})}, options)...)
	w.must(err)
	w.eng = eng
	t.Cleanup(func() {
		for _, fault := range eng.Check() {
			t.Errorf("the state does not agree with itself: %v", fault)
		}
	})
	w.stock(seattle, telephony.UserNumber, "+14255550100..+14255550199")
	w.stock(newYork, telephony.UserNumber, "+12125550100..+12125550149")
	w.stock(seattle, telephony.TollNumber, "+12065550100..+12065550119")
	w.stock(freeUS, telephony.TollFreeNumber, "+18005550100..+18005550119")
	w.stock(paris, telephony.UserNumber, "+33199000000..+33199000099")
	w.org = w.tenant("contoso", 100)
	return w
}

// resting are the options with which released numbers rest for a time, whatever
// they were used for; where calling code 1 does not allow it, there for 45 days.
func resting(d time.Duration) []engine.Option {
	return []engine.Option{engine.WithQuarantine(d), engine.WithQuarantineOf(reservation.Business, 1, restInAmerica(d)),
		engine.WithQuarantineOf(reservation.Residential, 1, restInAmerica(d))}
}

func restInAmerica(d time.Duration) time.Duration {
	if reservation.CheckRest(reservation.Residential, 1, d) != nil {
		return reservation.DefaultQuarantine
	}
	return d
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("unexpected: %v", err)
	}
}

func (w *world) stock(a telephony.Area, k telephony.Kind, text string) {
	w.Helper()
	r, err := telephony.ParseRange(text)
	w.must(err)
	w.must(w.eng.AddStock(w.ctx, engine.Stock{Range: r, Area: a, Kind: k}))
}

// tenant makes a tenant with so many licences of each that people need.
func (w *world) tenant(id telephony.TenantID, licences int64) *engine.Tenant {
	w.Helper()
	org, err := w.eng.CreateTenant(w.ctx, engine.TenantSpec{ID: id})
	w.must(err)
	w.buy(org, licensing.PhoneSystem, licences)
	w.buy(org, licensing.DomesticCallingPlan, licences)
	return org
}

func (w *world) buy(org *engine.Tenant, p licensing.Product, quantity int64) {
	w.Helper()
	w.must(org.BuyLicences(w.ctx, engine.Purchase{Product: p, Quantity: quantity}))
}

// person adds a person who has all licences, so lacks nothing but a number.
func (w *world) person(id telephony.PersonID, country telephony.Country) {
	w.Helper()
	w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: id, UsageLocation: country}))
	w.license(id)
}

func (w *world) license(id telephony.PersonID) {
	w.Helper()
	w.must(w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: id,
		Add: []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}}))
}

// offices are addresses that pass every check. Their streets do not exist.
var offices = map[telephony.Country]emergency.Address{
	"US": {Country: "US", State: "WA", City: "Seattle", Street: "Fiction", StreetSuffix: "Ave", HouseNumber: "100", PostalCode: "98101"},
	"FR": {Country: "FR", City: "Paris", StreetTypePrefix: "Rue", Street: "de la Fiction", HouseNumber: "7", PostalCode: "75001"},
}

func (w *world) address(country telephony.Country) engine.Address {
	w.Helper()
	return w.addressOf(w.org, offices[country])
}

func (w *world) addressOf(org *engine.Tenant, a emergency.Address) engine.Address {
	w.Helper()
	checked, err := org.CheckAddress(w.ctx, a)
	w.must(err)
	w.must(checked.Err())
	saved, err := org.SaveAddress(w.ctx, checked)
	w.must(err)
	return saved
}

func (w *world) reserve(org *engine.Tenant, r engine.Reserve) engine.Reservation {
	w.Helper()
	got, err := org.Reserve(w.ctx, r)
	w.must(err)
	return got
}

func (w *world) hold(a telephony.Area, quantity int) engine.Reservation {
	w.Helper()
	return w.reserve(w.org, engine.Reserve{Area: a, Quantity: quantity})
}

// acquire gets numbers by way of a reservation; location may be empty.
func (w *world) acquire(r engine.Reserve, location telephony.LocationID) telephony.NumberList {
	w.Helper()
	held := w.reserve(w.org, r)
	got, err := w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: location})
	w.must(err)
	return got.Numbers
}

func (w *world) view() *engine.View { return w.viewOf(w.org) }

func (w *world) viewOf(org *engine.Tenant) *engine.View {
	w.Helper()
	v, err := org.View(w.ctx)
	w.must(err)
	return v
}

// entries returns the log's entries behind an index.
func (w *world) entries(behind uint64) []engine.Entry {
	w.Helper()
	all, err := w.eng.As("").Log(w.ctx, behind+1)
	w.must(err)
	return slices.Collect(all)
}

// free returns how many user numbers are free in an area, as the view has it.
func (w *world) free(a telephony.Area) int64 {
	w.Helper()
	for s := range w.view().Areas(telephony.UserNumber, a) {
		if s.Area == a {
			return s.Free
		}
	}
	return 0
}

func number(text string) telephony.Number {
	n, err := telephony.Parse(text)
	if err != nil {
		panic(err)
	}
	return n
}

// wants reports the parts that a text lacks.
func wants(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
}
