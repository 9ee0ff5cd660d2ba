package porting

import (
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// names are the words for the values of a small type, the value 0 being none of
// them and empty text.
type names struct {
	code  telephony.Code // of a word that is none of them
	what  string         // what they say, such as "a port order's state"
	words []string       // by value; the first is empty
}

func (n names) has(v uint8) bool { return v > 0 && int(v) < len(n.words) }

// word returns the word for a value, or that it has none.
func (n names) word(v uint8) string {
	if !n.has(v) {
		return "invalid " + n.noun()
	}
	return n.words[v]
}

func (n names) noun() string { return n.what[strings.LastIndexByte(n.what, ' ')+1:] }

func (n names) parse(text string) (uint8, error) {
	if i := slices.Index(n.words, text); i > 0 {
		return uint8(i), nil
	}
	return 0, n.refuse("")
}

func (n names) marshal(v uint8) ([]byte, error) {
	switch {
	case v == 0:
		return nil, nil
	case !n.has(v):
		return nil, n.refuse("")
	}
	return []byte(n.words[v]), nil
}

func (n names) unmarshal(text []byte) (uint8, error) {
	if len(text) == 0 {
		return 0, nil
	}
	return n.parse(string(text))
}

// refuse is the error of a value or a word that is none of them.
func (n names) refuse(field string) *telephony.Error {
	return &telephony.Error{Code: n.code, Field: field, Detail: n.what + " is one of " + list(n.words[1:], "and"),
		Fix: "say " + list(n.words[1:], "or")}
}

// list writes words as in "a, b and c".
func list(words []string, last string) string {
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
