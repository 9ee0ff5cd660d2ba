package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
)

// These tests look at what cannot be brought about from outside with certainty:
// which commands share a transaction, and who waits when.

// townOf is one of the areas of togetherScript, each with numbers of a block of
// its own.
func townOf(i int) telephony.Area {
	return telephony.Area{Country: "US", Region: "WA", City: fmt.Sprintf("Town %02d", i)}
}

const towns = 12 // more than a transaction looks through one by one

// togetherScript is commands that depend on each other all the time: of two
// tenants over many areas, with holds that run out in the midst.
func togetherScript() (commands []Command) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	add := func(tenant telephony.TenantID, p payload) {
		commands = append(commands, Command{Version: commandVersion, Tenant: tenant, Stamp: at.UnixNano(), payload: p})
	}
	for i := range towns {
		add("", Stock{Area: townOf(i), Kind: telephony.UserNumber,
			Range: telephony.MustParseRange(fmt.Sprintf("+1%d5550100..+1%d5550139", 201+i, 201+i))})
	}
	// Two areas share a block.
	add("", Stock{Area: townOf(1), Kind: telephony.UserNumber, Range: telephony.MustParseRange("+12015550150..+12015550159")})
	for _, tenant := range []telephony.TenantID{"contoso", "fabrikam"} {
		add("", TenantSpec{ID: tenant})
		for _, p := range []licensing.Product{licensing.PhoneSystem, licensing.DomesticCallingPlan} {
			add(tenant, buyCommand{Purchase{Product: p, Quantity: 100}})
		}
	}
	hold := func(tenant telephony.TenantID, name string, i, quantity int) telephony.ReservationID {
		id := telephony.ReservationID(fmt.Sprintf("%s-%02d", name, i))
		add(tenant, reserveCommand{Reserve{Area: townOf(i), Kind: telephony.UserNumber, Quantity: quantity}, id})
		return id
	}
	for i := range towns {
		id := hold("contoso", "first", i, 5)
		hold("fabrikam", "second", i, 20) // ten of them, then the limits refuse
		add("contoso", acquireCommand{Acquire{Reservation: id, Numbers: telephony.NumberList{
			telephony.MustParse(fmt.Sprintf("+1%d5550100", 201+i))}}})
	}
	at = at.Add(5 * time.Minute)
	for i := range towns {
		id := hold("contoso", "third", i, 3)
		if i%2 == 0 {
			add("contoso", CancelReservation{Reservation: id})
		}
	}
	at = at.Add(5 * time.Minute) // the second ones run out
	for i := range towns {
		hold("contoso", "fourth", i, 30)
		hold("fabrikam", "fifth", i, 2)
		add("contoso", releaseCommand{Release{Numbers: telephony.NumberList{telephony.MustParse(fmt.Sprintf("+1%d5550100", 201+i))}}})
	}
	return commands
}

// TestTogetherAsOneByOne: what comes of commands that share a transaction is what
// comes of them one by one, and so is the state.
func TestTogetherAsOneByOne(t *testing.T) {
	commands := togetherScript()
	play := func(together int) (*Engine, []Outcome) {
		// The clock stands so that the engine's own first command is as early as the script.
		e, err := NewStrict(WithClock(stillClock{}), WithIDEpoch("t"))
		if err != nil {
			t.Fatal(err)
		}
		var outcomes []Outcome
		for batch := range slices.Chunk(commands, together) {
			outcomes = append(outcomes, e.machine.ApplyAll(batch)...)
		}
		for _, fault := range e.Check() {
			t.Errorf("%d at a time: %v", together, fault)
		}
		return e, outcomes
	}
	alone, want := play(1)
	refused := 0
	for _, out := range want {
		if errors.Is(out.Err, ErrFailed) {
			t.Fatalf("the script does not run: %v", out.Err)
		}
		if out.Err != nil {
			refused++
		}
	}
	if refused < 10 || refused > len(want)/2 {
		t.Errorf("%d of %d commands are refused, which tells little", refused, len(want))
	}
	for _, together := range []int{2, 3, 7, 31, len(commands)} {
		e, got := play(together)
		for i := range got {
			if fmt.Sprint(got[i].Err) != fmt.Sprint(want[i].Err) || got[i].Index != want[i].Index {
				t.Fatalf("%d at a time: command %d, %q, gives %v, alone %v", together, i, commands[i].Op(), got[i].Err, want[i].Err)
			}
		}
		if e.Digest() != alone.Digest() {
			t.Errorf("%d at a time: the rows are others", together)
		}
		if e.machine.now.Load().chain != alone.machine.now.Load().chain {
			t.Errorf("%d at a time: the chain is another", together)
		}
	}
}

// stillClock is a clock that stands at the beginning of the script.
type stillClock struct{}

