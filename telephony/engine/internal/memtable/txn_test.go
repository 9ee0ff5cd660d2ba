package memtable_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

func TestOpenReportsEveryFault(t *testing.T) {
	key := func(l *line) memtable.Key { return lineKey(l.Number) }
	keys := func(l *line, add func(memtable.Key)) { add(lineKey(l.Number)) }

	s := memtable.NewSchema()
	rows := memtable.AddTable(s, "rows", key)
	memtable.AddTable(s, "rows", key)
	memtable.AddTable[line](s, "", nil)
	memtable.AddIndex(rows, "x", keys)
	memtable.AddIndex(rows, "x", keys)
	_, err := memtable.Open(s)
	var all *telephony.Error
	if !errors.As(err, &all) {
		t.Fatalf("error %v", err)
	}
	var got []telephony.Code
	for _, reason := range all.Reasons {
		got = append(got, reason.Code)
	}
	want := []telephony.Code{memtable.ErrNameTaken, memtable.ErrNameEmpty, memtable.ErrKeyFunc, memtable.ErrNameTaken}
	if !slices.Equal(got, want) {
		t.Errorf("faults %v, want %v", got, want)
	}
}

func TestTablesAreDeclaredBeforeOpen(t *testing.T) {
	s := memtable.NewSchema()
	if _, err := memtable.Open(s); !errors.Is(err, memtable.ErrNoTables) {
		t.Fatalf("no tables: %v, want ErrNoTables", err)
	}
	key := func(l *line) memtable.Key { return lineKey(l.Number) }
	memtable.AddTable(s, "rows", key)
	if _, err := memtable.Open(s); err != nil {
		t.Fatal(err)
	}
	memtable.AddTable(s, "late", key)
	if _, err := memtable.Open(s); !errors.Is(err, memtable.ErrOpened) {
		t.Errorf("%v, want ErrOpened", err)
	}
}

// Two databases of one schema share nothing.
func TestDatabasesOfOneSchemaAreSeparate(t *testing.T) {
	s := memtable.NewSchema()
	rows := memtable.AddTable(s, "rows", func(l *line) memtable.Key { return lineKey(l.Number) })
	one, err1 := memtable.Open(s)
	two, err2 := memtable.Open(s)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	a, b := one.Begin(), two.Begin() // both at once
	defer b.Abort()
	if err := errors.Join(rows.Insert(a, line{Number: 1}), rows.Insert(b, line{Number: 1}), a.Commit()); err != nil {
		t.Fatal(err)
	}
	if _, ok := rows.Get(two.Snapshot(), lineKey(1)); ok {
		t.Error("a row of one database is in the other")
	}
}

func TestEndedTransaction(t *testing.T) {
	for name, end := range map[string]func(*memtable.Txn){
		"commit": func(tx *memtable.Txn) { _ = tx.Commit() },
		"abort":  func(tx *memtable.Txn) { tx.Abort() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			tx := w.db.Begin()
			if err := w.lines.Insert(tx, line{Number: 1}); err != nil {
				t.Fatal(err)
			}
			end(tx)
			for what, err := range map[string]error{
				"Insert":  w.lines.Insert(tx, line{Number: 2}),
				"Replace": w.lines.Replace(tx, line{Number: 1}),
				"Put":     w.lines.Put(tx, line{Number: 1}),
				"Delete":  w.lines.Delete(tx, lineKey(1)),
				"Commit":  tx.Commit(),
			} {
				if !errors.Is(err, memtable.ErrEnded) {
					t.Errorf("%s: %v, want ErrEnded", what, err)
				}
			}
			tx.Abort() // does nothing
			for what, read := range map[string]func(){
				"Get":    func() { w.lines.Get(tx, lineKey(1)) },
				"First":  func() { w.lines.First(tx, nil) },
				"Prefix": func() { drain(w.byScore.Prefix(tx, nil)) },
			} {
				mustPanic(t, what, "ended", read)
			}
			if tx := w.db.Begin(); tx == nil {
				t.Error("no transaction")
			}
		})
	}
}

func mustPanic(t *testing.T, what, words string, do func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); !strings.Contains(got, words) {
			t.Errorf("%s: panic %q, want one about %q", what, got, words)
		}
	}()
	do()
}

func TestTableOfAnotherSchema(t *testing.T) {
	w, other := newWorld(t), newWorld(t)
	mustPanic(t, "Get", "another schema", func() { w.lines.Get(other.db.Snapshot(), lineKey(1)) })
	tx := other.db.Begin()
	defer tx.Abort()
	mustPanic(t, "Insert", "another schema", func() { _ = w.lines.Insert(tx, line{Number: 1}) })
	mustPanic(t, "Delete", "another schema", func() { _ = w.lines.Delete(tx, lineKey(1)) })
}

