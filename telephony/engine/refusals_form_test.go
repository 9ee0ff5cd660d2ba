package engine_test

import (
	"context"
	"slices"
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
		{name: "order that chooses nothing", code: reservation.ErrOrder, unlogged: true, says: []string{"lowest, spread or shuffled"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 2, Order: reservation.Memorable})
		}},
		{name: "seed of no shuffle", code: reservation.ErrChoice, unlogged: true, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 2, Seed: 1})
		}},
		{name: "list without what was given up", code: reservation.ErrChoice, unlogged: true, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Numbers: s.held.Numbers(), ExcludeGivenUp: true})
		}},
		{name: "too many excluded", code: reservation.ErrExcludeLength, unlogged: true, says: []string{"listed 10001", "most 10000"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 2, Exclude: slices.Repeat(s.held.Numbers()[:1], engine.MaxExcluded+1)})
		}},
		{name: "reference of 129 characters", code: telephony.ErrText, unlogged: true, says: []string{"reference", "characters 129", "most characters 128"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 2, Reference: strings.Repeat("v", engine.MaxReference+1)})
		}},
		{name: "reference with a line break", code: telephony.ErrText, unlogged: true, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 2, Reference: "vance\n"})
		}},
		{name: "add from nowhere", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Quantity: 2})
		}},
		{name: "add nothing", code: reservation.ErrQuantity, unlogged: true, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: seattle})
		}},
		{name: "add to no identifier", code: telephony.ErrID, unlogged: true, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Area: seattle, Quantity: 1})
		}},
		{name: "drop more than there can be", code: reservation.ErrQuantity, unlogged: true, says: []string{"asked 5001", "most 5000"}, call: func(s *scene) error {
			return s.tryDrop(s.held.ID, slices.Repeat(s.held.Numbers()[:1], reservation.MaxPerRequest+1)...)
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
