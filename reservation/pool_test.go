package reservation_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"github.com/benbjohnson/clock"
)

func newPool(t testing.TB, c reservation.Clock, stock int, options ...reservation.PoolOption) *reservation.Pool {
	t.Helper()
	p, err := reservation.NewPool(c, options...)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Load(fictionRange(t, stock)); err != nil {
		t.Fatal(err)
	}
	return p
}

// The numbers of a hold are free at the very nanosecond of its end, for the
// first call that asks, whichever it is.
func TestPoolHoldEndsExactly(t *testing.T) {
	for name, ask := range map[string]func(p *reservation.Pool) error{
		"free": func(p *reservation.Pool) error {
			if p.Free() != 5 {
				return fmt.Errorf("%d free", p.Free())
			}
			return nil
		},
		"held": func(p *reservation.Pool) error {
			if p.Held() != 0 {
				return fmt.Errorf("%d held", p.Held())
			}
			return nil
		},
		"reserve": func(p *reservation.Pool) error {
			_, err := p.Reserve(reservation.Choice{Quantity: 5})
			return err
		},
		"list": func(p *reservation.Pool) error {
			_, err := p.Reserve(reservation.Choice{Numbers: fiction(1)})
			return err
		},
	} {
		for off, over := range map[time.Duration]bool{-1: false, 0: true, 1: true} {
			mock := clock.NewMock()
			p := newPool(t, mock, 5)
			if _, err := p.Reserve(reservation.Choice{Quantity: 5}); err != nil {
				t.Fatal(err)
			}
			mock.Add(10*time.Minute + off)
			if err := ask(p); (err == nil) != over {
				t.Errorf("%s at 10 min %+d ns: %v", name, off, err)
			}
		}
	}
}

func TestPoolLateHolderIsRefused(t *testing.T) {
	mock := clock.NewMock()
	p := newPool(t, mock, 2)
	late, _ := p.Reserve(reservation.Choice{Quantity: 2})
	mock.Add(10 * time.Minute)
	prompt, err := p.Reserve(reservation.Choice{Quantity: 2})
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.AcquireAll(late.ID)
	if e := wantCode(t, err, reservation.ErrExpired); !e.At.Equal(late.ExpiresAt()) || e.Op != "acquire" || e.Subject != "reservation r-1" {
		t.Errorf("refused as %+v", e)
	}
	if r, err := p.AcquireAll(prompt.ID); err != nil || len(r.Acquired) != 2 {
		t.Errorf("the prompt holder got %v, %v", r.Acquired, err)
	}
}

func TestPoolTimeDoesNotGoBack(t *testing.T) {
	mock := clock.NewMock()
	mock.Set(made)
	p := newPool(t, mock, 2)
	p.Free()
	mock.Set(made.Add(-time.Hour))
	r, _ := p.Reserve(reservation.Choice{Quantity: 1})
	if !r.MadeAt().Equal(made) {
		t.Errorf("made %v, after the pool had seen %v", r.MadeAt(), made)
	}
	mock.Set(made.Add(10 * time.Minute))
	p.Free()
	mock.Set(made)
	_, err := p.Cancel(r.ID)
	wantCode(t, err, reservation.ErrExpired)
}

func TestPoolLoad(t *testing.T) {
	p, err := reservation.NewPool(clock.NewMock())
	if err != nil {
		t.Fatal(err)
	}
	wide, _ := telephony.RangeBetween(num("+9995550900"), num("+9995553099"))
	if err := p.Load(wide); err != nil || p.Free() != 2200 {
		t.Fatalf("%d free, %v", p.Free(), err)
	}
	before, _ := telephony.RangeBetween(num("+9995550000"), num("+9995551001"))
	e := wantCode(t, p.Load(before), reservation.ErrDuplicateStock)
	wantNumbers(t, e.Numbers, nums("+9995550900", "+9995551001"))
	wantFigure(t, e, "numbers", 102)
	if p.Free() != 2200 {
		t.Errorf("a refused load left %d free", p.Free())
	}
	one, _ := telephony.NewRange(num("+9995551000"), 1)
	wantNumbers(t, wantCode(t, p.Load(one), reservation.ErrDuplicateStock).Numbers, nums("+9995551000"))
	wantCode(t, p.Load(telephony.Range{}), telephony.ErrRange)
}

