package engine_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// allOps are the operations that commands have.
var allOps = slices.Concat([]engine.Op{
	engine.OpConfigure, engine.OpAddStock, engine.OpCreateTenant, engine.OpSweep, engine.OpBuyLicences, engine.OpReturnLicences,
	engine.OpAddPerson, engine.OpSetUsageLocation, engine.OpAssignLicences, engine.OpReserve, engine.OpAcquire, engine.OpCancel,
	engine.OpExtend, engine.OpAddTo, engine.OpDropFrom, engine.OpRelease, engine.OpSaveAddress, engine.OpAddLocation, engine.OpDeleteLocation, engine.OpDeleteAddress,
	engine.OpAssign, engine.OpUnassign, engine.OpChangeNumber, engine.OpChangeLocation, engine.OpTell,
	engine.OpReplaceAddress, engine.OpEditAddress, engine.OpSaveDraft, engine.OpPromoteDraft, engine.OpDeleteDraft, engine.OpAcknowledgeTerms,
	engine.OpAssignGroup, engine.OpPruneLog, engine.OpRecordRefusal, engine.OpAddStockList, engine.OpWithdrawStock, engine.OpMoveStock,
}, keepOps, portOps)

// recorder is a log that keeps the commands as bytes, and what came of them.
type recorder struct {
	machine  *engine.Machine
	mu       sync.Mutex
	commands [][]byte
	outcomes []engine.Outcome
}

func (r *recorder) open(m *engine.Machine) (engine.Log, error) {
	r.machine = m
	return r, nil
}

// Commit implements engine.Log.
func (r *recorder) Commit(_ context.Context, c engine.Command) (engine.Outcome, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	data, err := c.MarshalBinary()
	if err != nil {
		return engine.Outcome{}, err
	}
	out := r.machine.Apply(c)
	r.commands, r.outcomes = append(r.commands, data), append(r.outcomes, out)
	return out, nil
}

// life is an engine that has seen everything: each operation, accepted and
// refused, and rows in every table with no field that is empty in all of them.
type life struct {
	*world
	rec     *recorder
	options []engine.Option // to make another like it, with a log of its own
	calls   int
	held    engine.Reservation // of three, open
	us      engine.Address
	place   engine.Location
	numbers telephony.NumberList // the tenant's, the first Adele's
}

var lifeExtension = reservation.Extension{Allowed: true, MaxTotal: time.Hour}

// lifeOptions are the settings of a life, all of them other than the default.
func lifeOptions() []engine.Option {
	return []engine.Option{
		engine.WithVisibleAfter(visible), engine.WithHoldFor(tenMinutes + time.Second), engine.WithLogKept(90_000),
		engine.WithLimits(reservation.Limits{Open: 9, Held: 150, PerRequest: 100}),
		engine.WithExtension(lifeExtension),
		engine.WithClosedKept(25*time.Hour, 900), engine.WithRequestsKept(26 * time.Hour), engine.WithQuarantine(50 * 24 * time.Hour),
		engine.WithQuarantineOf(reservation.Residential, 1, 60*24*time.Hour), engine.WithQuarantineOf(reservation.Business, 33, 0),
		engine.WithTenantLimits(engine.TenantLimits{People: 50, Addresses: 20, Locations: 10, Services: 30, Requests: 200, PerSecond: 1000, Burst: 500, PortOrders: 7, PortsKept: 40}),
		engine.WithRevalidation(300 * 24 * time.Hour), engine.WithTerms(2), engine.WithGrace(60 * time.Hour), engine.WithCarrierActivation(true), engine.WithPortRules(lifePortRules),
	}
}

func newLife(t testing.TB) *life {
	t.Helper()
	l := &life{rec: &recorder{}, options: lifeOptions()}
	l.world = newWorld(t, append(lifeOptions(), engine.WithLog(l.rec.open))...)
	l.options = append(l.options, engine.WithClock(l.clock), engine.WithIDEpoch("u"), engine.WithAuthority(everywhere{}))
	l.org = l.org.As("admin@contoso.example")
	l.settle()
	l.port()
	l.keep()
	l.run()
	l.beRefused()
	return l
}

