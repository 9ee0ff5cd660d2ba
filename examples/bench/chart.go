package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// The chart's measures, in the units of its picture.
const (
	chartWidth = 860
	labelRoom  = 220
	figureRoom = 190
	barHeight  = 18
	barStep    = 24
)

// The colours stand out from white and from black alike.
const (
	inkColour   = "#7a7f87"
	gridColour  = "#7a7f8744"
	otherColour = "#8a94a6"
	ourColour   = "#d9822b"
	floorColour = "#3f9b8f"
)

// chart draws the rates of reserving as bars on a logarithmic scale.
func (t *table) chart(command string) string {
	var body strings.Builder
	y := 30
	text := func(x, y int, anchor, more, s string) {
		fmt.Fprintf(&body, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\"%s>%s</text>\n", x, y, anchor, more, html.EscapeString(s))
	}
	text(10, y, "start", ` font-weight="bold" font-size="15"`, "Ten numbers held: how often in a second")
	y += 8
	on := t.chartScale()
	for _, callers := range []int{1, mostCallers} {
		y = t.chartPart(&body, text, on, callers, y+24)
	}
	y += 22
	text(10, y, "start", ` font-size="11"`, "Logarithmic; medians of rounds in one run. "+t.Machine)
	y += 16
	text(10, y, "start", ` font-size="11"`, "Made by: "+command)
	return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "+
		"font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"%s\" role=\"img\">\n"+
		"<title>Reservations of ten numbers a second, by contender</title>\n%s</svg>\n",
		chartWidth, y+14, chartWidth, y+14, inkColour, body.String())
}

// scale is between two powers of ten.
type scale struct{ low, high float64 }

// chartScale has room for every rate in the chart.
func (t *table) chartScale() scale {
	s := scale{math.Inf(1), math.Inf(-1)}
	for _, l := range t.Lines {
		if l.Job == "reserve" && l.Median > 0 {
			power := math.Log10(l.Median)
			s.low, s.high = min(s.low, math.Floor(power)), max(s.high, math.Ceil(power))
		}
	}
	return s
}

// at returns where on the picture's width a rate is.
func (s scale) at(rate float64) int {
	part := (math.Log10(max(rate, 1)) - s.low) / (s.high - s.low)
	return labelRoom + int(max(part, 0.005)*(chartWidth-labelRoom-figureRoom))
}

// chartPart draws the bars for so many callers and returns where it ended.
func (t *table) chartPart(body *strings.Builder, text func(x, y int, anchor, more, s string), on scale, callers, y int) int {
	text(10, y, "start", ` font-weight="bold"`, plural(callers))
	top, rows := y+8, 0
	floor := t.find(key{Job: "reserve", Contender: "floor", Callers: callers})
	for _, e := range field {
		l := t.find(key{Job: "reserve", Contender: e.name, Callers: callers})
		if l == nil {
			continue
		}
		colour := otherColour
		switch e.name {
		case "engine":
			colour = ourColour
		case "floor":
			colour = floorColour
		}
		barTop := top + rows*barStep
		text(labelRoom-8, barTop+barHeight-5, "end", "", shortLabels[e.name])
		fmt.Fprintf(body, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" fill=\"%s\"/>\n",
			labelRoom, barTop, on.at(l.Median)-labelRoom, barHeight, colour)
		figure := whole(l.Median)
		if s := share(l, floor); s != "" {
			figure += "  (" + s + " of the floor)"
		}
		text(on.at(l.Median)+6, barTop+barHeight-5, "start", "", figure)
		rows++
	}
	bottom := top + rows*barStep
	for power := on.low; power <= on.high; power++ {
		x := on.at(math.Pow(10, power))
		fmt.Fprintf(body, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"/>\n", x, top-2, x, bottom, gridColour)
		text(x, bottom+13, "middle", ` font-size="11"`, whole(math.Pow(10, power)))
	}
	return bottom + 16
}

func plural(callers int) string {
	if callers == 1 {
		return "One caller"
	}
	return fmt.Sprintf("%d callers", callers)
}

var shortLabels = map[string]string{
	"engine":         "this engine, everything on",
	"floor":          "maps and a mutex (the floor)",
	"memdb":          "go-memdb, a row a number",
	"sqlite":         "SQLite, sync off",
	"sqlite-full":    "SQLite, sync full",
	"redis":          "Redis, no persistence",
	"postgres":       "PostgreSQL, fsync off",
	"postgres-fsync": "PostgreSQL, fsync on",
}
