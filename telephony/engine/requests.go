package engine

import (
	"crypto/sha256"
	"time"

	"example.com/callingplan/telephony"
	"example.com/callingplan/telephony/engine/internal/memtable"
)

// The causes for which a request id is refused.
const (
	// ErrRequestConflict: the request id came with another request before. The
	// error has when, and the index of its entry in the log.
	ErrRequestConflict telephony.Code = "request_id_conflict"
	// ErrTooManyRequests: as many request ids of the tenant are remembered as
	// TenantLimits.Requests allows.
	ErrTooManyRequests telephony.Code = "too_many_request_ids"
)

// requestRow remembers what came of a command with a request id, so that the
// same call, made again because its answer was lost, gets the same answer and
// does nothing twice.
type requestRow struct {
	Tenant  uint32 // poolTenant for the provider's own
	ID      string
	At      int64
	Index   uint64   // of the log entry of the first call
	Content Digest   // of what was asked
	Refused *refusal // why it was refused, if it was
	Result  []byte   // what it gave, encoded
}

func requestKey(tenant uint32, id string) memtable.Key {
	return memtable.K().Uint32(tenant).String(id)
}

// repeated answers a command whose request id has been seen, within the time
// that ids are kept, and reports false for any other.
func (s *step) repeated(c Command) (result any, refused *telephony.Error, seen bool) {
	if c.RequestID == "" {
		return nil, nil, false
	}
	row, ok := s.tables.requests.Get(s.tx, requestKey(s.ordinal(), c.RequestID))
	if !ok || s.now-row.At >= int64(s.settings.KeepRequests) {
		return nil, nil, false
	}
	if row.Content != contentOf(c) {
		return nil, &telephony.Error{Code: ErrRequestConflict, Field: "request id", At: unix(row.At),
			Detail:  "the request id was used before, for another request",
			Figures: []telephony.Figure{{Name: "log index", Value: int64(row.Index)}},
			Fix:     "use a new id for a new request"}, true
	}
	if row.Refused != nil {
		return nil, row.Refused.error(), true
	}
	return decodeResult(c.Op(), row.Result), nil, true
}

// ordinal returns the ordinal of the command's tenant, the pool's for the
// provider.
func (s *step) ordinal() uint32 {
	if s.account == nil {
		return poolTenant
	}
	return s.account.Tenant
}

// contentOf is a fingerprint of what a command asks for: its operation and
// request, without what the engine added to it.
func contentOf(c Command) Digest {
	body, err := theEncoding().write.Marshal([]any{c.Op(), c.payload.content()})
	must(err)
	return sha256.Sum256(body)
}

// mayRemember reports why a new request id cannot be taken. Old ids are not
// dropped before their time to make room: that would break what was promised
// for them.
func (s *step) mayRemember(c Command) *telephony.Error {
	if c.RequestID == "" || s.account == nil || s.account.Requests < s.settings.Tenants.Requests {
		return nil
	}
	for s.forgetRequests(sweepStep) == sweepStep && s.account.Requests >= s.settings.Tenants.Requests {
	}
	if s.account.Requests < s.settings.Tenants.Requests {
		return nil
	}
	return &telephony.Error{Code: ErrTooManyRequests, Field: "request id",
		Detail:  "the tenant has used too many request ids within the time they are kept",
		Figures: []telephony.Figure{{Name: "kept", Value: int64(s.account.Requests)}, {Name: "limit", Value: int64(s.settings.Tenants.Requests)}},
		Fix:     "wait, or call without one"}
}

// remember keeps what came of a command with a request id.
func (s *step) remember(c Command, result any, refused *telephony.Error) {
	if c.RequestID == "" {
		return
	}
	row := requestRow{Tenant: s.ordinal(), ID: c.RequestID, At: s.now, Index: s.index,
		Content: contentOf(c), Refused: newRefusal(refused)}
	if refused == nil {
		row.Result = encodeResult(result)
	}
	if _, stale := s.tables.requests.Get(s.tx, requestKey(row.Tenant, row.ID)); !stale && s.account != nil {
		s.edit(s.account).Requests++
	}
	must(s.tables.requests.Put(s.tx, row))
	s.oldRequests = min(s.oldRequests, later(s.now, s.settings.KeepRequests))
}

// forgetRequests drops up to limit request ids that were kept long enough.
func (s *step) forgetRequests(limit int) (forgotten int) {
	var old []requestRow
	s.oldRequests = endOfTime
	for r := range s.tables.requestsByAge.From(s.tx, nil) {
		if len(old) == limit || s.now-r.At < int64(s.settings.KeepRequests) {
			s.oldRequests = later(r.At, s.settings.KeepRequests)
			break
		}
		old = append(old, r)
	}
	for _, r := range old {
		must(s.tables.requests.Delete(s.tx, requestKey(r.Tenant, r.ID)))
		if r.Tenant != poolTenant {
			s.edit(s.accountRow(r.Tenant)).Requests--
		}
	}
	return len(old)
}

// refusal is an error as it is kept: the code and the figures, without the
// words, which are no part of the state.
type refusal struct {
	Op, Field, Subject string
	Code               telephony.Code
	Figures            []telephony.Figure
	Person             telephony.PersonID
	Numbers            telephony.NumberList
	Ranges             []telephony.Range
	At                 int64 // 0 for none
	Reasons            []refusal
}

func newRefusal(e *telephony.Error) *refusal {
	if e == nil {
		return nil
	}
	r := &refusal{Op: e.Op, Code: e.Code, Field: e.Field, Subject: e.Subject, Figures: e.Figures,
		Person: e.Person, Numbers: e.Numbers, Ranges: e.Ranges}
	if !e.At.IsZero() {
		r.At = e.At.UnixNano()
	}
	for _, reason := range e.Reasons {
		r.Reasons = append(r.Reasons, *newRefusal(reason))
	}
	return r
}

// error is the way back.
func (r *refusal) error() *telephony.Error {
	e := &telephony.Error{Op: r.Op, Code: r.Code, Field: r.Field, Subject: r.Subject, Figures: r.Figures,
		Person: r.Person, Numbers: r.Numbers, Ranges: r.Ranges, Fix: "this answer was given to the first call with this request id; use a new one to try again"}
	if r.At != 0 {
		e.At = time.Unix(0, r.At).UTC()
	}
	for i := range r.Reasons {
		e.Reasons = append(e.Reasons, r.Reasons[i].error())
	}
	return e
}
