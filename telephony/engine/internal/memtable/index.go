package memtable

import "iter"

// An Index finds rows of a table by other keys than the primary one, in the
// order of these keys. It holds primary keys, not rows, so every row read
// through it is looked up in the table too.
type Index[R any] struct {
	table *Table[R]
	def   *indexDef
}

// indexEntry is one key of an index and the row that it leads to. It never
// changes.
type indexEntry struct {
	indexKey Key
	primary  Key // shares memory with the row's own key
}

func (e *indexEntry) key() []byte   { return e.indexKey }
func (e *indexEntry) value() any    { return nil }
func (e *indexEntry) verify(string) {} // shares nothing with callers

// Unmoved declares when two states of a row surely have the same keys in the
// index, so that a write need not compute and compare them. It may miss cases,
// but must never say so of two that differ: Schema.Strict panics where it does.
// It is declared along with the index, before Open.
func (x *Index[R]) Unmoved(same func(before, after *R) bool) *Index[R] {
	x.def.unmoved = func(before, after record) bool {
		return same(&before.(*rowRecord[R]).row, &after.(*rowRecord[R]).row)
	}
	return x
}

// Name returns the name given to AddIndex.
func (x *Index[R]) Name() string { return x.def.name }

// Get returns the row with exactly that index key. Within a transaction it sees
// what the transaction wrote, and costs later writes nothing.
func (x *Index[R]) Get(r Reader, key Key) (R, bool) {
	return x.row(r, r.get(x.table.schema, x.def.tree, key))
}

// First returns the row with the lowest index key that begins with prefix.
func (x *Index[R]) First(r Reader, prefix Key) (R, bool) {
	return x.row(r, r.end(x.table.schema, x.def.tree, prefix, lowest))
}

// Last returns the row with the highest index key that begins with prefix.
func (x *Index[R]) Last(r Reader, prefix Key) (R, bool) {
	return x.row(r, r.end(x.table.schema, x.def.tree, prefix, highest))
}

// Prefix returns the rows under index keys that begin with prefix, in ascending
// order of these keys; a row is returned once for each.
func (x *Index[R]) Prefix(r Reader, prefix Key) iter.Seq[R] {
	return x.rows(r, scan{key: prefix, mode: scanPrefix})
}

// Backward returns the rows under index keys that begin with prefix, in
// descending order of these keys.
func (x *Index[R]) Backward(r Reader, prefix Key) iter.Seq[R] {
	return x.rows(r, scan{key: prefix, mode: scanBackward})
}

// From returns the rows under index keys that are from or higher, in ascending
// order of these keys.
func (x *Index[R]) From(r Reader, from Key) iter.Seq[R] {
	return x.rows(r, scan{key: from, mode: scanFrom})
}

// Between returns the rows under index keys that are from or higher and below
// to, in ascending order of these keys. A nil to is no end.
func (x *Index[R]) Between(r Reader, from, to Key) iter.Seq[R] {
	return x.rows(r, scan{key: from, to: to, mode: scanFrom})
}

// Down returns the rows under index keys that are from or lower and not below to,
// in descending order of these keys. A nil to is no end.
func (x *Index[R]) Down(r Reader, from, to Key) iter.Seq[R] {
	return x.rows(r, scan{key: from, to: to, mode: scanDown})
}

func (x *Index[R]) rows(r Reader, s scan) iter.Seq[R] {
	return func(yield func(R) bool) {
		// The loop may write to the table whose rows are still to be looked up.
		held := r.hold()
		defer held.release()
		next := r.scan(x.table.schema, x.def.tree, s)
		for entry := next(); entry != nil; entry = next() {
			row, found := x.row(held.reader(r), entry)
			if !found {
				panic("memtable: index " + x.def.fullName() + " leads to no row; were its keys computed from more than the row?")
			}
			if !yield(row) {
				return
			}
		}
	}
}

// row returns the row that an entry leads to.
func (x *Index[R]) row(r Reader, entry record) (row R, found bool) {
	if entry == nil {
		return row, false
	}
	return x.table.Get(r, entry.(*indexEntry).primary)
}
