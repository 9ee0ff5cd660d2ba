package engine_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

var noContext context.Context // what a caller passes who forgot

// TestPrecedence asks for what is wrong in two ways, and expects the cause that
// the method's documentation lists first.
func TestPrecedence(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	deny := func(s *scene) { s.allow = func() error { return errNoBudget } }
	reserve := func(r engine.Reserve) func(*scene) error {
		return func(s *scene) error { return s.tryReserve(r) }
	}
	reserveIn := func(ctx context.Context, r engine.Reserve) func(*scene) error {
		return func(s *scene) error {
			_, err := s.org.Reserve(ctx, r)
			return err
		}
	}
	none := func(r engine.Reserve) func(*scene) error {
		return func(s *scene) error {
			_, err := s.eng.Tenant("nobody").Reserve(s.ctx, r)
			return err
		}
	}
	const tollFree = telephony.TollFreeNumber
	for _, c := range []struct {
		name  string
		first telephony.Code
		given func(*scene)
		call  func(*scene) error
	}{
		{"no context, denied", engine.ErrRequest, deny, reserveIn(noContext, engine.Reserve{Area: seattle, Quantity: 1})},
		{"denied, ended", engine.ErrDenied, deny, reserveIn(ended, engine.Reserve{Area: seattle, Quantity: 1})},
		{"denied, malformed", engine.ErrDenied, deny, reserve(engine.Reserve{Quantity: -1})},
		{"ended, malformed", engine.ErrCancelled, nil, reserveIn(ended, engine.Reserve{Quantity: -1})},
		{"malformed, unknown tenant", reservation.ErrQuantity, nil, none(engine.Reserve{Area: seattle})},
		{"unknown tenant, area not offered", engine.ErrUnknownTenant, nil, none(engine.Reserve{Area: portland, Quantity: 1})},
		{"quantity, kind", reservation.ErrQuantity, nil, reserve(engine.Reserve{Area: seattle, Kind: 9})},
		{"kind, area", telephony.ErrKind, nil, reserve(engine.Reserve{Area: telephony.Area{Country: "us"}, Kind: 9, Quantity: 1})},
		{"credits, request's limit", licensing.ErrCreditsNeeded, nil, reserve(engine.Reserve{Area: freeUS, Kind: tollFree, Quantity: 501})},
		{"request's limit, held", reservation.ErrQuantity, nil, reserve(engine.Reserve{Area: seattle, Quantity: 501})},
		{"open, held", reservation.ErrTooManyOpen, fillUp, reserve(engine.Reserve{Area: seattle, Quantity: 200})},
		{"held, quota", reservation.ErrTooManyHeld, nil, reserve(engine.Reserve{Area: seattle, Quantity: 198})},
		{"quota, area not offered", licensing.ErrQuotaExceeded, nil, reserve(engine.Reserve{Area: portland, Quantity: 111})},
		{"quota, stock", licensing.ErrQuotaExceeded, nil, reserve(engine.Reserve{Area: newYork, Quantity: 111})},
		{"excluded, reference", reservation.ErrNumberMissing, nil, reserve(engine.Reserve{Area: seattle, Quantity: 1, Exclude: telephony.NumberList{{}}, Reference: "\x00"})},
		{"reference, kind", telephony.ErrText, nil, reserve(engine.Reserve{Area: seattle, Quantity: 1, Reference: "\x00", Kind: 9})},
		{"add: quantity, identifier", reservation.ErrQuantity, nil, func(s *scene) error { return s.tryAdd(engine.AddToReservation{Area: seattle}) }},
		{"add: identifier, area", telephony.ErrID, nil, func(s *scene) error { return s.tryAdd(engine.AddToReservation{Quantity: 1}) }},
		{"add: over, in it already", reservation.ErrCancelled, func(s *scene) { s.must(s.tryCancel(s.held.ID)) }, func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Numbers: s.held.Numbers()})
		}},
		{"add: in it already, taken", reservation.ErrAlreadyInReservation, nil, func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Numbers: telephony.NumberList{s.adeles, s.held.Numbers()[0]}})
		}},
		{"add: in it already, voice", reservation.ErrAlreadyInReservation, closeVoice, func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Numbers: s.held.Numbers()})
		}},
		{"add: voice, request's limit", licensing.ErrVoiceClosed, closeVoice, func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: seattle, Quantity: 501})
		}},
		{"add: request's limit, held", reservation.ErrQuantity, nil, func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: seattle, Quantity: 501})
		}},
		{"add: held, quota", reservation.ErrTooManyHeld, nil, func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: seattle, Quantity: 198})
		}},
		{"add: quota, area not offered", licensing.ErrQuotaExceeded, nil, func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: portland, Quantity: 111})
		}},
		{"drop: identifier, too many", telephony.ErrID, nil, func(s *scene) error {
			return s.tryDrop("", slices.Repeat(s.held.Numbers()[:1], 5001)...)
		}},
		{"drop: over, nothing", reservation.ErrCancelled, func(s *scene) { s.must(s.tryCancel(s.held.ID)) }, func(s *scene) error { return s.tryDrop(s.held.ID) }},
		{"drop: twice, not of the hold", reservation.ErrDuplicateNumber, nil, func(s *scene) error {
			return s.tryDrop(s.held.ID, s.spare[0], s.spare[0])
		}},
		{"drop: not of the hold, the last", reservation.ErrNotInReservation, nil, func(s *scene) error {
			return s.tryDrop(s.held.ID, append(s.held.Numbers(), s.spare[0])...)
		}},
		{"over, not of the hold", reservation.ErrCancelled, func(s *scene) { s.must(s.tryCancel(s.held.ID)) }, func(s *scene) error {
			return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, Numbers: s.spare})
		}},
		{"twice, not of the hold", reservation.ErrDuplicateNumber, nil, func(s *scene) error {
			return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, Numbers: telephony.NumberList{s.spare[0], s.spare[0]}})
		}},
		{"not of the hold, location", reservation.ErrNotInReservation, nil, func(s *scene) error {
			return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, Numbers: s.spare, Location: "l-none"})
		}},
		{"person, product", engine.ErrUnknownPerson, nil, func(s *scene) error { return s.tryLicence("nobody.known", "FAX") }},
		{"product, usage location", licensing.ErrUnknownProduct, nil, func(s *scene) error { return s.tryLicence("lynne.robbins", "FAX") }},
		{"no number, unknown number", engine.ErrNoNumber, nil, func(s *scene) error {
			return s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "megan.bowen", Number: number("+14255550199")})
		}},
		{"unknown number, unknown location", engine.ErrUnknownNumber, nil, func(s *scene) error {
			return s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: number("+14255550199"), Location: "l-none"})
		}},
		{"default location, in use", engine.ErrDefaultLocation, nil, func(s *scene) error {
			return s.org.DeleteLocation(s.ctx, engine.DeleteLocation{Location: s.us.Default})
		}},
		{"numbers, nothing to set", reservation.ErrQuantity, nil, func(s *scene) error { return s.org.SetAttributes(s.ctx, engine.Attributes{}) }},
		{"nothing to set, unknown numbers", engine.ErrRequest, nil, func(s *scene) error { return s.tryTag(number("+14255550199")) }},
		{"unknown numbers, blocked", engine.ErrUnknownNumber, func(s *scene) { s.must(s.tryBlock(1, s.adeles)) }, func(s *scene) error {
			return s.tryBlock(1, s.adeles, number("+14255550199"))
		}},
		{"days, unknown numbers", telephony.ErrBlockedDays, nil, func(s *scene) error { return s.tryBlock(0, number("+14255550199")) }},
		{"unknown numbers, kind unchanged", engine.ErrUnknownNumber, nil, func(s *scene) error {
			return s.tryConvert(telephony.UserNumber, s.adeles, number("+14255550199"))
		}},
		{"assigned, quota", telephony.ErrNumberAssigned, func(s *scene) {
			s.must(s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 90}))
			s.acquire(engine.Reserve{Area: seattle, Kind: telephony.TollNumber, Quantity: 4}, "")
		}, func(s *scene) error { return s.tryConvert(telephony.TollNumber, s.spare[0], s.adeles) }},
		{"not resting, quota", engine.ErrNotResting, func(s *scene) {
			s.must(s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 97}))
		}, func(s *scene) error { return s.tryReclaim("l-none", s.spare...) }},
		{"quota, location", licensing.ErrQuotaExceeded, func(s *scene) {
			s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare}))
			s.must(s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 96}))
			s.acquire(engine.Reserve{Area: newYork, Quantity: 6}, "")
		}, func(s *scene) error { return s.tryReclaim("l-none", s.spare...) }},
		{"kind of service, name", telephony.ErrServiceKind, nil, func(s *scene) error {
			return s.org.AddService(s.ctx, engine.ServiceSpec{ID: "desk", Name: "\x00"})
		}},
		{"service there, limit of accounts", engine.ErrServiceExists, func(s *scene) {
			withServices(s)
			s.must(s.org.AssignLicences(s.ctx, engine.LicenceChange{Person: "adele.vance", Remove: []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}}))
		}, func(s *scene) error { return s.tryService("reception", telephony.CallQueue, "") }},
		{"fate, unknown person", engine.ErrRequest, nil, func(s *scene) error {
			return s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: "nobody.known", Leave: 7})
		}},
		{"gone, terms", engine.ErrPersonVanished, func(s *scene) { s.must(s.org.MarkVanished(s.ctx, engine.Vanished{Person: "lynne.robbins"})) }, func(s *scene) error {
			return s.tryAssign(s.spare[0], "lynne.robbins", "")
		}},
		{"another country, overlap", engine.ErrStockCountry, nil, func(s *scene) error { return s.tryStock(seattle, "+33199000000") }},
		{"no range, no area", engine.ErrRequest, nil, func(s *scene) error { return s.eng.AddStock(s.ctx, engine.Stock{}) }},
		{"area, kind", telephony.ErrCountry, nil, func(s *scene) error {
			return s.eng.AddStock(s.ctx, engine.Stock{Range: mustRange("+14255550100"), Area: telephony.Area{Country: "us"}, Kind: 9})
		}},
		{"kind, another country", telephony.ErrKind, nil, func(s *scene) error {
			return s.eng.AddStock(s.ctx, engine.Stock{Range: mustRange("+33199000000"), Area: seattle, Kind: 9})
		}},
		{"kind in a list, too many numbers", telephony.ErrKind, nil, func(s *scene) error {
			zz := engine.Stock{Range: mustRange("+999100000000..+999199999999"), Area: telephony.Area{Country: "ZZ"}, Kind: 1}
			return s.tryList(zz, zz, engine.Stock{Range: mustRange("+14255550200"), Area: seattle})
		}},
		{"too many to move, area", engine.ErrRequest, nil, func(s *scene) error { return s.tryMove("+14255550000..+14255551000", telephony.Area{}) }},
		{"area to move to, country", telephony.ErrArea, nil, func(s *scene) error { return s.tryMove("+33199000000", telephony.Area{Country: "US", Region: "wa"}) }},
		{"not in stock, over a border", reservation.ErrNotInStock, nil, func(s *scene) error {
			return s.tryMove("+14255550199..+14255550200", telephony.Area{Country: "CA"})
		}},
		{"not in stock, acquired", reservation.ErrNotInStock, nil, func(s *scene) error { return s.tryWithdraw("+14255550099..+14255550100") }},
		{"acquired, held", engine.ErrStockAcquired, nil, func(s *scene) error { return s.tryWithdraw("+14255550104..+14255550107") }},
		{"held, resting", engine.ErrStockHeld, func(s *scene) { s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare[3:]})) },
			func(s *scene) error { return s.tryWithdraw("+14255550104..+14255550107") }},
		{"identifier, name", telephony.ErrID, nil, func(s *scene) error {
			_, err := s.eng.CreateTenant(s.ctx, engine.TenantSpec{ID: "con toso", Name: "\x00"})
			return err
		}},
		{"name, tenant there already", telephony.ErrText, nil, func(s *scene) error {
			_, err := s.eng.CreateTenant(s.ctx, engine.TenantSpec{ID: "contoso", Name: "\x00"})
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			if c.given != nil {
				c.given(s)
			}
			var e *telephony.Error
			if err := c.call(s); !errors.As(err, &e) || e.Code != c.first {
				t.Errorf("got %v, want %q first", err, c.first)
			}
		})
	}
}

