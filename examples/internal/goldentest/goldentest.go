// Package goldentest holds what an example prints to a file beside it, and to what
// the rules say.
package goldentest

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"regexp"
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

// Output is what an example's run prints.
func Output(t *testing.T, run func(context.Context, io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := run(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Rules fails the test for each rule, by its name, whose pattern is nowhere in got:
// what a golden file that was written anew would not notice.
func Rules(t *testing.T, got string, rules map[string]string) {
	t.Helper()
	for rule, pattern := range rules {
		if !regexp.MustCompile(pattern).MatchString(got) {
			t.Errorf("%s: nothing of %s in:\n%s", rule, pattern, got)
		}
	}
}
