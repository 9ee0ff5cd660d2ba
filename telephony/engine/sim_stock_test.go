package engine_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// drawStock makes up what a provider does with its stock: with a part of what
// there was at first, or comes later.
func (s *sim) drawStock() simCall {
	all := slices.Concat(simStock, simLater)
	whole := pickOne(s.rng, all...)
	first, _ := whole.Range.First().Add(s.rng.IntN(whole.Range.Len()))
	left, _ := whole.Range.Last().Sub(first)
	part, err := telephony.NewRange(first, 1+s.rng.IntN(min(12, left+1)))
	if err != nil {
		s.fail("%v", err)
	}
	switch s.rng.IntN(3) {
	case 0:
		return s.withdraw(engine.StockWithdrawal{Range: part, OnlyFree: s.rng.IntN(2) == 0})
	case 1:
		return s.addStock(engine.Stock{Range: part, Area: whole.Area, Kind: whole.Kind})
	}
	return s.moveStock(engine.StockMove{Range: part, Area: pickOne(s.rng, append(simAreas, telephony.Area{Country: "ZZ", City: "Area 2"})...)})
}

// asStock tells what each number of a range is: "absent", "acquired", "held", "at
// rest", or "" for free.
func (s *sim) asStock(r telephony.Range) map[string]int {
	taken, is := s.taken(s.fail), map[string]int{}
	for n := range r.All() {
		what, _, _ := strings.Cut(taken[n], " by ")
		if _, there := s.stock[n]; !there {
			what = "absent"
		}
		is[what]++
	}
	return is
}

func (s *sim) withdraw(w engine.StockWithdrawal) simCall {
	return simCall{what: "withdraw stock", content: w.Range.String() + pickOnly(w.OnlyFree),
		call: func(e *engine.Engine, id string) (any, error) {
			w := w
			w.RequestID = id
			return e.WithdrawStock(context.Background(), w)
		},
		judge: func(got any, err error) {
			is := s.asStock(w.Range)
			if !s.must(w.OnlyFree || is[""] == w.Range.Len(), err, reservation.ErrNotInStock, engine.ErrStockAcquired, engine.ErrStockHeld, engine.ErrStockResting) {
				return
			}
			out := got.(engine.Withdrawn)
			for what, e := range map[string]engine.Extent{"": out.Taken, "absent": out.Absent, "acquired": out.Acquired, "held": out.Held, "at rest": out.Resting} {
				if e.Numbers != int64(is[what]) {
					s.fail("%d numbers are %q, and should be %d", e.Numbers, what, is[what])
				}
			}
			for _, n := range numbersOf(out.Taken.Ranges) {
				delete(s.stock, n)
			}
		}}
}

func pickOnly(onlyFree bool) string {
	if onlyFree {
		return " only free"
	}
	return ""
}

func (s *sim) moveStock(m engine.StockMove) simCall {
	return simCall{what: "move stock", content: m.Range.String() + " to " + m.Area.String(),
		call: func(e *engine.Engine, id string) (any, error) {
			m := m
			m.RequestID = id
			return e.MoveStock(context.Background(), m)
		},
		judge: func(got any, err error) {
			if m.Area.Country == "ZZ" != (m.Range.First().CallingCode() == 999) {
				s.must(false, err, engine.ErrStockCountry)
				return
			}
			is, moves := s.asStock(m.Range), 0
			for n := range m.Range.All() {
				if on, there := s.stock[n]; there && on.area != m.Area {
					moves++
				}
			}
			if !s.must(is["absent"] == 0 && moves > 0, err, cmp.Or(map[bool]telephony.Code{true: reservation.ErrNotInStock}[is["absent"] > 0], engine.ErrStockUnmoved)) {
				return
			}
			out := got.(engine.Moved)
			if int(out.Free+out.Held+out.Resting+out.Acquired) != moves || int(out.There) != m.Range.Len()-moves {
				s.fail("moved %+v, and should be %d", out, moves)
			}
			for n := range m.Range.All() {
				s.stock[n] = simShelf{m.Area, s.stock[n].kind}
				for t := range maps.Values(s.tenants) {
					if own := t.owned[n]; own != nil {
						own.area = m.Area
					}
				}
			}
		}}
}
