package engine

import (
	"bytes"
	"fmt"
	"sync/atomic"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// Machine is the state and the rules that change it: the same commands in the
// same order give the same state, whoever applies them. It reads neither a
// clock nor anything random; time comes with the commands.
//
// Apply is called by one goroutine at a time. Reading goes on meanwhile.
type Machine struct {
	tables *tables
	failed *telephony.Error // once set, nothing is applied any more
	memory *memory
	now    atomic.Pointer[moment]
}

// moment is the state after a command, for readers. It never changes.
type moment struct {
	db       *memtable.DB
	snapshot *memtable.Snapshot
	settings *Settings // nil before the first command
	index    uint64
	time     int64  // Unix nanoseconds; the state's time
	chain    Digest // of the log so far
	history  *history
	requests int // request ids of the provider's own that are kept; they follow from the rows
	free     freeCounts
	ported   portedCounts
	due      dueRows
	known    knownAreas
	graces   graceRows
}

// newMachine makes a machine without a state. Its first command configures it.
func newMachine(strict bool) (*Machine, error) {
	t := newTables(strict)
	db, err := memtable.Open(t.schema)
	if err != nil {
		return nil, err
	}
	m := &Machine{tables: t, memory: newMemory(t)}
	m.now.Store(&moment{db: db, snapshot: db.Snapshot(), history: newHistory(), due: newDueRows(), graces: newGraceRows()})
	return m, nil
}

// prepared is a command with its payload as it is written, which can be made
// before the command's turn comes, and what came of it once it has come.
type prepared struct {
	Command
	body    bytes.Buffer
	fault   error // why it cannot be written, which only a fault of the engine itself can cause
	outcome Outcome
}

func (p *prepared) prepare(c Command) {
	p.body.Reset()
	p.Command, p.fault = c, theEncoding().write.MarshalToBuffer(c.payload, &p.body)
}

// Apply decides one command. The state's time becomes the command's stamp, or
// stays where that is earlier; of what has run out by then a few reservations
// are settled, the tenant's own and others; then the operation's rules decide.
// All that changes is written at once. A refused command changes
// nothing but leaves its entry in the log.
func (m *Machine) Apply(c Command) Outcome { return m.ApplyAll([]Command{c})[0] }

// ApplyAll decides commands one after the other, each against what the ones
// before it decided, and writes all that changes at once. What comes of them is
// what Apply would give one by one.
func (m *Machine) ApplyAll(commands []Command) []Outcome {
	all := make([]*prepared, len(commands))
	for i, c := range commands {
		all[i] = new(prepared)
		all[i].prepare(c)
	}
	m.applyAll(all)
	outcomes := make([]Outcome, len(commands))
	for i, c := range all {
		outcomes[i] = c.outcome
	}
	return outcomes
}

func (m *Machine) applyAll(commands []*prepared) {
	if m.failed != nil {
		failAll(commands, m.failed)
		return
	}
	defer func() {
		if fault := recover(); fault != nil {
			failAll(commands, m.fail(fault))
		}
	}()

	s := m.begin(m.now.Load())
	defer s.tx.Abort()
	s.entries.clear()
	for _, c := range commands {
		c.outcome = s.applyOne(c)
	}
	now := m.finish(s)
	now.history.add(s.entries, s.settings.KeepLog, s.prune)
	m.now.Store(now)
	now.history.announce()
}

// begin starts a transaction from a moment.
func (m *Machine) begin(from *moment) *step {
	return &step{settings: from.settings, tables: m.tables, memory: m.memory, db: from.db, tx: from.db.Begin(),
		now: from.time, index: from.index, chain: from.chain, history: from.history, requests: from.requests, free: freeEdition{freeCounts: from.free},
		ported: freeEdition{freeCounts: from.ported},
		due:    from.due.Edit(), known: from.known, graces: from.graces.Edit()}
}

// finish commits it and returns the moment after it.
func (m *Machine) finish(s *step) *moment {
	s.flush()
	must(s.tx.Commit())
	s.memory.trim()
	return &moment{db: s.db, snapshot: s.db.Snapshot(), settings: s.settings, index: s.index, time: s.now, chain: s.chain,
		history: s.history, requests: s.requests, free: s.free.freeCounts, ported: s.ported.freeCounts, due: s.due.Publish(), known: s.known, graces: s.graces.Publish()}
}

// failAll gives every command the same outcome: none of them was applied.
func failAll(commands []*prepared, err error) {
	for _, c := range commands {
		c.outcome = Outcome{Err: err}
	}
}

// applyOne decides one command and leaves what it changes to be written with
// the others.
func (s *step) applyOne(c *prepared) Outcome {
	s.index++
	s.now = max(s.now, c.Stamp)
	s.events = s.events[:0]
	if _, first := c.payload.(configureCommand); s.settings == nil && !first {
		panic("engine: the first command of a log configures the machine")
	}
	s.account = s.accountOf(c.Tenant)
	if s.settings != nil {
		s.settle()
	}
	result, refusal := s.answer(c.Command)
	out := Outcome{Index: s.index, At: s.time(), result: result}
	if refusal != nil {
		out.Err = refusal
	}
	s.chain = s.link(c, out, refusal)
	s.entries.add(&Entry{At: out.At, Tenant: c.Tenant, Actor: c.Actor, RequestID: c.RequestID,
		Op: c.Op(), Refused: codeOf(refusal), Events: s.events, Chain: s.chain})
	return out
}

// answer gives a command that was seen before the answer it had, and decides
// any other. Either way a refusal gets the operation's name.
func (s *step) answer(c Command) (result any, refusal *telephony.Error) {
	if c.Tenant != "" && s.account == nil {
		return nil, named(c.Op(), unknownTenant(c.Tenant))
	}
	if refusal = s.pace(); refusal != nil {
		return nil, named(c.Op(), refusal)
	}
	if result, refusal, seen := s.repeated(c); seen {
		return result, named(c.Op(), refusal)
	}
	if refusal = s.mayRemember(c); refusal != nil {
		return nil, named(c.Op(), refusal)
	}
	result, refusal = c.payload.apply(s)
	refusal = named(c.Op(), refusal)
	s.remember(c, result, refusal)
	return result, refusal
}

// named returns the error with the operation's name on it.
func named(op Op, e *telephony.Error) *telephony.Error {
	if e == nil {
		return nil
	}
	copied := *e
	copied.Op = string(op)
	return &copied
}

func codeOf(e *telephony.Error) telephony.Code {
	if e == nil {
		return ""
	}
	return e.Code
}

// fail stops the machine: a fault in the rules has left it unknown what the
// state should be, so it is read from then on but never written.
func (m *Machine) fail(fault any) error {
	m.failed = &telephony.Error{Code: ErrFailed, Err: causeOf(fault),
		Detail: "a fault inside the engine; it accepts no more writes", Fix: "report it"}
	return m.failed
}

// causeOf returns what a panic was about as an error.
func causeOf(fault any) error {
	if cause, ok := fault.(error); ok {
		return cause
	}
	return fmt.Errorf("%v", fault)
}

// must panics on an error that only a fault of the engine itself can cause.
// Apply turns the panic into ErrFailed.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
