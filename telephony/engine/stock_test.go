package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// events lists those of one type in the log from an index on, as whose they are,
// how many numbers they name, and of what.
func (w *world) events(from uint64, types ...engine.EventType) (told []string) {
	for _, e := range w.entries(from) {
		for _, event := range e.Events {
			if slices.Contains(types, event.Type) {
				told = append(told, fmt.Sprintf("%s %s %d %d %v %s%s", event.Type, event.Tenant, event.Quantity, len(event.Numbers), event.Area.City, event.Location, event.Reservation))
			}
		}
	}
	return told
}

func wantLines(t testing.TB, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

// A withdrawal takes what is free and tells what the rest is; an extent of very
// many ranges counts those that it does not list.
func TestWithdrawOnlyFree(t *testing.T) {
	s := newScene(t)
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare[3:]}))
	from := s.lastIndex()
	all := engine.StockWithdrawal{Range: mustRange("+14255550090..+14255550199"), OnlyFree: true}
	got, err := s.eng.WithdrawStock(s.ctx, all)
	s.must(err)
	for name, e := range map[string]struct {
		engine.Extent
		want string
	}{"taken": {got.Taken, "+14255550108..+14255550199"}, "absent": {got.Absent, "+14255550090..+14255550099"},
		"acquired": {got.Acquired, "+14255550100..+14255550103"}, "held": {got.Held, "+14255550105..+14255550107"}, "resting": {got.Resting, "+14255550104"}} {
		if len(e.Ranges) != 1 || e.Spans != 1 || e.Ranges[0].String() != e.want || e.Numbers != int64(e.Ranges[0].Len()) {
			t.Errorf("%s: %d numbers, %v, want %s", name, e.Numbers, e.Ranges, e.want)
		}
	}
	wantLines(t, s.events(from, engine.StockWithdrawn), "stock_withdrawn  92 2 Seattle ")
	if again, err := s.eng.WithdrawStock(s.ctx, all); err != nil || again.Taken.Numbers != 0 || again.Absent.Numbers != 102 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestExtentIsBounded(t *testing.T) {
	w := newWorld(t)
	zz := telephony.Area{Country: "ZZ"}
	var list []engine.Stock
	for i := range 150 {
		list = append(list, engine.Stock{Range: mustRange(fmt.Sprintf("+99910010%04d", 2*i)), Area: zz, Kind: telephony.UserNumber})
	}
	w.must(w.eng.AddStockList(w.ctx, engine.StockList{Stock: list}))
	err := w.eng.AddStock(w.ctx, engine.Stock{Range: mustRange("+999100100000..+999100109999"), Area: zz, Kind: telephony.UserNumber})
	var e *telephony.Error
	if !errors.As(err, &e) || len(e.Ranges) != engine.MaxExtent {
		t.Fatalf("the error has %v", e)
	}
	numbers, _ := e.Figure("numbers")
	if ranges, _ := e.Figure("in ranges"); numbers != 150 || ranges != 150 {
		t.Errorf("the error counts %d numbers in %d ranges", numbers, ranges)
	}
	whole, err := w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: mustRange("+999100100000..+999100100299"), OnlyFree: true, RequestID: "w-1"})
	w.must(err)
	if whole.Taken.Numbers != 150 || whole.Taken.Spans != 150 || len(whole.Taken.Ranges) != engine.MaxExtent || whole.Absent.Spans != 150 {
		t.Errorf("withdrawn: %d numbers, %d spans, %d ranges", whole.Taken.Numbers, whole.Taken.Spans, len(whole.Taken.Ranges))
	}
	again, err := w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: mustRange("+999100100000..+999100100299"), OnlyFree: true, RequestID: "w-1"})
	if err != nil || fmt.Sprint(again) != fmt.Sprint(whole) {
		t.Errorf("asked again: %v, %v", again, err)
	}
}

// A refusal that is answered again names the same ranges.
func TestStockRefusalIsRemembered(t *testing.T) {
	s := newScene(t)
	var texts []string
	for range 2 {
		_, err := s.eng.WithdrawStock(s.ctx, engine.StockWithdrawal{Range: mustRange("+14255550100..+14255550109"), RequestID: "w-2"})
		var e *telephony.Error
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		for _, reason := range e.All() {
			texts = append(texts, fmt.Sprint(reason.Code, reason.Ranges, reason.Figures))
		}
	}
	if len(texts) != 4 || texts[0] != texts[2] || texts[1] != texts[3] {
		t.Errorf("got %q", texts)
	}
}

// What was withdrawn from an area can come back, and its shelf with it; the area
// stands where it stood.
func TestWithdrawnStockComesBack(t *testing.T) {
	w := newWorld(t)
	areas := func() (names []string) {
		for a := range w.view().Areas(telephony.UserNumber, telephony.Area{}) {
			names = append(names, fmt.Sprint(a.Area.City, a.Total, a.Free))
		}
		return names
	}
	before := areas()
	_, err := w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: mustRange("+12125550100..+12125550149")})
	w.must(err)
	wantLines(t, areas(), "Paris100 100", "Seattle100 100")
	w.stock(newYork, telephony.UserNumber, "+12125550100..+12125550149")
	wantLines(t, areas(), before...)
	w.hold(newYork, 50)
}

