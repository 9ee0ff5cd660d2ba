package telephony_test

import (
	"slices"
	"testing"

	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// crowded draws numbers that often follow each other, some twice.
func crowded(t *rapid.T) (list telephony.NumberList) {
	for _, first := range rapid.SliceOfN(numbers(), 0, 4).Draw(t, "first") {
		for range rapid.IntRange(1, 12).Draw(t, "how many") {
			if n, ok := first.Add(rapid.IntRange(-6, 6).Draw(t, "step")); ok {
				list = append(list, n)
			}
		}
	}
	return list
}

func TestFoldUnfolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := crowded(t)
		want := slices.Clone(list)
		slices.SortFunc(want, telephony.Number.Compare)
		want = slices.Compact(want)
		ranges := telephony.Fold(list)
		if got := telephony.Unfold(ranges); !slices.Equal(got, want) {
			t.Fatalf("%v unfolds to %v, want %v", ranges, got, want)
		}
		// No two ranges side by side could be one.
		for i := 1; i < len(ranges); i++ {
			if next, ok := ranges[i-1].Last().Add(1); ok && next == ranges[i].First() {
				t.Fatalf("%v and %v are one range", ranges[i-1], ranges[i])
			}
		}
	})
}

func TestFold(t *testing.T) {
	n := telephony.MustParse
	got := telephony.Fold(telephony.NumberList{n("+14255550102"), n("+14255550100"), {}, n("+14255550101"),
		n("+14255550100"), n("+442079460000"), n("+99999999"), n("+9999999")})
	want := []telephony.Range{telephony.MustParseRange("+14255550100..+14255550102"),
		telephony.MustParseRange("+442079460000"), telephony.MustParseRange("+9999999"), telephony.MustParseRange("+99999999")}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if telephony.Fold(nil) != nil || len(telephony.Unfold(nil)) != 0 {
		t.Error("nothing folds to something")
	}
}
