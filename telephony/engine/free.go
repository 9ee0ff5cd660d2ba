package engine

import (
	"slices"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// freeCounts are how many numbers of each shelf are free. They follow from the
// blocks, change with every reservation, and are read by whoever browses the
// areas: in a list by the shelves' numbers, that is cut into chunks so that a
// change copies a few of them. What is published of it never changes.
type freeCounts []*freeChunk

// portedCounts are how many numbers of each shelf were ported in, likewise. They
// follow from the numbers.
type portedCounts = freeCounts

// freeChunk has the counts of some areas, all kinds of each.
type freeChunk [chunkAreas * freeKinds]int64

const (
	chunkAreas = 16
	freeKinds  = int(telephony.TollFreeNumber)
)

func placeOf(on shelf) (chunk, at int) {
	i := int(on.Area)*freeKinds + int(on.Kind) - 1
	return i / len(freeChunk{}), i % len(freeChunk{})
}

// of returns how many numbers of a shelf are free; none of one of no kind, as
// damaged data may have.
func (f freeCounts) of(on shelf) int64 {
	chunk, at := placeOf(on)
	if at < 0 || chunk >= len(f) || f[chunk] == nil {
		return 0
	}
	return f[chunk][at]
}

// freeEdition is the counts while they are changed.
type freeEdition struct {
	freeCounts
	own []int // the chunks that are copies already
}

// add changes the count of a shelf.
func (e *freeEdition) add(on shelf, by int64) {
	chunk, at := placeOf(on)
	if !slices.Contains(e.own, chunk) {
		e.open(chunk)
	}
	e.freeCounts[chunk][at] += by
}

// open makes a chunk one that may be written to.
func (e *freeEdition) open(chunk int) {
	if len(e.own) == 0 {
		e.freeCounts = slices.Clone(e.freeCounts)
	}
	for len(e.freeCounts) <= chunk {
		e.freeCounts = append(e.freeCounts, nil)
	}
	fresh := new(freeChunk)
	if old := e.freeCounts[chunk]; old != nil {
		*fresh = *old
	}
	e.freeCounts[chunk] = fresh
	e.own = append(e.own, chunk)
}

// countFree counts what is free anew.
func countFree(t *tables, rows memtable.Reader) freeCounts {
	var e freeEdition
	areas := countAreas(t, rows)
	for b := range t.blocks.Prefix(rows, nil) {
		e.count(b.shelf, areas, int64(b.Free.Count()))
	}
	return e.freeCounts
}

// countPorted counts anew the numbers that were ported in.
func countPorted(t *tables, rows memtable.Reader) portedCounts {
	var e freeEdition
	areas := countAreas(t, rows)
	for n := range t.numbers.Prefix(rows, nil) {
		if n.Ported {
			e.count(shelf{n.Area, n.Kind}, areas, 1)
		}
	}
	return e.freeCounts
}

func countAreas(t *tables, rows memtable.Reader) (areas uint32) {
	for range t.areas.Prefix(rows, nil) {
		areas++
	}
	return areas
}

// count adds to the count of a shelf. Areas are numbered without gaps; what is of an
// area beyond them, as damaged data may have, counts nowhere, and takes no room.
func (e *freeEdition) count(on shelf, areas uint32, by int64) {
	if on.Area <= areas && on.Kind.IsValid() {
		e.add(on, by)
	}
}
