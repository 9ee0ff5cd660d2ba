package engine_test

import (
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func (s *scene) tryWithdraw(text string) error {
	_, err := s.eng.WithdrawStock(s.ctx, engine.StockWithdrawal{Range: mustRange(text)})
	return err
}

func (s *scene) tryMove(text string, a telephony.Area) error {
	_, err := s.eng.MoveStock(s.ctx, engine.StockMove{Range: mustRange(text), Area: a})
	return err
}

func (s *scene) tryList(list ...engine.Stock) error {
	return s.eng.AddStockList(s.ctx, engine.StockList{Stock: list})
}

// wrongStock are calls on stock that cannot be: of the hundred numbers of Seattle
// the first five are acquired, three more held.
func wrongStock() []wrongCall {
	part := func(text string) engine.Stock {
		return engine.Stock{Range: mustRange(text), Area: seattle, Kind: telephony.UserNumber}
	}
	withdraw := func(text string) func(*scene) error {
		return func(s *scene) error { return s.tryWithdraw(text) }
	}
	move := func(text string, a telephony.Area) func(*scene) error {
		return func(s *scene) error { return s.tryMove(text, a) }
	}
	return []wrongCall{
		{name: "stock twice", code: engine.ErrStockOverlap, says: []string{"10 from +1********90", "numbers 10", "in ranges 1"},
			call: func(s *scene) error { return s.tryStock(seattle, "+14255550190..+14255550209") }},
		{name: "stock twice on another shelf", code: engine.ErrStockOverlap,
			call: func(s *scene) error { return s.tryStock(portland, "+14255550100") }},
		{name: "stock twice in two blocks", code: engine.ErrStockOverlap, says: []string{"numbers 2", "in ranges 2"},
			given: func(s *scene) { s.must(s.tryStock(seattle, "+14255551003")) },
			call:  func(s *scene) error { return s.tryStock(seattle, "+14255550199..+14255551010") }},
		{name: "stock of another country", code: engine.ErrStockCountry, unlogged: true, says: []string{"US", "calling code 33"},
			call: func(s *scene) error { return s.tryStock(seattle, "+33199000100") }},
		{name: "no stock", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			return s.eng.AddStock(s.ctx, engine.Stock{Area: seattle, Kind: telephony.UserNumber})
		}},

		{name: "list of nothing", code: engine.ErrRequest, unlogged: true, says: []string{"ranges 0", "most 500"}, call: func(s *scene) error { return s.tryList() }},
		{name: "list of too many", code: engine.ErrRequest, unlogged: true, says: []string{"ranges 501"},
			call: func(s *scene) error { return s.tryList(make([]engine.Stock, 501)...) }},
		{name: "list with two wrong ranges", code: engine.ErrStockCountry, unlogged: true, says: []string{"range 2", "1 more"},
			call: func(s *scene) error {
				return s.tryList(part("+14255550200"), part("+33199000100"), engine.Stock{Area: seattle, Kind: telephony.UserNumber})
			}},
		{name: "list with a request id inside", code: engine.ErrRequest, unlogged: true, says: []string{"range 1", "request id"},
			call: func(s *scene) error {
				return s.tryList(engine.Stock{Range: mustRange("+14255550200"), Area: seattle, Kind: 1, RequestID: "r"})
			}},
		{name: "list with more than a range may have", code: engine.ErrRequest, unlogged: true, says: []string{"numbers 100000001", "most 100000000"},
			call: func(s *scene) error {
				zz := telephony.Area{Country: "ZZ"}
				return s.tryList(engine.Stock{Range: mustRange("+999100000000..+999199999999"), Area: zz, Kind: 1},
					engine.Stock{Range: mustRange("+999200000000"), Area: zz, Kind: 1})
			}},
		{name: "list that overlaps itself", code: engine.ErrStockOverlap, says: []string{"2 from +1********08", "numbers 2"},
			call: func(s *scene) error {
				return s.tryList(part("+14255550200..+14255550209"), part("+14255550208..+14255550212"))
			}},
		{name: "list of which one range is there", code: engine.ErrStockOverlap, says: []string{"numbers 1,"},
			call: func(s *scene) error { return s.tryList(part("+14255550200"), part("+14255550150")) }},

		{name: "withdrawal of nothing", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			_, err := s.eng.WithdrawStock(s.ctx, engine.StockWithdrawal{OnlyFree: true})
			return err
		}},
		{name: "withdrawal of what is not there", code: reservation.ErrNotInStock, says: []string{"1 from +1********00", "numbers 1"}, call: withdraw("+14255550198..+14255550200")},
		{name: "withdrawal of a tenant's", code: engine.ErrStockAcquired, says: []string{"1 from +1********04", "released"}, call: withdraw("+14255550104")},
		{name: "withdrawal of what is held", code: engine.ErrStockHeld, says: []string{"3 from +1********05"}, call: withdraw("+14255550105..+14255550110")},
		{name: "withdrawal of what rests", code: engine.ErrStockResting, says: []string{"1 from +1********04"}, call: withdraw("+14255550104"),
			given: func(s *scene) { s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare[3:]})) }},
		{name: "withdrawal of all sorts", code: reservation.ErrNotInStock, says: []string{"100", "3 more"}, call: withdraw("+14255550000..+14255550199"),
			given: func(s *scene) { s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare[3:]})) }},

		{name: "move of nothing", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			_, err := s.eng.MoveStock(s.ctx, engine.StockMove{Area: portland})
			return err
		}},
		{name: "move of too many", code: engine.ErrRequest, unlogged: true, says: []string{"numbers 1001", "most 1000"}, call: move("+14255550000..+14255551000", portland)},
		{name: "move to no area", code: telephony.ErrCountry, unlogged: true, call: move("+14255550100", telephony.Area{})},
		{name: "move to another calling code", code: engine.ErrStockCountry, unlogged: true, call: move("+14255550100", paris)},
		{name: "move over a border", code: engine.ErrStockBorder, says: []string{"CA", "2 from +1********00"},
			call: move("+14255550100..+14255550101", telephony.Area{Country: "CA"})},
		{name: "move of what is not there", code: reservation.ErrNotInStock, call: move("+14255550199..+14255550200", portland)},
		{name: "move of what is not there over a border", code: reservation.ErrNotInStock, says: []string{"1 more"}, call: move("+14255550199..+14255550200", telephony.Area{Country: "CA"})},
		{name: "move to where it is", code: engine.ErrStockUnmoved, call: move("+14255550100..+14255550199", seattle)},

		{name: "release on no line", code: reservation.ErrLine, unlogged: true, says: []string{"residential or business"}, call: func(s *scene) error {
			return s.org.Release(s.ctx, engine.Release{Numbers: s.spare, Line: 3})
		}},
		{name: "reservation where all was withdrawn", code: engine.ErrAreaNotOffered, says: []string{"NOAM-US-NY-New York"},
			given: func(s *scene) { s.must(s.tryWithdraw("+12125550100..+12125550149")) },
			call:  func(s *scene) error { return s.tryReserve(engine.Reserve{Area: newYork, Quantity: 1}) }},
		{name: "reservation where all was moved away", code: engine.ErrAreaNotOffered,
			given: func(s *scene) { s.must(s.tryMove("+12125550100..+12125550149", portland)) },
			call:  func(s *scene) error { return s.tryReserve(engine.Reserve{Area: newYork, Quantity: 1}) }},
		{name: "reservation where all that is left is held", code: reservation.ErrOutOfStock, says: []string{"available 0"},
			given: func(s *scene) {
				s.reserve(s.org, engine.Reserve{Area: newYork, Quantity: 1})
				s.must(s.tryWithdraw("+12125550101..+12125550149"))
				s.clock.Add(time.Minute)
			},
			call: func(s *scene) error { return s.tryReserve(engine.Reserve{Area: newYork, Quantity: 1}) }},
	}
}
