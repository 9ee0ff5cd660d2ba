package engine

import (
	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
)

// ErrAreaMismatch is why a number is not activated: its emergency address is not
// in its area, which the country asks for.
const ErrAreaMismatch telephony.Code = "address_outside_area"

// activation returns whether a number of an area works. Where the country asks for
// it [loc], a number works only as long as its emergency address is in its area
// (emergency.FitsArea), whatever its carrier says; once it gets one that is, the
// carrier's word stands again. That follows from the number's area and address
// alone, so nothing has to be told of a change.
func (r reader) activation(n numberRow, m *markRow, area telephony.Area) telephony.Activation {
	a := m.activation(n.Acquired)
	if n.Location == "" || !emergency.PolicyFor(area.Country).AreaMustFit {
		return a
	}
	l, _ := r.tables.locations.Get(r.rows, locationKey(r.tenant, n.Location))
	address, _ := r.tables.addresses.Get(r.rows, addressKey(r.tenant, l.Address))
	located := unix(max(n.Located, l.Placed, n.Moved))
	switch {
	case !emergency.FitsArea(address.Record.Address, area):
		return telephony.Activation{State: telephony.AssignmentFailed, Since: located, Why: ErrAreaMismatch}
	case m.Carrier.State == 0:
		a.Since = located
	}
	return a
}

// worksAt reports whether numbers of an area work at a location of the
// command's tenant.
func (s *step) worksAt(area uint32, id telephony.LocationID) bool {
	l, ok := s.location(id)
	return !ok || !l.MustFit || emergency.FitsArea(s.addressOf(l).Record.Address, s.known.of(area))
}

// tellActivation tells of a number that works no longer, or again, for having
// come to a location from another.
func (s *step) tellActivation(n numberRow, from telephony.LocationID) {
	if to, _ := s.location(n.Location); from == n.Location || !to.MustFit {
		return
	}
	switch before, now := s.worksAt(n.Area, from), s.worksAt(n.Area, n.Location); {
	case before && !now:
		s.tell(Event{Type: ActivationFailed, Numbers: telephony.NumberList{n.Number}, Location: n.Location})
	case !before && now:
		s.tell(Event{Type: ActivationRecovered, Numbers: telephony.NumberList{n.Number}, Location: n.Location})
	}
}

// failedAt returns the numbers that do not work at the location they come to, in
// the order of the rows.
func (s *step) failedAt(id telephony.LocationID, rows []numberRow) (failed telephony.NumberList) {
	for i := 0; i < len(rows) && id != ""; {
		area, first := rows[i].Area, i
		works := s.worksAt(area, id)
		for ; i < len(rows) && rows[i].Area == area; i++ {
		}
		for _, n := range rows[first:i] {
			if !works {
				failed = append(failed, n.Number)
			}
		}
	}
	return failed
}

// activations notes which numbers of a tenant stop working, and which work again,
// for having come to another area, and tells of them location by location.
type activations struct {
	step   *step
	events []Event
}

// note notes a number that comes from one area to another.
func (a *activations) note(n numberRow, from, to telephony.Area) {
	r := a.step.reader()
	r.tenant = n.Tenant
	m := r.mark(n)
	before, now := r.activation(n, &m, from).Why == ErrAreaMismatch, r.activation(n, &m, to).Why == ErrAreaMismatch
	if before == now {
		return
	}
	kind := ActivationRecovered
	if now {
		kind = ActivationFailed
	}
	for i := range a.events {
		if e := &a.events[i]; e.Type == kind && e.Location == n.Location {
			e.Numbers = append(e.Numbers, n.Number)
			return
		}
	}
	a.events = append(a.events, Event{Type: kind, Location: n.Location, Numbers: telephony.NumberList{n.Number}})
}

// tell tells the tenant, and begins anew.
func (a *activations) tell(tenant telephony.TenantID) {
	for _, e := range a.events {
		e.Tenant = tenant
		a.step.event(e)
	}
	a.events = nil
}
