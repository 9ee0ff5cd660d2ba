package engine

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"

	"example.com/callingplan/telephony/engine/internal/memtable"
)

// exportLine is one line of an export; one of its parts is set. The first line
// is the header, the last the end.
type exportLine struct {
	Header *snapshotHeader  `json:"header,omitempty"`
	Table  string           `json:"table,omitempty"`
	Row    any              `json:"row,omitempty"`
	Entry  *wireEntry       `json:"entry,omitempty"`
	End    *snapshotTrailer `json:"end,omitempty"`
}

// Export writes what Snapshot does for people to read, as lines of JSON: a
// header, a line for every row and every entry of the log that is kept, and the
// counts. Times are in nanoseconds since 1970. WithExport reads it back.
//
// Errors: ErrRequest for a nil context; ErrDenied; those of the writer.
func (p *Provider) Export(ctx context.Context, out io.Writer) error {
	if err := p.caller().allow(ctx, OpSnapshot); err != nil {
		return err
	}
	m := p.engine.machine
	now := m.now.Load()
	buffered := bufio.NewWriterSize(out, 1<<16)
	enc := json.NewEncoder(buffered)
	enc.SetEscapeHTML(false)
	lines := m.exportLines(now)
	for line := range lines {
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

func (m *Machine) exportLines(now *moment) func(yield func(exportLine) bool) {
	entries, _ := now.history.between(0, now.index)
	return func(yield func(exportLine) bool) {
		header := snapshotHeader{Format: snapshotFormat, Index: now.index, Time: now.time, Chain: now.chain,
			Settings: configureWith(*now.settings)}
		if !yield(exportLine{Header: &header}) {
			return
		}
		var end snapshotTrailer
		for table, row := range m.tables.stateRows(now) {
			if !yield(exportLine{Table: table, Row: row}) {
				return
			}
			end.Rows++
		}
		for e := range entries {
			entry := newWireEntry(e)
			if !yield(exportLine{Entry: &entry}) {
				return
			}
			end.Entries++
		}
		yield(exportLine{End: &end})
	}
}

// restoreExport makes the state what Export wrote. Its errors are those of
// Restore, with the place in lines.
func (m *Machine) restoreExport(in io.Reader) error {
	db, err := memtable.Open(m.tables.schema)
	if err != nil {
		return err
	}
	r := &restorer{tables: m.tables, db: db, history: newHistory(), in: &countingReader{in: in, sum: sha256.New()}}
	if err := r.readLines(); err != nil {
		return err
	}
	return m.become(r)
}

// importLine is an exportLine to be read, its row still as it was written.
type importLine struct {
	exportLine
	Row json.RawMessage `json:"row,omitempty"`
}

func (r *restorer) readLines() error {
	dec := json.NewDecoder(r.in)
	r.tx = r.db.Begin()
	defer func() { r.tx.Abort() }()
	dec.DisallowUnknownFields()
	for r.line = 1; ; r.line++ {
		var line importLine
		if err := dec.Decode(&line); err != nil {
			return r.damaged("a line cannot be read, or the last one is missing", nil)
		}
		if (r.line == 1) != (line.Header != nil) {
			return r.damaged("the header is not the first line", nil)
		}
		switch {
		case line.Header != nil:
			r.header = *line.Header
			if err := r.checkHeader(); err != nil {
				return err
			}
		case line.Entry != nil:
			if err := r.entryPart(*line.Entry); err != nil {
				return err
			}
		case line.End != nil:
			if _, err := dec.Token(); err != io.EOF {
				return r.damaged("something follows the end", nil)
			}
			return r.endLines(*line.End)
		default:
			if err := r.rowLine(line); err != nil {
				return err
			}
		}
	}
}

func (r *restorer) rowLine(line importLine) error {
	load, known := r.tables.load[line.Table]
	if !known {
		return r.damaged("a row is of an unknown table", nil)
	}
	return r.store(line.Table, load, func(into any) error {
		strict := json.NewDecoder(bytes.NewReader(line.Row))
		strict.DisallowUnknownFields()
		return strict.Decode(into)
	})
}

func (r *restorer) endLines(end snapshotTrailer) error {
	if end != r.counted || r.pending != nil {
		return r.damaged("the counts do not match", nil)
	}
	if err := r.tx.Commit(); err != nil {
		return r.damaged("a row cannot be stored", err)
	}
	if r.history.next != r.header.Index+1 {
		r.history.skipTo(r.header.Index + 1)
	}
	return nil
}
