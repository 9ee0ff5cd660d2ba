package reservation

import (
	"cmp"
	"errors"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"

	"example.com/callingplan/telephony"
)

// The causes for which a pool refuses, besides those of choices, holds and
// limits.
const (
	ErrReservationNotFound telephony.Code = "reservation_not_found"
	ErrNotAcquired         telephony.Code = "numbers_not_acquired"
)

// Reservation is a hold in a pool, as it was when it was asked for. Its lists
// are the caller's own.
type Reservation struct {
	ID telephony.ReservationID
	Hold
}

// LogValue masks the numbers in structured logs.
func (r Reservation) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", string(r.ID)), slog.Any("hold", r.Hold))
}

// Pool keeps a stock of numbers in memory and lends them for a time. It is one
// holder's: its limits count all its reservations together.
//
// Every call reads the clock once and first settles what is due by then, so a
// hold is over on time though nothing runs in the background; its numbers are
// free from that moment for any call. The pool's time never goes back, whatever
// its clock does. All methods may be called from several goroutines at once.
type Pool struct {
	clock Clock
	settings

	mu      sync.Mutex
	now     int64 // Unix nanoseconds; the latest moment any call has seen
	stock   stock
	made    uint64 // reservations ever made
	held    int    // numbers in open reservations
	byID    map[telephony.ReservationID]*entry
	open    []*entry // by expiry
	closed  []*entry // by the moment of closing
	resting []rest   // by the moment they are free again
}

// entry is a reservation, open or closed. made orders entries that run out in
// the same nanosecond.
type entry struct {
	id   telephony.ReservationID
	made uint64
	hold Hold
}

// rest is released numbers in quarantine.
type rest struct {
	until int64 // Unix nanoseconds; the first moment at which they are free
	picks []Pick
}

// NewPool returns a pool without numbers. Its errors are ErrSetting and
// ErrLimits; where several settings are wrong, it has them all in Reasons.
func NewPool(clock Clock, options ...PoolOption) (*Pool, error) {
	s := defaultSettings()
	for _, set := range options {
		set(&s)
	}
	if err := s.check(clock); err != nil {
		return nil, err
	}
	return &Pool{clock: clock, settings: s, now: math.MinInt64, stock: newStock(),
		byID: map[telephony.ReservationID]*entry{}}, nil
}

// Load adds the numbers of the range to the stock, all or none; they are free.
// Errors, in order of precedence: telephony.ErrRange for the empty range;
// ErrDuplicateStock with the first and the last number that is in stock
// already, and how many are.
func (p *Pool) Load(r telephony.Range) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settle()
	return p.stock.load(r)
}

// Reserve holds the numbers that the choice picks. Errors, in order of
// precedence: those of Choice.Validate, of Limits.Check and of Select.
func (p *Pool) Reserve(c Choice) (Reservation, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.settle()
	if err := c.Validate(); err != nil {
		return Reservation{}, about("reserve", "", err)
	}
	if err := p.limits.Check(p.use(), c.Count()); err != nil {
		return Reservation{}, about("reserve", "", err)
	}
	picks, err := Select(c, p.stock.offer(c))
	if err != nil {
		return Reservation{}, about("reserve", "", err)
	}
	p.stock.take(picks)
	p.made++
	e := &entry{id: telephony.ReservationID("r-" + strconv.FormatUint(p.made, 10)), made: p.made,
		hold: Open(Numbers(picks), now, p.holdFor)}
	p.held += len(e.hold.Numbers)
	p.byID[e.id] = e
	p.insertOpen(e)
	return e.copy(), nil
}

// Find looks for free numbers and holds none. Its errors are those of
// Search.Validate.
func (p *Pool) Find(s Search) (Found, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settle()
	found, err := Find(s, &p.stock)
	if err != nil {
		return Found{}, about("find", "", err)
	}
	return found, nil
}

// Get returns the reservation, open or closed. Its error is
// ErrReservationNotFound, also where it closed too long ago to be kept.
func (p *Pool) Get(id telephony.ReservationID) (Reservation, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settle()
	e, err := p.find("get", id)
	if err != nil {
		return Reservation{}, err
	}
	return e.copy(), nil
}

// Open returns the open reservations in the order in which they were made.
func (p *Pool) Open() []Reservation {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settle()
	entries := slices.Clone(p.open)
	slices.SortFunc(entries, func(a, b *entry) int { return cmp.Compare(a.made, b.made) })
	all := make([]Reservation, len(entries))
	for i, e := range entries {
		all[i] = e.copy()
	}
	return all
}

// Acquire completes the reservation with the chosen numbers; the rest is free
// at once. Errors, in order of precedence: ErrReservationNotFound, those of
// Hold.Acquire.
func (p *Pool) Acquire(id telephony.ReservationID, chosen telephony.NumberList) (Reservation, error) {
	return p.change("acquire", id, func(h Hold, now time.Time) (Hold, telephony.NumberList, error) {
		return h.Acquire(now, chosen)
	})
}

