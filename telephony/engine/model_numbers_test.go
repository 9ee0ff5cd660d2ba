package engine_test

import (
	"slices"

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
	if r.Order > reservation.Shuffled {
		reasons = append(reasons, reservation.ErrOrder)
	}
	if listed > 0 && (!r.Prefix.IsZero() || r.Consecutive || r.AllowFewer || r.Order != reservation.Lowest || len(r.Exclude) > 0) ||
		r.Consecutive && (r.AllowFewer || r.Order != reservation.Lowest) || r.Seed != 0 && r.Order != reservation.Shuffled {
		reasons = append(reasons, reservation.ErrChoice)
	}
	if slices.Contains(r.Exclude, telephony.Number{}) {
		reasons = append(reasons, reservation.ErrNumberMissing)
	}
	if slices.Contains(r.Numbers, telephony.Number{}) {
		reasons = append(reasons, reservation.ErrNumberMissing)
	}
	if len(unique(r.Numbers)) < listed {
		reasons = append(reasons, reservation.ErrDuplicateNumber)
	}
	if len(reasons) == 0 && listed > 0 && r.ExcludeGivenUp {
		reasons = append(reasons, reservation.ErrChoice)
	}
	return reasons
}

// unique returns the numbers in ascending order, each once.
func unique(numbers telephony.NumberList) telephony.NumberList {
	sorted := slices.Clone(numbers)
	slices.SortFunc(sorted, telephony.Number.Compare)
	return slices.Compact(sorted)
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
	if no := m.placeFault(t, unique(chosen), h.kind, r.Location); no != nil {
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

// addTo chooses more numbers for a reservation, or refuses them.
func (m *model) addTo(t *mTenant, id telephony.ReservationID, r engine.Reserve) (picking, *refusal) {
	h := t.hold(id)
	if no := m.over(h); no != nil {
		return picking{}, no
	}
	var already telephony.NumberList
	for _, n := range unique(r.Numbers) {
		if slices.Contains(h.numbers, n) {
			already = append(already, n)
		}
	}
	if len(already) > 0 {
		return picking{}, &refusal{codes: []telephony.Code{reservation.ErrAlreadyInReservation}, numbers: already, available: -1}
	}
	r.Kind = h.kind
	if no := m.mayHold(t, r, true); no != nil {
		return picking{}, no
	}
	return m.choose(t, r)
}

func (m *model) dropFrom(t *mTenant, r engine.DropFromReservation) *refusal {
	h := t.hold(r.Reservation)
	if no := m.over(h); no != nil {
		return no
	}
	var foreign, left telephony.NumberList
	for _, n := range unique(r.Numbers) {
		if !slices.Contains(h.numbers, n) {
			foreign = append(foreign, n)
		}
	}
	for _, n := range h.numbers {
		if !slices.Contains(r.Numbers, n) {
			left = append(left, n)
		}
	}
	switch {
	case len(r.Numbers) == 0:
		return refuse(reservation.ErrNothingChosen)
	case len(unique(r.Numbers)) < len(r.Numbers):
		return refuse(reservation.ErrDuplicateNumber)
	case len(foreign) > 0:
		return &refusal{codes: []telephony.Code{reservation.ErrNotInReservation}, numbers: foreign, available: -1}
	case len(left) == 0:
		return refuse(reservation.ErrNothingLeft)
	}
	t.gaveUp = append(t.gaveUp, mGivenUp{m.now(), slices.Clone(r.Numbers)})
	h.numbers = left
	return nil
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
	t.gaveUp = append(t.gaveUp, mGivenUp{m.now(), rests})
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
