package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"pgregory.net/rapid"
)

// village is a tenant with people, places, services and reservations as chance has it.
type village struct {
	*world
	rt    *rapid.T
	view  *engine.View
	homes []engine.Address
	mark  time.Time // a moment in its making
}

func newVillage(t *testing.T, rt *rapid.T) *village {
	authority := &fickle{knows: true}
	w := &village{world: newWorld(t, engine.WithGrace(time.Hour), engine.WithVisibleAfter(visible), engine.WithAuthority(authority)), rt: rt}
	w.settle()
	w.populate()
	w.mark = w.clock.Now()
	w.clock.Add(time.Minute)
	w.serve()
	w.book()
	authority.knows = false
	for _, home := range w.homes {
		if w.chance("refused") {
			_, err := w.org.RecordRefusal(w.ctx, engine.RecordRefusal{Address: home.ID, Checked: w.checked(home.Record.Address)})
			w.must(err)
		}
	}
	w.view = w.viewOf(w.org)
	return w
}

func drawn[T any](w *village, what string, of ...T) T { return rapid.SampledFrom(of).Draw(w.rt, what) }

func (w *village) chance(what string) bool { return rapid.Bool().Draw(w.rt, what) }

// settle makes addresses, some with a second location or numbers that nobody has.
func (w *village) settle() {
	for range 4 {
		a := offices[drawn[telephony.Country](w, "country", "US", "US", "FR")]
		a.Description = drawn(w, "description", "", "Head Office", "Annexe")
		if a.Country == "US" && w.chance("elsewhere") {
			a.City, a.PostalCode = "Bellevue", "98004"
		}
		home := w.addressOf(w.org, a)
		if w.chance("floor") {
			_, err := w.org.AddLocation(w.ctx, engine.Place{Address: home.ID, Description: "floor"})
			w.must(err)
		}
		if a.Country == "US" && w.chance("idle numbers") {
			w.acquire(engine.Reserve{Area: seattle, Quantity: 2}, home.Default)
		}
		w.homes = append(w.homes, home)
	}
}

// place is a location of an American address, if there is any.
func (w *village) place() (at telephony.LocationID) {
	var places []telephony.LocationID
	v := w.viewOf(w.org)
	for _, home := range w.homes {
		if home.Record.Address.Country == "US" {
			for l := range v.Locations(home.ID) {
				places = append(places, l.ID)
			}
		}
	}
	if len(places) == 0 {
		return ""
	}
	return drawn(w, "place", places...)
}

// populate adds people, some of whom get a number, lose a licence for it, leave the
// directory, or are too new to be seen.
func (w *village) populate() {
	for i := range 20 {
		id := telephony.PersonID(fmt.Sprintf("%s.%02d", drawn(w, "id", "adele", "megan"), i))
		country := drawn[telephony.Country](w, "usage location", "US", "US", "FR", "")
		w.must(w.org.AddPerson(w.ctx, engine.PersonSpec{ID: id, Name: drawn(w, "name", "", "Adele Vance", "Lynne Robbins"), UsageLocation: country}))
		if i == 17 {
			w.clock.Add(visible) // those behind are not seen yet, nor by the time of the queries
		}
	}
	v := w.viewOf(w.org)
	for p := range v.People(engine.PersonQuery{Visible: true}) {
		at := w.place()
		if p.UsageLocation != "US" || at == "" || !w.chance("assigned") {
			continue
		}
		n := w.acquire(engine.Reserve{Area: drawn(w, "area", seattle, newYork), Quantity: 1}, "")[0]
		w.license(p.ID)
		w.must(w.org.Assign(w.ctx, engine.Assign{Number: n, Person: p.ID, Location: at}))
		if w.chance("at risk") {
			w.must(w.org.AssignLicences(w.ctx, engine.LicenceChange{Person: p.ID, Remove: []licensing.Product{licensing.DomesticCallingPlan}}))
		}
	}
	for p := range v.People(engine.PersonQuery{}) {
		if drawn(w, "gone", true, false, false) {
			w.must(w.org.MarkVanished(w.ctx, engine.Vanished{Person: p.ID}))
		}
	}
}

// serve adds services, some of which get a number.
func (w *village) serve() {
	for i := range 5 {
		s := engine.ServiceSpec{ID: telephony.ServiceID(fmt.Sprint("service-", i)), Name: drawn(w, "service name", "", "Front Desk"),
			Kind: drawn(w, "service kind", telephony.ConferenceBridge, telephony.AutoAttendant)}
		if s.Kind == telephony.AutoAttendant {
			s.UsageLocation = drawn[telephony.Country](w, "service location", "US", "FR")
		}
		w.must(w.org.AddService(w.ctx, s))
		if s.UsageLocation != "FR" && w.chance("served") {
			n := w.acquire(engine.Reserve{Area: seattle, Kind: telephony.TollNumber, Quantity: 1}, "")[0]
			w.must(w.org.AssignService(w.ctx, engine.AssignService{Number: n, Service: s.ID}))
		}
	}
}

