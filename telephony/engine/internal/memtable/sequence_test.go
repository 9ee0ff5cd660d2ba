package memtable_test

import (
	"iter"
	"slices"
	"testing"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

func TestDeleteWhileRangingIsSafe(t *testing.T) {
	for i := range 4 {
		written, hot := i%2 == 1, i >= 2
		w := newWorldWith(t, hot, hot)
		fill(t, w, person{Tenant: "t", ID: "a", Tags: []string{"x"}}, person{Tenant: "t", ID: "b", Tags: []string{"x"}},
			person{Tenant: "t", ID: "c", Tags: []string{"x", "y"}})
		tx := w.db.Begin()
		defer tx.Abort()
		if written { // the trees are then the transaction's own
			if err := w.people.Insert(tx, person{Tenant: "t", ID: "d", Tags: []string{"x"}}); err != nil {
				t.Fatal(err)
			}
		}
		want := ids(slices.Collect(w.byTag.Prefix(tx, memtable.K().String("x"))))
		var got []string
		for p := range w.byTag.Prefix(tx, memtable.K().String("x")) {
			got = append(got, p.ID)
			if len(p.Tags) == 0 {
				t.Errorf("%s was read as it is after the range began", p.ID)
			}
			if len(got) > 1 {
				continue
			}
			for _, id := range want { // all at once, the ones still to come included
				if err := w.people.Replace(tx, person{Tenant: "t", ID: id}); err != nil {
					t.Fatal(err)
				}
				if err := w.people.Delete(tx, personKey("t", id)); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.people.Insert(tx, person{Tenant: "t", ID: "e", Tags: []string{"x"}}); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("ranged over %q, want %q", got, want)
		}
		if left := ids(slices.Collect(w.byTag.Prefix(tx, memtable.K().String("x")))); !slices.Equal(left, []string{"e"}) {
			t.Errorf("left %q, want e", left)
		}
	}
}

// A sequence over a transaction is of the moment its range began, also when the
// transaction ends or writes before it is through.
func TestSequenceOutlivesTheTransaction(t *testing.T) {
	for name, end := range map[string]func(*memtable.Txn){
		"commit": func(tx *memtable.Txn) { _ = tx.Commit() },
		"abort":  func(tx *memtable.Txn) { tx.Abort() },
	} {
		w := newWorld(t)
		tx := w.db.Begin()
		for n := range uint64(3) {
			if err := w.lines.Insert(tx, line{Number: n}); err != nil {
				t.Fatal(err)
			}
		}
		next, stop := iter.Pull(w.byScore.Prefix(tx, nil))
		defer stop()
		next()
		end(tx)
		if l, ok := next(); !ok || l.Number != 1 {
			t.Errorf("%s: then %+v, %t, want line 1", name, l, ok)
		}
	}
}

// Two sequences of different moments each keep to their own.
func TestSequencesOfSeveralMoments(t *testing.T) {
	w := newWorld(t)
	tx := w.db.Begin()
	defer tx.Abort()
	put := func(owner string) {
		for n := range uint64(3) {
			if err := w.lines.Put(tx, line{Number: n, Owner: owner}); err != nil {
				t.Fatal(err)
			}
		}
	}
	var nexts []func() (line, bool)
	for _, owner := range []string{"a", "b", "c"} {
		put(owner)
		next, stop := iter.Pull(w.byScore.Prefix(tx, nil))
		defer stop()
		next()
		nexts = append(nexts, next)
	}
	put("d")
	for i, want := range []string{"a", "b", "c"} {
		if l, _ := nexts[i](); l.Owner != want {
			t.Errorf("sequence %d reads owner %q, want %q", i, l.Owner, want)
		}
	}
}

// TestSequenceOverATableStays: a sequence over a table within a transaction goes
// over the rows of when its range began, whether the table is hot or not.
func TestSequenceOverATableStays(t *testing.T) {
	for _, hot := range []bool{false, true} {
		w := newWorldWith(t, hot, hot)
		tx := w.db.Begin()
		defer tx.Abort()
		ok := func(err error) {
			if err != nil {
				t.Helper()
				t.Fatal(err)
			}
		}
		for n := range uint64(200) {
			ok(w.lines.Insert(tx, line{Number: n}))
		}
		seen := uint64(0)
		for l := range w.lines.Prefix(tx, nil) {
			if l.Number != seen || l.Score != 0 {
				t.Fatalf("hot %v: as the %dth came %+v", hot, seen, l)
			}
			if seen++; seen == 1 {
				for n := range uint64(200) {
					if n%3 == 0 {
						ok(w.lines.Delete(tx, lineKey(n)))
						continue
					}
					ok(w.lines.Replace(tx, line{Number: n, Score: 1}))
				}
			}
		}
		if seen != 200 {
			t.Errorf("hot %v: %d rows came, want 200", hot, seen)
		}
		if last, any := w.lines.Last(tx, nil); !any || last.Number != 199 || last.Score != 1 {
			t.Errorf("hot %v: the last row is %+v", hot, last)
		}
	}
}
