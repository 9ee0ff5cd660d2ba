package engine

import (
	"fmt"
	"sync/atomic"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// Machine is the state and the rules that change it: the same commands in the
// same order give the same state, whoever applies them. It reads neither a
// clock nor anything random; time comes with the commands.
//
// Apply is called by one goroutine at a time. Reading goes on meanwhile.
type Machine struct {
	settings Settings
	tables   *tables
	db       *memtable.DB
	history  *history
	failed   *telephony.Error // once set, nothing is applied any more
	now      atomic.Pointer[moment]
}

// moment is the state after a command, for readers. It never changes.
type moment struct {
	snapshot *memtable.Snapshot
	index    uint64
	time     int64 // Unix nanoseconds; the state's time
}

func newMachine(settings Settings, strict bool) (*Machine, error) {
	if err := settings.Check(); err != nil {
		return nil, err
	}
	t := newTables(strict)
	db, err := memtable.Open(t.schema)
	if err != nil {
		return nil, err
	}
	m := &Machine{settings: settings, tables: t, db: db, history: newHistory(settings.KeepLog)}
	m.now.Store(&moment{snapshot: db.Snapshot()})
	return m, nil
}

// Apply decides one command. The state's time becomes the command's stamp, or
// stays where that is earlier; what has run out by then is settled, first all
// that is the tenant's, then a few elsewhere; then the operation's rules
// decide. All that changes is written at once. A refused command changes
// nothing but leaves its entry in the log.
func (m *Machine) Apply(c Command) (out Outcome) {
	before := m.now.Load()
	now := max(before.time, c.Stamp)
	out = Outcome{Index: before.index + 1, At: time.Unix(0, now).UTC()}
	if m.failed != nil {
		out.Err = m.failed
		return out
	}
	defer func() {
		if fault := recover(); fault != nil {
			out.Err = m.fail(fault)
		}
	}()

	s := &step{settings: &m.settings, tables: m.tables, now: now, index: out.Index}
	s.tx = m.db.Begin()
	defer s.tx.Abort()
	s.account = s.accountOf(c.Tenant)
	s.settle()
	result, refusal := s.decide(c)
	s.flush()
	must(s.tx.Commit())

	if refusal != nil {
		out.Err = refusal
	}
	out.result = result
	m.history.add(Entry{Index: out.Index, At: out.At, Tenant: c.Tenant, Actor: c.Actor,
		RequestID: c.RequestID, Op: c.Op(), Refused: codeOf(refusal), Events: s.events})
	m.now.Store(&moment{snapshot: m.db.Snapshot(), index: out.Index, time: now})
	return out
}

// decide runs the operation's rules and puts the operation's name on a refusal.
func (s *step) decide(c Command) (any, *telephony.Error) {
	if c.Tenant != "" && s.account == nil {
		return nil, named(c.Op(), unknownTenant(c.Tenant))
	}
	result, refusal := c.payload.apply(s)
	if refusal != nil {
		return nil, named(c.Op(), refusal)
	}
	return result, nil
}

// named returns the error with the operation's name on it.
func named(op Op, e *telephony.Error) *telephony.Error {
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
	cause, ok := fault.(error)
	if !ok {
		cause = fmt.Errorf("%v", fault)
	}
	m.failed = &telephony.Error{Code: ErrFailed, Err: cause,
		Detail: "a fault inside the engine; it accepts no more writes", Fix: "report it"}
	return m.failed
}

// must panics on an error that only a fault of the engine itself can cause.
// Apply turns the panic into ErrFailed.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
