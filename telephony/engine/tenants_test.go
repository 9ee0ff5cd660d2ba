package engine_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// stranger is a tenant with a person, a number and a location of its own, in a
// world in which another tenant may have things too.
type stranger struct {
	*engine.Tenant
	desk     *engine.Provider // of its world
	own      telephony.Number
	location telephony.LocationID
}

func newStranger(w *world) stranger {
	org := w.tenant("fabrikam", 10)
	w.must(org.AddPerson(w.ctx, engine.PersonSpec{ID: "own", UsageLocation: "US"}))
	held := w.reserve(org, engine.Reserve{Numbers: telephony.NumberList{number("+12125550149")}})
	_, err := org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true})
	w.must(err)
	return stranger{org, w.desk(), number("+12125550149"), w.addressOf(org, offices["US"]).Default}
}

// TestOtherTenantsThingsDoNotExist asks, as one tenant, for things that another
// has, and again in a world in which nobody has them: the errors are the same to
// the last field, so that nobody learns what others have.
func TestOtherTenantsThingsDoNotExist(t *testing.T) {
	there := newScene(t)
	withServices(there)
	nowhere := newWorld(t)
	nowhere.clock.Set(there.clock.Now())
	asked, unknown := newStranger(there.world), newStranger(nowhere)
	for name, call := range strangersCalls(there) {
		got, want := call(asked), call(unknown)
		if want == nil {
			t.Errorf("%s: what nobody has was accepted", name)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the errors differ:\n%s", name, cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true })))
		}
	}
}

