package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// The job is the same for all: ten numbers an hold, for ten minutes.
const (
	ten     = 10
	holdFor = 10 * time.Minute
)

// forever is when holds end that are not to end during a run.
const forever = int64(7_000_000_000) * int64(time.Second)

// How much of what has run out a contender that has to give it back does in
// passing: so much with every reservation, and so much in one sweep.
const (
	duePerReserve = 4
	duePerSweep   = 1000
)

var (
	errShort   = errors.New("fewer than ten numbers are free in the area")
	errRefused = errors.New("the hold is over or the number is not in a state for this")
)

// contender is one way of doing the job. All but found, load and close may be
// called by several callers at once. Time is that of the clock it was opened with.
type contender interface {
	// found begins anew: no numbers, so many tenants with so many people each.
	found(ctx context.Context, tenants, people int) error
	// load puts numbers in stock.
	load(ctx context.Context, s stock) error
	// reserve takes ten free numbers of an area and records who holds them and
	// until when. A number of a hold that has run out is free. It returns
	// errShort, having taken none, where there are fewer.
	reserve(ctx context.Context, tenant, area int) (hold, error)
	// acquire makes some numbers of a hold the tenant's own; the rest is free at
	// once and the hold is over. After the end of the hold it returns errRefused.
	acquire(ctx context.Context, h hold, numbers []uint64) error
	// assign gives a number that the tenant owns to one of its people, who has
	// no other: errRefused otherwise.
	assign(ctx context.Context, tenant int, number uint64, person int) error
	unassign(ctx context.Context, tenant int, number uint64, person int) error
	// release makes numbers that came from a hold, and that nobody has, free.
	release(ctx context.Context, h hold, numbers []uint64) error
	// sweep gives back a bounded part of what has run out and reports whether
	// there may be more.
	sweep(ctx context.Context) (more bool, err error)
	// count says where all the numbers are, from what is stored and not from
	// what was counted on the way. Holds that have run out are free.
	count(ctx context.Context) (tally, error)
	// bytes says how much memory or disk the data takes, as the contender has it.
	bytes(ctx context.Context) (int64, error)
	close() error
}

// hold is ten numbers that a tenant may acquire.
type hold struct {
	id      uint64
	name    string // in place of id, where identifiers are text
	tenant  int
	area    int
	numbers []uint64
}

// tally is where the numbers of a stock are. Assigned ones are owned as well.
type tally struct{ Free, Held, Owned, Assigned int }

// entry is a contender that can be opened.
type entry struct {
	name, label string
	inProcess   bool // what it keeps is in this program's memory
	open        func(ctx context.Context, s setting) (contender, error)
}

// field are all contenders, in the order in which they take turns.
var field = []entry{
	{"engine", "this module's engine: all rules, counters, events, log", true, openEngine},
	{"floor", "maps, a mutex and a heap of ends, without any rules", true, openFloor},
	{"memdb", "go-memdb, a row a number", true, openNaive},
	{"sqlite", "SQLite, WAL, synchronous off", false, openSQLite("OFF")},
	{"sqlite-full", "SQLite, WAL, synchronous full", false, openSQLite("FULL")},
	{"redis", "Redis on loopback, scripts, no persistence", false, openRedis},
	{"postgres", "PostgreSQL on loopback, SKIP LOCKED, fsync off", false, openPostgres("off")},
	{"postgres-fsync", "PostgreSQL on loopback, SKIP LOCKED, fsync on", false, openPostgres("on")},
}

// setting is what a contender is opened with.
type setting struct {
	clock   *clock
	dir     string // its own, empty, removed afterwards
	servers addresses
	keepLog int // for the engine
}

// addresses are of servers that are there already; empty ones are started.
type addresses struct{ redis, postgres string }

// leftOut is the error of a contender that cannot take part here.
type leftOut struct{ why string }

func (l leftOut) Error() string { return l.why }

// clock is the time that a run is in. It stands still while the numbers are
// measured and is moved on to make holds run out.
type clock struct{ nanoseconds atomic.Int64 }

func newClock() *clock {
	c := new(clock)
	c.nanoseconds.Store(int64(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()))
	return c
}

// Now makes it the clock of an engine.
func (c *clock) Now() time.Time { return time.Unix(0, c.now()) }

func (c *clock) now() int64              { return c.nanoseconds.Load() }
func (c *clock) advance(d time.Duration) { c.nanoseconds.Add(int64(d)) }

// holdIDs are the identifiers of holds, where the contender's client makes them.
// Those that stock is loaded with are lower.
type holdIDs struct{ last atomic.Uint64 }

func (i *holdIDs) next() uint64 { return 1<<40 + i.last.Add(1) }
