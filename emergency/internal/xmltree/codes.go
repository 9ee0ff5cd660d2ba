package xmltree

import "example.com/callingplan/telephony"

// The causes of a document that is not read, or not written.
const (
	ErrTooLarge  telephony.Code = "xml_too_large"            // more than MaxBytes
	ErrTooDeep   telephony.Code = "xml_too_deep"             // elements inside elements beyond MaxDepth
	ErrTooMany   telephony.Code = "xml_too_many_parts"       // more elements than MaxElements, or attributes than MaxAttributes
	ErrEncoding  telephony.Code = "xml_encoding_unsupported" // neither UTF-8 nor UTF-16, or not what it says it is
	ErrDoctype   telephony.Code = "xml_doctype_refused"      // a document type declaration, which can define entities
	ErrMalformed telephony.Code = "xml_malformed"            // not well-formed XML with namespaces
	ErrCharacter telephony.Code = "xml_character_invalid"    // text that XML cannot carry
)

// The bounds of a document.
const (
	MaxBytes      = 1 << 20
	MaxDepth      = 32
	MaxElements   = 1 << 15
	MaxAttributes = 32 // of one element, namespace declarations among them
)

func refused(code telephony.Code, detail, fix string, figures ...telephony.Figure) error {
	return &telephony.Error{Code: code, Detail: detail, Fix: fix, Figures: figures}
}
