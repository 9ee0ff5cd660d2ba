package memtable

import "bytes"

// A Reader is a moment of a database to read: a *Snapshot, or a *Txn with what
// it has written so far.
type Reader interface {
	database() *DB
	// get returns the record under exactly that key, or nil.
	get(s *Schema, tree int, key Key) record
	// end returns the lowest or highest record under a prefix, or nil.
	end(s *Schema, tree int, prefix Key, which extreme) record
	// scan returns a function that gives one record after the other, then nil.
	scan(s *Schema, tree int, what scan) func() record
	// hold keeps the present moment readable until it is released; nil if it
	// needs no keeping.
	hold() *moment
}

// A record is what a tree stores: a row or an entry of an index. It never
// changes, and neither does its key.
type record interface {
	key() []byte
	value() any // the row, or nil
	verify(table string)
}

// extreme says which end of a set of keys is meant.
type extreme bool

const (
	lowest  extreme = false
	highest extreme = true
)

// A scan says which records to go over, and how.
type scan struct {
	key  Key
	to   Key // scanFrom: the end, not included; scanDown: the end, included; nil for none
	mode scanMode
}

// isPast reports whether a key lies behind the end of a scan, which not all have.
func (s *scan) isPast(key []byte) bool {
	switch {
	case s.to == nil:
		return false
	case s.mode == scanDown:
		return bytes.Compare(key, s.to) < 0
	}
	return bytes.Compare(key, s.to) >= 0
}

type scanMode uint8

const (
	scanPrefix   scanMode = iota // keys that begin with key, ascending
	scanBackward                 // keys that begin with key, descending
	scanFrom                     // keys that are key or higher, ascending
	scanDown                     // keys that are key or lower, descending
)
