package porting

import "example.com/callingplan/telephony"

// Verb is what is done to a port order. The zero value is no verb.
type Verb uint8

// The verbs of the matrix, and two that only a history has.
const (
	Edit     Verb = 1 + iota // the tenant changes what is asked
	SetDate                  // the tenant changes the transfer date alone
	Cancel                   // the tenant gives the order up
	Contact                  // the order goes to the losing carrier
	Approve                  // the carrier commits itself to a date, or to another one
	Reject                   // the carrier refuses
	Resubmit                 // the tenant sends a refused order again
	Report                   // the carrier tells what became of some numbers
	Complete                 // the carrier has told of all of them

	Place // the order was made; it had no state before
	Lock  // less than 24 hours were left; nobody did that
)

// ErrVerb is the cause of a refused name of a verb.
const ErrVerb telephony.Code = "port_verb_invalid"

var verbNames = names{ErrVerb, "a port order's verb", []string{"", Edit: "edit", SetDate: "edit transfer date", Cancel: "cancel",
	Contact: "contact carrier", Approve: "approve", Reject: "reject", Resubmit: "resubmit",
	Report: "report", Complete: "complete", Place: "place", Lock: "lock"}}

// Verbs returns the verbs of the matrix, those of the tenant first.
func Verbs() []Verb {
	return []Verb{Edit, SetDate, Cancel, Contact, Approve, Reject, Resubmit, Report, Complete}
}

// IsValid reports whether v is one of the verbs.
func (v Verb) IsValid() bool { return verbNames.has(uint8(v)) }

// String returns the verb's words, such as "edit transfer date".
func (v Verb) String() string { return verbNames.word(uint8(v)) }

// ParseVerb reads what String returns. Its error is ErrVerb.
func ParseVerb(text string) (Verb, error) {
	u, err := verbNames.parse(text)
	return Verb(u), err
}

// MarshalText implements encoding.TextMarshaler; no verb is empty text.
func (v Verb) MarshalText() ([]byte, error) { return verbNames.marshal(uint8(v)) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no verb.
func (v *Verb) UnmarshalText(text []byte) error {
	u, err := verbNames.unmarshal(text)
	if err == nil {
		*v = Verb(u)
	}
	return err
}
