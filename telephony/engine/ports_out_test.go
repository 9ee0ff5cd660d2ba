package engine_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"example.com/callingplan/telephony/porting"
)

func pinOf(digits string) porting.PIN {
	pin, err := porting.ParsePIN(digits)
	if err != nil {
		panic(err)
	}
	return pin
}

// wish asks for numbers with a PIN, as another carrier.
func (w *world) wish(digits string, numbers ...telephony.Number) (engine.PortedOut, error) {
	r := engine.PortOut{Tenant: "contoso", Numbers: numbers, Carrier: "Gaining Carrier"}
	if digits != "" {
		r.PIN = pinOf(digits)
	}
	return w.desk().PortOut(w.ctx, r)
}

// TestPortOut: numbers leave for whoever has the PIN, those that people have too,
// and of others nothing moves.
func TestPortOut(t *testing.T) {
	s := newScene(t)
	w := s.world
	gone := s.adeles
	_, err := w.wish("808017", gone)
	refusedFor(t, err, porting.ErrPINUnset)
	w.must(w.org.SetPortOutPIN(w.ctx, pinOf("808017")))
	refusedFor(t, w.org.SetPortOutPIN(w.ctx, porting.PIN{}), porting.ErrPINBlank)
	_, err = w.wish("", gone)
	refusedFor(t, err, porting.ErrPINMissing)
	_, err = w.wish("808018", gone)
	refusedFor(t, err, porting.ErrPINWrong)
	if engine.ClassOf(err) != engine.Rejected {
		t.Errorf("a wrong PIN is %v", engine.ClassOf(err))
	}
	if got := w.view().PortOut(); got != (engine.PortOutState{PINSet: true, Wrong: 1}) {
		t.Errorf("the door is %+v", got)
	}
	// With the right PIN: what rests, what is held and what was never here is not the
	// tenant's, and none of the numbers goes.
	resting := s.spare[1:2]
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: resting}))
	_, err = w.wish("808017", gone, resting[0], s.held.Numbers()[0], number("+15035550100"))
	refusedFor(t, err, porting.ErrQuarantined, porting.ErrNotOwned, porting.ErrNotOwned)
	if got := w.view().PortOut(); got.Wrong != 0 {
		t.Errorf("after a right PIN the door is %+v", got)
	}
	_, err = w.wish("808017", gone, gone)
	refusedFor(t, err, porting.ErrDuplicateNumber)

	total := s.total(seattle)
	out, err := w.wish("808017", s.spare[0], gone)
	w.must(err)
	want := sorted(telephony.NumberList{gone, s.spare[0]})
	if !slices.Equal(out.Numbers, want) || !slices.Equal(out.People, engine.PersonList{"adele.vance"}) {
		t.Errorf("%+v left", out)
	}
	if p, err := w.view().Person("adele.vance"); err != nil || p.Number.IsValid() || p.Voice {
		t.Errorf("adele is %+v, %v", p, err)
	}
	all := w.entries(0)
	events := all[len(all)-1].Events
	if len(events) != 2 || events[0].Type != engine.NumberUnassigned || events[1].Type != engine.NumbersPortedOut || events[1].Carrier != "Gaining Carrier" {
		t.Errorf("the log tells %+v", events)
	}
	if now := s.total(seattle); now != total-2 {
		t.Errorf("of %d in stock %d are left", total, now)
	}
	// Nothing of them blocks anything: one comes back as stock, the other by an order.
	w.stock(seattle, telephony.UserNumber, gone.String())
	back := portRequest(w.clock.Now(), s.spare[0].String())
	w.portIn(w.orderOf(back, seattle))
}

// total counts the user numbers of an area that are in stock.
func (s *scene) total(a telephony.Area) int64 {
	for stock := range s.view().Areas(telephony.UserNumber, a) {
		return stock.Total
	}
	return 0
}

func sorted(numbers telephony.NumberList) telephony.NumberList {
	slices.SortFunc(numbers, telephony.Number.Compare)
	return numbers
}

