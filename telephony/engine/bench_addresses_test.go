package engine_test

import (
	"fmt"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// BenchmarkReplaceAddress moves one location from one French address to another,
// with few numbers and with many: it is to cost the same.
func BenchmarkReplaceAddress(b *testing.B) {
	for _, numbers := range []int{1, 5000} {
		b.Run(fmt.Sprint("numbers=", numbers), func(b *testing.B) {
			w := newWorld(b, engine.WithLimits(reservation.Limits{Open: 10, Held: 5000, PerRequest: 5000}))
			lille := telephony.Area{Country: "FR", City: "Lille"}
			w.stock(lille, telephony.UserNumber, "+33361910000..+33361919999")
			w.buy(w.org, "MCOEV", 10_000)
			office := emergency.Address{Country: "FR", City: "Lille", StreetTypePrefix: "Rue", Street: "de la Fiction", HouseNumber: "1", PostalCode: "59000"}
			from, to := w.addressOf(w.org, office), w.addressOf(w.org, office)
			place, err := w.org.AddLocation(w.ctx, engine.Place{Address: from.ID, Description: "Lobby"})
			w.must(err)
			w.acquire(engine.Reserve{Area: lille, Quantity: numbers}, place.ID)
			b.ReportAllocs()
			for b.Loop() {
				w.must(w.tryReplace(from.ID, to.ID))
				from, to = to, from
			}
		})
	}
}

// BenchmarkAddressQueries looks for addresses and gaps among 10,000 addresses.
func BenchmarkAddressQueries(b *testing.B) {
	w := newWorld(b, engine.WithRevalidation(time.Hour))
	record := fullRecord()
	for i := range engine.MaxScan {
		position, err := emergency.NewPosition(40+float64(i%1000)/100, -120)
		w.must(err)
		record.Address.HouseNumber, record.Address.Position = fmt.Sprint(i), position
		_, err = w.org.SaveRecord(w.ctx, record)
		w.must(err)
	}
	v, here := w.view(), record.Address.Position
	for name, query := range map[string]func() error{
		"search":  func() error { _, err := v.SearchAddresses(emergency.Search{Street: "nowhere"}, "", 0); return err },
		"nearest": func() error { _, err := v.NearestAddresses(emergency.Search{}, here, 10); return err },
		"gaps":    func() error { v.GapCount(); return nil },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.must(query())
			}
		})
	}
}
