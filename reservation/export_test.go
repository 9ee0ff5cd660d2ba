package reservation

import (
	"fmt"
	"slices"

	"example.com/callingplan/telephony"
)

// Recount checks everything the pool keeps twice or in order, from scratch, and
// says what does not agree. It settles nothing and reads no clock.
func (p *Pool) Recount() (faults []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	wrong := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }

	free, kept, resting, offered := 0, 0, 0, 0
	for base, b := range p.stock.blocks {
		if b.Base != base || b.Check() != nil {
			wrong("block %s: %v", base, b.Check())
		}
		sum := b.Free.Count() + b.kept.Count() + b.resting.Count()
		if all := b.Free.Or(b.kept).Or(b.resting); all.Count() != sum || !all.AndNot(b.Stock).IsEmpty() {
			wrong("block %s: a number is in two states or not in stock", base)
		}
		free, kept, resting = free+b.Free.Count(), kept+b.kept.Count(), resting+b.resting.Count()
		if !b.Free.IsEmpty() {
			offered++
		}
	}
	if free != p.stock.freeCount || resting != p.stock.restingCount || kept != p.held {
		wrong("counted free %d, resting %d, held %d; kept free %d, resting %d, held %d",
			free, resting, kept, p.stock.freeCount, p.stock.restingCount, p.held)
	}
	if offered != len(p.stock.offered) || !slices.IsSortedFunc(p.stock.offered, func(a, b *stocked) int { return a.Base.Compare(b.Base) }) {
		wrong("%d blocks have something free, %d are offered", offered, len(p.stock.offered))
	}
	faults = append(faults, p.recountHolds()...)
	return faults
}

func (p *Pool) recountHolds() (faults []string) {
	if len(p.byID) != len(p.open)+len(p.closed) {
		faults = append(faults, fmt.Sprintf("%d reservations, %d open and %d closed", len(p.byID), len(p.open), len(p.closed)))
	}
	if !slices.IsSortedFunc(p.open, byExpiry) {
		faults = append(faults, "the open reservations are not ordered by expiry")
	}
	if !slices.IsSortedFunc(p.closed, func(a, b *entry) int { return int(a.hold.Closed - b.hold.Closed) }) {
		faults = append(faults, "the closed reservations are not ordered by closing")
	}
	owner := map[telephony.Number]telephony.ReservationID{}
	for _, e := range p.open {
		for _, n := range e.hold.Numbers {
			if owner[n] != "" {
				faults = append(faults, fmt.Sprintf("%s is in %s and %s", n, owner[n], e.id))
			}
			owner[n] = e.id
		}
	}
	return faults
}

// Ranks gives the tests the ranks of an order.
func (o Order) Ranks(total, want int, seed uint64) []int { return o.ranks(total, want, seed) }
