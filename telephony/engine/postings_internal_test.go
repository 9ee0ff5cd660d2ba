package engine

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// A list that is read between any two words has the numbers that came on it and
// did not leave, ascending, whatever their lengths: numbers of one length stand
// between those of another.
func TestListsOfNumbersOfAllLengths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tables := newTables(true)
		db, err := memtable.Open(tables.schema)
		if err != nil {
			t.Fatal(err)
		}
		s := &step{tables: tables, memory: newMemory(tables)}
		drawn := rapid.Custom(func(t *rapid.T) telephony.Number {
			digits := uint64(999)
			for range rapid.IntRange(4, 12).Draw(t, "more digits") {
				digits = digits*10 + uint64(rapid.SampledFrom([]int{0, 0, 1, 9}).Draw(t, "digit"))
			}
			n, err := telephony.NumberFromDigits(digits)
			if err != nil {
				t.Fatal(err)
			}
			return n
		})
		on := map[telephony.Number]bool{}
		for range rapid.IntRange(0, 6).Draw(t, "flushes") {
			s.tx = db.Begin()
			for _, n := range rapid.SliceOfN(drawn, 0, 20).Draw(t, "numbers") {
				row := numberRow{Tenant: 7, Number: n, Area: 1, Location: "l"}
				if on[n] {
					s.repost(row, numberRow{})
				} else {
					s.repost(numberRow{}, row)
				}
				on[n] = !on[n]
			}
			s.flushPostings()
			if err := s.tx.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		bound := rapid.OneOf(rapid.Uint64Range(0, 1<<56), rapid.Map(drawn, telephony.Number.Word))
		lo, hi := bound.Draw(t, "lo"), bound.Draw(t, "hi")
		var want []telephony.Number
		for n, is := range on {
			if is && lo <= n.Word() && n.Word() <= hi {
				want = append(want, n)
			}
		}
		slices.SortFunc(want, telephony.Number.Compare)
		r := reader{tables: tables, rows: db.Snapshot(), tenant: 7}
		for _, l := range []list{listOfLocation("l"), listOfIdle(), listOfArea(1)} {
			if got := slices.Collect(r.onList(l, lo, hi)); !slices.Equal(got, want) {
				t.Fatalf("list %v has %v, and should have %v", l, got, want)
			}
			for range r.onList(l, lo, hi) {
				break // a reader may stop
			}
		}
		if got := slices.Collect(r.onList(listOfLocation("elsewhere"), 0, hi)); len(got) > 0 {
			t.Fatalf("a list of nothing has %v", got)
		}
	})
}
