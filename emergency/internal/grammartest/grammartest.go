// Package grammartest checks XML documents by the grammars of the standards,
// for the tests of what writes them. The grammars are in RELAX NG, written for
// these tests after those of RFC 5222, RFC 5139, RFC 6848, RFC 4119, RFC 3863,
// RFC 4479 and RFC 7459.
package grammartest

import (
	"embed"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

//go:embed grammars/*.rng
var grammars embed.FS

// The grammars.
const (
	PIDFLO = "pidflo.rng"
	LoST   = "lost.rng"
)

// Check fails a test whose document is not valid by a grammar. Without xmllint
// (package libxml2-utils) the order of elements is checked alone, and the test's
// log says so.
func Check(tb testing.TB, grammar string, doc []byte) {
	tb.Helper()
	if err := CheckOrder(doc); err != nil {
		tb.Errorf("%v:\n%s", err, doc)
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		tb.Log("xmllint is not installed: of the grammar the order of elements is checked alone")
		return
	}
	if out, err := Lint(tb, grammar, doc); err != nil {
		tb.Errorf("not valid by %s:\n%s\n%s", grammar, out, doc)
	}
}

// Lint runs xmllint on a document and returns what it says.
func Lint(tb testing.TB, grammar string, doc []byte) ([]byte, error) {
	tb.Helper()
	dir := tb.TempDir() // xmllint reads files, and the grammars include each other
	entries, err := grammars.ReadDir("grammars")
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		text, err := grammars.ReadFile("grammars/" + e.Name())
		if err != nil {
			tb.Fatal(err)
		}
		write(tb, filepath.Join(dir, e.Name()), text)
	}
	path := filepath.Join(dir, "document.xml")
	write(tb, path, doc)
	return exec.Command("xmllint", "--nonet", "--noout", "--relaxng", filepath.Join(dir, grammar), path).CombinedOutput()
}

func write(tb testing.TB, path string, text []byte) {
	tb.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		tb.Fatal(err)
	}
}
