package memtable

import (
	"bytes"
	"slices"
)

// A keyList collects the keys of a row in an index: sorted, each once, in
// memory of its own that serves again for the next row.
type keyList struct {
	keys []Key
	room []byte
	add  func(Key)
}

// collect replaces the list by the keys that a record has in an index; a nil
// record has none.
func (l *keyList) collect(x *indexDef, rec record) []Key {
	if l.add == nil {
		l.add = func(k Key) {
			start := len(l.room)
			l.room = append(l.room, k...)
			l.keys = append(l.keys, l.room[start:len(l.room):len(l.room)])
		}
	}
	l.keys, l.room = l.keys[:0], l.room[:0]
	if rec != nil {
		x.keys(rec, l.add)
	}
	slices.SortFunc(l.keys, compareKeys)
	l.keys = slices.CompactFunc(l.keys, equalKeys)
	return l.keys
}

func compareKeys(a, b Key) int { return bytes.Compare(a, b) }
func equalKeys(a, b Key) bool  { return bytes.Equal(a, b) }

// reindex brings the indexes of a table from one state of a row to the next;
// before is nil for a new row, after for a deleted one. Keys that stay are not
// touched: an entry leads to the primary key, which stays too.
func (tx *Txn) reindex(def *tableDef, before, after record) error {
	for _, x := range def.indexes {
		if before != nil && after != nil && x.unmoved != nil && x.unmoved(before, after) {
			if tx.db.strict {
				tx.verifyUnmoved(x, before, after)
			}
			continue
		}
		if err := tx.reindexOne(x, before, after); err != nil {
			return err
		}
	}
	tx.spoiled = nil // the write is complete
	return nil
}

// verifyUnmoved panics if an index whose keys are said to stay would change.
func (tx *Txn) verifyUnmoved(x *indexDef, before, after record) {
	if !slices.EqualFunc(tx.db.old.collect(x, before), tx.db.new.collect(x, after), equalKeys) {
		panic("memtable: index " + x.fullName() + " says that a row keeps its keys, and it does not")
	}
}

func (tx *Txn) reindexOne(x *indexDef, before, after record) error {
	was, is := tx.db.old.collect(x, before), tx.db.new.collect(x, after)
	for len(was) > 0 || len(is) > 0 {
		order := 0
		switch {
		case len(is) == 0:
			order = -1
		case len(was) == 0:
			order = 1
		default:
			order = bytes.Compare(was[0], is[0])
		}
		switch {
		case order < 0:
			if err := tx.removeEntry(x, was[0]); err != nil {
				return err
			}
			was = was[1:]
		case order > 0:
			if err := tx.addEntry(x, is[0], after.key()); err != nil {
				return err
			}
			is = is[1:]
		default:
			was, is = was[1:], is[1:]
		}
	}
	return nil
}

func (tx *Txn) addEntry(x *indexDef, key, primary Key) error {
	if len(key) == 0 {
		return tx.spoil(ErrNoKey, "index "+x.fullName(), nil)
	}
	tx.written[x.tree] = true
	entry := &indexEntry{indexKey: clone(key), primary: primary}
	taken, err := tx.db.trees[x.tree].put(tx.mem, entry, true)
	if err != nil {
		return tx.spoil(ErrBackend, "index "+x.fullName(), err)
	}
	if taken != nil {
		return tx.spoil(ErrConflict, "index "+x.fullName(), nil)
	}
	return nil
}

// removeEntry takes a key out of an index. The key not being there means that
// the index's key function is not a function of the row alone.
func (tx *Txn) removeEntry(x *indexDef, key Key) error {
	tx.written[x.tree] = true
	gone, err := tx.db.trees[x.tree].remove(tx.mem, key)
	if err != nil {
		return tx.spoil(ErrBackend, "index "+x.fullName(), err)
	}
	if gone == nil {
		return tx.spoil(ErrIndex, "index "+x.fullName(), nil)
	}
	return nil
}
