package engine_test

import (
	"bytes"
	"errors"
	"iter"
	"sync"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony/engine"
)

// TestViewKeepsItsLog: a view has the log of its moment, whatever the machine was
// restored to since.
func TestViewKeepsItsLog(t *testing.T) {
	ahead := newWorld(t)
	ahead.write(5)
	behind := dirtyWorld(t)
	v := behind.view()
	want := len(behind.entries(0))
	behind.must(engine.MachineOf(behind.eng).Restore(bytes.NewReader(snapshotOf(t, ahead.eng))))
	log, err := v.Log(0)
	behind.must(err)
	got := 0
	for e := range log {
		if got++; e.Tenant == ahead.org.ID() {
			t.Errorf("entry %d is one of what was restored", e.Index)
		}
	}
	if got == 0 || got > want {
		t.Errorf("the view's log has %d entries, the engine had %d", got, want)
	}
}

// TestLogAndStateAreRestoredInOne: who reads while a machine is restored, again and
// again, gets a log that ends where the state is.
func TestLogAndStateAreRestoredInOne(t *testing.T) {
	w := newWorld(t, engine.WithLogKept(3))
	short := snapshotOf(t, w.eng)
	w.write(2000)
	long := snapshotOf(t, w.eng)
	m := engine.MachineOf(w.eng)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 200 {
			if err := m.Restore(bytes.NewReader([][]byte{short, long}[i%2])); err != nil {
				t.Errorf("Restore: %v", err)
			}
		}
	}()
	for {
		v := w.view()
		log, err := v.Log(0)
		w.must(err)
		if last := lastOf(log); last != v.Index() {
			t.Fatalf("the log of a view of index %d ends at %d", v.Index(), last)
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

func lastOf(log iter.Seq[engine.Entry]) (last uint64) {
	for e := range log {
		last = e.Index
	}
	return last
}

func beginOf(log iter.Seq[engine.Entry]) uint64 {
	for e := range log {
		return e.Index
	}
	return 0
}

// TestLogHasNoSilentGap: a log that is asked for from an entry on begins with it,
// or says that it was let go of, however fast it is written meanwhile.
func TestLogHasNoSilentGap(t *testing.T) {
	w := newWorld(t, engine.WithLogKept(1))
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				w.buy(w.org, licensing.EnterpriseE3, 1)
			}
		}
	})
	begun := 0
	for range 100_000 {
		v := w.view()
		for name, ask := range map[string]func() (iter.Seq[engine.Entry], error){
			"provider's": func() (iter.Seq[engine.Entry], error) { return w.eng.As("").Log(w.ctx, v.Index()) },
			"tenant's":   func() (iter.Seq[engine.Entry], error) { return v.Log(v.Index()) },
		} {
			log, err := ask()
			if errors.Is(err, engine.ErrLogPruned) {
				continue
			}
			w.must(err)
			begun++
			if first := beginOf(log); first != v.Index() {
				t.Fatalf("the %s log from %d on begins with %d, in silence; 0 for nowhere", name, v.Index(), first)
			}
		}
	}
	close(stop)
	writer.Wait()
	if begun == 0 {
		t.Error("every log was pruned before it began")
	}
}
