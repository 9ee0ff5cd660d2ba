package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// last returns the log's last entry, which must be the only one behind an index.
func (w *world) last(behind uint64) engine.Entry {
	w.Helper()
	entries := w.entries(behind)
	if len(entries) != 1 {
		w.Fatalf("there are %d entries, want one", len(entries))
	}
	return entries[0]
}

// TestLogTellsWhatChanged makes every write and compares its one entry.
func TestLogTellsWhatChanged(t *testing.T) {
	s := newScene(t, engine.WithExtension(reservation.Extension{Allowed: true, MaxTotal: time.Hour}), engine.WithTerms(3))
	tollTo, spare := s.toll[0], s.spare[2:3]
	annex, away, first, second := s.address("US"), s.addressOf(s.org, lyonOffice), s.draft(), s.draft()
	acquired := s.held.Numbers()[:1]
	calls, last := 0, ""
	id := func() string { // each call is another request
		calls++
		last = fmt.Sprintf("request-%d", calls)
		return last
	}
	for _, c := range []struct {
		op   engine.Op
		call func(org *engine.Tenant) error
		want []engine.EventType
	}{
		{engine.OpBuyLicences, func(o *engine.Tenant) error {
			return o.BuyLicences(s.ctx, engine.Purchase{Product: licensing.EnterpriseE3, Quantity: 2, RequestID: id()})
		}, []engine.EventType{engine.LicencesBought}},
		{engine.OpReturnLicences, func(o *engine.Tenant) error {
			return o.ReturnLicences(s.ctx, engine.Purchase{Product: licensing.EnterpriseE3, Quantity: 1, RequestID: id()})
		}, []engine.EventType{engine.LicencesReturned}},
		{engine.OpAddPerson, func(o *engine.Tenant) error {
			return o.AddPerson(s.ctx, engine.PersonSpec{ID: "isaiah", RequestID: id()})
		}, []engine.EventType{engine.PersonAdded}},
		{engine.OpSetUsageLocation, func(o *engine.Tenant) error {
			return o.SetUsageLocation(s.ctx, engine.UsageLocation{Person: "isaiah", Country: "US", RequestID: id()})
		}, []engine.EventType{engine.UsageLocationSet}},
		{engine.OpAssignLicences, func(o *engine.Tenant) error {
			return o.AssignLicences(s.ctx, engine.LicenceChange{Person: "isaiah", Add: []licensing.Product{licensing.PhoneSystem}, RequestID: id()})
		}, []engine.EventType{engine.LicencesAssigned}},
		{engine.OpExtend, func(o *engine.Tenant) error {
			_, err := o.ExtendReservation(s.ctx, engine.ExtendReservation{Reservation: s.held.ID, By: time.Minute, RequestID: id()})
			return err
		}, []engine.EventType{engine.ReservationExtended}},
		{engine.OpAddTo, func(o *engine.Tenant) error {
			_, err := o.AddToReservation(s.ctx, engine.AddToReservation{Reservation: s.held.ID, Area: newYork, Quantity: 2, RequestID: id()})
			return err
		}, []engine.EventType{engine.NumbersReserved}},
		{engine.OpDropFrom, func(o *engine.Tenant) error {
			_, err := o.DropFromReservation(s.ctx, engine.DropFromReservation{Reservation: s.held.ID, Numbers: s.held.Numbers()[2:], RequestID: id()})
			return err
		}, []engine.EventType{engine.NumbersReturned}},
		{engine.OpAcquire, func(o *engine.Tenant) error {
			_, err := o.Acquire(s.ctx, engine.Acquire{Reservation: s.held.ID, Numbers: acquired, RequestID: id()})
			return err
		}, []engine.EventType{engine.NumbersAcquired, engine.NumbersReturned}},
		{engine.OpAssign, func(o *engine.Tenant) error {
			return o.Assign(s.ctx, engine.Assign{Number: acquired[0], Person: "megan.bowen", Location: s.us.Default, RequestID: id()})
		}, []engine.EventType{engine.NumberAssigned}},
		{engine.OpTell, func(o *engine.Tenant) error {
			return o.MarkTold(s.ctx, engine.Told{Person: "megan.bowen", RequestID: id()})
		}, []engine.EventType{engine.PersonTold}},
		{engine.OpChangeLocation, func(o *engine.Tenant) error {
			return o.ChangeLocation(s.ctx, engine.ChangeLocation{Number: acquired[0], Location: s.floor.ID, RequestID: id()})
		}, []engine.EventType{engine.LocationChanged}},
		{engine.OpReplaceAddress, func(o *engine.Tenant) error { // its floor, and the default location that is Adele's
			_, err := o.ReplaceAddress(s.ctx, engine.ReplaceAddress{Address: s.us.ID, By: annex.ID, RequestID: id()})
			return err
		}, []engine.EventType{engine.LocationMoved, engine.LocationMoved, engine.AddressReplaced}},
		{engine.OpEditAddress, func(o *engine.Tenant) error {
			_, err := o.EditAddress(s.ctx, engine.EditAddress{Address: annex.ID, Checked: s.checked(offices["US"]), RequestID: id()})
			return err
		}, []engine.EventType{engine.AddressEdited}},
		{engine.OpPromoteDraft, func(o *engine.Tenant) error {
			_, err := o.PromoteDraft(s.ctx, engine.PromoteDraft{Draft: first.ID, Checked: s.checked(offices["US"]), RequestID: id()})
			return err
		}, []engine.EventType{engine.DraftPromoted, engine.AddressSaved}},
		{engine.OpDeleteDraft, func(o *engine.Tenant) error {
			return o.DeleteDraft(s.ctx, engine.DeleteDraft{Draft: second.ID, RequestID: id()})
		}, []engine.EventType{engine.DraftDeleted}},
		{engine.OpAcknowledgeTerms, func(o *engine.Tenant) error { // again, which changes nothing
			return o.AcknowledgeTerms(s.ctx, engine.AcknowledgeTerms{Version: 3, RequestID: id()})
		}, nil},
		{engine.OpChangeLocation, func(o *engine.Tenant) error { // out of its area
			return o.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.french[0], Location: away.Default, RequestID: id()})
		}, []engine.EventType{engine.LocationChanged, engine.ActivationFailed}},
		{engine.OpReplaceAddress, func(o *engine.Tenant) error { // and back into it
			_, err := o.ReplaceAddress(s.ctx, engine.ReplaceAddress{Address: away.ID, By: s.fr.ID, RequestID: id()})
			return err
		}, []engine.EventType{engine.LocationMoved, engine.AddressReplaced, engine.ActivationRecovered}},
		{engine.OpSetAttributes, func(o *engine.Tenant) error {
			return o.SetAttributes(s.ctx, engine.Attributes{Numbers: spare, AddTags: []string{"HQ"}, RequestID: id()})
		}, []engine.EventType{engine.AttributesSet}},
		{engine.OpBlockNumbers, func(o *engine.Tenant) error {
			return o.BlockNumbers(s.ctx, engine.BlockNumbers{Numbers: spare, Forever: true, RequestID: id()})
		}, []engine.EventType{engine.NumbersBlocked}},
		{engine.OpUnblockNumbers, func(o *engine.Tenant) error {
			return o.UnblockNumbers(s.ctx, engine.UnblockNumbers{Numbers: spare, RequestID: id()})
		}, []engine.EventType{engine.NumbersUnblocked}},
		{engine.OpConvertNumbers, func(o *engine.Tenant) error {
			return o.ConvertNumbers(s.ctx, engine.ConvertNumbers{Numbers: spare, To: telephony.TollNumber, RequestID: id()})
		}, []engine.EventType{engine.NumbersConverted}},
		{engine.OpAddService, func(o *engine.Tenant) error {
			return o.AddService(s.ctx, engine.ServiceSpec{ID: "desk", Kind: telephony.AutoAttendant, RequestID: id()})
		}, []engine.EventType{engine.ServiceAdded}},
		{engine.OpSetServiceLocation, func(o *engine.Tenant) error {
			return o.SetServiceLocation(s.ctx, engine.ServiceLocation{Service: "desk", Country: "US", RequestID: id()})
		}, []engine.EventType{engine.ServiceLocationSet}},
		{engine.OpAssignService, func(o *engine.Tenant) error {
			return o.AssignService(s.ctx, engine.AssignService{Service: "desk", Number: tollTo, RequestID: id()})
		}, []engine.EventType{engine.NumberAssigned}},
		{engine.OpUnassignService, func(o *engine.Tenant) error {
			return o.UnassignService(s.ctx, engine.UnassignService{Number: tollTo, RequestID: id()})
		}, []engine.EventType{engine.NumberUnassigned}},
		{engine.OpRemoveService, func(o *engine.Tenant) error {
			return o.RemoveService(s.ctx, engine.RemoveService{Service: "desk", RequestID: id()})
		}, []engine.EventType{engine.ServiceRemoved}},
		{engine.OpRelease, func(o *engine.Tenant) error {
			return o.Release(s.ctx, engine.Release{Numbers: spare, RequestID: id()})
		}, []engine.EventType{engine.NumbersReleased}},
		{engine.OpReclaim, func(o *engine.Tenant) error {
			return o.Reclaim(s.ctx, engine.Reclaim{Numbers: spare, RequestID: id()})
		}, []engine.EventType{engine.NumbersReclaimed}},
		{engine.OpMarkVanished, func(o *engine.Tenant) error {
			return o.MarkVanished(s.ctx, engine.Vanished{Person: "megan.bowen", RequestID: id()})
		}, []engine.EventType{engine.PersonVanished}},
		{engine.OpMarkReturned, func(o *engine.Tenant) error {
			return o.MarkReturned(s.ctx, engine.Returned{Person: "megan.bowen", RequestID: id()})
		}, []engine.EventType{engine.PersonReturned}},
		{engine.OpUnassign, func(o *engine.Tenant) error {
			return o.Unassign(s.ctx, engine.Unassign{Person: "megan.bowen", RequestID: id()})
		}, []engine.EventType{engine.NumberUnassigned}},
		{engine.OpRelease, func(o *engine.Tenant) error {
			return o.Release(s.ctx, engine.Release{Numbers: acquired, RequestID: id()})
		}, []engine.EventType{engine.NumbersReleased}},
		{engine.OpAssignLicences, func(o *engine.Tenant) error { // Adele's number goes with the plan
			return o.AssignLicences(s.ctx, engine.LicenceChange{Person: "adele.vance", Remove: []licensing.Product{licensing.DomesticCallingPlan}, RequestID: id()})
		}, []engine.EventType{engine.LicencesRemoved, engine.NumberUnassigned}},
		{engine.OpRemovePerson, func(o *engine.Tenant) error {
			return o.RemovePerson(s.ctx, engine.RemovePerson{Person: "adele.vance", RequestID: id()})
		}, []engine.EventType{engine.LicencesRemoved, engine.PersonRemoved}},
		{engine.OpDeleteLocation, func(o *engine.Tenant) error {
			return o.DeleteLocation(s.ctx, engine.DeleteLocation{Location: s.floor.ID, RequestID: id()})
		}, []engine.EventType{engine.LocationDeleted}},
		{engine.OpDeleteAddress, func(o *engine.Tenant) error {
			return o.DeleteAddress(s.ctx, engine.DeleteAddress{Address: s.us.ID, RequestID: id()})
		}, []engine.EventType{engine.AddressDeleted}},
	} {
		s.clock.Add(time.Second)
		before := s.lastIndex()
		s.must(c.call(s.org.As("admin@contoso.example")))
		e := s.last(before)
		var got []engine.EventType
		for _, event := range e.Events {
			got = append(got, event.Type)
			if event.Tenant != "contoso" {
				t.Errorf("%s: the event is %q's", c.op, event.Tenant)
			}
		}
		if !slices.Equal(got, c.want) || e.Op != c.op || e.Index != before+1 || e.Tenant != "contoso" || e.Refused != "" ||
			e.Actor != "admin@contoso.example" || e.RequestID != last || !e.At.Equal(s.clock.Now()) {
			t.Errorf("%s: the entry is %+v, want events %q", c.op, e, c.want)
		}
	}
}

