package emergency

import (
	"slices"
	"strings"
)

// A boxPhrase is how a language names a post office box: folded words in a
// row, "#" standing for a word that begins with a digit.
type boxPhrase []string

// boxAnywhere is written in every country.
var boxAnywhere = []boxPhrase{{"po", "box"}, {"p", "o", "box"}, {"pobox"}}

// boxPhrases are the phrases of each language. The short words count only with
// a number after them: there are streets called Box.
var boxPhrases = map[string][]boxPhrase{
	"en": {{"post", "office", "box"}, {"post", "box"}, {"postal", "box"}, {"private", "bag"}},
	"fr": {{"boite", "postale"}, {"bp", "#"}, {"cedex", "#"}},
	"de": {{"postfach"}},
	"es": {
		{"apartado", "de", "correo"}, {"apartado", "de", "correos"}, {"apartado", "postal"}, {"apartado", "#"},
		{"casilla", "de", "correo"}, {"casilla", "de", "correos"},
		{"casillas", "de", "correo"}, {"casillas", "de", "correos"},
	},
	"nl": {{"postbus"}},
	"da": {{"postboks"}},
	"no": {{"postboks"}},
	"sv": {{"box", "#"}},
	"fi": {{"postilokero"}, {"pl", "#"}},
	"pt": {{"apartado", "#"}},
	"pl": {{"skrytka", "pocztowa"}},
	"hu": {{"postafiok"}, {"pf", "#"}},
	"cs": {{"pp", "#"}},
	"hr": {{"pp", "#"}},
}

// japaneseBox is Japanese for a private letter box; no spaces set it apart.
const japaneseBox = "私書箱"

// checkBoxes refuses post office boxes: an emergency address is one where
// people can be found.
func (r *report) checkBoxes(a Address, c *country) {
	for _, f := range [...]Field{FieldStreet, FieldCity, FieldDistrict} {
		text := a.Value(f)
		if text == "" || len(text) > maxFieldBytes || r.has(f) {
			continue
		}
		// "Box" and "123" may have been put in two fields, and then the street
		// begins with the box: "Calle Apartado" with the number 123 is a street.
		split := f == FieldStreet && len(a.HouseNumber) <= maxFieldBytes && beginsWithBox(text+" "+a.HouseNumber, c.BoxLanguages)
		if split || namesBox(text, strings.Fields(fold(text)), c.BoxLanguages) {
			r.add(Problem, ErrPOBox, f, "a post office box is no place to send help to")
		}
	}
}

// namesBox finds a post office box in a text and its folded words.
func namesBox(text string, words, languages []string) bool {
	if slices.Contains(languages, "ja") && strings.Contains(text, japaneseBox) {
		return true
	}
	for i := range words {
		if anyBegins(words[i:], languages) {
			return true
		}
	}
	return false
}

func beginsWithBox(text string, languages []string) bool {
	return anyBegins(strings.Fields(fold(text)), languages)
}

// anyBegins reports whether words begin with a phrase of one of the languages.
func anyBegins(words, languages []string) bool {
	begins := func(p boxPhrase) bool { return p.begins(words) }
	if slices.ContainsFunc(boxAnywhere, begins) {
		return true
	}
	return slices.ContainsFunc(languages, func(language string) bool {
		return slices.ContainsFunc(boxPhrases[language], begins)
	})
}

// begins reports whether words begin with the phrase. A number may be written
// onto the word before it: "BP12".
func (p boxPhrase) begins(words []string) bool {
	for i, want := range p {
		switch {
		case i >= len(words):
			return false
		case want == "#":
			if !isDigit(words[i][0]) {
				return false
			}
		case i+1 < len(p) && p[i+1] == "#" && isJoined(words[i], want):
			return true
		case words[i] != want:
			return false
		}
	}
	return true
}

func isJoined(word, name string) bool {
	rest, ok := strings.CutPrefix(word, name)
	return ok && rest != "" && isDigit(rest[0])
}
