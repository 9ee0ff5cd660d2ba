package memtable_test

import (
	"iter"
	"slices"
	"testing"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

func TestDeleteWhileRangingIsSafe(t *testing.T) {
	for _, written := range []bool{false, true} {
		w := newWorld(t)
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
