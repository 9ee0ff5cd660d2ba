package main

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"example.com/callingplan/examples/internal/goldentest"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// output is what the walk prints with the files that are built in.
func output(t *testing.T, colour bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := run(t.Context(), &b, colour, paths{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) { goldentest.Compare(t, output(t, false)) }

// TestRules looks in the output for what the rules say, which a golden file that
// was written anew would not notice.
func TestRules(t *testing.T) {
	got := output(t, false)
	goldentest.Rules(t, got, map[string]string{
		"100 licences give 100 + 10% + 10":                          `(?s)100  100 licences of Phone System.*10  10% extra.*10  flat extra.*120  limit`,
		"no Calling Plan before Phone System":                       `refused  Adele Martin is to have a Calling Plan:\s+- .*must hold Phone System before`,
		"nor for a number on premises":                              `refused  Kai Morgan is to have both:\s+- .*held on premises`,
		"two cities are held side by side":                          `(?s)At 09:01:00[^\n]*\n[^\n]*Seattle +10  9:00[^\n]*\n[^\n]*Redmond +10  9:20`,
		"and the countdown goes on":                                 `(?s)At 09:04:00[^\n]*\n[^\n]*Seattle +10  6:00[^\n]*\n[^\n]*Redmond +10  6:20`,
		"nine minutes of ten are 27 cells of 30":                    `9:00  █{27}░{3}\n`,
		"three are acquired, seven go back":                         `ok       7 numbers went back`,
		"a hold is open to the last nanosecond":                     `9:59\.999999999  reserved  0:00\.000000001 +40 +10\n`,
		"and over at ten minutes, its numbers free and not counted": `10:00 +expired +0:00 +50 +0\n`,
		"after which nothing can be acquired of it":                 `refused  acquire the numbers in Redmond:\s+- acquire: hold expired`,
		"a numbered street gets its ending, and the person is told": `updated[^\n]*\n\n  \| We updated the address: street 5 is now 5th\.`,
		"a city misspelt a little is corrected":                     `We updated the address: city Redmnd is now Redmond\.`,
		"a city misspelt a lot passes where the call is routed":     `accepted, partial[^\n]*London dispatch centre`,
		"and stands as it was written":                              `saved as a-demo-[0-9a-z]+: [^\n]*Londres EC1A 1BB`,
		"every field at fault has its reason":                       `state +address_value_unknown .*\n +street +post_office_box .*\n +house_number +address_field_missing .*\n +postal_code +address_field_malformed `,
		"what was refused is not saved":                             `refused  save it all the same:\s+- .*only an address that was accepted`,
		"Paris wants the address first":                             `refused  acquire without a location:\s+- .*FR wants an emergency location`,
		"who is new is told when":                                   `refused  Ines Park:\s+- .*not among the\s+voice users yet \(person i\*\*\*, at\s+2026-03-02T12:30:00Z`,
		"and listed with the time":                                  `Ines Park +12:30:00 `,
		"and gets a number then":                                    `12:30:00  ok       Ines Park: \+1 206-555-0102`,
		"the French are told in French":                             `Votre numéro de téléphone est le \+33 1 99 00 00 00\n`,
		"in the US the numbers come before the address":             `Adele Martin  US  \[x\] licences  \[x\] numbers  \[x\] address  \[x\] assign  \[x\] tell\n`,
		"in France after it":                                        `Luc Moreau +FR  \[x\] licences  \[x\] address  \[x\] numbers  \[x\] assign  \[x\] tell\n`,
		"who cannot be licensed is told why":                        `What stands in Kai Morgan's way:\n  - [^\n]*held on premises`,
		"all five numbers are somebody's":                           `\n  user +120 +5 +5 +0 +0 +115\n`,
	})
	for i, code := range []telephony.Code{
		telephony.ErrPersonNotVisible, telephony.ErrNoPhoneSystem, telephony.ErrNoCallingPlan, telephony.ErrOnPremisesNumber,
		telephony.ErrNumberAssigned, telephony.ErrNumberCountry, telephony.ErrLocationCountry,
	} {
		if !strings.Contains(got, "\n  "+figure(int64(i+1))+"  ") || !strings.Contains(got, "  "+string(code)+"\n") {
			t.Errorf("the dry run does not list %s as number %d", code, i+1)
		}
	}
}

// TestState looks at what the walk leaves behind.
func TestState(t *testing.T) {
	in, err := readFiles(paths{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWalk(t.Context(), newScreen(io.Discard, false), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range w.steps() {
		if err := step(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, err := range w.engine.Check() {
			t.Error(err)
		}
	}
	view, err := w.org.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range w.employees() {
		tasks, err := view.ToDo(p.spec.ID)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(tasks, func(task engine.Task) bool { return !task.Done }) {
			t.Errorf("%s has things to do: %v", p.spec.Name, tasks)
		}
	}
	if q := view.Quota(telephony.UserNumber); q.Acquired != int64(len(w.employees())) || q.Held != 0 {
		t.Errorf("acquired %d and held %d, want one number for each of %d people and none held",
			q.Acquired, q.Held, len(w.employees()))
	}
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

func TestColour(t *testing.T) {
	plain, coloured := output(t, false), output(t, true)
	if strings.Contains(plain, "\x1b") {
		t.Error("there are escape codes without colour")
	}
	if !escapes.MatchString(coloured) {
		t.Error("there are no escape codes with colour")
	}
	if got := escapes.ReplaceAllString(coloured, ""); got != plain {
		t.Errorf("colour changes the text (-plain +coloured):\n%s", cmp.Diff(plain, got))
	}
}

func TestHasColour(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a character device, as terminals are
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	for _, test := range []struct {
		name, noColour, term string
		to                   io.Writer
		want                 bool
	}{
		{"terminal", "", "xterm", device, true},
		{"terminal, colour declined", "1", "xterm", device, false},
		{"terminal that has none", "", "dumb", device, false},
		{"file", "", "xterm", file, false},
		{"no file at all", "", "xterm", io.Discard, false},
	} {
		t.Setenv("NO_COLOR", test.noColour)
		t.Setenv("TERM", test.term)
		if got := hasColour(test.to); got != test.want {
			t.Errorf("%s: %t, want %t", test.name, got, test.want)
		}
	}
}

func TestWidth(t *testing.T) {
	for line := range strings.Lines(output(t, false)) {
		line = strings.TrimSuffix(line, "\n")
		if n := utf8.RuneCountInString(line); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
		if strings.TrimRight(line, " \t") != line {
			t.Errorf("blanks at the end of %q", line)
		}
	}
}
