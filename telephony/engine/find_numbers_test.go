package engine_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// market is a world with stock of several areas in the same thousands, some of it
// taken in every way there is.
type market struct {
	*world
	other *engine.Tenant
	taken map[telephony.Number]bool
}

var (
	tacoma  = telephony.Area{Country: "US", Region: "WA", City: "Tacoma"}
	nowhere = telephony.Area{Country: "US", Region: "WA", City: "Nowhere"}
)

func newMarket(t testing.TB) *market {
	w := newWorld(t)
	w.stock(tacoma, telephony.UserNumber, "+14255550200..+14255550259") // behind Seattle's, in the same thousand
	w.stock(portland, telephony.UserNumber, "+15035550100..+15035550149")
	m := &market{world: w, other: w.tenant("fabrikam", 100), taken: map[telephony.Number]bool{}}
	ranOut := w.reserve(w.tenant("lazy", 100), engine.Reserve{Area: portland, Quantity: 50}) // all there is
	w.clock.Set(ranOut.Expires)                                                              // and nothing settles it in this second
	m.take(w.org, engine.Reserve{Area: seattle, Quantity: 7})
	m.take(m.other, engine.Reserve{Numbers: telephony.NumberList{number("+14255550150"), number("+14255550205"), number("+12125550111")}})
	return m
}

func (m *market) take(org *engine.Tenant, r engine.Reserve) {
	for _, n := range m.reserve(org, r).Numbers() {
		m.taken[n] = true
	}
}

// stocked returns the user numbers in stock by area, said anew.
func (m *market) stocked() map[telephony.Area]telephony.Range {
	return map[telephony.Area]telephony.Range{
		seattle: mustRange("+14255550100..+14255550199"), tacoma: mustRange("+14255550200..+14255550259"),
		newYork: mustRange("+12125550100..+12125550149"), paris: mustRange("+33199000000..+33199000099"),
		portland: mustRange("+15035550100..+15035550149"),
	}
}

// free returns the free user numbers within an area, ascending.
func (m *market) free(within telephony.Area) (free telephony.NumberList) {
	for a, stock := range m.stocked() {
		for n := range stock.All() {
			if a.Within(within) && !m.taken[n] {
				free = append(free, n)
			}
		}
	}
	slices.SortFunc(free, telephony.Number.Compare)
	return free
}

