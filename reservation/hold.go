package reservation

import (
	"log/slog"
	"math"
	"slices"
	"time"

	"example.com/callingplan/telephony"
)

// The causes for which a hold refuses.
const (
	ErrExpired              telephony.Code = "hold_expired"
	ErrCancelled            telephony.Code = "hold_cancelled"
	ErrCompleted            telephony.Code = "hold_completed"
	ErrNothingChosen        telephony.Code = "nothing_chosen"
	ErrNotInReservation     telephony.Code = "number_not_in_reservation"
	ErrAlreadyInReservation telephony.Code = "number_already_in_reservation"
	ErrReservationFull      telephony.Code = "reservation_full"
	ErrNothingLeft          telephony.Code = "nothing_left_in_reservation"
	ErrExtensionOff         telephony.Code = "extension_off"
	ErrExtensionTooShort    telephony.Code = "extension_too_short"
	ErrExtensionTooLong     telephony.Code = "extension_too_long"
)

// Hold is the life of some numbers that are kept for one holder [setup]. It
// lives for the half-open span [Made, Expires): at the very nanosecond of
// Expires it is over, whether or not anybody has looked. Time before Made counts
// as Made.
//
// What each event does in each state:
//
//	             reserved        run out, not     completed      cancelled      expired
//	             (now < Expires) settled
//	Acquire      completed       ErrExpired       ErrCompleted   ErrCancelled   ErrExpired
//	Cancel       cancelled       ErrExpired       ErrCompleted   ErrCancelled   ErrExpired
//	Extend       reserved        ErrExpired       ErrCompleted   ErrCancelled   ErrExpired
//	Add          reserved        ErrExpired       ErrCompleted   ErrCancelled   ErrExpired
//	Drop         reserved        ErrExpired       ErrCompleted   ErrCancelled   ErrExpired
//	Expire       no              expired          no             no             no
//
// A Hold is a value; its methods return the next one and leave h and its lists
// alone. They also return the rest: the numbers that are nobody's from that
// moment on, each exactly once in the life of a hold. The zero Hold is no hold:
// everything about it has run out long ago, and there is nothing to give back.
type Hold struct {
	Numbers  telephony.NumberList // what was held, ascending; stays when the hold is over
	Acquired telephony.NumberList // what was acquired of it, ascending
	Made     int64                // Unix nanoseconds
	Expires  int64                // Unix nanoseconds; the first moment at which it is over
	Closed   int64                // Unix nanoseconds when it was completed, was cancelled or ran out; 0 before
	State    State                // as last settled; StateAt tells what it is at a moment
}

// Extension says whether and how far a hold may be extended. The zero value
// allows none, as the service does.
type Extension struct {
	Allowed  bool
	MaxTotal time.Duration // the longest life of a hold from Made to Expires
}

// Room returns how much longer the life of a hold may be made, however much of it
// is over.
func (p Extension) Room(h Hold) time.Duration {
	if !p.Allowed {
		return 0
	}
	return max(0, max(0, p.MaxTotal)-time.Duration(h.Expires-h.Made))
}

// Open begins a hold on the numbers, for holdFor from made on. One that is not
// positive gives a hold that is over at once.
func Open(numbers telephony.NumberList, made time.Time, holdFor time.Duration) Hold {
	return open(ascending(numbers), made, holdFor)
}

// OpenPicks is Open of the numbers of picks.
func OpenPicks(picks []Pick, made time.Time, holdFor time.Duration) Hold {
	return open(Numbers(picks), made, holdFor)
}

// open begins a hold on the numbers, which are in order and the hold's own.
func open(numbers telephony.NumberList, made time.Time, holdFor time.Duration) Hold {
	at := nanos(made)
	return Hold{Numbers: numbers, Made: at, State: Reserved, Expires: later(at, max(0, holdFor))}
}

// StateAt returns the state at now.
func (h Hold) StateAt(now time.Time) State {
	if h.State == Reserved && nanos(now) >= h.Expires {
		return Expired
	}
	return h.State
}

// Left returns how long the hold still lives: the countdown. It is 0 when the
// hold is over and never more than its whole life.
func (h Hold) Left(now time.Time) time.Duration {
	if h.StateAt(now) != Reserved {
		return 0
	}
	return time.Duration(h.Expires - max(nanos(now), h.Made))
}

// MadeAt returns when the hold began.
func (h Hold) MadeAt() time.Time { return moment(h.Made) }

// ExpiresAt returns the first moment at which the hold is over.
func (h Hold) ExpiresAt() time.Time { return moment(h.Expires) }

// ClosedAt returns when the hold was completed, was cancelled or ran out, and
// the zero Time before that has been settled.
func (h Hold) ClosedAt() time.Time {
	if h.State <= Reserved {
		return time.Time{}
	}
	return moment(h.Closed)
}

