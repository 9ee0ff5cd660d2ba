package engine_test

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// stockFault is what is wrong with stock in itself.
func stockFault(s engine.Stock) *refusal {
	switch {
	case s.Range.Len() == 0:
		return early(engine.ErrRequest)
	case s.Area.Country == "gb":
		return early(telephony.ErrCountry)
	case s.Area.Region == "ldn":
		return early(telephony.ErrArea)
	case s.Kind == 0:
		return early(telephony.ErrKind)
	case countryOf(s.Range) != s.Area.Country:
		return early(engine.ErrStockCountry)
	}
	return nil
}

func countryOf(r telephony.Range) telephony.Country {
	return map[string]telephony.Country{"1": "US", "33": "FR", "44": "GB"}[r.First().CallingCode().String()]
}

// addStock puts ranges in stock, or refuses with all numbers that are there
// already or come twice.
func (m *model) addStock(list ...engine.Stock) *refusal {
	var faults []telephony.Code
	for _, s := range list {
		if no := stockFault(s); no != nil {
			faults = append(faults, no.codes...)
		}
	}
	if len(faults) > 0 {
		return early(faults...)
	}
	for _, s := range list {
		for n := range s.Range.All() {
			if m.isOrdered(n) {
				return refuse(engine.ErrStockOrdered)
			}
		}
	}
	var there telephony.NumberList
	adds := map[telephony.Number]bool{}
	for _, s := range list {
		for n := range s.Range.All() {
			if _, twice := m.stock[n]; twice || adds[n] {
				there = append(there, n)
			}
			adds[n] = true
		}
	}
	if len(there) > 0 {
		return &refusal{codes: []telephony.Code{engine.ErrStockOverlap}, numbers: unique(there), available: -1}
	}
	for _, s := range list {
		at := m.areaAt(s.Area)
		for n := range s.Range.All() {
			m.stock[n] = shelf{at, s.Kind}
		}
	}
	return nil
}

// areaAt returns the place of an area among all, the last where it is new.
func (m *model) areaAt(a telephony.Area) int {
	at := slices.Index(m.areas, a)
	if at < 0 {
		at = len(m.areas)
		m.areas = append(m.areas, a)
	}
	return at
}

// whatIs tells what each number of a range is.
func (m *model) whatIs(r telephony.Range) map[string]telephony.NumberList {
	taken, is := m.taken(), map[string]telephony.NumberList{}
	for n := range r.All() {
		what := taken[n]
		if _, there := m.stock[n]; !there {
			what = "absent"
		}
		is[what] = append(is[what], n)
	}
	return is
}

// keepAreas has reservations that are over keep the area they had.
func (m *model) keepAreas() {
	for _, t := range m.tenants {
		for _, h := range t.holds {
			if !m.open(h) && h.area == nil {
				area := m.areaOfHold(h)
				h.area = &area
			}
		}
	}
}

// areaOfHold returns the area of a reservation's numbers, none for several.
func (m *model) areaOfHold(h *mHold) telephony.Area {
	if h.area != nil {
		return *h.area
	}
	first := m.stock[h.numbers[0]]
	for _, n := range h.numbers {
		if m.stock[n].area != first.area {
			return telephony.Area{}
		}
	}
	return m.areas[first.area]
}

func (m *model) withdraw(w engine.StockWithdrawal) (is map[string]telephony.NumberList, no *refusal) {
	if w.Range.Len() == 0 {
		return nil, early(engine.ErrRequest)
	}
	is = m.whatIs(w.Range)
	if !w.OnlyFree {
		no = because([]telephony.Code{reservation.ErrNotInStock, engine.ErrStockAcquired, engine.ErrStockHeld, engine.ErrStockResting},
			is["absent"], is["acquired"], is["held"], is["resting"])
	}
	if no != nil {
		return nil, no
	}
	m.keepAreas()
	for _, n := range is[""] {
		delete(m.stock, n)
	}
	return is, nil
}

// because refuses for each code that there are numbers for.
func because(codes []telephony.Code, numbers ...telephony.NumberList) *refusal {
	no := &refusal{available: -1}
	for i, code := range codes {
		if len(numbers[i]) == 0 {
			continue
		}
		if len(no.codes) == 0 {
			no.numbers = numbers[i]
		}
		no.codes = append(no.codes, code)
	}
	if len(no.codes) == 0 {
		return nil
	}
	return no
}

