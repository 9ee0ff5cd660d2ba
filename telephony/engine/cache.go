package engine

import "example.com/callingplan/telephony/engine/internal/memtable"

// cache holds rows of one table that are read again and again: each is read
// once and, if it was changed, written once, in the order in which they were
// first changed. Until they are written they are read here, not through the
// transaction. It lasts longer than a transaction: nobody else writes the table.
// What it holds follows from the rows and is no part of the state.
type cache[K comparable, R any] struct {
	table   *memtable.Table[R]
	place   func(*R) int64 // of a row in the indexes of the table; nil where that is not followed
	rows    map[K]*cachedRow[R]
	changed []*cachedRow[R]
}

type cachedRow[R any] struct {
	row     R
	key     memtable.Key
	changed bool
	place   int64 // in the indexes, before it was changed
}

// mostCached is how many rows are kept from one transaction to the next.
const mostCached = 10_000

func newCache[K comparable, R any](t *memtable.Table[R], place func(*R) int64) *cache[K, R] {
	return &cache[K, R]{table: t, place: place, rows: make(map[K]*cachedRow[R])}
}

// look returns the row, to be read only, and whether it is here.
func (c *cache[K, R]) look(k K) (*R, bool) {
	if r, ok := c.rows[k]; ok {
		return &r.row, true
	}
	return nil, false
}

// edit returns a row that is here, to be changed in place.
func (c *cache[K, R]) edit(k K) (*R, bool) {
	r, ok := c.rows[k]
	if !ok {
		return nil, false
	}
	if !r.changed {
		if r.changed = true; c.place != nil {
			r.place = c.place(&r.row)
		}
		c.changed = append(c.changed, r)
	}
	return &r.row, true
}

// add takes in a row as it was read.
func (c *cache[K, R]) add(k K, row R) *R {
	r := &cachedRow[R]{row: row}
	r.key = c.table.Key(&r.row)
	c.rows[k] = r
	return &r.row
}

// flush writes the rows that were changed.
func (c *cache[K, R]) flush(tx *memtable.Txn) {
	for i, r := range c.changed {
		if c.place != nil && c.place(&r.row) == r.place {
			must(c.table.ReplaceInPlace(tx, r.key, r.row))
		} else {
			must(c.table.ReplaceAt(tx, r.key, r.row))
		}
		r.changed, c.changed[i] = false, nil
	}
	c.changed = c.changed[:0]
}

// trim forgets all rows if there are too many. None may be changed.
func (c *cache[K, R]) trim() {
	if len(c.rows) > mostCached {
		c.drop()
	}
}

// drop forgets all rows.
func (c *cache[K, R]) drop() {
	clear(c.rows)
	c.changed = c.changed[:0]
}
