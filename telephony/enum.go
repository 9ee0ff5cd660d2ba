package telephony

import "strings"

// enum is the words for the values of a small type, the first for 1. Its zero
// value of T is none of them.
type enum[T ~uint8] struct {
	code   Code   // the cause of a refused value
	detail string // what is wrong with a value that is none of them
	words  []string
}

// all returns the values in ascending order.
func (e *enum[T]) all() []T {
	values := make([]T, len(e.words))
	for i := range values {
		values[i] = T(i + 1)
	}
	return values
}

func (e *enum[T]) has(v T) bool { return v >= 1 && int(v) <= len(e.words) }

// word returns the word for v, or otherwise for a value that has none.
func (e *enum[T]) word(v T, otherwise string) string {
	if !e.has(v) {
		return otherwise
	}
	return e.words[v-1]
}

// parse reads what word returns, to the letter.
func (e *enum[T]) parse(s string) (T, error) {
	for i, word := range e.words {
		if s == word {
			return T(i + 1), nil
		}
	}
	return 0, e.check("", 0)
}

// check reports whether v is one of the values.
func (e *enum[T]) check(field string, v T) error {
	if e.has(v) {
		return nil
	}
	last := len(e.words) - 1
	return &Error{Code: e.code, Field: field, Detail: e.detail,
		Fix: "say " + strings.Join(e.words[:last], ", ") + " or " + e.words[last]}
}

// marshal writes none as empty text.
func (e *enum[T]) marshal(v T) ([]byte, error) {
	if v == 0 {
		return nil, nil
	}
	return []byte(e.word(v, "")), e.check("", v)
}

// unmarshal reads empty text as none.
func (e *enum[T]) unmarshal(text []byte, v *T) (err error) {
	if len(text) == 0 {
		*v = 0
		return nil
	}
	*v, err = e.parse(string(text))
	return err
}
