// Package porting holds the rules by which telephone numbers change carriers:
// how numbers of another carrier come in by a port order, and when numbers go
// out to one.
//
// # Port orders
//
// An [Order] asks a losing carrier for up to 999 numbers of one country, kind and
// account [port]. It is made of a [Request], which [CheckRequest] judges with all
// reasons at once, and goes through these states:
//
//	processing          received
//	contacting carrier  the losing carrier is asked
//	transfer approved   a date is set
//	transfer pending    less than 24 hours to the transfer
//	error               the carrier refused, with a reason
//	completed           the numbers are the tenant's
//	cancelled
//
// What each verb does in each; [Matrix] has the same as data, and is the rule:
//
//	          processing         contacting carrier transfer approved  transfer pending   error
//	Edit      ErrInProcess       ErrInProcess       ErrDateOnly        ErrLocked          error
//	SetDate   ErrInProcess       ErrInProcess       transfer approved  ErrLocked          error
//	Cancel    cancelled          cancelled          cancelled          ErrLocked          cancelled
//	Contact   contacting carrier ErrContacted       ErrContacted       ErrContacted       ErrRefused
//	Approve   ErrNotContacted    transfer approved  transfer approved  transfer approved  ErrRefused
//	Reject    ErrNotContacted    error              error              error              ErrRefused
//	Resubmit  ErrNotRefused      ErrNotRefused      ErrNotRefused      ErrNotRefused      processing
//	Report    ErrNotContacted    ErrNotApproved     ErrNotDue          transfer pending   ErrRefused
//	Complete  ErrNotContacted    ErrNotApproved     ErrNotDue          completed          ErrRefused
//
// An order that is completed refuses everything with ErrCompleted, one that is
// cancelled with ErrCancelled.
//
// Nobody makes an order pending: it is once less than 24 hours are left, to the
// nanosecond, and at exactly 24 hours it is not yet. From then on the tenant can
// neither change nor cancel it. Where the transfer's moment passes without the
// carrier's report it stays pending and is overdue; no number is taken for ported
// because nothing was heard.
//
// A carrier tells what became of each number. Once one is ported the order can
// only be completed, wholly or in part: what failed leaves it with a reason,
// stays where it was and can be ordered again.
//
// # Numbers that leave
//
// [CheckPortOut] decides whether numbers go to another carrier. A tenant that has
// set no [PIN] loses none; wrong PINs are counted and lock the door; and there is
// no time after which silence is consent, as there is elsewhere.
//
// # Entering numbers
//
// [ParseEntries] reads numbers and ranges as people enter them for porting.
//
// Everything here is a pure function of its arguments, the moment among them.
// Values are made to be stored: moments are int64 nanoseconds, there are no maps
// and no pointers to what changes, and no method writes to a list of its
// receiver.
//
// Facts in the documentation name their source in brackets: [port] is Microsoft's
// public documentation "What's the status of your port orders" and "Transfer
// phone numbers", [loc] is "What are emergency locations, addresses and call
// routing", and the CFR is the Code of Federal Regulations of the United States.
package porting
