package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// planted is a module full of faults; each is announced by a comment.
const planted = "testdata/planted"

func TestEveryPlantedFaultIsFound(t *testing.T) { everyPlanted(t, "want", checkRules) }

func TestEveryPlantedDisclosureIsFound(t *testing.T) { everyPlanted(t, "mask", checkMasks) }

// everyPlanted runs a check over the planted faults: it finds those that a word
// announces, and no others.
func everyPlanted(t *testing.T, word string, check func(dir string) ([]string, error)) {
	dir, err := filepath.Abs(planted)
	if err != nil {
		t.Fatal(err)
	}
	found, err := check(dir)
	if err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`^(\S+:\d+): (.*)$`)
	all := announced(t, word)
	for file, wants := range all {
		for _, w := range wants {
			if !slices.ContainsFunc(found, func(f string) bool {
				m := place.FindStringSubmatch(f)
				return m != nil && m[1] == file && strings.HasPrefix(m[2], w)
			}) {
				t.Errorf("%s: %s was not found", file, w)
			}
		}
	}
	for _, f := range found {
		m := place.FindStringSubmatch(f)
		if m == nil || !slices.ContainsFunc(all[m[1]], func(w string) bool { return strings.HasPrefix(m[2], w) }) {
			t.Errorf("found where nothing was planted: %s", f)
		}
	}
}

func TestEveryPlantedArrowIsFound(t *testing.T) {
	found, err := checkArrows(planted)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, w := range announced(t, "arrow") {
		want = append(want, w...)
	}
	slices.Sort(want)
	slices.Sort(found)
	if !slices.Equal(found, want) {
		t.Errorf("found %q, planted %q", found, want)
	}
}

func TestArrows(t *testing.T) {
	const memdb = "github.com/hashicorp/go-memdb"
	for _, c := range []struct {
		name    string
		imports string
		tests   string
		faults  int
	}{
		{name: "telephony", imports: "fmt"},
		{name: "telephony", imports: "net/http", faults: 1},
		{name: "telephony", imports: "database/sql/driver"},
		{name: "telephony", imports: "database/sql", faults: 1},
		{name: "telephony", imports: module + "/licensing", faults: 1},
		{name: "emergency", imports: module + "/telephony/engine", faults: 1},
		{name: porting, imports: module + "/telephony"},
		{name: porting, imports: module + "/reservation", faults: 1},
		{name: porting, imports: "crypto/rand", faults: 1},
		{name: "emergency/lost", imports: "net/http"},
		{name: "emergency/lost", imports: module + "/emergency/pidflo"},
		{name: "emergency/pidflo", imports: module + "/emergency/lost", faults: 1},
		{name: "emergency/pidflo", imports: module + "/" + locxml},
		{name: "emergency/pidflo", imports: "net/url", faults: 1},
		{name: "emergency", imports: module + "/" + xmltree, faults: 1},
		{name: "emergency/lost", imports: module + "/emergency/lost/losttest", faults: 1},
		{name: engine, imports: module + "/emergency"},
		{name: engine, imports: module + "/" + porting},
		{name: engine, imports: module + "/emergency/lost", faults: 1},
		{name: engine, imports: module + "/" + memtable},
		{name: engine, imports: memdb, faults: 1},
		{name: engine, tests: memdb, faults: 1},
		{name: memtable, imports: memdb, tests: memdb},
		{name: memtable, imports: module + "/telephony/engine", faults: 1},
		{name: "telephony/adminfile", imports: module + "/telephony/engine"},
		{name: "telephony/adminfile", imports: module + "/telephony/engine/internal/memtable", faults: 1},
		{name: "telephony/adminfile", imports: module + "/telephony/telephonytest", faults: 1},
		{name: "telephony/adminfile", tests: module + "/telephony/telephonytest"},
		{name: "telephony/adminfile", tests: module + "/examples/quickstart", faults: 1},
		{name: "telephony/adminfile", imports: "pgregory.net/rapid", faults: 1},
		{name: "telephony/telephonytest", imports: "testing"},
		{name: "examples/walkthrough", imports: module + "/telephony/telephonytest"},
	} {
		p := listed{ImportPath: module + "/" + c.name}
		if c.imports != "" {
			p.Imports = []string{c.imports}
		}
		if c.tests != "" {
			p.XTestImports = []string{c.tests}
		}
		if found := p.arrows(); len(found) != c.faults {
			t.Errorf("%s imports %q, its tests %q: found %q, want %d", c.name, c.imports, c.tests, found, c.faults)
		}
	}
}

// announced returns what comments of a word announce, by file:line.
func announced(t *testing.T, word string) map[string][]string {
	t.Helper()
	comment := regexp.MustCompile(`// ` + word + `((?: "[^"]*")+)`)
	quoted := regexp.MustCompile(`"([^"]*)"`)
	wants := map[string][]string{}
	files, err := filepath.Glob(planted + "/*/*.go")
	deeper, _ := filepath.Glob(planted + "/*/*/*.go")
	if files = append(files, deeper...); err != nil || len(files) == 0 {
		t.Fatal("nothing is planted", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(planted, file)
		for i, line := range strings.Split(string(text), "\n") {
			if m := comment.FindStringSubmatch(line); m != nil {
				at := rel + ":" + strconv.Itoa(i+1)
				for _, q := range quoted.FindAllStringSubmatch(m[1], -1) {
					wants[at] = append(wants[at], q[1])
				}
			}
		}
	}
	return wants
}
