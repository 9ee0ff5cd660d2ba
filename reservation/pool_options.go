package reservation

import (
	"time"

	"example.com/callingplan/telephony"
)

// ErrSetting is the cause of a pool's setting that is refused.
const ErrSetting telephony.Code = "pool_setting_invalid"

// What a pool does where no option says otherwise, besides the defaults of
// holds and limits.
const (
	// DefaultRetention is how long a closed reservation can still be read.
	DefaultRetention = 24 * time.Hour
	// DefaultRetained is how many closed reservations can still be read.
	DefaultRetained = 10_000
)

// Clock says what time it is.
type Clock interface{ Now() time.Time }

// PoolOption sets one thing about a new Pool.
type PoolOption func(*settings)

type settings struct {
	holdFor    time.Duration
	limits     Limits
	extension  Extension
	quarantine time.Duration
	retention  time.Duration
	retained   int
}

func defaultSettings() settings {
	return settings{holdFor: DefaultHoldFor, limits: DefaultLimits(), quarantine: DefaultQuarantine,
		retention: DefaultRetention, retained: DefaultRetained}
}

// WithHoldFor sets how long a reservation lives, above 0; DefaultHoldFor unless
// set.
func WithHoldFor(d time.Duration) PoolOption { return func(s *settings) { s.holdFor = d } }

// WithLimits bounds what the pool's holders together may have on hold;
// DefaultLimits unless set.
func WithLimits(l Limits) PoolOption { return func(s *settings) { s.limits = l } }

// WithExtension sets whether and how far reservations may be extended; they may
// not unless set.
func WithExtension(e Extension) PoolOption { return func(s *settings) { s.extension = e } }

// WithQuarantine sets how long a released number rests before it is free again,
// 0 for not at all; DefaultQuarantine unless set.
func WithQuarantine(d time.Duration) PoolOption { return func(s *settings) { s.quarantine = d } }

// WithRetention sets how long and how many closed reservations can still be
// read, the oldest going first; DefaultRetention and DefaultRetained unless
// set, 0 for not at all.
func WithRetention(d time.Duration, most int) PoolOption {
	return func(s *settings) { s.retention, s.retained = d, most }
}

// check reports every setting that is out of bounds.
func (s settings) check(clock Clock) error {
	var reasons []*telephony.Error
	refuse := func(wrong bool, field, detail string) {
		if wrong {
			reasons = append(reasons, &telephony.Error{Code: ErrSetting, Field: field, Detail: detail})
		}
	}
	refuse(clock == nil, "clock", "a pool needs a clock")
	refuse(s.holdFor <= 0, "hold for", "a reservation lives for more than no time")
	refuse(s.extension.MaxTotal < 0, "extension", "a life is not negative")
	refuse(s.quarantine < 0, "quarantine", "a quarantine is not negative")
	refuse(s.retention < 0 || s.retained < 0, "retention", "a retention is not negative")
	if err := s.limits.Validate(); err != nil {
		reasons = append(reasons, err.(*telephony.Error))
	}
	if err := telephony.Join(reasons); err != nil {
		return err
	}
	return nil
}
