package engine_test

import (
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/telephony/engine"
)

var expiring = flag.Int("engine.expiring", 100_000, "how many holds BenchmarkMassExpiry has run out at once")

// BenchmarkMassExpiry has holds run out in one instant, a hundred of each tenant,
// and has them swept while other tenants go on reserving. It tells how long the
// sweeping takes in all, how long one of its steps, and how long those who
// reserve wait.
func BenchmarkMassExpiry(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		w := newBench(b, benchAreas, max(areaSize, 2**expiring/benchAreas))
		for i := range *expiring / 100 {
			org := w.tenant(fmt.Sprintf("holder-%06d", i))
			for k := range 100 {
				_, err := org.Reserve(w.ctx, engine.Reserve{Area: benchArea((i + k) % benchAreas), Quantity: 1})
				w.must(err)
			}
		}
		w.clock.Add(tenMinutes)
		b.StartTimer()

		var waits []time.Duration
		done := make(chan time.Duration)
		go func() {
			longest := time.Duration(0)
			for more := true; more; {
				began := time.Now()
				var err error
				if more, err = w.eng.Sweep(w.ctx); err != nil {
					panic(err)
				}
				longest = max(longest, time.Since(began))
			}
			done <- longest
		}()
		for next := 0; ; next++ {
			select {
			case step := <-done:
				slices.Sort(waits)
				b.ReportMetric(float64(step.Microseconds())/1000, "ms-longest-step")
				b.ReportMetric(float64(waits[len(waits)-1].Microseconds())/1000, "ms-longest-wait")
				b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "ms-p99-wait")
			default:
				began := time.Now()
				w.clock.Add(time.Microsecond)
				w.reserve(next, next%benchAreas)
				waits = append(waits, time.Since(began))
				time.Sleep(time.Millisecond)
				continue
			}
			break
		}
		if faults := w.eng.Check(); len(faults) > 0 {
			b.Fatal(faults[0])
		}
	}
}
