package reservation

import (
	"math"
	"math/big"
	"time"
)

// LeastWindow is the shortest time from which an Outlook is drawn: a day, since
// what is taken is told by the day, and hours differ more than days do.
const LeastWindow = 24 * time.Hour

// Consumption is what was taken of some stock within a window, and what is free
// of it at the window's end.
type Consumption struct {
	Free     int64         // at the end
	Taken    int64         // acquired within the window
	Returned int64         // given back within the window, and free again
	Window   time.Duration // how long it was
}

// Trend says what a Consumption comes to. The zero value is none.
type Trend uint8

// The trends.
const (
	TooLittleHistory Trend = 1 + iota // the window is shorter than LeastWindow
	NotFalling                        // no more is taken than returned
	Falling                           // more is taken than returned
	Exhausted                         // nothing is free

	trendEnd
)

var trendNames = [trendEnd]string{"no trend", "too little history", "not falling", "falling", "exhausted"}

// String returns the words of the trend, such as "not falling".
func (t Trend) String() string {
	if t >= trendEnd {
		return "invalid trend"
	}
	return trendNames[t]
}

// Outlook is when stock runs out if things go on as they did: a rule of three,
// which knows of no seasons.
type Outlook struct {
	Consumption
	Trend Trend
	Net   int64 // taken and not returned; negative where more came back
	// Days is how many whole days what is free lasts, where it is Falling; 0 where it
	// is Exhausted or the trend says nothing.
	Days int64
}

// Outlook draws the outlook: free numbers, divided by those taken a day net of
// those returned. It is exact: integers, rounded down to whole days at the end.
// Nothing free is Exhausted, however short the window; figures below zero count
// as zero.
func (c Consumption) Outlook() Outlook {
	c = Consumption{max(0, c.Free), max(0, c.Taken), max(0, c.Returned), max(0, c.Window)}
	o := Outlook{Consumption: c, Net: c.Taken - c.Returned}
	switch {
	case c.Free == 0:
		o.Trend = Exhausted
	case c.Window < LeastWindow:
		o.Trend = TooLittleHistory
	case o.Net <= 0:
		o.Trend = NotFalling
	default:
		o.Trend = Falling
		o.Days = wholeDays(c.Free, o.Net, c.Window)
	}
	return o
}

// wholeDays returns free / (net / window) in whole days, at most the largest
// int64. The products pass what an int64 holds.
func wholeDays(free, net int64, window time.Duration) int64 {
	span := new(big.Int).Mul(big.NewInt(free), big.NewInt(int64(window)))
	daily := new(big.Int).Mul(big.NewInt(net), big.NewInt(int64(24*time.Hour)))
	if days := span.Quo(span, daily); days.IsInt64() {
		return days.Int64()
	}
	return math.MaxInt64
}

// Rate returns the numbers taken a day net of those returned, exactly: negative
// where more came back, and 0 for no window.
func (o Outlook) Rate() *big.Rat {
	if o.Window <= 0 {
		return new(big.Rat)
	}
	perWindow := new(big.Rat).SetFrac(big.NewInt(o.Net), big.NewInt(int64(o.Window)))
	return perWindow.Mul(perWindow, new(big.Rat).SetInt64(int64(24*time.Hour)))
}
