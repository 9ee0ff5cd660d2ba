package engine_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"maps"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// -engine.damage=1 damages every field of two rows of each table in every way, the
// default one in so many.
var everyDamage = flag.Int("engine.damage", 31, "try one in so many damages to rows")

// What a field is damaged to; gone is that it is not there at all.
var gone = new(int)

var damages = []any{gone, json.Number("0"), json.Number("1"), json.Number("-1"), json.Number("250"), json.Number("70000"), json.Number("400000000"),
	json.Number("4294967295"), json.Number("9223372036854775807"), json.Number("-9223372036854775808"), "", "x", "+14255550999", "+999100200455",
	"AAAA", []any{}, nil, map[string]any{}, true, "user", "toll-free", "toll"}

// damaged yields what becomes of a value when one thing in it is damaged, with where
// that is, as paths in which all places of a list are one.
func damaged(v any, path string) iter.Seq2[string, func(to any) (undo func())] {
	return func(yield func(string, func(any) func()) bool) {
		switch v := v.(type) {
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				was := v[k]
				change := func(to any) func() {
					if v[k] = to; to == gone {
						delete(v, k)
					}
					return func() { v[k] = was }
				}
				if !yield(path+"."+k, change) {
					return
				}
				damaged(was, path+"."+k)(yield)
			}
		case []any:
			for i, was := range v[:min(len(v), 3)] {
				change := func(to any) func() {
					v[i] = to
					return func() { v[i] = was }
				}
				if !yield(path+"[]", change) {
					return
				}
				damaged(was, path+"[]")(yield)
			}
		}
	}
}

// TestDamagedRows: a state of which one field says something else is refused with a
// typed error, or is one that holds together and can be gone on with. It is never a
// panic, and takes no more than reading it takes.
func TestDamagedRows(t *testing.T) {
	whole := exportOf(t, newLife(t).eng)
	lines := strings.SplitAfter(string(whole), "\n")
	seen, tried, accepted := map[string]int{}, 0, 0
	for i, line := range lines {
		var v map[string]any
		d := json.NewDecoder(strings.NewReader(line))
		d.UseNumber()
		if d.Decode(&v) != nil || v["entry"] != nil || v["end"] != nil {
			continue
		}
		name, _ := v["table"].(string)
		for path, change := range damaged(v, name) {
			if seen[path]++; seen[path] > 2 {
				continue
			}
			for _, to := range damages {
				if tried++; tried%*everyDamage != 0 {
					continue
				}
				undo := change(to)
				text, err := json.Marshal(v)
				undo()
				if err != nil {
					t.Fatal(err)
				}
				was := lines[i]
				lines[i] = string(text) + "\n"
				if withstands(t, fmt.Sprintf("%s = %v", path, to), []byte(strings.Join(lines, ""))) {
					accepted++
				}
				lines[i] = was
			}
		}
	}
	t.Logf("%d of %d damages were tried, of which %d hold together", tried / *everyDamage, tried, accepted)
}

// TestRowsThatNoCommandWrites: damages that went unnoticed once, or worse.
func TestRowsThatNoCommandWrites(t *testing.T) {
	lines := strings.SplitAfter(string(exportOf(t, newLife(t).eng)), "\n")
	for _, c := range []struct {
		table, with string // a row of that table that has this in it
		field       string // empty for the whole row
		to          any
	}{
		{"shelves", "", "", map[string]any{}},
		{"shelves", "", "Area", 250},
		{"blocks", "", "Area", 400_000_000},
		{"numbers", `"Ported":true`, "Area", 400_000_000},
		{"numbers", "", "Since", math.MaxInt64},
		{"tenants", "", "Ordinal", 250},
		{"tenants", "", "ID", "somebody"},
		{"accounts", "", "Tenant", 250},
		{"accounts", "", "ID", "somebody"},
		{"accounts", "", "Paced", math.MaxInt64},
		{"rests", "", "Tenant", 1},
		{"rests", "", "Tenant", 250},
		{"rests", "", "Former", 250},
		{"rests", "", "Made", math.MaxInt64},
		{"closed", "", "Kind", ""},
		{"open", "", "Made", -1},
		{"requests", `"Op":"reserve"`, "Result", "AAAA"},
		{"requests", `"Op":"assign licences to group"`, "Result", "AAAA"},
		{"requests", "", "At", math.MaxInt64},
		{"requests", "", "Index", 0},
	} {
		what := fmt.Sprintf("%s.%s = %v", c.table, c.field, c.to)
		i := slices.IndexFunc(lines, func(l string) bool {
			return strings.HasPrefix(l, `{"table":"`+c.table+`"`) && strings.Contains(l, c.with)
		})
		if i < 0 {
			t.Errorf("%s: there is no such row", what)
			continue
		}
		d := json.NewDecoder(strings.NewReader(lines[i]))
		d.UseNumber()
		var v map[string]any
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		if row := v["row"].(map[string]any); c.field == "" {
			v["row"] = c.to
		} else {
			row[c.field] = c.to
		}
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		damaged := slices.Clone(lines)
		damaged[i] = string(text) + "\n"
		if withstands(t, what, []byte(strings.Join(damaged, ""))) {
			t.Errorf("%s: it was accepted", what)
		}
	}
}

