package reservation_test

import (
	"slices"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

func TestOrder(t *testing.T) {
	for o, name := range map[reservation.Order]string{reservation.Lowest: "lowest", reservation.Spread: "spread",
		reservation.Shuffled: "shuffled", reservation.Memorable: "memorable"} {
		read, err := reservation.ParseOrder(name)
		var back reservation.Order
		written, _ := o.MarshalText()
		if o.String() != name || !o.IsValid() || err != nil || read != o || back.UnmarshalText(written) != nil || back != o {
			t.Errorf("%s: %v, %v, %v", name, o, read, err)
		}
	}
	o := reservation.Spread
	if err := o.UnmarshalText(nil); err != nil || o != reservation.Lowest {
		t.Errorf("empty text is %v, %v", o, err)
	}
	_, err := reservation.ParseOrder("Lowest")
	wantCode(t, err, reservation.ErrOrder)
	_, err = reservation.Order(4).MarshalText()
	wantCode(t, err, reservation.ErrOrder)
	if reservation.Order(4).IsValid() || reservation.Order(4).String() != "invalid order" {
		t.Error("there are more than four orders")
	}
}

func FuzzParseOrder(f *testing.F) {
	f.Add("lowest")
	f.Add("Spread")
	f.Fuzz(func(t *testing.T, text string) {
		o, err := reservation.ParseOrder(text)
		if (err == nil) != slices.Contains([]string{"lowest", "spread", "shuffled", "memorable"}, text) || err == nil && o.String() != text {
			t.Fatalf("%q: %v, %v", text, o, err)
		}
	})
}

// A permutation has each thing once, and its seed decides where.
func TestPermutation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count, seed := rapid.IntRange(1, 3000).Draw(t, "count"), rapid.Uint64().Draw(t, "seed")
		order := reservation.Shuffled.Ranks(count, count, seed)
		if slices.Equal(order, reservation.Shuffled.Ranks(count, count, seed+1)) && count > 20 {
			t.Fatal("another seed has the same order")
		}
		slices.Sort(order)
		for i, at := range order {
			if i != at {
				t.Fatalf("of %d things %d is missing", count, i)
			}
		}
	})
	// Over many seeds every thing comes first about as often.
	var first [10]int
	for seed := range uint64(10_000) {
		first[reservation.Shuffled.Ranks(len(first), 1, seed)[0]]++
	}
	for i, times := range first {
		if times < 800 || times > 1200 {
			t.Errorf("%d came first %d times of 10,000", i, times)
		}
	}
}

// hundredBlocks are free but for each last number.
func hundredBlocks() (list reservation.BlockList) {
	for i := range 100 {
		base, _ := num("+9990000000").Add(i * reservation.BlockSize)
		list = append(list, reservation.Block{Base: base, Stock: reservation.FullBits(), Free: reservation.BitsBetween(0, 998)})
	}
	return list
}

func TestSelectAcrossBlocks(t *testing.T) {
	list := hundredBlocks()
	for name, tc := range map[string]struct {
		choice reservation.Choice
		blocks int // read
		apart  int // how many steps the picks are apart at least
	}{
		"spread":           {reservation.Choice{Quantity: 64, Order: reservation.Spread}, 64, 999},
		"spread, few":      {reservation.Choice{Quantity: 2, Order: reservation.Spread}, 64, 31_000},
		"spread, many":     {reservation.Choice{Quantity: 5000, Order: reservation.Spread}, 64, 12},
		"shuffled":         {reservation.Choice{Quantity: 64, Order: reservation.Shuffled, Seed: 5}, 64, 1},
		"within a prefix":  {reservation.Choice{Quantity: 10, Order: reservation.Spread, Prefix: telephony.MustParsePrefix("999001")}, 21, 990},
		"shuffled, prefix": {reservation.Choice{Quantity: 5000, Order: reservation.Shuffled, AllowFewer: true, Prefix: telephony.MustParsePrefix("9990099")}, 100, 1},
	} {
		t.Run(name, func(t *testing.T) {
			read := 0
			picks, err := reservation.Select(tc.choice, func(yield func(reservation.Block) bool) {
				for _, b := range list {
					if read++; !yield(b) {
						return
					}
				}
			})
			if err != nil || read != tc.blocks {
				t.Fatalf("read %d blocks, want %d; %v", read, tc.blocks, err)
			}
			numbers := reservation.Numbers(picks)
			if len(numbers) != tc.choice.Quantity && !tc.choice.AllowFewer || !slices.Equal(reservation.ByBlock(numbers), picks) {
				t.Fatalf("%d numbers", len(numbers))
			}
			for i, n := range numbers {
				if _, offset := n.Block(); offset == 999 {
					t.Fatalf("%s is not free", n)
				}
				if i > 0 && distance(n, numbers[i-1]) < tc.apart {
					t.Fatalf("%s and %s are neighbours", numbers[i-1], n)
				}
			}
		})
	}
}

// Callers with seeds of their own seldom want the same numbers, and one with the
// same seed always does.
func TestSelectShuffled(t *testing.T) {
	list := hundredBlocks()
	taken := map[telephony.Number]int{}
	for seed := range uint64(50) {
		c := reservation.Choice{Quantity: 10, Order: reservation.Shuffled, Seed: seed}
		one, err1 := reservation.Select(c, list.Ascending(0))
		two, err2 := reservation.Select(c, list.Ascending(0))
		if err1 != nil || err2 != nil || !slices.Equal(one, two) {
			t.Fatalf("seed %d: %v and %v; %v, %v", seed, one, two, err1, err2)
		}
		for _, n := range reservation.Numbers(one) {
			taken[n]++
		}
	}
	if len(taken) < 480 { // of 500 picks in 63,936 numbers about two meet
		t.Errorf("50 callers wanted %d different numbers", len(taken))
	}
	_, err := reservation.Select(reservation.Choice{Quantity: 5000, Order: reservation.Shuffled}, list[:3].Ascending(0))
	wantFigure(t, wantCode(t, err, reservation.ErrOutOfStock), "available", 2997)
}
