package emergency

import (
	"slices"
	"strings"
)

// isPartOfCity reports whether a name is that of a part of a city or has one in it,
// which is no part of the street: the urbanization of Puerto Rico [Pub 28], the
// chome of Japan behind the number of which a block has its own.
func (c *country) isPartOfCity(words []string) bool {
	switch c.Country {
	case "PR":
		return slices.ContainsFunc(words, isUrbanization)
	case "JP":
		return strings.HasPrefix(fold(words[0]), "chome")
	case "BR":
		return slices.ContainsFunc(words, isSuperblock)
	}
	return false
}

// endsInCity reports whether a suffix that is hardly ever a word of a name, with words
// of the name after it, is that of the street, and the last suffix is the end of a
// city: "Main St Long Beach", "Main St Key West".
func endsInCity(a Address, after int) bool {
	if after == 0 {
		return fold(a.StreetSuffix+" "+a.PostDirectional) == "key west"
	}
	return a.StreetSuffix != "" && !isMainSuffix(a.StreetSuffix)
}

// isSuperblock recognises the letters of the blocks of Brasília, where a number is
// that of the block and no house: "SQS 308".
func isSuperblock(word string) bool {
	switch strings.ToUpper(word) {
	case "SQN", "SQS", "SQNW", "SQSW", "CLN", "CLS", "SCLN", "SCLS", "SHCN", "SHCS", "SHIN", "SHIS", "QI", "QL", "QE", "QNA", "SCS", "SCN", "SBS", "SBN":
		return true
	}
	return false
}

// isUrbanization recognises what sets a part of a city of Puerto Rico apart.
func isUrbanization(word string) bool {
	key := fold(word)
	return key == "urb" || key == "urbanizacion"
}

// isRangeWord recognises the words between the house numbers before a street, and
// between the names of two.
func isRangeWord(word string) bool {
	switch strings.ToLower(withoutStops(word)) {
	case "to", "thru", "through", "and", "or", "ou", "oder", "at", "near", "cnr", "cor", "corner", "opp", "opposite", "a", "à", "au", "et", "tot", "en", "y":
		return true
	}
	return false
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

// meets reports whether a name is of two streets: "Broadway at 5th" before Ave,
// "Broadway and Main" without a house number. "Hope and Anchor" is one.
func meets(a Address, words []string) bool {
	for i := 1; i < len(words); i++ {
		last := i+1 == len(words)
		switch key := fold(words[i]); {
		case key == "at", key == "near", key == "and" && a.HouseNumber == "":
			return !last || a.StreetSuffix != ""
		case !last && isRangeWord(words[i]) && hasDigit(words[i+1]):
			return true
		}
	}
	return false
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
		case isMainSuffix(words[i]) && endsInCity(a, len(after)):
			return true
		case len(after) == 0 || !isSuffixWord(words[i]):
		case isRangeWord(after[0]) && len(after) > 1, slices.ContainsFunc(after, hasNumberAlone) && !(c.numbersStreets() && isStreetNumber(after)):
			return true
		case !c.numbersStreets() && a.StreetSuffix == "" && a.StreetTypePrefix == "" && isMainSuffix(words[i]) && !isFrenchDirection(after):
			return true
		}
	}
	return false
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

// isFrenchDirection recognises the direction as French has it: in Quebec the direction is the last word, "5e Avenue Nord".
func isFrenchDirection(words []string) bool {
	return len(words) == 1 && slices.Contains([]string{"nord", "sud", "est", "ouest"}, fold(words[0]))
}

// isTypeOrName reports whether there is no telling the type from the name, because
// both are suffixes: "Avenue Park". Rue is hardly ever a name.
func isTypeOrName(a Address, words []string) bool {
	return isSuffixWord(a.StreetTypePrefix) && isUnnamed(words) && fold(a.StreetTypePrefix) != "rue"
}