// closeVoice leaves the tenant no product that opens the voice area, with a
// reservation open.
func closeVoice(s *scene) {
	for _, p := range []telephony.PersonID{"adele.vance", "megan.bowen", "henri.muller"} {
		_ = s.org.AssignLicences(s.ctx, engine.LicenceChange{Person: p, Remove: []licensing.Product{licensing.DomesticCallingPlan, licensing.PhoneSystem}})
	}
	for _, h := range s.view().Licences() {
		_ = s.org.ReturnLicences(s.ctx, engine.Purchase{Product: h.Product, Quantity: h.Bought - h.Assigned})
	}
}

// fillUp opens as many reservations as are allowed.
func fillUp(s *scene) {
	for range 9 {
		s.hold(newYork, 1)
	}
}

// TestRefusalNamesEverything: where several things are missing or in the way at
// once, the error has them all, in order.
func TestRefusalNamesEverything(t *testing.T) {
	s := newScene(t)
	for _, c := range []struct {
		name string
		err  error
		want []telephony.Code
	}{
		{"all unknown", s.tryAssign(number("+14255550199"), "nobody.known", "l-none"),
			[]telephony.Code{engine.ErrUnknownPerson, engine.ErrUnknownNumber, engine.ErrUnknownLocation}},
		{"all in the way", s.tryAssign(s.adeles, "lynne.robbins", ""),
			[]telephony.Code{telephony.ErrNoUsageLocation, telephony.ErrNoPhoneSystem, telephony.ErrNoCallingPlan,
				telephony.ErrNumberAssigned}},
		{"release", s.org.Release(s.ctx, engine.Release{Numbers: telephony.NumberList{s.adeles, number("+14255550199")}}),
			[]telephony.Code{engine.ErrUnknownNumber, engine.ErrNumberInUse}},
	} {
		var e *telephony.Error
		if !errors.As(c.err, &e) {
			t.Fatalf("%s: got %v", c.name, c.err)
		}
		var got []telephony.Code
		for _, r := range e.Reasons {
			got = append(got, r.Code)
		}
		if !slices.Equal(got, c.want) || e.Code != c.want[0] {
			t.Errorf("%s: got %q first of %q, want %q", c.name, e.Code, got, c.want)
		}
	}
}