// strangersCalls are all the ways to name a thing.
func strangersCalls(s *scene) map[string]func(stranger) error {
	ctx := s.ctx
	person, num, hold := telephony.PersonID("adele.vance"), s.adeles, s.held.ID
	address, location, floor, draft := s.us.ID, s.us.Default, s.floor.ID, s.draft().ID
	order := s.order("+15035550100").ID
	view := func(ask func(*engine.View) error) func(stranger) error {
		return func(o stranger) error {
			v, err := o.View(ctx)
			s.must(err)
			return ask(v)
		}
	}
	return map[string]func(stranger) error{
		"set usage location": func(o stranger) error {
			return o.SetUsageLocation(ctx, engine.UsageLocation{Person: person, Country: "US"})
		},
		"assign licences": func(o stranger) error {
			return o.AssignLicences(ctx, engine.LicenceChange{Person: person, Add: []licensing.Product{licensing.PhoneSystem}})
		},
		"acquire": func(o stranger) error {
			_, err := o.Acquire(ctx, engine.Acquire{Reservation: hold, All: true})
			return err
		},
		"cancel": func(o stranger) error {
			_, err := o.CancelReservation(ctx, engine.CancelReservation{Reservation: hold})
			return err
		},
		"extend": func(o stranger) error {
			_, err := o.ExtendReservation(ctx, engine.ExtendReservation{Reservation: hold, By: time.Minute})
			return err
		},
		"add": func(o stranger) error {
			_, err := o.AddToReservation(ctx, engine.AddToReservation{Reservation: hold, Area: newYork, Quantity: 1})
			return err
		},
		"drop": func(o stranger) error {
			_, err := o.DropFromReservation(ctx, engine.DropFromReservation{Reservation: hold, Numbers: s.held.Numbers()[:1]})
			return err
		},
		"release":         func(o stranger) error { return o.Release(ctx, engine.Release{Numbers: s.spare}) },
		"release a held":  func(o stranger) error { return o.Release(ctx, engine.Release{Numbers: s.held.Numbers()}) },
		"delete address":  func(o stranger) error { return o.DeleteAddress(ctx, engine.DeleteAddress{Address: address}) },
		"delete location": func(o stranger) error { return o.DeleteLocation(ctx, engine.DeleteLocation{Location: floor}) },
		"replace address": func(o stranger) error {
			_, err := o.ReplaceAddress(ctx, engine.ReplaceAddress{Address: address, By: s.fr.ID})
			return err
		},
		"edit address": func(o stranger) error {
			_, err := o.EditAddress(ctx, engine.EditAddress{Address: address, Checked: s.checked(offices["US"])})
			return err
		},
		"promote draft": func(o stranger) error {
			_, err := o.PromoteDraft(ctx, engine.PromoteDraft{Draft: draft, Checked: s.checked(offices["US"])})
			return err
		},
		"delete draft": func(o stranger) error { return o.DeleteDraft(ctx, engine.DeleteDraft{Draft: draft}) },
		"look at a draft": view(func(v *engine.View) error {
			_, err := v.Draft(draft)
			return err
		}),
		"add location": func(o stranger) error {
			_, err := o.AddLocation(ctx, engine.Place{Address: address, Description: "attic"})
			return err
		},
		"assign to the person": func(o stranger) error {
			return o.Assign(ctx, engine.Assign{Number: o.own, Person: person, Location: o.location})
		},
		"assign the number": func(o stranger) error {
			return o.Assign(ctx, engine.Assign{Number: num, Person: "own", Location: o.location})
		},
		"assign at the location": func(o stranger) error {
			return o.Assign(ctx, engine.Assign{Number: o.own, Person: "own", Location: location})
		},
		"unassign":      func(o stranger) error { return o.Unassign(ctx, engine.Unassign{Person: person}) },
		"change number": func(o stranger) error { return o.ChangeNumber(ctx, engine.ChangeNumber{Person: person, Number: o.own}) },
		"change location of the number": func(o stranger) error {
			return o.ChangeLocation(ctx, engine.ChangeLocation{Number: num, Location: o.location})
		},
		"change location to the location": func(o stranger) error {
			return o.ChangeLocation(ctx, engine.ChangeLocation{Number: o.own, Location: location})
		},
		"set attributes": func(o stranger) error {
			return o.SetAttributes(ctx, engine.Attributes{Numbers: telephony.NumberList{num}, AddTags: []string{"HQ"}})
		},
		"block": func(o stranger) error {
			return o.BlockNumbers(ctx, engine.BlockNumbers{Numbers: telephony.NumberList{num}, Forever: true})
		},
		"unblock": func(o stranger) error {
			return o.UnblockNumbers(ctx, engine.UnblockNumbers{Numbers: telephony.NumberList{num}})
		},
		"convert": func(o stranger) error {
			return o.ConvertNumbers(ctx, engine.ConvertNumbers{Numbers: s.spare, To: telephony.TollNumber})
		},
		"reclaim": func(o stranger) error { return o.Reclaim(ctx, engine.Reclaim{Numbers: s.spare}) },
		"set service location": func(o stranger) error {
			return o.SetServiceLocation(ctx, engine.ServiceLocation{Service: "reception", Country: "US"})
		},
		"remove service": func(o stranger) error {
			return o.RemoveService(ctx, engine.RemoveService{Service: "reception", Leave: engine.KeepNumbers})
		},
		"assign to the service": func(o stranger) error {
			return o.AssignService(ctx, engine.AssignService{Number: o.own, Service: "reception"})
		},
		"unassign from the service": func(o stranger) error {
			return o.UnassignService(ctx, engine.UnassignService{Number: s.toll[0]})
		},
		"remove person": func(o stranger) error {
			return o.RemovePerson(ctx, engine.RemovePerson{Person: person, Leave: engine.KeepNumbers})
		},
		"vanish": func(o stranger) error { return o.MarkVanished(ctx, engine.Vanished{Person: person}) },
		"return": func(o stranger) error { return o.MarkReturned(ctx, engine.Returned{Person: person}) },
		"free orphans": func(o stranger) error {
			_, err := o.FreeOrphans(ctx, engine.FreeOrphans{Numbers: telephony.NumberList{num}, Leave: engine.KeepNumbers})
			return err
		},
		"view service": view(func(v *engine.View) error { _, err := v.Service("reception"); return err }),
		"check assign service": view(func(v *engine.View) error {
			return telephony.Join(v.CheckAssignService(engine.AssignService{Number: num, Service: "reception"}))
		}),
		"tell": func(o stranger) error { return o.MarkTold(ctx, engine.Told{Person: person}) },
		"port to the location": func(o stranger) error {
			r := portRequest(s.clock.Now(), "+15035550109")
			r.Location = location
			_, err := o.OrderPort(ctx, engine.OrderPort{Request: r, Area: portland})
			return err
		},
		"edit port order": func(o stranger) error {
			_, err := o.EditPort(ctx, engine.EditPort{Order: order, Request: portRequest(s.clock.Now(), "+15035550109"), Area: portland})
			return err
		},
		"set port date": func(o stranger) error {
			_, err := o.SetPortDate(ctx, engine.SetPortDate{Order: order, Date: s.clock.Now().Add(9 * day)})
			return err
		},
		"cancel port order": func(o stranger) error {
			_, err := o.CancelPort(ctx, engine.CancelPort{Order: order})
			return err
		},
		"resubmit port order": func(o stranger) error {
			_, err := o.ResubmitPort(ctx, engine.ResubmitPort{Order: order})
			return err
		},
		"approve as the stranger's": func(o stranger) error {
			_, err := o.desk.ApprovePort(ctx, engine.ApprovePort{Tenant: o.ID(), Order: order, Date: s.clock.Now().Add(9 * day)})
			return err
		},
		"release what is ordered": func(o stranger) error {
			return o.Release(ctx, engine.Release{Numbers: telephony.NumberList{number("+15035550100")}})
		},
		"port out as the stranger's": func(o stranger) error {
			_, err := o.desk.PortOut(ctx, engine.PortOut{Tenant: o.ID(), Numbers: s.spare, PIN: pinOf("808017"), Carrier: "Gaining"})
			return err
		},
		"view port order":  view(func(v *engine.View) error { _, err := v.PortOrder(order); return err }),
		"view person":      view(func(v *engine.View) error { _, err := v.Person(person); return err }),
		"view number":      view(func(v *engine.View) error { _, err := v.Number(num); return err }),
		"view reservation": view(func(v *engine.View) error { _, err := v.Reservation(hold); return err }),
		"view address":     view(func(v *engine.View) error { _, err := v.Address(address); return err }),
		"view location":    view(func(v *engine.View) error { _, err := v.Location(location); return err }),
		"view own":         view(func(v *engine.View) error { _, err := v.Own(person); return err }),
		"view to do":       view(func(v *engine.View) error { _, err := v.ToDo(person); return err }),
		"check assign": view(func(v *engine.View) error {
			return telephony.Join(v.CheckAssign(engine.Assign{Number: num, Person: person, Location: location}))
		}),
	}
}

