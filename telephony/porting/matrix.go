package porting

import "example.com/callingplan/telephony"

// The causes for which a state refuses a verb.
const (
	ErrInProcess    telephony.Code = "port_order_in_process"      // changed only once the carrier has answered
	ErrDateOnly     telephony.Code = "port_order_date_only"       // approved: only its date can be changed
	ErrLocked       telephony.Code = "port_order_locked"          // less than 24 hours to the transfer
	ErrNotContacted telephony.Code = "port_carrier_not_contacted" // the carrier cannot have answered
	ErrContacted    telephony.Code = "port_carrier_contacted"     // the carrier has the order
	ErrNotApproved  telephony.Code = "port_order_not_approved"    // the carrier has set no date
	ErrNotDue       telephony.Code = "port_transfer_not_due"      // more than 24 hours to the transfer
	ErrRefused      telephony.Code = "port_order_refused"         // the carrier refused; resubmit first
	ErrNotRefused   telephony.Code = "port_order_not_refused"     // the carrier refused nothing
	ErrCompleted    telephony.Code = "port_order_completed"
	ErrCancelled    telephony.Code = "port_order_cancelled"
)

// cell is what a verb does in a state: where it leads, or why it is refused.
type cell struct {
	to  State
	err telephony.Code
}

// matrix says what each verb does in each state. It is the rule itself: no verb
// is allowed or refused anywhere else by the state.
var matrix = [...][Cancelled + 1]cell{
	Edit: {
		Processing: {err: ErrInProcess}, ContactingCarrier: {err: ErrInProcess},
		TransferApproved: {err: ErrDateOnly}, TransferPending: {err: ErrLocked},
		InError: {to: InError}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
	SetDate: {
		Processing: {err: ErrInProcess}, ContactingCarrier: {err: ErrInProcess},
		TransferApproved: {to: TransferApproved}, TransferPending: {err: ErrLocked},
		InError: {to: InError}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
	Cancel: {
		Processing: {to: Cancelled}, ContactingCarrier: {to: Cancelled},
		TransferApproved: {to: Cancelled}, TransferPending: {err: ErrLocked},
		InError: {to: Cancelled}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
	Contact: {
		Processing: {to: ContactingCarrier}, ContactingCarrier: {err: ErrContacted},
		TransferApproved: {err: ErrContacted}, TransferPending: {err: ErrContacted},
		InError: {err: ErrRefused}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
	Approve: {
		Processing: {err: ErrNotContacted}, ContactingCarrier: {to: TransferApproved},
		TransferApproved: {to: TransferApproved}, TransferPending: {to: TransferApproved},
		InError: {err: ErrRefused}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
	Reject: {
		Processing: {err: ErrNotContacted}, ContactingCarrier: {to: InError},
		TransferApproved: {to: InError}, TransferPending: {to: InError},
		InError: {err: ErrRefused}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
	Resubmit: {
		Processing: {err: ErrNotRefused}, ContactingCarrier: {err: ErrNotRefused},
		TransferApproved: {err: ErrNotRefused}, TransferPending: {err: ErrNotRefused},
		InError: {to: Processing}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
	Report: {
		Processing: {err: ErrNotContacted}, ContactingCarrier: {err: ErrNotApproved},
		TransferApproved: {err: ErrNotDue}, TransferPending: {to: TransferPending},
		InError: {err: ErrRefused}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
	Complete: {
		Processing: {err: ErrNotContacted}, ContactingCarrier: {err: ErrNotApproved},
		TransferApproved: {err: ErrNotDue}, TransferPending: {to: Completed},
		InError: {err: ErrRefused}, Completed: {err: ErrCompleted}, Cancelled: {err: ErrCancelled},
	},
}

// Rule is one cell of the matrix.
type Rule struct {
	State State
	Verb  Verb
	To    State          // where the verb leads; no state where it is refused
	Err   telephony.Code // the cause of the refusal; empty where it is allowed
}

// IsAllowed reports whether the state allows the verb. The zero Rule does not.
func (r Rule) IsAllowed() bool { return r.To.IsValid() }

// RuleFor returns what a verb does in a state. Everything is refused with
// ErrState in no state, and with ErrVerb for what is no verb of the matrix.
func RuleFor(s State, v Verb) Rule {
	switch {
	case !s.IsValid():
		return Rule{s, v, 0, ErrState}
	case v < Edit || v > Complete:
		return Rule{s, v, 0, ErrVerb}
	}
	c := matrix[v][s]
	return Rule{s, v, c.to, c.err}
}

// Matrix returns the whole matrix, verb by verb in the order of Verbs and in
// each state by state in the order of States.
func Matrix() []Rule {
	var all []Rule
	for _, v := range Verbs() {
		for _, s := range States() {
			all = append(all, RuleFor(s, v))
		}
	}
	return all
}

// refusal says for a cause what is wrong and what would put it right.
func refusal(cause telephony.Code) (detail, fix string) {
	switch cause {
	case ErrInProcess:
		return "the order is with the carrier or on its way there, and cannot be changed",
			"wait for the carrier's answer, or cancel it and order again"
	case ErrDateOnly:
		return "the transfer is approved, and only its date can be changed",
			"change the date, or cancel the order and order again"
	case ErrLocked:
		return "less than 24 hours are left to the transfer, and the order cannot be changed or cancelled",
			"wait for the carrier's report"
	case ErrNotContacted:
		return "the carrier was not asked yet and cannot have answered",
			"contact the carrier first"
	case ErrContacted:
		return "the carrier has the order already",
			"wait for its answer"
	case ErrNotApproved:
		return "the carrier has not approved a transfer",
			"approve the order with the carrier's date first"
	case ErrNotDue:
		return "more than 24 hours are left to the transfer",
			"wait until then, or approve the order with the date on which the carrier did transfer"
	case ErrRefused:
		return "the carrier refused the order",
			"correct and resubmit it first"
	case ErrNotRefused:
		return "the carrier has not refused the order",
			"leave the order as it is"
	case ErrCompleted:
		return "the order is completed",
			"make a new order for further numbers"
	case ErrCancelled:
		return "the order was cancelled",
			"make a new order"
	case ErrState:
		return "there is no order", "make one first"
	}
	return "that is done to no order", "choose a verb of the matrix"
}
