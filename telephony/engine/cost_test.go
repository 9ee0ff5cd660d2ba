package engine_test

import (
	"errors"
	"runtime"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony/engine"
)

// mallocs counts the allocations of one call, as testing.AllocsPerRun does not: its
// first call would do what the second is to do.
func mallocs(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

// TestWhyNumbersRestIsLookedUpOnce: to say of listed numbers that they rest costs a look
// at each rest, and not one for each number at each rest.
func TestWhyNumbersRestIsLookedUpOnce(t *testing.T) {
	cost := func(numbers int) uint64 {
		w := newWorld(t)
		w.buy(w.org, licensing.PhoneSystem, 200)
		w.buy(w.org, licensing.DomesticCallingPlan, 200)
		list := w.acquire(engine.Reserve{Area: seattle, Quantity: numbers}, "")
		for i := range list {
			w.must(w.org.Release(w.ctx, engine.Release{Numbers: list[i : i+1]}))
		}
		return mallocs(func() {
			_, err := w.org.Reserve(w.ctx, engine.Reserve{Numbers: list})
			if !errors.Is(err, engine.ErrNumbersResting) {
				t.Errorf("they are refused for %v", err)
			}
		})
	}
	if few, many := cost(20), cost(80); many > 8*few {
		t.Errorf("for 20 numbers there are %d allocations, and for 80 there are %d", few, many)
	}
}
