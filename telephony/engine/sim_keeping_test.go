package engine_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// simServices are the services that tenants can have: a bridge, which has any
// number of numbers, and an account, which has one at most.
var simServices = map[telephony.ServiceID]telephony.ServiceKind{"bridge": telephony.ConferenceBridge, "desk": telephony.AutoAttendant}

// serviced lists the numbers of a service.
func (t *simTenant) serviced(id telephony.ServiceID) telephony.NumberList {
	return slices.DeleteFunc(t.numbers(), func(n telephony.Number) bool { return t.owned[n].service != id })
}

// gone gives numbers back that nobody has.
func (s *sim) gone(t *simTenant, numbers telephony.NumberList) {
	for _, n := range numbers {
		ported := t.owned[n].ported
		delete(t.owned, n)
		t.history = append(t.history, n)
		if ported { // it is back with its carrier
			delete(s.stock, n)
			continue
		}
		rest := s.set.Quarantine
		if n.CallingCode() == 1 {
			rest = restInAmerica(rest)
		}
		s.rests[n], s.former[n] = s.now+int64(rest), t.id
	}
}

// resting lists what a tenant released and that rests.
func (s *sim) resting(t *simTenant) (list telephony.NumberList) {
	for n, until := range s.rests {
		if s.former[n] == t.id && s.now < until {
			list = append(list, n)
		}
	}
	return unique(list)
}

func (s *sim) addService(id telephony.TenantID, service telephony.ServiceID) simCall {
	r := engine.ServiceSpec{ID: service, Kind: simServices[service]}
	if r.Kind == telephony.AutoAttendant {
		r.UsageLocation = "US"
	}
	return s.tenantCall(id, "add service", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.AddService(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		has := slices.Contains(t.services, service)
		if s.must(!has && (service == "bridge" || t.bought[licensing.PhoneSystem] > 0), err, engine.ErrServiceExists, licensing.ErrQuotaExceeded) {
			t.services = append(t.services, service)
		}
	})
}

func (s *sim) removeService(id telephony.TenantID, r engine.RemoveService) simCall {
	return s.tenantCall(id, "remove service", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.RemoveService(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		numbers := t.serviced(r.Service)
		if !s.must(slices.Contains(t.services, r.Service) && (len(numbers) == 0 || r.Leave != 0), err, engine.ErrUnknownService, engine.ErrNumberInUse) {
			return
		}
		for _, n := range numbers {
			t.owned[n].service = ""
		}
		if r.Leave == engine.ReleaseNumbers {
			s.gone(t, numbers)
		}
		t.services = slices.DeleteFunc(t.services, func(other telephony.ServiceID) bool { return other == r.Service })
	})
}

func (s *sim) assignService(id telephony.TenantID, r engine.AssignService) simCall {
	return s.tenantCall(id, "assign service", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.AssignService(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		n := t.owned[r.Number]
		may := n != nil && slices.Contains(t.services, r.Service) && n.kind == telephony.TollNumber && n.isIdle() && !n.isBlocked(s.now)
		if may && r.Service == "desk" {
			may = len(t.serviced("desk")) == 0 && n.area.Country == "US"
		}
		if s.must(may, err, engine.ErrRequest, engine.ErrUnknownService, engine.ErrUnknownNumber, telephony.ErrServiceHasNumber, telephony.ErrNotServiceNumber,
			telephony.ErrNumberAssigned, telephony.ErrNumberBlocked, telephony.ErrNumberCountry) {
			n.service = r.Service
		}
	})
}

func (s *sim) unassignService(id telephony.TenantID, r engine.UnassignService) simCall {
	return s.tenantCall(id, "unassign service", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.UnassignService(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		n := t.owned[r.Number]
		if s.must(n != nil && n.service != "", err, engine.ErrRequest, engine.ErrUnknownNumber, engine.ErrNoService) {
			n.service = ""
		}
	})
}

