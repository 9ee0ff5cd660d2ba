package engine

import (
	"log/slog"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// StockWithdrawal takes the numbers of a range out of stock, on whatever shelves
// they are. Only what is free can go: all of the range or, with OnlyFree, that.
type StockWithdrawal struct {
	Range telephony.Range
	// OnlyFree takes what is free and leaves the rest, which the answer lists. It
	// is no error if that is nothing.
	OnlyFree  bool
	RequestID string `cbor:"-"`
}

// Withdrawn is what came of a withdrawal.
type Withdrawn struct {
	Taken    Extent // out of stock now
	Absent   Extent // were not in stock
	Acquired Extent // are a tenant's
	Held     Extent // are in an open reservation
	Resting  Extent // were released, and rest
}

// LogValue masks the numbers in structured logs.
func (w Withdrawn) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("taken", w.Taken), slog.Any("absent", w.Absent), slog.Any("acquired", w.Acquired),
		slog.Any("held", w.Held), slog.Any("resting", w.Resting))
}

func (StockWithdrawal) op() Op         { return OpWithdrawStock }
func (r StockWithdrawal) content() any { return r }
func (r StockWithdrawal) check() error { return checkRange(r.Range) }

// apply refuses with everything that is not free, or takes what is.
func (r StockWithdrawal) apply(s *step) (any, *telephony.Error) {
	s.settleWithin(r.Range)
	s.openBlocks()
	parts, absent := s.reader().survey(r.Range)
	taken := extentOfParts(parts, func(p *surveyed) reservation.Bits { return p.free })
	acquired := extentOfParts(parts, func(p *surveyed) reservation.Bits { return p.acquired })
	held := extentOfParts(parts, func(p *surveyed) reservation.Bits { return p.held })
	resting := extentOfParts(parts, func(p *surveyed) reservation.Bits { return p.resting })
	if !r.OnlyFree {
		if refusal := notFree(&absent, &acquired, &held, &resting); refusal != nil {
			return nil, refusal
		}
	}
	s.unload(parts)
	return Withdrawn{Taken: taken.Extent, Absent: absent.Extent, Acquired: acquired.Extent, Held: held.Extent, Resting: resting.Extent}, nil
}

// notFree lists what keeps a range from being withdrawn.
func notFree(absent, acquired, held, resting *extents) *telephony.Error {
	const other = ", or withdraw only what is free"
	var reasons []*telephony.Error
	for _, r := range []struct {
		*extents
		code        telephony.Code
		detail, fix string
	}{
		{absent, reservation.ErrNotInStock, "numbers of the range are not in stock", "leave them out" + other},
		{acquired, ErrStockAcquired, "numbers of the range are a tenant's", "have them released first" + other},
		{held, ErrStockHeld, "numbers of the range are held in reservations", "wait until these end" + other},
		{resting, ErrStockResting, "numbers of the range were released and rest", "wait until they are free" + other},
	} {
		if r.Numbers > 0 {
			reasons = append(reasons, r.refuse(r.code, r.detail, r.fix))
		}
	}
	return telephony.Join(reasons)
}

// unload takes what is free out of stock, and tells of it shelf by shelf.
func (s *step) unload(parts []surveyed) {
	gone := map[shelf]*extents{}
	var shelves []shelf
	for _, p := range parts {
		if p.free.IsEmpty() {
			continue
		}
		row := p.blockRow
		row.Block = must1(row.Unload(p.free))
		s.putBlock(row, true)
		if gone[p.shelf] == nil {
			gone[p.shelf] = &extents{}
			shelves = append(shelves, p.shelf)
		}
		gone[p.shelf].add(p.Base, p.free)
	}
	for _, on := range sortShelves(shelves) {
		count := gone[on].Numbers
		s.resizeShelf(on, -count, -count)
		s.event(Event{Type: StockWithdrawn, Area: s.known.of(on.Area), Quantity: count, Numbers: gone[on].ends()})
	}
}
