package telephony

import "slices"

// Number is an E.164 telephone number: a country code and what follows it, 7 to
// 15 digits in all [ITU-T E.164]. The zero value is no number. Numbers are
// comparable with ==, make good map keys and cost one machine word.
//
// Numbers are ordered as they are dialled, digit by digit from the left, so
// that the numbers of a country, of a prefix and of a thousands-block each
// stand together.
type Number struct {
	// w holds the digits, left-aligned in 15 decimal places, above the count
	// of digits in the low four bits. Comparing the words then compares the
	// digits from the left, the shorter first where one begins the other.
	w uint64
}

// The length of a number in digits, country code included. E.164 sets the upper
// bound; no country assigns fewer than 7 digits in all.
const (
	MinDigits = 7
	MaxDigits = 15
)

const countBits = 4

// pow10[i] is ten to the power of i.
var pow10 = [MaxDigits + 1]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
}

// numberOf packs digits, written with count decimal places. The caller has
// checked the bounds.
func numberOf(digits uint64, count int) Number {
	return Number{digits*pow10[MaxDigits-count]<<countBits | uint64(count)}
}

// IsValid reports whether n is a number at all.
func (n Number) IsValid() bool { return n.w != 0 }

// Len returns how many digits n has, 7 to 15; 0 for the zero Number.
func (n Number) Len() int { return int(n.w & (1<<countBits - 1)) }

// Digits returns the number as an integer, country code first; 0 for the zero
// Number.
func (n Number) Digits() uint64 {
	if n.w == 0 {
		return 0
	}
	return n.w >> countBits / pow10[MaxDigits-n.Len()]
}

// NumberFromDigits makes a Number of an integer that is written with its
// country code first, such as 14255550100. Its errors are ErrNumberLength and
// ErrCallingCode.
func NumberFromDigits(digits uint64) (Number, error) {
	count := 0
	for rest := digits; rest > 0; rest /= 10 {
		count++
	}
	return checked(digits, count)
}

// Compare orders numbers as they are dialled: -1 if n comes before other, +1 if
// after, 0 if they are the same. The zero Number comes first.
func (n Number) Compare(other Number) int {
	switch {
	case n.w < other.w:
		return -1
	case n.w > other.w:
		return 1
	}
	return 0
}

// CallingCode returns the number's country calling code, such as 44; 0 for the
// zero Number.
func (n Number) CallingCode() CallingCode {
	return callingCodeOf(n.firstThree())
}

// National returns the digits behind the calling code as an integer, and how many
// they are, 4 to 14: zeros in front, as Italian numbers have them, are counted.
// Both are 0 for the zero Number.
func (n Number) National() (digits uint64, count int) {
	if !n.IsValid() {
		return 0, 0
	}
	count = n.Len() - n.CallingCode().len()
	return n.Digits() % pow10[count], count
}

// firstThree returns the first three digits, by which every calling code is
// known.
func (n Number) firstThree() int { return int(n.w >> countBits / pow10[MaxDigits-3]) }

// Add returns the number steps further on, or back where steps is negative,
// with the same count of digits and the same calling code. It reports false,
// with the zero Number, where there is none.
func (n Number) Add(steps int) (Number, bool) {
	if !n.IsValid() {
		return Number{}, false
	}
	unit := int64(pow10[MaxDigits-n.Len()])
	places := int64(n.w >> countBits)
	if limit := int64(pow10[n.Len()]); int64(steps) > limit || int64(steps) < -limit {
		return Number{}, false
	}
	places += int64(steps) * unit
	if places < 0 || places >= int64(pow10[MaxDigits]) {
		return Number{}, false
	}
	sum := Number{uint64(places)<<countBits | uint64(n.Len())}
	if sum.firstThree() != n.firstThree() && sum.CallingCode() != n.CallingCode() {
		return Number{}, false
	}
	return sum, true
}

// Sub returns how many steps n is past other, negative where it comes before:
// under one calling code, n equals other.Add(steps). It reports false where the
// two differ in length or are not both numbers, or an int cannot hold the steps.
func (n Number) Sub(other Number) (steps int, ok bool) {
	if !n.IsValid() || n.Len() != other.Len() {
		return 0, false
	}
	unit := int64(pow10[MaxDigits-n.Len()])
	distance := (int64(n.w>>countBits) - int64(other.w>>countBits)) / unit
	if int64(int(distance)) != distance {
		return 0, false
	}
	return int(distance), true
}

// BlockSize is how many numbers a thousands-block has: the unit in which the
// trade assigns, pools and reports numbers [47 CFR 52.20].
const BlockSize = 1000

// Block returns the thousands-block n lies in, named by its first number, whose
// last three digits are 000, and n's offset in it, 0 to 999.
func (n Number) Block() (base Number, offset int) {
	if !n.IsValid() {
		return Number{}, 0
	}
	digits := n.Digits()
	offset = int(digits % BlockSize)
	return numberOf(digits-uint64(offset), n.Len()), offset
}

// GroupsAcross returns the bases, ascending, of the groups of numbers that differ
// in their last digits alone, so many of them, which begin before a word and may
// have numbers at it or behind: at most one for each length that numbers have. All
// other groups with such numbers have bases whose words are no less.
func GroupsAcross(word uint64, lastDigits int) []Number {
	var bases []Number
	for length := max(MinDigits, lastDigits+1); length <= MaxDigits; length++ {
		leading := word >> countBits / pow10[MaxDigits-length+lastDigits]
		base, err := NumberFromDigits(leading * pow10[lastDigits])
		if err == nil && base.Len() == length && base.w < word {
			bases = append(bases, base)
		}
	}
	slices.SortFunc(bases, Number.Compare)
	return bases
}

// Word returns the machine word behind n. Words order as numbers do; they are
// for keys of ordered stores and have no other meaning. NumberFromWord is the
// way back.
func (n Number) Word() uint64 { return n.w }

// NumberFromWord makes a Number of what Word returned, checking it whole; the
// word 0 is that of the zero Number. Errors, in order of precedence:
// ErrNumberLength, ErrNumberSyntax, ErrCallingCode.
func NumberFromWord(w uint64) (Number, error) {
	if w == 0 {
		return Number{}, nil
	}
	n := Number{w}
	if n.Len() < MinDigits {
		return Number{}, lengthError(n.Len())
	}
	if w>>countBits >= pow10[MaxDigits] || numberOf(n.Digits(), n.Len()) != n {
		return Number{}, syntaxError("the word is not one that a Number has", 0)
	}
	return checked(n.Digits(), n.Len())
}
