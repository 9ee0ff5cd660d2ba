package engine_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// The canary's marks: what must not be seen outside the fields themselves. The
// numbers' mark is in all numbers of the scene.
var marks = []string{"55501", "canary", "Canary", "3319900"}

// renderings are all the ways in which a value comes to be printed or logged.
func renderings(v any) map[string]string {
	out := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		out[verb] = fmt.Sprintf(verb, v)
	}
	if text, err := json.Marshal(v); err == nil {
		out["json"] = string(text)
	}
	for name, text := range logged(v) {
		out[name] = text
	}
	return out
}

// logged is a value as both handlers of log/slog write it.
func logged(v any) map[string]string {
	var text, object bytes.Buffer
	// The time of the line is left out: its digits are any.
	options := &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	slog.New(slog.NewTextHandler(&text, options)).Info("seen", "value", v)
	slog.New(slog.NewJSONHandler(&object, options)).Info("seen", "value", v)
	return map[string]string{"slog text": text.String(), "slog JSON": object.String()}
}

func unmarked(t testing.TB, what string, texts map[string]string) {
	t.Helper()
	for how, text := range texts {
		for _, mark := range marks {
			if strings.Contains(text, mark) {
				t.Errorf("%s: %s discloses %q: %s", what, how, mark, text)
			}
		}
	}
}

// canary is a tenant all of whose people, addresses and places bear a mark.
func canary(t testing.TB) (*world, *engine.View, []error) {
	w := newWorld(t, engine.WithVisibleAfter(visible), engine.WithRevalidation(time.Hour))
	w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "x.canary", Name: "Canary", UsageLocation: "US"}))
	w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "y.canary", Name: "Canary"}))
	w.license("x.canary")
	home := emergency.Address{Country: "US", State: "WA", City: "Canary", Street: "Canary", StreetSuffix: "Ave",
		HouseNumber: "100", PostalCode: "98101", Company: "Canary", Description: "Canary"}
	address := w.addressOf(w.org, home)
	place, err := w.org.AddLocation(w.ctx, engine.Place{Address: address.ID, Description: "Canary wing"})
	w.must(err)
	numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 5}, "")
	held := w.reserve(w.org, engine.Reserve{Area: seattle, Quantity: 2, Reference: "for Mr Canary"})
	var refused []error
	keep := func(err error) {
		t.Helper()
		if err == nil {
			t.Error("a wrong call was accepted")
		}
		refused = append(refused, err)
	}
	assign := engine.Assign{Number: numbers[0], Person: "x.canary", Location: place.ID}
	keep(w.org.Assign(w.ctx, assign)) // not visible
	w.clock.Add(visible)
	w.must(w.org.Assign(w.ctx, assign))
	keep(w.org.Assign(w.ctx, assign))
	keep(w.org.Assign(w.ctx, engine.Assign{Number: numbers[1], Person: "y.canary"}))
	keep(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "x.canary"}))
	keep(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "no canary"}))
	keep(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: "z", Name: "Canary\x00"}))
	keep(w.org.Unassign(w.ctx, engine.Unassign{Person: "y.canary"}))
	keep(w.org.Unassign(w.ctx, engine.Unassign{Person: "z.canary"}))
	keep(w.org.Release(w.ctx, engine.Release{Numbers: numbers}))
	keep(w.org.ChangeNumber(w.ctx, engine.ChangeNumber{Person: "x.canary", Number: numbers[0]}))
	keep(w.org.SetUsageLocation(w.ctx, engine.UsageLocation{Person: "x.canary", Country: "FR"}))
	keep(w.org.DeleteAddress(w.ctx, engine.DeleteAddress{Address: address.ID}))
	_, err = w.org.AddLocation(w.ctx, engine.Place{Address: address.ID, Description: "Canary\x07"})
	keep(err)
	_, err = w.org.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true}) // run out long ago
	keep(err)
	_, err = w.org.Reserve(w.ctx, engine.Reserve{Numbers: numbers})
	keep(err)
	_, err = w.org.Reserve(w.ctx, engine.Reserve{Area: seattle, Quantity: 1, Reference: "Canary\x00"})
	keep(err)
	open := w.reserve(w.org, engine.Reserve{Area: seattle, Quantity: 2, Reference: "for Mrs Canary"})
	for _, list := range []telephony.NumberList{numbers, open.Numbers()} {
		_, err = w.org.AddToReservation(w.ctx, engine.AddToReservation{Reservation: open.ID, Numbers: list})
		keep(err)
		_, err = w.org.DropFromReservation(w.ctx, engine.DropFromReservation{Reservation: open.ID, Numbers: list})
		keep(err)
	}
	_, err = w.view().FindNumbers(engine.NumberSearch{Search: reservation.Search{Quantity: 1, Contains: "x55501", Exclude: append(numbers, telephony.Number{})}}, "")
	keep(err)
	keep(w.eng.AddStock(w.ctx, engine.Stock{Range: mustRange("+14255550100..+14255550105"), Area: seattle, Kind: telephony.UserNumber}))
	_, err = w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: mustRange("+14255550000..+14255550199")})
	keep(err)
	_, err = w.eng.MoveStock(w.ctx, engine.StockMove{Range: mustRange("+14255550199..+14255550200"), Area: telephony.Area{Country: "CA"}})
	keep(err)
	home.PostalCode, home.City = "canary", ""
	checked, err := w.org.CheckAddress(w.ctx, home)
	w.must(err)
	keep(checked.Err())
	draft, err := w.org.SaveDraft(w.ctx, checked)
	w.must(err)
	_, err = w.org.PromoteDraft(w.ctx, engine.PromoteDraft{Draft: draft.ID, Checked: checked})
	keep(err)
	_, err = w.org.EditAddress(w.ctx, engine.EditAddress{Address: address.ID, Checked: checked})
	keep(err)
	keep(w.tryReplace(draft.ID, address.ID))
	keep(w.tryEdit(address.ID, lyonOffice))
	paris := w.addressOf(w.org, offices["FR"])
	w.acquire(engine.Reserve{Numbers: telephony.NumberList{number("+33199000010")}}, paris.Default)
	keep(w.tryReplace(paris.ID, w.addressOf(w.org, lyonOffice).ID))
	keepCanary(w, numbers, keep)
	_, err = w.org.SaveDraft(w.ctx, w.checked(emergency.Address{Country: "canary", City: "Canary\x00"}))
	keep(err)
	keep(w.org.AcknowledgeTerms(w.ctx, engine.AcknowledgeTerms{Version: 7}))
	_, err = w.org.SaveAddress(w.ctx, checked)
	keep(err)
	w.must(w.org.MarkTold(w.ctx, engine.Told{Person: "x.canary"}))
	w.clock.Add(2 * time.Hour) // and the verdicts on addresses are old
	return w, w.view(), refused
}

