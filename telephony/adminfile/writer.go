package adminfile

import (
	"encoding/csv"
	"io"
	"iter"

	"example.com/callingplan/telephony"
)

// byteOrderMark tells spreadsheets that the file is UTF-8.
const byteOrderMark = "\ufeff"

// write writes the header and the rows of a file. It stops at the first row
// that cannot be written.
func write[T any](w io.Writer, f format[T], rows iter.Seq[T], list []Option) error {
	o := newOptions(f.form, list)
	if err := o.check(); err != nil {
		return err
	}
	if w == nil || rows == nil {
		return &telephony.Error{Code: ErrFileWrite, Detail: "there is nothing to write, or nowhere to write it", Fix: "pass both"}
	}
	out := newTable(w, o)
	if !f.bare {
		out.write(f.names())
	}
	for row := range rows {
		cells, err := f.cells(&row, o)
		if err != nil {
			err.Line = out.lines + 1
			out.flush()
			return err
		}
		if !out.write(cells) {
			break
		}
	}
	return out.flush()
}

// names returns the columns' names.
func (f format[T]) names() []string {
	names := make([]string, len(f.columns))
	for i, c := range f.columns {
		names[i] = c.name
	}
	return names
}

// cells returns the cells of a row, or the first problem in writing them.
func (f format[T]) cells(row *T, o options) ([]string, *telephony.Error) {
	cells := make([]string, len(f.columns))
	for i, c := range f.columns {
		text, err := c.write(row, o)
		if err == nil && text == "" && c.required {
			err = &telephony.Error{Code: ErrCellEmpty, Detail: "the row lacks it, and would not be read back", Fix: "fill it in"}
		}
		if err != nil {
			at := *err
			at.Field = c.name
			return nil, &at
		}
		cells[i] = text
	}
	for _, c := range f.foreign {
		if text, err := c.write(row, o); err != nil || text != "" {
			return nil, &telephony.Error{Code: ErrColumnForeign, Field: c.name, Detail: "this kind of file has no column for it", Fix: "leave the field empty"}
		}
	}
	return cells, nil
}

// table writes cells in the style of a file.
type table struct {
	csv   *csv.Writer
	style Style
	lines int // written so far
	err   error
}

func newTable(w io.Writer, o options) *table {
	t := &table{csv: csv.NewWriter(w), style: o.style}
	if o.separator != 0 {
		t.csv.Comma = o.separator
	}
	if t.style.isForSpreadsheets() {
		_, t.err = io.WriteString(w, byteOrderMark)
	}
	return t
}

// write writes a row, and reports whether that went well so far.
func (t *table) write(cells []string) bool {
	if t.err != nil {
		return false
	}
	protect := defuse
	if !t.style.isForSpreadsheets() {
		protect = escape
	}
	for i := range cells {
		cells[i] = protect(cells[i])
	}
	t.lines++
	t.err = t.csv.Write(cells)
	return t.err == nil
}

func (t *table) flush() error {
	t.csv.Flush()
	if t.err == nil {
		t.err = t.csv.Error()
	}
	if t.err != nil {
		return &telephony.Error{Code: ErrFileWrite, Err: t.err, Detail: "the file cannot be written to its end", Fix: "write it again"}
	}
	return nil
}
