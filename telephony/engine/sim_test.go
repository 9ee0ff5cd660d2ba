package engine_test

import (
	"flag"
	"fmt"
	"runtime/debug"
	"testing"

	"example.com/callingplan/telephony/engine"
)

// How far the randomized tests go. What stands here is a change's share; long
// runs are
//
//	go test ./telephony/engine -run TestSimulation -timeout 2h -engine.seeds=500 -engine.ops=5000
//	go test ./telephony/engine -run TestLinearizable -timeout 2h -engine.histories=1000 -engine.ops=2000
var (
	seedsFlag     = flag.Int("engine.seeds", 20, "how many seeds the randomized tests run")
	seedFlag      = flag.Uint64("engine.seed", 0, "the one seed that they run; 0 for all")
	opsFlag       = flag.Int("engine.ops", 500, "how many operations a run has")
	historiesFlag = flag.Int("engine.histories", 20, "how many histories are checked for their order")
)

// seeds calls run with each seed of a test, in a subtest of its own.
func seeds(t *testing.T, most int, run func(t *testing.T, seed uint64)) {
	first, last := uint64(1), uint64(min(*seedsFlag, most))
	if *seedFlag != 0 {
		first, last = *seedFlag, *seedFlag
	}
	for seed := first; seed <= last; seed++ {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { run(t, seed) })
		if t.Failed() {
			return
		}
	}
}

// allSeeds is more than anybody runs.
const allSeeds = 1 << 30

// TestSimulation plays a provider and several tenants, one call after the other:
// right calls and wrong ones, the same call again, clocks that jump, stop and go
// back, restarts from a snapshot at any point, sweeps now and then or never.
// Books that are kept of the answers alone say of every answer whether it may
// be; now and then the whole state is held to the books.
func TestSimulation(t *testing.T) {
	var sum simCounts
	seeds(t, allSeeds, func(t *testing.T, seed uint64) {
		s := newSim(t, seed, simSettingsOf(seed))
		s.play(*opsFlag)
		sum.add(s.counts)
	})
	t.Log(sum)
	if *seedFlag == 0 && !t.Failed() {
		sum.sayMuch(t)
	}
}

// TestSimulationOfNamedNumbers is the same where all reservations name their
// numbers, so that every tenant wants the same few.
func TestSimulationOfNamedNumbers(t *testing.T) {
	seeds(t, max(1, *seedsFlag/4), func(t *testing.T, seed uint64) {
		set := simSettingsOf(seed)
		set.Named = true
		newSim(t, seed, set).play(*opsFlag)
	})
}

// play does so many things and looks at all there is after every few.
func (s *sim) play(ops int) {
	defer func() {
		if fault := recover(); fault != nil {
			s.fail("panic: %v\n%s", fault, debug.Stack())
		}
	}()
	s.begin()
	for s.step = 1; s.step <= ops; s.step++ {
		s.act()
		if s.step%s.set.LookEvery == 0 || s.step == ops {
			s.look()
		}
	}
}

// fail ends the run with the one line that repeats it.
func (s *sim) fail(format string, args ...any) {
	s.Helper()
	s.Fatalf("step %d, %s: %s\nsettings: %+v\nreplay: go test ./telephony/engine -run '^%s$' -engine.seed=%d -engine.ops=%d",
		s.step, s.doing, fmt.Sprintf(format, args...), s.set, s.test, s.seed, max(*opsFlag, s.step))
}

// simCounts tells how much a run did.
type simCounts struct {
	Calls, Early, Refused, Repeated, Conflicts, Restarts, Jumps, Looks, Acquired, Expired, Quiet, Added, Dropped, Ported, Gone int
}

func (c *simCounts) add(d simCounts) {
	c.Calls += d.Calls
	c.Early += d.Early
	c.Refused += d.Refused
	c.Repeated += d.Repeated
	c.Conflicts += d.Conflicts
	c.Restarts += d.Restarts
	c.Jumps += d.Jumps
	c.Looks += d.Looks
	c.Acquired += d.Acquired
	c.Expired += d.Expired
	c.Quiet += d.Quiet
	c.Added += d.Added
	c.Dropped += d.Dropped
	c.Ported += d.Ported
	c.Gone += d.Gone
}

func (c simCounts) String() string {
	return fmt.Sprintf("%+v", struct{ simCounts }{c}.simCounts.plain())
}

// plain is the counts without a String of their own.
func (c simCounts) plain() any {
	type counts simCounts
	return counts(c)
}

// sayMuch fails where a run was too quiet to find anything.
func (c simCounts) sayMuch(t *testing.T) {
	for what, count := range map[string]int{"acquisitions": c.Acquired, "refusals": c.Refused, "repeated calls": c.Repeated,
		"conflicts": c.Conflicts, "restarts": c.Restarts, "jumps of the clock": c.Jumps, "ends": c.Expired, "additions": c.Added, "drops": c.Dropped, "refusals on a tidy engine": c.Quiet,
		"numbers ported in": c.Ported, "numbers ported out": c.Gone} {
		if count < *seedsFlag {
			t.Errorf("there are %d %s in %d runs", count, what, *seedsFlag)
		}
	}
}

// stamped is the moment a command is stamped with.
func (s *sim) stamped() int64 { return engine.Stamp(s.clock.Now()) }
