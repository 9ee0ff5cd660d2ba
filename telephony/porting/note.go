package porting

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Note tells of a text that was cut to what carriers take [port]. It holds no
// text.
type Note struct {
	Field string // of the request
	Given int    // characters
	Kept  int    // characters
}

// String says what was cut, as in "company: cut from 31 characters to 25".
func (n Note) String() string {
	return fmt.Sprintf("%s: cut from %d characters to %d", n.Field, n.Given, n.Kept)
}

// tidy returns the request as it is kept: texts without blanks around them, the
// numbers folded and in order.
func (r Request) tidy() Request {
	for _, text := range []*string{&r.Carrier, &r.Account.Number, &r.Company, &r.AuthorisedPerson, &r.Address.Street,
		&r.Address.City, &r.Address.State, &r.Address.PostalCode, &r.Letter.Reference, (*string)(&r.Account.PIN)} {
		*text = strings.TrimSpace(*text)
	}
	r.Numbers = r.Numbers.folded()
	return r
}

// fit cuts the names to what carriers take and tells of it.
func (r Request) fit() (Request, []Note) {
	var notes []Note
	for _, name := range []struct {
		field string
		text  *string
		most  int
	}{{"company", &r.Company, MaxCompany}, {"authorised person", &r.AuthorisedPerson, MaxPerson}} {
		if kept := firstRunes(*name.text, name.most); kept != *name.text {
			notes = append(notes, Note{name.field, utf8.RuneCountInString(*name.text), utf8.RuneCountInString(kept)})
			*name.text = kept
		}
	}
	return r, notes
}

// firstRunes returns at most the first characters of a text, without a blank at
// the end and without a letter that lost a mark of its own.
func firstRunes(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	end := most
	for end > 0 && unicode.Is(unicode.M, runes[end]) {
		end--
	}
	if end == 0 { // nothing but marks
		end = most
	}
	return strings.TrimRight(string(runes[:end]), " ")
}
