package engine_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony/engine"
)

// entriesOf takes entries from a sequence up to an index and reports every fault
// in their order.
func entriesOf(t testing.TB, followed iter.Seq2[engine.Entry, error], last uint64) (got []engine.Entry) {
	t.Helper()
	for e, err := range followed {
		if err != nil {
			t.Errorf("after %d entries: %v", len(got), err)
			return got
		}
		if n := len(got); n > 0 && e.Index <= got[n-1].Index {
			t.Errorf("entry %d comes after %d", e.Index, got[n-1].Index)
		}
		got = append(got, e)
		if e.Index >= last {
			return got
		}
	}
	t.Errorf("the sequence ended without a word")
	return got
}

// write makes so many entries, one after the other.
func (w *world) write(entries int) {
	w.Helper()
	for range entries {
		w.buy(w.org, licensing.EnterpriseE3, 1)
	}
}

// TestFollowMissesNothing: who takes a view and follows from behind it sees every
// entry once and in order, whatever is written meanwhile, and any view taken
// then has what the entry tells.
func TestFollowMissesNothing(t *testing.T) {
	w := newWorld(t)
	const writers, each = 4, 200
	last := w.view().Index() + writers*each
	var all sync.WaitGroup
	for range writers {
		all.Go(func() { w.write(each) })
	}
	for range 8 {
		all.Go(func() {
			v := w.view()
			next := v.Index() + 1
			if next > last {
				return
			}
			for e, err := range w.eng.As("").Follow(w.ctx, next) {
				if err != nil || e.Index != next {
					t.Errorf("got entry %d, %v; want %d", e.Index, err, next)
					return
				}
				if seen := w.view(); seen.Index() < e.Index {
					t.Errorf("a view after entry %d is of %d", e.Index, seen.Index())
				}
				if next++; next > last {
					return
				}
			}
		})
	}
	all.Wait()
	followed := entriesOf(t, w.eng.As("").Follow(w.ctx, 1), last)
	if kept := w.entries(0); len(followed) != len(kept) || followed[9].Chain != kept[9].Chain {
		t.Errorf("%d entries were followed, the log has %d", len(followed), len(kept))
	}
}

// TestSlowFollower: who is so slow that the log lets go of what comes next is
// told so, and where to go on; nobody waits for it meanwhile.
func TestSlowFollower(t *testing.T) {
	const kept = 10
	w := newWorld(t, engine.WithLogKept(kept))
	first := w.view().Index()
	var err error
	var got []uint64
	for e, problem := range w.eng.As("").Follow(w.ctx, first) {
		if problem != nil {
			err = problem
			continue // it must be the last
		}
		got = append(got, e.Index)
		w.write(3 * kept) // does not wait for this loop
	}
	asked, _ := errorFigure(err, "asked")
	oldest, _ := errorFigure(err, "oldest")
	if !errors.Is(err, engine.ErrLogPruned) || !slices.Equal(got, []uint64{first}) || asked != int64(first)+1 || oldest != int64(first)+2*kept+1 {
		t.Errorf("got %d and then %v, with the oldest of %d", got, err, oldest)
	}
	last := w.view().Index()
	for _, from := range []uint64{uint64(oldest), 0} {
		if again := entriesOf(t, w.eng.As("").Follow(w.ctx, from), last); len(again) != kept || again[0].Index != uint64(oldest) {
			t.Errorf("from %d there are %d entries, want %d from %d on", from, len(again), kept, oldest)
		}
	}
}

// TestLogHasNoGaps: what the log lets go of while it is read is read all the same.
func TestLogHasNoGaps(t *testing.T) {
	const kept = 10
	w := newWorld(t, engine.WithLogKept(kept))
	w.write(kept)
	v := w.view()
	whole, err := w.eng.As("").Log(w.ctx, 0)
	w.must(err)
	own, err := v.Log(0)
	w.must(err)
	for name, log := range map[string]iter.Seq[engine.Entry]{"provider's": whole, "tenant's": own} {
		next := v.Index() - kept + 1
		for e := range log {
			if e.Index != next {
				t.Errorf("the %s: entry %d comes in place of %d", name, e.Index, next)
			}
			next++
			w.write(500)
		}
		if next != v.Index()+1 {
			t.Errorf("the %s: it ends before %d, want %d", name, next, v.Index()+1)
		}
	}
}

