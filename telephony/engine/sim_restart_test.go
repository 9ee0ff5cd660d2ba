package engine_test

import (
	"bytes"
	"context"
	"reflect"
	"time"

	"example.com/callingplan/telephony/engine"
)

// restart goes on with a new engine from a snapshot or an export of this one,
// sometimes with other settings.
func (s *sim) restart() {
	var snapshot bytes.Buffer
	write, read := s.eng.As("").Snapshot, engine.WithSnapshot
	if s.rng.IntN(4) == 0 {
		write, read = s.eng.As("").Export, engine.WithExport
	}
	if err := write(context.Background(), &snapshot); err != nil {
		s.fail("no snapshot: %v", err)
	}
	whole := bytes.Clone(snapshot.Bytes())
	before, entries := s.eng.Digest(), s.entriesOf(s.eng)
	if s.rng.IntN(5) == 0 {
		s.set.HoldFor = pickOne(s.rng, 10*time.Minute, 3*time.Second+1)
		s.set.KeepClosed = min(s.set.KeepClosed, pickOne(s.rng, 24*time.Hour, 12*time.Minute, time.Second))
	}
	commands := len(s.tape.commands)
	s.start(read(&snapshot))
	if len(s.tape.commands) > commands {
		s.now = max(s.now, s.stamped()) // the settings are other ones, which is a command
	} else if s.eng.Digest() != before {
		s.fail("what was restored is another state")
	} else if !reflect.DeepEqual(s.entriesOf(s.eng), entries) {
		s.fail("what was restored has another log")
	}
	s.restoreDirty(whole, before)
	s.counts.Restarts++
}

// restoreDirty makes a machine that has a state of its own what the snapshot is,
// after half of the snapshot was refused.
func (s *sim) restoreDirty(snapshot []byte, want engine.Digest) {
	if s.rng.IntN(4) > 0 || !bytes.HasPrefix(snapshot, []byte("callingplan")) {
		return
	}
	var machine *engine.Machine
	dirty, err := engine.New(engine.WithIDEpoch("d"), engine.WithClock(s.clock), engine.WithLog(func(m *engine.Machine) (engine.Log, error) {
		machine = m
		return engine.MemoryLog(m)
	}))
	if err != nil {
		s.fail("no engine: %v", err)
	}
	if _, err := dirty.CreateTenant(context.Background(), engine.TenantSpec{ID: "left.over"}); err != nil {
		s.fail("no tenant: %v", err)
	}
	own := dirty.Digest()
	if err := machine.Restore(bytes.NewReader(snapshot[:s.rng.IntN(len(snapshot))])); err == nil || dirty.Digest() != own {
		s.fail("a part of a snapshot was restored: %v", err)
	}
	if err := machine.Restore(bytes.NewReader(snapshot)); err != nil || dirty.Digest() != want {
		s.fail("what was restored over another state is not the snapshot's: %v", err)
	}
}
