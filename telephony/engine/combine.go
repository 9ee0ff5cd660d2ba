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
	crowded bool      // several shared the last turn
	waiting []*waiter // in the order they came
}

// waiter is a command in the queue and what its caller waits for.
type waiter struct {
	command prepared
	outcome Outcome
	wake    chan struct{} // something comes once the command is applied, or once the caller leads
	leads   bool          // the caller is to apply what waits, its own command first
	taken   bool          // the command is being applied, or was
}

// maxTogether bounds how many commands share a transaction, and so how long the
// first of them waits for the last.
const maxTogether = 128

func newMemoryLog(m *Machine) (Log, error) { return &memoryLog{machine: m}, nil }

// Commit implements Log.
func (l *memoryLog) Commit(ctx context.Context, c Command) (Outcome, error) {
	ready := prepare(c)
	l.mu.Lock()
	if !l.busy && !l.crowded {
		l.busy = true
		l.mu.Unlock()
		out := l.machine.applyAll([]prepared{ready})
		l.passOn()
		return out[0], nil
	}
	w := &waiter{command: ready, wake: make(chan struct{}, 1)}
	l.waiting = append(l.waiting, w)
	if !l.busy {
		l.busy, w.leads = true, true
		w.wake <- struct{}{}
	}
	l.mu.Unlock()

	select {
	case <-w.wake:
	case <-ctx.Done():
		if l.leave(w) {
			return Outcome{}, cancelled(ctx)
		}
		<-w.wake // too late: the command is being applied
	}
	if w.leads {
		l.lead()
	}
	return w.outcome, nil
}

// passOn ends a turn: the first of those who wait leads next.
func (l *memoryLog) passOn() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		l.busy = false
		return
	}
	next := l.waiting[0]
	next.leads = true
	next.wake <- struct{}{}
}

// gather lets those come who are about to: it gives way as long as more of them
// do. Those of the last turn have just been woken, and would otherwise find that
// they wait for a turn of one.
func (l *memoryLog) gather() {
	for before := 0; ; {
		l.mu.Lock()
		now := len(l.waiting)
		l.mu.Unlock()
		if now <= before || now >= maxTogether {
			return
		}
		before = now
		runtime.Gosched()
	}
}

// lead applies what waits, up to maxTogether commands, and passes the lead on.
func (l *memoryLog) lead() {
	l.gather()
	l.mu.Lock()
	batch := slices.Clone(l.waiting[:min(len(l.waiting), maxTogether)])
	l.waiting = slices.Delete(l.waiting, 0, len(batch))
	l.crowded = len(batch) > 1
	for _, w := range batch {
		w.taken = true
	}
	l.mu.Unlock()

	commands := make([]prepared, len(batch))
	for i, w := range batch {
		commands[i] = w.command
	}
	for i, out := range l.machine.applyAll(commands) {
		w := batch[i]
		w.outcome = out
		if !w.leads {
			w.wake <- struct{}{}
		}
	}
	l.passOn()
}

// leave takes a command out of the queue, and reports false if it is too late.
func (l *memoryLog) leave(w *waiter) bool {
	l.mu.Lock()
	if w.taken {
		l.mu.Unlock()
		return false
	}
	l.waiting = slices.DeleteFunc(l.waiting, func(other *waiter) bool { return other == w })
	leads := w.leads
	l.mu.Unlock()
	if leads {
		l.passOn() // it was this caller's turn
	}
	return true
}
