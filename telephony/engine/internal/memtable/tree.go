package memtable

import (
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/hashicorp/go-memdb"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/ordered"
)

// A tree is one ordered set of records: the rows of a table, or the entries of
// an index. Each is a go-memdb table with one index, so that a write to a row
// touches no more trees than it must: go-memdb itself rewrites all indexes of a
// row on every update.
//
// The tree is also go-memdb's indexer for it, and as such it overhears what a
// write finds. Insert and Delete look the key up in the nodes that the
// transaction is working on, and if a record is there they ask the indexer for
// its key before they change anything. That look-up is the only one that does
// not make go-memdb forget which nodes it has already copied for this
// transaction; a read would cost the next write all of these copies again. So
// the tree notes the record it is asked about (met), and can stop the write
// there and then (stop). TestWritesReportWhatTheyMeet holds go-memdb to it.
//
// The fields below name are used under the writer lock only.
type tree struct {
	name    string
	hot     int    // the place among the hot tables if it is one, else notHot
	writing record // the record that is being written, or stands for its key
	met     record // the stored record with the same key
	stop    bool   // to leave the stored record as it is
}

// notHot is the place of trees that are in go-memdb.
const notHot = -1

// go-memdb's names for a table's one index and for a search of it by prefix.
const (
	byKey    = "id"
	byPrefix = "id_prefix"
)

var errStop = errors.New("stopped at the stored record")

// open makes the database. tracked is for comparison in benchmarks only.
//
// The transactions run on a snapshot of the go-memdb database rather than on the
// database proper. The two differ in one thing: on the latter every write records
// which watch channels it has to close, and past 8,192 of them in one tree the
// commit compares the whole tree with the one before. We offer no watching, and a
// snapshot has the same lock, the same atomic swap of its root and the same
// isolation, but records nothing (go-memdb v1.3.5: MemDB.Snapshot, and
// Txn.writableIndex, which tracks changes of the primary only).
func open(s *Schema, untracked bool) (*DB, error) {
	db := &DB{schema: s, strict: s.strict, trees: make([]*tree, s.trees), writer: new(sync.Mutex)}
	tables := make(map[string]*memdb.TableSchema, s.trees)
	for i := range db.trees {
		t := &tree{name: strconv.FormatInt(int64(i), 36), hot: notHot}
		db.trees[i] = t
		tables[t.name] = &memdb.TableSchema{
			Name: t.name,
			Indexes: map[string]*memdb.IndexSchema{
				byKey: {Name: byKey, Unique: true, Indexer: t},
			},
		}
	}
	mem, err := memdb.NewMemDB(&memdb.DBSchema{Tables: tables})
	if err != nil {
		return nil, &telephony.Error{Op: "open tables", Code: ErrBackend, Err: err}
	}
	if untracked {
		mem = mem.Snapshot()
	}
	db.mem = mem
	db.publish(db.openHot())
	return db, nil
}

// openHot makes the hot tables. What go-memdb has under their names stays empty.
func (db *DB) openHot() (sets []hotSet) {
	for _, def := range db.schema.tables {
		if def.hot {
			db.trees[def.tree].hot = len(sets)
			sets = append(sets, ordered.New(hotRecord.compare))
		}
	}
	return sets
}

// FromObject is called by go-memdb in writes, for the record given to it and
// for the one it has found under the same key.
func (t *tree) FromObject(raw any) (bool, []byte, error) {
	rec := raw.(record)
	if rec != t.writing {
		t.met = rec
		if t.stop {
			return false, nil, errStop
		}
	}
	return true, rec.key(), nil
}

// FromArgs is called by go-memdb in look-ups.
func (t *tree) FromArgs(args ...any) ([]byte, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("one key wanted, not %d", len(args))
	}
	key, ok := args[0].(Key)
	if !ok {
		return nil, fmt.Errorf("a Key wanted, not a %T", args[0])
	}
	return key, nil
}

// PrefixFromArgs is called by go-memdb in searches by prefix.
func (t *tree) PrefixFromArgs(args ...any) ([]byte, error) { return t.FromArgs(args...) }

// put stores rec and returns the record that it replaced, or nil. With keep a
// stored record is not replaced, and rec not stored.
func (t *tree) put(mem *memdb.Txn, rec record, keep bool) (met record, err error) {
	t.writing, t.met, t.stop = rec, nil, keep
	err = mem.Insert(t.name, rec)
	met = t.met
	t.writing, t.met, t.stop = nil, nil, false
	if keep && met != nil {
		return met, nil
	}
	return met, err
}

// remove deletes the record under the key and returns it, or nil.
func (t *tree) remove(mem *memdb.Txn, key Key) (record, error) {
	return t.find(mem, key, false)
}

// peek returns the record under the key in a tree that the transaction has
// written to, or nil, and costs later writes nothing.
func (t *tree) peek(mem *memdb.Txn, key Key) record {
	met, err := t.find(mem, key, true)
	if err != nil {
		panic("memtable: go-memdb refused a look-up: " + err.Error())
	}
	return met
}

func (t *tree) find(mem *memdb.Txn, key Key, keep bool) (met record, err error) {
	sought := &indexEntry{indexKey: key}
	t.writing, t.met, t.stop = sought, nil, keep
	err = mem.Delete(t.name, sought)
	met = t.met
	t.writing, t.met, t.stop = nil, nil, false
	if errors.Is(err, memdb.ErrNotFound) || keep && met != nil {
		return met, nil
	}
	return met, err
}

// get returns the record under the key, or nil.
func (t *tree) get(mem *memdb.Txn, key Key) record {
	return found(mem.First(t.name, byKey, key))
}

// end returns the lowest or highest record whose key begins with prefix, or nil.
func (t *tree) end(mem *memdb.Txn, prefix Key, which extreme) record {
	if which == highest {
		return found(mem.Last(t.name, byPrefix, prefix))
	}
	return found(mem.First(t.name, byPrefix, prefix))
}

// found turns an answer of go-memdb, which is nil for none, into a record. It
// has no errors to give for our names and keys.
func found(raw any, err error) record {
	if err != nil {
		panic("memtable: go-memdb refused a look-up: " + err.Error())
	}
	if raw == nil {
		return nil
	}
	return raw.(record)
}

// scan returns a function that gives the records one after the other, then nil.
func (t *tree) scan(mem *memdb.Txn, what scan) func() record {
	var (
		it  memdb.ResultIterator
		err error
	)
	switch what.mode {
	case scanPrefix:
		it, err = mem.Get(t.name, byPrefix, what.key)
	case scanBackward:
		it, err = mem.GetReverse(t.name, byPrefix, what.key)
	case scanFrom:
		it, err = mem.LowerBound(t.name, byKey, what.key)
	case scanDown:
		it, err = mem.ReverseLowerBound(t.name, byKey, what.key)
	}
	if err != nil {
		panic("memtable: go-memdb refused a scan: " + err.Error())
	}
	return func() record {
		rec := found(it.Next(), nil)
		if rec != nil && what.isPast(rec.key()) {
			return nil
		}
		return rec
	}
}
