package engine_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// -engine.golden writes the golden files that are missing. Those that are there
// are never written again: what was written once must be read for ever.
var writeGolden = flag.Bool("engine.golden", false, "write the golden files that are missing")

// golden returns a golden file, and writes it first if it is missing and that is
// asked for.
func golden(t testing.TB, name string, content func() []byte) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if os.IsNotExist(err) && *writeGolden {
		data = content()
		err = os.WriteFile(name, data, 0o644)
	}
	if err != nil {
		t.Fatalf("the golden file: %v; -engine.golden writes it", err)
	}
	return data
}

// TestKeptSnapshot: the snapshots and the exports of all formats open, and hold
// what they held, the answers to requests included.
func TestKeptSnapshot(t *testing.T) {
	for _, c := range []struct {
		format             string
		adele              string
		people             int64
		acquired, assigned int64
		again              func(context.Context, *engine.Tenant) error
		want               error
	}{
		{"v1", "+14255550100", 3, 5, 1, func(ctx context.Context, org *engine.Tenant) error {
			return org.BuyLicences(ctx, engine.Purchase{Product: licensing.CommunicationsCredits, Quantity: 2, RequestID: "request-1"})
		}, nil},
		{"v2", "+14255550106", 5, 11, 2, func(ctx context.Context, org *engine.Tenant) error {
			return org.MarkTold(ctx, engine.Told{Person: "adele.vance", RequestID: "request-76"}) // nobody was told in that
		}, engine.ErrRequestConflict},
	} {
		snap, lines := "testdata/snapshots/"+c.format+".snap", "testdata/snapshots/"+c.format+".jsonl"
		for name, from := range map[string]engine.Option{
			snap:  engine.WithSnapshot(bytes.NewReader(golden(t, snap, func() []byte { return snapshotOf(t, newLife(t).eng) }))),
			lines: engine.WithExport(bytes.NewReader(golden(t, lines, func() []byte { return exportOf(t, newLife(t).eng) }))),
		} {
			t.Run(name, func(t *testing.T) {
				clock := &handClock{now: begin.Add(2 * visible)}
				// The first lets numbers rest for forty days, which is less than is allowed by now.
				eng, err := engine.NewStrict(engine.WithClock(clock), from, engine.WithQuarantine(45*24*time.Hour))
				if err != nil {
					t.Fatal(err)
				}
				for _, fault := range eng.Check() {
					t.Errorf("the state does not agree with itself: %v", fault)
				}
				v := mustView(t, eng, "contoso")
				if own, err := v.Own("adele.vance"); err != nil || own.Number != number(c.adele) {
					t.Errorf("Adele has %v, %v", own, err)
				}
				d := v.Dashboard()
				if v.Index() < 50 || d.People != c.people || d.Addresses != 2 || d.Drafts != 1 || d.Numbers[0].Acquired != c.acquired || d.Numbers[0].Assigned != c.assigned {
					t.Errorf("index %d, dashboard %+v", v.Index(), d)
				}
				before := v.Index()
				if err := c.again(t.Context(), eng.Tenant("contoso")); !errors.Is(err, c.want) || !slices.Equal(mustView(t, eng, "contoso").Licences(), v.Licences()) {
					t.Errorf("the request of before was made anew: %v", err)
				}
				all, err := eng.As("").Log(t.Context(), 1)
				if err != nil {
					t.Fatal(err)
				}
				if got := uint64(len(slices.Collect(all))); got != before+1 {
					t.Errorf("the log has %d entries, want %d", got, before+1)
				}
			})
		}
	}
}

// slowly writes as a busy disk does, so that much happens meanwhile.
type slowly struct {
	bytes.Buffer
	wait func()
}

func (s *slowly) Write(b []byte) (int, error) {
	s.wait()
	return s.Buffer.Write(b)
}

