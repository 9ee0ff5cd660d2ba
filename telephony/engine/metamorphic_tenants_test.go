package engine_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// guest is a tenant of a shared engine. It knows its things by their place in
// its own lists, so that a list of what it does can be done again where other
// numbers are free and identifiers are others.
type guest struct {
	id     telephony.TenantID
	org    *engine.Tenant
	rng    *rand.Rand // of its own, so that nobody else's doings change its
	holds  []engine.Reservation
	owned  telephony.NumberList
	place  telephony.LocationID
	people int
	desk   *engine.Provider
	ports  int
	diary  []string // what it was answered, without numbers, identifiers and places in the log
}

// note writes an answer down: of numbers how many, of refusals all but who is
// concerned.
func (g *guest) note(what string, err error, facts ...any) {
	line := what + " " + fmt.Sprint(facts...)
	var e *telephony.Error
	if errors.As(err, &e) {
		for _, r := range e.All() {
			if r.Code == engine.ErrRequestConflict {
				r.Figures = nil // a place in the log
			}
			line += fmt.Sprintf(" %s %s %s %v at %s, %d numbers", r.Op, r.Code, r.Field, r.Figures, r.At, len(r.Numbers))
		}
	}
	g.diary = append(g.diary, line)
}

// TestOthersAreNotNoticed: what tenants are answered is the same whether or not
// another tenant is there, save which of the free numbers they are offered. There
// is enough for all, and the clock goes on by itself: to want what others have
// and to see time pass is no secret. They try the other's things too.
func TestOthersAreNotNoticed(t *testing.T) {
	seeds(t, max(1, *seedsFlag/2), func(t *testing.T, seed uint64) {
		with, without := guestbook(t, seed, true), guestbook(t, seed, false)
		for i := range with {
			if with[i] != without[i] {
				t.Fatalf("line %d of the diary is\n%s\nand without the other tenant\n%s", i, with[i], without[i])
			}
		}
		if len(with) != len(without) || len(with) < *opsFlag/3 {
			t.Fatalf("the diaries have %d and %d lines", len(with), len(without))
		}
	})
}

// guestbook has one tenant, and if other is set a second one, do things, and
// returns what the first was answered.
func guestbook(t *testing.T, seed uint64, other bool) []string {
	clock := &handClock{now: begin}
	eng, err := engine.New(append(resting(5*time.Minute), engine.WithClock(clock), engine.WithIDEpoch("g"))...)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []engine.Stock{stock("+999100000500..+999100009499", simAreas[0], telephony.UserNumber),
		stock("+999100009500..+999100019499", simAreas[1], telephony.UserNumber)} {
		if err := eng.AddStock(context.Background(), s); err != nil {
			t.Fatal(err)
		}
	}
	mine := newGuest(t, eng, "contoso", seed)
	theirs := &guest{id: "fabrikam"}
	if other {
		theirs = newGuest(t, eng, "fabrikam", seed)
	}
	turns := rand.New(rand.NewPCG(seed, 6))
	for range *opsFlag {
		clock.Add(time.Duration(turns.Int64N(int64(40 * time.Second))))
		g, stranger := mine, theirs
		if turns.IntN(2) == 0 {
			g, stranger = theirs, mine
		}
		if g.org != nil {
			g.act(stranger)
		}
	}
	return mine.diary
}

func newGuest(t *testing.T, eng *engine.Engine, id telephony.TenantID, seed uint64) *guest {
	ctx := context.Background()
	org, err := eng.CreateTenant(ctx, engine.TenantSpec{ID: id})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan} {
		if err := org.BuyLicences(ctx, engine.Purchase{Product: p, Quantity: 30}); err != nil {
			t.Fatal(err)
		}
	}
	saved, err := org.SaveRecord(ctx, simRecord("ZZ"))
	if err != nil {
		t.Fatal(err)
	}
	return &guest{id: id, org: org, rng: rand.New(rand.NewPCG(seed, uint64(id[0]))), place: saved.Default, desk: eng.As("desk")}
}

