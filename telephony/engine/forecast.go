package engine

import (
	"context"
	"iter"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Forecast is when the stock of one kind in an area runs out, if numbers go on
// being taken as they were within the window.
type Forecast struct {
	Area telephony.Area
	Kind telephony.Kind
	From time.Time // when the window began; it ended when the forecast was made
	reservation.Outlook
}

// Forecast yields the forecasts of each kind in each area, by the areas' names
// and the kinds; areas without stock are left out, and the prefix of the query
// counts for nothing. The window is what the log keeps, and of that at most the
// time given, 0 for all of it. Taken are the numbers that tenants acquired within
// it, returned those that were given back and are free again, also where the
// provider cut their rest short; each counts where its stock is now, and not at all
// where it was withdrawn.
//
// No write counts for it. It reads the log of the window through, looking for the
// block of each number once, and what has run out and was not settled.
//
// Errors, in order of precedence: ErrRequest for a nil context; ErrDenied;
// ErrRequest for a window below zero.
func (p *Provider) Forecast(ctx context.Context, q StockQuery, window time.Duration) (iter.Seq[Forecast], error) {
	u, err := p.Utilisation(ctx)
	if err != nil {
		return nil, err
	}
	if window < 0 {
		return nil, named(OpView, refuse(ErrRequest, "window", "the window is below zero", "name the time to look back, or 0 for all that is kept"))
	}
	f := forecasting{Utilisation: u, blocks: make(map[telephony.Number][]blockRow), flows: make(map[shelf]flow), from: u.now}
	kept, _ := p.engine.machine.now.Load().history.between(0, u.index)
	for e := range kept {
		if at := e.At.UnixNano(); window == 0 || at > u.now-int64(window) {
			f.from = min(f.from, at)
			f.read(e.Events)
		} else {
			f.from = u.now - int64(window) // the log goes back as far as the window
		}
	}
	f.readDue()
	return f.all(q), nil
}

// forecasting counts what was taken and returned within a window.
type forecasting struct {
	*Utilisation
	from   int64                           // Unix nanoseconds
	blocks map[telephony.Number][]blockRow // all that there are at a base, by base
	flows  map[shelf]flow
}

type flow struct{ taken, returned int64 }

func (f *forecasting) read(events []Event) {
	for _, e := range events {
		switch e.Type {
		case NumbersAcquired:
			f.count(e.Numbers, flow{taken: 1})
		case NumbersRested, RestCutShort:
			f.count(e.Numbers, flow{returned: 1})
		}
	}
}

// readDue counts numbers whose rest is over, though no event has told so yet.
func (f *forecasting) readDue() {
	for row := range f.due.All() {
		if startOfSecond(row.at) > f.now {
			return
		}
		// One with several shelves stands once for each.
		if row.Tenant == poolTenant && row.at <= f.now && row.at >= f.from && row.shelf() == row.Shelves[0] {
			f.count(row.Numbers, flow{returned: 1})
		}
	}
}

// count counts numbers on the shelves where they are.
func (f *forecasting) count(numbers telephony.NumberList, by flow) {
	for _, n := range numbers {
		base, offset := n.Block()
		rows, read := f.blocks[base]
		if !read {
			for row := range f.tables.blocks.Prefix(f.rows, blocksKey(base)) {
				rows = append(rows, row)
			}
			f.blocks[base] = rows
		}
		for i := range rows {
			if rows[i].Stock.Has(offset) {
				sum := f.flows[rows[i].shelf]
				f.flows[rows[i].shelf] = flow{sum.taken + by.taken, sum.returned + by.returned}
			}
		}
	}
}

func (f *forecasting) all(q StockQuery) iter.Seq[Forecast] {
	return func(yield func(Forecast) bool) {
		for use := range f.Areas(q) {
			area, _ := f.tables.areaNames.Get(f.rows, areaNameKey(use.Area))
			sum := f.flows[shelf{area.Ordinal, use.Kind}]
			c := reservation.Consumption{Free: use.Free, Taken: sum.taken, Returned: sum.returned, Window: time.Duration(f.now - f.from)}
			if !yield(Forecast{use.Area, use.Kind, unix(f.from), c.Outlook()}) {
				return
			}
		}
	}
}
