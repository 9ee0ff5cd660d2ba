package adminfile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
)

// secrets are parts of what no print or log may show.
var secrets = []string{"anary", "2065550", "5550137", "Hidden", "1.2E+10", "99Z99"}

func wantMasked(t *testing.T, name string, value any) {
	t.Helper()
	var logged, lines bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "v", value)
	slog.New(slog.NewTextHandler(&lines, nil)).Info("x", "v", value)
	for _, text := range []string{fmt.Sprint(value), fmt.Sprintf("%v", value), fmt.Sprintf("%+v", value), fmt.Sprintf("%#v", value), fmt.Sprintf("%s", value),
		logged.String(), lines.String()} {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q: %s", name, secret, text)
			}
		}
	}
}

// However a row, a plan or an error is printed or logged, it tells no number,
// no person and no address.
func TestNothingTellsACanary(t *testing.T) {
	n := number("+12065550137")
	assignment := adminfile.Assignment{Person: "canary@contoso.example", Number: n, Location: "l-1"}
	result := adminfile.Result{Line: 2, Assignment: assignment, Typed: adminfile.Cells{{Column: "PhoneNumber", Text: "1.2E+10"}},
		State: adminfile.Stale, Reasons: []*telephony.Error{{Code: adminfile.ErrPlanStale, Person: "canary", Numbers: telephony.NumberList{n}}}}
	for name, value := range map[string]any{
		"assignment": assignment, "record": adminfile.NumberRecord{Number: n, Target: "canary", PlaceName: "Hidden"},
		"entry": adminfile.Entry{Numbers: telephony.MustParseRange("+12065550137"), Typed: "206 5550137"},
		"stock": adminfile.StockRow{Numbers: telephony.MustParseRange("+12065550137..+12065550138"), Area: telephony.Area{Country: "US"}},
		"stock result": adminfile.StockResult{Line: 2, Stock: adminfile.StockRow{Numbers: telephony.MustParseRange("+12065550137")},
			Typed: adminfile.Cells{{Column: "First", Text: "1.2E+10"}}, Reasons: []*telephony.Error{{Code: adminfile.ErrStockNumbers, Numbers: telephony.NumberList{n}}}},
		"stock results": adminfile.StockResults{{Stock: adminfile.StockRow{Numbers: telephony.MustParseRange("+12065550137")}}},
		"address":       adminfile.CivicAddress{Address: emergency.Address{Country: "US", Street: "Hidden", Company: "Canary"}},
		"cell":          adminfile.Cell{Column: "Person", Text: "canary"}, "cells": adminfile.Cells{{Column: "Person", Text: "canary"}}, "result": result, "results": adminfile.Results{result},
		"row": adminfile.Row[adminfile.Assignment]{Line: 3, Value: assignment, Extra: adminfile.Cells{{Column: "x", Text: "Hidden"}},
			Refused: adminfile.Cells{{Column: "Number", Text: "1.2E+10"}}},
	} {
		wantMasked(t, name, value)
	}
	w := newWorld(t)
	plan := w.plan(row("canary", number("+12065550137"), ""), row("canary", number("+12065550137"), "l 1"), "canary,1.2E+10,canary Hidden")
	wantMasked(t, "plan", plan)
	for _, r := range append(plan.Rows(), plan.Apply(w.ctx, w.org)...) {
		wantMasked(t, "row of a plan", r)
		for _, reason := range r.Reasons {
			wantMasked(t, "reason", reason)
			b, err := json.Marshal(reason)
			if err != nil || strings.Contains(string(b), "anary") {
				t.Errorf("as JSON: %s, %v", b, err)
			}
		}
	}
	read := adminfile.ReadAssignments(file("Person,Number", "canary,+12065550137", "canary Hidden,+1206555013799Z99", `can"ary,+12065550137`))
	rows, err := read.All()
	wantMasked(t, "error", err)
	wantMasked(t, "rows", rows)
	wantMasked(t, "reader", read)
}
