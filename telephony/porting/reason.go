package porting

import "example.com/callingplan/telephony"

// Reason is why a losing carrier refuses an order, or a number of it. These are
// the refusals that carriers give in practice, under the names they go by. The
// zero value is no reason.
type Reason uint8

// The reasons.
const (
	AccountMismatch Reason = 1 + iota // the account number is not what the carrier has
	PINMismatch                       // nor is the account's PIN, or it is missing
	PersonMismatch                    // nor is the authorised person
	CompanyMismatch                   // nor is the company's name
	BillingMismatch                   // nor is the billing telephone number
	AddressMismatch                   // nor is the service address
	NotOnAccount                      // a number is not of that account
	NumberInactive                    // a number is disconnected or suspended
	NotPortable                       // a number cannot be ported from there
	OrderPending                      // another order on the account is open
	AccountFrozen                     // the account is protected against porting
	LetterInvalid                     // the letter of authorisation is missing, old or unsigned
	DateNotPossible                   // the carrier cannot transfer on that date
	OtherReason                       // none of these; the text says what
)

// ErrReason is the cause of a refused name of a reason, of a failure without
// one, and of a success with one.
const ErrReason telephony.Code = "port_reason_invalid"

var reasonNames = names{ErrReason, "a carrier's reason", []string{"", AccountMismatch: "account number mismatch", PINMismatch: "account PIN mismatch",
	PersonMismatch: "authorised person mismatch", CompanyMismatch: "company name mismatch",
	BillingMismatch: "billing number mismatch", AddressMismatch: "service address mismatch",
	NotOnAccount: "number not on account", NumberInactive: "number inactive", NotPortable: "number not portable",
	OrderPending: "other order pending", AccountFrozen: "account frozen", LetterInvalid: "letter of authorisation invalid",
	DateNotPossible: "date not possible", OtherReason: "other"}}

var reasonFixes = [...]string{
	AccountMismatch: "take the account number from the carrier's bill and resubmit",
	PINMismatch:     "ask the carrier for the PIN of the account and resubmit",
	PersonMismatch:  "name the person whom the carrier has as authorised and resubmit",
	CompanyMismatch: "write the company's name as the carrier has it and resubmit",
	BillingMismatch: "take the billing telephone number from the carrier's bill and resubmit",
	AddressMismatch: "write the service address as the carrier has it and resubmit",
	NotOnAccount:    "take the numbers out that are of another account, and order them apart",
	NumberInactive:  "have the carrier bring the number back into service, or take it out",
	NotPortable:     "take the number out",
	OrderPending:    "have the carrier complete or cancel the other order, then resubmit",
	AccountFrozen:   "have the carrier lift the protection of the account, then resubmit",
	LetterInvalid:   "have the letter of authorisation signed anew and resubmit",
	DateNotPossible: "choose another transfer date and resubmit",
	OtherReason:     "do as the carrier's text says and resubmit",
}

// Reasons returns the reasons.
func Reasons() []Reason {
	all := make([]Reason, 0, OtherReason)
	for r := AccountMismatch; r <= OtherReason; r++ {
		all = append(all, r)
	}
	return all
}

// IsValid reports whether r is one of the reasons.
func (r Reason) IsValid() bool { return reasonNames.has(uint8(r)) }

// Fix returns what the tenant can do about it; empty for no reason.
func (r Reason) Fix() string {
	if !r.IsValid() {
		return ""
	}
	return reasonFixes[r]
}

// String returns the reason's words, such as "account number mismatch".
func (r Reason) String() string { return reasonNames.word(uint8(r)) }

// ParseReason reads what String returns. Its error is ErrReason.
func ParseReason(text string) (Reason, error) {
	v, err := reasonNames.parse(text)
	return Reason(v), err
}

// MarshalText implements encoding.TextMarshaler; no reason is empty text.
func (r Reason) MarshalText() ([]byte, error) { return reasonNames.marshal(uint8(r)) }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no reason.
func (r *Reason) UnmarshalText(text []byte) error {
	v, err := reasonNames.unmarshal(text)
	if err == nil {
		*r = Reason(v)
	}
	return err
}
