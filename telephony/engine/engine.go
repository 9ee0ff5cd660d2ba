package engine

import (
	"context"
	"crypto/rand"
	"encoding/base32"
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
	denied    func(context.Context, Action, error)
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
	c := newConfig(DefaultSettings(), options)
	if c.clock == nil || c.openLog == nil {
		return nil, refuse(ErrRequest, "options", "the clock or the log is nil", "leave the option out")
	}
	if err := telephony.CheckID("id epoch", c.idEpoch); err != nil {
		return nil, err
	}
	m, err := newMachine(strict)
	if err != nil {
		return nil, err
	}
	if c.restore != nil {
		if err := c.restore(m); err != nil {
			return nil, err
		}
		c = newConfig(*m.now.Load().settings, options)
	}
	if err := c.settings.Check(); err != nil {
		return nil, err
	}
	log, err := c.openLog(m)
	if err != nil {
		return nil, err
	}
	e := &Engine{machine: m, log: log, clock: c.clock, checker: c.checker, authorize: c.authorize, denied: c.denied,
		logger: c.logger, idEpoch: c.idEpoch}
	if err := e.configure(c.settings); err != nil {
		return nil, err
	}
	return e, nil
}

// newConfig is what the options make of these settings.
func newConfig(s Settings, options []Option) config {
	c := config{settings: s, clock: newSystemClock(), openLog: newMemoryLog, idEpoch: randomEpoch()}
	for _, o := range options {
		o(&c)
	}
	return c
}

// configure writes the settings into the log, where they are not the ones in
// force already.
func (e *Engine) configure(s Settings) error {
	command := Command{Version: commandVersion, Stamp: stamp(e.clock.Now()), payload: configureWith(s)}
	if now := e.machine.now.Load(); now.settings != nil && contentOf(command) == contentOf(Command{payload: configureWith(*now.settings)}) {
		return nil
	}
	if _, err := command.MarshalBinary(); err != nil {
		return err
	}
	out, err := e.log.Commit(context.Background(), command)
	if err != nil {
		return err
	}
	return out.Err
}

// randomEpoch sets apart the identifiers of engines: 40 random bits.
func randomEpoch() string {
	var b [5]byte
	rand.Read(b[:]) // never fails
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// idDigits are digits and letters in the order of their bytes, without those
// that are taken for others. Eight of them count to a million million.
const (
	idDigits = "0123456789abcdefghjkmnpqrstvwxyz"
	idWidth  = 8
)

// newID makes an identifier. Those of one engine and kind ascend as text.
func (e *Engine) newID(kind string) string {
	var counter [idWidth]byte
	n := e.ids.Add(1)
	for i := idWidth - 1; i >= 0; i-- {
		counter[i] = idDigits[n%uint64(len(idDigits))]
		n /= uint64(len(idDigits))
	}
	return kind + "-" + e.idEpoch + "-" + string(counter[:])
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

// allow reports why a call may not go ahead at all: there is no context, the
// authorizer says no, or the context has ended.
func (c caller) allow(ctx context.Context, op Op) error {
	if ctx == nil {
		return &telephony.Error{Op: string(op), Code: ErrRequest, Field: "ctx", Detail: "the context is nil", Fix: "pass context.Background()"}
	}
	if err := c.ask(ctx, op); err != nil {
		c.engine.tellDenied(ctx, Action{Tenant: c.tenant, Actor: c.actor, Op: op}, err)
		return err
	}
	if ctx.Err() != nil {
		return named(op, asError(cancelled(ctx)))
	}
	return nil
}

// ask asks the authorizer, if there is one.
func (c caller) ask(ctx context.Context, op Op) (err error) {
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

// tellDenied hands a denied call to the host's sink. The log never hears of it:
// whoever is denied could fill it.
func (e *Engine) tellDenied(ctx context.Context, a Action, err error) {
	if e.denied == nil {
		return
	}
	defer func() { _ = recover() }() // the sink's troubles are not the caller's
	e.denied(ctx, a, err)
}

// write takes an operation through: authorize, check, stamp, commit. The result
// is of the type that the operation gives.
func write[R any](ctx context.Context, c caller, p payload, requestID string) (result R, err error) {
	if err := c.allow(ctx, p.op()); err != nil {
		return result, err
	}
	return send[R](ctx, c, p, requestID)
}

// send takes an operation through that may go ahead: check, stamp, commit.
func send[R any](ctx context.Context, c caller, p payload, requestID string) (result R, err error) {
	command := Command{Version: commandVersion, Tenant: c.tenant, Actor: c.actor, RequestID: requestID,
		Stamp: stamp(c.engine.clock.Now()), payload: p}
	if err := command.checkCall(); err != nil {
		return result, named(p.op(), asError(err))
	}
	out, err := c.engine.log.Commit(ctx, command)
	if err != nil {
		return result, named(p.op(), logError(err))
	}
	if out.Err != nil {
		return result, out.Err
	}
	if out.result != nil {
		result = out.result.(R)
	}
	return result, nil
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
