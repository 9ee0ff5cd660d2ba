package engine_test

import (
	"slices"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// choiceFault is what is wrong with a wish for numbers in itself.
func choiceFault(r engine.Reserve) (reasons []telephony.Code) {
	listed := len(r.Numbers)
	asked := r.Quantity
	if listed > 0 {
		asked = listed
	}
	if asked < 1 || asked > reservation.MaxPerRequest {
		reasons = append(reasons, reservation.ErrQuantity)
	}
	if listed > 0 && r.Quantity != 0 && r.Quantity != listed {
		reasons = append(reasons, reservation.ErrQuantityList)
	}
	if listed > 0 && (!r.Prefix.IsZero() || r.Consecutive || r.AllowFewer) || r.Consecutive && r.AllowFewer {
		reasons = append(reasons, reservation.ErrChoice)
	}
	if slices.Contains(r.Numbers, telephony.Number{}) {
		reasons = append(reasons, reservation.ErrNumberMissing)
	}
	if len(unique(r.Numbers)) < listed {
		reasons = append(reasons, reservation.ErrDuplicateNumber)
	}
	return reasons
}

// unique returns the numbers in ascending order, each once.
func unique(numbers telephony.NumberList) telephony.NumberList {
	sorted := slices.Clone(numbers)
	slices.SortFunc(sorted, telephony.Number.Compare)
	return slices.Compact(sorted)
}

// reserve chooses the numbers of a reservation, or refuses it.
func (m *model) reserve(t *mTenant, r engine.Reserve) (telephony.NumberList, *refusal) {
	u, all := m.use(t, r.Kind), m.use(t, 0)
	asked := int64(max(r.Quantity, len(r.Numbers)))
	switch {
	case !t.voiceOpen():
		return nil, refuse(licensing.ErrVoiceClosed)
	case r.Kind == telephony.TollFreeNumber && !t.owns(func(p mProduct) bool { return p.credits }):
		return nil, refuse(licensing.ErrCreditsNeeded)
	case asked > int64(m.set.limits.PerRequest):
		return nil, refuse(reservation.ErrQuantity)
	case all.open >= int64(m.set.limits.Open):
		return nil, refuse(reservation.ErrTooManyOpen)
	case all.held+asked > int64(m.set.limits.Held):
		return nil, refuse(reservation.ErrTooManyHeld)
	case u.acquired-u.ported+u.held+asked > t.limit(r.Kind):
		return nil, refuse(licensing.ErrQuotaExceeded)
	}
	shelves := m.shelvesFor(r)
	if r.Area != (telephony.Area{}) && len(shelves) == 0 {
		return nil, refuse(engine.ErrAreaNotOffered)
	}
	if len(r.Numbers) > 0 {
		return m.pickListed(r, shelves)
	}
	return m.pick(r, shelves)
}

// shelvesFor returns the shelves that have numbers of the kind that nobody ported in: that of
// the area, or all in the order in which areas were first stocked.
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

// isPorted reports whether a number is somebody's who ported it in.
func (m *model) isPorted(n telephony.Number) bool {
	for _, t := range m.tenants {
		if mine := t.numbers[n]; mine != nil {
			return mine.ported
		}
	}
	return false
}

func (m *model) pickListed(r engine.Reserve, shelves []shelf) (telephony.NumberList, *refusal) {
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
		return nil, &refusal{codes: []telephony.Code{reservation.ErrNumbersTaken}, numbers: missing, available: len(r.Numbers) - len(missing)}
	}
	return unique(r.Numbers), nil
}

