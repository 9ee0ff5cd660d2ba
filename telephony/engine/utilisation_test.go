package engine_test

import (
	"errors"
	"math/big"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func (w *world) utilisation() *engine.Utilisation {
	w.Helper()
	u, err := w.eng.As("").Utilisation(w.ctx)
	w.must(err)
	return u
}

// A block of each figure, by area, block and hundred, at the moment at which a
// hold runs out and one before.
func TestUtilisation(t *testing.T) {
	s := newScene(t)
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare[3:]}))
	want := engine.StockUse{InStock: 100, Free: 92, Held: 3, Acquired: 4, Resting: 1}
	for _, c := range []struct {
		at   time.Time
		want engine.StockUse
	}{
		{s.held.Expires.Add(-1), want},
		{s.held.Expires, engine.StockUse{InStock: 100, Free: 95, Acquired: 4, Resting: 1}},
	} {
		s.clock.Set(c.at)
		u := s.utilisation()
		q := engine.StockQuery{Kind: telephony.UserNumber, Within: seattle}
		areas, blocks, hundreds := slices.Collect(u.Areas(q)), slices.Collect(u.Blocks(q)), slices.Collect(u.Hundreds(q))
		if len(areas) != 1 || areas[0] != (engine.AreaUse{Area: seattle, Kind: telephony.UserNumber, StockUse: c.want}) {
			t.Errorf("areas: %+v", areas)
		}
		block := engine.BlockUse{Area: seattle, Kind: telephony.UserNumber, Block: mustRange("+14255550000..+14255550999"), StockUse: c.want}
		if len(blocks) != 1 || blocks[0] != block {
			t.Errorf("blocks: %+v", blocks)
		}
		block.Block = mustRange("+14255550100..+14255550199")
		if len(hundreds) != 1 || hundreds[0] != block {
			t.Errorf("hundreds: %+v", hundreds)
		}
		if !u.At().Equal(c.at) {
			t.Errorf("of %v, want %v", u.At(), c.at)
		}
	}
	if got := want.PerMille(); got != 80 {
		t.Errorf("%d per mille, want 80", got)
	}
	if got := (engine.StockUse{}).PerMille(); got != 0 {
		t.Errorf("of nothing %d per mille", got)
	}
	if got := (engine.StockUse{InStock: 3, Free: 1}).PerMille(); got != 666 {
		t.Errorf("of three with one free %d per mille", got)
	}
}

// Reading the stock sees one moment, whatever is written meanwhile.
func TestUtilisationStands(t *testing.T) {
	w := newWorld(t)
	u := w.utilisation()
	w.hold(seattle, 5)
	_, err := w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: mustRange("+12125550100..+12125550149")})
	w.must(err)
	for a := range u.Areas(engine.StockQuery{}) {
		if a.Free != a.InStock {
			t.Errorf("%+v", a)
		}
	}
	if n := len(slices.Collect(u.Areas(engine.StockQuery{}))); n != 5 {
		t.Errorf("%d areas and kinds, want 5", n)
	}
}

// Each query lists what a plain look at every block says it should, whole and by
// pages of any size.
func TestUtilisationQueries(t *testing.T) {
	w := newWorld(t)
	zz := telephony.Area{Country: "ZZ"}
	// Numbers of several lengths that begin with the same digits.
	for i, text := range []string{"+9991001..+9991350", "+99910012..+99910512", "+999100120..+999100340", "+9991001200..+9991005200"} {
		w.must(w.eng.AddStock(w.ctx, engine.Stock{Range: mustRange(text), Area: zz, Kind: telephony.Kinds()[i%3]}))
	}
	u := w.utilisation()
	for _, size := range []int{1000, 100} {
		list, page := u.Blocks, u.BlockPage
		if size == 100 {
			list, page = u.Hundreds, u.HundredPage
		}
		all := slices.Collect(list(engine.StockQuery{}))
		for _, q := range []engine.StockQuery{{}, {Kind: telephony.UserNumber}, {Within: telephony.Area{Country: "US"}}, {Within: seattle, Kind: telephony.TollNumber},
			{Prefix: telephony.MustParsePrefix("999")}, {Prefix: telephony.MustParsePrefix("99910012")}, {Prefix: telephony.MustParsePrefix("999100121")},
			{Prefix: telephony.MustParsePrefix("9991001200")}, {Prefix: telephony.MustParsePrefix("1425"), Kind: telephony.TollNumber},
			{Prefix: telephony.MustParsePrefix("14255550190")}, {Prefix: telephony.MustParsePrefix("44")}} {
			var want []engine.BlockUse
			for _, b := range all {
				begins := false
				for n := range b.Block.All() {
					begins = begins || q.Prefix.Contains(n)
				}
				if begins && (q.Kind == 0 || b.Kind == q.Kind) && b.Area.Within(q.Within) {
					want = append(want, b)
				}
			}
			if got := slices.Collect(list(q)); !slices.Equal(got, want) {
				t.Errorf("%d, %+v: %d parts, want %d", size, q, len(got), len(want))
			}
			for _, items := range []int{1, 3, 1000} {
				var paged []engine.BlockUse
				for cursor, more := engine.Cursor(""), true; more; more = cursor != "" {
					p, err := page(q, cursor, items)
					w.must(err)
					paged, cursor = append(paged, p.Items...), p.Next
				}
				if !slices.Equal(paged, want) {
					t.Errorf("%d, %+v by %d: %d parts, want %d", size, q, items, len(paged), len(want))
				}
			}
		}
	}
	first, err := u.BlockPage(engine.StockQuery{}, "", 1)
	w.must(err)
	for _, c := range []engine.Cursor{"?", forged(first.Next, "1"), forged(first.Next, "1/2/3/4")} { // of no text, of too little, of no number
		if _, err := u.BlockPage(engine.StockQuery{}, c, 1); !errors.Is(err, engine.ErrCursor) {
			t.Errorf("cursor %q: %v", c, err)
		}
	}
	if _, err := u.HundredPage(engine.StockQuery{}, "", 1001); !errors.Is(err, engine.ErrRequest) {
		t.Errorf("a page of 1001: %v", err)
	}
}

