package memtable_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

// An encoding is a way to put an integer into a key.
type encoding struct {
	name string
	key  func(memtable.Key, uint64) memtable.Key
}

var encodings = []encoding{
	{"chosen", memtable.Key.Uint64},
	{"bytes", func(k memtable.Key, v uint64) memtable.Key { return binary.BigEndian.AppendUint64(k, v) }},
	{"6bit", func(k memtable.Key, v uint64) memtable.Key { return appendDigits(k, v, 6) }},
	{"5bit", func(k memtable.Key, v uint64) memtable.Key { return appendDigits(k, v, 5) }},
	{"4bit", func(k memtable.Key, v uint64) memtable.Key { return appendDigits(k, v, 4) }},
	{"3bit", func(k memtable.Key, v uint64) memtable.Key { return appendDigits(k, v, 3) }},
}

// appendDigits appends v as digits of the given number of bits, one a byte.
func appendDigits(k memtable.Key, v uint64, bits int) memtable.Key {
	for shift := (63 / bits) * bits; shift >= 0; shift -= bits {
		k = append(k, byte(v>>shift)&(1<<bits-1))
	}
	return k
}

func liveBytes() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkEncoding is why integers are written in keys as they are: update one
// random row, insert in sequence, insert at random, read at random.
func BenchmarkEncoding(b *testing.B) {
	for _, rows := range []int{100_000, 1_000_000} {
		for _, e := range encodings {
			before := liveBytes()
			db := openBench(b, e, memtable.Open, rows)
			perRow := float64(liveBytes()-before) / float64(rows)
			name := fmt.Sprintf("rows=%d/%s", rows, e.name)
			b.Run(name+"/update", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					tx := db.Begin()
					_ = db.rows.Replace(tx, benchRow{ID: rand.Uint64N(uint64(rows)), Count: 1})
					_ = tx.Commit()
				}
				b.ReportMetric(perRow, "heapB/row")
			})
			b.Run(name+"/get", func(b *testing.B) {
				b.ReportAllocs()
				snap := db.Snapshot()
				for b.Loop() {
					if _, ok := db.rows.Get(snap, db.key(rand.Uint64N(uint64(rows)))); !ok {
						b.Fatal("row missing")
					}
				}
			})
			b.Run(name+"/sequential", func(b *testing.B) {
				b.ReportAllocs()
				at := uint64(1 << 40)
				for b.Loop() {
					tx := db.Begin()
					_ = db.rows.Put(tx, benchRow{ID: at})
					_ = tx.Commit()
					at++
				}
			})
			b.Run(name+"/random", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					tx := db.Begin()
					_ = db.rows.Put(tx, benchRow{ID: 1<<50 | rand.Uint64N(1<<30)})
					_ = tx.Commit()
				}
			})
		}
	}
}