// TestFindNumbers asks in every way and compares with a filter over all that is
// free, page by page.
func TestFindNumbers(t *testing.T) {
	m := newMarket(t)
	v := m.view()
	all := func(telephony.Number) bool { return true }
	has := func(part string) func(telephony.Number) bool {
		return func(n telephony.Number) bool { return strings.Contains(n.String(), part) }
	}
	for name, c := range map[string]struct {
		q    engine.NumberSearch
		in   telephony.Area
		want func(telephony.Number) bool
	}{
		"an area":           {engine.NumberSearch{Area: seattle}, seattle, all},
		"all held, and out": {engine.NumberSearch{Area: portland}, portland, all},
		"a state":           {engine.NumberSearch{Within: telephony.Area{Country: "US", Region: "WA"}}, telephony.Area{Region: "WA"}, all},
		"a country":         {engine.NumberSearch{Within: telephony.Area{Country: "US"}}, telephony.Area{Country: "US"}, all},
		"everywhere":        {engine.NumberSearch{Kind: telephony.UserNumber}, telephony.Area{}, all},
		"a prefix":          {engine.NumberSearch{Search: reservation.Search{Prefix: telephony.MustParsePrefix("1425555012")}}, seattle, has("+1425555012")},
		"a pattern":         {engine.NumberSearch{Search: reservation.Search{Pattern: reservation.MustParsePattern("*55?1?0")}}, telephony.Area{}, func(n telephony.Number) bool { return reservation.MustParsePattern("*55?1?0").Matches(n) }},
		"digits":            {engine.NumberSearch{Search: reservation.Search{Contains: "501"}}, telephony.Area{}, has("501")},
		"an ending":         {engine.NumberSearch{Search: reservation.Search{EndsIn: "KL"}}, telephony.Area{}, func(n telephony.Number) bool { return strings.HasSuffix(n.String(), "55") }},
		"a score":           {engine.NumberSearch{Search: reservation.Search{MinScore: 30}}, telephony.Area{}, func(n telephony.Number) bool { return reservation.Score(n) >= 30 }},
		"not some":          {engine.NumberSearch{Area: tacoma, Search: reservation.Search{Exclude: telephony.NumberList{number("+14255550259"), number("+14255550200")}}}, tacoma, func(n telephony.Number) bool { return !has("0259")(n) && !has("0200")(n) }},
	} {
		t.Run(name, func(t *testing.T) {
			var want telephony.NumberList
			for _, n := range m.free(c.in) {
				if c.want(n) {
					want = append(want, n)
				}
			}
			if len(want) < 2 {
				t.Fatalf("it asks for %d numbers", len(want))
			}
			for _, size := range []int{1, 3, len(want), len(want) + 1} {
				q := c.q
				q.Search.Quantity = size
				var got telephony.NumberList
				for after, pages := engine.Cursor(""), 0; ; pages++ {
					f, err := v.FindNumbers(q, after)
					m.must(err)
					if len(f.Numbers) > size || f.Complete != (f.Next == "") || pages > len(want) {
						t.Fatalf("%d found of %d, complete: %v, and on at %q", len(f.Numbers), size, f.Complete, f.Next)
					}
					m.described(f)
					if got = append(got, f.List()...); f.Complete {
						break
					}
					after = f.Next
				}
				if !slices.Equal(got, want) {
					t.Errorf("%d at a time: found %v, want %v", size, got, want)
				}
			}
			p, err := m.eng.As("").FindNumbers(m.ctx, withQuantity(c.q, len(want)), "")
			m.must(err)
			if !slices.Equal(p.List(), want) {
				t.Errorf("the provider finds %v, want %v", p.List(), want)
			}
		})
	}
}

func withQuantity(q engine.NumberSearch, quantity int) engine.NumberSearch {
	q.Search.Quantity = quantity
	return q
}

// described holds what is said of each number to what it is.
func (m *market) described(f engine.FoundNumbers) {
	m.Helper()
	for _, n := range f.Numbers {
		if stock, known := m.stocked()[n.Area]; !known || !stock.Contains(n.Number) || n.Score != reservation.Score(n.Number) {
			m.Errorf("%s is said to be of %v with score %d", n.Number, n.Area, n.Score)
		}
	}
}

