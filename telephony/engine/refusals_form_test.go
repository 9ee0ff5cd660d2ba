package engine_test

import (
	"context"
	"strings"

	"example.com/callingplan/emergency"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// wrongForms are calls that are wrong in themselves, whatever the state is.
func wrongForms() []wrongCall {
	named := func(name string) func(*scene) error {
		return func(s *scene) error {
			return s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "isaiah", Name: name})
		}
	}
	person := func(id telephony.PersonID) func(*scene) error {
		return func(s *scene) error { return s.org.AddPerson(s.ctx, engine.PersonSpec{ID: id}) }
	}
	return []wrongCall{
		{name: "name of ten megabytes", code: telephony.ErrText, unlogged: true, says: []string{"name:", "bytes 10485760", "256"}, call: named(strings.Repeat("vance", 2<<20))},
		{name: "name of 257 characters", code: telephony.ErrText, unlogged: true, says: []string{"characters 257"}, call: named(strings.Repeat("é", 257))},
		{name: "name that is not UTF-8", code: telephony.ErrText, unlogged: true, says: []string{"UTF-8", "at byte 5"}, call: named("vance\xff")},
		{name: "name with a control character", code: telephony.ErrText, unlogged: true, says: []string{"control", "at byte 5"}, call: named("vance\x00")},
		{name: "empty identifier", code: telephony.ErrID, unlogged: true, says: []string{"bytes 0"}, call: person("")},
		{name: "long identifier", code: telephony.ErrID, unlogged: true, says: []string{"bytes 129"}, call: person(telephony.PersonID(strings.Repeat("v", 129)))},
		{name: "identifier with a blank", code: telephony.ErrID, unlogged: true, says: []string{"wrong byte at 5"}, call: person("adele vance")},
		{name: "person there already", code: engine.ErrPersonExists, says: []string{"person a***"}, call: person("adele.vance")},
		{name: "country that is none", code: telephony.ErrCountry, unlogged: true, call: func(s *scene) error {
			return s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "isaiah", UsageLocation: "us"})
		}},
		{name: "tenant there already", code: engine.ErrTenantExists, says: []string{"tenant contoso"}, call: func(s *scene) error {
			_, err := s.eng.CreateTenant(s.ctx, engine.TenantSpec{ID: "contoso"})
			return err
		}},
		{name: "kind that is none", code: telephony.ErrKind, unlogged: true,
			call: func(s *scene) error { return s.tryReserve(engine.Reserve{Area: seattle, Kind: 9, Quantity: 1}) }},
		{name: "area that is none", code: telephony.ErrCountry, unlogged: true, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: telephony.Area{City: "Seattle"}, Quantity: 1})
		}},
		{name: "no area", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error { return s.tryReserve(engine.Reserve{Quantity: 1}) }},
		{name: "contradictory choice", code: reservation.ErrChoice, unlogged: true, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 2, Consecutive: true, AllowFewer: true})
		}},
		{name: "all and some", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, All: true, Numbers: s.held.Numbers()})
		}},
		{name: "no number to assign", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			return s.tryAssign(telephony.Number{}, "megan.bowen", s.us.Default)
		}},
		{name: "no place", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			_, err := s.org.AddLocation(s.ctx, engine.Place{Address: s.us.ID})
			return err
		}},
		{name: "place with a control character", code: telephony.ErrText, unlogged: true, call: func(s *scene) error {
			_, err := s.org.AddLocation(s.ctx, engine.Place{Address: s.us.ID, Description: "east wing\n"})
			return err
		}},
		{name: "address that was not accepted", code: telephony.ErrAddressNotValidated, unlogged: true, call: func(s *scene) error {
			a := offices["US"]
			a.PostalCode = "none"
			return s.trySave(a)
		}},
		{name: "address that was not checked", code: telephony.ErrAddressNotValidated, unlogged: true, call: func(s *scene) error {
			_, err := s.org.SaveAddress(s.ctx, emergency.Checked{})
			return err
		}},
	}
}

// wrongCallers are calls that are refused for who makes them, or how.
func wrongCallers() []wrongCall {
	reserve := func(s *scene, ctx context.Context) error {
		_, err := s.org.Reserve(ctx, engine.Reserve{Area: seattle, Quantity: 1})
		return err
	}
	return []wrongCall{
		{name: "no context", code: engine.ErrRequest, unlogged: true, says: []string{"reserve:", "ctx"},
			call: func(s *scene) error { return reserve(s, noContext) }},
		{name: "context that has ended", code: engine.ErrCancelled, unlogged: true, says: []string{"before anything happened"}, call: func(s *scene) error {
			ctx, cancel := context.WithCancel(s.ctx)
			cancel()
			return reserve(s, ctx)
		}},
		{name: "denied", code: engine.ErrDenied, unlogged: true, says: []string{"not allowed", "no budget"}, call: func(s *scene) error {
			s.allow = func() error { return errNoBudget }
			return reserve(s, s.ctx)
		}},
		{name: "denied by a panic", code: engine.ErrDenied, unlogged: true, says: []string{"not allowed"}, call: func(s *scene) error {
			s.allow = func() error { panic("vance") }
			return reserve(s, s.ctx)
		}},
		{name: "view denied", code: engine.ErrDenied, unlogged: true, says: []string{"view:"}, call: func(s *scene) error {
			s.allow = func() error { return errNoBudget }
			_, err := s.org.View(s.ctx)
			return err
		}},
		{name: "actor that is none", code: telephony.ErrID, unlogged: true, says: []string{"actor"}, call: func(s *scene) error {
			_, err := s.org.As("adele vance").Reserve(s.ctx, engine.Reserve{Area: seattle, Quantity: 1})
			return err
		}},
		{name: "request id that is none", code: telephony.ErrID, unlogged: true, says: []string{"request id"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 1, RequestID: "one two"})
		}},
	}
}
