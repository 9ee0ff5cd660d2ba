package engine_test

import (
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

func unknownThings() []wrongCall {
	ghost := number("+14255550199")
	return []wrongCall{
		{name: "unknown tenant", code: engine.ErrUnknownTenant, says: []string{"tenant nobody", "no such tenant"}, call: func(s *scene) error {
			_, err := s.eng.Tenant("nobody").Reserve(s.ctx, engine.Reserve{Area: seattle, Quantity: 1})
			return err
		}},
		{name: "unknown person", code: engine.ErrUnknownPerson, says: []string{"assign licences:", "person n***"}, call: func(s *scene) error {
			return s.tryLicence("nobody.known", licensing.PhoneSystem)
		}},
		{name: "unknown number", code: engine.ErrUnknownNumber, says: []string{"change location:", "+1********99"}, call: func(s *scene) error {
			return s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: ghost, Location: s.us.Default})
		}},
		{name: "unknown number to release", code: engine.ErrUnknownNumber, says: []string{"release numbers:", "+1********99"}, call: func(s *scene) error {
			return s.org.Release(s.ctx, engine.Release{Numbers: append(telephony.NumberList{ghost}, s.spare...)})
		}},
		{name: "unknown reservation", code: engine.ErrUnknownReservation, says: []string{"reservation r-none"}, call: func(s *scene) error {
			return s.tryAcquire(engine.Acquire{Reservation: "r-none", All: true})
		}},
		{name: "unknown reservation to add to", code: engine.ErrUnknownReservation, says: []string{"add to reservation:", "reservation r-none"}, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: "r-none", Area: seattle, Quantity: 1})
		}},
		{name: "unknown reservation to drop from", code: engine.ErrUnknownReservation, says: []string{"drop from reservation:", "reservation r-none"}, call: func(s *scene) error {
			return s.tryDrop("r-none", s.held.Numbers()...)
		}},
		{name: "area not offered to add from", code: engine.ErrAreaNotOffered, says: []string{"user numbers", "NOAM-US-OR-Portland"}, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: portland, Quantity: 1})
		}},
		{name: "unknown address", code: engine.ErrUnknownAddress, says: []string{"address a-none"}, call: func(s *scene) error {
			_, err := s.org.AddLocation(s.ctx, engine.Place{Address: "a-none", Description: "attic"})
			return err
		}},
		{name: "unknown address to delete", code: engine.ErrUnknownAddress, says: []string{"address a-none"}, call: func(s *scene) error {
			return s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: "a-none"})
		}},
		{name: "unknown location", code: engine.ErrUnknownLocation, says: []string{"location l-none"}, call: func(s *scene) error {
			return s.tryAssign(s.spare[0], "megan.bowen", "l-none")
		}},
		{name: "unknown location to acquire with", code: engine.ErrUnknownLocation, says: []string{"location l-none"}, call: func(s *scene) error {
			return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, All: true, Location: "l-none"})
		}},
		{name: "area not offered", code: engine.ErrAreaNotOffered, says: []string{"user numbers", "NOAM-US-OR-Portland"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: portland, Quantity: 1})
		}},
		{name: "kind not offered in the area", code: engine.ErrAreaNotOffered, says: []string{"service-toll numbers", "EMEA-FR-ALL-Paris"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: paris, Kind: telephony.TollNumber, Quantity: 1})
		}},
		{name: "unknown product", code: licensing.ErrUnknownProduct, says: []string{"product FAX"}, call: func(s *scene) error {
			return s.tryBuy("FAX", 1)
		}},
	}
}

// manyLicences lifts the quota out of the way of the limits.
func manyLicences(s *scene) { s.buy(s.org, licensing.PhoneSystem, 10_000) }

