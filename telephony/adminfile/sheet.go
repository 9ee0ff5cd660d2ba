package adminfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"

	"example.com/callingplan/telephony"
)

// sheet reads the rows of a file as cells, each with its place. It is a
// csv.Reader that is given one record at a time, so that a broken one is known
// to end where its line does.
type sheet struct {
	records   *records
	separator rune
	csv       *csv.Reader // nil after a broken record: it may hold a part of it
	pending   feed
	line      int // of the record that was read last
	height    int // how many lines that record has
	fed       int // lines that csv was given before it

	wellFormed *regexp.Regexp // of a record with formulas; nil before the first one
}

// feed is a source that gives what it was handed, and then has no more for now.
type feed struct{ text []byte }

func (f *feed) Read(p []byte) (int, error) {
	if len(f.text) == 0 {
		return 0, io.EOF
	}
	n := copy(p, f.text)
	f.text = f.text[n:]
	return n, nil
}

// next returns the cells of the next row that is not blank. They are good until
// the next call. An error that is not final leaves the rows behind it to be
// read.
func (s *sheet) next() (cells []string, err *telephony.Error, final bool) {
	for {
		text, err := s.records.peek()
		switch {
		case errors.Is(err, ErrRowTooLong):
			s.line = s.records.line
			s.records.passLine()
			return nil, asError(err), false
		case errors.Is(err, io.EOF):
			return nil, nil, true
		case err != nil:
			return nil, asError(err), true
		}
		cells, broken := s.parse(text)
		if broken != nil {
			s.csv = nil
			text = text[:firstLine(text)]
		}
		s.records.pass(text)
		if broken != nil || !isBlank(cells) {
			return cells, broken, false
		}
	}
}

func firstLine(text []byte) int {
	for i, c := range text {
		if c == '\n' {
			return i + 1
		}
	}
	return len(text)
}

func isBlank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// parse reads one record. It gives no cells for an empty line.
func (s *sheet) parse(text []byte) ([]string, *telephony.Error) {
	s.line = s.records.line
	if len(bytes.TrimRight(text, "\r\n")) == 0 {
		return nil, nil // csv would look for the next line
	}
	if s.csv == nil {
		s.csv, s.fed, s.height = csv.NewReader(&s.pending), 0, 0
		s.csv.Comma, s.csv.FieldsPerRecord, s.csv.ReuseRecord = s.separator, -1, true
	}
	s.fed += s.height
	s.height = bytes.Count(text, []byte{'\n'})
	s.pending.text = text
	s.csv.LazyQuotes = s.hasTextFormulas(text)
	cells, err := s.csv.Read()
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		return nil, s.broken(broken)
	}
	return cells, asError(err)
}

// hasTextFormulas reports whether cells of a record are formulas such as
// ="+14255550100" that nobody quoted, and no cell else has a quote where none may
// be. Such a record reads as it stands.
func (s *sheet) hasTextFormulas(text []byte) bool {
	if !bytes.Contains(text, []byte(textFormula)) {
		return false
	}
	if s.wellFormed == nil {
		end := regexp.QuoteMeta(string(s.separator))
		cell := `(?:"(?:[^"]|"")*"|="[^"\r\n` + end + `]*"|[^"\r\n` + end + `]*)`
		s.wellFormed = regexp.MustCompile(`^` + cell + `(?:` + end + cell + `)*\r?\n?$`)
	}
	return s.wellFormed.Match(text)
}

// broken says what is wrong with a record as such.
func (s *sheet) broken(p *csv.ParseError) *telephony.Error {
	e := &telephony.Error{Code: ErrQuoteUnclosed, Line: s.line + p.StartLine - 1 - s.fed,
		Detail: "a quote is opened in this row and not closed", Fix: "close it, or write a quote inside a cell twice"}
	if errors.Is(p.Err, csv.ErrBareQuote) {
		e.Code, e.Line, e.Column = ErrQuoteStray, s.line+p.Line-1-s.fed, p.Column
		e.Detail, e.Fix = "a quote stands inside a cell that is not quoted", "quote the cell and write the quote inside it twice"
	}
	return e
}

// place returns where a cell of the row that was read last begins.
func (s *sheet) place(cell int) (line, column int) {
	line, column = s.csv.FieldPos(cell)
	return line - s.fed - 1 + s.line, column
}

// asError returns the one error type behind an error of this package.
func asError(err error) *telephony.Error {
	if err == nil {
		return nil
	}
	var e *telephony.Error
	if errors.As(err, &e) {
		return e
	}
	return readError(err, 0)
}
