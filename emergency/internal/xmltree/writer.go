package xmltree

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.com/callingplan/telephony"
)

// A Prefix is the prefix that a document has for a namespace; "" makes it the
// default namespace of elements.
type Prefix struct{ Prefix, Space string }

// A Writer writes one document, an element a line, indented, in UTF-8. The root
// declares the namespaces that are used, and no other.
type Writer struct {
	prefixes []Prefix
	used     []bool
	added    int
	root     int // where the declarations go
	open     []string
	buf      []byte
	invalid  bool
}

// NewWriter returns a writer with prefixes for the namespaces it will meet.
// Others get prefixes of their own.
func NewWriter(prefixes ...Prefix) *Writer {
	return &Writer{prefixes: prefixes, used: make([]bool, len(prefixes)), buf: make([]byte, 0, 2048)}
}

// Start begins an element with its attributes, those without a value left out.
func (w *Writer) Start(name Name, attrs ...Attr) {
	w.begin(name, attrs)
	w.buf = append(w.buf, '>')
	w.open = append(w.open, w.qname(name, false))
}

// End ends the element begun last.
func (w *Writer) End() {
	name := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	w.indent()
	w.close(name)
}

// Leaf writes an element of text. Empty text makes an empty element.
func (w *Writer) Leaf(name Name, text string, attrs ...Attr) {
	w.begin(name, attrs)
	if text == "" {
		w.buf = append(w.buf, '/', '>')
		return
	}
	w.buf = append(w.buf, '>')
	w.escape(text)
	w.close(w.qname(name, false))
}

// QName returns a name as it stands in text.
func (w *Writer) QName(name Name) string { return w.qname(name, true) }

// Bytes returns the document. Its error is [ErrCharacter], where some text had
// what XML cannot carry, or [ErrTooLarge].
func (w *Writer) Bytes() ([]byte, error) {
	if w.invalid {
		return nil, refused(ErrCharacter, "a text has a character that XML cannot carry", "take that character out")
	}
	var declared []byte
	for i, p := range w.prefixes {
		switch {
		case !w.used[i]:
		case p.Prefix == "":
			declared = append(declared, ` xmlns="`+escaped(p.Space)+`"`...)
		default:
			declared = append(declared, ` xmlns:`+p.Prefix+`="`+escaped(p.Space)+`"`...)
		}
	}
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	size := len(head) + len(w.buf) + len(declared) + 1
	if size > MaxBytes {
		return nil, refused(ErrTooLarge, "the document is too large", "",
			telephony.Figure{Name: "bytes", Value: int64(size)}, telephony.Figure{Name: "most bytes", Value: MaxBytes})
	}
	return bytes.Join([][]byte{[]byte(head), w.buf[:w.root], declared, w.buf[w.root:], {'\n'}}, nil), nil
}

func (w *Writer) begin(name Name, attrs []Attr) {
	w.indent()
	w.buf = append(w.buf, '<')
	w.buf = append(w.buf, w.qname(name, false)...)
	if w.root == 0 {
		w.root = len(w.buf)
	}
	for _, a := range attrs {
		if a.Value == "" {
			continue
		}
		w.buf = append(w.buf, ' ')
		w.buf = append(w.buf, w.attrName(a.Name)...)
		w.buf = append(w.buf, '=', '"')
		w.escape(a.Value)
		w.buf = append(w.buf, '"')
	}
}

func (w *Writer) close(name string) {
	w.buf = append(w.buf, '<', '/')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '>')
}

func (w *Writer) indent() {
	w.buf = append(w.buf, '\n')
	for range w.open {
		w.buf = append(w.buf, ' ', ' ')
	}
}

func (w *Writer) attrName(name Name) string {
	switch name.Space {
	case "":
		return name.Local
	case XMLSpace:
		return "xml:" + name.Local
	}
	return w.qname(name, true)
}

// qname returns a name with its prefix; one that may not be the default where
// prefixed is set.
func (w *Writer) qname(name Name, prefixed bool) string {
	for i, p := range w.prefixes {
		if p.Space == name.Space && (p.Prefix != "" || !prefixed) {
			w.used[i] = true
			if p.Prefix == "" {
				return name.Local
			}
			return p.Prefix + ":" + name.Local
		}
	}
	w.added++
	prefix := "n" + strconv.Itoa(w.added)
	w.prefixes, w.used = append(w.prefixes, Prefix{prefix, name.Space}), append(w.used, true)
	w.check(name.Space)
	return prefix + ":" + name.Local
}

func (w *Writer) escape(s string) {
	w.check(s)
	w.buf = append(w.buf, escaped(s)...)
}

// check remembers that some text cannot be carried.
func (w *Writer) check(s string) {
	for i, r := range s {
		if !validChar(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			w.invalid = true
		}
	}
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;",
	"\t", "&#9;", "\n", "&#10;", "\r", "&#13;")

func escaped(s string) string { return escaper.Replace(s) }

// validChar is the Char of XML 1.0.
func validChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		0x20 <= r && r <= 0xD7FF || 0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0x10FFFF
}
