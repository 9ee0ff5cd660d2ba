package emergency

import (
	"log/slog"
	"strings"
	"time"

	"example.com/callingplan/telephony"
)

// The causes for which terms of emergency calling do not stand.
const (
	// ErrTermsNotAcknowledged: nobody has acknowledged the terms.
	ErrTermsNotAcknowledged telephony.Code = "emergency_terms_not_acknowledged"
	// ErrTermsOutdated: an earlier version of the terms was acknowledged, not the present one.
	ErrTermsOutdated telephony.Code = "emergency_terms_outdated"
	// ErrTermsVersion: there is no such version of the terms to acknowledge.
	ErrTermsVersion telephony.Code = "emergency_terms_version_unknown"
)

// TermsVersion is a version of the terms of emergency calling. Versions count
// up from 1: a later one takes the place of an earlier one. The zero
// TermsVersion is none.
type TermsVersion uint32

// Acknowledgement says that somebody has taken note of the terms of emergency
// calling. It is a plain comparable value; the zero Acknowledgement is none.
type Acknowledgement struct {
	Version TermsVersion `json:"version"`
	By      string       `json:"by,omitempty"` // who acted, an opaque identifier
	At      int64        `json:"at"`           // nanoseconds since 1970, UTC
}

// Time returns when the terms were acknowledged, in UTC.
func (a Acknowledgement) Time() time.Time { return time.Unix(0, a.At).UTC() }

// LogValue masks who acted in structured logs.
func (a Acknowledgement) LogValue() slog.Value {
	return slog.GroupValue(slog.Uint64("version", uint64(a.Version)), slog.Any("by", telephony.PersonID(a.By)), slog.Time("at", a.Time()))
}

// CheckTerms reports whether an acknowledgement suffices where a version of the
// terms is in force: one of that version or a later one does. Where none is in
// force anything does. Errors: [ErrTermsNotAcknowledged] for no acknowledgement,
// [ErrTermsOutdated] with both versions and the moment for one of an earlier
// version.
func CheckTerms(inForce TermsVersion, a Acknowledgement) error {
	switch {
	case a.Version >= inForce:
		return nil
	case a.Version == 0:
		return &telephony.Error{Code: ErrTermsNotAcknowledged, Detail: "the terms of emergency calling were not acknowledged",
			Figures: []telephony.Figure{{Name: "version", Value: int64(inForce)}}, Fix: "acknowledge them first"}
	}
	return &telephony.Error{Code: ErrTermsOutdated, Detail: "an earlier version of the terms of emergency calling was acknowledged",
		At:      a.Time(),
		Figures: []telephony.Figure{{Name: "version", Value: int64(inForce)}, {Name: "acknowledged", Value: int64(a.Version)}},
		Fix:     "acknowledge the version in force"}
}

// Disclaimer returns what a message that tells a person their number says of
// emergency calls, in English, one line for each thing to know. It names the
// emergency numbers of the country where they are known.
func Disclaimer(c telephony.Country) string {
	lines := make([]string, 0, 4)
	if numbers := EmergencyNumbers(c); len(numbers) > 0 {
		lines = append(lines, "In an emergency dial "+dialList(numbers)+".")
	}
	return strings.Join(append(lines,
		"Say where you are: the emergency services may not have your location.",
		"A call may fail without power, network or sign-in: know another telephone.",
		"Do not call emergency services with this number from another country.",
	), "\n")
}

// dialList lists numbers with what they are for: "112, or 110 (police)".
func dialList(numbers []EmergencyNumber) string {
	var words []string
	for _, n := range numbers {
		word := n.Digits
		if n.Services != AllServices {
			word += " (" + n.Services.String() + ")"
		}
		words = append(words, word)
	}
	if last := len(words) - 1; last > 0 {
		words[last] = "or " + words[last]
	}
	return strings.Join(words, ", ")
}
