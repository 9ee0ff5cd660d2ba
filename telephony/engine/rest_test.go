package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestEndRest: what rests is free at once, in part and in all.
func TestEndRest(t *testing.T) {
	s := newScene(t)
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: append(slices.Clone(s.spare), s.toll[0])}))
	free := s.free(seattle)
	ended, err := s.eng.As("").EndRest(s.ctx, engine.EndRest{Tenant: "contoso", Numbers: telephony.NumberList{s.adeles, s.spare[3], s.spare[1]}})
	s.must(err)
	want := engine.RestEnded{Freed: telephony.NumberList{s.spare[1], s.spare[3]}, NotResting: telephony.NumberList{s.adeles}}
	if diff := cmp.Diff(want, ended, cmp.Comparer(func(a, b telephony.Number) bool { return a == b })); diff != "" {
		t.Errorf("what ended:\n%s", diff)
	}
	if got := s.free(seattle); got != free+2 {
		t.Errorf("%d are free, want %d", got, free+2)
	}
	for number, freed := range map[telephony.Number]bool{s.spare[1]: true, s.spare[0]: false} {
		is(t, s.tryReserve(engine.Reserve{Numbers: telephony.NumberList{number}}), !freed, engine.ErrNumbersResting)
	}
	listed, err := s.eng.As("").Resting(s.ctx, "")
	s.must(err)
	var left telephony.NumberList
	for r := range listed {
		left = append(left, r.Number)
		if r.Tenant != "contoso" || r.Left != aging || r.Until.Sub(r.Since) != aging || r.Area != seattle {
			t.Errorf("it rests as %+v", r)
		}
	}
	if want := unique(telephony.NumberList{s.toll[0], s.spare[0], s.spare[2]}); !slices.Equal(unique(left), want) {
		t.Errorf("%d numbers rest, want %d", len(left), len(want))
	}
	ended, err = s.eng.As("").EndRest(s.ctx, engine.EndRest{Tenant: "contoso", All: true})
	if err != nil || len(ended.Freed) != 3 || ended.More || len(ended.NotResting) != 0 {
		t.Errorf("all: %+v, %v", ended, err)
	}
}

// TestRestingPages: pages of any size make the whole list, block by block.
func TestRestingPages(t *testing.T) {
	w := newWorld(t)
	var all telephony.NumberList
	for _, a := range []telephony.Area{seattle, newYork} {
		for range 3 {
			some := w.acquire(engine.Reserve{Area: a, Quantity: 3}, "")
			w.must(w.org.Release(w.ctx, engine.Release{Numbers: some}))
			all = append(all, some...)
		}
	}
	both := telephony.NumberList(w.acquire(engine.Reserve{Numbers: telephony.NumberList{number("+14255550150"), number("+12125550140")}}, ""))
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: both})) // of two blocks
	all = unique(append(all, both...))
	v := w.view()
	for size := 1; size < 25; size++ {
		var got telephony.NumberList
		for _, r := range collectPages(t, size, v.RestingPage) {
			got = append(got, r.Number)
		}
		if !slices.Equal(got, all) {
			t.Errorf("size %d: the pages have %d numbers, want %d", size, len(got), len(all))
		}
	}
}

// TestReclaimAroundTheEnd: a released number can be had back as long as it rests,
// and not from then on.
func TestReclaimAroundTheEnd(t *testing.T) {
	for _, m := range moments {
		for _, sw := range sweeps {
			t.Run(fmt.Sprintf("%s, %s", m.name, sw.name), func(t *testing.T) {
				s := newScene(t)
				from := s.clock.Now()
				s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare}))
				s.clock.Set(from.Add(aging + m.off))
				sw.sweep(s.world)
				if got := len(slices.Collect(s.view().Resting())); got != map[bool]int{true: 0, false: 4}[m.over] {
					t.Errorf("%d numbers rest", got)
				}
				is(t, s.tryReclaim("", s.spare[1:3]...), m.over, engine.ErrNotResting)
				if m.over {
					return
				}
				got, err := s.view().Number(s.spare[1])
				if err != nil || got.State != telephony.Unassigned || !got.Acquired.Equal(s.clock.Now()) {
					t.Errorf("it is %+v, %v", got, err)
				}
				s.clock.Set(from.Add(aging))
				s.sweepAll()
				if _, err := s.view().Number(s.spare[1]); err != nil {
					t.Error("a reclaimed number went on to rest")
				}
			})
		}
	}
}

// TestOnlyTheFormerTenantReclaims, though another knows the number.
func TestOnlyTheFormerTenantReclaims(t *testing.T) {
	s := newScene(t)
	other := s.tenant("fabrikam", 10)
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare}))
	if err := other.Reclaim(s.ctx, engine.Reclaim{Numbers: s.spare}); !errors.Is(err, engine.ErrNotResting) {
		t.Errorf("got %v", err)
	}
	if got := slices.Collect(s.viewOf(other).Resting()); len(got) != 0 {
		t.Errorf("another tenant sees %d numbers rest", len(got))
	}
	ended, err := s.eng.As("").EndRest(s.ctx, engine.EndRest{Tenant: "fabrikam", Numbers: s.spare})
	if err != nil || len(ended.Freed) != 0 || len(ended.NotResting) != 4 {
		t.Errorf("the rest of another tenant's ended: %+v, %v", ended, err)
	}
}

// TestEndRestIsBounded: one call frees so many and says that there are more.
func TestEndRestIsBounded(t *testing.T) {
	limits := reservation.Limits{Open: 10, Held: 10_000, PerRequest: 5_000}
	w := newWorld(t, engine.WithLimits(limits))
	w.buy(w.org, licensing.PhoneSystem, 6_000)
	area := telephony.Area{Country: "ZZ", City: "Fiction"}
	w.stock(area, telephony.UserNumber, "+999100200000..+999100205999")
	address, err := w.org.SaveRecord(w.ctx, simRecord("ZZ"))
	w.must(err)
	for _, n := range []int{5_000, 2} {
		numbers := w.acquire(engine.Reserve{Area: area, Quantity: n}, address.Default)
		w.must(w.org.Release(w.ctx, engine.Release{Numbers: numbers}))
	}
	for _, want := range []int{engine.MaxRestEnded, 2, 0} {
		ended, err := w.eng.As("").EndRest(w.ctx, engine.EndRest{Tenant: "contoso", All: true})
		if err != nil || len(ended.Freed) != want || ended.More != (want == engine.MaxRestEnded) {
			t.Errorf("%d are free, want %d, and more: %v, %v", len(ended.Freed), want, ended.More, err)
		}
	}
}
