package reservation_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"pgregory.net/rapid"
)

// The model is a map of numbers and a map of reservations, with every rule in
// its plainest form. Time is nanoseconds.
type poolModel struct {
	now     int64
	numbers map[telephony.Number]*modelNumber
	holds   map[telephony.ReservationID]*modelHold
	made    int
	closed  []*modelHold // in the order of closing
}

type modelNumber struct {
	state string // free, held, acquired, resting
	until int64  // of resting
}

type modelHold struct {
	id                    telephony.ReservationID
	numbers, acquired     telephony.NumberList
	made, expires, closed int64
	state                 reservation.State
}

const (
	modelHoldFor    = int64(100)
	modelQuarantine = int64(70)
	modelRetention  = int64(150)
	modelRetained   = 4
	modelLongest    = int64(250)
)

var modelLimits = reservation.Limits{Open: 4, Held: 30, PerRequest: 20}

// settle moves time on and does what is due, in order of the moments.
func (m *poolModel) settle(clock int64) {
	m.now = max(m.now, clock)
	var due []*modelHold
	for _, h := range m.holds {
		if h.state == reservation.Reserved && m.now >= h.expires {
			due = append(due, h)
		}
	}
	slices.SortFunc(due, func(a, b *modelHold) int {
		if a.expires != b.expires {
			return int(a.expires - b.expires)
		}
		return number(a.id) - number(b.id)
	})
	for _, h := range due {
		m.close(h, reservation.Expired, h.expires, nil)
	}
	for _, n := range m.numbers {
		if n.state == "resting" && m.now >= n.until {
			n.state = "free"
		}
	}
	m.forget()
}

func number(id telephony.ReservationID) int {
	n, _ := strconv.Atoi(string(id[2:]))
	return n
}

func (m *poolModel) close(h *modelHold, s reservation.State, at int64, acquired telephony.NumberList) {
	h.state, h.closed, h.acquired = s, at, acquired
	for _, n := range h.numbers {
		m.numbers[n].state = "free"
	}
	for _, n := range acquired {
		m.numbers[n].state = "acquired"
	}
	m.closed = append(m.closed, h)
}

func (m *poolModel) forget() {
	for len(m.closed) > modelRetained || len(m.closed) > 0 && m.now-m.closed[0].closed >= modelRetention {
		delete(m.holds, m.closed[0].id)
		m.closed = m.closed[1:]
	}
}

func (m *poolModel) in(state string) map[telephony.Number]bool {
	set := map[telephony.Number]bool{}
	for n, s := range m.numbers {
		if s.state == state {
			set[n] = true
		}
	}
	return set
}

func (m *poolModel) open() (ids []telephony.ReservationID) {
	for id, h := range m.holds {
		if h.state == reservation.Reserved {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b telephony.ReservationID) int { return number(a) - number(b) })
	return ids
}

// reserve says which code refuses the choice, or which numbers it gets.
func (m *poolModel) reserve(c reservation.Choice) (telephony.NumberList, telephony.Code) {
	count := c.Count()
	switch {
	case count > modelLimits.PerRequest:
		return nil, reservation.ErrQuantity
	case len(m.open()) >= modelLimits.Open:
		return nil, reservation.ErrTooManyOpen
	case len(m.in("held"))+count > modelLimits.Held:
		return nil, reservation.ErrTooManyHeld
	}
	picked, code := m.pick(c)
	if code != "" {
		return nil, code
	}
	m.made++
	id := telephony.ReservationID("r-" + strconv.Itoa(m.made))
	m.holds[id] = &modelHold{id: id, numbers: picked, made: m.now, expires: m.now + modelHoldFor, state: reservation.Reserved}
	for _, n := range picked {
		m.numbers[n].state = "held"
	}
	return picked, ""
}

// pick says which numbers the choice picks, or which code refuses it.
func (m *poolModel) pick(c reservation.Choice) (telephony.NumberList, telephony.Code) {
	picked, _ := naiveSelect(c, m.in("free"))
	switch {
	case len(picked) > 0:
		return picked, ""
	case len(c.Numbers) > 0:
		return nil, reservation.ErrNumbersTaken
	}
	return nil, reservation.ErrOutOfStock
}

