package main

import (
	"context"
	"time"
)

// taking is a hold on its way: reserved, acquired, assigned, unassigned,
// released.
type taking struct {
	hold
	person int
	steps  int // that it has taken
}

// doTake measures what comes after reserving: acquire three of ten, assign one
// of them to a person, release them. Every number ends where it began.
func (b *bout) doTake(ctx context.Context, o order) (answer, error) {
	way := make([]taking, min(o.Count, b.stock.Fiction*fictionSize/ten))
	results := map[string]result{}
	for nth, s := range []struct {
		name string // empty: not measured
		do   func(i int) error
	}{
		{"", func(i int) (err error) {
			way[i].person = i / b.stock.Tenants
			way[i].hold, err = b.reserve(ctx, i%b.stock.Tenants, b.stock.Areas+i%b.stock.Fiction)
			return err
		}},
		{"acquire", func(i int) error { return b.acquire(ctx, way[i].hold, way[i].numbers[:3]) }},
		{"assign", func(i int) error { return b.assign(ctx, way[i].tenant, way[i].numbers[0], way[i].person) }},
		{"", func(i int) error { return b.unassign(ctx, way[i].tenant, way[i].numbers[0], way[i].person) }},
		{"release", func(i int) error { return b.release(ctx, way[i].hold, way[i].numbers[:3]) }},
	} {
		limit := time.Minute
		if s.name != "" {
			limit = o.Limit
		}
		r, err := measure(ctx, o.Callers, len(way), limit, func(_, i int) error {
			if way[i].steps != nth {
				return errShort // the time for an earlier step was up before its turn
			}
			way[i].steps++
			return s.do(i)
		})
		if err != nil {
			return answer{}, err
		}
		if s.name != "" {
			results[s.name] = r
		}
	}
	return answer{Results: results}, b.clear(ctx, way)
}

// clear takes those the rest of the way whose turn never came.
func (b *bout) clear(ctx context.Context, way []taking) error {
	for _, w := range way {
		if w.steps == 3 {
			if err := b.unassign(ctx, w.tenant, w.numbers[0], w.person); err != nil {
				return err
			}
		}
		if 2 <= w.steps && w.steps <= 4 {
			if err := b.release(ctx, w.hold, w.numbers[:3]); err != nil {
				return err
			}
		}
	}
	b.clock.advance(holdFor)
	return sweepAll(ctx, b)
}
