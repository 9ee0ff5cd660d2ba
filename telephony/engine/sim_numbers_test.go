package engine_test

import (
	"context"
	"maps"
	"slices"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func (s *sim) reserve(id telephony.TenantID, r engine.Reserve) simCall {
	return s.tenantCall(id, "reserve", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.Reserve(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		held := got.(engine.Reservation)
		taken := s.taken(s.fail)
		if s.mayReserve(t, r, taken, err) {
			s.enterHold(t, r, held, taken)
		}
	})
}

// mayReserve goes through what can stand in the way, in the order in which the
// engine says it.
func (s *sim) mayReserve(t *simTenant, r engine.Reserve, taken map[telephony.Number]string, err error) bool {
	s.Helper()
	asked := max(r.Quantity, len(r.Numbers))
	if asked < 1 || len(r.Numbers) > 0 && r.Consecutive {
		return s.must(false, err, reservation.ErrQuantity, reservation.ErrChoice)
	}
	return s.mayHold(t, r, int64(asked), false, err) && s.mayChoose(r, taken, err)
}

// mayHold goes through what the tenant may not hold, in a reservation of its own
// or with more of one that is open.
func (s *sim) mayHold(t *simTenant, r engine.Reserve, asked int64, more bool, err error) bool {
	s.Helper()
	u := s.use(t, r.Kind)
	switch {
	case t.bought[licensing.PhoneSystem] == 0: // the plan alone does not open the voice area
		return s.must(false, err, licensing.ErrVoiceClosed)
	case asked > int64(s.set.Limits.PerRequest):
		return s.must(false, err, reservation.ErrQuantity)
	case !more && u.open >= int64(s.set.Limits.Open):
		return s.must(false, err, reservation.ErrTooManyOpen)
	case u.heldOfAll+asked > int64(s.set.Limits.Held):
		return s.must(false, err, reservation.ErrTooManyHeld)
	case u.acquired-t.ported(r.Kind)+u.held+asked > t.limit(r.Kind):
		return s.must(false, err, licensing.ErrQuotaExceeded)
	}
	return true
}

// mayChoose says whether there is what is asked for.
func (s *sim) mayChoose(r engine.Reserve, taken map[telephony.Number]string, err error) bool {
	s.Helper()
	if _, offered := s.shelves()[simShelf{r.Area, r.Kind}]; r.Area != (telephony.Area{}) && !offered {
		return s.must(false, err, engine.ErrAreaNotOffered)
	}
	if len(r.Numbers) > 0 {
		return s.must(!slices.ContainsFunc(r.Numbers, func(n telephony.Number) bool {
			on, there := s.stock[n]
			return taken[n] != "" || !there || on.kind != r.Kind || r.Area != (telephony.Area{}) && on.area != r.Area
		}), err, reservation.ErrNumbersTaken, engine.ErrNumbersOwned, engine.ErrNumbersHeld, engine.ErrNumbersResting, engine.ErrNumberOrdered,
			engine.ErrNumbersOtherKind, engine.ErrNumbersOtherArea)
	}
	free := s.longest(r, taken)
	return s.must(free >= r.Quantity || r.AllowFewer && free > 0, err, reservation.ErrOutOfStock)
}

// shelves counts what is in stock on each shelf, but for what was ported in.
func (s *sim) shelves() map[simShelf]int {
	count := map[simShelf]int{}
	for n, on := range s.stock {
		ported := false
		for _, t := range s.tenants {
			ported = ported || t.owned[n] != nil && t.owned[n].ported
		}
		if !ported {
			count[on]++
		}
	}
	return count
}

// longest returns how many free numbers a reservation could pick from, of a run
// those of the longest one.
func (s *sim) longest(r engine.Reserve, taken map[telephony.Number]string) (longest int) {
	var last telephony.Number
	run := 0
	for _, n := range slices.SortedFunc(maps.Keys(s.stock), telephony.Number.Compare) {
		on := s.stock[n]
		if taken[n] != "" || on.kind != r.Kind || r.Area != (telephony.Area{}) && on.area != r.Area || !r.Prefix.Contains(n) || slices.Contains(r.Exclude, n) {
			continue
		}
		if next, _ := last.Add(1); r.Consecutive && (next != n || s.stock[last].area != on.area) {
			run = 0
		}
		run++
		last, longest = n, max(longest, run)
	}
	return longest
}

// enterHold holds what was reserved to what was asked for.
func (s *sim) enterHold(t *simTenant, r engine.Reserve, held engine.Reservation, taken map[telephony.Number]string) {
	s.Helper()
	numbers := held.Numbers()
	made, expires := held.Made.UnixNano(), held.Expires.UnixNano()
	if made != s.now || expires != s.now+int64(s.set.HoldFor) || held.State != reservation.Reserved || t.hold(held.ID) != nil {
		s.fail("the reservation is %+v", held)
	}
	if held.Reference != r.Reference {
		s.fail("the reservation's reference is %q", held.Reference)
	}
	s.chosen(r, numbers, taken)
	t.holds = append(t.holds, &simHold{id: held.ID, kind: r.Kind, numbers: numbers, made: made, expires: expires, reference: r.Reference})
}

// chosen holds numbers that were chosen to what was asked for.
func (s *sim) chosen(r engine.Reserve, numbers telephony.NumberList, taken map[telephony.Number]string) {
	s.Helper()
	asked := max(r.Quantity, len(r.Numbers))
	if len(numbers) != asked && !(r.AllowFewer && len(numbers) > 0 && len(numbers) < asked) {
		s.fail("%d numbers are held", len(numbers))
	}
	for i, n := range numbers {
		on, there := s.stock[n]
		if taken[n] != "" || !there || on.kind != r.Kind || r.Area != (telephony.Area{}) && on.area != r.Area || !r.Prefix.Contains(n) || slices.Contains(r.Exclude, n) {
			s.fail("%s is held, which is %q", n, taken[n])
		}
		if len(r.Numbers) > 0 && !slices.Contains(r.Numbers, n) {
			s.fail("%s is held, which was not asked for", n)
		}
		if i > 0 && (numbers[i-1].Compare(n) >= 0 || r.Consecutive && numbers[i-1].Digits()+1 != n.Digits()) {
			s.fail("the numbers are %v", numbers)
		}
	}
}

func (s *sim) addTo(id telephony.TenantID, r engine.AddToReservation) simCall {
	return s.tenantCall(id, "add", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.AddToReservation(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		asked := engine.Reserve{Area: r.Area, Quantity: r.Quantity, Prefix: r.Prefix, AllowFewer: r.AllowFewer, Numbers: r.Numbers,
			Order: r.Order, Seed: r.Seed, Exclude: r.Exclude}
		if max(r.Quantity, len(r.Numbers)) < 1 {
			s.must(false, err, reservation.ErrQuantity)
			return
		}
		h, may := s.mayEnd(t, r.Reservation, err)
		if !may {
			return
		}
		asked.Kind = h.kind
		if slices.ContainsFunc(r.Numbers, func(n telephony.Number) bool { return slices.Contains(h.numbers, n) }) {
			s.must(false, err, reservation.ErrAlreadyInReservation)
			return
		}
		taken := s.taken(s.fail)
		if !s.mayHold(t, asked, int64(max(r.Quantity, len(r.Numbers))), true, err) || !s.mayChoose(asked, taken, err) {
			return
		}
		held := got.(engine.Reservation)
		added := slices.DeleteFunc(held.Numbers(), func(n telephony.Number) bool { return slices.Contains(h.numbers, n) })
		s.chosen(asked, added, taken)
		if h.numbers = held.Numbers(); held.Expires.UnixNano() != h.expires || held.Reference != h.reference {
			s.fail("the reservation is %+v", held)
		}
		s.counts.Added++
	})
}

func (s *sim) dropFrom(id telephony.TenantID, r engine.DropFromReservation) simCall {
	return s.tenantCall(id, "drop", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.DropFromReservation(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		h, may := s.mayEnd(t, r.Reservation, err)
		if !may {
			return
		}
		var left telephony.NumberList
		for _, n := range h.numbers {
			if !slices.Contains(r.Numbers, n) {
				left = append(left, n)
			}
		}
		switch gone := len(h.numbers) - len(left); {
		case len(r.Numbers) == 0:
			s.must(false, err, reservation.ErrNothingChosen)
		case gone < len(r.Numbers):
			s.must(false, err, reservation.ErrNotInReservation)
		case len(left) == 0:
			s.must(false, err, reservation.ErrNothingLeft)
		case s.must(true, err):
			if h.numbers = left; !slices.Equal(got.(engine.Reservation).Numbers(), left) {
				s.fail("left are %v, and should be %v", got.(engine.Reservation).Numbers(), left)
			}
			s.counts.Dropped++
		}
	})
}

// mayEnd says whether a reservation can be acquired, cancelled or extended.
func (s *sim) mayEnd(t *simTenant, id telephony.ReservationID, err error) (*simHold, bool) {
	s.Helper()
	h := t.hold(id)
	switch {
	case h == nil:
		return nil, s.must(false, err, engine.ErrUnknownReservation)
	case s.live(h):
		return h, true
	}
	over, ended := h.over, h.ended
	if over == "" {
		over, ended = reservation.ErrExpired, h.expires
	}
	switch {
	case s.now >= ended+int64(s.set.KeepClosed):
		return h, s.must(false, err, engine.ErrUnknownReservation)
	case s.set.KeepMost == 1000:
		return h, s.must(false, err, over)
	}
	return h, s.must(false, err, over, engine.ErrUnknownReservation)
}

func (s *sim) acquire(id telephony.TenantID, r engine.Acquire) simCall {
	return s.tenantCall(id, "acquire", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.Acquire(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		if h, may := s.mayEnd(t, r.Reservation, err); may && s.mayAcquire(t, h, r, err) {
			s.enterAcquired(t, h, r, got.(engine.Acquired))
		}
	})
}

// mayAcquire says whether the choice and the location are right.
func (s *sim) mayAcquire(t *simTenant, h *simHold, r engine.Acquire, err error) bool {
	s.Helper()
	chosen := r.Numbers
	if r.All {
		chosen = h.numbers
	}
	if len(chosen) == 0 {
		return s.must(false, err, reservation.ErrNothingChosen)
	}
	if slices.ContainsFunc(chosen, func(n telephony.Number) bool { return !slices.Contains(h.numbers, n) }) {
		return s.must(false, err, reservation.ErrNotInReservation)
	}
	place := t.place(r.Location)
	if r.Location != "" && place == nil {
		return s.must(false, err, engine.ErrUnknownLocation)
	}
	for _, n := range chosen {
		country := s.stock[n].area.Country
		if place != nil && place.country != country {
			return s.must(false, err, telephony.ErrLocationCountry)
		}
		if place == nil && country == "ZZ" && h.kind == telephony.UserNumber {
			return s.must(false, err, telephony.ErrNoLocation)
		}
	}
	return s.must(true, err)
}

func (s *sim) enterAcquired(t *simTenant, h *simHold, r engine.Acquire, got engine.Acquired) {
	s.Helper()
	if s.now < h.made || s.now >= h.expires {
		s.fail("acquired at %d of a reservation that lives from %d to %d", s.now, h.made, h.expires)
	}
	all := slices.Concat(got.Numbers, got.Returned)
	slices.SortFunc(all, telephony.Number.Compare)
	if !slices.Equal(all, h.numbers) || !r.All && len(got.Numbers) != len(r.Numbers) {
		s.fail("of %v were acquired %v and returned %v", h.numbers, got.Numbers, got.Returned)
	}
	for _, n := range got.Numbers {
		for _, other := range s.tenants {
			if other.owned[n] != nil {
				s.fail("%s is %s's", n, other.id)
			}
		}
		if !r.All && !slices.Contains(r.Numbers, n) {
			s.fail("%s was not chosen", n)
		}
		t.owned[n] = &simOwned{simShelf: s.stock[n], location: r.Location}
	}
	h.over, h.ended = reservation.ErrCompleted, s.now
	s.counts.Acquired++
}

func (s *sim) cancel(id telephony.TenantID, r engine.CancelReservation) simCall {
	return s.tenantCall(id, "cancel", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.CancelReservation(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		h, may := s.mayEnd(t, r.Reservation, err)
		if may && s.must(true, err) {
			h.over, h.ended = reservation.ErrCancelled, s.now
		}
	})
}

func (s *sim) extend(id telephony.TenantID, r engine.ExtendReservation) simCall {
	return s.tenantCall(id, "extend", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.ExtendReservation(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		h, may := s.mayEnd(t, r.Reservation, err)
		if !may {
			return
		}
		room := s.set.Extension.MaxTotal - time.Duration(h.expires-h.made)
		if s.must(s.set.Extension.Allowed && r.By > 0 && r.By <= room, err, reservation.ErrExtensionOff, reservation.ErrExtensionTooShort, reservation.ErrExtensionTooLong) {
			if h.expires += int64(r.By); got.(engine.Reservation).Expires.UnixNano() != h.expires {
				s.fail("it ends at %d", got.(engine.Reservation).Expires.UnixNano())
			}
		}
	})
}

func (s *sim) release(id telephony.TenantID, r engine.Release) simCall {
	return s.tenantCall(id, "release", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.Release(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		may := len(r.Numbers) > 0
		for _, n := range r.Numbers {
			may = may && t.owned[n] != nil && t.owned[n].isIdle()
		}
		if !s.must(may, err, engine.ErrUnknownNumber, engine.ErrNumberInUse, engine.ErrNumberOrdered, reservation.ErrQuantity) {
			return
		}
		s.gone(t, r.Numbers)
	})
}
