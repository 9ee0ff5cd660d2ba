package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// found is a table in which the rates are those given, for one caller and for
// sixteen.
func found(rates map[string]int) *table {
	t := &table{Machine: "a machine <of> no \"account\""}
	for _, e := range field {
		if n, ok := rates[e.name]; ok {
			for _, callers := range []int{1, 16} {
				t.add(key{Job: "reserve", Contender: e.name, Callers: callers}, result{Ops: n, Took: time.Second, P99: 2 * time.Millisecond})
			}
		}
	}
	return t
}

func TestMedianAndSpread(t *testing.T) {
	var found table
	k := key{Job: "reserve", Contender: "engine", Callers: 1}
	for _, ops := range []int{500, 100, 900, 300, 700} {
		found.add(k, result{Ops: ops, Took: time.Second})
	}
	found.add(key{Job: "reserve", Contender: "engine", Callers: 4}, result{Ops: 1, Took: time.Second})
	l := found.find(k)
	if l.Median != 500 || l.Min != 100 || l.Max != 900 || len(l.Rounds) != 5 {
		t.Errorf("of 100 to 900: median %v, least %v, most %v of %d rounds", l.Median, l.Min, l.Max, len(l.Rounds))
	}
	if m := median([]float64{1, 2, 4, 100}); m != 3 {
		t.Errorf("median of 1, 2, 4, 100 is %v, want the mean of the middle two", m)
	}
}

func TestTargets(t *testing.T) {
	tab := found(map[string]int{"engine": 40_000, "floor": 400_000, "redis": 10_000, "sqlite": 30_000, "postgres": 4_000})
	for what, want := range map[string]string{
		"reserve: engine / PostgreSQL without fsync, 1 caller": "as aimed at", // 10 of 5 and 9
		"reserve: engine / Redis, 16 callers":                  "enough",      // 4 of 4 and 8
		"reserve: engine / SQLite without sync, 1 caller":      "NOT ENOUGH",  // 1.3 of 2 and 4
		"reserve: floor / engine, 16 callers":                  "NOT ENOUGH",  // 10, at most 8
		"reserve: p99, 16 callers":                             "enough",      // 2 ms, at most 5
		"load ten million numbers":                             "",
	} {
		for _, goal := range targets {
			if goal.what != what {
				continue
			}
			got, verdict := "", ""
			if figure, ok := goal.found(tab); ok {
				got, verdict = whole(figure), goal.verdict(figure)
			}
			if verdict != want {
				t.Errorf("%s: %q with %s, want %q", what, verdict, got, want)
			}
			want = "found"
		}
		if want != "found" {
			t.Errorf("there is no target %q", what)
		}
	}
}

func TestFiguresAreReadable(t *testing.T) {
	for f, want := range map[float64]string{0: "0", 7.4: "7", 999: "999", 1234: "1,230", 39_460: "39,500", 1_264_999: "1,260,000", 999_600: "1,000,000"} {
		if got := whole(f); got != want {
			t.Errorf("%v reads %q, want %q", f, got, want)
		}
	}
	for d, want := range map[time.Duration]string{0: "0s", 999: "999ns", 12_345: "12.3µs", 1_999_999: "2ms", 12_345_678_901: "12.3s"} {
		if got := short(d).String(); got != want {
			t.Errorf("%d ns reads %q, want %q", d, got, want)
		}
	}
	fast, slow := &line{Median: 1000}, &line{Median: 400}
	for got, want := range map[string]string{share(slow, fast): "1/2.5", share(fast, slow): "2.5 times", share(fast, fast): "", share(fast, nil): ""} {
		if got != want {
			t.Errorf("a share reads %q, want %q", got, want)
		}
	}
}

// TestChart reads the picture as an XML reader does.
func TestChart(t *testing.T) {
	rates := map[string]int{"engine": 40_000, "floor": 400_000, "redis": 10_000, "postgres": 4_000}
	picture := found(rates).chart("go run . -full")
	type bar struct {
		Width int    `xml:"width,attr"`
		Fill  string `xml:"fill,attr"`
	}
	var svg struct {
		Bars  []bar    `xml:"rect"`
		Texts []string `xml:"text"`
	}
	d := xml.NewDecoder(strings.NewReader(strings.TrimSpace(picture)))
	if err := d.Decode(&svg); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		t.Errorf("behind the picture: %v", err)
	}
	if len(svg.Bars) != 2*len(rates) {
		t.Fatalf("%d bars, want one for each of %d contenders, twice", len(svg.Bars), len(rates))
	}
	// In the order of the field: engine, floor, redis, postgres. A tenth is as
	// much shorter wherever it is on the scale.
	engine, floor, redis, postgres := svg.Bars[0], svg.Bars[1], svg.Bars[2], svg.Bars[3]
	if tenth := floor.Width - engine.Width; tenth < 100 || abs(tenth-(engine.Width-postgres.Width)) > 1 || redis.Width >= engine.Width {
		t.Errorf("bars of 40,000, 400,000, 10,000 and 4,000 are %d, %d, %d and %d wide", engine.Width, floor.Width, redis.Width, postgres.Width)
	}
	if engine.Fill == redis.Fill {
		t.Error("the engine's bar looks like any other")
	}
	all := strings.Join(svg.Texts, "\n")
	for _, want := range []string{"400,000", "40,000  (1/10 of the floor)", "4,000  (1/100 of the floor)", "go run . -full", "a machine <of> no \"account\"", "One caller", "16 callers"} {
		if !strings.Contains(all, want) {
			t.Errorf("the picture does not say %q; it says\n%s", want, all)
		}
	}
}

func abs(n int) int { return max(n, -n) }