// TestLogOfAnEnd: whoever's command settles a hold that has run out, the log
// tells of its end, and its numbers.
func TestLogOfAnEnd(t *testing.T) {
	w := newWorld(t)
	held := w.hold(seattle, 3)
	w.clock.Set(held.Expires)
	before := w.view().Index()
	w.sweepAll()
	e := w.last(before)
	if len(e.Events) != 1 || e.Events[0].Type != engine.ReservationExpired || e.Events[0].Reservation != held.ID ||
		e.Events[0].Tenant != "contoso" || !slices.Equal(e.Events[0].Numbers, held.Numbers()) {
		t.Errorf("the entry is %+v", e)
	}
	mine, err := w.view().Log(before + 1)
	w.must(err)
	if got := slices.Collect(mine); len(got) != 1 || got[0].Op != engine.OpSweep || len(got[0].Events) != 1 {
		t.Errorf("the tenant's own log has %+v", got)
	}
}

// TestLogKeepsSoMuch: the log keeps the last entries up to its bound, and says so
// to whoever asks for older ones.
func TestLogKeepsSoMuch(t *testing.T) {
	const kept = 10
	for _, more := range []int{0, 1, 5, kept, 3*kept + 1} {
		t.Run(fmt.Sprint(more), func(t *testing.T) {
			w := newWorld(t, engine.WithLogKept(kept)) // more entries than that are in its making
			for range more {
				w.buy(w.org, licensing.EnterpriseE3, 1)
			}
			last := w.view().Index()
			all, err := w.eng.As("").Log(w.ctx, 0)
			w.must(err)
			entries := slices.Collect(all)
			want := min(kept, int(last))
			if len(entries) != want || entries[len(entries)-1].Index != last || entries[0].Index != last-uint64(want)+1 {
				t.Fatalf("%d entries from %d to %d, want %d up to %d", len(entries), entries[0].Index, entries[len(entries)-1].Index, want, last)
			}
			oldest := entries[0].Index
			if _, err := w.eng.As("").Log(w.ctx, oldest); err != nil {
				t.Errorf("from the oldest: got %v", err)
			}
			if oldest == 1 {
				return
			}
			_, err = w.eng.As("").Log(w.ctx, oldest-1)
			var e *telephony.Error
			if !errors.As(err, &e) || e.Code != engine.ErrLogPruned {
				t.Fatalf("from before the oldest: got %v, want %q", err, engine.ErrLogPruned)
			}
			if figure, _ := e.Figure("oldest"); figure != int64(oldest) {
				t.Errorf("the oldest is said to be %d, and is %d", figure, oldest)
			}
			if _, err := w.view().Log(oldest - 1); !errors.Is(err, engine.ErrLogPruned) {
				t.Errorf("the tenant's own from before the oldest: got %v", err)
			}
		})
	}
}

