package engine_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// retries are calls with a request id on a scene, one for each kind of result,
// accepted and refused. Each returns what it gave, and the error.
func retries(s *scene) map[string]func(org *engine.Tenant, id string) (any, error) {
	return map[string]func(org *engine.Tenant, id string) (any, error){
		"reserve": func(o *engine.Tenant, id string) (any, error) {
			return o.Reserve(s.ctx, engine.Reserve{Area: newYork, Quantity: 2, RequestID: id})
		},
		"acquire some": func(o *engine.Tenant, id string) (any, error) {
			return o.Acquire(s.ctx, engine.Acquire{Reservation: s.held.ID, Numbers: s.held.Numbers()[:1], RequestID: id})
		},
		"acquire all": func(o *engine.Tenant, id string) (any, error) {
			return o.Acquire(s.ctx, engine.Acquire{Reservation: s.held.ID, All: true, RequestID: id})
		},
		"cancel": func(o *engine.Tenant, id string) (any, error) {
			return o.CancelReservation(s.ctx, engine.CancelReservation{Reservation: s.held.ID, RequestID: id})
		},
		"extend": func(o *engine.Tenant, id string) (any, error) {
			return o.ExtendReservation(s.ctx, engine.ExtendReservation{Reservation: s.held.ID, By: time.Minute, RequestID: id})
		},
		"reserve with a reference": func(o *engine.Tenant, id string) (any, error) {
			return o.Reserve(s.ctx, engine.Reserve{Area: newYork, Quantity: 2, Order: reservation.Shuffled, Seed: 3, Reference: "order 7", RequestID: id})
		},
		"add": func(o *engine.Tenant, id string) (any, error) {
			return o.AddToReservation(s.ctx, engine.AddToReservation{Reservation: s.held.ID, Area: newYork, Quantity: 2, RequestID: id})
		},
		"drop": func(o *engine.Tenant, id string) (any, error) {
			return o.DropFromReservation(s.ctx, engine.DropFromReservation{Reservation: s.held.ID, Numbers: s.held.Numbers()[1:], RequestID: id})
		},
		"refused add": func(o *engine.Tenant, id string) (any, error) {
			return o.AddToReservation(s.ctx, engine.AddToReservation{Reservation: s.held.ID, Numbers: s.held.Numbers(), RequestID: id})
		},
		"save address": func(o *engine.Tenant, id string) (any, error) { return o.SaveRecordOnce(s.ctx, fullRecord(), id) },
		"add location": func(o *engine.Tenant, id string) (any, error) {
			return o.AddLocation(s.ctx, engine.Place{Address: s.us.ID, Description: "Cellar", RequestID: id})
		},
		"replace address": func(o *engine.Tenant, id string) (any, error) {
			return o.ReplaceAddress(s.ctx, engine.ReplaceAddress{Address: s.us.ID, By: s.annex.ID, RequestID: id})
		},
		"edit address": func(o *engine.Tenant, id string) (any, error) { return o.EditRecord(s.ctx, s.us.ID, s.us.Record, id) },
		"save draft": func(o *engine.Tenant, id string) (any, error) {
			draft := fullRecord()
			draft.Status = emergency.Invalid
			return o.SaveDraftRecord(s.ctx, draft, id)
		},
		"promote draft": func(o *engine.Tenant, id string) (any, error) {
			return o.PromoteDraftRecord(s.ctx, s.drafted.ID, fullRecord(), id)
		},
		"delete draft": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.DeleteDraft(s.ctx, engine.DeleteDraft{Draft: s.drafted.ID, RequestID: id})
		},
		"acknowledge terms": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.AcknowledgeTerms(s.ctx, engine.AcknowledgeTerms{Version: 2, RequestID: id})
		},
		"buy": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.BuyLicences(s.ctx, engine.Purchase{Product: licensing.PhoneSystem, Quantity: 1, RequestID: id})
		},
		"add person": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.AddPerson(s.ctx, engine.PersonSpec{ID: "new", RequestID: id})
		},
		"assign": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.Assign(s.ctx, engine.Assign{Number: s.spare[0], Person: "megan.bowen", Location: s.us.Default, RequestID: id})
		},
		"release": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.Release(s.ctx, engine.Release{Numbers: s.spare, RequestID: id})
		},
		"refused reserve": func(o *engine.Tenant, id string) (any, error) {
			return o.Reserve(s.ctx, engine.Reserve{Area: newYork, Quantity: 120, RequestID: id})
		},
		"refused taken": func(o *engine.Tenant, id string) (any, error) {
			return o.Reserve(s.ctx, engine.Reserve{Numbers: s.spare, RequestID: id})
		},
		"refused assign": func(o *engine.Tenant, id string) (any, error) { // for several reasons
			return nil, o.Assign(s.ctx, engine.Assign{Number: s.toll[0], Person: "lynne.robbins", Location: s.fr.Default, RequestID: id})
		},
		"refused replace": func(o *engine.Tenant, id string) (any, error) {
			return o.ReplaceAddress(s.ctx, engine.ReplaceAddress{Address: s.drafted.ID, By: "a-none", RequestID: id})
		},
		"refused terms": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.AcknowledgeTerms(s.ctx, engine.AcknowledgeTerms{Version: 1, RequestID: id})
		},
		"refused release": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.Release(s.ctx, engine.Release{Numbers: telephony.NumberList{s.adeles}, RequestID: id})
		},
		"refused person": func(o *engine.Tenant, id string) (any, error) {
			return nil, o.AddPerson(s.ctx, engine.PersonSpec{ID: "adele.vance", RequestID: id})
		},
	}
}

