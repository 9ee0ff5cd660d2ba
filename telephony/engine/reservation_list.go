package engine

import (
	"cmp"
	"slices"

	"example.com/callingplan/telephony"
)

// reservationList is reservations of one tenant. Lists share memory: a later
// one begins further on or ends further on in the same array, which is never
// written to where an earlier one can see it. Only the latest may be appended
// to, and there is one: the engine writes from one state to the next, and where
// a transaction is given up it writes no more.
type reservationList []*reservationRow

func (l reservationList) find(id telephony.ReservationID) int {
	return slices.IndexFunc(l, func(r *reservationRow) bool { return r.ID == id })
}

// without returns the list without one that it has. Most often it is the first,
// the one that was made before the others.
func (l reservationList) without(r *reservationRow) reservationList {
	at := slices.Index(l, r)
	if at == 0 {
		return l[1:]
	}
	return slices.Concat(l[:at], l[at+1:])
}

// reservation returns a reservation, open or closed, nil if there is none, those
// included that ended so long ago that they are only waiting to be dropped.
func (a *accountRow) reservation(id telephony.ReservationID) *reservationRow {
	if id > a.newest {
		return nil
	}
	if i := a.open.find(id); i >= 0 {
		return a.open[i]
	}
	if i := a.closed.find(id); i >= 0 {
		return a.closed[i]
	}
	return nil
}

// standing returns how many reservations of the account are open at a moment,
// and what they make of its counters: those that have run out count for nothing,
// settled or not.
func (a *accountRow) standing(now int64) (open int, use [telephony.TollFreeNumber + 1]useRow) {
	open, use = len(a.open), a.Use
	if !a.anyDue(now) {
		return open, use
	}
	for _, r := range a.open {
		if r.Expires <= now {
			open--
			use[r.Kind].Held -= int64(len(r.Numbers))
		}
	}
	return open, use
}

// anyDue reports whether an open reservation may have run out.
func (a *accountRow) anyDue(now int64) bool { return len(a.open) > 0 && a.soonest <= now }

// addOpen adds an open reservation behind the others.
func (a *accountRow) addOpen(r *reservationRow) {
	if len(a.open) == 0 || r.Expires < a.soonest {
		a.soonest = r.Expires
	}
	a.open = append(a.open, r)
	a.newest = max(a.newest, r.ID)
}

// addClosed adds a closed one, behind those that ended before: the order is the
// same whenever each was settled.
func (a *accountRow) addClosed(r *reservationRow) {
	at := len(a.closed)
	for at > 0 && r.endedBefore(a.closed[at-1]) {
		at--
	}
	if at == len(a.closed) {
		a.closed = append(a.closed, r)
	} else {
		a.closed = slices.Concat(a.closed[:at], reservationList{r}, a.closed[at:])
	}
	if at == 0 {
		a.ended = r.Closed
	}
	a.newest = max(a.newest, r.ID)
}

// dropClosed drops so many of the closed ones that ended first.
func (a *accountRow) dropClosed(count int) {
	if count <= 0 {
		return
	}
	a.closed = a.closed[count:]
	if len(a.closed) > 0 {
		a.ended = a.closed[0].Closed
	}
}

func (r *reservationRow) endedBefore(other *reservationRow) bool {
	return cmp.Or(cmp.Compare(r.Closed, other.Closed), cmp.Compare(r.ID, other.ID)) < 0
}

// staleFrom returns the span in which the first closed reservation ended, -1 if
// there is none.
func (a *accountRow) staleFrom() int64 {
	if len(a.closed) == 0 {
		return -1
	}
	return a.ended / staleSpan
}

// exchange puts a changed reservation in the place of an open one.
func (a *accountRow) exchange(r, changed *reservationRow) {
	open := slices.Clone(a.open)
	open[slices.Index(open, r)] = changed
	a.open, a.soonest = open, min(a.soonest, changed.Expires)
}
