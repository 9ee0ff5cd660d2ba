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
}

// MaxPage is the most items of a page; DefaultPage what 0 gives.
const (
	MaxPage     = 1000
	DefaultPage = 100
)

// encodeCursor makes the cursor of an item that is found again by its key.
func encodeCursor(key string) Cursor {
	return Cursor(base64.RawURLEncoding.EncodeToString([]byte(key)))
}

// key is the way back. Its error is ErrCursor.
func (c Cursor) key() (string, error) {
	key, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(key) > telephony.MaxIDLength {
		return "", refuse(ErrCursor, "cursor", "the cursor is not one that a page gave", "start over with an empty one")
	}
	return string(key), nil
}

// word returns the word of the first number behind the cursor of a list of
// numbers. Its error is ErrCursor.
func (c Cursor) word() (uint64, error) {
	key, err := c.key()
	if err != nil || c == "" {
		return 0, err
	}
	last, err := telephony.ParseDigits(key)
	if err != nil {
		return 0, refuse(ErrCursor, "cursor", "the cursor is not one of a list of numbers", "start over with an empty one")
	}
	return last.Word() + 1, nil
}

// pageOf cuts a page of up to size items from a list that starts behind the
// cursor; key finds an item again.
func pageOf[T any](items iter.Seq[T], size int, key func(T) string) (Page[T], error) {
	if size == 0 {
		size = DefaultPage
	}
	if size < 0 || size > MaxPage {
		return Page[T]{}, &telephony.Error{Code: ErrRequest, Field: "size", Detail: "the size of a page is out of bounds",
			Figures: []telephony.Figure{{Name: "asked", Value: int64(size)}, {Name: "most", Value: MaxPage}}}
	}
	var p Page[T]
	for item := range items {
		if len(p.Items) == size {
			p.Next = encodeCursor(key(p.Items[size-1]))
			return p, nil
		}
		p.Items = append(p.Items, item)
	}
	return p, nil
}
