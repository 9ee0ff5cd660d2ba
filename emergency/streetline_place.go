package emergency

import (
	"slices"
	"strings"
)

// placeWords are the words before the number of a part of a building, folded,
// where streets have no suffixes: the languages of the countries that write the
// house number after the street, French, and English for visitors.
var placeWords = []string{
	"whg", "wohnung", "top", "stiege", "stg", "tur", "etage", "stock", "zimmer", "haus", "hinterhaus", "vorderhaus", "aufgang", "eingang", // German
	"bus", "app", "appartement", "kamer", "verdieping", // Dutch
	"bte", "boite", "apt", "appt", "bat", "batiment", "escalier", // French
	"piso", "puerta", "pta", "esc", "escalera", "apto", "apartamento", "depto", "dpto", "departamento", // Spanish
	"int", "interior", "oficina", "of", "local", "planta", "bloque", "casa", "lote", "torre", "portal",
	"nave", "edificio", "edif", "modulo",
	"interno", "scala", "sc", "piano", // Italian
	"ap", "sala", "bloco", "bl", "andar", "loja", "conj", "conjunto", // Portuguese, Romanian
	"scara", "etaj",
	"lok", "lokal", "mieszkanie", "klatka", // Polish
	"lgh", "lagenhet", "as", "asunto", "rappu", "krs", "leil", "leilighet", "lejl", "etg", "sal", "vaning", "van", "trappa", "bygg", "bygning", "uppgang", "uppg", "inngang", "oppgang", "opgang", // of the north
	"byt", "em", "emelet", "fsz", "ajto", "stan", "stanovanje", "kat", "daire", "blok", "bt", "dz", "krt", "korter", // of the east
	"ап", "вх", "ет", "бл", "οροφος", "διαμ",
	"apartment", "flat", "unit", "suite", "ste", "floor", "fl", "room", "rm",
}

// storeyNames are storeys and parts of a building that need no number, folded.
var storeyNames = []string{
	"eg", "erdgeschoss", "dg", "dachgeschoss", "ug", "untergeschoss", "hinterhaus", "vorderhaus", "hh", "vh", // German
	"bajo", "bajos", "bj", "entresuelo", "entlo", "principal", "pral", "atico", "sobreatico", "sotano", // Spanish
	"r c", "rc", "cave", "cv", "rdc", // Portuguese, French
}

// isStoreyName reports whether a word is a storey that needs no number.
func isStoreyName(word string) bool { return slices.Contains(storeyNames, fold(word)) }

// isPlaceWord reports whether a number after a word is that of a part of a
// building. Some are another word in another language.
func (c *country) isPlaceWord(word string) bool {
	switch key := fold(withoutStops(word)); key {
	case "m":
		return c.Country == "PL"
	case "d":
		return c.Country == "TR"
	case "et":
		return c.Country == "RO" || c.Country == "PT"
	case "og":
		return slices.Contains(c.BoxLanguages, "de")
	default:
		return slices.Contains(placeWords, key)
	}
}

// splitStairs puts commas for the slashes before the parts of a building, as in
// the Austrian "Hauptstraße 5/Stiege 3/Tür 12", "5/3. Stock" and "5/EG".
func splitStairs(c *country, text string) string {
	parts := strings.Split(text, "/")
	line := parts[0]
	for _, part := range parts[1:] {
		separator := "/"
		segment, _, _ := strings.Cut(part, ",")
		words := strings.Fields(segment)
		if len(words) > 0 && isStoreyName(words[0]) || len(words) > 1 && (c.isPlaceWord(words[0]) || c.isPlaceWord(words[1])) {
			separator = ", "
		}
		line += separator + part
	}
	return line
}

// cutPlace takes a place in the building off the end of a street and its number
// where no comma sets it apart: "apto 45" of "Rua X 123 apto 45".
func (c *country) cutPlace(words []string) (street, place []string) {
	for i := 2; i < len(words); i++ {
		if c.beginsPlace(words[i:]) && c.isPlace([][]string{words[i:]}) && c.hasNumber(words[:i]) {
			return words[:i], words[i:]
		}
	}
	return words, nil
}

// beginsPlace reports whether words begin as a part of a building does: with a
// word for one, with a storey, "4º" or "bajo", in Turkey with a sign, "D:3", or in
// Finland with the stairs and the flat, "A 12" of "Mannerheimintie 5 A 12".
func (c *country) beginsPlace(words []string) bool {
	if sign, number, ok := strings.Cut(words[0], ":"); ok && hasDigit(number) && c.isPlaceWord(sign) || isStoreyName(words[0]) {
		return true
	}
	if digits, sign := cutDigits(words[0]); digits != "" && (sign == "º" || sign == "ª" || sign == "°") {
		return true
	}
	return len(words) > 1 && (c.isPlaceWord(words[0]) ||
		c.Country == "FI" && len(words) == 2 && isLetter(words[0]) && isDigits(words[1]))
}

// hasNumber reports whether words are a street with its house number.
func (c *country) hasNumber(words []string) bool {
	var a Address
	_, found := c.cutNumber(&a, words)
	return found
}

// endsInNumber reports whether the words before a house number end in a number
// too, so that there is no telling which of them is that of the house. After a
// street type it is the name: "Calle 5".
func (c *country) endsInNumber(words []string) bool {
	if n := len(words); n > 1 && isLetter(words[n-1]) {
		words = words[:n-1]
	}
	before := len(words) - 1
	_, number := c.readDigits(words[before])
	return number && !c.isType(words[:before])
}

// hidesNumber reports whether a name has in it what must be the number of a house
// or of a part of one, so that it is no name.
func (c *country) hidesNumber(name []string) bool {
	for i, word := range name {
		after := i+1 < len(name) && (hasDigit(name[i+1]) || isLetter(name[i+1]))
		if (after || i > 0 && hasDigit(name[i-1])) && c.isPlaceWord(word) || after && isNumberMark(word) {
			return true
		}
	}
	return false
}
