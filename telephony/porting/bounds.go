package porting

import (
	"time"

	"example.com/callingplan/telephony"
)

// Locked is how long before the transfer an order can be changed and cancelled
// no more [port].
const Locked = 24 * time.Hour

// Bounds bound the moments of an order. The zero value allows none; start from
// DefaultBounds and change what is to differ.
type Bounds struct {
	// Lead is the least time from now to a transfer that a tenant may ask for.
	// Under 24 hours the order may be locked as soon as it is approved.
	Lead time.Duration
	// Horizon is the longest time from now to a transfer, asked for or approved.
	Horizon time.Duration
	// LetterAge is how old a letter of authorisation may be.
	LetterAge time.Duration
}

// DefaultBounds returns a lead of 24 hours, since even a simple port takes a
// business day [47 CFR 52.35(a)]; a horizon of 90 days, which is this package's
// choice; and letters of at most 60 days [47 CFR 64.1130].
func DefaultBounds() Bounds {
	return Bounds{Lead: 24 * time.Hour, Horizon: 90 * 24 * time.Hour, LetterAge: 60 * 24 * time.Hour}
}

// Facts are what a request is judged by and does not say itself.
type Facts struct {
	Bounds Bounds
	// LocationWhen tells when the country of the numbers wants the emergency
	// location; the zero value asks for it with the order.
	LocationWhen telephony.LocationWhen
	Location     telephony.LocationFacts // the request's
	PINWanted    bool                    // the losing carrier wants the account's PIN
}