func TestPoolRelease(t *testing.T) {
	mock := clock.NewMock()
	p := newPool(t, mock, 4)
	r, _ := p.Reserve(reservation.Choice{Quantity: 3})
	if _, err := p.Acquire(r.ID, fiction(2)); err != nil {
		t.Fatal(err)
	}
	wantCode(t, p.Release(nil), reservation.ErrNothingChosen)
	wantCode(t, p.Release(append(fiction(1), fiction(3)...)), reservation.ErrDuplicateNumber)
	e := wantCode(t, p.Release(fiction(5)), reservation.ErrNotAcquired)
	wantNumbers(t, e.Numbers, fiction(5)[2:])
	wantCode(t, p.Release(telephony.NumberList{{}}), reservation.ErrNotAcquired)
	if err := p.Release(fiction(2)); err != nil || p.Resting() != 2 || p.Free() != 2 {
		t.Fatalf("%v; %d rest, %d free", err, p.Resting(), p.Free())
	}
	wantCode(t, p.Release(fiction(2)), reservation.ErrNotAcquired)
	mock.Add(reservation.DefaultQuarantine - 1)
	if p.Resting() != 2 || p.Free() != 2 {
		t.Errorf("before 45 days are over: %d rest, %d free", p.Resting(), p.Free())
	}
	mock.Add(1)
	if p.Resting() != 0 || p.Free() != 4 {
		t.Errorf("after 45 days: %d rest, %d free", p.Resting(), p.Free())
	}
}

func TestPoolWithoutQuarantine(t *testing.T) {
	p := newPool(t, clock.NewMock(), 2, reservation.WithQuarantine(0))
	r, _ := p.Reserve(reservation.Choice{Quantity: 2})
	if _, err := p.AcquireAll(r.ID); err != nil {
		t.Fatal(err)
	}
	if err := p.Release(fiction(1)); err != nil || p.Free() != 1 || p.Resting() != 0 {
		t.Errorf("%v; %d free, %d rest", err, p.Free(), p.Resting())
	}
}

