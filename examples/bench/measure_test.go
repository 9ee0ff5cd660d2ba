package main

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

func TestMeasureDoesEveryOperationOnce(t *testing.T) {
	for _, callers := range []int{1, 3, mostCallers} {
		const n = 1000
		var done [n]atomic.Int64
		r, err := measure(t.Context(), callers, n, time.Minute, func(_, i int) error {
			if done[i].Add(1); i%10 == 0 {
				return errShort
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if r.Ops != 900 || r.Short != 100 {
			t.Errorf("%d callers: %d done and %d short, want 900 and 100", callers, r.Ops, r.Short)
		}
		for i := range done {
			if times := done[i].Load(); times != 1 {
				t.Fatalf("%d callers: operation %d was done %d times", callers, i, times)
			}
		}
	}
}

func TestMeasureEnds(t *testing.T) {
	broken := errors.New("broken")
	if _, err := measure(t.Context(), 2, 10, time.Minute, func(_, i int) error {
		if i == 4 {
			return broken
		}
		return nil
	}); !errors.Is(err, broken) {
		t.Errorf("an operation's error came out as %v", err)
	}
	r, err := measure(t.Context(), 1, 1000, 20*time.Millisecond, func(int, int) error {
		time.Sleep(5 * time.Millisecond)
		return nil
	})
	if err != nil || r.Ops == 0 || r.Ops > 4 {
		t.Errorf("%d operations of 5 ms within 20 ms, %v", r.Ops, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r, err := measure(ctx, 1, 10, time.Minute, func(int, int) error { return nil }); r.Ops != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of the context: %d operations, %v", r.Ops, err)
	}
}

func TestRanks(t *testing.T) {
	var p part
	for i := 200; i > 0; i-- { // 1 to 200 ns, longest first
		p.took = append(p.took, time.Duration(i))
	}
	r := sum([]part{p}, time.Second)
	if r.P50 != 100 || r.P99 != 198 || r.Max != 200 || r.perSecond() != 200 {
		t.Errorf("p50 %d, p99 %d, longest %d, %v a second", r.P50, r.P99, r.Max, r.perSecond())
	}
	both := r.and(result{Took: time.Second, Short: 3, each: []time.Duration{1000}})
	if both.Ops != 201 || both.Short != 3 || both.Max != 1000 || both.Took != 2*time.Second || both.P50 != 101 {
		t.Errorf("with one more of 1000 ns: %+v", both)
	}
	if one := sum([]part{{took: []time.Duration{7}}}, time.Second); one.P50 != 7 || one.P99 != 7 {
		t.Errorf("of a single operation of 7 ns: %+v", one)
	}
}