// TestFindNearRunsAndOrders: what comes first is what was asked for.
func TestFindNearRunsAndOrders(t *testing.T) {
	m := newMarket(t)
	v := m.view()
	find := func(q engine.NumberSearch) engine.FoundNumbers {
		t.Helper()
		f, err := v.FindNumbers(q, "")
		m.must(err)
		m.described(f)
		return f
	}
	near := number("+14255550204")
	byDistance := m.free(telephony.Area{Country: "US", Region: "WA"})
	distance := func(n telephony.Number) int { d, _ := n.Sub(near); return max(d, -d) }
	slices.SortStableFunc(byDistance, func(a, b telephony.Number) int { return distance(a) - distance(b) })
	if got := find(engine.NumberSearch{Search: reservation.Search{Quantity: 40, Near: near}}); !slices.Equal(got.List(), byDistance[:40]) {
		t.Errorf("near: %v, want %v", got.List(), byDistance[:40])
	}
	// Portland's have run out, and nothing says so: also downwards from above them.
	got := find(engine.NumberSearch{Search: reservation.Search{Quantity: 3, Near: number("+15035550160")}})
	if want := (telephony.NumberList{number("+15035550149"), number("+15035550148"), number("+15035550147")}); !slices.Equal(got.List(), want) || got.RanOut != 50 {
		t.Errorf("near what ran out: %v of %d, want %v of 50", got.List(), got.RanOut, want)
	}
	got = find(engine.NumberSearch{Within: telephony.Area{Country: "US", Region: "WA"}, Search: reservation.Search{Quantity: 9, Consecutive: 10}})
	var areas []telephony.Area
	for _, run := range got.Runs {
		areas = append(areas, run.Area)
		for n := range run.Range.All() {
			if m.taken[n] || run.Range.Len() != 10 {
				t.Errorf("%s is in a run of %d", n, run.Range.Len())
			}
		}
	}
	// 0107 to 0149 are Seattle's, 0151 to 0199 too, 0200 to 0204 Tacoma's.
	want := []telephony.Area{seattle, seattle, seattle, seattle, seattle, seattle, seattle, seattle, {}}
	if !slices.Equal(areas, want) || len(got.List()) != 90 || got.Runs[4].Range.First() != number("+14255550151") {
		t.Errorf("runs of %v from %v", areas, got.Runs)
	}
	best := find(engine.NumberSearch{Search: reservation.Search{Quantity: 4, Order: reservation.Memorable}})
	least := best.Numbers[3].Score
	for _, n := range m.free(telephony.Area{}) {
		if reservation.Score(n) > least && !slices.Contains(best.List(), n) {
			t.Errorf("%s has score %d, and is not among the best from %d on", n, reservation.Score(n), least)
		}
	}
	shuffled := func(seed uint64) telephony.NumberList {
		return find(engine.NumberSearch{Search: reservation.Search{Quantity: 20, Order: reservation.Shuffled, Seed: seed}}).List()
	}
	if a, b := shuffled(1), shuffled(1); !slices.Equal(a, b) || slices.Equal(a, shuffled(2)) || slices.IsSortedFunc(a, telephony.Number.Compare) {
		t.Errorf("shuffled: %v and %v", a, b)
	}
}

// TestFindInOneAreaOfAThousand: what lies in the same thousand but in another area
// is not found, whether it is free or a hold with numbers of both has run out.
func TestFindInOneAreaOfAThousand(t *testing.T) {
	m := newMarket(t)
	mixed := append(numbersFrom("+14255550190", 3), numbersFrom("+14255550220", 2)...)
	lazy := m.tenant("lazier", 10)
	m.clock.Add(time.Minute)
	ranOut := m.reserve(lazy, engine.Reserve{Numbers: mixed})
	m.reserve(m.other, engine.Reserve{Area: tacoma, Quantity: 52})
	m.reserve(m.org, engine.Reserve{Numbers: numbersFrom("+14255550255", 5)}) // all but what is held
	m.clock.Set(ranOut.Expires)
	want := numbersFrom("+14255550200", 60)
	for name, s := range map[string]reservation.Search{"upwards": {Quantity: 100}, "downwards": {Quantity: 100, Near: number("+14255550900")}} {
		f, err := m.view().FindNumbers(engine.NumberSearch{Area: tacoma, Search: s}, "")
		m.must(err)
		got := f.List()
		slices.SortFunc(got, telephony.Number.Compare)
		if !slices.Equal(got, want) || f.RanOut != 65 { // of 52, five, five, and three of before
			t.Errorf("%s: %d are found, %v, of %d that ran out; want %d", name, len(got), got, f.RanOut, len(want))
		}
		m.described(f)
	}
}

// TestFindStopsAtItsLimit, says so, and goes on from there.
func TestFindStopsAtItsLimit(t *testing.T) {
	m := newMarket(t)
	q := engine.NumberSearch{Search: reservation.Search{Quantity: 1, EndsIn: "0149", ScanLimit: 1}}
	var got telephony.NumberList
	looked, steps := 0, 0
	for after := engine.Cursor(""); ; steps++ {
		f, err := m.view().FindNumbers(q, after)
		m.must(err)
		got, looked = append(got, f.List()...), looked+f.Looked
		if f.Blocks > 2 { // that in which the last one ended, and one that brings it on
			t.Errorf("%d blocks are read at once", f.Blocks)
		}
		if after = f.Next; f.Complete {
			break
		}
	}
	want := telephony.NumberList{number("+12125550149"), number("+14255550149"), number("+15035550149")}
	if free := len(m.free(telephony.Area{})); !slices.Equal(got, want) || looked != free || steps < 3 {
		t.Errorf("%v in %d steps, %d looked at; want %v, %d", got, steps, looked, want, free)
	}
}

