package memtable_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// A key function that is not one of the row alone is found out.
func TestCheckIndexesFindsShiftedKeys(t *testing.T) {
	var shift uint64
	s := memtable.NewSchema()
	rows := memtable.AddTable(s, "rows", func(l *line) memtable.Key { return lineKey(l.Number) })
	memtable.AddIndex(rows, "owner", func(l *line, add func(memtable.Key)) {
		if l.Number != 1 || shift == 0 {
			add(memtable.K().String(l.Owner).Uint64(l.Number + shift))
		}
	})
	db, err := memtable.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	update(t, db, func(tx *memtable.Txn) error {
		return errors.Join(rows.Insert(tx, line{Number: 1}), rows.Insert(tx, line{Number: 2}))
	})
	if errs := db.CheckIndexes(db.Snapshot()); errs != nil {
		t.Fatalf("all is well, yet %v", errs)
	}
	shift = 10
	errs := db.CheckIndexes(db.Snapshot())
	if len(errs) != 1 || !errors.Is(errs[0], memtable.ErrIndex) {
		t.Fatalf("%v, want one ErrIndex", errs)
	}
	var e *telephony.Error
	errors.As(errs[0], &e)
	lacking, _ := e.Figure("keys lacking")
	surplus, _ := e.Figure("keys too many")
	if lacking != 1 || surplus != 2 {
		t.Errorf("lacking %d, too many %d; want 1 and 2", lacking, surplus)
	}

	tx := db.Begin()
	defer tx.Abort()
	if err := rows.Delete(tx, lineKey(2)); !errors.Is(err, memtable.ErrIndex) {
		t.Errorf("delete with shifted keys: %v, want ErrIndex", err)
	}
}

func TestCheckIndexesFindsMisplacedRowsAndAmbiguousKeys(t *testing.T) {
	var shift uint64
	s := memtable.NewSchema()
	rows := memtable.AddTable(s, "rows", func(l *line) memtable.Key { return lineKey(l.Number + shift) })
	names := memtable.AddTable(s, "names", func(p *person) memtable.Key { return memtable.K().StringPrefix(p.ID) })
	db, err := memtable.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	update(t, db, func(tx *memtable.Txn) error {
		return errors.Join(rows.Insert(tx, line{Number: 1}),
			names.Insert(tx, person{ID: "12"}), names.Insert(tx, person{ID: "123"}))
	})
	shift = 1
	errs := db.CheckIndexes(db.Snapshot())
	if len(errs) != 2 || !errors.Is(errs[0], memtable.ErrMisplaced) || !errors.Is(errs[1], memtable.ErrKeyPrefix) {
		t.Errorf("%v, want ErrMisplaced and ErrKeyPrefix", errs)
	}
}

func TestWalkGoesInOrder(t *testing.T) {
	w := newWorld(t)
	fill(t, w, person{Tenant: "b"}, person{Tenant: "a"})
	update(t, w.db, func(tx *memtable.Txn) error {
		return errors.Join(w.lines.Insert(tx, line{Number: 2}), w.lines.Insert(tx, line{Number: 1}))
	})
	var got []string
	for table, row := range w.db.Walk(w.db.Snapshot()) {
		switch row := row.(type) {
		case person:
			got = append(got, table+" "+row.Tenant)
		case line:
			got = append(got, fmt.Sprint(table, " ", row.Number))
		}
	}
	if want := []string{"people a", "people b", "lines 1", "lines 2"}; !slices.Equal(got, want) {
		t.Errorf("walked %q, want %q", got, want)
	}
}

// deep is a row through which much can be reached.
type deep struct {
	ID    uint64
	Slice []string
	Map   map[string]int
	Ptr   *line
	Any   any
	When  time.Time
	Float float64
	Flag  *bool
}

func TestStrictFindsRowsChangedInPlace(t *testing.T) {
	for name, change := range map[string]func(*deep){
		"slice":     func(d *deep) { d.Slice[0] = "changed" },
		"map":       func(d *deep) { d.Map["k"]++ },
		"map grown": func(d *deep) { d.Map["l"] = 0 },
		"pointer":   func(d *deep) { d.Ptr.Owner = "changed" },
		"interface": func(d *deep) { d.Any.([]int)[0]++ },
		"flag":      func(d *deep) { *d.Flag = !*d.Flag },
	} {
		t.Run(name, func(t *testing.T) {
			s := memtable.NewSchema().Strict(true)
			rows := memtable.AddTable(s, "rows", func(d *deep) memtable.Key { return lineKey(d.ID) })
			byID := memtable.AddIndex(rows, "id", func(d *deep, add func(memtable.Key)) { add(lineKey(d.ID)) })
			db, err := memtable.Open(s)
			if err != nil {
				t.Fatal(err)
			}
			update(t, db, func(tx *memtable.Txn) error {
				return rows.Insert(tx, deep{ID: 1, Slice: []string{"a"}, Map: map[string]int{"k": 1, "j": 2},
					Ptr: &line{}, Any: []int{1}, When: time.Now(), Float: 1.5, Flag: new(bool)})
			})
			snap := db.Snapshot()
			got, ok := rows.Get(snap, lineKey(1))
			if _, again := rows.Get(snap, lineKey(1)); !ok || !again {
				t.Fatal("row missing")
			}
			got.ID, got.Float, got.Slice = 9, 2, slices.Clone(got.Slice) // the copy is the reader's
			drain(rows.Prefix(snap, nil))

			got, _ = rows.Get(snap, lineKey(1))
			change(&got)
			const words = "differs from what was stored"
			mustPanic(t, "Get", words, func() { rows.Get(snap, lineKey(1)) })
			mustPanic(t, "Prefix", words, func() { drain(rows.Prefix(snap, nil)) })
			mustPanic(t, "index", words, func() { byID.First(snap, nil) })
			mustPanic(t, "Walk", words, func() {
				for range db.Walk(snap) {
				}
			})
		})
	}
}

func TestReadsReturnCopies(t *testing.T) {
	w := newWorld(t)
	update(t, w.db, func(tx *memtable.Txn) error { return w.lines.Insert(tx, line{Number: 1, Owner: "a"}) })
	for l := range w.lines.Prefix(w.db.Snapshot(), nil) {
		l.Owner = "changed"
	}
	l, _ := w.lines.Get(w.db.Snapshot(), lineKey(1))
	l.Owner = "changed"
	if l, _ := w.lines.Get(w.db.Snapshot(), lineKey(1)); l.Owner != "a" {
		t.Errorf("the stored row now says %q", l.Owner)
	}
}
