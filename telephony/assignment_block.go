package telephony

import (
	"log/slog"
	"time"
)

// MaxBlockedDays is the longest time for which a number is blocked, unless it is
// for ever [block].
const MaxBlockedDays = 365

// ErrBlockedDays is the cause of a block for a time that cannot be.
const ErrBlockedDays Code = "blocked_days_invalid"

// AssignmentBlock keeps a number from being assigned, for some days or until it
// is lifted [block]. The zero value keeps nothing from anything. A block says
// nothing of who has the number already.
type AssignmentBlock struct {
	Since  time.Time // from this moment on; zero for no block
	Until  time.Time // over at this very moment; zero for ever
	Reason string    // for people to read; up to 256 characters, may be empty
}

// BlockFor returns a block of so many days of 24 hours from now on. Errors, in
// order of precedence: ErrBlockedDays where days are not 1 to [MaxBlockedDays],
// ErrText.
func BlockFor(now time.Time, days int, reason string) (AssignmentBlock, error) {
	if days < 1 || days > MaxBlockedDays {
		return AssignmentBlock{}, &Error{Code: ErrBlockedDays, Field: "days", Detail: "a number is blocked for some days or for ever",
			Figures: []Figure{{"days", int64(days)}, {"most", MaxBlockedDays}},
			Fix:     "ask for 1 up to the most, or block it for ever"}
	}
	b, err := BlockForever(now, reason)
	if err != nil {
		return AssignmentBlock{}, err
	}
	b.Until = now.Add(time.Duration(days) * 24 * time.Hour)
	return b, nil
}

// BlockForever returns a block that stands until it is lifted. Its error is
// ErrText.
func BlockForever(now time.Time, reason string) (AssignmentBlock, error) {
	if err := CheckText("reason", reason, MaxTextRunes); err != nil {
		return AssignmentBlock{}, err
	}
	return AssignmentBlock{Since: now, Reason: reason}, nil
}

// InForce reports whether the block stands at now: from Since on, up to but not
// at Until.
func (b AssignmentBlock) InForce(now time.Time) bool {
	return !b.Since.IsZero() && !now.Before(b.Since) && (b.Until.IsZero() || now.Before(b.Until))
}

// Check reports whether the number with this block can be assigned, or blocked
// anew, at now: one block does not replace another, which is lifted first
// [block]. Its error is ErrNumberBlocked, which says until when.
func (b AssignmentBlock) Check(now time.Time, n Number) error {
	if e := b.check(now, n); e != nil {
		return e
	}
	return nil
}

func (b AssignmentBlock) check(now time.Time, n Number) *Error {
	switch {
	case !b.InForce(now):
		return nil
	case b.Until.IsZero():
		return &Error{Code: ErrNumberBlocked, Numbers: NumberList{n},
			Detail: "the number is blocked until somebody lifts the block", Fix: "lift the block, or choose another number"}
	}
	return &Error{Code: ErrNumberBlocked, Numbers: NumberList{n}, At: b.Until,
		Detail: "the number is blocked until a certain time", Fix: "wait until then, lift the block, or choose another number"}
}

// LogValue leaves the reason out of structured logs: people write names there.
func (b AssignmentBlock) LogValue() slog.Value {
	return slog.GroupValue(slog.Time("since", b.Since), slog.Time("until", b.Until))
}
