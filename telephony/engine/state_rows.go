package engine

import (
	"iter"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// The rows of the state are those of the tables, but for two things. The tables
// of what is due, of the tallies and of the postings are left out, since they
// follow from the others; and an account's reservations, which lie in its row, are
// rows of their own, behind all accounts, so that none grows beyond a frame.
const (
	dueTable      = "due"
	talliesTable  = "tallies"
	postingsTable = "postings"
	openRows      = "open"
	closedRows    = "closed"
)

// follows reports whether the rows of a table follow from those of others.
func follows(table string) bool {
	return table == dueTable || table == talliesTable || table == postingsTable
}

// stateRows yields all rows of a moment, each with the name it is written under.
func (t *tables) stateRows(m *moment) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		accounts := false
		for table, row := range m.db.Walk(m.snapshot) {
			if follows(table) {
				continue
			}
			if accounts && table != t.accounts.Name() {
				accounts = false
				if !t.yieldReservations(m, yield) {
					return
				}
			}
			accounts = accounts || table == t.accounts.Name()
			if !yield(table, row) {
				return
			}
		}
		if accounts {
			t.yieldReservations(m, yield)
		}
	}
}

// yieldReservations yields the reservations of all accounts, the open ones
// before the closed ones.
func (t *tables) yieldReservations(m *moment, yield func(string, any) bool) bool {
	for _, part := range []string{openRows, closedRows} {
		for a := range t.accounts.Prefix(m.snapshot, nil) {
			list := a.open
			if part == closedRows {
				list = a.closed
			}
			for _, r := range list {
				if !yield(part, *r) {
					return false
				}
			}
		}
	}
	return true
}

// stateTables returns the names that rows are written under.
func (t *tables) stateTables() []string {
	var names []string
	for _, name := range t.schema.Tables() {
		if !follows(name) {
			names = append(names, name)
		}
		if name == t.accounts.Name() {
			names = append(names, openRows, closedRows)
		}
	}
	return names
}

// loadOpen reads an open reservation into its account.
func (t *tables) loadOpen(tx *memtable.Txn, read func(into any) error) error {
	return t.loadReservation(tx, read, func(a *accountRow, r *reservationRow) error {
		a.addOpen(r)
		return t.insertDue(tx, r)
	})
}

// loadClosed reads a closed one.
func (t *tables) loadClosed(tx *memtable.Txn, read func(into any) error) error {
	return t.loadReservation(tx, read, func(a *accountRow, r *reservationRow) error {
		a.addClosed(r)
		return nil
	})
}

func (t *tables) loadReservation(tx *memtable.Txn, read func(into any) error, add func(*accountRow, *reservationRow) error) error {
	var r reservationRow
	if err := read(&r); err != nil {
		return encodingError(err)
	}
	a, ok := t.accounts.Get(tx, accountKey(r.Tenant))
	if !ok || a.reservation(r.ID) != nil {
		return &telephony.Error{Code: ErrSnapshotDamaged, Detail: "a reservation is of no tenant, or there twice"}
	}
	if err := add(&a, &r); err != nil {
		return err
	}
	return t.accounts.Replace(tx, a)
}

// loadRest reads numbers that rest.
func (t *tables) loadRest(tx *memtable.Txn, read func(into any) error) error {
	var r reservationRow
	if err := read(&r); err != nil {
		return encodingError(err)
	}
	if err := t.rests.Insert(tx, r); err != nil {
		return err
	}
	return t.insertDue(tx, &r)
}

func (t *tables) insertDue(tx *memtable.Txn, r *reservationRow) error {
	for _, on := range r.Shelves {
		row := dueRow{on, r}
		key := row.key()
		if r.dueKey == nil {
			r.dueKey = key
		}
		if err := t.due.InsertAt(tx, key, row); err != nil {
			return err
		}
	}
	return nil
}
