package engine

import (
	"context"
	"iter"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// AreaStock is how much of one kind there is in an area. In a list of countries
// or regions, the area has only that part set and the figures are sums.
type AreaStock struct {
	Area  telephony.Area
	Kind  telephony.Kind
	Total int64 // in stock, whoever has them, but for those that tenants ported in
	Free  int64 // nobody's: can be reserved now
}

// Areas yields the areas within outer, whose empty fields stand for any, in
// order of their names, with the stock of a kind in each; areas that have none
// are left out. The cost grows with the areas, not with the stock.
func (v *View) Areas(k telephony.Kind, outer telephony.Area) iter.Seq[AreaStock] {
	return v.areasWithin(k, outer)
}

// Countries yields the countries in which numbers of a kind are in stock.
func (v *View) Countries(k telephony.Kind) iter.Seq[AreaStock] {
	return grouped(v.areasWithin(k, telephony.Area{}), func(a telephony.Area) telephony.Area {
		return telephony.Area{Country: a.Country}
	})
}

// Regions yields the regions of a country in which numbers of a kind are in
// stock. Numbers of no region stand under an empty one.
func (v *View) Regions(k telephony.Kind, country telephony.Country) iter.Seq[AreaStock] {
	return grouped(v.areasWithin(k, telephony.Area{Country: country}), func(a telephony.Area) telephony.Area {
		return telephony.Area{Country: a.Country, Region: a.Region}
	})
}

// Areas returns what Areas of a View does, for the provider.
//
// Errors: ErrRequest for a nil context; ErrDenied.
func (p *Provider) Areas(ctx context.Context, k telephony.Kind, outer telephony.Area) (iter.Seq[AreaStock], error) {
	if err := p.caller().allow(ctx, OpView); err != nil {
		return nil, err
	}
	r, _ := p.engine.read()
	return r.areasWithin(k, outer), nil
}

func (r reader) areasWithin(k telephony.Kind, outer telephony.Area) iter.Seq[AreaStock] {
	return func(yield func(AreaStock) bool) {
		due := r.dueByShelf()
		for area := range r.tables.areaNames.Prefix(r.rows, areasWithin(outer)) {
			if !area.Area.Within(outer) {
				continue
			}
			on := shelf{area.Ordinal, k}
			row, ok := r.tables.shelves.Get(r.rows, shelfKey(on))
			total := row.Total - r.ported.of(on)
			if ok && total > 0 && !yield(AreaStock{area.Area, k, total, r.free.of(on) + due[on]}) {
				return
			}
		}
	}
}

// dueByShelf counts the numbers that have run out and are free, though that has
// not been settled; nil, at the cost of one search, if there are none.
func (r reader) dueByShelf() map[shelf]int64 {
	var due map[shelf]int64
	seen := make(map[*reservationRow]bool) // those with several shelves stand once for each
	for row := range r.due.All() {
		if startOfSecond(row.at) > r.now {
			break
		}
		if row.at > r.now {
			continue
		}
		if due == nil {
			due = make(map[shelf]int64)
		}
		if len(row.Shelves) == 1 {
			due[row.Shelves[0]] += int64(len(row.Numbers))
			continue
		}
		if !seen[row.reservationRow] {
			seen[row.reservationRow] = true
			r.countByShelf(row.reservationRow, due)
		}
	}
	return due
}

// countByShelf adds the numbers of a reservation with several shelves.
func (r reader) countByShelf(row *reservationRow, due map[shelf]int64) {
	for _, on := range row.Shelves {
		for _, p := range reservation.ByBlock(row.Numbers) {
			if b, ok := r.tables.blocks.Get(r.rows, blockKey(p.Base, on)); ok {
				due[on] += int64(p.Taken.And(b.Stock).Count())
			}
		}
	}
}

// grouped sums up neighbours that have the same part of their area.
func grouped(areas iter.Seq[AreaStock], part func(telephony.Area) telephony.Area) iter.Seq[AreaStock] {
	return func(yield func(AreaStock) bool) {
		var sum AreaStock
		for a := range areas {
			if group := part(a.Area); sum.Kind != 0 && group != sum.Area {
				if !yield(sum) {
					return
				}
				sum = AreaStock{}
			}
			sum.Area, sum.Kind = part(a.Area), a.Kind
			sum.Total += a.Total
			sum.Free += a.Free
		}
		if sum.Kind != 0 {
			yield(sum)
		}
	}
}
