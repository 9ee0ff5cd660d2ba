package memtable

import "iter"

// A Table holds rows of type R, ordered by their primary key. It is a handle:
// the rows are in the databases opened from its schema.
type Table[R any] struct {
	schema *Schema
	def    *tableDef
	key    func(*R) Key
}

// rowRecord is a row as it is stored. It never changes.
type rowRecord[R any] struct {
	primary Key
	sum     uint64 // fingerprint of the row as it was stored; strict databases only
	row     R
}

func (rec *rowRecord[R]) key() []byte { return rec.primary }
func (rec *rowRecord[R]) value() any  { return rec.row }

// verify panics if the row is not what it was when it was stored.
func (rec *rowRecord[R]) verify(table string) {
	if fingerprint(&rec.row) != rec.sum {
		panic("memtable: a row of table " + table + " differs from what was stored; " +
			"was a slice, map or pointer within it changed after Insert or after a read?")
	}
}

// Name returns the name given to AddTable.
func (t *Table[R]) Name() string { return t.def.name }

// Insert stores a new row. Its errors: ErrEnded, ErrSpoiled, ErrNoKey,
// ErrConflict if the primary key or a key of an index belongs to another row.
// An error spoils the transaction.
func (t *Table[R]) Insert(tx *Txn, row R) error {
	return tx.write(insertRow, t.schema, t.def, t.record(tx, row))
}

// Replace stores a row in place of the one with its primary key. Its errors:
// ErrEnded, ErrSpoiled, ErrNoKey, ErrMissing, ErrConflict if a key of an index
// belongs to another row. An error spoils the transaction.
func (t *Table[R]) Replace(tx *Txn, row R) error {
	return tx.write(replaceRow, t.schema, t.def, t.record(tx, row))
}

// Key returns the primary key of a row, without spare room, for InsertAt and
// ReplaceAt.
func (t *Table[R]) Key(row *R) Key { return clone(t.key(row)) }

// InsertAt is Insert of a row whose primary key is at hand. The table keeps the
// key: it must be the row's, from Key, and never be written to. Schema.Strict
// panics where it is another's.
func (t *Table[R]) InsertAt(tx *Txn, key Key, row R) error {
	return tx.write(insertRow, t.schema, t.def, t.recordAt(tx, key, row))
}

// ReplaceAt is Replace of a row whose primary key is at hand, as in InsertAt.
func (t *Table[R]) ReplaceAt(tx *Txn, key Key, row R) error {
	return tx.write(replaceRow, t.schema, t.def, t.recordAt(tx, key, row))
}

// ReplaceInPlace is ReplaceAt of a row whose keys in all indexes stay what they
// are, which need not be compared then. Its errors: ErrEnded, ErrSpoiled, ErrNoKey,
// ErrMissing. Schema.Strict panics where the keys do not stay.
func (t *Table[R]) ReplaceInPlace(tx *Txn, key Key, row R) error {
	return tx.replaceInPlace(t.schema, t.def, t.recordAt(tx, key, row))
}

// Put stores a row, in place of the one with its primary key if there is one.
// Its errors: ErrEnded, ErrSpoiled, ErrNoKey, ErrConflict if a key of an index
// belongs to another row. An error spoils the transaction.
func (t *Table[R]) Put(tx *Txn, row R) error {
	return tx.write(putRow, t.schema, t.def, t.record(tx, row))
}

// Delete removes the row with that primary key. Its errors: ErrEnded,
// ErrSpoiled, ErrMissing. An error spoils the transaction.
func (t *Table[R]) Delete(tx *Txn, key Key) error {
	return tx.delete(t.schema, t.def, key)
}

// record makes the copy of a row that is stored, with its own exact copy of the
// key: the tree keeps parts of the key for as long as the row lives, so spare
// room would be kept with them.
func (t *Table[R]) record(tx *Txn, row R) *rowRecord[R] {
	rec := &rowRecord[R]{row: row}
	rec.primary = t.Key(&rec.row)
	if tx.db.strict {
		rec.sum = fingerprint(&rec.row)
	}
	return rec
}

func (t *Table[R]) recordAt(tx *Txn, key Key, row R) *rowRecord[R] {
	rec := &rowRecord[R]{primary: key, row: row}
	if tx.db.strict {
		rec.sum = fingerprint(&rec.row)
		if !equalKeys(key, t.key(&rec.row)) {
			panic("memtable: a row of table " + t.def.name + " was stored under the key of another")
		}
	}
	return rec
}

// Get returns the row with exactly that primary key. Within a transaction it
// sees what the transaction wrote, and costs later writes nothing.
func (t *Table[R]) Get(r Reader, key Key) (R, bool) {
	return t.row(r, r.get(t.schema, t.def.tree, key))
}

// First returns the row with the lowest primary key that begins with prefix.
func (t *Table[R]) First(r Reader, prefix Key) (R, bool) {
	return t.row(r, r.end(t.schema, t.def.tree, prefix, lowest))
}

// Last returns the row with the highest primary key that begins with prefix.
func (t *Table[R]) Last(r Reader, prefix Key) (R, bool) {
	return t.row(r, r.end(t.schema, t.def.tree, prefix, highest))
}

// Prefix returns the rows whose primary key begins with prefix, ascending; an
// empty prefix is that of all.
//
// This holds for all sequences of this package: they may be ranged over again,
// each time from the start; within a transaction they go over the rows of the
// moment the range begins, whatever the loop writes.
func (t *Table[R]) Prefix(r Reader, prefix Key) iter.Seq[R] {
	return t.rows(r, scan{key: prefix, mode: scanPrefix})
}

// Backward returns the rows whose primary key begins with prefix, descending.
func (t *Table[R]) Backward(r Reader, prefix Key) iter.Seq[R] {
	return t.rows(r, scan{key: prefix, mode: scanBackward})
}

// From returns the rows whose primary key is from or higher, ascending.
func (t *Table[R]) From(r Reader, from Key) iter.Seq[R] {
	return t.rows(r, scan{key: from, mode: scanFrom})
}

// Between returns the rows whose primary key is from or higher and below to,
// ascending. A nil to is no end.
func (t *Table[R]) Between(r Reader, from, to Key) iter.Seq[R] {
	return t.rows(r, scan{key: from, to: to, mode: scanFrom})
}

// Down returns the rows whose primary key is from or lower and not below to,
// descending. A nil to is no end. The beginning of a key is lower than the key:
// to go down from all that begin with a prefix there is Backward.
func (t *Table[R]) Down(r Reader, from, to Key) iter.Seq[R] {
	return t.rows(r, scan{key: from, to: to, mode: scanDown})
}

func (t *Table[R]) rows(r Reader, s scan) iter.Seq[R] {
	return func(yield func(R) bool) {
		next := r.scan(t.schema, t.def.tree, s)
		for rec := next(); rec != nil; rec = next() {
			if row, _ := t.row(r, rec); !yield(row) {
				return
			}
		}
	}
}

// row returns the copy of a stored row that a reader gets.
func (t *Table[R]) row(r Reader, rec record) (row R, found bool) {
	if rec == nil {
		return row, false
	}
	if r.database().strict {
		rec.verify(t.def.name)
	}
	return rec.(*rowRecord[R]).row, true
}