func first[E any](all iter.Seq[E]) (e E) {
	for e := range all {
		return e
	}
	return e
}

func mustRange(text string) telephony.Range {
	r, err := telephony.ParseRange(text)
	if err != nil {
		panic(err)
	}
	return r
}

// keepCanary puts marks on what is set of numbers and on who goes.
func keepCanary(w *world, numbers telephony.NumberList, keep func(error)) {
	w.Helper()
	note := "Canary"
	w.must(w.org.SetAttributes(w.ctx, engine.Attributes{Numbers: numbers[:2], AddTags: []string{"Canary"}, Description: &note}))
	w.must(w.org.BlockNumbers(w.ctx, engine.BlockNumbers{Numbers: numbers[1:3], Days: 9, Reason: "Canary"}))
	w.must(w.org.AddService(w.ctx, engine.ServiceSpec{ID: "desk", Kind: telephony.AutoAttendant, Name: "Canary", UsageLocation: "US"}))
	w.must(w.org.ConvertNumbers(w.ctx, engine.ConvertNumbers{Numbers: numbers[4:], To: telephony.TollNumber}))
	w.must(w.org.AssignService(w.ctx, engine.AssignService{Number: numbers[4], Service: "desk"}))
	w.must(w.org.Release(w.ctx, engine.Release{Numbers: numbers[3:4]}))
	keep(w.org.SetAttributes(w.ctx, engine.Attributes{Numbers: numbers, AddTags: []string{"Canary\x00"}}))
	keep(w.org.BlockNumbers(w.ctx, engine.BlockNumbers{Numbers: numbers[1:3], Forever: true, Reason: "Canary"}))
	keep(w.org.UnblockNumbers(w.ctx, engine.UnblockNumbers{Numbers: numbers}))
	keep(w.org.ConvertNumbers(w.ctx, engine.ConvertNumbers{Numbers: numbers[:3], To: telephony.TollNumber}))
	keep(w.org.AssignService(w.ctx, engine.AssignService{Number: numbers[0], Service: "desk"}))
	keep(w.org.UnassignService(w.ctx, engine.UnassignService{Number: numbers[0]}))
	keep(w.org.RemoveService(w.ctx, engine.RemoveService{Service: "desk"}))
	keep(w.org.Reclaim(w.ctx, engine.Reclaim{Numbers: numbers[2:4]}))
	keep(w.eng.As("").ReportActivation(w.ctx, engine.ActivationReport{Tenant: "contoso", Numbers: numbers[:1], Refused: "busy", Reason: "Canary"}))
	keep(w.org.RemovePerson(w.ctx, engine.RemovePerson{Person: "x.canary"}))
	w.must(w.org.MarkVanished(w.ctx, engine.Vanished{Person: "x.canary"}))
	_, err := w.org.FreeOrphans(w.ctx, engine.FreeOrphans{Numbers: numbers[:2], Leave: engine.KeepNumbers})
	keep(err)
	keep(w.org.Assign(w.ctx, engine.Assign{Number: numbers[2], Person: "x.canary"}))
}

