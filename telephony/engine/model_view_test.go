package engine_test

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// seen is all that a tenant can see.
type seen struct {
	At           time.Time
	Numbers      []engine.TenantNumber
	Reservations []seenHold
	Open         []telephony.ReservationID
	People       []seenPerson
	Dashboard    engine.Dashboard
	Addresses    []engine.AddressUse
	Locations    []engine.Location
	Areas        []engine.AreaStock
	Drafts       []engine.Draft
	Blocking     []engine.Blocker // address by address
	Gaps         []engine.Gap
	GapCounts    engine.GapCounts
	Terms        emergency.Acknowledgement
	Keeping      seenKeeping
	Ports        []seenPort
	Door         engine.PortOutState
}

type seenHold struct {
	engine.Reservation // its lists are below
	Held, Taken        telephony.NumberList
	Left, Room         time.Duration
}

type seenPerson struct {
	engine.Person
	Own  []engine.Own // none if the person has no number
	ToDo []doneStep
}

type doneStep struct {
	Step engine.Step
	Done bool
}

func moment(at int64) time.Time { return time.Unix(0, at).UTC() }

// fresh returns a copy, nil if there is nothing in it.
func fresh[E any](s []E) []E { return append([]E(nil), s...) }

// invariant holds both engines to the model, and to their own counting.
func (m *machine) invariant(t *rapid.T) {
	t.Helper()
	engines := []*engine.Engine{m.first, m.second}
	for i, e := range engines {
		for _, err := range e.Check() {
			t.Fatalf("engine %d: %v", i+1, err)
		}
	}
	m.compareStock(t, engines)
	defer m.lose()()
	for _, id := range slices.Sorted(maps.Keys(m.tenants)) {
		want := m.sees(m.tenants[id])
		for i, e := range engines {
			if got := look(t, e, id); !reflect.DeepEqual(want, got) {
				t.Fatalf("engine %d: tenant %s should see what has a minus and sees what has a plus:\n%s", i+1, id, difference(want, got))
			}
		}
	}
}

