package engine_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// visible is the delay after which people appear, in tests that ask for one.
const visible = 3 * time.Hour

// scene is a world in the middle of things:
//
//	adele    has a number at the US office
//	megan    could have one
//	lynne    has no usage location and no licence
//	diego    has a usage location and no licence
//	henri    could have a French number
type scene struct {
	*world
	us, fr engine.Address
	floor  engine.Location      // in the US office, nobody's
	spare  telephony.NumberList // four of the US, nobody's
	adeles telephony.Number
	french telephony.NumberList // two, at the French office
	toll   telephony.NumberList // one, for services
	held   engine.Reservation   // of three
	// of those tests that make them
	annex   engine.Address // in the US, nobody's
	drafted engine.Draft
	allow   func() error // what the authorizer does
}

func newScene(t testing.TB, options ...engine.Option) *scene {
	t.Helper()
	s := &scene{allow: func() error { return nil }}
	options = append(options, engine.WithAuthorizer(func(context.Context, engine.Action) error { return s.allow() }))
	s.world = newWorld(t, options...)
	s.us, s.fr = s.address("US"), s.address("FR")
	var err error
	s.floor, err = s.org.AddLocation(s.ctx, engine.Place{Address: s.us.ID, Description: "2nd floor, east wing"})
	s.must(err)
	if inForce, _ := s.view().Terms(); inForce > 0 {
		s.must(s.org.AcknowledgeTerms(s.ctx, engine.AcknowledgeTerms{Version: inForce}))
	}
	s.person("adele.vance", "US")
	s.person("megan.bowen", "US")
	s.must(s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "lynne.robbins", Name: "Lynne Robbins"}))
	s.must(s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "diego.siciliani", UsageLocation: "US"}))
	s.person("henri.muller", "FR")
	s.clock.Add(visible) // where there is a delay, these people have waited for it
	five := s.acquire(engine.Reserve{Area: seattle, Quantity: 5}, "")
	s.adeles, s.spare = five[0], five[1:]
	s.must(s.org.Assign(s.ctx, engine.Assign{Number: s.adeles, Person: "adele.vance", Location: s.us.Default}))
	s.french = s.acquire(engine.Reserve{Area: paris, Quantity: 2}, s.fr.Default)
	s.toll = s.acquire(engine.Reserve{Area: seattle, Kind: telephony.TollNumber, Quantity: 1}, "")
	s.held = s.hold(seattle, 3)
	return s
}

// The calls of the table below, short.

func (s *scene) tryReserve(r engine.Reserve) error {
	_, err := s.org.Reserve(s.ctx, r)
	return err
}

func (s *scene) tryAcquire(r engine.Acquire) error {
	_, err := s.org.Acquire(s.ctx, r)
	return err
}

func (s *scene) tryAssign(n telephony.Number, p telephony.PersonID, l telephony.LocationID) error {
	return s.org.Assign(s.ctx, engine.Assign{Number: n, Person: p, Location: l})
}

func (s *scene) tryLicence(p telephony.PersonID, add ...licensing.Product) error {
	return s.org.AssignLicences(s.ctx, engine.LicenceChange{Person: p, Add: add})
}

func (s *scene) tryBuy(p licensing.Product, quantity int64) error {
	return s.org.BuyLicences(s.ctx, engine.Purchase{Product: p, Quantity: quantity})
}

func (s *scene) tryCancel(id telephony.ReservationID) error {
	_, err := s.org.CancelReservation(s.ctx, engine.CancelReservation{Reservation: id})
	return err
}

func (s *scene) tryAdd(r engine.AddToReservation) error {
	_, err := s.org.AddToReservation(s.ctx, r)
	return err
}

func (s *scene) tryDrop(id telephony.ReservationID, numbers ...telephony.Number) error {
	_, err := s.org.DropFromReservation(s.ctx, engine.DropFromReservation{Reservation: id, Numbers: numbers})
	return err
}

func (s *scene) tryStock(a telephony.Area, text string) error {
	r, err := telephony.ParseRange(text)
	s.must(err)
	return s.eng.AddStock(s.ctx, engine.Stock{Range: r, Area: a, Kind: telephony.UserNumber})
}

// unfinished is an address that is not well formed.
var unfinished = emergency.Address{Country: "US", State: "WA", City: "Seattle", Street: "Fiction", PostalCode: "98101"}

// lyonOffice is in another city than the French numbers of a scene.
var lyonOffice = emergency.Address{Country: "FR", City: "Lyon", StreetTypePrefix: "Rue", Street: "de la Fiction", HouseNumber: "9", PostalCode: "69001"}

func (w *world) checked(a emergency.Address) emergency.Checked {
	w.Helper()
	checked, err := w.org.CheckAddress(w.ctx, a)
	w.must(err)
	return checked
}

func (w *world) draft() engine.Draft {
	w.Helper()
	d, err := w.org.SaveDraft(w.ctx, w.checked(unfinished))
	w.must(err)
	return d
}

// tryReplace replaces one address by another.
func (w *world) tryReplace(from, by telephony.AddressID) error {
	_, err := w.org.ReplaceAddress(w.ctx, engine.ReplaceAddress{Address: from, By: by})
	return err
}

// tryEdit makes an address another one.
func (w *world) tryEdit(id telephony.AddressID, to emergency.Address) error {
	_, err := w.org.EditAddress(w.ctx, engine.EditAddress{Address: id, Checked: w.checked(to)})
	return err
}

func (s *scene) trySave(a emergency.Address) error {
	checked, err := s.org.CheckAddress(s.ctx, a)
	s.must(err)
	_, err = s.org.SaveAddress(s.ctx, checked)
	return err
}

var errNoBudget = errors.New("no budget")
