package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"time"
)

// order is a job to do, once.
type order struct {
	Job     string
	Stock   stock // for jobs that begin anew
	People  int   // of each tenant
	Callers int
	Count   int           // operations
	Batch   int           // after so many, the holds of a reserve job run out; 0: after all
	Limit   time.Duration // for them
	Seed    uint64
}

// answer is what came of it: the results of the job's steps, or figures.
type answer struct {
	Results map[string]result
	Figures map[string]float64
	Error   string
	LeftOut string // why the contender cannot take part
}

// bout is a contender at work.
type bout struct {
	contender
	clock *clock
	stock stock
}

// perform does a job.
func (b *bout) perform(ctx context.Context, o order) (answer, error) {
	runtime.GC() // what the last job left behind is not this one's
	switch o.Job {
	case "load":
		return b.doLoad(ctx, o)
	case "reserve":
		return b.doReserve(ctx, o)
	case "take":
		return b.doTake(ctx, o)
	case "expire":
		return b.doExpire(ctx, o)
	case "memory":
		return b.doMemory(ctx, o)
	}
	return answer{}, fmt.Errorf("there is no job %q", o.Job)
}

// begin puts an order's stock, tenants and people in place of what there was.
func (b *bout) begin(ctx context.Context, o order) (result, error) {
	b.stock = o.Stock
	if err := b.found(ctx, o.Stock.Tenants, o.People); err != nil {
		return result{}, err
	}
	runtime.GC()
	began := time.Now()
	err := b.load(ctx, o.Stock)
	return result{Ops: o.Stock.numbers(), Took: time.Since(began)}, err
}

// doLoad measures putting numbers in stock. Every other job finds them there.
func (b *bout) doLoad(ctx context.Context, o order) (answer, error) {
	r, err := b.begin(ctx, o)
	return answer{Results: map[string]result{"load": r}}, err
}

// doReserve measures reserving ten of a random area. Time stands still meanwhile,
// so no hold runs out; after each batch all of them do, which is not measured.
func (b *bout) doReserve(ctx context.Context, o order) (answer, error) {
	random := randomFor(o)
	var all result
	for all.Ops+all.Short < o.Count && all.Took < o.Limit {
		batch := o.Count - all.Ops - all.Short
		if o.Batch > 0 {
			batch = min(batch, o.Batch)
		}
		r, err := measure(ctx, o.Callers, batch, o.Limit-all.Took, func(caller, i int) error {
			_, err := b.reserve(ctx, i%b.stock.Tenants, random[caller].IntN(b.stock.Areas))
			return err
		})
		if err != nil {
			return answer{}, err
		}
		all = all.and(r)
		b.clock.advance(holdFor)
		if err := sweepAll(ctx, b); err != nil {
			return answer{}, err
		}
	}
	return answer{Results: map[string]result{"reserve": all}}, nil
}

// randomFor returns a source for each caller.
func randomFor(o order) []*rand.Rand {
	random := make([]*rand.Rand, o.Callers)
	for i := range random {
		random[i] = rand.New(rand.NewPCG(o.Seed, uint64(i)))
	}
	return random
}

// doExpire measures giving back the holds that the stock began with, all of them
// at once, while writers go on reserving, a thousand times a second each at most.
func (b *bout) doExpire(ctx context.Context, o order) (answer, error) {
	if _, err := b.begin(ctx, o); err != nil {
		return answer{}, err
	}
	runtime.GC()
	b.clock.advance(holdFor)
	random := randomFor(o)
	parts := make([]part, o.Callers)
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for c := range o.Callers {
		writers.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Millisecond):
				}
				parts[c].do(func() error {
					_, err := b.reserve(ctx, random[c].IntN(b.stock.Tenants), random[c].IntN(b.stock.Areas))
					return err
				})
			}
		})
	}
	began := time.Now()
	err := sweepAll(ctx, b)
	took := time.Since(began)
	close(stop)
	writers.Wait()
	if err == nil {
		err = faults(parts)
	}
	return answer{Results: map[string]result{
		"expire":            {Ops: o.Stock.Areas * o.Stock.Holds, Took: took},
		"reserve meanwhile": sum(parts, took),
	}}, err
}
