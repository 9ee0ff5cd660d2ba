package adminfile

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"example.com/callingplan/telephony"
)

// resultFormat has the columns of a bulk assignment, with what was typed where
// that could not be read, between the line and what came of it.
func resultFormat() format[Result] {
	f := format[Result]{columns: []column[Result]{resultColumn("Line", func(r *Result) string { return strconv.Itoa(r.Line) })}}
	for _, c := range assignmentFormat().columns {
		f.columns = append(f.columns, column[Result]{name: c.name,
			write: func(from *Result, o options) (string, *telephony.Error) {
				for _, typed := range from.Typed {
					if typed.Column == c.name {
						return strings.ToValidUTF8(fuse(typed.Text), "\ufffd"), nil
					}
				}
				return c.write(&from.Assignment, o)
			}})
	}
	f.columns = append(f.columns,
		resultColumn("Result", func(r *Result) string { return r.State.String() }),
		resultColumn("Codes", func(r *Result) string {
			return join(r.Reasons, " ", func(e *telephony.Error) string { return string(e.Code) })
		}),
		resultColumn("Reasons", func(r *Result) string { return join(r.Reasons, " | ", (*telephony.Error).Error) }))
	return f
}

func resultColumn(name string, text func(*Result) string) column[Result] {
	return column[Result]{name: name, write: func(from *Result, _ options) (string, *telephony.Error) { return text(from), nil }}
}

func join(reasons []*telephony.Error, between string, text func(*telephony.Error) string) string {
	var parts []string
	for _, e := range reasons {
		parts = append(parts, text(e))
	}
	return strings.Join(parts, between)
}

// WriteResults writes what each row of a plan would do, or what came of it:
// Line, the columns of WriteAssignments, Result, Codes with blanks between, and
// Reasons in words, which mask people and numbers. ReadAssignments reads the
// file, so that what was refused can be put right and planned again.
//
// Errors, in order of precedence: ErrFileOption; ErrFileWrite; telephony.ErrID
// with the line of the first row whose identifiers are none, which no file has
// given, before which all are written.
func WriteResults(w io.Writer, results Results, options ...Option) error {
	return write(w, resultFormat(), slices.Values(results), options)
}
