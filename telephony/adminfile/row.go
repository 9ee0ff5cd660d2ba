package adminfile

import (
	"strings"

	"example.com/callingplan/telephony"
)

// row reads the cells of one row, and everything that is wrong with them. A
// broken row has none.
func (r *Reader[T]) row(cells []string, broken *telephony.Error) (Row[T], error) {
	row := Row[T]{Line: r.sheet.line}
	if broken != nil {
		return row, broken
	}
	b := rowBuilder[T]{reader: r, row: &row, cells: cells}
	b.checkWidth(cells)
	for i, c := range r.columns {
		if i < len(cells) {
			b.cell(i, c, cells[i])
		}
	}
	if r.format.finish != nil {
		for _, m := range r.format.finish(&row.Value, b.text, r.options) {
			b.misfit(m)
		}
	}
	if len(b.problems) > 0 {
		return row, telephony.Join(b.problems)
	}
	return row, nil
}

// rowBuilder fills a row.
type rowBuilder[T any] struct {
	reader   *Reader[T]
	row      *Row[T]
	cells    []string
	problems []*telephony.Error
}

// checkWidth compares the count of cells with that of columns. Empty cells
// beyond the last column are what a spreadsheet leaves behind, and cells that may
// be empty are what people leave off at the end.
func (b *rowBuilder[T]) checkWidth(cells []string) {
	width := len(b.reader.columns)
	figures := []telephony.Figure{{Name: "cells", Value: int64(len(cells))}, {Name: "columns", Value: int64(width)}}
	switch lacking := b.lacking(cells); {
	case lacking != "":
		b.problems = append(b.problems, &telephony.Error{Code: ErrRowShort, Line: b.row.Line, Field: lacking, Figures: figures,
			Detail: "the row ends before a cell that must be filled", Fix: "fill it in, and those before it, empty ones too"})
	case len(cells) > width && !isBlank(cells[width:]):
		e := &telephony.Error{Code: ErrRowWide, Detail: "the row has more cells than the header", Figures: figures,
			Fix: "quote a cell that has the separator in it"}
		e.Line, e.Column = b.reader.sheet.place(width)
		b.problems = append(b.problems, e)
		for i := width; i < len(cells); i++ {
			b.row.Refused = append(b.row.Refused, Cell{Text: cells[i]})
		}
	}
}

// lacking returns the first column that must be filled and that the row ends
// before; none if there is none.
func (b *rowBuilder[T]) lacking(cells []string) string {
	for _, c := range b.reader.columns[min(len(cells), len(b.reader.columns)):] {
		if c >= 0 && b.reader.format.columns[c].required {
			return b.reader.format.columns[c].name
		}
	}
	return ""
}

// cell reads the cell at i into the format's column c, -1 for an unknown one.
func (b *rowBuilder[T]) cell(i, c int, typed string) {
	text := fuse(typed)
	if c < 0 {
		if err := checkEncoding(text); err != nil {
			b.refuse(i, b.name(i), typed, err)
		} else if text != "" {
			b.row.Extra = append(b.row.Extra, Cell{Column: b.name(i), Text: text})
		}
		return
	}
	column := b.reader.format.columns[c]
	err := checkEncoding(text)
	switch {
	case err != nil:
	case strings.TrimSpace(text) != "":
		err = column.read(&b.row.Value, text, b.reader.options)
	case column.required:
		err = &telephony.Error{Code: ErrCellEmpty, Detail: "the cell is empty", Fix: "fill it in"}
	}
	if err != nil {
		b.refuse(i, column.name, typed, err)
	}
}

func (b *rowBuilder[T]) name(i int) string {
	if i < len(b.reader.header.Columns) {
		return b.reader.header.Columns[i]
	}
	return ""
}

// refuse adds a problem of the cell at i, or a notice.
func (b *rowBuilder[T]) refuse(i int, name, typed string, err *telephony.Error) {
	at := *err
	at.Field = name
	at.Line, at.Column = b.reader.sheet.place(i)
	if at.Code == ErrListLost {
		b.row.Notices = append(b.row.Notices, &at)
		return
	}
	b.problems = append(b.problems, &at)
	b.row.Refused = append(b.row.Refused, Cell{Column: name, Text: typed})
}

// misfit adds a problem of the row as a whole, at the column's cell if the file
// has it.
func (b *rowBuilder[T]) misfit(m misfit) {
	if i := b.find(m.column); i >= 0 {
		b.refuse(i, m.column, b.cells[i], m.err)
		return
	}
	m.err.Field, m.err.Line = m.column, b.row.Line
	b.problems = append(b.problems, m.err)
}

// text returns what stands in a column of the format; nothing if the file or
// the row lacks it.
func (b *rowBuilder[T]) text(column string) string {
	if i := b.find(column); i >= 0 {
		return strings.TrimSpace(fuse(b.cells[i]))
	}
	return ""
}

// find returns the index of the cell of a column, -1 if there is none.
func (b *rowBuilder[T]) find(column string) int {
	for i, c := range b.reader.columns {
		if c >= 0 && i < len(b.cells) && b.reader.format.columns[c].name == column {
			return i
		}
	}
	return -1
}
