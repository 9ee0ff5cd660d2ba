package reservation_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

func num(s string) telephony.Number { return telephony.MustParse(s) }

func nums(texts ...string) (list telephony.NumberList) {
	for _, s := range texts {
		list = append(list, num(s))
	}
	return list
}

// fiction returns the count numbers from +14255550100 on, at most 100: the ones
// set aside for fiction in area code 425.
func fiction(count int) (list telephony.NumberList) {
	for i := range count {
		n, _ := num("+14255550100").Add(i)
		list = append(list, n)
	}
	return list
}

func fictionRange(t testing.TB, count int) telephony.Range {
	t.Helper()
	r, err := telephony.NewRange(num("+14255550100"), count)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// codeOf returns the code of the error, "" for none; anything else than the
// module's one error fails the test.
func codeOf(t interface{ Fatalf(string, ...any) }, err error) telephony.Code {
	if err == nil {
		return ""
	}
	var e *telephony.Error
	if !errors.As(err, &e) {
		t.Fatalf("%T is not the module's error: %v", err, err)
	}
	if !errors.Is(err, e.Code) {
		t.Fatalf("errors.Is does not find the code %q", e.Code)
	}
	return e.Code
}

func wantCode(t testing.TB, err error, want telephony.Code) *telephony.Error {
	t.Helper()
	if got := codeOf(t, err); got != want {
		t.Fatalf("error %q, want %q (%v)", string(got), string(want), err)
	}
	var e *telephony.Error
	errors.As(err, &e)
	return e
}

func wantFigure(t testing.TB, e *telephony.Error, name string, want int64) {
	t.Helper()
	if got, ok := e.Figure(name); !ok || got != want {
		t.Errorf("figure %q: got %d, %v, want %d", name, got, ok, want)
	}
}

func wantNumbers(t testing.TB, got, want telephony.NumberList) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("got numbers %v, want %v", got, want)
	}
}

// naiveSelect says what Select has to pick, from the set of free numbers alone
// and one number at a time: the numbers block by block, or how many there are.
func naiveSelect(c reservation.Choice, free map[telephony.Number]bool) (picked telephony.NumberList, available int) {
	var match telephony.NumberList
	for n := range free {
		if (c.Prefix.Contains(n) || c.Prefix.IsZero()) && !slices.Contains(c.Exclude, n) {
			match = append(match, n)
		}
	}
	slices.SortFunc(match, blockByBlock)
	switch {
	case len(c.Numbers) > 0:
		for _, n := range c.Numbers {
			if free[n] {
				available++
			}
		}
		if available == len(c.Numbers) {
			picked = slices.Clone(c.Numbers)
		}
	case c.Consecutive:
		picked, available = naiveRun(match, c.Quantity)
	default:
		available = len(match)
		take := min(c.Quantity, available)
		switch {
		case take < c.Quantity && !c.AllowFewer:
		case c.Order == reservation.Spread: // of few blocks: the middle of each of as many equal parts
			for i := range take {
				picked = append(picked, match[(2*i+1)*available/(2*take)])
			}
		default:
			picked = slices.Clone(match[:take])
		}
	}
	slices.SortFunc(picked, telephony.Number.Compare)
	return picked, available
}

// naiveRun looks back from every number as the end of a run.
func naiveRun(match telephony.NumberList, quantity int) (picked telephony.NumberList, longest int) {
	reach := map[telephony.Number]int{} // how many follow each other up to here
	for _, n := range match {
		reach[n] = 1
		if before, ok := n.Add(-1); ok {
			reach[n] += reach[before]
		}
		longest = max(longest, reach[n])
		if reach[n] >= quantity {
			for i := 1 - quantity; i <= 0; i++ {
				one, _ := n.Add(i)
				picked = append(picked, one)
			}
			return picked, longest
		}
	}
	return nil, longest
}

func blockByBlock(a, b telephony.Number) int {
	x, _ := a.Block()
	y, _ := b.Block()
	if c := x.Compare(y); c != 0 {
		return c
	}
	return a.Compare(b)
}

func containsAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}
