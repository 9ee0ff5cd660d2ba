package reservation_test

import (
	"math"
	"testing"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

func TestLimitsCheck(t *testing.T) {
	l := reservation.Limits{Open: 2, Held: 20, PerRequest: 15}
	for name, tc := range map[string]struct {
		limits   reservation.Limits
		use      reservation.Use
		quantity int
		want     telephony.Code
	}{
		"first":                   {l, reservation.Use{}, 15, ""},
		"one too many":            {l, reservation.Use{}, 16, reservation.ErrQuantity},
		"none":                    {l, reservation.Use{}, 0, reservation.ErrQuantity},
		"negative":                {l, reservation.Use{}, -1, reservation.ErrQuantity},
		"least":                   {l, reservation.Use{}, math.MinInt, reservation.ErrQuantity},
		"most":                    {l, reservation.Use{}, math.MaxInt, reservation.ErrQuantity},
		"the last open":           {l, reservation.Use{Open: 1, Held: 5}, 15, ""},
		"all open":                {l, reservation.Use{Open: 2, Held: 2}, 1, reservation.ErrTooManyOpen},
		"held to the brim":        {l, reservation.Use{Open: 1, Held: 19}, 1, ""},
		"held past the brim":      {l, reservation.Use{Open: 1, Held: 19}, 2, reservation.ErrTooManyHeld},
		"held past a cut limit":   {l, reservation.Use{Open: 1, Held: 30}, 1, reservation.ErrTooManyHeld},
		"held more than ints add": {l, reservation.Use{Open: 1, Held: math.MaxInt}, 15, reservation.ErrTooManyHeld},
		"quantity before open":    {l, reservation.Use{Open: 9, Held: 99}, 16, reservation.ErrQuantity},
		"open before held":        {l, reservation.Use{Open: 9, Held: 99}, 1, reservation.ErrTooManyOpen},
		"use below zero":          {reservation.Limits{Open: 5, Held: 5, PerRequest: 50}, reservation.Use{Open: -1, Held: -9}, 6, reservation.ErrTooManyHeld},
		"zero limits":             {reservation.Limits{}, reservation.Use{}, 1, reservation.ErrQuantity},
		"no reservations":         {reservation.Limits{Held: 5, PerRequest: 5}, reservation.Use{}, 1, reservation.ErrTooManyOpen},
		"no numbers":              {reservation.Limits{Open: 5, PerRequest: 5}, reservation.Use{}, 1, reservation.ErrTooManyHeld},
		"negative held":           {reservation.Limits{Open: 5, Held: -1, PerRequest: 5}, reservation.Use{}, 1, reservation.ErrTooManyHeld},
		"what is left of 200":     {reservation.DefaultLimits(), reservation.Use{}, 201, reservation.ErrTooManyHeld},
		"500 a request":           {reservation.DefaultLimits(), reservation.Use{}, 501, reservation.ErrQuantity},
		"200 by default":          {reservation.DefaultLimits(), reservation.Use{Open: 9}, 200, ""},
		"10 open by default":      {reservation.DefaultLimits(), reservation.Use{Open: 10}, 1, reservation.ErrTooManyOpen},
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, tc.limits.Check(tc.use, tc.quantity), tc.want) })
	}
	e := wantCode(t, l.Check(reservation.Use{Open: 1, Held: 12}, 9), reservation.ErrTooManyHeld)
	wantFigure(t, e, "held", 12)
	wantFigure(t, e, "asked", 9)
	wantFigure(t, e, "limit", 20)
	e = wantCode(t, l.Check(reservation.Use{Open: 7}, 9), reservation.ErrTooManyOpen)
	wantFigure(t, e, "open", 7)
	wantFigure(t, e, "limit", 2)
}

func TestLimitsValidate(t *testing.T) {
	for name, tc := range map[string]struct {
		limits reservation.Limits
		wrong  []string
	}{
		"default":      {reservation.DefaultLimits(), nil},
		"least":        {reservation.Limits{Open: 1, Held: 1, PerRequest: 1}, nil},
		"most":         {reservation.Limits{Open: 1000, Held: 100_000, PerRequest: 5000}, nil},
		"zero":         {reservation.Limits{}, []string{"open", "held", "per request"}},
		"negative":     {reservation.Limits{Open: -1, Held: 5, PerRequest: -1}, []string{"open", "per request"}},
		"past ceiling": {reservation.Limits{Open: 1001, Held: 100_001, PerRequest: 5001}, []string{"open", "held", "per request"}},
	} {
		t.Run(name, func(t *testing.T) {
			err := tc.limits.Validate()
			if tc.wrong == nil {
				wantCode(t, err, "")
				return
			}
			e := wantCode(t, err, reservation.ErrLimits)
			if len(e.Reasons) != len(tc.wrong) {
				t.Fatalf("%d reasons, want %d", len(e.Reasons), len(tc.wrong))
			}
			for i, field := range tc.wrong {
				if e.Reasons[i].Field != field {
					t.Errorf("reason %d is about %q, want %q", i, e.Reasons[i].Field, field)
				}
			}
		})
	}
}
