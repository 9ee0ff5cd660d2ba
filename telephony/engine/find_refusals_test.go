package engine_test

import (
	"errors"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine"
)

// FuzzSearchCursor: a cursor is input like any other. It leads somewhere, or it is
// refused as one.
func FuzzSearchCursor(f *testing.F) {
	m := newMarket(f)
	for range 2 {
		m.reserve(m.org, engine.Reserve{Quantity: 1, Area: seattle})
	}
	v := m.view()
	searches := []engine.NumberSearch{{Search: reservation.Search{Quantity: 3}}, {Search: reservation.Search{Quantity: 3, Near: number("+14255550150"), Consecutive: 2}}}
	var given []engine.Cursor
	for _, q := range searches {
		found, err := v.FindNumbers(q, "")
		m.must(err)
		given = append(given, found.Next)
	}
	page, err := v.ReservationPage(engine.ReservationQuery{}, "", 1)
	m.must(err)
	for _, c := range append(given, page.Next) {
		f.Add(string(c))
	}
	for _, key := range []string{"12125550100", "/", "/12125550100", "12125550100/", "1/2/3", "1764345676000000000/r-1"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for i, q := range searches {
			for _, c := range []engine.Cursor{engine.Cursor(text), forged(given[i], text)} {
				found, err := v.FindNumbers(q, c)
				if err != nil && (!errors.Is(err, engine.ErrCursor) || len(found.List()) > 0) {
					t.Errorf("got %v with %d numbers", err, len(found.List()))
				}
			}
		}
		for _, c := range []engine.Cursor{engine.Cursor(text), forged(page.Next, text)} {
			if _, err := v.ReservationPage(engine.ReservationQuery{}, c, 1); err != nil && !errors.Is(err, engine.ErrCursor) {
				t.Errorf("got %v", err)
			}
		}
	})
}

func TestFindNumbersRefuses(t *testing.T) {
	m := newMarket(t)
	one := reservation.Search{Quantity: 1}
	found, err := m.view().FindNumbers(engine.NumberSearch{Search: one}, "")
	m.must(err)
	for range 2 {
		m.reserve(m.org, engine.Reserve{Quantity: 1, Area: seattle})
	}
	page, err := m.view().ReservationPage(engine.ReservationQuery{}, "", 1)
	m.must(err)
	for name, c := range map[string]struct {
		q     engine.NumberSearch
		after engine.Cursor
		want  telephony.Code
	}{
		"quantity, cursor":      {engine.NumberSearch{}, "!", reservation.ErrQuantity},
		"cursor, not offered":   {engine.NumberSearch{Area: nowhere, Search: one}, "!", engine.ErrCursor},
		"cursor of a page":      {engine.NumberSearch{Search: one}, page.Next, engine.ErrCursor},
		"cursor of another":     {engine.NumberSearch{Search: one}, forged(found.Next, "/14255550100"), engine.ErrCursor}, // near a number
		"quantity, kind":        {engine.NumberSearch{Kind: 9}, "", reservation.ErrQuantity},
		"kind, area":            {engine.NumberSearch{Kind: 9, Area: telephony.Area{Country: "us"}, Search: one}, "", telephony.ErrKind},
		"area":                  {engine.NumberSearch{Area: telephony.Area{Country: "us"}, Within: seattle, Search: one}, "", telephony.ErrCountry},
		"area and within":       {engine.NumberSearch{Area: nowhere, Within: seattle, Search: one}, "", engine.ErrRequest},
		"after":                 {engine.NumberSearch{Area: nowhere, Search: reservation.Search{Quantity: 1, After: reservation.Position{Up: number("+14255550100")}}}, "", engine.ErrRequest},
		"area not offered":      {engine.NumberSearch{Area: nowhere, Search: one}, "", engine.ErrAreaNotOffered},
		"kind not offered":      {engine.NumberSearch{Area: seattle, Kind: telephony.TollFreeNumber, Search: one}, "", engine.ErrAreaNotOffered},
		"country not offered":   {engine.NumberSearch{Within: telephony.Area{Country: "DE"}, Search: one}, "", engine.ErrAreaNotOffered},
		"an area is no country": {engine.NumberSearch{Area: telephony.Area{Country: "US"}, Search: one}, "", engine.ErrAreaNotOffered},
	} {
		if _, err := m.view().FindNumbers(c.q, c.after); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	_, err = m.eng.As("").FindNumbers(m.ctx, engine.NumberSearch{ExcludeGivenUp: true, Search: one}, "")
	if !errors.Is(err, engine.ErrRequest) {
		t.Errorf("the provider gives up: %v", err)
	}
	if _, err := m.eng.As("").FindNumbers(noContext, engine.NumberSearch{Search: one}, ""); !errors.Is(err, engine.ErrRequest) {
		t.Errorf("no context: %v", err)
	}
}
