package reservation_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"github.com/benbjohnson/clock"
)

func TestSearchValidate(t *testing.T) {
	near := num("+14255550100")
	for name, tc := range map[string]struct {
		search reservation.Search
		want   []telephony.Code // every reason, in order
	}{
		"zero value":   {reservation.Search{}, []telephony.Code{reservation.ErrQuantity}},
		"one":          {reservation.Search{Quantity: 1}, nil},
		"ceiling":      {reservation.Search{Quantity: 5000, ScanLimit: 10_000_000, MinScore: 100, Consecutive: 5000}, nil},
		"past it":      {reservation.Search{Quantity: 5001}, []telephony.Code{reservation.ErrQuantity}},
		"score":        {reservation.Search{Quantity: 1, MinScore: 101}, []telephony.Code{reservation.ErrScore}},
		"run":          {reservation.Search{Quantity: 1, Consecutive: 5001}, []telephony.Code{reservation.ErrConsecutive}},
		"negative run": {reservation.Search{Quantity: 1, Consecutive: -1}, []telephony.Code{reservation.ErrConsecutive}},
		"scan":         {reservation.Search{Quantity: 1, ScanLimit: 10_000_001}, []telephony.Code{reservation.ErrScanLimit}},
		"word":         {reservation.Search{Quantity: 1, Contains: "Flowers", EndsIn: "5?5"}, nil},
		"contains":     {reservation.Search{Quantity: 1, Contains: "5_"}, []telephony.Code{reservation.ErrPatternSyntax}},
		"plus":         {reservation.Search{Quantity: 1, Contains: "+1206"}, []telephony.Code{reservation.ErrPatternSyntax}},
		"ends in":      {reservation.Search{Quantity: 1, EndsIn: "123456789012345"}, []telephony.Code{reservation.ErrPatternLength}},
		"order":        {reservation.Search{Quantity: 1, Order: 9}, []telephony.Code{reservation.ErrOrder}},
		"near":         {reservation.Search{Quantity: 1, Near: near, Consecutive: 10}, nil},
		"near, order":  {reservation.Search{Quantity: 1, Near: near, Order: reservation.Spread}, []telephony.Code{reservation.ErrSearch}},
		"scored runs":  {reservation.Search{Quantity: 1, Consecutive: 2, Order: reservation.Memorable}, []telephony.Code{reservation.ErrSearch}},
		"scored":       {reservation.Search{Quantity: 1, Consecutive: 1, Order: reservation.Memorable}, nil},
		"seed":         {reservation.Search{Quantity: 1, Seed: 1}, []telephony.Code{reservation.ErrSearch}},
		"two places":   {reservation.Search{Quantity: 1, After: reservation.Position{Down: near}}, []telephony.Code{reservation.ErrSearch}},
		"exclude":      {reservation.Search{Quantity: 1, Exclude: telephony.NumberList{{}}}, []telephony.Code{reservation.ErrNumberMissing}},
		"exclude many": {reservation.Search{Quantity: 1, Exclude: make(telephony.NumberList, 100_001)}, []telephony.Code{reservation.ErrExcludeLength}},
		"all wrong": {reservation.Search{Contains: "_", EndsIn: "1234567890123456", MinScore: -1, Consecutive: -1, ScanLimit: -1, Order: 9, Seed: 1,
			Exclude: telephony.NumberList{{}}},
			[]telephony.Code{reservation.ErrQuantity, reservation.ErrPatternSyntax, reservation.ErrPatternLength, reservation.ErrScore,
				reservation.ErrConsecutive, reservation.ErrScanLimit, reservation.ErrOrder, reservation.ErrSearch, reservation.ErrNumberMissing}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := reservation.Find(tc.search, reservation.BlockList{})
			var got []telephony.Code
			var e *telephony.Error
			if errors.As(err, &e) {
				for _, r := range e.All() {
					got = append(got, r.Code)
					if r.Fix == "" {
						t.Errorf("%v says nothing of what would put it right", r)
					}
				}
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestSearchMasksItself(t *testing.T) {
	var log bytes.Buffer
	s := reservation.Search{Quantity: 3, Contains: "555", EndsIn: "0100", Near: num("+14255550100"),
		Exclude: nums("+14255550101"), After: reservation.Position{Up: num("+14255550102")}}
	f := reservation.Found{Numbers: nums("+14255550103"), Next: s.After,
		Runs: []telephony.Range{telephony.MustParseRange("+14255550104..+14255550105")}}
	slog.New(slog.NewTextHandler(&log, nil)).Info("search", "search", s, "found", f, "after", s.After)
	if got := log.String(); containsAny(got, "425", "555", "100") || !strings.Contains(got, "found.numbers.count=1") {
		t.Error(got)
	}
}

// What a search finds a choice of the numbers holds; what went in the meantime is
// named, and nothing is held.
func TestReserveWhatWasFound(t *testing.T) {
	p := newPool(t, clock.NewMock(), 100)
	found, err := p.Find(reservation.Search{Quantity: 3, EndsIn: "0"})
	if err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, found.Numbers, nums("+14255550100", "+14255550110", "+14255550120"))
	if _, err := p.Reserve(reservation.Choice{Numbers: found.Numbers[1:2]}); err != nil {
		t.Fatal(err)
	}
	_, err = p.Reserve(reservation.Choice{Numbers: found.Numbers})
	wantNumbers(t, wantCode(t, err, reservation.ErrNumbersTaken).Numbers, found.Numbers[1:2])
	again, err := p.Find(reservation.Search{Quantity: 3, Near: num("+14255550110")})
	if err != nil || p.Held() != 1 {
		t.Fatalf("held %d, %v", p.Held(), err)
	}
	wantNumbers(t, again.Numbers, nums("+14255550109", "+14255550111", "+14255550108"))
	_, err = p.Find(reservation.Search{})
	if e := wantCode(t, err, reservation.ErrQuantity); e.Op != "find" {
		t.Errorf("operation %q", e.Op)
	}
}

// A search looks for what holds together, says how far it looked and goes on where
// it stopped.
func ExampleFind() {
	block, err := reservation.Block{Base: telephony.MustParse("+12065550000")}.Load(100, 199)
	if err != nil {
		panic(err)
	}
	stock := reservation.BlockList{block}

	search := reservation.Search{Quantity: 2, Pattern: reservation.MustParsePattern("206555????"), EndsIn: "1"}
	for range 2 {
		found, err := reservation.Find(search, stock)
		if err != nil {
			panic(err)
		}
		fmt.Println(found.Numbers, "of", found.Looked, "looked at, complete:", found.Complete)
		search.After = found.Next
	}

	best, _ := reservation.Find(reservation.Search{Quantity: 2, Order: reservation.Memorable}, stock)
	near, _ := reservation.Find(reservation.Search{Quantity: 3, Near: telephony.MustParse("+12065550150")}, stock)
	runs, _ := reservation.Find(reservation.Search{Quantity: 2, Consecutive: 40}, stock)
	fmt.Println(best.Numbers)
	fmt.Println(near.Numbers)
	fmt.Println(runs.Runs, "complete:", runs.Complete)
	// Output:
	// [+12065550101 +12065550111] of 100 looked at, complete: false
	// [+12065550121 +12065550131] of 88 looked at, complete: false
	// [+12065550123 +12065550101]
	// [+12065550150 +12065550149 +12065550151]
	// [+12065550100..+12065550139 +12065550140..+12065550179] complete: true
}
