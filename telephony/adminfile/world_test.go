package adminfile_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/benbjohnson/clock"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

var (
	seattle = telephony.Area{Country: "US", Region: "WA", City: "Seattle"}
	paris   = telephony.Area{Country: "FR", City: "Paris"}
)

var begin = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// offices are addresses that pass every check. Their streets do not exist.
var offices = map[telephony.Country]emergency.Address{
	"US": {Country: "US", State: "WA", City: "Fernhill", Street: "5th", StreetSuffix: "Ave", PostDirectional: "NE", HouseNumber: "410", PostalCode: "98099"},
	"FR": {Country: "FR", City: "Paris", StreetTypePrefix: "Rue", Street: "de la Fiction", HouseNumber: "7", PostalCode: "75001"},
}

// newClock is a clock that stands at begin until it is moved.
func newClock() *clock.Mock {
	c := clock.NewMock()
	c.Set(begin)
	return c
}

// everywhere is an authority that knows every address.
type everywhere struct{}

func (everywhere) Name() string { return "everywhere" }

func (everywhere) Validate(context.Context, emergency.Address) (emergency.Answer, error) {
	return emergency.Answer{Route: emergency.RealRoute, Dispatch: emergency.Dispatch{ID: "psap"},
		Confirmed: emergency.FieldsOf(emergency.FieldCountry, emergency.FieldCity, emergency.FieldStreet)}, nil
}

// world is an engine with a tenant that has ten numbers in Seattle and two in
// Paris, an office in each country, and people who lack nothing but a number:
// adele, megan and diego in the US, henri in France.
type world struct {
	testing.TB
	ctx    context.Context
	clock  *clock.Mock
	eng    *engine.Engine
	org    *engine.Tenant
	us, fr engine.Address
	spare  telephony.NumberList // in Seattle
	french telephony.NumberList // at the French office
}

func newWorld(t testing.TB, options ...engine.Option) *world {
	t.Helper()
	w := &world{TB: t, ctx: context.Background(), clock: newClock()}
	eng, err := engine.New(append([]engine.Option{engine.WithClock(w.clock), engine.WithIDEpoch("t"), engine.WithAuthority(everywhere{})}, options...)...)
	w.must(err)
	w.eng = eng
	t.Cleanup(func() {
		for _, fault := range eng.Check() {
			t.Errorf("the state does not agree with itself: %v", fault)
		}
	})
	w.stock(seattle, telephony.UserNumber, "+12065550100..+12065550199")
	w.stock(paris, telephony.UserNumber, "+33199000000..+33199000099")
	w.org = w.tenant("contoso", 100)
	w.us, w.fr = w.office("US"), w.office("FR")
	w.spare = w.acquire(seattle, 10, "")
	w.french = w.acquire(paris, 2, w.fr.Default)
	for id, country := range map[telephony.PersonID]telephony.Country{"adele": "US", "megan": "US", "diego": "US", "henri": "FR"} {
		w.person(id, country)
	}
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("unexpected: %v", err)
	}
}

func (w *world) stock(a telephony.Area, k telephony.Kind, text string) {
	w.Helper()
	w.must(w.eng.AddStock(w.ctx, engine.Stock{Range: telephony.MustParseRange(text), Area: a, Kind: k}))
}

func (w *world) tenant(id telephony.TenantID, licences int64) *engine.Tenant {
	w.Helper()
	org, err := w.eng.CreateTenant(w.ctx, engine.TenantSpec{ID: id})
	w.must(err)
	for _, p := range []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan} {
		w.must(org.BuyLicences(w.ctx, engine.Purchase{Product: p, Quantity: licences}))
	}
	return org
}

func (w *world) office(country telephony.Country) engine.Address {
	w.Helper()
	checked, err := w.org.CheckAddress(w.ctx, offices[country])
	w.must(err)
	saved, err := w.org.SaveAddress(w.ctx, checked)
	w.must(err)
	return saved
}

func (w *world) acquire(a telephony.Area, quantity int, at telephony.LocationID) telephony.NumberList {
	w.Helper()
	held, err := w.org.Reserve(w.ctx, engine.Reserve{Area: a, Quantity: quantity})
	w.must(err)
	got, err := w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: at})
	w.must(err)
	return got.Numbers
}

func (w *world) person(id telephony.PersonID, country telephony.Country) {
	w.Helper()
	w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: id, UsageLocation: country}))
	w.must(w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: id,
		Add: []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}}))
}

func (w *world) assign(n telephony.Number, p telephony.PersonID, l telephony.LocationID) {
	w.Helper()
	w.must(w.org.Assign(w.ctx, engine.Assign{Number: n, Person: p, Location: l}))
}

func (w *world) view() *engine.View {
	w.Helper()
	v, err := w.org.View(w.ctx)
	w.must(err)
	return v
}

// holder returns who has a number.
func (w *world) holder(n telephony.Number) telephony.PersonID {
	w.Helper()
	got, err := w.view().Number(n)
	w.must(err)
	return got.Person
}

// plan makes a plan of the lines of a file behind its header.
func (w *world) plan(lines ...string) *adminfile.Plan {
	w.Helper()
	p, err := adminfile.NewPlan(w.ctx, w.org, adminfile.ReadAssignments(w.file(lines...)).Rows())
	w.must(err)
	return p
}

func (w *world) file(lines ...string) interface{ Read([]byte) (int, error) } {
	return file(append([]string{"UserPrincipalName,PhoneNumber,LocationId"}, lines...)...)
}

// row writes a line of such a file.
func row(p telephony.PersonID, n telephony.Number, l telephony.LocationID) string {
	return fmt.Sprintf("%s,%s,%s", p, n, l)
}
