package emergency

import (
	"slices"
	"strings"
)

// saysNoNumber reports whether words end in those for a house without a number.
func saysNoNumber(words []string) bool {
	n := len(words)
	if n < 2 {
		return false
	}
	switch strings.ToLower(withoutStops(words[n-1])) {
	case "s/n", "s/nº", "s/n°", "s/no", "sn", "snc":
		return true
	}
	switch fold(words[n-2] + " " + words[n-1]) {
	case "sin numero", "sem numero", "senza numero":
		return true
	}
	return false
}

// joinsNumbers reports whether a house number is one of two, the other of which
// is in the name: "to 14 Main" of "12 to 14 Main St", or is that of something else:
// of a plot, of the house opposite, "Rua X lote 5", "Kerkstraat t/o 12".
func (c *country) joinsNumbers(a Address, words []string) bool {
	if a.HouseNumber == "" || len(words) == 0 {
		return false
	}
	if c.mayFollow() && c.isOfElse(a, words) {
		return true
	}
	switch fold(words[len(words)-1]) {
	case "lote", "lt", "manzana", "mz", "parcela", "haus", "t o", "tegenover", "naast", "nabij", "gegenuber", "neben":
		return true
	case "n", "civ", "civico": // signs that are words elsewhere
		return !c.Suffixes
	}
	return len(words) > 1 && c.mayPrecede() && isRangeWord(words[0]) && c.isPlainNumber(words[1])
}

// isOfElse reports whether a name before a house number ends in a word that says
// what else the number is of: a part of a building, "Rua X Apto 4", a road, "km 5".
// A type and that word are a street, "Plaza Interior 5", and so is what has an article
// before it, "Calle de la Torre 5".
func (c *country) isOfElse(a Address, words []string) bool {
	last := len(words) - 1
	switch fold(withoutStops(words[last])) {
	case "ext", "exterior", "km", "pk", "kilometro", "hus", "quadra", "qd":
	default:
		if !c.isPlaceWord(words[last]) && !isNumberMark(words[last]) {
			return false
		}
	}
	if last == 0 {
		return a.StreetTypePrefix == ""
	}
	return !isArticle(words[last-1])
}

// isArticle recognises the words before a noun in the name of a street.
func isArticle(word string) bool {
	switch fold(word) {
	case "de", "del", "du", "des", "dei", "della", "delle", "degli", "da", "do", "dos", "das", "der", "den", "van", "la", "el", "los", "las", "le", "les",
		"al", "alla", "am", "im", "zum", "zur":
		return true
	}
	return false
}

// endsNumber reports whether a word is the end of a house number written on: "bisA".
func (c *country) endsNumber(word string) bool {
	return slices.ContainsFunc(numberWords, func(w string) bool { return isLetter(strings.TrimPrefix(strings.ToLower(word), w)) })
}

// isPlainNumber reports whether a word can be a house number by itself.
func (c *country) isPlainNumber(word string) bool {
	_, ok := c.readDigits(word)
	return ok
}

// hidesNumbers reports whether a name has in it what must be a house number, which
// was not told apart or is one of two: "Lot 5 Main", "Mayor 5 bajo", "Kerkstraat 12
// t/m" before 14. Where names are English "Pier 39" is one.
func (c *country) hidesNumbers(a Address, words []string) bool {
	if c.Suffixes && a.HouseNumber != "" {
		return false // see goesOn
	}
	if digits, ending := cutDigits(words[0]); c.Suffixes && a.StreetTypePrefix == "" && len(words) > 1 &&
		hasDigit(words[0]) && (digits == "" || !isOrdinalEnding(ending)) {
		return true // "12½ Main", "W12 Main"
	}
	last := len(words) - 1
	for i := 1; i <= last; i++ {
		digits, rest := cutDigits(words[i])
		halved := digits != "" && len(rest) > 1 && rest[0] == '/' // "5/Stg."
		signed := i == last && isNumberMark(a.HouseNumberPrefix)  // "Straße 18 Nr. 5"
		switch {
		case halved:
			return true
		case !c.isPlainNumber(words[i]) || signed || i == 1 && c.isType(words[:1]): // "Av. Calle 26 # 8"
		case !c.numbersName(words[:i+1]) || c.isPlaceWord(words[last]): // "Fő utca 12. II. em. 3"
			return true
		}
	}
	return false
}

// isHalfNumber reports whether a house number has its other half in the name: "N8480
// Pilgrim" behind W156 of a grid, "12 Main" behind the unit "# 5".
func (c *country) isHalfNumber(a Address, words []string) bool {
	first := words[0]
	return a.HouseNumberPrefix == "#" && len(words) > 1 && c.isPlainNumber(first) ||
		isDirectional(a.HouseNumberPrefix) && len(first) > 1 && isDirectional(first[:1]) && isDigits(first[1:])
}

// numbersName reports whether the number that words end in is part of a name: after
// an article, in a date, of a road and on it, "du 8 Mai 1945", "des 17. Juni", "D
// 34", "N-340 km 12".
func (c *country) numbersName(words []string) bool {
	last := len(words) - 1
	if day, dot := strings.CutSuffix(words[last], "."); dot && isDigits(day) {
		return true
	}
	if len(words[last]) == 4 && last > 1 && c.isPlainNumber(words[last-2]) {
		return true // the year
	}
	if isArticle(words[last-1]) {
		return true
	}
	switch fold(words[last-1]) {
	case "d", "n", "cd", "rd", "rn", "vc", "km":
		return true
	}
	return false
}

// hasNumberAlone reports whether a word has a number that is no ordinal.
func hasNumberAlone(word string) bool {
	_, ending := cutDigits(word)
	return hasDigit(word) && !isOrdinalEnding(ending)
}
