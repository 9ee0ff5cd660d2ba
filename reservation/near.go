package reservation

import (
	"iter"
	"math"

	"example.com/callingplan/telephony"
)

// findNear goes up and down from a number by turns, always on the side that is
// nearer, and keeps what both sides have passed.
func (s *Search) findNear(from Source) (found Found) {
	filter := s.filter()
	up, down := s.side(from, filter, false), s.side(from, filter, true)
	defer up.stop()
	defer down.stop()
	var starts telephony.NumberList
	for {
		for len(starts) < s.Quantity {
			start, ok := nearest(up, down)
			if !ok {
				break
			}
			starts = append(starts, start)
		}
		bounded := up.scan.cost+down.scan.cost >= s.ScanLimit && up.moved() && down.moved()
		if len(starts) == s.Quantity || bounded || !advance(up, down) {
			break
		}
	}
	for _, start := range starts {
		by := &up.scan
		if start.Compare(s.Near) < 0 {
			by = &down.scan
		}
		found.keep(telephony.NumberList{start}, by)
	}
	found.Matching = len(starts)
	found.Looked = up.scan.looked + down.scan.looked
	found.Blocks = up.scan.blocks + down.scan.blocks
	if found.Complete = up.empty() && down.empty(); !found.Complete {
		found.Next = Position{Up: up.position(), Down: down.position()}
	}
	return found
}

// side is one of the two directions from a number.
type side struct {
	near  telephony.Number
	next  func() (Block, bool)
	stop  func()
	scan  scan
	begin telephony.Number // the block in which it begins, and the place in it
	place int
	after telephony.Number // where it begins behind, if it goes on there
	ended bool             // there is no further block

	pick, at int              // the place of the next run in the scan's starts
	taken    telephony.Number // the last number of the last run taken
}

func (s *Search) side(from Source, filter *filter, down bool) *side {
	d := &side{near: s.Near, after: s.After.Up, scan: scan{filter: filter, length: s.Consecutive, down: down}}
	if down {
		d.after = s.After.Down
	}
	base, offset := s.Near.Block()
	d.place = d.scan.place(offset)
	if down { // the number itself is found upwards
		d.place++
	}
	if d.after.IsValid() {
		base, offset = d.after.Block()
		d.place = d.scan.place(offset) + 1
	}
	d.begin, d.scan.done, d.scan.end = base, d.after, d.after
	blocks := filter.ascending(from, base)
	if down {
		blocks = filter.descending(from, base)
	}
	d.next, d.stop = iter.Pull(blocks)
	return d
}

// advance reads a block on the side that has come less far, and reports false
// where both have ended.
func advance(up, down *side) bool {
	d := up
	if down.frontier() < up.frontier() {
		d = down
	}
	if d.ended {
		return false
	}
	d.read()
	return true
}

// read reads the next block of the number's length.
func (d *side) read() {
	for {
		b, ok := d.next()
		if !ok || b.Base.CallingCode() != d.near.CallingCode() {
			d.ended = true
			return
		}
		if b.Base.Len() != d.near.Len() {
			d.scan.blocks++
			d.scan.cost += scanCost
			continue
		}
		place := 0
		if b.Base == d.begin {
			place = d.place
		}
		d.scan.read(&b, place)
		return
	}
}

// frontier is the distance up to which the side knows what there is, excluded.
func (d *side) frontier() int {
	switch {
	case d.ended:
		return math.MaxInt
	case d.scan.done.IsValid(): // or the number before the first, on the other side
		steps, _ := d.scan.done.Sub(d.near)
		return d.scan.steps(steps) + 1
	case d.scan.down:
		return 1
	}
	return 0
}

func (d *side) distance(n telephony.Number) int {
	steps, _ := n.Sub(d.near)
	return max(steps, -steps)
}

// nearest takes the nearest run of both sides, if it is known which that is.
func nearest(up, down *side) (start telephony.Number, ok bool) {
	above, below := up.peek(), down.peek()
	switch {
	case below <= above && below <= up.frontier():
		return down.take()
	case above < below && above < down.frontier():
		return up.take()
	}
	return telephony.Number{}, false
}

// peek returns the distance of the next run, MaxInt for none.
func (d *side) peek() int {
	for starts := d.scan.starts; d.pick < len(starts); d.pick, d.at = d.pick+1, 0 {
		p := &starts[d.pick]
		if at := seek(&p.Taken, d.at, 0); at >= 0 {
			d.at = at
			return d.distance(d.scan.number(p.Base, at))
		}
		if d.pick == len(starts)-1 {
			break // a run found later may start in the same block
		}
	}
	return math.MaxInt
}

func (d *side) take() (start telephony.Number, ok bool) {
	if d.peek() == math.MaxInt {
		return start, false
	}
	start = d.scan.number(d.scan.starts[d.pick].Base, d.at)
	d.taken, _ = start.Add(d.scan.steps(d.scan.length - 1))
	d.at++
	return start, true
}

// moved reports whether a search that goes on at the side's position is ahead.
func (d *side) moved() bool { return d.ended || d.scan.done != d.after }

func (d *side) empty() bool { return d.ended && d.peek() == math.MaxInt }

// position is where the side goes on: behind what was taken, or behind all that
// was looked at where nothing is left of it.
func (d *side) position() telephony.Number {
	switch {
	case d.peek() == math.MaxInt:
		return d.scan.done
	case d.taken.IsValid():
		return d.taken
	}
	return d.after
}
