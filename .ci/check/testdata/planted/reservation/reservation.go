package reservation

import "example.com/callingplan/licensing" // arrow "reservation imports example.com/callingplan/licensing: it may import of the module only telephony"

type Hold map[string]licensing.Catalogue

// Sum is generic; the map stands behind a type parameter.
func Sum[M ~map[string]V, V any](m M) (n int) {
	for range m { // want "a range over a map"
		n++
	}
	return n
}

func Copy(m map[string]int) map[string]int {
	if _, ok := m["looked up"]; ok {
		return nil
	}
	return m
}