// add says which code refuses more numbers for a reservation.
func (m *poolModel) add(id telephony.ReservationID, c reservation.Choice) telephony.Code {
	if code := m.over(id); code != "" {
		return code
	}
	switch count := c.Count(); {
	case count > modelLimits.PerRequest:
		return reservation.ErrQuantity
	case len(m.in("held"))+count > modelLimits.Held:
		return reservation.ErrTooManyHeld
	}
	picked, code := m.pick(c)
	for _, n := range picked {
		m.numbers[n].state = "held"
	}
	if h := m.holds[id]; code == "" {
		h.numbers = append(h.numbers, picked...)
		slices.SortFunc(h.numbers, telephony.Number.Compare)
	}
	return code
}

// over says which code refuses an event on the reservation, "" for none.
func (m *poolModel) over(id telephony.ReservationID) telephony.Code {
	h, ok := m.holds[id]
	if !ok {
		return reservation.ErrReservationNotFound
	}
	return map[reservation.State]telephony.Code{reservation.Completed: reservation.ErrCompleted,
		reservation.Cancelled: reservation.ErrCancelled, reservation.Expired: reservation.ErrExpired}[h.state]
}

// fakeClock counts how often it is read.
type fakeClock struct {
	at    int64
	reads int
}

func (c *fakeClock) Now() time.Time {
	c.reads++
	return time.Unix(0, c.at)
}

// poolMachine drives a pool and the model side by side.
type poolMachine struct {
	pool  *reservation.Pool
	clock *fakeClock
	model *poolModel
	reads int
}

func newPoolMachine(t *rapid.T) *poolMachine {
	clock := &fakeClock{at: rapid.Int64Range(-1000, 1000).Draw(t, "start")}
	pool, err := reservation.NewPool(clock, reservation.WithHoldFor(time.Duration(modelHoldFor)),
		reservation.WithLimits(modelLimits), reservation.WithQuarantine(time.Duration(modelQuarantine)),
		reservation.WithRetention(time.Duration(modelRetention), modelRetained),
		reservation.WithExtension(reservation.Extension{Allowed: true, MaxTotal: time.Duration(modelLongest)}))
	if err != nil {
		t.Fatal(err)
	}
	m := &poolMachine{pool: pool, clock: clock, model: &poolModel{now: clock.at,
		numbers: map[telephony.Number]*modelNumber{}, holds: map[telephony.ReservationID]*modelHold{}}}
	m.load(t, "+9995550990", 25)
	m.load(t, "+99955510000", 5)
	return m
}

// tick is what precedes every call: the model settles at the clock's time.
func (m *poolMachine) tick() {
	m.model.settle(m.clock.at)
	m.reads++
}

func (m *poolMachine) load(t *rapid.T, first string, count int) {
	r, err := telephony.NewRange(num(first), count)
	if err != nil {
		t.Fatal(err)
	}
	m.tick()
	want := telephony.Code("")
	for n := range r.All() {
		if m.model.numbers[n] != nil {
			want = reservation.ErrDuplicateStock
		}
	}
	if got := codeOf(t, m.pool.Load(r)); got != want {
		t.Fatalf("load: %q, want %q", got, want)
	}
	if want != "" {
		return
	}
	for n := range r.All() {
		m.model.numbers[n] = &modelNumber{state: "free"}
	}
}

func (m *poolMachine) all() (list telephony.NumberList) {
	for n := range m.model.numbers {
		list = append(list, n)
	}
	slices.SortFunc(list, telephony.Number.Compare)
	return append(list, num("+9998880000"))
}

func (m *poolMachine) drawID(t *rapid.T) telephony.ReservationID {
	newest := m.model.made
	return telephony.ReservationID("r-" + strconv.Itoa(rapid.IntRange(max(0, newest-7), newest+1).Draw(t, "id")))
}

func (m *poolMachine) drawNumbers(t *rapid.T) telephony.NumberList {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(m.all()), 1, 5, rapid.ID[telephony.Number]).Draw(t, "numbers")
}

func (m *poolMachine) Load(t *rapid.T) {
	first := rapid.SampledFrom([]string{"+9995550980", "+9995551010", "+9995551020", "+9995552000"}).Draw(t, "first")
	m.load(t, first, rapid.IntRange(1, 12).Draw(t, "count"))
}

func (m *poolMachine) MoveClock(t *rapid.T) {
	m.clock.at += rapid.OneOf(rapid.Int64Range(-60, 60), rapid.SampledFrom([]int64{1, 69, 70, 99, 100, 101, -500})).Draw(t, "by")
}

// ToTheEdge puts the clock next to the moment at which something is due.
func (m *poolMachine) ToTheEdge(t *rapid.T) {
	for _, id := range m.model.open() {
		m.clock.at = m.model.holds[id].expires + rapid.Int64Range(-1, 1).Draw(t, "off")
		return
	}
}

