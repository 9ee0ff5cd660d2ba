package reservation_test

import (
	"fmt"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// tenMillion returns 10,000 blocks in which all is free but each tenth number.
func tenMillion(b *testing.B) (list reservation.BlockList) {
	b.Helper()
	free := reservation.FullBits()
	for i := 0; i < reservation.BlockSize; i += 10 {
		free.Clear(i)
	}
	for i := range 10_000 {
		base, ok := num("+9990000000").Add(i * reservation.BlockSize)
		if !ok {
			break
		}
		list = append(list, reservation.Block{Base: base, Stock: reservation.FullBits(), Free: free})
	}
	return list
}

func perNumber(b *testing.B, looked int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(looked), "ns/number")
}

// What is looked for is not there, so that all of nine million free numbers in ten
// million are looked at.
func BenchmarkFindNotThere(b *testing.B) {
	list := tenMillion(b)
	for _, bc := range []struct {
		name   string
		search reservation.Search
	}{
		{"anywhere", reservation.Search{Pattern: reservation.MustParsePattern("*55555555*")}},
		{"end", reservation.Search{EndsIn: "5550"}},
		{"wildcards", reservation.Search{Pattern: reservation.MustParsePattern("5?5*5?50")}},
		{"vanity", reservation.Search{Contains: "flowers", EndsIn: "0"}},
		{"score", reservation.Search{MinScore: 90, EndsIn: "1230"}},
		{"run", reservation.Search{Consecutive: 10}},
	} {
		b.Run(bc.name, func(b *testing.B) {
			s := bc.search
			s.Quantity, s.ScanLimit = 10, reservation.MaxScanLimit
			b.ReportAllocs()
			looked := 0
			for b.Loop() {
				found, err := reservation.Find(s, list)
				if err != nil || len(found.Numbers) > 0 || len(found.Runs) > 0 || !found.Complete {
					b.Fatal(len(found.Numbers), len(found.Runs), err)
				}
				looked = found.Looked
			}
			perNumber(b, looked)
		})
	}
}

// The score of every free number up to the default scan limit.
func BenchmarkFindMemorable(b *testing.B) {
	list := tenMillion(b)
	for _, s := range []reservation.Search{{MinScore: 100}, {Order: reservation.Memorable}} {
		b.Run(fmt.Sprintf("least=%d,order=%v", s.MinScore, s.Order), func(b *testing.B) {
			s.Quantity = 10
			b.ReportAllocs()
			looked := 0
			for b.Loop() {
				found, err := reservation.Find(s, list)
				if err != nil {
					b.Fatal(err)
				}
				looked = found.Looked
			}
			perNumber(b, looked)
		})
	}
}

// A page of ten that is found at once, in the middle of the stock.
func BenchmarkFindPage(b *testing.B) {
	list := tenMillion(b)
	middle := num("+9995000000")
	for _, bc := range []struct {
		name   string
		search reservation.Search
	}{
		{"lowest", reservation.Search{After: reservation.Position{Up: middle}}},
		{"ending", reservation.Search{EndsIn: "55", After: reservation.Position{Up: middle}}},
		{"near", reservation.Search{Near: middle}},
		{"near, of many", reservation.Search{Near: middle, EndsIn: "00001"}},
		{"runs", reservation.Search{Consecutive: 9, After: reservation.Position{Up: middle}}},
	} {
		b.Run(bc.name, func(b *testing.B) {
			bc.search.Quantity = 10
			b.ReportAllocs()
			for b.Loop() {
				found, err := reservation.Find(bc.search, list)
				if err != nil || len(found.Numbers)+len(found.Runs) != 10 {
					b.Fatal(found, err)
				}
			}
		})
	}
}

func BenchmarkSelectAcross(b *testing.B) {
	list := tenMillion(b)
	for _, order := range []reservation.Order{reservation.Lowest, reservation.Spread, reservation.Shuffled} {
		b.Run(order.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := reservation.Select(reservation.Choice{Quantity: 10, Order: order}, list.Ascending(0)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A block held against a pattern that was held against others before.
func BenchmarkMatcher(b *testing.B) {
	list := tenMillion(b)
	for _, text := range []string{"*555*", "*5550", "5?5*5??0", "*flowers*"} {
		b.Run(text, func(b *testing.B) {
			m := reservation.MustParsePattern(text).Matcher()
			b.ReportAllocs()
			i, n := 0, 0
			for b.Loop() {
				n += m.Match(list[i%len(list)]).Count()
				i++
			}
			perNumber(b, reservation.BlockSize)
		})
	}
}

func BenchmarkScore(b *testing.B) {
	n := telephony.MustParse("+12065550100")
	for b.Loop() {
		reservation.Score(n)
	}
}
