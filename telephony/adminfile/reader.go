package adminfile

import (
	"io"
	"iter"
	"log/slog"
	"slices"

	"example.com/callingplan/telephony"
)

// Row is one row of a file.
type Row[T any] struct {
	Line  int // where it begins, from 1 on
	Value T   // what it says; of a refused row, what could be read of it
	// Extra are the filled cells of columns that the format does not know.
	Extra Cells
	// Refused are the cells that could not be read, as they were typed.
	Refused Cells
	// Notices are what should be known of a row that can be used all the same,
	// such as ErrListLost.
	Notices []*telephony.Error
}

// LogValue masks what the row says in structured logs.
func (r Row[T]) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("line", r.Line), slog.Any("value", r.Value), slog.Any("extra", r.Extra),
		slog.Any("refused", r.Refused), slog.Int("notices", len(r.Notices)))
}

// Rows are rows of a file. They log as their count: a plain slice would show
// them.
type Rows[T any] []Row[T]

// LogValue counts the rows.
func (r Rows[T]) LogValue() slog.Value { return slog.GroupValue(slog.Int("rows", len(r))) }

// Reader reads the rows of one file, once, from the first to the last. It keeps
// no more than a row in memory. It is made by ReadNumbers, ReadAssignments,
// ReadEntries, ReadAddresses and ReadStock, and is not safe for concurrent use.
type Reader[T any] struct {
	format  format[T]
	options options
	sheet   sheet
	header  Header
	columns []int     // of the format, for each of the header; -1 for an unknown one
	first   *firstRow // of a file that has no header
	started bool
	used    bool
	fault   *telephony.Error // why the file as a whole is refused
	rows    int
}

// firstRow is a row that was read to see whether it is a header.
type firstRow struct {
	cells []string
	err   *telephony.Error
	final bool
}

func newReader[T any](r io.Reader, f format[T], list []Option) *Reader[T] {
	read := &Reader[T]{format: f, options: newOptions(f.form, list)}
	if read.fault = read.options.check(); read.fault == nil && r == nil {
		read.fault = &telephony.Error{Code: ErrFileRead, Detail: "there is no file", Fix: "pass one"}
	}
	if read.fault == nil {
		read.sheet.records = newRecords(newSource(r, read.options.limits.Bytes), read.options.limits.RowBytes)
	}
	return read
}

// Header returns what the first line says. It may be called before the rows are
// read or after.
//
// Errors, in order of precedence: ErrFileOption; ErrFileEncoding; ErrFileRead,
// ErrFileBytes; ErrFileEmpty; ErrRowTooLong, ErrQuoteUnclosed or ErrQuoteStray for
// the first line; ErrLineEnds; ErrCellEncoding; ErrHeaderMissing; ErrHeaderWide;
// every one that applies of ErrColumnTwice and ErrColumnMissing.
func (r *Reader[T]) Header() (Header, error) {
	r.start()
	if r.fault != nil {
		return Header{}, r.fault
	}
	h := r.header
	h.Columns, h.Unknown = slices.Clone(h.Columns), slices.Clone(h.Unknown)
	return h, nil
}

// start reads as far as the header, the first time it is called.
func (r *Reader[T]) start() {
	if r.started || r.fault != nil {
		return
	}
	r.started = true
	if r.fault = r.sheet.records.passMarks(); r.fault != nil {
		return
	}
	found := r.sheet.records.preamble()
	if r.sheet.separator = r.options.separator; r.sheet.separator == 0 {
		r.sheet.separator = found
	}
	r.header.Separator = r.sheet.separator
	cells, err, final := r.sheet.next()
	r.fault = r.sheet.lineEnds(cells)
	switch {
	case r.fault != nil:
	case err == nil && r.format.knows(cells):
		r.take(cells)
	case r.format.bare:
		r.columns, r.first = []int{0}, &firstRow{cells, err, final}
	case err != nil:
		r.fault = err
	case final:
		r.fault = &telephony.Error{Code: ErrFileEmpty, Line: r.sheet.records.line, Detail: "the file has no header and no rows", Fix: "pass the file that was meant"}
	default:
		r.fault = r.sheet.noHeader(cells)
	}
}

// take makes the cells the header.
func (r *Reader[T]) take(cells []string) {
	columns, problems := r.format.match(&r.sheet, cells)
	if r.fault = telephony.Join(problems); r.fault != nil {
		return
	}
	r.columns = columns
	r.header.Line, r.header.Columns = r.sheet.line, slices.Clone(cells)
	for i, c := range columns {
		if c < 0 {
			r.header.Unknown = append(r.header.Unknown, cells[i])
		}
	}
}

// Rows yields every row in order. Blank rows are passed over. A row that is
// refused comes with everything that is wrong with it, each with its place, and
// the rows behind it follow all the same. An error with a zero Row is about the
// file and comes last: the errors of Header, then ErrFileUsed where the rows
// have been read before, ErrFileRead, ErrFileBytes and ErrFileRows.
//
// Errors of a row, every one that applies: ErrRowTooLong, ErrQuoteUnclosed or
// ErrQuoteStray alone; ErrRowShort, ErrRowWide; then by column ErrCellEncoding,
// ErrCellEmpty and those of the value.
func (r *Reader[T]) Rows() iter.Seq2[Row[T], error] {
	return func(yield func(Row[T], error) bool) {
		r.start()
		fault := r.fault
		if fault == nil && r.used {
			fault = &telephony.Error{Code: ErrFileUsed, Detail: "the rows have been read before", Fix: "make another reader"}
		}
		r.used = true
		for fault == nil {
			cells, err, final := r.next()
			if final && err == nil {
				return
			}
			if fault = r.count(err, final); fault != nil {
				break
			}
			row, problem := r.row(cells, err)
			if !yield(row, problem) {
				return
			}
		}
		yield(Row[T]{}, fault)
	}
}

// next returns the cells of the next row.
func (r *Reader[T]) next() (cells []string, err *telephony.Error, final bool) {
	if first := r.first; first != nil {
		r.first = nil
		return first.cells, first.err, first.final
	}
	return r.sheet.next()
}

// count counts a row, and returns what ends the file.
func (r *Reader[T]) count(err *telephony.Error, final bool) *telephony.Error {
	if final {
		return err
	}
	if r.rows++; r.rows > r.options.limits.Rows {
		return &telephony.Error{Code: ErrFileRows, Line: r.sheet.line, Detail: "the file has more rows than are read",
			Figures: []telephony.Figure{{Name: "most rows", Value: int64(r.options.limits.Rows)}}, Fix: "cut it into several files, or raise the limit"}
	}
	return nil
}

// All reads every row and returns those that can be used, and everything that
// is wrong with the others or with the file, in order. More problems than
// Limits.Problems are counted in a last one, ErrFileProblems.
//
// Errors: those of Rows.
func (r *Reader[T]) All() (Rows[T], error) {
	var rows Rows[T]
	var problems []*telephony.Error
	more := 0
	for row, err := range r.Rows() {
		if err == nil {
			rows = append(rows, row)
			continue
		}
		for _, p := range asError(err).All() {
			if len(problems) < r.options.limits.Problems || row.Line == 0 {
				problems = append(problems, p)
			} else {
				more++
			}
		}
	}
	if more > 0 {
		problems = append(problems, &telephony.Error{Code: ErrFileProblems, Detail: "there are more problems than are kept",
			Figures: []telephony.Figure{{Name: "more", Value: int64(more)}}, Fix: "mend these first, or raise the limit"})
	}
	if len(problems) > 0 {
		return rows, telephony.Join(problems)
	}
	return rows, nil
}
