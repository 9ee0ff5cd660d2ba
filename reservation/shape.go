package reservation

import (
	"fmt"
	"math/bits"

	"example.com/callingplan/telephony"
)

// ShapeKind is what makes some digits of a number easy to remember.
type ShapeKind uint8

// The shapes, in the order in which they are named. Repeats and runs may stand
// anywhere in the digits judged; the last five kinds are of the ending.
const (
	Repeat        ShapeKind = 1 + iota // AAA: one digit over and over
	Ascending                          // 345: each digit one up, 0 after 9
	Descending                         // 543: each digit one down, 9 after 0
	RoundEnd                           // 00: zeros at the end
	RepeatedGroup                      // ABAB, ABABAB, ABCABC
	PairsInRow                         // AABB, AABBCC
	TriplesInRow                       // AAABBB
	Palindrome                         // ABBA, ABCBA: the same from both sides
	FewDigits                          // no more than three different digits in all
)

var shapeNames = [...]string{Repeat: "repeat", Ascending: "ascending run", Descending: "descending run",
	RoundEnd: "round end", RepeatedGroup: "repeated group", PairsInRow: "pairs", TriplesInRow: "triples",
	Palindrome: "palindrome", FewDigits: "few different digits"}

// String returns the name, such as "ascending run".
func (k ShapeKind) String() string {
	if k < Repeat || k > FewDigits {
		return "invalid shape"
	}
	return shapeNames[k]
}

// Shape is one reason for a number's score: which digits of it have which shape.
type Shape struct {
	Kind ShapeKind
	// First and Last are the digits of the shape, counted from the end of the
	// number on: the last digit is 1. First is the greater.
	First, Last int
	Points      int
}

// Len returns how many digits the shape has.
func (s Shape) Len() int { return s.First - s.Last + 1 }

// String says which digits have which shape and what it is worth: "repeat in
// digits 6 to 1 from the end: 80". It tells no digit.
func (s Shape) String() string {
	return fmt.Sprintf("%s in digits %d to %d from the end: %d", s.Kind, s.First, s.Last, s.Points)
}

const (
	// MaxScore is the best score.
	MaxScore = 100
	// GoldScore and SilverScore are from where on the trade sells a number as
	// gold or silver; others are standard.
	GoldScore, SilverScore = 60, 25
	// judgedDigits are how many digits at the end of a number are judged: a
	// subscriber's number under an area code of the North American plan, and the
	// six digits by which mobile numbers are graded, with the one before.
	judgedDigits = 7
)

// Score returns how memorable n is, 0 to MaxScore: the points of its shapes added
// together, and no more than MaxScore. See Shapes for the rules.
func Score(n telephony.Number) int {
	if !n.IsValid() {
		return 0
	}
	e := endingOf(n)
	return e.score()
}

// Shapes returns what makes n memorable, in the order of the kinds, repeats and
// runs from the left. Judged are the last 7 of the digits behind the calling code,
// or all where there are fewer. A digit may be in several shapes. The points, by
// the number of digits:
//
//	digits                        2   3   4   5   6   7
//	repeat, not of the end's 0s      15  40  50  80 100
//	ascending, descending run        10  35  50  75  95
//	round end                    10  30  50  70  85 100
//	repeated group                       25      60
//	pairs in a row                       25      40
//	triples in a row                             30
//	palindrome, not a repeat             20  25  35  50
//	few digits, 6 or more judged: of 2 different ones 20, of 3 different ones 5
//
// Of each shape of the ending the longest counts. The points are set so that the
// examples by which the trade explains its gold and silver numbers come out so
// (six equal digits, six in sequence, twice three, thrice two; five equal ones,
// five in sequence, three pairs, a mirror image).
func Shapes(n telephony.Number) []Shape {
	if !n.IsValid() {
		return nil
	}
	e := endingOf(n)
	var j judged
	e.judge(&j)
	var shapes []Shape
	for _, s := range j.shapes[:j.count] {
		shapes = append(shapes, Shape{s.kind, e.count - int(s.first), e.count - int(s.end) + 1, int(s.points)})
	}
	return shapes
}

var (
	repeatPoints = [judgedDigits + 1]uint8{3: 15, 4: 40, 5: 50, 6: 80, 7: 100}
	runPoints    = [judgedDigits + 1]uint8{3: 10, 4: 35, 5: 50, 6: 75, 7: 95}
	roundPoints  = [judgedDigits + 1]uint8{2: 10, 3: 30, 4: 50, 5: 70, 6: 85, 7: 100}
	groupPoints  = [judgedDigits + 1]uint8{4: 25, 6: 60}
	pairsPoints  = [judgedDigits + 1]uint8{4: 25, 6: 40}
	mirrorPoints = [judgedDigits + 1]uint8{4: 20, 5: 25, 6: 35, 7: 50}
	fewPoints    = [judgedDigits + 1]uint8{2: 20, 3: 5}
)

const triplesPoints = 30

