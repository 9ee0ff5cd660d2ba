package xmltree

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// toUTF8 returns a document in UTF-8, in which it is or in UTF-16 with a byte
// order mark: an XML processor knows both.
func toUTF8(body []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return fromUTF16(body[2:], binary.BigEndian)
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}):
		return fromUTF16(body[2:], binary.LittleEndian)
	}
	body = bytes.TrimPrefix(body, []byte("\uFEFF"))
	if !utf8.Valid(body) {
		return nil, encodingError("the document is not valid UTF-8")
	}
	return body, nil
}

func fromUTF16(body []byte, order binary.ByteOrder) ([]byte, error) {
	text := make([]byte, 0, len(body))
	for len(body) > 0 {
		if len(body) == 1 {
			return nil, encodingError("the document is not valid UTF-16")
		}
		r, size := rune(order.Uint16(body)), 2
		if utf16.IsSurrogate(r) {
			if len(body) < 4 {
				return nil, encodingError("the document is not valid UTF-16")
			}
			r, size = utf16.DecodeRune(r, rune(order.Uint16(body[2:]))), 4
			if r == utf8.RuneError {
				return nil, encodingError("the document is not valid UTF-16")
			}
		}
		text, body = utf8.AppendRune(text, r), body[size:]
	}
	return text, nil
}

var errCharset = errors.New("another encoding")

// sameText is asked by the decoder about every encoding but UTF-8 that a
// document declares. By then the text is in UTF-8.
func sameText(label string, text io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf-16", "us-ascii":
		return text, nil
	}
	return nil, errCharset
}

func encodingError(detail string) error {
	return refused(ErrEncoding, detail, "encode it as UTF-8")
}