func (m *poolMachine) drawChoice(t *rapid.T) reservation.Choice {
	c := reservation.Choice{Quantity: rapid.IntRange(1, 21).Draw(t, "quantity")}
	switch rapid.IntRange(0, 4).Draw(t, "way") {
	case 0:
		c.Consecutive = true
	case 1:
		c.AllowFewer = true
	case 2:
		c.Prefix = telephony.MustParsePrefix(rapid.SampledFrom([]string{"99955510", "999555099", "9995551", "99955510000"}).Draw(t, "prefix"))
	case 3:
		c = reservation.Choice{Numbers: m.drawNumbers(t)}
	}
	return c
}

func (m *poolMachine) Add(t *rapid.T) {
	id, c := m.drawID(t), m.drawChoice(t)
	m.tick()
	code := m.model.add(id, c)
	r, err := m.pool.Add(id, c)
	if got := codeOf(t, err); got != code {
		t.Fatalf("add %+v to %s: %q, want %q", c, id, got, code)
	}
	if code == "" {
		m.same(t, r, m.model.holds[id])
	}
}

func (m *poolMachine) Drop(t *rapid.T) {
	id := m.drawID(t)
	m.tick()
	code, h := m.model.over(id), m.model.holds[id]
	var dropped, left telephony.NumberList
	if h != nil {
		at := rapid.IntRange(0, len(h.numbers)).Draw(t, "dropped")
		dropped, left = slices.Clone(h.numbers[:at]), slices.Clone(h.numbers[at:])
	}
	switch {
	case code != "":
	case len(dropped) == 0:
		code = reservation.ErrNothingChosen
	case len(left) == 0:
		code = reservation.ErrNothingLeft
	}
	r, err := m.pool.Drop(id, dropped)
	if got := codeOf(t, err); got != code {
		t.Fatalf("drop %v of %s: %q, want %q", dropped, id, got, code)
	}
	if code == "" {
		h.numbers = left
		for _, n := range dropped {
			m.model.numbers[n].state = "free"
		}
		m.same(t, r, h)
	}
}

func (m *poolMachine) Reserve(t *rapid.T) {
	c := m.drawChoice(t)
	m.tick()
	want, code := m.model.reserve(c)
	r, err := m.pool.Reserve(c)
	if got := codeOf(t, err); got != code {
		t.Fatalf("reserve %+v: %q, want %q", c, got, code)
	}
	if code == "" {
		if !slices.Equal(r.Numbers, want) {
			t.Fatalf("reserve %+v: got %v, want %v", c, r.Numbers, want)
		}
		m.same(t, r, m.model.holds[r.ID])
		clear(r.Numbers) // the list is the caller's own
	}
}

func (m *poolMachine) Acquire(t *rapid.T) {
	id := m.drawID(t)
	m.tick()
	code, h := m.model.over(id), m.model.holds[id]
	var chosen telephony.NumberList
	if h != nil {
		chosen = slices.Clone(h.numbers[:rapid.IntRange(0, len(h.numbers)).Draw(t, "chosen")])
	}
	foreign := rapid.IntRange(0, 3).Draw(t, "foreign") == 0
	if foreign {
		chosen = append(chosen, num("+9998880000"))
	}
	switch {
	case code != "":
	case len(chosen) == 0:
		code = reservation.ErrNothingChosen
	case foreign:
		code = reservation.ErrNotInReservation
	}
	r, err := m.pool.Acquire(id, chosen)
	if got := codeOf(t, err); got != code {
		t.Fatalf("acquire %s: %q, want %q", id, got, code)
	}
	if code == "" {
		m.model.close(h, reservation.Completed, m.model.now, chosen)
		m.same(t, r, h)
	}
}

func (m *poolMachine) AcquireAll(t *rapid.T) {
	m.event(t, reservation.Completed, m.pool.AcquireAll, func(h *modelHold) telephony.NumberList { return h.numbers })
}

func (m *poolMachine) Cancel(t *rapid.T) {
	m.event(t, reservation.Cancelled, m.pool.Cancel, func(*modelHold) telephony.NumberList { return nil })
}

