package engine_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// exportOf returns what an engine exports.
func exportOf(t testing.TB, e *engine.Engine) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := e.As("").Export(t.Context(), &b); err != nil {
		t.Fatalf("Export: %v", err)
	}
	return b.Bytes()
}

// TestExportKeepsEverything, as a snapshot does.
func TestExportKeepsEverything(t *testing.T) {
	l := newLife(t)
	lines := exportOf(t, l.eng)
	rec := &recorder{}
	again, err := engine.NewStrict(append(l.options, engine.WithExport(bytes.NewReader(lines)), engine.WithLog(rec.open))...)
	l.must(err)
	sameState(t, rec.machine, l.rec.machine)
	if !bytes.Equal(exportOf(t, again), lines) {
		t.Error("what was read is exported as something else")
	}
	if !bytes.Equal(snapshotOf(t, again), snapshotOf(t, l.eng)) {
		t.Error("what was read makes another snapshot")
	}
}

// TestExportIsForPeople: there is a line a row and a line an entry, each one says
// what it is, and numbers, kinds and digests are written as people write them.
func TestExportIsForPeople(t *testing.T) {
	l := newLife(t)
	lines := strings.Split(strings.TrimSuffix(string(exportOf(t, l.eng)), "\n"), "\n")
	rows, entries := 0, 0
	for range engine.MachineRows(l.rec.machine) {
		rows++
	}
	for range engine.MachineEntries(l.rec.machine) {
		entries++
	}
	if len(lines) != rows+entries+2 {
		t.Errorf("%d lines for %d rows and %d entries", len(lines), rows, entries)
	}
	seen := map[string]int{}
	for _, line := range lines {
		var parts map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &parts); err != nil {
			t.Fatalf("a line is no JSON: %v", err)
		}
		for name := range parts {
			seen[name]++
		}
	}
	if seen["header"] != 1 || seen["end"] != 1 || seen["row"] != rows || seen["table"] != rows || seen["entry"] != entries {
		t.Errorf("the lines are %v", seen)
	}
	all := strings.Join(lines, "\n")
	_, _, chain := engine.MachineChain(l.rec.machine)
	wants(t, all, `"+14255550100"`, `"user"`, `"adele.vance"`, `"Seattle"`, `"assign number"`, `"numbers_acquired"`, chain.String())
}

// TestDamagedExports are refused, with the line, and leave the state as it was.
func TestDamagedExports(t *testing.T) {
	l := newLife(t)
	whole := string(exportOf(t, l.eng))
	lines := strings.SplitAfter(strings.TrimSuffix(whole, "\n"), "\n")
	join := func(parts ...[]string) string {
		var b strings.Builder
		for _, p := range parts {
			b.WriteString(strings.Join(p, ""))
		}
		return b.String()
	}
	change := func(old, with string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("there is no %s to change", old)
		}
		return strings.Replace(whole, old, with, 1)
	}
	last := len(lines) - 1
	// alone is a row that no other needs: only the counts at the end tell that it is
	// missing.
	alone := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, `"table":"terms"`) })
	for name, c := range map[string]struct {
		text string
		want telephony.Code
		line int64 // 0 for any
	}{
		"nothing":          {"", engine.ErrSnapshotDamaged, 1},
		"no JSON":          {join(lines[:5], []string{"{\"table\": \n"}, lines[5:]), engine.ErrSnapshotDamaged, 6},
		"no header":        {join(lines[1:]), engine.ErrSnapshotDamaged, 1},
		"two headers":      {join(lines[:1], lines), engine.ErrSnapshotDamaged, 2},
		"no end":           {join(lines[:last]), engine.ErrSnapshotDamaged, int64(last + 1)},
		"a row less":       {join(lines[:alone], lines[alone+1:]), engine.ErrSnapshotDamaged, int64(last)},
		"a row twice":      {join(lines[:4], lines[3:]), engine.ErrSnapshotDamaged, 5},
		"an entry less":    {join(lines[:last-2], lines[last-1:]), engine.ErrSnapshotDamaged, int64(last - 1)},
		"an empty line":    {join(lines[:4], []string{"{}\n"}, lines[4:]), engine.ErrSnapshotDamaged, 5},
		"more behind":      {whole + "{}\n", engine.ErrSnapshotDamaged, int64(last + 1)},
		"unknown table":    {change(`"table":"people"`, `"table":"peoples"`), engine.ErrSnapshotDamaged, 0},
		"unknown field":    {change(`"OnPremises"`, `"OffPremises"`), engine.ErrSnapshotDamaged, 0},
		"unknown part":     {change(`"table":"people"`, `"tables":"people"`), engine.ErrSnapshotDamaged, 0},
		"a wrong number":   {change(`"Number":"+14255550100"`, `"Number":"+1425"`), engine.ErrSnapshotDamaged, 0},
		"another's number": {change(`"Number":"+14255550100"`, `"Number":"+14255550103"`), engine.ErrSnapshotDamaged, 0},
		"a wrong count":    {change(`"People":5,`, `"People":4,`), engine.ErrSnapshotDamaged, 0},
		"newer":            {change(`"Format":2`, `"Format":3`), engine.ErrSnapshotNewer, 0},
	} {
		t.Run(name, func(t *testing.T) {
			m, same := dirtyMachine(t)
			err := engine.ImportInto(m, strings.NewReader(c.text))
			if !errors.Is(err, c.want) || !same() {
				t.Fatalf("got %v, want %q; the state is as it was: %t", err, c.want, same())
			}
			if at, _ := errorFigure(err, "at line"); c.line != 0 && at != c.line {
				t.Errorf("got %v, want line %d", err, c.line)
			}
			unmarked(t, name, map[string]string{"error": err.Error()})
		})
	}
}
