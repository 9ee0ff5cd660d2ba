package engine

import (
	"time"

	"example.com/callingplan/emergency"
	"example.com/callingplan/licensing"
	"example.com/callingplan/reservation"
	"example.com/callingplan/telephony"
)

// Settings are the figures that commands are decided by. Whoever replays a log
// needs the settings it was written under.
type Settings struct {
	Catalogue      *licensing.Catalogue  `cbor:"-"` // what can be bought
	Quota          licensing.QuotaPolicy // how many numbers licences give
	HoldFor        time.Duration         // how long a reservation holds; 10 minutes [setup]
	Limits         reservation.Limits    // how much a tenant may hold
	Extension      reservation.Extension // whether and how far a hold may be extended; off
	Quarantine     time.Duration         // how long a released number rests where QuarantineOf says nothing else; 45 days [47 CFR 52.15]
	Grace          time.Duration         // how long a number outlives the licences that carry it; none
	KeepClosed     time.Duration         // how long a closed reservation can be looked up; 24 hours
	KeepClosedMost int                   // how many closed reservations a tenant keeps; 1,000
	Visible        time.Duration         // how long until a new person is a voice user; none
	KeepRequests   time.Duration         // how long a request id is remembered; 24 hours
	Tenants        TenantLimits          // how much one tenant may have
	KeepLog        int                   // how many entries of the log are kept; 100,000
	Revalidate     time.Duration         // how old a verdict on an address may be; 0, as if nothing else is set, for any age
	// Terms is the version of the terms of emergency calling that a tenant must
	// have acknowledged before a number is assigned; 0, as if nothing else is
	// set, for none.
	Terms emergency.TermsVersion
	// AwaitCarrier says that a number which somebody is given works once its
	// carrier has said so; off, as if nothing else is set, it works at once.
	AwaitCarrier bool `cbor:",omitempty"`
	// QuarantineOf is what is said of some numbers apart, by calling code and kind
	// of line, ascending.
	QuarantineOf []QuarantineRule `cbor:",omitempty"`
	Ports        PortRules        // how numbers change carriers
}

// DefaultSettings returns the settings of an engine that is given no options.
func DefaultSettings() Settings {
	return Settings{
		Catalogue:      licensing.Standard(),
		Quota:          licensing.DefaultQuotaPolicy(),
		HoldFor:        reservation.DefaultHoldFor,
		Limits:         reservation.DefaultLimits(),
		Quarantine:     reservation.DefaultQuarantine,
		KeepClosed:     24 * time.Hour,
		KeepClosedMost: 1_000,
		KeepRequests:   24 * time.Hour,
		Tenants:        DefaultTenantLimits(),
		KeepLog:        100_000,
		Ports:          DefaultPortRules(),
	}
}

// The bounds of the settings that are durations and counts.
const (
	maxHoldFor    = 30 * 24 * time.Hour
	maxRest       = 10 * 365 * 24 * time.Hour
	maxKeepLog    = 10_000_000
	maxKeepClosed = 1_000_000
	// mostClosed is how many closed reservations may be kept: with the open ones no
	// more than a page looks at.
	mostClosed = MaxScan - reservation.MaxOpen
)

// Check reports whether the settings make sense and may be put into force. Errors:
// ErrRequest naming the field, those of the limits' and the quota policy's own
// checks, and those of reservation.CheckRest.
func (s Settings) Check() error {
	if err := s.checkSound(); err != nil {
		return err
	}
	if err := s.checkKeepClosed(mostClosed); err != nil {
		return err
	}
	return s.checkQuarantine()
}

// checkKeepClosed reports whether no more closed reservations are kept than may be.
func (s Settings) checkKeepClosed(most int) error {
	if s.KeepClosedMost < 0 || s.KeepClosedMost > most {
		return &telephony.Error{Code: ErrRequest, Field: "keep closed", Detail: "the count of closed reservations is out of bounds",
			Figures: []telephony.Figure{{Name: "reservations", Value: int64(s.KeepClosedMost)}, {Name: "most", Value: int64(most)}}}
	}
	return nil
}

// checkSound reports whether the settings make sense. What was in force once does
// for ever, so that a log and a snapshot can be read though another rule came.
func (s Settings) checkSound() error {
	if s.Catalogue == nil {
		return refuse(ErrRequest, "catalogue", "there is no catalogue of products", "leave the option out for the standard one")
	}
	for _, d := range []struct {
		field    string
		value    time.Duration
		min, max time.Duration
	}{
		{"hold for", s.HoldFor, 1, maxHoldFor},
		{"quarantine", s.Quarantine, 0, maxRest},
		{"grace", s.Grace, 0, maxRest},
		{"keep closed", s.KeepClosed, 0, maxRest},
		{"visible after", s.Visible, 0, maxRest},
		{"keep requests", s.KeepRequests, 0, maxRest},
		{"revalidate", s.Revalidate, 0, maxRest},
	} {
		if d.value < d.min || d.value > d.max {
			return &telephony.Error{Code: ErrRequest, Field: d.field, Detail: "the duration is out of bounds: " + d.value.String(),
				Fix: "choose between " + d.min.String() + " and " + d.max.String()}
		}
	}
	if err := checkRules(s.QuarantineOf); err != nil {
		return err
	}
	if err := s.checkKeepClosed(maxKeepClosed); err != nil {
		return err
	}
	if s.KeepLog < 1 || s.KeepLog > maxKeepLog {
		return &telephony.Error{Code: ErrRequest, Field: "keep log", Detail: "the count of log entries is out of bounds",
			Figures: []telephony.Figure{{Name: "entries", Value: int64(s.KeepLog)}, {Name: "most", Value: maxKeepLog}}}
	}
	if err := s.Limits.Validate(); err != nil {
		return err
	}
	if err := s.Tenants.check(); err != nil {
		return err
	}
	if err := s.Ports.check(); err != nil {
		return err
	}
	return s.Quota.Validate()
}