// A hold that has run out keeps no stock, whether or not that was settled.
func TestWithdrawWhatHasRunOut(t *testing.T) {
	s := newScene(t)
	s.clock.Set(s.held.Expires.Add(-1))
	if err := s.tryWithdraw("+14255550105..+14255550107"); !errors.Is(err, engine.ErrStockHeld) {
		t.Errorf("a nanosecond before the end: %v", err)
	}
	s.clock.Set(s.held.Expires)
	s.must(s.tryWithdraw("+14255550105..+14255550107"))
	if r, err := s.view().Reservation(s.held.ID); err != nil || r.Area != seattle || r.State != reservation.Expired {
		t.Errorf("the reservation: %+v, %v", r, err)
	}
}

// A move takes along whatever the numbers are, and tells their tenants.
func TestMoveStock(t *testing.T) {
	s := newScene(t)
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare[3:]}))
	from := s.lastIndex()
	got, err := s.eng.MoveStock(s.ctx, engine.StockMove{Range: mustRange("+14255550102..+14255550119"), Area: portland})
	s.must(err)
	if got != (engine.Moved{Free: 12, Held: 3, Resting: 1, Acquired: 2}) {
		t.Errorf("moved %+v", got)
	}
	wantLines(t, s.events(from, engine.StockMoved, engine.NumbersMoved, engine.ActivationFailed), "numbers_moved contoso 0 2 Portland ",
		"numbers_moved contoso 0 3 Portland "+string(s.held.ID), "stock_moved  18 2 Portland ")
	held, err := s.view().Reservation(s.held.ID)
	if err != nil || held.Area != portland {
		t.Errorf("the reservation is of %v, %v", held.Area, err)
	}
	for _, n := range held.Numbers() {
		s.must(s.tryAcquire(engine.Acquire{Reservation: held.ID, Numbers: telephony.NumberList{n}}))
		break
	}
	s.must(s.tryReserve(engine.Reserve{Area: portland, Quantity: 14})) // those that came free and those that the acquisition left
	if n := len(slices.Collect(s.view().Numbers(engine.NumberQuery{City: "Portland"}))); n != 3 {
		t.Errorf("the tenant has %d numbers in the area", n)
	}
	s.clock.Add(46 * 24 * time.Hour)
	s.must(s.tryReserve(engine.Reserve{Area: portland, Numbers: s.spare[3:]})) // rested there
}

// Where the address must be in the number's area, numbers that come to another
// work no longer, and the tenant is told; and work again when they come back.
func TestMoveChangesActivation(t *testing.T) {
	s := newScene(t)
	lyon, from := telephony.Area{Country: "FR", City: "Lyon"}, s.lastIndex()
	states := func() (states []telephony.Activation) {
		for _, n := range s.french {
			for one := range s.view().Numbers(engine.NumberQuery{Number: n}) {
				states = append(states, one.Activation)
			}
		}
		return states
	}
	s.clock.Add(time.Hour)
	whole := s.french[0].String() + ".." + s.french[1].String()
	s.must(s.tryMove(whole, lyon))
	moved := s.clock.Now()
	for _, a := range states() {
		if a.State != telephony.AssignmentFailed || a.Why != engine.ErrAreaMismatch || !a.Since.Equal(moved) {
			t.Errorf("after the move: %+v", a)
		}
	}
	s.clock.Add(time.Hour)
	s.must(s.tryMove(whole, paris))
	for _, a := range states() {
		if a.State != telephony.Activated || !a.Since.Equal(moved.Add(time.Hour)) {
			t.Errorf("after the way back: %+v", a)
		}
	}
	at := string(s.fr.Default)
	wantLines(t, s.events(from, engine.NumbersMoved, engine.ActivationFailed, engine.ActivationRecovered),
		"numbers_moved contoso 0 2 Lyon ", "activation_failed contoso 0 2  "+at, "numbers_moved contoso 0 2 Paris ", "activation_recovered contoso 0 2  "+at)
}

// A tenant hears of its own numbers, and not of another's.
func TestMoveIsToldToItsTenant(t *testing.T) {
	s := newScene(t)
	other := newStranger(s.world)
	from := s.lastIndex()
	s.must(s.tryMove("+12125550140..+12125550149", portland))
	for org, want := range map[*engine.Tenant]int{s.org: 0, other.Tenant: 1} {
		v, err := org.View(s.ctx)
		s.must(err)
		log, err := v.Log(from + 1)
		s.must(err)
		events := 0
		for e := range log {
			events += len(e.Events)
		}
		if events != want {
			t.Errorf("%s hears of %d events, want %d", org.ID(), events, want)
		}
	}
}
