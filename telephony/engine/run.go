package engine

import (
	"context"
	"log/slog"
	"time"

	"github.com/benbjohnson/clock"
)

// How often Run tidies, and how much in one step.
const (
	tick      = time.Second
	sweepStep = 100
)

// Sweep ends reservations and quarantines that have run out and forgets closed
// reservations and request ids that were kept long enough, up to a hundred of
// each, and reports whether there may be more. Nothing depends on it being
// called: what has run out is free whether or not it was swept. It tidies, and
// it makes the log tell of each end.
//
// Errors: ErrRequest for a nil context; ErrDenied; ErrCancelled; ErrFailed.
func (e *Engine) Sweep(ctx context.Context) (more bool, err error) {
	r, _ := e.read()
	if ctx != nil && !r.anythingToSweep() {
		return false, caller{engine: e}.allow(ctx, OpSweep)
	}
	done, err := write[swept](ctx, caller{engine: e}, sweepCommand{Most: sweepStep}, "")
	return done.Due >= sweepStep || done.Stale >= sweepStep, err
}

// anythingToSweep reports whether a sweep would do anything, so that an engine
// at rest writes no log.
func (r reader) anythingToSweep() bool {
	for row := range r.due.All() {
		if startOfSecond(row.at) > r.now {
			break
		}
		if row.at <= r.now {
			return true
		}
	}
	if first, any := r.graces.First(); any && first.until <= r.now { // those of all tenants come first
		return true
	}
	for a := range r.tables.stale.From(r.rows, nil) {
		if r.now >= forgettable(a.ended, r.settings) {
			return true
		}
		break
	}
	for row := range r.tables.requestsByAge.From(r.rows, nil) {
		return r.now-row.At >= int64(r.settings.KeepRequests)
	}
	return false
}

// Run sweeps once a second until the context ends, whose error it returns, so
// that the log tells of every end within a second or so. It is the caller's
// goroutine that does it: the engine starts none. The seconds are those of the
// engine's clock if it is one of github.com/benbjohnson/clock, the mock
// included, and the system's otherwise, which setting the wall clock does not
// change. A fault ends it with ErrFailed, a denied sweep with ErrDenied.
func (e *Engine) Run(ctx context.Context) error {
	if ctx == nil {
		_, err := e.Sweep(ctx)
		return err
	}
	ticks, stop := e.ticks()
	defer stop()
	for {
		for more := true; more && ctx.Err() == nil; {
			var err error
			if more, err = e.Sweep(ctx); err != nil && ctx.Err() == nil {
				e.report(ctx, err)
				return err
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticks:
		}
	}
}

// ticks returns a channel that something comes from once a second, and what
// stops it.
func (e *Engine) ticks() (<-chan time.Time, func()) {
	if c, ok := e.clock.(interface {
		Ticker(time.Duration) *clock.Ticker
	}); ok {
		t := c.Ticker(tick)
		return t.C, t.Stop
	}
	t := time.NewTicker(tick)
	return t.C, t.Stop
}

// report logs an error if there is a logger.
func (e *Engine) report(ctx context.Context, err error) {
	if e.logger != nil {
		e.logger.LogAttrs(ctx, slog.LevelError, "sweeping ended", slog.Any("error", err))
	}
}
