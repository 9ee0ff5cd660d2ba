package reservation

import (
	"math/bits"
	"sort"

	"example.com/callingplan/telephony"
)

// ranked finds the numbers of picks by rank: 0 is the lowest of the first pick.
type ranked struct {
	picks []Pick
	upTo  []int // how many there are in each pick and the ones before it
}

func rankedOf(picks []Pick) ranked {
	upTo := make([]int, len(picks))
	total := 0
	for i := range picks {
		total += picks[i].Taken.Count()
		upTo[i] = total
	}
	return ranked{picks, upTo}
}

func (r ranked) len() int {
	if len(r.upTo) == 0 {
		return 0
	}
	return r.upTo[len(r.upTo)-1]
}

// at returns the pick and the offset in it of the number of a rank.
func (r ranked) at(rank int) (pick, offset int) {
	pick = sort.SearchInts(r.upTo, rank+1)
	if pick > 0 {
		rank -= r.upTo[pick-1]
	}
	return pick, r.picks[pick].Taken.nth(rank)
}

// number returns the number of a rank.
func (r ranked) number(rank int) telephony.Number {
	pick, offset := r.at(rank)
	n, _ := r.picks[pick].Base.Add(offset)
	return n
}

// only returns the numbers of the ranks, in any order, as picks.
func (r ranked) only(ranks []int) []Pick {
	taken := make([]Bits, len(r.picks))
	for _, rank := range ranks {
		pick, offset := r.at(rank)
		taken[pick].Set(offset)
	}
	var some []Pick
	for i := range taken {
		if !taken[i].IsEmpty() {
			some = append(some, Pick{r.picks[i].Base, taken[i]})
		}
	}
	return some
}

// nth returns the offset of which n lower ones are in the set, or -1.
func (b *Bits) nth(n int) int {
	for w, word := range b {
		if count := bits.OnesCount64(word); n >= count {
			n -= count
			continue
		}
		for ; n > 0; n-- {
			word &= word - 1
		}
		return w*wordBits + bits.TrailingZeros64(word)
	}
	return -1
}
