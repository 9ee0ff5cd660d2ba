package telephony_test

import (
	"testing"

	"example.com/callingplan/telephony"
)

// The benchmarks of what every operation of an embedder does to numbers. Sinks
// keep the compiler from dropping the work.
var (
	sinkNumber telephony.Number
	sinkInt    int
	sinkBytes  []byte
	sinkString string
	sinkErrors []*telephony.Error
)

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"plain", "+14255550100"},
		{"separated", "+1 (425) 555-0100"},
		{"tel", "tel:+1-425-555-0100"},
		{"refused", "+1425555o100"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sinkNumber, _ = telephony.Parse(c.text)
			}
		})
	}
}

func BenchmarkCompare(b *testing.B) {
	x, y := telephony.MustParse("+14255550100"), telephony.MustParse("+442079460000")
	for b.Loop() {
		sinkInt += x.Compare(y)
	}
}

func BenchmarkAppendTo(b *testing.B) {
	n := telephony.MustParse("+14255550100")
	sinkBytes = make([]byte, 0, 32)
	b.ReportAllocs()
	for b.Loop() {
		sinkBytes = n.AppendTo(sinkBytes[:0])
	}
}

func BenchmarkString(b *testing.B) {
	n := telephony.MustParse("+14255550100")
	b.ReportAllocs()
	for b.Loop() {
		sinkString = n.String()
	}
}

// BenchmarkRangeAll walks a thousands-block, so that ns/op is the cost of 1,000
// numbers.
func BenchmarkRangeAll(b *testing.B) {
	r, err := telephony.NewRange(telephony.MustParse("+99955550000"), telephony.BlockSize)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for n := range r.All() {
			sinkNumber = n
		}
	}
}

func BenchmarkCheckAssignment(b *testing.B) {
	facts := assignable()
	b.ReportAllocs()
	for b.Loop() {
		sinkErrors = telephony.CheckAssignment(facts)
	}
}