func wrongQuantities() []wrongCall {
	ask := func(quantity int) func(*scene) error {
		return func(s *scene) error { return s.tryReserve(engine.Reserve{Area: seattle, Quantity: quantity}) }
	}
	return []wrongCall{
		{name: "quantity 0", code: reservation.ErrQuantity, unlogged: true, says: []string{"asked 0", "least 1"}, call: ask(0)},
		{name: "quantity below 0", code: reservation.ErrQuantity, unlogged: true, says: []string{"asked -3", "least 1"}, call: ask(-3)},
		{name: "quantity above a request's limit", code: reservation.ErrQuantity, given: manyLicences, says: []string{"asked 501", "most 500"}, call: ask(501)},
		{name: "quantity beyond every limit", code: reservation.ErrQuantity, unlogged: true, says: []string{"asked 1000000"}, call: ask(1_000_000)},
		{name: "too many open", code: reservation.ErrTooManyOpen, says: []string{"open 10", "limit 10"}, call: ask(1), given: func(s *scene) {
			for range 9 {
				s.hold(newYork, 1)
			}
		}},
		{name: "too many held", code: reservation.ErrTooManyHeld, says: []string{"held 93", "asked 108", "limit 200"}, given: func(s *scene) {
			manyLicences(s)
			s.hold(newYork, 50)
			s.hold(seattle, 40)
		}, call: ask(108)},
		{name: "above the quota", code: licensing.ErrQuotaExceeded,
			says: []string{"limit 120", "acquired 7", "held 3", "asked 111", "user numbers"}, call: ask(111)},
		{name: "above the quota of service numbers", code: licensing.ErrQuotaExceeded,
			says: []string{"limit 30", "acquired 1", "held 0", "asked 30", "service toll numbers"}, call: func(s *scene) error {
				return s.tryReserve(engine.Reserve{Area: seattle, Kind: telephony.TollNumber, Quantity: 30})
			}},
		{name: "above the stock", code: reservation.ErrOutOfStock, says: []string{"asked 93", "available 92"}, call: ask(93)},
		{name: "no run so long", code: reservation.ErrOutOfStock, says: []string{"asked 93", "available 92", "follow each other"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 93, Consecutive: true})
		}},
		{name: "named numbers that are the tenant's", code: engine.ErrNumbersOwned, says: []string{"asked 2", "available 1", "+1********00"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Numbers: telephony.NumberList{s.adeles, number("+14255550190")}})
		}},
		{name: "named numbers that are taken", code: reservation.ErrNumbersTaken, says: []string{"asked 2", "available 1", "+1********90"}, given: func(s *scene) {
			s.reserve(s.tenant("fabrikam", 10), engine.Reserve{Numbers: telephony.NumberList{number("+14255550190")}})
		}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Numbers: telephony.NumberList{number("+14255550190"), number("+14255550191")}})
		}},
		{name: "named numbers that are held already", code: engine.ErrNumbersHeld, says: []string{"asked 3", "available 0", "acquire them"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Numbers: s.held.Numbers()})
		}},
		{name: "named numbers that rest", code: engine.ErrNumbersResting, says: []string{"Reclaim"},
			given: func(s *scene) { s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare[:1]})) },
			call:  func(s *scene) error { return s.tryReserve(engine.Reserve{Numbers: s.spare[:1]}) }},
		{name: "named numbers of another kind", code: engine.ErrNumbersOtherKind, says: []string{"asked 1", "available 0"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Numbers: telephony.NumberList{number("+12065550119")}})
		}},
		{name: "named numbers of another area", code: engine.ErrNumbersOtherArea, says: []string{"name that area"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Numbers: telephony.NumberList{number("+12125550149")}})
		}},
		{name: "too many held with more", code: reservation.ErrTooManyHeld, says: []string{"held 93", "asked 108", "limit 200"}, given: func(s *scene) {
			manyLicences(s)
			s.hold(newYork, 50)
			s.hold(seattle, 40)
		}, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: seattle, Quantity: 108})
		}},
		{name: "above the quota with more", code: licensing.ErrQuotaExceeded, says: []string{"limit 120", "acquired 7", "held 3", "asked 111"}, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: seattle, Quantity: 111})
		}},
		{name: "above the stock with more", code: reservation.ErrOutOfStock, says: []string{"asked 93", "available 92"}, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: seattle, Quantity: 93})
		}},
		{name: "above the stock without what is excluded", code: reservation.ErrOutOfStock, says: []string{"asked 92", "available 90"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: seattle, Quantity: 92, Exclude: telephony.NumberList{number("+14255550150"), number("+14255550151")}})
		}},
		{name: "above the stock of all areas, spread", code: reservation.ErrOutOfStock, says: []string{"asked 93", "available 92", "prefix"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Prefix: telephony.MustParsePrefix("1425"), Quantity: 93, Order: reservation.Spread})
		}},
		{name: "named numbers to add that are the tenant's", code: engine.ErrNumbersOwned, says: []string{"asked 2", "available 1", "+1********00"}, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Numbers: telephony.NumberList{s.adeles, number("+14255550190")}})
		}},
		{name: "named number to add of another kind", code: engine.ErrNumbersOtherKind, says: []string{"asked 1", "available 0"}, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Numbers: telephony.NumberList{number("+12065550119")}})
		}},
		{name: "voice is closed", code: licensing.ErrVoiceClosed, says: []string{"MCOEV"}, given: func(s *scene) {
			org, err := s.eng.CreateTenant(s.ctx, engine.TenantSpec{ID: "fabrikam"})
			s.must(err)
			s.buy(org, licensing.EnterpriseE3, 10)
		}, call: func(s *scene) error {
			_, err := s.eng.Tenant("fabrikam").Reserve(s.ctx, engine.Reserve{Area: seattle, Quantity: 1})
			return err
		}},
		{name: "toll-free without credits", code: licensing.ErrCreditsNeeded, says: []string{"MCOPSTNC"}, call: func(s *scene) error {
			return s.tryReserve(engine.Reserve{Area: freeUS, Kind: telephony.TollFreeNumber, Quantity: 1})
		}},
	}
}

