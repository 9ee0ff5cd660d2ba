package engine

import (
	"log/slog"
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// MaxExtent is how many ranges an Extent has at most.
const MaxExtent = 100

// Extent is numbers as ranges: how many there are and how many ranges they make.
// Of very many ranges the first MaxExtent are there, and the others counted.
type Extent struct {
	Numbers int64
	Spans   int64             // how many ranges the numbers make, none touching the next
	Ranges  []telephony.Range // the first of them; must not be written to
}

// LogValue masks the numbers in structured logs.
func (e Extent) LogValue() slog.Value {
	return slog.GroupValue(slog.Int64("numbers", e.Numbers), slog.Int64("ranges", e.Spans))
}

// extents makes an Extent of numbers that come in ascending order.
type extents struct {
	Extent
	last telephony.Number // of those that came so far
}

// add adds numbers of a block.
func (e *extents) add(base telephony.Number, offsets reservation.Bits) {
	for offset, length := range offsets.Runs() {
		first, _ := base.Add(offset)
		if next, ok := e.last.Add(1); !ok || next != first || !e.prolong(length) {
			e.begin(first, length)
		}
		e.Numbers += int64(length)
		e.last, _ = first.Add(length - 1)
	}
}

// extentOf makes an extent of numbers in any order. It sorts the picks.
func extentOf(picks []reservation.Pick) extents {
	slices.SortFunc(picks, func(a, b reservation.Pick) int { return a.Base.Compare(b.Base) })
	var e extents
	for i := 0; i < len(picks); {
		one := picks[i]
		for i++; i < len(picks) && picks[i].Base == one.Base; i++ {
			one.Taken = one.Taken.Or(picks[i].Taken)
		}
		e.add(one.Base, one.Taken)
	}
	return e
}

// begin begins a range.
func (e *extents) begin(first telephony.Number, length int) {
	if e.Spans++; e.Spans <= MaxExtent {
		e.Ranges = append(e.Ranges, must1(telephony.NewRange(first, length)))
	}
}

// prolong makes the last range longer, and reports false where it cannot be.
func (e *extents) prolong(by int) bool {
	if e.Spans > MaxExtent {
		return true
	}
	end := len(e.Ranges) - 1
	longer, err := telephony.NewRange(e.Ranges[end].First(), e.Ranges[end].Len()+by)
	if err == nil {
		e.Ranges[end] = longer
	}
	return err == nil
}

// ends returns the first number and the last.
func (e *extents) ends() telephony.NumberList {
	return telephony.NumberList{e.Ranges[0].First(), e.last}
}

// refuse makes the error of something that the numbers do not allow.
func (e *extents) refuse(code telephony.Code, detail, fix string) *telephony.Error {
	return &telephony.Error{Code: code, Field: "range", Detail: detail, Fix: fix, Ranges: e.Ranges,
		Figures: []telephony.Figure{{Name: "numbers", Value: e.Numbers}, {Name: "in ranges", Value: e.Spans}}}
}

// must1 is must for what gives something too.
func must1[T any](value T, err error) T {
	must(err)
	return value
}
