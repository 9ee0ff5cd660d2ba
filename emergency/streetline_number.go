package emergency

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numberMarks are the words before a house number that say what it is. Such a
// word is kept as the prefix of the number.
var numberMarks = []string{"no", "nr", "nº", "n°", "nro", "num", "núm", "#", "№", "blk", "block", "kav", "čp", "č"}

func isNumberMark(word string) bool {
	return slices.Contains(numberMarks, strings.ToLower(strings.TrimSuffix(withoutStops(word), ":")))
}

// numberWords are the words that follow a house number and belong to it.
var numberWords = []string{"bis", "ter", "quater", "quinquies"}

func isNumberWord(word string) bool { return slices.Contains(numberWords, strings.ToLower(word)) }

// A houseNo is a house number taken apart.
type houseNo struct{ prefix, number, suffix string }

func (a *Address) setNumber(n houseNo) {
	a.HouseNumberPrefix, a.HouseNumber, a.HouseNumberSuffix = n.prefix, n.number, n.suffix
}

// cutNumber takes the house number off the side of the street where the
// country has it. A name must be left.
func (c *country) cutNumber(a *Address, words []string) (rest []string, found bool) {
	before, nBefore := c.numberBefore(words)
	after, nAfter := c.numberAfter(words)
	switch {
	case c.Number == "none":
		return nil, false
	case c.EitherSide:
		if nBefore > 0 && nAfter > 0 {
			return nil, false // two numbers, and no telling which
		}
	case c.Number == "before":
		nAfter = 0
	default:
		nBefore = 0
	}
	switch {
	case nBefore > 0:
		a.setNumber(before)
		return words[nBefore:], true
	case nAfter > 0:
		a.setNumber(after)
		return words[:len(words)-nAfter], true
	}
	return nil, false
}

// mayPrecede and mayFollow report on which sides of a street its number may be.
func (c *country) mayPrecede() bool { return c.Number == "before" || c.EitherSide }
func (c *country) mayFollow() bool  { return c.Number == "after" || c.EitherSide }

// setWholeNumber sets the house number where the words are one and no more.
func (a *Address) setWholeNumber(c *country, words []string) bool {
	n, used := c.readNumber(words)
	if used == 0 || used != len(words) {
		return false
	}
	a.setNumber(n)
	return true
}

// numberBefore reads the house number at the start of a street's words and
// returns how many words it is, 0 if there is none.
func (c *country) numberBefore(words []string) (houseNo, int) {
	n, used := c.readNumber(words)
	if used == 0 || used == len(words) {
		return houseNo{}, 0
	}
	rest := words[used:]
	if n.suffix == "" && len(rest) > 1 && isLetter(rest[0]) && !(c.Directionals && isDirectional(rest[0])) && c.beginsStreet(rest[1:]) {
		n.suffix, rest = rest[0], rest[1:]
	}
	if c.Suffixes && isRemnant(rest) {
		return houseNo{}, 0 // "39.2 RD" and "1700 S" are names
	}
	return n, len(words) - len(rest)
}

// beginsStreet reports whether words can only be a street, so that a letter
// before them is that of the house number.
func (c *country) beginsStreet(words []string) bool {
	if c.cutType(words) > 0 {
		return true
	}
	return c.Suffixes && len(words) > 1 && isSuffixWord(words[len(words)-1])
}

// isRemnant reports whether nothing is left of a street's name but a direction
// or the abbreviation of a suffix, which are no names.
func isRemnant(words []string) bool {
	if len(words) > 1 {
		return len(words) == 2 && isDirectional(words[1]) && isRemnant(words[:1])
	}
	return isDirectional(words[0]) || isSuffixWord(words[0]) && !isSuffixName(words[0])
}

// numberAfter reads the house number at the end of a street's words.
func (c *country) numberAfter(words []string) (houseNo, int) {
	for used := min(longestNumber, len(words)-1); used > 0; used-- {
		rest := words[:len(words)-used]
		n, all := c.readNumber(words[len(words)-used:])
		if all != used || n == (houseNo{}) {
			continue
		}
		if n.prefix == "" && c.endsInNumber(rest) || c.isType(rest) || strings.EqualFold(withoutStops(rest[len(rest)-1]), "km") || isNumberMark(rest[len(rest)-1]) {
			return houseNo{}, 0 // of two numbers there is no telling which; "Rua 5" is a name, "km 12" another measure
		}
		return n, used
	}
	return houseNo{}, 0
}

// longestNumber is how many words a house number has at most: "No. 12 - 14 A".
const longestNumber = 5

// readNumber reads a house number at the start of words and returns how many of
// them it is: "12", "12A", "12 bis", "101 1/2", "12 - 14", "No. 12", "Z123".
func (c *country) readNumber(words []string) (houseNo, int) {
	var n houseNo
	used := 0
	if len(words) > 1 && isNumberMark(words[0]) {
		n.prefix, used = withoutStops(words[0]), 1
	}
	if used == len(words) {
		return houseNo{}, 0
	}
	core, ok := c.readNumberWord(words[used])
	if !ok || n.prefix != "" && core.prefix != "" {
		return houseNo{}, 0
	}
	if core.prefix == "" {
		core.prefix = n.prefix
	}
	used++
	if used+1 < len(words) && isDash(words[used]) && core.suffix == "" {
		if upper, ok := c.readNumberWord(words[used+1]); ok && upper.prefix == "" && upper.suffix == "" && c.Country != "NL" {
			core.number += words[used] + upper.number
			used += 2
		}
	}
	if used < len(words) && core.suffix == "" && c.isNumberSuffix(words, used) {
		core.suffix = words[used]
		used++
	}
	return core, used
}

