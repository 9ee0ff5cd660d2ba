package engine_test

import (
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// BenchmarkFind looks for numbers among ten million that are free, of ten areas
// with a million each and of a thousand with ten thousand each. Each says how many
// it looked at; none may look at more than the scan limit and a block.
func BenchmarkFind(b *testing.B) {
	middle, err := telephony.NumberFromDigits(999_104_999_500)
	if err != nil {
		b.Fatal(err)
	}
	for _, stock := range []struct {
		name        string
		areas, size int
	}{{"10-areas", 10, 1_000_000}, {"1000-areas", 1000, 10_000}} {
		w := newBench(b, stock.areas, stock.size)
		v, err := w.tenants[0].View(w.ctx)
		w.must(err)
		one := benchArea(5)
		for _, c := range []struct {
			name string
			q    engine.NumberSearch
		}{
			{"pattern-at-once", engine.NumberSearch{Search: reservation.Search{Quantity: 10, Pattern: reservation.MustParsePattern("*00??77")}}},
			{"area-code", engine.NumberSearch{Search: reservation.Search{Quantity: 10, Prefix: telephony.MustParsePrefix("99910055"), EndsIn: "77"}}},
			{"pattern-of-none", engine.NumberSearch{Search: reservation.Search{Quantity: 10, Pattern: reservation.MustParsePattern("*8888888")}}},
			{"pattern-in-an-area", engine.NumberSearch{Area: one, Search: reservation.Search{Quantity: 10, Pattern: reservation.MustParsePattern("*88888?8")}}},
			{"near", engine.NumberSearch{Search: reservation.Search{Quantity: 10, Near: middle}}},
			{"near-by-pattern", engine.NumberSearch{Search: reservation.Search{Quantity: 10, Near: middle, EndsIn: "777"}}},
			{"score", engine.NumberSearch{Search: reservation.Search{Quantity: 10, MinScore: reservation.GoldScore}}},
			{"best-of-a-million", engine.NumberSearch{Search: reservation.Search{Quantity: 10, Order: reservation.Memorable}}},
			{"best-of-an-area", engine.NumberSearch{Area: one, Search: reservation.Search{Quantity: 10, Order: reservation.Memorable}}},
			{"shuffled", engine.NumberSearch{Search: reservation.Search{Quantity: 10, Order: reservation.Shuffled, ScanLimit: 10_000}}},
		} {
			b.Run(stock.name+"/"+c.name, func(b *testing.B) {
				b.ReportAllocs()
				looked := 0
				for b.Loop() {
					found, err := v.FindNumbers(c.q, "")
					if looked = found.Looked; err != nil || looked > reservation.DefaultScanLimit+telephony.BlockSize {
						b.Fatalf("%d were looked at, %v", looked, err)
					}
				}
				b.ReportMetric(float64(looked), "looked/op")
			})
		}
	}
}

// BenchmarkAddDrop adds ten numbers to a reservation and drops them.
func BenchmarkAddDrop(b *testing.B) {
	w := newBench(b, benchAreas, areaSize)
	org := w.tenants[0]
	held, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea(0), Quantity: 10})
	w.must(err)
	b.ReportAllocs()
	for b.Loop() {
		grown, err := org.AddToReservation(w.ctx, engine.AddToReservation{Reservation: held.ID, Area: benchArea(0), Quantity: 10})
		w.must(err)
		_, err = org.DropFromReservation(w.ctx, engine.DropFromReservation{Reservation: held.ID, Numbers: grown.Numbers()[10:]})
		w.must(err)
	}
}

// BenchmarkReservationPage reads pages of the reservations of a tenant that has a
// thousand closed ones: the first and one in the middle.
func BenchmarkReservationPage(b *testing.B) {
	w := newBench(b, 1, areaSize)
	eng, err := engine.New(engine.WithClock(w.clock), engine.WithIDEpoch("b"))
	w.must(err)
	w.eng = eng
	w.must(eng.AddStock(w.ctx, engine.Stock{Range: benchRange(0, areaSize), Area: benchArea(0), Kind: telephony.UserNumber}))
	org := w.tenant("contoso")
	for range 1_005 {
		w.clock.Add(tenMinutes / 5)
		_, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea(0), Quantity: 1})
		w.must(err)
	}
	w.clock.Add(-tenMinutes) // the clock stands, so that none is forgotten
	v, err := org.View(w.ctx)
	w.must(err)
	var cursors []engine.Cursor
	for after := engine.Cursor(""); len(cursors) < 2 || after != ""; {
		cursors = append(cursors, after)
		p, err := v.ReservationPage(engine.ReservationQuery{}, after, 100)
		w.must(err)
		after = p.Next
	}
	for name, after := range map[string]engine.Cursor{"first": "", "middle": cursors[len(cursors)/2]} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := v.ReservationPage(engine.ReservationQuery{}, after, 100)
				w.must(err)
			}
		})
	}
}
