package engine

import (
	"context"
	"iter"
	"slices"
	"time"
)

// Rehearsal is a tenant's handle on a copy of the engine, to see what would
// happen if: each of its methods does to the copy what it would have done to the
// engine, by the same code, and the engine hears nothing of it. Calls that follow
// one another see what the ones before them did. The copy's clock stands still,
// and nobody else writes to it.
//
// It costs what its calls cost: the copy shares everything that neither has
// changed. A call of it and a call of the engine take turns, as two calls of the
// engine do.
type Rehearsal struct {
	*Tenant
	from uint64 // the index of the engine's last entry
}

// Rehearse begins a rehearsal from the state as it is now. The authorizer is
// asked for OpView now, and then about each call.
//
// Errors: ErrRequest for a nil context; ErrDenied; ErrCancelled;
// ErrUnknownTenant.
func (t *Tenant) Rehearse(ctx context.Context) (*Rehearsal, error) {
	if err := t.allow(ctx, OpView); err != nil {
		return nil, err
	}
	copied := t.engine.fork()
	r, from := copied.read()
	if _, refusal := r.tenantRow(t.tenant); refusal != nil {
		return nil, named(OpView, refusal)
	}
	copied.machine.now.Load().history.whole = true // for Changes
	as := t.caller
	as.engine = copied
	return &Rehearsal{Tenant: &Tenant{as}, from: from}, nil
}

// Changes yields what the rehearsal has changed so far, in order. Refused calls
// have changed nothing.
func (r *Rehearsal) Changes() iter.Seq[Event] {
	now := r.engine.machine.now.Load()
	entries, _ := now.history.between(r.from+1, now.index)
	return func(yield func(Event) bool) {
		for e := range entries {
			mine, _ := e.of(r.tenant)
			for _, event := range mine.Events {
				if !yield(event) {
					return
				}
			}
		}
	}
}

// Rehearse returns an engine of its own that begins as this one is now, with its
// clock standing still: whatever is done with it, this one hears nothing of it.
// The authorizer is asked for OpSnapshot now, since all there is can be read
// through the copy, and then about each call.
//
// Errors: ErrRequest for a nil context; ErrDenied; ErrCancelled.
func (p *Provider) Rehearse(ctx context.Context) (*Engine, error) {
	if err := p.caller().allow(ctx, OpSnapshot); err != nil {
		return nil, err
	}
	return p.engine.fork(), nil
}

// still is a clock that stands still.
type still struct{ at time.Time }

func (c still) Now() time.Time { return c.at }

// fork returns a copy of the engine as it is now. Identifiers go on from those of
// the engine, so that they are what the engine would give.
func (e *Engine) fork() *Engine {
	at, now := e.moment()
	copied := &Engine{machine: e.machine.fork(at), clock: still{unix(now)}, checker: e.checker,
		authorize: e.authorize, denied: e.denied, logger: e.logger, idEpoch: e.idEpoch}
	copied.log = &memoryLog{machine: copied.machine}
	copied.ids.Store(e.ids.Load())
	return copied
}

// fork returns a machine of its own that begins with a moment of this one.
func (m *Machine) fork(at *moment) *Machine {
	f := &Machine{tables: m.tables, memory: newMemory(m.tables)}
	f.memory.forked = true
	begin := *at
	begin.history = newHistory()
	begin.history.skipTo(at.index + 1)
	begin.history.shown = at.index + 1
	begin.db = at.snapshot.Fork()
	begin.snapshot = begin.db.Snapshot()
	begin.known = slices.Clip(begin.known) // what lies behind them in memory is this machine's
	f.now.Store(&begin)
	return f
}

// own makes an account's lists ones that can be appended to: in a fork, what
// lies behind them in memory is another machine's.
func (a *accountRow) own() {
	a.open, a.closed, a.GivenUp = slices.Clip(a.open), slices.Clip(a.closed), slices.Clip(a.GivenUp)
}
