// Package xmltree reads small XML documents into trees, within bounds, and
// writes them. It is what the packages that talk to emergency services over
// XML have in common.
//
// The reader is strict where leniency is a risk: a document type declaration
// is refused, and with it every entity that is not predefined; so are prefixes
// without a declaration and attributes given twice. Nothing outside the
// document is ever looked up. The text of a document never stands in an error.
package xmltree
