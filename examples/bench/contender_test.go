package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"
)

// small has three areas to hold numbers of and one to acquire them in.
var small = stock{Areas: 3, Size: 1000, Fiction: 1, Tenants: 4}

const acquirable = 3 // that area

// TestContenders holds every contender that can be had here to the same rules.
func TestContenders(t *testing.T) {
	for _, e := range field {
		t.Run(e.name, func(t *testing.T) {
			c := newClock()
			o, err := openIn(t.Context(), e, c, addresses{}, defaultKeepLog)
			if out := (leftOut{}); errors.As(err, &out) {
				t.Skip(out.why)
			}
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := o.close(); err != nil {
					t.Error(err)
				}
			}()
			for _, rule := range []struct {
				name string
				test func(*match)
			}{
				{"no number has two holders", noTwoHolders},
				{"holds run out on time", runOutOnTime},
				{"numbers go to people and back", toPeopleAndBack},
				{"stock is loaded as asked", loadedAsAsked},
			} {
				t.Run(rule.name, func(t *testing.T) { rule.test(&match{T: t, contender: o, clock: c}) })
			}
		})
	}
}

// match is a contender under test.
type match struct {
	*testing.T
	contender
	clock *clock
}

func (m *match) ok(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

func (m *match) refused(what string, err error) {
	m.Helper()
	if !errors.Is(err, errRefused) {
		m.Errorf("%s: %v, want a refusal", what, err)
	}
}

func (m *match) counts(when string, want tally) {
	m.Helper()
	got, err := m.count(m.Context())
	m.ok(err)
	if got != want {
		m.Errorf("%s: %+v, want %+v", when, got, want)
	}
}

func (m *match) begin(s stock, people int) {
	m.Helper()
	m.ok(m.found(m.Context(), s.Tenants, people))
	m.ok(m.load(m.Context(), s))
}

// drain reserves until no area has ten numbers, eight callers at once and then
// one more, who finds what they left when they got in each other's way.
func (m *match) drain(s stock) []hold {
	var mu sync.Mutex
	var all []hold
	take := func(seed uint64) {
		rng := rand.New(rand.NewPCG(seed, 1))
		for short := 0; short < 5; {
			h, err := m.reserve(context.Background(), rng.IntN(s.Tenants), rng.IntN(s.areas()))
			mu.Lock()
			switch {
			case errors.Is(err, errShort):
				short++
			case err != nil:
				m.Error(err)
				short = 5
			case len(all) > s.numbers()/ten:
				m.Error("more holds than there are numbers for")
				short = 5
			default:
				all = append(all, h)
			}
			mu.Unlock()
		}
	}
	var callers sync.WaitGroup
	for i := range 8 {
		callers.Go(func() { take(uint64(i)) })
	}
	callers.Wait()
	for area := range s.areas() {
		for {
			h, err := m.reserve(context.Background(), 0, area)
			if errors.Is(err, errShort) {
				break
			}
			m.ok(err)
			if all = append(all, h); len(all) > s.numbers()/ten {
				m.Fatal("more holds than there are numbers for")
			}
		}
	}
	return all
}

func noTwoHolders(m *match) {
	m.begin(small, 1)
	holder, areaOf := map[uint64]hold{}, map[uint64]int{}
	for r := range small.rows(0) {
		areaOf[r.number] = r.area
	}
	for _, h := range m.drain(small) {
		if len(h.numbers) != ten {
			m.Fatalf("a hold of %d numbers", len(h.numbers))
		}
		for _, n := range h.numbers {
			if other, twice := holder[n]; twice {
				m.Fatalf("number %d is in holds %v and %v", n, other, h)
			}
			if area, ok := areaOf[n]; !ok || area != h.area {
				m.Fatalf("number %d is not of area %d", n, h.area)
			}
			holder[n] = h
		}
	}
	if len(holder) != small.numbers() {
		m.Errorf("%d of %d numbers were held", len(holder), small.numbers())
	}
	m.counts("all held", tally{Held: small.numbers()})
}

func runOutOnTime(m *match) {
	m.begin(small, 1)
	all := m.drain(small)
	m.clock.advance(holdFor - time.Millisecond)
	if _, err := m.reserve(m.Context(), 0, 0); !errors.Is(err, errShort) {
		m.Errorf("a millisecond before the end: %v, want none free", err)
	}
	mine := all[slices.IndexFunc(all, func(h hold) bool { return h.area == acquirable })]
	other := all[slices.IndexFunc(all, func(h hold) bool { return h.area == acquirable && !slices.Equal(h.numbers, mine.numbers) })]
	m.ok(m.acquire(m.Context(), mine, mine.numbers[:3]))
	m.counts("three acquired", tally{Free: 7, Held: small.numbers() - 10, Owned: 3})

	m.clock.advance(time.Millisecond)
	m.counts("run out", tally{Free: small.numbers() - 3, Owned: 3})
	m.refused("acquiring after the end", m.acquire(m.Context(), other, other.numbers[:3]))
	for area := range small.areas() {
		h, err := m.reserve(m.Context(), 1, area)
		m.ok(err)
		for _, n := range h.numbers {
			if slices.Contains(mine.numbers[:3], n) {
				m.Errorf("number %d is held and belongs to somebody", n)
			}
		}
	}
	want := tally{Free: small.numbers() - 43, Held: 40, Owned: 3}
	m.counts("reserved again", want)
	m.ok(sweepAll(m.Context(), m))
	m.counts("swept", want)
	if again := m.drain(small); len(again) != (small.numbers()-43)/10 {
		m.Errorf("%d holds could be made of the rest, want %d", len(again), (small.numbers()-43)/10)
	}
	m.counts("fewer than ten left in an area", tally{Free: 7, Held: small.numbers() - 10, Owned: 3})
}

func toPeopleAndBack(m *match) {
	m.begin(small, 2)
	ctx := m.Context()
	h, err := m.reserve(ctx, 2, acquirable)
	m.ok(err)
	m.refused("acquiring what is not in the hold", m.acquire(ctx, h, []uint64{small.number(0, 0)}))
	m.ok(m.acquire(ctx, h, h.numbers[:3]))
	m.refused("acquiring twice", m.acquire(ctx, h, h.numbers[3:6]))

	m.ok(m.assign(ctx, 2, h.numbers[0], 0))
	m.refused("a second number for a person", m.assign(ctx, 2, h.numbers[1], 0))
	m.refused("a number somebody has", m.assign(ctx, 2, h.numbers[0], 1))
	m.refused("another tenant's number", m.assign(ctx, 3, h.numbers[1], 0))
	m.refused("a number nobody acquired", m.assign(ctx, 2, h.numbers[5], 1))
	m.counts("assigned", tally{Free: small.numbers() - 3, Owned: 3, Assigned: 1})

	m.refused("releasing what somebody has", m.release(ctx, h, h.numbers[:3]))
	m.counts("nothing released", tally{Free: small.numbers() - 3, Owned: 3, Assigned: 1})
	m.ok(m.unassign(ctx, 2, h.numbers[0], 0))
	m.ok(m.release(ctx, h, h.numbers[:3]))
	m.refused("releasing twice", m.release(ctx, h, h.numbers[:3]))
	m.counts("released", tally{Free: small.numbers()})
	if all := m.drain(small); len(all) != small.numbers()/10 {
		m.Errorf("%d holds could be made, want all the stock's %d", len(all), small.numbers()/10)
	}
}

func loadedAsAsked(m *match) {
	taken := small
	taken.Taken = 900
	m.begin(taken, 0)
	m.counts("nine tenths taken", tally{Free: 1300, Held: 2700})
	m.clock.advance(holdFor)
	m.counts("they are taken for ever", tally{Free: 1300, Held: 2700})
	if got := len(m.drain(taken)); got != 130 {
		m.Errorf("%d holds of what is free, want 130", got)
	}

	due := small
	due.Holds = 90
	m.begin(due, 0)
	m.counts("nine tenths in holds", tally{Free: 1300, Held: 2700})
	m.clock.advance(holdFor)
	m.counts("all run out at once", tally{Free: 4000})
	m.ok(sweepAll(m.Context(), m))
	m.counts("swept", tally{Free: 4000})
	if got := len(m.drain(due)); got != 400 {
		m.Errorf("%d holds of what came back, want 400", got)
	}
}