func (m *poolMachine) event(t *rapid.T, to reservation.State,
	call func(telephony.ReservationID) (reservation.Reservation, error), keep func(*modelHold) telephony.NumberList) {
	id := m.drawID(t)
	m.tick()
	code, h := m.model.over(id), m.model.holds[id]
	r, err := call(id)
	if got := codeOf(t, err); got != code {
		t.Fatalf("%v %s: %q, want %q", to, id, got, code)
	}
	if code == "" {
		m.model.close(h, to, m.model.now, keep(h))
		m.same(t, r, h)
	}
}

func (m *poolMachine) Extend(t *rapid.T) {
	id, by := m.drawID(t), rapid.Int64Range(-1, 160).Draw(t, "by")
	m.tick()
	code, h := m.model.over(id), m.model.holds[id]
	switch {
	case code != "":
	case by <= 0:
		code = reservation.ErrExtensionTooShort
	case h.expires+by-h.made > modelLongest:
		code = reservation.ErrExtensionTooLong
	default:
		h.expires += by
	}
	r, err := m.pool.Extend(id, time.Duration(by))
	if got := codeOf(t, err); got != code {
		t.Fatalf("extend %s by %d: %q, want %q", id, by, got, code)
	}
	if code == "" {
		m.same(t, r, h)
	}
}

func (m *poolMachine) Release(t *rapid.T) {
	numbers := m.drawNumbers(t)
	m.tick()
	acquired := m.model.in("acquired")
	if mine := slices.DeleteFunc(slices.Clone(numbers), func(n telephony.Number) bool { return !acquired[n] }); len(mine) > 0 && rapid.Bool().Draw(t, "mine") {
		numbers = mine
	}
	code := telephony.Code("")
	for _, n := range numbers {
		if !acquired[n] {
			code = reservation.ErrNotAcquired
		}
	}
	if got := codeOf(t, m.pool.Release(numbers)); got != code {
		t.Fatalf("release %v: %q, want %q", numbers, got, code)
	}
	if code != "" {
		return
	}
	for _, n := range numbers {
		*m.model.numbers[n] = modelNumber{state: "resting", until: m.model.now + modelQuarantine}
	}
}

func (m *poolMachine) same(t *rapid.T, r reservation.Reservation, h *modelHold) {
	t.Helper()
	if r.ID != h.id || r.State != h.state || r.Made != h.made || r.Expires != h.expires || r.Closed != h.closed ||
		!slices.Equal(r.Numbers, h.numbers) || !slices.Equal(r.Acquired, h.acquired) {
		t.Fatalf("got %+v\nwant %+v", r, *h)
	}
}

// Check compares everything that can be seen, and recounts what cannot.
func (m *poolMachine) Check(t *rapid.T) {
	if faults := m.pool.Recount(); len(faults) > 0 {
		t.Fatalf("the pool does not agree with itself: %v", faults)
	}
	m.tick()
	if got, want := m.pool.Free(), len(m.model.in("free")); got != want {
		t.Fatalf("free %d, want %d", got, want)
	}
	m.tick()
	if got, want := m.pool.Held(), len(m.model.in("held")); got != want {
		t.Fatalf("held %d, want %d", got, want)
	}
	m.tick()
	if got, want := m.pool.Resting(), len(m.model.in("resting")); got != want {
		t.Fatalf("resting %d, want %d", got, want)
	}
	m.tick()
	open := m.pool.Open()
	if ids := m.model.open(); len(open) != len(ids) {
		t.Fatalf("%d open, want %v", len(open), ids)
	}
	for i, id := range m.model.open() {
		m.same(t, open[i], m.model.holds[id])
	}
	for i := range m.model.made + 2 {
		id := telephony.ReservationID("r-" + strconv.Itoa(i))
		m.tick()
		r, err := m.pool.Get(id)
		if h := m.model.holds[id]; h != nil && err == nil {
			m.same(t, r, h)
		} else if h != nil || codeOf(t, err) != reservation.ErrReservationNotFound {
			t.Fatalf("get %s: %v, want %+v", id, err, h)
		}
	}
	if m.clock.reads != m.reads {
		t.Fatalf("%d calls read the clock %d times", m.reads, m.clock.reads)
	}
}

func TestPoolAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newPoolMachine(t)
		t.Repeat(map[string]func(*rapid.T){"Load": m.Load, "MoveClock": m.MoveClock, "ToTheEdge": m.ToTheEdge,
			"Reserve": m.Reserve, "Reserve again": m.Reserve, "Acquire": m.Acquire, "AcquireAll": m.AcquireAll,
			"Cancel": m.Cancel, "Add": m.Add, "Drop": m.Drop, "Extend": m.Extend, "Release": m.Release, "": m.Check})
	})
}
