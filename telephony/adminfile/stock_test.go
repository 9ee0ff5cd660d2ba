package adminfile_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/adminfile"
	"example.com/callingplan/telephony/engine"
)

func stockRow(numbers string, a telephony.Area, k telephony.Kind) adminfile.StockRow {
	return adminfile.StockRow{Numbers: telephony.MustParseRange(numbers), Area: a, Kind: k}
}

// The same stock, said in all the ways in which people and exports say it.
func TestStockFiles(t *testing.T) {
	ny := telephony.Area{Country: "US", Region: "NY", City: "NY"}
	for name, c := range map[string]struct {
		lines []string
		want  []adminfile.StockRow
	}{
		"first and last": {[]string{"First,Last,Country,Region,City,Kind", "+12065550100,+12065550199,US,WA,Seattle,user", "+12065550200,,us,WA,Seattle,service-toll", "+18005550100,+18005550100,US,,,service-toll-free"},
			[]adminfile.StockRow{stockRow("+12065550100..+12065550199", seattle, telephony.UserNumber), stockRow("+12065550200", seattle, telephony.TollNumber),
				stockRow("+18005550100", telephony.Area{Country: "US"}, telephony.TollFreeNumber)}},
		"start and end, by name": {[]string{"area name;end;start", "NOAM-US-WA-Seattle;12065550199;12065550100", "EMEA-FR-ALL-Paris;33199000099;33199000000"},
			[]adminfile.StockRow{stockRow("+12065550100..+12065550199", seattle, telephony.UserNumber), stockRow("+33199000000..+33199000099", paris, telephony.UserNumber)}},
		"ranges": {[]string{"Numbers\tCityCode\tInventoryType", "+12125550100-+12125550149\tNOAM-US-NY-NY\tSubscriber", "+12125550150 .. +12125550159\tNOAM-US-NY-NY\tService", "tel:+12125550160\tNOAM-US-NY-NY\tTollFree"},
			[]adminfile.StockRow{stockRow("+12125550100..+12125550149", ny, telephony.UserNumber), stockRow("+12125550150..+12125550159", ny, telephony.TollNumber), stockRow("+12125550160", ny, telephony.TollFreeNumber)}},
		"either, row by row": {[]string{"Range,First,Last,Area,Country,City", "+12065550100,,,,FR,Paris", ",+12065550101,+12065550102,EMEA-FR-ALL-Paris,,", ",+12065550103,,EMEA-FR-ALL-Paris,FR,Paris", "", ",,,,,"},
			[]adminfile.StockRow{stockRow("+12065550100", paris, telephony.UserNumber), stockRow("+12065550101..+12065550102", paris, telephony.UserNumber), stockRow("+12065550103", paris, telephony.UserNumber)}},
	} {
		got, problems := readAll(t, adminfile.ReadStock(file(c.lines...)))
		if diff := cmp.Diff(c.want, got, cmp.Comparer(func(a, b adminfile.StockRow) bool { return a == b })); diff != "" || len(problems) > 0 {
			t.Errorf("%s: %s %v", name, diff, problems)
		}
	}
	got, problems := readAll(t, adminfile.ReadStock(file("Number,Country", "(206) 555-0100,US"), adminfile.WithNumberForm(adminfile.NorthAmerican)))
	if len(problems) > 0 || len(got) != 1 || got[0] != stockRow("+12065550100", telephony.Area{Country: "US"}, telephony.UserNumber) {
		t.Errorf("as entered in North America: %v, %v", got, problems)
	}
}

