package telephony_test

import (
	"math"
	"testing"
	"time"

	"example.com/callingplan/telephony"
)

func TestUnixNanos(t *testing.T) {
	const lastSecond = math.MaxInt64 / int64(time.Second)
	for _, tc := range []struct {
		at   time.Time
		want int64
	}{
		{time.Unix(0, 0), 0},
		{time.Unix(0, -1), -1},
		{time.Date(2026, 3, 1, 9, 0, 0, 123, time.FixedZone("", 3600)), 1772352000000000123},
		{time.Time{}, math.MinInt64},
		{time.Unix(math.MinInt64, 0), math.MinInt64},
		{time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC), math.MinInt64},
		{time.Date(2400, 1, 1, 0, 0, 0, 0, time.UTC), math.MaxInt64},
		{time.Unix(math.MaxInt64, 0), math.MaxInt64},
		{time.Unix(lastSecond, 0), math.MaxInt64}, // of which there is but a part
		{time.Unix(lastSecond-1, 999_999_999), lastSecond*int64(time.Second) - 1},
	} {
		got := telephony.UnixNanos(tc.at)
		if got != tc.want {
			t.Errorf("%v is %d, want %d", tc.at, got, tc.want)
		}
		if back := telephony.AtNanos(got); telephony.UnixNanos(back) != got && got != math.MinInt64 || back.Location() != time.UTC {
			t.Errorf("%d is %v", got, back)
		}
	}
}
