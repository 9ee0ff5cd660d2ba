package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// mostCallers is how many callers there are at once at most.
const mostCallers = 16

// result is what one contender did in one round of one job.
type result struct {
	Ops           int           // that were done
	Short         int           // that were not, for want of numbers
	Took          time.Duration // all of them together
	P50, P99, Max time.Duration // of one
	each          []time.Duration
}

// perSecond returns the rate.
func (r result) perSecond() float64 { return float64(r.Ops) / r.Took.Seconds() }

// measure has callers do n operations between them, each its next as soon as its
// last is done, and no new one after the limit. Any error but errShort ends it.
func measure(ctx context.Context, callers, n int, limit time.Duration, op func(caller, i int) error) (result, error) {
	parts := make([]part, callers)
	var all sync.WaitGroup
	began := time.Now()
	for c := range callers {
		parts[c].took = make([]time.Duration, 0, n/callers+1)
		all.Go(func() {
			p := &parts[c]
			for i := c; i < n && ctx.Err() == nil && time.Since(began) < limit && p.err == nil; i += callers {
				p.do(func() error { return op(c, i) })
			}
		})
	}
	all.Wait()
	return sum(parts, time.Since(began)), errors.Join(faults(parts), ctx.Err())
}

// part is what one caller did.
type part struct {
	took  []time.Duration
	short int
	err   error
}

func (p *part) do(op func() error) {
	start := time.Now()
	switch err := op(); {
	case errors.Is(err, errShort):
		p.short++
	case err != nil:
		p.err = err
	default:
		p.took = append(p.took, time.Since(start))
	}
}

func faults(parts []part) (err error) {
	for _, p := range parts {
		err = errors.Join(err, p.err)
	}
	return err
}

func sum(parts []part, took time.Duration) result {
	r := result{Took: took}
	for _, p := range parts {
		r.each = append(r.each, p.took...)
		r.Short += p.short
	}
	return r.ranked()
}

// and adds what was done after it.
func (r result) and(next result) result {
	r.Took, r.Short, r.each = r.Took+next.Took, r.Short+next.Short, append(r.each, next.each...)
	return r.ranked()
}

func (r result) ranked() result {
	slices.Sort(r.each)
	r.Ops = len(r.each)
	if r.Ops > 0 {
		r.P50, r.P99, r.Max = rank(r.each, 50), rank(r.each, 99), r.each[r.Ops-1]
	}
	return r
}

// rank returns the least of the sorted durations that so many percent of them do
// not exceed.
func rank(sorted []time.Duration, percent int) time.Duration {
	return sorted[(len(sorted)*percent+99)/100-1]
}