// Every fault of a row is told at its cell, and the rows around it are read.
func TestStockFileFaults(t *testing.T) {
	const columns = "First,Last,Range,Area,Country,Region,City,Kind"
	for row, want := range map[string][]problem{
		",,,,US,,,":                                                {{2, 1, "First", adminfile.ErrCellEmpty}},
		",+12065550100,,,US,,,":                                    {{2, 1, "First", adminfile.ErrRangeOpen}},
		"+12065550109,+12065550100,,,US,,,":                        {{2, 14, "Last", telephony.ErrRange}},
		"+12065550100,+1206555010,,,US,,,":                         {{2, 14, "Last", telephony.ErrRange}},
		"1.2E+10,+12065550100,,,US,,,":                             {{2, 1, "First", adminfile.ErrCellRewritten}},
		"+12065550100,+999999,,,US,,,":                             {{2, 14, "Last", telephony.ErrNumberLength}},
		"+12065550100,,+12065550100,,US,,,":                        {{2, 15, "Range", adminfile.ErrStockNumbers}},
		",,+12065550100-,,US,,,":                                   {{2, 3, "Range", adminfile.ErrRangeOpen}},
		"+12065550100,,,,,,,":                                      {{2, 17, "Country", adminfile.ErrCellEmpty}},
		"+12065550100,,,,,WA,Seattle,":                             {{2, 17, "Country", telephony.ErrCountry}},
		"+12065550100,,,,USA,WA,Seattle,":                          {{2, 17, "Country", telephony.ErrCountry}},
		"+12065550100,,,,US,wa,Seattle,":                           {{2, 20, "Region", telephony.ErrArea}},
		"+12065550100,,,,US,WA,ALL,":                               {{2, 23, "City", telephony.ErrArea}},
		"+12065550100,,,,DK,,Aarhus,":                              {{2, 21, "City", telephony.ErrArea}},
		"+12065550100,,,US-WA,,,,":                                 {{2, 16, "Area", telephony.ErrArea}},
		"+12065550100,,,EMEA-US-WA-Seattle,,,,":                    {{2, 16, "Area", telephony.ErrArea}},
		"+12065550100,,,NOAM-US-WA-Seattle,,,Tacoma,":              {{2, 16, "Area", adminfile.ErrStockArea}},
		"+12065550100,,,NOAM-US-WA-Seattle,CA,,,":                  {{2, 16, "Area", adminfile.ErrStockArea}},
		"+12065550100,,,,US,,,fax":                                 {{2, 22, "Kind", telephony.ErrKind}},
		"x,,,,US,wa,,fax":                                          {{2, 1, "First", telephony.ErrNumberSyntax}, {2, 13, "Kind", telephony.ErrKind}, {2, 9, "Region", telephony.ErrArea}},
		"+12065550100,,,,US,,\"" + strings.Repeat("c", 65) + "\",": {{2, 21, "City", telephony.ErrText}},
	} {
		got, problems := readAll(t, adminfile.ReadStock(file(columns, row, "+12065550300,,,,US,,,")))
		if !slices.Equal(problems, want) {
			t.Errorf("%q: got %v, want %v", row, problems, want)
		}
		if len(got) != 1 || got[0].Numbers != telephony.MustParseRange("+12065550300") {
			t.Errorf("behind %q there is %v", row, got)
		}
	}
	_, problems := readAll(t, adminfile.ReadStock(file("Last,City,Kind", "+12065550100,Seattle,user")))
	wantProblems(t, problems, problem{1, 0, "First", adminfile.ErrColumnMissing}, problem{1, 0, "Country", adminfile.ErrColumnMissing})
}

// A row that could not be read back is not written.
func TestWriteStockRefusals(t *testing.T) {
	good := stockRow("+12065550100..+12065550199", seattle, telephony.UserNumber)
	for name, c := range map[string]struct {
		bad  adminfile.StockRow
		want []problem
	}{
		"nothing":   {adminfile.StockRow{}, []problem{{3, 0, "First", adminfile.ErrCellEmpty}, {3, 0, "Country", adminfile.ErrCellEmpty}, {3, 0, "Kind", telephony.ErrKind}}},
		"a region":  {stockRow("+12065550100", telephony.Area{Country: "US", Region: "wa"}, telephony.UserNumber), []problem{{3, 0, "Region", telephony.ErrArea}}},
		"a city":    {stockRow("+12065550100", telephony.Area{Country: "US", City: "ALL"}, telephony.UserNumber), []problem{{3, 0, "City", telephony.ErrArea}}},
		"a kind":    {stockRow("+12065550100", seattle, 9), []problem{{3, 0, "Kind", telephony.ErrKind}}},
		"a country": {stockRow("+12065550100", telephony.Area{Country: "XX"}, telephony.UserNumber), []problem{{3, 0, "Country", telephony.ErrCountry}}},
	} {
		var out bytes.Buffer
		err := adminfile.WriteStock(&out, slices.Values([]adminfile.StockRow{good, c.bad, good}), adminfile.WithStyle(adminfile.Machine))
		if got := problemsOf(t, err); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
		if want := "First,Last,Country,Region,City,Kind\n+12065550100,+12065550199,US,WA,Seattle,user\n"; out.String() != want {
			t.Errorf("%s: before it there is %q", name, out.String())
		}
	}
}

