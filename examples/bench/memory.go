package main

import (
	"context"
	"time"
)

// keptClosed is longer than anything that is over is remembered.
const keptClosed = 25 * time.Hour

// doMemory reports the bytes of a number that is free, one in a hold of ten, and
// one that is owned and assigned; a person's own are not counted.
func (b *bout) doMemory(ctx context.Context, o order) (answer, error) {
	figures := map[string]float64{}
	last := int64(0)
	// grown says how much each of so many numbers took since it was last called.
	grown := func(what string, numbers int) error {
		size, err := b.bytes(ctx)
		if numbers > 0 {
			figures[what] = figures["free"] + float64(size-last)/float64(numbers)
		}
		last = size
		return err
	}
	b.stock = o.Stock
	plain := o.Stock
	plain.Fiction = 0
	holds := make([]hold, o.Count)
	reserve := func(first, areas int) error {
		for i := range holds {
			var err error
			if holds[i], err = b.reserve(ctx, i%b.stock.Tenants, first+i%areas); err != nil {
				return err
			}
		}
		return nil
	}
	forget := func() error {
		b.clock.advance(keptClosed)
		return sweepAll(ctx, b)
	}
	for _, step := range []func() error{
		func() error { return b.found(ctx, o.Stock.Tenants, o.People) },
		func() error { return grown("", 0) },
		func() error { return b.load(ctx, plain) },
		func() error { return grown("free", plain.numbers()) },
		func() error { return reserve(0, o.Stock.Areas) },
		func() error { return grown("held", len(holds)*ten) },
		func() error { return b.found(ctx, o.Stock.Tenants, o.People) },
		func() error { return b.load(ctx, o.Stock) },
		func() error { return grown("", 0) },
		func() error { return reserve(o.Stock.Areas, o.Stock.Fiction) },
		func() error { return b.assignAll(ctx, holds) },
		forget,
		func() error { return grown("assigned", len(holds)*ten) },
	} {
		if err := step(); err != nil {
			return answer{}, err
		}
	}
	return answer{Figures: figures}, nil
}

// assignAll gives each number of the holds to somebody.
func (b *bout) assignAll(ctx context.Context, holds []hold) error {
	for i, h := range holds {
		if err := b.acquire(ctx, h, h.numbers); err != nil {
			return err
		}
		for k, n := range h.numbers {
			if err := b.assign(ctx, h.tenant, n, i/b.stock.Tenants*ten+k); err != nil {
				return err
			}
		}
	}
	return nil
}
