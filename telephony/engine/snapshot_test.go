package engine_test

import (
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/licensing"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// snapshotOf returns an engine's snapshot.
func snapshotOf(t testing.TB, e *engine.Engine) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := e.As("").Snapshot(t.Context(), &b); err != nil {
		t.Fatalf("Snapshot: %v", err)
	}
	return b.Bytes()
}

// sameState reports every part of two machines that is not the same.
func sameState(t testing.TB, got, want *engine.Machine) {
	t.Helper()
	if engine.MachineDigest(got) != engine.MachineDigest(want) {
		t.Error("the rows differ")
	}
	index, at, chain := engine.MachineChain(got)
	wantIndex, wantAt, wantChain := engine.MachineChain(want)
	if index != wantIndex || at != wantAt || chain != wantChain {
		t.Errorf("index %d, time %d, chain %s; want %d, %d, %s", index, at, chain, wantIndex, wantAt, wantChain)
	}
	g, w := slices.Collect(engine.MachineEntries(got)), slices.Collect(engine.MachineEntries(want))
	if len(g) != len(w) {
		t.Fatalf("%d log entries, want %d", len(g), len(w))
	}
	for i := range g {
		if text, wanted := fmt.Sprintf("%#v", g[i]), fmt.Sprintf("%#v", w[i]); text != wanted {
			t.Errorf("entry %d is\n%s, want\n%s", w[i].Index, text, wanted)
		}
	}
	if !reflect.DeepEqual(engine.MachineSettings(got), engine.MachineSettings(want)) {
		t.Error("the settings differ")
	}
	for _, fault := range engine.MachineCheck(got) {
		t.Errorf("the state does not agree with itself: %v", fault)
	}
}

// TestSnapshotSeesEverything: the life that the tests below take snapshots of has
// a row in every table, and no field of a row is empty in all of them, so that
// nothing can be left out of a snapshot unnoticed.
func TestSnapshotSeesEverything(t *testing.T) {
	l := newLife(t)
	rows := map[string][]reflect.Value{}
	for table, row := range engine.MachineRows(l.rec.machine) {
		rows[table] = append(rows[table], reflect.ValueOf(row))
	}
	for _, table := range engine.MachineTables(l.rec.machine) {
		if len(rows[table]) == 0 {
			t.Errorf("table %s has no row", table)
			continue
		}
		for _, field := range emptyFields(rows[table][0].Type(), rows[table]) {
			if lacks[table+"."+field] {
				continue
			}
			t.Errorf("table %s: field %s is empty in all rows", table, field)
		}
	}
}

// lacks are the fields that rows never have: what is open was neither acquired
// nor closed, what rests is the pool's, and only that was anybody's.
var lacks = map[string]bool{
	"open.Former": true, "open.Line": true, "closed.Former": true, "closed.Line": true,
	"open.Hold.Acquired": true, "open.Hold.Closed": true, "rests.Hold.Acquired": true, "rests.Hold.Closed": true,
	"rests.Tenant": true, "rests.Kind": true, "rests.Reference": true,
}

// emptyFields returns the fields, those of parts included, that all the values
// have empty.
func emptyFields(of reflect.Type, values []reflect.Value) (empty []string) {
	if !slices.ContainsFunc(values, func(v reflect.Value) bool { return !v.IsZero() }) {
		return []string{""}
	}
	if of.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return nil
	}
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		var parts []reflect.Value
		for _, v := range values {
			switch {
			case of.Kind() != reflect.Pointer:
				for i := range v.Len() {
					parts = append(parts, v.Index(i))
				}
			case !v.IsNil():
				parts = append(parts, v.Elem())
			}
		}
		return emptyFields(of.Elem(), parts)
	case reflect.Struct:
		for i := range of.NumField() {
			f := of.Field(i)
			if f.Type.Kind() == reflect.Slice && f.Type.Elem() == of { // a reason has no reasons
				continue
			}
			if !f.IsExported() && !f.Anonymous { // it is written as rows of its own
				continue
			}
			parts := make([]reflect.Value, len(values))
			for k, v := range values {
				parts[k] = v.Field(i)
			}
			for _, below := range emptyFields(f.Type, parts) {
				empty = append(empty, strings.TrimSuffix(f.Name+"."+below, "."))
			}
		}
	}
	return empty
}

// TestSnapshotKeepsEverything: what is restored is what was, down to the log, and
// goes on as the original does.
func TestSnapshotKeepsEverything(t *testing.T) {
	l := newLife(t)
	rec := &recorder{}
	again, err := engine.NewStrict(append(l.options, engine.WithSnapshot(bytes.NewReader(snapshotOf(t, l.eng))), engine.WithLog(rec.open))...)
	l.must(err)
	sameState(t, rec.machine, l.rec.machine)
	if len(rec.commands) != 0 {
		t.Errorf("%d commands were written, though the settings are the same", len(rec.commands))
	}
	// Commands that come after must do the same to both.
	next := newLife(t).rec
	l.clock.Add(tenMinutes)
	for _, data := range slices.Concat(next.commands[len(next.commands)-30:], l.later()) {
		var c engine.Command
		l.must(c.UnmarshalBinary(data))
		a, b := l.rec.machine.Apply(c), rec.machine.Apply(c)
		if fmt.Sprint(a.Err) != fmt.Sprint(b.Err) || !reflect.DeepEqual(engine.Gave(a), engine.Gave(b)) {
			t.Errorf("%s gives %v, and %v after the restore", c.Op(), a, b)
		}
	}
	sameState(t, rec.machine, l.rec.machine)
	if got := len(slices.Collect(mustView(t, again, "contoso").Numbers(engine.NumberQuery{}))); got != 16 { // two of them ported in
		t.Errorf("the tenant has %d numbers, want 16", got)
	}
}

