package reservation

import (
	"math/bits"

	"example.com/callingplan/telephony"
)

// scan goes through blocks in one direction and keeps what it finds: runs of
// length numbers that match, or single numbers, by where they start. Upwards a
// run starts at its lowest number, downwards at its highest.
//
// Places are offsets in the direction of the scan: downwards place 0 of a block
// is offset 999.
type scan struct {
	filter *filter
	length int
	down   bool

	starts []Pick // by place; in the order of the scan
	count  int    // runs found
	open   stretch
	looked int
	blocks int
	cost   int

	// done is the last number with which the scan is done: all that it found lies
	// before or at it, and a scan that goes on behind it finds the same as this one
	// would. end is the last number of the block read last.
	done, end telephony.Number
}

// stretch is numbers that match without a gap up to the end of a block, too few
// for a run but perhaps going on in the next.
type stretch struct {
	start, next telephony.Number // next is the base of the block it would go on in
	length      int
}

// read looks at the places of b from a place on.
func (s *scan) read(b *Block, from int) {
	rest := *b
	rest.Free = rest.Free.And(s.turned(BitsBetween(from, BlockSize-1)))
	looked := rest.Free.Count()
	s.looked += looked
	s.blocks++
	s.cost += max(looked, scanCost)
	match := s.turned(s.filter.of(&rest))

	// A stretch ends where others that match stand between, and where its next block
	// did not come.
	if goesOn := s.open.next == b.Base; !goesOn && (!match.IsEmpty() || s.passed(b.Base)) {
		s.open = stretch{}
	}
	if s.open.length == 0 {
		s.done = s.end
	}
	if s.length == 1 {
		s.found(b.Base, match)
	} else {
		s.cut(b.Base, match)
	}
	s.end = s.number(b.Base, BlockSize-1)
	if s.open.length == 0 {
		s.done = s.end
	}
}

// cut cuts what matches without a gap into runs.
func (s *scan) cut(base telephony.Number, match Bits) {
	before := s.open
	if before.next == base {
		s.open = stretch{}
	}
	if !match.HasRun(s.length) {
		match = match.edges() // what neither begins nor ends here is too short
	}
	for place, length := range match.Runs() {
		start := s.number(base, place)
		if place == 0 && before.next == base {
			start, length = before.start, length+before.length
			place -= before.length
		}
		for ; length >= s.length; length, place = length-s.length, place+s.length {
			first, offset := start.Block()
			s.found(first, BitsOf(s.place(offset)))
			start, _ = start.Add(s.steps(s.length))
		}
		if place+length == BlockSize && length > 0 {
			next, _ := base.Add(s.steps(BlockSize))
			s.open = stretch{start, next, length}
			if place > 0 { // else it starts where the scan was done before
				s.done = s.number(base, place-1)
			}
		}
	}
}

// found keeps runs that start in a block, behind all that were found before.
func (s *scan) found(base telephony.Number, starts Bits) {
	if starts.IsEmpty() {
		return
	}
	s.count += starts.Count()
	if last := len(s.starts) - 1; last >= 0 && s.starts[last].Base == base {
		s.starts[last].Taken = s.starts[last].Taken.Or(starts)
		return
	}
	s.starts = append(s.starts, Pick{base, starts})
}

// passed reports whether the scan is past the block in which the stretch would
// have gone on.
func (s *scan) passed(base telephony.Number) bool {
	return s.steps(base.Compare(s.open.next)) > 0
}

// steps turns steps ahead into steps up.
func (s *scan) steps(ahead int) int {
	if s.down {
		return -ahead
	}
	return ahead
}

// place turns an offset into a place, and a place into an offset.
func (s *scan) place(offset int) int {
	if s.down {
		return BlockSize - 1 - offset
	}
	return offset
}

// turned turns offsets into places, and places into offsets.
func (s *scan) turned(b Bits) Bits {
	if s.down {
		return b.mirrored()
	}
	return b
}

func (s *scan) number(base telephony.Number, place int) telephony.Number {
	n, _ := base.Add(s.place(place))
	return n
}

// run returns the run that starts at a number.
func (s *scan) run(start telephony.Number) telephony.Range {
	if s.down {
		start, _ = start.Add(1 - s.length)
	}
	r, _ := telephony.NewRange(start, s.length)
	return r
}

// mirrored returns the set with every offset i in the place of 999-i.
func (b Bits) mirrored() (m Bits) {
	const over = wordBits*len(m) - BlockSize // what the last word has beyond the block
	for w := range b {
		m[len(b)-1-w] = bits.Reverse64(b[w])
	}
	for w := range m {
		m[w] >>= over
		if w+1 < len(m) {
			m[w] |= m[w+1] << (wordBits - over)
		}
	}
	return m
}