func TestPoolRetention(t *testing.T) {
	mock := clock.NewMock()
	p := newPool(t, mock, 2, reservation.WithRetention(time.Hour, 2))
	cancel := func() telephony.ReservationID {
		r, err := p.Reserve(reservation.Choice{Quantity: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Cancel(r.ID); err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	first, second, third := cancel(), cancel(), cancel()
	_, err := p.Get(first)
	wantCode(t, err, reservation.ErrReservationNotFound)
	mock.Add(time.Hour - 1)
	for _, id := range []telephony.ReservationID{second, third} {
		if r, err := p.Get(id); err != nil || r.State != reservation.Cancelled || len(r.Numbers) != 1 {
			t.Errorf("%s: %v, %v", id, r, err)
		}
	}
	mock.Add(1)
	_, err = p.Get(third)
	wantCode(t, err, reservation.ErrReservationNotFound)
}

func TestPoolSettings(t *testing.T) {
	mock := clock.NewMock()
	for name, tc := range map[string]struct {
		clock  reservation.Clock
		option reservation.PoolOption
		want   telephony.Code
	}{
		"no clock":           {nil, reservation.WithHoldFor(1), reservation.ErrSetting},
		"no time":            {mock, reservation.WithHoldFor(0), reservation.ErrSetting},
		"negative time":      {mock, reservation.WithHoldFor(-1), reservation.ErrSetting},
		"no limits":          {mock, reservation.WithLimits(reservation.Limits{}), reservation.ErrLimits},
		"negative room":      {mock, reservation.WithExtension(reservation.Extension{MaxTotal: -1}), reservation.ErrSetting},
		"negative rest":      {mock, reservation.WithQuarantine(-1), reservation.ErrSetting},
		"negative retention": {mock, reservation.WithRetention(-1, 1), reservation.ErrSetting},
		"negative retained":  {mock, reservation.WithRetention(1, -1), reservation.ErrSetting},
		"for ever":           {mock, reservation.WithHoldFor(math.MaxInt64), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := reservation.NewPool(tc.clock, tc.option)
			wantCode(t, err, tc.want)
		})
	}
	_, err := reservation.NewPool(nil, reservation.WithHoldFor(-1), reservation.WithLimits(reservation.Limits{}))
	if e := wantCode(t, err, reservation.ErrSetting); len(e.Reasons) != 3 {
		t.Errorf("%d reasons of 3", len(e.Reasons))
	}
}

// Sixty-four holders fight over fifty numbers, over and over: a number never
// has two, and none is lost.
func TestPoolUnderContention(t *testing.T) {
	const stock, holders, rounds = 50, 64, 200
	p := newPool(t, clock.NewMock(), stock, reservation.WithQuarantine(0), reservation.WithRetention(time.Hour, 10),
		reservation.WithLimits(reservation.Limits{Open: 1000, Held: 1000, PerRequest: 100}))
	owners := newOwners()
	var wg sync.WaitGroup
	for holder := range holders {
		wg.Go(func() {
			for round := range rounds {
				if err := owners.fight(p, holder, 1+(holder+round)%7); err != nil {
					t.Errorf("holder %d: %v", holder, err)
					return
				}
			}
		})
	}
	wg.Wait()
	if p.Free() != stock || p.Held() != 0 || len(p.Open()) != 0 {
		t.Errorf("%d free and %d held of %d", p.Free(), p.Held(), stock)
	}
	if faults := p.Recount(); len(faults) > 0 {
		t.Error(faults)
	}
	if owners.won == 0 {
		t.Error("nobody ever got a number")
	}
}

// owners is who has which number, as the holders themselves see it.
type owners struct {
	mu  sync.Mutex
	of  map[telephony.Number]int
	won int
}

func newOwners() *owners { return &owners{of: map[telephony.Number]int{}} }

// fight reserves, acquires all but one where there are several, and releases.
func (o *owners) fight(p *reservation.Pool, holder, quantity int) error {
	r, err := p.Reserve(reservation.Choice{Quantity: quantity})
	if err != nil {
		return only(err, reservation.ErrOutOfStock)
	}
	if err := o.claim(holder, r.Numbers); err != nil {
		return err
	}
	chosen := r.Numbers[:max(1, quantity-1)]
	o.yield(r.Numbers[len(chosen):])
	if r, err = p.Acquire(r.ID, chosen); err != nil {
		return err
	}
	o.yield(r.Acquired)
	return p.Release(r.Acquired)
}

func (o *owners) claim(holder int, numbers telephony.NumberList) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.won++
	for _, n := range numbers {
		if other, taken := o.of[n]; taken {
			return fmt.Errorf("%s is also holder %d's", n, other)
		}
		o.of[n] = holder
	}
	return nil
}

func (o *owners) yield(numbers telephony.NumberList) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, n := range numbers {
		delete(o.of, n)
	}
}

func only(err error, code telephony.Code) error {
	if e, ok := err.(*telephony.Error); ok && e.Code == code {
		return nil
	}
	return err
}

// No log line and no error text shows a number.
func TestNothingShowsNumbers(t *testing.T) {
	p := newPool(t, clock.NewMock(), 50)
	r, err := p.Reserve(reservation.Choice{Quantity: 3})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr { // the time's digits are any
			if len(groups) == 0 && a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}}))
	log.Info("seen", "reservation", r, "hold", r.Hold, "block", reservation.Block{Base: fiction(1)[0]},
		"pick", reservation.Pick{Base: fiction(1)[0]},
		"choice", reservation.Choice{Numbers: fiction(2), Prefix: telephony.MustParsePrefix("14255550")})
	_, taken := p.Reserve(reservation.Choice{Numbers: fiction(40)})
	_, foreign := p.Acquire(r.ID, fiction(9)[7:])
	_, unknown := p.Get("14255550100")
	_, stock := p.Reserve(reservation.Choice{Quantity: 49, Prefix: telephony.MustParsePrefix("14255550")})
	for _, err := range []error{taken, foreign, unknown, stock, p.Release(fiction(3)), p.Load(fictionRange(t, 4))} {
		if err == nil {
			t.Fatal("not refused")
		}
		fmt.Fprintf(&out, "%s\n%v\n%#v\n", err, err, err)
		log.Info("refused", "error", err)
	}
	for _, line := range strings.Split(out.String(), "\n") {
		if strings.Contains(line, "425555") {
			t.Errorf("unmasked: %s", line)
		}
	}
	if !strings.Contains(out.String(), "r-1") || !slices.Contains(strings.Fields(out.String()), "asked") {
		t.Error("nothing was written")
	}
}