// id is a new request id.
func (l *life) id() string {
	l.calls++
	return fmt.Sprintf("request-%d", l.calls)
}

// settle makes tenants, people and addresses.
func (l *life) settle() {
	l.must(l.eng.AddStock(l.ctx, engine.Stock{Range: mustRange("+999100200300..+999100200399"),
		Area: telephony.Area{Country: "ZZ", Region: "A", City: "Fiction"}, Kind: telephony.UserNumber, RequestID: "stock-1"}))
	fiction := telephony.Area{Country: "ZZ", Region: "A", City: "Fiction"}
	l.must(l.eng.AddStockList(l.ctx, engine.StockList{RequestID: "stock-2", Stock: []engine.Stock{
		{Range: mustRange("+999100200400..+999100200409"), Area: fiction, Kind: telephony.UserNumber},
		{Range: mustRange("+999100200410..+999100200419"), Area: fiction, Kind: telephony.TollNumber}}}))
	_, err := l.eng.WithdrawStock(l.ctx, engine.StockWithdrawal{Range: mustRange("+999100200395..+999100200399"), RequestID: "stock-3"})
	l.must(err)
	_, err = l.eng.As("op").CreateTenant(l.ctx, engine.TenantSpec{ID: "fabrikam", Name: "Fabrikam", RequestID: "tenant-1"})
	l.must(err)
	l.must(l.org.BuyLicences(l.ctx, engine.Purchase{Product: licensing.CommunicationsCredits, Quantity: 2, RequestID: l.id()}))
	l.must(l.org.ReturnLicences(l.ctx, engine.Purchase{Product: licensing.CommunicationsCredits, Quantity: 1, RequestID: l.id()}))
	l.buy(l.org, licensing.InternationalCallingPlan, 5)
	for _, p := range []telephony.PersonID{"adele.vance", "megan.bowen"} {
		l.must(l.org.AddPerson(l.ctx, engine.PersonSpec{ID: p, Name: "A Name", RequestID: l.id()}))
		l.must(l.org.SetUsageLocation(l.ctx, engine.UsageLocation{Person: p, Country: "US", RequestID: l.id()}))
		l.must(l.org.AssignLicences(l.ctx, engine.LicenceChange{Person: p, RequestID: l.id(),
			Add: []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan}}))
	}
	l.must(l.org.AssignLicences(l.ctx, engine.LicenceChange{Person: "megan.bowen", RequestID: l.id(),
		Add: []licensing.Product{licensing.InternationalCallingPlan}, Remove: []licensing.Product{licensing.DomesticCallingPlan}}))
	l.must(l.org.AddPerson(l.ctx, engine.PersonSpec{ID: "diego", UsageLocation: "US", OnPremisesNumber: true}))
	l.us, err = l.org.SaveRecordOnce(l.ctx, fullRecord(), l.id())
	l.must(err)
	where := emergency.Location{Place: "East wing", Building: "7", Floor: "2", Unit: "B", Room: "204", Seat: "4",
		Description: "Second floor", ELIN: "+14255550100"}
	l.place, err = l.org.AddLocation(l.ctx, engine.Place{Address: l.us.ID, Location: where, RequestID: l.id()})
	l.must(err)
	gone, err := l.org.AddLocation(l.ctx, engine.Place{Address: l.us.ID, Description: "Cellar"})
	l.must(err)
	l.must(l.org.DeleteLocation(l.ctx, engine.DeleteLocation{Location: gone.ID, RequestID: l.id()}))
	l.settleAddresses()
	l.clock.Add(visible)
}

