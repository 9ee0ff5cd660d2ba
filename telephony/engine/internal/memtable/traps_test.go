package memtable_test

import (
	"errors"
	"iter"
	"slices"
	"testing"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

// These tests are named for what goes wrong with go-memdb used as it comes.

// update runs do in a transaction that must succeed.
func update(t *testing.T, db *memtable.DB, do func(tx *memtable.Txn) error) {
	t.Helper()
	tx := db.Begin()
	defer tx.Abort()
	if err := do(tx); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// fill stores people of tenant "t" with the given ids.
func fill(t *testing.T, w *world, people ...person) {
	t.Helper()
	update(t, w.db, func(tx *memtable.Txn) error {
		for _, p := range people {
			if err := w.people.Insert(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// drain ranges over a sequence for its effects.
func drain[R any](rows iter.Seq[R]) {
	for range rows {
	}
}

func ids(people []person) []string {
	out := []string{}
	for _, p := range people {
		out = append(out, p.ID)
	}
	return out
}

func TestUniqueIndexIsEnforced(t *testing.T) {
	w := newWorld(t)
	fill(t, w, person{Tenant: "t", ID: "a", Mail: "m"}, person{Tenant: "t", ID: "b"})
	for name, write := range map[string]func(*memtable.Txn) error{
		"insert":  func(tx *memtable.Txn) error { return w.people.Insert(tx, person{Tenant: "t", ID: "c", Mail: "m"}) },
		"replace": func(tx *memtable.Txn) error { return w.people.Replace(tx, person{Tenant: "t", ID: "b", Mail: "m"}) },
		"put":     func(tx *memtable.Txn) error { return w.people.Put(tx, person{Tenant: "t", ID: "d", Mail: "m"}) },
		"primary": func(tx *memtable.Txn) error { return w.people.Insert(tx, person{Tenant: "t", ID: "a"}) },
	} {
		tx := w.db.Begin()
		if err := write(tx); !errors.Is(err, memtable.ErrConflict) {
			t.Errorf("%s: %v, want ErrConflict", name, err)
		}
		tx.Abort()
	}
	if p, _ := w.byMail.Get(w.db.Snapshot(), memtable.K().String("m")); p.ID != "a" {
		t.Errorf("the key is with %q, want a", p.ID)
	}
}

func TestRowKeepsItsOwnUniqueKey(t *testing.T) {
	w := newWorld(t)
	fill(t, w, person{Tenant: "t", ID: "a", Mail: "m"})
	update(t, w.db, func(tx *memtable.Txn) error {
		return w.people.Replace(tx, person{Tenant: "t", ID: "a", Mail: "m", Tags: []string{"x"}})
	})
}

func TestKeyIsFreeAfterItsRowLeftIt(t *testing.T) {
	w := newWorld(t)
	fill(t, w, person{Tenant: "t", ID: "a", Mail: "m"}, person{Tenant: "t", ID: "b", Mail: "n"})
	update(t, w.db, func(tx *memtable.Txn) error {
		return errors.Join(
			w.people.Replace(tx, person{Tenant: "t", ID: "a"}),
			w.people.Replace(tx, person{Tenant: "t", ID: "b", Mail: "m"}),
			w.people.Insert(tx, person{Tenant: "t", ID: "c", Mail: "n"}),
			w.people.Delete(tx, personKey("t", "c")),
			w.people.Replace(tx, person{Tenant: "t", ID: "a", Mail: "n"}),
		)
	})
	snap := w.db.Snapshot()
	if got, want := ids(slices.Collect(w.byMail.Prefix(snap, nil))), []string{"b", "a"}; !slices.Equal(got, want) {
		t.Errorf("by mail %q, want %q", got, want)
	}
	if errs := w.db.CheckIndexes(snap); errs != nil {
		t.Error(errs)
	}
}

func TestSearchFor12DoesNotFind123(t *testing.T) {
	w := newWorld(t)
	fill(t, w,
		person{Tenant: "12", ID: "1"}, person{Tenant: "123", ID: "1"}, person{Tenant: "1", ID: "23"},
		person{Tenant: "12\x00", ID: "1"}, person{Tenant: "t", ID: "12"}, person{Tenant: "t", ID: "123"})
	snap := w.db.Snapshot()
	if got := slices.Collect(w.people.Prefix(snap, memtable.K().String("12"))); len(got) != 1 || got[0].Tenant != "12" {
		t.Errorf("tenant 12 has %+v", got)
	}
	if _, ok := w.people.Get(snap, memtable.K().String("t")); ok {
		t.Error("Get found a row by the beginning of its key")
	}
	got := ids(slices.Collect(w.people.Prefix(snap, memtable.K().String("t").StringPrefix("12"))))
	if want := []string{"12", "123"}; !slices.Equal(got, want) {
		t.Errorf("ids beginning with 12: %q, want %q", got, want)
	}
}

func TestFailedWriteSpoilsTheTransaction(t *testing.T) {
	w := newWorld(t)
	fill(t, w, person{Tenant: "t", ID: "a", Mail: "m"})
	before := w.db.Snapshot()

	tx := w.db.Begin()
	defer tx.Abort()
	if err := w.people.Insert(tx, person{Tenant: "t", ID: "b", Mail: "m", Tags: []string{"x"}}); !errors.Is(err, memtable.ErrConflict) {
		t.Fatalf("%v, want ErrConflict", err)
	}
	if err := w.people.Insert(tx, person{Tenant: "t", ID: "c"}); !errors.Is(err, memtable.ErrSpoiled) || !errors.Is(err, memtable.ErrConflict) {
		t.Errorf("next write: %v, want ErrSpoiled because of ErrConflict", err)
	}
	if err := tx.Commit(); !errors.Is(err, memtable.ErrSpoiled) || !errors.Is(err, memtable.ErrConflict) {
		t.Errorf("commit: %v, want ErrSpoiled because of ErrConflict", err)
	}
	if w.db.Snapshot() != before {
		t.Error("a spoiled transaction was published")
	}
	fill(t, w, person{Tenant: "t", ID: "b"}) // the writer is free again
}

func TestWriteInterruptedByPanicSpoilsTheTransaction(t *testing.T) {
	s := memtable.NewSchema()
	rows := memtable.AddTable(s, "rows", func(r *line) memtable.Key { return lineKey(r.Number) })
	memtable.AddIndex(rows, "owner", func(r *line, add func(memtable.Key)) {
		if r.Owner == "bad" {
			panic("key function")
		}
		add(memtable.K().String(r.Owner).Uint64(r.Number))
	})
	db, err := memtable.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	tx := db.Begin()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		_ = rows.Insert(tx, line{Number: 1, Owner: "bad"})
	}()
	if err := tx.Commit(); !errors.Is(err, memtable.ErrSpoiled) {
		t.Errorf("commit: %v, want ErrSpoiled", err)
	}
}

func TestReadAfterWriteInATransaction(t *testing.T) {
	w := newWorld(t)
	fill(t, w, person{Tenant: "t", ID: "a", Mail: "m"})
	tx := w.db.Begin()
	defer tx.Abort()
	for i, id := range []string{"b", "c", "d"} {
		if err := w.people.Insert(tx, person{Tenant: "t", ID: id, Mail: id, Tags: []string{"x"}}); err != nil {
			t.Fatal(err)
		}
		if p, ok := w.people.Get(tx, personKey("t", id)); !ok || p.Mail != id {
			t.Errorf("%s: read %+v, %t after its insert", id, p, ok)
		}
		if p, ok := w.byMail.Get(tx, memtable.K().String(id)); !ok || p.ID != id {
			t.Errorf("%s: read %+v, %t through the index", id, p, ok)
		}
		if _, ok := w.people.Get(tx, personKey("t", id+"?")); ok {
			t.Errorf("%s: found a row never written", id)
		}
		if p, ok := w.people.Last(tx, nil); !ok || p.ID != id {
			t.Errorf("%s: last is %+v, %t", id, p, ok)
		}
		if n := len(slices.Collect(w.byTag.Prefix(tx, memtable.K().String("x")))); n != i+1 {
			t.Errorf("%s: %d rows tagged, want %d", id, n, i+1)
		}
	}
	if err := w.people.Delete(tx, personKey("t", "c")); err != nil {
		t.Fatal(err)
	}
	if _, ok := w.people.Get(tx, personKey("t", "c")); ok {
		t.Error("read a row after its delete")
	}
	if _, ok := w.people.Get(w.db.Snapshot(), personKey("t", "b")); ok {
		t.Error("a snapshot sees a write before its commit")
	}
}

func TestEmptyTextIsAValue(t *testing.T) {
	w := newWorld(t)
	fill(t, w, person{}, person{Tenant: "", ID: "a"}, person{Tenant: "t", Tags: []string{""}})
	snap := w.db.Snapshot()
	if _, ok := w.people.Get(snap, personKey("", "")); !ok {
		t.Error("no row under empty texts")
	}
	if got := len(slices.Collect(w.people.Prefix(snap, memtable.K().String("")))); got != 2 {
		t.Errorf("%d rows of the empty tenant, want 2", got)
	}
	if p, ok := w.byTag.First(snap, memtable.K().String("")); !ok || p.Tenant != "t" {
		t.Errorf("the empty tag finds %+v, %t", p, ok)
	}
}

// go-memdb's ReverseLowerBound leaves out rows equal to the bound.
func TestBackwardIncludesEquals(t *testing.T) {
	w := newWorld(t)
	update(t, w.db, func(tx *memtable.Txn) error {
		for n := range uint64(6) {
			if err := w.lines.Insert(tx, line{Number: n, Score: int64(n / 2)}); err != nil {
				return err
			}
		}
		return nil
	})
	var got []uint64
	for l := range w.byScore.Backward(w.db.Snapshot(), memtable.K().Int64(1)) {
		got = append(got, l.Number)
	}
	if want := []uint64{3, 2}; !slices.Equal(got, want) {
		t.Errorf("score 1 backward: %v, want %v", got, want)
	}
}

// It leaves out rows that a key only begins, which are above it, and at a bound
// above all it must not begin at the other end.
func TestDownBeginsAtItsBound(t *testing.T) {
	w := newWorld(t)
	update(t, w.db, func(tx *memtable.Txn) error {
		for n := range uint64(6) {
			if err := w.lines.Insert(tx, line{Number: n, Score: int64(n / 2)}); err != nil {
				return err
			}
		}
		return nil
	})
	score := func(n int64) memtable.Key { return memtable.K().Int64(n) }
	entry := func(s int64, n uint64) memtable.Key { return score(s).Uint64(n) }
	for _, c := range []struct {
		name     string
		from, to memtable.Key
		want     []uint64
	}{
		{"from an entry", entry(1, 2), nil, []uint64{2, 1, 0}},
		{"from behind an entry", entry(1, 2).Next(), nil, []uint64{2, 1, 0}},
		{"between two entries", entry(1, 9), entry(1, 3), []uint64{3}},
		{"to an entry that is not there", entry(2, 9), entry(1, 9), []uint64{5, 4}},
		{"from the beginning of entries", score(1), nil, []uint64{1, 0}},
		{"down to the beginning of entries", entry(1, 3), score(1), []uint64{3, 2}},
		{"from above all", score(9), score(2), []uint64{5, 4}},
		{"from below all", score(-1), nil, nil},
		{"to above where it begins", entry(1, 2), entry(1, 3), nil},
	} {
		var got []uint64
		for l := range w.byScore.Down(w.db.Snapshot(), c.from, c.to) {
			got = append(got, l.Number)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestKeysWithSpareRoom(t *testing.T) {
	s := memtable.NewSchema().Strict(true)
	shared := make(memtable.Key, 0, 256)
	rows := memtable.AddTable(s, "rows", func(l *line) memtable.Key {
		shared = shared[:0].Uint64(l.Number) // the same memory for every row
		return shared
	})
	owner := memtable.AddIndex(rows, "owner", func(l *line, add func(memtable.Key)) {
		shared = shared[:0].String(l.Owner)
		add(shared.Uint64(l.Number))
		add(shared.Uint64(l.Number + 1000))
	})
	db, err := memtable.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	update(t, db, func(tx *memtable.Txn) error {
		for n := range uint64(50) {
			if err := rows.Insert(tx, line{Number: n, Owner: "o"}); err != nil {
				return err
			}
		}
		return nil
	})
	if errs := db.CheckIndexes(db.Snapshot()); errs != nil {
		t.Error(errs)
	}
	if n := len(slices.Collect(owner.Prefix(db.Snapshot(), nil))); n != 100 {
		t.Errorf("%d entries, want 100", n)
	}
}