// act does one thing, or tries one with what is the stranger's. All that is drawn
// is drawn in both runs, whatever there is to choose from.
func (g *guest) act(stranger *guest) {
	ctx := context.Background()
	request := engine.Reserve{Area: simAreas[g.rng.IntN(2)], Quantity: 1 + g.rng.IntN(9), Consecutive: g.rng.IntN(4) == 0,
		RequestID: fmt.Sprintf("r-%d", g.rng.IntN(400))}
	which := g.rng.IntN(1 << 20)
	switch n := which % 12; {
	case n < 4:
		got, err := g.org.Reserve(ctx, request)
		g.note("reserve", err, got.State, got.Area, got.Kind, got.Made, got.Expires, len(got.Numbers()))
		if err == nil {
			g.holds = append(g.holds, got)
		}
	case n < 7 && len(g.holds) > 0:
		h := g.holds[which%len(g.holds)]
		got, err := g.org.Acquire(ctx, engine.Acquire{Reservation: h.ID, Numbers: h.Numbers()[:1+which%len(h.Numbers())], Location: g.place})
		g.note("acquire", err, len(got.Numbers), len(got.Returned))
		g.owned = append(g.owned, got.Numbers...)
	case n == 7 && len(g.holds) > 0:
		got, err := g.org.CancelReservation(ctx, engine.CancelReservation{Reservation: g.holds[len(g.holds)-1].ID})
		g.note("cancel", err, got.State, got.Made, got.Closed)
	case n == 8 && len(g.owned) > 0:
		last := len(g.owned) - 1
		err := g.org.Release(ctx, engine.Release{Numbers: g.owned[last:]})
		g.note("release", err)
		g.owned = g.owned[:last]
	case n == 9:
		g.people++
		err := g.org.AddPerson(ctx, engine.PersonSpec{ID: telephony.PersonID(fmt.Sprint("person-", g.people%7)), UsageLocation: "ZZ"})
		g.note("add person", err)
	case n == 10:
		g.port(ctx, which)
		g.look()
	default:
		g.trespass(ctx, stranger)
	}
}

// port brings a number in that nobody else asks for, and lets the one before go.
func (g *guest) port(ctx context.Context, which int) {
	first := map[telephony.TenantID]string{"contoso": "+14255550100", "fabrikam": "+14255550150"}[g.id]
	n, _ := number(first).Add(g.ports % 40)
	v, err := g.org.View(ctx)
	if err != nil {
		g.note("port", err)
		return
	}
	g.ports++
	o, err := g.org.OrderPort(ctx, engine.OrderPort{Request: portRequest(v.At(), n.String()), Area: seattle})
	g.note("order port", err, o.State, o.Made, o.Transfer)
	if err != nil || which%3 == 0 {
		return
	}
	_, err = g.desk.ContactCarrier(ctx, engine.ContactCarrier{Tenant: g.id, Order: o.ID})
	g.note("contact", err)
	_, err = g.desk.ApprovePort(ctx, engine.ApprovePort{Tenant: g.id, Order: o.ID, Date: v.At().Add(time.Hour)})
	g.note("approve", err)
	_, err = g.desk.CompletePort(ctx, engine.CompletePort{Tenant: g.id, Order: o.ID, AllPorted: true})
	g.note("complete", err)
	if last, ok := n.Add(-1); ok {
		g.note("snap back", g.org.Release(ctx, engine.Release{Numbers: telephony.NumberList{last}}))
	}
}

// trespass tries what is the stranger's, or, where there is none, what is nobody's.
func (g *guest) trespass(ctx context.Context, stranger *guest) {
	hold, n, place := telephony.ReservationID("r-none"), telephony.MustParse("+999100000500"), telephony.LocationID("l-none")
	if len(stranger.holds) > 0 {
		hold, place = stranger.holds[len(stranger.holds)-1].ID, stranger.place
	}
	if len(stranger.owned) > 0 {
		n = stranger.owned[0]
	}
	if n == telephony.MustParse("+999100000500") && len(g.owned) > 0 {
		n = telephony.MustParse("+999100000499") // in nobody's stock
	}
	_, err := g.org.Acquire(ctx, engine.Acquire{Reservation: hold, All: true, Location: place})
	g.note("acquire another's", err)
	_, err = g.org.CancelReservation(ctx, engine.CancelReservation{Reservation: hold})
	g.note("cancel another's", err)
	g.note("release another's", g.org.Release(ctx, engine.Release{Numbers: telephony.NumberList{n}}))
	g.note("delete another's", g.org.DeleteLocation(ctx, engine.DeleteLocation{Location: place}))
}

// look notes all figures but those of the stock.
func (g *guest) look() {
	v, err := g.org.View(context.Background())
	if err != nil {
		g.note("look", err)
		return
	}
	g.note("look", nil, v.At(), fmt.Sprintf("%+v", v.Dashboard()))
	for a := range v.Areas(telephony.UserNumber, seattle) { // where all that there is was ported in
		g.note("see stock", nil, a)
	}
	for o := range v.PortOrders(engine.PortQuery{}) {
		g.note("see order", nil, o.State, o.Made, o.Since, o.Overdue)
	}
	for r := range v.Reservations(engine.ReservationQuery{}) {
		g.note("see", nil, r.State, r.Made, r.Expires, r.Closed, len(r.Numbers()), len(r.Acquired()))
	}
	log, err := v.Log(0)
	count := 0
	for e := range log {
		if e.Op != engine.OpSweep {
			count++
		}
		for _, event := range e.Events {
			if event.Type != engine.ReservationExpired { // an end is told when anybody's call settles it
				count++
			}
		}
	}
	g.note("log", err, count)
}