// facts is an error without its words of advice, which a repeated answer has its
// own of.
func facts(err error) string {
	var e *telephony.Error
	if !errors.As(err, &e) {
		return fmt.Sprint(err)
	}
	text := fmt.Sprint(e.Op, "|", e.Code, "|", e.Field, "|", e.Subject, "|", e.Figures, "|", e.Person, "|", e.Numbers, "|", e.At.UnixNano())
	for _, r := range e.Reasons {
		text += "\n" + facts(r)
	}
	return text
}

var scenery = []engine.Option{engine.WithExtension(lifeExtension), engine.WithVisibleAfter(visible), engine.WithTerms(2)}

// TestRepeatedRequests: a call made again with its request id gives what it gave,
// though all has changed since, and does nothing; nor does it after a restore.
func TestRepeatedRequests(t *testing.T) {
	for name := range retries(&scene{}) {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, scenery...)
			s.annex, s.drafted = s.address("US"), s.draft()
			call := retries(s)[name]
			result, err := call(s.org, "request-1")
			if (err != nil) != (len(name) > 7 && name[:7] == "refused") {
				t.Fatalf("the first call: got %v", err)
			}
			s.clock.Add(time.Second)
			s.buy(s.org, licensing.PhoneSystem, 500) // what was refused for too few would be accepted now
			s.buy(s.org, licensing.DomesticCallingPlan, 500)
			digest := s.eng.Digest()
			again := func(org *engine.Tenant) {
				t.Helper()
				got, second := call(org, "request-1")
				if !reflect.DeepEqual(got, result) {
					t.Errorf("the second call gives %+v, the first gave %+v", got, result)
				}
				if facts(second) != facts(err) {
					t.Errorf("the second call is refused with\n%s, the first with\n%s", facts(second), facts(err))
				}
			}
			before := s.lastIndex()
			again(s.org)
			again(s.org.As("somebody.else"))
			if s.eng.Digest() != digest {
				t.Error("the second call changed something")
			}
			for _, e := range s.entries(before) {
				if len(e.Events) != 0 || e.RequestID != "request-1" || (e.Refused == "") != (err == nil) {
					t.Errorf("the second call left %+v", e)
				}
			}
			eng, problem := engine.NewStrict(engine.WithClock(s.clock), engine.WithSnapshot(bytes.NewReader(snapshotOf(t, s.eng))))
			s.must(problem)
			again(eng.Tenant("contoso"))
			if eng.Digest() != digest {
				t.Error("the second call changed something after a restore")
			}
		})
	}
}