func TestMissingRows(t *testing.T) {
	w := newWorld(t)
	for name, write := range map[string]func(*memtable.Txn) error{
		"Replace": func(tx *memtable.Txn) error { return w.lines.Replace(tx, line{Number: 1}) },
		"Delete":  func(tx *memtable.Txn) error { return w.lines.Delete(tx, lineKey(1)) },
	} {
		tx := w.db.Begin()
		if err := write(tx); !errors.Is(err, memtable.ErrMissing) {
			t.Errorf("%s: %v, want ErrMissing", name, err)
		}
		tx.Abort()
	}
}

func TestEmptyKeys(t *testing.T) {
	s := memtable.NewSchema()
	rows := memtable.AddTable(s, "rows", func(p *person) memtable.Key { return memtable.K().StringPrefix(p.ID) })
	memtable.AddIndex(rows, "mail", func(p *person, add func(memtable.Key)) { add(memtable.K().StringPrefix(p.Mail)) })
	db, err := memtable.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []person{{ID: ""}, {ID: "a", Mail: ""}} {
		tx := db.Begin()
		if err := rows.Insert(tx, p); !errors.Is(err, memtable.ErrNoKey) {
			t.Errorf("%+v: %v, want ErrNoKey", p, err)
		}
		tx.Abort()
	}
}

func TestErrorsHoldNoData(t *testing.T) {
	w := newWorld(t)
	secret := person{Tenant: "contoso", ID: "adele", Mail: "adele@contoso.example"}
	fill(t, w, secret)
	tx := w.db.Begin()
	defer tx.Abort()
	text := w.people.Insert(tx, secret).Error() + tx.Commit().Error()
	for _, part := range []string{"contoso", "adele"} {
		if strings.Contains(text, part) {
			t.Errorf("%q holds %q", text, part)
		}
	}
}

func TestCommitWithoutWritesKeepsTheMoment(t *testing.T) {
	w := newWorld(t)
	before := w.db.Snapshot()
	tx := w.db.Begin()
	w.lines.Get(tx, lineKey(1))
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if w.db.Snapshot() != before {
		t.Error("a commit of nothing made a new moment")
	}
}

func TestBeginWaitsForTheWriterBefore(t *testing.T) {
	w := newWorld(t)
	first := w.db.Begin()
	began := make(chan struct{})
	go func() {
		w.db.Begin().Abort()
		close(began)
	}()
	select {
	case <-began:
		t.Fatal("two writers at once")
	case <-time.After(20 * time.Millisecond):
	}
	w.db.Snapshot() // does not wait
	first.Abort()
	<-began
}

