package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// tape keeps the commands of a run, as bytes, and what came of each.
type tape struct {
	mu       sync.Mutex
	commands [][]byte
	outcomes []engine.Outcome
}

// taped puts every command on the tape before the machine applies it.
type taped struct {
	*tape
	machine *engine.Machine
}

func (l taped) Commit(_ context.Context, c engine.Command) (engine.Outcome, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	body, err := c.MarshalBinary()
	if err != nil {
		return engine.Outcome{}, err
	}
	out := l.machine.Apply(c)
	l.commands, l.outcomes = append(l.commands, body), append(l.outcomes, out)
	return out, nil
}

func (t *tape) open(m *engine.Machine) (engine.Log, error) { return taped{t, m}, nil }

// sim is a run: an engine, the books, and the chance that drives both.
type sim struct {
	testing.TB
	*books
	test    string // the name of the test, for the line that repeats it
	seed    uint64
	rng     *rand.Rand
	clock   *handClock
	eng     *engine.Engine
	tape    tape
	started int // engines so far
	jumps   int
	step    int
	doing   string
	recent  []simCall // with request ids, to be made again
	calls   int
	looked  uint64 // the last entry of the log that was looked at
	counts  simCounts
}

var simAreas = []telephony.Area{{Country: "ZZ", City: "Area 0"}, {Country: "ZZ", City: "Area 1"}, seattle}

// The stock at first, in which areas and kinds share a block and one area has
// two, and what is added later, some of which is there already.
var (
	simStock = []engine.Stock{
		stock("+999100000980..+999100001039", simAreas[0], telephony.UserNumber),
		stock("+999100001040..+999100001069", simAreas[1], telephony.UserNumber),
		stock("+999100001070..+999100001079", simAreas[1], telephony.TollNumber),
		stock("+14255550100..+14255550139", simAreas[2], telephony.UserNumber),
	}
	simLater = []engine.Stock{
		stock("+999100001100..+999100001119", simAreas[0], telephony.UserNumber),
		stock("+999100001080..+999100001085", simAreas[1], telephony.TollNumber),
		stock("+14255550140..+14255550149", simAreas[2], telephony.UserNumber),
		stock("+999100000990..+999100001200", simAreas[1], telephony.UserNumber), // in part there from the first
	}
	simTenants = []telephony.TenantID{"fabrikam", "contoso", "tailspin", "wingtip"}
)

// simSettingsOf draws the settings of a seed.
func simSettingsOf(seed uint64) simSettings {
	r := rand.New(rand.NewPCG(seed, 1))
	return simSettings{
		HoldFor:      pickOne(r, 10*time.Minute, 10*time.Minute, 10*time.Minute, 90*time.Second, 3*time.Second+1, 1),
		Quarantine:   pickOne(r, 7*time.Minute, 45*24*time.Hour, 1500*time.Millisecond, 0),
		KeepClosed:   pickOne(r, 24*time.Hour, 12*time.Minute, 0),
		KeepMost:     pickOne(r, 1000, 1000, 5),
		KeepRequests: pickOne(r, 24*time.Hour, time.Hour, 2*time.Minute),
		Requests:     pickOne(r, 100_000, 100_000, 40),
		KeepLog:      pickOne(r, 1000, 1000, 40),
		Limits:       pickOne(r, reservation.DefaultLimits(), reservation.Limits{Open: 3, Held: 12, PerRequest: 8}),
		Extension:    pickOne(r, reservation.Extension{Allowed: true, MaxTotal: 15 * time.Minute}, reservation.Extension{}),
		Sweeps:       pickOne(r, 0, 0, 30, 300),
		Restarts:     pickOne(r, 2, 8, 40),
		Clocks:       pickOne(r, 50, 100, 250),
		LookEvery:    20,
	}
}

func pickOne[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func newSim(t testing.TB, seed uint64, set simSettings) *sim {
	test, _, _ := strings.Cut(t.Name(), "/")
	return &sim{TB: t, books: newBooks(set), test: test, seed: seed, rng: rand.New(rand.NewPCG(seed, 2)), clock: &handClock{now: begin}}
}

// start makes an engine that writes on the tape; each makes identifiers of its
// own.
func (s *sim) start(more ...engine.Option) {
	s.started++
	eng, err := engine.NewStrict(slices.Concat(resting(s.set.Quarantine), []engine.Option{engine.WithClock(s.clock), engine.WithLog(s.tape.open),
		engine.WithIDEpoch(fmt.Sprintf("e%04d", s.started)),
		engine.WithHoldFor(s.set.HoldFor), engine.WithClosedKept(s.set.KeepClosed, s.set.KeepMost),
		engine.WithRequestsKept(s.set.KeepRequests), engine.WithLogKept(s.set.KeepLog), engine.WithLimits(s.set.Limits),
		engine.WithExtension(s.set.Extension), engine.WithTenantLimits(engine.TenantLimits{People: 8, Addresses: 6, Locations: 4, Services: 4, Requests: s.set.Requests, PortOrders: 1000, PortsKept: 10_000})},
		more)...)
	if err != nil {
		s.fail("no engine: %v", err)
	}
	s.eng = eng
}

// begin makes an engine with stock and tenants who have what they need.
func (s *sim) begin() {
	s.doing = "the beginning"
	s.start()
	s.now = s.stamped()
	for _, st := range simStock {
		s.perform(s.addStock(st))
	}
	for _, id := range simTenants {
		s.perform(s.createTenant(id))
		n := 6 + s.rng.Int64N(15)
		s.perform(s.buy(id, licensing.PhoneSystem, n))
		s.perform(s.buy(id, licensing.DomesticCallingPlan, n))
		for i, country := range []telephony.Country{"US", "ZZ", "US", "ZZ"} {
			p := telephony.PersonID("person-" + string(rune('a'+i)))
			s.perform(s.addPerson(id, p, country))
			s.perform(s.license(id, p, true))
		}
		s.perform(s.saveAddress(id, "US"))
		s.perform(s.saveAddress(id, "ZZ"))
		s.perform(s.setPIN(id))
	}
}

func (s *sim) entriesOf(e *engine.Engine) (all []engine.Entry) {
	log, err := e.As("").Log(context.Background(), 0)
	if err != nil {
		s.fail("no log: %v", err)
	}
	for entry := range log {
		all = append(all, entry)
	}
	return all
}

// simRecord is the record of an address that an authority accepted.
func simRecord(country telephony.Country) emergency.Record {
	return emergency.Record{Address: emergency.Address{Country: country, City: "Area"}, Status: emergency.Validated}
}
