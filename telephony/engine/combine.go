package engine

import (
	"context"
	"runtime"
	"slices"
	"sync"
)

// memoryLog is the order in which callers come. Callers that come while a
// command is being applied are applied together after it, in one transaction:
// each is decided against what the ones before it decided, so what comes of them
// is what would have come of them one by one. A caller alone pays a lock for it.
//
// There is no goroutine behind it. The first of those who wait applies for all,
// then leaves it to the first of those who have come meanwhile.
type memoryLog struct {
	machine *Machine

	mu      sync.Mutex
	busy    bool      // somebody is applying, or about to
	callers int       // who shared the last turn, or waited at its end; those who may well be back
	waiting []*waiter // in the order they came

	// Room for the commands of a turn; whoever is busy has it.
	turn     []*waiter
	commands []*prepared
}

// waiter is a command in the queue and what its caller waits for.
type waiter struct {
	prepared
	wake  chan struct{} // something comes once the command is applied, or once the caller leads
	leads bool          // the caller is to apply what waits, its own command first
	taken bool          // the command is being applied, or was
}

// waiters are some that nobody waits with, to serve again.
var waiters = sync.Pool{New: func() any { return &waiter{wake: make(chan struct{}, 1)} }}

// maxTogether bounds how many commands share a transaction, and so how long the
// first of them waits for the last.
const maxTogether = 128

func newMemoryLog(m *Machine) (Log, error) { return &memoryLog{machine: m}, nil }

// Commit implements Log.
func (l *memoryLog) Commit(ctx context.Context, c Command) (Outcome, error) {
	w := waiters.Get().(*waiter)
	w.prepare(c)
	if alone, leads := l.enter(w); alone {
		l.commands = append(l.commands[:0], &w.prepared)
		l.machine.applyAll(l.commands)
		l.passOn(1)
	} else if leads || l.await(ctx, w) {
		l.lead()
	} else if !w.taken {
		return Outcome{}, cancelled(ctx) // its wake may yet have something in it
	}
	out := w.outcome
	*w = waiter{wake: w.wake, prepared: prepared{body: w.body}} // the rest is not to be kept for whoever comes next
	waiters.Put(w)
	return out, nil
}

// enter puts a command into the queue, unless its caller is alone and can have
// it applied at once. Nobody is alone who comes after several: the others are
// about to be back.
func (l *memoryLog) enter(w *waiter) (alone, leads bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy {
		l.waiting = append(l.waiting, w)
		return false, false
	}
	l.busy = true
	if l.callers <= 1 {
		return true, false
	}
	w.leads = true
	l.waiting = append(l.waiting, w)
	return false, true
}

// await waits until the command is applied, or until its caller is to lead. It
// may also be given up meanwhile.
func (l *memoryLog) await(ctx context.Context, w *waiter) (leads bool) {
	select {
	case <-w.wake:
	case <-ctx.Done():
		if l.leave(w) {
			return false
		}
		<-w.wake // too late: the command is being applied
	}
	return w.leads
}

// passOn ends a turn of so many: the first of those who wait leads next, and goes
// first, since all others wait for that.
func (l *memoryLog) passOn(together int) {
	l.mu.Lock()
	l.callers = together + len(l.waiting)
	passed := l.next()
	l.mu.Unlock()
	if passed {
		runtime.Gosched()
	}
}

// next has the first of those who wait lead, if there is any.
func (l *memoryLog) next() (passed bool) {
	if len(l.waiting) == 0 {
		l.busy = false
		return false
	}
	first := l.waiting[0]
	first.leads = true
	first.wake <- struct{}{}
	return true
}

// A turn is put off until there are fewTogether, or as many as shared the last one, and
// no longer than for as many looks in vain as patience says.
const (
	fewTogether = 4
	patience    = 4
)

// gather lets a few come who are about to. Those of the last turn have just been woken,
// and would otherwise find that they wait for a turn of one or two; of more than a few
// the others come back while the turn goes on, so that neither stands still.
func (l *memoryLog) gather() {
	for before, fruitless := 0, 0; fruitless < patience; fruitless++ {
		l.mu.Lock()
		now, expected := len(l.waiting), min(l.callers, fewTogether)
		l.mu.Unlock()
		if now >= expected {
			return
		}
		if now > before {
			before, fruitless = now, 0
		}
		runtime.Gosched()
	}
}

// lead applies what waits, up to maxTogether commands, and passes the lead on.
func (l *memoryLog) lead() {
	l.gather()
	l.mu.Lock()
	l.turn = append(l.turn[:0], l.waiting[:min(len(l.waiting), maxTogether)]...)
	l.waiting = slices.Delete(l.waiting, 0, len(l.turn))
	for _, w := range l.turn {
		w.taken = true
	}
	l.mu.Unlock()

	l.commands = l.commands[:0]
	for _, w := range l.turn {
		l.commands = append(l.commands, &w.prepared)
	}
	l.machine.applyAll(l.commands)
	for _, w := range l.turn {
		if !w.leads {
			w.wake <- struct{}{}
		}
	}
	l.passOn(len(l.turn))
}

// leave takes a command out of the queue, and reports false if it is too late.
func (l *memoryLog) leave(w *waiter) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w.taken {
		return false
	}
	l.waiting = slices.DeleteFunc(l.waiting, func(other *waiter) bool { return other == w })
	if w.leads {
		l.next() // it was this caller's turn
	}
	return true
}
