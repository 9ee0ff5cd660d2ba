package memtable

import (
	"github.com/hashicorp/go-memdb"

	"example.com/callingplan/telephony"
)

// A Txn is a write transaction: it reads its own writes, and nobody else sees
// any of them before Commit, or ever if it is aborted. There is one at a time in
// a DB. It must be ended by Commit or Abort, and is used by one goroutine at a
// time.
//
// Get costs nothing that a snapshot's would not. First, Last and sequences over
// a table or index that the transaction has written to make it copy again what it
// writes there next, so the cheapest order is to read, then to write.
type Txn struct {
	db      *DB
	mem     *memdb.Txn
	hot     hotTables
	written []bool  // by tree
	moment  *moment // of the sequences now being ranged over
	dirty   bool
	ended   bool
	spoiled error // the first failed write
}

// errInterrupted stands in spoiled during a write, and stays there if the write
// does not return.
var errInterrupted = &telephony.Error{Code: ErrSpoiled, Detail: "a write was interrupted by a panic"}

// Begin starts a write transaction. It waits for the one before to end, so a
// goroutine that begins two waits for ever.
func (db *DB) Begin() *Txn {
	db.writer.Lock()
	return &Txn{db: db, mem: db.mem.Txn(true), hot: hotTables{sets: db.Snapshot().hot}, written: make([]bool, len(db.trees))}
}

// Commit makes all writes visible at once and ends the transaction. Its errors:
// ErrEnded if it had ended before; ErrSpoiled, with the cause, if a write failed:
// then the transaction is aborted.
func (tx *Txn) Commit() error {
	if tx.ended {
		return ended()
	}
	if tx.spoiled != nil {
		defer tx.Abort()
		return spoiled(tx.spoiled)
	}
	if !tx.dirty {
		tx.Abort()
		return nil
	}
	tx.keepMoment()
	tx.mem.Commit()
	tx.db.publish(tx.hot.publish()) // before the next transaction can begin, lest it be overtaken
	tx.finish()
	return nil
}

// Abort drops all writes and ends the transaction. After Commit or Abort it does
// nothing, so it can be deferred.
func (tx *Txn) Abort() {
	if tx.ended {
		return
	}
	tx.keepMoment()
	tx.mem.Abort()
	tx.finish()
}

func (tx *Txn) finish() {
	tx.ended = true
	tx.db.writer.Unlock()
}

// writeMode says what a write expects under its key.
type writeMode uint8

const (
	insertRow  writeMode = iota // no row
	replaceRow                  // a row
	putRow                      // either
)

// write stores a row and brings the indexes of its table up to date.
func (tx *Txn) write(mode writeMode, s *Schema, def *tableDef, rec record) error {
	before, err := tx.store(mode, s, def, rec)
	if err != nil {
		return err
	}
	return tx.reindex(def, before, rec)
}

// replaceInPlace stores a row whose keys in the indexes stay what they are.
func (tx *Txn) replaceInPlace(s *Schema, def *tableDef, rec record) error {
	before, err := tx.store(replaceRow, s, def, rec)
	if err != nil {
		return err
	}
	if tx.db.strict {
		for _, x := range def.indexes {
			tx.verifyUnmoved(x, before, rec)
		}
	}
	tx.spoiled = nil // the write is complete
	return nil
}

// store stores a row and returns the one whose place it takes, or nil.
func (tx *Txn) store(mode writeMode, s *Schema, def *tableDef, rec record) (before record, err error) {
	t := tx.db.tree(s, def.tree)
	if err := tx.beginWrite(def.tree); err != nil {
		return nil, err
	}
	if len(rec.key()) == 0 {
		return nil, tx.spoil(ErrNoKey, "table "+def.name, nil)
	}
	before, err = tx.put(t, rec, mode == insertRow)
	switch {
	case err != nil:
		return nil, tx.spoil(ErrBackend, "table "+def.name, err)
	case before != nil && mode == insertRow:
		return nil, tx.spoil(ErrConflict, "table "+def.name, nil)
	case before == nil && mode == replaceRow:
		return nil, tx.spoil(ErrMissing, "table "+def.name, nil)
	}
	return before, nil
}

