package engine

import (
	"errors"

	"example.com/callingplan/telephony"
)

// The causes for which a log has no outcome to give.
const (
	// ErrNotAttempted is for a Log to return where it is certain that the
	// command was not and will not be applied.
	ErrNotAttempted telephony.Code = "not_attempted"
	// ErrOutcomeUnknown is what every other error of a Log becomes: the command
	// may have been applied, or may still be.
	ErrOutcomeUnknown telephony.Code = "outcome_unknown"
)

// Class says what an error of a write means for what to do next.
type Class uint8

// The classes.
const (
	// Applied: there was no error.
	Applied Class = iota
	// Rejected: certainly not applied, and the same call would be refused again
	// until something changes.
	Rejected
	// NotAttempted: certainly not applied; the same call may succeed.
	NotAttempted
	// Unknown: it may have been applied. The same call with the same request id
	// finds out and does nothing twice.
	Unknown
)

// String returns "applied", "rejected", "not attempted" or "unknown".
func (c Class) String() string {
	switch c {
	case Applied:
		return "applied"
	case Rejected:
		return "rejected"
	case NotAttempted:
		return "not attempted"
	}
	return "unknown"
}

// ClassOf returns the class of an error that a write returned.
func ClassOf(err error) Class {
	var e *telephony.Error
	switch {
	case err == nil:
		return Applied
	case !errors.As(err, &e), errors.Is(err, ErrOutcomeUnknown):
		return Unknown
	case errors.Is(err, ErrCancelled), errors.Is(err, ErrNotAttempted), errors.Is(err, ErrFailed), errors.Is(err, ErrRateLimit):
		return NotAttempted
	}
	return Rejected
}

// logError brings an error of a log to one of the classes.
func logError(err error) *telephony.Error {
	if errors.Is(err, ErrCancelled) || errors.Is(err, ErrNotAttempted) {
		return asError(err)
	}
	return &telephony.Error{Code: ErrOutcomeUnknown, Err: err,
		Detail: "the command may have been applied, or may still be",
		Fix:    "call again with the same request id"}
}
