package reservation

import (
	"iter"
	"strings"

	"example.com/callingplan/telephony"
)

// filter is what a search leaves of the blocks.
type filter struct {
	window
	matchers []*Matcher
	minScore int
}

// filter makes the search ready to run; it is valid.
func (s Search) filter() *filter {
	patterns, _ := s.patterns()
	f := &filter{window: newWindow(begins(s.Prefix, s.Pattern), s.Exclude), minScore: s.MinScore}
	for _, p := range patterns {
		f.matchers = append(f.matchers, p.Matcher())
	}
	return f
}

// begins returns the longer of what a search and its pattern begin with, where one
// goes on with the other. Where they differ nothing matches, which the pattern
// finds out.
func begins(p telephony.Prefix, pattern Pattern) telephony.Prefix {
	if longer := pattern.prefix(); strings.HasPrefix(longer.String(), p.String()) {
		return longer
	}
	return p
}

// of returns the numbers of b, of which only some of the free ones are left, that
// match.
func (f *filter) of(b *Block) Bits {
	match := f.window.of(b)
	for _, m := range f.matchers {
		if match.IsEmpty() {
			return match
		}
		match = match.And(m.block(b.Base))
	}
	if f.minScore > 0 {
		scores := scorerOf(b.Base)
		for offset := range match.All() {
			if scores.of(offset) < f.minScore {
				match.Clear(offset)
			}
		}
	}
	return match
}

// ascending yields the blocks of the source that can match, from a base on.
func (w *window) ascending(from Source, base telephony.Number) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		for _, cut := range CutBlocks(w.prefix) {
			if cut.Compare(base) < 0 {
				continue
			}
			for b := range from.Ascending(cut.Word()) {
				if b.Base == cut && !yield(b) {
					return
				}
				break
			}
		}
		for b := range from.Ascending(max(w.lo, base.Word())) {
			if w.endsBefore(b.Base) || !yield(b) {
				return
			}
		}
	}
}

// descending yields the blocks of the source that can match, from a base down.
func (w *window) descending(from Source, base telephony.Number) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		least := w.lo
		if cut := CutBlocks(w.prefix); len(cut) > 0 {
			least = cut[0].Word()
		}
		for b := range from.Descending(min(w.hi, base.Word())) {
			if b.Base.Word() < least || !yield(b) {
				return
			}
		}
	}
}

// scorer scores the numbers of a block, which differ in three digits.
type scorer struct{ ending }

func scorerOf(base telephony.Number) scorer { return scorer{endingOf(base)} }

func (s *scorer) of(offset int) int {
	last := s.digits[s.count-3 : s.count]
	last[0], last[1], last[2] = uint8(offset/100), uint8(offset/10%10), uint8(offset%10)
	return s.score()
}
