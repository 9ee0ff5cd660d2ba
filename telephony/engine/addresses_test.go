package engine_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// TestReplaceAddress: everything at an address is at the other afterwards, under
// the same identifiers, and the old one can be deleted.
func TestReplaceAddress(t *testing.T) {
	s := newScene(t)
	annex := s.address("US")
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.spare[0], Location: s.floor.ID}))
	lobby, err := s.org.AddLocation(s.ctx, engine.Place{Address: s.us.ID, Description: "Lobby"}) // no number's
	s.must(err)
	before, index := s.view(), s.lastIndex()
	got, err := s.org.ReplaceAddress(s.ctx, engine.ReplaceAddress{Address: s.us.ID, By: annex.ID})
	s.must(err)
	if got.Locations != 3 || got.Numbers != 2 || got.Assigned != 1 || got.Default == s.us.Default {
		t.Errorf("it gave %+v", got)
	}
	v := s.view()
	for n := range v.Numbers(engine.NumberQuery{Expand: true}) {
		was, err := before.Number(n.Number)
		s.must(err)
		if n.Location != was.Location || n.Since != was.Since {
			t.Errorf("a number was changed: %v is %v", was.Location, n.Location)
		}
		if at := n.Address; at != nil && at.ID == s.us.ID {
			t.Errorf("a number is still at the old address, by %s", n.Location)
		}
	}
	if place, err := v.Location(lobby.ID); err != nil || place.Address != annex.ID {
		t.Errorf("a place of no number is at %s, %v", place.Address, err)
	}
	own, err := v.Own("adele.vance")
	s.must(err)
	if own.Address.ID != annex.ID || own.Place.ID != s.us.Default || own.Place.Default {
		t.Errorf("Adele is at %s, %+v", own.Address.ID, own.Place)
	}
	if e := s.last(index); len(e.Events) != 4 || e.Events[0].Type != engine.LocationMoved || e.Events[0].Address != annex.ID || e.Events[0].Quantity != 1 {
		t.Errorf("the log has %+v", e.Events)
	}
	s.must(s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: s.us.ID}))
	if err := s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: annex.ID}); !errors.Is(err, engine.ErrLocationInUse) {
		t.Errorf("the new one is deleted: %v", err)
	}
	// What was a default location is one like others there.
	s.must(s.org.Unassign(s.ctx, engine.Unassign{Person: "adele.vance"}))
	s.must(s.org.DeleteLocation(s.ctx, engine.DeleteLocation{Location: s.us.Default}))
}

// TestReplaceTellsOfBoth: what is wrong with either address is told at once.
func TestReplaceTellsOfBoth(t *testing.T) {
	s := newScene(t)
	err := s.tryReplace(s.draft().ID, "a-none")
	if got := codes(err); !slices.Equal(got, []telephony.Code{engine.ErrAddressDraft, engine.ErrUnknownAddress}) {
		t.Errorf("got %v", got)
	}
}

// TestReplaceCostsNoNumbers: moving 5,000 numbers takes no more rows than moving
// one.
func TestReplaceCostsNoNumbers(t *testing.T) {
	cost := func(quantity int) float64 {
		w := newWorld(t, engine.WithLimits(reservation.Limits{Open: 10, Held: 5000, PerRequest: 5000}))
		w.stock(telephony.Area{Country: "FR", City: "Lille"}, telephony.UserNumber, "+33361910000..+33361919999")
		w.buy(w.org, "MCOEV", 10_000)
		lille := emergency.Address{Country: "FR", City: "Lille", StreetTypePrefix: "Rue", Street: "de la Fiction", HouseNumber: "1", PostalCode: "59000"}
		a, b := w.addressOf(w.org, lille), w.addressOf(w.org, lille)
		place, err := w.org.AddLocation(w.ctx, engine.Place{Address: a.ID, Description: "Lobby"})
		w.must(err)
		w.acquire(engine.Reserve{Area: telephony.Area{Country: "FR", City: "Lille"}, Quantity: quantity}, place.ID)
		return testing.AllocsPerRun(10, func() {
			w.must(w.tryReplace(a.ID, b.ID))
			a, b = b, a
		})
	}
	if few, many := cost(1), cost(5000); many > 1.5*few {
		t.Errorf("%.0f allocations for one number, %.0f for 5,000", few, many)
	}
}

