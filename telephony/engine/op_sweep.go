package engine

import (
	"strconv"

	"example.com/callingplan/telephony"
)

// sweepCommand tidies: it ends reservations and quarantines that have run out
// and forgets closed reservations, a bounded number of each.
type sweepCommand struct {
	Most int
}

// swept is how much there was to do.
type swept struct{ Due, Stale int }

func (sweepCommand) op() Op         { return OpSweep }
func (r sweepCommand) content() any { return r }

func (r sweepCommand) check() error {
	if r.Most < 1 || r.Most > sweepStep {
		return refuse(ErrRequest, "most", "the count is out of bounds", "sweep 1 to "+strconv.Itoa(sweepStep)+" at once")
	}
	return nil
}

func (r sweepCommand) apply(s *step) (any, *telephony.Error) {
	return swept{s.settleDue(r.Most, s.now) + s.settleGraces(poolTenant, list{}, r.Most), s.forget(r.Most) + s.forgetRequests(r.Most)}, nil
}
