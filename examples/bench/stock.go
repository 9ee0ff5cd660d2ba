package main

import (
	"iter"
	"math/rand/v2"
)

// firstNumber begins a synthetic stock: calling code 999 is nobody's.
const firstNumber = 999_100_000_000

// Numbers of that code can be held. To be acquired a number needs an emergency
// address, and so a real country: the areas for that have the numbers that the
// North American plan sets aside for fiction, 555-0100 to 555-0199 in any area
// code, ten area codes each.
const (
	fictionSize  = 1000
	fictionCodes = 10
	fictionMost  = 80 // areas
)

// blockSize is how many numbers the share that is taken is taken from.
const blockSize = 1000

// stock is numbers to load: areas of so many numbers each, then areas of
// fictional numbers, which are all free.
type stock struct {
	Areas, Size int
	Fiction     int
	// Taken is how many of each thousand are held for ever, scattered at random.
	Taken int
	// Holds is how many holds of ten an area begins with, all of them due at one
	// instant, ten minutes from now. With Taken it is 0.
	Holds   int
	Tenants int // who holds them, in turn
}

func (s stock) numbers() int { return s.Areas*s.Size + s.Fiction*fictionSize }
func (s stock) areas() int   { return s.Areas + s.Fiction }

// isFiction tells the areas apart; the fictional ones are the last.
func (s stock) isFiction(area int) bool { return area >= s.Areas }

// row is a number as it is loaded; one that is free has no hold.
type row struct {
	number uint64
	area   int
	tenant int
	hold   uint64
	ends   int64
}

// rows yields the stock as rows, in the order of the numbers.
func (s stock) rows(now int64) iter.Seq[row] {
	return func(yield func(row) bool) {
		for area := range s.Areas {
			var taken []bool
			for i := range s.Size {
				if i%blockSize == 0 {
					taken = s.takenOf(area, i/blockSize)
				}
				r := row{number: s.number(area, i), area: area}
				switch {
				case taken[i%blockSize]:
					r.hold, r.ends = uint64(area*s.Size/blockSize+i/blockSize+1), forever
				case i/ten < s.Holds:
					nth := i/ten*s.Areas + area
					r.hold, r.ends, r.tenant = uint64(nth+1), now+int64(holdFor), nth%s.Tenants
				}
				if !yield(r) {
					return
				}
			}
		}
		for area := s.Areas; area < s.areas(); area++ {
			for i := range fictionSize {
				if !yield(row{number: s.number(area, i), area: area}) {
					return
				}
			}
		}
	}
}

// number returns the i-th number of an area.
func (s stock) number(area, i int) uint64 {
	if !s.isFiction(area) {
		return firstNumber + uint64(area*s.Size+i)
	}
	const each = fictionSize / fictionCodes
	code := 200 + (area-s.Areas)*fictionCodes + i/each
	return 1_000_555_0100 + uint64(code)*1_000_0000 + uint64(i%each)
}

// takenOf tells for each number of a block whether it is taken: the same ones
// for every contender.
func (s stock) takenOf(area, block int) []bool {
	taken := make([]bool, blockSize)
	if s.Taken == 0 {
		return taken
	}
	rng := rand.New(rand.NewPCG(uint64(area), uint64(block)))
	for _, i := range rng.Perm(blockSize)[:s.Taken] {
		taken[i] = true
	}
	return taken
}

// held yields the holds that the stock begins with, each with its first row and
// its numbers.
func (s stock) held(now int64) iter.Seq2[row, []uint64] {
	return func(yield func(row, []uint64) bool) {
		var first row
		var numbers []uint64
		for r := range s.rows(now) {
			if r.hold == 0 {
				continue // the taken numbers of a block have free ones between them
			}
			if r.hold != first.hold {
				if len(numbers) > 0 && !yield(first, numbers) {
					return
				}
				first, numbers = r, nil
			}
			numbers = append(numbers, r.number)
		}
		if len(numbers) > 0 {
			yield(first, numbers)
		}
	}
}