// TestActivationFollowsTheAddress: a French number out of its area does not work,
// says since when and why, and works again once its address is in the area,
// however it comes to have that address.
func TestActivationFollowsTheAddress(t *testing.T) {
	s := newScene(t)
	away := s.addressOf(s.org, lyonOffice)
	at := func(n telephony.Number, state telephony.ActivationState, since time.Time, why telephony.Code) {
		t.Helper()
		got, err := s.view().Number(n)
		s.must(err)
		if got.Activation != (telephony.Activation{State: state, Since: since, Why: why}) {
			t.Errorf("it is %v since %v for %q, want %v since %v", got.Activation.State, got.Activation.Since, got.Activation.Why, state, since)
		}
		listed := false
		for row := range s.view().Numbers(engine.NumberQuery{Activation: state}) {
			listed = listed || row.Number == n
		}
		for row := range s.view().Numbers(engine.NumberQuery{Activation: telephony.Activated + telephony.AssignmentFailed - state}) {
			if row.Number == n {
				t.Error("it is listed in the other state")
			}
		}
		if !listed {
			t.Error("it is not listed in its state")
		}
	}
	told := func(behind uint64, want engine.EventType) {
		t.Helper()
		events := s.last(behind).Events
		if !slices.ContainsFunc(events, func(e engine.Event) bool { return e.Type == want }) {
			t.Errorf("the log tells of %+v, not that it %s", events, want)
		}
	}
	tick := func() time.Time {
		s.clock.Add(time.Minute)
		return s.clock.Now()
	}
	n, index, now := s.french[0], s.lastIndex(), tick()
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: n, Location: away.Default}))
	at(n, telephony.AssignmentFailed, now, engine.ErrAreaMismatch)
	told(index, engine.ActivationFailed)

	tick()
	s.must(s.tryAssign(n, "henri.muller", "")) // which changes nothing about it
	at(n, telephony.AssignmentFailed, now, engine.ErrAreaMismatch)

	index, now = s.lastIndex(), tick()
	s.must(s.tryReplace(away.ID, s.fr.ID))
	at(n, telephony.Activated, now, "")
	told(index, engine.ActivationRecovered)

	away, err := s.view().Address(away.ID) // its default location is another now
	s.must(err)
	index, now = s.lastIndex(), tick()
	held := s.reserve(s.org, engine.Reserve{Area: paris, Quantity: 1})
	index++
	_, err = s.org.Acquire(s.ctx, engine.Acquire{Reservation: held.ID, All: true, Location: away.Default})
	s.must(err)
	at(held.Numbers()[0], telephony.AssignmentFailed, now, engine.ErrAreaMismatch)
	told(index, engine.ActivationFailed)

	index, now = s.lastIndex(), tick()
	s.must(s.org.ChangeNumber(s.ctx, engine.ChangeNumber{Person: "henri.muller", Number: held.Numbers()[0], Location: s.fr.Default}))
	at(held.Numbers()[0], telephony.Activated, now, "")
	told(index, engine.ActivationRecovered)

	if got, err := s.view().Number(s.adeles); err != nil || got.Activation.State != telephony.Activated {
		t.Errorf("a number of the US is %v, %v", got.Activation, err)
	}
}

// TestReplaceMayLeaveNumbersFailed: what does not work at the old address may move
// to one where it does not work either.
func TestReplaceMayLeaveNumbersFailed(t *testing.T) {
	s := newScene(t)
	away, further := s.addressOf(s.org, lyonOffice), s.addressOf(s.org, lyonOffice)
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.french[0], Location: away.Default}))
	s.must(s.tryReplace(away.ID, further.ID))
}

// TestEditAddress changes what the country lets be changed, and validates anew
// what is as it was.
func TestEditAddress(t *testing.T) {
	s := newScene(t)
	s.clock.Add(time.Hour)
	to := offices["US"]
	to.HouseNumber, to.Company, to.Description = "102", "Contoso", "Head office"
	edited, err := s.org.EditAddress(s.ctx, engine.EditAddress{Address: s.us.ID, Checked: s.checked(to)})
	s.must(err)
	kept, err := s.view().Address(s.us.ID)
	s.must(err)
	if kept != edited || kept.Record.Address.HouseNumber != "102" || kept.Default != s.us.Default || kept.Saved != s.us.Saved || kept.Locations != 2 {
		t.Errorf("it is %+v", kept)
	}
	for country, a := range offices { // again as it is, which any country lets one do
		before := s.us
		if country == "FR" {
			before = s.fr
		} else {
			a = to
		}
		s.must(s.tryEdit(before.ID, a))
		if now, _ := s.view().Address(before.ID); now.Record.At != s.clock.Now().UnixNano() || now.Record.Status != emergency.Validated {
			t.Errorf("%s: checked at %d", country, now.Record.At)
		}
	}
	described := offices["FR"]
	described.Description = "Siège"
	s.must(s.tryEdit(s.fr.ID, described))
}

