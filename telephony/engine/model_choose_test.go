package engine_test

import (
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// picking is what the model makes of a wish for numbers: which they are or, where
// a seed decides, how many of which.
type picking struct {
	numbers telephony.NumberList
	of      telephony.NumberList
	many    int // of those, where a seed decides
}

// isOpen reports whether a seed decides.
func (p picking) isOpen() bool { return p.many > 0 }

// allows reports whether numbers, ascending, are what should be picked.
func (p picking) allows(got telephony.NumberList) bool {
	if !p.isOpen() {
		return slices.Equal(got, p.numbers)
	}
	return len(got) == p.many && slices.Equal(got, unique(got)) &&
		!slices.ContainsFunc(got, func(n telephony.Number) bool { return !slices.Contains(p.of, n) })
}

// reserve chooses the numbers of a reservation, or refuses it.
func (m *model) reserve(t *mTenant, r engine.Reserve) (picking, *refusal) {
	if no := m.mayHold(t, r, false); no != nil {
		return picking{}, no
	}
	return m.choose(t, r)
}

// mayHold refuses what the tenant may not hold, of its own or with more of what is
// open.
func (m *model) mayHold(t *mTenant, r engine.Reserve, more bool) *refusal {
	u, all := m.use(t, r.Kind), m.use(t, 0)
	asked := int64(max(r.Quantity, len(r.Numbers)))
	switch {
	case !t.voiceOpen():
		return refuse(licensing.ErrVoiceClosed)
	case r.Kind == telephony.TollFreeNumber && !t.owns(func(p mProduct) bool { return p.credits }):
		return refuse(licensing.ErrCreditsNeeded)
	case asked > int64(m.set.limits.PerRequest):
		return refuse(reservation.ErrQuantity)
	case !more && all.open >= int64(m.set.limits.Open):
		return refuse(reservation.ErrTooManyOpen)
	case all.held+asked > int64(m.set.limits.Held):
		return refuse(reservation.ErrTooManyHeld)
	case u.acquired-u.ported+u.held+asked > t.limit(r.Kind):
		return refuse(licensing.ErrQuotaExceeded)
	}
	return nil
}

func (m *model) choose(t *mTenant, r engine.Reserve) (picking, *refusal) {
	shelves := m.shelvesFor(r)
	if r.Area != (telephony.Area{}) && len(shelves) == 0 {
		return picking{}, refuse(engine.ErrAreaNotOffered)
	}
	if len(r.Numbers) > 0 {
		numbers, no := m.pickListed(t, r, shelves)
		return picking{numbers: numbers}, no
	}
	if r.Order != reservation.Lowest {
		return m.pickAcross(t, r, shelves)
	}
	numbers, no := m.pick(t, r, shelves)
	return picking{numbers: numbers}, no
}

// mGivenUp is numbers that a tenant dropped from a reservation or released.
type mGivenUp struct {
	at      int64
	numbers telephony.NumberList
}

// givenUp lists what the tenant dropped or released, and what it held and did not
// acquire, as long as closed reservations are kept.
func (m *model) givenUp(t *mTenant) (given telephony.NumberList) {
	for _, g := range t.gaveUp {
		if m.now() < g.at+int64(m.set.keepClosed) {
			given = append(given, g.numbers...)
		}
	}
	for _, h := range t.holds {
		if m.open(h) || !m.kept(h) {
			continue
		}
		for _, n := range h.numbers {
			if !slices.Contains(h.acquired, n) {
				given = append(given, n)
			}
		}
	}
	return given
}

// wanted returns the free numbers of a shelf that a wish is for.
func (m *model) wanted(t *mTenant, r engine.Reserve, on shelf) telephony.NumberList {
	not := slices.Clone(r.Exclude)
	if r.ExcludeGivenUp {
		not = append(not, m.givenUp(t)...)
	}
	return slices.DeleteFunc(m.free(on), func(n telephony.Number) bool { return !r.Prefix.Contains(n) || slices.Contains(not, n) })
}

// pickAcross picks from all shelves as if they were one: spaced out evenly, each
// from the middle of its part, or any as a seed has it.
func (m *model) pickAcross(t *mTenant, r engine.Reserve, shelves []shelf) (picking, *refusal) {
	var all telephony.NumberList
	for _, on := range shelves {
		all = append(all, m.wanted(t, r, on)...)
	}
	all = unique(all)
	many := r.Quantity
	if len(all) < many {
		if many = len(all); !r.AllowFewer || many == 0 {
			return picking{}, &refusal{codes: []telephony.Code{reservation.ErrOutOfStock}, available: len(all)}
		}
	}
	if r.Order == reservation.Shuffled {
		return picking{of: all, many: many}, nil
	}
	return picking{numbers: spread(all, many)}, nil
}

func spread(all telephony.NumberList, many int) (picked telephony.NumberList) {
	for i := range many {
		picked = append(picked, all[(2*i+1)*len(all)/(2*many)])
	}
	return picked
}

// shelvesFor returns the shelves that have numbers of the kind that nobody ported
// in: that of the area, or all in the order in which areas were first stocked.
func (m *model) shelvesFor(r engine.Reserve) (shelves []shelf) {
	stocked := map[shelf]bool{}
	for n, on := range m.stock {
		stocked[on] = stocked[on] || !m.isPorted(n)
	}
	for i, a := range m.areas {
		if on := (shelf{i, r.Kind}); stocked[on] && (r.Area == telephony.Area{} || r.Area == a) {
			shelves = append(shelves, on)
		}
	}
	return shelves
}

func (m *model) pickListed(t *mTenant, r engine.Reserve, shelves []shelf) (telephony.NumberList, *refusal) {
	var free, missing telephony.NumberList
	for _, on := range shelves {
		free = append(free, m.free(on)...)
	}
	for _, n := range unique(r.Numbers) {
		if !slices.Contains(free, n) {
			missing = append(missing, n)
		}
	}
	if len(missing) > 0 {
		no := &refusal{available: len(r.Numbers) - len(missing)}
		for _, code := range []telephony.Code{engine.ErrNumbersOwned, engine.ErrNumbersHeld, engine.ErrNumbersResting, engine.ErrNumberOrdered,
			engine.ErrNumbersOtherKind, engine.ErrNumbersOtherArea, reservation.ErrNumbersTaken} {
			var these telephony.NumberList
			for _, n := range missing {
				if m.whyNotFree(t, r, n) == code {
					these = append(these, n)
				}
			}
			if len(these) == 0 {
				continue
			}
			if no.codes = append(no.codes, code); len(no.codes) == 1 {
				no.numbers = these
			}
		}
		return nil, no
	}
	return unique(r.Numbers), nil
}

// whyNotFree is why a number cannot be held: what is the tenant's own it learns, of
// what is others' it learns nothing, and what is free is not what was asked for.
func (m *model) whyNotFree(t *mTenant, r engine.Reserve, n telephony.Number) telephony.Code {
	_, rests := m.resting(t, n)
	held := slices.ContainsFunc(t.holds, func(h *mHold) bool { return m.open(h) && slices.Contains(h.numbers, n) })
	on, stocked := m.stock[n]
	switch {
	case t.numbers[n] != nil:
		return engine.ErrNumbersOwned
	case held:
		return engine.ErrNumbersHeld
	case rests:
		return engine.ErrNumbersResting
	case slices.ContainsFunc(t.openPorts(), func(p *mPort) bool { return p.request.Numbers.Contains(n) }):
		return engine.ErrNumberOrdered
	case !stocked || m.taken()[n] != "":
		return reservation.ErrNumbersTaken
	case on.kind != r.Kind:
		return engine.ErrNumbersOtherKind
	}
	return engine.ErrNumbersOtherArea
}

// pick takes the lowest that match from one area after another; a run is of one
// area, and the lowest that is long enough.
func (m *model) pick(t *mTenant, r engine.Reserve, shelves []shelf) (telephony.NumberList, *refusal) {
	var picked telephony.NumberList
	longest := 0
	for _, on := range shelves {
		var run telephony.NumberList
		for _, n := range m.wanted(t, r, on) {
			if !r.Consecutive {
				picked = append(picked, n)
				continue
			}
			if len(run) > 0 && (run[len(run)-1].Digits()+1 != n.Digits() || run[0].Len() != n.Len()) {
				run = nil
			}
			run = append(run, n)
			if longest = max(longest, len(run)); len(run) == r.Quantity {
				return run, nil
			}
		}
	}
	switch {
	case r.Consecutive:
		return nil, &refusal{codes: []telephony.Code{reservation.ErrOutOfStock}, available: longest}
	case len(picked) >= r.Quantity:
		return unique(picked[:r.Quantity]), nil
	case r.AllowFewer && len(picked) > 0:
		return unique(picked), nil
	}
	return nil, &refusal{codes: []telephony.Code{reservation.ErrOutOfStock}, available: len(picked)}
}
