package emergency

import "slices"

// placeWords are the words before the number of a part of a building, folded,
// where streets have no suffixes: the languages of the countries that write the
// house number after the street, French, and English for visitors.
var placeWords = []string{
	"whg", "wohnung", "top", "stiege", "tur", "etage", "og", "stock", "zimmer", // German
	"bus", "app", "appartement", "kamer", "verdieping", // Dutch
	"bte", "boite", "apt", "appt", "bat", "batiment", "escalier", // French
	"piso", "puerta", "pta", "esc", "escalera", "apto", "apartamento", "depto", "dpto", "departamento", // Spanish
	"int", "interior", "oficina", "of", "local", "planta", "bloque", "casa", "lote",
	"interno", "scala", "sc", "piano", // Italian
	"ap", "sala", "bloco", "bl", "andar", "loja", "conj", "conjunto", // Portuguese, Romanian
	"et", "scara", "etaj",
	"lok", "lokal", "mieszkanie", "klatka", // Polish
	"lgh", "lagenhet", "as", "asunto", "rappu", "krs", "leil", "leilighet", "lejl", "etg", "sal", // of the north
	"byt", "em", "emelet", "ajto", "stan", "stanovanje", "kat", "daire", "blok", "bt", "dz", "krt", "korter", // of the east
	"ап", "вх", "ет", "бл", "οροφος", "διαμ",
	"apartment", "flat", "unit", "suite", "ste", "floor", "fl", "room", "rm",
}

// isPlaceWord reports whether a number after a word is that of a part of a
// building.
func (c *country) isPlaceWord(word string) bool {
	key := fold(withoutStops(word))
	return slices.Contains(placeWords, key) || c.Country == "PL" && key == "m" || c.Country == "TR" && key == "d"
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
// word for one, with a floor, "4º", or in Finland with the stairs and the flat,
// "A 12" of "Mannerheimintie 5 A 12".
func (c *country) beginsPlace(words []string) bool {
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