// TestSnapshotWhileWriting: a snapshot is of one moment, however much is written
// before it is through, and though the log lets go of its entries meanwhile.
func TestSnapshotWhileWriting(t *testing.T) {
	const kept = 1000
	w := newWorld(t, engine.WithLogKept(kept))
	for w.view().Index() < 2*kept {
		w.buy(w.org, licensing.EnterpriseE3, 1)
	}
	var writers sync.WaitGroup
	var written atomic.Int64
	stop := make(chan struct{})
	for range 2 {
		writers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				held, err := w.org.Reserve(w.ctx, engine.Reserve{Area: seattle, Quantity: 2})
				if !expected(t, err) {
					_, err = w.org.CancelReservation(w.ctx, engine.CancelReservation{Reservation: held.ID})
					expected(t, err)
				}
				written.Add(1)
			}
		})
	}
	forth := func() {
		for until := written.Load() + 300; written.Load() < until; {
			time.Sleep(100 * time.Microsecond)
		}
	}
	out, lines := slowly{wait: forth}, slowly{wait: forth}
	w.must(w.eng.As("").Snapshot(w.ctx, &out))
	w.must(w.eng.As("").Export(w.ctx, &lines))
	close(stop)
	writers.Wait()
	m := engine.BareMachine()
	w.must(m.Restore(&out.Buffer))
	sound(t, m, kept)
	w.must(engine.ImportInto(m, &lines.Buffer))
	sound(t, m, kept)
}

// sound checks a machine's rows, and that its log ends with them; a few entries
// may have gone while the snapshot began.
func sound(t *testing.T, m *engine.Machine, kept int) {
	t.Helper()
	for _, fault := range engine.MachineCheck(m) {
		t.Errorf("the state does not agree with itself: %v", fault)
	}
	index, _, chain := engine.MachineChain(m)
	entries := slices.Collect(engine.MachineEntries(m))
	if n := len(entries); n < kept/2 || entries[n-1].Index != index || entries[n-1].Chain != chain {
		t.Errorf("%d entries are kept, want about %d up to %d", n, kept, index)
	}
}

// TestSnapshotOfAHugeEntry: one sweep can end a hundred reservations; the entry
// that tells of it fits a snapshot, cut into parts.
func TestSnapshotOfAHugeEntry(t *testing.T) {
	rec := &recorder{}
	w := newWorld(t, engine.WithLog(rec.open), engine.WithLimits(reservation.Limits{Open: 1000, Held: 100_000, PerRequest: 5000}))
	zz := telephony.Area{Country: "ZZ"}
	w.stock(zz, telephony.UserNumber, "+999100000000000..+999100000099999")
	w.org = w.tenant("fabrikam", 100_000)
	for range 20 {
		w.hold(zz, 5000)
	}
	w.clock.Add(tenMinutes)
	_, err := w.eng.Sweep(w.ctx)
	w.must(err)
	if e := w.entries(w.view().Index() - 1); len(e) != 1 || len(e[0].Events) != 20 {
		t.Fatalf("the entry has %d events, want 20", len(e[0].Events))
	}
	m := engine.BareMachine()
	w.must(m.Restore(bytes.NewReader(snapshotOf(t, w.eng))))
	sameState(t, m, rec.machine)
	w.must(engine.ImportInto(m, bytes.NewReader(exportOf(t, w.eng))))
	sameState(t, m, rec.machine)
}

// FuzzSnapshot: whatever is read, as it is and with its checksums put right, is
// refused, or is a state that agrees with itself and can be kept again.
func FuzzSnapshot(f *testing.F) {
	f.Add(smallSnapshot(f))
	if kept, err := os.ReadFile("testdata/snapshots/v1.snap"); err == nil {
		f.Add(kept)
	}
	f.Add([]byte("callingplan snapshot\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			t.Skip("long enough")
		}
		for _, snapshot := range [][]byte{data, sealed(framesOf(data))} {
			m := engine.BareMachine()
			if m.Restore(bytes.NewReader(snapshot)) != nil {
				continue
			}
			var again bytes.Buffer
			if err := m.Snapshot(&again); err != nil {
				t.Fatalf("what was restored cannot be kept: %v", err)
			}
			other := engine.BareMachine()
			if err := other.Restore(&again); err != nil {
				t.Fatalf("what was kept again cannot be restored: %v", err)
			}
			if engine.MachineDigest(other) != engine.MachineDigest(m) {
				t.Fatal("what was kept again is another state")
			}
		}
	})
}
