package memtable

import (
	"sync"
	"sync/atomic"

	"github.com/hashicorp/go-memdb"
)

// A DB is a set of tables that change together. Its methods may be called by
// several goroutines at once.
type DB struct {
	schema *Schema
	strict bool

	mem     *memdb.MemDB
	trees   []*tree // by number; shared with forks
	current atomic.Pointer[Snapshot]

	// writer is held by the open transaction, of this database or of a fork: they
	// write through the same trees. It guards old and new too, in which the
	// transaction collects index keys.
	writer   *sync.Mutex
	old, new keyList
}

// A Snapshot is one unchanging moment of a DB. It may be used by several
// goroutines, holds no lock and needs no closing; as long as it is referred to,
// its rows stay in memory.
type Snapshot struct {
	db   *DB
	base *memdb.MemDB
	mem  *memdb.Txn // for reading only
	hot  []hotSet
}

// Fork returns a database of its own that begins as the snapshot is: what is
// written to it is never seen in the one the snapshot is of, nor the other way
// round. It costs nothing, for the two share what neither has changed. Their
// transactions take turns: one of either waits for one of the other to end.
func (s *Snapshot) Fork() *DB {
	fork := &DB{schema: s.db.schema, strict: s.db.strict, mem: s.base.Snapshot(), trees: s.db.trees, writer: s.db.writer}
	fork.publish(s.hot)
	return fork
}

// Snapshot returns the state that the last commit left. It never waits.
func (db *DB) Snapshot() *Snapshot { return db.current.Load() }

// publish makes the committed state what Snapshot returns. A reading
// transaction of go-memdb only ever loads from itself, so one serves all readers
// of the moment.
func (db *DB) publish(hot []hotSet) {
	base := db.mem.Snapshot()
	db.current.Store(&Snapshot{db: db, base: base, mem: base.Txn(false), hot: hot})
}

func (s *Snapshot) database() *DB { return s.db }
func (s *Snapshot) hold() *moment { return nil } // it is kept as it is

func (s *Snapshot) get(schema *Schema, tree int, key Key) record {
	t := s.db.tree(schema, tree)
	if t.hot != notHot {
		return hotGet(s.hot[t.hot], key)
	}
	return t.get(s.mem, key)
}

func (s *Snapshot) end(schema *Schema, tree int, prefix Key, which extreme) record {
	t := s.db.tree(schema, tree)
	if t.hot != notHot {
		return hotEnd(s.hot[t.hot], prefix, which)
	}
	return t.end(s.mem, prefix, which)
}

func (s *Snapshot) scan(schema *Schema, tree int, what scan) func() record {
	t := s.db.tree(schema, tree)
	if t.hot != notHot {
		return hotScan(s.hot[t.hot], what)
	}
	return t.scan(s.mem, what)
}

// tree returns a tree by number, for a handle of the given schema.
func (db *DB) tree(schema *Schema, number int) *tree {
	if db.schema != schema {
		panic("memtable: a table was read or written in a database of another schema")
	}
	return db.trees[number]
}
