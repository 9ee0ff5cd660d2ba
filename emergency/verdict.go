package emergency

import (
	"log/slog"
	"slices"
	"strings"

	"example.com/callingplan/telephony"
)

// An Outcome is what a check came to. The zero Outcome is none.
type Outcome uint8

// The outcomes.
const (
	Accepted      Outcome = 1 + iota // the address is well formed and legitimate
	Rejected                         // it is not; the issues say why
	Indeterminate                    // nobody could say; check again later
)

// String returns "accepted", "rejected", "indeterminate" or "none".
func (o Outcome) String() string {
	return nameOf([]string{"none", "accepted", "rejected", "indeterminate"}, int(o))
}

// A Status says what is known of one field. The zero Status is none.
type Status uint8

// The statuses [RFC 5222] [RFC 6848].
const (
	Confirmed  Status = 1 + iota // the authority checked it and used it
	Unchecked                    // given, well formed, and not checked
	Mismatched                   // checked, and it does not fit the confirmed fields
	Malformed                    // it breaks a rule of form
	Missing                      // required and empty
	Unexpected                   // the country's addresses have no such field
)

// String returns the name in lower case, and "none" for the zero Status.
func (s Status) String() string {
	return nameOf([]string{"none", "confirmed", "unchecked", "mismatched", "malformed", "missing", "unexpected"}, int(s))
}

// A Component is the status of one field. A verdict has one for each field
// that is filled, required or named in a problem.
type Component struct {
	Field  Field  `json:"field"`
	Status Status `json:"status"`
}

// A ChangeKind says why a field was changed. The zero kind is none.
type ChangeKind uint8

// The kinds of change. The first two are matters of writing and are not worth
// telling; the others change what the person wrote.
const (
	Normalised    ChangeKind = 1 + iota // case, spaces, Unicode form, postal spacing, state name to code
	Abbreviation                        // a suffix or directional in its standard form
	OrdinalEnding                       // the ending of a street name that is a number
	Spelling                            // the one name close to what was written that fits the rest
	Replaced                            // the one postal code close to what was written that fits the rest: digits have no spelling
	Inferred                            // a field that was empty
)

// String returns the name in lower case, and "none" for the zero kind.
func (k ChangeKind) String() string {
	return nameOf([]string{"none", "normalised", "abbreviation", "ordinal", "spelling", "replaced", "inferred"}, int(k))
}

// isUpdate reports whether the person is told of the change.
func (k ChangeKind) isUpdate() bool { return k >= OrdinalEnding }

// A Change is one field changed by a check. From and To are parts of an
// address: to be shown to the person concerned, not logged.
type Change struct {
	Field Field      `json:"field"`
	From  string     `json:"from"`
	To    string     `json:"to"`
	Kind  ChangeKind `json:"kind"`
	Rule  string     `json:"rule"` // the stable name of the rule, such as "postal-code"
}

// String names the field and the kind, not the values.
func (c Change) String() string { return c.Field.String() + " " + c.Kind.String() }

// LogValue keeps the values out of structured logs.
func (c Change) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Severity says whether an issue refuses an address. The zero Severity is none.
type Severity uint8

// The severities.
const (
	Warning Severity = 1 + iota // the address can stand
	Problem                     // it cannot
)

// String returns "none", "warning" or "problem".
func (s Severity) String() string { return nameOf([]string{"none", "warning", "problem"}, int(s)) }

// An Issue is something to know about an address. Its message is English and
// discloses nothing; the suggestion is part of an address and is to be shown,
// not logged.
type Issue struct {
	Code       telephony.Code `json:"code"`
	Field      Field          `json:"field"`
	Severity   Severity       `json:"severity"`
	Message    string         `json:"message"`
	Suggestion string         `json:"suggestion,omitempty"` // the one value that would settle it, if there is one
}

// String returns the field and the message.
func (i Issue) String() string { return i.Field.String() + ": " + i.Message }

// LogValue keeps the suggestion out of structured logs.
func (i Issue) LogValue() slog.Value { return slog.StringValue(i.String()) }

