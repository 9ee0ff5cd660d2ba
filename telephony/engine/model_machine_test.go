package engine_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// hand is a clock that is moved by hand.
type hand struct{ at int64 }

func (h *hand) Now() time.Time { return time.Unix(0, h.at).UTC() }

// machine puts the same commands to the model and to two engines, which are
// swept at different times, and writes down what it did.
type machine struct {
	*model
	hand   *hand
	first  *engine.Engine
	second *engine.Engine
	swept  int64 // when one of the two was swept last
	tidy   int64 // when all that the first had to settle was settled
	script []scripted
}

// scripted is one call on the first engine and what the clock showed.
type scripted struct {
	at   int64
	call func(*engine.Engine)
}

func newMachine(t *rapid.T) *machine {
	start := rapid.SampledFrom([]int64{0, time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC).UnixNano()}).Draw(t, "start")
	m := &machine{model: newModel(drawSettings(t)), hand: &hand{at: start}}
	m.clock, m.began = start, start
	m.first, m.second = m.newEngine(t, m.hand), m.newEngine(t, m.hand)
	return m
}

func (m *machine) newEngine(t *rapid.T, c engine.Clock) *engine.Engine {
	e, err := engine.NewStrict(m.set.options(c)...)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// do puts a command to both engines and holds what comes of it to what the
// model says: that it succeeds, or why it is refused. A refusal changes nothing.
func do[R any](t *rapid.T, m *machine, no *refusal, call func(*engine.Engine) (R, error)) R {
	t.Helper()
	var before engine.Digest
	settled := false
	if no != nil {
		if rapid.IntRange(0, 3).Draw(t, "settle first") == 0 {
			m.settleFirst(t)
		}
		if settled = !m.mayBeDue(); settled {
			before = m.first.Digest()
		}
	}
	m.script = append(m.script, scripted{m.clock, func(e *engine.Engine) { call(e) }})
	rehearsal := m.rehearse(t, func(e *engine.Engine) { call(e) })
	got, err := call(m.first)
	m.compareRefusal(t, no, err)
	if rehearsal != nil && rehearsal.Digest() != m.first.Digest() {
		t.Fatalf("it was rehearsed otherwise than it happened")
	}
	if settled && m.first.Digest() != before {
		t.Fatalf("a refused command changed the state: %v", err)
	}
	twin, twinErr := call(m.second)
	m.compareRefusal(t, no, twinErr)
	if !reflect.DeepEqual(got, twin) {
		t.Fatalf("the two engines gave different results: %+v and %+v", got, twin)
	}
	if no == nil || !no.early {
		m.time = m.now()
	}
	return got
}

// rehearse now and then does on a copy of the first engine what is about to be
// done on itself, and returns the copy.
func (m *machine) rehearse(t *rapid.T, call func(*engine.Engine)) *engine.Engine {
	if rapid.IntRange(0, 7).Draw(t, "rehearse") != 0 {
		return nil
	}
	before := m.first.Digest()
	rehearsal, err := m.first.As("").Rehearse(ctx)
	if err != nil {
		t.Fatal(err)
	}
	call(rehearsal)
	if m.first.Digest() != before {
		t.Fatal("a rehearsal changed the state")
	}
	return rehearsal
}

// ok is do for commands that give nothing.
func (m *machine) ok(t *rapid.T, no *refusal, call func(*engine.Engine) error) {
	t.Helper()
	do(t, m, no, func(e *engine.Engine) (any, error) { return nil, call(e) })
}

func (m *machine) compareRefusal(t *rapid.T, no *refusal, err error) {
	t.Helper()
	var e *telephony.Error
	switch {
	case no == nil && err == nil:
		return
	case no == nil:
		t.Fatalf("refused, but should not be: %v %v", codes(err), err)
	case !errors.As(err, &e):
		t.Fatalf("not refused for %v, but: %v", no.codes, err)
	}
	got := codes(err)
	if no.first {
		got = got[:1]
	}
	if !slices.Equal(got, no.codes) || !errors.Is(err, no.codes[0]) {
		t.Fatalf("refused for %v, but should be for %v: %v", codes(err), no.codes, err)
	}
	if e.Op == "" || len(e.Error()) < 10 {
		t.Fatalf("the error says too little: %v", err)
	}
	if len(e.Reasons) > 0 {
		e = e.Reasons[0]
	}
	if named := append(unique(e.Numbers), numbersOf(e.Ranges)...); no.numbers != nil && !slices.Equal(named, no.numbers) {
		t.Fatalf("%v names %d numbers, but should others, %d: %v", e.Code, len(named), len(no.numbers), err)
	}
	if got, told := e.Figure("available"); no.available >= 0 && (!told || got != int64(no.available)) {
		t.Fatalf("%v: %d available, but should be %d", e.Code, got, no.available)
	}
}

// codes lists the reasons of an error.
func codes(err error) []telephony.Code {
	var e *telephony.Error
	if !errors.As(err, &e) {
		return nil
	}
	if len(e.Reasons) == 0 {
		return []telephony.Code{e.Code}
	}
	var all []telephony.Code
	for _, r := range e.Reasons {
		all = append(all, r.Code)
	}
	return all
}

// mayBeDue reports whether the first engine may have something to settle, which
// it does with any command that comes, a refused one too. It also looks anew
// when the end comes that a hold had before it was extended.
func (m *machine) mayBeDue() bool {
	due := func(at int64) bool { return at >= m.tidy && at <= m.now() }
	// What was kept long enough is dropped within an hour.
	stale := func(at int64) bool { return at <= m.now() && at+int64(time.Hour) >= m.tidy }
	for _, t := range m.tenants {
		for _, h := range t.holds {
			if due(h.expires) || slices.ContainsFunc(h.put, due) || !m.open(h) && stale(m.ended(h)+int64(m.set.keepClosed)) {
				return true
			}
		}
	}
	defer m.lose()()
	return slices.ContainsFunc(m.lost, due) || slices.ContainsFunc(m.rests, func(r rest) bool { return due(r.until) })
}

// sweep tidies one engine to the end.
func (m *machine) sweep(t *rapid.T, e *engine.Engine) {
	for more := true; more; {
		var err error
		if more, err = e.Sweep(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	m.swept = m.now()
	if e == m.first {
		m.script = append(m.script, scripted{m.clock, func(e *engine.Engine) { _, _ = e.Sweep(context.Background()) }})
	}
}

// settleFirst leaves the first engine nothing to settle: neither in the pool nor
// in what it keeps for each tenant of when there will be something.
func (m *machine) settleFirst(t *rapid.T) {
	for _, id := range m.tenantIDs() {
		call := func(e *engine.Engine) { _ = e.Tenant(id).MarkTold(context.Background(), engine.Told{Person: "nobody"}) }
		call(m.first)
		m.script = append(m.script, scripted{m.clock, call})
	}
	m.sweep(t, m.first)
	m.tidy = m.now()
}

// turn sets the clock. State time does not follow it back, but it comes to
// where the clock was with the last command or sweep that did something; where
// one engine may have been swept since then and not the other, a command
// brings them to the same moment first; and where somebody has lost a number that
// only views know of, which would be theirs again.
func (m *machine) turn(t *rapid.T, at int64) {
	at = max(at, 0)
	seen := slices.ContainsFunc(m.lost, func(at int64) bool { return at > m.time })
	if at < m.clock && (m.swept > m.time || seen) {
		m.ok(t, refuse(engine.ErrUnknownTenant), func(e *engine.Engine) error {
			return e.Tenant("nobody").MarkTold(context.Background(), engine.Told{Person: "p1"})
		})
	}
	m.clock, m.hand.at = at, at
}

// ends returns the moments to come at which held numbers become free.
func (m *machine) ends() (at []int64) {
	for _, t := range m.tenants {
		for _, h := range t.holds {
			if m.open(h) {
				at = append(at, h.expires)
			}
		}
	}
	for _, r := range m.rests {
		at = append(at, r.until)
	}
	return m.toCome(at)
}

// moments returns those and the others at which something happens by itself.
func (m *machine) moments() (at []int64) {
	for _, t := range m.tenants {
		for _, h := range t.holds {
			at = append(at, m.ended(h)+int64(m.set.keepClosed))
		}
		for _, p := range t.people {
			at = append(at, p.visibleAt)
			if p.lapse != nil {
				at = append(at, p.lapse.until)
			}
		}
		for _, n := range t.numbers {
			if n.block != nil && n.block.until > 0 {
				at = append(at, n.block.until)
			}
		}
		for _, p := range t.ports {
			at = append(at, p.approved, p.approved-hours24, p.approved-hours24+1)
		}
		at = append(at, t.door.until)
	}
	return m.toCome(append(at, m.ends()...))
}

func (m *machine) toCome(at []int64) []int64 {
	at = slices.DeleteFunc(at, func(at int64) bool { return at < m.now() })
	slices.Sort(at)
	return slices.Compact(at)
}

// replay plays what was done to the first engine to a new one.
func (m *machine) replay(t *rapid.T) *engine.Engine {
	h := &hand{}
	e := m.newEngine(t, h)
	for _, s := range m.script {
		h.at = s.at
		s.call(e)
	}
	return e
}
