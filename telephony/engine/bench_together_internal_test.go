package engine

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// together is how many commands share a turn in BenchmarkTurn.
const together = 16

// BenchmarkTurn measures what is done for callers who come together while they
// all wait: deciding their commands and writing what changes, of a thousand
// tenants and a hundred areas. It tells the time of one command.
func BenchmarkTurn(b *testing.B) {
	for _, callers := range []int{1, together} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) { benchTurns(b, callers) })
	}
}

func benchTurns(b *testing.B, callers int) {
	const tenants, areas, rounds = 1000, 100, 300
	ctx := context.Background()
	clock := &stoppedClock{time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	limits := reservation.Limits{Open: reservation.MaxOpen, Held: reservation.MaxHeld, PerRequest: reservation.MaxPerRequest}
	eng := must1(New(WithClock(clock), WithLimits(limits), WithQuarantine(0), WithLogKept(20_000)))
	area := func(i int) telephony.Area { return telephony.Area{Country: "ZZ", City: fmt.Sprintf("Area %03d", i)} }
	for i := range areas {
		first := must1(telephony.NumberFromDigits(999_100_000_000 + uint64(i*10_000)))
		must(eng.AddStock(ctx, Stock{Range: must1(telephony.NewRange(first, 10_000)), Area: area(i), Kind: telephony.UserNumber}))
	}
	var places []telephony.LocationID
	var ids []telephony.TenantID
	phones := []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}
	for i := range tenants {
		org := must1(eng.CreateTenant(ctx, TenantSpec{ID: telephony.TenantID(fmt.Sprintf("tenant-%04d", i))}))
		for _, p := range phones {
			must(org.BuyLicences(ctx, Purchase{Product: p, Quantity: 1_000_000}))
		}
		saved := must1(org.SaveRecord(ctx, emergency.Record{Address: emergency.Address{Country: "ZZ"}, Status: emergency.Validated}))
		for k := range rounds*callers/tenants + 1 {
			person := telephony.PersonID(fmt.Sprint("person-", k))
			must(org.AddPerson(ctx, PersonSpec{ID: person, UsageLocation: "ZZ"}))
			must(org.AssignLicences(ctx, LicenceChange{Person: person, Add: phones}))
		}
		ids, places = append(ids, org.ID()), append(places, saved.Default)
	}
	clock.now = clock.now.Add(time.Hour) // the people are there

	type way struct {
		tenant int
		held   Reservation
	}
	var ways []way
	random := rand.New(rand.NewPCG(1, 2))
	took := map[string]time.Duration{}
	for b.Loop() {
		ways = ways[:0]
		for i := range rounds * callers {
			ways = append(ways, way{tenant: i % tenants})
		}
		for _, s := range []struct {
			name string
			make func(i int, w way) payload
		}{
			{"reserve", func(i int, w way) payload {
				return reserveCommand{Reserve{Area: area(random.IntN(areas)), Kind: telephony.UserNumber, Quantity: 10}, telephony.ReservationID(eng.newID("r"))}
			}},
			{"acquire", func(i int, w way) payload {
				return acquireCommand{Acquire{Reservation: w.held.ID, Numbers: w.held.numbers[:3], Location: places[w.tenant]}}
			}},
			{"assign", func(i int, w way) payload {
				return Assign{Number: w.held.numbers[0], Person: telephony.PersonID(fmt.Sprint("person-", i/tenants)), Location: places[w.tenant]}
			}},
			{"unassign", func(i int, w way) payload {
				return Unassign{Person: telephony.PersonID(fmt.Sprint("person-", i/tenants))}
			}},
			{"release", func(i int, w way) payload { return releaseCommand{Release{Numbers: w.held.numbers[:3]}} }},
		} {
			commands := make([]*prepared, len(ways))
			for i, w := range ways {
				commands[i] = new(prepared)
				commands[i].prepare(Command{Version: commandVersion, Tenant: ids[w.tenant], Stamp: stamp(clock.now), payload: s.make(i, w)})
			}
			began := time.Now()
			for i := 0; i < len(commands); i += callers {
				eng.machine.applyAll(commands[i : i+callers])
			}
			took[s.name] += time.Since(began)
			for i, c := range commands {
				must(c.outcome.Err)
				if r, ok := c.outcome.result.(Reservation); ok {
					ways[i].held = r
				}
			}
		}
		clock.now = clock.now.Add(time.Hour)
	}
	for name, d := range took {
		b.ReportMetric(float64(d.Nanoseconds())/float64(b.N*rounds*callers), "ns/"+name)
	}
}

// stoppedClock is a clock that goes on when it is told to.
type stoppedClock struct{ now time.Time }

func (c *stoppedClock) Now() time.Time { return c.now }