func (s *sim) block(id telephony.TenantID, r engine.BlockNumbers) simCall {
	return s.tenantCall(id, "block", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.BlockNumbers(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		may := len(r.Numbers) > 0
		for _, n := range r.Numbers {
			may = may && t.owned[n] != nil && !t.owned[n].isBlocked(s.now)
		}
		if !s.must(may, err, reservation.ErrQuantity, engine.ErrUnknownNumber, telephony.ErrNumberBlocked) {
			return
		}
		for _, n := range r.Numbers {
			t.owned[n].blocked = s.now + int64(r.Days)*int64(24*time.Hour)
		}
	})
}

func (s *sim) convert(id telephony.TenantID, r engine.ConvertNumbers) simCall {
	return s.tenantCall(id, "convert", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.ConvertNumbers(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		u := s.use(t, r.To)
		may, counted := len(r.Numbers) > 0, int64(0)
		for _, n := range r.Numbers {
			if t.owned[n] != nil && !t.owned[n].ported {
				counted++
			}
			may = may && t.owned[n] != nil && t.owned[n].isIdle() && t.owned[n].kind != r.To
		}
		may = may && (counted == 0 || u.acquired-t.ported(r.To)+u.held+counted <= t.limit(r.To))
		if !s.must(may, err, reservation.ErrQuantity, engine.ErrUnknownNumber, telephony.ErrKindUnchanged, telephony.ErrNumberAssigned, licensing.ErrQuotaExceeded) {
			return
		}
		for _, n := range r.Numbers {
			on := simShelf{t.owned[n].area, r.To}
			t.owned[n].simShelf, s.stock[n] = on, on
		}
	})
}

func (s *sim) reclaim(id telephony.TenantID, r engine.Reclaim) simCall {
	return s.tenantCall(id, "reclaim", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.Reclaim(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		may, counts := len(r.Numbers) > 0, map[telephony.Kind]int64{}
		resting, place := s.resting(t), t.place(r.Location)
		for _, n := range r.Numbers {
			on := s.stock[n]
			counts[on.kind]++
			may = may && slices.Contains(resting, n) && (r.Location == "" || place != nil && place.country == on.area.Country) &&
				(r.Location != "" || on.area.Country == "US" || on.kind != telephony.UserNumber)
		}
		for k, more := range counts {
			u := s.use(t, k)
			may = may && u.acquired-t.ported(k)+u.held+more <= t.limit(k)
		}
		if !s.must(may, err, reservation.ErrQuantity, engine.ErrNotResting, licensing.ErrVoiceClosed, licensing.ErrQuotaExceeded, engine.ErrUnknownLocation,
			telephony.ErrLocationCountry, telephony.ErrNoLocation) {
			return
		}
		for _, n := range r.Numbers {
			delete(s.rests, n)
			t.owned[n] = &simOwned{simShelf: s.stock[n], location: r.Location}
		}
	})
}

// endRest has the provider free what rests.
func (s *sim) endRest(r engine.EndRest) simCall {
	return simCall{what: "end rest", content: fmt.Sprintf("%+v", r),
		call: func(e *engine.Engine, request string) (any, error) {
			r := r
			r.RequestID = request
			return e.As("").EndRest(context.Background(), r)
		},
		judge: func(got any, err error) {
			s.Helper()
			if !s.must(r.All || len(r.Numbers) > 0, err, reservation.ErrQuantity) {
				return
			}
			resting, ended := s.resting(s.tenants[r.Tenant]), got.(engine.RestEnded)
			want := resting
			if !r.All {
				want = slices.DeleteFunc(slices.Clone(r.Numbers), func(n telephony.Number) bool { return !slices.Contains(resting, n) })
			}
			if !slices.Equal(ended.Freed, want) || !r.All && len(ended.Freed)+len(ended.NotResting) != len(r.Numbers) {
				s.fail("of %v that rest were freed %v, and should be %v", resting, ended.Freed, want)
			}
			for _, n := range want {
				delete(s.rests, n)
			}
		}}
}

func (s *sim) removePerson(id telephony.TenantID, r engine.RemovePerson) simCall {
	return s.tenantCall(id, "remove person", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.RemovePerson(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		p := t.person(r.Person)
		if !s.must(p != nil && (!p.number.IsValid() || r.Leave != 0), err, engine.ErrUnknownPerson, engine.ErrNumberInUse) {
			return
		}
		if n := p.number; n.IsValid() {
			if t.unassign(p); r.Leave == engine.ReleaseNumbers {
				s.gone(t, telephony.NumberList{n})
			}
		}
		t.people = slices.DeleteFunc(t.people, func(q *simPerson) bool { return q == p })
	})
}

