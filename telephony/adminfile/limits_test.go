package adminfile_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"example.com/callingplan/telephony/adminfile"
)

var errDisk = errors.New("disk on fire")

// A file is read within its limits, or said to go beyond them.
func TestLimits(t *testing.T) {
	rows := func(n int) string { return "Person,Number\n" + strings.Repeat("adele,+12065550100\n", n) }
	with := func(set func(*adminfile.Limits)) adminfile.Option {
		l := adminfile.DefaultLimits()
		set(&l)
		return adminfile.WithLimits(l)
	}
	for name, test := range map[string]struct {
		source io.Reader
		option adminfile.Option
		rows   int
		want   []problem
	}{
		"as many rows as allowed": {strings.NewReader(rows(3)), with(func(l *adminfile.Limits) { l.Rows = 3 }), 3, nil},
		"a row more":              {strings.NewReader(rows(4)), with(func(l *adminfile.Limits) { l.Rows = 3 }), 3, []problem{{5, 0, "", adminfile.ErrFileRows}}},
		"as many bytes":           {strings.NewReader(rows(3)), with(func(l *adminfile.Limits) { l.Bytes = int64(len(rows(3))) }), 3, nil},
		"a byte more":             {strings.NewReader(rows(3)), with(func(l *adminfile.Limits) { l.Bytes = int64(len(rows(3))) - 1 }), 0, []problem{{1, 0, "", adminfile.ErrFileBytes}}},
		"as long a row":           {strings.NewReader(rows(3)), with(func(l *adminfile.Limits) { l.RowBytes = 19 }), 3, nil},
		"rows longer by a byte": {strings.NewReader(rows(2)), with(func(l *adminfile.Limits) { l.RowBytes = 18 }), 0,
			[]problem{{2, 0, "", adminfile.ErrRowTooLong}, {3, 0, "", adminfile.ErrRowTooLong}}},
		"a quote across a long file": {strings.NewReader("Person,Number\n\"adele,+12065550100\n" + rows(50)[14:]),
			with(func(l *adminfile.Limits) { l.RowBytes = 64 }), 50, []problem{{2, 0, "", adminfile.ErrQuoteUnclosed}}},
		"more problems than are kept": {strings.NewReader("Person,Number\n,\n" + strings.Repeat("x,\n", 5)), with(func(l *adminfile.Limits) { l.Problems = 2 }), 0,
			[]problem{{3, 3, "PhoneNumber", adminfile.ErrCellEmpty}, {4, 3, "PhoneNumber", adminfile.ErrCellEmpty}, {0, 0, "", adminfile.ErrFileProblems}}},
		"a source that fails":         {io.MultiReader(strings.NewReader(rows(2)), iotest.ErrReader(errDisk)), nil, 2, []problem{{4, 0, "", adminfile.ErrFileRead}}},
		"a source that gives nothing": {stuck{}, nil, 0, []problem{{1, 0, "", adminfile.ErrFileRead}}},
		"a source that lies":          {liar{}, nil, 0, []problem{{1, 0, "", adminfile.ErrFileRead}}},
		"no source":                   {nil, nil, 0, []problem{{0, 0, "", adminfile.ErrFileRead}}},
		"limits of nothing":           {strings.NewReader(rows(1)), adminfile.WithLimits(adminfile.Limits{}), 0, []problem{{0, 0, "limits", adminfile.ErrFileOption}}},
		"a limit below zero":          {strings.NewReader(rows(1)), with(func(l *adminfile.Limits) { l.Rows = -1 }), 0, []problem{{0, 0, "limits", adminfile.ErrFileOption}}},
		"no such form":                {strings.NewReader(rows(1)), adminfile.WithNumberForm(9), 0, []problem{{0, 0, "number form", adminfile.ErrFileOption}}},
		"no such separator":           {strings.NewReader(rows(1)), adminfile.WithSeparator('x'), 0, []problem{{0, 0, "separator", adminfile.ErrFileOption}}},
		"a separator of one's own":    {strings.NewReader("Person|Number\nadele|+12065550100\n"), adminfile.WithSeparator('|'), 1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var options []adminfile.Option
			if test.option != nil {
				options = append(options, test.option)
			}
			got, problems := readAll(t, adminfile.ReadAssignments(test.source, options...))
			wantProblems(t, problems, test.want...)
			if len(got) != test.rows {
				t.Errorf("%d rows, want %d", len(got), test.rows)
			}
		})
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

type liar struct{}

func (liar) Read(p []byte) (int, error) { return len(p) + 1, nil }

// A reader gives its rows once, and says so.
func TestRowsOnce(t *testing.T) {
	read := adminfile.ReadAssignments(file("Person,Number", "adele,+12065550100", "megan,+12065550101"))
	for range read.Rows() {
		break
	}
	rows, err := read.All()
	if len(rows) != 0 || !errors.Is(err, adminfile.ErrFileUsed) {
		t.Errorf("%v, %v", rows, err)
	}
	if h, err := read.Header(); err != nil || len(h.Columns) != 2 {
		t.Errorf("the header behind the rows: %+v, %v", h, err)
	}
}

// The error of a source can be found.
func TestCauseOfFailure(t *testing.T) {
	_, err := adminfile.ReadNumbers(iotest.ErrReader(errDisk)).All()
	if !errors.Is(err, errDisk) || !errors.Is(err, adminfile.ErrFileRead) {
		t.Error(err)
	}
	err = adminfile.WriteNumbers(iotestWriter{}, slices.Values([]adminfile.NumberRecord{{Number: number("+12065550100")}}))
	if !errors.Is(err, errDisk) || !errors.Is(err, adminfile.ErrFileWrite) {
		t.Error(err)
	}
	if err := adminfile.WriteNumbers(nil, nil); !errors.Is(err, adminfile.ErrFileWrite) {
		t.Error(err)
	}
	if err := adminfile.WriteNumbers(&bytes.Buffer{}, nil, adminfile.WithStyle(9)); !errors.Is(err, adminfile.ErrFileOption) {
		t.Error(err)
	}
}

type iotestWriter struct{}

func (iotestWriter) Write([]byte) (int, error) { return 0, errDisk }
