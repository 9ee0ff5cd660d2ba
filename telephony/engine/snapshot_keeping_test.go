package engine_test

import (
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// keepOps are the operations on how numbers are kept.
var keepOps = []engine.Op{
	engine.OpAddService, engine.OpSetServiceLocation, engine.OpRemoveService, engine.OpAssignService, engine.OpUnassignService,
	engine.OpSetAttributes, engine.OpBlockNumbers, engine.OpUnblockNumbers, engine.OpReportActivation, engine.OpConvertNumbers,
	engine.OpEndRest, engine.OpReclaim, engine.OpRemovePerson, engine.OpMarkVanished, engine.OpMarkReturned, engine.OpFreeOrphans,
}

// keep takes numbers, services and people through all that can be done with them,
// and leaves something of everything.
func (l *life) keep() {
	l.keepServices()
	l.keepPeople()
	few := l.acquire(engine.Reserve{Area: seattle, Quantity: 3}, "")
	note, listed := "Front desk", true
	l.must(l.org.SetAttributes(l.ctx, engine.Attributes{Numbers: few[:2], AddTags: []string{"Sales", "HQ"}, RemoveTags: []string{"Old"},
		Description: &note, ReverseLookup: &listed, RequestID: l.id()}))
	l.must(l.org.BlockNumbers(l.ctx, engine.BlockNumbers{Numbers: few[:1], Days: 30, Reason: "a reason", RequestID: l.id()}))
	l.must(l.org.BlockNumbers(l.ctx, engine.BlockNumbers{Numbers: few[1:2], Forever: true}))
	l.must(l.org.UnblockNumbers(l.ctx, engine.UnblockNumbers{Numbers: few[1:2], RequestID: l.id()}))
	l.must(l.org.Release(l.ctx, engine.Release{Numbers: few[2:]}))
	l.must(l.org.Reclaim(l.ctx, engine.Reclaim{Numbers: few[2:], Location: l.us.Default, RequestID: l.id()}))
	l.must(l.org.Release(l.ctx, engine.Release{Numbers: few[2:]}))
	ended, err := l.eng.As("op").EndRest(l.ctx, engine.EndRest{Tenant: "contoso", Numbers: few[1:], RequestID: "end-rest-1"})
	l.must(err)
	if len(ended.Freed) != 1 || len(ended.NotResting) != 1 {
		l.Errorf("%d rests ended and %d did not", len(ended.Freed), len(ended.NotResting))
	}
}

func (l *life) keepServices() {
	toll := l.acquire(engine.Reserve{Area: seattle, Kind: telephony.TollNumber, Quantity: 2}, "")
	more := l.acquire(engine.Reserve{Area: seattle, Quantity: 1}, "")
	l.must(l.org.ConvertNumbers(l.ctx, engine.ConvertNumbers{Numbers: more, To: telephony.TollNumber, RequestID: l.id()}))
	for _, s := range []engine.ServiceSpec{
		{ID: "bridge", Kind: telephony.ConferenceBridge, Name: "Meetings", RequestID: l.id()},
		{ID: "reception", Kind: telephony.AutoAttendant, Name: "Reception", UsageLocation: "GB", RequestID: l.id()},
		{ID: "gone", Kind: telephony.CallQueue},
	} {
		l.must(l.org.AddService(l.ctx, s))
	}
	l.must(l.org.SetServiceLocation(l.ctx, engine.ServiceLocation{Service: "reception", Country: "US", RequestID: l.id()}))
	l.must(l.org.RemoveService(l.ctx, engine.RemoveService{Service: "gone", Leave: engine.KeepNumbers, RequestID: l.id()}))
	l.must(l.org.AssignService(l.ctx, engine.AssignService{Number: toll[0], Service: "reception", RequestID: l.id()}))
	for _, n := range append(more, toll[1]) {
		l.must(l.org.AssignService(l.ctx, engine.AssignService{Number: n, Service: "bridge"}))
	}
	l.must(l.org.UnassignService(l.ctx, engine.UnassignService{Number: toll[1], RequestID: l.id()}))
	l.must(l.eng.As("op").ReportActivation(l.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: more, Refused: "carrier_busy", Reason: "try again", RequestID: "report-1"}))
	l.must(l.eng.As("op").ReportActivation(l.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: toll[:1]}))
}

// keepPeople leaves somebody who vanished with a number.
func (l *life) keepPeople() {
	for _, p := range []telephony.PersonID{"nestor.wilke", "joni.sherman", "lee.gu"} {
		l.must(l.org.AddPerson(l.ctx, engine.PersonSpec{ID: p, UsageLocation: "US"}))
		l.license(p)
	}
	l.clock.Add(visible)
	three := l.acquire(engine.Reserve{Area: seattle, Quantity: 3}, "")
	for i, p := range []telephony.PersonID{"nestor.wilke", "joni.sherman", "lee.gu"} {
		l.must(l.org.Assign(l.ctx, engine.Assign{Number: three[i], Person: p, Location: l.us.Default}))
		l.must(l.org.MarkVanished(l.ctx, engine.Vanished{Person: p, RequestID: l.id()}))
	}
	l.must(l.org.MarkReturned(l.ctx, engine.Returned{Person: "joni.sherman", RequestID: l.id()}))
	l.must(l.org.RemovePerson(l.ctx, engine.RemovePerson{Person: "joni.sherman", Leave: engine.ReleaseNumbers, RequestID: l.id()}))
	freed, err := l.org.FreeOrphans(l.ctx, engine.FreeOrphans{Numbers: three[:1], Leave: engine.KeepNumbers, RequestID: l.id()})
	l.must(err)
	if len(freed.Numbers) != 1 || freed.Left != 1 {
		l.Errorf("%d orphans were freed and %d are left", len(freed.Numbers), freed.Left)
	}
	l.must(l.org.AssignLicences(l.ctx, engine.LicenceChange{Person: "nestor.wilke", Remove: []licensing.Product{licensing.DomesticCallingPlan}}))
}
