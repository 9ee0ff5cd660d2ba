package main

import (
	"fmt"
	"io"
	"time"
)

// target is a ratio or a figure that the engine has to reach, and one that it
// aims at.
type target struct {
	what      string
	must, aim float64
	unit      string
	atLeast   bool // else at most
	found     func(*table) (float64, bool)
}

var targets = []target{
	{"reserve: engine / PostgreSQL without fsync, 1 caller", 5, 9, "times", true, ratio("reserve", "engine", "postgres", 1)},
	{"reserve: engine / PostgreSQL without fsync, 16 callers", 8, 20, "times", true, ratio("reserve", "engine", "postgres", 16)},
	{"reserve: engine / Redis, 16 callers", 4, 8, "times", true, ratio("reserve", "engine", "redis", 16)},
	{"reserve: engine / SQLite without sync, 1 caller", 2, 4, "times", true, ratio("reserve", "engine", "sqlite", 1)},
	{"reserve: engine / SQLite without sync, 16 callers", 6, 10, "times", true, ratio("reserve", "engine", "sqlite", 16)},
	{"reserve: floor / engine, 16 callers", 8, 4, "times", false, ratio("reserve", "floor", "engine", 16)},
	{"reserve: cost at 99 percent full / empty", 3, 1.5, "times", false, func(t *table) (float64, bool) {
		return quotient(t.engine("reserve when full", 1, 0), t.engine("reserve when full", 1, 990), rateOf)
	}},
	{"reserve: p99, 16 callers", 5, 1, "ms", false, func(t *table) (float64, bool) {
		return figure(t.engine("reserve", 16, 0), func(l *line) time.Duration { return l.P99 })
	}},
	{"a free number", 2, 1, "bytes", false, bytesFound("free")},
	{"a held number", 150, 100, "bytes", false, bytesFound("held")},
	{"an assigned number", 900, 100, "bytes", false, bytesFound("assigned")},
	{"load ten million numbers", 500, 100, "ms", false, func(t *table) (float64, bool) {
		return figure(t.engine("load 10M", 0, 0), func(l *line) time.Duration { return l.Took })
	}},
	{"100,000 holds run out at once: all given back", 2000, 1000, "ms", false, func(t *table) (float64, bool) {
		l := t.engine("expire", 0, 0)
		if l == nil || l.Rounds[0].Ops != fullPlan.due {
			return 0, false
		}
		return figure(l, func(l *line) time.Duration { return l.Took })
	}},
	{"100,000 holds run out at once: longest wait of a writer", 20, 5, "ms", false, func(t *table) (float64, bool) {
		l := t.engine("reserve meanwhile", expireWriters, 0)
		if due := t.engine("expire", 0, 0); due == nil || due.Rounds[0].Ops != fullPlan.due {
			return 0, false
		}
		return figure(l, func(l *line) time.Duration { return l.Longest })
	}},
}

func (t *table) engine(job string, callers, taken int) *line {
	return t.find(key{Job: job, Contender: "engine", Callers: callers, Taken: taken})
}

func rateOf(l *line) float64 { return l.Median }

// ratio compares the rates of two contenders.
func ratio(job, over, under string, callers int) func(*table) (float64, bool) {
	return func(t *table) (float64, bool) {
		return quotient(t.find(key{Job: job, Contender: over, Callers: callers}),
			t.find(key{Job: job, Contender: under, Callers: callers}), rateOf)
	}
}

func quotient(over, under *line, of func(*line) float64) (float64, bool) {
	if over == nil || under == nil || of(under) == 0 {
		return 0, false
	}
	return of(over) / of(under), true
}

// figure returns a duration in milliseconds.
func figure(l *line, of func(*line) time.Duration) (float64, bool) {
	if l == nil {
		return 0, false
	}
	return of(l).Seconds() * 1000, true
}

func bytesFound(number string) func(*table) (float64, bool) {
	return func(t *table) (float64, bool) {
		for _, b := range t.Bytes {
			if b.Contender == "engine" && b.Number == number {
				return b.Bytes, true
			}
		}
		return 0, false
	}
}

// verdict says how a figure stands to what is needed.
func (t target) verdict(found float64) string {
	reaches := func(bound float64) bool { return found == bound || (found > bound) == t.atLeast }
	switch {
	case reaches(t.aim):
		return "as aimed at"
	case reaches(t.must):
		return "enough"
	}
	return "NOT ENOUGH"
}

func (t *table) printTargets(w io.Writer) {
	fmt.Fprintln(w, "\nwhat the engine has to reach")
	fmt.Fprintln(w, padded("target")+"\tneeded\taimed at\tfound\t")
	for _, goal := range targets {
		found, ok := goal.found(t)
		if !ok {
			fmt.Fprintf(w, "%s\t%g\t%g\t-\t  %s, not measured\n", padded(goal.what), goal.must, goal.aim, goal.unit)
			continue
		}
		fmt.Fprintf(w, "%s\t%g\t%g\t%.3g\t  %s, %s\n", padded(goal.what), goal.must, goal.aim, found, goal.unit, goal.verdict(found))
	}
}

func padded(what string) string { return fmt.Sprintf("%-56s", what) }