func (stillClock) Now() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// TestChainCoversTheOutcome: the digest of the log depends on what came of a
// command, not only on the command, so that two machines that decide one command
// differently are found out.
func TestChainCoversTheOutcome(t *testing.T) {
	c := Command{Version: commandVersion, Tenant: "contoso", payload: Unassign{Person: "adele"}}
	at := time.Unix(1, 0).UTC()
	number := telephony.NumberList{telephony.MustParse("+12065550100")}
	link := func(out Outcome, refusal *telephony.Error) Digest {
		s := &step{memory: &memory{}, now: out.At.UnixNano()}
		p := new(prepared)
		p.prepare(c)
		return s.link(p, out, refusal)
	}
	usual := link(Outcome{Index: 1, At: at}, nil)
	if link(Outcome{Index: 1, At: at}, nil) != usual {
		t.Fatal("the same outcome has two digests")
	}
	seen := map[Digest]string{}
	for name, other := range map[string]Digest{
		"refused":              link(Outcome{Index: 1, At: at}, &telephony.Error{Code: ErrNoNumber}),
		"refused with figures": link(Outcome{Index: 1, At: at}, &telephony.Error{Code: ErrNoNumber, Figures: []telephony.Figure{{Name: "n", Value: 1}}}),
		"at another index":     link(Outcome{Index: 2, At: at}, nil),
		"at another time":      link(Outcome{Index: 1, At: at.Add(1)}, nil),
		"with numbers":         link(Outcome{Index: 1, At: at, result: Acquired{Numbers: number}}, nil),
		"with numbers back":    link(Outcome{Index: 1, At: at, result: Acquired{Returned: number}}, nil),
		"with a reservation":   link(Outcome{Index: 1, At: at, result: Reservation{ID: "r", numbers: number}}, nil),
		"with another":         link(Outcome{Index: 1, At: at, result: Reservation{ID: "s", numbers: number}}, nil),
		"with a place":         link(Outcome{Index: 1, At: at, result: Location{ID: "l"}}, nil),
		"with what was tidied": link(Outcome{Index: 1, At: at, result: swept{Due: 1}}, nil),
	} {
		if other == usual {
			t.Errorf("%s: the digest is that of the usual outcome", name)
		}
		if seen[other] != "" {
			t.Errorf("%s: the digest is that of the outcome %s", name, seen[other])
		}
		seen[other] = name
	}
}

// waitFor waits until so many callers wait for their turn.
func (l *memoryLog) waitFor(t *testing.T, callers int) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		l.mu.Lock()
		waiting := len(l.waiting)
		l.mu.Unlock()
		if waiting == callers {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d callers wait, want %d", waiting, callers)
		}
	}
}

// occupied makes an engine with a tenant whose one command goes on until end is
// closed; done is closed when it has returned.
func occupied(t *testing.T) (org *Tenant, l *memoryLog, end, done chan struct{}) {
	t.Helper()
	e, err := NewStrict(WithClock(stillClock{}), WithIDEpoch("t"))
	if err != nil {
		t.Fatal(err)
	}
	org, err = e.CreateTenant(context.Background(), TenantSpec{ID: "contoso"})
	if err != nil {
		t.Fatal(err)
	}
	begun := make(chan struct{})
	end, done = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		_ = org.Occupy(begun, end)
	}()
	<-begun
	return org, e.log.(*memoryLog), end, done
}

// TestWaitersGetTheirOwnOutcomes: of callers who wait together each gets what
// came of its own command.
func TestWaitersGetTheirOwnOutcomes(t *testing.T) {
	org, l, end, done := occupied(t)
	ids := []telephony.PersonID{"a", "b", "a", "c", "b", "a"} // who comes a second time is refused
	results := make([]error, len(ids))
	var all sync.WaitGroup
	for i, id := range ids {
		all.Go(func() { results[i] = org.AddPerson(context.Background(), PersonSpec{ID: id}) })
		l.waitFor(t, i+1)
	}
	close(end)
	all.Wait()
	<-done
	for i, err := range results {
		seen := slices.Contains(ids[:i], ids[i])
		var e *telephony.Error
		if seen && (!errors.As(err, &e) || e.Code != ErrPersonExists || e.Person != ids[i]) || !seen && err != nil {
			t.Errorf("caller %d, who adds %q: got %v", i, ids[i], err)
		}
	}
}

// TestGivenUpIsNotApplied: a caller who gives up waiting is told that nothing
// happened; nothing does, and whoever comes later gets a turn.
func TestGivenUpIsNotApplied(t *testing.T) {
	org, l, end, done := occupied(t)
	ctx, cancel := context.WithCancel(context.Background())
	given := make(chan error, 1)
	go func() { given <- org.AddPerson(ctx, PersonSpec{ID: "given.up"}) }()
	l.waitFor(t, 1)
	cancel()
	if err := <-given; !errors.Is(err, ErrCancelled) {
		t.Errorf("who gave up: got %v, want %q", err, ErrCancelled)
	}
	close(end)
	<-done
	later, stop := context.WithTimeout(context.Background(), 3*time.Second)
	defer stop()
	if err := org.AddPerson(later, PersonSpec{ID: "later"}); err != nil {
		t.Errorf("who came later: got %v", err)
	}
	v, err := org.View(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Person("given.up"); !errors.Is(err, ErrUnknownPerson) {
		t.Errorf("what was given up was done all the same: got %v", err)
	}
}

// TestGivenUpPassesTheTurnOn: a caller may give up at the very moment in which it
// is its turn to apply for all who wait. The next has the turn then.
func TestGivenUpPassesTheTurnOn(t *testing.T) {
	first, second := &waiter{wake: make(chan struct{}, 1)}, &waiter{wake: make(chan struct{}, 1)}
	l := &memoryLog{busy: true, waiting: []*waiter{first, second}}
	l.passOn(1)
	if !first.leads {
		t.Fatal("the first who waits does not lead")
	}
	if !l.leave(first) {
		t.Fatal("it is said to be too late to give up")
	}
	select {
	case <-second.wake:
		if !second.leads {
			t.Error("the second is woken and does not lead")
		}
	default:
		t.Error("the turn was lost: nobody is woken")
	}
	if len(l.waiting) != 1 || l.waiting[0] != second {
		t.Errorf("%d callers wait, want the second", len(l.waiting))
	}
}