// Acquire completes the hold with the chosen numbers, in any order; the rest
// goes back at once. Errors, in order of precedence: ErrExpired, ErrCancelled or
// ErrCompleted with the moment; ErrNothingChosen; ErrDuplicateNumber and
// ErrNotInReservation with the numbers.
func (h Hold) Acquire(now time.Time, chosen telephony.NumberList) (next Hold, rest telephony.NumberList, err error) {
	if err := h.CheckOpen(now); err != nil {
		return h, nil, err
	}
	if len(chosen) == 0 {
		return h, nil, &telephony.Error{Code: ErrNothingChosen, Field: "numbers",
			Fix: "choose at least one number, take all of them, or cancel the reservation"}
	}
	sorted, err := h.chosen(chosen)
	if err != nil {
		return h, nil, err
	}
	rest = without(h.Numbers, sorted)
	h.Acquired = sorted
	return h.close(Completed, nanos(now)), rest, nil
}

// AcquireAll completes the hold with all its numbers. Errors, in order of
// precedence: ErrExpired, ErrCancelled or ErrCompleted with the moment;
// ErrNothingChosen for a hold of no numbers.
func (h Hold) AcquireAll(now time.Time) (next Hold, err error) {
	next, _, err = h.Acquire(now, h.Numbers)
	return next, err
}

// Cancel ends the hold; all its numbers go back. Its errors are ErrExpired,
// ErrCancelled and ErrCompleted with the moment.
func (h Hold) Cancel(now time.Time) (next Hold, rest telephony.NumberList, err error) {
	if err := h.CheckOpen(now); err != nil {
		return h, nil, err
	}
	return h.close(Cancelled, nanos(now)), slices.Clone(h.Numbers), nil
}

// Expire settles a hold that has run out; all its numbers go back. It reports
// false for any other hold. The hold then counts as closed at Expires, however
// late it is settled.
func (h Hold) Expire(now time.Time) (next Hold, rest telephony.NumberList, ok bool) {
	if h.State != Reserved || nanos(now) < h.Expires {
		return h, nil, false
	}
	return h.close(Expired, h.Expires), slices.Clone(h.Numbers), true
}

// Extend puts the end of the hold off by a time. Errors, in order of
// precedence: ErrExpired, ErrCancelled or ErrCompleted with the moment;
// ErrExtensionOff; ErrExtensionTooShort; ErrExtensionTooLong with the figures
// "seconds asked" and "seconds left" to add, whole ones.
func (h Hold) Extend(now time.Time, by time.Duration, p Extension) (next Hold, err error) {
	if err := h.CheckOpen(now); err != nil {
		return h, err
	}
	if !p.Allowed {
		return h, &telephony.Error{Code: ErrExtensionOff, Fix: "acquire what is wanted, or reserve again"}
	}
	if by <= 0 {
		return h, &telephony.Error{Code: ErrExtensionTooShort, Fix: "extend by more than nothing"}
	}
	if room := p.Room(h); by > room {
		return h, &telephony.Error{Code: ErrExtensionTooLong, Fix: "extend by what is left",
			Figures: []telephony.Figure{{Name: "seconds asked", Value: int64(by / time.Second)},
				{Name: "seconds left", Value: int64(room / time.Second)}}}
	}
	h.Expires = later(h.Expires, by)
	return h, nil
}

// CheckOpen refuses whatever can only happen to a hold that has not ended. Its
// errors are ErrExpired, ErrCancelled and ErrCompleted with the moment.
func (h Hold) CheckOpen(now time.Time) error {
	e := telephony.Error{Fix: "reserve again", At: h.ClosedAt()}
	switch h.StateAt(now) {
	case Reserved:
		return nil
	case Completed:
		e.Code, e.Fix = ErrCompleted, "the numbers that were acquired are in the reservation"
	case Cancelled:
		e.Code = ErrCancelled
	default:
		e.Code, e.At = ErrExpired, h.ExpiresAt()
	}
	return &e
}

func (h Hold) close(state State, at int64) Hold {
	h.State, h.Closed = state, max(at, h.Made)
	return h
}

// LogValue masks the numbers in structured logs.
func (h Hold) LogValue() slog.Value {
	return slog.GroupValue(slog.String("state", h.State.String()), slog.Time("expires", h.ExpiresAt()),
		slog.Any("numbers", h.Numbers), slog.Any("acquired", h.Acquired))
}

// nanos and moment are short for the two ways between a moment and what is kept
// of it.
func nanos(t time.Time) int64   { return telephony.UnixNanos(t) }
func moment(at int64) time.Time { return telephony.AtNanos(at) }

// later adds a time that is not negative, and stops at the last moment there is.
func later(at int64, by time.Duration) int64 {
	if at > math.MaxInt64-int64(by) {
		return math.MaxInt64
	}
	return at + int64(by)
}
