package adminfile

import (
	"bytes"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// Header is what the first line of a file says.
type Header struct {
	Line      int      // where it stands; 0 if the file has none and needs none
	Separator rune     // what stands between cells
	Columns   []string // as they stand there
	// Unknown are the columns that the format does not know. Their cells are in
	// Row.Extra; nothing else reads them.
	Unknown []string
}

// fold brings a column's name to the form in which names are compared: without
// case, blanks and the signs that people put between words.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case strings.ContainsRune(" \t\u00a0_-./()", r):
			return -1
		}
		return r
	}, name)
}

// typeLine begins the first line that Export-Csv of Windows PowerShell writes.
const typeLine = "#TYPE"

// preamble passes what may stand before the header: the type that PowerShell
// writes and the separator that a spreadsheet is told of. It returns the
// separator, found out from the line behind if none is told.
func (r *records) preamble() rune {
	var told rune
	for {
		text, err := r.peek()
		if err != nil {
			return ',' // it comes again with the first row
		}
		line := bytes.Trim(text, "\" \t\r\n")
		switch rest, isTold := bytes.CutPrefix(line, []byte("sep=")); {
		case bytes.HasPrefix(line, []byte(typeLine)):
		case isTold && len(rest) == 1 && strings.IndexByte(separators, rest[0]) >= 0:
			told = rune(rest[0])
		case len(line) == 0: // a blank line
		case told != 0:
			return told
		default:
			return separatorOf(text)
		}
		r.pass(text)
	}
}

// passMarks passes the byte order marks that a file has more of than one, as some
// programs add one at each saving, and refuses UTF-16 that came without: no text of
// UTF-8 has a zero among its first bytes.
func (r *records) passMarks() *telephony.Error {
	for {
		start, _ := r.in.Peek(len(byteOrderMark)) // an error comes again with the first row
		switch {
		case string(start) == byteOrderMark:
			_, _ = r.in.Discard(len(start))
		case len(start) > 1 && (start[0] == 0 || start[1] == 0):
			return &telephony.Error{Code: ErrFileEncoding, Line: r.line, Detail: "the file is in UTF-16 and lacks the mark that says so", Fix: "save the file as CSV UTF-8"}
		default:
			return nil
		}
	}
}

// separatorOf returns the separator that stands most often in a line, outside
// of quotes.
func separatorOf(line []byte) rune {
	var count [len(separators)]int
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if i := strings.IndexByte(separators, c); i >= 0 && !quoted {
			count[i]++
		}
	}
	best := 0
	for i := range count {
		if count[i] > count[best] {
			best = i
		}
	}
	return rune(separators[best])
}

// maxColumns bounds how many columns a file may have.
const maxColumns = 1000

// match returns for each cell of a header the index of the format's column, -1
// for one that the format does not know, and everything wrong with the header.
func (f format[T]) match(s *sheet, cells []string) (columns []int, problems []*telephony.Error) {
	if len(cells) > maxColumns {
		return nil, []*telephony.Error{{Code: ErrHeaderWide, Line: s.line, Detail: "the header has more columns than are read",
			Figures: []telephony.Figure{{Name: "columns", Value: int64(len(cells))}, {Name: "most", Value: maxColumns}}, Fix: "leave some out"}}
	}
	seen := make([]bool, len(f.columns))
	for i, cell := range cells {
		at := f.find(cell)
		columns = append(columns, at)
		if at < 0 {
			continue
		}
		if seen[at] {
			e := &telephony.Error{Code: ErrColumnTwice, Field: f.columns[at].name, Detail: "two columns are for the same", Fix: "leave one out"}
			e.Line, e.Column = s.place(i)
			problems = append(problems, e)
		}
		seen[at] = true
	}
	for i, c := range f.columns {
		if c.required && !seen[i] {
			problems = append(problems, &telephony.Error{Code: ErrColumnMissing, Line: s.line, Field: c.name,
				Detail: "the file has no such column", Fix: "add it, with that name in the first line"})
		}
	}
	for _, names := range f.oneOf {
		if !slices.ContainsFunc(names, func(name string) bool { return seen[f.find(name)] }) {
			problems = append(problems, &telephony.Error{Code: ErrColumnMissing, Line: s.line, Field: names[0],
				Detail: "the file has none of the columns " + strings.Join(names, ", "), Fix: "add one, with that name in the first line"})
		}
	}
	return columns, problems
}

// find returns the index of the column with a name, -1 if there is none.
func (f format[T]) find(name string) int {
	name = fold(fuse(name))
	for i, c := range f.columns {
		if fold(c.name) == name {
			return i
		}
		for _, other := range c.also {
			if fold(other) == name {
				return i
			}
		}
	}
	return -1
}

// knows reports whether any of the cells names a column.
func (f format[T]) knows(cells []string) bool {
	for _, cell := range cells {
		if f.find(cell) >= 0 {
			return true
		}
	}
	return false
}

// lineEnds refuses a file of one endless line, as some programs of old wrote
// them: no cell of a first line holds a carriage return otherwise.
func (s *sheet) lineEnds(cells []string) *telephony.Error {
	for _, cell := range cells {
		if strings.ContainsRune(cell, '\r') {
			return &telephony.Error{Code: ErrLineEnds, Line: s.line, Detail: "the lines end with carriage returns alone", Fix: "save the file as CSV UTF-8"}
		}
	}
	return nil
}

// noHeader says why the cells of the first row are no header. In a file of
// another encoding no name can be recognised, which is worth saying instead.
func (s *sheet) noHeader(cells []string) *telephony.Error {
	for i, cell := range cells {
		if damaged := checkEncoding(cell); damaged != nil {
			damaged.Line, damaged.Column = s.place(i)
			return damaged
		}
	}
	return &telephony.Error{Code: ErrHeaderMissing, Line: s.line,
		Detail: "the first line names no column of this kind of file", Fix: "put the names of the columns into the first line"}
}