// isNumberSuffix reports whether the word after a house number belongs to it:
// "bis", a fraction, or at the end of the line a letter.
func (c *country) isNumberSuffix(words []string, at int) bool {
	word := words[at]
	return isNumberWord(word) || isFraction(word) ||
		c.mayFollow() && at == len(words)-1 && isLetter(word)
}

// readNumberWord reads a house number of one word.
func (c *country) readNumberWord(word string) (houseNo, bool) {
	for _, mark := range numberMarks { // "No.12", "#12"
		if rest, ok := cutMark(word, mark); ok {
			n, ok := c.readDigits(rest)
			n.prefix = withoutStops(word[:len(word)-len(rest)])
			return n, ok
		}
	}
	if c.Directionals && !isDigit(word[0]) {
		return c.readGridNumber(word)
	}
	return c.readDigits(word)
}

// cutMark cuts a mark off the digits it is written onto, with a full stop or a
// colon between. One of letters has that: "No.12", for "No12" may be a name.
func cutMark(word, mark string) (rest string, ok bool) {
	if len(word) < len(mark) || !strings.EqualFold(word[:len(mark)], mark) {
		return "", false
	}
	rest = word[len(mark):]
	switch {
	case rest != "" && (rest[0] == '.' || rest[0] == ':'):
		rest = rest[1:]
	case isASCIILetter(mark[len(mark)-1]):
		return "", false
	}
	return rest, rest != "" && isDigit(rest[0])
}

// readDigits reads what begins with a digit. An ordinal is no house number.
func (c *country) readDigits(word string) (houseNo, bool) {
	if c.mayFollow() {
		word = strings.TrimSuffix(word, ".") // "12." as in Hungary
	}
	digits, rest := cutDigits(word)
	switch {
	case digits == "", c.Suffixes && isStorey(word):
		return houseNo{}, false
	case rest == "":
		return houseNo{number: digits}, true
	case isLetter(rest), isNumberWord(rest), isFractionSign(rest):
		return houseNo{number: digits, suffix: rest}, true
	}
	if extra, ok := strings.CutPrefix(rest, "-"); ok && c.Country == "NL" && isDigits(extra) {
		return houseNo{number: digits, suffix: extra}, true
	}
	return houseNo{number: word}, isCompound(word)
}

// isCompound reports whether a word is digits and single letters with a hyphen,
// slash or point between: "289-01", "12A-14B", "681/14", "39.2".
func isCompound(word string) bool {
	joint, letter := false, false
	for i, r := range word {
		switch {
		case '0' <= r && r <= '9':
			if letter {
				return false
			}
			joint = false
		case r == '-' || r == '/' || r == '.' || r == '–':
			if joint || i == 0 {
				return false
			}
			joint, letter = true, false
		case unicode.IsLetter(r) && r != 'º' && r != 'ª' && !letter:
			joint, letter = false, true
		default:
			return false
		}
	}
	return !joint
}

// readGridNumber reads the numbers of North American grids: letters of
// directions and digits by turns, "N6W23001", and a letter before a long number,
// "Z123", which no road is called; in Puerto Rico also before a short one.
func (c *country) readGridNumber(word string) (houseNo, bool) {
	last := strings.LastIndexFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	prefix, number := word[:last+1], word[last+1:]
	if number == "" || prefix == "" {
		return houseNo{}, false
	}
	if len(prefix) == 1 && isASCIILetter(prefix[0]) && (len(number) > 2 || c.Country == "PR") {
		return houseNo{prefix: prefix, number: number}, true
	}
	first, second := prefix[:1], prefix[len(prefix)-1:]
	grid := len(prefix) > 2 && isDirectional(first) && isDigits(prefix[1:len(prefix)-1]) && isDirectional(second)
	return houseNo{prefix: prefix, number: number}, grid
}

func isDash(word string) bool { return word == "-" || word == "–" }

func isDigits(s string) bool {
	digits, rest := cutDigits(s)
	return digits != "" && rest == ""
}

// isFraction recognises the fraction of a house number: "1/2", "½".
func isFraction(word string) bool {
	over, under, ok := strings.Cut(word, "/")
	return isFractionSign(word) || ok && isDigits(over) && isDigits(under) && len(over) == 1 && len(under) == 1
}

// isFractionSign recognises a fraction of one character.
func isFractionSign(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size > 0 && size == len(word) && strings.ContainsRune(fractionSigns, r)
}

const fractionSigns = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

// isLetter reports whether a word is one letter, and not the sign of an ordinal.
func isLetter(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size > 0 && size == len(word) && unicode.IsLetter(r) && r != 'º' && r != 'ª'
}
