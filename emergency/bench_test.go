package emergency_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

func BenchmarkForm(b *testing.B) {
	for name, a := range map[string]emergency.Address{
		"stored": us(),
		"typed":  change(us(), country, "us", state, "washington", street, " 5", suffix, "Avenue", number, "410B"),
		"GB":     change(gb(), postal, "ec1y8sy"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				canonical, _ := emergency.Canonical(a)
				emergency.CheckFormat(canonical)
			}
		})
	}
}

func BenchmarkParseStreetLine(b *testing.B) {
	for _, row := range []struct {
		name    string
		country telephony.Country
		line    string
	}{
		{"US", "US", "410 5th Ave NE"},
		{"US with a unit", "US", "410 5th Ave. NE, Apt. 3"},
		{"DE", "DE", "Hauptstraße 5a"},
		{"ES", "ES", "Calle Mayor 5"},
		{"left whole", "US", "RR 2 BOX 18"},
		{"ten megabytes", "US", strings.Repeat("12 Elm St, ", 1_000_000)},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				emergency.ParseStreetLine(row.country, row.line)
			}
		})
	}
}

func BenchmarkEnvelope(b *testing.B) {
	a := us()
	b.ReportAllocs()
	for b.Loop() {
		emergency.Envelope{CountryName: true}.Lines(a)
	}
}

const million = 1_000_000

// millionStreets has a million stretches: half of them streets of their own
// name, half in a thousand names that stand in five hundred towns each.
var millionStreets = sync.OnceValues(func() (*emergency.Streets, uint64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	streets := emergency.NewStreets("million")
	for i := range million {
		town := i % 500
		name := fmt.Sprintf("Own %d", i)
		if i%2 == 1 {
			name = fmt.Sprintf("Common %d", i/500%1000)
		}
		err := streets.Add(emergency.Street{Country: "US", State: "WA", City: fmt.Sprintf("Town %d", town),
			PostalCodes: []string{fmt.Sprintf("98%03d", town)}, Name: name, Suffix: "Ave", Low: 1, High: 999,
			Dispatch: emergency.Dispatch{ID: fmt.Sprintf("psap-%d", town%50)}})
		if err != nil {
			panic(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	return streets, after.HeapAlloc - before.HeapAlloc
})

func BenchmarkCheckAmongAMillion(b *testing.B) {
	streets, heap := millionStreets()
	checker := emergency.Checker{Authority: streets}
	town := func(n int, name string) emergency.Address {
		return change(us(), city, fmt.Sprintf("Town %d", n), postal, fmt.Sprintf("98%03d", n), street, name)
	}
	for _, test := range []struct {
		name    string
		address emergency.Address
		want    string
	}{
		{"accepted", town(4, "Own 504"), "accepted"},
		{"common name", town(7, "Common 14"), "accepted"},
		{"misspelt city", change(town(4, "Own 504"), city, "Twon 4"), "accepted, updated"},
		{"unknown street", town(4, "Nowhere 1"), "rejected"},
	} {
		b.Run(test.name, func(b *testing.B) {
			checked, err := checker.Check(context.Background(), test.address, noon)
			if err != nil || checked.Verdict().String() != test.want {
				b.Fatal(checked, err, checked.Verdict().Issues)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := checker.Check(context.Background(), test.address, noon); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(heap)/million, "heap-bytes/street")
		})
	}
	b.Run("in parallel", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := checker.Check(context.Background(), town(4, "Own 504"), noon); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

func BenchmarkAddStreet(b *testing.B) {
	streets := emergency.NewStreets("x")
	s := emergency.Street{Country: "US", State: "WA", City: "Fernhill", PostalCodes: []string{"98101"}, Suffix: "Ave", Low: 1, High: 9, Dispatch: centre}
	i := 0
	for b.Loop() {
		s.Name = fmt.Sprint("Street ", i)
		i++
		if err := streets.Add(s); err != nil {
			b.Fatal(err)
		}
	}
}
