package engine_test

import (
	"iter"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// newStockBench has ten million numbers in stock, a hundred thousand of them held.
func newStockBench(b *testing.B) *bench {
	w := newBench(b, benchAreas, 100_000)
	for i, org := range w.tenants {
		for range 2 {
			_, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea(i), Quantity: 500})
			w.must(err)
		}
	}
	return w
}

func (w *bench) utilisation() *engine.Utilisation {
	u, err := w.eng.As("").Utilisation(w.ctx)
	w.must(err)
	return u
}

// BenchmarkUtilisation reads how ten million numbers are used: by area, by block,
// by hundred, and a page of blocks, the look at what is held included.
func BenchmarkUtilisation(b *testing.B) {
	w := newStockBench(b)
	for _, c := range []struct {
		name string
		read func(*engine.Utilisation) int
		want int
	}{
		{"areas", func(u *engine.Utilisation) int { return count(u.Areas(engine.StockQuery{})) }, 100},
		{"blocks", func(u *engine.Utilisation) int { return count(u.Blocks(engine.StockQuery{})) }, 10_000},
		{"hundreds", func(u *engine.Utilisation) int { return count(u.Hundreds(engine.StockQuery{})) }, 100_000},
		{"page", func(u *engine.Utilisation) int {
			p, err := u.BlockPage(engine.StockQuery{}, "", 100)
			w.must(err)
			return len(p.Items)
		}, 100},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n := c.read(w.utilisation()); n != c.want {
					b.Fatalf("%d, want %d", n, c.want)
				}
			}
		})
	}
}

func count[E any](all iter.Seq[E]) (n int) {
	for range all {
		n++
	}
	return n
}

// BenchmarkForecast reads a log of a thousand entries that tell of a hundred
// thousand numbers acquired.
func BenchmarkForecast(b *testing.B) {
	w := newBench(b, benchAreas, 100_000)
	for i := range 200 {
		org := w.tenants[i%len(w.tenants)]
		held, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea(i % benchAreas), Quantity: 500, Kind: telephony.UserNumber})
		w.must(err)
		_, err = org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: w.place(org)})
		w.must(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		all, err := w.eng.As("").Forecast(w.ctx, engine.StockQuery{}, 0)
		w.must(err)
		if n := count(all); n != benchAreas {
			b.Fatalf("%d areas", n)
		}
	}
}

// BenchmarkMoveStock moves the most that one command moves, a block that a tenant
// has acquired whole, there and back, among a hundred tenants.
func BenchmarkMoveStock(b *testing.B) {
	w := newBench(b, benchAreas, areaSize)
	w.acquire(w.tenants[50], 1000, w.place(w.tenants[50]))
	block, err := telephony.NewRange(benchRange(0, areaSize).First(), engine.MaxMove)
	w.must(err)
	b.ReportAllocs()
	to := 1
	for b.Loop() {
		got, err := w.eng.MoveStock(w.ctx, engine.StockMove{Range: block, Area: benchArea(to)})
		w.must(err)
		if got.Acquired != 1000 {
			b.Fatalf("moved %+v", got)
		}
		to = 1 - to
	}
}
