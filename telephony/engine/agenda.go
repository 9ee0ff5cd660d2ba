package engine

import (
	"slices"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

// agenda is the beginning of the table of what is due, kept at hand: nearly
// every command asks what runs out next, and searching a table that the
// transaction has written to has it copy again what it had copied.
//
// It follows from the table and is no part of the state. It says of the rows up
// to its last one exactly what the table says.
type agenda struct {
	rows []dueRow
	all  bool // there are no others behind them
}

// How many rows are read at once, and how many are kept at most between
// commands.
const (
	agendaRead = 64
	agendaMost = 1024
)

// insert takes note of a row that the table was given.
func (a *agenda) insert(r dueRow) {
	at, _ := a.find(r)
	if at < len(a.rows) || a.all {
		a.rows = slices.Insert(a.rows, at, r)
	}
}

// remove takes note of a row that the table has lost.
func (a *agenda) remove(r dueRow) {
	switch at, there := a.find(r); {
	case !there:
	case at == 0:
		a.rows = a.rows[1:]
	default:
		a.rows = slices.Delete(a.rows, at, at+1)
	}
}

func (a *agenda) find(r dueRow) (int, bool) {
	return slices.BinarySearchFunc(a.rows, r, dueRow.compare)
}

// upcoming yields what the table of what is due has, in its order.
func (a *agenda) upcoming(t *tables, r memtable.Reader) func(yield func(dueRow) bool) {
	return func(yield func(dueRow) bool) {
		for i := 0; ; i++ {
			if i == len(a.rows) && !a.all {
				a.read(t, r)
			}
			if i == len(a.rows) || !yield(a.rows[i]) {
				break
			}
		}
		if len(a.rows) > agendaMost {
			a.rows, a.all = slices.Clone(a.rows[:agendaMost]), false
		}
	}
}

// read adds rows behind the last one.
func (a *agenda) read(t *tables, r memtable.Reader) {
	var from memtable.Key
	if n := len(a.rows); n > 0 {
		from = a.rows[n-1].key().Next()
	}
	a.all = true
	room := agendaRead
	for row := range t.due.From(r, from) {
		if room == 0 {
			a.all = false
			return
		}
		a.rows = append(a.rows, row)
		room--
	}
}
