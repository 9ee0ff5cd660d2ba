package emergency

import (
	"slices"
	"strings"
	"unicode"
)

// isDoubtful reports whether a reading has left something in the name of the
// street that is no part of one. Then it is no reading but a guess: a wrong street
// can be found, and one that is left whole cannot.
func (c *country) isDoubtful(a Address) bool {
	words := strings.Fields(a.Street)
	return slices.ContainsFunc(strings.Fields(a.nameText()), isNoWord) || saysNoNumber(words) || c.joinsNumbers(a, words) || c.joinsStreets(words) ||
		c.hidesNumbers(a, words) ||
		c.Suffixes && (hidesUnit(a, words) || c.goesOn(a, words)) ||
		c.Country == "PR" && slices.ContainsFunc(words, isUrbanization)
}

// isNoWord reports whether a word is none of a street's name: signs alone, or one
// with signs that names do not have.
func isNoWord(word string) bool {
	letter, sign := false, false
	for _, r := range word {
		letter = letter || unicode.IsLetter(r) || unicode.IsDigit(r)
		sign = sign || strings.ContainsRune("()[]{}#№"+fractionSigns, r)
	}
	return sign || !letter
}

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

// isUrbanization recognises what sets a part of a city of Puerto Rico apart, which
// is no part of the street [Pub 28].
func isUrbanization(word string) bool {
	key := fold(word)
	return key == "urb" || key == "urbanizacion"
}

// isRangeWord recognises the words between the house numbers before a street, and
// between the names of two.
func isRangeWord(word string) bool {
	switch strings.ToLower(withoutStops(word)) {
	case "to", "thru", "through", "and", "at", "near", "cnr", "cor", "corner", "opp", "opposite", "a", "à", "au", "et", "tot", "en", "y":
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
	switch fold(words[len(words)-1]) {
	case "lote", "lt", "manzana", "mz", "parcela", "haus", "t o", "tegenover", "naast", "nabij", "gegenuber", "neben":
		return true
	case "n", "civ", "civico": // signs that are words elsewhere
		return !c.Suffixes
	}
	return len(words) > 1 && c.mayPrecede() && isRangeWord(words[0]) && c.isPlainNumber(words[1])
}

// joinsStreets reports whether a name without a suffix is of two streets: "Mayor
// esq. Sol", "100 Carrera" before 8.
func (c *country) joinsStreets(words []string) bool {
	for i := 1; i < len(words) && !c.Suffixes; i++ {
		switch fold(words[i]) {
		case "esq", "esquina", "cruce", "ang", "angolo":
			return true
		case "con":
			if c.isPlainNumber(words[i-1]) {
				return true
			}
		}
		if c.isType(words[i:i+1]) && (c.isPlainNumber(words[i-1]) || i == 1 && len(words) > 2 && (isLetter(words[0]) || c.endsNumber(words[0]))) {
			return true // "A rue X" of "12 bis A rue X"
		}
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
	switch fold(words[last-1]) {
	case "de", "del", "du", "des", "dei", "delle", "degli", "da", "do", "dos", "das", "der", "den", "van", "los", "las", "les":
		return true
	case "d", "n", "cd", "rd", "rn", "vc", "km":
		return true
	}
	return false
}

// hidesUnit reports whether a name has in it a unit that was not told apart: one
// before it, "Flat A High", one after it, "Main St-Apt 4", or the word for one
// alone, "Main St Apt".
func hidesUnit(a Address, words []string) bool {
	if hasDigit(words[0]) && strings.Contains(words[0], "/") && a.StreetTypePrefix == "" {
		return true // "1/2B Main"
	}
	if len(words) < 2 {
		return false
	}
	if d, ok := designatorOf(words[0]); ok && (a.HouseNumber == "" && isLetter(words[1]) || d.sure && isUnitNumber(words[1])) {
		return true
	}
	for i, word := range words[1:] {
		_, end, joined := strings.Cut(word, "-")
		if !joined {
			end = word
		}
		if d, ok := designatorOf(end); ok && d.number && i+2 < len(words) && isUnitNumber(words[i+2]) {
			return true
		}
	}
	last := len(words) - 1
	d, ok := designatorOf(words[last])
	return ok && a.StreetSuffix == "" && (d.sure || endsInSuffix(words[:last]))
}

// goesOn reports whether a name goes on after the suffix of a street: with another
// street, "Main St and Oak", "Main St/5th", with a number, "Main St 3", or with the
// city, "Main St Fernhill".
func (c *country) goesOn(a Address, words []string) bool {
	for i := 1; i < len(words); i++ {
		after := words[i+1:]
		if first, _, joined := strings.Cut(words[i], "/"); joined && isSuffixWord(first) {
			return true
		}
		switch {
		case len(after) == 0 || !isSuffixWord(words[i]):
		case isRangeWord(after[0]) && len(after) > 1, slices.ContainsFunc(after, hasNumberAlone) && !(c.numbersStreets() && isStreetNumber(after)):
			return true
		case !c.numbersStreets() && a.StreetSuffix == "" && a.StreetTypePrefix == "" && isMainSuffix(words[i]) && !isFrenchDirection(after):
			return true
		}
	}
	return false
}

// hasNumberAlone reports whether a word has a number that is no ordinal.
func hasNumberAlone(word string) bool {
	_, ending := cutDigits(word)
	return hasDigit(word) && !isOrdinalEnding(ending)
}

// numbersStreets reports whether streets are told apart by what follows the suffix:
// "Ang Mo Kio Ave 3", "Banjara Hills Road No 12", "Queen's Road Central".
func (c *country) numbersStreets() bool {
	switch c.Country {
	case "SG", "MY", "IN", "PH", "HK":
		return true
	}
	return false
}

// isStreetNumber reports whether words are the number of a street.
func isStreetNumber(words []string) bool {
	return len(words) == 1 || len(words) == 2 && isNumberMark(words[0])
}

// isMainSuffix recognises the suffixes that are hardly ever words of names.
func isMainSuffix(word string) bool {
	switch suffixes()[suffixKey(word)] {
	case "ST", "AVE", "RD", "BLVD", "DR", "LN", "CT", "PL", "HWY", "PKWY", "TER", "CIR":
		return true
	}
	return false
}

// isFrenchDirection: in Quebec the direction is the last word, "5e Avenue Nord".
func isFrenchDirection(words []string) bool {
	return len(words) == 1 && slices.Contains([]string{"nord", "sud", "est", "ouest"}, fold(words[0]))
}
