package engine_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony/engine"
)

// TestSettingsAreTheFirstEntry of every log, so that a log can be replayed from
// itself: whoever applies it has the settings it was written under.
func TestSettingsAreTheFirstEntry(t *testing.T) {
	rec := &recorder{}
	w := newWorld(t, append(lifeOptions(), engine.WithLog(rec.open))...)
	first := w.entries(0)[0]
	if first.Index != 1 || first.Op != engine.OpConfigure || first.Tenant != "" || !first.At.Equal(begin) ||
		len(first.Events) != 1 || first.Events[0].Type != engine.Configured {
		t.Errorf("the first entry is %+v", first)
	}
	var c engine.Command
	w.must(c.UnmarshalBinary(rec.commands[0]))
	m := engine.BareMachine()
	m.Apply(c)
	if got, want := engine.MachineSettings(m), engine.MachineSettings(rec.machine); !reflect.DeepEqual(got, want) {
		t.Errorf("replayed, the settings are %+v, want %+v", got, want)
	}
	if err := engine.BareMachine().Apply(second(t, rec)).Err; !errors.Is(err, engine.ErrFailed) {
		t.Errorf("a log that does not begin with its settings: got %v", err)
	}
}

func second(t testing.TB, rec *recorder) (c engine.Command) {
	t.Helper()
	if err := c.UnmarshalBinary(rec.commands[1]); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSettingsOfASnapshot stay in force, all but those that are set anew, and
// what is set anew is a new entry of the log.
func TestSettingsOfASnapshot(t *testing.T) {
	l := newLife(t)
	snapshot := snapshotOf(t, l.eng)
	before, _, _ := engine.MachineChain(l.rec.machine)
	want := engine.MachineSettings(l.rec.machine)
	open := func(options ...engine.Option) (*engine.Machine, []engine.Entry) {
		t.Helper()
		options = append(options, engine.WithSnapshot(bytes.NewReader(snapshot)), engine.WithClock(l.clock))
		slices.Reverse(options) // the order makes no difference
		eng, err := engine.NewStrict(options...)
		l.must(err)
		m := engine.MachineOf(eng)
		return m, slices.DeleteFunc(slices.Collect(engine.MachineEntries(m)), func(e engine.Entry) bool { return e.Index <= before })
	}
	if m, more := open(); len(more) != 0 || !reflect.DeepEqual(engine.MachineSettings(m), want) {
		t.Errorf("without options: %d entries more, settings %+v", len(more), engine.MachineSettings(m))
	}
	if m, more := open(lifeOptions()...); len(more) != 0 || !reflect.DeepEqual(engine.MachineSettings(m), want) {
		t.Errorf("with the same options: %d entries more, settings %+v", len(more), engine.MachineSettings(m))
	}
	m, more := open(engine.WithHoldFor(time.Hour))
	want.HoldFor = time.Hour
	if len(more) != 1 || more[0].Op != engine.OpConfigure || more[0].Index != before+1 || !reflect.DeepEqual(engine.MachineSettings(m), want) {
		t.Errorf("with another time to hold: entries %+v, settings %+v", more, engine.MachineSettings(m))
	}
	_, err := engine.New(engine.WithSnapshot(bytes.NewReader(snapshot)), engine.WithHoldFor(-1))
	if !errors.Is(err, engine.ErrRequest) {
		t.Errorf("a wrong option: got %v", err)
	}
}

// TestCatalogueOfASnapshot: what could be bought can be bought after, without
// anybody giving the catalogue again.
func TestCatalogueOfASnapshot(t *testing.T) {
	const own licensing.Product = "OWN"
	catalogue, err := licensing.Standard().With(licensing.Entry{Product: own, Name: "Our own", Features: licensing.FeaturePhoneSystem})
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, engine.WithCatalogue(catalogue))
	eng, err := engine.NewStrict(engine.WithSnapshot(bytes.NewReader(snapshotOf(t, w.eng))))
	w.must(err)
	w.must(eng.Tenant("contoso").BuyLicences(w.ctx, engine.Purchase{Product: own, Quantity: 1}))
	if got, want := slices.Collect(engine.MachineSettings(engine.MachineOf(eng)).Catalogue.All()), slices.Collect(catalogue.All()); !reflect.DeepEqual(got, want) {
		t.Errorf("the catalogue is %v, want %v", got, want)
	}
}

// TestHugeCatalogue: settings that no command can hold are refused, before
// anything is written.
func TestHugeCatalogue(t *testing.T) {
	var entries []licensing.Entry
	for i := range 2000 {
		entries = append(entries, licensing.Entry{Product: licensing.Product(fmt.Sprint("P", i)), Name: strings.Repeat("n", 250)})
	}
	catalogue, err := licensing.NewCatalogue(entries...)
	if err != nil {
		t.Skipf("no such catalogue can be made: %v", err)
	}
	if _, err := engine.New(engine.WithCatalogue(catalogue)); !errors.Is(err, engine.ErrCommandTooLarge) {
		t.Errorf("got %v, want %q", err, engine.ErrCommandTooLarge)
	}
}

