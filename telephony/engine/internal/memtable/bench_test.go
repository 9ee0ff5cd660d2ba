package memtable_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/hashicorp/go-memdb"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

// benchRow is the size of a block's row without its bitmaps.
type benchRow struct {
	ID    uint64
	Group uint64
	Count uint64
	Pad   [6]uint64
}

type benchDB struct {
	*memtable.DB
	rows *memtable.Table[benchRow]
	key  func(uint64) memtable.Key
}

func openBench(b *testing.B, e encoding, open func(*memtable.Schema) (*memtable.DB, error), rows int) benchDB {
	b.Helper()
	s := memtable.NewSchema()
	key := func(id uint64) memtable.Key { return e.key(memtable.K(), id) }
	t := memtable.AddTable(s, "rows", func(r *benchRow) memtable.Key { return key(r.ID) })
	db, err := open(s)
	if err != nil {
		b.Fatal(err)
	}
	for at := 0; at < rows; {
		tx := db.Begin()
		for range min(10_000, rows-at) {
			if err := t.Insert(tx, benchRow{ID: uint64(at)}); err != nil {
				b.Fatal(err)
			}
			at++
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	return benchDB{db, t, key}
}

// BenchmarkReadBetweenWrites updates 100 of 100,000 rows in one transaction,
// reading each just before it is written, or all before the first is written.
// The two should cost the same: a look-up costs later writes nothing.
func BenchmarkReadBetweenWrites(b *testing.B) {
	const rows, batch = 100_000, 100
	db := openBench(b, encodings[0], memtable.Open, rows)
	ids := make([]uint64, batch)
	for _, first := range []bool{true, false} {
		b.Run(fmt.Sprintf("reads first=%t", first), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range ids {
					ids[i] = rand.Uint64N(rows)
				}
				tx := db.Begin()
				if first {
					for _, id := range ids {
						_, _ = db.rows.Get(tx, db.key(id))
					}
				}
				for _, id := range ids {
					if !first {
						_, _ = db.rows.Get(tx, db.key(id))
					}
					_ = db.rows.Replace(tx, benchRow{ID: id, Count: 1})
				}
				_ = tx.Commit()
			}
		})
	}
}

// BenchmarkLargeTransaction updates 4,000 random rows of a million at once, with
// go-memdb's recording of watch channels and without.
func BenchmarkLargeTransaction(b *testing.B) {
	const rows, batch = 1_000_000, 4_000
	for name, open := range map[string]func(*memtable.Schema) (*memtable.DB, error){
		"tracked": memtable.OpenTracked, "untracked": memtable.Open,
	} {
		db := openBench(b, encodings[0], open, rows)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tx := db.Begin()
				for range batch {
					_ = db.rows.Replace(tx, benchRow{ID: rand.Uint64N(rows), Count: 1})
				}
				_ = tx.Commit()
			}
		})
	}
}

// BenchmarkUpdateIndexed updates one of 100,000 rows that has three indexes
// besides the primary key and keeps its keys in all, as this package does it and
// as go-memdb does when the four indexes are its own.
func BenchmarkUpdateIndexed(b *testing.B) {
	const rows = 100_000
	parts := []func(*benchRow) memtable.Key{
		func(r *benchRow) memtable.Key { return memtable.K().Uint64(r.Group).Uint64(r.ID) },
		func(r *benchRow) memtable.Key { return memtable.K().Uint64(r.ID * 7919 % rows).Uint64(r.ID) },
		func(r *benchRow) memtable.Key { return memtable.K().Uint64(r.ID % 10).Uint64(r.ID) },
	}
	primary := func(r *benchRow) memtable.Key { return memtable.K().Uint64(r.ID) }
	row := func(id uint64) benchRow { return benchRow{ID: id, Group: id % 100} }

	b.Run("memtable", func(b *testing.B) {
		s := memtable.NewSchema()
		t := memtable.AddTable(s, "rows", primary)
		for i, part := range parts {
			memtable.AddIndex(t, fmt.Sprint(i), func(r *benchRow, add func(memtable.Key)) { add(part(r)) })
		}
		db, err := memtable.Open(s)
		if err != nil {
			b.Fatal(err)
		}
		update := func(from, to uint64) {
			tx := db.Begin()
			for id := from; id < to; id++ {
				_ = t.Put(tx, row(id))
			}
			_ = tx.Commit()
		}
		update(0, rows)
		b.ReportAllocs()
		for b.Loop() {
			id := rand.Uint64N(rows)
			update(id, id+1)
		}
	})
	b.Run("go-memdb", func(b *testing.B) {
		indexes := map[string]*memdb.IndexSchema{"id": {Name: "id", Unique: true, Indexer: plainIndexer(primary)}}
		for i, part := range parts {
			name := fmt.Sprint(i)
			indexes[name] = &memdb.IndexSchema{Name: name, Unique: true, Indexer: plainIndexer(part)}
		}
		db, err := memdb.NewMemDB(&memdb.DBSchema{Tables: map[string]*memdb.TableSchema{"rows": {Name: "rows", Indexes: indexes}}})
		if err != nil {
			b.Fatal(err)
		}
		update := func(from, to uint64) {
			tx := db.Txn(true)
			for id := from; id < to; id++ {
				r := row(id)
				_ = tx.Insert("rows", &r)
			}
			tx.Commit()
		}
		update(0, rows)
		b.ReportAllocs()
		for b.Loop() {
			id := rand.Uint64N(rows)
			update(id, id+1)
		}
	})
}

// plainIndexer is an indexer as one would write it for go-memdb.
type plainIndexer func(*benchRow) memtable.Key

func (f plainIndexer) FromObject(raw any) (bool, []byte, error) { return true, f(raw.(*benchRow)), nil }
func (f plainIndexer) FromArgs(args ...any) ([]byte, error)     { return args[0].(memtable.Key), nil }

func BenchmarkSnapshot(b *testing.B) {
	db := openBench(b, encodings[0], memtable.Open, 1)
	b.ReportAllocs()
	for b.Loop() {
		if db.Snapshot() == nil {
			b.Fatal("no snapshot")
		}
	}
}

// BenchmarkScan reads 100 rows in a row, of the table and through an index.
func BenchmarkScan(b *testing.B) {
	const rows = 100_000
	s := memtable.NewSchema()
	t := memtable.AddTable(s, "rows", func(r *benchRow) memtable.Key { return memtable.K().Uint64(r.ID) })
	x := memtable.AddIndex(t, "group", func(r *benchRow, add func(memtable.Key)) {
		add(memtable.K().Uint64(r.Group).Uint64(r.ID))
	})
	db, err := memtable.Open(s)
	if err != nil {
		b.Fatal(err)
	}
	tx := db.Begin()
	for id := range uint64(rows) {
		_ = t.Insert(tx, benchRow{ID: id, Group: id / 100})
	}
	_ = tx.Commit()
	for _, c := range []struct {
		name string
		rows func(group uint64) iter.Seq[benchRow]
	}{
		{"table", func(g uint64) iter.Seq[benchRow] {
			return t.Between(db.Snapshot(), memtable.K().Uint64(100*g), memtable.K().Uint64(100*g+100))
		}},
		{"index", func(g uint64) iter.Seq[benchRow] { return x.Prefix(db.Snapshot(), memtable.K().Uint64(g)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for range c.rows(rand.Uint64N(rows / 100)) {
					n++
				}
				if n != 100 {
					b.Fatal(n)
				}
			}
		})
	}
}
