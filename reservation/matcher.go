package reservation

import (
	"strings"

	"example.com/callingplan/telephony"
)

// machine is a pattern made ready to run over digits. Its states are sets of the
// places that the digits so far may have filled: bit i for the first i of them.
type machine struct {
	takes  [10]uint16 // by digit, the places that take it
	loops  uint16     // where any digits may stand before the next place
	filled uint16     // all places are filled
	plus   bool       // the calling code is among the digits
	one    bool       // it is under calling code 1, since the first place is a 1
}

// anyEnd is the state in which whatever follows matches.
func (m *machine) anyEnd(state uint16) bool { return state&m.filled&m.loops != 0 }

func (m *machine) accepts(state uint16) bool { return state&m.filled != 0 }

func (m *machine) step(state uint16, digit uint8) uint16 {
	return state&m.takes[digit]<<1 | state&m.loops
}

func (p Pattern) machine() machine {
	m := machine{filled: 1}
	if p.IsZero() {
		m.loops = 1
		return m
	}
	digits, plus := strings.CutPrefix(p.text, "+")
	m.plus, m.one = plus, digits[0] == '1'
	for i := range len(digits) {
		switch c := digits[i]; c {
		case '*':
			m.loops |= m.filled
			continue
		case '?':
			for d := range m.takes {
				m.takes[d] |= m.filled
			}
		default:
			m.takes[c-'0'] |= m.filled
		}
		m.filled <<= 1
	}
	return m
}

// run runs over the digits of a number that the pattern is held against, save the
// last few.
func (m *machine) run(n telephony.Number, save int) (state uint16) {
	digits, count := n.National()
	if m.plus || m.one && n.CallingCode() == 1 {
		digits, count = n.Digits(), n.Len()
	}
	var each [telephony.MaxDigits]uint8
	for i := count - 1; i >= 0; i-- {
		each[i] = uint8(digits % 10)
		digits /= 10
	}
	state = 1
	for _, d := range each[:count-save] {
		state = m.step(state, d)
	}
	return state
}

// Matcher holds many numbers against one pattern. The numbers of a block differ
// in the last three digits only: the others are looked at once, and blocks in
// which they leave the same open share the answer. It is for one goroutine.
type Matcher struct {
	machine
	memory [1 << memoryBits]tail
}

const memoryBits = 5

// tail is which last three digits match behind a state.
type tail struct {
	state uint16 // 0 for none: it matches nothing and is not looked up
	match Bits
}

// Matcher returns a matcher of the pattern.
func (p Pattern) Matcher() *Matcher { return &Matcher{machine: p.machine()} }

// Match returns the free numbers of b that match.
func (m *Matcher) Match(b Block) Bits { return m.block(b.Base).And(b.Free) }

// Matches reports whether n is a number that matches.
func (m *Matcher) Matches(n telephony.Number) bool { return n.IsValid() && m.accepts(m.run(n, 0)) }

// block returns the numbers that match of all that a block can have.
func (m *Matcher) block(base telephony.Number) Bits {
	if !base.IsValid() {
		return Bits{}
	}
	state := m.run(base, 3)
	switch {
	case state == 0:
		return Bits{}
	case m.anyEnd(state):
		return FullBits()
	}
	t := &m.memory[state*0x9e37>>(16-memoryBits)]
	if t.state != state {
		*t = tail{state, m.tail(state)}
	}
	return t.match
}

// tail runs over every last three digits there are.
func (m *Matcher) tail(state uint16) (match Bits) {
	for first := range 10 {
		hundreds := m.step(state, uint8(first))
		for second := range 10 {
			tens := m.step(hundreds, uint8(second))
			for third := 0; tens != 0 && third < 10; third++ {
				if m.accepts(m.step(tens, uint8(third))) {
					match.Set(first*100 + second*10 + third)
				}
			}
		}
	}
	return match
}