// TestOtherTenantsThingsAreNotListed: queries find nothing of another tenant's,
// though they name its things.
func TestOtherTenantsThingsAreNotListed(t *testing.T) {
	s := newKept(t)
	s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare}))
	o := newStranger(s.world)
	v := s.viewOf(o.Tenant)
	for service := range v.Services(engine.ServiceQuery{}) {
		t.Errorf("another tenant's service is listed: %s", service.ID)
	}
	for range v.Tags() {
		t.Error("another tenant's tag is listed")
	}
	for r := range v.Resting() {
		t.Errorf("what another tenant released is listed: %s", r.Number.Masked())
	}
	for name, q := range map[string]engine.NumberQuery{"tag": {Tag: "HQ"}, "service": {Service: "bridge"}, "blocked": {Blocked: true}, "orphans": {Orphaned: true}} {
		for range v.Numbers(q) {
			t.Errorf("another tenant's number is found by %s", name)
		}
	}
	for n := range v.Numbers(engine.NumberQuery{}) {
		if n.Number != o.own {
			t.Errorf("another tenant's number is listed: %s", n.Number.Masked())
		}
	}
	for p := range v.People(engine.PersonQuery{}) {
		if p.ID != "own" {
			t.Errorf("another tenant's person is listed: %s", p.ID.Masked())
		}
	}
	for range v.Numbers(engine.NumberQuery{Location: s.us.Default}) {
		t.Error("a number is listed at another tenant's location")
	}
	for range v.Locations(s.us.ID) {
		t.Error("a location of another tenant's address is listed")
	}
	s.order("+15035550100")
	for p := range s.viewOf(o.Tenant).PortOrders(engine.PortQuery{Tenant: "contoso"}) {
		t.Errorf("another tenant's port order is listed: %s", p.ID)
	}
	for r := range v.Reservations(engine.ReservationQuery{State: reservation.Reserved}) {
		t.Errorf("another tenant's reservation is listed: %s", r.ID)
	}
}

// TestTakenAndMissingNumbersLookAlike: who asks for a number by name learns
// whether it is free, and nothing about why it is not.
func TestTakenAndMissingNumbersLookAlike(t *testing.T) {
	s := newScene(t)
	o := newStranger(s.world)
	var first *telephony.Error
	for name, n := range map[string]telephony.Number{"another's": s.spare[0], "another person's": s.adeles,
		"held by another": s.held.Numbers()[0], "not in stock": number("+15035550100"), "of another kind": s.toll[0]} {
		_, err := o.Reserve(s.ctx, engine.Reserve{Numbers: telephony.NumberList{n}})
		var e *telephony.Error
		if !errors.As(err, &e) || e.Code != reservation.ErrNumbersTaken || len(e.Numbers) != 1 || e.Numbers[0] != n {
			t.Fatalf("%s: got %v, want %q with the number", name, err, reservation.ErrNumbersTaken)
		}
		e.Numbers = nil
		if first == nil {
			first = e
		}
		if !reflect.DeepEqual(e, first) {
			t.Errorf("%s: the error differs: %v and %v", name, e, first)
		}
	}
}
