package engine

import (
	"context"
	"iter"

	"example.com/callingplan/telephony"
)

// Follow yields the tenant's entries from an index on, as Log does, and goes on
// with those to come, until the context ends or the range is left; 0 stands for
// as far back as there are. To miss nothing, take a View and follow from one
// behind its Index. A View taken after an entry came has what the entry tells.
//
// Writes never wait for those who follow. Whoever is so slow that the log lets
// go of an entry before it was read is told so, by ErrLogPruned with the index
// to go on from, and the sequence ends. It also ends with ErrDenied, and with
// ErrCancelled when the context does.
func (t *Tenant) Follow(ctx context.Context, from uint64) iter.Seq2[Entry, error] {
	return t.follow(ctx, from, func(e Entry) (Entry, bool) { return e.of(t.tenant) })
}

// Follow yields all entries from an index on, and goes on with those to come,
// as Tenant.Follow does.
func (p *Provider) Follow(ctx context.Context, from uint64) iter.Seq2[Entry, error] {
	return p.caller().follow(ctx, from, func(e Entry) (Entry, bool) { return e, true })
}

func (c caller) follow(ctx context.Context, from uint64, shown func(Entry) (Entry, bool)) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := c.allow(ctx, OpView); err != nil {
			yield(Entry{}, err)
			return
		}
		m := c.engine.machine
		next := from
		if next == 0 {
			next = m.now.Load().history.oldest()
		}
		for ; ; next++ {
			e, err := m.wait(ctx, next)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if mine, any := shown(e); any && !yield(mine, nil) {
				return
			}
		}
	}
}

// wait returns the entry of an index as soon as there is one.
func (m *Machine) wait(ctx context.Context, index uint64) (Entry, error) {
	for {
		if ctx.Err() != nil {
			return Entry{}, cancelled(ctx)
		}
		h := m.now.Load().history
		e, kept, grown := h.get(index)
		if kept {
			return e, nil
		}
		if grown == nil {
			return Entry{}, h.pruned(index)
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return Entry{}, cancelled(ctx)
		}
	}
}

// pruned is the error for an index that the log has let go of.
func (h *history) pruned(index uint64) *telephony.Error {
	return &telephony.Error{Code: ErrLogPruned, Detail: "the log does not go back that far",
		Figures: []telephony.Figure{{Name: "asked", Value: int64(index)}, {Name: "oldest", Value: int64(h.oldest())}},
		Fix:     "go on from the oldest, and read anew what may have changed"}
}
