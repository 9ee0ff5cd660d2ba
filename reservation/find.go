package reservation

import (
	"cmp"
	"slices"

	"example.com/callingplan/telephony"
)

// Find looks for free numbers in the source and changes nothing. The same search
// and source find the same. Its errors are those of Search.Validate; to find less
// than was asked for, or nothing, is none.
//
// The cost is bounded by the scan limit, and for Lowest and for what is Near by
// what is found. A run may cross from a block into the next. It is of numbers of
// one length, and is not found where others that match stand between its blocks:
// such as begin with the same digits and are longer.
func Find(s Search, from Source) (Found, error) {
	if err := s.Validate(); err != nil {
		return Found{}, err
	}
	s.ScanLimit = cmp.Or(s.ScanLimit, DefaultScanLimit)
	s.Consecutive = max(s.Consecutive, 1)
	if s.Near.IsValid() {
		return s.findNear(from), nil
	}
	return s.findUpwards(from), nil
}

func (s *Search) findUpwards(from Source) (found Found) {
	up := scan{filter: s.filter(), length: s.Consecutive, done: s.After.Up, end: s.After.Up}
	base, offset := s.After.Up.Block()
	complete := true
	for b := range up.filter.ascending(from, base) {
		if full := s.Order == Lowest && up.count >= s.Quantity; full || up.cost >= s.ScanLimit && up.done != s.After.Up {
			complete = false
			break
		}
		behind := 0
		if b.Base == base {
			behind = offset + 1
		}
		up.read(&b, behind)
	}
	found = Found{Matching: up.count, Looked: up.looked, Blocks: up.blocks, Complete: complete}
	found.Next.Up = up.done
	starts := s.inOrder(&up)
	if s.Order == Lowest {
		if up.count > s.Quantity { // the rest of the last block is for the next search
			found.Complete = false
			last, _ := starts[len(starts)-1].Add(s.Consecutive - 1)
			found.Next.Up = last
		}
		found.Matching = len(starts)
	}
	if found.Complete {
		found.Next = Position{}
	}
	found.keep(starts, &up)
	return found
}

// inOrder returns where those start that are asked for of what a scan found.
func (s *Search) inOrder(up *scan) telephony.NumberList {
	if s.Order == Memorable {
		return mostMemorable(up.starts, s.Quantity)
	}
	all := rankedOf(up.starts)
	starts := make(telephony.NumberList, 0, min(s.Quantity, all.len()))
	for _, rank := range s.Order.ranks(all.len(), cap(starts), s.Seed) {
		starts = append(starts, all.number(rank))
	}
	return starts
}

// keep puts what starts at the numbers into what was found.
func (f *Found) keep(starts telephony.NumberList, by *scan) {
	if by.length == 1 {
		f.Numbers = append(f.Numbers, starts...)
		return
	}
	for _, start := range starts {
		f.Runs = append(f.Runs, by.run(start))
	}
}

// mostMemorable returns the numbers with the best scores, the best first and of
// those that score alike the lowest first.
func mostMemorable(picks []Pick, quantity int) telephony.NumberList {
	// What cannot be among the best any more is dropped now and then, and from
	// then on only what is better than the worst that was kept is looked at.
	var best []scored
	least := -1
	keep := func() {
		slices.SortStableFunc(best, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
		if len(best) >= quantity {
			best = best[:quantity]
			least = best[quantity-1].score
		}
	}
	for i := range picks {
		scores := scorerOf(picks[i].Base)
		for offset := range picks[i].Taken.All() {
			if score := scores.of(offset); score > least {
				n, _ := picks[i].Base.Add(offset)
				best = append(best, scored{n, score})
			}
		}
		if len(best) >= 2*quantity {
			keep()
		}
	}
	keep()
	numbers := make(telephony.NumberList, len(best))
	for i, b := range best {
		numbers[i] = b.number
	}
	return numbers
}

type scored struct {
	number telephony.Number
	score  int
}
