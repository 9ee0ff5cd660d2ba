package xmltree

import "strings"

// MaxURI is the longest URI that is taken, in bytes.
const MaxURI = 1024

// IsURI reports whether a text is an absolute URI by its characters: a scheme,
// a colon and something behind it [RFC 3986].
func IsURI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || rest == "" || len(s) > MaxURI || !IsPrintableASCII(s) || strings.ContainsAny(s, " <>\"{}|\\^`") {
		return false
	}
	for i := range len(scheme) {
		c := scheme[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(c))) {
			return false
		}
	}
	return scheme != ""
}

// IsPrintableASCII reports whether a text has nothing but ASCII that is printed.
func IsPrintableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// IsLanguage reports whether a text has the form of a language tag: subtags of
// one to eight letters and digits, the first of letters alone.
func IsLanguage(s string) bool {
	if len(s) > 64 {
		return false
	}
	for i, sub := range strings.Split(s, "-") {
		if len(sub) < 1 || len(sub) > 8 {
			return false
		}
		for j := range len(sub) {
			c := sub[j]
			letter := 'a' <= c|0x20 && c|0x20 <= 'z'
			if !letter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}
