package engine

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"iter"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// Cursor marks a place in a list that the next page starts behind. It stays
// valid while the data changes, and means nothing else: it is to be passed
// back as it came, to the same list of the same tenant and with the same question;
// the size of a page may differ. Any other is ErrCursor. The empty Cursor is the
// start.
type Cursor string

// Page is a part of a list.
type Page[T any] struct {
	Items []T
	Next  Cursor // where the next page starts; empty at the end
	// Scanned is how many rows were looked at for it, whatever they are of. A page
	// that has looked at MaxScan of them ends there, full or not, even if it has
	// found nothing, and Next goes on behind them.
	Scanned int
}

// MaxPage is the most items of a page; DefaultPage what 0 gives.
const (
	MaxPage     = 1000
	DefaultPage = 100
)

// listName is which list is read by the page.
type listName byte

// The lists that are read by the page.
const (
	numberNames      listName = 'n'
	blockerNames     listName = 'k'
	gapNames         listName = 'g'
	restingNames     listName = 'r'
	freeNames        listName = 'f'
	personNames      listName = 'p'
	addressNames     listName = 'a'
	draftNames       listName = 'd'
	serviceNames     listName = 's'
	reservationNames listName = 'h'
	portNames        listName = 'o'
	entryNames       listName = 'e'
	blockNames       listName = 't'
	hundredNames     listName = 'c'
)

// listing is a list as it is asked for: which it is, whose, and the question. It
// stands in front of the key in each of its cursors, for a place in one list often
// reads like one in another, and would lead anywhere there. A question counts by
// its sum: of four billion others one is taken for it.
type listing string

// listingOf returns the list of a tenant, or of none, that answers a question,
// which has nothing in it that can differ from one page to the next.
func listingOf(list listName, tenant telephony.TenantID, asked any) listing {
	var text bytes.Buffer
	if theEncoding().asked.MarshalToBuffer([]any{tenant, asked}, &text) != nil {
		text.Reset() // a moment in it is of a year with more than four digits, or before the first
		fmt.Fprintf(&text, "%s %#v", tenant, asked)
	}
	return listing(binary.BigEndian.AppendUint32([]byte{byte(list)}, crc32.ChecksumIEEE(text.Bytes())))
}

// listing returns the tenant's list that answers a question.
func (v *View) listing(list listName, asked any) listing { return listingOf(list, v.id, asked) }

// maxKey is the longest key of an item: an identifier and a moment.
const maxKey = telephony.MaxIDLength + 24

// encodeCursor makes the cursor of an item of a list that is found again by its key.
func encodeCursor(list listing, key string) Cursor {
	return Cursor(base64.RawURLEncoding.EncodeToString([]byte(string(list) + key)))
}

// key is the way back, "" for the empty cursor. Its error is ErrCursor.
func (c Cursor) key(list listing) (string, error) {
	if c == "" {
		return "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(string(c))
	key, ours := strings.CutPrefix(string(text), string(list))
	if err != nil || !ours || len(key) > maxKey {
		return "", notACursor()
	}
	return key, nil
}

// notACursor refuses what no page of the list gave.
func notACursor() error {
	return refuse(ErrCursor, "cursor", "the cursor is not one that this list gave to this question",
		"ask the same again with the cursor of the page before, or start over with an empty one")
}

// number returns the number that the cursor of a list of numbers stands behind,
// none at the start. Its error is ErrCursor.
func (c Cursor) number(list listing) (telephony.Number, error) {
	key, err := c.key(list)
	if err != nil || c == "" {
		return telephony.Number{}, err
	}
	last, err := telephony.ParseDigits(key)
	if err != nil {
		return telephony.Number{}, notACursor()
	}
	return last, nil
}

// word returns the word of the first number behind the cursor of a list of
// numbers. Its error is ErrCursor.
func (c Cursor) word(list listing) (uint64, error) {
	last, err := c.number(list)
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

// pageOf cuts a page of up to size items of a list out of rows that start behind
// the cursor. item makes an item of a row, or reports that it does not match; key
// finds a row again. It looks at up to MaxScan rows, and a page that is full
// before goes on looking, so that its Next is empty where nothing else matches.
func pageOf[R, T any](list listing, rows iter.Seq[R], size int, key func(R) string, item func(R) (T, bool)) (Page[T], error) {
	return pageOfRows(list, rows, size, key, func(row R) (T, bool, int) {
		one, ok := item(row)
		return one, ok, 1
	})
}

// pageOfRows is pageOf for items for which other rows are looked at too: item says
// how many in all. The last of them are those of a whole item.
func pageOfRows[R, T any](list listing, rows iter.Seq[R], size int, key func(R) string, item func(R) (T, bool, int)) (Page[T], error) {
	var p Page[T]
	size, err := checkSize(size)
	if err != nil {
		return p, err
	}
	var last R
	for row := range rows {
		if p.Scanned >= MaxScan {
			p.Next = encodeCursor(list, key(last))
			break
		}
		one, ok, looked := item(row)
		if ok && len(p.Items) == size {
			p.Next = encodeCursor(list, key(last))
			break
		}
		if ok {
			p.Items = append(withRoom(p.Items, size), one)
		}
		last = row
		p.Scanned += looked
	}
	return p, nil
}

// withRoom returns the items of a page with room for one more. A page is either
// nearly empty or nearly full, and items are large: growing step by step would
// allocate two and a half times what a full page needs.
func withRoom[T any](items []T, size int) []T {
	have := len(items)
	if have < cap(items) {
		return items
	}
	return slices.Grow(items, min(size, max(8, 16*have))-have)
}

// every makes items of rows that match all and are items themselves.
func every[T any](row T) (T, bool) { return row, true }