func (s *sim) vanish(id telephony.TenantID, r engine.Vanished) simCall {
	return s.tenantCall(id, "vanish", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.MarkVanished(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		if p := t.person(r.Person); s.must(p != nil, err, engine.ErrUnknownPerson) {
			p.vanished = true
		}
	})
}

func (s *sim) comeBack(id telephony.TenantID, r engine.Returned) simCall {
	return s.tenantCall(id, "return", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return nil, org.MarkReturned(context.Background(), r)
	}, func(t *simTenant, _ any, err error) {
		s.Helper()
		if p := t.person(r.Person); s.must(p != nil, err, engine.ErrUnknownPerson) {
			p.vanished = false
		}
	})
}

func (s *sim) freeOrphans(id telephony.TenantID, r engine.FreeOrphans) simCall {
	return s.tenantCall(id, "free orphans", r, func(org *engine.Tenant, request string) (any, error) {
		r := r
		r.RequestID = request
		return org.FreeOrphans(context.Background(), r)
	}, func(t *simTenant, got any, err error) {
		s.Helper()
		if !s.must(r.Leave != 0, err, engine.ErrRequest) {
			return
		}
		var want telephony.NumberList
		for _, p := range t.people {
			if p.vanished && p.number.IsValid() {
				want = append(want, p.number)
				t.unassign(p)
			}
		}
		if freed := got.(engine.Freed); !slices.Equal(freed.Numbers, unique(want)) || freed.Left != 0 {
			s.fail("%v are free and %d left, and should be %v", freed.Numbers, freed.Left, want)
		}
		if r.Leave == engine.ReleaseNumbers {
			s.gone(t, want)
		}
	})
}

func (s *sim) drawLeave() engine.Leave {
	return pickOne(s.rng, 0, engine.KeepNumbers, engine.ReleaseNumbers, engine.ReleaseNumbers)
}

// drawKeeping makes up a call on how a tenant's numbers are kept.
func (s *sim) drawKeeping(t *simTenant) simCall {
	id, service := t.id, pickOne[telephony.ServiceID](s.rng, "bridge", "desk")
	tolls := slices.DeleteFunc(t.numbers(), func(n telephony.Number) bool { return t.owned[n].kind != telephony.TollNumber })
	idle := slices.DeleteFunc(t.numbers(), func(n telephony.Number) bool { return !t.owned[n].isIdle() })
	switch s.rng.IntN(13) {
	case 0:
		return s.addService(id, service)
	case 1:
		return s.removeService(id, engine.RemoveService{Service: service, Leave: s.drawLeave()})
	case 2, 3:
		return s.assignService(id, engine.AssignService{Number: s.one(tolls), Service: service})
	case 4:
		return s.unassignService(id, engine.UnassignService{Number: s.one(tolls)})
	case 5:
		return s.block(id, engine.BlockNumbers{Numbers: s.some(idle, 1), Days: 1})
	case 6:
		return s.convert(id, engine.ConvertNumbers{Numbers: s.some(idle, 2), To: pickOne(s.rng, telephony.TollNumber, telephony.UserNumber)})
	case 7, 8:
		return s.reclaim(id, engine.Reclaim{Numbers: s.some(s.resting(t), 2), Location: s.drawPlace(t)})
	case 9:
		return s.endRest(engine.EndRest{Tenant: id, Numbers: s.some(slices.Concat(s.resting(t), t.history), 3)})
	case 10:
		return s.removePerson(id, engine.RemovePerson{Person: s.drawPerson(), Leave: s.drawLeave()})
	case 11:
		if s.rng.IntN(2) == 0 {
			return s.comeBack(id, engine.Returned{Person: s.drawPerson()})
		}
		return s.vanish(id, engine.Vanished{Person: s.drawPerson()})
	}
	return s.freeOrphans(id, engine.FreeOrphans{All: true, Leave: s.drawLeave()})
}
