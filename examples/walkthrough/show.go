package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/callingplan/telephony"
)

// width is how many columns a line takes at most.
const width = 100

// Colours of a terminal.
const (
	bold  = "1"
	red   = "31"
	green = "32"
)

// A screen writes for people to read. An error in writing is kept until flush.
type screen struct {
	w      *bufio.Writer
	colour bool
	now    func() time.Time // stands before what is done and refused
}

func newScreen(w io.Writer, colour bool) *screen {
	return &screen{w: bufio.NewWriter(w), colour: colour, now: time.Now}
}

func (s *screen) flush() error { return s.w.Flush() }

// hasColour reports whether w is a terminal whose user has not declined colour.
func hasColour(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// paint puts a text in colour, if there is colour.
func (s *screen) paint(colour, text string) string {
	if !s.colour {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

func (s *screen) line(text string) { fmt.Fprintln(s.w, strings.TrimRight(text, " ")) }

// heading begins a part of the walk.
func (s *screen) heading(text string) {
	s.line("")
	s.line(s.paint(bold, text))
	s.line(s.paint(bold, strings.Repeat("=", utf8.RuneCountInString(text))))
}

// say writes a paragraph.
func (s *screen) say(format string, args ...any) {
	s.line("")
	s.wrap("", "", fmt.Sprintf(format, args...))
}

// item writes a point of a list.
func (s *screen) item(format string, args ...any) { s.wrap("", "  - ", fmt.Sprintf(format, args...)) }

// done writes when something worked, refused when something did not, with every
// reason there is.
func (s *screen) done(format string, args ...any) {
	s.wrap(green, "  "+clockTime(s.now())+"  ok       ", fmt.Sprintf(format, args...))
}

func (s *screen) refused(what string, err error) {
	prefix := "  " + clockTime(s.now()) + "  refused  "
	s.wrap(red, prefix, what)
	for _, reason := range reasons(err) {
		s.wrap(red, strings.Repeat(" ", len(prefix))+"- ", reason.Error())
	}
}

// reasons returns every reason in an error of the library: a refusal for one
// reason is its own. No error has none.
func reasons(err error) []*telephony.Error {
	var refusal *telephony.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &refusal):
		return []*telephony.Error{{Err: err}}
	case len(refusal.Reasons) > 0:
		return refusal.Reasons
	}
	return []*telephony.Error{refusal}
}

// wrap writes a text behind a prefix, over as many lines as it takes.
func (s *screen) wrap(colour, prefix, text string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(prefix))
	line := prefix
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
			line += word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			s.line(s.paint(colour, line))
			line = indent + word
		default:
			line += " " + word
		}
	}
	s.line(s.paint(colour, line))
}

// table writes rows in columns, the first row as the header. Figures stand to
// the right, and what is too wide is cut off.
func (s *screen) table(rows ...[]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	s.line("")
	for r, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			if _, err := strconv.Atoi(cell); err == nil {
				fmt.Fprintf(&b, "  %*s", widths[i], cell)
			} else {
				fmt.Fprintf(&b, "  %-*s", widths[i], cell)
			}
		}
		line := strings.TrimRight(b.String(), " ")
		if letters := []rune(line); len(letters) > width {
			line = string(letters[:width-1]) + "…"
		}
		if r == 0 {
			line = s.paint(bold, line)
		}
		s.line(line)
	}
}

// block writes a text as it is, set in behind a rule.
func (s *screen) block(text string) {
	s.line("")
	for line := range strings.Lines(text) {
		s.line("  | " + strings.TrimRight(line, "\n"))
	}
}

// bar draws how much of a whole is left.
func bar(left, whole time.Duration) string {
	const cells = 30
	full := int(cells * left / whole)
	return strings.Repeat("█", full) + strings.Repeat("░", cells-full)
}

// minutes writes a time as a countdown does, to the nanosecond where it has to.
func minutes(d time.Duration) string {
	text := fmt.Sprintf("%d:%02d", d/time.Minute, d%time.Minute/time.Second)
	if rest := d % time.Second; rest != 0 {
		text += fmt.Sprintf(".%09d", rest)
	}
	return text
}

// clockTime writes a time of day, to the nanosecond where it has to.
func clockTime(t time.Time) string { return t.Format("15:04:05.999999999") }

func figure(n int64) string { return strconv.FormatInt(n, 10) }

// layouts are how numbers are grouped, a # for each digit, by what they begin
// with.
var layouts = []struct{ prefix, layout string }{
	{"+1", "+# ###-###-####"},
	{"+33", "+## # ## ## ## ##"},
	{"+4420", "+## ## #### ####"},
	{"+44808", "+## ### ### ####"},
}

// grouped writes a number in its international form with its digits in groups,
// where it is of a country we know how to group, and without groups elsewhere.
func grouped(n telephony.Number) string {
	text := n.String()
	for _, l := range layouts {
		if strings.HasPrefix(text, l.prefix) && strings.Count(l.layout, "#") == n.Len() {
			digits := text[1:]
			var b strings.Builder
			for _, c := range l.layout {
				if c == '#' {
					c, digits = rune(digits[0]), digits[1:]
				}
				b.WriteRune(c)
			}
			return b.String()
		}
	}
	return text
}
