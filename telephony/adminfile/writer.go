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
		cells, problems := f.cells(&row, o)
		if len(problems) > 0 {
			return out.stop(problems)
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

// cells returns the cells of a row, and everything that keeps it from being
// written.
func (f format[T]) cells(row *T, o options) (cells []string, problems []*telephony.Error) {
	refuse := func(column string, err *telephony.Error) {
		named := *err
		named.Field = column
		problems = append(problems, &named)
	}
	for _, c := range f.columns {
		text, err := c.write(row, o)
		switch {
		case err != nil:
			refuse(c.name, err)
		case text == "" && c.required:
			refuse(c.name, &telephony.Error{Code: ErrCellEmpty, Detail: "the row lacks it, and would not be read back", Fix: "fill it in"})
		}
		cells = append(cells, text)
	}
	for _, c := range f.foreign {
		if text, err := c.write(row, o); err != nil || text != "" {
			refuse(c.name, &telephony.Error{Code: ErrColumnForeign, Detail: "this kind of file has no column for it", Fix: "leave the field empty"})
		}
	}
	return cells, problems
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

// stop ends the file before a row that cannot be written.
func (t *table) stop(problems []*telephony.Error) error {
	if err := t.flush(); err != nil {
		return err
	}
	for _, p := range problems {
		p.Line = t.lines + 1
	}
	return telephony.Join(problems)
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
