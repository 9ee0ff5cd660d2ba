package reservation_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"example.com/callingplan/reservation"
	"pgregory.net/rapid"
)

const day = 24 * time.Hour

func TestOutlook(t *testing.T) {
	for _, tc := range []struct {
		name  string
		of    reservation.Consumption
		trend reservation.Trend
		net   int64
		days  int64
		rate  string
	}{
		{"ten a day", reservation.Consumption{Free: 100, Taken: 300, Window: 30 * day}, reservation.Falling, 300, 10, "10"},
		{"rounded down", reservation.Consumption{Free: 109, Taken: 300, Window: 30 * day}, reservation.Falling, 300, 10, "10"},
		{"net of what came back", reservation.Consumption{Free: 7, Taken: 5, Returned: 3, Window: 3 * day}, reservation.Falling, 2, 10, "2/3"},
		{"less than a day", reservation.Consumption{Free: 1, Taken: 90, Window: day}, reservation.Falling, 90, 0, "90"},
		{"a day is enough", reservation.Consumption{Free: 5, Taken: 1, Window: day}, reservation.Falling, 1, 5, "1"},
		{"a nanosecond less is not", reservation.Consumption{Free: 5, Taken: 1, Window: day - 1}, reservation.TooLittleHistory, 1, 0,
			"86400000000000/86399999999999"},
		{"as much came back", reservation.Consumption{Free: 5, Taken: 4, Returned: 4, Window: 9 * day}, reservation.NotFalling, 0, 0, "0"},
		{"more came back", reservation.Consumption{Free: 5, Returned: 4, Window: 2 * day}, reservation.NotFalling, -4, 0, "-2"},
		{"nothing left", reservation.Consumption{Taken: 4, Window: time.Hour}, reservation.Exhausted, 4, 0, "96"},
		{"no window", reservation.Consumption{Free: 1, Taken: 4}, reservation.TooLittleHistory, 4, 0, "0"},
		{"nothing at all", reservation.Consumption{}, reservation.Exhausted, 0, 0, "0"},
		{"below zero", reservation.Consumption{Free: -1, Taken: -2, Returned: -3, Window: -4}, reservation.Exhausted, 0, 0, "0"},
		{"past what an int64 holds", reservation.Consumption{Free: math.MaxInt64, Taken: 1, Window: math.MaxInt64}, reservation.Falling, 1, math.MaxInt64,
			"86400000000000/9223372036854775807"},
	} {
		o := tc.of.Outlook()
		rate, ok := new(big.Rat).SetString(tc.rate)
		if o.Trend != tc.trend || o.Net != tc.net || o.Days != tc.days || !ok || o.Rate().Cmp(rate) != 0 {
			t.Errorf("%s: %v, net %d, %d days, %v a day", tc.name, o.Trend, o.Net, o.Days, o.Rate())
		}
	}
}

// The whole days at the rate do not use up more than what is free, and one day
// more would.
func TestOutlookDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := reservation.Consumption{Free: rapid.Int64Range(1, 1e9).Draw(t, "free"), Taken: rapid.Int64Range(1, 1e9).Draw(t, "taken"),
			Window: time.Duration(rapid.Int64Range(int64(day), int64(400*day)).Draw(t, "window"))}
		c.Returned = rapid.Int64Range(0, c.Taken-1).Draw(t, "returned")
		o, free := c.Outlook(), new(big.Rat).SetInt64(c.Free)
		used := func(days int64) *big.Rat { return new(big.Rat).Mul(o.Rate(), new(big.Rat).SetInt64(days)) }
		if o.Trend != reservation.Falling || used(o.Days).Cmp(free) > 0 || used(o.Days+1).Cmp(free) <= 0 {
			t.Fatalf("%v: %d days for %d free at %v a day", o.Trend, o.Days, c.Free, o.Rate())
		}
	})
}

func TestTrendNames(t *testing.T) {
	for trend, want := range map[reservation.Trend]string{0: "no trend", reservation.TooLittleHistory: "too little history",
		reservation.NotFalling: "not falling", reservation.Falling: "falling", reservation.Exhausted: "exhausted", 9: "invalid trend"} {
		if trend.String() != want {
			t.Errorf("%d is %q", trend, trend)
		}
	}
}
