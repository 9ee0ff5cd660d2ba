package porting_test

import (
	"errors"
	"slices"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/porting"
)

func TestRangesOf(t *testing.T) {
	folded := porting.RangesOf(num("+12065550103"), num("+12065550100"), num("+12065550101"))
	if want := ranges("+12065550100..+12065550101", "+12065550103"); !slices.Equal(folded, want) {
		t.Errorf("%d ranges", len(folded))
	}
	if !folded.Contains(num("+12065550101")) || folded.Contains(num("+12065550102")) || folded.Count() != 3 {
		t.Error("they are not the numbers given")
	}
	var seen telephony.NumberList
	for n := range folded.All() {
		if seen = append(seen, n); len(seen) == 2 {
			break
		}
	}
	if !slices.Equal(seen, telephony.NumberList{num("+12065550100"), num("+12065550101")}) {
		t.Errorf("the first two are %v", seen)
	}
	// What is no number is not dropped in silence.
	r := seattle()
	r.Numbers = porting.RangesOf(num("+12065550100"), telephony.Number{})
	if _, _, err := porting.New(day0, by, r, facts()); !errors.Is(err, porting.ErrEmptyRange) {
		t.Errorf("a number that is none: %v", err)
	}
}

func TestRangesPrinted(t *testing.T) {
	for want, rs := range map[string]porting.Ranges{
		"no numbers": {{}}, "number +1********00": ranges("+12065550100"), "3 numbers from +1********03": append(porting.Ranges{{}}, ranges("+12065550103..+12065550105")...),
	} {
		if rs.String() != want {
			t.Errorf("%q, want %q", rs, want)
		}
	}
}