// settleAddresses takes addresses and drafts through all that can be done with
// them, and leaves a French one that must fit its numbers, and a draft.
func (l *life) settleAddresses() {
	l.must(l.org.AcknowledgeTerms(l.ctx, engine.AcknowledgeTerms{Version: 2, RequestID: l.id()}))
	draft := fullRecord()
	draft.Status = emergency.Invalid
	kept, err := l.org.SaveDraftRecord(l.ctx, draft, l.id())
	l.must(err)
	thrown, err := l.org.SaveDraftRecord(l.ctx, draft, "")
	l.must(err)
	l.must(l.org.DeleteDraft(l.ctx, engine.DeleteDraft{Draft: thrown.ID, RequestID: l.id()}))
	promoted, err := l.org.SaveDraftRecord(l.ctx, draft, "")
	l.must(err)
	branch, err := l.org.PromoteDraftRecord(l.ctx, promoted.ID, fullRecord(), l.id())
	l.must(err)
	edited := fullRecord()
	edited.Address.HouseNumber, edited.At = "102", edited.At+1
	refused := branch.Record
	refused.Status = emergency.Invalid
	_, err = l.org.RefuseRecord(l.ctx, branch.ID, refused, l.id())
	l.must(err)
	_, err = l.org.EditRecord(l.ctx, branch.ID, edited, l.id())
	l.must(err)
	_, err = l.org.AddLocation(l.ctx, engine.Place{Address: branch.ID, Description: "Lobby"})
	l.must(err)
	_, err = l.org.ReplaceAddress(l.ctx, engine.ReplaceAddress{Address: branch.ID, By: l.us.ID, RequestID: l.id()})
	l.must(err)
	l.must(l.org.DeleteAddress(l.ctx, engine.DeleteAddress{Address: branch.ID, RequestID: l.id()}))
	if _, err := l.view().Draft(kept.ID); err != nil {
		l.Errorf("the draft that was kept: %v", err)
	}
}

// fullRecord is a record with no empty field.
func fullRecord() emergency.Record {
	address := offices["US"]
	fields := reflect.ValueOf(&address).Elem()
	for i := range fields.NumField() {
		if f := fields.Field(i); f.Kind() == reflect.String && f.Len() == 0 {
			f.SetString("X")
		}
	}
	position, err := emergency.NewPosition(47.6, -122.3)
	if err != nil {
		panic(err)
	}
	address.Position = position
	return emergency.Record{Address: address, Status: emergency.Validated, Authority: "everywhere", At: begin.UnixNano(),
		Updated: true, Partial: true, FormatOnly: true, Dispatch: emergency.Dispatch{ID: "psap", Name: "Centre", URI: "sip:sos@psap.example"}}
}

// run takes numbers of all kinds through all that can be done with them.
func (l *life) run() {
	l.must(l.eng.As("op").PruneLog(l.ctx, engine.PruneLog{Before: 1, RequestID: "prune-1"}))
	swept := l.hold(newYork, 2)
	l.clock.Set(swept.Expires.Add(time.Second))
	l.sweepAll()
	for _, k := range []telephony.Kind{telephony.TollNumber, telephony.TollFreeNumber} {
		a := map[telephony.Kind]telephony.Area{telephony.TollNumber: seattle, telephony.TollFreeNumber: freeUS}[k]
		l.acquire(engine.Reserve{Area: a, Kind: k, Quantity: 1}, "")
		l.reserve(l.org, engine.Reserve{Area: a, Kind: k, Quantity: 1})
	}
	held := l.reserve(l.org, engine.Reserve{Area: seattle, Quantity: 6, Reference: "order 4711", RequestID: l.id()})
	got, err := l.org.Acquire(l.ctx, engine.Acquire{Reservation: held.ID, Numbers: held.Numbers()[:5], Location: l.us.Default, RequestID: l.id()})
	l.must(err)
	l.numbers = got.Numbers
	l.must(l.org.Assign(l.ctx, engine.Assign{Number: l.numbers[0], Person: "adele.vance", Location: l.place.ID, RequestID: l.id()}))
	l.must(l.org.MarkTold(l.ctx, engine.Told{Person: "adele.vance", RequestID: l.id()}))
	_, err = l.org.AssignGroupLicences(l.ctx, engine.GroupLicences{People: []telephony.PersonID{"adele.vance", "nobody"},
		Remove: []licensing.Product{licensing.DomesticCallingPlan}, RequestID: l.id()})
	l.must(err) // Adele's number is at risk
	l.must(l.org.Assign(l.ctx, engine.Assign{Number: l.numbers[1], Person: "megan.bowen", Location: l.place.ID}))
	l.must(l.org.ChangeNumber(l.ctx, engine.ChangeNumber{Person: "megan.bowen", Number: l.numbers[2], RequestID: l.id()}))
	l.must(l.eng.As("op").ReportActivation(l.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: l.numbers[2:3]}))
	l.must(l.org.ChangeLocation(l.ctx, engine.ChangeLocation{Number: l.numbers[2], Location: l.us.Default, RequestID: l.id()}))
	l.must(l.org.Unassign(l.ctx, engine.Unassign{Person: "megan.bowen", RequestID: l.id()}))
	l.must(l.org.Release(l.ctx, engine.Release{Numbers: l.numbers[4:], Line: reservation.Residential, RequestID: l.id()}))
	_, err = l.eng.MoveStock(l.ctx, engine.StockMove{Range: mustRange(l.numbers[3].String()), Area: portland, RequestID: "stock-4"})
	l.must(err)
	l.acquire(engine.Reserve{Area: paris, Quantity: 1}, l.address("FR").Default)
	cancelled := l.hold(seattle, 2)
	_, err = l.org.CancelReservation(l.ctx, engine.CancelReservation{Reservation: cancelled.ID, RequestID: l.id()})
	l.must(err)
	l.grow()
	l.held = l.reserve(l.org, engine.Reserve{Area: seattle, Quantity: 3, Reference: "order 4712"})
	l.held, err = l.org.ExtendReservation(l.ctx, engine.ExtendReservation{Reservation: l.held.ID, By: time.Minute, RequestID: l.id()})
	l.must(err)
}