func (m *model) move(w engine.StockMove) (got engine.Moved, no *refusal) {
	if w.Range.Len() == 0 || w.Range.Len() > engine.MaxMove {
		return got, early(engine.ErrRequest)
	}
	if no := stockFault(engine.Stock{Range: w.Range, Area: w.Area, Kind: telephony.UserNumber}); no != nil {
		return got, no
	}
	var abroad, moving telephony.NumberList
	for n := range w.Range.All() {
		on, there := m.stock[n]
		switch {
		case !there:
		case m.country(on) != w.Area.Country:
			abroad = append(abroad, n)
		case m.areas[on.area] == w.Area:
			got.There++
		default:
			moving = append(moving, n)
		}
	}
	absent := m.whatIs(w.Range)["absent"]
	if no := because([]telephony.Code{reservation.ErrNotInStock, engine.ErrStockBorder}, absent, abroad); no != nil {
		return engine.Moved{}, no
	}
	if len(moving) == 0 {
		return engine.Moved{}, refuse(engine.ErrStockUnmoved)
	}
	m.keepAreas()
	taken, at := m.taken(), m.areaAt(w.Area)
	for _, n := range moving {
		m.stock[n] = shelf{at, m.stock[n].kind}
		switch taken[n] {
		case "":
			got.Free++
		case "held":
			got.Held++
		case "resting":
			got.Resting++
		case "acquired":
			got.Acquired++
		}
		for _, t := range m.tenants {
			if mine := t.numbers[n]; mine != nil {
				mine.area, mine.moved = at, m.now()
			}
		}
	}
	return got, nil
}

func (m *machine) addStock(t *rapid.T, s engine.Stock) {
	m.ok(t, m.model.addStock(s), func(e *engine.Engine) error { return e.AddStock(ctx, s) })
}

func (m *machine) addStockList(t *rapid.T, list []engine.Stock) {
	no := m.model.addStock(list...)
	if len(list) == 0 {
		no = early(engine.ErrRequest)
	}
	m.ok(t, no, func(e *engine.Engine) error { return e.AddStockList(ctx, engine.StockList{Stock: list}) })
}

func (m *machine) withdraw(t *rapid.T, w engine.StockWithdrawal) {
	is, no := m.model.withdraw(w)
	got := do(t, m, no, func(e *engine.Engine) (engine.Withdrawn, error) { return e.WithdrawStock(ctx, w) })
	for what, e := range map[string]engine.Extent{"": got.Taken, "absent": got.Absent, "acquired": got.Acquired, "held": got.Held, "resting": got.Resting} {
		if numbers := numbersOf(e.Ranges); no == nil && (!slices.Equal(numbers, is[what]) || e.Numbers != int64(len(numbers)) || e.Spans != int64(len(e.Ranges))) {
			t.Fatalf("%q: %d numbers in %d ranges, should be %d", what, e.Numbers, e.Spans, len(is[what]))
		}
	}
}

func numbersOf(ranges []telephony.Range) (all telephony.NumberList) {
	for _, r := range ranges {
		all = slices.AppendSeq(all, r.All())
	}
	return all
}

func (m *machine) move(t *rapid.T, w engine.StockMove) {
	want, no := m.model.move(w)
	if got := do(t, m, no, func(e *engine.Engine) (engine.Moved, error) { return e.MoveStock(ctx, w) }); got != want {
		t.Fatalf("moved %+v, should be %+v", got, want)
	}
}

// stockActions are those of the provider on its stock.
func (m *machine) stockActions() []action {
	return []action{
		{"add stock", 2, nil, func(t *rapid.T, _ telephony.TenantID) {
			m.addStock(t, rapid.SampledFrom(laterStock).Draw(t, "stock"))
		}},
		{"add stock list", 1, nil, func(t *rapid.T, _ telephony.TenantID) {
			m.addStockList(t, rapid.SliceOfN(rapid.SampledFrom(append(laterStock, firstStock...)), 0, 3).Draw(t, "stock"))
		}},
		{"withdraw stock", 2, nil, func(t *rapid.T, _ telephony.TenantID) {
			m.withdraw(t, engine.StockWithdrawal{Range: m.drawRange(t), OnlyFree: once(t, 2, "only free")})
		}},
		{"move stock", 3, nil, func(t *rapid.T, _ telephony.TenantID) {
			w := engine.StockMove{Range: m.drawRange(t)}
			same := slices.DeleteFunc(slices.Concat(areasStocked, []telephony.Area{inLyon, inLyon}),
				func(a telephony.Area) bool { return w.Range.Len() == 0 || a.Country != countryOf(w.Range) })
			w.Area = oneOf(t, "area", same, append(slices.Clone(areasStocked), telephony.Area{Country: "gb"}))
			m.move(t, w)
		}},
	}
}