// TestChains: two engines given the same have the same digest at each index of
// the log, and another from where they were given anything else.
func TestChains(t *testing.T) {
	one, two := newLife(t), newLife(t)
	a, b := slices.Collect(engine.MachineEntries(one.rec.machine)), slices.Collect(engine.MachineEntries(two.rec.machine))
	seen := map[engine.Digest]uint64{}
	for i := range a {
		if a[i].Chain != b[i].Chain {
			t.Fatalf("entry %d has %s and %s", a[i].Index, a[i].Chain, b[i].Chain)
		}
		if before, twice := seen[a[i].Chain]; twice {
			t.Errorf("entries %d and %d have the same digest", before, a[i].Index)
		}
		seen[a[i].Chain] = a[i].Index
	}
	commands := one.rec.commands
	at := slices.IndexFunc(a, func(e engine.Entry) bool { return e.Op == engine.OpBuyLicences && e.RequestID != "" })
	purchase := func(tenant, actor, id string, stamp int64, quantity int) []byte {
		var was engine.Command
		one.must(was.UnmarshalBinary(commands[at]))
		return envelope(t, "buy licences", written(t, map[string]any{"Product": licensing.CommunicationsCredits, "Quantity": quantity}),
			func(parts []any) { parts[2], parts[3], parts[4], parts[5] = tenant, actor, id, was.Stamp+stamp })
	}
	const actor, id = "admin@contoso.example", "request-1"
	if same := purchase("contoso", actor, id, 0, 2); !bytes.Equal(same, commands[at]) {
		t.Fatalf("the purchase is written as %x, want %x", same, commands[at])
	}
	for name, other := range map[string][]byte{
		"quantity": purchase("contoso", actor, id, 0, 3), "tenant": purchase("fabrikam", actor, id, 0, 2),
		"actor": purchase("contoso", "other", id, 0, 2), "request id": purchase("contoso", actor, "request-0", 0, 2),
		"stamp": purchase("contoso", actor, id, -1, 2), "outcome": purchase("contoso", actor, id, 0, -2),
	} {
		chains := replayed(t, slices.Concat(commands[:at], [][]byte{other}, commands[at+1:]))
		for i, chain := range chains {
			if same := chain == a[i].Chain; same != (i < at) {
				t.Errorf("another %s at %d: the digest at %d is the same: %t", name, at+1, i+1, same)
				break
			}
		}
	}
	swapped := slices.Clone(commands)
	swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
	for i, chain := range replayed(t, swapped) {
		if same := chain == a[i].Chain; same != (i < at) {
			t.Errorf("two swapped at %d: the digest at %d is the same: %t", at+1, i+1, same)
			break
		}
	}
}

// replayed applies commands to a new machine and returns the digest after each.
func replayed(t testing.TB, commands [][]byte) (chains []engine.Digest) {
	t.Helper()
	m := engine.BareMachine()
	for _, data := range commands {
		var c engine.Command
		if err := c.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		m.Apply(c)
		_, _, chain := engine.MachineChain(m)
		chains = append(chains, chain)
	}
	return chains
}

// TestChainTellsOutcomes: the same command with another outcome is another
// digest, though all commands so far are the same: only the state was not.
func TestChainTellsOutcomes(t *testing.T) {
	l := newLife(t)
	lines := string(exportOf(t, l.eng))
	var c engine.Command
	held, err := l.org.Reserve(l.ctx, engine.Reserve{Area: newYork, Quantity: 3})
	l.must(err)
	l.must(c.UnmarshalBinary(l.rec.commands[len(l.rec.commands)-1]))
	chainOf := func(text string) engine.Digest {
		m := engine.BareMachine()
		l.must(engine.ImportInto(m, strings.NewReader(text)))
		m.Apply(c)
		_, _, chain := engine.MachineChain(m)
		return chain
	}
	other := strings.Replace(lines, `"HoldFor":601`, `"HoldFor":602`, 1)
	if other == lines || held.Expires.Sub(held.Made) != 601*time.Second {
		t.Fatal("the export does not say how long a hold lives")
	}
	_, _, want := engine.MachineChain(l.rec.machine)
	if chainOf(lines) != want || chainOf(other) == want {
		t.Error("the digest does not tell the outcome")
	}
	var d engine.Digest
	if text, _ := want.MarshalText(); d.UnmarshalText(text) != nil || d != want {
		t.Error("a digest does not come back from its text")
	}
	for _, text := range []string{"", want.String()[1:], want.String() + "0", "x" + want.String()[1:]} {
		if err := d.UnmarshalText([]byte(text)); !errors.Is(err, engine.ErrDigest) || d != want {
			t.Errorf("%q: got %v", text, err)
		}
	}
}
