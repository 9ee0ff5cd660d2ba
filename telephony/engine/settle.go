package engine

import (
	"math"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// How much of what has run out elsewhere one command settles, beside all that
// is its own tenant's. It is more than a command can make, so that a busy
// engine never falls behind, and little enough not to be felt.
const (
	elsewhereDue   = 4
	elsewhereStale = 4
)

// deadlines are moments before which there is nothing to settle, so that most
// commands need not look. They follow from the rows and the settings and are no
// part of the state: a moment that is too early costs a look and nothing else.
// One that is too late would have this machine settle later than one that was
// restored, and the two would come to different states.
type deadlines struct {
	due      int64 // no open reservation runs out before
	stale    int64 // no closed one is to be forgotten before
	requests int64 // no request id is to be forgotten before
	// tenants: none of the tenant's open reservations runs out before. A tenant
	// that is not in it may have any.
	tenants map[uint32]int64
}

func newDeadlines() deadlines { return deadlines{tenants: make(map[uint32]int64)} }

// opened takes note of a reservation that was made or extended.
func (d *deadlines) opened(r reservationRow) {
	d.due = min(d.due, startOfSecond(r.Expires))
	if next, known := d.tenants[r.Tenant]; known {
		d.tenants[r.Tenant] = min(next, r.Expires)
	}
}

// endOfTime is later than all moments.
const endOfTime = math.MaxInt64

// settle ends what has run out by now: everything that is the command's
// tenant's, since it counts against that tenant's quota, then a few elsewhere.
func (s *step) settle() {
	s.settleTenant()
	if through := startOfSecond(s.now) - 1; through >= s.due.due {
		s.settleDue(elsewhereDue, through)
	}
	if s.now >= s.due.stale {
		s.forget(elsewhereStale)
	}
	if s.now >= s.due.requests {
		s.forgetRequests(elsewhereStale)
	}
}

// settleTenant ends all the tenant's reservations that have run out.
func (s *step) settleTenant() {
	if s.account == nil {
		return
	}
	tenant := s.account.Tenant
	if next, known := s.due.tenants[tenant]; known && s.now < next {
		return
	}
	next := int64(endOfTime)
	var due []reservationRow
	for r := range s.tables.open.Prefix(s.tx, accountKey(tenant)) {
		if r.Expires <= s.now {
			due = append(due, r)
		} else {
			next = min(next, r.Expires)
		}
	}
	for _, r := range due {
		s.expire(r)
	}
	s.due.tenants[tenant] = next
}

// startOfSecond returns the first nanosecond of the second that at lies in.
func startOfSecond(at int64) int64 { return at / dueSecond * dueSecond }

// settleDue ends up to limit reservations that ran out no later than through,
// of any tenant and of the pool, those first that ran out in an earlier second.
//
// Commands settle whole seconds that have passed: within a second the index is
// by shelf, so of one that is not over yet all would have to be looked at.
func (s *step) settleDue(limit int, through int64) (settled int) {
	var due []reservationRow
	s.due.due = endOfTime // unless there is more
	for r := range s.tables.due.From(s.tx, nil) {
		if len(due) == limit || startOfSecond(r.Expires) > through {
			s.due.due = min(s.due.due, startOfSecond(r.Expires))
			break
		}
		if r.Expires > through { // later in the same second
			s.due.due = min(s.due.due, startOfSecond(r.Expires))
			continue
		}
		// A reservation stands once for each shelf it has numbers of.
		if !contains(due, r) {
			due = append(due, r)
		}
	}
	for _, r := range due {
		s.expire(r)
	}
	return len(due)
}

func contains(rows []reservationRow, r reservationRow) bool {
	for i := range rows {
		if rows[i].Tenant == r.Tenant && rows[i].ID == r.ID {
			return true
		}
	}
	return false
}

// settleShelf ends reservations that have run out and hold numbers of a shelf,
// until enough says that it is enough, and returns how many it ended.
func (s *step) settleShelf(on shelf, enough func(reservationRow) bool) (settled int) {
	var due []reservationRow
	for r := range dueOn(s.tables, s.tx, on, s.now) {
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

// dueOn yields the open reservations with numbers of a shelf that have run out.
// It searches once for each second in which something ran out.
func dueOn(t *tables, r memtable.Reader, on shelf, now int64) func(yield func(reservationRow) bool) {
	return func(yield func(reservationRow) bool) {
		from := memtable.Key(nil)
		for {
			next, ok := firstFrom(t.due, r, from)
			second := next.Expires / dueSecond
			if !ok || second > now/dueSecond {
				return
			}
			for row := range t.due.Prefix(r, dueKey(second, on)) {
				if row.Expires > now {
					break
				}
				if !yield(row) {
					return
				}
			}
			from = memtable.K().Int64(second + 1)
		}
	}
}

func firstFrom(x *memtable.Index[reservationRow], r memtable.Reader, from memtable.Key) (reservationRow, bool) {
	for row := range x.From(r, from) {
		return row, true
	}
	return reservationRow{}, false
}

// expire ends one reservation that has run out.
func (s *step) expire(r reservationRow) {
	next, rest, ok := r.Expire(s.time())
	if !ok {
		panic("engine: a reservation ended before its time")
	}
	r.Hold = next
	if r.Tenant == poolTenant {
		must(s.tables.open.Delete(s.tx, reservationKey(r.Tenant, r.ID)))
		s.putBack(rest, r.Shelves)
		s.event(Event{Type: NumbersRested, Numbers: rest})
		return
	}
	a := s.closeReservation(r, rest)
	s.event(Event{Type: ReservationExpired, Tenant: a.ID, Reservation: r.ID, Numbers: rest})
}

// closeReservation moves a reservation that has ended to the closed ones, makes
// the rest of its numbers free and returns the account of its tenant. A tenant
// with more closed ones than are kept loses the one with the lowest identifier,
// which is its oldest among those one engine made.
func (s *step) closeReservation(r reservationRow, rest telephony.NumberList) *accountRow {
	must(s.tables.open.Delete(s.tx, reservationKey(r.Tenant, r.ID)))
	s.putBack(rest, r.Shelves)
	a := s.edit(s.accountRow(r.Tenant))
	a.Open--
	a.Use[r.Kind].Held -= int64(len(r.Numbers))
	if s.settings.KeepClosedMost == 0 {
		return a
	}
	if a.Closed >= s.settings.KeepClosedMost {
		oldest, _ := s.tables.closed.First(s.tx, accountKey(r.Tenant))
		must(s.tables.closed.Delete(s.tx, reservationKey(oldest.Tenant, oldest.ID)))
		a.Closed--
	}
	must(s.tables.closed.Insert(s.tx, r))
	s.due.stale = min(s.due.stale, later(r.Closed, s.settings.KeepClosed))
	a.Closed++
	return a
}

// forget drops up to limit closed reservations that were kept long enough.
func (s *step) forget(limit int) (forgotten int) {
	var stale []reservationRow
	s.due.stale = endOfTime // unless there is more
	for r := range s.tables.stale.From(s.tx, nil) {
		if len(stale) == limit || r.Closed > s.now-int64(s.settings.KeepClosed) {
			s.due.stale = later(r.Closed, s.settings.KeepClosed)
			break
		}
		stale = append(stale, r)
	}
	for _, r := range stale {
		must(s.tables.closed.Delete(s.tx, reservationKey(r.Tenant, r.ID)))
		s.edit(s.accountRow(r.Tenant)).Closed--
	}
	return len(stale)
}

// reservation returns a reservation of the command's tenant, open or closed.
func (s *step) reservation(id telephony.ReservationID) (reservationRow, bool) {
	row, ok := reservationIn(s.tables, s.tx, s.account.Tenant, id)
	return row, ok && !s.settings.forgets(row.Hold, s.now)
}

// reservationIn returns a reservation that is in the tables, those included that
// ended so long ago that they are only waiting to be dropped.
func reservationIn(t *tables, r memtable.Reader, tenant uint32, id telephony.ReservationID) (row reservationRow, ok bool) {
	key := reservationKey(tenant, id)
	if row, ok := t.open.Get(r, key); ok {
		return row, true
	}
	return t.closed.Get(r, key)
}

// forgets reports whether a reservation ended so long before now that it can no
// longer be looked up, whether or not it has been dropped.
func (s *Settings) forgets(h reservation.Hold, now int64) bool {
	end, keep := h.Closed, int64(s.KeepClosed)
	if h.State == reservation.Reserved {
		end = h.Expires
	}
	if s.KeepClosedMost == 0 {
		keep = 0
	}
	return end <= now-keep
}
