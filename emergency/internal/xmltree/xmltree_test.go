package xmltree_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"example.com/callingplan/emergency/internal/xmltree"
	"pgregory.net/rapid"
)

// TestResolve: the namespace of a name in text is that of the prefix where it
// stands [Namespaces in XML].
func TestResolve(t *testing.T) {
	root, err := xmltree.Parse([]byte(`<r xmlns="urn:d" xmlns:a="urn:1"><i xmlns:a="urn:2" xmlns:b="urn:3"/><o/></r>`))
	if err != nil {
		t.Fatal(err)
	}
	inner, outer := root.Children[0], root.Children[1]
	for _, c := range []struct {
		node  *xmltree.Node
		name  string
		space string
		ok    bool
	}{
		{inner, "a:x", "urn:2", true},
		{outer, "a:x", "urn:1", true},
		{inner, "b:x", "urn:3", true},
		{outer, "b:x", "", false},
		{outer, "x", "urn:given", true},
	} {
		got, ok := c.node.Resolve(c.name, "urn:given")
		if ok != c.ok || ok && (got.Space != c.space || got.Local != "x") {
			t.Errorf("%s: %v, %v", c.name, got, ok)
		}
	}
}

// TestWriterRefuses what XML cannot carry; nothing of it is dropped in silence.
func TestWriterRefuses(t *testing.T) {
	for _, s := range []string{"a\x00b", "a\x1fb", "\xff", "\uFFFE", "\xed\xa0\x80"} {
		for name, write := range map[string]func(*xmltree.Writer){
			"text": func(w *xmltree.Writer) { w.Leaf(xmltree.Name{Local: "r"}, s) },
			"attribute": func(w *xmltree.Writer) {
				w.Leaf(xmltree.Name{Local: "r"}, "", xmltree.Attr{Name: xmltree.Name{Local: "a"}, Value: s})
			},
			"namespace": func(w *xmltree.Writer) { w.Leaf(xmltree.Name{Space: s, Local: "r"}, "") },
		} {
			w := xmltree.NewWriter(xmltree.Prefix{Prefix: "", Space: ""})
			write(w)
			if _, err := w.Bytes(); !errors.Is(err, xmltree.ErrCharacter) {
				t.Errorf("%s %q: %v", name, s, err)
			}
		}
	}
}

// TestWriteAndParse: whatever text is written is read, here and by the standard
// library.
func TestWriteAndParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab<>&\"'\t\n\r ]é東\U0001F600\uFFFD"))).Draw(t, "text")
		space := rapid.SampledFrom([]string{"urn:default", "urn:other", `urn:"<&>`}).Draw(t, "space")
		w := xmltree.NewWriter(xmltree.Prefix{Prefix: "", Space: "urn:default"}, xmltree.Prefix{Prefix: "unused", Space: "urn:unused"})
		w.Start(xmltree.Name{Space: "urn:default", Local: "r"})
		w.Leaf(xmltree.Name{Space: space, Local: "leaf"}, text,
			xmltree.Attr{Name: xmltree.Name{Local: "plain"}, Value: text}, xmltree.Attr{Name: xmltree.Name{Space: space, Local: "spaced"}, Value: text})
		w.End()
		body, err := w.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(body, []byte("unused")) {
			t.Fatalf("a namespace is declared that is not used: %s", body)
		}
		root, err := xmltree.Parse(body)
		if err != nil {
			t.Fatalf("%v: %s", err, body)
		}
		leaf := root.Child(xmltree.Name{Space: space, Local: "leaf"})
		if leaf == nil || leaf.Text() != text || leaf.Attr("plain") != text || leaf.AttrOf(xmltree.Name{Space: space, Local: "spaced"}) != text {
			t.Fatalf("%q is %+v in %s", text, leaf, body)
		}
		var standard struct {
			Leaf string `xml:"leaf"`
		}
		if err := xml.Unmarshal(body, &standard); err != nil || standard.Leaf != text {
			t.Fatalf("%q, %v: %s", standard.Leaf, err, body)
		}
	})
}

// TestParseIsBounded: a document as large as it may be, whatever it is full of,
// is read or refused at the bound that it passes.
func TestParseIsBounded(t *testing.T) {
	fill := func(head, part, tail string) string {
		return head + strings.Repeat(part, (xmltree.MaxBytes-len(head)-len(tail))/len(part)) + tail
	}
	declared := ""
	for i := range xmltree.MaxAttributes {
		declared += ` xmlns:p` + string(rune('a'+i%26)) + string(rune('a'+i/26)) + `="urn:x"`
	}
	deep := strings.Repeat("<a"+declared+">", xmltree.MaxDepth-1)
	for name, c := range map[string]struct {
		body string
		want error
	}{
		"text in pieces":    {fill("<a>", "x<!---->", "</a>"), nil},
		"empty elements":    {fill("<a>", "<b/>", "</a>"), xmltree.ErrTooMany},
		"attributes":        {fill("<a ", `x="" `, "/>"), xmltree.ErrTooMany},
		"text":              {fill("<a>", "x", "</a>"), nil},
		"references":        {fill("<a>", "&lt;", "</a>"), nil},
		"never closed":      {fill("", "<a>", ""), xmltree.ErrTooDeep},
		"looked up far off": {fill(deep, "<zz:b/>", ""), xmltree.ErrMalformed},
		"a comment":         {fill("<a><!--", "x", "--></a>"), nil},
		"a directive":       {fill("<!DOCTYPE ", "<x>", ""), xmltree.ErrMalformed},
		"a long name":       {fill("<", "a", "/>"), nil},
	} {
		if _, err := xmltree.Parse([]byte(c.body)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// FuzzParse: what is read, the standard library reads too.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`<a xmlns="urn:x" xmlns:p="urn:y" p:b="1">x<p:c/>&amp;</a>`))
	f.Add([]byte("\xFF\xFE<\x00a\x00/\x00>\x00"))
	f.Add([]byte(`<?xml version="1.0" encoding="us-ascii"?><a><![CDATA[]]></a>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		root, err := xmltree.Parse(body)
		if err != nil || bytes.HasPrefix(body, []byte{0xFE, 0xFF}) || bytes.HasPrefix(body, []byte{0xFF, 0xFE}) {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF"))))
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				t.Fatal("the standard library finds no element")
			}
			if err != nil {
				t.Fatal(err)
			}
			if start, ok := token.(xml.StartElement); ok {
				if start.Name.Local != root.Name.Local || start.Name.Space != root.Name.Space && start.Name.Space != "xml" {
					t.Fatalf("%v and %v", start.Name, root.Name)
				}
				return
			}
		}
	})
}
