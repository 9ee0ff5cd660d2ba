package engine

import (
	"context"
	"iter"

	"example.com/callingplan/telephony"
)

// Log yields the entries of the engine's log from an index on, for the
// provider: who did what, when, and what came of it. The last one is the last
// that was written when Log was called.
//
// Errors: ErrRequest for a nil context; ErrDenied; ErrLogPruned with the index
// of the oldest entry that is kept, where from is older.
func (p *Provider) Log(ctx context.Context, from uint64) (iter.Seq[Entry], error) {
	if err := p.caller().allow(ctx, OpView); err != nil {
		return nil, err
	}
	now := p.engine.machine.now.Load()
	return now.history.since(from, now.index)
}

// Log yields the tenant's entries from an index on, up to the view's moment:
// its own commands, and what happened to it in the course of others', of which
// it learns no more than that.
//
// Its error is ErrLogPruned with the index of the oldest entry that is kept,
// where from is older.
func (v *View) Log(from uint64) (iter.Seq[Entry], error) {
	kept, err := v.history.since(from, v.index)
	if err != nil {
		return nil, err
	}
	return func(yield func(Entry) bool) {
		for e := range kept {
			if mine, any := e.of(v.id); any && !yield(mine) {
				return
			}
		}
	}, nil
}

// of returns what a tenant may see of an entry, and whether that is anything.
func (e Entry) of(tenant telephony.TenantID) (Entry, bool) {
	var mine []Event
	for _, event := range e.Events {
		if event.Tenant == tenant {
			mine = append(mine, event)
		}
	}
	if e.Tenant == tenant {
		e.Events = mine
		return e, true
	}
	return Entry{Index: e.Index, At: e.At, Tenant: tenant, Op: OpSweep, Events: mine}, len(mine) > 0
}