// TestPortOutIsGuarded: wrong PINs close the door for a time, to the nanosecond, and
// so does the tenant, for as long as it likes. A new PIN forgets the wrong ones.
func TestPortOutIsGuarded(t *testing.T) {
	rules := engine.DefaultPortRules()
	rules.Guessing = porting.Guessing{Wrong: 2, Within: time.Hour, LockFor: time.Hour}
	w := newWorld(t, engine.WithPortRules(rules))
	mine := w.acquire(engine.Reserve{Area: seattle, Quantity: 3}, "")
	w.must(w.org.SetPortOutPIN(w.ctx, pinOf("808017")))
	for range 2 {
		_, err := w.wish("808018", mine[0])
		refusedFor(t, err, porting.ErrPINWrong)
	}
	until := begin.Add(time.Hour)
	if got := w.view().PortOut(); got != (engine.PortOutState{PINSet: true, Guessed: until}) {
		t.Errorf("the door is %+v", got)
	}
	w.clock.Set(until.Add(-1))
	_, err := w.wish("808017", mine[0])
	refusedFor(t, err, porting.ErrPINLocked)
	w.clock.Set(until)
	_, err = w.wish("808017", mine[0])
	w.must(err)
	w.must(w.org.LockPortOut(w.ctx, engine.PortOutLock{Locked: true}))
	_, err = w.wish("808017", mine[1], mine[2])
	refusedFor(t, err, porting.ErrNumberLocked, porting.ErrNumberLocked)
	_, err = w.wish("808018", mine[1])
	refusedFor(t, err, porting.ErrPINWrong)
	w.must(w.org.SetPortOutPIN(w.ctx, pinOf("1234567890")))
	w.must(w.org.LockPortOut(w.ctx, engine.PortOutLock{}))
	if got := w.view().PortOut(); got != (engine.PortOutState{PINSet: true}) {
		t.Errorf("with a new PIN the door is %+v", got)
	}
	_, err = w.wish("808017", mine[1])
	refusedFor(t, err, porting.ErrPINWrong)
	_, err = w.wish("1234567890", mine[1])
	w.must(err)
}

// TestRepeatedPortOut: the same wish made again gets the same answer, and a wrong
// PIN counts once.
func TestRepeatedPortOut(t *testing.T) {
	w := newWorld(t)
	mine := w.acquire(engine.Reserve{Area: seattle, Quantity: 1}, "")
	w.must(w.org.SetSealedPIN(w.ctx, rightPIN(), ""))
	ask := func(id string, pin porting.SealedPIN) (engine.PortedOut, error) {
		return w.desk().PortOutSealed(w.ctx, engine.PortOut{Tenant: "contoso", Numbers: mine, Carrier: "Gaining", RequestID: id}, pin)
	}
	_, first := ask("wish-1", wrongPIN())
	_, again := ask("wish-1", wrongPIN())
	if codes(first)[0] != porting.ErrPINWrong || !slices.Equal(codes(first), codes(again)) || w.view().PortOut().Wrong != 1 {
		t.Errorf("got %v and %v, counted %d", first, again, w.view().PortOut().Wrong)
	}
	_, err := ask("wish-1", rightPIN())
	refusedFor(t, err, engine.ErrRequestConflict)
	a, err := ask("wish-2", rightPIN())
	w.must(err)
	b, err := ask("wish-2", rightPIN())
	w.must(err)
	if !slices.Equal(a.Numbers, mine) || !slices.Equal(b.Numbers, mine) {
		t.Errorf("got %v and %v", a.Numbers, b.Numbers)
	}
}

// TestPINChangedMeanwhile: a wish that was sealed as the PIN of before is no guess.
func TestPINChangedMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.must(w.org.SetPortOutPIN(w.ctx, pinOf("808017"))) // with a salt of its own
	_, err := w.desk().PortOutSealed(w.ctx, engine.PortOut{Tenant: "contoso", Numbers: telephony.NumberList{number("+14255550100")}, Carrier: "Gaining"}, wrongPIN())
	refusedFor(t, err, porting.ErrPINStale)
	if got := w.view().PortOut().Wrong; got != 0 {
		t.Errorf("it counts as %d wrong", got)
	}
	var e *telephony.Error
	if _, err := w.eng.As("desk").PortOut(w.ctx, engine.PortOut{Tenant: "nobody", PIN: pinOf("808017"), Carrier: "Gaining"}); !errors.As(err, &e) || e.Code != engine.ErrUnknownTenant {
		t.Errorf("of no tenant: %v", err)
	}
}