// TestErrorsDiscloseNothing, however they are printed, logged or encoded, with
// their reasons one by one.
func TestErrorsDiscloseNothing(t *testing.T) {
	_, v, refused := canary(t)
	tasks, err := v.ToDo("y.canary")
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		for _, reason := range task.Blocked {
			refused = append(refused, reason)
		}
	}
	for _, err := range refused {
		unmarked(t, err.Error(), renderings(err))
		unmarked(t, err.Error(), renderings(fmt.Errorf("wrapped: %w", err)))
		var e *telephony.Error
		if !errors.As(err, &e) {
			t.Errorf("%v is not of the one type", err)
			continue
		}
		for _, reason := range e.Reasons {
			unmarked(t, reason.Error(), renderings(reason))
		}
	}
}

// TestLoggedEntriesDiscloseNothing: an embedder may log the log.
func TestLoggedEntriesDiscloseNothing(t *testing.T) {
	w, _, _ := canary(t)
	for _, e := range w.entries(0) {
		unmarked(t, string(e.Op), logged(e))
		for _, event := range e.Events {
			unmarked(t, string(event.Type), logged(event))
		}
	}
}

// TestLoggedValuesDiscloseNothing: nor do the values that views give, which an
// embedder will log sooner or later.
func TestLoggedValuesDiscloseNothing(t *testing.T) {
	w, v, _ := canary(t)
	withdrawn, err := w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: mustRange("+14255550180..+14255550209"), OnlyFree: true})
	w.must(err)
	unmarked(t, "withdrawn", logged(withdrawn))
	unmarked(t, "extent", logged(withdrawn.Taken))
	for b := range w.utilisation().Blocks(engine.StockQuery{}) {
		unmarked(t, "block", logged(b))
	}
	for n := range v.Numbers(engine.NumberQuery{Expand: true}) {
		unmarked(t, "number", logged(n))
	}
	for p := range v.People(engine.PersonQuery{}) {
		unmarked(t, "person", logged(p))
	}
	for a := range v.Addresses(engine.AddressQuery{}) {
		unmarked(t, "address", logged(a))
		for l := range v.Locations(a.ID) {
			unmarked(t, "location", logged(l))
		}
	}
	for r := range v.Reservations(engine.ReservationQuery{}) {
		unmarked(t, "reservation", logged(r))
	}
	q := engine.NumberSearch{Area: seattle, Search: reservation.Search{Quantity: 3, Consecutive: 2, Near: number("+14255550150"), Contains: "55501"}}
	found, err := v.FindNumbers(q, "")
	if err != nil || len(found.Runs) != 3 {
		t.Fatalf("%d runs, %v", len(found.Runs), err)
	}
	numbers := engine.FreeNumber{Number: number("+14255550150"), Area: seattle}
	for name, value := range map[string]any{"search": q, "found": found, "run": found.Runs[0], "free number": numbers,
		"query":   engine.ReservationQuery{Number: numbers.Number, Reference: "Canary"},
		"reserve": engine.Reserve{Numbers: found.List(), Reference: "Canary"}, "add": engine.AddToReservation{Numbers: found.List()},
		"drop": engine.DropFromReservation{Numbers: found.List()}} {
		unmarked(t, name, logged(value))
	}
	for service := range v.Services(engine.ServiceQuery{}) {
		unmarked(t, "service", logged(service))
	}
	for r := range v.Resting() {
		unmarked(t, "resting", logged(r))
	}
	for r := range v.NumberRanges(engine.NumberQuery{}) {
		unmarked(t, "range", logged(r))
	}
	unmarked(t, "freed", logged(engine.Freed{Numbers: telephony.NumberList{number("+14255550100")}}))
	unmarked(t, "rest ended", logged(engine.RestEnded{Freed: telephony.NumberList{number("+14255550100")}, NotResting: telephony.NumberList{number("+14255550101")}}))
	for d := range v.Drafts() {
		unmarked(t, "draft", logged(d))
	}
	for b := range v.Blocking(first(v.Addresses(engine.AddressQuery{Description: "Canary"})).ID) {
		unmarked(t, "blocker", logged(b))
	}
	for g := range v.Gaps() {
		unmarked(t, "gap", logged(g))
	}
	if own, err := v.Own("x.canary"); err == nil {
		unmarked(t, "own", logged(own))
	}
}
