package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/callingplan/emergency"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// town saves addresses of one street in two cities, numbered from 1 on, each a
// thousandth of a degree further north; every fourth has no position.
func town(w *world, addresses int) (all []engine.Address) {
	w.Helper()
	for i := range addresses {
		a := offices["US"]
		a.HouseNumber = fmt.Sprint(i + 1)
		if i%2 == 1 {
			a.City, a.PostalCode = "Bellevue", "98004"
		}
		if i%4 != 3 {
			position, err := emergency.NewPosition(47.5+float64(i)/1000, -122.3)
			w.must(err)
			a.Position = position
		}
		all = append(all, w.addressOf(w.org, a))
	}
	return all
}

// TestSearchAddresses: page by page a search gives what looking at every address
// gives, and says how many it looked at: each, and the one location of each found.
func TestSearchAddresses(t *testing.T) {
	w := newWorld(t)
	all := town(w, 25)
	for _, q := range []emergency.Search{{}, {City: "belle"}, {Street: "fiction ave"}, {PostalCode: "98101"}, {City: "nowhere"}, {Country: "FR"}} {
		var want []telephony.AddressID
		for _, a := range all {
			bellevue := a.Record.Address.City == "Bellevue"
			if q.Country == "" && q.City != "nowhere" && (q.City == "" || bellevue) && (q.PostalCode == "" || !bellevue) {
				want = append(want, a.ID)
			}
		}
		var got []telephony.AddressID
		scanned := 0
		for cursor, more := engine.Cursor(""), true; more; {
			page, err := w.view().SearchAddresses(q, cursor, 4)
			w.must(err)
			for _, a := range page.Items {
				got = append(got, a.ID)
			}
			scanned += page.Scanned
			cursor, more = page.Next, page.Next != ""
		}
		if !slices.Equal(got, want) || scanned != 25+len(want) {
			t.Errorf("%+v: found %v of %d, want %v", q, got, scanned, want)
		}
	}
}

// TestCitiesAreComparedFolded: the list of addresses knows a city without its
// accents too.
func TestCitiesAreComparedFolded(t *testing.T) {
	w := newWorld(t)
	a := offices["FR"]
	a.City, a.PostalCode = "Saint-Étienne", "42000"
	saved := w.addressOf(w.org, a)
	w.address("FR")
	for city, want := range map[string]int{"saint etienne": 1, "SAINT": 1, "etienne": 0, "": 2} {
		var got []engine.AddressUse
		for a := range w.view().Addresses(engine.AddressQuery{City: city}) {
			got = append(got, a)
		}
		if len(got) != want || want == 1 && got[0].ID != saved.ID {
			t.Errorf("%q: %d found, want %d", city, len(got), want)
		}
	}
}

// TestSearchIsBounded: one search looks at so many addresses and says that there
// are more, though it has found nothing.
func TestSearchIsBounded(t *testing.T) {
	w := newWorld(t)
	record := fullRecord()
	for range engine.MaxScan + 1 {
		_, err := w.org.SaveRecord(w.ctx, record)
		w.must(err)
	}
	q := emergency.Search{City: "nowhere"}
	found, err := w.view().SearchAddresses(q, "", 0)
	w.must(err)
	if len(found.Items) != 0 || found.Scanned != engine.MaxScan || found.Next == "" {
		t.Fatalf("it found %d of %d and goes on at %q", len(found.Items), found.Scanned, found.Next)
	}
	if found, err = w.view().SearchAddresses(q, found.Next, 0); err != nil || found.Scanned != 1 || found.Next != "" {
		t.Errorf("then %d of %d and %q, %v", len(found.Items), found.Scanned, found.Next, err)
	}
}

// TestNearestAddresses: the nearest come first, as many as are asked for, and what
// could not be placed is counted.
func TestNearestAddresses(t *testing.T) {
	w := newWorld(t)
	all := town(w, 20)
	middle, err := emergency.NewPosition(47.5101, -122.3) // just north of the eleventh
	w.must(err)
	found, err := w.view().NearestAddresses(emergency.Search{}, middle, 4)
	w.must(err)
	var got []string
	for i, a := range found.Items {
		got = append(got, a.Record.Address.HouseNumber)
		if i > 0 && a.Metres < found.Items[i-1].Metres {
			t.Errorf("%d comes after one further away", i)
		}
	}
	// The twelfth has no position.
	if !slices.Equal(got, []string{"11", "10", "13", "9"}) || found.Scanned != 20 || found.Matched != 15 || found.Unlocated != 5 {
		t.Errorf("%v of %d, %d matched, %d unlocated", got, found.Scanned, found.Matched, found.Unlocated)
	}
	if m := found.Items[0].Metres; m < 11 || m > 11.3 { // a ten-thousandth of a degree
		t.Errorf("it is %.2f m away", m)
	}
	found, err = w.view().NearestAddresses(emergency.Search{City: "Bellevue"}, middle, 0)
	w.must(err)
	if found.Matched != 5 || found.Unlocated != 5 || len(found.Items) != 5 {
		t.Errorf("in Bellevue: %+v", found)
	}
	twin := all[0].Record.Address
	same := w.addressOf(w.org, twin)
	found, err = w.view().NearestAddresses(emergency.Search{}, twin.Position, 2)
	w.must(err)
	if len(found.Items) != 2 || found.Items[0].ID != all[0].ID || found.Items[1].ID != same.ID || found.Items[1].Metres != 0 {
		t.Errorf("of two at one place: %+v", found.Items)
	}
}

func TestSearchRefuses(t *testing.T) {
	w := newWorld(t)
	v, here := w.view(), emergency.Position{}
	somewhere, err := emergency.NewPosition(0, 0)
	w.must(err)
	long := emergency.Search{City: strings.Repeat("x", 300)}
	for name, c := range map[string]struct {
		err  func() error
		want telephony.Code
	}{
		"text before cursor": {func() error { _, err := v.SearchAddresses(long, "!", -1); return err }, telephony.ErrText},
		"cursor before size": {func() error { _, err := v.SearchAddresses(emergency.Search{}, "!", -1); return err }, engine.ErrCursor},
		"too few":            {func() error { _, err := v.SearchAddresses(emergency.Search{}, "", -1); return err }, engine.ErrRequest},
		"too many":           {func() error { _, err := v.SearchAddresses(emergency.Search{}, "", 1001); return err }, engine.ErrRequest},
		"no country":         {func() error { _, err := v.SearchAddresses(emergency.Search{Country: "us"}, "", 0); return err }, telephony.ErrCountry},
		"nowhere":            {func() error { _, err := v.NearestAddresses(long, here, -1); return err }, emergency.ErrPosition},
		"near, size":         {func() error { _, err := v.NearestAddresses(long, somewhere, 1001); return err }, engine.ErrRequest},
		"near, text":         {func() error { _, err := v.NearestAddresses(long, somewhere, 5); return err }, telephony.ErrText},
		"page of gaps":       {func() error { _, err := v.GapPage("!", 5); return err }, engine.ErrCursor},
		"page of blockers":   {func() error { _, err := v.BlockingPage("a", "!", 5); return err }, engine.ErrCursor},
		"page of drafts":     {func() error { _, err := v.DraftPage("!", 5); return err }, engine.ErrCursor},
		"gaps of any size":   {func() error { _, err := v.GapPage("", -5); return err }, engine.ErrRequest},
	} {
		if err := c.err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}
