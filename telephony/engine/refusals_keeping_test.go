package engine_test

import (
	"strings"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// The calls of the tables below, short.

func (s *scene) tryConvert(to telephony.Kind, numbers ...telephony.Number) error {
	return s.org.ConvertNumbers(s.ctx, engine.ConvertNumbers{Numbers: numbers, To: to})
}

func (s *scene) tryBlock(days int, numbers ...telephony.Number) error {
	return s.org.BlockNumbers(s.ctx, engine.BlockNumbers{Numbers: numbers, Days: days, Reason: "adele.vance wants it"})
}

func (s *scene) tryTag(n telephony.Number, tags ...string) error {
	return s.org.SetAttributes(s.ctx, engine.Attributes{Numbers: telephony.NumberList{n}, AddTags: tags})
}

func (s *scene) tryService(id telephony.ServiceID, k telephony.ServiceKind, at telephony.Country) error {
	return s.org.AddService(s.ctx, engine.ServiceSpec{ID: id, Kind: k, UsageLocation: at})
}

func (s *scene) tryServe(n telephony.Number, id telephony.ServiceID) error {
	return s.org.AssignService(s.ctx, engine.AssignService{Number: n, Service: id})
}

func (s *scene) tryReclaim(at telephony.LocationID, numbers ...telephony.Number) error {
	return s.org.Reclaim(s.ctx, engine.Reclaim{Numbers: numbers, Location: at})
}

// withServices adds a bridge, and a resource account that has the toll number.
func withServices(s *scene) {
	s.must(s.tryService("bridge", telephony.ConferenceBridge, ""))
	s.must(s.tryService("reception", telephony.AutoAttendant, "US"))
	s.must(s.tryServe(s.toll[0], "reception"))
}

// tags makes so many of them.
func tags(n int) (all []string) {
	for i := range n {
		all = append(all, "tag "+string(rune('A'+i/26))+string(rune('a'+i%26)))
	}
	return all
}

func wrongKeeping() []wrongCall {
	ghost := number("+14255550199")
	return []wrongCall{
		{name: "attributes of a number that is not there", code: engine.ErrUnknownNumber, says: []string{"set attributes: numbers:", "+1********99"},
			call: func(s *scene) error { return s.tryTag(ghost, "Sales") }},
		{name: "nothing to set", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error { return s.tryTag(s.adeles) }},
		{name: "an empty tag", code: telephony.ErrTagEmpty, unlogged: true, says: []string{"add tags:", "place 2"}, call: func(s *scene) error { return s.tryTag(s.adeles, "vance", " ") }},
		{name: "too many tags at once", code: telephony.ErrTagCount, unlogged: true, says: []string{"most 50"}, call: func(s *scene) error { return s.tryTag(s.adeles, tags(51)...) }},
		{name: "one tag too many", code: telephony.ErrTagCount, says: []string{"most 50", "+1********00"}, given: func(s *scene) { s.must(s.tryTag(s.adeles, tags(50)...)) },
			call: func(s *scene) error { return s.tryTag(s.adeles, "vance") }},
		{name: "a description too long", code: telephony.ErrText, unlogged: true, says: []string{"description:", "characters 257"}, call: func(s *scene) error {
			text := strings.Repeat("é", 257)
			return s.org.SetAttributes(s.ctx, engine.Attributes{Numbers: s.spare, Description: &text})
		}},
		{name: "a block of no days", code: telephony.ErrBlockedDays, unlogged: true, says: []string{"days 0", "most 365"}, call: func(s *scene) error { return s.tryBlock(0, s.adeles) }},
		{name: "a block of too many", code: telephony.ErrBlockedDays, unlogged: true, says: []string{"days 366"}, call: func(s *scene) error { return s.tryBlock(366, s.adeles) }},
		{name: "a block for days and for ever", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			return s.org.BlockNumbers(s.ctx, engine.BlockNumbers{Numbers: s.spare, Days: 1, Forever: true})
		}},
		{name: "a block of what is blocked", code: telephony.ErrNumberBlocked, says: []string{"+1********00", "2026-03-03", "lift the block"},
			given: func(s *scene) { s.must(s.tryBlock(2, s.adeles)) }, call: func(s *scene) error { return s.tryBlock(1, s.adeles) }},
		{name: "a block lifted that is over", code: engine.ErrNotBlocked, says: []string{"+1********00"}, given: func(s *scene) {
			s.must(s.tryBlock(1, s.adeles))
			s.clock.Add(24 * time.Hour)
			s.sweepAll()
			s.must(s.org.MarkTold(s.ctx, engine.Told{Person: "adele.vance"}))
		}, call: func(s *scene) error {
			return s.org.UnblockNumbers(s.ctx, engine.UnblockNumbers{Numbers: telephony.NumberList{s.adeles}})
		}},
		{name: "a blocked number assigned", code: telephony.ErrNumberBlocked, says: []string{"+1********01"}, given: func(s *scene) { s.must(s.tryBlock(1, s.spare[0])) },
			call: func(s *scene) error { return s.tryAssign(s.spare[0], "megan.bowen", s.us.Default) }},
		{name: "a blocked number in exchange", code: telephony.ErrNumberBlocked, given: func(s *scene) { s.must(s.tryBlock(1, s.spare[0])) }, call: func(s *scene) error {
			return s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "adele.vance", Number: s.spare[0]})
		}},
		{name: "a report on what was not asked", code: telephony.ErrActivationNotPending, says: []string{"report activation: numbers:", "activated", "+1********00"}, call: func(s *scene) error {
			return s.eng.As("").ReportActivation(s.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: telephony.NumberList{s.adeles}})
		}},
		{name: "a report of a tenant that is not there", code: engine.ErrUnknownTenant, says: []string{"tenant nobody"}, call: func(s *scene) error {
			return s.eng.As("").ReportActivation(s.ctx, engine.ActivationReport{Tenant: "nobody", Numbers: telephony.NumberList{s.adeles}})
		}},
		{name: "a reason and no refusal", code: engine.ErrRequest, unlogged: true, says: []string{"reason:"}, call: func(s *scene) error {
			return s.eng.As("").ReportActivation(s.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: s.spare, Reason: "vance"})
		}},
		{name: "a move while the carrier is asked", code: telephony.ErrActivationPending, options: []engine.Option{engine.WithCarrierActivation(true)},
			says: []string{"change location: number:", "+1********00", "assignment-pending"}, call: func(s *scene) error {
				return s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.adeles, Location: s.floor.ID})
			}},
		{name: "a number in use converted", code: telephony.ErrNumberAssigned, says: []string{"convert numbers:", "+1********00"},
			call: func(s *scene) error { return s.tryConvert(telephony.TollNumber, s.adeles) }},
		{name: "a number of that kind converted", code: telephony.ErrKindUnchanged, call: func(s *scene) error { return s.tryConvert(telephony.TollNumber, s.toll[0]) }},
		{name: "a user number made toll-free", code: telephony.ErrTollFreeByNumber, call: func(s *scene) error { return s.tryConvert(telephony.TollFreeNumber, s.spare[0]) }},
		{name: "more converted than the quota", code: licensing.ErrQuotaExceeded, says: []string{"limit 5", "acquired 1", "asked 5"}, given: func(s *scene) {
			s.must(s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 90}))
			s.spare = append(s.spare, s.acquire(engine.Reserve{Area: newYork, Quantity: 1}, "")...)
		}, call: func(s *scene) error { return s.tryConvert(telephony.TollNumber, s.spare...) }},
		{name: "converted to no kind", code: telephony.ErrKind, unlogged: true, call: func(s *scene) error { return s.tryConvert(0, s.spare[0]) }},
		{name: "no number converted", code: reservation.ErrQuantity, unlogged: true, call: func(s *scene) error { return s.tryConvert(telephony.TollNumber) }},
		{name: "rest of a tenant that is not there", code: engine.ErrUnknownTenant, says: []string{"end rest:"}, call: func(s *scene) error {
			_, err := s.eng.As("").EndRest(s.ctx, engine.EndRest{Tenant: "nobody", All: true})
			return err
		}},
		{name: "rest of all and of some", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			_, err := s.eng.As("").EndRest(s.ctx, engine.EndRest{Tenant: "contoso", All: true, Numbers: s.spare})
			return err
		}},
		{name: "reclaimed and never released", code: engine.ErrNotResting, says: []string{"reclaim numbers: numbers:", "+1********01"}, call: func(s *scene) error { return s.tryReclaim("", s.spare[0]) }},
		{name: "reclaimed beyond the quota", code: licensing.ErrQuotaExceeded, says: []string{"limit 21", "asked 4"}, given: func(s *scene) {
			s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.spare}))
			s.must(s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 90}))
			s.acquire(engine.Reserve{Area: newYork, Quantity: 13}, "")
		}, call: func(s *scene) error { return s.tryReclaim("", s.spare...) }},
		{name: "reclaimed without a location", code: telephony.ErrNoLocation, says: []string{"location:", "FR"},
			given: func(s *scene) { s.must(s.org.Release(s.ctx, engine.Release{Numbers: s.french})) }, call: func(s *scene) error { return s.tryReclaim("", s.french...) }},
	}
}

