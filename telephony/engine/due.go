package engine

import (
	"cmp"
	"iter"
	"math"

	"example.com/callingplan/telephony/engine/internal/memtable"
	"example.com/callingplan/telephony/engine/internal/ordered"
)

// dueRow leads to an open reservation by when it runs out, once for each shelf
// that it has numbers of. The rows follow from the reservations and stand in no
// table: nearly every command adds one or takes one away, at a fraction of what
// a table costs.
type dueRow struct {
	at int64 // when it runs out, at hand to compare
	shelf
	*reservationRow
}

// dueRows are those of one moment, in order.
type dueRows = ordered.Set[dueRow]

func newDueRows() dueRows { return ordered.New(dueRow.compare) }

// dueSecond is the span in which reservations that run out stand together by
// shelf among those due. It makes one order serve two questions: what is due
// anywhere, span by span, and what is due on a shelf, one search a span.
const dueSecond = int64(1e9)

func (r dueRow) second() int64 { return r.at / dueSecond }

// compare orders the rows by second, within one by shelf, on one by when they
// run out.
func (r dueRow) compare(other dueRow) int {
	if c := r.compareTo(other.second(), other.shelf); c != 0 {
		return c
	}
	if c := cmp.Compare(r.at, other.at); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(r.Tenant, other.Tenant), cmp.Compare(r.ID, other.ID))
}

// compareTo compares the row with the place where those of a shelf begin that
// run out within a second.
func (r dueRow) compareTo(second int64, on shelf) int {
	if c := cmp.Compare(r.second(), second); c != 0 {
		return c
	}
	return r.shelf.compare(on)
}

// dueRowsOf yields the rows of a reservation.
func dueRowsOf(r *reservationRow) iter.Seq[dueRow] {
	return func(yield func(dueRow) bool) {
		for _, on := range r.Shelves {
			if !yield(dueRow{r.Expires, on, r}) {
				return
			}
		}
	}
}

// listDue lists anew what is due.
func listDue(t *tables, rows memtable.Reader) dueRows {
	e := newDueRows().Edit()
	add := func(r *reservationRow) {
		for row := range dueRowsOf(r) {
			e.Add(row)
		}
	}
	for r := range t.rests.Prefix(rows, nil) {
		add(&r)
	}
	for a := range t.accounts.Prefix(rows, nil) {
		for _, r := range a.open {
			add(r)
		}
	}
	return e.Publish()
}

// dueOn yields the open reservations with numbers of a shelf that have run out.
// It searches once for each second in which something ran out.
func dueOn(due dueRows, on shelf, now int64) iter.Seq[*reservationRow] {
	return func(yield func(*reservationRow) bool) {
		next, ok := firstDue(due, math.MinInt64)
		for ok && next.second() <= now/dueSecond {
			second := next.second()
			for row := range due.From(func(r dueRow) bool { return r.compareTo(second, on) < 0 }) {
				if row.second() != second || row.shelf != on || row.at > now {
					break
				}
				if !yield(row.reservationRow) {
					return
				}
			}
			next, ok = firstDue(due, second+1)
		}
	}
}

// firstDue returns the row that runs out first from a second on.
func firstDue(due dueRows, second int64) (dueRow, bool) {
	for row := range due.From(func(r dueRow) bool { return r.second() < second }) {
		return row, true
	}
	return dueRow{}, false
}