// ending is the digits of a number that are judged.
type ending struct {
	digits [judgedDigits]uint8
	count  int
}

func endingOf(n telephony.Number) (e ending) {
	digits, count := n.National()
	e.count = min(count, judgedDigits)
	for i := e.count - 1; i >= 0; i-- {
		e.digits[i] = uint8(digits % 10)
		digits /= 10
	}
	return e
}

// judged is the shapes found: those of some digits, from first to end, which is
// not included. Seven digits have at most three repeats and runs, and one shape of
// each of the six other kinds.
type judged struct {
	shapes [9]judgedShape
	count  int
}

type judgedShape struct {
	kind               ShapeKind
	first, end, points uint8
}

func (j *judged) add(kind ShapeKind, first, end int, points uint8) {
	if points > 0 {
		j.shapes[j.count] = judgedShape{kind, uint8(first), uint8(end), points}
		j.count++
	}
}

func (e *ending) score() (points int) {
	var j judged
	e.judge(&j)
	for _, s := range j.shapes[:j.count] {
		points += int(s.points)
	}
	return min(points, MaxScore)
}

func (e *ending) judge(j *judged) {
	e.runs(j)
	n, d := e.count, e.digits[:e.count]
	zeros := e.zeros()
	j.add(RoundEnd, n-zeros, n, roundPoints[zeros])
	group := repeatedGroup(d)
	j.add(RepeatedGroup, n-group, n, groupPoints[group])
	pairs := inRow(d, 2)
	j.add(PairsInRow, n-pairs, n, pairsPoints[pairs])
	if inRow(d, 3) == 6 {
		j.add(TriplesInRow, n-6, n, triplesPoints)
	}
	mirror := palindrome(d)
	j.add(Palindrome, n-mirror, n, mirrorPoints[mirror])
	if n >= 6 {
		j.add(FewDigits, 0, n, fewPoints[different(d)])
	}
}

// runs adds the repeats and the runs: where the step from digit to digit stays 0,
// 1 up or 1 down.
func (e *ending) runs(j *judged) {
	d := e.digits[:e.count]
	for first := 0; first+2 < len(d); {
		step := stepUp(d[first], d[first+1])
		last := first + 1
		for last+1 < len(d) && stepUp(d[last], d[last+1]) == step {
			last++
		}
		length := last - first + 1
		switch step {
		case 0:
			if d[first] != 0 || last != len(d)-1 { // zeros at the end are a round end
				j.add(Repeat, first, last+1, repeatPoints[length])
			}
		case 1:
			j.add(Ascending, first, last+1, runPoints[length])
		case 9:
			j.add(Descending, first, last+1, runPoints[length])
		}
		first = last
	}
}

// stepUp returns how many digits b is further up than a, 0 after 9.
func stepUp(a, b uint8) uint8 {
	if b >= a {
		return b - a
	}
	return 10 + b - a
}

func (e *ending) zeros() (count int) {
	for count < e.count && e.digits[e.count-1-count] == 0 {
		count++
	}
	return count
}

// repeatedGroup returns how many digits at the end are ABAB, ABABAB or ABCABC.
func repeatedGroup(d []uint8) int {
	n := len(d)
	if n >= 6 && d[n-1] == d[n-4] && d[n-2] == d[n-5] && d[n-3] == d[n-6] &&
		(d[n-1] != d[n-2] || d[n-2] != d[n-3]) {
		return 6
	}
	if n < 4 || d[n-1] == d[n-2] || d[n-1] != d[n-3] || d[n-2] != d[n-4] {
		return 0
	}
	if n >= 6 && d[n-1] == d[n-5] && d[n-2] == d[n-6] {
		return 6
	}
	return 4
}

// inRow returns how many digits at the end, 6 at most, are groups of size equal
// ones, each group of another digit than the one beside it; 0 for a single group.
func inRow(d []uint8, size int) int {
	if last := len(d) - 1; d[last] != d[last-1] {
		return 0 // most numbers
	}
	length := 0
	for next := size; next <= min(len(d), 6); next += size {
		group := d[len(d)-next : len(d)-length]
		if different(group) > 1 || length > 0 && group[0] == d[len(d)-length] {
			break
		}
		length = next
	}
	if length == size {
		return 0
	}
	return length
}

// palindrome returns how many digits at the end, 4 at least, read the same from
// both sides and are not all equal.
func palindrome(d []uint8) int {
	last := len(d) - 1
	for length := len(d); length >= 4; length-- {
		p := d[len(d)-length:]
		if p[0] != d[last] {
			continue // most numbers
		}
		same, equal := true, true
		for i := 0; i < length/2 && same; i++ {
			same = p[i] == p[length-1-i]
			equal = equal && p[i] == p[length/2]
		}
		if same && !equal {
			return length
		}
	}
	return 0
}

// different returns how many different digits there are.
func different(d []uint8) int {
	var seen uint16
	for _, digit := range d {
		seen |= 1 << digit
	}
	return bits.OnesCount16(seen)
}