func wrongServices() []wrongCall {
	const bridge, attendant = telephony.ConferenceBridge, telephony.AutoAttendant
	return []wrongCall{
		{name: "service of no kind", code: telephony.ErrServiceKind, unlogged: true, says: []string{"add service: kind:"}, call: func(s *scene) error { return s.tryService("reception", 0, "US") }},
		{name: "bridge with a country", code: engine.ErrServiceCountry, unlogged: true, says: []string{"service bridge"}, call: func(s *scene) error { return s.tryService("bridge", bridge, "US") }},
		{name: "service that is there", code: engine.ErrServiceExists, given: withServices, call: func(s *scene) error { return s.tryService("bridge", attendant, "US") }},
		{name: "one resource account too many", code: licensing.ErrQuotaExceeded, says: []string{"resource accounts", "limit 26", "acquired 26", "asked 1"}, given: func(s *scene) {
			s.must(s.org.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 90}))
			for i := range 26 {
				s.must(s.tryService(telephony.ServiceID("queue-"+string(rune('a'+i))), telephony.CallQueue, ""))
			}
		}, call: func(s *scene) error { return s.tryService("reception", attendant, "US") }},
		{name: "number of a service that is not there", code: engine.ErrUnknownService, says: []string{"assign service:", "service nothing"}, call: func(s *scene) error { return s.tryServe(s.toll[0], "nothing") }},
		{name: "user number for a service", code: telephony.ErrNotServiceNumber, says: []string{"service bridge", "+1********01", "convert"}, given: withServices,
			call: func(s *scene) error { return s.tryServe(s.spare[0], "bridge") }},
		{name: "second number of an account", code: telephony.ErrServiceHasNumber, given: func(s *scene) {
			withServices(s)
			s.must(s.tryConvert(telephony.TollNumber, s.spare[0]))
		}, call: func(s *scene) error { return s.tryServe(s.spare[0], "reception") }},
		{name: "number in use for a service", code: telephony.ErrNumberAssigned, given: withServices, call: func(s *scene) error { return s.tryServe(s.toll[0], "bridge") }},
		{name: "a service's number released", code: engine.ErrNumberInUse, says: []string{"release numbers:", "+1********00"}, given: withServices,
			call: func(s *scene) error { return s.org.Release(s.ctx, engine.Release{Numbers: s.toll}) }},
		{name: "a service's number for a person", code: telephony.ErrNotUserNumber, given: withServices, call: func(s *scene) error { return s.tryAssign(s.toll[0], "megan.bowen", s.us.Default) }},
		{name: "number that no service has", code: engine.ErrNoService, says: []string{"+1********00", "person a***"}, call: func(s *scene) error {
			return s.org.UnassignService(s.ctx, engine.UnassignService{Number: s.adeles})
		}},
		{name: "account moved with its number", code: engine.ErrNumberBlocksMove, says: []string{"service reception", "in US"}, given: withServices, call: func(s *scene) error {
			return s.org.SetServiceLocation(s.ctx, engine.ServiceLocation{Service: "reception", Country: "GB"})
		}},
		{name: "bridge moved", code: engine.ErrServiceCountry, given: withServices, call: func(s *scene) error {
			return s.org.SetServiceLocation(s.ctx, engine.ServiceLocation{Service: "bridge", Country: "GB"})
		}},
		{name: "service with numbers removed", code: engine.ErrNumberInUse, says: []string{"leave:", "service reception", "+1********00"}, given: withServices, call: func(s *scene) error {
			return s.org.RemoveService(s.ctx, engine.RemoveService{Service: "reception"})
		}},
		{name: "service that is not there removed", code: engine.ErrUnknownService, call: func(s *scene) error {
			return s.org.RemoveService(s.ctx, engine.RemoveService{Service: "reception"})
		}},
	}
}