// TestReservationsOutOfOrder: closed reservations come in the order in which they
// ended, and no reservation is there twice.
func TestReservationsOutOfOrder(t *testing.T) {
	lines := strings.SplitAfter(string(exportOf(t, newLife(t).eng)), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, `{"table":"closed"`) })
	swapped := slices.Clone(lines)
	swapped[at], swapped[at+1] = lines[at+1], lines[at]
	if withstands(t, "two closed reservations that change places", []byte(strings.Join(swapped, ""))) {
		t.Error("closed reservations out of order were accepted")
	}
	id := regexp.MustCompile(`"ID":"r-[^"]*"`)
	twice := slices.Clone(lines)
	twice[at+1] = id.ReplaceAllString(lines[at+1], id.FindString(lines[at]))
	if twice[at+1] == lines[at+1] {
		t.Fatal("there is no second closed reservation")
	}
	if withstands(t, "a reservation that is there twice", []byte(strings.Join(twice, ""))) {
		t.Error("a reservation that is there twice was accepted")
	}
}

// withstands reports whether an export with something damaged was accepted.
func withstands(t *testing.T, what string, export []byte) (accepted bool) {
	t.Helper()
	defer func() {
		if fault := recover(); fault != nil {
			t.Errorf("%s: a panic: %v", what, fault)
		}
	}()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m := engine.BareMachine()
	err := engine.ImportInto(m, bytes.NewReader(export))
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 100<<20 {
		t.Errorf("%s: reading %d bytes took %d", what, len(export), took)
	}
	if err != nil {
		if !refusedAs(err) && !errors.Is(err, engine.ErrSnapshotNewer) {
			t.Errorf("%s: got %v", what, err)
		}
		return false
	}
	goOn(t, what, m, export)
	return true
}

// goOn does with a restored state what is done every day, all of it bounded.
func goOn(t *testing.T, what string, m *engine.Machine, export []byte) {
	t.Helper()
	for _, fault := range engine.MachineCheck(m) {
		t.Errorf("%s: it was accepted and does not agree with itself: %v", what, fault)
	}
	eng, err := engine.New(engine.WithClock(&handClock{now: begin.Add(200 * day)}), engine.WithExport(bytes.NewReader(export)))
	var e *telephony.Error
	if errors.As(err, &e) && (e.Field == "quarantine" || e.Field == "keep closed") {
		return // what was in force once can be read, and not be put into force today
	}
	if err != nil {
		t.Errorf("%s: it was accepted and then refused: %v", what, err)
		return
	}
	try := func(err error) {
		if errors.Is(err, engine.ErrFailed) {
			t.Errorf("%s: it was accepted, and then: %v", what, err)
		}
	}
	for i, more := 0, true; more && i < 20; i++ {
		more, err = eng.Sweep(t.Context())
		try(err)
	}
	for _, id := range []telephony.TenantID{"contoso", "fabrikam"} {
		org := eng.Tenant(id)
		v, err := org.View(t.Context())
		if err != nil {
			continue
		}
		v.Dashboard()
		for n := range v.Numbers(engine.NumberQuery{}) {
			try(org.Release(t.Context(), engine.Release{Numbers: telephony.NumberList{n.Number}}))
		}
		for p := range v.People(engine.PersonQuery{}) {
			try(org.RemovePerson(t.Context(), engine.RemovePerson{Person: p.ID}))
		}
		for range v.PortOrders(engine.PortQuery{}) {
		}
		for range v.Areas(telephony.UserNumber, telephony.Area{}) {
		}
		_, err = org.Reserve(t.Context(), engine.Reserve{Area: seattle, Quantity: 1, RequestID: "request-of-now"})
		try(err)
	}
	for _, fault := range eng.Check() {
		t.Errorf("%s: it was accepted, and does not agree with itself after a while: %v", what, fault)
	}
	if again, err := engine.New(engine.WithSnapshot(bytes.NewReader(snapshotOf(t, eng)))); err != nil || again.Digest() != eng.Digest() {
		t.Errorf("%s: it was accepted, and its snapshot is not: %v", what, err)
	}
}