// TestEditTellsOfEveryField that stands, in order.
func TestEditTellsOfEveryField(t *testing.T) {
	s := newScene(t)
	to := offices["US"]
	to.County, to.StreetSuffix, to.PostDirectional, to.HouseNumber = "King", "St", "NE", "102"
	var e *telephony.Error
	if err := s.tryEdit(s.us.ID, to); !errors.As(err, &e) {
		t.Fatalf("got %v", err)
	}
	var fields []string
	for _, reason := range e.All() {
		fields = append(fields, reason.Field)
	}
	if !slices.Equal(fields, []string{"county", "street_suffix", "post_directional"}) {
		t.Errorf("it names %q", fields)
	}
}

// TestDrafts: a draft is listed apart, nothing can use it, and once it is
// accepted it is an address like others, under its identifier.
func TestDrafts(t *testing.T) {
	s := newScene(t)
	d := s.draft()
	v := s.view()
	for a := range v.Addresses(engine.AddressQuery{}) {
		if a.ID == d.ID {
			t.Error("it is listed among the addresses")
		}
	}
	if _, err := v.Address(d.ID); !errors.Is(err, engine.ErrAddressDraft) {
		t.Errorf("as an address it is %v", err)
	}
	if got := slices.Collect(v.Drafts()); len(got) != 1 || got[0] != d || v.Dashboard().Drafts != 1 || d.Record.Status == emergency.Validated {
		t.Errorf("the drafts are %v", got)
	}
	if page, err := v.DraftPage("", 1); err != nil || len(page.Items) != 1 || page.Next != "" {
		t.Errorf("a page of them is %v, %v", page, err)
	}
	promoted, err := s.org.PromoteDraft(s.ctx, engine.PromoteDraft{Draft: d.ID, Checked: s.checked(offices["US"])})
	s.must(err)
	if promoted.ID != d.ID || promoted.Record.Status != emergency.Validated || len(slices.Collect(s.view().Drafts())) != 0 {
		t.Errorf("promoted it is %v", promoted)
	}
	s.must(s.tryAssign(s.spare[0], "megan.bowen", promoted.Default))
}

// TestDeletionNamesWhatBlocksIt: every number, those of nobody too, with whoever
// has it, and how to be rid of them all at once.
func TestDeletionNamesWhatBlocksIt(t *testing.T) {
	s := newScene(t)
	s.must(s.org.ChangeLocation(s.ctx, engine.ChangeLocation{Number: s.spare[0], Location: s.floor.ID}))
	want := []engine.Blocker{{Number: s.adeles, Person: "adele.vance", Location: s.us.Default}, {Number: s.spare[0], Location: s.floor.ID}}
	if got := slices.Collect(s.view().Blocking(s.us.ID)); !slices.Equal(got, want) {
		t.Errorf("the list is %v", got)
	}
	page, err := s.view().BlockingPage(s.us.ID, "", 1)
	s.must(err)
	rest, err := s.view().BlockingPage(s.us.ID, page.Next, 1)
	s.must(err)
	if !slices.Equal(append(page.Items, rest.Items...), want) || rest.Next != "" {
		t.Errorf("in pages it is %v, %v", page, rest)
	}
	err = s.org.DeleteAddress(s.ctx, engine.DeleteAddress{Address: s.us.ID})
	var e *telephony.Error
	if !errors.As(err, &e) || len(e.Reasons) != 4 { // two locations, then two numbers
		t.Fatalf("got %v", err)
	}
	for i, reason := range e.Reasons[2:] {
		if reason.Code != engine.ErrLocationInUse || reason.Numbers[0] != want[i].Number || reason.Person != want[i].Person || !strings.HasSuffix(reason.Subject, string(want[i].Location)) {
			t.Errorf("reason %d is %v", i, reason)
		}
	}
	wants(t, err.Error(), "ReplaceAddress", "numbers 1")
	err = s.org.DeleteLocation(s.ctx, engine.DeleteLocation{Location: s.floor.ID})
	if !errors.As(err, &e) || len(e.Reasons) != 2 || e.Reasons[1].Numbers[0] != s.spare[0] {
		t.Errorf("a place: got %v", err)
	}
}

