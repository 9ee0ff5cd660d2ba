// Package adminfile has types that mask nothing in a log, and some that do.
package adminfile

import "log/slog"

type Number struct{ word uint64 }

func (n Number) LogValue() slog.Value { return slog.StringValue("***") }

type Owner string

func (o Owner) LogValue() slog.Value { return slog.StringValue("***") }

type Assignment struct { // mask "Assignment has no LogValue and shows a telephony/adminfile.Number in Number"
	Number Number
	Line   int
}

type Plan struct { // mask "Plan has no LogValue and shows a telephony/adminfile.Number in Number in Rows"
	Rows []Assignment
}

type Numbers []Number // mask "Numbers has no LogValue and shows a telephony/adminfile.Number"

type Counts map[Number]int // mask "Counts has no LogValue and shows a telephony/adminfile.Number"

type Node struct { // mask "Node has no LogValue and shows a telephony/adminfile.Number in Number"
	Next   *Node
	Number Number
}

type Note struct{ Text string } // mask "Note has no LogValue and shows the text of Text"

type Page[T any] struct { // mask "Page has no LogValue and shows a telephony/adminfile.Number in last"
	Items []T
	last  Number
}

// Masked does what it should, but for the last three.
type Masked struct {
	Number  Number
	Numbers []Number
	Note    string
	Owner   Owner
}

func (m Masked) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", m.Number), slog.Int("noted", len(m.Note)),
		slog.Any("numbers", m.Numbers),        // mask "a LogValue logs a telephony/adminfile.Number"
		slog.String("note", m.Note),           // mask "a LogValue logs the text of Note"
		slog.String("owner", string(m.Owner))) // mask "a LogValue logs in plain a telephony/adminfile.Owner"
}

// What follows shows nothing.

type Place struct{ City, Region string }

type Outcome struct {
	Err   error
	plain string
	to    *Number
	kept  []*Number
}

type Handle struct{ Masked }

type unexported struct{ Number Number }

var _ = []any{Outcome{}.plain, Outcome{}.to, Outcome{}.kept, Page[int]{}.last, unexported{}}
