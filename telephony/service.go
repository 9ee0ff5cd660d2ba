package telephony

import "time"

// ServiceKind is a kind of service that has numbers [kinds]. The zero value is
// no kind.
type ServiceKind uint8

// The kinds of services.
const (
	ConferenceBridge ServiceKind = 1 + iota // meetings are joined by telephone
	AutoAttendant                           // a voice menu answers
	CallQueue                               // callers wait for somebody who is free
)

// ErrServiceKind is the cause of a refused kind of service.
const ErrServiceKind Code = "service_kind_invalid"

var serviceKinds = enum[ServiceKind]{code: ErrServiceKind, detail: "a service is of one kind",
	words: []string{"conference-bridge", "auto-attendant", "call-queue"}}

// ServiceKinds returns the kinds in ascending order.
func ServiceKinds() []ServiceKind { return serviceKinds.all() }

// IsValid reports whether k is one of the kinds.
func (k ServiceKind) IsValid() bool { return serviceKinds.has(k) }

// String returns "conference-bridge", "auto-attendant" or "call-queue".
func (k ServiceKind) String() string { return serviceKinds.word(k, "invalid service kind") }

// ParseServiceKind reads what String returns. Its error is ErrServiceKind.
func ParseServiceKind(s string) (ServiceKind, error) { return serviceKinds.parse(s) }

// CheckServiceKind reports whether k is one of the kinds; field names it in the
// error, which is ErrServiceKind.
func CheckServiceKind(field string, k ServiceKind) error { return serviceKinds.check(field, k) }

// MarshalText implements encoding.TextMarshaler; no kind is empty text.
func (k ServiceKind) MarshalText() ([]byte, error) { return serviceKinds.marshal(k) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no kind.
func (k *ServiceKind) UnmarshalText(text []byte) error { return serviceKinds.unmarshal(text, k) }

// IsResourceAccount reports whether what has the number is a resource account,
// which has one number at most and a country: so it is with auto attendants and
// call queues, and one of them that is to have several numbers has as many
// accounts [account]. A bridge is no account; it has numbers of many countries,
// so that people dial in from where they are [bridge].
func (k ServiceKind) IsResourceAccount() bool { return k == AutoAttendant || k == CallQueue }

// Assigned returns the state that a number gets with a service of the kind, or
// no state for no kind.
func (k ServiceKind) Assigned() NumberState {
	switch {
	case k == ConferenceBridge:
		return ConferenceAssigned
	case k.IsResourceAccount():
		return VoiceApplicationAssigned
	}
	return 0
}

// The reasons for which a number cannot be given to a service and that a person
// does not share.
const (
	ErrServiceHasNumber Code = "service_has_number"
	ErrNotServiceNumber Code = "not_a_service_number"
	ErrCreditsNeeded    Code = "communications_credits_needed"
)

// ServiceAssignmentFacts is all that decides whether a number may go to a
// service.
type ServiceAssignmentFacts struct {
	Now     time.Time
	Service ServiceFacts
	Number  NumberFacts
	Credits bool // the tenant owns Communications Credits
}

// ServiceFacts are the facts of the service.
type ServiceFacts struct {
	ID            ServiceID
	Kind          ServiceKind
	UsageLocation Country // of a resource account; empty if not set
	Current       Number  // the number a resource account has now, if any
}

// CheckServiceAssignment returns every reason for which the number cannot go to
// the service; none means that it can. A service calls nobody for help, so no
// emergency location is asked for. In this order:
//
//   - ErrServiceKind: the service is of no kind; rules of resource accounts are then left out
//   - ErrNoUsageLocation: a resource account without a country
//   - ErrServiceHasNumber: a resource account that has a number
//   - ErrNotServiceNumber: a user number, or one of no kind [kinds]
//   - ErrNumberAssigned
//   - ErrNumberBlocked
//   - ErrNumberCountry: not in the resource account's country [account]
//   - ErrCreditsNeeded: a toll-free number without Communications Credits [lic]
func CheckServiceAssignment(f ServiceAssignmentFacts) []*Error {
	var reasons []*Error
	s, n := f.Service, f.Number
	if !s.Kind.IsValid() {
		reasons = append(reasons, &Error{Code: ErrServiceKind, Subject: s.subject(),
			Detail: "the service is of no kind", Fix: "say conference-bridge, auto-attendant or call-queue"})
	}
	if s.Kind.IsResourceAccount() {
		reasons = s.checkAccount(reasons)
	}
	if n.Kind != TollNumber && n.Kind != TollFreeNumber {
		reasons = append(reasons, &Error{Code: ErrNotServiceNumber, Subject: s.subject(), Numbers: NumberList{n.Number},
			Detail: "the number's kind, " + n.Kind.String() + ", does not go to a service",
			Fix:    "choose a service number, or convert this one"})
	}
	reasons = checkFree(reasons, n, f.Now)
	if s.Kind.IsResourceAccount() && s.UsageLocation != "" && n.Country != s.UsageLocation {
		reasons = append(reasons, &Error{Code: ErrNumberCountry, Subject: s.subject(), Numbers: NumberList{n.Number},
			Detail: "the number is in " + string(n.Country) + ", the service in " + string(s.UsageLocation),
			Fix:    "choose a number in the service's country"})
	}
	if n.Kind == TollFreeNumber && !f.Credits {
		reasons = append(reasons, &Error{Code: ErrCreditsNeeded, Subject: s.subject(), Numbers: NumberList{n.Number},
			Detail: "a toll-free number is used with Communications Credits only, from which its calls are paid",
			Fix:    "buy Communications Credits"})
	}
	return reasons
}

// checkAccount adds what a resource account stands against an assignment.
func (s ServiceFacts) checkAccount(reasons []*Error) []*Error {
	if s.UsageLocation == "" {
		reasons = append(reasons, &Error{Code: ErrNoUsageLocation, Subject: s.subject(),
			Detail: "the service has no usage location", Fix: "set the country in which the service is used"})
	}
	if s.Current.IsValid() {
		reasons = append(reasons, &Error{Code: ErrServiceHasNumber, Subject: s.subject(), Numbers: NumberList{s.Current},
			Detail: "the resource account has a number already, and has one at most",
			Fix:    "unassign that number first, or make another resource account"})
	}
	return reasons
}

func (s ServiceFacts) subject() string {
	if s.ID == "" {
		return ""
	}
	return "service " + string(s.ID)
}
