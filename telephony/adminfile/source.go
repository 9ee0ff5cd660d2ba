package adminfile

import (
	"errors"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"example.com/callingplan/telephony"
)

// newSource returns the file as UTF-8: without its byte order mark, and decoded
// where the mark is one of UTF-16, as Windows PowerShell writes files. What
// cannot be decoded becomes U+FFFD, which no cell may hold.
func newSource(r io.Reader, limit int64) io.Reader {
	return transform.NewReader(&bounded{in: r, left: limit, limit: limit}, unicode.BOMOverride(transform.Nop))
}

// bounded ends with an error once more than limit bytes have come.
type bounded struct {
	in          io.Reader
	left, limit int64
	idle        int // reads in a row that gave nothing
}

// maxIdle is how often a source may give nothing before it counts as broken.
const maxIdle = 100

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if n < 0 || n > len(p) {
		return 0, errors.New("the source says it read more than it was asked for")
	}
	if b.left -= int64(n); b.left < 0 {
		return 0, &telephony.Error{Code: ErrFileBytes, Detail: "the file is larger than is read",
			Figures: []telephony.Figure{{Name: "most bytes", Value: b.limit}}, Fix: "cut it into several files, or raise the limit"}
	}
	if n > 0 || err != nil {
		b.idle = 0
		return n, err
	}
	if b.idle++; b.idle >= maxIdle {
		return 0, io.ErrNoProgress
	}
	return 0, nil
}

// readError brings an error of the source to the one type.
func readError(err error, line int) *telephony.Error {
	var e *telephony.Error
	if errors.As(err, &e) && e.Code == ErrFileBytes {
		at := *e
		at.Line = line
		return &at
	}
	return &telephony.Error{Code: ErrFileRead, Line: line, Err: err, Detail: "the file cannot be read to its end", Fix: "read it again"}
}