// TestFindThenReserve: what was found can be reserved just so, or what went is
// named, over several areas.
func TestFindThenReserve(t *testing.T) {
	m := newMarket(t)
	q := engine.NumberSearch{Within: telephony.Area{Country: "US"}, Search: reservation.Search{Quantity: 12, EndsIn: "5"}}
	f, err := m.view().FindNumbers(q, "")
	m.must(err)
	list := f.List()
	lost := telephony.NumberList{list[11], list[0], list[5]}
	m.reserve(m.other, engine.Reserve{Numbers: lost})
	_, err = m.org.Reserve(m.ctx, engine.Reserve{Numbers: list})
	var e *telephony.Error
	slices.SortFunc(lost, telephony.Number.Compare)
	if !errors.As(err, &e) || e.Code != reservation.ErrNumbersTaken || !slices.Equal(e.Numbers, lost) {
		t.Fatalf("got %v, want those that went: %v", err, lost)
	}
	if f, err = m.view().FindNumbers(q, ""); err != nil || slices.ContainsFunc(f.List(), func(n telephony.Number) bool { return slices.Contains(lost, n) }) {
		t.Fatalf("what went is found: %v, %v", f.List(), err)
	}
	held := m.reserve(m.org, engine.Reserve{Numbers: f.List()})
	if want := f.List(); !slices.Equal(held.Numbers(), want) || held.Area != (telephony.Area{}) {
		t.Errorf("%v are held in %v, want %v", held.Numbers(), held.Area, want)
	}
}

// TestWhatIsFreeAgainWasGivenUp: a number that was dropped from a reservation, or
// released and free again at once, is left out as long as closed reservations are
// kept, whoever else gets it meanwhile, and for nobody else.
func TestWhatIsFreeAgainWasGivenUp(t *testing.T) {
	for name, give := range map[string]func(*world) telephony.Number{
		"dropped": func(w *world) telephony.Number {
			held := w.hold(seattle, 3)
			_, err := w.org.DropFromReservation(w.ctx, engine.DropFromReservation{Reservation: held.ID, Numbers: held.Numbers()[:1]})
			w.must(err)
			return held.Numbers()[0]
		},
		"released without rest": func(w *world) telephony.Number {
			got := w.acquire(engine.Reserve{Area: seattle, Quantity: 2}, "")
			w.must(w.org.Release(w.ctx, engine.Release{Numbers: got[:1]}))
			return got[0]
		},
		"released with a person": func(w *world) telephony.Number {
			w.person("adele.vance", "US")
			got := w.acquire(engine.Reserve{Area: seattle, Quantity: 2}, "")
			w.must(w.org.Assign(w.ctx, engine.Assign{Number: got[0], Person: "adele.vance", Location: w.address("US").Default}))
			w.must(w.org.RemovePerson(w.ctx, engine.RemovePerson{Person: "adele.vance", Leave: engine.ReleaseNumbers}))
			return got[0]
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, engine.WithQuarantineOf(reservation.Business, 1, 0), engine.WithClosedKept(time.Hour, 10))
			other := w.tenant("fabrikam", 10)
			gone := give(w)
			lowest := func(org *engine.Tenant) telephony.Number {
				f, err := w.viewOf(org).FindNumbers(engine.NumberSearch{Area: seattle, ExcludeGivenUp: true, Search: reservation.Search{Quantity: 1}}, "")
				w.must(err)
				held := w.reserve(org, engine.Reserve{Area: seattle, Quantity: 1, ExcludeGivenUp: true})
				_, err = w.eng.Tenant(org.ID()).CancelReservation(w.ctx, engine.CancelReservation{Reservation: held.ID})
				w.must(err)
				if held.Numbers()[0] != f.Numbers[0].Number {
					t.Errorf("%v is held, and %v found", held.Numbers(), f.Numbers)
				}
				return held.Numbers()[0]
			}
			if got := lowest(other); got != gone {
				t.Errorf("another gets %v first, want %v", got, gone)
			}
			w.clock.Add(time.Hour - 1)
			if got := lowest(w.org); got == gone {
				t.Error("what was given up is found")
			}
			w.clock.Add(1)
			if got := lowest(w.org); got != gone {
				t.Errorf("an hour later %v is found first, want %v", got, gone)
			}
		})
	}
}

