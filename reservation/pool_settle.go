package reservation

import (
	"cmp"
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// settle reads the clock, once, and does what is due by then: holds that have
// run out give their numbers back, quarantines end, and reservations closed
// long ago are forgotten. Every method calls it first, under the lock.
func (p *Pool) settle() time.Time {
	p.now = max(p.now, nanos(p.clock.Now()))
	now := moment(p.now)
	for len(p.open) > 0 {
		e := p.open[0]
		next, returned, over := e.hold.Expire(now)
		if !over {
			break
		}
		p.open = shift(p.open)
		p.finish(e, next, returned)
	}
	for len(p.resting) > 0 && p.resting[0].until <= p.now {
		p.stock.wake(p.resting[0].picks)
		p.resting = shift(p.resting)
	}
	p.forget()
	return now
}

// forget drops the closed reservations that are past their retention. The
// oldest go first: since time does not go back, they closed in this order.
func (p *Pool) forget() {
	for len(p.closed) > 0 {
		oldest := p.closed[0]
		if len(p.closed) <= p.retained && p.now < later(oldest.hold.Closed, p.retention) {
			return
		}
		delete(p.byID, oldest.id)
		p.closed = shift(p.closed)
	}
}

// change applies an event to a reservation and keeps what follows from it.
func (p *Pool) change(op string, id telephony.ReservationID,
	event func(Hold, time.Time) (Hold, telephony.NumberList, error)) (Reservation, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.settle()
	e, err := p.find(op, id)
	if err != nil {
		return Reservation{}, err
	}
	next, returned, err := event(e.hold, now)
	if err != nil {
		return Reservation{}, about(op, id, err)
	}
	p.removeOpen(e)
	if next.State == Reserved {
		p.held += len(next.Numbers) - len(e.hold.Numbers)
		p.stock.free(ByBlock(returned))
		e.hold = next
		p.insertOpen(e)
		return e.copy(), nil
	}
	p.finish(e, next, returned)
	return e.copy(), nil
}

// finish keeps a closed hold, which is in no list, and frees what it returns.
func (p *Pool) finish(e *entry, next Hold, returned telephony.NumberList) {
	e.hold = next
	p.held -= len(next.Numbers)
	p.stock.acquire(ByBlock(next.Acquired))
	p.stock.free(ByBlock(returned))
	p.closed = append(p.closed, e)
}

func (p *Pool) find(op string, id telephony.ReservationID) (*entry, error) {
	if e, ok := p.byID[id]; ok {
		return e, nil
	}
	return nil, &telephony.Error{Op: op, Code: ErrReservationNotFound,
		Detail: "there is no such reservation, or it ended too long ago to be kept"}
}

// insertOpen and removeOpen keep the open reservations in the order in which
// they run out. A limit keeps them few, and a new one mostly goes to the end.
func (p *Pool) insertOpen(e *entry) {
	i, _ := slices.BinarySearchFunc(p.open, e, byExpiry)
	p.open = slices.Insert(p.open, i, e)
}

func (p *Pool) removeOpen(e *entry) {
	if i, found := slices.BinarySearchFunc(p.open, e, byExpiry); found {
		p.open = slices.Delete(p.open, i, i+1)
	}
}

func byExpiry(a, b *entry) int {
	return cmp.Or(cmp.Compare(a.hold.Expires, b.hold.Expires), cmp.Compare(a.made, b.made))
}

// shift drops the first of a queue and what it refers to.
func shift[T any](queue []T) []T {
	clear(queue[:1])
	return queue[1:]
}
