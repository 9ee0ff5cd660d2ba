package engine

import (
	"context"
	"io"
	"log/slog"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Clock tells the time. The mock clock of github.com/benbjohnson/clock is one.
type Clock interface{ Now() time.Time }

// Authorizer decides whether a call may go ahead. It is asked before anything
// else happens; an error or a panic in it denies the call.
type Authorizer func(ctx context.Context, a Action) error

// config is what options fill in.
type config struct {
	settings  Settings
	clock     Clock
	checker   emergency.Checker
	authorize Authorizer
	denied    func(context.Context, Action, error)
	logger    *slog.Logger
	idEpoch   string
	openLog   func(*Machine) (Log, error)
	restore   func(*Machine) error
}

// Option changes what New makes.
type Option func(*config)

// WithClock sets the clock. Otherwise it is the system's, which follows the wall
// clock forward and goes on by the monotonic clock where the wall's is set back.
// State time never goes back, whatever the clock does; with one that is set back,
// it stands still until that has caught up.
func WithClock(c Clock) Option { return func(o *config) { o.clock = c } }

// WithAuthority sets who says whether an emergency address is legitimate.
// Without one, no address is accepted.
func WithAuthority(a emergency.Authority) Option { return func(o *config) { o.checker.Authority = a } }

// WithChecker sets how addresses are checked, the authority included, in place
// of WithAuthority.
func WithChecker(c emergency.Checker) Option { return func(o *config) { o.checker = c } }

// WithAuthorizer sets who allows calls; without one every call is allowed.
func WithAuthorizer(a Authorizer) Option { return func(o *config) { o.authorize = a } }

// WithDenied sets what is told of each call that the authorizer denied, once,
// with the error that the caller gets. It must be quick: the caller waits.
func WithDenied(sink func(ctx context.Context, a Action, err error)) Option {
	return func(o *config) { o.denied = sink }
}

// WithLogger gives the engine a logger. Without one it logs nothing.
func WithLogger(l *slog.Logger) Option { return func(o *config) { o.logger = l } }

// WithCatalogue sets the products that can be bought.
func WithCatalogue(c *licensing.Catalogue) Option {
	return func(o *config) { o.settings.Catalogue = c }
}

// WithQuotaPolicy sets how many numbers licences give.
func WithQuotaPolicy(p licensing.QuotaPolicy) Option {
	return func(o *config) { o.settings.Quota = p }
}

// WithHoldFor sets how long a reservation holds its numbers: 1 ns to 30 days,
// 10 minutes otherwise.
func WithHoldFor(d time.Duration) Option { return func(o *config) { o.settings.HoldFor = d } }

// WithLimits sets how much a tenant may hold.
func WithLimits(l reservation.Limits) Option { return func(o *config) { o.settings.Limits = l } }

// WithExtension allows reservations to be extended.
func WithExtension(e reservation.Extension) Option {
	return func(o *config) { o.settings.Extension = e }
}

// WithQuarantine sets how long a released number rests before it can be
// reserved again, where WithQuarantineOf does not say it: 0 for no rest, up to 10
// years, 45 days otherwise. What it comes to under calling code 1 is bounded there;
// see reservation.RestBounds.
func WithQuarantine(d time.Duration) Option { return func(o *config) { o.settings.Quarantine = d } }

// WithQuarantineOf sets how long numbers of a kind of line and a calling code rest,
// 0 for those of every code of which nothing is said apart: 0 for no rest, or within
// reservation.RestBounds.
func WithQuarantineOf(line reservation.Line, code telephony.CallingCode, d time.Duration) Option {
	return func(o *config) {
		o.settings.QuarantineOf = withRule(o.settings.QuarantineOf, QuarantineRule{code, line, d})
	}
}

// WithClosedKept sets how long closed reservations can be looked up, 0 to 10
// years, and how many of them a tenant keeps at most, 0 to 9,000; 24 hours and
// 1,000 otherwise.
func WithClosedKept(d time.Duration, most int) Option {
	return func(o *config) { o.settings.KeepClosed, o.settings.KeepClosedMost = d, most }
}

// WithVisibleAfter sets how long after they are added people appear among the
// voice users, as in a directory that is copied with delay: 0 to 10 years, 0
// otherwise.
func WithVisibleAfter(d time.Duration) Option { return func(o *config) { o.settings.Visible = d } }

// WithLogKept sets how many entries of the log are kept: 1 to 10 million,
// 100,000 otherwise.
func WithLogKept(entries int) Option { return func(o *config) { o.settings.KeepLog = entries } }

// WithIDEpoch sets the middle part of the identifiers the engine makes, random
// otherwise. Two engines that write one log must not share it; examples and
// tests set it to get the same identifiers in every run.
func WithIDEpoch(epoch string) Option { return func(o *config) { o.idEpoch = epoch } }

// WithLog puts the engine's commands through another log than the one in
// memory: one that is kept on disk or agreed on by several machines.
func WithLog(open func(*Machine) (Log, error)) Option { return func(o *config) { o.openLog = open } }

// WithRequestsKept sets how long request ids are remembered: 0 to 10 years, 24
// hours otherwise. It must be longer than anybody goes on trying.
func WithRequestsKept(d time.Duration) Option {
	return func(o *config) { o.settings.KeepRequests = d }
}

// WithRevalidation sets how old the verdict on an emergency address may be before
// View.Gaps lists the numbers at it: 1 ns to 10 years; 0, as if nothing else is
// set, for any age. Nothing else depends on it.
func WithRevalidation(d time.Duration) Option { return func(o *config) { o.settings.Revalidate = d } }

// WithTerms sets the version of the terms of emergency calling that a tenant must
// have acknowledged before a number is assigned to anybody. A later version asks
// every tenant again; what is assigned stays assigned.
func WithTerms(v emergency.TermsVersion) Option { return func(o *config) { o.settings.Terms = v } }

// WithCarrierActivation says whether numbers wait for their carrier: whether one
// that is assigned, or comes to another emergency location while it is, works only
// once Provider.ReportActivation says that the carrier has done what it was asked.
// Numbers work at once otherwise.
func WithCarrierActivation(wait bool) Option {
	return func(o *config) { o.settings.AwaitCarrier = wait }
}

// WithTenantLimits bounds what one tenant may have.
func WithTenantLimits(l TenantLimits) Option { return func(o *config) { o.settings.Tenants = l } }

// WithSnapshot starts the engine from what Provider.Snapshot wrote. The settings
// are the snapshot's, save those that other options set.
func WithSnapshot(r io.Reader) Option {
	return func(o *config) { o.restore = func(m *Machine) error { return m.Restore(r) } }
}

// WithExport starts the engine from what Provider.Export wrote, as WithSnapshot
// does.
func WithExport(r io.Reader) Option {
	return func(o *config) { o.restore = func(m *Machine) error { return m.restoreExport(r) } }
}