// drawRange draws a range of numbers that are in stock, mostly, some or all of
// which are free, or are not; once in a while one too long to be moved, or none.
func (m *machine) drawRange(t *rapid.T) telephony.Range {
	first := rapid.SampledFrom(m.inStock(1)).Draw(t, "first")
	if !first.IsValid() {
		return telephony.Range{}
	}
	end := first
	for end.IsValid() && !once(t, 7, "end") {
		next, _ := end.Add(1)
		if _, there := m.stock[next]; !there && !once(t, 10, "absent too") {
			break
		}
		end = next
	}
	count, _ := end.Sub(first)
	if once(t, 40, "too long") {
		count = engine.MaxMove
	}
	r, err := telephony.NewRange(first, count+1)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// seenStock is what the provider sees of its stock.
type seenStock struct {
	Areas            []engine.AreaUse
	Blocks, Hundreds []engine.BlockUse
	Forecasts        []forecastFigures
}

type forecastFigures struct {
	area telephony.Area
	kind telephony.Kind
	reservation.Consumption
}

// lookAtStock reads the stock, all at once and page by page.
func lookAtStock(t *rapid.T, e *engine.Engine) (s seenStock) {
	t.Helper()
	u, err := e.As("").Utilisation(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.Areas, s.Blocks, s.Hundreds = slices.Collect(u.Areas(engine.StockQuery{})), slices.Collect(u.Blocks(engine.StockQuery{})), slices.Collect(u.Hundreds(engine.StockQuery{}))
	for _, list := range []struct {
		whole []engine.BlockUse
		page  func(engine.StockQuery, engine.Cursor, int) (engine.Page[engine.BlockUse], error)
	}{{s.Blocks, u.BlockPage}, {s.Hundreds, u.HundredPage}} {
		var paged []engine.BlockUse
		for cursor, more := engine.Cursor(""), true; more; more = cursor != "" {
			p, err := list.page(engine.StockQuery{}, cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			paged, cursor = append(paged, p.Items...), p.Next
		}
		if !slices.Equal(paged, list.whole) {
			t.Fatalf("the pages have %v, the list %v", paged, list.whole)
		}
	}
	forecasts, err := e.As("").Forecast(ctx, engine.StockQuery{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for f := range forecasts {
		s.Forecasts = append(s.Forecasts, forecastFigures{f.Area, f.Kind, f.Consumption})
	}
	return s
}

// seesStock is what the provider should see.
func (m *machine) seesStock() (s seenStock) {
	taken := m.taken()
	areas, blocks, hundreds := map[shelf]*engine.StockUse{}, map[mStockPart]*engine.StockUse{}, map[mStockPart]*engine.StockUse{}
	for n, on := range m.stock {
		base, offset := n.Block()
		hundred, _ := base.Add(offset / 100 * 100)
		for _, use := range []*engine.StockUse{at(areas, on), at(blocks, mStockPart{base, on}), at(hundreds, mStockPart{hundred, on})} {
			use.InStock++
			*map[string]*int64{"": &use.Free, "held": &use.Held, "acquired": &use.Acquired, "resting": &use.Resting}[taken[n]]++
		}
	}
	for on, use := range areas {
		s.Areas = append(s.Areas, engine.AreaUse{Area: m.areas[on.area], Kind: on.kind, StockUse: *use})
	}
	slices.SortFunc(s.Areas, func(a, b engine.AreaUse) int { return cmp.Or(a.Area.Compare(b.Area), cmp.Compare(a.Kind, b.Kind)) })
	s.Blocks, s.Hundreds = m.blockUse(blocks, 1000), m.blockUse(hundreds, 100)
	for _, a := range s.Areas {
		f := forecastFigures{a.Area, a.Kind, reservation.Consumption{Free: a.Free, Window: time.Duration(m.now() - m.began)}}
		for _, n := range m.acquired {
			if on, there := m.stock[n]; there && on.kind == a.Kind && m.areas[on.area] == a.Area {
				f.Taken++
			}
		}
		for _, r := range m.rests {
			for _, n := range r.numbers {
				if on, there := m.stock[n]; there && on.kind == a.Kind && m.areas[on.area] == a.Area && r.until <= m.now() {
					f.Returned++
				}
			}
		}
		s.Forecasts = append(s.Forecasts, f)
	}
	return s
}

// mStockPart is a block, or a hundred, on a shelf.
type mStockPart struct {
	first telephony.Number
	shelf
}

func at[K comparable](counts map[K]*engine.StockUse, k K) *engine.StockUse {
	if counts[k] == nil {
		counts[k] = &engine.StockUse{}
	}
	return counts[k]
}

// blockUse lists parts by their block's first number, the place of their area,
// their kind and their own first number.
func (m *machine) blockUse(parts map[mStockPart]*engine.StockUse, size int) (all []engine.BlockUse) {
	places := slices.SortedFunc(func(yield func(mStockPart) bool) {
		for p := range parts {
			if !yield(p) {
				return
			}
		}
	}, func(a, b mStockPart) int {
		baseA, _ := a.first.Block()
		baseB, _ := b.first.Block()
		return cmp.Or(baseA.Compare(baseB), cmp.Compare(a.area, b.area), cmp.Compare(a.kind, b.kind), a.first.Compare(b.first))
	})
	for _, p := range places {
		r, err := telephony.NewRange(p.first, size)
		if err != nil {
			panic(err)
		}
		all = append(all, engine.BlockUse{Area: m.areas[p.area], Kind: p.kind, Block: r, StockUse: *parts[p]})
	}
	return all
}

// compareStock holds what the provider sees to the model.
func (m *machine) compareStock(t *rapid.T, engines []*engine.Engine) {
	t.Helper()
	want := m.seesStock()
	for i, e := range engines {
		if got := lookAtStock(t, e); !reflect.DeepEqual(got, want) {
			t.Fatalf("engine %d: the provider should see what has a minus and sees what has a plus:\n%s", i+1, difference(want, got))
		}
	}
}
