package licensing

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/callingplan/telephony"
)

// Codes of quotas.
const (
	ErrQuotaAsked    telephony.Code = "quota_asked_invalid"
	ErrQuotaExceeded telephony.Code = "quota_exceeded"
)

// QuotaClass says what a quota is of. The zero value is nothing, of which there
// is none.
type QuotaClass uint8

// The classes of quota.
const (
	UserNumbers QuotaClass = 1 + iota
	TollNumbers
	TollFreeNumbers
	ResourceAccounts // what auto attendants and call queues sign in with
)

var classNames = [...]string{"no quota", "user numbers", "service toll numbers", "service toll-free numbers", "resource accounts"}

// ClassOf returns the class against which numbers of a kind count, or no class
// for no kind.
func ClassOf(kind telephony.Kind) QuotaClass {
	switch kind {
	case telephony.UserNumber:
		return UserNumbers
	case telephony.TollNumber:
		return TollNumbers
	case telephony.TollFreeNumber:
		return TollFreeNumbers
	}
	return 0
}

// IsValid reports whether q is one of the classes.
func (q QuotaClass) IsValid() bool { return q >= UserNumbers && q <= ResourceAccounts }

// String returns "user numbers", "service toll numbers", "service toll-free
// numbers" or "resource accounts".
func (q QuotaClass) String() string {
	if !q.IsValid() {
		return classNames[0]
	}
	return classNames[q]
}

// Use is what a tenant has of one class. The three do not overlap, and negative
// counts are zero. A resource account that is there is Acquired.
type Use struct {
	Acquired int64 // the tenant's, got from a provider's pool
	Held     int64 // in reservations that are open: they count until they end
	Ported   int64 // the tenant's, brought from another carrier: they do not count [quota]
}

// atLeastNone returns the use without counts below zero.
func (u Use) atLeastNone() Use {
	return Use{Acquired: max(u.Acquired, 0), Held: max(u.Held, 0), Ported: max(u.Ported, 0)}
}

// Quota is how many numbers of a class a tenant may have, how many it has, and
// why. The zero value has room for none.
type Quota struct {
	Class    QuotaClass
	Limit    int64
	Acquired int64
	Held     int64
	Ported   int64  // not counted
	Left     int64  // Limit less Acquired and Held; 0 if a smaller limit has overtaken them
	Lines    []Line // how the limit came about, if it was asked for
}

// Line is a line of the account that a quota gives of itself. The amounts add
// up to the limit.
type Line struct {
	Label  string // such as "100 licences of Phone System"
	Amount int64  // what it adds to the limit; 0 for licences that decide a table's line together
}

// NewQuota returns a quota that does not explain its limit.
func NewQuota(class QuotaClass, limit int64, use Use) Quota {
	use = use.atLeastNone()
	q := Quota{Class: class, Limit: max(limit, 0), Acquired: use.Acquired, Held: use.Held, Ported: use.Ported}
	q.Left = q.left()
	return q
}

// left works from the limit downwards, so that nothing can run over.
func (q Quota) left() int64 { return max(0, q.Limit-add(q.Acquired, q.Held)) }

// Check reports whether asked more may be held or acquired. It goes by Limit,
// Acquired and Held alone. Its errors, in this order:
//
//   - ErrQuotaAsked: asked is less than 1
//   - ErrQuotaExceeded: asked is more than what is left; figures limit,
//     acquired, held, asked
func (q Quota) Check(asked int64) error {
	if asked < 1 {
		return &telephony.Error{Code: ErrQuotaAsked, Detail: "a quota is asked for 1 or more",
			Figures: []telephony.Figure{{Name: "asked", Value: asked}}}
	}
	if asked <= q.left() {
		return nil
	}
	fix := "release what is not used, or buy licences"
	if q.left() > 0 {
		fix = "ask for fewer, " + fix
	}
	return &telephony.Error{Code: ErrQuotaExceeded,
		Detail: "the licences do not give so many " + q.Class.String(),
		Fix:    fix,
		Figures: []telephony.Figure{
			{Name: "limit", Value: q.Limit}, {Name: "acquired", Value: q.Acquired},
			{Name: "held", Value: q.Held}, {Name: "asked", Value: asked},
		}}
}

// String gives the account as text of several lines, an amount and what it is
// on each, for a person to read:
//
//	user numbers
//	  100  100 licences of Phone System
//	   10  10% extra, rounded down
//	   10  flat extra
//	  120  limit
//	    3  acquired
//	    7  held
//	    2  ported in (not counted)
//	  110  left
func (q Quota) String() string {
	lines := append(q.Lines[:len(q.Lines):len(q.Lines)], Line{"limit", q.Limit})
	if q.Class == ResourceAccounts { // made here and at once
		lines = append(lines, Line{"in use", add(q.Acquired, q.Held)})
	} else {
		lines = append(lines, Line{"acquired", q.Acquired}, Line{"held", q.Held}, Line{"ported in (not counted)", q.Ported})
	}
	lines = append(lines, Line{"left", q.left()})
	width := 0
	for _, line := range lines {
		width = max(width, len(strconv.FormatInt(line.Amount, 10)))
	}
	var b strings.Builder
	b.WriteString(q.Class.String())
	for _, line := range lines {
		fmt.Fprintf(&b, "\n  %*d  %s", width, line.Amount, line.Label)
	}
	return b.String()
}