// AcquireAll completes the reservation with all its numbers. Errors, in order
// of precedence: ErrReservationNotFound, those of Hold.AcquireAll.
func (p *Pool) AcquireAll(id telephony.ReservationID) (Reservation, error) {
	return p.change("acquire", id, func(h Hold, now time.Time) (Hold, telephony.NumberList, error) {
		next, err := h.AcquireAll(now)
		return next, nil, err
	})
}

// Cancel ends the reservation; its numbers are free at once. Errors, in order
// of precedence: ErrReservationNotFound, those of Hold.Cancel.
func (p *Pool) Cancel(id telephony.ReservationID) (Reservation, error) {
	return p.change("cancel", id, func(h Hold, now time.Time) (Hold, telephony.NumberList, error) {
		return h.Cancel(now)
	})
}

// Extend puts the end of the reservation off. Errors, in order of precedence:
// ErrReservationNotFound, those of Hold.Extend.
func (p *Pool) Extend(id telephony.ReservationID, by time.Duration) (Reservation, error) {
	return p.change("extend", id, func(h Hold, now time.Time) (Hold, telephony.NumberList, error) {
		next, err := h.Extend(now, by, p.extension)
		return next, nil, err
	})
}

// Add holds more numbers, which the choice picks, in the reservation. Errors, in
// order of precedence: ErrReservationNotFound; ErrExpired, ErrCancelled or
// ErrCompleted; those of Choice.Validate, of Limits.CheckMore and of Select; those
// of Hold.Add.
func (p *Pool) Add(id telephony.ReservationID, c Choice) (Reservation, error) {
	return p.change("add", id, func(h Hold, now time.Time) (Hold, telephony.NumberList, error) {
		if err := h.CheckOpen(now); err != nil {
			return h, nil, err
		}
		if err := c.Validate(); err != nil {
			return h, nil, err
		}
		if err := p.limits.CheckMore(p.use(), c.Count()); err != nil {
			return h, nil, err
		}
		picks, err := Select(c, p.stock.offer(c))
		if err != nil {
			return h, nil, err
		}
		next, err := h.Add(now, Numbers(picks), p.limits, p.use())
		if err == nil {
			p.stock.take(picks)
		}
		return next, nil, err
	})
}

// Drop takes numbers out of the reservation; they are free at once. Errors, in
// order of precedence: ErrReservationNotFound, those of Hold.Drop.
func (p *Pool) Drop(id telephony.ReservationID, numbers telephony.NumberList) (Reservation, error) {
	return p.change("drop", id, func(h Hold, now time.Time) (Hold, telephony.NumberList, error) {
		return h.Drop(now, numbers)
	})
}

// Release gives acquired numbers back, all or none: they rest for the
// quarantine and are free after it. Errors, in order of precedence:
// ErrNothingChosen; ErrDuplicateNumber and ErrNotAcquired with the numbers.
func (p *Pool) Release(numbers telephony.NumberList) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settle()
	if len(numbers) == 0 {
		return &telephony.Error{Op: "release", Code: ErrNothingChosen, Field: "numbers"}
	}
	if err := checkDuplicates(ascending(numbers)); err != nil {
		return about("release", "", err)
	}
	picks := ByBlock(numbers)
	if foreign := p.stock.notAcquired(picks); len(foreign) > 0 {
		return &telephony.Error{Op: "release", Code: ErrNotAcquired, Field: "numbers", Numbers: foreign,
			Fix: "release only numbers that were acquired"}
	}
	if p.quarantine == 0 {
		p.stock.free(picks)
		return nil
	}
	p.stock.rest(picks)
	p.resting = append(p.resting, rest{until: later(p.now, p.quarantine), picks: picks})
	return nil
}

// Free returns how many numbers can be reserved.
func (p *Pool) Free() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settle()
	return p.stock.freeCount
}

// Held returns how many numbers are in open reservations.
func (p *Pool) Held() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settle()
	return p.held
}

// Resting returns how many released numbers are in quarantine.
func (p *Pool) Resting() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settle()
	return p.stock.restingCount
}

// LogValue counts the numbers in structured logs.
func (p *Pool) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("free", p.Free()), slog.Int("held", p.Held()), slog.Int("resting", p.Resting()))
}

func (p *Pool) use() Use { return Use{Open: len(p.open), Held: p.held} }

func (e *entry) copy() Reservation {
	r := Reservation{ID: e.id, Hold: e.hold}
	r.Numbers, r.Acquired = slices.Clone(r.Numbers), slices.Clone(r.Acquired)
	return r
}

// about says in an error which operation was refused, and on what.
func about(op string, id telephony.ReservationID, err error) error {
	var e *telephony.Error
	if !errors.As(err, &e) {
		return err
	}
	named := *e
	named.Op = op
	if id != "" {
		named.Subject = "reservation " + string(id)
	}
	return &named
}
