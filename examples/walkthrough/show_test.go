package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/callingplan/telephony"
)

func TestMinutes(t *testing.T) {
	for _, test := range []struct {
		left time.Duration
		want string
	}{
		{10 * time.Minute, "10:00"},
		{9 * time.Minute, "9:00"},
		{9*time.Minute + 5*time.Second, "9:05"},
		{time.Nanosecond, "0:00.000000001"},
		{10*time.Minute - 1, "9:59.999999999"},
		{0, "0:00"},
	} {
		if got := minutes(test.left); got != test.want {
			t.Errorf("%v: %s, want %s", test.left, got, test.want)
		}
	}
}

func TestBar(t *testing.T) {
	for _, test := range []struct {
		left time.Duration
		full int
	}{{10 * time.Minute, 30}, {9 * time.Minute, 27}, {5 * time.Minute, 15}, {time.Nanosecond, 0}, {0, 0}} {
		want := strings.Repeat("█", test.full) + strings.Repeat("░", 30-test.full)
		if got := bar(test.left, 10*time.Minute); got != want {
			t.Errorf("%v: %s, want %s", test.left, got, want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for number, want := range map[string]string{
		"+12065550100":  "+1 206-555-0100",
		"+33199000000":  "+33 1 99 00 00 00",
		"+442079460000": "+44 20 7946 0000",
		"+448081570000": "+44 808 157 0000",
		"+441632960000": "+441632960000",
		"+493023125000": "+493023125000",
	} {
		got := grouped(telephony.MustParse(number))
		if got != want {
			t.Errorf("%s: %s, want %s", number, got, want)
		}
		if again, err := telephony.Parse(got); err != nil || again != telephony.MustParse(number) {
			t.Errorf("%s is not read back: %v, %v", got, again, err)
		}
	}
}

func TestWrap(t *testing.T) {
	var b bytes.Buffer
	s := newScreen(&b, false)
	s.item("%s", strings.Repeat("éléphant ", 30))
	if err := s.flush(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	for i, line := range lines {
		begin := "    é"
		if i == 0 {
			begin = "  - é"
		}
		if !strings.HasPrefix(line, begin) || len([]rune(line)) > width {
			t.Errorf("line %d: %q", i, line)
		}
	}
	if got := strings.Count(b.String(), "éléphant"); got != 30 {
		t.Errorf("%d words of 30", got)
	}
}

func TestTable(t *testing.T) {
	var b bytes.Buffer
	s := newScreen(&b, false)
	s.table([]string{"Name", "Free"}, []string{"Zoë", "7"}, []string{"a", "1000"}, []string{"b", strings.Repeat("x", 200)})
	if err := s.flush(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")[1:]
	if lines[0] != "  Name  Free" || !strings.HasPrefix(lines[1], "  Zoë   ") || !strings.HasPrefix(lines[3], "  b     xxx") {
		t.Errorf("the columns do not stand below each other:\n%s", b.String())
	}
	if n := len([]rune(lines[3])); n != width || !strings.HasSuffix(lines[3], "…") {
		t.Errorf("a row of %d columns, want it cut to %d", n, width)
	}
}

// broken is a place to write to that fails.
type broken struct{}

var errBroken = errors.New("the pipe is broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestBrokenPipe(t *testing.T) {
	if err := run(t.Context(), broken{}, false, paths{}); !errors.Is(err, errBroken) {
		t.Errorf("%v, want %v", err, errBroken)
	}
}