// TestDeletionNamesSoManyAtMost, and says how many there are.
func TestDeletionNamesSoManyAtMost(t *testing.T) {
	w := newWorld(t)
	office := w.address("US")
	w.acquire(engine.Reserve{Area: seattle, Quantity: 100}, office.Default)
	w.acquire(engine.Reserve{Area: newYork, Quantity: 5}, office.Default)
	err := w.org.DeleteAddress(w.ctx, engine.DeleteAddress{Address: office.ID})
	var e *telephony.Error
	if !errors.As(err, &e) || len(e.Reasons) != 101 {
		t.Fatalf("%d reasons", len(e.Reasons))
	}
	if n, _ := e.Reasons[0].Figure("numbers"); n != 105 || len(slices.Collect(w.view().Blocking(office.ID))) != 105 {
		t.Errorf("it says %d", n)
	}
}

// TestGaps: the report lists assigned numbers whose address was validated too
// long ago, from that nanosecond on, and its count agrees.
func TestGaps(t *testing.T) {
	const age = 30 * 24 * time.Hour
	s := newScene(t, engine.WithRevalidation(age))
	s.must(s.tryAssign(s.spare[0], "megan.bowen", s.floor.ID))
	s.must(s.tryAssign(s.french[0], "henri.muller", ""))
	report := func() (all []engine.Gap) {
		v := s.view()
		all = slices.Collect(v.Gaps())
		if c := v.GapCount(); c.Stale != int64(len(all)) || c.Total() != c.Stale {
			t.Errorf("the count is %+v of %d", c, len(all))
		}
		return all
	}
	checkedAt := time.Unix(0, s.us.Record.At)
	s.clock.Set(checkedAt.Add(age - 1))
	if got := report(); len(got) != 0 {
		t.Errorf("a nanosecond early there are %v", got)
	}
	s.clock.Set(checkedAt.Add(age))
	got := report()
	want := telephony.NumberList{s.adeles, s.spare[0], s.french[0]}
	for i, g := range got {
		if g.Number != want[i] || g.Kind != engine.GapStale || !g.Checked.Equal(checkedAt) {
			t.Errorf("gap %d is %+v", i, g)
		}
	}
	if len(got) != 3 || got[1].Person != "megan.bowen" || got[1].Location != s.floor.ID || got[1].Address != s.us.ID {
		t.Fatalf("the report is %v", got)
	}
	var paged []engine.Gap
	for cursor, more := engine.Cursor(""), true; more; {
		page, err := s.view().GapPage(cursor, 2)
		s.must(err)
		paged = append(paged, page.Items...)
		cursor, more = page.Next, page.Next != ""
	}
	if !slices.Equal(paged, got) {
		t.Errorf("in pages it is %v", paged)
	}
	s.must(s.tryEdit(s.us.ID, offices["US"])) // validated anew
	if got := report(); len(got) != 1 || got[0].Person != "henri.muller" {
		t.Errorf("then there are %v", got)
	}
}

