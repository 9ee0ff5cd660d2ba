package engine

import "example.com/callingplan/telephony"

// PruneLog drops the entries of the log before an index.
type PruneLog struct {
	Before    uint64
	RequestID string `cbor:"-"`
}

func (PruneLog) op() Op         { return OpPruneLog }
func (r PruneLog) content() any { return r }
func (PruneLog) check() error   { return nil }

func (r PruneLog) apply(s *step) (any, *telephony.Error) {
	if r.Before > s.index {
		return nil, &telephony.Error{Code: ErrRequest, Field: "before", Detail: "the log does not go that far",
			Figures: []telephony.Figure{{Name: "asked", Value: int64(min(r.Before, 1<<62))}, {Name: "last", Value: int64(s.index)}},
			Fix:     "prune up to the last entry"}
	}
	s.prune = max(s.prune, r.Before)
	s.event(Event{Type: LogPruned, Quantity: int64(r.Before)})
	return nil, nil
}
