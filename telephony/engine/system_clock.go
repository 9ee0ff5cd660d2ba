package engine

import (
	"sync/atomic"
	"time"
)

// systemClock is the system's clock as an engine wants it. It follows the wall
// clock forward, by whatever way it is set, and after a suspended machine wakes.
// Where the wall clock is set back it goes on by the monotonic one, so that holds
// end after ten minutes and not after ten minutes and an hour. It never goes back.
//
// A wall clock that was set ahead by mistake takes the engine's time along for
// good, as any clock does: the state's time never goes back.
type systemClock struct {
	// read gives both clocks at one moment, in nanoseconds: the wall's since 1970,
	// and one that only runs on.
	read func() (wall, running int64)
	// ahead is by how much the clock is ahead of the running one; it never falls.
	ahead atomic.Int64
}

func newSystemClock() *systemClock {
	start := time.Now()
	c := &systemClock{read: func() (wall, running int64) {
		now := time.Now()
		return now.UnixNano(), int64(now.Sub(start)) // by the monotonic reading of both
	}}
	c.ahead.Store(start.UnixNano())
	return c
}

// Now implements Clock.
func (c *systemClock) Now() time.Time {
	wall, running := c.read()
	ahead := c.ahead.Load()
	for wall-running > ahead && !c.ahead.CompareAndSwap(ahead, wall-running) {
		ahead = c.ahead.Load()
	}
	return unix(running + max(ahead, wall-running))
}