// book makes reservations that end in every way.
func (w *village) book() {
	desk := w.org.As("helpdesk")
	for i := range 8 {
		r := engine.Reserve{Area: drawn(w, "where", seattle, newYork, paris), Quantity: 1 + i%2, Reference: drawn(w, "reference", "", "PO-1"), RequestID: fmt.Sprint("r-", i)}
		if r.Area == seattle && w.chance("toll") {
			r.Kind = telephony.TollNumber
		}
		held := w.reserve(desk, r)
		var err error
		switch drawn(w, "end", "open", "cancelled", "acquired", "run out") {
		case "cancelled":
			_, err = desk.CancelReservation(w.ctx, engine.CancelReservation{Reservation: held.ID})
		case "acquired":
			if r.Area == paris { // which wants an address
				break
			}
			_, err = desk.Acquire(w.ctx, engine.Acquire{Reservation: held.ID, All: true})
		case "run out":
			w.clock.Set(held.Expires)
		}
		w.must(err)
		w.clock.Add(time.Second)
	}
	if desk.MarkTold(w.ctx, engine.Told{Person: "nobody"}) == nil {
		w.Fatal("nobody was told")
	}
}

func holds(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

func (w *village) people() questions[engine.PersonQuery, engine.Person] {
	type q = engine.PersonQuery
	type p = engine.Person
	home := w.homes[0].ID
	at := w.homes[len(w.homes)-1].Default
	return questions[q, p]{
		asked: []asked[q, p]{
			{"assigned", func(q *q) { q.Assigned = true }, func(p p) bool { return p.Number.IsValid() }},
			{"unassigned", func(q *q) { q.Unassigned = true }, func(p p) bool { return !p.Number.IsValid() }},
			{"pending", func(q *q) { q.Pending = true }, func(p p) bool { return p.VisibleAt.After(w.view.At()) }},
			{"visible", func(q *q) { q.Visible = true }, func(p p) bool { return !p.VisibleAt.After(w.view.At()) }},
			{"vanished", func(q *q) { q.Vanished = true }, func(p p) bool { return !p.Vanished.IsZero() }},
			{"at risk", func(q *q) { q.AtRisk = true }, func(p p) bool { return p.Lapse != (licensing.Lapse{}) }},
			{"country", func(q *q) { q.Country = "FR" }, func(p p) bool { return p.UsageLocation == "FR" }},
			{"licence", func(q *q) { q.Licence = licensing.DomesticCallingPlan }, func(p p) bool { return slices.Contains(p.Licences, licensing.DomesticCallingPlan) }},
			{"location", func(q *q) { q.Location = at }, func(p p) bool { return p.Location == at }},
			{"address", func(q *q) { q.Address = home }, func(p p) bool {
				l, err := w.view.Location(p.Location)
				return err == nil && l.Address == home
			}},
			{"text", func(q *q) { q.Text = "ADELE" }, func(p p) bool { return holds(string(p.ID), "adele") || holds(p.Name, "adele") }},
		},
		key: func(p p) string { return string(p.ID) }, check: q.Check,
		list: func(q q) []p { return slices.Collect(w.view.People(q)) }, page: w.view.PeoplePage,
	}
}

func (w *village) addresses() questions[engine.AddressQuery, engine.AddressUse] {
	type q = engine.AddressQuery
	type a = engine.AddressUse
	refused := emergency.Invalid
	numbers := func(a a) (count int) {
		for n := range w.view.Numbers(engine.NumberQuery{}) {
			if l, err := w.view.Location(n.Location); err == nil && l.Address == a.ID {
				count++
			}
		}
		return count
	}
	return questions[q, a]{
		asked: []asked[q, a]{
			{"country", func(q *q) { q.Country = "US" }, func(a a) bool { return a.Record.Address.Country == "US" }},
			{"city", func(q *q) { q.City = "belle" }, func(a a) bool { return a.Record.Address.City == "Bellevue" }},
			{"description", func(q *q) { q.Description = "OFF" }, func(a a) bool { return a.Record.Address.Description == "Head Office" }},
			{"status", func(q *q) { q.Status = &refused }, func(a a) bool { return a.Record.Status == refused }},
			{"assigned", func(q *q) { q.Assigned = true }, func(a a) bool { return numbers(a) > 0 }},
			{"unassigned", func(q *q) { q.Unassigned = true }, func(a a) bool { return numbers(a) == 0 }},
		},
		key: func(a a) string { return string(a.ID) }, check: q.Check,
		list: func(q q) []a { return slices.Collect(w.view.Addresses(q)) }, page: w.view.AddressPage,
	}
}

func (w *village) services() questions[engine.ServiceQuery, engine.Service] {
	type q = engine.ServiceQuery
	type s = engine.Service
	numbers := func(s s) int { return len(slices.Collect(w.view.Numbers(engine.NumberQuery{Service: s.ID}))) }
	return questions[q, s]{
		asked: []asked[q, s]{
			{"kind", func(q *q) { q.Kind = telephony.ConferenceBridge }, func(s s) bool { return s.Kind == telephony.ConferenceBridge }},
			{"country", func(q *q) { q.Country = "FR" }, func(s s) bool { return s.UsageLocation == "FR" }},
			{"assigned", func(q *q) { q.Assigned = true }, func(s s) bool { return numbers(s) > 0 }},
			{"unassigned", func(q *q) { q.Unassigned = true }, func(s s) bool { return numbers(s) == 0 }},
			{"text", func(q *q) { q.Text = "DESK" }, func(s s) bool { return s.Name == "Front Desk" }},
		},
		key: func(s s) string { return string(s.ID) }, check: q.Check,
		list: func(q q) []s { return slices.Collect(w.view.Services(q)) }, page: w.view.ServicePage,
	}
}

func (w *village) reservations() questions[engine.ReservationQuery, engine.Reservation] {
	type q = engine.ReservationQuery
	type r = engine.Reservation
	all := slices.Collect(w.view.Reservations(q{}))
	one := drawn(w, "of the reservations", all...)
	in := func(country telephony.Country) func(r) bool {
		return func(r r) bool { return r.Area.Country == country }
	}
	return questions[q, r]{
		asked: []asked[q, r]{
			{"state", func(q *q) { q.State = one.State }, func(r r) bool { return r.State == one.State }},
			{"kind", func(q *q) { q.Kind = telephony.TollNumber }, func(r r) bool { return r.Kind == telephony.TollNumber }},
			{"within", func(q *q) { q.Within = telephony.Area{Country: "FR"} }, in("FR")},
			{"reference", func(q *q) { q.Reference = "PO-1" }, func(r r) bool { return r.Reference == "PO-1" }},
			{"number", func(q *q) { q.Number = one.Numbers()[0] }, func(r r) bool { return slices.Contains(r.Numbers(), one.Numbers()[0]) }},
			{"made after", func(q *q) { q.MadeAfter = one.Made }, func(r r) bool { return r.Made.After(one.Made) }},
			{"made before", func(q *q) { q.MadeBefore = one.Made }, func(r r) bool { return r.Made.Before(one.Made) }},
		},
		key: func(r r) string { return string(r.ID) }, check: q.Check,
		list: func(q q) []r { return slices.Collect(w.view.Reservations(q)) }, page: w.view.ReservationPage,
	}
}

func (w *village) entries() questions[engine.EntryQuery, engine.Entry] {
	type q = engine.EntryQuery
	type e = engine.Entry
	from := w.view.Index() / 2
	return questions[q, e]{
		asked: []asked[q, e]{
			{"from", func(q *q) { q.From = from }, func(e e) bool { return e.Index >= from }},
			{"op", func(q *q) { q.Op = engine.OpReserve }, func(e e) bool { return e.Op == engine.OpReserve }},
			{"actor", func(q *q) { q.Actor = "helpdesk" }, func(e e) bool { return e.Actor == "helpdesk" }},
			{"request", func(q *q) { q.RequestID = "r-1" }, func(e e) bool { return e.RequestID == "r-1" }},
			{"refused", func(q *q) { q.Refused = true }, func(e e) bool { return e.Refused != "" }},
			{"done", func(q *q) { q.Done = true }, func(e e) bool { return e.Refused == "" }},
			{"code", func(q *q) { q.Code = engine.ErrUnknownPerson }, func(e e) bool { return e.Refused == engine.ErrUnknownPerson }},
			{"after", func(q *q) { q.After = w.mark }, func(e e) bool { return e.At.After(w.mark) }},
			{"before", func(q *q) { q.Before = w.mark }, func(e e) bool { return e.At.Before(w.mark) }},
			{"types", func(q *q) { q.Types = []engine.EventType{engine.NumbersReserved} }, func(e e) bool {
				return anyEvent(e, func(e engine.Event) bool { return e.Type == engine.NumbersReserved })
			}},
		},
		key: func(e e) string { return fmt.Sprint(e.Index) }, check: q.Check,
		list: func(q q) []e {
			if q.Check() != nil {
				return nil
			}
			entries, err := w.view.Entries(q)
			w.must(err)
			return slices.Collect(entries)
		},
		page: w.view.EntryPage,
	}
}