func wrongDepartures() []wrongCall {
	gone := func(s *scene) { s.must(s.org.MarkVanished(s.ctx, engine.Vanished{Person: "adele.vance"})) }
	free := func(s *scene, f engine.FreeOrphans) error {
		_, err := s.org.FreeOrphans(s.ctx, f)
		return err
	}
	return []wrongCall{
		{name: "somebody with a number removed", code: engine.ErrNumberInUse, says: []string{"remove person: leave:", "person a***", "+1********00"}, call: func(s *scene) error {
			return s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: "adele.vance"})
		}},
		{name: "removed with no such fate", code: engine.ErrRequest, unlogged: true, says: []string{"leave:"}, call: func(s *scene) error {
			return s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: "adele.vance", Leave: 3})
		}},
		{name: "removed, the number kept and used at home", code: engine.ErrRequest, unlogged: true, says: []string{"line:", "ReleaseNumbers"}, call: func(s *scene) error {
			return s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: "adele.vance", Leave: engine.KeepNumbers, Line: reservation.Residential})
		}},
		{name: "removed, the number of no such line", code: reservation.ErrLine, unlogged: true, call: func(s *scene) error {
			return s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: "adele.vance", Leave: engine.ReleaseNumbers, Line: 3})
		}},
		{name: "nobody removed", code: engine.ErrUnknownPerson, says: []string{"person n***"}, call: func(s *scene) error {
			return s.org.RemovePerson(s.ctx, engine.RemovePerson{Person: "nobody.known"})
		}},
		{name: "nobody vanishes", code: engine.ErrUnknownPerson, says: []string{"mark vanished:"}, call: func(s *scene) error {
			return s.org.MarkVanished(s.ctx, engine.Vanished{Person: "nobody.known"})
		}},
		{name: "nobody returns", code: engine.ErrUnknownPerson, says: []string{"mark returned:"}, call: func(s *scene) error {
			return s.org.MarkReturned(s.ctx, engine.Returned{Person: "nobody.known"})
		}},
		{name: "a number for somebody who is gone", code: engine.ErrPersonVanished, says: []string{"person m***", "gone from the directory"},
			given: func(s *scene) { s.must(s.org.MarkVanished(s.ctx, engine.Vanished{Person: "megan.bowen"})) },
			call:  func(s *scene) error { return s.tryAssign(s.spare[0], "megan.bowen", s.us.Default) }},
		{name: "a licence for somebody who is gone", code: engine.ErrPersonVanished, given: func(s *scene) {
			gone(s)
			s.buy(s.org, licensing.AudioConferencing, 1)
		}, call: func(s *scene) error { return s.tryLicence("adele.vance", licensing.AudioConferencing) }},
		{name: "freed and no orphan", code: engine.ErrNotOrphaned, says: []string{"free orphans: numbers:", "+1********01"}, given: gone, call: func(s *scene) error {
			return free(s, engine.FreeOrphans{Numbers: telephony.NumberList{s.adeles, s.spare[0]}, Leave: engine.KeepNumbers})
		}},
		{name: "freed to no fate", code: engine.ErrRequest, unlogged: true, says: []string{"leave:"}, call: func(s *scene) error { return free(s, engine.FreeOrphans{All: true}) }},
		{name: "freed, kept and used at home", code: engine.ErrRequest, unlogged: true, says: []string{"line:"}, call: func(s *scene) error {
			return free(s, engine.FreeOrphans{All: true, Leave: engine.KeepNumbers, Line: reservation.Residential})
		}},
		{name: "freed of no such line", code: reservation.ErrLine, unlogged: true, call: func(s *scene) error {
			return free(s, engine.FreeOrphans{All: true, Leave: engine.ReleaseNumbers, Line: 3})
		}},
		{name: "all freed and some", code: engine.ErrRequest, unlogged: true, call: func(s *scene) error {
			return free(s, engine.FreeOrphans{All: true, Numbers: s.spare, Leave: engine.KeepNumbers})
		}},
		{name: "too many freed", code: engine.ErrRequest, unlogged: true, says: []string{"asked 1001", "most 1000"}, call: func(s *scene) error {
			return free(s, engine.FreeOrphans{Numbers: run("+99910000", 1001), Leave: engine.KeepNumbers})
		}},
	}
}

// run is a run of so many numbers.
func run(first string, n int) telephony.NumberList {
	var all telephony.NumberList
	for i := range n {
		next, ok := number(first).Add(i)
		if !ok {
			panic("no such run")
		}
		all = append(all, next)
	}
	return all
}
