package reservation_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

func TestCheckRest(t *testing.T) {
	const day = 24 * time.Hour
	for _, tc := range []struct {
		line reservation.Line
		code telephony.CallingCode
		rest time.Duration
		want telephony.Code
	}{
		{reservation.Residential, 1, 0, ""},
		{reservation.Residential, 1, -1, reservation.ErrRestTooShort},
		{reservation.Residential, 1, 1, reservation.ErrRestTooShort},
		{reservation.Residential, 1, 45*day - 1, reservation.ErrRestTooShort},
		{reservation.Residential, 1, 45 * day, ""},
		{reservation.Residential, 1, 90 * day, ""},
		{reservation.Residential, 1, 90*day + 1, reservation.ErrRestTooLong},
		{reservation.Business, 1, 45*day - 1, reservation.ErrRestTooShort},
		{reservation.Business, 1, 45 * day, ""},
		{reservation.Business, 1, 365 * day, ""},
		{reservation.Business, 1, 365*day + 1, reservation.ErrRestTooLong},
		{reservation.Business, 44, 1, ""},
		{reservation.Residential, 44, 0, ""},
		{reservation.Residential, 44, -1, reservation.ErrRestTooShort},
		{reservation.Residential, 44, 3650 * day, ""},
		{reservation.Business, 999, 3650*day + 1, reservation.ErrRestTooLong},
		{reservation.Business, 999, math.MaxInt64, reservation.ErrRestTooLong},
		{0, 44, day, reservation.ErrLine},
		{0, 1, 0, reservation.ErrLine},
		{3, 1, 50 * day, reservation.ErrLine},
		{reservation.Residential, 1, reservation.DefaultQuarantine, ""},
		{reservation.Business, 1, reservation.DefaultQuarantine, ""},
		{reservation.Business, 49, reservation.DefaultQuarantine, ""},
	} {
		err := reservation.CheckRest(tc.line, tc.code, tc.rest)
		if e := wantCode(t, err, tc.want); e != nil && e.Fix == "" {
			t.Errorf("%v says nothing of what would put it right", e)
		}
		least, most := reservation.RestBounds(tc.line, tc.code)
		if tc.rest != 0 && tc.line.IsValid() && (err == nil) != (tc.rest >= least && tc.rest <= most) {
			t.Errorf("%v under %v may rest %v to %v, and %v is %v", tc.line, tc.code, least, most, tc.rest, err)
		}
	}
	e := wantCode(t, reservation.CheckRest(reservation.Residential, 1, 44*day), reservation.ErrRestTooShort)
	wantFigure(t, e, "hours asked", 44*24)
	wantFigure(t, e, "least", 45*24)
	wantFigure(t, e, "most", 90*24)
	if least, most := reservation.RestBounds(0, 1); least != 0 || most != 0 {
		t.Errorf("no line rests %v to %v", least, most)
	}
}

func FuzzParseLine(f *testing.F) {
	for _, s := range []string{"", "residential", "business", "Business", "invalid line"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := reservation.ParseLine(text)
		if known := slices.Contains([]string{"residential", "business"}, text); known != (err == nil) || known != l.IsValid() {
			t.Fatalf("%q: %v, %v", text, l, err)
		}
		if err != nil {
			wantCode(t, err, reservation.ErrLine)
			return
		}
		var back reservation.Line
		if written, err := l.MarshalText(); err != nil || back.UnmarshalText(written) != nil || back != l || l.String() != text {
			t.Fatalf("%q came back as %v: %v", text, back, err)
		}
	})
}

func TestNoLine(t *testing.T) {
	l := reservation.Business
	text, err := reservation.Line(0).MarshalText()
	if len(text) != 0 || err != nil || l.UnmarshalText(nil) != nil || l != 0 || l.String() != "invalid line" {
		t.Errorf("no line is %q, %v, and read %v", text, err, l)
	}
	_, err = reservation.Line(3).MarshalText()
	wantCode(t, err, reservation.ErrLine)
}

func ExampleCheckRest() {
	fmt.Println(reservation.CheckRest(reservation.Residential, 1, 120*24*time.Hour))
	fmt.Println(reservation.CheckRest(reservation.Business, 1, 120*24*time.Hour))
	// Output:
	// rest: numbers of residential lines do not rest for so long (hours asked 2880, least 1080, most 2160); stay within the bounds, or set 0 for no rest
	// <nil>
}