// TestGivenUpIsBounded: what is remembered of numbers that were released are the last
// ones, and no more than so many.
func TestGivenUpIsBounded(t *testing.T) {
	const each = engine.MaxGivenUp / 4
	w := newWorld(t, engine.WithQuarantine(0), engine.WithLimits(reservation.Limits{Open: 10, Held: each, PerRequest: each}))
	w.buy(w.org, licensing.PhoneSystem, each)
	area := telephony.Area{Country: "ZZ", City: "Fiction"}
	w.stock(area, telephony.UserNumber, "+999100200000..+999100219999")
	address, err := w.org.SaveRecord(w.ctx, simRecord("ZZ"))
	w.must(err)
	var first telephony.NumberList
	for i := range 6 {
		got := w.acquire(engine.Reserve{Area: area, Quantity: each, ExcludeGivenUp: true}, address.Default)
		w.must(w.org.Release(w.ctx, engine.Release{Numbers: got}))
		switch {
		case i == 0:
			first = got
		case i >= 4: // the first were forgotten for those that came behind them
			if i == 4 && got[0] == first[0] || i == 5 && got[0] != first[0] {
				t.Errorf("round %d begins with %v, the first with %v", i, got[0], first[0])
			}
		}
		w.clock.Add(time.Minute)
	}
}

// TestGivenUpIsLeftOut, as long as it can be looked up, where that is asked for.
func TestGivenUpIsLeftOut(t *testing.T) {
	m := newMarket(t)
	given := m.reserve(m.org, engine.Reserve{Area: tacoma, Quantity: 4})
	_, err := m.org.Acquire(m.ctx, engine.Acquire{Reservation: given.ID, Numbers: given.Numbers()[:1]})
	m.must(err)
	ranOut := m.reserve(m.org, engine.Reserve{Area: tacoma, Quantity: 2}) // two of the three given up
	m.clock.Set(ranOut.Expires)
	ask := engine.NumberSearch{Area: tacoma, Search: reservation.Search{Quantity: 2}}
	lowest := func(without bool) telephony.NumberList {
		q := ask
		q.ExcludeGivenUp = without
		f, err := m.view().FindNumbers(q, "")
		m.must(err)
		return f.List()
	}
	if got := lowest(false); !slices.Equal(got, given.Numbers()[1:3]) {
		t.Errorf("the lowest are %v, want %v", got, given.Numbers()[1:3])
	}
	next := telephony.NumberList{number("+14255550204"), number("+14255550205")} // what fabrikam held has run out too
	if got := lowest(true); !slices.Equal(got, next) {
		t.Errorf("without what was given up: %v, want %v", got, next)
	}
	m.sweepAll()
	held := m.reserve(m.org, engine.Reserve{Area: tacoma, Quantity: 2, ExcludeGivenUp: true})
	if !slices.Equal(held.Numbers(), next) {
		t.Errorf("reserved without what was given up: %v, want %v", held.Numbers(), next)
	}
	// All the rest: what was given up does not count as there.
	_, err = m.org.Reserve(m.ctx, engine.Reserve{Area: tacoma, Quantity: 55, ExcludeGivenUp: true})
	if got, _ := errorFigure(err, "available"); !errors.Is(err, reservation.ErrOutOfStock) || got != 54 {
		t.Errorf("got %v, want 54 available", err)
	}
	m.clock.Set(held.Expires.Add(24 * tenMinutes * 6)) // a day later nothing of it is known
	if got := lowest(true); !slices.Equal(got, given.Numbers()[1:3]) {
		t.Errorf("a day later: %v, want %v", got, given.Numbers()[1:3])
	}
}
