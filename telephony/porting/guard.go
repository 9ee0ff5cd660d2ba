package porting

import (
	"log/slog"
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// The causes for which a PIN that was given lets nothing go, in the order in
// which Guard.Try reports them.
const (
	ErrPINUnset   telephony.Code = "port_pin_unset"
	ErrGuessing   telephony.Code = "port_pin_policy" // a policy that bounds nothing
	ErrPINLocked  telephony.Code = "port_pin_locked_out"
	ErrPINMissing telephony.Code = "port_pin_missing"
	ErrPINStale   telephony.Code = "port_pin_other_salt"
	ErrPINWrong   telephony.Code = "port_pin_wrong"
)

// Guessing bounds how often a PIN may be guessed. The zero value lets nothing
// go.
type Guessing struct {
	Wrong   int           // that many wrong PINs, 1 to 100
	Within  time.Duration // in this time
	LockFor time.Duration // lock port-out for this time, whatever PIN is given
}

// DefaultGuessing returns five wrong PINs within 24 hours, which lock port-out
// for 24 hours: of a million PINs of six digits, some five a day. Nothing public
// says what others do; it is this package's choice.
func DefaultGuessing() Guessing {
	return Guessing{Wrong: 5, Within: 24 * time.Hour, LockFor: 24 * time.Hour}
}

// IsValid reports whether it bounds anything.
func (g Guessing) IsValid() bool {
	return g.Wrong >= 1 && g.Wrong <= maxWrong && g.Within > 0 && g.LockFor > 0
}

const maxWrong = 100

// Guard is what stands between a tenant's numbers and another carrier: the PIN,
// and the wrong ones that were given lately. The zero value has no PIN and lets
// nothing go [port]. A Guard is a value; its methods return the next one and
// leave g and its list alone.
type Guard struct {
	PIN    SealedPIN
	Wrong  []int64 // Unix nanoseconds of wrong PINs since it was last right or changed, oldest first
	Locked int64   // Unix nanoseconds of the first moment at which it is locked out no more; 0 for never was
}

// Set sets or changes the PIN, and forgets the wrong ones, which were guesses at
// another. Once set it cannot be blanked [port]: its error is ErrPINBlank for no
// PIN.
func (g Guard) Set(pin SealedPIN) (Guard, error) {
	if pin.IsZero() {
		return g, &telephony.Error{Code: ErrPINBlank, Field: "pin", Detail: "a port-out PIN can be changed, not blanked", Fix: "give a new one"}
	}
	return Guard{PIN: pin}, nil
}

// LockedAt returns until when port-out is locked, if it is at now.
func (g Guard) LockedAt(now time.Time) (until time.Time, locked bool) {
	if g.Locked == 0 || telephony.UnixNanos(now) >= g.Locked {
		return time.Time{}, false
	}
	return telephony.AtNanos(g.Locked), true
}

// Try holds a PIN that was given against the one that is kept. The next guard is
// to be kept in either case: a wrong PIN counts, a right one clears the count, and
// nothing else changes it. So a refusal is an answer here, and whoever records it
// must not throw it away as an error.
//
// Refusals, in order of precedence: ErrPINUnset; ErrGuessing for a policy that is
// not valid; ErrPINLocked with the moment at which it ends; ErrPINMissing;
// ErrPINStale where the PIN was sealed with another salt, since it was changed
// meanwhile; ErrPINWrong with the figures "wrong" and "limit", and with the
// moment at which the lock ends if it has locked.
func (g Guard) Try(now time.Time, given SealedPIN, policy Guessing) (Guard, *telephony.Error) {
	if e := g.closed(now, given, policy); e != nil {
		return g, e
	}
	if g.PIN.matches(given) {
		return Guard{PIN: g.PIN}, nil
	}
	at := telephony.UnixNanos(now)
	first := slices.IndexFunc(g.Wrong, func(wrong int64) bool { return wrong > before(at, policy.Within) })
	if first < 0 {
		first = len(g.Wrong)
	}
	wrong := append(slices.Clone(g.Wrong[first:]), at)
	e := &telephony.Error{Code: ErrPINWrong, Field: "pin", Detail: "the PIN is wrong", Fix: "ask whoever has the numbers for it",
		Figures: []telephony.Figure{{Name: "wrong", Value: int64(len(wrong))}, {Name: "limit", Value: int64(policy.Wrong)}}}
	g.Wrong = wrong
	if len(wrong) >= policy.Wrong {
		g.Wrong, g.Locked = nil, after(at, policy.LockFor)
		e.At = telephony.AtNanos(g.Locked)
	}
	return g, e
}

// closed reports why a PIN is not even looked at.
func (g Guard) closed(now time.Time, given SealedPIN, policy Guessing) *telephony.Error {
	until, locked := g.LockedAt(now)
	switch {
	case g.PIN.IsZero():
		return &telephony.Error{Code: ErrPINUnset, Field: "pin", Detail: "no port-out PIN is set, without which no number is ported out", Fix: "have the tenant set one"}
	case !policy.IsValid():
		return &telephony.Error{Code: ErrGuessing, Detail: "the policy against guessing bounds nothing", Fix: "start from DefaultGuessing"}
	case locked:
		return &telephony.Error{Code: ErrPINLocked, Detail: "too many wrong PINs were given", At: until, Fix: "try again then, or have the tenant change the PIN"}
	case given.IsZero():
		return &telephony.Error{Code: ErrPINMissing, Field: "pin", Detail: "no PIN was given", Fix: "ask whoever has the numbers for it"}
	case !given.sameSalt(g.PIN):
		return &telephony.Error{Code: ErrPINStale, Field: "pin", Detail: "the PIN was changed meanwhile", Fix: "give it again"}
	}
	return nil
}

// LogValue tells how the guard stands, and nothing of the PIN.
func (g Guard) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("set", !g.PIN.IsZero()), slog.Int("wrong", len(g.Wrong)))
}
