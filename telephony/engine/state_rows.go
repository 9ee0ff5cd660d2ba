package engine

import (
	"iter"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// The rows of the state are those of the tables, but for two things. The tallies
// and the postings are left out, since they follow from the others; and an
// account's reservations, which lie in its row, are rows of their own, behind all
// accounts, so that none grows beyond a frame.
const (
	talliesTable  = "tallies"
	postingsTable = "postings"
	openRows      = "open"
	closedRows    = "closed"
)

// follows reports whether the rows of a table follow from those of others.
func follows(table string) bool { return table == talliesTable || table == postingsTable }

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
	return t.loadReservation(tx, read, func(a *accountRow, r *reservationRow) bool {
		a.addOpen(r)
		return true
	})
}

// loadClosed reads a closed one, behind those that ended before: that it comes in
// order makes that quick, however many there are.
func (t *tables) loadClosed(tx *memtable.Txn, read func(into any) error) error {
	return t.loadReservation(tx, read, func(a *accountRow, r *reservationRow) bool {
		n := len(a.closed)
		if n > 0 && !a.closed[n-1].endedBefore(r) {
			return false
		}
		a.addClosed(r)
		return true
	})
}

func (t *tables) loadReservation(tx *memtable.Txn, read func(into any) error, add func(*accountRow, *reservationRow) (inOrder bool)) error {
	var r reservationRow
	if err := read(&r); err != nil {
		return encodingError(err)
	}
	a, ok := t.accounts.Get(tx, accountKey(r.Tenant))
	if !ok || !add(&a, &r) {
		return &telephony.Error{Code: ErrSnapshotDamaged, Detail: "a reservation is of no tenant, or out of order"}
	}
	return t.accounts.Replace(tx, a)
}
