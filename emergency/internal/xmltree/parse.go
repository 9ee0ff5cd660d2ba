package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// Parse reads a document and returns its root. Errors, in order of precedence:
// [ErrTooLarge], [ErrEncoding]; then, whichever comes first in the document,
// [ErrDoctype], [ErrTooDeep], [ErrTooMany] and [ErrMalformed].
func Parse(body []byte) (*Node, error) {
	if len(body) > MaxBytes {
		return nil, refused(ErrTooLarge, "the document is too large", "",
			telephony.Figure{Name: "most bytes", Value: MaxBytes})
	}
	text, err := toUTF8(body)
	if err != nil {
		return nil, err
	}
	p := parser{decoder: xml.NewDecoder(bytes.NewReader(text))}
	p.decoder.CharsetReader = sameText
	if err := p.run(); err != nil {
		return nil, err
	}
	return p.root, nil
}

// A parser builds the tree from raw tokens: it matches tags and resolves
// prefixes itself, for the decoder takes a prefix without a declaration for a
// namespace.
type parser struct {
	decoder  *xml.Decoder
	root     *Node
	open     []*Node
	elements int
}

func (p *parser) run() error {
	for {
		token, err := p.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			if p.root == nil || len(p.open) > 0 {
				return p.malformed("the document ends early")
			}
			return nil
		}
		if err != nil {
			if errors.Is(err, errCharset) {
				return encodingError("the document says it is in another encoding")
			}
			return p.malformed("the document is not well-formed XML")
		}
		if err := p.take(token); err != nil {
			return err
		}
	}
}

func (p *parser) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return refused(ErrDoctype, "the document has a document type declaration", "send it without one")
	case xml.StartElement:
		return p.start(t)
	case xml.EndElement:
		return p.end(t)
	case xml.CharData:
		if len(p.open) > 0 {
			n := p.open[len(p.open)-1]
			n.text = append(n.text, t...)
			return nil
		}
		if len(bytes.TrimSpace(t)) > 0 {
			return p.malformed("there is text outside the root element")
		}
	}
	return nil // comments and processing instructions say nothing
}

func (p *parser) start(t xml.StartElement) error {
	p.elements++
	switch {
	case p.root != nil && len(p.open) == 0:
		return p.malformed("there is a second root element")
	case len(p.open) == MaxDepth:
		return refused(ErrTooDeep, "the elements are nested too deeply", "",
			telephony.Figure{Name: "most levels", Value: MaxDepth})
	case p.elements > MaxElements:
		return refused(ErrTooMany, "there are too many elements", "",
			telephony.Figure{Name: "most elements", Value: MaxElements})
	case len(t.Attr) > MaxAttributes:
		return refused(ErrTooMany, "an element has too many attributes", "",
			telephony.Figure{Name: "most attributes", Value: MaxAttributes})
	}
	n := new(Node)
	if len(p.open) > 0 {
		parent := p.open[len(p.open)-1]
		n.scope = parent.scope
		parent.Children = append(parent.Children, n)
	} else {
		p.root = n
	}
	p.open = append(p.open, n)
	return p.name(n, t)
}

// name resolves the names of an element and its attributes.
func (p *parser) name(n *Node, t xml.StartElement) error {
	if err := p.declare(n, t.Attr); err != nil {
		return err
	}
	var err error
	if n.Name, err = p.resolve(t.Name, n.scope); err != nil {
		return err
	}
	for _, a := range t.Attr {
		if _, ok := declared(a); ok {
			continue
		}
		name := Name{Local: a.Name.Local}
		if a.Name.Space != "" { // the default namespace is not that of attributes
			if name, err = p.resolve(a.Name, n.scope); err != nil {
				return err
			}
		}
		if slices.ContainsFunc(n.Attrs, func(b Attr) bool { return b.Name == name }) {
			return p.malformed("an attribute is given twice")
		}
		n.Attrs = append(n.Attrs, Attr{name, a.Value})
	}
	return nil
}

// declare puts the namespace declarations of an element into its scope.
func (p *parser) declare(n *Node, attrs []xml.Attr) error {
	outside := n.scope
	for _, a := range attrs {
		prefix, ok := declared(a)
		if !ok {
			continue
		}
		if prefix != "" && a.Value == "" {
			return p.malformed("a prefix is declared for no namespace")
		}
		for s := n.scope; s != outside; s = s.outer {
			if s.prefix == prefix {
				return p.malformed("a prefix is declared twice")
			}
		}
		n.scope = &scope{prefix, a.Value, n.scope}
	}
	return nil
}

// declared returns the prefix that an attribute declares, if it declares one;
// "" is that of the default namespace.
func declared(a xml.Attr) (prefix string, ok bool) {
	if a.Name.Space == "xmlns" {
		return a.Name.Local, true
	}
	return "", a.Name == xml.Name{Local: "xmlns"}
}

func (p *parser) resolve(raw xml.Name, s *scope) (Name, error) {
	if strings.Contains(raw.Local, ":") {
		return Name{}, p.malformed("a name has an empty part")
	}
	if raw.Space == "xml" {
		return Name{XMLSpace, raw.Local}, nil
	}
	space, ok := s.lookup(raw.Space)
	if !ok {
		return Name{}, p.malformed("a prefix is not declared")
	}
	return Name{space, raw.Local}, nil
}

func (p *parser) end(t xml.EndElement) error {
	if len(p.open) == 0 {
		return p.malformed("an element ends that was not begun")
	}
	n := p.open[len(p.open)-1]
	name, err := p.resolve(t.Name, n.scope)
	if err != nil {
		return err
	}
	if name != n.Name {
		return p.malformed("an element ends that was not begun")
	}
	p.open = p.open[:len(p.open)-1]
	return nil
}

func (p *parser) malformed(detail string) error {
	return refused(ErrMalformed, detail, "send well-formed XML",
		telephony.Figure{Name: "at byte", Value: p.decoder.InputOffset()})
}
