package memtable_test

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

// A fork begins as the snapshot was, and from then on neither sees what the
// other writes, nor does a fork of the fork.
func TestForksAreSeparate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		dbs, models := []*memtable.DB{w.db}, []model{{}}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			at := rapid.IntRange(0, len(dbs)-1).Draw(t, "database")
			if rapid.IntRange(0, 9).Draw(t, "fork") == 0 {
				dbs = append(dbs, dbs[at].Snapshot().Fork())
				models = append(models, models[at].clone())
				continue
			}
			l := line{Number: rapid.Uint64Range(0, 20).Draw(t, "number"), Score: rapid.Int64Range(0, 3).Draw(t, "score")}
			tx := dbs[at].Begin()
			if err := w.lines.Put(tx, l); err != nil {
				t.Fatal(err)
			}
			if rapid.IntRange(0, 4).Draw(t, "abort") == 0 {
				tx.Abort()
				continue
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			models[at].lines = slices.DeleteFunc(models[at].lines, func(o line) bool { return o.Number == l.Number })
			models[at].lines = append(models[at].lines, l)
		}
		for i, db := range dbs {
			slices.SortFunc(models[i].lines, func(a, b line) int { return int(a.Number) - int(b.Number) })
			got := slices.Collect(w.lines.Prefix(db.Snapshot(), nil))
			if !slices.Equal(got, models[i].lines) {
				t.Fatalf("database %d has %v, and should have %v", i, got, models[i].lines)
			}
			if faults := db.CheckIndexes(db.Snapshot()); len(faults) > 0 {
				t.Fatal(faults)
			}
		}
	})
}

// Forks are written to at the same time as what they are forks of.
func TestForksAreWrittenToAtOnce(t *testing.T) {
	w := newWorld(t)
	var all sync.WaitGroup
	for i := range 4 {
		db := w.db
		if i > 0 {
			db = db.Snapshot().Fork()
		}
		all.Go(func() {
			for n := range uint64(200) {
				tx := db.Begin()
				if err := w.lines.Put(tx, line{Number: n, Score: int64(i)}); err != nil {
					t.Error(err)
				}
				if err := tx.Commit(); err != nil {
					t.Error(err)
				}
			}
			for l := range w.lines.Prefix(db.Snapshot(), nil) {
				if l.Score != int64(i) {
					t.Errorf("a line of database %d is in database %d", l.Score, i)
				}
			}
		})
	}
	all.Wait()
}