// The provider's reports are asked for as any other call.
func TestStockReportsAreAllowed(t *testing.T) {
	s := newScene(t)
	s.allow = func() error { return errNoBudget }
	_, denied := s.eng.As("").Utilisation(s.ctx)
	_, deniedToo := s.eng.As("").Forecast(s.ctx, engine.StockQuery{}, -1)
	s.allow = func() error { return nil }
	_, nothing := s.eng.As("").Utilisation(noContext)
	_, below := s.eng.As("").Forecast(s.ctx, engine.StockQuery{}, -1)
	for err, want := range map[error]error{denied: engine.ErrDenied, deniedToo: engine.ErrDenied, nothing: engine.ErrRequest, below: engine.ErrRequest} {
		if !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}

func (w *world) forecasts(window time.Duration) map[string]engine.Forecast {
	w.Helper()
	all, err := w.eng.As("").Forecast(w.ctx, engine.StockQuery{}, window)
	w.must(err)
	by := map[string]engine.Forecast{}
	for f := range all {
		by[f.Area.City+" "+f.Kind.String()] = f
	}
	return by
}

func (w *world) wantForecast(window time.Duration, of string, trend reservation.Trend, taken, returned, days int64, rate *big.Rat, from time.Time) {
	w.Helper()
	f := w.forecasts(window)[of]
	if f.Trend != trend || f.Taken != taken || f.Returned != returned || f.Days != days || f.Rate().Cmp(rate) != 0 || !f.From.Equal(from) {
		w.Errorf("%s: %v, taken %d, returned %d, %d days, %v a day, from %v; %d free", of, f.Trend, f.Taken, f.Returned, f.Days, f.Rate(), f.From, f.Free)
	}
}

// TestForecastOfRestsCutShort: a number is returned when the provider ends its rest,
// and not when whoever released it has it back, since it was never free.
func TestForecastOfRestsCutShort(t *testing.T) {
	const day, user = 24 * time.Hour, "Seattle user"
	w := newWorld(t)
	numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 10}, "")
	w.clock.Set(begin.Add(2 * day))
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: numbers[:8]}))
	_, err := w.eng.As("").EndRest(w.ctx, engine.EndRest{Tenant: "contoso", Numbers: numbers[:6]})
	w.must(err)
	w.must(w.org.Reclaim(w.ctx, engine.Reclaim{Numbers: numbers[6:7]}))
	w.wantForecast(0, user, reservation.Falling, 10, 6, 48, big.NewRat(2, 1), begin) // 96 free at 2 a day
}

func TestForecast(t *testing.T) {
	const day = 24 * time.Hour
	w := newWorld(t, engine.WithQuarantine(45*day))
	numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 10}, "")
	const toll, user = "Seattle service-toll", "Seattle user"
	w.clock.Set(begin.Add(day - 1))
	w.wantForecast(0, user, reservation.TooLittleHistory, 10, 0, 0, big.NewRat(10*int64(day), int64(day-1)), begin)
	w.clock.Set(begin.Add(day))
	w.wantForecast(0, user, reservation.Falling, 10, 0, 9, big.NewRat(10, 1), begin) // 90 free at 10 a day
	w.wantForecast(0, toll, reservation.NotFalling, 0, 0, 0, new(big.Rat), begin)
	w.clock.Set(begin.Add(4 * day))
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: numbers[:6]}))
	w.wantForecast(0, user, reservation.Falling, 10, 0, 36, big.NewRat(10, 4), begin) // what rests is not free yet
	w.wantForecast(2*day, user, reservation.NotFalling, 0, 0, 0, new(big.Rat), begin.Add(2*day))
	w.wantForecast(400*day, user, reservation.Falling, 10, 0, 36, big.NewRat(10, 4), begin) // no more than there is
	w.clock.Set(begin.Add(49 * day))                                                        // it is, and nobody has come by to say so
	w.wantForecast(0, user, reservation.Falling, 10, 6, 1176, big.NewRat(4, 49), begin)
	w.wantForecast(2*day, user, reservation.NotFalling, 0, 6, 0, big.NewRat(-3, 1), begin.Add(47*day))
	_, err := w.eng.Sweep(w.ctx)
	w.must(err)
	w.wantForecast(0, user, reservation.Falling, 10, 6, 1176, big.NewRat(4, 49), begin)
	// What is moved counts where it is now, what is withdrawn nowhere.
	_, err = w.eng.MoveStock(w.ctx, engine.StockMove{Range: mustRange(numbers[6].String() + ".." + numbers[9].String()), Area: portland})
	w.must(err)
	_, err = w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: mustRange(numbers[0].String() + ".." + numbers[4].String())})
	w.must(err)
	w.wantForecast(0, "Portland user", reservation.Exhausted, 4, 0, 0, big.NewRat(4, 49), begin)
	w.wantForecast(0, user, reservation.NotFalling, 1, 1, 0, new(big.Rat), begin)
	// A log that was pruned is a shorter window.
	w.must(w.eng.As("").PruneLog(w.ctx, engine.PruneLog{Before: w.view().Index()}))
	w.wantForecast(0, user, reservation.TooLittleHistory, 0, 0, 0, new(big.Rat), begin.Add(49*day))
}
