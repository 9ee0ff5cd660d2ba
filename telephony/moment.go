package telephony

import (
	"math"
	"time"
)

// UnixNanos returns t in Unix nanoseconds, as moments are kept and encoded, cut
// to the years 1677 to 2262, which are all that they can say.
func UnixNanos(t time.Time) int64 {
	const most = math.MaxInt64 / int64(time.Second)
	switch seconds := t.Unix(); {
	case seconds >= most:
		return math.MaxInt64
	case seconds <= -most:
		return math.MinInt64
	}
	return t.UnixNano()
}

// AtNanos returns the moment of Unix nanoseconds, in UTC: the way back from
// UnixNanos.
func AtNanos(nanos int64) time.Time { return time.Unix(0, nanos).UTC() }
