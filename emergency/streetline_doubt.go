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
		c.hidesNumbers(a, words) || c.isPartOfCity(words) ||
		c.Suffixes && (hidesUnit(a, words) || c.goesOn(a, words) || meets(a, words) || c.isHalfNumber(a, words) || c.hidesFrenchUnit(words) || isTypeOrName(a, words))
}

// isNoWord reports whether a word is none of a street's name: signs alone, or one
// with signs that names do not have.
func isNoWord(word string) bool {
	letter, sign := false, false
	for _, r := range word {
		letter = letter || unicode.IsLetter(r) || unicode.IsDigit(r)
		sign = sign || strings.ContainsRune("()[]{}#№\\|_,"+fractionSigns, r)
	}
	return sign || !letter || hidesStorey(word) || strings.Contains(word, ":") && !isShortened(word)
}

// hidesStorey recognises a storey written onto a house number: "110-3º".
func hidesStorey(word string) bool {
	_, storey, joined := strings.Cut(word, "-")
	return joined && isDigit(word[0]) && strings.ContainsAny(storey, "ºª°")
}

// isShortened recognises a word of a name that has its middle left out, as in
// Sweden: "S:t Eriksgatan", "N:a".
func isShortened(word string) bool {
	start, end, _ := strings.Cut(word, ":")
	return 0 < len(start) && len(start) <= 2 && 0 < len(end) && len(end) <= 2 && !hasDigit(word)
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

// hidesFrenchUnit finds a unit in the French of Canada that was not told apart:
// "rue X local 4", "rue X 3e étage".
func (c *country) hidesFrenchUnit(words []string) bool {
	for i := 1; i < len(words) && c.Country == "CA"; i++ {
		switch fold(words[i]) {
		case "local", "porte", "etage", "chambre", "app", "bureau", "unite", "appartement":
			if hasDigit(words[i-1]) || i+1 < len(words) && isUnitNumber(words[i+1]) {
				return true
			}
		}
	}
	return false
}
