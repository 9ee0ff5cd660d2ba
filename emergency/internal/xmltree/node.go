package xmltree

import "strings"

// XMLSpace is the namespace that the prefix xml always stands for.
const XMLSpace = "http://www.w3.org/XML/1998/namespace"

// A Name is the name of an element or attribute: its namespace and its local
// name. Attributes without a prefix have no namespace.
type Name struct{ Space, Local string }

// An Attr is one attribute.
type Attr struct {
	Name  Name
	Value string
}

// A Node is one element of a document.
type Node struct {
	Name     Name
	Attrs    []Attr // without namespace declarations
	Children []*Node

	text  []byte
	scope *scope
}

// A scope is one namespace declaration and those it is made inside of.
type scope struct {
	prefix, space string
	outer         *scope
}

func (s *scope) lookup(prefix string) (string, bool) {
	for ; s != nil; s = s.outer {
		if s.prefix == prefix {
			return s.space, true
		}
	}
	return "", prefix == ""
}

// Attr returns an attribute without a namespace; "" if there is none.
func (n *Node) Attr(local string) string { return n.AttrOf(Name{Local: local}) }

// AttrOf returns an attribute; "" if there is none.
func (n *Node) AttrOf(name Name) string {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Lang returns the language of the element as its own xml:lang gives it.
func (n *Node) Lang() string { return n.AttrOf(Name{XMLSpace, "lang"}) }

// Child returns the first child of that name, nil if there is none.
func (n *Node) Child(name Name) *Node {
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Text returns the character data of the element itself, without that of its
// children.
func (n *Node) Text() string { return string(n.text) }

// Token returns the text with single spaces inside and none at the ends.
func (n *Node) Token() string { return Token(string(n.text)) }

// Words returns the words of the text.
func (n *Node) Words() []string { return strings.Fields(string(n.text)) }

// Token returns text with single spaces inside and none at the ends.
func Token(s string) string { return strings.Join(strings.Fields(s), " ") }

// Resolve returns the name that a qualified name in the element's text or
// attributes stands for, whatever its prefix. The namespace of one without a
// prefix is space: the default declaration is about elements. ok is false for a
// prefix that is not declared.
func (n *Node) Resolve(qname, space string) (name Name, ok bool) {
	prefix, local, prefixed := strings.Cut(qname, ":")
	if !prefixed {
		return Name{space, qname}, true
	}
	space, ok = n.scope.lookup(prefix)
	return Name{space, local}, ok
}
