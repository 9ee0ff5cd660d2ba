package reservation_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"github.com/benbjohnson/clock"
)

// million returns the 1,000 blocks from +9990000000 on with a share of their
// numbers free at random, in parts of a thousand.
func million(b *testing.B, freePerMille int) (blocks []reservation.Block) {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 1000 {
		base, ok := num("+9990000000").Add(i * reservation.BlockSize)
		if !ok {
			b.Fatal("past the edge")
		}
		block := reservation.Block{Base: base, Stock: reservation.FullBits()}
		for offset := range reservation.BlockSize {
			if random.IntN(1000) < freePerMille {
				block.Free.Set(offset)
			}
		}
		if !block.Free.IsEmpty() {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

func BenchmarkSelectTen(b *testing.B) {
	for _, free := range []int{1000, 500, 10, 1} {
		blocks := slices.Values(million(b, free))
		b.Run(fmt.Sprintf("free=%d‰", free), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := reservation.Select(reservation.Choice{Quantity: 10}, blocks); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A run that is not there makes Select read every block.
func BenchmarkSelectRunNotThere(b *testing.B) {
	for _, free := range []int{990, 500, 10} {
		blocks := slices.Values(million(b, free))
		b.Run(fmt.Sprintf("free=%d‰", free), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := reservation.Select(reservation.Choice{Quantity: 5000, Consecutive: true}, blocks); err == nil {
					b.Fatal("there is a run of 5000")
				}
			}
		})
	}
}

// The last block's prefix makes Select look at every block before it.
func BenchmarkSelectPrefixOfLastBlock(b *testing.B) {
	blocks := slices.Values(million(b, 500))
	c := reservation.Choice{Quantity: 10, Prefix: telephony.MustParsePrefix("9990999")}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := reservation.Select(c, blocks); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPoolReserveTen(b *testing.B) {
	for _, full := range []int{0, 50, 99} {
		b.Run(fmt.Sprintf("full=%d%%", full), func(b *testing.B) {
			p := millionPool(b, full)
			b.ReportAllocs()
			for b.Loop() {
				r, err := p.Reserve(reservation.Choice{Quantity: 10})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := p.Cancel(r.ID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// millionPool returns a pool of a million numbers of which every so manieth is
// free and the others were acquired.
func millionPool(b *testing.B, percentFull int) *reservation.Pool {
	b.Helper()
	p, err := reservation.NewPool(clock.NewMock(), reservation.WithRetention(0, 0), reservation.WithQuarantine(0),
		reservation.WithLimits(reservation.Limits{Open: 1000, Held: 100_000, PerRequest: 5000}))
	if err != nil {
		b.Fatal(err)
	}
	stock, err := telephony.NewRange(num("+9990000000"), 1_000_000)
	if err != nil {
		b.Fatal(err)
	}
	if err := p.Load(stock); err != nil {
		b.Fatal(err)
	}
	if percentFull == 0 {
		return p
	}
	var back telephony.NumberList
	for range 200 {
		r, err := p.Reserve(reservation.Choice{Quantity: 5000})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.AcquireAll(r.ID); err != nil {
			b.Fatal(err)
		}
		for i, n := range r.Numbers {
			if i*37%100 >= percentFull {
				back = append(back, n)
			}
		}
	}
	if err := p.Release(back); err != nil {
		b.Fatal(err)
	}
	return p
}
