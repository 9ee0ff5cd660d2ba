package engine

import (
	"encoding/base64"
	"iter"

	"example.com/callingplan/telephony"
)

// Cursor marks a place in a list that the next page starts behind. It stays
// valid while the data changes, and means nothing else: it is to be passed
// back as it came. The empty Cursor is the start.
type Cursor string

// Page is a part of a list.
type Page[T any] struct {
	Items []T
	Next  Cursor // where the next page starts; empty at the end
	// Scanned is how many rows were looked at for it. A page that has looked at
	// MaxScan of them ends there, full or not, even if it has found nothing, and
	// Next goes on behind them.
	Scanned int
}

// MaxPage is the most items of a page; DefaultPage what 0 gives.
const (
	MaxPage     = 1000
	DefaultPage = 100
)

// maxKey is the longest key of an item: an identifier and a moment.
const maxKey = telephony.MaxIDLength + 24

// encodeCursor makes the cursor of an item that is found again by its key.
func encodeCursor(key string) Cursor {
	return Cursor(base64.RawURLEncoding.EncodeToString([]byte(key)))
}

// key is the way back. Its error is ErrCursor.
func (c Cursor) key() (string, error) {
	key, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(key) > maxKey {
		return "", refuse(ErrCursor, "cursor", "the cursor is not one that a page gave", "start over with an empty one")
	}
	return string(key), nil
}

// number returns the number that the cursor of a list of numbers stands behind,
// none at the start. Its error is ErrCursor.
func (c Cursor) number() (telephony.Number, error) {
	key, err := c.key()
	if err != nil || c == "" {
		return telephony.Number{}, err
	}
	last, err := telephony.ParseDigits(key)
	if err != nil {
		return telephony.Number{}, refuse(ErrCursor, "cursor", "the cursor is not one of a list of numbers", "start over with an empty one")
	}
	return last, nil
}

// word returns the word of the first number behind the cursor of a list of
// numbers. Its error is ErrCursor.
func (c Cursor) word() (uint64, error) {
	last, err := c.number()
	if err != nil || !last.IsValid() {
		return 0, err
	}
	return last.Word() + 1, nil
}

// checkSize reports what is wrong with the size of a page, and says what 0 means.
func checkSize(size int) (int, error) {
	if size == 0 {
		return DefaultPage, nil
	}
	if size < 0 || size > MaxPage {
		return 0, &telephony.Error{Code: ErrRequest, Field: "size", Detail: "the size of a page is out of bounds",
			Figures: []telephony.Figure{{Name: "asked", Value: int64(size)}, {Name: "most", Value: MaxPage}}}
	}
	return size, nil
}

// pageOf cuts a page of up to size items out of rows that start behind the
// cursor. item makes an item of a row, or reports that it does not match; key
// finds a row again. It looks at up to MaxScan rows, and a page that is full
// before goes on looking, so that its Next is empty where nothing else matches.
func pageOf[R, T any](rows iter.Seq[R], size int, key func(R) string, item func(R) (T, bool)) (Page[T], error) {
	var p Page[T]
	size, err := checkSize(size)
	if err != nil {
		return p, err
	}
	var last R
	for row := range rows {
		if p.Scanned == MaxScan {
			p.Next = encodeCursor(key(last))
			break
		}
		one, ok := item(row)
		if ok && len(p.Items) == size {
			p.Next = encodeCursor(key(last))
			break
		}
		if ok {
			p.Items = append(p.Items, one)
		}
		last = row
		p.Scanned++
	}
	return p, nil
}

// every makes items of rows that match all and are items themselves.
func every[T any](row T) (T, bool) { return row, true }
