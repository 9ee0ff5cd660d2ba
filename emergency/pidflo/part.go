package pidflo

import (
	"log/slog"
	"strings"

	"example.com/callingplan/telephony"
)

// A Part is a document as one part of a multipart body, as a SIP request
// carries it beside a session description [RFC 6442]. Make one with [NewPart].
type Part struct {
	id   string
	body []byte
}

// NewPart encodes a document as a part with a content identifier of the form
// "local@domain", by which the header fields of the request refer to it. Errors,
// in order of precedence: [ErrContentID], then those of [Encode].
func NewPart(id string, d Document) (Part, error) {
	local, domain, ok := strings.Cut(id, "@")
	if !ok || len(id) > 255 || !isAtoms(local) || !isAtoms(domain) {
		return Part{}, &telephony.Error{Op: "encode PIDF-LO part", Code: ErrContentID, Field: "content_id",
			Detail: "a content identifier is of the form local@domain, of letters, digits and . - _"}
	}
	body, err := Encode(d)
	if err != nil {
		return Part{}, err
	}
	return Part{id, body}, nil
}

// isAtoms reports whether a text is words with single dots between, of
// characters that need no quoting in header fields or URLs.
func isAtoms(s string) bool {
	for word := range strings.SplitSeq(s, ".") {
		if word == "" {
			return false
		}
		for i := range len(word) {
			c := word[i]
			if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
				return false
			}
		}
	}
	return true
}

// Header returns the header fields of the part, in the form that the Writer of
// package mime/multipart takes. They are the caller's to change.
func (p Part) Header() map[string][]string {
	return map[string][]string{
		"Content-Type": {MediaType},
		"Content-Id":   {"<" + p.id + ">"}, // the case of header fields means nothing; this is what the writer expects
	}
}

// URL returns the URL by which a Geolocation header field refers to the part,
// such as "cid:loc-42@fernhill.example" [RFC 2392].
func (p Part) URL() string { return "cid:" + p.id }

// Body returns the encoded document, the caller's to change.
func (p Part) Body() []byte { return append([]byte(nil), p.body...) }

// String describes the part without disclosing the document.
func (p Part) String() string { return "PIDF-LO part" }

// GoString is what %#v prints: the masked form.
func (p Part) GoString() string { return "pidflo.Part{}" }

// LogValue keeps the document out of structured logs.
func (p Part) LogValue() slog.Value { return slog.StringValue(p.String()) }
