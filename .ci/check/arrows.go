package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

const (
	engine    = "telephony/engine"
	memtable  = engine + "/internal/memtable"
	ordered   = engine + "/internal/ordered"
	adminfile = "telephony/adminfile"
	porting   = "telephony/porting"
	xmltree   = "emergency/internal/xmltree"
	locxml    = "emergency/internal/locxml"
)

// mayImport says which packages of the module a package may import, tests
// aside. A pattern that ends in /... stands for what is below it.
var mayImport = map[string][]string{
	"telephony":        {},
	"licensing":        {"telephony"},
	"reservation":      {"telephony"},
	"emergency":        {"telephony"},
	porting:            {"telephony"},
	xmltree:            {"telephony"},
	locxml:             {"telephony", "emergency", xmltree},
	"emergency/pidflo": {"telephony", "emergency", xmltree, locxml},
	"emergency/lost":   {"telephony", "emergency", "emergency/pidflo", xmltree, locxml},
	engine:             {"telephony", "licensing", "reservation", "emergency", porting, engine + "/internal/..."},
	memtable:           {"telephony", ordered},
	ordered:            {},
	adminfile:          {"telephony", "emergency", porting, engine},
}

// pure packages know neither files nor the network nor chance.
var pure = []string{"telephony", "licensing", "reservation", "emergency", porting, "emergency/pidflo", xmltree, locxml}

// reachesOut are the standard packages that pure ones do without, with all
// that is below them.
var reachesOut = []string{"os", "net", "syscall", "math/rand", "crypto/rand", "database/sql"}

// forTests are the modules that only tests may bring in.
var forTests = []string{"testing", "pgregory.net/rapid", "github.com/google/go-cmp", "go.uber.org/goleak",
	"github.com/anishathalye/porcupine"}

// arrows returns what the package imports that it may not.
func (p listed) arrows() []string {
	name := p.name()
	var found []string
	for _, i := range p.Imports {
		if why := p.forbidden(name, i); why != "" {
			found = append(found, fmt.Sprintf("%s imports %s: %s", name, i, why))
		}
	}
	for _, i := range slices.Concat(p.TestImports, p.XTestImports) {
		if why := forbiddenEverywhere(name, i); why != "" {
			found = append(found, fmt.Sprintf("the tests of %s import %s: %s", name, i, why))
		}
	}
	return found
}

// name is the import path below the module's.
func (p listed) name() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

func (p listed) forbidden(name, imported string) string {
	if why := forbiddenEverywhere(name, imported); why != "" {
		return why
	}
	if below(imported, forTests) && !testPackage(name) {
		return "only tests and packages for tests may"
	}
	if slices.Contains(pure, name) && imported != "database/sql/driver" && below(imported, reachesOut) {
		return "a pure package reaches out"
	}
	inside, ours := strings.CutPrefix(imported, module+"/")
	if !ours {
		return ""
	}
	if testPackage(inside) && !testPackage(name) && !isExample(name) {
		return "a package for tests, imported by what is none"
	}
	if allowed, ruled := mayImport[name]; ruled && !matches(inside, allowed) {
		return "it may import of the module " + orNothing(allowed)
	}
	return ""
}

// forbiddenEverywhere is what tests may not import either.
func forbiddenEverywhere(name, imported string) string {
	switch inside := strings.TrimPrefix(imported, module+"/"); {
	case below(imported, []string{"github.com/hashicorp/go-memdb"}) && name != memtable:
		return "only " + memtable + " may"
	case isExample(inside) && inside != imported && !isExample(name):
		return "nothing imports an example"
	}
	return ""
}

func testPackage(name string) bool { return strings.HasSuffix(path.Base(name), "test") }

func isExample(name string) bool { return below(name, []string{"examples"}) }

// below reports whether a path is one of the roots or below one.
func below(p string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return p == root || strings.HasPrefix(p, root+"/")
	})
}

func matches(p string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		root, deep := strings.CutSuffix(pattern, "/...")
		return p == pattern || deep && strings.HasPrefix(p, root+"/")
	})
}

func orNothing(allowed []string) string {
	if len(allowed) == 0 {
		return "nothing"
	}
	return "only " + strings.Join(allowed, ", ")
}
