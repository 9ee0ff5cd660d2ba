// Package memtable keeps rows of Go structs in typed tables with ordered
// indexes, under transactions: one writer, any number of readers, each reader at
// one unchanging moment. It is the only importer of go-memdb, whose surprises it
// deals with once:
//
//   - go-memdb does not enforce that keys are unique. Here a second row for a
//     key, in the table or in any index, is ErrConflict.
//   - A failed write leaves half of itself behind. Here any error of a write
//     spoils the transaction, and Commit refuses.
//   - A search for "12" finds "123". Here keys are made by Key, of which none is
//     the beginning of another, and exact and prefix search are two methods.
//   - A stored row must never change. Here the table owns a copy, reads return
//     copies, and Schema.Strict finds rows changed through an inner slice.
//   - Updating a row rewrites all indexes of its table. Here each index is a tree
//     of its own that holds primary keys, and an update touches only the indexes
//     whose keys it changes. A read through an index is two look-ups.
//   - A read after a write makes the transaction copy again what it had copied.
//     Here the checks before a write, and Get within a transaction, do not.
//   - A transaction that touches more than 8,192 nodes of a tree commits in time
//     proportional to the whole tree. Here nothing is watched, so it does not.
//
// A table that many transactions write to can be hot (Table.Hot): its rows are in
// an ordered set then, at a fraction of what go-memdb takes for it, in the same
// transactions and snapshots.
//
// A schema is declared, then opened:
//
//	schema := memtable.NewSchema()
//	people := memtable.AddTable(schema, "people", func(p *Person) memtable.Key {
//		return memtable.K().String(p.Tenant).String(p.ID)
//	})
//	db, err := memtable.Open(schema)
//
// Reading through a transaction that has ended, or a table of another schema,
// panics: no data can cause it, only a mistake in the code that embeds this
// package.
package memtable
