package adminfile_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// problem is what a test looks at in an error: the place, the column and the
// code.
type problem struct {
	line, column int
	field        string
	code         telephony.Code
}

// problemsOf takes an error apart.
func problemsOf(t interface{ Fatalf(string, ...any) }, err error) []problem {
	if err == nil {
		return nil
	}
	var e *telephony.Error
	if !errors.As(err, &e) {
		t.Fatalf("not the one error type: %v", err)
	}
	var found []problem
	for _, p := range e.All() {
		found = append(found, problem{p.Line, p.Column, p.Field, p.Code})
	}
	return found
}

// readAll reads a file that a test wrote down.
func readAll[T any](t testing.TB, read *adminfile.Reader[T]) ([]T, []problem) {
	t.Helper()
	rows, err := read.All()
	var values []T
	for _, row := range rows {
		values = append(values, row.Value)
	}
	return values, problemsOf(t, err)
}

// file joins lines as most programs do.
func file(lines ...string) *strings.Reader {
	return strings.NewReader(strings.Join(lines, "\n") + "\n")
}

func number(text string) telephony.Number { return telephony.MustParse(text) }

func wantProblems(t testing.TB, got []problem, want ...problem) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("problems:\n got %v\nwant %v", got, want)
	}
}