// TestPruneLog: the log lets go of what is before an index, and of nothing else;
// who follows from there is told; and it does not go beyond its end.
func TestPruneLog(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.buy(w.org, licensing.EnterpriseE3, 1)
	}
	cut := w.view().Index() - 2
	provider := w.eng.As("op")
	w.must(provider.PruneLog(w.ctx, engine.PruneLog{Before: cut}))
	all, err := provider.Log(w.ctx, 0)
	w.must(err)
	if entries := slices.Collect(all); len(entries) != 4 || entries[0].Index != cut || entries[3].Op != engine.OpPruneLog {
		t.Errorf("%d entries are left, from %d", len(entries), entries[0].Index)
	}
	if _, err := provider.Log(w.ctx, cut-1); !errors.Is(err, engine.ErrLogPruned) {
		t.Errorf("what was let go of: %v", err)
	}
	for _, err := range provider.Follow(w.ctx, cut-1) {
		if !errors.Is(err, engine.ErrLogPruned) {
			t.Errorf("who follows from there: %v", err)
		}
	}
	w.must(provider.PruneLog(w.ctx, engine.PruneLog{Before: 1})) // brings nothing back
	if _, err := provider.Log(w.ctx, cut-1); !errors.Is(err, engine.ErrLogPruned) {
		t.Errorf("what was let go of is back: %v", err)
	}
	var e *telephony.Error
	if err := provider.PruneLog(w.ctx, engine.PruneLog{Before: 1 << 62}); !errors.As(err, &e) || e.Code != engine.ErrRequest {
		t.Errorf("beyond the end: %v", err)
	}
	if last, _ := e.Figure("last"); last != int64(w.view().Index()) {
		t.Errorf("the last entry is said to be %d", last)
	}
}