// later are commands of the life's own moment, made on an engine like it.
func (l *life) later() [][]byte {
	rec := &recorder{}
	eng, err := engine.NewStrict(append(l.options, engine.WithSnapshot(bytes.NewReader(snapshotOf(l, l.eng))), engine.WithLog(rec.open))...)
	l.must(err)
	org := eng.Tenant("contoso")
	_, _ = eng.Sweep(l.ctx)
	_, err = org.Reserve(l.ctx, engine.Reserve{Area: seattle, Quantity: 4})
	l.must(err)
	_, _ = org.Reserve(l.ctx, engine.Reserve{Area: seattle, Quantity: 6, RequestID: "request-13"})
	l.must(eng.AddStock(l.ctx, engine.Stock{Range: mustRange("+12125550150..+12125550159"), Area: newYork, Kind: telephony.UserNumber}))
	_, err = eng.CreateTenant(l.ctx, engine.TenantSpec{ID: "northwind"})
	l.must(err)
	return rec.commands
}

func mustView(t testing.TB, e *engine.Engine, id telephony.TenantID) *engine.View {
	t.Helper()
	v, err := e.Tenant(id).View(t.Context())
	if err != nil {
		t.Fatalf("View: %v", err)
	}
	return v
}

// TestRestoreReplacesAll: of the state before nothing is left, not even of what
// a machine keeps beside its rows: other areas under the same ordinals, other
// deadlines, a fault.
func TestRestoreReplacesAll(t *testing.T) {
	l := newLife(t)
	snapshot := snapshotOf(t, l.eng)
	for name, spoil := range map[string]func(dirty *world){
		"other state": func(dirty *world) {},
		"longer log": func(dirty *world) {
			for range 300 {
				dirty.buy(dirty.org, licensing.PhoneSystem, 1)
			}
		},
		"failed": func(dirty *world) { _ = dirty.org.Fault(dirty.ctx, errors.New("the fault")) },
	} {
		t.Run(name, func(t *testing.T) {
			dirty := dirtyWorld(t)
			spoil(dirty)
			m := engine.MachineOf(dirty.eng)
			dirty.must(m.Restore(bytes.NewReader(snapshot)))
			sameState(t, m, l.rec.machine)
			if _, err := dirty.org.View(dirty.ctx); !errors.Is(err, engine.ErrUnknownTenant) {
				t.Errorf("a tenant of before: got %v", err)
			}
			dirty.clock.Set(l.held.Expires)
			org := dirty.eng.Tenant("contoso")
			got, err := org.Reserve(dirty.ctx, engine.Reserve{Area: newYork, Quantity: 2})
			dirty.must(err)
			for _, n := range got.Numbers() {
				if !strings.HasPrefix(n.String(), "+1212") {
					t.Errorf("%s was reserved in New York", n)
				}
			}
			last := dirty.entries(mustView(t, dirty.eng, "contoso").Index() - 1)[0]
			if !slices.ContainsFunc(last.Events, func(e engine.Event) bool {
				return e.Type == engine.ReservationExpired && e.Reservation == l.held.ID
			}) {
				t.Errorf("the tenant's hold that has run out was not settled: %+v", last)
			}
			if r, err := mustView(t, dirty.eng, "contoso").Reservation(l.held.ID); err != nil || r.Closed.IsZero() {
				t.Errorf("the hold that has run out is %v, %v", r, err)
			}
		})
	}
}

// dirtyWorld has the areas of a world in another order, and holds of another
// tenant that run out later than any of a life.
func dirtyWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, ctx: t.Context(), clock: &handClock{now: begin}}
	var err error
	w.eng, err = engine.NewStrict(engine.WithClock(w.clock), engine.WithIDEpoch("d"), engine.WithHoldFor(24*time.Hour))
	w.must(err)
	w.stock(newYork, telephony.TollNumber, "+12125550180..+12125550189")
	w.stock(newYork, telephony.UserNumber, "+12125550100..+12125550149")
	w.stock(paris, telephony.UserNumber, "+33199000000..+33199000099")
	w.org = w.tenant("adatum", 100)
	w.hold(newYork, 5)
	w.hold(newYork, 5)
	return w
}

// TestTimeAfterRestore: holds that ran out while the engine was down are free,
// to the nanosecond, and a clock that was set back does not set time back.
func TestTimeAfterRestore(t *testing.T) {
	for _, m := range moments {
		t.Run(m.name, func(t *testing.T) {
			w := newWorld(t)
			held := w.hold(newYork, 50)
			clock := &handClock{now: held.Expires.Add(m.off)}
			eng, err := engine.NewStrict(engine.WithClock(clock), engine.WithSnapshot(bytes.NewReader(snapshotOf(t, w.eng))))
			w.must(err)
			_, err = eng.Tenant("contoso").Reserve(w.ctx, engine.Reserve{Numbers: held.Numbers()})
			if free := err == nil; free != m.over {
				t.Errorf("the numbers can be reserved: %t, want %t (%v)", free, m.over, err)
			}
		})
	}
	w := newWorld(t)
	held := w.hold(newYork, 2)
	eng, err := engine.NewStrict(engine.WithClock(&handClock{now: begin.Add(-time.Hour)}), engine.WithSnapshot(bytes.NewReader(snapshotOf(t, w.eng))))
	w.must(err)
	again, err := eng.Tenant("contoso").Reserve(w.ctx, engine.Reserve{Area: newYork, Quantity: 1})
	w.must(err)
	if again.Made.Before(held.Made) || mustView(t, eng, "contoso").At().Before(begin) {
		t.Errorf("time went back to %s", again.Made)
	}
}
