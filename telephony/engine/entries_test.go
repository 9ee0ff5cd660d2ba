package engine_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// entryPart is one field of a query of entries and what it asks for, said anew.
type entryPart struct {
	name string
	set  func(*engine.EntryQuery)
	has  func(engine.Entry) bool
}

func anyEvent(e engine.Entry, has func(engine.Event) bool) bool {
	return slices.ContainsFunc(e.Events, has)
}

func entryParts(s *scene, mark time.Time, from uint64) []entryPart {
	return []entryPart{
		{"from", func(q *engine.EntryQuery) { q.From = from }, func(e engine.Entry) bool { return e.Index >= from }},
		{"op", func(q *engine.EntryQuery) { q.Op = engine.OpReserve }, func(e engine.Entry) bool { return e.Op == engine.OpReserve }},
		{"actor", func(q *engine.EntryQuery) { q.Actor = "helpdesk" }, func(e engine.Entry) bool { return e.Actor == "helpdesk" }},
		{"request id", func(q *engine.EntryQuery) { q.RequestID = "again" }, func(e engine.Entry) bool { return e.RequestID == "again" }},
		{"refused", func(q *engine.EntryQuery) { q.Refused = true }, func(e engine.Entry) bool { return e.Refused != "" }},
		{"done", func(q *engine.EntryQuery) { q.Done = true }, func(e engine.Entry) bool { return e.Refused == "" }},
		{"code", func(q *engine.EntryQuery) { q.Code = engine.ErrUnknownPerson }, func(e engine.Entry) bool { return e.Refused == engine.ErrUnknownPerson }},
		{"after", func(q *engine.EntryQuery) { q.After = mark }, func(e engine.Entry) bool { return e.At.After(mark) }},
		{"before", func(q *engine.EntryQuery) { q.Before = mark }, func(e engine.Entry) bool { return e.At.Before(mark) }},
	}
}

func eventParts(s *scene, order telephony.PortOrderID) []entryPart {
	types := []engine.EventType{engine.NumberAssigned, engine.NumberUnassigned}
	return []entryPart{
		{"types", func(q *engine.EntryQuery) { q.Types = types }, func(e engine.Entry) bool {
			return anyEvent(e, func(e engine.Event) bool { return slices.Contains(types, e.Type) })
		}},
		{"person", func(q *engine.EntryQuery) { q.Person = "adele.vance" }, func(e engine.Entry) bool {
			return anyEvent(e, func(e engine.Event) bool { return e.Person == "adele.vance" })
		}},
		{"number", func(q *engine.EntryQuery) { q.Number = s.adeles }, func(e engine.Entry) bool {
			return anyEvent(e, func(e engine.Event) bool { return slices.Contains(e.Numbers, s.adeles) })
		}},
		{"reservation", func(q *engine.EntryQuery) { q.Reservation = s.held.ID }, func(e engine.Entry) bool {
			return anyEvent(e, func(e engine.Event) bool { return e.Reservation == s.held.ID })
		}},
		{"address", func(q *engine.EntryQuery) { q.Address = s.us.ID }, func(e engine.Entry) bool {
			return anyEvent(e, func(e engine.Event) bool { return e.Address == s.us.ID })
		}},
		{"service", func(q *engine.EntryQuery) { q.Service = "reception" }, func(e engine.Entry) bool {
			return anyEvent(e, func(e engine.Event) bool { return e.Service == "reception" })
		}},
		{"order", func(q *engine.EntryQuery) { q.Order = order }, func(e engine.Entry) bool {
			return anyEvent(e, func(e engine.Event) bool { return e.Order == order })
		}},
		{"location", func(q *engine.EntryQuery) { q.Location = s.us.Default }, func(e engine.Entry) bool {
			return anyEvent(e, func(e engine.Event) bool { return e.Location == s.us.Default })
		}},
	}
}