// TestFollowEnds with the context, whether it waits or still has entries to give,
// with the loop, and where it is not allowed.
func TestFollowEnds(t *testing.T) {
	w := newWorld(t)
	last := w.view().Index()
	ended := func(ctx context.Context, from uint64, stop func(int)) (entries int, err error) {
		for _, problem := range w.org.Follow(ctx, from) {
			if err = problem; err == nil {
				entries++
				stop(entries)
			}
		}
		return entries, err
	}
	ctx, cancel := context.WithCancel(w.ctx)
	go func() {
		time.Sleep(20 * time.Millisecond)
		cancel()
	}()
	if n, err := ended(ctx, last+1, func(int) {}); n != 0 || !errors.Is(err, engine.ErrCancelled) || !errors.Is(err, context.Canceled) {
		t.Errorf("while it waits: %d entries and %v", n, err)
	}
	if n, err := ended(ctx, 1, func(int) {}); n != 0 || !errors.Is(err, engine.ErrCancelled) {
		t.Errorf("ended before: %d entries and %v", n, err)
	}
	w.write(100)
	ctx, cancel = context.WithCancel(w.ctx)
	if n, err := ended(ctx, last+1, func(int) { cancel() }); n != 1 || !errors.Is(err, engine.ErrCancelled) {
		t.Errorf("with entries left: %d entries and %v", n, err)
	}
	ctx, cancel = context.WithTimeout(w.ctx, time.Millisecond)
	defer cancel()
	if _, err := ended(ctx, w.view().Index()+1000, func(int) {}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("at a deadline, far ahead: got %v", err)
	}
	var none context.Context
	if n, err := ended(none, 1, func(int) {}); n != 0 || !errors.Is(err, engine.ErrRequest) {
		t.Errorf("no context: %d entries and %v", n, err)
	}
	s := newScene(t)
	s.allow = func() error { return errNoBudget }
	for _, err := range s.org.Follow(s.ctx, 1) {
		if !errors.Is(err, engine.ErrDenied) || !errors.Is(err, errNoBudget) {
			t.Errorf("denied: got %v", err)
		}
	}
}

// TestFollowersOfTenants see their own and what happened to them, nothing else,
// many of them side by side.
func TestFollowersOfTenants(t *testing.T) {
	w := newWorld(t)
	other := w.tenant("fabrikam", 100)
	start := w.view().Index()
	done, stop := context.WithCancel(w.ctx)
	var followers sync.WaitGroup
	var seen atomic.Int64
	for i := range 64 {
		org := []*engine.Tenant{w.org, other}[i%2]
		followers.Go(func() {
			for e, err := range org.Follow(done, start+1) {
				if err != nil {
					if !errors.Is(err, engine.ErrCancelled) {
						t.Errorf("got %v", err)
					}
					return
				}
				seen.Add(1)
				if e.Tenant != org.ID() || e.Op == engine.OpAddStock {
					t.Errorf("%s sees an entry of %q, %s", org.ID(), e.Tenant, e.Op)
				}
				for _, event := range e.Events {
					if event.Tenant != org.ID() {
						t.Errorf("%s sees an event of %q", org.ID(), event.Tenant)
					}
				}
			}
		})
	}
	for range 50 {
		w.buy(w.org, licensing.EnterpriseE3, 1)
		w.buy(other, licensing.EnterpriseE3, 1)
	}
	held := w.hold(newYork, 1)
	w.clock.Set(held.Expires.Add(time.Second))
	w.buy(other, licensing.EnterpriseE3, 1) // settles the first tenant's hold, who is told so
	const want = 32 * (50 + 1 + 1 + 50 + 1)
	for deadline := time.Now().Add(10 * time.Second); seen.Load() < want && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	stop()
	followers.Wait()
	if got := seen.Load(); got != want {
		t.Errorf("%d entries were seen, want %d", got, want)
	}
}

// TestFollowGoesOnAfterARestore: who waits for what comes is shown what a
// snapshot brought.
func TestFollowGoesOnAfterARestore(t *testing.T) {
	w := newWorld(t)
	w.write(5)
	snapshot := snapshotOf(t, w.eng)
	ahead := w.view().Index()
	behind := dirtyWorld(t)
	last := behind.view().Index()
	if last >= ahead {
		t.Fatalf("the log that is behind has %d entries, the other %d", last, ahead)
	}
	got := make(chan []engine.Entry)
	go func() { got <- entriesOf(t, behind.eng.As("").Follow(w.ctx, last+1), ahead) }()
	time.Sleep(5 * time.Millisecond)
	w.must(engine.MachineOf(behind.eng).Restore(bytes.NewReader(snapshot)))
	if entries := <-got; len(entries) != int(ahead-last) || entries[0].Index != last+1 {
		t.Errorf("%d entries came, want %d", len(entries), ahead-last)
	}
}
