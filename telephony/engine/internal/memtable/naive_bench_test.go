package memtable_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/hashicorp/go-memdb"
)

// naiveRow is a row a number, the way one would begin: its area and whether it
// is free make one index, the end of its hold another.
type naiveRow struct {
	Number uint64
	Area   uint32
	Free   bool
	Holder uint32
	Ends   int64
}

// naiveIndex makes a key of a row; no key leaves the row out.
type naiveIndex func(naiveRow) []byte

func (x naiveIndex) FromObject(raw any) (bool, []byte, error) {
	key := x(*raw.(*naiveRow))
	return key != nil, key, nil
}

func (naiveIndex) FromArgs(args ...any) ([]byte, error) { return args[0].([]byte), nil }

func (naiveIndex) PrefixFromArgs(args ...any) ([]byte, error) { return args[0].([]byte), nil }

func freeKey(area uint32) []byte { return binary.BigEndian.AppendUint32(nil, area) }

func newNaive(b *testing.B, areas, size, taken int) *memdb.MemDB {
	index := func(name string, unique bool, key naiveIndex) *memdb.IndexSchema {
		return &memdb.IndexSchema{Name: name, Unique: unique, AllowMissing: true, Indexer: key}
	}
	db, err := memdb.NewMemDB(&memdb.DBSchema{Tables: map[string]*memdb.TableSchema{"numbers": {Name: "numbers",
		Indexes: map[string]*memdb.IndexSchema{
			"id": index("id", true, func(r naiveRow) []byte { return binary.BigEndian.AppendUint64(nil, r.Number) }),
			"free": index("free", false, func(r naiveRow) []byte {
				if !r.Free {
					return nil
				}
				return freeKey(r.Area)
			}),
			"ends": index("ends", false, func(r naiveRow) []byte {
				if r.Free {
					return nil
				}
				return binary.BigEndian.AppendUint64(nil, uint64(r.Ends))
			}),
		}}}})
	if err != nil {
		b.Fatal(err)
	}
	for area := range areas {
		tx := db.Txn(true)
		for n := range size {
			row := &naiveRow{Number: 999_100_000_000 + uint64(area*size+n), Area: uint32(area), Free: n%1000 >= taken, Ends: 1 << 62}
			if err := tx.Insert("numbers", row); err != nil {
				b.Fatal(err)
			}
		}
		tx.Commit()
	}
	return db
}

// take collects up to most rows of an index, then stops.
func take(b *testing.B, it memdb.ResultIterator, err error, most int, while func(*naiveRow) bool) (rows []naiveRow) {
	if err != nil {
		b.Fatal(err)
	}
	for raw := it.Next(); raw != nil && len(rows) < most && while(raw.(*naiveRow)); raw = it.Next() {
		rows = append(rows, *raw.(*naiveRow))
	}
	return rows
}

// naiveReserve frees what has run out, then holds ten.
func naiveReserve(b *testing.B, db *memdb.MemDB, now, ends int64, holder, area uint32) {
	tx := db.Txn(true)
	it, err := tx.LowerBound("numbers", "ends", []byte{0})
	over := take(b, it, err, 40, func(r *naiveRow) bool { return r.Ends <= now })
	it, err = tx.Get("numbers", "free_prefix", freeKey(area))
	free := take(b, it, err, 10, func(*naiveRow) bool { return true })
	if len(free) < 10 {
		b.Fatal("out of stock")
	}
	for _, r := range over {
		r.Free, r.Holder, r.Ends = true, 0, 0
		_ = tx.Insert("numbers", &r)
	}
	for _, r := range free {
		r.Free, r.Holder, r.Ends = false, holder, ends
		_ = tx.Insert("numbers", &r)
	}
	tx.Commit()
}

// BenchmarkReserveTen is the job of the engine's benchmark of that name, by a row
// a number and without rules, counters and log.
func BenchmarkReserveTen(b *testing.B) {
	const areas, size, open, life = 100, 10_000, 100, 100
	for _, f := range []struct {
		name  string
		taken int
	}{{"empty", 0}, {"half", 500}, {"99percent", 990}} {
		b.Run(fmt.Sprintf("%s/rows", f.name), func(b *testing.B) {
			before := liveBytes()
			db := newNaive(b, areas, size, f.taken)
			perNumber := float64(liveBytes()-before) / (areas * size)
			rng := rand.New(rand.NewPCG(1, 2))
			now := int64(0)
			reserve := func() {
				now++
				naiveReserve(b, db, now, now+life, rng.Uint32N(100), rng.Uint32N(areas))
			}
			for range open {
				reserve()
			}
			b.ReportAllocs()
			for b.Loop() {
				reserve()
			}
			b.ReportMetric(perNumber, "B/number")
		})
	}
}
