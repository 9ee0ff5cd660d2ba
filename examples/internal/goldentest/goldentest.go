// Package goldentest holds what an example prints to a file beside it.
package goldentest

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const golden = "testdata/output.golden"

var update = flag.Bool("update", false, "write "+golden+" anew")

// Compare fails the test where got is not what the golden file has. With
// -update it writes the file first.
func Compare(t *testing.T, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the output has changed (-want +got); -update writes it anew:\n%s", diff)
	}
}
