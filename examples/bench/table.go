package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// table is what a run found.
type table struct {
	Machine string
	Took    time.Duration
	LeftOut []absence
	Lines   []*line
	Bytes   []bytesOf
}

// absence says who did not take part, and why.
type absence struct{ Contender, Why string }

// bytesOf is how much a number takes.
type bytesOf struct {
	Contender, Number string
	Bytes             float64
}

// key says what a figure is of.
type key struct {
	Job, Contender string
	Callers        int // 0: not by callers
	Taken          int // of a thousand numbers of the stock
}

// line is a figure: the rounds it was measured in and what they come to.
type line struct {
	key
	Rounds []result
	// Operations a second; durations of one operation, and of a round.
	Median, Min, Max  float64
	P50, P99, Longest time.Duration
	Took, Least, Most time.Duration
}

func (t *table) add(k key, r result) {
	l := t.find(k)
	if l == nil {
		l = &line{key: k}
		t.Lines = append(t.Lines, l)
	}
	l.Rounds = append(l.Rounds, r)
	rates := figures(l.Rounds, result.perSecond)
	l.Median, l.Min, l.Max = median(rates), slices.Min(rates), slices.Max(rates)
	tooks := figures(l.Rounds, func(r result) time.Duration { return r.Took })
	l.Took, l.Least, l.Most = median(tooks), slices.Min(tooks), slices.Max(tooks)
	l.P50 = median(figures(l.Rounds, func(r result) time.Duration { return r.P50 }))
	l.P99 = median(figures(l.Rounds, func(r result) time.Duration { return r.P99 }))
	l.Longest = median(figures(l.Rounds, func(r result) time.Duration { return r.Max }))
}

func (t *table) find(k key) *line {
	i := slices.IndexFunc(t.Lines, func(l *line) bool { return l.key == k })
	if i < 0 {
		return nil
	}
	return t.Lines[i]
}

func figures[F any](rounds []result, figure func(result) F) []F {
	all := make([]F, len(rounds))
	for i, r := range rounds {
		all[i] = figure(r)
	}
	return all
}

// median returns the middle one, of an even count the mean of the middle two.
func median[F float64 | time.Duration](all []F) F {
	sorted := slices.Sorted(slices.Values(all))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// describe says what the run is on.
func describe() string {
	var parts []string
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for l := range strings.Lines(string(text)) {
			if name, ok := strings.CutPrefix(l, "model name"); ok {
				parts = append(parts, strings.Trim(name, " \t\n:"))
				break
			}
		}
	}
	parts = append(parts, fmt.Sprintf("%d processors", runtime.NumCPU()), runtime.GOOS+"/"+runtime.GOARCH, runtime.Version())
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if strings.HasSuffix(m.Path, "go-memdb") || strings.HasSuffix(m.Path, "go-sqlite3") {
				parts = append(parts, m.Path[strings.LastIndexByte(m.Path, '/')+1:]+" "+m.Version)
			}
		}
	}
	// Figures of a busy machine are not those of an idle one.
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ := strings.Cut(string(text), " ")
		parts = append(parts, "load "+load+" before")
	}
	return strings.Join(parts, ", ")
}

func (t *table) writeJSON(file string) error {
	text, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}
