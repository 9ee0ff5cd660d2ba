package engine

import (
	"math"
	"slices"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// How much of what has run out one command settles of its own tenant's, and how
// much elsewhere. It is more than a command can make, so that a busy engine never
// falls behind, and little enough not to be felt by those who wait.
const (
	ownDue            = 16
	elsewhereDue      = 4
	elsewhereRequests = 4
)

// staleSpan is the span in which accounts stand together by when their first
// closed reservation ended. A whole span is dropped at once, when all in it was
// kept long enough, so that most ends of reservations leave an account where it
// stands. Commands drop what is their tenant's; sweeps do it for idle tenants.
const staleSpan = int64(3600e9)

// endOfTime is later than all moments.
const endOfTime = math.MaxInt64

// settle ends what has run out by now: some that is the command's tenant's, then
// a few elsewhere. What is left counts for nothing, settled or not.
func (s *step) settle() {
	s.settleTenant()
	s.settleDue(elsewhereDue, startOfSecond(s.now)-1)
	s.settleGraces(poolTenant, list{}, elsewhereDue)
	if s.now >= s.oldRequests {
		s.forgetRequests(elsewhereRequests)
	}
}

// settleTenant ends reservations of the tenant that have run out, drops its closed
// ones that were kept long enough, and writes down which numbers were lost.
func (s *step) settleTenant() {
	if s.account == nil {
		return
	}
	s.dropStale(s.account, len(s.account.closed))
	if s.account.anyDue(s.now) {
		s.settleOwn()
	}
	s.settleGraces(s.account.Tenant, listOfRisk(), ownDue)
}

// settleOwn ends reservations of the tenant that have run out, and finds when the
// next one does.
func (s *step) settleOwn() {
	var due reservationList
	soonest := int64(endOfTime)
	for _, r := range s.account.open {
		if r.Expires > s.now {
			soonest = min(soonest, r.Expires)
			continue
		}
		if len(due) == ownDue {
			soonest = s.account.soonest // no more is known of the others than before
			break
		}
		due = append(due, r)
	}
	for _, r := range due {
		s.expire(r)
	}
	s.account.soonest = soonest
}

// startOfSecond returns the first nanosecond of the second that at lies in.
func startOfSecond(at int64) int64 { return at / dueSecond * dueSecond }

// settleDue ends up to limit reservations that ran out no later than through,
// of any tenant and of the pool, those first that ran out in an earlier second.
//
// Commands settle whole seconds that have passed: within a second the table is
// by shelf, so of one that is not over yet all would have to be looked at.
func (s *step) settleDue(limit int, through int64) (settled int) {
	if first, any := s.due.First(); !any || startOfSecond(first.at) > through {
		return 0 // as for most commands
	}
	var due reservationList
	for r := range s.due.All() {
		if len(due) == limit || startOfSecond(r.at) > through {
			break
		}
		// A reservation stands once for each shelf it has numbers of.
		if r.at <= through && !slices.Contains(due, r.reservationRow) {
			due = append(due, r.reservationRow)
		}
	}
	for _, r := range due {
		s.expire(r)
	}
	return len(due)
}

// watch has a reservation end when it runs out.
func (s *step) watch(r *reservationRow) {
	for row := range dueRowsOf(r) {
		if !s.due.Add(row) {
			panic("engine: a reservation is due twice")
		}
	}
}

// unwatch is for one that has ended, or will at another time.
func (s *step) unwatch(r *reservationRow) {
	for row := range dueRowsOf(r) {
		if !s.due.Remove(row) {
			panic("engine: a reservation was never due")
		}
	}
}

// settleShelf ends reservations that have run out and hold numbers of a shelf,
// until enough says that it is enough, and returns how many it ended.
func (s *step) settleShelf(on shelf, enough func(*reservationRow) bool) (settled int) {
	var due reservationList
	for r := range dueOn(s.due.Set, on, s.now) {
		due = append(due, r)
		if enough(r) {
			break
		}
	}
	for _, r := range due {
		s.expire(r)
	}
	return len(due)
}

// expire ends one reservation that has run out.
func (s *step) expire(r *reservationRow) {
	next, rest, ok := r.Expire(s.time())
	if !ok {
		panic("engine: a reservation ended before its time")
	}
	if r.Tenant == poolTenant {
		s.unwatch(r)
		must(s.tables.rests.Delete(s.tx, restKey(r.ID)))
		s.putBack(rest, r.Shelves)
		s.event(Event{Type: NumbersRested, Numbers: rest})
		return
	}
	a, _ := s.closeReservation(r, next, rest)
	s.event(Event{Type: ReservationExpired, Tenant: a.ID, Reservation: r.ID, Reference: r.Reference, Numbers: rest})
}

// closeReservation moves a reservation that has ended to the closed ones, makes
// the rest of its numbers free and returns the account of its tenant. A tenant
// with more closed ones than are kept loses the one that ended first.
func (s *step) closeReservation(r *reservationRow, next reservation.Hold, rest telephony.NumberList) (*accountRow, *reservationRow) {
	s.unwatch(r)
	s.putBack(rest, r.Shelves)
	a := s.edit(s.accountRow(r.Tenant))
	a.open = a.open.without(r)
	a.Use[r.Kind].Held -= int64(len(r.Numbers))
	closed := *r
	closed.Hold = next
	if most := s.settings.KeepClosedMost; most > 0 {
		a.addClosed(&closed)
		a.dropClosed(len(a.closed) - most)
	}
	return a, &closed
}

// forgettable returns the moment from which a closed reservation that ended then
// may be dropped, with all of its span.
func forgettable(closed int64, settings *Settings) int64 {
	return later((closed/staleSpan+1)*staleSpan, settings.KeepClosed)
}

// forget drops up to limit closed reservations that were kept long enough.
func (s *step) forget(limit int) (forgotten int) {
	s.flush() // accounts may stand elsewhere by now
	var stale []uint32
	for a := range s.tables.stale.From(s.tx, nil) {
		if len(stale) == limit || s.now < forgettable(a.ended, s.settings) {
			break
		}
		stale = append(stale, a.Tenant)
	}
	for _, tenant := range stale {
		forgotten += s.dropStale(s.accountRow(tenant), limit-forgotten)
	}
	return forgotten
}

// dropStale drops up to limit closed reservations of an account.
func (s *step) dropStale(a *accountRow, limit int) (dropped int) {
	if len(a.closed) == 0 || s.now < forgettable(a.ended, s.settings) {
		return 0 // as for most commands
	}
	for dropped < min(limit, len(a.closed)) && s.now >= forgettable(a.closed[dropped].Closed, s.settings) {
		dropped++
	}
	if dropped > 0 {
		s.edit(a).dropClosed(dropped)
	}
	return dropped
}

// reservation returns a reservation of the command's tenant, open or closed.
func (s *step) reservation(id telephony.ReservationID) (*reservationRow, bool) {
	row := s.account.reservation(id)
	return row, row != nil && !s.settings.forgets(row.Hold, s.now)
}

// forgets reports whether a reservation ended so long before now that it can no
// longer be looked up, whether or not it has been dropped.
func (s *Settings) forgets(h reservation.Hold, now int64) bool {
	if h.State == reservation.Reserved {
		return s.forgetsEnd(h.Expires, now)
	}
	return s.forgetsEnd(h.Closed, now)
}

// forgetsEnd reports whether what ended at a moment is no longer kept now.
func (s *Settings) forgetsEnd(end, now int64) bool {
	keep := int64(s.KeepClosed)
	if s.KeepClosedMost == 0 {
		keep = 0
	}
	return end <= now-keep
}