// results tells of each row what came of it.
func results(all adminfile.StockResults) (told []string) {
	for _, r := range all {
		told = append(told, fmt.Sprint(r.Line, " ", r.State, " ", r.Codes()))
	}
	return told
}

// Each row has its result, and no bad one hides another.
func TestLoadStock(t *testing.T) {
	w := newWorld(t)
	lines := []string{"First,Last,Country,City", "+12065550200,+12065550299,US,Tacoma", "+12065550290,+12065550309,US,Tacoma", "1.2E+10,,US,Tacoma",
		"+33199000100,,US,Tacoma", "x,y,US", "+12065550310,+12065550319,US,Tacoma"}
	got, err := adminfile.LoadStock(w.ctx, w.eng.As("op"), adminfile.ReadStock(file(lines...)).Rows())
	w.must(err)
	want := []string{"2 applied []", "3 rejected [stock overlaps]", "4 rejected [cell rewritten]", "5 rejected [stock in other country]",
		"6 rejected [number syntax number syntax]", "7 applied []"}
	if told := results(got); !slices.Equal(told, want) {
		t.Errorf("got %q, want %q", told, want)
	}
	if rows, numbers := got.Added(); rows != 2 || numbers != 110 {
		t.Errorf("%d rows, %d numbers", rows, numbers)
	}
	for _, r := range got {
		for _, reason := range r.Reasons {
			if reason.Line != r.Line {
				t.Errorf("the reason of line %d is at line %d: %v", r.Line, reason.Line, reason)
			}
		}
	}
	if ranges := got[1].Reasons[0].Ranges; len(ranges) != 1 || ranges[0] != telephony.MustParseRange("+12065550290..+12065550299") {
		t.Errorf("the overlap is %v", ranges)
	}
	if typed := got[2].Typed; len(typed) != 1 || typed[0].Text != "1.2E+10" {
		t.Errorf("typed was %v", typed)
	}
	again, err := adminfile.LoadStock(w.ctx, w.eng.As("op"), adminfile.ReadStock(file(lines...)).Rows())
	w.must(err)
	if rows, _ := again.Added(); rows != 0 || !errors.Is(again[0].Reasons[0], engine.ErrStockOverlap) {
		t.Errorf("a second time: %q", results(again))
	}
	_, err = w.eng.WithdrawStock(w.ctx, engine.StockWithdrawal{Range: telephony.MustParseRange("+12065550290..+12065550320")})
	if !errors.Is(err, reservation.ErrNotInStock) {
		t.Errorf("beyond the last row: %v", err)
	}
}

// What ends the file, or the call, leaves the results of the rows before it.
func TestLoadStockEnds(t *testing.T) {
	w := newWorld(t)
	limits := adminfile.DefaultLimits()
	limits.Rows = 1
	got, err := adminfile.LoadStock(w.ctx, w.eng.As(""), adminfile.ReadStock(file("First,Country", "+12065550200,US", "+12065550201,US"), adminfile.WithLimits(limits)).Rows())
	if !errors.Is(err, adminfile.ErrFileRows) || !slices.Equal(results(got), []string{"2 applied []"}) {
		t.Errorf("a file with too many rows: %q, %v", results(got), err)
	}
	ended, cancel := context.WithCancel(w.ctx)
	cancel()
	got, err = adminfile.LoadStock(ended, w.eng.As(""), adminfile.ReadStock(file("First,Country", "+12065550201,US")).Rows())
	if err != nil || !slices.Equal(results(got), []string{"2 not attempted [call cancelled]"}) {
		t.Errorf("a call that was given up: %q, %v", results(got), err)
	}
	for _, p := range []*engine.Provider{nil, w.eng.As("")} {
		rows := adminfile.ReadStock(file("First,Country")).Rows()
		if p != nil {
			rows = nil
		}
		if _, err := adminfile.LoadStock(w.ctx, p, rows); !errors.Is(err, engine.ErrRequest) {
			t.Errorf("nothing to load, or nowhere: %v", err)
		}
	}
}