// difference lists the lines that differ.
func difference[T any](want, got T) string {
	var lines []string
	for line := range strings.Lines(cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true }))) {
		if line[0] == '-' || line[0] == '+' {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// look reads all that a tenant can see.
func look(t *rapid.T, e *engine.Engine, id telephony.TenantID) (s seen) {
	t.Helper()
	v, err := e.Tenant(id).View(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s.At = v.At()
	s.Numbers = slices.Collect(v.Numbers(engine.NumberQuery{}))
	for r := range v.Reservations(engine.ReservationQuery{}) {
		s.Reservations = append(s.Reservations, lookAtHold(t, v, r))
	}
	for r := range v.Open() {
		s.Open = append(s.Open, r.ID)
	}
	for p := range v.People(engine.PersonQuery{}) {
		s.People = append(s.People, lookAtPerson(t, v, p))
	}
	s.Dashboard = v.Dashboard()
	s.Dashboard.Licences = fresh(s.Dashboard.Licences)
	for i := range s.Dashboard.Numbers {
		q := &s.Dashboard.Numbers[i].Quota
		sum := int64(0)
		for _, line := range q.Lines {
			sum += line.Amount
		}
		if sum != q.Limit {
			t.Fatalf("the lines of %v do not add up to its limit", *q)
		}
		q.Lines = nil
	}
	for a := range v.Addresses(engine.AddressQuery{}) {
		s.Addresses = append(s.Addresses, a)
		s.Locations = slices.AppendSeq(s.Locations, v.Locations(a.ID))
		s.Blocking = slices.AppendSeq(s.Blocking, v.Blocking(a.ID))
	}
	s.Drafts, s.Gaps, s.GapCounts = slices.Collect(v.Drafts()), slices.Collect(v.Gaps()), v.GapCount()
	_, s.Terms = v.Terms()
	s.Keeping = lookAtKeeping(v)
	for o := range v.PortOrders(engine.PortQuery{}) {
		s.Ports = append(s.Ports, lookAtPort(t, v, o))
	}
	s.Door = v.PortOut()
	for _, k := range telephony.Kinds() {
		s.Areas = slices.AppendSeq(s.Areas, v.Areas(k, telephony.Area{}))
	}
	return s
}

func lookAtHold(t *rapid.T, v *engine.View, r engine.Reservation) seenHold {
	t.Helper()
	if again, err := v.Reservation(r.ID); err != nil || !reflect.DeepEqual(again, r) {
		t.Fatalf("a reservation of the list looks different on its own: %v and %v, %v", r, again, err)
	}
	return seenHold{Held: fresh(r.Numbers()), Taken: fresh(r.Acquired()), Left: v.Countdown(r), Room: v.Extendable(r),
		Reservation: engine.Reservation{ID: r.ID, Area: r.Area, Kind: r.Kind, State: r.State, Made: r.Made, Expires: r.Expires, Closed: r.Closed, Reference: r.Reference}}
}

func lookAtPerson(t *rapid.T, v *engine.View, p engine.Person) seenPerson {
	t.Helper()
	p.Licences = fresh(p.Licences)
	s := seenPerson{Person: p}
	own, err := v.Own(p.ID)
	switch {
	case err == nil:
		s.Own = append(s.Own, own)
	case !errors.Is(err, engine.ErrNoNumber):
		t.Fatalf("a person's own view: %v", err)
	}
	steps, err := v.ToDo(p.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		s.ToDo = append(s.ToDo, doneStep{step.Step, step.Done})
		if step.Done && len(step.Blocked) > 0 {
			t.Fatalf("step %q is done and blocked", step.Step)
		}
	}
	return s
}

// sees is what the tenant should see.
func (m *machine) sees(t *mTenant) (s seen) {
	s.At = moment(m.now())
	for _, n := range unique(slices.Collect(maps.Keys(t.numbers))) {
		s.Numbers = append(s.Numbers, m.seesNumber(t, n))
	}
	m.seesHolds(t, &s)
	for _, id := range slices.Sorted(maps.Keys(t.people)) {
		s.People = append(s.People, m.seesPerson(t, id))
	}
	for _, a := range t.inOrder() {
		whole := engine.AddressUse{Address: seesAddress(a)}
		for _, l := range a.sorted() {
			numbers, assigned := t.at(l.id)
			whole.Numbers += numbers
			whole.People += assigned
			s.Locations = append(s.Locations, seesLocation(t, a, l))
		}
		s.Addresses = append(s.Addresses, whole)
	}
	m.seesAddresses(t, &s)
	s.Keeping = m.seesKeeping(t, s.Numbers)
	m.seesPorts(t, &s)
	s.Dashboard = m.seesDashboard(t)
	s.Areas = m.seesAreas()
	return s
}

func (m *machine) seesNumber(t *mTenant, n telephony.Number) engine.TenantNumber {
	mine := t.numbers[n]
	seen := engine.TenantNumber{Number: n, Kind: mine.kind, Area: m.areas[mine.area], State: telephony.Unassigned, Person: mine.person,
		Ported: mine.ported, Location: mine.location, Acquired: moment(mine.acquired), Since: moment(mine.since), Activation: m.seesActivation(t, mine)}
	m.seesMarks(t, mine, &seen)
	return seen
}

// seesHolds lists reservations as they were made, and the open ones as they end.
func (m *machine) seesHolds(t *mTenant, s *seen) {
	var open []*mHold
	for _, h := range t.holds {
		if !m.kept(h) {
			continue
		}
		seen := seenHold{Held: h.numbers, Taken: h.acquired, Reservation: engine.Reservation{ID: h.id, Kind: h.kind, State: m.state(h), Reference: h.reference,
			Made: moment(h.made), Expires: moment(h.expires), Area: m.areaOfHold(h)}}
		if m.open(h) {
			open = append(open, h)
			seen.Left = time.Duration(h.expires - m.now())
			if m.set.extension.Allowed {
				seen.Room = max(0, m.set.extension.MaxTotal-time.Duration(h.expires-h.made))
			}
		} else {
			seen.Closed = moment(m.ended(h))
		}
		s.Reservations = append(s.Reservations, seen)
	}
	slices.SortStableFunc(open, func(a, b *mHold) int { return int(a.expires - b.expires) })
	for _, h := range open {
		s.Open = append(s.Open, h.id)
	}
}

func (m *machine) seesPerson(t *mTenant, id telephony.PersonID) seenPerson {
	p := t.people[id]
	s := seenPerson{Person: engine.Person{ID: id, Name: p.name, UsageLocation: p.country, Licences: fresh(p.products), OnPremisesNumber: p.onPrem,
		Pending: m.now() < p.visibleAt, VisibleAt: moment(p.visibleAt), Voice: p.number.IsValid(), Number: p.number}}
	if p.told != nil {
		s.Told = moment(*p.told)
	}
	if p.vanished != nil {
		s.Vanished = moment(*p.vanished)
	}
	if p.lapse != nil {
		s.Lapse = licensing.Lapse{Missing: p.lapse.missing, Since: moment(p.lapse.since), Until: moment(p.lapse.until)}
	}
	hasAddress := slices.ContainsFunc(t.addresses, func(a *mAddress) bool { return a.refused == 0 && prepared()[a.of].Address().Country == p.country })
	hasNumber := p.number.IsValid()
	for _, n := range t.numbers {
		if n.kind == telephony.UserNumber && n.isIdle() && m.country(n.shelf) == p.country {
			hasNumber = true
		}
	}
	address, numbers := doneStep{engine.StepAddress, hasAddress}, doneStep{engine.StepNumbers, hasNumber}
	s.ToDo = []doneStep{{engine.StepLicences, p.has(phone) && p.has(plan)}, numbers, address,
		{engine.StepAssign, p.number.IsValid()}, {engine.StepTell, p.told != nil}}
	if locationFirst(p.country) {
		s.ToDo[1], s.ToDo[2] = address, numbers
	}
	if p.number.IsValid() {
		n := t.numbers[p.number]
		s.Location = n.location
		a := t.place(n.location)
		at := slices.IndexFunc(a.locations, func(l *mLocation) bool { return l.id == n.location })
		s.Own = []engine.Own{{Name: p.name, Number: p.number, Since: moment(n.since),
			Place: seesLocation(t, a, a.locations[at]), Address: seesAddress(a), Disclaimer: emergency.Disclaimer(p.country)}}
	}
	return s
}

func seesAddress(a *mAddress) engine.Address {
	record := prepared()[a.of].Record()
	if a.refused > 0 {
		record.Status, record.At = emergency.Invalid, a.refused
	}
	return engine.Address{ID: a.id, Default: a.first, Record: record, Saved: moment(a.saved),
		Locations: int64(len(a.locations))}
}

func seesLocation(t *mTenant, a *mAddress, l *mLocation) engine.Location {
	seen := engine.Location{ID: l.id, Address: a.id, Default: l.id == a.first, Place: emergency.Location{Place: l.place, Description: l.place}}
	seen.Numbers, seen.Assigned = t.at(l.id)
	return seen
}

func (m *machine) seesDashboard(t *mTenant) engine.Dashboard {
	d := engine.Dashboard{VoiceOpen: t.voiceOpen(), OpenReservations: int(m.use(t, 0).open), People: int64(len(t.people)), Addresses: int64(len(t.addresses)), Drafts: int64(len(t.drafts)),
		Services: int64(len(t.services)), ResourceAccounts: t.accounts(), Orphans: int64(len(t.orphans())), PortOrders: int64(len(t.openPorts()))}
	for _, p := range t.people {
		if p.vanished != nil {
			d.Vanished++
		}
	}
	for _, p := range slices.Sorted(maps.Keys(t.bought)) {
		d.Licences = append(d.Licences, licensing.Holding{Product: p, Bought: t.bought[p], Assigned: t.assigned(p)})
	}
	classes := []licensing.QuotaClass{licensing.UserNumbers, licensing.TollNumbers, licensing.TollFreeNumbers}
	for i, k := range []telephony.Kind{telephony.UserNumber, telephony.TollNumber, telephony.TollFreeNumber} {
		u, limit := m.use(t, k), t.limit(k)
		d.Numbers = append(d.Numbers, engine.NumberCounts{Kind: k, Acquired: u.acquired, Assigned: u.assigned,
			Unassigned: u.acquired - u.assigned, Held: u.held, Quota: licensing.Quota{Class: classes[i], Limit: limit,
				Acquired: u.acquired - u.ported, Held: u.held, Ported: u.ported, Left: max(0, limit-u.acquired+u.ported-u.held)}})
	}
	return d
}

// seesAreas counts stock by kind and, within, by the areas' names.
func (m *machine) seesAreas() (all []engine.AreaStock) {
	total := map[shelf]int64{}
	for n, on := range m.stock {
		if !m.isPorted(n) {
			total[on]++
		}
	}
	for on, n := range total {
		all = append(all, engine.AreaStock{Area: m.areas[on.area], Kind: on.kind, Total: n, Free: int64(len(m.free(on)))})
	}
	slices.SortFunc(all, func(a, b engine.AreaStock) int {
		if a.Kind != b.Kind {
			return int(a.Kind) - int(b.Kind)
		}
		return a.Area.Compare(b.Area)
	})
	return all
}
