package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/samber/lo"
)

// print writes the table as text.
func (t *table) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s; %v in all\n", t.Machine, t.Took)
	for _, a := range t.LeftOut {
		fmt.Fprintf(w, "left out: %s: %s\n", a.Contender, a.Why)
	}
	for _, group := range groups(t.Lines) {
		fmt.Fprintf(w, "\n%s\n", titleOf(group[0].key))
		if group[0].Callers == 0 {
			printDurations(w, group)
		} else {
			t.printRates(w, group)
		}
	}
	t.printBytes(w)
	t.printTargets(w)
	return w.Flush()
}

// name pads a contender's name: the columns are flush on the right, names on
// the left.
func name(contender string) string { return fmt.Sprintf("%-14s", contender) }

func printDurations(w io.Writer, group []*line) {
	fmt.Fprintln(w, name("contender")+"\trounds\tmedian\tleast\tmost\t")
	for _, l := range group {
		fmt.Fprintf(w, "%s\t%d\t%v\t%v\t%v\t\n", name(l.Contender), len(l.Rounds), short(l.Took), short(l.Least), short(l.Most))
	}
}

func (t *table) printRates(w io.Writer, group []*line) {
	fmt.Fprintln(w, name("contender")+"\trounds\ta second\tleast\tmost\tof the floor\tp50\tp99\tlongest\t")
	for _, l := range group {
		floor := t.find(key{Job: l.Job, Contender: "floor", Callers: l.Callers, Taken: l.Taken})
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%v\t%v\t%v\t%s\n", name(l.Contender), len(l.Rounds),
			whole(l.Median), whole(l.Min), whole(l.Max), share(l, floor), short(l.P50), short(l.P99), short(l.Longest), shortOf(l))
	}
}

// groups are the lines of one job each, side by side.
func groups(lines []*line) [][]*line {
	of := func(l *line) key { return key{Job: l.Job, Callers: l.Callers, Taken: l.Taken} }
	by := lo.GroupBy(lines, of)
	return lo.Map(lo.UniqBy(lines, of), func(l *line, _ int) []*line { return by[of(l)] })
}

var titles = map[string]string{
	"reserve":           "reserve ten of a random area",
	"acquire":           "acquire three of ten, the rest goes back",
	"assign":            "assign a number to a person",
	"release":           "release three numbers",
	"reserve when full": "reserve ten",
	"load 1M":           "load one million numbers",
	"load 10M":          "load ten million numbers",
	"expire":            "give back all holds that run out at one instant",
	"reserve meanwhile": "reserve ten meanwhile, a thousand times a second each at most",
}

func titleOf(k key) string {
	title := titles[k.Job]
	if k.Job == "reserve when full" {
		title += fmt.Sprintf(" where %g percent is taken", float64(k.Taken)/10)
	}
	switch k.Callers {
	case 0:
	case 1:
		title += ", one caller"
	default:
		title += fmt.Sprintf(", %d callers", k.Callers)
	}
	return title
}

func (t *table) printBytes(w io.Writer) {
	if len(t.Bytes) == 0 {
		return
	}
	by := lo.GroupBy(t.Bytes, func(b bytesOf) string { return b.Contender })
	fmt.Fprintln(w, "\nbytes a number")
	fmt.Fprintln(w, name("contender")+"\tfree\theld\tassigned\t")
	for _, first := range lo.UniqBy(t.Bytes, func(b bytesOf) string { return b.Contender }) {
		of := lo.SliceToMap(by[first.Contender], func(b bytesOf) (string, float64) { return b.Number, b.Bytes })
		fmt.Fprintf(w, "%s\t%.2f\t%.0f\t%.0f\t\n", name(first.Contender), of["free"], of["held"], of["assigned"])
	}
}

// share returns a rate in relation to the floor's.
func share(l, floor *line) string {
	switch {
	case floor == nil || floor == l || floor.Median == 0 || l.Median == 0:
		return ""
	case l.Median > floor.Median:
		return fmt.Sprintf("%.1f times", l.Median/floor.Median)
	}
	return "1/" + strconv.FormatFloat(floor.Median/l.Median, 'f', lo.Ternary(floor.Median/l.Median < 10, 1, 0), 64)
}

// shortOf tells of operations that found no numbers.
func shortOf(l *line) string {
	missed := lo.SumBy(l.Rounds, func(r result) int { return r.Short })
	return lo.Ternary(missed == 0, "", fmt.Sprintf("  %d found none", missed))
}

// whole returns a figure with three digits that count, with commas.
func whole(f float64) string {
	unit := 1.0
	for math.Round(f/unit) >= 1000 {
		unit *= 10
	}
	n := int64(math.Round(f/unit) * unit)
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// short returns a duration with three digits that count.
func short(d time.Duration) time.Duration {
	for unit := time.Duration(1); ; unit *= 10 {
		if d < 1000*unit {
			return d.Round(unit)
		}
	}
}
