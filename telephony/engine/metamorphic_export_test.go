package engine

import (
	"bytes"
	"slices"
	"time"
)

// What tests of the machine itself need of it.

// Stamp is how commands carry a time.
func Stamp(t time.Time) int64 { return stamp(t) }

// NewMachine makes a machine whose first command configures it.
func NewMachine() (*Machine, error) { return newMachine(false) }

// MemoryLog is the log in memory, to be wrapped.
func MemoryLog(m *Machine) (Log, error) { return newMemoryLog(m) }

// On returns an engine that reads a machine and cannot write.
func On(m *Machine, c Clock) *Engine { return &Engine{machine: m, clock: c} }

// Chain returns the digest of the log so far, its last index and the state's
// time.
func (m *Machine) Chain() (chain Digest, index uint64, at int64) {
	now := m.now.Load()
	return now.chain, now.index, now.time
}

// ResultGiven returns what an operation gave, a refusal in it without its words.
func ResultGiven(out Outcome) any {
	if r, ok := out.result.(portOutResult); ok {
		return wirePortOut{r.Numbers, r.People, newRefusal(r.refused)}
	}
	return out.result
}

// SweepCommand returns the command of a sweep at a moment.
func SweepCommand(at int64) Command {
	return Command{Version: commandVersion, Stamp: at, payload: sweepCommand{Most: sweepStep}}
}

// MayBeRepeated reports whether a command can carry a request id that brings
// back what it gave.
func MayBeRepeated(c Command) bool { return c.Op() != OpSweep && c.Op() != OpConfigure }

// DomainRows returns all rows as they are encoded, in ascending order, without
// what says at which place of the log something happened: the names of
// quarantines, and the indexes that request ids are remembered with.
func (m *Machine) DomainRows() [][]byte {
	var rows [][]byte
	now := m.now.Load()
	for table, row := range m.tables.stateRows(now) {
		switch r := row.(type) {
		case requestRow:
			r.Index = 0
			row = r
		case reservationRow:
			if r.Tenant == poolTenant {
				r.ID = ""
			}
			row = r
		}
		body, err := theEncoding().write.Marshal([]any{table, row})
		must(err)
		rows = append(rows, body)
	}
	slices.SortFunc(rows, bytes.Compare)
	return rows
}
