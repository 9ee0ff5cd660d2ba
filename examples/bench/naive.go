package main

import (
	"context"
	"slices"

	"github.com/hashicorp/go-memdb"
)

// naive is go-memdb as one would first use it: each number is a row, a hold is
// ten rows that carry its identifier, and indexes find the rest.
type naive struct {
	clock *clock
	ids   holdIDs
	db    *memdb.MemDB
}

func openNaive(_ context.Context, s setting) (contender, error) { return &naive{clock: s.clock}, nil }

func (d *naive) found(context.Context, int, int) (err error) {
	d.db, err = memdb.NewMemDB(naiveSchema())
	return err
}

// rowsPerWrite bounds a transaction: go-memdb's commit gets slow by leaps where
// one transaction has touched many thousands of nodes.
const rowsPerWrite = 1000

func (d *naive) load(ctx context.Context, s stock) error {
	var batch []naiveRow
	write := func() error {
		err := d.write(batch)
		batch = batch[:0]
		return err
	}
	for r := range s.rows(d.clock.now()) {
		batch = append(batch, naiveRow{number: r.number, area: r.area, tenant: r.tenant, hold: r.hold, ends: r.ends})
		if len(batch) == rowsPerWrite {
			if err := write(); err != nil {
				return err
			}
		}
	}
	return write()
}

// write puts rows in one transaction.
func (d *naive) write(rows []naiveRow) error {
	txn := d.db.Txn(true)
	defer txn.Abort()
	if err := put(txn, rows); err != nil {
		return err
	}
	txn.Commit()
	return nil
}

func put(txn *memdb.Txn, rows []naiveRow) error {
	for i := range rows {
		r := rows[i] // what is stored is never written to again
		if err := txn.Insert(naiveTable, &r); err != nil {
			return err
		}
	}
	return nil
}

// reserve reads all before it writes: half the cost of doing it in turn.
func (d *naive) reserve(_ context.Context, tenant, area int) (hold, error) {
	txn := d.db.Txn(true)
	defer txn.Abort()
	changed, err := d.due(txn, duePerReserve*ten)
	if err != nil {
		return hold{}, err
	}
	free, err := find(txn, "free", ten, area)
	if err != nil {
		return hold{}, err
	}
	if len(free) < ten { // perhaps what has run out makes up for it
		if changed, err = d.due(txn, len(changed)+duePerSweep*ten); err != nil {
			return hold{}, err
		}
		for _, r := range changed {
			if r.area == area && len(free) < ten {
				free = append(free, r)
			}
		}
		if len(free) < ten {
			return hold{}, errShort
		}
	}
	h := hold{id: d.ids.next(), tenant: tenant, area: area}
	for _, r := range free {
		h.numbers = append(h.numbers, r.number)
		r.tenant, r.hold, r.ends = tenant, h.id, d.clock.now()+int64(holdFor)
		changed = slices.DeleteFunc(changed, func(c naiveRow) bool { return c.number == r.number })
		changed = append(changed, r)
	}
	if err := put(txn, changed); err != nil {
		return hold{}, err
	}
	txn.Commit()
	return h, nil
}

// due returns up to most rows of holds that have run out, as they are when free.
func (d *naive) due(txn *memdb.Txn, most int) ([]naiveRow, error) {
	rows, err := txn.LowerBound(naiveTable, "due", int64(0))
	if err != nil {
		return nil, err
	}
	var due []naiveRow
	for x := rows.Next(); x != nil && len(due) < most; x = rows.Next() {
		r := *x.(*naiveRow)
		if r.ends > d.clock.now() {
			break
		}
		due = append(due, r.freed())
	}
	return due, nil
}

// find returns up to most rows, all of them for 0.
func find(txn *memdb.Txn, index string, most int, args ...any) ([]naiveRow, error) {
	rows, err := txn.Get(naiveTable, index, args...)
	if err != nil {
		return nil, err
	}
	var found []naiveRow
	for x := rows.Next(); x != nil; x = rows.Next() {
		found = append(found, *x.(*naiveRow))
		if len(found) == most {
			break
		}
	}
	return found, nil
}

func (d *naive) acquire(_ context.Context, h hold, numbers []uint64) error {
	txn := d.db.Txn(true)
	defer txn.Abort()
	rows, err := find(txn, "hold", 0, h.id)
	if err != nil {
		return err
	}
	wanted := 0
	for i, r := range rows {
		switch {
		case r.tenant != h.tenant || r.ends <= d.clock.now():
			return errRefused
		case slices.Contains(numbers, r.number):
			rows[i] = naiveRow{number: r.number, area: r.area, tenant: r.tenant, owned: true}
			wanted++
		default:
			rows[i] = r.freed()
		}
	}
	if wanted != len(numbers) {
		return errRefused
	}
	if err := put(txn, rows); err != nil {
		return err
	}
	txn.Commit()
	return nil
}

// change writes rows of numbers that a tenant owns, if change allows it for each.
func (d *naive) change(tenant int, numbers []uint64, change func(*memdb.Txn, *naiveRow) error) error {
	txn := d.db.Txn(true)
	defer txn.Abort()
	var rows []naiveRow
	for _, n := range numbers {
		found, err := find(txn, "id", 1, n)
		if err != nil {
			return err
		}
		if len(found) == 0 || !found[0].owned || found[0].tenant != tenant {
			return errRefused
		}
		r := found[0]
		if err := change(txn, &r); err != nil {
			return err
		}
		rows = append(rows, r)
	}
	if err := put(txn, rows); err != nil {
		return err
	}
	txn.Commit()
	return nil
}

func (d *naive) assign(_ context.Context, tenant int, number uint64, person int) error {
	return d.change(tenant, []uint64{number}, func(txn *memdb.Txn, r *naiveRow) error {
		others, err := find(txn, "person", 1, tenant, person+1)
		if err != nil {
			return err
		}
		if r.person != 0 || len(others) > 0 {
			return errRefused
		}
		r.person = person + 1
		return nil
	})
}

func (d *naive) unassign(_ context.Context, tenant int, number uint64, person int) error {
	return d.change(tenant, []uint64{number}, func(_ *memdb.Txn, r *naiveRow) error {
		if r.person != person+1 {
			return errRefused
		}
		r.person = 0
		return nil
	})
}

func (d *naive) release(_ context.Context, h hold, numbers []uint64) error {
	return d.change(h.tenant, numbers, func(_ *memdb.Txn, r *naiveRow) error {
		if r.person != 0 {
			return errRefused
		}
		*r = r.freed()
		return nil
	})
}

func (d *naive) sweep(context.Context) (bool, error) {
	due, err := d.due(d.db.Txn(false), rowsPerWrite)
	if err != nil || len(due) == 0 {
		return false, err
	}
	// Read again where nobody else can write in between.
	txn := d.db.Txn(true)
	defer txn.Abort()
	if due, err = d.due(txn, rowsPerWrite); err != nil {
		return false, err
	}
	if err := put(txn, due); err != nil {
		return false, err
	}
	txn.Commit()
	return len(due) == rowsPerWrite, nil
}

func (d *naive) count(context.Context) (t tally, err error) {
	rows, err := find(d.db.Txn(false), "id", 0)
	for _, r := range rows {
		switch {
		case r.owned:
			t.Owned++
			if r.person != 0 {
				t.Assigned++
			}
		case r.ends > d.clock.now():
			t.Held++
		default:
			t.Free++
		}
	}
	return t, err
}

func (d *naive) bytes(context.Context) (int64, error) { return heapInUse(), nil }
func (d *naive) close() error                         { return nil }