// A Verdict is the answer of a check. The zero Verdict is none, and is not
// accepted.
type Verdict struct {
	Outcome    Outcome     `json:"outcome"`
	Updated    bool        `json:"updated"`     // accepted, and changed in a way the person is told [setup]
	Partial    bool        `json:"partial"`     // accepted, though some field does not fit the others [setup]
	FormatOnly bool        `json:"format_only"` // accepted on its form alone, as the checker was told to
	Components []Component `json:"components,omitempty"`
	Changes    []Change    `json:"changes,omitempty"`
	Issues     []Issue     `json:"issues,omitempty"`
	Candidates []Candidate `json:"candidates,omitempty"` // what the authority has in place of mismatched fields
}

// Status returns the status of a field, and the zero Status if the verdict has
// none.
func (v Verdict) Status(f Field) Status {
	for _, c := range v.Components {
		if c.Field == f {
			return c.Status
		}
	}
	return 0
}

// Problems returns the issues that refuse the address, in the order of Issues.
func (v Verdict) Problems() []Issue {
	return slices.DeleteFunc(slices.Clone(v.Issues), func(i Issue) bool { return i.Severity != Problem })
}

// Err returns nil for an accepted address and otherwise a *[telephony.Error]:
// [ErrAddressRejected] with one reason for each problem, or
// [ErrAddressUndecided]. The zero Verdict is undecided.
func (v Verdict) Err() error {
	failed := telephony.Error{Op: "check address"}
	switch v.Outcome {
	case Accepted:
		return nil
	case Rejected:
		failed.Code = ErrAddressRejected
	default:
		failed.Code, failed.Detail, failed.Fix = ErrAddressUndecided, "nobody could say whether the address is valid", fixOf(ErrUnavailable)
	}
	for _, i := range v.Problems() {
		failed.Reasons = append(failed.Reasons, &telephony.Error{
			Code: i.Code, Field: i.Field.String(), Detail: i.Message, Fix: fixOf(i.Code)})
	}
	if v.Outcome == Rejected && len(failed.Reasons) > 0 {
		first := failed.Reasons[0]
		failed.Field, failed.Detail, failed.Fix = first.Field, first.Detail, first.Fix
	}
	return &failed
}

// String returns the outcome and its flags, such as "accepted, updated".
func (v Verdict) String() string {
	words := []string{v.Outcome.String()}
	for _, flag := range []struct {
		on   bool
		name string
	}{{v.Updated, "updated"}, {v.Partial, "partial"}, {v.FormatOnly, "format only"}} {
		if flag.on {
			words = append(words, flag.name)
		}
	}
	return strings.Join(words, ", ")
}

// LogValue keeps the values of the address out of structured logs.
func (v Verdict) LogValue() slog.Value { return slog.StringValue(v.String()) }

// Banner returns what to tell the person who gave the address, in English, one
// line for each thing to know; "" for the zero Verdict. It holds parts of the
// address: it is to be shown, not logged.
func (v Verdict) Banner() string {
	var lines []string
	switch v.Outcome {
	case Accepted:
		lines = append(lines, "The address is valid.")
	case Rejected:
		lines = append(lines, "The address was not accepted.")
	case Indeterminate:
		lines = append(lines, "The address could not be checked.")
	}
	if v.Updated {
		lines = append(lines[:0], "We updated the address: "+changeList(v.Changes)+".")
	}
	for _, i := range v.Issues {
		line := fieldWords(i.Field) + ": " + i.Message
		if i.Suggestion != "" {
			line += " (did you mean " + i.Suggestion + "?)"
		}
		lines = append(lines, line+".")
	}
	return strings.Join(lines, "\n")
}

// changeList words the changes the person is told of.
func changeList(changes []Change) string {
	var told []string
	for _, c := range changes {
		switch {
		case !c.Kind.isUpdate():
		case c.From == "":
			told = append(told, fieldWords(c.Field)+" "+c.To)
		default:
			told = append(told, fieldWords(c.Field)+" "+c.From+" is now "+c.To)
		}
	}
	return strings.Join(told, ", ")
}

func fieldWords(f Field) string { return strings.ReplaceAll(f.String(), "_", " ") }

// nameOf returns the i-th name, and "unknown" beyond them.
func nameOf(names []string, i int) string {
	if i >= len(names) {
		return "unknown"
	}
	return names[i]
}
