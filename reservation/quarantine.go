package reservation

import (
	"time"

	"example.com/callingplan/telephony"
)

// Line is what a number that was given up was used for, which decides how long it
// may rest. The zero value is no line.
type Line uint8

// The kinds of lines.
const (
	Residential Line = 1 + iota
	Business
)

// The causes for which a line, or a time to rest, is refused.
const (
	ErrLine         telephony.Code = "line_invalid"
	ErrRestTooShort telephony.Code = "rest_too_short"
	ErrRestTooLong  telephony.Code = "rest_too_long"
)

// MaxRest is the longest time that a number may rest where no rule says less: what
// is to rest for longer is better withdrawn from the stock.
const MaxRest = 10 * 365 * day

const day = 24 * time.Hour

var lineNames = [...]string{Residential: "residential", Business: "business"}

// IsValid reports whether l is one of the lines.
func (l Line) IsValid() bool { return l == Residential || l == Business }

// String returns "residential" or "business".
func (l Line) String() string {
	if !l.IsValid() {
		return "invalid line"
	}
	return lineNames[l]
}

// ParseLine reads what String returns. Its error is ErrLine.
func ParseLine(text string) (Line, error) {
	for l := Residential; l <= Business; l++ {
		if lineNames[l] == text {
			return l, nil
		}
	}
	return 0, lineError()
}

// MarshalText implements encoding.TextMarshaler; no line is empty text.
func (l Line) MarshalText() ([]byte, error) {
	switch {
	case l == 0:
		return nil, nil
	case !l.IsValid():
		return nil, lineError()
	}
	return []byte(l.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no line.
func (l *Line) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*l = 0
		return nil
	}
	*l, err = ParseLine(string(text))
	return err
}

func lineError() error {
	return &telephony.Error{Code: ErrLine, Field: "line", Detail: "a line is of one of two kinds",
		Fix: "say residential or business"}
}

// RestBounds returns how long a number of the line may rest before it is offered
// again, both bounds included: under calling code 1, 45 to 90 days for a
// residential and 45 to 365 for a business one [47 CFR 52.15(f)(1)(ii); the least
// as set in 2019, 84 FR 11226]; elsewhere up to MaxRest. They are 0 for no line.
//
// A calling code does not tell the countries apart that share it, so that all of
// code 1 is held to the rule of its largest. Its toll-free numbers have one of
// their own [47 CFR 52.103(d)], which is not looked at here.
func RestBounds(line Line, code telephony.CallingCode) (least, most time.Duration) {
	switch {
	case !line.IsValid():
		return 0, 0
	case code != 1:
		return 0, MaxRest
	case line == Residential:
		return 45 * day, 90 * day
	}
	return 45 * day, 365 * day
}

// CheckRest reports whether numbers of the line and calling code may be set to
// rest for a time. None at all is allowed anywhere: who sets it says that something
// else sees to the rule. DefaultQuarantine is allowed everywhere. Errors, in order
// of precedence: ErrLine; ErrRestTooShort and ErrRestTooLong with the figures in
// hours, rounded down.
func CheckRest(line Line, code telephony.CallingCode, rest time.Duration) error {
	if !line.IsValid() {
		return lineError()
	}
	if rest == 0 {
		return nil
	}
	least, most := RestBounds(line, code)
	e := telephony.Error{Field: "rest", Detail: "numbers of " + line.String() + " lines rest for longer",
		Figures: []telephony.Figure{{Name: "hours asked", Value: int64(rest / time.Hour)},
			{Name: "least", Value: int64(least / time.Hour)}, {Name: "most", Value: int64(most / time.Hour)}},
		Fix: "stay within the bounds, or set 0 for no rest"}
	switch {
	case rest < least:
		e.Code = ErrRestTooShort
	case rest > most:
		e.Code, e.Detail = ErrRestTooLong, "numbers of "+line.String()+" lines do not rest for so long"
	default:
		return nil
	}
	return &e
}