func wrongHolds() []wrongCall {
	all := func(s *scene) error { return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, All: true}) }
	complete := func(s *scene) { s.must(all(s)) }
	cancel := func(s *scene) { s.must(s.tryCancel(s.held.ID)) }
	expire := func(s *scene) {
		s.clock.Add(10 * time.Minute)
		s.buy(s.org, licensing.PhoneSystem, 1) // a command settles it, so that the refused call has nothing to settle
	}
	more := func(s *scene) error {
		return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Area: seattle, Quantity: 1})
	}
	fewer := func(s *scene) error { return s.tryDrop(s.held.ID, s.held.Numbers()[0]) }
	inParis := func(s *scene) { s.held = s.hold(paris, 1) }
	return []wrongCall{
		{name: "acquire after the end", code: reservation.ErrExpired, given: expire, call: all, says: []string{"acquire:", "2026-03-01T15:10:00Z", "reserve again"}},
		{name: "acquire twice", code: reservation.ErrCompleted, given: complete, call: all, says: []string{"2026-03-01T15:00:00Z"}},
		{name: "acquire what was cancelled", code: reservation.ErrCancelled, given: cancel, call: all, says: []string{"2026-03-01T15:00:00Z"}},
		{name: "cancel after the end", code: reservation.ErrExpired, given: expire, says: []string{"cancel reservation:"},
			call: func(s *scene) error { return s.tryCancel(s.held.ID) }},
		{name: "cancel what was acquired", code: reservation.ErrCompleted, given: complete,
			call: func(s *scene) error { return s.tryCancel(s.held.ID) }},
		{name: "cancel twice", code: reservation.ErrCancelled, given: cancel,
			call: func(s *scene) error { return s.tryCancel(s.held.ID) }},
		{name: "acquire nothing", code: reservation.ErrNothingChosen, says: []string{"choose at least one"},
			call: func(s *scene) error { return s.tryAcquire(engine.Acquire{Reservation: s.held.ID}) }},
		{name: "number of no hold", code: reservation.ErrNotInReservation, says: []string{"+1********50", "reservation " + "r-t-"}, call: func(s *scene) error {
			return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, Numbers: telephony.NumberList{s.held.Numbers()[0], number("+14255550150")}})
		}},
		{name: "number named twice", code: reservation.ErrDuplicateNumber, call: func(s *scene) error {
			n := s.held.Numbers()[0]
			return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, Numbers: telephony.NumberList{n, n}})
		}},
		{name: "add after the end", code: reservation.ErrExpired, given: expire, says: []string{"add to reservation:", "2026-03-01T15:10:00Z"}, call: more},
		{name: "add to what was acquired", code: reservation.ErrCompleted, given: complete, call: more},
		{name: "add to what was cancelled", code: reservation.ErrCancelled, given: cancel, call: more},
		{name: "add what is in it", code: reservation.ErrAlreadyInReservation, says: []string{"not in the reservation yet", "reservation r-t-"}, call: func(s *scene) error {
			return s.tryAdd(engine.AddToReservation{Reservation: s.held.ID, Numbers: telephony.NumberList{number("+14255550150"), s.held.Numbers()[0]}})
		}},
		{name: "drop after the end", code: reservation.ErrExpired, given: expire, says: []string{"drop from reservation:"}, call: fewer},
		{name: "drop from what was acquired", code: reservation.ErrCompleted, given: complete, call: fewer},
		{name: "drop from what was cancelled", code: reservation.ErrCancelled, given: cancel, call: fewer},
		{name: "drop nothing", code: reservation.ErrNothingChosen, says: []string{"drop at least one"}, call: func(s *scene) error { return s.tryDrop(s.held.ID) }},
		{name: "drop one twice", code: reservation.ErrDuplicateNumber, call: func(s *scene) error {
			return s.tryDrop(s.held.ID, s.held.Numbers()[0], s.held.Numbers()[0])
		}},
		{name: "drop a stranger's", code: reservation.ErrNotInReservation, says: []string{"+1********50"}, call: func(s *scene) error {
			return s.tryDrop(s.held.ID, s.held.Numbers()[0], number("+14255550150"))
		}},
		{name: "drop the last", code: reservation.ErrNothingLeft, says: []string{"in it 3", "cancel the reservation"}, call: func(s *scene) error {
			return s.tryDrop(s.held.ID, s.held.Numbers()...)
		}},
		{name: "extension is off", code: reservation.ErrExtensionOff, call: func(s *scene) error {
			_, err := s.org.ExtendReservation(s.ctx, engine.ExtendReservation{Reservation: s.held.ID, By: time.Minute})
			return err
		}},
		{name: "extension too long", code: reservation.ErrExtensionTooLong, says: []string{"seconds asked 301", "seconds left 300"},
			options: []engine.Option{engine.WithExtension(reservation.Extension{Allowed: true, MaxTotal: 15 * time.Minute})},
			call: func(s *scene) error {
				_, err := s.org.ExtendReservation(s.ctx, engine.ExtendReservation{Reservation: s.held.ID, By: 301 * time.Second})
				return err
			}},
		{name: "acquire in France without a location", code: telephony.ErrNoLocation, given: inParis, says: []string{"FR wants an emergency location"},
			call: func(s *scene) error { return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, All: true}) }},
		{name: "acquire in France with a location in the US", code: telephony.ErrLocationCountry, given: inParis, says: []string{"location is in US", "number in FR"},
			call: func(s *scene) error {
				return s.tryAcquire(engine.Acquire{Reservation: s.held.ID, All: true, Location: s.us.Default})
			}},
	}
}