// grow adds to a reservation and drops some of it, in all the ways of choosing,
// and cancels it.
func (l *life) grow() {
	chosen := l.reserve(l.org, engine.Reserve{Prefix: telephony.MustParsePrefix("1"), Quantity: 4, Order: reservation.Shuffled, Seed: 7,
		Exclude: telephony.NumberList{number("+14255550150")}, ExcludeGivenUp: true, Reference: "order 4713", RequestID: l.id()})
	more, err := l.org.AddToReservation(l.ctx, engine.AddToReservation{Reservation: chosen.ID, Area: paris, Quantity: 2,
		Order: reservation.Spread, Exclude: telephony.NumberList{number("+33199000050")}, ExcludeGivenUp: true, RequestID: l.id()})
	l.must(err)
	_, err = l.org.DropFromReservation(l.ctx, engine.DropFromReservation{Reservation: chosen.ID, Numbers: more.Numbers()[:5], RequestID: l.id()})
	l.must(err)
	_, err = l.org.CancelReservation(l.ctx, engine.CancelReservation{Reservation: chosen.ID})
	l.must(err)
}

// beRefused asks for what is refused, for each field that a refusal has.
func (l *life) beRefused() {
	for _, err := range []error{
		l.org.Assign(l.ctx, engine.Assign{Number: number("+14255550199"), Person: "diego", Location: "none", RequestID: l.id()}),
		l.org.Release(l.ctx, engine.Release{Numbers: append(l.numbers[:1:1], number("+14255550198")), RequestID: l.id()}),
		l.org.DeleteAddress(l.ctx, engine.DeleteAddress{Address: l.us.ID, RequestID: l.id()}),
		l.org.BuyLicences(l.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: -1, RequestID: l.id()}),
		l.org.MarkTold(l.ctx, engine.Told{Person: "nobody", RequestID: l.id()}),
		func() error {
			_, err := l.org.Acquire(l.ctx, engine.Acquire{Reservation: l.closed(), All: true, RequestID: l.id()})
			return err
		}(),
		func() error {
			_, err := l.eng.WithdrawStock(l.ctx, engine.StockWithdrawal{Range: mustRange("+14255550100..+14255550199"), RequestID: "stock-5"})
			return err
		}(),
	} {
		if err == nil {
			l.Error("a wrong call was accepted")
		}
	}
}

// closed returns a reservation that is over.
func (l *life) closed() telephony.ReservationID {
	for r := range l.view().Reservations(engine.ReservationQuery{State: reservation.Cancelled}) {
		return r.ID
	}
	l.Fatal("there is no cancelled reservation")
	return ""
}