// TestEntryQueryFields asks by every field and by every two, and compares with a
// filter over all entries. What is asked of events is asked of one and the same, so
// two of those are not put together here.
func TestEntryQueryFields(t *testing.T) {
	s := newScene(t)
	mark := s.clock.Now()
	from := s.view().Index()
	s.clock.Add(time.Minute)
	desk := s.org.As("helpdesk")
	s.must(desk.MarkTold(s.ctx, engine.Told{Person: "adele.vance", RequestID: "again"}))
	if desk.MarkTold(s.ctx, engine.Told{Person: "nobody", RequestID: "other"}) == nil {
		t.Fatal("nobody was told")
	}
	s.must(s.org.Unassign(s.ctx, engine.Unassign{Person: "adele.vance"}))
	_, err := s.org.CancelReservation(s.ctx, engine.CancelReservation{Reservation: s.held.ID})
	s.must(err)
	s.hold(seattle, 1)
	s.must(s.org.AddService(s.ctx, engine.ServiceSpec{ID: "reception", Kind: telephony.AutoAttendant, UsageLocation: "US"}))
	s.must(s.org.AddService(s.ctx, engine.ServiceSpec{ID: "queue", Kind: telephony.CallQueue, UsageLocation: "US"}))
	order := s.order("+15035550111").ID
	s.order("+15035550112")
	v := s.view()
	log, err := v.Log(0)
	s.must(err)
	all := slices.Collect(log)
	plain := entryParts(s, mark, from)
	for _, a := range append(plain, eventParts(s, order)...) {
		for _, b := range append(plain, a) {
			var q engine.EntryQuery
			a.set(&q)
			b.set(&q)
			want := slices.DeleteFunc(slices.Clone(all), func(e engine.Entry) bool { return !a.has(e) || !b.has(e) })
			if a.name == b.name && (len(want) == 0 || len(want) == len(all)) {
				t.Errorf("%s tells nothing apart: %d of %d", a.name, len(want), len(all))
			}
			entries, err := v.Entries(q)
			if q.Check() != nil {
				if len(want) > 0 || !errors.Is(err, engine.ErrQuery) {
					t.Errorf("%s and %s, which %d entries have: %v", a.name, b.name, len(want), err)
				}
				continue
			}
			s.must(err)
			same := func(a, b engine.Entry) bool { return a.Chain == b.Chain }
			if got := slices.Collect(entries); !slices.EqualFunc(got, want, same) {
				t.Errorf("%s and %s: %d entries, want %d", a.name, b.name, len(got), len(want))
			}
			paged := collectPages(t, 3, func(after engine.Cursor, size int) (engine.Page[engine.Entry], error) {
				return v.EntryPage(q, after, size)
			})
			if !slices.EqualFunc(paged, want, same) {
				t.Errorf("pages of %s and %s: %d entries, want %d", a.name, b.name, len(paged), len(want))
			}
		}
	}
}

// TestEntriesOfProvider: the provider asks all tenants' entries, or one's.
func TestEntriesOfProvider(t *testing.T) {
	s := newScene(t)
	s.tenant("fabrikam", 1)
	provider := s.eng.As("op")
	for _, id := range []telephony.TenantID{"", "contoso", "fabrikam"} {
		entries, err := provider.Entries(s.ctx, engine.EntryQuery{Op: engine.OpBuyLicences, Tenant: id})
		s.must(err)
		want := map[telephony.TenantID]int{"": 4, "contoso": 2, "fabrikam": 2}[id]
		if got := len(slices.Collect(entries)); got != want {
			t.Errorf("%d purchases of %q, want %d", got, id, want)
		}
	}
	page, err := provider.EntryPage(s.ctx, engine.EntryQuery{}, "", 2)
	s.must(err)
	if len(page.Items) != 2 || page.Items[1].Index != 2 || page.Next == "" {
		t.Errorf("the first page has %d entries, and goes on at %q", len(page.Items), page.Next)
	}
	if _, err := provider.EntryPage(s.ctx, engine.EntryQuery{}, forged(page.Next, "no"), 2); !errors.Is(err, engine.ErrCursor) {
		t.Errorf("a cursor of no entry: %v", err)
	}
	s.allow = func() error { return errNoBudget }
	if _, err := provider.Entries(s.ctx, engine.EntryQuery{}); !errors.Is(err, engine.ErrDenied) {
		t.Errorf("denied: %v", err)
	}
	s.allow = func() error { return nil }
}
