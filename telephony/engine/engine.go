package engine

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// Engine runs numbers for tenants. It is made by New and safe for use by any
// number of goroutines.
type Engine struct {
	machine   *Machine
	log       Log
	clock     Clock
	checker   emergency.Checker
	authorize Authorizer
	logger    *slog.Logger
	idEpoch   string
	ids       atomic.Uint64
}

// New makes an engine that holds everything in memory. It starts no goroutine
// and needs no closing. Its errors are those of Settings.Check, ErrID for the
// epoch of identifiers, and whatever opening another log returns.
func New(options ...Option) (*Engine, error) {
	return newEngine(false, options)
}

func newEngine(strict bool, options []Option) (*Engine, error) {
	c := config{settings: DefaultSettings(), clock: systemClock{}, openLog: newMemoryLog, idEpoch: randomEpoch()}
	for _, o := range options {
		o(&c)
	}
	if c.clock == nil || c.openLog == nil {
		return nil, refuse(ErrRequest, "options", "the clock or the log is nil", "leave the option out")
	}
	if err := telephony.CheckID("id epoch", c.idEpoch); err != nil {
		return nil, err
	}
	m, err := newMachine(c.settings, strict)
	if err != nil {
		return nil, err
	}
	log, err := c.openLog(m)
	if err != nil {
		return nil, err
	}
	return &Engine{machine: m, log: log, clock: c.clock, checker: c.checker, authorize: c.authorize,
		logger: c.logger, idEpoch: c.idEpoch}, nil
}

// randomEpoch sets apart the identifiers of engines: 40 random bits.
func randomEpoch() string {
	var b [5]byte
	rand.Read(b[:]) // never fails
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// newID makes an identifier. Those of one engine and kind ascend as text, for
// which there are digits enough: a million a second use them up in eleven days.
func (e *Engine) newID(kind string) string {
	return fmt.Sprintf("%s-%s-%012d", kind, e.idEpoch, e.ids.Add(1))
}

// As returns the engine with calls made in the name of an actor, up to 128
// bytes as in identifiers, which the authorizer is asked about and the log
// keeps.
func (e *Engine) As(actor string) *Provider { return &Provider{engine: e, actor: actor} }

// caller is who calls, for which tenant.
type caller struct {
	engine *Engine
	tenant telephony.TenantID
	actor  string
}

// allow asks the authorizer.
func (c caller) allow(ctx context.Context, op Op) (err error) {
	if ctx == nil {
		return &telephony.Error{Op: string(op), Code: ErrRequest, Field: "ctx", Detail: "the context is nil", Fix: "pass context.Background()"}
	}
	if c.engine.authorize == nil {
		return nil
	}
	denied := &telephony.Error{Op: string(op), Code: ErrDenied, Detail: "the call is not allowed"}
	defer func() {
		if recover() != nil { // whatever it was, it did not say yes
			err = denied
		}
	}()
	if cause := c.engine.authorize(ctx, Action{Tenant: c.tenant, Actor: c.actor, Op: op}); cause != nil {
		denied.Err = cause
		return denied
	}
	return nil
}

// write takes an operation through: authorize, check, stamp, commit. The result
// is of the type that the operation gives.
func write[R any](ctx context.Context, c caller, p payload, requestID string) (result R, err error) {
	if err := c.allow(ctx, p.op()); err != nil {
		return result, err
	}
	if ctx.Err() != nil {
		return result, named(p.op(), asError(cancelled(ctx)))
	}
	if err := c.check(p, requestID); err != nil {
		return result, named(p.op(), asError(err))
	}
	out, err := c.engine.log.Commit(ctx, Command{
		Version: commandVersion, Tenant: c.tenant, Actor: c.actor, RequestID: requestID,
		Stamp: stamp(c.engine.clock.Now()), payload: p,
	})
	if err != nil {
		return result, named(p.op(), asError(err))
	}
	if out.Err != nil {
		return result, out.Err
	}
	if out.result != nil {
		result = out.result.(R)
	}
	return result, nil
}

// check reports what is wrong with a call in itself.
func (c caller) check(p payload, requestID string) error {
	if requestID != "" {
		if err := telephony.CheckID("request id", requestID); err != nil {
			return err
		}
	}
	if c.actor != "" {
		if err := telephony.CheckID("actor", c.actor); err != nil {
			return err
		}
	}
	return p.check()
}

// The moments a stamp can say. State time starts at 1970 and ends before what
// 64 bits of nanoseconds can say, with room for the longest hold behind it.
var lastStamp = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)

// stamp returns the time as commands carry it, cut to what they can say.
func stamp(t time.Time) int64 {
	switch {
	case t.Before(time.Unix(0, 0)):
		return 0
	case t.After(lastStamp):
		return lastStamp.UnixNano()
	}
	return t.UnixNano()
}

// unix returns the time of a stored moment.
func unix(at int64) time.Time { return time.Unix(0, at).UTC() }