// delete removes a row and its index entries.
func (tx *Txn) delete(s *Schema, def *tableDef, key Key) error {
	t := tx.db.tree(s, def.tree)
	if err := tx.beginWrite(def.tree); err != nil {
		return err
	}
	before, err := tx.remove(t, key)
	switch {
	case err != nil:
		return tx.spoil(ErrBackend, "table "+def.name, err)
	case before == nil:
		return tx.spoil(ErrMissing, "table "+def.name, nil)
	}
	return tx.reindex(def, before, nil)
}

func (tx *Txn) put(t *tree, rec record, keep bool) (met record, err error) {
	if t.hot != notHot {
		return tx.hot.put(t.hot, rec, keep), nil
	}
	return t.put(tx.mem, rec, keep)
}

func (tx *Txn) remove(t *tree, key Key) (record, error) {
	if t.hot != notHot {
		return tx.hot.remove(t.hot, key), nil
	}
	return t.remove(tx.mem, key)
}

// beginWrite prepares a write to a tree. The transaction is spoiled until the
// write has succeeded, whatever happens in between.
func (tx *Txn) beginWrite(tree int) error {
	if tx.ended {
		return ended()
	}
	if tx.spoiled != nil {
		return spoiled(tx.spoiled)
	}
	tx.keepMoment()
	tx.spoiled = errInterrupted
	tx.dirty = true
	tx.written[tree] = true
	return nil
}

func (tx *Txn) spoil(code telephony.Code, subject string, cause error) error {
	err := &telephony.Error{Code: code, Subject: subject, Err: cause}
	tx.spoiled = err
	return err
}

func ended() error {
	return &telephony.Error{Code: ErrEnded, Fix: "begin another transaction"}
}

func spoiled(cause error) error {
	return &telephony.Error{Code: ErrSpoiled, Fix: "abort it and begin another", Err: cause}
}

func (tx *Txn) database() *DB { return tx.db }

// readable returns a tree to be read through the transaction.
func (tx *Txn) readable(schema *Schema, number int) *tree {
	if tx.ended {
		panic("memtable: read through a transaction that has ended")
	}
	return tx.db.tree(schema, number)
}

func (tx *Txn) get(schema *Schema, tree int, key Key) record {
	t := tx.readable(schema, tree)
	switch {
	case t.hot != notHot:
		return hotGet(tx.hot.set(t.hot), key)
	case tx.written[tree]:
		return t.peek(tx.mem, key)
	}
	return t.get(tx.mem, key)
}

func (tx *Txn) end(schema *Schema, tree int, prefix Key, which extreme) record {
	t := tx.readable(schema, tree)
	if t.hot != notHot {
		return hotEnd(tx.hot.set(t.hot), prefix, which)
	}
	return t.end(tx.mem, prefix, which)
}

func (tx *Txn) scan(schema *Schema, tree int, what scan) func() record {
	t := tx.readable(schema, tree)
	if t.hot != notHot {
		return hotScan(tx.hot.publish()[t.hot], what) // which writes leave as it is
	}
	return t.scan(tx.mem, what)
}

// A moment is the state of a transaction between two of its writes, kept for
// the sequences that began in it. It is copied only if a write comes while one
// of them is still going.
type moment struct {
	open int // sequences that have begun and not ended
	kept *Snapshot
}

func (tx *Txn) hold() *moment {
	if tx.moment == nil {
		tx.moment = &moment{}
	}
	tx.moment.open++
	return tx.moment
}

func (m *moment) release() {
	if m != nil {
		m.open--
	}
}

// reader returns what to read the moment by: now, as long as nothing has been
// written since.
func (m *moment) reader(now Reader) Reader {
	if m == nil || m.kept == nil {
		return now
	}
	return m.kept
}

// keepMoment is called before anything changes.
func (tx *Txn) keepMoment() {
	if tx.moment == nil || tx.moment.open == 0 {
		return
	}
	tx.moment.kept = &Snapshot{db: tx.db, mem: tx.mem.Snapshot(), hot: tx.hot.publish()}
	tx.moment = nil
}