// pick takes the lowest that match from one area after another; a run is of one
// area, and the lowest that is long enough.
func (m *model) pick(r engine.Reserve, shelves []shelf) (telephony.NumberList, *refusal) {
	var picked telephony.NumberList
	longest := 0
	for _, on := range shelves {
		var run telephony.NumberList
		for _, n := range m.free(on) {
			if !r.Prefix.Contains(n) {
				continue
			}
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

// over refuses what can only be done to an open reservation.
func (m *model) over(h *mHold) *refusal {
	if h == nil || !m.kept(h) {
		return refuse(engine.ErrUnknownReservation)
	}
	switch m.state(h) {
	case reservation.Completed:
		return refuse(reservation.ErrCompleted)
	case reservation.Cancelled:
		return refuse(reservation.ErrCancelled)
	case reservation.Expired:
		return refuse(reservation.ErrExpired)
	}
	return nil
}

func (m *model) acquire(t *mTenant, r engine.Acquire) (got engine.Acquired, no *refusal) {
	h := t.hold(r.Reservation)
	if no := m.over(h); no != nil {
		return got, no
	}
	chosen := r.Numbers
	if r.All {
		chosen = h.numbers
	}
	var foreign telephony.NumberList
	for _, n := range unique(chosen) {
		if !slices.Contains(h.numbers, n) {
			foreign = append(foreign, n)
		}
	}
	switch {
	case len(chosen) == 0:
		return got, refuse(reservation.ErrNothingChosen)
	case len(unique(chosen)) < len(chosen):
		return got, refuse(reservation.ErrDuplicateNumber)
	case len(foreign) > 0:
		return got, &refusal{codes: []telephony.Code{reservation.ErrNotInReservation}, numbers: foreign, available: -1}
	}
	if no := m.placeFault(t, chosen, h.kind, r.Location); no != nil {
		return got, no
	}
	for _, n := range h.numbers {
		if !slices.Contains(chosen, n) {
			got.Returned = append(got.Returned, n)
			continue
		}
		got.Numbers = append(got.Numbers, n)
		t.numbers[n] = &mNumber{shelf: m.stock[n], acquired: m.now(), since: m.now(), location: r.Location, located: m.now()}
	}
	h.state, h.closed, h.acquired = reservation.Completed, m.now(), got.Numbers
	m.acquired = append(m.acquired, got.Numbers...)
	return got, nil
}

// placeFault is why numbers of a kind cannot be acquired with a location.
func (m *model) placeFault(t *mTenant, numbers telephony.NumberList, k telephony.Kind, at telephony.LocationID) *refusal {
	for _, n := range numbers {
		country := m.country(m.stock[n])
		switch {
		case at != "" && t.place(at) == nil:
			return refuse(engine.ErrUnknownLocation)
		case at != "" && prepared()[t.place(at).of].Address().Country != country:
			return refuse(telephony.ErrLocationCountry)
		case at != "" && t.place(at).refused > 0:
			return refuse(telephony.ErrAddressNotValidated)
		case at == "" && k == telephony.UserNumber && locationFirst(country):
			return refuse(telephony.ErrNoLocation)
		}
	}
	return nil
}

func (m *model) extend(t *mTenant, r engine.ExtendReservation) *refusal {
	h := t.hold(r.Reservation)
	if no := m.over(h); no != nil {
		return no
	}
	switch {
	case !m.set.extension.Allowed:
		return refuse(reservation.ErrExtensionOff)
	case r.By <= 0:
		return refuse(reservation.ErrExtensionTooShort)
	case int64(r.By) > int64(m.set.extension.MaxTotal)-(h.expires-h.made):
		return refuse(reservation.ErrExtensionTooLong)
	}
	h.put = append(h.put, h.expires)
	h.expires += int64(r.By)
	return nil
}

func (m *model) release(t *mTenant, numbers telephony.NumberList, line reservation.Line) *refusal {
	var unknown, ordered, assigned telephony.NumberList
	for _, n := range unique(numbers) {
		inOrder := slices.ContainsFunc(t.openPorts(), func(p *mPort) bool { return p.request.Numbers.Contains(n) })
		switch mine := t.numbers[n]; {
		case inOrder:
			ordered = append(ordered, n)
		case mine == nil:
			unknown = append(unknown, n)
		case !mine.isIdle():
			assigned = append(assigned, n)
		}
	}
	no := &refusal{available: -1}
	if len(unknown) > 0 {
		no.codes, no.numbers = append(no.codes, engine.ErrUnknownNumber), unknown
	}
	if len(ordered) > 0 {
		no.codes = append(no.codes, engine.ErrNumberOrdered)
		if len(unknown) == 0 {
			no.numbers = ordered
		}
	}
	if len(assigned) > 0 {
		no.codes = append(no.codes, engine.ErrNumberInUse)
		if len(unknown)+len(ordered) == 0 {
			no.numbers = assigned
		}
	}
	if len(no.codes) > 0 {
		return no
	}
	var rests telephony.NumberList
	for _, n := range unique(numbers) {
		if t.numbers[n].ported { // it goes back to its carrier
			m.keepAreas()
			delete(m.stock, n)
		} else {
			rests = append(rests, n)
		}
		delete(t.numbers, n)
	}
	for _, n := range rests {
		quarantine := m.set.quarantine
		switch {
		case n.CallingCode() == 1:
			quarantine = m.set.inAmerica
		case line == reservation.Residential:
			quarantine = m.set.residential
		}
		m.rests = append(m.rests, rest{telephony.NumberList{n}, m.now(), m.now() + int64(quarantine), t.id})
	}
	return nil
}