func TestReadersWhileAWriterCommits(t *testing.T) {
	const rounds, rows = 200, 20
	w := newWorld(t)
	update(t, w.db, func(tx *memtable.Txn) error {
		for n := range uint64(rows) {
			if err := w.lines.Insert(tx, line{Number: n, Owner: "0"}); err != nil {
				return err
			}
		}
		return nil
	})
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for {
				select {
				case <-done:
					return
				default:
				}
				// Every commit changes the score of all lines: they must agree.
				snap := w.db.Snapshot()
				first, _ := w.lines.Get(snap, lineKey(0))
				n := 0
				for l := range w.byScore.Prefix(snap, memtable.K().Int64(first.Score)) {
					if l.Score != first.Score {
						t.Errorf("scores %d and %d in one moment", l.Score, first.Score)
					}
					n++
				}
				if n != rows {
					t.Errorf("%d lines have the score of this moment, want %d", n, rows)
				}
			}
		}()
	}
	for round := range int64(rounds) {
		update(t, w.db, func(tx *memtable.Txn) error {
			for n := range uint64(rows) {
				if err := w.lines.Replace(tx, line{Number: n, Score: round}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	close(done)
	readers.Wait()
}

// TestUnmovedIndexes: an index that says when a row keeps its keys is right after
// every write, and one that says so wrongly is found out in a strict database.
func TestUnmovedIndexes(t *testing.T) {
	for name, c := range map[string]struct {
		same  func(before, after *line) bool
		panic bool
	}{
		"right": {func(before, after *line) bool { return before.Owner == after.Owner }, false},
		"wrong": {func(_, _ *line) bool { return true }, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := memtable.NewSchema().Strict(true)
			rows := memtable.AddTable(s, "rows", func(l *line) memtable.Key { return lineKey(l.Number) })
			owners := memtable.AddIndex(rows, "owner", func(l *line, add func(memtable.Key)) {
				add(memtable.K().String(l.Owner).Uint64(l.Number))
			}).Unmoved(c.same)
			db, err := memtable.Open(s)
			if err != nil {
				t.Fatal(err)
			}
			update(t, db, func(tx *memtable.Txn) error { return rows.Insert(tx, line{Number: 1, Owner: "a"}) })
			if c.panic {
				tx := db.Begin()
				defer tx.Abort()
				mustPanic(t, "Replace", "says that a row keeps its keys", func() { _ = rows.Replace(tx, line{Number: 1, Owner: "b"}) })
				return
			}
			for _, owner := range []string{"a", "b", "b", "a"} {
				update(t, db, func(tx *memtable.Txn) error { return rows.Replace(tx, line{Number: 1, Owner: owner}) })
				if l, ok := owners.First(db.Snapshot(), memtable.K().String(owner)); !ok || l.Owner != owner {
					t.Errorf("under %s there is %+v, %t", owner, l, ok)
				}
				if errs := db.CheckIndexes(db.Snapshot()); errs != nil {
					t.Error(errs)
				}
			}
		})
	}
}

// TestReplaceInPlace: a row that keeps its keys is replaced without a look at the
// indexes, which stay right; one that does not is found out in a strict database.
func TestReplaceInPlace(t *testing.T) {
	for name, hot := range map[string]bool{"hot": true, "not hot": false} {
		t.Run(name, func(t *testing.T) {
			s := memtable.NewSchema().Strict(true)
			rows := memtable.AddTable(s, "rows", func(l *line) memtable.Key { return lineKey(l.Number) })
			if hot {
				rows.Hot()
			}
			owners := memtable.AddIndex(rows, "owner", func(l *line, add func(memtable.Key)) {
				add(memtable.K().String(l.Owner).Uint64(l.Number))
			})
			db, err := memtable.Open(s)
			if err != nil {
				t.Fatal(err)
			}
			row := line{Number: 1, Owner: "a", Score: 1}
			key := rows.Key(&row)
			update(t, db, func(tx *memtable.Txn) error { return rows.Insert(tx, row) })
			row.Score = 2
			update(t, db, func(tx *memtable.Txn) error { return rows.ReplaceInPlace(tx, key, row) })
			if l, ok := owners.First(db.Snapshot(), memtable.K().String("a")); !ok || l != row {
				t.Errorf("there is %+v, %t, want %+v", l, ok, row)
			}
			if errs := db.CheckIndexes(db.Snapshot()); errs != nil {
				t.Error(errs)
			}

			tx := db.Begin()
			defer tx.Abort()
			row.Owner = "b"
			mustPanic(t, "ReplaceInPlace", "says that a row keeps its keys", func() { _ = rows.ReplaceInPlace(tx, key, row) })
		})
	}
}

// TestReplaceInPlaceOfNothing: there has to be a row to put one in the place of.
func TestReplaceInPlaceOfNothing(t *testing.T) {
	s := memtable.NewSchema()
	rows := memtable.AddTable(s, "rows", func(l *line) memtable.Key { return lineKey(l.Number) })
	db, err := memtable.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	tx := db.Begin()
	defer tx.Abort()
	row := line{Number: 1}
	if err := rows.ReplaceInPlace(tx, rows.Key(&row), row); !errors.Is(err, memtable.ErrMissing) {
		t.Errorf("got %v, want ErrMissing", err)
	}
}

// TestWritesAtAKey: a row is stored under the key that is given for it, and a
// strict database finds out that it is another's.
func TestWritesAtAKey(t *testing.T) {
	s := memtable.NewSchema().Strict(true)
	rows := memtable.AddTable(s, "rows", func(l *line) memtable.Key { return lineKey(l.Number) })
	db, err := memtable.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	first := line{Number: 1, Owner: "a"}
	key := rows.Key(&first)
	update(t, db, func(tx *memtable.Txn) error { return rows.InsertAt(tx, key, first) })
	first.Owner = "b"
	update(t, db, func(tx *memtable.Txn) error { return rows.ReplaceAt(tx, key, first) })
	if l, ok := rows.Get(db.Snapshot(), lineKey(1)); !ok || l != first {
		t.Errorf("there is %+v, %t", l, ok)
	}
	tx := db.Begin()
	defer tx.Abort()
	if err := rows.InsertAt(tx, key, first); !errors.Is(err, memtable.ErrConflict) {
		t.Errorf("twice: %v, want ErrConflict", err)
	}
	mustPanic(t, "ReplaceAt", "under the key of another", func() { _ = rows.ReplaceAt(tx, key, line{Number: 2}) })
}
