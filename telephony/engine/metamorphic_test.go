package engine_test

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// The tests below take what a simulation has written and apply it again, each in
// two ways that must come to the same. None of them knows what is right.

// recorded returns a simulation that has been played, with its commands on tape
// and what came of them.
func recorded(t *testing.T, seed uint64, change func(*simSettings)) *sim {
	set := simSettingsOf(seed)
	change(&set)
	set.LookEvery = 1 << 30
	s := newSim(t, seed, set)
	s.play(*opsFlag)
	return s
}

func asDrawn(*simSettings) {}

// named has every reservation name its numbers, and lets no bound of what is
// kept be reached: then nothing depends on when something was settled.
func named(set *simSettings) { set.Named, set.KeepMost, set.Requests = true, 1000, 100_000 }

// commands reads a tape, so that each test applies what a log would have kept.
func (l *tape) read(t testing.TB) (all []engine.Command) {
	t.Helper()
	for i, body := range l.commands {
		var c engine.Command
		if err := c.UnmarshalBinary(body); err != nil {
			t.Fatalf("command %d cannot be read: %v", i+1, err)
		}
		all = append(all, c)
	}
	return all
}

func newMachineFor(t testing.TB) *engine.Machine {
	t.Helper()
	m, err := engine.NewMachine()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// end is where a machine has come to.
type end struct {
	chain, rows engine.Digest
	index       uint64
	at          int64
}

func endOf(m *engine.Machine) (e end) {
	e.chain, e.index, e.at = m.Chain()
	e.rows = engine.On(m, &handClock{}).Digest()
	return e
}

// applied applies commands one by one to a new machine.
func applied(t testing.TB, commands []engine.Command) (*engine.Machine, []engine.Outcome) {
	t.Helper()
	m := newMachineFor(t)
	var all []engine.Outcome
	for _, c := range commands {
		all = append(all, m.Apply(c))
	}
	return m, all
}

// same reports the first outcomes that differ, in anything.
func same(t testing.TB, what string, commands []engine.Command, want, got []engine.Outcome) {
	t.Helper()
	for i := range want {
		if diff := unlike(want[i], got[i]); diff != "" || want[i].Index != got[i].Index || !want[i].At.Equal(got[i].At) {
			t.Fatalf("%s, command %d, %s: %s\n%+v\n%+v", what, i+1, commands[i].Op(), diff, want[i], got[i])
		}
	}
}

// unlike says in what two outcomes differ, apart from their place and time: a
// refusal is its codes, figures and numbers.
func unlike(a, b engine.Outcome) string {
	if diff := unlikeErrors(a.Err, b.Err); diff != "" {
		return diff
	}
	if !reflectEqual(engine.ResultGiven(a), engine.ResultGiven(b)) {
		return "the results differ"
	}
	return ""
}

// TestReplayIsTheRun: the log of a run with restarts, applied from its beginning
// to one machine, gives every outcome again. It is applied one by one, in
// transactions of any size, on other numbers of processors, and with a snapshot
// and a restore at many places.
func TestReplayIsTheRun(t *testing.T) {
	seeds(t, max(1, *seedsFlag/5), func(t *testing.T, seed uint64) {
		s := recorded(t, seed, asDrawn)
		run, commands := &s.tape, s.tape.read(t)
		m, outcomes := applied(t, commands)
		same(t, "one by one", commands, run.outcomes, outcomes)
		want := endOf(m)
		if want.rows != s.eng.Digest() {
			t.Fatal("one by one: the rows are not those of the run")
		}
		for _, most := range []int{2, 7, 128, len(commands)} {
			m, outcomes := inBatches(t, commands, rand.New(rand.NewPCG(seed, uint64(most))), most)
			same(t, "in transactions", commands, run.outcomes, outcomes)
			sameEnd(t, "in transactions", want, endOf(m))
		}
		for _, processors := range []int{1, 2, 8} {
			before := runtime.GOMAXPROCS(processors)
			m, _ := inBatches(t, commands, rand.New(rand.NewPCG(seed, 3)), 16)
			runtime.GOMAXPROCS(before)
			sameEnd(t, "on another number of processors", want, endOf(m))
		}
		m, outcomes = restoredBetween(t, commands, rand.New(rand.NewPCG(seed, 4)))
		same(t, "restored", commands, run.outcomes, outcomes)
		sameEnd(t, "restored", want, endOf(m))
	})
}

func sameEnd(t testing.TB, what string, want, got end) {
	t.Helper()
	if want != got {
		t.Fatalf("%s: the end is %+v, and should be %+v", what, got, want)
	}
}

// inBatches applies commands in transactions of up to so many.
func inBatches(t testing.TB, commands []engine.Command, r *rand.Rand, most int) (*engine.Machine, []engine.Outcome) {
	t.Helper()
	m := newMachineFor(t)
	var all []engine.Outcome
	for rest := commands; len(rest) > 0; {
		n := min(len(rest), 1+r.IntN(most))
		all = append(all, m.ApplyAll(rest[:n])...)
		rest = rest[n:]
	}
	return m, all
}

// restoredBetween makes a snapshot every few commands and goes on with a new
// machine that was restored from it, or with the same one.
func restoredBetween(t testing.TB, commands []engine.Command, r *rand.Rand) (*engine.Machine, []engine.Outcome) {
	t.Helper()
	m := newMachineFor(t)
	var all []engine.Outcome
	for _, c := range commands {
		all = append(all, m.Apply(c))
		if r.IntN(8) > 0 {
			continue
		}
		var snapshot bytes.Buffer
		if err := m.Snapshot(&snapshot); err != nil {
			t.Fatal(err)
		}
		if r.IntN(2) == 0 {
			m = newMachineFor(t)
		}
		if err := m.Restore(&snapshot); err != nil {
			t.Fatal(err)
		}
	}
	return m, all
}

// TestSweepsChangeNothingVisible sweeps before each command, after each, now and
// then or never. The outcomes are the same, what every tenant sees is the same at
// many places, and after one last sweep the rows are.
func TestSweepsChangeNothingVisible(t *testing.T) {
	seeds(t, max(1, *seedsFlag/5), func(t *testing.T, seed uint64) {
		commands := recorded(t, seed, func(set *simSettings) { named(set); set.Sweeps = 0 }).tape.read(t)
		never := sweeping(t, commands, func() (bool, bool) { return false, false })
		r := rand.New(rand.NewPCG(seed, 5))
		for what, sweep := range map[string]func() (before, after bool){
			"before":  func() (bool, bool) { return true, false },
			"after":   func() (bool, bool) { return false, true },
			"at will": func() (bool, bool) { return r.IntN(9) == 0, r.IntN(9) == 0 },
		} {
			swept := sweeping(t, commands, sweep)
			for i := range never.outcomes {
				if commands[i].Op() == engine.OpSweep { // the simulation's own, which tells how much it did
					continue
				}
				if diff := unlike(never.outcomes[i], swept.outcomes[i]); diff != "" {
					t.Fatalf("swept %s, command %d, %s: %s\n%+v\n%+v", what, i+1, commands[i].Op(), diff, never.outcomes[i], swept.outcomes[i])
				}
			}
			for i := range never.seen {
				if never.seen[i] != swept.seen[i] {
					t.Fatalf("swept %s, view %d is\n%s\nand not swept\n%s", what, i, swept.seen[i], never.seen[i])
				}
			}
			if !slices.EqualFunc(never.machine.DomainRows(), swept.machine.DomainRows(), bytes.Equal) {
				t.Fatalf("swept %s, the rows differ in the end", what)
			}
		}
	})
}

// swept is a run with sweeps in it.
type sweptRun struct {
	machine  *engine.Machine
	outcomes []engine.Outcome // of the commands, not of the sweeps
	seen     []string         // what all tenants saw, at every fiftieth command
}

func sweeping(t testing.TB, commands []engine.Command, when func() (before, after bool)) (run sweptRun) {
	t.Helper()
	run.machine = newMachineFor(t)
	for i, c := range commands {
		before, after := when()
		if before && i > 0 {
			run.machine.Apply(engine.SweepCommand(c.Stamp))
		}
		run.outcomes = append(run.outcomes, run.machine.Apply(c))
		if after {
			run.machine.Apply(engine.SweepCommand(c.Stamp))
		}
		if i%50 == 49 || i == len(commands)-1 {
			run.seen = append(run.seen, everythingSeen(t, run.machine, simTenants...))
		}
	}
	tidied(t, run.machine)
	return run
}

// tidied leaves a machine nothing to settle.
func tidied(t testing.TB, m *engine.Machine) {
	t.Helper()
	_, _, at := m.Chain()
	for range 3 {
		if out := m.Apply(engine.SweepCommand(at)); out.Err != nil {
			t.Fatal(out.Err)
		}
	}
}

// metaCodes lists the reasons of an error.
func metaCodes(err error) (all []telephony.Code) {
	for _, e := range errorOf(err).All() {
		all = append(all, e.Code)
	}
	return all
}
