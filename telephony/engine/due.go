package engine

import (
	"cmp"
	"iter"
	"math"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
	"example.com/callingplan/telephony/engine/internal/ordered"
)

// dueRow leads to an open reservation by when it runs out, once for each shelf
// that it has numbers of. The rows follow from the reservations and stand in no
// table: nearly every command adds one or takes one away, at a fraction of what
// a table costs.
type dueRow struct {
	at   int64 // when it runs out
	area uint32
	// mark is the kind and below it as much of the tenant's ordinal as fits: most rows
	// are told apart by it, without a look at their reservations.
	mark uint32
	*reservationRow
}

// How many bits of a mark are the kind's, and the tenant's.
const (
	kindBits   = 3
	tenantBits = 32 - kindBits

	_ = uint(1<<kindBits - 1 - telephony.TollFreeNumber) // all kinds fit, or this does not compile
)

func newDueRow(r *reservationRow, on shelf) dueRow {
	return dueRow{r.Expires, on.Area, uint32(on.Kind)<<tenantBits | r.Tenant&(1<<tenantBits-1), r}
}

func (r dueRow) shelf() shelf { return shelf{r.area, telephony.Kind(r.mark >> tenantBits)} }

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
	switch {
	case r.second() != other.second() || r.shelf() != other.shelf():
		return r.compareTo(other.second(), other.shelf())
	case r.at != other.at:
		return cmp.Compare(r.at, other.at)
	case r.mark != other.mark:
		return cmp.Compare(r.mark, other.mark)
	}
	return cmp.Or(cmp.Compare(r.Tenant, other.Tenant), cmp.Compare(r.ID, other.ID))
}

// compareTo compares the row with the place where those of a shelf begin that
// run out within a second.
func (r dueRow) compareTo(second int64, on shelf) int {
	if c := cmp.Compare(r.second(), second); c != 0 {
		return c
	}
	return r.shelf().compare(on)
}

// dueRowsOf yields the rows of a reservation.
func dueRowsOf(r *reservationRow) iter.Seq[dueRow] {
	return func(yield func(dueRow) bool) {
		for _, on := range r.Shelves {
			if !yield(newDueRow(r, on)) {
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
				if row.second() != second || row.shelf() != on || row.at > now {
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