// TestRequestConflicts: an id that was used for another request is refused, with
// where it was used, and changes nothing; for another tenant it is new.
func TestRequestConflicts(t *testing.T) {
	s := newScene(t, scenery...)
	s.annex, s.drafted = s.address("US"), s.draft()
	s.must(s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "first", RequestID: "request-1"}))
	first, at := int64(s.lastIndex()), s.clock.Now()
	s.clock.Add(time.Minute)
	digest := s.eng.Digest()
	calls := retries(s)
	calls["another person"] = func(o *engine.Tenant, id string) (any, error) {
		return nil, o.AddPerson(s.ctx, engine.PersonSpec{ID: "second", RequestID: id})
	}
	calls["another detail"] = func(o *engine.Tenant, id string) (any, error) {
		return nil, o.AddPerson(s.ctx, engine.PersonSpec{ID: "first", UsageLocation: "US", RequestID: id})
	}
	calls["another operation"] = func(o *engine.Tenant, id string) (any, error) {
		return nil, o.Unassign(s.ctx, engine.Unassign{Person: "first", RequestID: id})
	}
	for name, call := range calls {
		_, err := call(s.org, "request-1")
		used, _ := errorFigure(err, "log index")
		var e *telephony.Error
		if !errors.As(err, &e) || e.Code != engine.ErrRequestConflict || used != first || !e.At.Equal(at) {
			t.Errorf("%s: got %v, want %q of entry %d", name, err, engine.ErrRequestConflict, first)
		}
		if s.eng.Digest() != digest {
			t.Fatalf("%s changed something", name)
		}
	}
	other := s.tenant("fabrikam", 5)
	s.must(other.AddPerson(s.ctx, engine.PersonSpec{ID: "other", RequestID: "request-1"}))
	if got := s.viewOf(other).Dashboard().People; got != 1 {
		t.Errorf("the other tenant has %d people, want 1", got)
	}
	s.must(s.eng.AddStock(s.ctx, engine.Stock{Range: mustRange("+12125550190..+12125550191"), Area: newYork, Kind: telephony.UserNumber, RequestID: "request-1"}))
	_, err := s.eng.CreateTenant(s.ctx, engine.TenantSpec{ID: "northwind", RequestID: "request-1"})
	if !errors.Is(err, engine.ErrRequestConflict) {
		t.Errorf("the provider's own: got %v", err)
	}
	s.must(s.org.AddPerson(s.ctx, engine.PersonSpec{ID: "first", RequestID: "request-1"})) // still the first answer
}

// TestRequestsAreForgotten at the end of their time, to the nanosecond, swept or
// not, and not before.
func TestRequestsAreForgotten(t *testing.T) {
	const keep = time.Hour
	for _, m := range moments {
		for _, sw := range sweeps {
			t.Run(m.name+", "+sw.name, func(t *testing.T) {
				w := newWorld(t, engine.WithRequestsKept(keep))
				for i := range 10 { // more than one command forgets, and those before others
					w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: telephony.PersonID(fmt.Sprint("p", i)), RequestID: fmt.Sprint("a", i)}))
				}
				p := engine.Purchase{Product: licensing.EnterpriseE3, Quantity: 1, RequestID: "request-1"}
				w.must(w.org.BuyLicences(w.ctx, p))
				w.clock.Set(begin.Add(keep + m.off))
				sw.sweep(w)
				if kept := rowsOf(w.eng)["requests"]; sw.name == "swept" && (kept == 0) != m.over {
					t.Errorf("%d request ids are kept", kept)
				}
				w.must(w.org.BuyLicences(w.ctx, p))
				want := int64(1)
				if m.over {
					want = 2
				}
				if got := holding(w.view(), licensing.EnterpriseE3); got != want {
					t.Errorf("%d licences were bought, want %d", got, want)
				}
			})
		}
	}
}

// rowsOf counts the rows of each table.
func rowsOf(e *engine.Engine) map[string]int {
	count := map[string]int{}
	for table := range engine.MachineRows(engine.MachineOf(e)) {
		count[table]++
	}
	return count
}

// holding returns how many licences of a product were bought.
func holding(v *engine.View, p licensing.Product) int64 {
	for _, h := range v.Licences() {
		if h.Product == p {
			return h.Bought
		}
	}
	return 0
}

// TestDuplicatesSideBySide: of many calls with one id at once, one has an effect,
// and all give its result.
func TestDuplicatesSideBySide(t *testing.T) {
	w := newWorld(t)
	const callers = 32
	var all sync.WaitGroup
	results := make([]engine.Reservation, callers)
	for i := range callers {
		all.Go(func() {
			got, err := w.org.Reserve(w.ctx, engine.Reserve{Area: newYork, Quantity: 1, RequestID: "request-1"})
			if err != nil {
				t.Errorf("got %v", err)
			}
			results[i] = got
		})
	}
	all.Wait()
	for _, r := range results {
		if !reflect.DeepEqual(r, results[0]) {
			t.Errorf("one call gives %v, another %v", r, results[0])
		}
	}
	if got := w.free(newYork); got != 49 {
		t.Errorf("%d numbers are free, want 49", got)
	}
}
