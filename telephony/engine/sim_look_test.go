package engine_test

import (
	"context"
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// look holds all there is to the books: what each tenant sees, the counters, the
// stock, the log, and the engine's own count of everything.
func (s *sim) look() {
	s.Helper()
	s.doing = "looking"
	s.counts.Looks++
	for _, fault := range s.eng.Check() {
		s.fail("the state does not agree with itself: %v", fault)
	}
	s.lookAtLog()
	past := s.now
	defer func() { s.now = past }()
	for _, id := range simTenants {
		v, err := s.eng.Tenant(id).View(context.Background())
		if err != nil {
			s.fail("no view: %v", err)
		}
		// A view is of its own moment: as late as the clock, never before the state.
		if s.now = max(past, s.stamped()); v.At().UnixNano() != s.now || int(v.Index()) != len(s.tape.commands) {
			s.fail("the view is of %d after %d commands", v.At().UnixNano(), v.Index())
		}
		s.lookAtTenant(s.tenants[id], v)
		s.lookAtStock(v)
	}
}

func (s *sim) lookAtTenant(t *simTenant, v *engine.View) {
	s.Helper()
	numbers := t.numbers()
	i := 0
	for n := range v.Numbers(engine.NumberQuery{}) {
		if i >= len(numbers) || n.Number != numbers[i] {
			s.fail("%s's number %d is %s", t.id, i, n.Number)
		}
		own := t.owned[n.Number]
		if n.Person != own.person || n.Service != own.service || n.Location != own.location || n.Kind != own.kind || n.Area != own.area || n.Ported != own.ported {
			s.fail("%s's number is %+v, and should be %+v", t.id, n, own)
		}
		if n.Block.Since.IsZero() == own.isBlocked(s.now) {
			s.fail("%s's number is %+v, and should be blocked until %d", t.id, n, own.blocked)
		}
		if p := t.person(own.person); own.person != "" && p.number != n.Number {
			s.fail("%s's person is %+v", t.id, p)
		}
		i++
	}
	if i != len(numbers) {
		s.fail("%s has %d numbers, and should have %d", t.id, i, len(numbers))
	}
	s.lookAtHolds(t, v)
	s.lookAtPorts(t, v)
	var resting telephony.NumberList
	for r := range v.Resting() {
		if resting = append(resting, r.Number); r.Until.UnixNano() != s.rests[r.Number] {
			s.fail("%s rests until %s", r.Number, r.Until)
		}
	}
	if !slices.Equal(unique(resting), s.resting(t)) {
		s.fail("of %s's rest %v, and should %v", t.id, resting, s.resting(t))
	}
	d := v.Dashboard()
	for _, c := range d.Numbers {
		u := s.use(t, c.Kind)
		if c.Acquired != u.acquired || c.Held != u.held || d.OpenReservations != int(u.open) {
			s.fail("%s's dashboard is %+v, and should be %+v", t.id, d, u)
		}
		if c.Kind != telephony.TollFreeNumber && (c.Quota.Limit != t.limit(c.Kind) || c.Quota.Left != max(0, t.limit(c.Kind)-u.acquired+t.ported(c.Kind)-u.held)) {
			s.fail("%s's quota is %+v of %d", t.id, c.Quota, t.limit(c.Kind))
		}
	}
	if int(d.People) != len(t.people) || int(d.Addresses) != t.addresses() {
		s.fail("%s's dashboard is %+v, and should have %d people and %d addresses", t.id, d, len(t.people), t.addresses())
	}
}

// lookAtHolds compares the open reservations, and has a reservation that is
// over seen as such.
func (s *sim) lookAtHolds(t *simTenant, v *engine.View) {
	s.Helper()
	open := map[telephony.ReservationID]engine.Reservation{}
	for r := range v.Open() {
		open[r.ID] = r
	}
	for _, h := range t.holds {
		r, listed := open[h.id]
		if listed != s.live(h) {
			s.fail("%s's reservation %s is open: %v", t.id, h.id, listed)
		}
		if listed && (r.Expires.UnixNano() != h.expires || r.Made.UnixNano() != h.made || !slices.Equal(r.Numbers(), h.numbers) || r.Reference != h.reference) {
			s.fail("%s's reservation is %+v, and should be %+v", t.id, r, h)
		}
		if !listed && h.over == "" && h.ended == 0 {
			h.ended = h.expires // counted once
			s.counts.Expired++
		}
		delete(open, h.id)
	}
	if len(open) > 0 {
		s.fail("%s has reservations that it never made: %v", t.id, open)
	}
	for r := range v.Reservations(engine.ReservationQuery{State: reservation.Completed}) {
		if h := t.hold(r.ID); h == nil || h.over != reservation.ErrCompleted || h.ended != r.Closed.UnixNano() {
			s.fail("%s's reservation %s is completed", t.id, r.ID)
		}
	}
}

// lookAtStock counts what is free.
func (s *sim) lookAtStock(v *engine.View) {
	s.Helper()
	taken := s.taken(s.fail)
	total, free := s.shelves(), map[simShelf]int{}
	for n, on := range s.stock {
		if taken[n] == "" {
			free[on]++
		}
	}
	for _, k := range []telephony.Kind{telephony.UserNumber, telephony.TollNumber} {
		for a := range v.Areas(k, telephony.Area{}) {
			on := simShelf{a.Area, k}
			if int(a.Total) != total[on] || int(a.Free) != free[on] {
				s.fail("of %v %d of %d are free, and should be %d of %d", on, a.Free, a.Total, free[on], total[on])
			}
			delete(total, on)
		}
	}
	if len(total) > 0 {
		s.fail("not listed: %v", total)
	}
}

// lookAtLog reads what was written since the last look: one entry a command,
// one after the other, at times that do not go back.
func (s *sim) lookAtLog() {
	s.Helper()
	entries := s.entriesOf(s.eng)
	if want := min(len(s.tape.commands), s.set.KeepLog); len(entries) != want {
		s.fail("the log has %d entries, and should have %d", len(entries), want)
	}
	for i, e := range entries {
		if e.Index <= s.looked && i > 0 {
			continue
		}
		out := s.tape.outcomes[e.Index-1]
		if e.Refused != codeOf(out.Err) || !e.At.Equal(out.At) || e.Index != out.Index {
			s.fail("entry %+v is of %+v", e, out)
		}
		if i > 0 && (e.Index != entries[i-1].Index+1 || e.At.Before(entries[i-1].At)) {
			s.fail("entry %d at %s follows %d at %s", e.Index, e.At, entries[i-1].Index, entries[i-1].At)
		}
	}
	s.looked = uint64(len(s.tape.commands))
}