// TestTenantsLogShowsNothingOfOthers: what a tenant reads is its own and what
// happened to it, though others did it.
func TestTenantsLogShowsNothingOfOthers(t *testing.T) {
	s := newScene(t)
	o := newStranger(s.world)
	s.clock.Add(tenMinutes + time.Second)                // the scene's hold has run out, and a command of another settles it
	_, _ = o.Reserve(s.ctx, engine.Reserve{Quantity: 1}) // refused, early
	_ = o.Unassign(s.ctx, engine.Unassign{Person: "adele.vance"})
	for _, org := range []*engine.Tenant{s.org, o.Tenant} {
		entries, err := s.viewOf(org).Log(0)
		s.must(err)
		ended := false
		for e := range entries {
			if e.Tenant != org.ID() {
				t.Errorf("%s reads an entry of %q", org.ID(), e.Tenant)
			}
			for _, event := range e.Events {
				if event.Tenant != org.ID() {
					t.Errorf("%s reads an event of %q", org.ID(), event.Tenant)
				}
				ended = ended || event.Type == engine.ReservationExpired
				if event.Type == engine.ReservationExpired && (e.Op != engine.OpSweep || e.Actor != "" || e.RequestID != "" || e.Refused != "") {
					t.Errorf("%s reads who settled its hold: %+v", org.ID(), e)
				}
			}
		}
		if want := org == s.org; ended != want {
			t.Errorf("%s reads of the end: %t, want %t", org.ID(), ended, want)
		}
	}
}

// TestViewsLogEndsWithTheView: what is written after a view is not in its log.
func TestViewsLogEndsWithTheView(t *testing.T) {
	w := newWorld(t)
	v := w.view()
	w.buy(w.org, licensing.EnterpriseE3, 1)
	entries, err := v.Log(0)
	w.must(err)
	for e := range entries {
		if e.Index > v.Index() {
			t.Errorf("a view of %d reads entry %d", v.Index(), e.Index)
		}
	}
}
