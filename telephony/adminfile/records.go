package adminfile

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"example.com/callingplan/telephony"
)

// records cuts a file into records: lines, or several lines where a quoted cell
// holds line ends. It looks no further ahead than the longest record, so that a
// quote that nobody closed costs its own line and not the rest of the file.
type records struct {
	in   *bufio.Reader // its size is that of the longest record
	line int           // of the record that comes next, from 1 on
}

func newRecords(r io.Reader, longest int) *records {
	return &records{in: bufio.NewReaderSize(r, longest), line: 1}
}

// peek returns the next record with its line end, without passing it. The text
// is good until the next call of peek or pass. A record whose last quote is not
// closed is cut at the end of its first line. The errors are ErrRowTooLong, for
// a row to be passed over by passLine, and those that end the file.
func (r *records) peek() (text []byte, err error) {
	scan := recordScan{}
	for {
		text, err := r.in.Peek(max(r.in.Buffered(), scan.at+1))
		if end := scan.next(text); end > 0 {
			return text[:end], nil
		}
		full, ended := errors.Is(err, bufio.ErrBufferFull), errors.Is(err, io.EOF)
		switch {
		case err == nil:
		case !full && !ended:
			return nil, readError(err, r.line)
		case scan.firstLine > 0:
			return text[:scan.firstLine], nil
		case full:
			return nil, r.tooLong()
		case len(text) == 0:
			return nil, io.EOF
		default:
			return text, nil
		}
	}
}

// recordScan looks for the end of a record.
type recordScan struct {
	at        int  // how much has been looked at
	quoted    bool // an odd count of quotes so far
	firstLine int  // the length of the first line; 0 while it has not ended
}

// next looks at what is new in text and returns the record's length, 0 if it
// has not ended. Within a quoted cell a quote is doubled, so that the count of
// quotes is even wherever a line end is not part of a cell.
func (s *recordScan) next(text []byte) int {
	for ; s.at < len(text); s.at++ {
		switch text[s.at] {
		case '"':
			s.quoted = !s.quoted
		case '\n':
			if s.firstLine == 0 {
				s.firstLine = s.at + 1
			}
			if !s.quoted {
				return s.at + 1
			}
		}
	}
	return 0
}

// pass goes on behind n bytes of the record that was peeked at.
func (r *records) pass(text []byte) {
	r.line += bytes.Count(text, []byte{'\n'})
	_, _ = r.in.Discard(len(text)) // they are in the buffer
}

// passLine goes over the rest of a line that the buffer does not hold.
func (r *records) passLine() {
	for {
		_, err := r.in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		r.line++
		return // another error comes again with the next peek
	}
}

func (r *records) tooLong() *telephony.Error {
	return &telephony.Error{Code: ErrRowTooLong, Line: r.line, Detail: "the row is longer than is read",
		Figures: []telephony.Figure{{Name: "most bytes", Value: int64(r.in.Size())}}, Fix: "shorten it, or raise the limit"}
}
