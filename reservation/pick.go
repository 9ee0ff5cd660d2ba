package reservation

import (
	"log/slog"
	"slices"

	"example.com/callingplan/telephony"
)

// Pick is some numbers of one thousands-block.
type Pick struct {
	Base  telephony.Number // the block's first number, whose last three digits are 000
	Taken Bits             // which numbers of the block
}

// LogValue masks the block's base in structured logs.
func (p Pick) LogValue() slog.Value {
	return slog.GroupValue(slog.String("base", p.Base.Masked()), slog.Int("count", p.Taken.Count()))
}

// Numbers returns the numbers of the picks, ascending.
func Numbers(picks []Pick) telephony.NumberList {
	total := 0
	for i := range picks {
		total += picks[i].Taken.Count()
	}
	numbers := make(telephony.NumberList, 0, total)
	for i := range picks {
		for offset := range picks[i].Taken.All() {
			n, _ := picks[i].Base.Add(offset)
			numbers = append(numbers, n)
		}
	}
	// Blocks in order give numbers in order, unless numbers of several lengths
	// begin with the same digits: those of one block stand between another's.
	putInOrder(numbers)
	return numbers
}

// ByBlock returns the numbers, in any order, as picks in ascending order of
// block. A number listed twice counts once. Numbers is the way back.
func ByBlock(numbers telephony.NumberList) []Pick {
	var picks []Pick
	for _, n := range numbers {
		base, offset := n.Block()
		if last := len(picks) - 1; last < 0 || picks[last].Base != base {
			picks = append(picks, Pick{Base: base})
		}
		picks[len(picks)-1].Taken.Set(offset)
	}
	slices.SortFunc(picks, func(a, b Pick) int { return a.Base.Compare(b.Base) })
	return merge(picks)
}

// merge makes one pick of those that stand side by side and are of one block.
func merge(picks []Pick) []Pick {
	merged := picks[:0]
	for _, p := range picks {
		if last := len(merged) - 1; last >= 0 && merged[last].Base == p.Base {
			merged[last].Taken = merged[last].Taken.Or(p.Taken)
			continue
		}
		merged = append(merged, p)
	}
	return merged
}
