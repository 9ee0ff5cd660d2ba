package emergency

import "unicode/utf8"

const (
	// longestCompared bounds the texts whose spelling is compared, in characters.
	longestCompared = 64
	// maxCandidates bounds the candidates looked at; more than that is no choice.
	maxCandidates = 64
)

// A spelling is a text that others are compared with: close to it is what is
// within one edit of up to four characters and within two of more, without
// case and accents.
type spelling struct {
	folded  []rune
	limit   int
	letters [letterKinds]int // how often each kind is there
}

// letterKinds is how many kinds of characters are told apart by letterKind.
const letterKinds = 32

func letterKind(r rune) int { return int(r) % letterKinds }

func spellingOf(written string) spelling {
	s := spelling{folded: []rune(fold(written)), limit: 2}
	if len(s.folded) <= 4 {
		s.limit = 1
	}
	for _, r := range s.folded {
		s.letters[letterKind(r)]++
	}
	return s
}

// isClose reports whether a folded text is close.
func (s spelling) isClose(folded string) bool {
	if apart := len(s.folded) - utf8.RuneCountInString(folded); folded == "" || apart > s.limit || -apart > s.limit {
		return false // each edit changes the length by one at most
	}
	return s.sharesLetters(folded) && editDistance(s.folded, []rune(folded)) <= s.limit
}

// sharesLetters reports whether a text has the same characters but for as many as
// the limit on either side: no edit changes more than one on each. It is quick,
// and most texts are not.
func (s spelling) sharesLetters(folded string) bool {
	left := s.letters
	extra := 0
	for _, r := range folded {
		if kind := letterKind(r); left[kind] > 0 {
			left[kind]--
		} else if extra++; extra > s.limit {
			return false
		}
	}
	missing := len(s.folded) - (utf8.RuneCountInString(folded) - extra)
	return missing <= s.limit
}

// nearest returns the one candidate that is close to what was written. There
// is none if no candidate is close or several are.
func nearest(written string, candidates []string) (string, bool) {
	if len(candidates) > maxCandidates {
		return "", false
	}
	s := spellingOf(written)
	found, foundFolded := "", ""
	for _, candidate := range candidates {
		folded := fold(candidate)
		switch {
		case !s.isClose(folded) || folded == foundFolded:
		case found != "":
			return "", false
		default:
			found, foundFolded = candidate, folded
		}
	}
	return found, found != ""
}

// editDistance is the Damerau-Levenshtein distance of two texts: the fewest
// characters to insert, delete, replace or swap with their neighbour, where
// others may have come between the swapped ones. Texts longer than
// longestCompared are as far apart as anything can be.
func editDistance(x, y []rune) int {
	if len(x) > longestCompared || len(y) > longestCompared {
		return 2 * longestCompared
	}
	// cost[i+1][j+1] is the distance of the first i of x and the first j of y; row
	// and column 0 are out of reach, for swaps that have no partner.
	var cost [longestCompared + 2][longestCompared + 2]uint8
	const outOfReach = 2 * longestCompared
	for i := 0; i <= len(x); i++ {
		cost[i+1][0], cost[i+1][1] = outOfReach, uint8(i)
	}
	for j := 0; j <= len(y); j++ {
		cost[0][j+1], cost[1][j+1] = outOfReach, uint8(j)
	}
	cost[0][0] = outOfReach
	var lastRow [longestCompared]int // of each character of y, where x last had it
	for i := 1; i <= len(x); i++ {
		lastColumn := 0 // where y last had x[i-1]
		for j := 1; j <= len(y); j++ {
			i1, j1 := lastRow[j-1], lastColumn
			replace := cost[i][j]
			if x[i-1] == y[j-1] {
				lastColumn = j
			} else {
				replace++
			}
			swap := int(cost[i1][j1]) + (i - i1 - 1) + 1 + (j - j1 - 1)
			cost[i+1][j+1] = min(replace, cost[i+1][j]+1, cost[i][j+1]+1, uint8(min(swap, outOfReach)))
		}
		for j := range y {
			if y[j] == x[i-1] {
				lastRow[j] = i
			}
		}
	}
	return int(cost[len(x)+1][len(y)+1])
}
