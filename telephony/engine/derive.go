package engine

import (
	"bytes"
	"iter"
	"slices"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

// derived is what follows from the rows of one tenant's numbers: the tallies, and
// the lists by which the numbers are found.
type derived struct {
	tallies  []tallyRow
	postings []postingRow
}

// derivedRows yields, tenant by tenant, what follows from the rows of numbers,
// each part in the order of its keys.
func derivedRows(t *tables, rows memtable.Reader) iter.Seq[derived] {
	return func(yield func(derived) bool) {
		for a := range t.accounts.Prefix(rows, nil) {
			if d := deriveTenant(t, rows, a.Tenant); !yield(d) {
				return
			}
		}
	}
}

func deriveTenant(t *tables, rows memtable.Reader, tenant uint32) (d derived) {
	tallies := map[shelf]int{}
	postings := map[string]int{}
	for n := range t.numbers.Prefix(rows, accountKey(tenant)) {
		on := shelf{n.Area, n.Kind}
		at, known := tallies[on]
		if !known {
			at = len(d.tallies)
			tallies[on] = at
			d.tallies = append(d.tallies, tallyRow{Tenant: tenant, shelf: on})
		}
		d.tallies[at].Counts[n.state()]++
		base, offset := postingOf(n.Number)
		lists := n.lists(nil)
		if n.Marked {
			if m, there := t.marks.Get(rows, numberKey(tenant, n.Number)); there {
				lists = m.lists(lists)
			}
		}
		for _, l := range lists {
			key := string(postingKey(tenant, l, base))
			at, known := postings[key]
			if !known {
				at = len(d.postings)
				postings[key] = at
				d.postings = append(d.postings, postingRow{Tenant: tenant, list: l, Base: base})
			}
			d.postings[at].Offsets = append(d.postings[at].Offsets, offset)
		}
	}
	slices.SortFunc(d.tallies, func(a, b tallyRow) int { return a.shelf.compare(b.shelf) })
	slices.SortFunc(d.postings, func(a, b postingRow) int {
		return bytes.Compare(postingKey(tenant, a.list, a.Base), postingKey(tenant, b.list, b.Base))
	})
	return d
}

// derive writes what follows from the rows of people and numbers into a database
// that has none of it.
func (t *tables) derive(db *memtable.DB) error {
	if err := t.deriveLosses(db); err != nil {
		return err
	}
	for d := range derivedRows(t, db.Snapshot()) {
		for part := range slices.Chunk(d.postings, rowsTogether) {
			if err := storeAll(db, t.postings, part); err != nil {
				return err
			}
		}
		if err := storeAll(db, t.tallies, d.tallies); err != nil {
			return err
		}
	}
	return nil
}

// deriveLosses has the numbers of people who lack a licence say when they are lost.
func (t *tables) deriveLosses(db *memtable.DB) error {
	rows, tx := db.Snapshot(), db.Begin()
	defer tx.Abort()
	for p := range t.people.Prefix(rows, nil) {
		if n, ok := t.numbers.Get(rows, numberKey(p.Tenant, p.Number)); ok && p.Lapse.Missing != 0 {
			n.Lost = p.Lapse.Until
			if err := t.numbers.Replace(tx, n); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

func storeAll[R any](db *memtable.DB, t *memtable.Table[R], rows []R) error {
	tx := db.Begin()
	defer tx.Abort()
	for _, row := range rows {
		if err := t.Insert(tx, row); err != nil {
			return err
		}
	}
	return tx.Commit()
}
