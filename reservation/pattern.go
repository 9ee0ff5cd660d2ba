package reservation

import (
	"log/slog"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// The causes for which text is refused as a pattern.
const (
	ErrPatternSyntax telephony.Code = "pattern_syntax"
	ErrPatternLength telephony.Code = "pattern_length"
)

// Pattern says what the digits of a number look like. The zero value is no
// pattern and matches every number. Patterns are comparable with ==.
//
// A digit stands for itself, a letter for the digit of its key [ITU-T E.161], X
// too, "?" for any digit and "*" for any run of digits, none too:
//
//	206*          begins with 206
//	*0100         ends in 0100
//	*FLOWERS      ends in 3569377, which FLOWERS dials
//	206555????    is 206555 and four digits more
//	*55*00        ends in 00 and has 55 before it
//	555           has 555 anywhere, as *555* does
//	+1206*        is of calling code 1 and goes on with 206
//
// A pattern is held against the whole of the digits behind the calling code, and
// against the calling code too if it begins with a plus sign. Digits and letters
// alone, without a wildcard and a plus sign, are looked for anywhere.
//
// A national prefix is no part of a number and of no pattern, with one exception:
// under calling code 1 it is 1 as well, and no area code begins with 1 [NANPA]. A
// pattern that begins with 1 is held there against the calling code too, so
// "1206555????" is the same as "+1206555????".
type Pattern struct {
	text string // as String returns it
}

// How many places a pattern and a number have, behind the calling code and in
// all: no calling code is longer than three digits.
const (
	minNational, maxNational = telephony.MinDigits - 3, telephony.MaxDigits - 1
)

// ParsePattern reads a pattern. Letters may be of either case; hyphens, dots,
// parentheses and spaces are passed over.
//
// Errors, in order of precedence: ErrPatternSyntax with the offset of what is
// none of these, or of a plus sign that is not in front; ErrPatternLength for no
// digit and no wildcard at all, for more digits than a number has, and for fewer
// than one has where no "*" leaves the rest open.
func ParsePattern(s string) (Pattern, error) {
	var b patternBuilder
	for i := range len(s) {
		if !b.read(s[i]) {
			return Pattern{}, &telephony.Error{Code: ErrPatternSyntax, Detail: "a pattern is digits, letters, ? and *",
				Figures: []telephony.Figure{{Name: "at byte", Value: int64(i)}},
				Fix:     "write it as in *555*, 206555????, *FLOWERS or +1206*"}
		}
	}
	return b.pattern()
}

// MustParsePattern is ParsePattern for text known to be right. It panics on any
// other.
func MustParsePattern(s string) Pattern {
	p, err := ParsePattern(s)
	if err != nil {
		panic("reservation: MustParsePattern: " + err.Error())
	}
	return p
}

// patternBuilder writes a pattern in its one form: of wildcards side by side the
// single digits come first, then at most one run.
type patternBuilder struct {
	text   []byte // without the plus sign
	plus   bool
	run    bool // a "*" is to be written before the next digit
	places int
	wild   bool // there was a wildcard
}

// read takes the next character and reports false for one that has no place.
func (b *patternBuilder) read(c byte) bool {
	switch c {
	case '-', '.', '(', ')', ' ':
		return true
	case '+':
		first := !b.plus && !b.wild && b.places == 0
		b.plus = true
		return first
	case '*':
		b.run, b.wild = true, true
		return true
	case '?':
		b.wild = true
		b.place('?')
		return true
	}
	digit, ok := telephony.KeypadDigit(c)
	if ok {
		b.endRun()
		b.place(digit)
	}
	return ok
}

// place writes a place; those past the longest number only count.
func (b *patternBuilder) place(c byte) {
	if b.places++; b.places <= telephony.MaxDigits {
		b.text = append(b.text, c)
	}
}

func (b *patternBuilder) endRun() {
	if b.run {
		b.text = append(b.text, '*')
	}
	b.run = false
}

func (b *patternBuilder) pattern() (Pattern, error) {
	open := b.run || slices.Contains(b.text, '*')
	b.endRun()
	least, most := minNational, maxNational
	if b.plus {
		least, most = telephony.MinDigits, telephony.MaxDigits
	}
	anywhere := !b.wild && !b.plus
	switch {
	case b.places == 0 && !open:
		return Pattern{}, patternLength("a pattern says something of the digits", b.places, least, most)
	case b.places > most:
		return Pattern{}, patternLength("no number has as many digits as the pattern", b.places, least, most)
	case b.places < least && !open && !anywhere:
		return Pattern{}, patternLength("no number has as few digits as the pattern", b.places, least, most)
	case anywhere:
		return Pattern{"*" + string(b.text) + "*"}, nil
	case b.plus:
		return Pattern{"+" + string(b.text)}, nil
	}
	return Pattern{string(b.text)}, nil
}

func patternLength(detail string, places, least, most int) error {
	return &telephony.Error{Code: ErrPatternLength, Detail: detail, Fix: "leave what may be any run of digits open with *",
		Figures: []telephony.Figure{{Name: "digits", Value: int64(places)},
			{Name: "least", Value: int64(least)}, {Name: "most", Value: int64(most)}}}
}

// IsZero reports whether p is no pattern.
func (p Pattern) IsZero() bool { return p.text == "" }

// Matches reports whether n is a number that looks as p says. To hold many
// numbers against a pattern use its Matcher.
func (p Pattern) Matches(n telephony.Number) bool {
	if !n.IsValid() {
		return false
	}
	m := p.machine()
	return m.accepts(m.run(n, 0))
}

// prefix returns the digits with which every number that matches begins, as far
// as the pattern names them from the calling code on.
func (p Pattern) prefix() telephony.Prefix {
	digits, international := strings.CutPrefix(p.text, "+")
	if end := strings.IndexAny(digits, "?*"); end >= 0 {
		digits = digits[:end]
	}
	if !international {
		return telephony.Prefix{}
	}
	begins, _ := telephony.ParsePrefix(digits) // no digits, or a 0 that begins no number: no prefix
	return begins
}

// String returns the pattern as ParsePattern reads it, letters as the digits they
// dial; empty for no pattern. Use Masked where the text is logged.
func (p Pattern) String() string { return p.text }

// Masked returns the pattern with its digits hidden, such as *####.
func (p Pattern) Masked() string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return '#'
		}
		return c
	}, p.text)
}

// LogValue masks the pattern in structured logs.
func (p Pattern) LogValue() slog.Value { return slog.StringValue(p.Masked()) }

// MarshalText implements encoding.TextMarshaler; no pattern is empty text.
func (p Pattern) MarshalText() ([]byte, error) { return []byte(p.text), nil }

// UnmarshalText implements encoding.TextUnmarshaler. Empty text is no pattern;
// the errors are those of ParsePattern.
func (p *Pattern) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*p = Pattern{}
		return nil
	}
	read, err := ParsePattern(string(text))
	if err == nil {
		*p = read
	}
	return err
}