// TestTerms: nothing is assigned before the version in force is acknowledged; who
// did that and when is kept; a later version asks again, and takes nothing away.
func TestTerms(t *testing.T) {
	w := newWorld(t, engine.WithTerms(1))
	office := w.address("US")
	w.person("adele.vance", "US")
	w.person("megan.bowen", "US")
	numbers := w.acquire(engine.Reserve{Area: seattle, Quantity: 3}, "")
	assign := func(w *world, n int, p telephony.PersonID) error {
		a := engine.Assign{Number: numbers[n], Person: p, Location: office.Default}
		err := w.org.Assign(w.ctx, a)
		if dry := codesOf(w.view().CheckAssign(a)); (err != nil) != (len(dry) > 0) && err != nil {
			t.Errorf("a dry run has %v, the attempt %v", dry, err)
		}
		return err
	}
	if err := assign(w, 0, "adele.vance"); !errors.Is(err, emergency.ErrTermsNotAcknowledged) {
		t.Fatalf("got %v", err)
	}
	if got := codes(w.org.Assign(w.ctx, engine.Assign{Number: numbers[0], Person: "adele.vance"})); !slices.Equal(got,
		[]telephony.Code{emergency.ErrTermsNotAcknowledged, telephony.ErrNoLocation}) {
		t.Errorf("all that is in the way: %v", got)
	}
	index, at := w.view().Index(), w.clock.Now()
	w.must(w.org.As("admin@contoso.example").AcknowledgeTerms(w.ctx, engine.AcknowledgeTerms{Version: 1}))
	if e := w.last(index); len(e.Events) != 1 || e.Events[0].Type != engine.TermsAcknowledged || e.Events[0].Quantity != 1 {
		t.Errorf("the log has %+v", e)
	}
	w.clock.Add(time.Hour)
	w.must(w.org.As("somebody.else").AcknowledgeTerms(w.ctx, engine.AcknowledgeTerms{Version: 1}))
	want := emergency.Acknowledgement{Version: 1, By: "admin@contoso.example", At: at.UnixNano()}
	if inForce, got := w.view().Terms(); inForce != 1 || got != want {
		t.Errorf("it keeps %+v", got)
	}
	w.must(assign(w, 0, "adele.vance"))

	later := *w
	eng, err := engine.NewStrict(engine.WithClock(w.clock), engine.WithSnapshot(bytes.NewReader(snapshotOf(t, w.eng))), engine.WithTerms(2))
	w.must(err)
	later.eng, later.org = eng, eng.Tenant("contoso")
	if err := assign(&later, 1, "megan.bowen"); !errors.Is(err, emergency.ErrTermsOutdated) {
		t.Errorf("under a later version: got %v", err)
	}
	w.must(later.org.ChangeNumber(w.ctx, engine.ChangeNumber{Person: "adele.vance", Number: numbers[2]}))
	w.must(later.org.AcknowledgeTerms(w.ctx, engine.AcknowledgeTerms{Version: 2}))
	w.must(assign(&later, 1, "megan.bowen"))

	// With the earlier version in force again, what was acknowledged stands.
	eng, err = engine.NewStrict(engine.WithClock(w.clock), engine.WithSnapshot(bytes.NewReader(snapshotOf(t, eng))), engine.WithTerms(1))
	w.must(err)
	later.eng, later.org = eng, eng.Tenant("contoso")
	w.must(later.org.AcknowledgeTerms(w.ctx, engine.AcknowledgeTerms{Version: 1}))
	if inForce, got := later.view().Terms(); inForce != 1 || got.Version != 2 {
		t.Errorf("with version %d in force it keeps %+v", inForce, got)
	}
}

// TestOwnCarriesTheDisclaimer: who is told a number is told of emergency calls.
func TestOwnCarriesTheDisclaimer(t *testing.T) {
	s := newScene(t)
	own, err := s.view().Own("adele.vance")
	s.must(err)
	wants(t, own.Disclaimer, "911", "location", "another country")
}

// TestAcknowledgedAndAssignedTogether: what shares a transaction with the
// acknowledgement sees it.
func TestAcknowledgedAndAssignedTogether(t *testing.T) {
	w := newWorld(t, engine.WithTerms(1))
	rec := &recorder{}
	other := newWorld(t, engine.WithTerms(1), engine.WithLog(rec.open))
	var batch []engine.Command
	for _, world := range []*world{w, other} {
		office := world.address("US")
		world.person("adele.vance", "US")
		numbers := world.acquire(engine.Reserve{Area: seattle, Quantity: 1}, "")
		if world == other {
			from := len(rec.commands)
			world.must(world.org.AcknowledgeTerms(world.ctx, engine.AcknowledgeTerms{Version: 1}))
			world.must(world.org.Assign(world.ctx, engine.Assign{Number: numbers[0], Person: "adele.vance", Location: office.Default}))
			for _, data := range rec.commands[from:] {
				var c engine.Command
				world.must(c.UnmarshalBinary(data))
				batch = append(batch, c)
			}
		}
	}
	for i, out := range engine.MachineOf(w.eng).ApplyAll(batch) {
		if out.Err != nil {
			t.Errorf("command %d: %v", i+1, out.Err)
		}
	}
}
